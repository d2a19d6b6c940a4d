//! Whether a word of likelihood states one where it stands.
//!
//! In: a word in its sentence. Out: whether its author says with it how likely something is. A
//! comparison ("more likely"), a term of some trade ("probable cause", "likely voters"), a distance
//! ("remote villages") and a state of mind ("traders were virtually certain") do not.

use super::is_one;
use super::passage::Word;
use super::terms::Origin;

/// Words before a term that compare. "As" is looked at more closely.
const COMPARING: &[&str] = &[
    "more",
    "less",
    "most",
    "least",
    "how",
    "equally",
    "so",
    "too",
    "increasingly",
    "however",
    "whichever",
    "no more",
    "ever",
];

/// Verbs after which "as" says what something is held to be, by their stems.
const HOLDING: &[&str] = &[
    "assess", "judg", "see", "saw", "regard", "rat", "view", "treat", "consider", "describ",
    "deem", "estimat", "call", "class", "put", "think", "take", "took", "rank", "look", "count",
];

/// What follows a term that belongs to some trade, with the term's last word.
const TRADES: &[(&str, &[&str])] = &[
    (
        "probable",
        &[
            "cause", "case", "cases", "error", "errors", "maximum", "reserves", "contact", "death",
            "deaths",
        ],
    ),
    ("likely", &["voter", "voters", "voting", "story"]),
    (
        "unlikely",
        &[
            "ally",
            "allies",
            "alliance",
            "alliances",
            "friend",
            "friends",
            "friendship",
            "hero",
            "heroes",
            "heroine",
            "partner",
            "partners",
            "pair",
            "couple",
            "bedfellows",
            "champion",
            "place",
            "places",
            "source",
            "setting",
            "duo",
            "trio",
        ],
    ),
];

/// Nouns that "remote" may stand before and mean a likelihood.
const CHANCES: &[&str] = &[
    "chance",
    "chances",
    "possibility",
    "likelihood",
    "probability",
    "prospect",
];

/// What is remote because it is far away, without a plural's `s`.
const PLACES: &str = "village island area region site location base valley farm office work worker town \
    province district camp outpost place spot mine school hamlet settlement team staff coast desert server \
    border galaxy star planet lake peninsula post station community communitie monastery clinic facility facilitie";

/// After these something is said to be so.
const BEING: &[&str] = &[
    "is", "are", "be", "as", "seems", "remains", "looks", "was", "were", "very",
];

/// A term in its sentence.
pub(super) struct Place<'w> {
    /// The passage's text.
    pub(super) text: &'w str,
    /// The sentence.
    pub(super) words: &'w [Word],
    /// The term's first word.
    pub(super) at: usize,
    /// After its last.
    pub(super) end: usize,
    /// The word before it, with nothing but blanks between.
    pub(super) first: &'w str,
    /// The word after it, likewise.
    pub(super) next: Option<&'w str>,
}

impl Place<'_> {
    /// Whether the term, `written` so, states a likelihood here.
    pub(super) fn states(&self, written: &[String], origin: Origin) -> bool {
        let (head, last) = (written[0].as_str(), written[written.len() - 1].as_str());
        let compares = match self.first {
            "as" => self.is_compared(),
            // "15%, so likely" concludes.
            "so" => !self.at.checked_sub(2).is_some_and(|i| {
                self.text[self.words[i].range.end..self.words[i + 1].range.start].contains(',')
            }),
            first => COMPARING.contains(&first),
        };
        let is_of_trade = TRADES.iter().any(|(term, nouns)| {
            *term == last && self.next.is_some_and(|next| nouns.contains(&next))
        });
        (!compares || head == "about")
            && !is_of_trade
            && (written != ["remote"] || self.is_remote_chance(origin))
            && (last != "certain" || !self.is_state_of_mind())
    }

    fn low(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.low.as_str())
    }

    fn back(&self, n: usize) -> &str {
        self.at.checked_sub(n).map_or("", |at| self.low(at))
    }

    /// "As likely as not", "twice as likely": not "we assess a truce as likely".
    fn is_compared(&self) -> bool {
        const TIMES: &[&str] = &[
            "twice", "half", "just", "times", "equally", "not", "nearly", "almost",
        ];
        let within = (self.end..self.words.len().min(self.end + 6)).take_while(|&i| {
            let gap = &self.text[self.words[i - 1].range.end..self.words[i].range.start];
            !gap.contains([',', ';', ':', '(', '–', '—'])
        });
        let again = within.map(|i| self.low(i)).any(|word| word == "as");
        again || TIMES.contains(&self.back(2)) || !(2..=12).any(|n| is_holding(self.back(n)))
    }

    /// "Remote" alone also means far away: it counts where it stands before a chance, or, as the
    /// file's own word, after "is" or the like and before no further word.
    fn is_remote_chance(&self, origin: Origin) -> bool {
        let is_far = (1..=8).any(|n| is_one(self.back(n).trim_end_matches('s'), PLACES));
        self.next.is_some_and(|w| CHANCES.contains(&w))
            || (origin == Origin::Own
                && self.next.is_none()
                && BEING.contains(&self.first)
                && !is_far)
    }

    /// "Traders were virtually certain": how sure others are, and no likelihood of the author's.
    fn is_state_of_mind(&self) -> bool {
        let being = [
            "was", "were", "are", "is", "felt", "feel", "seemed", "seem", "became", "become",
        ];
        if !being.contains(&self.first) {
            return false;
        }
        let who = self.back(2);
        let minds = [
            "traders",
            "investors",
            "markets",
            "analysts",
            "dealers",
            "voters",
            "officials",
            "ministers",
            "economists",
            "experts",
            "observers",
            "critics",
            "they",
            "he",
            "she",
            "everyone",
            "everybody",
            "people",
            "members",
            "participants",
            "pollsters",
            "bookmakers",
            "police",
            "scientists",
            "generals",
            "leaders",
            "many",
            "most",
            "some",
            "few",
            "all",
        ];
        minds.contains(&who)
    }
}

/// "Assess", "judged", "regards" …
fn is_holding(word: &str) -> bool {
    const ENDINGS: &[&str] = &["", "s", "e", "d", "es", "ed", "ing", "n"];
    let ending = |stem: &&str| word.strip_prefix(*stem);
    HOLDING
        .iter()
        .filter_map(ending)
        .any(|ending| ENDINGS.contains(&ending))
}
