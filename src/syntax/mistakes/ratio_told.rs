//! `LR 3`, `likelihood ratio of 3`, `Bayes factor 3`: a ratio by its name.

use super::piece::is_number;
use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::Want;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { weight for a: LR 3 }",
        "factor f { weight for a: 3:1 }",
    ),
    made: &[Made::Value(look)],
};

/// What a likelihood ratio is called.
const NAMES: [&str; 7] = [
    "likelihood ratio",
    "bayes factor",
    "odds ratio",
    "ratio",
    "lr",
    "bf",
    "or",
];

fn look(piece: &Piece<'_, '_>, want: Want) -> Option<Repair> {
    if want != Want::Strength {
        return None;
    }
    let text = piece.text;
    let lower = text.to_ascii_lowercase();
    let name = NAMES.iter().find(|name| lower.starts_with(**name))?;
    let rest = text.get(name.len()..)?.trim_start_matches([' ', '=', ':']);
    let rest = rest.strip_prefix("of ").unwrap_or(rest);
    let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, behind) = rest.split_at(digits.unwrap_or(rest.len()));
    if !is_number(number) || behind.starts_with(':') || behind.trim_start().starts_with("dB") {
        return None;
    }
    let place = 0..text.len() - behind.len();
    let found = piece
        .syntax(place.clone(), format!("a ratio is written `{number}:1`"))
        .label("how many times as likely")
        .help(format!("write `{number}:1`"));
    let repair = Repair::new(vec![piece.patch(place, format!("{number}:1"))], found);
    // An odds ratio is no likelihood ratio.
    let plain = !matches!(*name, "odds ratio" | "or" | "ratio");
    Some(repair.fix(format!("write `{number}:1`")).only_if(plain))
}
