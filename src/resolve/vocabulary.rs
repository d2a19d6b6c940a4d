//! The scale and the strengths that a file is read by: built in, or its own.
//!
//! In: `scale:` and `strengths:` of the assessment block, and the file's own tables. Out: the two
//! tables in force. A table that is chosen by its name stands alone; `strengths { … }` without a name
//! is laid over a built-in one. A shared file, which has no block to choose in, is read by its only own scale.

use super::assessment::Vocabulary;
use super::reports::Reports;
use super::survey::Survey;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::scales::{self, Scale};
use crate::strengths::{self, Strength, Strengths};
use crate::syntax::ast::{self, Name};
use crate::text::source::Span;
use std::collections::BTreeMap;

/// The tables that a file is read by, and its own ones.
pub(super) struct Words {
    pub(super) scale: Scale,
    pub(super) strengths: Strengths,
    pub(super) own: Vec<Vocabulary>,
}

/// Reads a file's tables.
pub(super) fn read(survey: &Survey<'_>, reports: &mut Reports) -> Words {
    let mut own = Vec::new();
    let chosen = survey.assessment.and_then(|a| a.scale.as_ref());
    let scale = scale(survey, chosen, reports, &mut own);
    let chosen = survey.assessment.and_then(|a| a.strengths.as_ref());
    let strengths = strengths_table(survey, chosen, reports, &mut own);
    own.sort_by_key(|v| v.span);
    Words {
        scale,
        strengths,
        own,
    }
}

fn default_scale() -> Scale {
    // The name is that of a built-in scale, which a test holds.
    scales::find(scales::DEFAULT).unwrap_or(Scale {
        name: scales::DEFAULT.into(),
        terms: Vec::new(),
        nested: false,
    })
}

fn scale(
    survey: &Survey<'_>,
    chosen: Option<&Name>,
    reports: &mut Reports,
    own: &mut Vec<Vocabulary>,
) -> Scale {
    let names: Vec<&Name> = survey.scales.iter().map(|s| &s.name).collect();
    distinct(
        &names,
        "scale",
        &scales::names().collect::<Vec<_>>(),
        reports,
    );
    let in_force = match chosen {
        Some(name) => survey.scales.iter().find(|s| s.name.node == name.node),
        None if survey.assessment.is_none() && survey.scales.len() == 1 => survey.scales.first(),
        None => None,
    };
    let mut result = match chosen {
        None => default_scale(),
        Some(name) => match scales::find(&name.node) {
            Some(scale) => scale,
            None => {
                let broken = survey.broken_kinds.contains(&"scale");
                if in_force.is_none() && !broken {
                    let mut all: Vec<&str> = scales::names().collect();
                    all.extend(names.iter().map(|n| n.node.as_str()));
                    unknown_option(name, "scale", &all, reports);
                }
                default_scale()
            }
        },
    };
    for item in &survey.scales {
        let words: Vec<&Name> = item.words.iter().map(|(word, _)| word).collect();
        one_each(&words, "scale", reports);
        silence(item.span, "scale", &item.broken, reports);
        if words.is_empty() && item.broken.is_empty() {
            let message = "this scale has no words";
            reports.push(empty(item.name.span, message, "almost no chance: 0% to 5%"));
        }
        let is_in_force = in_force.is_some_and(|s| s.span == item.span);
        if is_in_force && !words.is_empty() && scales::find(&item.name.node).is_none() {
            let words = item
                .words
                .iter()
                .map(|(word, band)| (word.node.clone(), band.node));
            result = scales::own(&item.name.node, words);
        }
        own.push(Vocabulary {
            span: item.span,
            name: Some(item.name.clone()),
            in_force: is_in_force,
            words: words.into_iter().cloned().collect(),
        });
    }
    result
}

fn strengths_table(
    survey: &Survey<'_>,
    chosen: Option<&Name>,
    reports: &mut Reports,
    own: &mut Vec<Vocabulary>,
) -> Strengths {
    let named: Vec<&ast::Strengths> = survey
        .strengths
        .iter()
        .copied()
        .filter(|s| s.name.is_some())
        .collect();
    let names: Vec<&Name> = named.iter().filter_map(|s| s.name.as_ref()).collect();
    distinct(
        &names,
        "strengths",
        &strengths::names().collect::<Vec<_>>(),
        reports,
    );
    let mut unnamed = survey.strengths.iter().filter(|s| s.name.is_none());
    if let (Some(first), Some(second)) = (unnamed.next(), unnamed.next()) {
        reports.push(
            Diagnostic::new(
                &rules::DUPLICATE_CLAUSE,
                second.span,
                "a second `strengths` without a name",
            )
            .label("stated again")
            .other(first.span, "stated first")
            .help("merge the two, or give one a name and choose it with `strengths: NAME`"),
        );
    }
    let builtin = |name: &str| strengths::find(name);
    let default = || {
        builtin(strengths::DEFAULT).unwrap_or(Strengths {
            name: strengths::DEFAULT.into(),
            words: Vec::new(),
        })
    };
    let picked = chosen.and_then(|c| {
        named
            .iter()
            .copied()
            .find(|s| s.name.as_ref().is_some_and(|n| n.node == c.node))
    });
    let mut result = match chosen {
        None => default(),
        Some(name) => match (builtin(&name.node), picked) {
            (Some(table), _) => table,
            (None, Some(_)) => Strengths {
                name: name.node.clone(),
                words: Vec::new(),
            },
            (None, None) => {
                if !survey.broken_kinds.contains(&"strengths") {
                    let mut all: Vec<&str> = strengths::names().collect();
                    all.extend(names.iter().map(|n| n.node.as_str()));
                    unknown_option(name, "strengths", &all, reports);
                }
                default()
            }
        },
    };
    for item in &survey.strengths {
        let words: Vec<&Name> = item.words.iter().map(|(word, _)| word).collect();
        one_each(&words, "strengths", reports);
        silence(item.span, "strengths", &item.broken, reports);
        if words.is_empty() && item.broken.is_empty() {
            let keyword = Span::new(
                item.span.file,
                item.span.start as usize,
                item.span.start as usize + "strengths".len(),
            );
            let span = item.name.as_ref().map_or(keyword, |n| n.span);
            reports.push(empty(span, "these strengths have no words", "strong: 8:1"));
        }
        // The one that is chosen, wherever it stands, and not what else would be in force by itself.
        let in_force = match picked {
            Some(picked) => picked.span == item.span,
            None => item.name.is_none(),
        };
        if in_force {
            lay_over(&mut result, item, reports);
        }
        own.push(Vocabulary {
            span: item.span,
            name: item.name.clone(),
            in_force,
            words: words.into_iter().cloned().collect(),
        });
    }
    result
}

/// A word whose row broke is known, though nothing is known of it.
fn silence(at: Span, key: &str, broken: &[String], reports: &mut Reports) {
    for word in broken {
        reports.silence(at.file, unknown(key, word));
    }
}

/// What is said once of a word that a scale or strengths lack.
pub(super) fn unknown(key: &str, word: &str) -> String {
    format!("{key} {word}")
}

/// Puts a file's own words over a table.
fn lay_over(table: &mut Strengths, item: &ast::Strengths, reports: &mut Reports) {
    for (word, value) in &item.words {
        let (log, range) = match &value.node {
            ast::Strength::Log(log) => (*log, None),
            ast::Strength::Range(low, high) => ((low + high) / 2.0, Some((*low, *high))),
            ast::Strength::Wide(wide) => match wide.centre {
                None => (
                    (wide.low + wide.high) / 2.0,
                    Some(super::words::at_90(wide)),
                ),
                Some(_) => {
                    reports.push(
                        Diagnostic::new(
                            &rules::WRONG_KIND,
                            value.span,
                            format!("`{}` is explained by a range with a centre", word.node),
                        )
                        .label("a word of strength has the middle of its range")
                        .help("write the range alone: `4:1 to 16:1`"),
                    );
                    continue;
                }
            },
            ast::Strength::Words(ast::WordRange {
                low: ast::Spanned { node: other, .. },
                ..
            })
            | ast::Strength::Word(other) => {
                reports.push(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        value.span,
                        format!("`{}` is explained by another word", word.node),
                    )
                    .label(format!("`{other}` is a word too"))
                    .help("say what it means in numbers: `8:1`, `9 dB` or `4:1 to 16:1`"),
                );
                continue;
            }
        };
        table.set(Strength {
            name: word.node.clone(),
            log,
            range,
        });
    }
}

fn unknown_option(name: &Name, key: &str, all: &[&str], reports: &mut Reports) {
    let near = reports.nearest(&name.node, all.iter().copied());
    let there = if key == "scale" {
        "there is no scale"
    } else {
        "there are no strengths"
    };
    let mut found = Diagnostic::new(
        &rules::UNKNOWN_OPTION,
        name.span,
        format!("{there} called `{}`", name.node),
    )
    .label("neither built in nor of this file");
    found = match suggest::did_you_mean(&near) {
        Some(help) => found.help(help),
        None => found.help(format!("choose {}", suggest::list(all, "or"))),
    };
    if let Some(one) = suggest::surely(&name.node, &near) {
        found = found.fix(Fix::safe(format!("write `{one}`"), name.span, one));
    }
    reports.push(found);
}

/// Reports tables of one name, or of a built-in one's.
fn distinct(names: &[&Name], key: &str, builtin: &[&str], reports: &mut Reports) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for name in names {
        if builtin.contains(&name.node.as_str()) {
            reports.push(
                Diagnostic::new(
                    &rules::DUPLICATE_NAME,
                    name.span,
                    format!("`{}` is the name of a built-in table", name.node),
                )
                .label("taken already")
                .help(format!("give the file's own {key} another name")),
            );
        } else if let Some(first) = seen.insert(&name.node, name.span) {
            reports.push(
                Diagnostic::new(
                    &rules::DUPLICATE_NAME,
                    name.span,
                    format!("a second {key} `{}`", name.node),
                )
                .label("named again")
                .other(first, "named first")
                .help("rename one of the two"),
            );
        }
    }
}

/// Reports words that appear twice in one table.
fn one_each(words: &[&Name], key: &str, reports: &mut Reports) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for word in words {
        if let Some(first) = seen.insert(scales::normal(&word.node), word.span) {
            reports.push(
                Diagnostic::new(
                    &rules::DUPLICATE_NAME,
                    word.span,
                    format!("`{}` appears twice in one {key} table", word.node),
                )
                .label("explained again")
                .other(first, "explained first")
                .help("keep one of the two"),
            );
        }
    }
}

fn empty(span: Span, message: &str, example: &str) -> Diagnostic {
    Diagnostic::new(&rules::MISSING_PART, span, message)
        .label("nothing can be read by it")
        .help(format!("add one a line, as in `{example}`"))
}
