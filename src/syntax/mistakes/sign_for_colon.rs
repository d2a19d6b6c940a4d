//! `expect exit by long >= 20%`: a sign in the place of the colon.

use super::sign_of_bound::{Sign, written_out};
use super::{Head, Made, Mistake, Piece};
use crate::syntax::patch::Patch;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "expect exit by long >= 20%",
        "expect exit by long: at least 20%",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let line = piece.line();
    if head.word != "expect" || line.contains(':') {
        return None;
    }
    let blanks = line.match_indices(' ').map(|(i, _)| i + 1);
    let signs = line
        .match_indices(['<', '>', '=', '≤', '≥', '~'])
        .map(|(i, _)| i);
    let mut places: Vec<usize> = blanks.chain(signs).collect();
    places.sort_unstable();
    let (at, sign) = places
        .into_iter()
        .take(32)
        .filter(|at| !line[*at..].starts_with("in "))
        .find_map(|at| Some((at, Sign::of(&line[at..])?)))?;
    let head = line[..at].trim_end();
    let glue = Patch::new(piece.at(head.len()..at), ": ");
    let mut repair = written_out(&piece.part(at..line.len()), sign, head.trim());
    repair.patches.insert(0, glue);
    Some(repair)
}
