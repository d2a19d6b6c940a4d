//! What the fixes write.

use super::lint;
use assess::diag::fixes::apply;
use assess::lint::rules;
use assess::project::Project;
use assess::text::source::FileId;

/// The fragment after the first fix of the rule's first finding.
fn mended(rule: &str, fragment: &str) -> String {
    let text = rules::frame(fragment);
    let rest = text[fragment.len()..].to_owned();
    let found = lint(fragment);
    let finding = found
        .iter()
        .find(|d| d.rule.name == rule)
        .expect("a finding");
    let project = Project::from_text("a.assess", &text);
    let fix = finding.fixes.first().expect("a fix");
    assert_eq!(
        fix.safe,
        rules::find(rule).expect("a rule").fix == rules::FixKind::Safe
    );
    let applied = apply(&project.sources, [fix]);
    let mended = &applied.texts[&FileId(0)];
    let after = lint_again(mended);
    assert!(
        !after.contains(&rule.to_owned()),
        "{rule} again in\n{mended}"
    );
    mended.strip_suffix(&rest).unwrap_or(mended).to_owned()
}

fn lint_again(text: &str) -> Vec<String> {
    super::lint_whole(text)
        .iter()
        .map(|d| d.rule.name.to_owned())
        .collect()
}

#[test]
fn fixes_write_what_was_meant() {
    let section = |text: &str| format!("section \"S\": \"{text}\"\n");
    for (rule, before, after) in [
        ("word-number", "Likely (90%).", "Very likely (90%)."),
        (
            "word-number",
            "It is probable (90%).",
            "It is highly probable (90%).",
        ),
        (
            "word-number",
            "A very\u{20}unlikely (30%) end.",
            "An unlikely (30%) end.",
        ),
        (
            "prose-contradicts",
            "It is {weakening in long: likely}.",
            "It is {weakening in long: unlikely}.",
        ),
        (
            "prose-contradicts",
            "It is {weakening in long: probable}.",
            "It is {weakening in long: improbable}.",
        ),
        (
            "mixed-lexicon",
            "It is a highly likely exit.",
            "It is a very likely exit.",
        ),
        (
            "mixed-lexicon",
            "Unlikely, likely and improbable.",
            "Unlikely, likely and unlikely.",
        ),
    ] {
        assert_eq!(mended(rule, &section(before)), section(after), "{rule}");
    }
}

#[test]
fn rounding_keeps_the_rest_of_the_clause() {
    let event = |chance: &str| {
        format!("event veto {{\n  resolves: \"It\"\n  weight for exit: weak\n  {chance}\n}}\n")
    };
    assert_eq!(
        mended(
            "false-precision",
            &event("chance: 10.5 to 20.4% by short, 33.3% by long # a guess")
        ),
        event("chance: 11 to 20% by short, 33% by long # a guess")
    );
}

#[test]
fn an_overlap_is_written_behind_the_last_factor() {
    let factors = "factor a {\n  weight for exit: weak\n  evidence \"A\" { source: \"Us\" }\n}\nfactor b {\n  \
                   weight for exit: weak\n  evidence \"B\" { source: \"Us\" }\n} # of two\n";
    let expect = "expect exit by long: at most 50%\n";
    let before = format!("{factors}{expect}");
    let after = format!("{factors}overlap 50%: a, b\n{expect}");
    assert_eq!(mended("double-count", &before), after);
    let crlf = |text: &str| text.trim_end().replace('\n', "\r\n") + "\n";
    assert_eq!(mended("double-count", &crlf(&before)), crlf(&after));
}

#[test]
fn an_adverb_is_not_mended_by_an_adjective() {
    let found = lint("section \"S\": \"It will probably (90%) hold.\"\n");
    let finding = found
        .iter()
        .find(|d| d.rule.name == "word-number")
        .expect("a finding");
    assert!(finding.fixes.is_empty());
}
