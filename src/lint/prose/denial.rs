//! Whether a word of likelihood is denied where it stands.
//!
//! In: a word in its sentence. Out: whether its author says that it is not so: "not likely", "we do not think a
//! default is likely", "by no means likely", "few consider it likely"; or that it was held to be so once.

use super::passage::Word;

/// Words that deny what follows.
const DENYING: &[&str] = &[
    "not", "never", "neither", "nor", "hardly", "scarcely", "cannot", "seldom", "rarely", "nothing",
];

/// Subjects that deny what is thought of them.
const NOBODY: &[&str] = &["nobody", "none", "few", "noone"];

/// What is said to be thought, by its stems.
const HOLDING: &[&str] = &[
    "think",
    "thought",
    "believ",
    "expect",
    "judg",
    "assess",
    "consider",
    "regard",
    "view",
    "see",
    "saw",
    "hold",
    "held",
    "find",
    "found",
    "deem",
    "describ",
    "say",
    "said",
    "claim",
    "suggest",
    "argu",
    "agree",
    "rat",
    "call",
    "suppos",
    "conclud",
    "anticipat",
    "imagin",
    "predict",
    "forecast",
    "reckon",
    "feel",
    "felt",
    "accept",
    "estimat",
    "mean",
    "show",
    "indicat",
    "imply",
    "impli",
];

/// What denies all that it says, by its stems; "no doubt" and "without doubt" do not.
const DOUBTING: &[&str] = &[
    "doubt",
    "dubious",
    "deny",
    "denie",
    "reject",
    "disagre",
    "sceptical",
    "skeptical",
    "unconvinced",
    "implausib",
    "refut",
];

/// Words that say what is.
const BEING: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "will", "would", "has", "have", "had",
    "seems", "seem", "looks", "look", "remains", "remain", "appears", "appear", "becomes",
    "become", "makes", "make",
];

/// Ways to say that it is not, or not any more.
const PHRASES: &[&[&str]] = &[
    &["no", "longer"],
    &["by", "no", "means"],
    &["in", "no", "way"],
    &["in", "no", "sense"],
    &["on", "no", "account"],
    &["far", "from"],
    &["anything", "but"],
    &["short", "of"],
    &["rather", "than"],
    &["instead", "of"],
    &["ceased", "to"],
    &["ceases", "to"],
    &["cease", "to"],
    &["stopped", "being"],
    &["stops", "being"],
    &["less", "than"],
    &["no", "one"],
    &["hardly", "anyone"],
    &["too", "early"],
    &["too", "soon"],
];

/// What held before, and need not hold now.
const ONCE: &[&str] = &["once", "formerly", "previously", "initially", "originally"];

/// Words at which another clause begins.
const CLAUSES: &[&str] = &[
    "but", "and", "while", "whereas", "although", "though", "because", "since", "so", "yet",
    "however", "if", "unless", "when", "where", "until", "after", "before", "or",
];

/// As far back as a denial reaches, in words.
const REACH: usize = 14;

/// Whether the word that begins at `at`, and ends before `end`, is denied in its clause.
pub(super) fn is_denied(text: &str, words: &[Word], at: usize, end: usize) -> bool {
    let gap = |i: usize| &text[words[i].range.end..words[i + 1].range.start];
    let is_joined = |i: usize| {
        gap(i)
            .chars()
            .all(|c| c.is_whitespace() || "-*_".contains(c))
    };
    if words.get(end).is_some_and(|w| w.low == "not") && is_joined(end - 1) {
        return true;
    }
    let mut start = at;
    // "Anything but likely" is one clause.
    let parts = |i: usize| {
        let is_one = words[i].low == "but" && i > 0 && words[i - 1].low == "anything";
        CLAUSES.contains(&words[i].low.as_str()) && !is_one
    };
    while start > 0 && at - start < REACH && is_joined(start - 1) && !parts(start - 1) {
        start -= 1;
    }
    let clause: Vec<&str> = words[start..at].iter().map(|w| w.low.as_str()).collect();
    governs(&clause)
}

/// Whether a clause up to a word denies it.
fn governs(clause: &[&str]) -> bool {
    let stem = |stems: &[&str], word: &str| stems.iter().any(|s| word.starts_with(s));
    let denies = |w: &str| DENYING.contains(&w) || w.ends_with("n't");
    // "Not only", "no doubt", "nobody doubts" deny nothing.
    let is_holding = |w: &&str| stem(HOLDING, w);
    for (i, word) in clause.iter().enumerate() {
        let rest = &clause[i + 1..];
        let next = rest.first().copied().unwrap_or_default();
        let soon = &rest[..rest.len().min(4)];
        let doubts = soon.iter().any(|w| stem(DOUBTING, w) || *w == "question");
        let is_no = denies(word)
            || NOBODY.contains(word)
            || *word == "no"
            || matches!(*word, "without" | "little" | "beyond");
        if is_no && doubts {
            // Denied twice is said.
            return false;
        }
        let says_that = word.starts_with("doubt") || rest.contains(&"that");
        if stem(DOUBTING, word) && says_that && *word != "doubtless" {
            return true;
        }
        if PHRASES.iter().any(|p| clause[i..].starts_with(p)) {
            return true;
        }
        if ONCE.contains(word) && rest.len() <= 2 {
            return true;
        }
        let said = rest.iter().position(|w| BEING.contains(w));
        if denies(word) && !matches!(next, "only" | "just" | "merely" | "least" | "surprisingly") {
            // "That is not signed is likely": what is denied ends where something else is said to be.
            let inner = rest
                .iter()
                .skip(usize::from(said == Some(0)))
                .position(|w| BEING.contains(w));
            if inner.is_none() || soon.iter().any(is_holding) {
                return true;
            }
        }
        if NOBODY.contains(word) && soon.iter().any(is_holding) {
            return true;
        }
        // "No default is likely", "we see no default as likely".
        if *word == "no" && said.is_some_and(|at| at <= 3) && said == rest.len().checked_sub(1) {
            return true;
        }
        // "Was thought likely": what others held.
        let was = matches!(*word, "was" | "were") || clause[..=i].ends_with(&["had", "been"]);
        if was && rest.len() <= 3 && soon.iter().any(is_holding) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::governs;

    #[test]
    fn what_is_denied() {
        for clause in [
            "we do not think a default is",
            "we do not think that a default in the coming year is",
            "a default is no longer",
            "a default would not be",
            "we doubt that a default is",
            "it is doubtful that a default is",
            "a default is by no means",
            "a default is far from",
            "a default is anything but",
            "a default cannot be called",
            "nobody thinks it",
            "few consider it",
            "few analysts would consider it",
            "no one thinks it",
            "it has ceased to be",
            "a default was thought",
            "a default was widely thought",
            "a default isn't",
            "a default is not at all",
            "a default is hardly",
            "no default is",
            "a default once",
            "we reject the view that a default is",
        ] {
            let words: Vec<&str> = clause.split(' ').collect();
            assert!(governs(&words), "{clause} likely");
        }
    }

    #[test]
    fn what_is_not() {
        for clause in [
            "a default is",
            "there is no doubt that a default is",
            "we do not doubt that a default is",
            "nobody doubts that a default is",
            "it is not only",
            "a deal that is not signed by june is",
            "a default is now",
            "we think that a default is",
            "a few defaults are",
            "no deal makes a default",
            "a default has been assessed as",
            "the rejected bill is",
            "doubtless a default is",
            "it is",
        ] {
            let words: Vec<&str> = clause.split(' ').collect();
            assert!(!governs(&words), "{clause} likely");
        }
    }
}
