//! The JSON Schema of `assess.toml`, for editors that complete and check it.
//!
//! In: the rules and the thresholds. Out: a schema that takes what [`super::Config::read`] takes, and
//! the table of thresholds for readers.

use super::{LEVELS, Selector};
use crate::diag::rules::Group;
use crate::lint::rules;
use crate::lint::{Measure, THRESHOLDS, Threshold};
use crate::text::lang::Lang;
use serde_json::{Map, Value, json};

/// The schema of `assess.toml`.
pub fn schema() -> Value {
    let words: Vec<&str> = LEVELS.iter().map(|(word, _)| *word).collect();
    let names = |with_errors: bool| -> Vec<&str> {
        let groups = Group::ALL
            .iter()
            .filter(|g| with_errors || **g != Group::Error);
        let rules = rules::ALL.iter();
        let rules = rules.filter(|r| with_errors || r.group != Group::Error);
        let groups = groups.map(|g| g.as_str());
        groups.chain(rules.map(|r| r.name)).collect()
    };
    let list = |names: Vec<&str>| json!({"type": "array", "items": {"enum": names}});
    let mut lint = Map::new();
    let mut add = |name: &str, about: &str, mut value: Value| {
        value["description"] = about.replace('\n', " ").into();
        lint.insert(name.to_owned(), value);
    };
    // TOML's own dates reach a schema as text.
    let date = json!({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"});
    add(
        "today",
        "The day against which horizons are overdue and suppressions expire.",
        date,
    );
    add("select", "These rules and groups only.", list(names(true)));
    add("ignore", "Not these rules and groups.", list(names(false)));
    for name in names(false) {
        let mut options = Map::new();
        options.insert("level".into(), json!({"enum": words}));
        for threshold in Threshold::of(name) {
            options.insert(threshold.option.into(), option(threshold));
        }
        let about = match Selector::find(name) {
            Ok(Selector::Rule(rule)) => rule.summary().trim().to_owned(),
            _ => format!("The level of every rule of the group {name}."),
        };
        let object =
            json!({"type": "object", "properties": options, "additionalProperties": false});
        add(name, &about, json!({"anyOf": [{"enum": words}, object]}));
    }
    json!({
        "title": "assess.toml",
        "description": "The rules' levels and thresholds for a folder and all below it, whose reports they are, and where the record lies.",
        "type": "object",
        "properties": {
            "lint": {"type": "object", "properties": lint, "additionalProperties": false},
            "report": {
                "type": "object",
                "description": "Whose reports they are.",
                "properties": {
                    "organisation": {
                        "type": "string",
                        "description": "The name above each report.",
                    },
                    "logo": {
                        "type": "string",
                        "description": "A picture (SVG or PNG) below the folder of assess.toml.",
                    },
                    "lang": {
                        "enum": Lang::ALL.map(Lang::code),
                        "description": "The language of reports of files that state none.",
                    },
                },
                "additionalProperties": false,
            },
            "score": {
                "type": "object",
                "description": "Where the record lies.",
                "properties": {
                    "history": {
                        "type": "string",
                        "description": "A file or folder below that of assess.toml, whose settled questions are the record.",
                    },
                },
                "additionalProperties": false,
            },
        },
        "additionalProperties": false,
    })
}

/// The thresholds as a table of Markdown.
pub fn reference() -> String {
    let mut out = String::from("| rule | setting | unless set | is |\n|---|---|---|---|\n");
    for t in THRESHOLDS {
        let about = t.about.trim().replace('\n', " ");
        let value = t.measure.write(t.default);
        let (rule, option) = (t.rule, t.option);
        out += &format!("| [`{rule}`](rules.md#{rule}) | `{option}` | `{value}` | {about} |\n");
    }
    out
}

fn option(threshold: &Threshold) -> Value {
    let mut value = match (threshold.measure, threshold.measure.pattern()) {
        (_, Some(pattern)) => json!({"type": "string", "pattern": pattern}),
        (Measure::Switch, None) => json!({"type": "boolean"}),
        (Measure::Count, None) => json!({"type": "integer", "minimum": 0}),
        (_, None) => json!({"type": "number", "minimum": 1}),
    };
    let default = threshold.measure.write(threshold.default);
    value["description"] = format!("{} Unless set: {default}.", threshold.about.trim()).into();
    value
}
