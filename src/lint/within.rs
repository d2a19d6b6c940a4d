//! What a finding stands in: the sentence of prose, or the clause.
//!
//! In: a file's text, and places in it. Out: the sentence or clause around each, blanks made one, so
//! that the same word in another sentence is another finding, and one that only moved is the same.
//! Broken text is read as far as it can be.

use super::identity::told;
use super::prose::passage::join_lines;
use super::prose::sentences;
use crate::syntax::tree::Tree;
use crate::syntax::{Kind, is_clause, parse};
use crate::text::source::{FileId, Source, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The sentence or clause around a finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    /// Neither: it stands at the head of its item.
    #[default]
    Head,
    /// A sentence of prose, or of a title.
    Sentence(String),
    /// A clause; of a piece of evidence its title, and the clause in it.
    Clause(String),
}

/// The sentences and clauses of one file.
pub(super) struct Places<'a> {
    source: &'a Source,
    tree: Tree,
    nodes: Vec<Node>,
    /// The sentences of prose that was asked for, by where it begins.
    cut: BTreeMap<usize, Vec<Range<usize>>>,
}

struct Node {
    range: Range<usize>,
    sort: Sort,
    /// The node around it, by its number.
    parent: Option<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Prose,
    Evidence,
    Clause,
}

fn sort(kind: Kind) -> Option<Sort> {
    Some(match kind {
        Kind::prose | Kind::string => Sort::Prose,
        Kind::evidence => Sort::Evidence,
        // These only hold another clause.
        Kind::clause | Kind::row_clause => return None,
        Kind::row | Kind::broken_clause => Sort::Clause,
        kind if is_clause(kind) => Sort::Clause,
        _ => return None,
    })
}

impl<'a> Places<'a> {
    pub(super) fn of(file: FileId, source: &'a Source) -> Self {
        let tree = parse(file, &source.text).tree;
        let mut nodes: Vec<Node> = Vec::new();
        let mut around: Vec<usize> = Vec::new();
        for node in tree.iter() {
            let range = node.range();
            while around
                .last()
                .is_some_and(|&n| nodes[n].range.end < range.end)
            {
                around.pop();
            }
            if let Some(sort) = sort(node.kind()) {
                let parent = around.last().copied();
                around.push(nodes.len());
                nodes.push(Node {
                    range,
                    sort,
                    parent,
                });
            }
        }
        Places {
            source,
            tree,
            nodes,
            cut: BTreeMap::new(),
        }
    }

    /// What a place stands in.
    pub(super) fn within(&mut self, span: Span) -> Within {
        let (start, end) = (span.start as usize, span.end as usize);
        if self.tree.is_empty() {
            // Nothing could be read.
            let line = self.source.line(self.source.position(start).line);
            return Within::Clause(told(line));
        }
        let mut at = self.nodes.partition_point(|n| n.range.start <= start);
        while at > 0 {
            let node = &self.nodes[at - 1];
            if node.range.end >= end.max(start + 1) {
                let (range, sort) = (node.range.clone(), node.sort);
                return match sort {
                    Sort::Prose => Within::Sentence(self.sentence(range, start..end)),
                    _ => Within::Clause(self.clause(at - 1)),
                };
            }
            at = node.parent.map_or(0, |parent| parent + 1);
        }
        Within::Head
    }

    /// The words outside quotes and comments: those that a name can be.
    pub(super) fn words(&self) -> BTreeSet<&'a str> {
        let leaves = self.tree.iter().filter(|n| n.is_leaf());
        let code = leaves.filter(|n| {
            !matches!(
                n.kind(),
                Kind::string | Kind::comment | Kind::block_text | Kind::line_text
            )
        });
        let texts = code.map(|n| &self.source.text[n.range()]);
        texts.flat_map(words).collect()
    }

    fn sentence(&mut self, prose: Range<usize>, place: Range<usize>) -> String {
        let text = &self.source.text;
        let cut = self.cut.entry(prose.start).or_insert_with(|| {
            let quoted = &text[prose.clone()];
            let inner = quoted.trim_matches('"');
            let start = prose.start + (quoted.len() - quoted.trim_start_matches('"').len());
            cut(inner, start)
        });
        let first = cut.partition_point(|range| range.end <= place.start);
        let last = cut.partition_point(|range| range.start < place.end);
        let first = first.min(cut.len().saturating_sub(1));
        let range = match cut.get(first..last.max(first + 1)) {
            Some([one]) => one.clone(),
            Some([one, .., other]) => one.start..other.end,
            _ => prose,
        };
        told(&text[range])
    }

    fn clause(&self, at: usize) -> String {
        let text = |node: &Node| &self.source.text[node.range.clone()];
        let node = &self.nodes[at];
        let around = node.parent.map(|parent| &self.nodes[parent]);
        match (node.sort, around) {
            (Sort::Evidence, _) => told(head(text(node))),
            (_, Some(around)) if around.sort == Sort::Evidence => {
                told(&format!("{}: {}", head(text(around)), text(node)))
            }
            _ => told(text(node)),
        }
    }
}

/// A clause up to its block.
fn head(clause: &str) -> &str {
    let title = clause.find('"').map_or(0, |at| at + 1);
    let end = clause[title..]
        .find('"')
        .map_or(clause.len(), |at| title + at + 1);
    &clause[..end]
}

/// The sentences of a prose that begins at `start`.
fn cut(prose: &str, start: usize) -> Vec<Range<usize>> {
    let mut bytes = prose.as_bytes().to_vec();
    join_lines(&mut bytes);
    let joined = String::from_utf8(bytes).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = start;
    for paragraph in joined.split_inclusive('\n') {
        found.extend(
            sentences(paragraph)
                .into_iter()
                .map(|r| at + r.start..at + r.end),
        );
        at += paragraph.len();
    }
    found
}

/// The words of a text, signs left out.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let word = |c: char| c == '_' || c.is_alphanumeric();
    text.split(move |c| !word(c)).filter(|w| !w.is_empty())
}
