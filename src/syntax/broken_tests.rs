//! What an expectation demands, where it could not be read.
//!
//! In: the range of a demand, or of a whole `expect` without a colon. Out: repairs. Bounds are often
//! written with signs, and a number alone is nothing that could be met.

use super::broken_values::Want;
use super::lower::Lower;
use super::mistakes;
use super::patch::Patch;
use super::recover::Repair;
use std::ops::Range;

/// How bounds are written elsewhere; of two that begin alike the longer stands first.
const BOUNDS: [(&str, &str); 26] = [
    ("<=", "at most"),
    (">=", "at least"),
    ("=<", "at most"),
    ("=>", "at least"),
    ("<", "at most"),
    (">", "at least"),
    ("≤", "at most"),
    ("≥", "at least"),
    ("no more than ", "at most"),
    ("not more than ", "at most"),
    ("no less than ", "at least"),
    ("not less than ", "at least"),
    ("less than ", "at most"),
    ("lower than ", "at most"),
    ("more than ", "at least"),
    ("greater than ", "at least"),
    ("higher than ", "at least"),
    ("under ", "at most"),
    ("over ", "at least"),
    ("below ", "at most"),
    ("above ", "at least"),
    ("up to ", "at most"),
    ("max ", "at most"),
    ("min ", "at least"),
    ("at least: ", "at least"),
    ("at most: ", "at most"),
];

/// What is said in speech before a demand, and left out here.
const SAID: [&str; 8] = [
    "==", "=", "is ", "be ", "will be ", "to be ", "in ", "within ",
];

/// What says that a number is rough.
const ROUGHLY: [&str; 7] = [
    "about ",
    "around ",
    "approximately ",
    "roughly ",
    "circa ",
    "~",
    "≈",
];

/// A sign before a demand, and what it should have been.
struct Sign {
    written: &'static str,
    /// What is written in its place, with a blank behind.
    instead: String,
    message: String,
    label: &'static str,
    help: String,
    /// Whether what was meant is plain.
    plain: bool,
}

impl Sign {
    /// The sign that a text begins with.
    fn of(text: &str) -> Option<Sign> {
        let behind = |sign: &str| Some(text.strip_prefix(sign)?.trim_start());
        for (written, bound) in BOUNDS {
            let Some(rest) = behind(written) else {
                continue;
            };
            // `> exit by long` compares with another query.
            let compares = written.ends_with("than ") || !written.starts_with(char::is_alphabetic);
            let bound = match (is_number(rest), bound) {
                (true, bound) => bound,
                (false, "at least") if compares && rest.starts_with(char::is_alphabetic) => "above",
                (false, _) if compares && rest.starts_with(char::is_alphabetic) => "below",
                _ => continue,
            };
            let written = written.trim_end();
            return Some(Sign {
                written,
                instead: format!("{bound} "),
                message: format!("`{written}` is written `{bound}`"),
                label: "a bound belongs here",
                help: format!("write `{bound} {}`", rest.trim_end()),
                plain: true,
            });
        }
        for written in SAID.into_iter().chain(ROUGHLY) {
            let Some(rest) = behind(written) else {
                continue;
            };
            let rest = rest.trim_end();
            let written = written.trim_end();
            if is_number(rest) && !is_range(rest) {
                return Some(Sign {
                    written,
                    instead: "at least ".to_owned(),
                    message: format!("`{written}` cannot stand before `{rest}`"),
                    label: "a computed chance is never exactly a number",
                    help: format!(
                        "say how far off it may be, as in `10% to 20%`, or write `at least {rest}` or `at most {rest}`"
                    ),
                    plain: false,
                });
            }
            return (!rest.is_empty()).then(|| Sign {
                written,
                instead: String::new(),
                message: format!("`{written}` is left out before what is expected"),
                label: "nothing belongs here",
                help: format!("write `{rest}`"),
                plain: true,
            });
        }
        None
    }
}

impl Lower<'_> {
    /// What stands behind the colon.
    pub(super) fn expect_repairs(&self, range: Range<usize>) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        let mut repairs = Vec::new();
        repairs.extend(self.odds_repair(&range, false));
        if let Some(sign) = Sign::of(text) {
            repairs.push(self.sign_repair(range.start, text, sign, ""));
        }
        repairs.extend(self.value_repairs(range, Want::Share));
        repairs
    }

    /// `at most 1 in 10`, `price: 1 in 10`: odds in words, where a percentage belongs; `whole` where a number may stand
    /// without a bound.
    fn odds_repair(&self, range: &Range<usize>, whole: bool) -> Option<Repair> {
        let text = &self.text[range.clone()];
        let (at, share) = mistakes::share_at_end(text)?;
        if whole && at > 0 {
            return None;
        }
        let (bound, written) = (text[..at].trim_end(), &text[at..]);
        let place = range.start + at..range.end;
        let found = self.syntax(place.clone(), format!("`{written}` is written `{share}`"));
        if bound.is_empty() && !whole {
            // Either bound makes it readable; which is meant is for the author to say.
            let found = found.label("a computed chance is never exactly a number").help(format!(
                "say how far off it may be, as in `10% to 20%`, or write `at least {share}` or `at most {share}`"
            ));
            let patch = Patch::new(place, format!("at least {share}"));
            return Some(Repair::new(vec![patch], found));
        }
        let meant = format!("{bound} {share}");
        let found = found
            .label("a percentage belongs here")
            .help(format!("write `{}`", meant.trim_start()));
        let patch = Patch::new(place, share.as_str());
        Some(Repair::new(vec![patch], found).fix(format!("write `{share}`")))
    }

    /// `price: 1 in 10`
    pub(super) fn price_repairs(&self, range: Range<usize>) -> Vec<Repair> {
        let mut repairs: Vec<Repair> = self.odds_repair(&range, true).into_iter().collect();
        repairs.extend(self.value_repairs(range, Want::Share));
        repairs
    }

    /// A whole `expect` in which a sign stands in the colon's place, as in `expect exit by long >= 20%`.
    pub(super) fn sign_repairs(&self, range: Range<usize>) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        let line = text.split('\n').next().unwrap_or_default();
        if line.contains(':') {
            return Vec::new();
        }
        let blanks = line.match_indices(' ').map(|(i, _)| i + 1);
        let signs = line
            .match_indices(['<', '>', '=', '≤', '≥', '~'])
            .map(|(i, _)| i);
        let mut places: Vec<usize> = blanks.chain(signs).collect();
        places.sort_unstable();
        let found = places
            .into_iter()
            .take(32)
            .filter(|at| !line[*at..].starts_with("in "))
            .find_map(|at| Some((at, Sign::of(&line[at..])?)));
        let Some((at, sign)) = found else {
            return Vec::new();
        };
        let head = line[..at].trim_end().len();
        let glue = Patch::new(range.start + head..range.start + at, ": ");
        let mut repair = self.sign_repair(range.start + at, &line[at..], sign, line[..head].trim());
        repair.patches.insert(0, glue);
        vec![repair]
    }

    /// Puts what belongs there in a sign's place; `head` is what stands before, where the colon is
    /// missing.
    fn sign_repair(&self, at: usize, text: &str, sign: Sign, head: &str) -> Repair {
        let rest = text[sign.written.len()..].trim_start();
        let patch = Patch::new(at..at + text.len() - rest.len(), sign.instead.as_str());
        let help = match (head, sign.plain) {
            ("", _) | (_, false) => sign.help,
            (head, true) => format!("write `{head}: {}{}`", sign.instead, rest.trim_end()),
        };
        let diagnostic = self
            .syntax(at..at + sign.written.len(), sign.message)
            .label(sign.label)
            .help(help);
        let repair = Repair::new(vec![patch], diagnostic);
        match (sign.plain, sign.instead.trim_end()) {
            (false, _) => repair,
            (true, "") => repair.fix(format!("leave `{}` out", sign.written)),
            (true, instead) => repair.fix(format!("write `{instead}`")),
        }
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether two ends are named; what is wrong with how is told of the range itself.
fn is_range(text: &str) -> bool {
    text.contains(" to ") || text.contains(['-', '–', '—'])
}
