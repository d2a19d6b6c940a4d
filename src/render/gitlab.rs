//! Findings as a GitLab Code Quality report.
//!
//! In: diagnostics and their sources. Out: a JSON array. A finding's fingerprint stays the same when
//! other lines move, so that GitLab sees what is new.

use super::Look;
use crate::diag::Checked;
use crate::diag::Severity;
use crate::lint::identity::fingerprints;
use serde_json::{Value, json};

/// The whole report of `check`.
pub fn report(checked: &[Checked], _: Look) -> String {
    let mut all: Vec<Value> = Vec::new();
    for file in checked {
        for (d, fingerprint) in file.diagnostics.iter().zip(fingerprints(file)) {
            let source = file.sources.source(d.primary.span.file);
            let start = source.position(d.primary.span.start as usize);
            let end = source.position(d.primary.span.end as usize);
            let severity = match d.severity {
                Severity::Error => "critical",
                Severity::Warning => "major",
                Severity::Note => "info",
            };
            all.push(json!({
                "description": d.message,
                "check_name": d.rule.name,
                "fingerprint": format!("{fingerprint:016x}"),
                "severity": severity,
                "location": {
                    "path": source.name,
                    "lines": {"begin": start.line, "end": end.line},
                },
            }));
        }
    }
    crate::text::clean::json(&Value::from(all))
}
