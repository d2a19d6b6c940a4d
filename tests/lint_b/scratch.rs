use super::{OURS, lint_project};
use assess::lint::Settings;
use assess::project::{FileSystem, Project};

#[test]
#[ignore]
fn scratch() {
    for dir in ["assessments", "examples"] {
        let mut files: Vec<_> = std::fs::read_dir(dir)
            .unwrap()
            .map(|f| f.unwrap().path())
            .filter(|p| p.extension().is_some_and(|e| e == "assess"))
            .collect();
        files.sort();
        for file in files {
            println!("== {}", file.display());
            let project = match Project::load(&FileSystem, &file) {
                Ok(p) => p,
                Err(e) => {
                    println!("{e}");
                    continue;
                }
            };
            let errors: Vec<_> = project.problems().collect();
            for e in &errors {
                println!("{} {}", e.rule.name, e.message);
            }
            let r = assess::resolve::resolve(&project);
            if r.assessment.is_none() {
                for e in r.diagnostics.iter() {
                    println!("{} {}", e.rule.name, e.message);
                }
                continue;
            }
            let start = std::time::Instant::now();
            let found = lint_project(&project, &Settings::default());
            for d in found {
                let pos = project
                    .sources
                    .source(d.primary.span.file)
                    .position(d.primary.span.start as usize);
                println!(
                    "{}:{}: {}: {} [{}]",
                    pos.line, pos.column, d.rule.name, d.message, d.primary.message
                );
                if !OURS.contains(&d.rule.name) {
                    continue;
                }
            }
            println!("   {:?}", start.elapsed());
        }
    }
}
