//! What can be folded: items, pieces of evidence, texts over several lines, comments one below another.

use super::{Analysis, Range};
use crate::syntax::Kind;

/// What a fold hides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// An item or a clause.
    Region,
    /// Comments.
    Comment,
}

/// Every stretch of the first file that spans several lines and can be folded, in order.
pub fn folds(analysis: &Analysis) -> Vec<(Range, Fold)> {
    let text = analysis.text();
    let several = |range: &Range| text.get(range.clone()).is_some_and(|t| t.contains('\n'));
    let tree = &analysis.parsed().tree;
    let blocks = tree.iter().filter(|n| {
        matches!(
            n.kind(),
            Kind::block | Kind::rows | Kind::viewed | Kind::prose
        ) && several(&n.range())
    });
    let mut folds: Vec<(Range, Fold)> = blocks.map(|n| (n.range(), Fold::Region)).collect();
    let mut comments: Vec<Range> = Vec::new();
    for next in tree.comments() {
        let own_line = text[..next.start]
            .rsplit('\n')
            .next()
            .is_some_and(|before| before.trim().is_empty());
        match comments.last_mut() {
            Some(last) if own_line && is_next_line(&text[last.end..next.start]) => {
                last.end = next.end;
            }
            _ if own_line => comments.push(next),
            _ => {}
        }
    }
    let comments = comments.into_iter().filter(several);
    folds.extend(comments.map(|range| (range, Fold::Comment)));
    folds.sort_by_key(|(range, _)| (range.start, range.end));
    folds.dedup_by_key(|(range, _)| range.clone());
    folds
}

fn is_next_line(between: &str) -> bool {
    between.trim().is_empty() && between.matches('\n').count() == 1
}
