//! What other programs read.

use super::*;
use roxmltree::Node;

const SOUND: &str = include_str!("../../suite/lint/sound.assess");

#[test]
fn json_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(&assess(&["schema", "test"]).out).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let folder = changed();
    let changed = at(&folder, "claims.assess");
    for arguments in [&[FOLDER, "--coverage"][..], &[FOLDER], &[&changed]] {
        let report = json(arguments);
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let mut report = json(&[FOLDER, "--coverage"]);
    let text = fs::read_to_string(CLAIMS).expect("the file");
    for test in report["tests"].as_array().expect("a list") {
        let (Some(line), CLAIMS) = (test["line"].as_u64(), test["file"].as_str().unwrap_or(""))
        else {
            continue;
        };
        let line = text.lines().nth(line as usize - 1).expect("a line");
        let starts = match test["kind"].as_str().expect("a kind") {
            "word" => "{",
            other => other,
        };
        assert!(line.contains(starts), "{line} / {test}");
    }
    round(&mut report);
    insta::assert_snapshot!(format!("{report:#}"));
}

/// Numbers as far as no sum's order reaches them.
fn round(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(round),
        Value::Object(map) => map.values_mut().for_each(round),
        Value::Number(n) if n.is_f64() => {
            let x = n.as_f64().expect("a double");
            *value = Value::from((x * 1e6).round() / 1e6);
        }
        _ => {}
    }
}

/// A file that no longer has its stored verdict, in no repository.
fn changed() -> TempDir {
    let text = fs::read_to_string(CLAIMS).expect("the file");
    let folder = folder(&[("claims.assess", &text)]);
    test(&[&at(&folder, "claims.assess"), "--accept"]);
    let new = text.replace("open: 5% by short", "open: 9% by short");
    assert_ne!(new, text);
    fs::write(folder.path().join("claims.assess"), new).expect("a file");
    folder
}

#[test]
fn junit_is_as_its_schema_says() {
    let schema = fs::read_to_string("tests/suite/test/junit.schema.json").expect("the schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let folder = changed();
    let changed = at(&folder, "claims.assess");
    let stale = super::folder(&[("old.verdict", ""), ("a.assess", SOUND)]);
    let stale = [stale.path().to_str().expect("UTF-8"), "--locked"];
    for arguments in [&[FOLDER][..], &[&changed], &[FOLDER, "--locked"], &stale] {
        let report = test(&[arguments, &["--format=junit"]].concat()).out;
        let document = roxmltree::Document::parse(&report).expect("XML");
        let tree = tree(document.root_element());
        let errors: Vec<String> = validator
            .iter_errors(&tree)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let mut wrong = tree.clone();
        wrong["children"][0]["children"][0]["attributes"]["line"] = "3".into();
        assert!(
            !validator.is_valid(&wrong),
            "the schema must be able to say no"
        );
        counts(document.root_element());
    }
    insta::assert_snapshot!(test(&[FOLDER, "--format=junit"]).out);
    let run = test(&["none.assess", "--format=junit"]);
    assert!(run.out.contains("tests=\"0\""), "{}", run.out);
}

/// That each suite counts its own cases, and the whole all of them.
fn counts(suites: Node<'_, '_>) {
    let number = |node: Node<'_, '_>, name: &str| -> usize {
        node.attribute(name)
            .expect("a count")
            .parse()
            .expect("a number")
    };
    let mut sums = [0; 3];
    for suite in suites.children().filter(Node::is_element) {
        let tagged = |tag: &str| suite.descendants().filter(|n| n.has_tag_name(tag)).count();
        assert_eq!(number(suite, "tests"), tagged("testcase"));
        assert_eq!(number(suite, "failures"), tagged("failure"));
        assert_eq!(number(suite, "errors"), tagged("error"));
        assert_eq!(number(suite, "skipped"), tagged("skipped"));
        for (sum, name) in sums.iter_mut().zip(["tests", "failures", "errors"]) {
            *sum += number(suite, name);
        }
    }
    let all = ["tests", "failures", "errors"].map(|name| number(suites, name));
    assert_eq!(all, sums);
}

/// An element as JSON.
fn tree(node: Node<'_, '_>) -> Value {
    let attributes = node
        .attributes()
        .map(|a| (a.name().to_owned(), a.value().into()));
    let children = node.children().filter(Node::is_element).map(tree);
    let text = node.children().filter(Node::is_text);
    let text: String = text.filter_map(|n| n.text()).collect();
    serde_json::json!({
        "tag": node.tag_name().name(),
        "attributes": attributes.collect::<serde_json::Map<String, Value>>(),
        "children": children.collect::<Vec<Value>>(),
        "text": text.trim(),
    })
}
