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
    bad: [r#"
factor congress "Legal barriers" {
  weight against exit: strong
  # allow(stale, until 2024-12-31): the law of 2024 is to be read
  evidence "The law of 2023 forbids exit without the Senate" {
    source: "Congressional Record"
    dated: 2025-02-01
  }
}
"#],
    good: [r#"
factor congress "Legal barriers" {
  weight against exit: strong
  # allow(stale, until 2030-12-31): the treaty is as it was, and is not reported on
  evidence "The treaty sets a year's notice" {
    source: "The treaty, article 13"
    dated: 1949-04-04
  }
}
"#]
}
