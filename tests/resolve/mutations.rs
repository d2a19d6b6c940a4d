//! Whatever is cut, doubled or swapped in a file, resolving returns.

use assess::project::Project;
use assess::resolve::resolve;
use std::fs;
use std::path::Path;

fn files() -> Vec<String> {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let mut files = Vec::new();
    for folder in ["resolve/bad", "resolve/good", "syntax/good"] {
        let mut paths: Vec<_> = fs::read_dir(suite.join(folder))
            .expect("a folder")
            .map(|e| e.expect("an entry").path())
            .filter(|p| p.extension().is_some_and(|e| e == "assess"))
            .collect();
        paths.sort();
        files.extend(
            paths
                .iter()
                .map(|p| fs::read_to_string(p).expect("readable")),
        );
    }
    assert!(files.len() > 40);
    files
}

fn survives(text: &str) {
    let project = Project::from_text("a.assess", text);
    let found = resolve(&project);
    let errors = found.diagnostics.has_errors() || project.problems().count() > 0;
    // A shared file alone has neither.
    let asks = text.lines().any(|l| l.starts_with("assessment"));
    assert!(errors || found.assessment.is_some() || !asks, "{text}");
    for d in found.diagnostics.iter() {
        let spans = d.others.iter().map(|l| l.span).chain([d.primary.span]);
        let edits = d.fixes.iter().flat_map(|f| f.edits.iter().map(|e| e.span));
        for span in spans.chain(edits) {
            let (start, end) = (span.start as usize, span.end as usize);
            assert!(text.get(start..end).is_some(), "{span:?} of {text}");
        }
    }
}

#[test]
fn every_prefix_of_lines_resolves_to_an_answer() {
    for text in files() {
        for (at, _) in text.match_indices([' ', '\n', '{', ':']).step_by(11) {
            survives(&text[..at]);
        }
    }
}

#[test]
fn files_with_lines_left_out_doubled_or_swapped_resolve_to_an_answer() {
    for text in files() {
        let lines: Vec<&str> = text.lines().collect();
        for i in (0..lines.len()).step_by(2) {
            let mut less = lines.clone();
            less.remove(i);
            survives(&less.join("\n"));
            let mut more = lines.clone();
            more.insert((i * 7) % lines.len(), lines[i]);
            survives(&more.join("\n"));
            let mut other = lines.clone();
            other.swap(i, (i * 5 + 3) % lines.len());
            survives(&other.join("\n"));
        }
    }
}
