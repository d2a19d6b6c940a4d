//! The language's words: what is reserved, which clauses each item has, and what every rule of the
//! grammar is called when it is expected or found.
//!
//! In: kinds of nodes. Out: an analyst's words for them.

use super::grammar::Kind;

/// The words that cannot be names.
pub const RESERVED: [&str; 17] = [
    "and", "or", "not", "by", "in", "to", "given", "under", "at", "if", "on", "of", "per", "for",
    "against", "now", "rest",
];

/// Whether a word cannot be a name.
pub(super) fn is_reserved(word: &str) -> bool {
    word.len() <= 7 && RESERVED.contains(&word)
}

/// The words that begin an item.
pub(super) const ITEMS: [&str; 18] = [
    "assessment",
    "horizon",
    "outcome",
    "final",
    "prior",
    "event",
    "factor",
    "change",
    "assumption",
    "scenario",
    "bet",
    "expect",
    "section",
    "use",
    "exclusive",
    "overlap",
    "scale",
    "strengths",
];

/// What a block of clauses belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Assessment,
    Outcome,
    Prior,
    Event,
    Factor,
    Change,
    Assumption,
    Scenario,
    Bet,
    Evidence,
    Scale,
    Strengths,
}

use Owner::*;

impl Owner {
    /// Its keyword.
    pub(super) fn word(self) -> &'static str {
        match self {
            Assessment => "assessment",
            Outcome => "outcome",
            Prior => "prior",
            Event => "event",
            Factor => "factor",
            Change => "change",
            Assumption => "assumption",
            Scenario => "scenario",
            Bet => "bet",
            Evidence => "evidence",
            Scale => "scale",
            Strengths => "strengths",
        }
    }

    /// With its article: "an event", "the assessment".
    pub(super) fn noun(self) -> &'static str {
        match self {
            Assessment => "the assessment",
            Outcome => "an outcome",
            Prior => "the prior",
            Event => "an event",
            Factor => "a factor",
            Change => "a change",
            Assumption => "an assumption",
            Scenario => "a scenario",
            Bet => "a bet",
            Evidence => "evidence",
            Scale => "a scale",
            Strengths => "strengths",
        }
    }
}

/// A kind of clause.
#[derive(Debug)]
pub(super) struct Clause {
    pub(super) kind: Kind,
    /// What stands before the colon, up to its first variable part.
    pub(super) key: &'static str,
    pub(super) owners: &'static [Owner],
    /// Whether it may stand several times.
    pub(super) repeats: bool,
    /// How it is written.
    pub(super) example: &'static str,
}

const ANY_BLOCK: &[Owner] = &[
    Assessment, Outcome, Prior, Event, Factor, Change, Assumption, Scenario, Bet, Evidence, Scale,
    Strengths,
];
const DRIVERS: &[Owner] = &[Event, Factor, Change, Assumption];

/// Every kind of clause.
pub(super) const CLAUSES: [Clause; 22] = [
    clause(
        Kind::author,
        "author",
        &[Assessment],
        "author: \"Umut Akarsu\"",
    ),
    clause(Kind::as_of, "as of", &[Assessment], "as of: 2025-03-01"),
    clause(Kind::scale_clause, "scale", &[Assessment], "scale: icd203"),
    clause(
        Kind::strengths_clause,
        "strengths",
        &[Assessment],
        "strengths: jeffreys",
    ),
    clause(Kind::tags, "tags", &[Assessment], "tags: nato, europe"),
    clause(
        Kind::resolves,
        "resolves",
        &[
            Assessment, Outcome, Event, Factor, Change, Assumption, Scenario, Bet,
        ],
        "resolves: \"how one would know\"",
    ),
    clause(
        Kind::context,
        "context",
        &[
            Assessment, Outcome, Event, Factor, Change, Assumption, Scenario, Bet,
        ],
        "context: \"what led here\"",
    ),
    clause(Kind::note, "note", ANY_BLOCK, "note: \"a remark\""),
    clause(
        Kind::source,
        "source",
        &[
            Evidence, Prior, Event, Factor, Change, Assumption, Outcome, Assessment, Scenario, Bet,
        ],
        "source: \"Pentagon briefing\"",
    ),
    clause(Kind::rated, "rated", &[Evidence], "rated: B2"),
    clause(Kind::dated, "dated", &[Evidence], "dated: 2025-02-14"),
    repeated(
        Kind::chance,
        "chance",
        &[Event],
        "chance: 15% by short, 35% by medium",
    ),
    repeated(Kind::holds, "holds", &[Factor], "holds: 90%, 70% in long"),
    repeated(Kind::weight, "weight", DRIVERS, "weight for exit: strong"),
    repeated(Kind::count, "count", &[Change], "count congress: 50%"),
    repeated(
        Kind::evidence,
        "evidence",
        &[Prior, Event, Factor, Change, Assumption],
        "evidence \"what was seen\" { source: \"…\", rated: B2 }",
    ),
    clause(
        Kind::likelihood,
        "likelihood",
        &[Factor, Event, Change],
        "likelihood: exit 10%, weakening 60%",
    ),
    clause(Kind::when, "when", &[Change], "when: eu_cuts or drift"),
    clause(
        Kind::confidence,
        "confidence",
        &[Assumption],
        "confidence: high",
    ),
    clause(Kind::set, "set", &[Scenario], "set: eu_cuts, not ceasefire"),
    clause(Kind::on, "on", &[Bet], "on: not exit by short"),
    clause(Kind::price, "price", &[Bet], "price: 97%"),
];

const fn clause(
    kind: Kind,
    key: &'static str,
    owners: &'static [Owner],
    example: &'static str,
) -> Clause {
    Clause {
        kind,
        key,
        owners,
        repeats: false,
        example,
    }
}

const fn repeated(
    kind: Kind,
    key: &'static str,
    owners: &'static [Owner],
    example: &'static str,
) -> Clause {
    Clause {
        repeats: true,
        ..clause(kind, key, owners, example)
    }
}

/// The clause of a kind of node.
pub(super) fn clause_of(kind: Kind) -> Option<&'static Clause> {
    CLAUSES.iter().find(|c| c.kind == kind)
}
