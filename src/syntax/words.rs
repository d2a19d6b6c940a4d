//! The language's words: what is reserved, what begins an item and how each is written, whose a block is.
//!
//! In: keywords. Out: an analyst's words for them.

pub(super) use super::table::{CLAUSES, Clause, clause_of};

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
