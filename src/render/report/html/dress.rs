//! What pages have in common: style, script, and the policy that allows no other.
//!
//! In: the sheets and scripts beside this file. Out: what a page's head holds, made once for all pages
//! of a run.

use super::super::Shape;
use super::escape::is_hidden;
use super::policy;
use super::thin::NAMES;
use crate::chart;
use crate::phrases::Phrases;
use crate::render::report::view::Report;
use crate::render::report::view::site::hash;
use crate::text::lang::Lang;
use minijinja::Value;
use std::sync::LazyLock;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// What a page that is watched does besides.
pub(super) const RELOAD_SCRIPT: &str = include_str!("reload.js");
const SITE_STYLE: &str = include_str!("site.css");
const SITE_SCRIPT: &str = include_str!("site.js");

/// Style, script and policy of a page with a report; a brief has nothing that a script would do.
pub(super) fn report(report: &Report, shape: &Shape) -> Value {
    static WHOLE: LazyLock<Value> = LazyLock::new(|| dress(&[], SCRIPT, &[]));
    static BRIEF: LazyLock<Value> = LazyLock::new(|| dress(&[], "", &[]));
    let has_logo = report.logo.is_some();
    let is_usual = !has_logo && !shape.reloads && report.marking.is_none();
    match shape.brief {
        false if is_usual => WHOLE.clone(),
        true if is_usual => BRIEF.clone(),
        brief => {
            let mut script = if brief { "" } else { SCRIPT }.to_owned();
            let mut more = Vec::new();
            if has_logo {
                more.push("img-src data:");
            }
            if shape.reloads {
                script += RELOAD_SCRIPT;
                more.push("connect-src 'self'");
            }
            let sheet = report.marking.as_deref().map(margins);
            let sheets: Vec<&str> = sheet.iter().map(String::as_str).collect();
            dress(&sheets, &script, &more)
        }
    }
}

/// What is printed above and below each page.
fn margins(marking: &str) -> String {
    let mut text = String::new();
    for c in marking.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => text.push(c),
            c if is_hidden(c) => {}
            c => text += &format!("\\{:06x}", c as u32),
        }
    }
    let set = format!("{{content:\"{text}\";font:700 9pt sans-serif}}");
    format!("@page{{@top-center{set}@bottom-center{set}}}")
}

/// Those of a page of mistakes.
pub(super) fn mistakes() -> Value {
    dress(&[], RELOAD_SCRIPT, &["connect-src 'self'"])
}

/// Those of an index.
pub(super) fn index() -> Value {
    static DRESS: LazyLock<Value> = LazyLock::new(|| dress(&[SITE_STYLE], SITE_SCRIPT, &[]));
    DRESS.clone()
}

/// Those of a track record.
pub(super) fn record() -> Value {
    static DRESS: LazyLock<Value> = LazyLock::new(|| dress(&[], "", &[]));
    DRESS.clone()
}

/// Those of a shared file.
pub(super) fn shared() -> Value {
    static DRESS: LazyLock<Value> = LazyLock::new(|| dress(&[SITE_STYLE], "", &[]));
    DRESS.clone()
}

/// What tells one build's dress from another's.
pub(super) fn fingerprint() -> String {
    let phrases = Lang::ALL.map(Phrases::written).concat();
    let all = [
        STYLE,
        SCRIPT,
        chart::STYLE,
        SITE_STYLE,
        SITE_SCRIPT,
        &phrases,
    ];
    hash(all.concat().as_bytes())
}

fn dress(sheets: &[&str], script: &str, allows: &[&str]) -> Value {
    let style = style(&[&[STYLE, chart::STYLE], sheets].concat());
    let script = short(script);
    let policy = policy::policy(&style, &script, allows);
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
