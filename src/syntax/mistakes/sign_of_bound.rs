//! `expect exit by long: <= 20%`, `no more than 20%`, `about 20%`: what is said before a demand.
//!
//! Bounds are often written with signs, and a number alone is nothing that could be met.

use super::piece::is_number;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "expect exit by long: <= 20%",
        "expect exit by long: at most 20%",
    ),
    made: &[Made::Demand(look)],
};

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
pub(super) struct Sign {
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
    pub(super) fn of(text: &str) -> Option<Sign> {
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

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    Some(written_out(piece, Sign::of(piece.text)?, ""))
}

/// Puts what belongs there in the place of the sign that a piece begins with; `head` is what stands before, where the
/// colon is missing.
pub(super) fn written_out(piece: &Piece<'_, '_>, sign: Sign, head: &str) -> Repair {
    let rest = piece.text[sign.written.len()..].trim_start();
    let patch = piece.patch(0..piece.text.len() - rest.len(), sign.instead.as_str());
    let help = match (head, sign.plain) {
        ("", _) | (_, false) => sign.help,
        (head, true) => format!("write `{head}: {}{}`", sign.instead, rest.trim_end()),
    };
    let found = piece
        .syntax(0..sign.written.len(), sign.message)
        .label(sign.label)
        .help(help);
    let repair = Repair::new(vec![patch], found);
    match (sign.plain, sign.instead.trim_end()) {
        (false, _) => repair,
        (true, "") => repair.fix(format!("leave `{}` out", sign.written)),
        (true, instead) => repair.fix(format!("write `{instead}`")),
    }
}

/// Whether two ends are named; what is wrong with how is told of the range itself.
fn is_range(text: &str) -> bool {
    text.contains(" to ") || text.contains(['-', '–', '—'])
}
