//! `expect commitment leads in every horizon`: who leads, said in one sentence.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "expect commitment leads in every horizon",
        "expect commitment in every horizon: leads",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let line = piece.line().trim_end();
    let said = line.strip_prefix("expect")?;
    if head.word != "expect" || said.contains(':') {
        return None;
    }
    let (who, place) = said
        .split_once(" leads")
        .or_else(|| said.split_once(" to lead"))?;
    let query = format!("{}{place}", who.trim());
    let written = format!("expect {query}: leads");
    let found = piece
        .syntax(0..line.len(), "who leads stands behind the query")
        .label("a colon belongs before `leads`")
        .help(format!("write `{written}`"));
    let patch = piece.patch(0..line.len(), written.clone());
    Some(Repair::new(vec![patch], found).fix(format!("write `{written}`")))
}
