//! What is said of the thing under the cursor.

use super::diagnostics::Finding;
use super::place::word_at;
use super::{Analysis, Known, Range, explain, links, names, range};
use crate::lint::rules;
use crate::scales::{self, Scale};
use crate::strengths::{self, Strengths};
use crate::syntax::Kind;
use crate::syntax::ast::Item;
use crate::syntax::tree::NodeRef;
use crate::syntax::vocabulary;

/// What is said, in Markdown, and of which bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// In Markdown.
    pub text: String,
    /// What it is about.
    pub range: Range,
}

/// What is said of the thing at a byte.
pub fn hover(analysis: &Analysis, offset: usize, known: Option<Known<'_>>) -> Option<Hover> {
    let text = analysis.text();
    let offset = text.floor_char_boundary(offset);
    let path = analysis.path(offset);
    if let Some(comment) = path.iter().find(|n| n.kind() == Kind::comment) {
        return rule(text, comment.range(), offset);
    }
    if let Some((name, range)) = names::at(analysis, offset) {
        if let Some(declared) = names::declared(analysis).get(&name) {
            let text = explain::name(declared, known);
            return Some(Hover { text, range });
        }
        // `value` is asked for in prose, and declared nowhere; of what is unknown there is nothing to say.
        let prose = path.iter().rev().find(|n| n.kind() == Kind::placeholder)?;
        return answered(analysis, prose.range(), known?);
    }
    let within = |kind: Kind| path.iter().any(|n| n.kind() == kind);
    let innermost = |kind: Kind| path.iter().rev().find(|n| n.kind() == kind);
    if let Some(term) = innermost(Kind::term) {
        let word = text.get(term.range())?;
        let of_strength = || explain::strength(&strengths_of(analysis), word);
        let of_scale = || explain::word(&scale_of(analysis), word);
        let is_strength = within(Kind::weight) || within(Kind::strengths);
        let said = match is_strength {
            true => of_strength().or_else(of_scale),
            false => of_scale().or_else(of_strength),
        };
        return Some(Hover {
            text: said?,
            range: term.range(),
        });
    }
    if within(Kind::rated)
        && let Some(option) = innermost(Kind::option)
    {
        let (_, said) = explain::rating(text.get(option.range())?)?;
        return Some(Hover {
            text: said,
            range: option.range(),
        });
    }
    if let Some(placeholder) = innermost(Kind::placeholder) {
        return answered(analysis, placeholder.range(), known?);
    }
    if let Some(expect) = innermost(Kind::expect)
        && let Some(hover) = expected(analysis, expect.range(), known)
    {
        return Some(hover);
    }
    keyword(analysis, &path, offset, known)
}

/// A rule that an `allow` comment names.
fn rule(text: &str, comment: Range, offset: usize) -> Option<Hover> {
    let mut rules = links::allowed(text, comment).into_iter();
    let (range, target) = rules.find(|(r, _)| r.start <= offset && offset <= r.end)?;
    let links::Target::Rule(name) = target else {
        return None;
    };
    let text = rule_in_short(rules::find(name)?);
    Some(Hover { text, range })
}

fn rule_in_short(rule: &rules::Rule) -> String {
    let summary: Vec<&str> = rule.summary().split_whitespace().collect();
    let (group, level) = (rule.group.as_str(), rule.severity.as_str());
    let kind = match group == level {
        true => level.to_owned(),
        false => format!("{group}, {level}"),
    };
    format!("**{}** · {kind}\n\n{}", rule.name, summary.join(" "))
}

/// The rules behind the findings at a byte of the first file, each in short, once. A finding over several lines is about
/// all that stands in it, and is not repeated at each word.
pub fn findings(analysis: &Analysis, found: &[Finding], offset: usize) -> Option<Hover> {
    let own = analysis.paths().first()?;
    let text = analysis.text();
    let here = found.iter().filter(|f| {
        let at = &f.at.range;
        let is_here = f.at.path == *own && at.start <= offset && offset <= at.end;
        is_here && text.get(at.clone()).is_some_and(|t| !t.contains('\n'))
    });
    let mut names: Vec<&str> = Vec::new();
    let mut whole: Option<Range> = None;
    for finding in here {
        if !names.contains(&finding.rule) {
            names.push(finding.rule);
        }
        let at = &finding.at.range;
        whole = Some(match whole {
            None => at.clone(),
            Some(w) => w.start.max(at.start)..w.end.min(at.end),
        });
    }
    let each = names.iter().filter_map(|name| rules::find(name));
    let text: Vec<String> = each.map(rule_in_short).collect();
    Some(Hover {
        text: text.join("\n\n"),
        range: whole?,
    })
}

/// What a placeholder of prose becomes.
fn answered(analysis: &Analysis, range: Range, known: Known<'_>) -> Option<Hover> {
    let inner = analysis.text().get(range.clone())?.trim_matches(['{', '}']);
    let query = inner.split(':').next()?.trim();
    let day = known.numbers.day(query);
    let text = day.or_else(|| known.numbers.answer(query))?;
    Some(Hover { text, range })
}

/// An expectation: its value, and whether it holds.
fn expected(analysis: &Analysis, range: Range, known: Option<Known<'_>>) -> Option<Hover> {
    let known = known?;
    let text = super::hints::expectation(analysis, &range, known)?;
    Some(Hover { text, range })
}

/// The keyword of a clause or an item: how it is written and, of a weight, what it does.
fn keyword(
    analysis: &Analysis,
    path: &[NodeRef<'_>],
    offset: usize,
    known: Option<Known<'_>>,
) -> Option<Hover> {
    let text = analysis.text();
    let at = word_at(text, offset);
    let word = text.get(at.clone()).filter(|w| !w.is_empty())?;
    let begins = path.iter().rev().find(|n| n.range().start == at.start);
    let is_head = begins.is_some() || matches!(word, "for" | "against" | "of" | "outcome");
    if !is_head {
        return None;
    }
    if let Some(weight) = path.iter().rev().find(|n| n.kind() == Kind::weight)
        && let Some(said) = weighed(analysis, &weight.range(), known)
    {
        return Some(Hover {
            text: said,
            range: at,
        });
    }
    let item = vocabulary::items().find(|(key, _)| *key == word);
    let example = item
        .map(|(_, example)| example)
        .or_else(|| vocabulary::clause_example(word));
    let example = example.or_else(|| match word {
        "as" | "of" => vocabulary::clause_example("as of"),
        _ => None,
    })?;
    Some(Hover {
        text: format!("**{word}**\n\n```assess\n{example}\n```"),
        range: at,
    })
}

/// The driver whose weight stands at some bytes, and what it does.
fn weighed(analysis: &Analysis, weight: &Range, known: Option<Known<'_>>) -> Option<String> {
    let driver = analysis
        .parsed()
        .ast
        .items
        .iter()
        .find_map(|item| match item {
            Item::Driver(d) => {
                let own = range(d.span);
                (own.start <= weight.start && weight.end <= own.end).then_some(d)
            }
            _ => None,
        })?;
    let names = names::declared(analysis);
    Some(explain::name(names.get(&driver.name.node)?, known))
}

/// The scale by which the file is read, as far as that can be told.
pub(super) fn scale_of(analysis: &Analysis) -> Scale {
    if let Some(a) = analysis.assessment() {
        return a.scale.clone();
    }
    let items = analysis.parsed().ast.items.iter();
    let mut named = items.filter_map(|item| match item {
        Item::Assessment(a) => a.scale.as_ref(),
        _ => None,
    });
    let named = named.next_back().and_then(|name| scales::find(&name.node));
    named
        .or_else(|| scales::find(scales::DEFAULT))
        .unwrap_or(Scale {
            name: String::new(),
            terms: Vec::new(),
            nested: false,
        })
}

/// The strengths by which the file is read, as far as that can be told.
pub(super) fn strengths_of(analysis: &Analysis) -> Strengths {
    if let Some(a) = analysis.assessment() {
        return a.strengths.clone();
    }
    let items = analysis.parsed().ast.items.iter();
    let mut named = items.filter_map(|item| match item {
        Item::Assessment(a) => a.strengths.as_ref(),
        _ => None,
    });
    let named = named
        .next_back()
        .and_then(|name| strengths::find(&name.node));
    let default = || strengths::names().next().and_then(strengths::find);
    named.or_else(default).unwrap_or(Strengths {
        name: String::new(),
        words: Vec::new(),
    })
}
