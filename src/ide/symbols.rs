//! The items of a file, as an outline.

use super::names;
use super::{Analysis, Range, range};
use crate::syntax::ast::{self, Item};

/// What kind of thing a symbol is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The assessment's own block, and sections.
    Section,
    /// What has a name.
    Named(names::Sort),
    /// The prior.
    Prior,
    /// A bet or an expectation.
    Claim,
    /// A scale, or strengths.
    Words,
    /// A piece of evidence.
    Evidence,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its name, or its title.
    pub name: String,
    /// Its title, where it has a name as well.
    pub detail: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// All of it.
    pub range: Range,
    /// What names it.
    pub selection: Range,
    /// What stands in it.
    pub children: Vec<Symbol>,
}

/// The items of the first file.
pub fn symbols(analysis: &Analysis) -> Vec<Symbol> {
    let items = analysis.parsed().ast.items.iter();
    items.filter_map(|item| symbol(analysis, item)).collect()
}

fn symbol(analysis: &Analysis, item: &Item) -> Option<Symbol> {
    let leaf = |name: String, kind, span, selection| Symbol {
        name,
        detail: None,
        kind,
        range: range(span),
        selection: range(selection),
        children: Vec::new(),
    };
    if let Some(declared) = names::own(item) {
        let children = match item {
            Item::Driver(d) => evidence(&d.evidence),
            Item::View(v) => restated(v),
            Item::Question(q) => answers(q),
            _ => Vec::new(),
        };
        return Some(named(declared, children));
    }
    Some(match item {
        Item::Assessment(a) => leaf(a.title.node.clone(), Kind::Section, a.span, a.title.span),
        Item::Section(s) => leaf(s.title.node.clone(), Kind::Section, s.span, s.title.span),
        Item::Judgement(j) => leaf(j.title.node.clone(), Kind::Claim, j.span, j.title.span),
        Item::Bet(b) => leaf(b.title.node.clone(), Kind::Claim, b.span, b.title.span),
        Item::Expect(e) => {
            let text = analysis.project.sources.text(e.query.span);
            leaf(text.to_owned(), Kind::Claim, e.span, e.query.span)
        }
        Item::Prior(p) => prior(p),
        Item::Scale(s) => leaf(s.name.node.clone(), Kind::Words, s.span, s.name.span),
        Item::Strengths(s) => {
            let name = s.name.as_ref();
            let at = name.map_or(s.span.at_start(), |n| n.span);
            let name = name.map_or("strengths".to_owned(), |n| n.node.clone());
            leaf(name, Kind::Words, s.span, at)
        }
        Item::Impacts(i) => {
            let words: Vec<&str> = i.words.iter().map(|w| w.node.as_str()).collect();
            Symbol {
                detail: Some(words.join(", ")),
                ..leaf("impacts".to_owned(), Kind::Words, i.span, i.span.at_start())
            }
        }
        Item::Risk(r) => leaf("risk".to_owned(), Kind::Words, r.span, r.span.at_start()),
        Item::Resolved(r) => {
            let text = analysis.project.sources.text(r.span);
            let text = text.strip_prefix("resolved:").unwrap_or(text).trim();
            leaf(
                format!("resolved: {text}"),
                Kind::Claim,
                r.span,
                r.span.at_start(),
            )
        }
        // These tie things together, and are none.
        _ => return None,
    })
}

fn named(declared: names::Declared, children: Vec<Symbol>) -> Symbol {
    Symbol {
        name: declared.name,
        detail: declared.title,
        kind: Kind::Named(declared.sort),
        range: declared.item,
        selection: declared.at,
        children,
    }
}

fn prior(prior: &ast::Prior) -> Symbol {
    Symbol {
        name: "prior".to_owned(),
        detail: prior.title.as_ref().map(|t| t.node.clone()),
        kind: Kind::Prior,
        range: range(prior.span),
        selection: range(prior.keyword),
        children: evidence(&prior.evidence),
    }
}

/// The outcomes of a question, and what is thought of them.
fn answers(question: &ast::Question) -> Vec<Symbol> {
    let outcomes = question.outcomes.iter().map(names::of_outcome);
    let outcomes = outcomes.map(|o| named(o, Vec::new()));
    let mut all: Vec<Symbol> = outcomes.chain(question.priors.iter().map(prior)).collect();
    all.sort_by_key(|s| s.range.start);
    all
}

/// What a view says otherwise, thing by thing.
fn restated(view: &ast::View) -> Vec<Symbol> {
    let each = view.says.iter().map(|said| match said {
        ast::Restated::Driver(d) => Symbol {
            name: d.name.node.clone(),
            detail: d.title.as_ref().map(|t| t.node.clone()),
            kind: Kind::Named(d.kind.into()),
            range: range(d.span),
            selection: range(d.name.span),
            children: evidence(&d.evidence),
        },
        ast::Restated::Prior(p) => prior(p),
        ast::Restated::Chance { span, name, .. } => Symbol {
            name: name.node.clone(),
            detail: None,
            kind: Kind::Named(names::Sort::Event),
            range: range(*span),
            selection: range(name.span),
            children: Vec::new(),
        },
    });
    each.collect()
}

fn evidence(list: &[ast::Evidence]) -> Vec<Symbol> {
    let each = list.iter().map(|e| Symbol {
        name: e.text.node.clone(),
        detail: e.source.as_ref().map(|s| s.node.clone()),
        kind: Kind::Evidence,
        range: range(e.span),
        selection: range(e.text.span),
        children: Vec::new(),
    });
    each.collect()
}
