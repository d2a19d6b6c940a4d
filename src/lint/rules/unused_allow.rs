//! The rule `unused-allow`.

rule! {
    /// An `allow` comment that allows nothing.
    ///
    /// `# allow(RULE): reason` on the line above a clause or a block, or before a file's first item
    /// for the whole file, keeps a rule quiet there and tells the next reader why. Once the finding is
    /// gone, the comment is noise, and worse: it would hide the next finding of that rule. So too
    /// where it never worked: it names no rule, gives no reason, or stands above nothing. An `error`
    /// cannot be allowed, since a file with errors has no verdict.
    ///
    /// It is quiet where the rule did not run: it is switched off, an error in the file stopped it, or it
    /// compares verdicts and the file is beyond exact inference.
    ///
    /// Instead: delete the comment (`assess check --fix` does), or give the reason that is missing.
    UNUSED_ALLOW = "unused-allow", Upkeep, Warning, fix: Safe,
    bad: [r#"# allow(stale): the next papers are due in May
factor doubts "Doubts about the guarantee" {
  weight for weakening: weak
  evidence "Two members hedge in their defence papers" {
    source: "The papers of both ministries"
    rated: A2
    dated: 2025-02-01
  }
}
"#],
    good: [r#"factor doubts "Doubts about the guarantee" {
  weight for weakening: weak
  # allow(stale): nobody has asked since
  evidence "Half of those asked would not fight for an ally" {
    source: "The institute's survey"
    rated: A2
    dated: 2019-04-04
  }
}
"#]
}
