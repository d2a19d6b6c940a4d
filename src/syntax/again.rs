//! Reading a text again that differs in one place from one that was read before.
//!
//! In: both texts and the tree of the first. Out: the tree of the second, of which only the items
//! around the place were read; none where that cannot be told from them alone. A text is a list of
//! items, and what is whole looks no further than the beginning of the item behind it. So the item
//! before the place and the one behind it are read along: where the latter comes out as it was, so does
//! all that follows it.

use super::grammar::Kind;
use super::tree::{Node, Tree};

/// The tree of `text`, told that of `before`.
pub(super) fn tree(before: &str, known: &Tree, text: &str) -> Option<Tree> {
    if !known.is_plain() {
        return None;
    }
    let old = known.nodes();
    let root = old.first()?;
    if before.len() != root.end as usize || text.len() > u32::MAX as usize {
        return None;
    }
    let start = alike_from_the_front(before.as_bytes(), text.as_bytes());
    let most = before.len().min(text.len()) - start;
    let end = alike_from_the_back(before.as_bytes(), text.as_bytes()).min(most);
    // Where the texts are alike again.
    let behind = (before.len() - end) as u32;

    let tops = Tops { nodes: old, at: 1 };
    let mut items = tops.filter(|&at| !matches!(old[at].kind, Kind::comment | Kind::EOI));
    // The last item that ends before the place, and the first that begins behind it.
    let mut first: Option<usize> = None;
    let mut guard: Option<usize> = None;
    for at in items.by_ref() {
        if (old[at].end as usize) < start {
            first = Some(at);
        } else if old[at].start > behind {
            guard = Some(at);
            break;
        }
    }
    let rest = guard.and_then(|_| items.next());
    // What is broken may have been looked at from far away.
    let is_kept = |node: &Node| !node.kind.is_broken();
    let head = first.unwrap_or(1);
    let tail = rest.unwrap_or(old.len() - 1);
    if !old[..head].iter().chain(&old[tail..]).all(is_kept) {
        return None;
    }
    let moved = |at: u32| (at as usize + text.len() - before.len()) as u32;
    let from = first.map_or(0, |at| old[at].start as usize);
    let to = rest.map_or(text.len(), |at| moved(old[at].start) as usize);
    if to - from > text.len() / 2 {
        return None;
    }
    let middle = Tree::read(Kind::file, text.get(from..to)?).ok()?;
    let middle = middle.nodes();
    // Without its root and the end of its text.
    let inner = middle.get(1..middle.len().checked_sub(1)?)?;
    if !inner.iter().all(is_kept) {
        return None;
    }
    let place = |node: &Node, by: i64, count: i64| Node {
        start: (i64::from(node.start) + by) as u32,
        end: (i64::from(node.end) + by) as u32,
        next: (i64::from(node.next) + count) as u32,
        kind: node.kind,
    };
    let mut nodes: Vec<Node> = Vec::with_capacity(head + inner.len() + old.len() - tail);
    nodes.extend_from_slice(&old[..head]);
    let count = head as i64 - 1;
    nodes.extend(inner.iter().map(|n| place(n, from as i64, count)));
    let by = text.len() as i64 - before.len() as i64;
    let count = nodes.len() as i64 - tail as i64;
    if let (Some(guard), Some(_)) = (guard, rest) {
        // The guard, and the comments behind it.
        let found = nodes.len().checked_sub(tail - guard)?;
        let guarded = old[guard..tail].iter().map(|n| place(n, by, count));
        if found < head || !guarded.eq(nodes[found..].iter().copied()) {
            return None;
        }
    }
    nodes.extend(old[tail..].iter().map(|n| place(n, by, count)));
    let len = nodes.len() as u32;
    let root = nodes.first_mut()?;
    (root.end, root.next) = (text.len() as u32, len);
    Some(Tree::of(nodes))
}

/// The children of the root.
struct Tops<'n> {
    nodes: &'n [Node],
    at: usize,
}

impl Iterator for Tops<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let at = self.at;
        let node = self.nodes.get(at)?;
        self.at = node.next as usize;
        Some(at)
    }
}

/// So many bytes are compared at once.
const BLOCK: usize = 64;

/// How many bytes two texts begin with alike.
fn alike_from_the_front(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.chunks_exact(BLOCK).zip(other.chunks_exact(BLOCK));
    let whole = BLOCK * blocks.take_while(|(a, b)| a == b).count();
    let rest = one[whole..].iter().zip(&other[whole..]);
    whole + rest.take_while(|(a, b)| a == b).count()
}

/// How many bytes two texts end with alike.
fn alike_from_the_back(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.rchunks_exact(BLOCK).zip(other.rchunks_exact(BLOCK));
    let whole = BLOCK * blocks.take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - whole], &other[..other.len() - whole]);
    let rest = one.iter().rev().zip(other.iter().rev());
    whole + rest.take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Parsed, parse, parse_again};
    use crate::text::source::FileId;
    use proptest::prelude::*;

    const TEXT: &str = include_str!("../../assessments/nato.assess");

    /// What stands in place of a piece of text.
    const PIECES: &[&str] = &[
        "",
        "x",
        "\n",
        " ",
        "{",
        "}",
        "\"",
        "# ",
        ",",
        ":",
        "factor x",
        "\n\n",
        "é",
        "\"\"\"",
        "\r",
        "=",
        "\noutcome b \"B\"\n",
        "\n# a remark\n",
        "and",
        "1",
        "{ }",
        "\nuse \"a.assess\": b,\n",
        "not",
    ];

    fn same(before: &str, known: &Parsed, text: &str) -> Parsed {
        let afresh = parse(FileId(0), text);
        let again = parse_again(FileId(0), text, (before, known));
        let (one, other) = (afresh.tree.nodes(), again.tree.nodes());
        assert_eq!(one, other, "the tree of {text}");
        assert_eq!(format!("{:?}", afresh.ast), format!("{:?}", again.ast));
        let said = |p: &Parsed| format!("{:?}", p.diagnostics);
        assert_eq!(said(&afresh), said(&again));
        again
    }

    #[test]
    fn most_of_a_text_is_not_read_again() {
        let known = parse(FileId(0), TEXT);
        for (old, new) in [("35%", "36%"), ("Allies", "All allies"), ("# ", "# x")] {
            let text = TEXT.replacen(old, new, 1);
            assert_ne!(text, TEXT);
            assert!(tree(TEXT, &known.tree, &text).is_some(), "{old} → {new}");
            same(TEXT, &known, &text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 48 } else { 4_000 }))]

        #[test]
        fn what_is_read_again_is_what_is_read_afresh(
            edits in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..12, 0..PIECES.len()), 1..6)
        ) {
            let mut text = TEXT.to_owned();
            let mut known = parse(FileId(0), &text);
            for (at, length, piece) in edits {
                let start = text.floor_char_boundary(at.index(text.len()));
                let end = text.floor_char_boundary(start + length).max(start);
                let mut next = text.clone();
                next.replace_range(start..end, PIECES[piece]);
                known = same(&text, &known, &next);
                text = next;
            }
        }
    }
}
