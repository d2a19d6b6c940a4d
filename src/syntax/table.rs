//! The table of clauses: one row for each, with all that this module knows of it.
//!
//! In: nothing. Out: which blocks have it, whether it may stand twice, what belongs behind its colon, how it is written.
//! What other rooms have to know of a clause is told, where they do not, by the test beside this file.

#[cfg(test)]
mod tests;

use super::broken_values::Want;
use super::grammar::Kind;
use super::words::Owner;
use Owner::*;
use Value::*;

/// A kind of clause.
#[derive(Debug)]
pub(super) struct Clause {
    pub(super) kind: Kind,
    /// What stands before the colon, up to its first variable part.
    pub(super) key: &'static str,
    pub(super) owners: &'static [Owner],
    /// Whether it may stand several times.
    pub(super) repeats: bool,
    /// What belongs behind its colon.
    pub(super) value: Value,
    /// How it is written.
    pub(super) example: &'static str,
}

/// What belongs behind a clause's colon: by this it is known how a value that cannot be read is repaired, and what is said
/// where no repair helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// A text in one line.
    Text,
    /// A text that may go over several lines.
    Prose,
    /// A day or month.
    Date,
    /// One word of several: what it is, and which there are.
    Word(&'static str, &'static str),
    /// A proposition.
    Condition,
    /// A query.
    Query,
    /// A percentage.
    Price,
    /// What is demanded of a number.
    Demand,
    /// A number above 0.
    Number,
    /// Figures of a quantity, or a word about them; how they are written.
    Figures(&'static str),
    /// A list, rows or a text with a block: each part is explained where it is read.
    Parts,
}

impl Value {
    /// The rule of the grammar that reads it, what it is called, and how it is written; nothing where its parts say so.
    pub(super) fn wanted(self) -> Option<(Kind, &'static str, &'static str)> {
        Some(match self {
            Text => (Kind::string, "a text", "in quotes: `\"…\"`"),
            Prose => (
                Kind::prose,
                "a text",
                "in quotes: `\"…\"`, or over several lines between `\"\"\"` and `\"\"\"`",
            ),
            Date => (
                Kind::date,
                "a date",
                "year-month-day, such as `2025-03-01`, or `2025-03` for a month",
            ),
            Word(noun, example) => (Kind::option, noun, example),
            Condition => (
                Kind::prop,
                "a condition",
                "with names, `and`, `or`, `not` and parentheses: `a and not (b or c)`",
            ),
            Query => (
                Kind::query,
                "a query",
                "`exit by long` or `not exit by short`",
            ),
            Price => (Kind::value, "a price", "in per cent: `97%`"),
            Demand => (
                Kind::test,
                "how likely it is judged",
                "a word of the scale, `at least 60%` or `5% to 20%`",
            ),
            Number => (Kind::number, "a number above 0", "`1.5`"),
            Figures(_) | Parts => return None,
        })
    }
}

/// What belongs behind the colon of a clause or item, and what an item wants where no repair helps.
pub(super) fn value_of(kind: Kind) -> Option<Value> {
    match kind {
        Kind::section => Some(Prose),
        Kind::condition => Some(Condition),
        kind => clause_of(kind).map(|clause| clause.value),
    }
}

/// What is wanted behind the colon of an item that is no clause.
pub(super) fn item_wants(kind: Kind) -> (Kind, &'static str, &'static str) {
    match kind {
        Kind::horizon => (Kind::value, Want::Length.noun(), Want::Length.example()),
        Kind::expect => (
            Kind::test,
            "what is expected",
            "`likely`, `at least 20%`, `at most 20%`, `10% to 20%`, `leads`, or `above exit by long`",
        ),
        _ => (
            Kind::resolution,
            "what came true",
            "`weakening in medium on 2026-09-01`, `exit by long on 2026-09-01` or `void in medium on 2026-09-01`",
        ),
    }
}

const ANY_BLOCK: &[Owner] = &[
    Assessment, Outcome, Prior, Event, Factor, Change, Assumption, Scenario, Bet, Evidence, Scale,
    Strengths, Question, View, Pool, Judgement, Quantity,
];
const DRIVERS: &[Owner] = &[Event, Factor, Change, Assumption];

/// Every kind of clause.
pub(super) static CLAUSES: &[Clause] = &[
    clause(
        Kind::author,
        "author",
        &[Assessment, View],
        Text,
        "author: \"Umut Akarsu\"",
    ),
    clause(
        Kind::as_of,
        "as of",
        &[Assessment],
        Date,
        "as of: 2025-03-01",
    ),
    clause(
        Kind::scale_clause,
        "scale",
        &[Assessment],
        Word(
            "a scale's name",
            "`icd203`, `phia`, `ipcc`, `kent`, or the name of a scale of the file's own",
        ),
        "scale: icd203",
    ),
    clause(
        Kind::strengths_clause,
        "strengths",
        &[Assessment],
        Word(
            "the name of a table of strengths",
            "`jeffreys`, `kass-raftery`, `acmg`, or one of the file's own",
        ),
        "strengths: jeffreys",
    ),
    clause(
        Kind::tags,
        "tags",
        &[Assessment],
        Parts,
        "tags: nato, europe",
    ),
    clause(
        Kind::marking,
        "marking",
        &[Assessment],
        Text,
        "marking: \"TLP:AMBER\"",
    ),
    clause(
        Kind::lang,
        "lang",
        &[Assessment],
        Word("a language of reports", "`en`, `de`, `fr` or `es`"),
        "lang: de",
    ),
    clause(
        Kind::resolves,
        "resolves",
        &[
            Assessment, Question, Outcome, Event, Factor, Change, Assumption, Scenario, Bet,
            Quantity,
        ],
        Prose,
        "resolves: \"how one would know\"",
    ),
    clause(
        Kind::context,
        "context",
        &[
            Assessment, Question, Outcome, Event, Factor, Change, Assumption, Scenario, Bet, View,
            Quantity,
        ],
        Prose,
        "context: \"what led here\"",
    ),
    clause(Kind::note, "note", ANY_BLOCK, Prose, "note: \"a remark\""),
    clause(
        Kind::source,
        "source",
        &[
            Evidence, Prior, Event, Factor, Change, Assumption, Outcome, Assessment, Scenario, Bet,
            View, Quantity,
        ],
        Text,
        "source: \"Pentagon briefing\"",
    ),
    clause(
        Kind::rated,
        "rated",
        &[Evidence],
        Word(
            "an Admiralty rating",
            "a letter from A to F and a digit from 1 to 6, such as `B2`",
        ),
        "rated: B2",
    ),
    clause(Kind::dated, "dated", &[Evidence], Date, "dated: 2025-02-14"),
    repeated(
        Kind::chance,
        "chance",
        &[Event],
        Parts,
        "chance: 15% by short, 35% by medium",
    ),
    repeated(
        Kind::holds,
        "holds",
        &[Factor],
        Parts,
        "holds: 90%, 70% in long",
    ),
    repeated(
        Kind::weight,
        "weight",
        DRIVERS,
        Parts,
        "weight for exit: strong",
    ),
    repeated(
        Kind::count,
        "count",
        &[Change],
        Parts,
        "count congress: 50%",
    ),
    repeated(
        Kind::evidence,
        "evidence",
        &[Prior, Event, Factor, Change, Assumption],
        Parts,
        "evidence \"what was seen\" { source: \"…\", rated: B2 }",
    ),
    clause(
        Kind::likelihood,
        "likelihood",
        &[Factor, Event, Change],
        Parts,
        "likelihood: exit 10%, weakening 60%",
    ),
    clause(
        Kind::when,
        "when",
        &[Change, Outcome],
        Condition,
        "when: eu_cuts or drift",
    ),
    clause(
        Kind::confidence,
        "confidence",
        &[
            Assumption, Prior, Question, Outcome, Event, Factor, Change, View, Judgement,
        ],
        Word("a level of confidence", "`low`, `moderate` or `high`"),
        "confidence: high",
    ),
    clause(
        Kind::set,
        "set",
        &[Scenario],
        Parts,
        "set: eu_cuts, not ceasefire",
    ),
    clause(
        Kind::on,
        "on",
        &[Bet, Judgement],
        Query,
        "on: not exit by short",
    ),
    clause(Kind::price, "price", &[Bet], Price, "price: 97%"),
    // Behind `chance`, whose key it shares with more behind it.
    repeated(
        Kind::once,
        "chance once",
        &[Event],
        Parts,
        "chance once ceasefire: 40% within 3 months",
    ),
    clause(
        Kind::counts_in,
        "counts in",
        &[Prior],
        Parts,
        "counts in: eruption, ceasefire",
    ),
    clause(
        Kind::says,
        "says",
        &[Judgement],
        Demand,
        "says: very unlikely",
    ),
    clause(
        Kind::rests_on,
        "rests on",
        &[Judgement],
        Parts,
        "rests on: congress, treaty",
    ),
    clause(Kind::left_out, "without", &[View], Parts, "without: rumour"),
    clause(Kind::pool_of, "of", &[Pool], Parts, "of: own, fbi"),
    clause(
        Kind::pool_weights,
        "weights",
        &[Pool],
        Parts,
        "weights: 2, 1",
    ),
    clause(
        Kind::pool_method,
        "method",
        &[Pool],
        Word("a way to pool", "`log` or `linear`"),
        "method: linear",
    ),
    clause(
        Kind::extremise,
        "extremise",
        &[Pool],
        Number,
        "extremise: 1.5",
    ),
    repeated(
        Kind::move_clause,
        "move",
        DRIVERS,
        Figures("write it as `move growth: -0.8 to -0.3` or `move deaths: +20%`"),
        "move growth: -0.8 to -0.3",
    ),
    repeated(
        Kind::stated,
        "in",
        &[Quantity],
        Figures(
            "write it as `in y2026: 2.9 (1.8 to 3.9)` or `in y2026: 15% below 2.0, 80% below 3.8`",
        ),
        "in y2026: 2.9 (1.8 to 3.9)",
    ),
    clause(
        Kind::unit_clause,
        "unit",
        &[Quantity],
        Figures("write it in quotes: `unit: \"% a year\"`"),
        "unit: \"% a year\"",
    ),
    clause(
        Kind::shape,
        "shape",
        &[Quantity],
        Figures("write `shape: normal` or `shape: lognormal`"),
        "shape: lognormal",
    ),
    clause(
        Kind::cuts,
        "cuts",
        &[Quantity],
        Figures("write numbers with commas between them: `cuts: 0, 2.0, 3.5`"),
        "cuts: 0, 2.0, 3.5",
    ),
    clause(
        Kind::value_clause,
        "value",
        &[Outcome],
        Figures("write a number and its unit: `value: 250 USD`"),
        "value: 250 USD",
    ),
    clause(
        Kind::impact,
        "impact",
        &[Outcome, Event],
        Figures("write one of the words of `impacts`: `impact: significant`"),
        "impact: significant",
    ),
];

const fn clause(
    kind: Kind,
    key: &'static str,
    owners: &'static [Owner],
    value: Value,
    example: &'static str,
) -> Clause {
    Clause {
        kind,
        key,
        owners,
        repeats: false,
        value,
        example,
    }
}

const fn repeated(
    kind: Kind,
    key: &'static str,
    owners: &'static [Owner],
    value: Value,
    example: &'static str,
) -> Clause {
    Clause {
        repeats: true,
        ..clause(kind, key, owners, value, example)
    }
}

/// The clause of a kind of node.
pub(super) fn clause_of(kind: Kind) -> Option<&'static Clause> {
    CLAUSES.iter().find(|c| c.kind == kind)
}
