//! The rule `unreadable-use`.

rule! {
    /// A file that `use` names cannot be read, or lies outside.
    ///
    /// The path is seen from the folder of the file that says `use`, with `/` between folders. It must lead
    /// to a file of the project: in the git repository of the first file, or else at or under the outermost
    /// folder above it with an `assess.toml`, and at least the parent of its folder. Otherwise an assessment that
    /// somebody sends you could read any file of yours.
    ///
    /// Instead: correct the path, or move the shared file into the project.
    UNREADABLE_USE = "unreadable-use", Error, Error, fix: None,
    bad: [
        r#"use "nowhere.assess": ceasefire
"#,
    ],
    good: [],
}
