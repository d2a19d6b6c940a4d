//! The formats for other programs: each is what its reader takes.

use assess::diag::Checked;
use assess::diag::{Diagnostic, Edit, Fix, Severity};
use assess::lint::rules;
use assess::render::{FORMATS, How, Look, github, gitlab, junit, sarif, statistics};
use assess::text::source::{Source, SourceMap, Span};
use serde_json::Value;

const PLAIN: Look = Look {
    width: 80,
    colour: false,
};

/// Two files, one clean; findings of each level, with fixes, other places and awkward letters.
fn checked() -> Vec<Checked> {
    let mut sources = SourceMap::new();
    let file = sources.add(Source::new(
        "notes/été, 1:2%.assess",
        "# «ä» \u{1}\nfactor a {\n  weight for x: strong\n  weight for x: strong\n}\n",
    ));
    let text = sources.source(file).text.clone();
    let at = |needle: &str, nth: usize| {
        let (start, _) = text.match_indices(needle).nth(nth).expect("it is there");
        Span::new(file, start, start + needle.len())
    };
    let name = |nth| {
        Diagnostic::new(
            &rules::UNKNOWN_NAME,
            at("x", nth),
            "`x` & <y> \"is\" 100% 'not'\nknown: \u{1}",
        )
        .label("nothing of that name")
        .help("did you mean `exit`,\nor `a`?")
        .fix(Fix::safe("write `exit`", at("x", nth), "exit"))
    };
    let mut allow = Diagnostic::new(
        &rules::UNUSED_ALLOW,
        at("# «ä» \u{1}", 0),
        "nothing is allowed",
    );
    allow.fixes.push(Fix {
        safe: false,
        message: "delete it, and more".to_owned(),
        edits: vec![
            Edit {
                span: at("# «ä» \u{1}\n", 0),
                text: String::new(),
            },
            Edit {
                span: at("}", 0).at_end(),
                text: "\n# ü".to_owned(),
            },
        ],
    });
    let mut note = Diagnostic::new(
        &rules::EXPIRED_ALLOW,
        at("factor a {\n  weight for x: strong\n", 0),
        "over lines",
    )
    .other(at("strong", 1), "here too");
    note.severity = Severity::Note;
    vec![
        Checked {
            file: "clean <&>.assess".to_owned(),
            ..Checked::default()
        },
        Checked {
            file: "notes/été, 1:2%.assess".to_owned(),
            sources,
            diagnostics: vec![allow, note, name(0), name(1)],
            suppressed: 1,
        },
    ]
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn sarif_is_valid_and_whole() {
    // The published schema has a stray bracket in the pattern of a language, which is no regular
    // expression to every engine.
    let schema = include_str!("../suite/sarif/sarif-schema-2.1.0.json");
    let schema = json(&schema.replace(
        "|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$",
        "|^[a-zA-Z]{2}-[a-zA-Z]{2}?$",
    ));
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema");
    for checked in [checked(), Vec::new()] {
        let log = json(&sarif::report(&checked, PLAIN));
        let errors: Vec<String> = validator
            .iter_errors(&log)
            .map(|e| format!("{e} at {}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let mut broken = json(&sarif::report(&checked(), PLAIN));
    broken["runs"][0]["results"][0]["level"] = "bad".into();
    assert!(
        !validator.is_valid(&broken),
        "the schema must be able to say no"
    );

    let log = json(&sarif::report(&checked(), PLAIN));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!((rules.len(), results.len()), (3, 4));
    for result in results {
        let index =
            usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "notes/%C3%A9t%C3%A9%2C%201%3A2%25.assess"
    );
    assert_eq!(
        results[2]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        "exit"
    );
    // Two findings that look the same are two.
    let prints: Vec<&Value> = results
        .iter()
        .map(|r| &r["partialFingerprints"]["assess/v2"])
        .collect();
    assert_ne!(prints[2], prints[3]);
}

#[test]
fn fingerprints_survive_moved_lines_and_new_figures() {
    let before = json(&gitlab::report(&checked(), PLAIN));
    let mut moved = checked();
    let source = moved[1].sources.iter().next().expect("a file").1.clone();
    let mut sources = SourceMap::new();
    sources.add(Source::new(
        source.name.clone(),
        format!("\n\n{}", source.text),
    ));
    for d in &mut moved[1].diagnostics {
        d.primary.span.start += 2;
        d.primary.span.end += 2;
        d.fixes.clear();
        d.others.clear();
        d.message.push_str(" (12.3%)");
    }
    moved[1].sources = sources;
    let after = json(&gitlab::report(&moved, PLAIN));
    for n in 0..4 {
        assert_eq!(before[n]["fingerprint"], after[n]["fingerprint"]);
        assert_ne!(before[n]["location"], after[n]["location"]);
    }
}

#[test]
fn gitlab_holds_what_it_reads() {
    let report = json(&gitlab::report(&checked(), PLAIN));
    let all = report.as_array().expect("an array");
    let mut prints: Vec<&str> = all
        .iter()
        .map(|f| f["fingerprint"].as_str().expect("text"))
        .collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), 4, "every fingerprint is another");
    insta::assert_snapshot!(gitlab::report(&checked(), PLAIN));
    assert_eq!(gitlab::report(&[], PLAIN), "[]\n");
}

#[test]
fn github_escapes_what_ends_a_line_or_a_property() {
    insta::assert_snapshot!(github::report(&checked(), PLAIN));
}

#[test]
fn junit_is_well_formed() {
    let report = junit::report(&checked(), Some(Severity::Note));
    let document = roxmltree::Document::parse(&report).expect("XML");
    let failures = document.descendants().filter(|n| n.has_tag_name("failure"));
    let messages: Vec<&str> = failures.filter_map(|n| n.attribute("message")).collect();
    assert_eq!(messages[2], "`x` & <y> \"is\" 100% 'not'\nknown: \u{fffd}");
    insta::assert_snapshot!(report);
    assert!(junit::report(&[], None).contains("tests=\"0\""));
}

#[test]
fn statistics_count_by_rule() {
    insta::assert_snapshot!(statistics::report(&checked(), PLAIN));
    assert_eq!(
        statistics::report(&[], PLAIN),
        "no file checked, nothing found\n"
    );
}

#[test]
fn every_format_ends_its_last_line_and_takes_nothing() {
    let how = How {
        look: PLAIN,
        fails_from: Some(Severity::Error),
    };
    for format in FORMATS {
        for report in [(format.write)(&checked(), how), (format.write)(&[], how)] {
            assert!(
                report.is_empty() || report.ends_with('\n'),
                "{}",
                format.name
            );
            assert!(!report.contains('\u{1b}'), "{} paints", format.name);
        }
    }
}
