//! The rule `unused-allow`.

rule! {
    /// An `allow` comment that allows nothing.
    ///
    /// `# allow(RULE): reason` on the line above a clause or a block, or before a file's first item
    /// for the whole file, keeps a rule quiet there and tells the next reader why. Once the finding is
    /// gone, the comment is noise, and worse: it would hide the next finding of that rule. So too
    /// where it never worked: it names no rule, gives no reason, or stands above nothing. An `error`
    /// cannot be allowed, since without it mended there is no verdict.
    ///
    /// It is quiet where the rule did not run: it is switched off, or an error in the file stopped it.
    ///
    /// Instead: delete the comment (`assess check --fix` does), or give the reason that is missing.
    UNUSED_ALLOW = "unused-allow", Upkeep, Warning, fix: Safe,
    bad: [r#"
# allow(stale): the annual report is due in May
factor congress "Legal barriers" {
  weight against exit: strong
  evidence "The law of 2023 forbids exit without the Senate" {
    source: "Congressional Record"
    dated: 2025-02-01
  }
}
"#],
    good: [r#"
factor congress "Legal barriers" {
  weight against exit: strong
  # allow(stale): the law has not changed since, and will not be reported on again
  evidence "The law of 1949 sets a year's notice" {
    source: "The treaty, article 13"
    dated: 1949-04-04
  }
}
"#]
}
