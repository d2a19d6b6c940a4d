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
pub(super) const ITEMS: [&str; 28] = [
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
    "resolved",
    "question",
    "condition",
    "implies",
    "view",
    "pool",
    "judgement",
    "quantity",
    "impacts",
    "risk",
];

/// How an item is written, by its keyword.
pub(super) fn item_example(word: &str) -> Option<&'static str> {
    Some(match word {
        "assessment" => "assessment \"Will it happen?\" { as of: 2025-03-01 }",
        "horizon" => "horizon short \"Short term\": 0 to 6 months",
        "outcome" => "outcome stays \"All stays as it is\"",
        "final" => "final outcome exit \"Full exit\"",
        "prior" => "prior \"Base rates\" { exit: 2% by short, stays: rest }",
        "event" => "event drift \"Major members drift\" { chance: 15% by short }",
        "factor" => "factor russia \"Priorities shift\" { weight for exit: weak }",
        "change" => {
            "change relations \"Worsening relations\" { when: drift, weight for exit: strong }"
        }
        "assumption" => "assumption treaty \"Withdrawal needs notice\" { confidence: high }",
        "scenario" => "scenario rupture \"Allies part ways\" { set: drift, not ceasefire }",
        "bet" => "bet \"Presence stays\" { on: not exit by short, price: 97% }",
        "expect" => "expect exit by long: at most 20%",
        "section" => "section \"Summary\": \"A full exit is {exit by long}.\"",
        "use" => "use \"shared/europe.assess\": ceasefire, eu_cuts",
        "exclusive" => "exclusive: ceasefire, escalation",
        "overlap" => "overlap 60%: russia, rhetoric",
        "scale" => "scale house { unlikely: 5% to 30%, likely: 70% to 95% }",
        "strengths" => "strengths { weak: 2:1, strong: 8:1 }",
        "resolved" => "resolved: exit by long on 2026-09-01",
        "question" => {
            "question oil \"Oil at the end\" { outcome low, outcome high, prior { low: 40%, high: rest } }"
        }
        "condition" => "condition blackout \"Loss of supply\": grid and diesel",
        "implies" => "implies: m7, m67, m6",
        "view" => "view fbi \"One element\" { lab: likely by short, without: rumour }",
        "pool" => "pool both \"Both\" { of: own, fbi }",
        "judgement" => {
            "judgement \"An exit is very unlikely\" { on: exit by long, says: very unlikely, confidence: high }"
        }
        "quantity" => {
            "quantity growth \"World growth\" { unit: \"% a year\", in y2026: 2.9 (1.8 to 3.9) }"
        }
        "impacts" => "impacts { limited, significant, catastrophic }",
        "risk" => "risk { likely and catastrophic: \"very high\" }",
        _ => return None,
    })
}

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
    Question,
    View,
    Pool,
    Judgement,
    Quantity,
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
            Question => "question",
            View => "view",
            Pool => "pool",
            Judgement => "judgement",
            Quantity => "quantity",
        }
    }

    /// As said of one at hand: "the event".
    pub(super) fn this(self) -> String {
        match self {
            Evidence => "the evidence".to_owned(),
            owner => format!("the {}", owner.word()),
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
            Question => "a question",
            View => "a view",
            Pool => "a pool",
            Judgement => "a judgement",
            Quantity => "a quantity",
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
    Strengths, Question, View, Pool, Judgement, Quantity,
];
const DRIVERS: &[Owner] = &[Event, Factor, Change, Assumption];

/// Every kind of clause.
pub(super) const CLAUSES: [Clause; 40] = [
    clause(
        Kind::author,
        "author",
        &[Assessment, View],
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
        Kind::marking,
        "marking",
        &[Assessment],
        "marking: \"TLP:AMBER\"",
    ),
    clause(Kind::lang, "lang", &[Assessment], "lang: de"),
    clause(
        Kind::resolves,
        "resolves",
        &[
            Assessment, Question, Outcome, Event, Factor, Change, Assumption, Scenario, Bet,
            Quantity,
        ],
        "resolves: \"how one would know\"",
    ),
    clause(
        Kind::context,
        "context",
        &[
            Assessment, Question, Outcome, Event, Factor, Change, Assumption, Scenario, Bet, View,
            Quantity,
        ],
        "context: \"what led here\"",
    ),
    clause(Kind::note, "note", ANY_BLOCK, "note: \"a remark\""),
    clause(
        Kind::source,
        "source",
        &[
            Evidence, Prior, Event, Factor, Change, Assumption, Outcome, Assessment, Scenario, Bet,
            View, Quantity,
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
    clause(
        Kind::when,
        "when",
        &[Change, Outcome],
        "when: eu_cuts or drift",
    ),
    clause(
        Kind::confidence,
        "confidence",
        &[
            Assumption, Prior, Question, Outcome, Event, Factor, Change, View, Judgement,
        ],
        "confidence: high",
    ),
    clause(Kind::set, "set", &[Scenario], "set: eu_cuts, not ceasefire"),
    clause(Kind::on, "on", &[Bet, Judgement], "on: not exit by short"),
    clause(Kind::price, "price", &[Bet], "price: 97%"),
    // Behind `chance`, whose key it shares with more behind it.
    repeated(
        Kind::once,
        "chance once",
        &[Event],
        "chance once ceasefire: 40% within 3 months",
    ),
    clause(
        Kind::counts_in,
        "counts in",
        &[Prior],
        "counts in: eruption, ceasefire",
    ),
    clause(Kind::says, "says", &[Judgement], "says: very unlikely"),
    clause(
        Kind::rests_on,
        "rests on",
        &[Judgement],
        "rests on: congress, treaty",
    ),
    clause(Kind::left_out, "without", &[View], "without: rumour"),
    clause(Kind::pool_of, "of", &[Pool], "of: own, fbi"),
    clause(Kind::pool_weights, "weights", &[Pool], "weights: 2, 1"),
    clause(Kind::pool_method, "method", &[Pool], "method: linear"),
    clause(Kind::extremise, "extremise", &[Pool], "extremise: 1.5"),
    repeated(
        Kind::move_clause,
        "move",
        DRIVERS,
        "move growth: -0.8 to -0.3",
    ),
    repeated(
        Kind::stated,
        "in",
        &[Quantity],
        "in y2026: 2.9 (1.8 to 3.9)",
    ),
    clause(Kind::unit_clause, "unit", &[Quantity], "unit: \"% a year\""),
    clause(Kind::shape, "shape", &[Quantity], "shape: lognormal"),
    clause(Kind::cuts, "cuts", &[Quantity], "cuts: 0, 2.0, 3.5"),
    clause(Kind::value_clause, "value", &[Outcome], "value: 250 USD"),
    clause(
        Kind::impact,
        "impact",
        &[Outcome, Event],
        "impact: significant",
    ),
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
