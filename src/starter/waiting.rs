//! The texts of a starter that wait to be replaced.
//!
//! In: nothing, or a text. Out: the texts as `assess new` writes them, and of a text whether it is one
//! of them, with what it asks. What an analyst may have written word for word is none of them.

pub(super) const SETTLES: &str =
    "Name the observation that settles each outcome, and the source that reports it.";
pub(super) const SHIFTS: &str = "A clear shift, but one that can be undone";
pub(super) const BREAKS: &str = "A break that cannot be undone";
pub(super) const PRIOR: &str = "Say here what the numbers rest on";
pub(super) const CASES: &str = "Name the cases that were counted, such as 12 of 40, and since when";
pub(super) const SEEN_FOR: &str = "What was seen that points to it";
pub(super) const SEEN_AGAINST: &str = "What was seen that stands in its way";
pub(super) const SOURCE: &str = "Who says so";
pub(super) const PREMISE: &str = "Something that nobody here doubts";
pub(super) const TURN: &str = "Something that would change the picture";
pub(super) const KNOWN: &str = "Say how one would know that it has happened.";
pub(super) const FOLLOWS: &str = "What follows from it";

/// What each asks.
const ASKS: [(&str, &str); 12] = [
    (
        SETTLES,
        "name what will have been seen when the question is settled, and who reports it",
    ),
    (SHIFTS, "name the outcome as a reader would recognise it"),
    (BREAKS, "name the outcome as a reader would recognise it"),
    (PRIOR, "name the kind of case whose base rate this is"),
    (CASES, "name the cases that were counted, and since when"),
    (SEEN_FOR, "write what was seen that speaks for it"),
    (SEEN_AGAINST, "write what was seen that speaks against it"),
    (SOURCE, "name who says so: a document, a person, an agency"),
    (
        PREMISE,
        "write what is taken for granted, or leave the assumption out",
    ),
    (
        TURN,
        "name what would have to happen for the verdict to change",
    ),
    (KNOWN, "write by what one would know that it has happened"),
    (FOLLOWS, "name what would then be different"),
];

const REASON: (&str, &str) = ("A reason why `", "` would come");
const OBSTACLE: (&str, &str) = ("A reason why `", "` would not come");

/// The title of a reason for an outcome.
pub(super) fn reason(outcome: &str) -> String {
    format!("{}{outcome}{}", REASON.0, REASON.1)
}

/// The title of a reason against an outcome.
pub(super) fn obstacle(outcome: &str) -> String {
    format!("{}{outcome}{}", OBSTACLE.0, OBSTACLE.1)
}

/// What a text asks that `assess new` wrote; nothing of any other text.
pub(crate) fn asks(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let within = |(before, after): (&str, &str)| {
        let outcome = text.strip_prefix(before)?.strip_suffix(after)?;
        (!outcome.contains(' ')).then_some("write the reason itself, in a few words")
    };
    let known = ASKS.iter().find(|(known, _)| *known == text);
    known
        .map(|(_, asks)| *asks)
        .or_else(|| within(REASON))
        .or_else(|| within(OBSTACLE))
}

/// What a text asks that stands for one to come, in anybody's hand: `TODO`, `…`.
pub(crate) fn stands_in(text: &str) -> bool {
    let bare = text.trim().trim_end_matches([':', '.', '!', '?', '…']);
    let mut words = ["todo", "tbd", "tba", "tbc", "fixme", "xxx"].into_iter();
    words.any(|word| bare.eq_ignore_ascii_case(word)) || bare.is_empty() && !text.trim().is_empty()
}
