//! Claims that can never turn out wrong: "could collapse", "cannot be ruled out", "it is possible
//! that".
//!
//! In: a sentence. Out: where such words stand. Only shapes that claim what may come true or false are
//! found: not what someone may choose, what is needed or can be used, what is asked, or what was said.

mod clause;
mod said;
mod verbs;
mod wide;

pub(crate) use wide::wide_weasels;

use super::{Cursor, Lexicon, Passage, Sentence, is_one};
use clause::{Subject, is_adverb};
use std::cell::OnceCell;
use std::ops::Range;

/// As far as a clause is looked at, in words: of a sentence without end only what stands near is read.
const REACH: usize = 200;

/// The weasel words of a sentence that says not how likely they are; `year` is the year in which it
/// was written, and `next` the sentence after it.
pub(crate) fn weasels(
    lexicon: &Lexicon,
    passage: &Passage,
    (sentence, next): (&Sentence, Option<&Sentence>),
    year: i32,
) -> Vec<Range<usize>> {
    let reading = Cursor::new(passage, sentence);
    // Both are looked for once a sentence, where some weasel asks.
    let likelihoods = said::Likelihoods::new(lexicon, passage, sentence, next);
    let last_comma = OnceCell::new();
    let mut found = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        if let Some(end) = reading.weasel(at)
            && !reading.is_question()
            && !reading.is_of_the_past(at, year, *last_comma.get_or_init(|| reading.last_comma()))
            && !likelihoods.are_about(&reading, (at, end))
        {
            found.push(reading.words[at].range.start..reading.words[end].range.end);
            at = end;
        }
        at += 1;
    }
    found
}

/// Whether a sentence asks.
pub(super) fn is_question(passage: &Passage, sentence: &Sentence) -> bool {
    Cursor::new(passage, sentence).is_question()
}

impl Cursor<'_> {
    /// The last word of the weasel that begins at a word.
    fn weasel(&self, at: usize) -> Option<usize> {
        match self.low(at) {
            "could" | "might" => self.modal(at).then_some(at).or_else(|| self.ruled_out(at)),
            "cannot" | "can't" | "can" | "couldn't" | "do" | "does" | "don't" | "doesn't"
            | "nor" | "impossible" | "should" | "shouldn't" | "must" => self.ruled_out(at),
            "possible" | "conceivable" => self.is_claimed(at).then_some(at),
            "possibility" => self.is_there(at).then_some(at),
            _ => None,
        }
    }

    /// "could" or "might" before what may happen to a thing.
    fn modal(&self, at: usize) -> bool {
        if self.low(at) == "might"
            && matches!(
                self.back(at, 1),
                "the"
                    | "its"
                    | "their"
                    | "his"
                    | "her"
                    | "our"
                    | "of"
                    | "military"
                    | "economic"
                    | "full"
                    | "armed"
                    | "naval"
                    | "with"
            )
        {
            return false;
        }
        let subject = self.subject_of(at);
        if matches!(subject, Subject::None | Subject::House) {
            return false;
        }
        let mut verb = at + 1;
        // That something could not be is a claim which can be wrong; that it might not is none.
        if self.low(verb) == "not" && self.low(at) == "might" {
            verb += 1;
            return matches!(
                self.low(verb),
                "survive"
                    | "hold"
                    | "last"
                    | "outlive"
                    | "recover"
                    | "return"
                    | "pass"
                    | "arrive"
                    | "succeed"
                    | "come"
                    | "happen"
                    | "materialise"
                    | "materialize"
                    | "endure"
                    | "rain"
            ) && self.joined(verb);
        }
        if self.low(verb) == "in" && matches!(self.low(verb + 1), "turn" | "time" | "future") {
            verb += 2;
        }
        while is_adverb(self.low(verb)) && self.joined(verb) {
            verb += 1;
        }
        if !self.joined(verb) && !self.gap(verb).starts_with(',') {
            return false;
        }
        let (next, after) = (self.low(verb + 1), self.low(verb + 2));
        let next = if self.joined(verb + 1) { next } else { "" };
        match self.low(verb) {
            "be" => {
                let mut state = verb + 1;
                while is_adverb(self.low(state))
                    || matches!(
                        self.low(state),
                        "a" | "an" | "as" | "much" | "far" | "even" | "very" | "both"
                    )
                {
                    state += 1;
                }
                let follows = if self.joined(state + 1) {
                    self.low(state + 1)
                } else {
                    ""
                };
                verbs::is_state(self.low(state), follows)
            }
            "have" => {
                let reach =
                    (verb + 1..verb + 7).take_while(|&i| i < self.words.len() && self.joined(i));
                let mut reach = reach.map(|i| self.low(i));
                reach.any(|w| {
                    matches!(
                        w,
                        "consequences"
                            | "consequence"
                            | "effect"
                            | "effects"
                            | "impact"
                            | "impacts"
                            | "repercussions"
                            | "implications"
                            | "ramifications"
                    )
                })
            }
            "make" => (verb + 2..verb + 7).any(|i| {
                let low = self.low(i);
                verbs::is_event(low, true)
                    || matches!(
                        low,
                        "worse" | "impossible" | "harder" | "unviable" | "obsolete"
                    )
            }),
            "run" => verbs::is_event_with("run", next, after),
            verb => {
                verbs::is_event(verb, subject == Subject::Chooser)
                    && verbs::is_event_with(verb, next, after)
            }
        }
    }

    /// "It is possible that", "a default is possible": not "it is possible to", "if possible".
    fn is_claimed(&self, at: usize) -> bool {
        const BEING: &[&str] = &[
            "is", "are", "remains", "remain", "seems", "seem", "appears", "becomes", "looks", "be",
        ];
        let being = if is_adverb(self.back(at, 1)) || matches!(self.back(at, 1), "also" | "still") {
            2
        } else {
            1
        };
        if !BEING.contains(&self.back(at, being)) {
            return false;
        }
        let verb = at - being;
        if self.back(verb, 1) == "it"
            || (self.back(at, being) == "be" && self.back(verb, 2) == "it")
        {
            let ends = at + 1 == self.words.len();
            return (self.low(at + 1) == "that" || ends) && self.back(at, being) != "be";
        }
        if self.low(at) == "conceivable"
            || matches!(self.subject_of(verb), Subject::House | Subject::None)
        {
            return false;
        }
        const ACTS: &str = "visit visits delivery payment payments access entry registration booking bookings refunds \
        refund cancellation contact parking use comparison comparisons answers answer this that \
        these both all which tours translation measurement exchange exchanges enrolment options \
        ways where as there improvement improvements";
        let (start, end) = self.subject(verb);
        if (start..end).any(|i| is_one(self.low(i), ACTS)) {
            return false;
        }
        let (first, head) = (self.low(start), self.low(end - 1));
        // "Filtering is possible" says what can be done.
        if [first, head]
            .iter()
            .any(|w| w.ends_with("ing") && w.len() > 5)
            || first == "only"
        {
            return false;
        }
        let next = self.low(at + 1);
        let ends = self.words.len() == at + 1 || !self.joined(at + 1);
        let timed = matches!(
            next,
            "before" | "by" | "this" | "next" | "within" | "after" | "during" | "until"
        );
        let placed = matches!(
            next,
            "in" | "if" | "should" | "at" | "on" | "from" | "over" | "even" | "as" | "unless"
        );
        let arranged = (at..self.words.len())
            .take(REACH)
            .any(|i| matches!(self.low(i), "appointment" | "request" | "only"));
        let event = (start..end).any(|i| verbs::is_happening(self.low(i)));
        (timed || ((ends || placed) && event)) && !arranged
    }

    /// "There is a possibility that", "the possibility exists that".
    fn is_there(&self, at: usize) -> bool {
        let bare = matches!(self.back(at, 1), "a" | "the" | "some");
        let there = self.back(at, 3) == "there"
            || self.back(at, 4) == "there"
            || self.low(at + 1) == "exists"
            || self.low(at + 1) == "remains";
        let that = matches!(self.low(at + 1), "that" | "of") || self.low(at + 2) == "that";
        bare && there
            && that
            && matches!(
                self.back(at, 2),
                "is" | "remains" | "exists" | "still" | "" | "also"
            )
    }

    /// "cannot be ruled out", "do not rule out", "cannot dismiss the possibility that".
    fn ruled_out(&self, at: usize) -> Option<usize> {
        let (denial, mut i) = match self.low(at) {
            "nor" if matches!(self.low(at + 1), "can" | "should") => ("nor", at + 2),
            "cannot" | "can't" | "couldn't" => ("can", at + 1),
            "don't" | "doesn't" => ("do", at + 1),
            "shouldn't" => ("should", at + 1),
            word @ ("can" | "could" | "do" | "does" | "should" | "must")
                if self.low(at + 1) == "not" =>
            {
                (
                    if matches!(word, "do" | "does") {
                        "do"
                    } else if matches!(word, "should" | "must") {
                        "should"
                    } else {
                        "can"
                    },
                    at + 2,
                )
            }
            "impossible" if self.low(at + 1) == "to" => ("impossible", at + 2),
            _ => return None,
        };
        if denial == "nor" {
            // "Nor can a coup be ruled out."
            i = (i..i + 7).find(|&k| self.low(k) == "be")?;
        }
        let fillers = [
            "yet",
            "entirely",
            "fully",
            "completely",
            "wholly",
            "altogether",
            "simply",
            "categorically",
            "therefore",
            "also",
            "now",
            "totally",
        ];
        let mut passive = false;
        while fillers.contains(&self.low(i)) || self.low(i) == "be" {
            passive |= self.low(i) == "be";
            i += 1;
        }
        let next = self.low(i + 1);
        let end = match self.low(i) {
            "ruled"
                if next == "out" && passive && !matches!(self.low(i + 2), "of" | "as" | "by") =>
            {
                i + 1
            }
            "rule" if next == "out" && !passive => i + 1,
            "rule" if !passive => (i + 2..i + 6).find(|&k| self.low(k) == "out")?,
            "excluded" | "discounted" | "dismissed" | "precluded" if passive => i,
            "exclude" | "discount" | "dismiss" | "preclude" if !passive => i,
            _ => return None,
        };
        let held = match (passive, self.low(i)) {
            (true, "ruled") => true,
            (true, _) => self.is_open(at, end),
            (false, "rule") => !self.is_law(at) && (denial != "should"),
            (false, _) => self.is_open_to(at, end, denial),
        };
        let of_old = denial == "can"
            && matches!(self.low(at), "couldn't" | "could")
            && self.subject_of(at) == Subject::House;
        (held && !of_old).then_some(end)
    }

    /// Whether what cannot be dismissed is an event and not a servant or a claim.
    fn is_open(&self, at: usize, end: usize) -> bool {
        const NOT_EVENTS: &str = "judge judges employee employees worker workers staff official officials minister case \
        cases claim claims charge charges appeal appeals argument arguments evidence concern \
        concerns criticism objection objections idea ideas view views members member countries \
        goods books tickets they he she you tenants loans prices data outliers report reports";
        let follows = [
            "by", "from", "without", "as", "lightly", "for", "merely", "out", "under", "because",
        ];
        let (start, last) = self.subject(at);
        let person = (start..last).any(|i| is_one(self.low(i), NOT_EVENTS))
            || matches!(self.back(at, 1), "that" | "which" | "and");
        !(person || self.joined(end + 1) && follows.contains(&self.low(end + 1)))
    }

    /// Whether "cannot dismiss" is about an event: said by the house, or of a possibility.
    fn is_open_to(&self, at: usize, end: usize, denial: &str) -> bool {
        const CHANCES: &[&str] = &[
            "possibility",
            "possibilities",
            "prospect",
            "risk",
            "chance",
            "scenario",
            "danger",
            "likelihood",
        ];
        let of_chance = (end + 1..end + 5).any(|i| CHANCES.contains(&self.low(i)));
        let ours = matches!(self.back(at, 1), "we" | "i" | "one") && !self.is_law(at);
        let event = matches!(
            self.low(end + 1),
            "a" | "an" | "that" | "further" | "another" | "renewed" | "some"
        );
        of_chance || (ours && (event || denial == "impossible"))
    }

    /// Whether a law, a treaty or the like is what rules nothing out.
    fn is_law(&self, at: usize) -> bool {
        const LAWS: &[&str] = &[
            "law",
            "treaty",
            "rule",
            "rules",
            "constitution",
            "statute",
            "article",
            "contract",
            "contracts",
            "agreement",
            "text",
            "clause",
            "charter",
            "laws",
        ];
        let (start, end) = self.subject(at);
        (start..end).any(|i| LAWS.contains(&self.low(i)))
    }
}
