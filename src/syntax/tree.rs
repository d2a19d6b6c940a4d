//! The lossless tree: what the grammar read, as flat nodes in preorder, comments kept.
//!
//! In: text. Out: a [`Tree`] whose nodes and the gaps between them are the whole text, or the place
//! where an entry rule failed and what it expected there. Walking it never panics and never
//! recurses: a [`Cursor`] that meets another shape than it asked for says so.

use super::grammar::{Grammar, Kind};
use pest::Parser;
use pest::Token;
use pest::error::{ErrorVariant, InputLocation};
use std::ops::Range;

/// One node: 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The first node behind this one's subtree.
    pub(super) next: u32,
    pub(super) kind: Kind,
}

impl Kind {
    /// Whether it stands for what could not be read.
    pub(super) fn is_broken(self) -> bool {
        matches!(
            self,
            Kind::broken_value
                | Kind::broken_rest
                | Kind::broken_clause
                | Kind::broken_item
                | Kind::broken_placeholder
                | Kind::missing_brace
                | Kind::stray
        )
    }
}

/// The nodes of one text.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    /// Whether the text that was read was repaired before.
    repaired: bool,
}

/// Where a piece of text stopped being what an entry rule reads.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    /// The furthest byte reached.
    pub(super) at: usize,
    /// What might have stood there.
    pub(super) expected: Vec<Kind>,
}

/// A subtree was not of the shape that its lowering expects: a bug of ours.
#[derive(Debug, Clone, Copy)]
pub struct Mismatch {
    /// What the lowering asked for.
    pub(crate) wanted: &'static str,
    /// Where in the text.
    pub(crate) at: u32,
}

impl Tree {
    /// Reads `text` by the rule `entry`.
    pub(super) fn read(entry: Kind, text: &str) -> Result<Tree, Failure> {
        let pairs = Grammar::parse(entry, text).map_err(|error| Failure {
            at: match error.location {
                InputLocation::Pos(at) => at,
                InputLocation::Span((at, _)) => at,
            },
            expected: match error.variant {
                ErrorVariant::ParsingError { positives, .. } => positives,
                ErrorVariant::CustomError { message } => {
                    // Nothing but a limit on its steps stops pest halfway.
                    debug_assert!(false, "{message}");
                    Vec::new()
                }
            },
        })?;
        let mut nodes: Vec<Node> = Vec::with_capacity(text.len() / 8);
        let mut open: Vec<u32> = Vec::with_capacity(64);
        for token in pairs.tokens() {
            match token {
                Token::Start { rule, pos } => {
                    open.push(nodes.len() as u32);
                    // The sign of a comment is read before its rule is.
                    let sign = usize::from(rule == Kind::comment);
                    nodes.push(Node {
                        start: pos.pos().saturating_sub(sign) as u32,
                        end: 0,
                        next: 0,
                        kind: rule,
                    });
                }
                Token::End { pos, .. } => {
                    let next = nodes.len() as u32;
                    if let Some(node) = open.pop().and_then(|i| nodes.get_mut(i as usize)) {
                        node.end = pos.pos() as u32;
                        node.next = next;
                    }
                }
            }
        }
        Ok(Tree::of(nodes))
    }

    /// The tree of these nodes.
    pub(super) fn of(nodes: Vec<Node>) -> Tree {
        Tree {
            nodes,
            repaired: false,
        }
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Whether the very text of the file was read, and not one that was repaired.
    pub(super) fn is_plain(&self) -> bool {
        !self.repaired
    }

    /// The node of the entry rule; a tree that was never read has none.
    pub fn root(&self) -> Option<NodeRef<'_>> {
        (!self.nodes.is_empty()).then_some(NodeRef {
            tree: self,
            index: 0,
        })
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Every node in preorder.
    pub fn iter(&self) -> impl Iterator<Item = NodeRef<'_>> {
        (0..self.nodes.len() as u32).map(|index| NodeRef { tree: self, index })
    }

    /// The bytes of every comment, in order.
    pub fn comments(&self) -> impl Iterator<Item = Range<usize>> {
        let comments = self.iter().filter(|n| n.kind() == Kind::comment);
        comments.map(NodeRef::range)
    }

    /// Where the first item begins; none where there is no item.
    pub fn first_item(&self) -> Option<usize> {
        let item = self.root()?.children().peek()?;
        Some(item.range().start)
    }

    /// The bytes of the largest clause or block that begins at a byte.
    pub fn largest_at(&self, at: usize) -> Option<Range<usize>> {
        // The root is left out; in preorder no node begins before the one ahead of it.
        let below = self.nodes.get(1..)?;
        let first = below.partition_point(|n| (n.start as usize) < at);
        let node = below.get(first).filter(|n| n.start as usize == at)?;
        Some(node.start as usize..node.end as usize)
    }

    /// Moves every place by `place`, where the tree was read from a repaired text.
    pub(super) fn relocate(&mut self, place: impl Fn(usize) -> usize) {
        self.repaired = true;
        for node in &mut self.nodes {
            node.start = place(node.start as usize) as u32;
            node.end = place(node.end as usize) as u32;
        }
    }
}

/// A node in its tree.
#[derive(Debug, Clone, Copy)]
pub struct NodeRef<'t> {
    tree: &'t Tree,
    index: u32,
}

impl<'t> NodeRef<'t> {
    fn node(self) -> Node {
        self.tree.nodes[self.index as usize]
    }

    /// The rule that read it.
    pub fn kind(self) -> Kind {
        self.node().kind
    }

    /// Its bytes.
    pub fn range(self) -> Range<usize> {
        let node = self.node();
        node.start as usize..node.end as usize
    }

    /// Whether nothing below it, and not it itself, is broken.
    pub fn is_whole(self) -> bool {
        let nodes = &self.tree.nodes[self.index as usize..self.node().next as usize];
        !nodes.iter().any(|node| node.kind.is_broken())
    }

    /// Whether nothing stands below it.
    pub fn is_leaf(self) -> bool {
        self.node().next == self.index + 1
    }

    /// Its children.
    pub fn children(self) -> Cursor<'t> {
        Cursor {
            tree: self.tree,
            index: self.index + 1,
            end: self.node().next,
            at: self.node().start,
        }
    }
}

/// Walks the children of a node in order, over comments.
#[derive(Debug, Clone)]
pub struct Cursor<'t> {
    tree: &'t Tree,
    index: u32,
    end: u32,
    at: u32,
}

impl<'t> Cursor<'t> {
    /// The next child, without taking it.
    pub fn peek(&self) -> Option<NodeRef<'t>> {
        let mut index = self.index;
        while index < self.end {
            let node = self.tree.nodes[index as usize];
            if !matches!(node.kind, Kind::comment | Kind::EOI) {
                return Some(NodeRef {
                    tree: self.tree,
                    index,
                });
            }
            index = node.next;
        }
        None
    }

    /// The kind of the next child.
    pub fn peek_kind(&self) -> Option<Kind> {
        self.peek().map(NodeRef::kind)
    }

    /// The next child, if it is a `kind`.
    pub fn maybe(&mut self, kind: Kind) -> Option<NodeRef<'t>> {
        let node = self.peek().filter(|n| n.kind() == kind)?;
        self.take(node);
        Some(node)
    }

    /// The next child, which must be a `kind`.
    ///
    /// # Errors
    ///
    /// Where it is another, or there is none.
    pub fn one(&mut self, kind: Kind, wanted: &'static str) -> Result<NodeRef<'t>, Mismatch> {
        self.maybe(kind).ok_or(Mismatch {
            wanted,
            at: self.at,
        })
    }

    /// The next child, whatever it is.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub fn any(&mut self, wanted: &'static str) -> Result<NodeRef<'t>, Mismatch> {
        self.next().ok_or(Mismatch {
            wanted,
            at: self.at,
        })
    }

    /// The next children, as long as they are a `kind`.
    pub fn many(&mut self, kind: Kind) -> Vec<NodeRef<'t>> {
        std::iter::from_fn(|| self.maybe(kind)).collect()
    }

    /// Checks that no child is left.
    ///
    /// # Errors
    ///
    /// Where one is.
    pub fn finish(self, wanted: &'static str) -> Result<(), Mismatch> {
        match self.peek() {
            None => Ok(()),
            Some(node) => Err(Mismatch {
                wanted,
                at: node.node().start,
            }),
        }
    }

    fn take(&mut self, node: NodeRef<'t>) {
        self.index = node.node().next;
        self.at = node.node().end;
    }
}

impl<'t> Iterator for Cursor<'t> {
    type Item = NodeRef<'t>;
    fn next(&mut self) -> Option<NodeRef<'t>> {
        let node = self.peek()?;
        self.take(node);
        Some(node)
    }
}
