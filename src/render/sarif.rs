//! Findings as SARIF 2.1.0, for code scanning on GitHub, Azure DevOps and others.
//!
//! In: diagnostics and their sources. Out: one run of one tool, with the metadata of the rules that
//! it speaks of. Columns count characters. File names are URIs, relative to the repository's top
//! where they lie in one.
//!
//! OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, 2020.

use super::Look;
use crate::diag::Checked;
use crate::diag::rules::Rule;
use crate::diag::{Diagnostic, Fix, Label, Severity};
use crate::lint::identity::fingerprints;
use crate::lint::rules;
use crate::text::clean::{encoded, is_of_path};
use crate::text::source::{SourceMap, Span};
use serde_json::{Value, json};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The whole report of `check`.
pub fn report(checked: &[Checked], _: Look) -> String {
    let spoken_of = |rule: &&&Rule| {
        let mut all = checked.iter().flat_map(|c| &c.diagnostics);
        all.any(|d| d.rule == **rule)
    };
    let rules: Vec<&Rule> = rules::ALL.iter().filter(spoken_of).copied().collect();
    let results: Vec<Value> = checked
        .iter()
        .flat_map(|file| {
            let numbers = fingerprints(file);
            let pairs = file.diagnostics.iter().zip(numbers);
            pairs
                .map(|(d, number)| result(d, number, &file.sources, &rules))
                .collect::<Vec<_>>()
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|r| metadata(r)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    crate::text::clean::json(&log)
}

fn metadata(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": {"text": rules::rule_text(rule).split("\n\n").next()},
        "help": {"text": rules::rule_text(rule), "markdown": rules::rule_markdown(rule)},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": [rule.group.as_str()]},
    })
}

fn level(severity: Severity) -> &'static str {
    severity.as_str() // SARIF has the same three words.
}

fn result(d: &Diagnostic, fingerprint: u64, sources: &SourceMap, rules: &[&Rule]) -> Value {
    let text = match &d.help {
        Some(help) => format!("{}\n\n{help}", d.message),
        None => d.message.clone(),
    };
    let mut result = json!({
        "ruleId": d.rule.name,
        "ruleIndex": rules.iter().position(|r| *r == d.rule),
        "level": level(d.severity),
        "message": {"text": text},
        "locations": [location(&d.primary, sources)],
        "partialFingerprints": {"assess/v2": format!("{fingerprint:016x}")},
    });
    if !d.others.is_empty() {
        let others = d.others.iter().enumerate().map(|(id, label)| {
            let mut other = location(label, sources);
            other["id"] = json!(id + 1);
            other
        });
        result["relatedLocations"] = others.collect();
    }
    if !d.fixes.is_empty() {
        result["fixes"] = d.fixes.iter().map(|f| fix(f, sources)).collect();
    }
    result
}

fn location(label: &Label, sources: &SourceMap) -> Value {
    let mut region = region(label.span, sources);
    let text = sources.text(label.span);
    // A quoted snippet is for reading; a whole block would be no help.
    if !text.is_empty() && text.len() <= 500 {
        region["snippet"] = json!({"text": text});
    }
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": artifact(label.span, sources),
            "region": region,
        },
    });
    if !label.message.is_empty() {
        location["message"] = json!({"text": label.message});
    }
    location
}

fn artifact(span: Span, sources: &SourceMap) -> Value {
    json!({"uri": uri(&sources.source(span.file).name)})
}

fn region(span: Span, sources: &SourceMap) -> Value {
    let source = sources.source(span.file);
    let (start, end) = (
        source.position(span.start as usize),
        source.position(span.end as usize),
    );
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn fix(fix: &Fix, sources: &SourceMap) -> Value {
    let mut files: Vec<(Value, Vec<Value>)> = Vec::new();
    for edit in &fix.edits {
        let artifact = artifact(edit.span, sources);
        let mut replacement = json!({"deletedRegion": region(edit.span, sources)});
        if !edit.text.is_empty() {
            replacement["insertedContent"] = json!({"text": edit.text});
        }
        match files.iter_mut().find(|(file, _)| *file == artifact) {
            Some((_, replacements)) => replacements.push(replacement),
            None => files.push((artifact, vec![replacement])),
        }
    }
    let changes = files.into_iter().map(|(artifact, replacements)| {
        json!({"artifactLocation": artifact, "replacements": replacements})
    });
    let words = if fix.safe { "" } else { " (needs review)" };
    json!({
        "description": {"text": format!("{}{words}", fix.message)},
        "artifactChanges": changes.collect::<Vec<_>>(),
    })
}

/// A file's name as a relative reference, or as a `file` URI where it is given from the root; what
/// a URI may not hold is written as per cent and two digits (RFC 3986, RFC 8089).
fn uri(name: &str) -> String {
    let has_drive = name.as_bytes().get(1) == Some(&b':');
    let root = match name {
        _ if name.starts_with('/') => "file://",
        _ if has_drive => "file:///",
        _ => "",
    };
    format!("{root}{}", encoded(name, is_of_path))
}
