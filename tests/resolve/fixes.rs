//! Every fix that resolving offers mends what it is offered for, and breaks nothing else.

use assess::diag::fixes::apply;
use assess::project::Project;
use assess::resolve::resolve;
use std::fs;

fn found(project: &Project) -> Vec<assess::diag::Diagnostic> {
    let mut all = resolve(project).diagnostics;
    all.extend(project.problems().cloned());
    all.sorted()
}

#[test]
fn every_fix_leaves_fewer_mistakes() {
    let mut tried = Vec::new();
    insta::glob!("../suite/resolve/bad", "*.assess", |path| {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(path).expect("readable");
        let project = Project::from_text(&name, &text);
        let before = found(&project);
        for diagnostic in &before {
            for fix in &diagnostic.fixes {
                let applied = apply(&project.sources, [fix]);
                let mended = applied.texts.values().next().expect("a change");
                let after = found(&Project::from_text(&name, mended));
                let messages: Vec<&str> = after.iter().map(|d| d.message.as_str()).collect();
                assert!(
                    after.len() < before.len(),
                    "{name}: `{}` does not mend `{}`: {messages:#?}\n{mended}",
                    fix.message,
                    diagnostic.message
                );
                tried.push((diagnostic.rule.name, fix.safe));
            }
        }
    });
    for expected in [
        ("unknown-name", false),
        ("unknown-word", true),
        ("unknown-option", true),
        ("wrong-kind", false),
        ("by-when", false),
        ("sum-not-one", false),
        ("horizon-gap", false),
        ("plain-chance-beside-given", false),
    ] {
        assert!(tried.contains(&expected), "{expected:?} was never tried");
    }
}
