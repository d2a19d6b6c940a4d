//! Edits that move no verdict: names, titles, prose, evidence, questions.
//!
//! In: both projects, and the names that were changed. Out: an [`Edit`] for each item of the first
//! file whose meaning for readers changed. Layout and comments are nothing.

use super::renames::Renames;
use super::{Edit, Part};
use crate::project::Project;
use crate::syntax::ast::{self, Evidence, File, Item, Prose, ProseClauses, Text};
use crate::text::source::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What is said of each, by what it is called: its parts, each a name and a text.
type Sayings = BTreeMap<String, (Span, Vec<(&'static str, String)>)>;

/// All of them, in the order of what they are called. Evidence of `rated` drivers is an edit of its
/// own already.
pub(super) fn edits(
    renames: &Renames,
    old: &Project,
    new: &Project,
    rated: &BTreeSet<&str>,
) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut add = |text: String, old, new| {
        let parts = vec![Part { text, old, new }];
        edits.push(Edit { parts });
    };
    for rename in &renames.0 {
        let text = format!("`{}` is called `{}` now", rename.old, rename.new);
        add(text, rename.places[0], rename.places[1]);
    }
    let (before, after) = (sayings(old, renames), sayings(new, &Renames::default()));
    for (name, (span, parts)) in &after {
        let Some((was_at, was)) = before.get(name) else {
            if !is_told_elsewhere(name) {
                add(format!("{name} added"), None, Some(*span));
            }
            continue;
        };
        let mut changed: Vec<&str> = Vec::new();
        for (what, text) in parts {
            if !was.contains(&(*what, text.clone())) && !changed.contains(what) {
                changed.push(what);
            }
        }
        for (what, text) in was {
            if !parts.contains(&(*what, text.clone())) && !changed.contains(what) {
                changed.push(what);
            }
        }
        if rated.contains(name.trim_matches('`')) {
            changed.retain(|what| *what != "evidence");
        }
        if !changed.is_empty() {
            let text = format!("{name}: {}", changed.join(", "));
            add(text, Some(*was_at), Some(*span));
        }
    }
    for (name, (span, _)) in &before {
        if !after.contains_key(name) && !is_told_elsewhere(name) {
            add(format!("{name} removed"), Some(*span), None);
        }
    }
    edits
}

/// What came or went and can move a verdict is an edit of its own.
fn is_told_elsewhere(name: &str) -> bool {
    let tables = ["scale ", "strengths"];
    name.starts_with('`')
        || name == "prior"
        || name.starts_with("prior of ")
        || tables.iter().any(|table| name.starts_with(table))
}

fn confidence(
    stated: Option<&ast::Spanned<ast::Confidence>>,
    parts: &mut Vec<(&'static str, String)>,
) {
    if let Some(confidence) = stated {
        parts.push(("confidence", format!("{:?}", confidence.node)));
    }
}

fn impact(word: Option<&ast::Name>, parts: &mut Vec<(&'static str, String)>) {
    if let Some(word) = word {
        parts.push(("impact", word.node.clone()));
    }
}

/// Collects what is said.
struct Speaker<'a> {
    project: &'a Project,
    renames: &'a Renames,
    all: Sayings,
}

fn sayings(project: &Project, renames: &Renames) -> Sayings {
    let mut speaker = Speaker {
        project,
        renames,
        all: Sayings::new(),
    };
    let first: Option<&File> = project.files.first().map(|f| &f.ast);
    for item in first.into_iter().flat_map(|f| &f.items) {
        speaker.item(item);
    }
    speaker.all
}

impl Speaker<'_> {
    fn item(&mut self, item: &Item) {
        let mut parts = Vec::new();
        let (name, span) = match item {
            Item::Assessment(a) => {
                self.text("title", Some(&a.title), &mut parts);
                self.text("author", a.author.as_ref(), &mut parts);
                let tags: Vec<&str> = a.tags.iter().map(|t| t.node.as_str()).collect();
                parts.push(("tags", tags.join(", ")));
                self.text("marking", a.marking.as_ref(), &mut parts);
                let lang = a.lang.as_ref().map_or("", |l| l.node.code());
                parts.push(("lang", lang.to_owned()));
                self.clauses(&a.prose, &mut parts);
                ("assessment".to_owned(), a.span)
            }
            Item::Horizon(h) => {
                self.text("title", h.title.as_ref(), &mut parts);
                (self.named(&h.name.node), h.span)
            }
            Item::Outcome(o) => return self.outcome(o),
            Item::Prior(p) => return self.prior("prior".to_owned(), p),
            Item::Question(q) => {
                self.text("title", q.title.as_ref(), &mut parts);
                self.clauses(&q.prose, &mut parts);
                confidence(q.confidence.as_ref(), &mut parts);
                q.outcomes.iter().for_each(|o| self.outcome(o));
                let whose = format!("prior of {}", self.named(&q.name.node));
                q.priors.iter().for_each(|p| self.prior(whose.clone(), p));
                (self.named(&q.name.node), q.span)
            }
            Item::Condition(c) => {
                self.text("title", c.title.as_ref(), &mut parts);
                (self.named(&c.name.node), c.span)
            }
            Item::Driver(d) => {
                self.text("title", d.title.as_ref(), &mut parts);
                self.clauses(&d.prose, &mut parts);
                self.evidence(&d.evidence, &mut parts);
                confidence(d.confidence.as_ref(), &mut parts);
                impact(d.impact.as_ref(), &mut parts);
                (self.named(&d.name.node), d.span)
            }
            Item::Scenario(s) => {
                self.text("title", s.title.as_ref(), &mut parts);
                self.clauses(&s.prose, &mut parts);
                let sets = s.sets.iter().map(|set| self.written(set.span));
                parts.push(("what it sets", sets.collect::<Vec<_>>().join(", ")));
                (format!("scenario {}", self.named(&s.name.node)), s.span)
            }
            Item::Bet(b) => {
                self.clauses(&b.prose, &mut parts);
                if let Some(on) = &b.on {
                    parts.push(("what it is on", self.written(on.span)));
                }
                if let Some(price) = &b.price {
                    parts.push(("price", format!("{:?}", price.node)));
                }
                (format!("bet \"{}\"", b.title.node), b.span)
            }
            Item::Expect(e) => {
                // Two of one query are told apart by what they ask.
                let test = format!("{:?}", self.written(e.test.span));
                parts.push(("what is expected", test));
                let query = self.written(e.query.span);
                (format!("expectation of `{query}`"), e.span)
            }
            Item::Section(s) => {
                self.prose("text", Some(&s.prose), &mut parts);
                (format!("section \"{}\"", s.title.node), s.span)
            }
            Item::View(v) => {
                self.text("title", v.title.as_ref(), &mut parts);
                parts.push(("what it says", self.written(v.span)));
                (format!("view {}", self.named(&v.name.node)), v.span)
            }
            Item::Pool(p) => {
                self.text("title", p.title.as_ref(), &mut parts);
                parts.push(("how it pools", self.written(p.span)));
                (format!("pool {}", self.named(&p.name.node)), p.span)
            }
            Item::Judgement(j) => {
                self.clauses(&j.prose, &mut parts);
                parts.push(("what it says", self.written(j.span)));
                (format!("judgement \"{}\"", j.title.node), j.span)
            }
            Item::Quantity(q) => {
                self.text("title", q.title.as_ref(), &mut parts);
                self.clauses(&q.prose, &mut parts);
                (self.named(&q.name.node), q.span)
            }
            Item::Scale(s) => {
                self.clauses(&s.prose, &mut parts);
                (format!("scale {}", self.named(&s.name.node)), s.span)
            }
            Item::Strengths(s) => {
                self.clauses(&s.prose, &mut parts);
                let name = s.name.as_ref().map(|n| format!(" {}", self.named(&n.node)));
                (format!("strengths{}", name.unwrap_or_default()), s.span)
            }
            Item::Impacts(i) => {
                parts.push(("the words", self.written(i.span)));
                ("impacts".to_owned(), i.span)
            }
            Item::Risk(r) => {
                parts.push(("the matrix", self.written(r.span)));
                ("risk".to_owned(), r.span)
            }
            Item::Resolved(r) => {
                let text = self.written(r.span);
                (quoted_plain(&text), r.span)
            }
            _ => return,
        };
        self.say(name, span, parts);
    }

    fn say(&mut self, name: String, span: Span, parts: Vec<(&'static str, String)>) {
        let (_, all) = self.all.entry(name).or_insert((span, Vec::new()));
        all.extend(parts);
    }

    fn outcome(&mut self, o: &ast::Outcome) {
        let mut parts = Vec::new();
        self.text("title", o.title.as_ref(), &mut parts);
        self.clauses(&o.prose, &mut parts);
        confidence(o.confidence.as_ref(), &mut parts);
        impact(o.impact.as_ref(), &mut parts);
        self.say(self.named(&o.name.node), o.span, parts);
    }

    fn prior(&mut self, name: String, p: &ast::Prior) {
        let mut parts = Vec::new();
        self.text("title", p.title.as_ref(), &mut parts);
        self.clauses(&p.prose, &mut parts);
        self.evidence(&p.evidence, &mut parts);
        confidence(p.confidence.as_ref(), &mut parts);
        self.say(name, p.span, parts);
    }

    /// A name in backticks, the new one where it was changed.
    fn named(&self, name: &str) -> String {
        format!("`{}`", self.renames.now(name))
    }

    fn text(
        &self,
        what: &'static str,
        text: Option<&Text>,
        parts: &mut Vec<(&'static str, String)>,
    ) {
        parts.extend(text.map(|t| (what, t.node.clone())));
    }

    fn clauses(&self, prose: &ProseClauses, parts: &mut Vec<(&'static str, String)>) {
        self.prose("how it resolves", prose.resolves.as_ref(), parts);
        self.prose("context", prose.context.as_ref(), parts);
        self.prose("note", prose.note.as_ref(), parts);
        self.text("source", prose.source.as_ref(), parts);
    }

    fn prose(
        &self,
        what: &'static str,
        prose: Option<&Prose>,
        parts: &mut Vec<(&'static str, String)>,
    ) {
        parts.extend(prose.map(|p| (what, self.written(p.span))));
    }

    fn evidence(&self, all: &[Evidence], parts: &mut Vec<(&'static str, String)>) {
        for e in all {
            let mut text = e.text.node.clone();
            let source = e.source.as_ref().map(|s| s.node.as_str());
            let rated = e.rated.as_ref().map(|r| r.node);
            let dated = e.dated.as_ref().map(|d| d.node);
            let note = e.note.as_ref().map(|n| self.written(n.span));
            let _ = write!(text, "{source:?} {rated:?} {dated:?} {note:?}");
            parts.push(("evidence", text));
        }
    }

    /// What is written there, whatever its layout, under new names.
    fn written(&self, span: Span) -> String {
        let file: FileId = span.file;
        let text = &self.project.sources.source(file).text;
        let text = text.get(span.start as usize..span.end as usize);
        let words = text.unwrap_or_default().split_whitespace();
        let text = words.collect::<Vec<_>>().join(" ");
        if self.renames.0.is_empty() {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        let mut word = String::new();
        for c in text.chars().chain(['\n']) {
            if c.is_alphanumeric() || c == '_' {
                word.push(c);
                continue;
            }
            out.push_str(self.renames.now(&word));
            word.clear();
            out.push(c);
        }
        out.pop();
        out
    }
}

fn quoted_plain(text: &str) -> String {
    match text.strip_prefix("resolved:") {
        Some(what) => format!("resolution `{}`", what.trim()),
        None => format!("resolution `{text}`"),
    }
}
