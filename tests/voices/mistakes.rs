//! What is wrong with views, pools and judgements: each mistake once, with what to write.

use super::read;
use assess::project::Project;
use assess::render::text;
use assess::resolve::resolve;

/// Everything that is found in a file of the suite.
fn found(name: &str) -> String {
    let text = read(&format!("tests/suite/voices/bad/{name}.assess"));
    let project = Project::from_text(&format!("{name}.assess"), &text);
    let mut all: Vec<_> = project.problems().cloned().collect();
    all.extend(resolve(&project).diagnostics.sorted());
    all.sort_by_key(|d| d.primary.span);
    text::render(&all, &project.sources, 100, false)
}

#[test]
fn of_views() {
    insta::assert_snapshot!("views", found("views"));
}

#[test]
fn of_pools_and_judgements() {
    insta::assert_snapshot!("pools", found("pools"));
}

#[test]
fn no_prefix_of_a_file_is_too_odd() {
    let text = read(super::ORIGINS);
    let from = text.find("view fbi").expect("a view");
    for end in (from..text.len()).filter(|at| text.is_char_boundary(*at)) {
        let project = Project::from_text("f.assess", &text[..end]);
        let _ = resolve(&project);
    }
}
