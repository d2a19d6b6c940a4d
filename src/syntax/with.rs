//! A clause given from outside its item: `--with "tariffs: 50% by end"`.
//!
//! In: a text that begins with the name of a driver or an outcome, and what that name stands for.
//! Out: an item of that name with the clause alone, read by the grammar of files, its spans in the
//! text as it was given. What is wrong with the clause is said as it would be of a file.

use super::ast::{Driver, DriverKind, Item, Name, Spanned};
use super::grammar::Kind;
use super::lower::{Lower, Out};
use super::patch::{Map, Patch};
use super::scan;
use super::tree::Tree;
use crate::diag::rules;
use crate::diag::{Diagnostic, Diagnostics, Fix};
use crate::text::source::{FileId, Span};

/// What has the clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// An event, factor, change or assumption.
    Driver(DriverKind),
    /// An outcome: the clause is its row of the prior.
    Outcome,
    /// A number that is not known: the clause says what is expected of it.
    Quantity,
}

/// How each is written, to be shown where it is not.
const WRITTEN: &str = "write `tariffs: 50% by end`, `congress for exit: strong` or another clause behind the name \
                       of its item";

/// Words that an analyst may put before the name; the name alone says what it is.
const NOUNS: [&str; 8] = [
    "event",
    "factor",
    "change",
    "assumption",
    "outcome",
    "prior",
    "final",
    "quantity",
];

/// What a clause begins with that is written in full behind the name.
const KEYS: [&str; 7] = [
    "weight",
    "chance",
    "holds",
    "count",
    "likelihood",
    "when",
    "move",
];

/// The name that a clause given from outside begins with.
///
/// # Errors
///
/// A text that begins with none.
pub fn holder_name(file: FileId, text: &str) -> Result<Name, Diagnostics> {
    let mut start = 0;
    loop {
        let rest = &text[start..];
        let word = rest.split(|c: char| !is_word(c)).next().unwrap_or_default();
        let behind = &rest[word.len()..];
        let next = behind.trim_start();
        if NOUNS.contains(&word) && behind.len() > next.len() && next.starts_with(is_word) {
            start = text.len() - next.len();
            continue;
        }
        if !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(Spanned {
                node: word.to_owned(),
                span: Span::new(file, start, start + word.len()),
            });
        }
        let mut wrong = Diagnostics::new();
        wrong.push(
            Diagnostic::new(
                &rules::SYNTAX,
                Span::new(file, start, text.len()),
                "whose clause this is stands first",
            )
            .label("a name belongs here")
            .help(WRITTEN),
        );
        return Err(wrong);
    }
}

/// Reads a clause behind its item's name.
pub fn parse_with(
    file: FileId,
    text: &str,
    name: &Name,
    holder: Holder,
) -> (Option<Item>, Diagnostics) {
    let mut out = Out::default();
    let scanned = scan::scan(file, text);
    if scanned.too_deep || !scanned.diagnostics.is_empty() {
        out.diagnostics.extend(scanned.diagnostics);
        return (None, out.diagnostics);
    }
    let (start, end) = (name.span.start as usize, name.span.end as usize);
    let (before, behind) = match opening(name, &text[end..], holder) {
        Ok(texts) => texts,
        Err(wrong) => {
            out.diagnostics.push(*wrong);
            return (None, out.diagnostics);
        }
    };
    let patches = [
        Patch::new(0..start, before),
        Patch::new(end..end, behind),
        // On a line of its own, since a comment may stand before.
        Patch::new(text.len()..text.len(), "\n}"),
    ];
    let (whole, map) = Map::patched(text, 0..text.len(), &patches, None);
    let mut lower = Lower {
        file,
        text: &whole,
        map: &map,
        out: &mut out,
    };
    if let Ok(tree) = Tree::read(Kind::file, &whole)
        && let Some(root) = tree.root()
    {
        lower.file(root);
    }
    let item = match out.ast.items.as_slice() {
        [Item::Driver(driver)] if counts_for_nothing(driver) => None,
        [item @ (Item::Driver(_) | Item::Prior(_) | Item::Quantity(_))] => Some(item.clone()),
        _ => None,
    };
    if item.is_none() && out.diagnostics.is_empty() {
        let span = Span::new(file, 0, text.len());
        out.diagnostics.push(
            Diagnostic::new(
                &rules::SYNTAX,
                span,
                "this is no clause that moves a number",
            )
            .label("a chance, a weight, a count, a likelihood or a condition belongs here")
            .help(WRITTEN),
        );
    }
    (
        item.filter(|_| !out.diagnostics.has_errors()),
        out.diagnostics,
    )
}

/// What stands in a file before the name, and between the name and the clause.
fn opening(
    name: &Name,
    behind: &str,
    holder: Holder,
) -> Result<(&'static str, &'static str), Box<Diagnostic>> {
    let rest = behind.trim_start();
    let word = rest.split(|c: char| !is_word(c)).next().unwrap_or_default();
    let is_bare = rest.starts_with(':');
    let kind = match (holder, word) {
        (Holder::Driver(kind), _) => kind,
        (Holder::Outcome, _) if is_bare => return Ok(("prior { ", "")),
        (Holder::Outcome, _) => return Err(missing(name, behind, holder, "20%")),
        (Holder::Quantity, _) if is_bare => return Ok(("quantity ", " { is")),
        (Holder::Quantity, "is" | "in") => return Ok(("quantity ", " {")),
        (Holder::Quantity, _) => return Err(missing(name, behind, holder, "2.9 (1.8 to 3.9)")),
    };
    let before = match kind {
        DriverKind::Event => "event ",
        DriverKind::Factor => "factor ",
        DriverKind::Change => "change ",
        DriverKind::Assumption => "assumption ",
    };
    let rows = match kind {
        DriverKind::Event => Some(" { chance"),
        DriverKind::Factor => Some(" { holds"),
        DriverKind::Change | DriverKind::Assumption => None,
    };
    match (word, rows) {
        ("for" | "against", _) => Ok((before, " { weight")),
        ("given" | "otherwise", Some(rows)) => Ok((before, rows)),
        ("once", Some(rows)) if kind == DriverKind::Event => Ok((before, rows)),
        (_, Some(rows)) if is_bare => Ok((before, rows)),
        _ if KEYS.contains(&word) => Ok((before, " {")),
        (_, None) if is_bare || matches!(word, "given" | "otherwise") => {
            Err(without_chance(name, kind))
        }
        (_, Some(_)) => Err(missing(name, behind, holder, "50%")),
        (_, None) => Err(missing(name, behind, holder, "")),
    }
}

/// Nothing that can be read stands behind the name.
fn missing(name: &Name, behind: &str, holder: Holder, example: &str) -> Box<Diagnostic> {
    let text = &name.node;
    let rest = behind.trim();
    let is_value = rest.starts_with(|c: char| c.is_ascii_digit());
    let message = if rest.is_empty() {
        format!("nothing is given to replace what the file says of `{text}`")
    } else if is_value {
        format!("a colon is missing after `{text}`")
    } else {
        format!("what follows `{text}` is not one of its clauses")
    };
    let at = match rest.is_empty() {
        true => name.span,
        false => name.span.at_end(),
    };
    let diagnostic =
        Diagnostic::new(&rules::SYNTAX, at, message).label("write what is to be taken");
    let weight = match holder {
        Holder::Driver(DriverKind::Assumption) => {
            format!("`{text} for OUTCOME if wrong: strong`")
        }
        _ => format!("`{text} for OUTCOME: strong`"),
    };
    // `dredged by year: 50%`
    let timed = rest.split_once(':').filter(|(time, value)| {
        (time.starts_with("by ") || time.starts_with("in ")) && !value.trim().is_empty()
    });
    Box::new(if let Some((time, value)) = timed {
        diagnostic.help(format!(
            "the horizon stands behind its value: write `{text}: {} {}`",
            value.trim(),
            time.trim()
        ))
    } else if is_value {
        diagnostic
            .help(format!("write `{text}: {rest}`"))
            .fix(Fix::safe("write the colon", name.span.at_end(), ":"))
    } else {
        diagnostic.help(match (holder, example) {
            (Holder::Outcome, _) => format!("write its prior, `{text}: {example}`"),
            (Holder::Quantity, _) => {
                format!("write `{text}: {example}`, or `{text} in HORIZON: {example}`")
            }
            (_, "") => format!("write a weight, {weight}"),
            _ => format!("write `{text}: {example}`, or a weight, {weight}"),
        })
    })
}

/// What holds where something else does has no chance of its own.
fn without_chance(name: &Name, kind: DriverKind) -> Box<Diagnostic> {
    let text = &name.node;
    let (message, help) = match kind {
        DriverKind::Change => (
            format!("`{text}` is a change, which has no chance of its own"),
            format!(
                "it holds where its `when:` does: give the chance of an event that it names, or its weight, \
                 `{text} for OUTCOME: strong`"
            ),
        ),
        _ => (
            format!("`{text}` is an assumption, which has no chance"),
            format!(
                "it holds in the verdict: give its weight, `{text} for OUTCOME if wrong: strong`, or ask \
                 `--set \"not {text}\"`"
            ),
        ),
    };
    Box::new(
        Diagnostic::new(&rules::WRONG_KIND, name.span, message)
            .label("no chance belongs here")
            .help(help),
    )
}

/// Whether nothing in it moves a number.
fn counts_for_nothing(driver: &Driver) -> bool {
    driver.rows.is_empty()
        && driver.weights.is_empty()
        && driver.counts.is_empty()
        && driver.moves.is_empty()
        && driver.once.is_empty()
        && driver.likelihood.is_none()
        && driver.when.is_none()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
