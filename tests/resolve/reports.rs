//! Every error about meaning as it is shown: the file, then the report.

use assess::project::{Memory, Project};
use assess::render::text;
use assess::resolve::resolve;
use std::fs;
use std::path::Path;

/// Everything that is found in a file, as people see it.
pub(crate) fn report(project: &Project) -> String {
    let found = resolve(project);
    let mut all = found.diagnostics.clone();
    all.extend(project.problems().cloned());
    assert!(
        found.assessment.is_none() || !all.has_errors(),
        "an assessment in spite of errors"
    );
    text::render(&all.sorted(), &project.sources, 80, false)
}

fn shown(project: &Project) -> String {
    let mut out = String::new();
    for (_, source) in project.sources.iter() {
        out += &format!("// {}\n{}\n", source.name, source.text.trim_end());
    }
    format!("{out}\n{}", report(project))
}

#[test]
fn every_mistake_is_shown_as_an_analyst_needs_it() {
    insta::glob!("../suite/resolve/bad", "*.assess", |path| {
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = fs::read_to_string(path).expect("readable");
        insta::assert_snapshot!(shown(&Project::from_text(&name, &text)));
    });
}

#[test]
fn every_mistake_with_other_files_is_shown() {
    insta::glob!("../suite/resolve/uses", "*/main.assess", |path| {
        let folder = path.parent().expect("a folder");
        let project = Project::load(&memory(folder), Path::new("main.assess")).expect("readable");
        insta::assert_snapshot!(shown(&project));
    });
}

/// The files of a folder and of the folders in it, by their paths from there.
pub(crate) fn memory(folder: &Path) -> Memory {
    let mut memory = Memory::default();
    let mut todo = vec![folder.to_path_buf()];
    while let Some(next) = todo.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                todo.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").to_path_buf();
                memory
                    .files
                    .insert(name, fs::read(&path).expect("readable"));
            }
        }
    }
    memory
}
