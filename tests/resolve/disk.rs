//! Used files on disk: what may be read, and what is refused.

use assess::project::{FileSystem, Project};
use std::fs;
use std::path::Path;

/// The messages about finding and reading, for `main.assess` in `folder` with this text.
fn said(folder: &Path, text: &str) -> Vec<String> {
    fs::create_dir_all(folder).expect("a folder");
    let main = folder.join("main.assess");
    fs::write(&main, text).expect("written");
    let project = Project::load(&FileSystem, &main).expect("it is there");
    let found = project.diagnostics.iter();
    found
        .map(|d| format!("{}: {}", d.rule.name, d.message))
        .collect()
}

#[test]
fn a_used_file_lies_in_the_project() {
    let temp = tempfile::tempdir().expect("a folder");
    let top = temp.path();
    fs::create_dir_all(top.join("project/deep/er")).expect("a folder");
    fs::write(top.join("outside.assess"), "event x\n").expect("written");
    fs::write(top.join("project/top.assess"), "event x\n").expect("written");
    let deep = top.join("project/deep/er");
    // Without a mark the parent of the first file's folder is the project.
    assert_eq!(
        said(&deep, "use \"../../top.assess\": x\n"),
        ["unreadable-use: `../../top.assess` leads outside this project"]
    );
    fs::write(top.join("project/assess.toml"), "").expect("written");
    assert_eq!(said(&deep, "use \"../../top.assess\": x\n"), [""; 0]);
    assert_eq!(
        said(&deep, "use \"../../../outside.assess\": x\n"),
        ["unreadable-use: `../../../outside.assess` leads outside this project"]
    );
    assert_eq!(
        said(&deep, "use \"../../nowhere.assess\": x\nuse \"..\": y\n"),
        [
            "unreadable-use: there is no file `../../nowhere.assess`",
            "unreadable-use: `..` is a folder"
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_may_not_lead_outside() {
    let temp = tempfile::tempdir().expect("a folder");
    let top = temp.path();
    let project = top.join("project");
    fs::create_dir_all(project.join(".git")).expect("a folder");
    fs::write(top.join("outside.assess"), "event x\n").expect("written");
    fs::write(project.join("real.assess"), "event x\nevent y\n").expect("written");
    let link = |to: &str, name: &str| {
        std::os::unix::fs::symlink(to, project.join(name)).expect("a link");
    };
    link("../outside.assess", "out.assess");
    link("real.assess", "same.assess");
    link("main.assess", "self.assess");
    assert_eq!(
        said(&project, "use \"out.assess\": x\nuse \"self.assess\": z\n"),
        [
            "unreadable-use: `out.assess` leads outside this project".to_string(),
            format!(
                "circular: `{}` uses itself",
                project.join("main.assess").display()
            )
        ]
    );
    // One file under two names is read once.
    let main = project.join("main.assess");
    fs::write(&main, "use \"real.assess\": x\nuse \"same.assess\": y\n").expect("written");
    let found = Project::load(&FileSystem, &main).expect("it is there");
    assert_eq!((found.files.len(), found.diagnostics.len()), (2, 0));
}
