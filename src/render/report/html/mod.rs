//! One page that needs nothing else: no network, no fonts, no scripts from elsewhere.
//!
//! In: a [`Report`]. Out: HTML. Each section of the page is a template of its own; what a template
//! prints is escaped by `escape`, whatever it is and wherever it stands, and only what this module
//! makes itself is markup.

mod dress;
mod escape;
mod figures;
mod policy;
pub(crate) mod site;
mod source;
mod thin;

use crate::report::Report;
use crate::report::site::Links;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
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

const TEMPLATES: [(&str, &str); 20] = templates![
    "page.html",
    "index.html",
    "shared.html",
    "head.html",
    "links.html",
    "parts.html",
    "answer.html",
    "outcomes.html",
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
    "method.html",
    "source.html",
];

/// A section of the page: its id, its heading, its template.
#[derive(Serialize)]
struct Part {
    id: &'static str,
    title: &'static str,
    template: &'static str,
}

/// The whole page.
pub(super) fn page(report: &Report) -> String {
    page_among(report, None)
}

/// The whole page, with what leads from it to others where it is one of several.
fn page_among(report: &Report, links: Option<&Links>) -> String {
    let figures = figures::draw(report);
    let context = context! {
        title => report.title.as_str(),
        author => report.author.as_deref(),
        version => report.method.version.as_str(),
        links => Value::from(Serde(links)),
        parts => Value::from(Serde(parts(report))),
        report => Value::from(Serde(report)),
        figures => Value::from(Serde(&figures)),
        titles => Value::from(Serde(titles(report))),
        listings => Value::from(Serde(source::listings(report))),
        head => dress::report(),
    };
    let page = without_empty_lines(&render("page.html", context));
    source::without_unused_anchors(&page)
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
        crate::decimal::fixed(100.0 * share, 1)
    });
    page.add_filter("fragment", |name: String| escape::fragment(&name));
    page.add_filter("code", |text: String| {
        Value::from_safe_string(escape::code(&text))
    });
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
    Ok(crate::report::worded(text, word.as_str()))
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

/// The sections that have something to show, in the page's order.
fn parts(report: &Report) -> Vec<Part> {
    let moved = !report.contributions.is_empty() || report.left_out.is_some();
    let all = [
        (true, "answer", "The answer"),
        (true, "outcomes", "Outcomes over time"),
        (!report.sections.is_empty(), "text", "In the author’s words"),
        (moved, "contributions", "From the prior to the verdict"),
        (
            !report.drivers.is_empty() || report.prior.is_some(),
            "drivers",
            "Reasons and their evidence",
        ),
        (!report.events.is_empty(), "events", "Events over time"),
        (
            !report.changes.is_empty(),
            "changes",
            "What would change the verdict",
        ),
        (
            !report.tipping_notes.is_empty(),
            "tipping",
            "Tipping points",
        ),
        (!report.scenarios.is_empty(), "scenarios", "Scenarios"),
        (
            !report.assumptions.is_empty() || !report.assumed.is_empty(),
            "assumptions",
            "Assumptions",
        ),
        (!report.bets.is_empty(), "bets", "Bets"),
        (true, "checks", "Checks"),
        (true, "method", "Method"),
        (true, "source", "The file"),
    ];
    let shown = all.into_iter().filter(|part| part.0);
    shown
        .map(|(_, id, title)| Part {
            id,
            title,
            template: TEMPLATES
                .iter()
                .map(|t| t.0)
                .find(|name| name.strip_suffix(".html") == Some(id))
                .unwrap_or("parts.html"),
        })
        .collect()
}
