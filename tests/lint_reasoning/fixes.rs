//! What the deletions leave: a file without the finding, and nothing else gone.

use crate::found::lint_project;
use assess::diag::Diagnostic;
use assess::lint::Settings;
use assess::lint::rules;
use assess::project::{Memory, Project};
use std::path::Path;

/// The text of the first file after the first `orphan` finding's fix, and what else was found.
fn fixed(files: &[(&str, &str)]) -> String {
    let memory = Memory::new(files.iter().copied());
    let project = Project::load(&memory, Path::new(files[0].0)).expect("the first file");
    let found = lint_project(&project, &Settings::default());
    let orphans: Vec<&Diagnostic> = found.iter().filter(|d| d.rule.name == "orphan").collect();
    assert!(!orphans.is_empty(), "nothing found");
    let mut text = files[0].1.to_owned();
    let mut edits: Vec<_> = orphans.iter().flat_map(|d| &d.fixes).collect();
    edits.sort_by_key(|fix| std::cmp::Reverse(fix.edits[0].span));
    for fix in edits {
        assert!(!fix.safe);
        let span = fix.edits[0].span;
        text.replace_range(span.start as usize..span.end as usize, &fix.edits[0].text);
    }
    text.trim_start().to_owned()
}

fn framed(fragment: &str) -> String {
    rules::frame(fragment).trim_start().to_owned()
}

fn check(fragment: &str, left: &str) {
    assert_eq!(
        fixed(&[("a.assess", &rules::frame(fragment))]),
        framed(left)
    );
}

#[test]
fn an_event_goes_with_its_lines() {
    check(
        "factor a { weight for exit: weak, evidence \"e\" { source: \"s\" } }\n\
         event b {   # a comment of its own\n  resolves: \"seen\"\n  chance: 10% by long\n}   # why not\n\
         factor c { weight for exit: weak, evidence \"f\" { source: \"t\" } }\n",
        "factor a { weight for exit: weak, evidence \"e\" { source: \"s\" } }\n\
         factor c { weight for exit: weak, evidence \"f\" { source: \"t\" } }\n",
    );
}

#[test]
fn a_word_goes() {
    check(
        "strengths {\n  telling: 7:1   # as in the manual\n  faint: 3:2\n}\n\
         factor a { weight for exit: faint, evidence \"e\" { source: \"s\" } }\n",
        "strengths {\n  faint: 3:2\n}\n\
         factor a { weight for exit: faint, evidence \"e\" { source: \"s\" } }\n",
    );
}

#[test]
fn what_cannot_go_alone_stays() {
    // An `exclusive` still names the event.
    let text = "event a { resolves: \"seen\", chance: 10% by long }\n\
                event b { resolves: \"seen\", weight for exit: weak }\nexclusive: a, b\n";
    check(text, text);
    // A table without words means nothing.
    let text = "strengths {\n  telling: 7:1\n}\n";
    check(text, text);
}

#[test]
fn a_used_name_goes_with_its_comma() {
    let shared = "event a { resolves: \"seen\" }\nevent b { resolves: \"seen\" }\nevent c { resolves: \"seen\" }\n";
    let file = |list: &str, then: &str| framed(&format!("{list}{then}"));
    let used = "change all_of_it { when: b, weight for exit: strong }\n";
    let check = |list: &str, then: &str, left: &str| {
        let files = [
            ("a.assess", file(list, then)),
            ("b.assess", shared.to_owned()),
        ];
        let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
        assert_eq!(fixed(&files), file(left, then));
    };
    check("use \"b.assess\": a, b\n", used, "use \"b.assess\": b\n");
    check("use \"b.assess\": b, c\n", used, "use \"b.assess\": b\n");
    check("use \"b.assess\": a\n", "", "");
}
