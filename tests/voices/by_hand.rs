//! A view equals the file with its clauses put in by hand, to the last byte of its JSON.

use super::{meant, verdict};
use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question};
use assess::project::Project;
use assess::render::verdict::{Asked, Evaluated};
use assess::resolve::assessment::Assessment;
use assess::text::source::{Source, SourceMap};

/// The JSON of an assessment that goes by the name `f.assess`.
fn json(assessment: Assessment) -> String {
    let options = Options {
        contributions: true,
        ..Options::default()
    };
    let verdict = evaluate(&assessment, &Question::default(), &options).expect("a verdict");
    let mut sources = SourceMap::new();
    sources.add(Source::new("f.assess", String::new()));
    let evaluated = Evaluated {
        sources,
        assessment,
        verdict,
        asked: Asked::default(),
    };
    serde_json::to_string_pretty(&evaluated.to_json()).expect("JSON")
}

const FRAME: &str = r#"
assessment "Where did it come from?" { as of: 2025-03-01, author: "R. Vance", resolves: "The report." }
horizon short "By the autumn": 0 to 6 months
horizon long  "In two years":  6 to 24 months
outcome open "Not settled"
final outcome lab "A laboratory"
final outcome market "A market"
"#;

const PRIOR: &str = "prior { lab: 5% by short, 12% by long, market: 8% to 12% by short, 20% to 30% by long, open: rest }\n";
const LEAK: &str = "event leak { chance: 10% by short, 20% to 30% by long, weight for lab: strong, weight against market: weak }\n";
const TONE: &str =
    "factor tone { weight for lab: weak, evidence \"Interviews\" { source: \"A\", rated: C3 } }\n";
const GRANT: &str =
    "event grant { chance given leak: 40% by long, chance otherwise: 10% by short, 15% by long }\n";
const CHANGE: &str = "change cut { when: grant, count tone: 50%, weight for market: moderate }\n";

/// What the file says, what the view says, and the file with that written into it.
fn cases() -> Vec<[String; 3]> {
    let file = |parts: &[&str]| parts.concat();
    let all = [FRAME, PRIOR, LEAK, TONE, GRANT, CHANGE];
    let with = |place: usize, text: &str| {
        let mut parts = all;
        parts[place] = text;
        file(&parts)
    };
    let own = file(&all);
    vec![
        // A chance, by its short form and in full.
        [
            own.clone(),
            "leak: 30% by short, likely by long".to_owned(),
            with(2, "event leak { chance: 30% by short, likely by long, weight for lab: strong, weight against market: weak }\n"),
        ],
        [
            own.clone(),
            "event grant { chance: 5% by short, 9% by long }".to_owned(),
            with(4, "event grant { chance: 5% by short, 9% by long }\n"),
        ],
        // One weight of two; a weight on an outcome that had none.
        [
            own.clone(),
            "event leak { weight for lab: decisive }\n factor tone { weight against market: slight }".to_owned(),
            file(&[
                FRAME,
                PRIOR,
                "event leak { chance: 10% by short, 20% to 30% by long, weight against market: weak, weight for lab: decisive }\n",
                "factor tone { weight for lab: weak, weight against market: slight, evidence \"Interviews\" { source: \"A\", rated: C3 } }\n",
                GRANT,
                CHANGE,
            ]),
        ],
        // A prior, whole.
        [
            own.clone(),
            "prior { lab: 1% by short, 2% by long, market: rest, open: 60% }".to_owned(),
            with(1, "prior { lab: 1% by short, 2% by long, market: rest, open: 60% }\n"),
        ]
        .map(|text| text.replace("market: rest, open: 60%", "market: 30% by short, 40% by long, open: rest")),
        // Evidence of the same words, a count, a condition.
        [
            own.clone(),
            "factor tone { evidence \"Interviews\" { source: \"B\", rated: A1 } }\n change cut { when: leak, count tone: 20% }".to_owned(),
            file(&[
                FRAME,
                PRIOR,
                LEAK,
                "factor tone { weight for lab: weak, evidence \"Interviews\" { source: \"B\", rated: A1 } }\n",
                GRANT,
                "change cut { when: leak, count tone: 20%, weight for market: moderate }\n",
            ]),
        ],
        // What only the view has, and what rests on it.
        [
            own.clone(),
            "event talk { chance: 5% by short, 15% by long, weight for lab: strong }\n event grant { chance given talk: 80% by long, chance otherwise: 10% by long }".to_owned(),
            file(&[
                FRAME,
                PRIOR,
                LEAK,
                TONE,
                "event grant { chance given talk: 80% by long, chance otherwise: 10% by long }\n",
                CHANGE,
                "event talk { chance: 5% by short, 15% by long, weight for lab: strong }\n",
            ]),
        ],
        // A factor left out.
        [
            own.replace(", count tone: 50%", ""),
            "without: tone".to_owned(),
            file(&[FRAME, PRIOR, LEAK, GRANT, CHANGE]).replace(", count tone: 50%", ""),
        ],
    ]
}

#[test]
fn a_view_is_the_file_with_its_clauses_put_in() {
    let cases = cases();
    assert_eq!(cases.len(), 7);
    for [own, view, by_hand] in cases {
        let inner = view.replace('\n', "\n  ");
        let with = format!("{own}\nview other \"Another\" {{\n  {inner}\n}}\n");
        let a = meant(&with);
        let seen = (*a.views.values().next().expect("a view").assessment).clone();
        let hand = meant(&by_hand);
        // Where something stands is another place; what it says is not.
        assert_eq!(json(seen), json(hand), "{view}");
        // The file itself is as it was.
        let (before, now) = (verdict(&meant(&own)), verdict(&a));
        for (before, now) in before.horizons.iter().zip(&now.horizons) {
            for (before, now) in before.outcomes.iter().zip(&now.outcomes) {
                assert_eq!(
                    before.probability.value.to_bits(),
                    now.probability.value.to_bits()
                );
            }
        }
    }
}

#[test]
fn the_order_of_items_changes_no_view() {
    let view = "view other { leak: 30% by short, 50% by long }\n";
    let one = [FRAME, PRIOR, LEAK, TONE, GRANT, CHANGE, view].concat();
    let other = [view, CHANGE, GRANT, TONE, LEAK, PRIOR, FRAME].concat();
    let seen = |text: &str| {
        let a = meant(text);
        let found = verdict(&a);
        let at = found.views[0].verdict.horizons.clone();
        let each = at.into_iter().flat_map(|h| h.outcomes);
        each.map(|o| (o.probability.value.to_bits(), o.interval))
            .collect::<Vec<_>>()
    };
    assert_eq!(seen(&one), seen(&other));
}

#[test]
fn a_view_of_what_another_file_declares() {
    use assess::project::Memory;
    let shared =
        "event leak \"Records\" { chance: 10% by short, 25% by long, weight for lab: strong }\n";
    let own = [
        FRAME,
        PRIOR,
        "use \"shared.assess\": leak\n",
        "view other { leak: 60% by long }\n",
        "expect leak by long under other: 59% to 61%\n",
    ]
    .concat();
    let files = Memory::new([("f.assess", own.as_str()), ("shared.assess", shared)]);
    let project = Project::load(&files, std::path::Path::new("f.assess")).expect("it is there");
    let found = assess::resolve::resolve(&project);
    let said: Vec<String> = found
        .diagnostics
        .iter()
        .map(|d| d.message.clone())
        .collect();
    let a = found.assessment.unwrap_or_else(|| panic!("{said:?}"));
    assert!(verdict(&a).expectations[0].holds);
}
