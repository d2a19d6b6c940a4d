//! `# allow(stale, until 2026-01-31): awaiting the annual report`: reading such comments.
//!
//! In: a file's text and tree. Out: every [`Allow`] with the place that it is for, or what keeps it
//! from allowing anything. Whether it is used is decided in `suppress`.

use crate::diag::rules::{Group, Rule};
use crate::diag::{Diagnostic, Fix, suggest};
use crate::limits;
use crate::lint::rules;
use crate::syntax::tree::Tree;
use crate::text::source::{FileId, Span};
use jiff::civil::Date;
use std::cell::Cell;
use std::ops::Range;

/// One comment that allows something.
#[derive(Debug, Clone)]
pub struct Allow {
    /// The comment.
    pub(crate) span: Span,
    /// The rules that it names.
    pub(crate) rules: Vec<Allowed>,
    /// Whether every name in it was understood.
    pub(crate) is_whole: bool,
    /// The last day on which it holds, and where that stands.
    pub(crate) until: Option<(Date, Span)>,
    /// What its words are for: a clause, a block, the whole file.
    pub(crate) scope: Span,
    /// Its line with the line's end, to be deleted whole.
    pub(crate) line: Span,
    /// Why, in the author's words.
    pub(crate) reason: String,
}

/// One rule of an `allow` comment.
#[derive(Debug, Clone, Copy)]
pub struct Allowed {
    pub(crate) rule: &'static Rule,
    /// Its name.
    pub(crate) span: Span,
    /// Its name and one comma, to be deleted alone.
    pub(crate) cut: Span,
}

/// What stands between an `allow` comment's parentheses.
#[derive(Default)]
struct Names {
    allowed: Vec<Allowed>,
    until: Option<(Date, Span)>,
    is_whole: bool,
}

impl Allow {
    /// Whether it no longer holds on a day.
    pub fn is_expired(&self, today: Option<Date>) -> bool {
        matches!((self.until, today), (Some((until, _)), Some(today)) if today > until)
    }
}

/// All `allow` comments of a file, and what is wrong with those that allow nothing.
pub fn find(file: FileId, text: &str, tree: &Tree) -> (Vec<Allow>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut mistakes = Vec::new();
    let below = Cell::new(0..0);
    let comments = tree.comments().map(|range| Comment {
        file,
        text,
        range,
        below: &below,
    });
    let allows = comments.filter_map(|comment| Some((comment.body()?, comment)));
    for (n, (body, comment)) in allows.enumerate() {
        if n == limits::ALLOWS {
            let span = comment.span(comment.range.clone());
            mistakes.push(limits::too_many(span, "`allow` comments", limits::ALLOWS));
            break;
        }
        match comment.read(body, tree, &mut mistakes) {
            Ok(allow) => found.extend(allow),
            Err(mistake) => mistakes.push(*mistake),
        }
    }
    (found, mistakes)
}

struct Comment<'a> {
    file: FileId,
    text: &'a str,
    range: Range<usize>,
    /// Lines of comments that another comment was found to stand above, so that a long stack of
    /// them is read once.
    below: &'a Cell<Range<usize>>,
}

impl Comment<'_> {
    /// Where what follows `allow(` begins, in a comment that begins so.
    fn body(&self) -> Option<usize> {
        let comment = &self.text[self.range.clone()];
        let rest = comment.trim_start_matches('#').trim_start();
        let word = rest.get(..5)?;
        let rest = rest[5..].trim_start();
        let begins = word.eq_ignore_ascii_case("allow") && rest.starts_with('(');
        begins.then(|| self.range.end - rest.len() + 1)
    }

    /// The comment's meaning; none where it is clear that it can have none.
    fn read(
        &self,
        body: usize,
        tree: &Tree,
        mistakes: &mut Vec<Diagnostic>,
    ) -> Result<Option<Allow>, Box<Diagnostic>> {
        let rest = &self.text[body..self.range.end];
        let Some(close) = rest.find(')') else {
            return Err(self.mistake(
                self.range.clone(),
                "this `allow` is not closed",
                "write it as `# allow(stale): awaiting the annual report`",
            ));
        };
        let (names, after) = (&rest[..close], rest[close + 1..].trim());
        let names = self.names(body, names, mistakes)?;
        let reason = after.strip_prefix(':').unwrap_or_default().trim();
        if reason.is_empty() {
            let help = match after.strip_prefix(':') {
                None if !after.is_empty() => "write a colon before the reason",
                _ => "say why after a colon: `# allow(stale): awaiting the annual report`",
            };
            return Err(self.mistake(
                self.range.clone(),
                "this `allow` gives no reason, and so allows nothing",
                help,
            ));
        }
        let scope = self.scope(tree)?;
        if names.allowed.is_empty() {
            return Ok(None);
        }
        let line = self.line();
        Ok(Some(Allow {
            span: self.span(self.range.clone()),
            rules: names.allowed,
            is_whole: names.is_whole,
            until: names.until,
            scope,
            line: self.span(line),
            reason: reason.to_owned(),
        }))
    }

    /// The rules and the date between the parentheses; a name that is wrong is reported and left out.
    fn names(
        &self,
        body: usize,
        names: &str,
        mistakes: &mut Vec<Diagnostic>,
    ) -> Result<Names, Box<Diagnostic>> {
        let mut end = body;
        let parts = names.split(',').map(|part| {
            let start = end + part.len() - part.trim_start().len();
            end += part.len() + 1;
            start..start + part.trim().len()
        });
        let parts: Vec<Range<usize>> = parts.filter(|part| !part.is_empty()).collect();
        let mut found = Names {
            is_whole: true,
            ..Names::default()
        };
        for (n, part) in parts.iter().enumerate() {
            let name = &self.text[part.clone()];
            if let Some(date) = name.strip_prefix("until ") {
                let date = date.trim();
                let Ok(date) = date.parse::<Date>() else {
                    return Err(self.mistake(
                        part.clone(),
                        &format!("`{date}` is not a date"),
                        "write the last day on which it holds as `until 2026-01-31`",
                    ));
                };
                found.until = Some((date, self.span(part.clone())));
                continue;
            }
            let cut = match (
                parts.get(n + 1),
                n.checked_sub(1).and_then(|n| parts.get(n)),
            ) {
                (Some(next), _) => part.start..next.start,
                (None, Some(before)) => before.end..part.end,
                (None, None) => part.clone(),
            };
            match self.rule(name, part.clone()) {
                Ok(rule) => found.allowed.push(Allowed {
                    rule,
                    span: self.span(part.clone()),
                    cut: self.span(cut),
                }),
                Err(mistake) => {
                    found.is_whole = false;
                    mistakes.push(*mistake);
                }
            }
        }
        if found.allowed.is_empty() && found.is_whole {
            return Err(self.mistake(
                self.range.clone(),
                "this `allow` names no rule",
                "name the rule that it is about, as in `# allow(stale): awaiting the annual report`",
            ));
        }
        Ok(found)
    }

    fn rule(&self, name: &str, range: Range<usize>) -> Result<&'static Rule, Box<Diagnostic>> {
        let meta = [&rules::UNUSED_ALLOW, &rules::EXPIRED_ALLOW];
        match rules::find(name) {
            Some(rule) if rule.group == Group::Error => Err(self.mistake(
                range,
                &format!("`{name}` is an error and cannot be allowed"),
                "fix the error; a file with errors has no verdict",
            )),
            Some(rule) if meta.contains(&rule) => Err(self.mistake(
                range,
                &format!("`{name}` is about comments such as this one and cannot be allowed"),
                "switch it off in `assess.toml`",
            )),
            Some(rule) => Ok(rule),
            None if Group::ALL.iter().any(|g| g.as_str() == name) => Err(self.mistake(
                range,
                &format!("`{name}` is a group of rules"),
                "name each rule that is allowed here",
            )),
            None => {
                let allowable = rules::ALL.iter().filter(|r| r.group != Group::Error);
                let near = suggest::nearest(name, allowable.map(|r| r.name));
                let help = suggest::did_you_mean(&near);
                let span = self.span(range.clone());
                let help = help.unwrap_or_else(|| "`assess rule` lists the rules".to_owned());
                let mut mistake = self.mistake(range, &format!("there is no rule `{name}`"), &help);
                if let Some(only) = suggest::surely(name, &near) {
                    mistake
                        .fixes
                        .push(Fix::safe(format!("write `{only}`"), span, only));
                }
                Err(mistake)
            }
        }
    }

    /// What the comment is for.
    fn scope(&self, tree: &Tree) -> Result<Span, Box<Diagnostic>> {
        let line = self.line();
        let before = &self.text[line.start..self.range.start];
        if !before.trim_start_matches('\u{feff}').trim().is_empty() {
            return Err(self.mistake(
                self.range.clone(),
                "this `allow` follows something on its line, and so allows nothing",
                "put it on a line of its own, above the clause or block that it is about",
            ));
        }
        if tree
            .first_item()
            .is_none_or(|first| self.range.start < first)
        {
            return Ok(self.span(0..self.text.len()));
        }
        let start = self.below_comments(line.end);
        let text = self.text[start..].split('\n').next().unwrap_or_default();
        let words = text.trim();
        if !words.is_empty() && !words.starts_with('}') {
            let at = start + text.len() - text.trim_start().len();
            let scope = tree.largest_at(at).unwrap_or(at..at + words.len());
            return Ok(self.span(scope));
        }
        Err(self.mistake(
            self.range.clone(),
            "this `allow` is above nothing, and so allows nothing",
            "put it right above the clause or block that it is about, or before the first item for the whole file",
        ))
    }

    /// Where the first line begins that is not a comment alone: several can be stacked.
    fn below_comments(&self, from: usize) -> usize {
        let known = self.below.take();
        let mut start = from;
        if known.contains(&from) {
            start = known.end;
        } else {
            for line in self.text[from..].split_inclusive('\n') {
                if !line.trim_start().starts_with('#') {
                    break;
                }
                start += line.len();
            }
        }
        self.below.set(from..start);
        start
    }

    /// The comment's line, its end included.
    fn line(&self) -> Range<usize> {
        let start = self.text[..self.range.start]
            .rfind('\n')
            .map_or(0, |n| n + 1);
        let end = self.text[self.range.end..].find('\n');
        start..end.map_or(self.text.len(), |n| self.range.end + n + 1)
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    fn mistake(&self, range: Range<usize>, message: &str, help: &str) -> Box<Diagnostic> {
        let span = self.span(range);
        Box::new(Diagnostic::new(&rules::UNUSED_ALLOW, span, message).help(help))
    }
}
