//! `at most 1 in 10`, `price: 1 in 10`: odds in words, where a percentage belongs.

use super::odds::share_at_end;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "expect exit by long: at most 1 in 10",
        "expect exit by long: at most 10%",
    ),
    made: &[Made::Demand(demanded), Made::Price(paid)],
};

/// Where a bound has to stand before the number.
fn demanded(piece: &Piece<'_, '_>) -> Option<Repair> {
    let (at, share) = share_at_end(piece.text)?;
    let bound = piece.text[..at].trim_end();
    if !bound.is_empty() {
        return Some(percentage(piece, at, bound, &share));
    }
    // Either bound makes it readable; which is meant is for the author to say.
    let found = unreadable(piece, at, &share)
        .label("a computed chance is never exactly a number")
        .help(format!(
            "say how far off it may be, as in `10% to 20%`, or write `at least {share}` or `at most {share}`"
        ));
    let patch = piece.patch(at..piece.text.len(), format!("at least {share}"));
    Some(Repair::new(vec![patch], found))
}

/// Where a number stands without a bound.
fn paid(piece: &Piece<'_, '_>) -> Option<Repair> {
    let (at, share) = share_at_end(piece.text)?;
    (at == 0).then(|| percentage(piece, at, "", &share))
}

fn percentage(piece: &Piece<'_, '_>, at: usize, bound: &str, share: &str) -> Repair {
    let meant = format!("{bound} {share}");
    let found = unreadable(piece, at, share)
        .label("a percentage belongs here")
        .help(format!("write `{}`", meant.trim_start()));
    let patch = piece.patch(at..piece.text.len(), share);
    Repair::new(vec![patch], found).fix(format!("write `{share}`"))
}

fn unreadable(piece: &Piece<'_, '_>, at: usize, share: &str) -> crate::diag::Diagnostic {
    let written = &piece.text[at..];
    let message = format!("`{written}` is written `{share}`");
    piece.syntax(at..piece.text.len(), message)
}
