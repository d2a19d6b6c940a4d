//! What an editor is told: on a sound file, on a broken one, and at any byte of any text.

use assess::ide::{
    Analysis, Known, Numbers, actions, calls, completion, definition, diagnostics, folding, hints,
    hover, lens, links, rename, selection, symbols, tokens,
};
use assess::infer::meter::Meter;
use assess::lint::Policy;
use assess::project::{FileSystem, Memory, Project};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

const NATO: &str = "assessments/nato.assess";

/// A file with a mistake in it: its last numbers are those of NATO.
const BROKEN: &str = r#"assessment "Will Trump withdraw the U.S. from NATO in 2025?" {
  as of: 2025-03-01
}
horizon short  "Short term":  0 to 6 months
horizon medium "Medium term": 6 to 18 months
horizon long   "Long term":   18+ months
outcome presence "Continued presence"
final outcome exit "Full U.S. exit"
prior { exit: 4% by short, 19% by medium, presence: rest }
event troops "Troops are reduced" { chance: likly by short, 95% by long }
factor congress "Opposition in Congress" {
  weight against exit: strong in short, moderate in medum
  evidence "Both parties" { rated: B2 }
"#;

fn nato() -> &'static (Analysis, Numbers) {
    static READ: OnceLock<(Analysis, Numbers)> = OnceLock::new();
    READ.get_or_init(|| {
        let project = Project::load(&FileSystem, Path::new(NATO)).expect("a file");
        let analysis = Analysis::of(project);
        let numbers = Numbers::with_contributions(&analysis, &Meter::default());
        (analysis, numbers.expect("a verdict"))
    })
}

fn known(stale: bool) -> Option<Known<'static>> {
    Some(Known {
        numbers: &nato().1,
        stale,
    })
}

fn memory(text: &str) -> Analysis {
    Analysis::of(Project::from_text("broken.assess", text))
}

/// The byte behind the first place where a text has another, or at its cursor.
fn at(text: &str, needle: &str) -> usize {
    let (before, after) = needle.split_once('¦').unwrap_or((needle, ""));
    let whole = format!("{before}{after}");
    text.find(&whole).unwrap_or_else(|| panic!("{needle}")) + before.len()
}

fn said(analysis: &Analysis, needle: &str, stale: bool) -> String {
    let found = hover::hover(analysis, at(analysis.text(), needle), known(stale));
    let text = found.map_or("nothing".to_owned(), |h| {
        format!("[{}]\n{}", &analysis.text()[h.range], h.text)
    });
    format!("---- {needle}\n{text}\n")
}

#[test]
fn hovers_on_names_words_strengths_ratings_weights_and_rules() {
    let (analysis, _) = nato();
    let needles = [
        "outcome pres¦ence",
        "final outcome ex¦it",
        "horizon lo¦ng",
        "event tro¦ops",
        "factor cong¦ress",
        "change poli¦tics",
        "assumption la¦w",
        "scenario rup¦ture",
        "chance: lik¦ely",
        "weight for disengagement, exit: we¦ak",
        "rated: C¦3",
        "weig¦ht against exit: strong in short",
        "exp¦ect exit by short: almost no",
        "almost no¦ chance\nexpect",
        "allow(one-¦channel)",
        "allow(same¦-curve)",
        "{exit by long given latitude: un¦likely}",
        "{ex¦it by long given latitude",
        "{rhetoric in long: lik¦ely} to",
        "sour¦ce: \"Signals",
        "fac¦tor russia",
        "Signals from the ad¦ministration that",
    ];
    let all: String = needles.iter().map(|n| said(analysis, n, false)).collect();
    insta::assert_snapshot!(all);
}

#[test]
fn hovers_while_the_file_is_broken() {
    let analysis = memory(BROKEN);
    let needles = [
        "factor cong¦ress",
        "outcome pres¦ence",
        "chance: lik¦ly",
        "strong¦ in short",
        "moderate in me¦dum",
        "rated: B¦2",
    ];
    let all: String = needles.iter().map(|n| said(&analysis, n, true)).collect();
    insta::assert_snapshot!(all);
}

#[test]
fn proposals_are_those_that_may_stand_there() {
    let lines = [
        "¦",
        "fac¦",
        "event e { ¦",
        "event e {\n  resolves: \"x\"\n  chance: 5%\n  ¦",
        "event e { chance: ¦",
        "event e { chance: likely ¦",
        "event e { chance: likely by ¦",
        "event e { chance: likely by short, 5% by ¦",
        "event e { chance given ¦",
        "event e { weight ¦",
        "event e { weight for ¦",
        "event e { weight for exit: ¦",
        "factor f { evidence \"x\" { ¦",
        "factor f { evidence \"x\" { rated: B¦",
        "prior { ¦",
        "change c { when: ¦",
        "change c { when: troops and ¦",
        "change c { count ¦",
        "scenario s { set: not ¦",
        "bet \"b\" { on: ¦",
        "bet \"b\" { on: exit ¦",
        "expect ¦",
        "expect exit by ¦",
        "expect exit by long: ¦",
        "expect exit by long given ¦",
        "use \"¦",
        "use \"sha¦",
        "exclusive: ¦",
        "horizon h: ¦",
        "# allow(¦",
        "# allow(sta¦",
        "section \"s\": \"so {¦",
        "section \"s\": \"so {exit by ¦",
        "note \"in a text ¦\"",
        "assessment \"a\" {\n  as of: 2025-01-01\n  scale: ¦",
        "assumption a { confidence: ¦",
        "some new_clause: ¦",
    ];
    let mut out = String::new();
    let files = || vec!["shared/europe.assess".to_owned()];
    for line in lines {
        let text = format!("{BROKEN}}}\n{line}");
        let offset = text.find('¦').expect("a cursor");
        let analysis = memory(&text.replacen('¦', "", 1));
        let found = completion::completion(&analysis, offset, known(true), &files);
        let line = line.replace('\n', "⏎");
        let labels: Vec<&str> = found.iter().map(|p| p.label.as_str()).collect();
        let shown = match labels.len() {
            n if n > 24 => format!("{} … and {} more", labels[..12].join(", "), n - 12),
            _ => labels.join(", "),
        };
        writeln!(out, "{line}\n    {shown}").expect("a line");
    }
    insta::assert_snapshot!(out);
}

#[test]
fn outlines_folds_links_and_colours() {
    let analysis = memory(&format!(
        "{BROKEN}}}\n# one\n# two\n# allow(stale): see https://example.org/a.\n"
    ));
    let text = analysis.text();
    let mut out = String::new();
    for s in symbols::symbols(&analysis) {
        writeln!(out, "{:?} {} {:?}", s.kind, s.name, s.detail).expect("a line");
        for child in s.children {
            writeln!(out, "    {:?} {}", child.kind, child.name).expect("a line");
        }
    }
    for (range, fold) in folding::folds(&analysis) {
        writeln!(out, "{fold:?} {:?}", &text[range]).expect("a line");
    }
    for (range, target) in links::links(&analysis) {
        writeln!(out, "{:?} {target:?}", &text[range]).expect("a line");
    }
    for range in selection::around(&analysis, at(text, "strong¦ in short")) {
        writeln!(out, "{:?}", &text[range]).expect("a line");
    }
    for piece in tokens::tokens(&analysis) {
        let declares = if piece.declares { " declared" } else { "" };
        writeln!(out, "{:?}{declares} {:?}", piece.token, &text[piece.range]).expect("a line");
    }
    insta::assert_snapshot!(out);
}

#[test]
fn names_are_found_where_they_are_meant() {
    let (analysis, _) = nato();
    let text = analysis.text();
    let mut out = String::new();
    let offset = at(text, "when: lati¦tude");
    let place = definition::definition(analysis, offset).expect("it is declared");
    writeln!(out, "{:?}", &text[place.range]).expect("a line");
    for found in definition::references(analysis, offset, true) {
        let line = text[..found.range.start]
            .rsplit('\n')
            .next()
            .unwrap_or_default();
        writeln!(out, "reference {line}|").expect("a line");
    }
    for (range, how) in definition::highlight(analysis, offset) {
        writeln!(out, "{how:?} {}", range.start).expect("a line");
    }
    for tie in calls::rests_on(analysis, "latitude") {
        writeln!(
            out,
            "{} rests on it, {} times",
            tie.item.name,
            tie.places.len()
        )
        .expect("a line");
    }
    for tie in calls::rests(analysis, "latitude") {
        writeln!(out, "it rests on {}", tie.item.name).expect("a line");
    }
    let called = calls::prepare(analysis, offset).expect("an item");
    writeln!(out, "{} {:?}", called.name, called.sort).expect("a line");
    let named = rename::prepare(analysis, offset).expect("a name");
    writeln!(out, "{named:?}").expect("a line");
    assert_eq!(rename::prepare(analysis, at(text, "chance: lik¦ely")), None);
    insta::assert_snapshot!(out);
}

#[test]
fn hints_and_lenses_say_what_the_verdict_says() {
    let (analysis, _) = nato();
    let text = analysis.text();
    let mut out = String::new();
    for hint in hints::hints(analysis, &(0..text.len()), known(false)) {
        let line = text[..hint.at].rsplit('\n').next().unwrap_or_default();
        writeln!(out, "{line} ‹{}› {:?}", hint.text, hint.about).expect("a line");
    }
    for lens in lens::lenses(analysis, known(false)) {
        writeln!(out, "{:?} {} {:?}", &text[lens.range], lens.title, lens.ask).expect("a line");
    }
    let broken = memory(BROKEN);
    for hint in hints::hints(&broken, &(0..BROKEN.len()), known(true)) {
        writeln!(out, "broken ‹{}› stale: {}", hint.text, hint.stale).expect("a line");
    }
    for lens in lens::lenses(&broken, known(true)) {
        writeln!(out, "broken {}", lens.title).expect("a line");
    }
    insta::assert_snapshot!(out);
}

#[test]
fn actions_mend_allow_and_rewrite() {
    let policy = Policy::default();
    let mut out = String::new();
    let text = "assessment \"Heads?\" { as of: 2025-01-01 }\nhorizon a: until 2025-06-01\nhorizon b: until 2026-01-01\noutcome x\nfinal outcome y\nprior { y: 10% by a, 30% by b, x: rest }\nevent e \"E\" {\n  chance: likely by a\n  weight for y: strong\n}\nevent f \"F\" { chance: 30% }\n";
    for text in [BROKEN, text] {
        let analysis = memory(text);
        let (_, findings) = diagnostics::check(&analysis, &policy, &Memory::default());
        for f in &findings {
            writeln!(
                out,
                "{} [{}] {}",
                f.rule,
                &text[f.at.range.clone()],
                f.message
            )
            .expect("a line");
        }
        let found = actions::actions(&analysis, &findings, &(0..text.len()), None);
        for action in found {
            writeln!(out, "{:?} {}", action.kind, action.title).expect("a line");
            let mut after = text.to_owned();
            let mut edits = action.edits;
            edits.sort_by_key(|(_, e)| std::cmp::Reverse(e.range.start));
            for (_, edit) in edits {
                after.replace_range(edit.range, &edit.text);
            }
            for (new, _) in after
                .lines()
                .zip(1..)
                .filter(|(l, _)| !text.lines().any(|old| old == *l))
            {
                writeln!(out, "    {new}").expect("a line");
            }
        }
        let all = actions::fix_all(&analysis, &policy, &Memory::default());
        writeln!(out, "all: {:?}", all.map(|t| t != text)).expect("a line");
    }
    insta::assert_snapshot!(out);
}

#[test]
fn no_place_of_no_text_is_too_odd() {
    let shared = std::fs::read_to_string("examples/use.assess").expect("a file");
    let nato = nato().0.text();
    let mut texts = vec![String::new(), "\u{feff}".into(), "é\"{".into(), shared];
    // Cut anywhere, as a file is while it is written.
    texts.extend((0..40).map(|i| {
        let end = nato.len() * i / 40;
        let end = (0..=end)
            .rev()
            .find(|e| nato.is_char_boundary(*e))
            .unwrap_or(0);
        nato[end.saturating_sub(900)..end]
            .trim_start_matches(|c: char| !c.is_ascii())
            .to_owned()
    }));
    for text in texts {
        let analysis = memory(&text);
        let findings = diagnostics::read(&analysis, &Policy::default());
        let _ = (
            symbols::symbols(&analysis),
            folding::folds(&analysis),
            links::links(&analysis),
        );
        let pieces = tokens::tokens(&analysis);
        assert!(
            pieces
                .windows(2)
                .all(|p| p[0].range.end <= p[1].range.start)
        );
        for offset in (0..text.len() + 3).step_by(7) {
            let at = offset.min(text.len())..(offset + 5).min(text.len());
            let _ = hover::hover(&analysis, offset, known(true));
            let _ = completion::completion(&analysis, offset, known(true), &Vec::new);
            let _ = definition::definition(&analysis, offset);
            let _ = definition::references(&analysis, offset, false);
            let _ = calls::prepare(&analysis, offset);
            let _ = actions::actions(&analysis, &findings, &at, known(true));
            let around = selection::around(&analysis, offset);
            assert!(
                around
                    .windows(2)
                    .all(|w| w[1].start <= w[0].start && w[0].end <= w[1].end)
            );
        }
        let _ = hints::hints(&analysis, &(0..text.len()), known(true));
        let _ = lens::lenses(&analysis, known(true));
    }
}

/// Reads one of our own files, with its numbers.
fn own(path: &str) -> (Analysis, Numbers) {
    let project = Project::load(&FileSystem, Path::new(path)).expect("a file");
    let analysis = Analysis::of(project);
    let numbers = Numbers::with_contributions(&analysis, &Meter::default());
    let numbers = numbers.unwrap_or_else(|| panic!("{path} has no verdict"));
    (analysis, numbers)
}

/// What is said of places, and all hints, lenses and symbols of a file.
fn everything(path: &str, needles: &[&str]) -> String {
    let (analysis, numbers) = own(path);
    let known = Some(Known {
        numbers: &numbers,
        stale: false,
    });
    let text = analysis.text();
    let mut out = format!("==== {path}\n");
    for needle in needles {
        let found = hover::hover(&analysis, at(text, needle), known);
        let said = found.map_or("nothing".to_owned(), |h| {
            format!("[{}]\n{}", &text[h.range], h.text)
        });
        writeln!(out, "---- {needle}\n{said}").expect("a line");
    }
    writeln!(out, "---- hints").expect("a line");
    for hint in hints::hints(&analysis, &(0..text.len()), known) {
        let line = text[..hint.at].rsplit('\n').next().unwrap_or_default();
        writeln!(out, "{line} ‹{}› {:?}", hint.text, hint.about).expect("a line");
    }
    writeln!(out, "---- lenses").expect("a line");
    for lens in lens::lenses(&analysis, known) {
        writeln!(out, "{:?} {} {:?}", &text[lens.range], lens.title, lens.ask).expect("a line");
    }
    writeln!(out, "---- symbols").expect("a line");
    for s in symbols::symbols(&analysis) {
        writeln!(out, "{:?} {} {:?}", s.kind, s.name, s.detail).expect("a line");
        for child in s.children {
            writeln!(out, "    {:?} {}", child.kind, child.name).expect("a line");
        }
    }
    out
}

#[test]
fn questions_and_conditions_are_known() {
    let needles = [
        "question coal¦ition",
        "outcome pa¦ir",
        "outcome thr¦ee",
        "condition both_¦out",
        "expect two in vote given both¦_out",
        "given tw¦o {",
        "horizon su¦mmer",
        "{both_out¦ by vote}",
        "{two in vote given fdp: very¦ unlikely}",
        "ques¦tion coalition",
    ];
    insta::assert_snapshot!(everything("assessments/bundestag-2025.assess", &needles));
}

#[test]
fn quantities_values_and_impacts_are_known() {
    let needles = [
        "quantity gro¦wth",
        "when: gro¦wth below 2.0",
        "{median of growth¦ in y2023}",
        "mo¦ve growth: -0.4",
        "expect med¦ian of growth",
        "imp¦act: severe }",
    ];
    let mut out = everything("assessments/world-growth-2023.assess", &needles);
    let needles = [
        "condition disr¦upted",
        "{mean of value¦ in q1}",
        "{when strait¦}",
        "outcome ca¦lm",
        "counts in: wa¦r",
    ];
    out += &everything("assessments/oil-2023.assess", &needles);
    insta::assert_snapshot!(out);
}

#[test]
fn views_pools_and_judgements_are_known() {
    let text = std::fs::read_to_string("assessments/iraq-nie-2002.assess").expect("a file");
    assert!(text.contains("\njudgement ") && text.contains("\nview "));
    let mut out = everything("examples/views.assess", &[]);
    out += &everything("assessments/iraq-nie-2002.assess", &["outcome prog¦ramme"]);
    insta::assert_snapshot!(out);
}

#[test]
fn proposals_know_the_newest_clauses() {
    let frame = "assessment \"Q?\" { as of: 2025-01-01 }\nhorizon long: until 2026-01-01\noutcome a\noutcome b\nprior { a: 50%, b: rest }\n\
        question oil \"Oil\" { outcome low, outcome high, prior { low: 40%, high: rest } }\nimpacts { limited, severe }\n\
        event strike { chance: 5% by long }\nfactor mood { weight for a: weak }\ncondition both: strike and mood\n\
        quantity price \"Price\" { unit: \"USD\", in long: 80 (60 to 110) }\nview fbi \"F\" { strike: 9% by long }\n";
    let lines = [
        "question q { ¦",
        "question q { pr¦",
        "question q { outcome x { ¦",
        "question q { outcome x { when: ¦",
        "question q { prior { ¦",
        "question q { prior given ¦",
        "prior ¦",
        "prior given strike and ¦",
        "prior { counts in: ¦",
        "outcome c { value: ¦",
        "outcome c { impact: ¦",
        "condition c: ¦",
        "condition c: strike and not ¦",
        "event e { chance ¦",
        "event e { chance once ¦",
        "event e { chance once strike: ¦",
        "event e { chance once strike: 40% ¦",
        "event e { move ¦",
        "factor f { weight for ¦",
        "implies: ¦",
        "exclusive: ¦",
        "quantity n { ¦",
        "quantity n { in ¦",
        "quantity n { shape: ¦",
        "risk { ¦",
        "risk { likely and ¦",
        "view v { ¦",
        "view v { strike: ¦",
        "pool p { of: ¦",
        "pool p { method: ¦",
        "judgement \"j\" { ¦",
        "judgement \"j\" { on: ¦",
        "judgement \"j\" { says: ¦",
        "judgement \"j\" { rests on: ¦",
        "expect ¦",
        "expect price ¦",
        "expect high in ¦",
        "expect median of ¦",
        "assessment \"a\" { lang: ¦",
    ];
    let mut out = String::new();
    for line in lines {
        let text = format!("{frame}{line}");
        let offset = text.find('¦').expect("a cursor");
        let analysis = memory(&text.replacen('¦', "", 1));
        let found = completion::completion(&analysis, offset, None, &Vec::new);
        let labels: Vec<&str> = found.iter().map(|p| p.label.as_str()).collect();
        writeln!(out, "{line}\n    {}", labels.join(", ")).expect("a line");
    }
    insta::assert_snapshot!(out);
}

/// Every item and every clause of the language is proposed where it may stand, each with how it is written.
#[test]
fn every_item_is_proposed_and_each_snippet_can_be_read() {
    let analysis = memory("");
    let found = completion::completion(&analysis, 0, None, &Vec::new);
    assert!(found.len() >= 28, "{}", found.len());
    for proposal in &found {
        assert!(
            proposal.documentation.contains("```assess"),
            "{}",
            proposal.label
        );
    }
}

#[test]
fn every_file_of_ours_can_be_asked_anywhere() {
    let mut asked = 0;
    for folder in ["assessments", "examples"] {
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .expect("a folder")
            .filter_map(|e| Some(e.ok()?.path()))
            .filter(|p| p.extension().is_some_and(|e| e == "assess"))
            .collect();
        paths.sort();
        for path in paths {
            let project = Project::load(&FileSystem, &path).expect("a file");
            let analysis = Analysis::of(project);
            let numbers = Numbers::of(&analysis);
            let known = numbers.as_ref().map(|numbers| Known {
                numbers,
                stale: false,
            });
            let text = analysis.text().to_owned();
            assert_eq!(
                known.is_some(),
                known.and_then(lens::verdict).is_some(),
                "{path:?}"
            );
            // At each name and each word, about every thirtieth byte.
            for offset in (0..text.len()).step_by(31) {
                let _ = hover::hover(&analysis, offset, known);
                let _ = completion::completion(&analysis, offset, known, &Vec::new);
            }
            for piece in tokens::tokens(&analysis) {
                if matches!(piece.token, tokens::Token::Name(_)) {
                    let found = hover::hover(&analysis, piece.range.start, known);
                    assert!(found.is_some(), "{path:?}: {}", &text[piece.range]);
                    asked += 1;
                }
            }
            let _ = (
                hints::hints(&analysis, &(0..text.len()), known),
                lens::lenses(&analysis, known),
            );
        }
    }
    assert!(asked > 500, "{asked}");
}

#[test]
fn the_mark_of_a_text_is_that_of_all_that_numbers_rest_on() {
    let text = std::fs::read_to_string("examples/changes.assess").expect("a file");
    let mark = |text: &str| memory(text).mark();
    let same = [
        format!("{text}# a remark\n"),
        text.replacen("Notice to the exchange.", "A notice.", 1),
    ];
    for other in &same {
        assert_ne!(*other, text);
        assert_eq!(mark(other), mark(&text), "{other}");
    }
    // A source is what confidence counts.
    for (old, new) in [
        ("6 to 12 months", "6 to 13 months"),
        ("horizon half", "horizon hall"),
    ] {
        assert!(text.contains(old));
        assert_ne!(mark(&text.replacen(old, new, 1)), mark(&text));
    }
    // Every place in each of our texts: where the mark is the same, so is the verdict.
    let base = Numbers::of(&memory(&text)).expect("a verdict");
    for at in (0..text.len())
        .step_by(29)
        .filter(|at| text.is_char_boundary(*at))
    {
        let mut other = text.clone();
        other.insert(at, '7');
        let analysis = memory(&other);
        if analysis.mark() == mark(&text)
            && let Some(numbers) = Numbers::of(&analysis)
        {
            let line = |numbers| {
                lens::verdict(Known {
                    numbers,
                    stale: false,
                })
            };
            assert_eq!(line(&numbers), line(&base), "at {at}");
        }
    }
}
