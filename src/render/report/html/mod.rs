//! One page that needs nothing else: no network, no fonts, no scripts from elsewhere.
//!
//! In: a [`Report`]. Out: HTML. Each section of the page is a template of its own; what a template
//! prints is escaped by `escape`, whatever it is and wherever it stands, and only what this module
//! makes itself is markup.

mod dead;
mod dress;
mod escape;
mod figures;
mod policy;
pub(crate) mod record;
pub(crate) mod site;
mod source;
mod thin;
mod words;

use super::{PARTS, Shape};
use crate::phrases::{self, Phrases};
use crate::render::report::view::site::Links;
use crate::render::report::view::{Report, brief};
use crate::text::lang::Lang;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Names and texts of the templates.
macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("templates/", $name)))),*]
    };
}

const TEMPLATES: [(&str, &str); 29] = templates![
    "page.html",
    "brief.html",
    "mistakes.html",
    "index.html",
    "shared.html",
    "record.html",
    "head.html",
    "links.html",
    "parts.html",
    "summary.html",
    "judgements.html",
    "answer.html",
    "outcomes.html",
    "views.html",
    "numbers.html",
    "matrix.html",
    "text.html",
    "contributions.html",
    "drivers.html",
    "events.html",
    "changes.html",
    "tipping.html",
    "scenarios.html",
    "assumptions.html",
    "bets.html",
    "checks.html",
    "sources.html",
    "method.html",
    "source.html",
];

/// A section of the page: its id, its heading, its template.
#[derive(Serialize)]
struct Part<'a> {
    id: &'static str,
    title: &'a str,
    template: &'static str,
}

/// The whole page, or the brief.
pub(crate) fn page(report: &Report, shape: &Shape) -> String {
    page_among(report, shape, None)
}

/// A page that is watched, while its file has mistakes.
pub(crate) fn mistakes(text: &str) -> String {
    let head = dress::mistakes();
    let context = context! {
        title => "assess",
        author => None::<&str>,
        lang => "en",
        reloads => true,
        version => env!("CARGO_PKG_VERSION"),
        text,
        head,
    };
    without_empty_lines(&render("mistakes.html", context))
}

/// The page, with what leads from it to others where it is one of several.
fn page_among(report: &Report, shape: &Shape, links: Option<&Links>) -> String {
    let lang = Lang::find(&report.lang).unwrap_or_default();
    let say = Phrases::of(lang);
    // What the engine says of its search and its numbers is English in every language.
    let english = if lang == Lang::En { "" } else { " lang=en" };
    let brief = shape.brief.then(|| brief::of(report));
    let figures = match shape.brief {
        true => figures::of_brief(report),
        false => figures::draw(report),
    };
    let listings = match shape.shows("source") && !shape.brief {
        true => source::listings(report),
        false => Vec::new(),
    };
    let context = context! {
        title => report.title.as_str(),
        author => report.author.as_deref(),
        lang => report.lang.as_str(),
        reloads => shape.reloads,
        version => report.method.version.as_str(),
        links => Value::from(Serde(links)),
        parts => Value::from(Serde(parts(report, shape, say))),
        report => Value::from(Serde(report)),
        groups => Value::from(Serde(super::groups(report))),
        figures => Value::from(Serde(&figures)),
        titles => Value::from(Serde(titles(report))),
        listings => Value::from(Serde(listings)),
        summary => brief::summary_of(report).map_or(-1, |at| at as i64),
        brief => Value::from(Serde(brief)),
        t => words::of(lang),
        english => Value::from_safe_string(english.to_owned()),
        head => dress::report(report, shape),
    };
    let template = if shape.brief {
        "brief.html"
    } else {
        "page.html"
    };
    let page = without_empty_lines(&render(template, context));
    let page = source::without_unused_anchors(&page);
    match shape.is_whole() {
        true => page,
        false => dead::without_dead_links(&page),
    }
}

/// A template with its values filled in.
fn render(name: &str, context: Value) -> String {
    // Templates are read once for all pages of a site.
    static ENVIRONMENT: LazyLock<Result<Environment<'static>, String>> =
        LazyLock::new(|| environment().map_err(|error| format!("{error:#}")));
    let page = match &*ENVIRONMENT {
        Ok(page) => page,
        Err(error) => return broken(error),
    };
    let text = page.get_template(name).and_then(|t| t.render(context));
    text.unwrap_or_else(|error| broken(&format!("{error:#}")))
}

/// Templates, all of which escape what they print.
fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut page = Environment::new();
    page.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()?;
    page.set_syntax(syntax);
    page.set_auto_escape_callback(|_| AutoEscape::Html);
    page.set_formatter(escape::write);
    page.add_filter("tenths", |share: f64| {
        crate::text::decimal::fixed(100.0 * share, 1)
    });
    page.add_filter("fragment", |name: String| escape::fragment(&name));
    page.add_filter("code", |text: String| {
        Value::from_safe_string(escape::code(&text))
    });
    page.add_filter("fill", fill);
    page.add_filter("count", count);
    page.add_filter("around", around);
    page.add_function("worded", worded);
    for (name, text) in TEMPLATES {
        page.add_template(name, text)?;
    }
    Ok(page)
}

/// The page without the empty lines that templates leave; nothing in it hangs on them.
fn without_empty_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// A likelihood in words with its number in brackets.
fn worded(likelihood: &Value) -> Result<String, minijinja::Error> {
    let (text, word) = (likelihood.get_attr("text")?, likelihood.get_attr("word")?);
    let text = text.as_str().unwrap_or_default();
    Ok(crate::render::report::view::worded(text, word.as_str()))
}

/// A phrase with its gaps filled.
fn fill(text: String, gaps: Kwargs) -> Result<String, minijinja::Error> {
    let mut values = Vec::new();
    for name in gaps.args() {
        values.push((name.to_owned(), gaps.get::<Value>(name)?.to_string()));
    }
    let pairs: Vec<(&str, &str)> = values
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    Ok(phrases::fill(&text, &pairs))
}

/// A phrase for so many of something.
fn count(phrases: &Value, key: String, n: usize) -> Result<String, minijinja::Error> {
    let key = if n == 1 { format!("{key}_one") } else { key };
    let text = phrases.get_attr(&key)?;
    let text = text.as_str().unwrap_or_default();
    Ok(phrases::fill(text, &[("n", &n.to_string())]))
}

/// What stands before or behind a title in quotation marks.
fn around(quote: String, side: usize) -> String {
    quote
        .split("{title}")
        .nth(side)
        .unwrap_or_default()
        .to_owned()
}

/// A page that says that a template is wrong, which the tests rule out.
fn broken(error: &str) -> String {
    let mut text = String::new();
    escape::push(&mut text, error);
    format!("<!doctype html><title>assess</title><p>This is a mistake of assess: {text}\n")
}

/// The titles of all that has a name.
fn titles(report: &Report) -> BTreeMap<&str, &str> {
    let outcomes = report.outcomes.iter().map(|o| (&o.id, &o.title));
    let drivers = report.drivers.iter().map(|d| (&d.id, &d.title));
    let assumptions = report.assumptions.iter().map(|a| (&a.id, &a.title));
    let horizons = report.horizons.iter().map(|h| (&h.id, &h.title));
    let all = outcomes.chain(drivers).chain(assumptions).chain(horizons);
    all.map(|(id, title)| (id.as_str(), title.as_str()))
        .collect()
}

/// The sections that have something to show and are wanted, in the page's order.
fn parts<'a>(report: &'a Report, shape: &Shape, say: &'a Phrases) -> Vec<Part<'a>> {
    let summary = brief::summary_of(report);
    let has = |id: &str| match id {
        "summary" => summary.is_some(),
        "judgements" => !report.judgements.is_empty(),
        "views" => !report.voices.is_empty(),
        "text" => report.sections.len() > usize::from(summary.is_some()),
        "contributions" => !report.contributions.is_empty() || report.left_out.is_some(),
        "drivers" => {
            !report.drivers.is_empty() || report.prior.is_some() || !report.rows.is_empty()
        }
        "numbers" => !report.numbers.is_empty(),
        "matrix" => !report.matrices.is_empty(),
        "events" => !report.events.is_empty(),
        "changes" => !report.changes.is_empty(),
        "tipping" => !report.tipping_notes.is_empty(),
        "scenarios" => !report.scenarios.is_empty(),
        "assumptions" => !report.assumptions.is_empty() || !report.assumed.is_empty(),
        "bets" => !report.bets.is_empty(),
        "checks" => {
            !report.expectations.is_empty() || !report.findings.is_empty() || report.notes > 0
        }
        "sources" => !report.sources.is_empty(),
        _ => true,
    };
    let shown = PARTS.iter().filter(|id| has(id) && shape.shows(id));
    let part = |id: &&'static str| Part {
        id,
        title: match summary {
            Some(at) if *id == "summary" => &report.sections[at].title,
            _ => say.get(id),
        },
        template: TEMPLATES
            .iter()
            .map(|t| t.0)
            .find(|name| name.strip_suffix(".html") == Some(id))
            .unwrap_or("parts.html"),
    };
    shown.map(part).collect()
}
