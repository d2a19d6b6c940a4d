//! JSON Schemas of every JSON output.
//!
//! In: a command's name. Out: its schema as text. Schemas are made from the structs that are printed,
//! but stored, so that no build has to make them: a test says whether both are the same.

/// One JSON output, or what a file of settings holds.
pub struct Shape {
    /// The command that prints it; `baseline`, or `config` for `assess.toml`.
    pub command: &'static str,
    /// What it describes, in a few words.
    pub about: &'static str,
    text: Text,
}

enum Text {
    /// As it is stored in `schemas/`.
    Stored(&'static str),
    /// Made from lists of the program.
    Made(fn() -> serde_json::Value),
}

impl Shape {
    /// Its JSON Schema, in which every validator knows every word.
    pub fn schema(&self) -> String {
        match self.text {
            Text::Stored(text) => text.to_owned(),
            Text::Made(made) => format!("{:#}\n", made()),
        }
    }
}

macro_rules! stored {
    ($command:literal, $about:literal) => {
        Shape {
            command: $command,
            about: $about,
            text: Text::Stored(include_str!(concat!("schemas/", $command, ".json"))),
        }
    };
}

/// Every JSON output. To add one: its line here, and one in the list of the tests.
pub static SHAPES: &[Shape] = &[
    stored!("check", "findings"),
    stored!("eval", "verdicts"),
    stored!("agenda", "what falls due"),
    stored!("diff", "what moved, and by which edit"),
    stored!("pool", "several files as one"),
    stored!("log", "the verdict at each commit"),
    stored!("explain", "reasons, intervals, confidence"),
    stored!("flip", "what would change the leader"),
    stored!("test", "tests and stored verdicts"),
    stored!("report", "all that stands on the page"),
    stored!("score", "the track record"),
    stored!("baseline", "findings that are not reported again"),
    Shape {
        command: "config",
        about: "what `assess.toml` may hold",
        text: Text::Made(crate::lint::config::schema),
    },
];

#[cfg(test)]
mod tests {
    use super::{SHAPES, Text};
    use schemars::{Schema, schema_for, transform::RecursiveTransform, transform::Transform};
    use std::path::Path;

    /// The schema of each struct that is printed.
    type Made = (&'static str, fn() -> Schema);
    const MADE: &[Made] = &[
        ("check", || schema_for!(crate::render::json::Report)),
        ("eval", || schema_for!(crate::render::verdict::json::Report)),
        ("agenda", || {
            schema_for!(crate::render::agenda::json::Report)
        }),
        ("diff", || {
            schema_for!(crate::render::attribution::json::Report)
        }),
        ("pool", || schema_for!(crate::render::pooling::json::Report)),
        ("log", || schema_for!(crate::render::history::json::Report)),
        ("explain", || {
            schema_for!(crate::render::explain::json::Report)
        }),
        ("flip", || schema_for!(crate::render::flip::json::Report)),
        ("test", || schema_for!(crate::render::test::json::Report)),
        ("report", || {
            schema_for!(crate::render::report::view::Report)
        }),
        ("score", || schema_for!(crate::render::score::json::Report)),
        ("baseline", || schema_for!(crate::lint::baseline::Baseline)),
    ];

    /// The formats that JSON Schema itself knows (JSON Schema Validation, draft 2020-12, 7.3). Others,
    /// such as `uint32`, are refused by strict validators, and say no more than `minimum: 0` does.
    const SCHEMA_FORMATS: &[&str] = &[
        "date",
        "date-time",
        "duration",
        "email",
        "hostname",
        "idn-email",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "iri",
        "iri-reference",
        "json-pointer",
        "regex",
        "relative-json-pointer",
        "time",
        "uri",
        "uri-reference",
        "uri-template",
        "uuid",
    ];

    fn plain(schema: &mut Schema) {
        let format = schema.get("format").and_then(|format| format.as_str());
        if format.is_some_and(|format| !SCHEMA_FORMATS.contains(&format)) {
            schema.remove("format");
        }
    }

    /// `UPDATE_DOCS=1 cargo test schemas` stores them anew.
    #[test]
    fn stored_schemas_are_those_of_what_is_printed() {
        for shape in SHAPES {
            let Text::Stored(stored) = shape.text else {
                continue;
            };
            let made = MADE.iter().find(|(command, _)| *command == shape.command);
            let mut schema = made.expect(shape.command).1();
            RecursiveTransform(plain).transform(&mut schema);
            let text = format!("{:#}\n", schema.to_value());
            if std::env::var_os("UPDATE_DOCS").is_some() {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/schemas");
                std::fs::write(folder.join(format!("{}.json", shape.command)), text)
                    .expect("written");
            } else {
                assert!(
                    text == stored,
                    "`assess schema {}` is not what it prints",
                    shape.command
                );
            }
        }
    }
}
