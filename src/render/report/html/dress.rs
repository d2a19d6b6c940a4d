//! What pages have in common: style, script, and the policy that allows no other.
//!
//! In: the sheets and scripts beside this file. Out: what a page's head holds, made once for all pages
//! of a run.

use super::policy;
use super::thin::NAMES;
use crate::chart;
use crate::report::site::hash;
use minijinja::Value;
use std::sync::LazyLock;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
const SITE_STYLE: &str = include_str!("site.css");
const SITE_SCRIPT: &str = include_str!("site.js");

/// Style, script and policy of a page with a report.
pub(super) fn report() -> Value {
    static DRESS: LazyLock<Value> = LazyLock::new(|| dress(&[], SCRIPT));
    DRESS.clone()
}

/// Those of an index.
pub(super) fn index() -> Value {
    static DRESS: LazyLock<Value> = LazyLock::new(|| dress(&[SITE_STYLE], SITE_SCRIPT));
    DRESS.clone()
}

/// Those of a shared file.
pub(super) fn shared() -> Value {
    static DRESS: LazyLock<Value> = LazyLock::new(|| dress(&[SITE_STYLE], ""));
    DRESS.clone()
}

/// What tells one build's dress from another's.
pub(super) fn fingerprint() -> String {
    let all = [STYLE, SCRIPT, chart::STYLE, SITE_STYLE, SITE_SCRIPT];
    hash(all.concat().as_bytes())
}

fn dress(more: &[&str], script: &str) -> Value {
    let style = style(&[&[STYLE, chart::STYLE], more].concat());
    let script = short(script);
    let policy = policy::policy(&style, &script);
    minijinja::context! {
        style => Value::from_safe_string(style),
        script => Value::from_safe_string(script),
        policy,
    }
}

/// Style sheets without blanks that mean nothing.
fn style(sheets: &[&str]) -> String {
    let lines = sheets.iter().flat_map(|sheet| sheet.lines()).map(str::trim);
    let mut style: String = lines.filter(|line| !line.starts_with("/*")).collect();
    for (long, short) in [
        (": ", ":"),
        (" {", "{"),
        ("{ ", "{"),
        ("; ", ";"),
        (", ", ","),
        (" > ", ">"),
        (";}", "}"),
        (" }", "}"),
        NAMES,
    ] {
        style = style.replace(long, short);
    }
    // A chart alone has colours for programs that know no variables; browsers do.
    let mut out = String::with_capacity(style.len());
    let mut declarations = style.split_inclusive(['{', ';', '}']).peekable();
    while let Some(declaration) = declarations.next() {
        let property = declaration.split_once(':').map(|d| d.0);
        let next = declarations.peek().and_then(|next| next.split_once(':'));
        let is_again = next.is_some_and(|(name, value)| {
            declaration.ends_with(';') && Some(name) == property && value.starts_with("var(")
        });
        if !is_again {
            out.push_str(declaration);
        }
    }
    out
}

/// A script without blanks and comments.
fn short(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}
