//! The rule `unfilled-text`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::texts::{Told, texts};
use crate::starter::waiting;

rule! {
    /// A text still is what `assess new` wrote, or stands for one to come, such as `TODO`.
    ///
    /// A starter is a whole file with a verdict, so that it can be tried out at once; what nobody replaced
    /// in it reads like somebody's judgement ("Who says so" as a source passes for one). The rule knows the
    /// starter's texts word for word, and texts that are nothing but `TODO`, `TBD`, `TBA`, `TBC`, `FIXME`,
    /// `XXX` or dots. It looks at titles, sources, evidence and `resolves:`, `context:` and `note:`. Numbers
    /// it cannot tell from yours.
    ///
    /// Instead: write what the text asks for, or leave out the item that you have nothing to say in.
    UNFILLED_TEXT = "unfilled-text", Upkeep, Note, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "Who says so", rated: A2 }
}
"#,
        r#"factor budget "TODO" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A2 }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "Who says so is the ministry: its gazette", rated: A2 }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let waiting = texts(context).into_iter().filter_map(|Told { text, span }| {
        let (message, help) = match waiting::asks(text) {
            Some(asks) => (
                format!("“{}” is what `assess new` wrote", text.trim()),
                asks,
            ),
            None if waiting::stands_in(text) => (
                format!("“{}” stands for a text to come", text.trim()),
                "write the text, or leave out what it belongs to",
            ),
            None => return None,
        };
        let found = Diagnostic::new(&UNFILLED_TEXT, span, message);
        Some(found.label("still to be replaced").help(help))
    });
    waiting.collect()
}
