//! How sure the analysts say they are.
//!
//! In: a sentence. Out: where it states a level of confidence in a judgement: "high confidence", "a
//! high degree of confidence", "highly confident that", "confidence: low". Confidence of others and
//! in things other than judgements is none: "consumer confidence", "high confidence in the bonds".

use super::{Cursor, Passage, Sentence};
use std::ops::{Deref, Range};

/// Words for how high confidence is.
const LEVELS: &[&str] = &["low", "moderate", "medium", "high", "limited", "strong"];

/// The same, before "degree of".
const DEGREES: &[&str] = &[
    "fair",
    "reasonable",
    "good",
    "considerable",
    "great",
    "significant",
    "modest",
];

/// The same, before "confident".
const SURE: &[&str] = &[
    "highly",
    "very",
    "moderately",
    "fairly",
    "reasonably",
    "extremely",
    "quite",
];

/// What analysts judge with.
const JUDGED: &[&str] = &[
    "judgement",
    "judgment",
    "judgements",
    "judgments",
    "assessment",
    "assessments",
    "estimate",
    "estimates",
    "verdict",
    "forecast",
    "forecasts",
    "conclusion",
    "conclusions",
    "finding",
    "findings",
    "it",
    "this",
    "that",
    "view",
    "call",
    "statement",
    "analysis",
    "probability",
    "likelihood",
];

/// Those whose confidence is their own.
const WE: &[&str] = &[
    "",
    "our",
    "my",
    "the",
    "this",
    "that",
    "analytic",
    "analytical",
    "overall",
    "in",
    "with",
    "and",
    "but",
    "its",
    "a",
    "of",
    "have",
    "has",
];

/// What follows "confidence" where it is a term of statistics, of parliament or of fraud.
const TERMS: &[&str] = &[
    "interval",
    "intervals",
    "bound",
    "bounds",
    "limits",
    "vote",
    "votes",
    "motion",
    "trick",
    "level",
    "levels",
    "index",
    "region",
    "band",
    "bands",
    "measures",
    "building",
];

/// Where the level stands.
pub(crate) fn confidence(passage: &Passage, sentence: &Sentence) -> Option<Range<usize>> {
    let words = &sentence.words;
    let reading = Reading(Cursor::new(passage, sentence));
    (0..words.len()).find_map(|at| match words[at].low.as_str() {
        "confidence" => reading.before(at).or_else(|| reading.after(at)),
        "confident" => reading.confident(at),
        _ => None,
    })
}

struct Reading<'s>(Cursor<'s>);

impl<'s> Deref for Reading<'s> {
    type Target = Cursor<'s>;

    fn deref(&self) -> &Cursor<'s> {
        &self.0
    }
}

impl Reading<'_> {
    fn range(&self, from: usize, to: usize) -> Range<usize> {
        self.words[from].range.start..self.words[to].range.end
    }

    /// "high confidence", "low to moderate confidence", "a high degree of confidence".
    fn before(&self, at: usize) -> Option<Range<usize>> {
        let mut level = at.checked_sub(1)?;
        if matches!(self.low(level), "analytic" | "analytical" | "overall") {
            level = level.checked_sub(1)?;
        }
        let mut graded = false;
        if self.low(level) == "of"
            && matches!(self.back(level, 1), "degree" | "level" | "amount" | "deal")
        {
            level = level.checked_sub(2)?;
            graded = DEGREES.contains(&self.low(level));
        }
        let close = self
            .between(level + 1)
            .chars()
            .all(|c| c.is_whitespace() || c == '-');
        ((graded || LEVELS.contains(&self.low(level)))
            && close
            && !self.is_term(at)
            && !self.is_of_others(level, at))
        .then(|| self.range(level, at))
    }

    fn is_term(&self, at: usize) -> bool {
        TERMS.contains(&self.low(at + 1))
            && self.between(at + 1).trim().trim_matches('-').is_empty()
    }

    /// "the low confidence of households", "high confidence in the bonds", "consumers with low
    /// confidence".
    fn is_of_others(&self, level: usize, at: usize) -> bool {
        let next = self.low(at + 1);
        let joined = self.between(at + 1).trim().is_empty();
        if joined
            && matches!(
                next,
                "of" | "among" | "amongst" | "about" | "left" | "within"
            )
        {
            return true;
        }
        if joined && matches!(next, "in" | "on") {
            // "in this judgement", "in this", "in a view in which", "in our estimate that".
            let judged = (at + 2..at + 6)
                .take_while(|&i| self.between(i).trim().is_empty())
                .any(|i| JUDGED.contains(&self.low(i)));
            return !judged;
        }
        let owner = self.back(level, 1);
        if matches!(owner, "with" | "the" | "a" | "" | "of")
            && self.between(level).trim().is_empty()
        {
            // "Parents with low confidence are …": the subject has it, unless a clause has begun.
            let subject = self.back(level, 2);
            let verb = matches!(
                next,
                "are" | "is" | "were" | "was" | "will" | "tend" | "makes" | "make"
            );
            return match owner {
                "with" => verb && !subject.is_empty(),
                _ => matches!(next, "makes" | "is" | "was" | "has" | "will" | "made"),
            };
        }
        let low = level;
        let is_owned = owner.ends_with("'s")
            || owner.ends_with("s'")
            || matches!(
                owner,
                "his"
                    | "her"
                    | "their"
                    | "whose"
                    | "public"
                    | "consumer"
                    | "business"
                    | "investor"
                    | "market"
            )
            || (self.low(level.saturating_sub(1)).ends_with('s')
                && self.between(low).starts_with(['\'', '’']));
        let between = (level + 1..at)
            .any(|i| matches!(self.low(i), "public" | "consumer" | "business" | "investor"));
        is_owned
            || between
            || (owner.is_empty() && matches!(next, "makes" | "is" | "will" | "has" | "made"))
    }

    /// "our confidence in this judgement is low", "confidence: moderate"; not "consumer confidence is
    /// low".
    fn after(&self, at: usize) -> Option<Range<usize>> {
        let owner = self.back(at, 1);
        let apart = self
            .between(at)
            .contains(['(', '[', ';', ',', ':', '–', '—', '.']);
        if !apart && !WE.contains(&owner) {
            return None;
        }
        let mut i = at + 1;
        let colon = self.between(i).trim();
        if matches!(colon, ":" | "=" | "–" | "—") && LEVELS.contains(&self.low(i)) {
            return Some(self.range(at, i));
        }
        // What stands between, "that a coup is unlikely", says how likely something is.
        let mut has_clause = false;
        if matches!(self.low(i), "in" | "that") {
            let that = self.low(i) == "that";
            let reach = i + 1..(i + if that { 9 } else { 4 });
            let last = if that {
                // "Our confidence that a coup is unlikely is low."
                reach.rev().find(|&k| {
                    matches!(self.low(k), "is" | "remains") && LEVELS.contains(&self.low(k + 1))
                })? - 1
            } else {
                let mut judged = reach.rev().find(|&k| JUDGED.contains(&self.low(k)))?;
                if self.low(judged) == "that" && JUDGED.contains(&self.back(judged, 1)) {
                    judged -= 1;
                }
                // "In the judgement that a default is likely is moderate."
                match self.low(judged + 1) {
                    "that" => {
                        (judged + 2..judged + 14).rev().find(|&k| {
                            matches!(self.low(k), "is" | "remains")
                                && LEVELS.contains(&self.low(k + 1))
                        })? - 1
                    }
                    _ => judged,
                }
            };
            i = last + 1;
            has_clause = i > at + 6 || that;
        }
        if matches!(self.low(i), "is" | "remains" | "stays" | "level") {
            i += 1;
            if matches!(
                self.low(i),
                "is" | "only" | "therefore" | "still" | "at" | "most" | "very"
            ) {
                i += 1;
            }
            if LEVELS.contains(&self.low(i)) {
                return Some(self.range(if has_clause { i } else { at }, i));
            }
        }
        None
    }

    /// "We are highly confident that", "moderately confident in this": of the analysts alone.
    fn confident(&self, at: usize) -> Option<Range<usize>> {
        let level = at.checked_sub(1)?;
        let next = self.low(at + 1);
        let judges = matches!(
            next,
            "that" | "a" | "an" | "the" | "this" | "these" | "it" | "there" | "he" | "she" | "they"
        ) || (next == "in" && (at + 2..at + 5).any(|i| JUDGED.contains(&self.low(i))));
        let we = (2..=5).any(|n| matches!(self.back(at, n), "we" | "i" | "analysts"));
        (SURE.contains(&self.low(level)) && judges && we).then(|| self.range(level, at))
    }
}
