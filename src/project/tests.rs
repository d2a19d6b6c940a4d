//! Finding and reading files.

use super::*;

fn name_of(from: &str, written: &str) -> String {
    join_name(from, written)
}

#[test]
fn names_are_seen_from_where_the_user_stands() {
    assert_eq!(name_of("a.assess", "b.assess"), "b.assess");
    assert_eq!(
        name_of("x/a.assess", "shared/b.assess"),
        "x/shared/b.assess"
    );
    assert_eq!(name_of("x/a.assess", "../b.assess"), "b.assess");
    assert_eq!(name_of("a.assess", "../b.assess"), "../b.assess");
    assert_eq!(name_of("../x/./a.assess", "../b.assess"), "../b.assess");
    assert_eq!(name_of("../a.assess", "./../b.assess"), "../../b.assess");
}

fn rules_of(project: &Project) -> Vec<&'static str> {
    project.problems().map(|d| d.rule.name).collect()
}

#[test]
fn a_file_that_is_not_text_says_where() {
    let mut files = Memory::default();
    files
        .files
        .insert("a.assess".into(), b"title \xe9".to_vec());
    let project = Project::load(&files, Path::new("a.assess")).expect("it is there");
    assert_eq!(rules_of(&project), ["encoding"]);
    let found = project.problems().next().expect("one problem");
    assert_eq!((found.primary.span.start, found.primary.span.end), (6, 9));
    assert!(found.primary.message.contains("byte 6 is 0xe9"));
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let mut files = Memory::default();
    files
        .files
        .insert("a.assess".into(), vec![b'\n'; limits::FILE_BYTES + 1]);
    let project = Project::load(&files, Path::new("a.assess")).expect("it is there");
    assert_eq!(rules_of(&project), ["limit"]);
}

#[test]
fn a_missing_first_file_is_an_error_of_the_loader() {
    let found = Project::load(&Memory::default(), Path::new("a.assess"));
    assert_eq!(
        found.map(|_| ()).map_err(|e| e.kind()),
        Err(io::ErrorKind::NotFound)
    );
}
