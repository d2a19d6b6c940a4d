//! What a proposal puts in: items and clauses with places to fill in, as the protocol writes snippets.

use crate::syntax::vocabulary::ClauseWord;

/// A clause up to its value, and whether it has places to fill in.
pub(super) fn clause(clause: &ClauseWord) -> (String, bool) {
    match clause.key {
        "weight" => ("weight for ${1:outcome}: $0".to_owned(), true),
        "count" => ("count ${1:name}: ${0:50%}".to_owned(), true),
        "move" => ("move ${1:quantity}: $0".to_owned(), true),
        "in" => ("in ${1:horizon}: ${0:2.9 (1.8 to 3.9)}".to_owned(), true),
        "evidence" => (
            "evidence \"$1\" { source: \"$2\", rated: ${3:B2}, dated: $0 }".to_owned(),
            true,
        ),
        key if clause.example.contains(": \"") => (format!("{key}: \"$0\""), true),
        key => (format!("{key}: "), false),
    }
}

/// An item with places to fill in, where its example has a name, a title and values.
pub(super) fn item(word: &str, example: &str) -> String {
    match word {
        "assessment" => "assessment \"${1:Will it happen?}\" {\n  as of: ${2:2025-03-01}\n  resolves: \"$3\"\n}$0".to_owned(),
        "horizon" => "horizon ${1:short} \"${2:Short term}\": ${0:0 to 6 months}".to_owned(),
        "outcome" => "outcome ${1:name} \"${2:Title}\" {\n  resolves: \"$0\"\n}".to_owned(),
        "final" => "final outcome ${1:name} \"${2:Title}\" {\n  resolves: \"$0\"\n}".to_owned(),
        "prior" => "prior {\n  ${1:outcome}: $2\n  ${3:other}: rest\n  source: \"$0\"\n}".to_owned(),
        "event" => "event ${1:name} \"${2:Title}\" {\n  resolves: \"$3\"\n  chance: $0\n}".to_owned(),
        "factor" => "factor ${1:name} \"${2:Title}\" {\n  weight for ${3:outcome}: $4\n  evidence \"$5\" { source: \"$6\", rated: ${0:B2} }\n}".to_owned(),
        "change" => "change ${1:name} \"${2:Title}\" {\n  when: $3\n  weight for ${4:outcome}: $0\n}".to_owned(),
        "assumption" => "assumption ${1:name} \"${2:Title}\" {\n  confidence: ${3:moderate}\n  weight against ${4:outcome} if wrong: $0\n}".to_owned(),
        "scenario" => "scenario ${1:name} \"${2:Title}\" { set: $0 }".to_owned(),
        "bet" => "bet \"${1:Title}\" { on: $2, price: ${0:50%} }".to_owned(),
        "judgement" => "judgement \"${1:We judge that …}\" {\n  on: $2\n  says: $3\n  confidence: ${4:moderate}\n  rests on: $0\n}".to_owned(),
        "view" => "view ${1:name} \"${2:Title}\" {\n  author: \"$3\"\n  $0\n}".to_owned(),
        "pool" => "pool ${1:name} \"${2:Title}\" { of: own, $0 }".to_owned(),
        "question" => "question ${1:name} \"${2:Title}\" {\n  resolves: \"$3\"\n  outcome ${4:yes} \"${5:Yes}\"\n  outcome ${6:no} \"${7:No}\"\n  prior { ${4:yes}: $0, ${6:no}: rest }\n}".to_owned(),
        "condition" => "condition ${1:name} \"${2:Title}\": $0".to_owned(),
        "quantity" => "quantity ${1:name} \"${2:Title}\" {\n  unit: \"${3:% a year}\"\n  in ${4:horizon}: ${0:2.9 (1.8 to 3.9)}\n}".to_owned(),
        "implies" => "implies: ${1:stronger}, ${0:weaker}".to_owned(),
        "exclusive" => "exclusive: ${1:one}, ${0:other}".to_owned(),
        "overlap" => "overlap ${1:50%}: ${2:one}, ${0:other}".to_owned(),
        "resolved" => "resolved: ${1:outcome} by ${2:horizon} on ${0:2026-01-31}".to_owned(),
        "impacts" => "impacts { ${1:limited}, ${2:significant}, ${0:severe} }".to_owned(),
        "expect" => "expect ${1:outcome} by ${2:horizon}: $0".to_owned(),
        "section" => "section \"${1:Title}\": \"\"\"\n  $0\n\"\"\"".to_owned(),
        "use" => "use \"$1\": $0".to_owned(),
        // As it is written, with signs of snippets taken literally.
        _ => example.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}"),
    }
}
