//! A sentence cut where its claims part.
//!
//! In: the words of a sentence with the text between them. Out: where the clause of a word begins,
//! what its subject is, and whether it is told of the past or of what others said.

use super::REACH;
use crate::lint::prose::{Cursor, is_one};

/// Who can choose, so that "could" says what they may do. The first are the house itself and its
/// readers, of whom nothing is forecast.
const HOUSE: &str = "we i you one readers reader committee board members member participants participant staff \
    policymakers policy-makers authors author analysts analyst users user consumers customers \
    he she they who anyone everyone someone somebody nobody people guests visitors passengers \
    none others us them everybody anybody council jury secretary chair citizen citizens \
    pessimist optimist sceptic skeptic critic critics observer observers what nothing anything \
    something everything examples questions applicants pupils students teachers patients \
    nurses doctors children holders depositors";

/// Others who choose: what befalls them is forecast, what they may choose is not.
const OTHERS: &str = "government governments ministry minister ministers parliament congress senate president \
    parties party bank banks agency agencies authorities regulator regulators commission court \
    courts judge judges firms firm companies company issuer employer employers investors \
    households farmers voters officials leaders leader states owners operators operator team \
    crew engineers union unions management administration police army lenders creditors donors \
    towns town city mayor cabinet sponsor sponsors";

/// What a subject is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// A thing, or an event.
    Thing,
    /// One who chooses.
    Chooser,
    /// The house, its readers, or a word for anyone.
    House,
    /// None: a question, or a clause that says which.
    None,
}

impl Cursor<'_> {
    /// Whether a word follows with nothing but blanks and hyphens between.
    pub(super) fn joined(&self, at: usize) -> bool {
        self.gap(at).chars().all(|c| c.is_whitespace() || c == '-')
    }

    /// Whether what stands before a word parts it from the one before it.
    fn parts(&self, at: usize) -> bool {
        self.gap(at).contains([',', ';', ':', '–', '—', '('])
    }

    pub(super) fn is_question(&self) -> bool {
        self.text[self.sentence.range.clone()]
            .trim_end()
            .trim_end_matches(['"', '”', ')', '\x02'])
            .ends_with('?')
    }

    /// The first word of the part between commas that holds `at`, and the words of its subject: what
    /// stands between commas before the verb is left out.
    pub(super) fn subject(&self, at: usize) -> (usize, usize) {
        let mut end = at;
        while end > 0 && is_adverb(self.low(end - 1)) && !self.parts(end) {
            end -= 1;
        }
        if end > 0 && self.parts(end) && end == at {
            // "The quay, built in 1990, could": on to the comma before.
            let opens = (1..end).rev().take(REACH).find(|&i| self.parts(i));
            if let Some(open) = opens {
                return (self.start_of(open - 1), open);
            }
        }
        (self.start_of(end.saturating_sub(1)), end)
    }

    /// Where the part between commas begins that holds a word.
    pub(super) fn start_of(&self, at: usize) -> usize {
        (0..=at)
            .rev()
            .take(REACH)
            .find(|&i| i == 0 || self.parts(i) || self.begins(i))
            .unwrap_or(at.saturating_sub(REACH))
    }

    /// Whether a clause begins at a word though no comma stands there.
    fn begins(&self, at: usize) -> bool {
        matches!(
            self.low(at),
            "but"
                | "while"
                | "whereas"
                | "although"
                | "though"
                | "because"
                | "if"
                | "unless"
                | "whether"
        )
    }

    /// What the verb at `at` is said of.
    pub(super) fn subject_of(&self, at: usize) -> Subject {
        let (start, end) = self.subject(at);
        if end == 0 || self.is_asked(start, end) {
            return Subject::None;
        }
        let last = self.low(end - 1);
        let apart = self.parts(end - 1);
        let relative = match last {
            "which" => !apart,
            "that" => end - start > 1 || !apart && end > 1,
            "who" | "what" | "whatever" | "whoever" | "how" | "and" | "or" | "so" | "than"
            | "as" => true,
            _ => false,
        };
        if relative {
            return Subject::None;
        }
        // The head: before "of" or "in", else the last word.
        let first = match self.low(start) {
            "and" | "but" | "while" | "so" | "or" | "yet" | "that" | "although" | "though"
            | "because" => start + 1,
            _ => start,
        };
        let of = (first + 1..end).find(|&i| {
            matches!(
                self.low(i),
                "of" | "in"
                    | "at"
                    | "from"
                    | "with"
                    | "for"
                    | "to"
                    | "on"
                    | "under"
                    | "over"
                    | "near"
                    | "among"
                    | "who"
                    | "that"
            )
        });
        let head = self.low(of.unwrap_or(end) - 1);
        // "… noted that the Committee could": the clause after "that".
        let inner = (first..end - 1).rev().find(|&i| self.low(i) == "that");
        let inner = inner.map(|i| {
            (i + 1..end)
                .find(|&k| matches!(self.low(k), "of" | "in"))
                .unwrap_or(end)
                - 1
        });
        let heads = [Some(head), inner.map(|i| self.low(i)), Some(last)];
        let is = |words: &str| heads.iter().flatten().any(|h| is_one(h, words));
        if is(HOUSE) || self.low(first) == "no" && last == "one" {
            Subject::House
        } else if is(OTHERS) {
            Subject::Chooser
        } else {
            Subject::Thing
        }
    }

    /// Whether the part of the sentence asks, supposes or sets an aim: "how far prices could fall",
    /// "so that it could be read", "if it could be had".
    fn is_asked(&self, start: usize, end: usize) -> bool {
        const ASKING: &str =
            "how what whether why who whom whose if unless lest wherever when where than";
        let asks = (start..end).any(|i| is_one(self.low(i), ASKING));
        let aims = (start..end).any(|i| {
            matches!(
                (self.low(i), self.low(i + 1)),
                ("so", "that") | ("order", "that") | ("as", "though")
            )
        });
        asks || aims
    }

    /// Whether the clause of a verb tells what was said, thought or the case in the past: "he said
    /// that it could", "in 2018 nobody could", "it could, he said".
    pub(super) fn is_of_the_past(&self, at: usize, year: i32, last_comma: Option<usize>) -> bool {
        let (start, end) = self.subject(at);
        // A whole that commas part goes on behind "and", not behind what has its own verb.
        let first = (0..=start)
            .rev()
            .take(REACH)
            .find(|&i| {
                i == 0
                    || self.gap(i).contains([';', '–', '—', ':'])
                    || (self.gap(i).contains(',')
                        && matches!(self.low(i), "and" | "but" | "while" | "so"))
            })
            .unwrap_or(start.saturating_sub(REACH));
        let relative = |i: usize| {
            (1..=2).any(|n| matches!(self.back(i, n), "which" | "who" | "that" | "whose"))
        };
        let past = |i: usize| {
            let low = self.low(i);
            is_one(low, REPORTED) || (is_one(low, WAS) && !relative(i))
        };
        // Between commas after a subject stands what is said of it, not of the claim.
        let inserted = |i: usize| end < at && i >= end;
        let told = (start..end).any(past);
        let framed = (first..start).any(|i| {
            is_one(self.low(i), REPORTED)
                && !inserted(i)
                && matches!(self.low(i + 1), "that" | "on" | "in" | "at")
        });
        let dated = (first..end).any(|i| {
            let gone = self.low(i + 1).len() == 4
                && self
                    .low(i + 1)
                    .parse::<i32>()
                    .is_ok_and(|y| (1000..year).contains(&y));
            i == first
                && gone
                && matches!(
                    self.low(i),
                    "in" | "by" | "until" | "since" | "during" | "before"
                )
        });
        let said_after = last_comma.is_some_and(|from| {
            from > at
                && (from..(from + 4).min(self.words.len())).any(|i| is_one(self.low(i), REPORTED))
        });
        let ended = self.ends_in_past(at, year);
        told || framed || dated || said_after || ended
    }

    /// The last word that a comma stands before.
    pub(super) fn last_comma(&self) -> Option<usize> {
        (0..self.words.len())
            .rev()
            .find(|&i| self.gap(i).contains(','))
    }

    /// "could vote in 2019", "when it opened": a time gone by after the verb, in its clause.
    fn ends_in_past(&self, at: usize, year: i32) -> bool {
        (at + 1..self.words.len())
            .take(REACH)
            .take_while(|&i| !self.gap(i).contains([',', ';']))
            .any(|i| {
                let low = self.low(i);
                let gone =
                    low.len() == 4 && low.parse::<i32>().is_ok_and(|y| (1000..year).contains(&y));
                let dated = gone && matches!(self.back(i, 1), "in" | "by" | "until" | "during");
                dated
                    || low == "ago"
                    || low == "yesterday"
                    || (matches!(self.back(i, 1), "before" | "when" | "until")
                        && matches!(self.low(i + 1), "was" | "were" | "had" | "opened" | "began"))
            })
    }
}

/// Verbs of saying and thinking in the past.
const REPORTED: &str = "said argued warned thought believed feared hoped claimed told wrote asked knew stated \
    noted judged reported agreed felt saw suggested observed concluded predicted expected \
    commented cautioned indicated reckoned remarked added assumed saying doubted worried \
    announced reasoned";

/// Verbs of the past that tell of it where they govern a claim.
const WAS: &str = "was were had did wasn't weren't hadn't didn't made took went came became found";

/// What may stand between a subject and its verb, or "could" and its verb.
pub(super) fn is_adverb(word: &str) -> bool {
    const ADVERBS: &[&str] = &[
        "also",
        "well",
        "even",
        "still",
        "soon",
        "then",
        "yet",
        "again",
        "now",
        "thus",
        "therefore",
        "further",
        "once",
        "indeed",
        "perhaps",
        "too",
        "instead",
        "just",
        "only",
        "quite",
        "very",
        "far",
        "much",
        "so",
        "as",
        "always",
        "never",
        "not",
        "in",
        "turn",
        "time",
    ];
    ADVERBS[..ADVERBS.len() - 5].contains(&word)
        || (word.len() > 4
            && word.ends_with("ly")
            && !matches!(
                word,
                "rely"
                    | "supply"
                    | "apply"
                    | "reply"
                    | "comply"
                    | "family"
                    | "italy"
                    | "assembly"
                    | "ally"
                    | "rally"
                    | "july"
                    | "imply"
                    | "multiply"
                    | "monopoly"
                    | "anomaly"
                    | "only"
            ))
}
