//! The page and the JSON of reports: snapshots, links, size, and how the command ends.

use super::{attributes, report};
use crate::cli::{assess, assess_with};
use assess::cli::Status;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

const FILE: &str = "tests/suite/eval/alliance.assess";
const NATO: &str = "assessments/nato.assess";

/// A page without what changes with a version or a touch of style: the figures and the source, which
/// have tests of their own, stay out too.
fn normalised(page: &str) -> String {
    let mut out = page.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    for (start, end) in [
        ("<style>", "</style>"),
        ("<script>", "</script>"),
        (" content=\"default-src", "\">"),
        ("<svg xmlns", "</svg>"),
    ] {
        let mut rest = out.as_str();
        let mut cut = String::new();
        while let Some((before, after)) = rest.split_once(start) {
            cut.push_str(before);
            cut.push_str(start);
            cut.push('…');
            rest = after.find(end).map_or("", |at| &after[at..]);
        }
        cut.push_str(rest);
        out = cut;
    }
    out
}

#[test]
fn nato() {
    insta::assert_snapshot!("nato_html", normalised(&report(NATO, &[])));
    let json = report(NATO, &["--format=json"]);
    let mut json: Value = serde_json::from_str(&json).expect("JSON");
    json["files"][0]["text"] = "…".into();
    json["method"]["version"] = "VERSION".into();
    round(&mut json);
    insta::assert_snapshot!("nato_json", format!("{json:#}"));
}

/// Cuts numbers to nine digits: what is behind moves whenever a sum is taken in another order.
fn round(json: &mut Value) {
    match json {
        Value::Number(n) if n.is_f64() => {
            let short = n.as_f64().map(|x| format!("{x:.8e}").parse::<f64>());
            *json = short.and_then(Result::ok).into();
        }
        Value::Array(list) => list.iter_mut().for_each(round),
        Value::Object(fields) => fields.iter_mut().for_each(|(_, value)| round(value)),
        _ => {}
    }
}

#[test]
fn everything_that_a_file_may_hold() {
    insta::assert_snapshot!("alliance_html", normalised(&report(FILE, &[])));
}

#[test]
fn a_page_for_nato_is_small() {
    let bytes = report(NATO, &[]).len();
    // Charts that stand alone in a copy (`xmlns`, sizes) and the list of sources took 6,000 of these,
    // titles in place of names 3,000.
    assert!(bytes < 161_000, "{bytes}");
}

/// Every mark says its number where one points at it, and what a chart draws a table says too.
#[test]
fn what_is_drawn_can_be_read() {
    let page = report(NATO, &[]);
    let drawings: Vec<&str> = page.split("<svg xmlns").skip(1).collect();
    let marks = ["s0", "s1", "s2", "s5"].map(|class| format!("<g class={class}>"));
    let mut said = 0;
    for drawing in drawings.iter().filter(|d| d.contains("role=img")) {
        let (drawing, _) = drawing.split_once("</svg>").expect("an end");
        for mark in marks.iter().flat_map(|mark| drawing.split(mark).skip(1)) {
            let mark = mark.split("</g><g class=").next().unwrap_or_default();
            let has_shape = mark.contains("<path d=") || mark.contains("<circle");
            let is_said = mark.contains("<title>");
            assert!(is_said || !has_shape, "{mark}");
            said += usize::from(is_said);
        }
    }
    assert!(said > 90, "{said}");

    let json = report(NATO, &["--format=json"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let words = text(&page);
    let mut rows = 0;
    for tip in json["tipping"].as_array().expect("a list").iter() {
        for row in tip["rows"].as_array().expect("a list") {
            let word = |key: &str| row[key].as_str().expect("a text");
            let sign = if row["decibans"].as_f64().expect("a number") < 0.0 {
                "−"
            } else {
                "+"
            };
            let within = row["within"].as_str();
            let within = within.map_or(String::new(), |range| format!(" ({range})"));
            let cells = ["today", "then", "leader_title"].map(word).concat();
            let row = format!("{}{within}{cells}{sign}{}", word("title"), word("distance"));
            assert!(words.contains(&row), "{row}");
            rows += 1;
        }
    }
    assert!(rows > 10, "{rows}");
}

/// Of every assessment and example: one file that needs nothing else, whose links within it lead
/// somewhere, and a JSON that holds to its schema and says what the page shows.
#[test]
fn whatever_the_file() {
    let schema = serde_json::from_str(&assess(&["schema", "report"]).out).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let folders = ["assessments", "examples"].map(|folder| fs::read_dir(folder).expect("a folder"));
    let paths = folders
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("an entry").path());
    let mut reported = 0;
    for path in paths.filter(|p| p.extension().is_some_and(|e| e == "assess")) {
        let file = path.to_str().expect("UTF-8");
        let run = assess(&["report", file, "--draws=41"]);
        if run.status == Status::Failed {
            continue;
        }
        reported += 1;
        is_one_file(file, &run.out);
        let json = report(file, &["--format=json", "--draws=41"]);
        let json: Value = serde_json::from_str(&json).expect("JSON");
        let errors: Vec<String> = schema.iter_errors(&json).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{file}: {errors:#?}");
        let words = text(&run.out);
        let markdown = report(file, &["--format=markdown", "--draws=41"]);
        let questions = json["questions"].as_array().cloned().unwrap_or_default();
        for question in &questions {
            let title = question["title"].as_str().expect("a text");
            let tips = question["tipping"].as_array().into_iter().flatten();
            for tip in tips.flat_map(|t| t["rows"].as_array().into_iter().flatten()) {
                let clause = tip["title"].as_str().expect("a text");
                assert!(words.contains(clause), "{file}: {clause}");
            }
            assert!(
                words.contains(title) && markdown.contains(title),
                "{file}: {title}"
            );
        }
        let answers = questions
            .iter()
            .flat_map(|q| q["answers"].as_array().expect("a list"));
        for answer in json["answers"]
            .as_array()
            .expect("a list")
            .iter()
            .chain(answers)
        {
            // The heading has the horizon; the sentence goes on behind it.
            let sentence = answer["sentence"].as_str().expect("a text");
            let (_, said) = sentence.split_once(": ").expect("a colon");
            assert!(words.contains(said), "{file}: {said}");
            let confidence = answer["confidence_sentence"].as_str().expect("a text");
            assert!(words.contains(confidence), "{file}: {confidence}");
        }
    }
    assert!(reported > 15, "{reported}");
}

fn is_one_file(file: &str, page: &str) {
    let ids: Vec<&str> = attributes(page, "id").into_iter().map(|a| a.1).collect();
    let all: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), all.len(), "{file}: an id appears twice");
    for (tag, link) in attributes(page, "href") {
        match link.strip_prefix('#') {
            Some(id) => assert!(all.contains(id), "{file}: nothing has the id {id}: {tag}"),
            None => assert!(
                tag.contains("rel=noreferrer") && link.starts_with("http"),
                "{file}: {tag}"
            ),
        }
    }
    assert!(attributes(page, "src").is_empty(), "{file}");
    for foreign in [
        "<link", "<img", "<iframe", "@import", "url(", " style=", " onclick", "xlink",
    ] {
        assert!(!page.contains(foreign), "{file}: {foreign}");
    }
    assert!(
        page.contains("default-src 'none'; style-src 'sha256-"),
        "{file}"
    );
}

/// The words of a page.
fn text(page: &str) -> String {
    let mut out = String::new();
    for piece in page.split('<').skip(1) {
        out.push_str(piece.split_once('>').map_or("", |p| p.1));
    }
    let out = out.replace("&quot;", "\"").replace("&lt;", "<");
    out.replace("&gt;", ">").replace("&amp;", "&")
}

/// The words and numbers are those of `eval`, and confidence never stands beside a likelihood.
#[test]
fn words_and_numbers_are_those_of_eval() {
    let json = report(NATO, &["--format=json"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let eval = assess(&["eval", NATO, "--format=json"]).out;
    let eval: Value = serde_json::from_str(&eval).expect("JSON");
    let horizons = eval["assessments"][0]["horizons"]
        .as_array()
        .expect("a list");
    for (h, horizon) in horizons.iter().enumerate() {
        for (o, outcome) in horizon["outcomes"]
            .as_array()
            .expect("a list")
            .iter()
            .enumerate()
        {
            let found = &json["outcomes"][o]["horizons"][h];
            assert_eq!(found["value"], outcome["probability"]);
            assert_eq!(
                (&found["low"], &found["high"]),
                (&outcome["low"], &outcome["high"])
            );
        }
        let answer = &json["answers"][h];
        assert_eq!(answer["confidence"], horizon["confidence"]);
        let sentence = answer["sentence"].as_str().expect("a text");
        assert!(!sentence.contains("onfidence"), "{sentence}");
        let confidence = answer["confidence_sentence"].as_str().expect("a text");
        assert!(!confidence.contains("likely"), "{confidence}");
    }
    let sums = json["contributions"].as_array().expect("a list");
    for of in sums {
        for h in 0..horizons.len() {
            let rows = of["rows"].as_array().expect("a list").iter();
            let moved: f64 = rows
                .map(|r| r["horizons"][h]["points"].as_f64().expect("a number"))
                .sum();
            let value = |key: &str| of[key][h]["value"].as_f64().expect("a number");
            let shift = 100.0 * (value("verdict") - value("prior"));
            assert!((moved - shift).abs() < 1e-9, "{moved} {shift}");
        }
    }
}

#[test]
fn what_cannot_be_summed_is_sampled_and_says_so() {
    let mut text =
        "assessment \"Many?\" { as of: 2025-03-01 }\nhorizon g \"Soon\": 0 to 6 months\n\
                    horizon h \"Later\": 6 to 12 months\n\
                    outcome a \"A\"\nfinal outcome b \"B\"\n"
            .to_owned();
    for i in 0..40 {
        // What puts an end off and what hastens it cannot be transformed together.
        let outcome = ["a", "b"][i % 2];
        text += &format!(
            "event e{i} \"E{i}\" {{ chance: 20% by g, 30% by h\n weight for {outcome}: weak }}\n"
        );
    }
    let run = assess_with(&["report", "-", "--draws=0"], text.as_bytes(), false);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    assert!(run.out.contains("left out: the verdict was sampled"));
    assert!(run.out.contains("Sampled, not exact"));
    assert!(!run.out.contains("Tipping points</h2>"));
}

#[test]
fn where_it_is_written_and_how_it_ends() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let out = folder.path().join("page.html");
    let name = out.to_str().expect("UTF-8");
    assert_eq!(report(FILE, &["--draws=41", "-o", name]), "");
    let page = fs::read_to_string(&out).expect("a page");
    assert_eq!(page, report(FILE, &["--draws=41"]));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);

    let bad = folder.path().join("bad.assess");
    fs::write(&bad, "outcome a\n").expect("a file");
    let bad = bad.to_str().expect("UTF-8");
    let run = assess(&["report", bad, "-o", name]);
    assert_eq!((run.status, run.out.as_str()), (Status::Found, ""));
    assert!(run.err.contains("error[missing-part]"), "{}", run.err);
    assert_eq!(fs::read_to_string(&out).expect("the page before"), page);

    let run = assess(&["report", "none.assess"]);
    assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
    assert!(run.err.contains("there is no file"), "{}", run.err);
    let nowhere = folder.path().join("none").join("page.html");
    let run = assess(&["report", FILE, "-o", nowhere.to_str().expect("UTF-8")]);
    assert_eq!(run.status, Status::Failed);
    assert!(run.err.contains("cannot be written"), "{}", run.err);
    let run = assess(&["report", "examples/shared.assess"]);
    assert_eq!(run.status, Status::Failed);
    assert!(run.err.contains("made for `use`"), "{}", run.err);
}

/// A marking stands above and below the page and every printed sheet, and in a chart alone; whatever
/// it is made of, it is text.
#[test]
fn a_marking_is_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.assess");
    let text = fs::read_to_string(FILE).expect("a file");
    let marked = text.replacen("as of:", "marking: \"TLP: </style> A'\"\n  as of:", 1);
    fs::write(&path, marked).expect("a file");
    let path = path.to_str().expect("a path");
    for arguments in [&[][..], &["--brief"], &["--brief", "--lang=de"]] {
        let page = report(path, arguments);
        let shown = "class=marking>TLP: &lt;/style&gt; A'";
        assert_eq!(page.matches(shown).count(), 1, "{arguments:?}");
        assert_eq!(page.matches("class=\"marking last\">TLP:").count(), 1);
        // Who goes from landmark to landmark hears it.
        let within = |tag: &str| {
            let (from, to) = (format!("<{tag}"), format!("</{tag}>"));
            let from = page.find(&from).expect("it begins");
            page[from..]
                .split(&to)
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        assert!(within("header").contains(shown), "{arguments:?}");
        assert!(
            within("footer").contains("class=\"marking last\">"),
            "{arguments:?}"
        );
        let sheet =
            "{content:\"TLP\\00003a\\000020\\00003c\\00002fstyle\\00003e\\000020A\\000027\"";
        assert_eq!(page.matches(sheet).count(), 2, "{arguments:?}");
        assert_eq!(page.matches("</style>").count(), 1);
    }
    assert!(report(path, &["--chart=outcomes"]).contains("TLP: &lt;/style&gt; A"));
    let markdown = report(path, &["--format=markdown"]);
    assert_eq!(markdown.matches("**TLP: \\</style\\> A'**").count(), 2);
}

/// What the engine says is in the report's language, and names things by their titles.
#[test]
fn no_english_is_left_in_other_languages() {
    let english = [
        "always holds",
        "has happened:",
        "The intervals cover",
        ", assumed",
        ", removed",
        "Its chance is",
        "does it.",
        "Bars: how far",
        ">today<",
        " leads</text>",
        ", leads",
        ", by then",
        "for its rating",
        "if wrong",
        "What would change the leader",
        "For another leader",
        "would have to be",
        "its range",
        ">when <",
        "<dl lang=en>",
        "<ul class=pushes lang=en>",
        "is interpolated for",
        "at a constant hazard",
        "A number is changed",
        "An event that is assumed",
        "Where evidence is taken away",
        "Exact, over",
        "Confidence is high where",
        "It is at most moderate",
        "states no weight",
        "would act through",
        " points, ",
        "just over",
        "just under",
        "below the scale",
    ];
    let own = report(NATO, &["--without", "source"]);
    for shown in [
        "always holds",
        "The intervals cover",
        ", assumed",
        ">today<",
        "Its chance is",
        "For another leader",
        "would have to be",
        "its range",
        "A number is changed",
        "An event that is assumed",
        "Exact, over",
        "Confidence is high where",
        "states no weight",
        "below the scale",
    ] {
        assert!(own.contains(shown), "{shown}");
    }
    for lang in ["de", "fr", "es"] {
        for format in ["html", "markdown"] {
            let page = report(
                NATO,
                &["--without", "source", "--lang", lang, "--format", format],
            );
            let body = page
                .rsplit_once("</style>")
                .map_or(&*page, |(_, body)| body);
            // In French points are points.
            let same = |words: &str| lang == "fr" && words == " points, ";
            for words in english.into_iter().filter(|words| !same(words)) {
                assert!(!body.contains(words), "{lang} {format}: {words}");
            }
        }
    }
}

/// A brief has no names, lines or decibans of its own, and nothing empty; sections go by name, and no
/// link leads to what is gone.
#[test]
fn briefs_and_sections() {
    for lang in ["en", "de", "fr", "es"] {
        let page = report(NATO, &["--brief", "--lang", lang]);
        assert!(page.contains(&format!("<html lang={lang}>")));
        let body = page.rsplit_once("</style>").expect("a style").1;
        let words = text(body);
        for absent in [" dB", "line ", "Zeile ", "eu_cuts", "disengagement:"] {
            assert!(!words.contains(absent), "{lang}: {absent}");
        }
        assert!(!page.contains("></h2>") && !page.contains("<script>"));
        assert!(page.len() < 40_000, "{}", page.len());
    }
    let page = report(NATO, &["--without", "source,checks,method"]);
    for gone in [
        "id=\"source\"",
        "id=\"checks\"",
        "id=\"method\"",
        "href=#L",
        "href=#q-",
    ] {
        assert!(!page.contains(gone), "{gone}");
    }
    let refused = assess(&["report", NATO, "--without", "colour"]);
    assert!(refused.err.contains("sources"), "{}", refused.err);
}

/// Whatever any of our files takes for granted, moves or leaves idle is said in the page's language.
#[test]
fn sentences_put_together_are_translated() {
    let kinds = ["assumed", "tipping_notes"];
    for file in [
        "assessments/abbottabad-2011.assess",
        "assessments/bundestag-2025.assess",
        "assessments/us-rating-2023.assess",
        "assessments/world-growth-2023.assess",
        "assessments/ebola-2014.assess",
        "examples/changes.assess",
        "examples/expectations.assess",
    ] {
        let of = |lang: &str| -> Value {
            let text = report(file, &["--format=json", "--lang", lang]);
            serde_json::from_str(&text).expect("JSON")
        };
        let english = of("en");
        for lang in ["de", "fr", "es"] {
            let own = of(lang);
            for kind in kinds {
                let sentences = |page: &Value| -> Vec<Value> {
                    page[kind].as_array().cloned().unwrap_or_default()
                };
                for (a, b) in sentences(&english).iter().zip(&sentences(&own)) {
                    assert_ne!(a, b, "{file} {lang} {kind}");
                }
            }
            for key in ["summary", "confidence"] {
                assert_ne!(
                    english["method"][key], own["method"][key],
                    "{file} {lang} {key}"
                );
            }
            let idle = |page: &Value| -> Vec<Value> {
                let all = page["drivers"].as_array().cloned().unwrap_or_default();
                all.iter()
                    .map(|d| d["idle"].clone())
                    .filter(Value::is_string)
                    .collect()
            };
            for (a, b) in idle(&english).iter().zip(&idle(&own)) {
                assert_ne!(a, b, "{file} {lang}");
            }
        }
    }
}

/// What an author says in `context:` and `note:` stands on the page, whatever it is said of.
#[test]
fn every_context_and_note_is_on_the_page() {
    let file = r#"assessment "Will it?" { as of: 2025-03-01, context: "marked-1", note: "marked-2" }
horizon long: 0 to 18 months
outcome stay { context: "marked-3" }
final outcome exit { note: "marked-4" }
prior { exit: 10% by long, stay: rest, note: "marked-5" }
question oil { context: "marked-6", note: "marked-7"
  outcome low { context: "marked-8" }
  outcome high
  prior { low: 40%, high: rest, note: "marked-9" }
}
event turn { chance: 30% by long, weight for exit: strong, context: "marked-10", note: "marked-11" }
factor seen { weight for exit: weak, context: "marked-12" }
change c { when: turn, weight for exit: weak, context: "marked-13" }
assumption law { weight for exit if wrong: strong, context: "marked-14" }
scenario s { set: turn, context: "marked-15", note: "marked-16" }
quantity growth { is: 2 (1 to 3), note: "marked-17" }
view v { turn: 50% by long, note: "marked-18" }
pool p { of: own, v, note: "marked-19" }
judgement "It stays" { on: exit by long, says: at most 90%, note: "marked-20" }
bet "It stays" { on: not exit by long, price: 40%, context: "marked-21", note: "marked-22" }
section "S": "marked-23"
"#;
    let folder = crate::cli::folder(&[("a.assess", file)]);
    let path = crate::cli::at(&folder, "a.assess");
    for format in ["html", "markdown", "json"] {
        let without: &[&str] = match format {
            "json" => &[],
            _ => &["--without", "source"],
        };
        let page = report(&path, &[&["--format", format], without].concat());
        let missing: Vec<usize> = (1..=23)
            .filter(|n| {
                let marked = format!("marked-{n}");
                let mut at = page.match_indices(&marked);
                !at.any(|(i, _)| {
                    !page[i + marked.len()..].starts_with(|c: char| c.is_ascii_digit())
                })
            })
            .collect();
        assert_eq!(missing, [0; 0], "{format}");
    }
}
