//! The rule `expired-allow`.

rule! {
    /// An `allow` comment whose date has passed.
    ///
    /// `# allow(stale, until 2026-01-31): awaiting the annual report` promises to look again. From
    /// the day after, it allows nothing more, and what it allowed is reported again. It fires only
    /// where `--today` or `[lint] today` says which day it is, so that a file of last year reads the
    /// same today as then.
    ///
    /// Instead: fix what was allowed and delete the comment, or give it a new date and a reason
    /// that still holds.
    EXPIRED_ALLOW = "expired-allow", Upkeep, Warning, fix: Safe,
    bad: [r#"factor doubts "Doubts about the guarantee" {
  weight for weakening: weak
  # allow(stale, until 2024-12-31): the new papers are to be read
  evidence "Two members hedge in their defence papers" {
    source: "The papers of both ministries"
    rated: A2
    dated: 2025-02-01
  }
}
"#],
    good: [r#"factor doubts "Doubts about the guarantee" {
  weight for weakening: weak
  # allow(stale, until 2030-12-31): nobody has asked since; the next survey is due by then
  evidence "Half of those asked would not fight for an ally" {
    source: "The institute's survey"
    rated: A2
    dated: 2019-04-04
  }
}
"#]
}
