//! The rule `configuration`.

rule! {
    /// `assess.toml` says something that `assess` does not know.
    ///
    /// The nearest `assess.toml`, from the file's folder upwards, sets what is reported:
    ///
    /// ```toml
    /// [lint]
    /// today = 2026-01-31
    /// ignore = ["weasel"]
    /// words = "note"
    /// stale = { level = "error", after = "180 days" }
    /// ```
    ///
    /// A misspelt rule or threshold would quietly check less than its author thinks, so nothing is
    /// checked until it is fixed: `assess` exits with status 2.
    ///
    /// Instead: fix it as the help says. `docs/linting.md` lists every setting; `assess schema config`
    /// prints the schema for editors that complete and check TOML.
    CONFIGURATION = "configuration", Error, Error, fix: None,
    bad: [],
    good: []
}
