//! The rule `expired-allow`.

rule! {
    /// An `allow` comment whose date has passed.
    ///
    /// `# allow(stale, until 2026-01-31): awaiting the annual report` promises to look again. From
    /// the day after, it allows nothing more, and what it allowed is reported again. It fires only
    /// where `--today` or `[lint] today` says which day it is, so that a file of last year reads the
    /// same today as then.
    ///
    /// Instead: mend what was allowed and delete the comment, or give it a new date and a reason
    /// that still holds.
    EXPIRED_ALLOW = "expired-allow", Upkeep, Warning, fix: Safe,
    bad: [],
    good: []
}
