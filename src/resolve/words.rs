//! From what is written to a [`Number`]: words of a scale, counts, ranges.
//!
//! In: chances and strengths as written. Out: a point value and its law. A word that the file's
//! scale or table has not is reported with the nearest, and with the scales that have it.

use super::assessment::{Law, Number};
use super::counts;
use super::names::Reader;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::scales::{self, middle};
use crate::strengths;
use crate::syntax::ast::{Chance, Name, Spanned, Strength, Wide};
use crate::text::source::Span;
use std::fmt::Display;

/// What a chance turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stated {
    /// A chance.
    Chance(Number),
    /// ρ a year.
    PerYear(Number),
    /// λ times a year.
    Times(Number),
}

/// A number without a range.
pub(super) fn fixed(point: f64, span: Span) -> Number {
    Number {
        point,
        law: Law::Fixed,
        word: None,
        span,
    }
}

/// The law of a range, whose ends the parser keeps off 0% and 100%, and its middle.
fn logit_normal(low: f64, high: f64) -> (Law, f64) {
    (Law::LogitNormal { low, high }, middle(low, high))
}

/// What 90% of a normal reach to, in units of what `level` does.
fn spread(level: f64) -> f64 {
    use crate::numeric::normal::{Z95, quantile};
    Z95 / quantile(0.5 + level / 2.0)
}

/// The law of a range with a level or a centre, and its median.
fn logit(wide: &Wide) -> (Law, f64) {
    let of = |p: f64| libm::log(p / (1.0 - p));
    let share = |x: f64| 1.0 / (1.0 + libm::exp(-x));
    let plain = (wide.level - 0.9).abs() < 1e-12;
    let spread = spread(wide.level);
    match wide.centre {
        None if plain => logit_normal(wide.low, wide.high),
        None => {
            let (low, high) = (of(wide.low), of(wide.high));
            let (middle, half) = ((low + high) / 2.0, (high - low) / 2.0 * spread);
            let (low, high) = (share(middle - half), share(middle + half));
            (Law::LogitNormal { low, high }, share(middle))
        }
        Some(centre) => {
            let (low, middle, high) = (of(wide.low), of(centre), of(wide.high));
            let low = share(middle - (middle - low) * spread);
            let high = share(middle + (high - middle) * spread);
            (Law::LogitSplit { low, high }, centre)
        }
    }
}

/// The ends of a strength's range, at 90%.
pub(super) fn at_90(wide: &Wide) -> (f64, f64) {
    let spread = spread(wide.level);
    let (middle, half) = ((wide.low + wide.high) / 2.0, (wide.high - wide.low) / 2.0);
    (middle - half * spread, middle + half * spread)
}

/// The words that every scale has: 0% and 100% by definition.
pub(super) fn definite(word: &str) -> Option<f64> {
    match word {
        "certain" => Some(1.0),
        "impossible" => Some(0.0),
        _ => None,
    }
}

impl Number {
    /// Whether it is 0% or 100% by definition: `impossible`, `certain`.
    pub fn is_definite(&self) -> bool {
        let word = self.word.as_deref().and_then(definite);
        self.law == Law::Fixed && word == Some(self.point)
    }
}

impl Reader<'_> {
    /// Whether a range of words rises; if not, says so.
    fn rising(&mut self, low: &Number, high: &Number, span: Span) -> Option<()> {
        if low.point < high.point {
            return Some(());
        }
        let word = |n: &Number| n.word.clone().unwrap_or_default();
        let (low, high) = (word(low), word(high));
        self.report(match low == high {
            true => Diagnostic::new(
                &rules::INVERTED_RANGE,
                span,
                format!("both ends of this range are `{low}`"),
            )
            .label("a word is a range already")
            .help(format!("write `{low}` alone")),
            false => Diagnostic::new(
                &rules::INVERTED_RANGE,
                span,
                format!("the range `{low} to {high}` runs backwards"),
            )
            .label("the smaller end comes first")
            .help(format!("write `{high} to {low}`"))
            .fix(Fix::safe("swap the ends", span, format!("{high} to {low}"))),
        });
        None
    }

    /// A chance or rate as a number; nothing where its word is unknown.
    pub(super) fn stated(&mut self, chance: &Spanned<Chance>) -> Option<Stated> {
        let span = chance.span;
        let number = |(law, point): (Law, f64)| Number {
            point,
            law,
            word: None,
            span,
        };
        Some(match &chance.node {
            Chance::Share(p) => Stated::Chance(fixed(*p, span)),
            Chance::Range(low, high) => Stated::Chance(number(logit_normal(*low, *high))),
            Chance::Word(word) => Stated::Chance(self.chance_word(word, span)?),
            Chance::PerYear(rate) => Stated::PerYear(fixed(*rate, span)),
            Chance::PerYearRange(low, high) => Stated::PerYear(number(logit_normal(*low, *high))),
            Chance::Wide(wide) => Stated::Chance(number(logit(wide))),
            Chance::PerYearWide(wide) => Stated::PerYear(number(logit(wide))),
            Chance::Words(words) => {
                let low = self.chance_word(&words.low.node, words.low.span);
                let high = self.chance_word(&words.high.node, words.high.span);
                let (low, high) = (low?, high?);
                self.rising(&low, &high, span)?;
                Stated::Chance(number(logit(&Wide {
                    centre: None,
                    low: low.point,
                    high: high.point,
                    level: words.level,
                })))
            }
            Chance::Times { count, years } => {
                let (low, high) = counts::gamma(count + 0.5);
                let (low, high) = (low / years, high / years);
                Stated::Times(number((
                    Law::LogNormal { low, high },
                    (count + 0.5) / years,
                )))
            }
            Chance::Of { count, total } => {
                let (low, high) = counts::beta(count + 0.5, total - count + 0.5);
                let (law, _) = logit_normal(low, high);
                Stated::Chance(number((law, (count + 0.5) / (total + 1.0))))
            }
        })
    }

    /// A chance that is no rate.
    pub(super) fn chance(
        &mut self,
        chance: &Spanned<Chance>,
        what: &dyn Display,
    ) -> Option<Number> {
        match self.stated(chance)? {
            Stated::Chance(number) => Some(number),
            Stated::PerYear(_) | Stated::Times(_) => {
                self.report(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        chance.span,
                        format!("{what} is a chance, not a rate"),
                    )
                    .label("a rate says by when something comes")
                    .help("write a chance: `35%`, `20% to 40%`, `3 of 32` or a word of the scale"),
                );
                None
            }
        }
    }

    fn chance_word(&mut self, word: &str, span: Span) -> Option<Number> {
        let scope = self.scope;
        let Some(term) = scope.scale.term(word) else {
            if let Some(point) = definite(word) {
                return Some(Number {
                    word: Some(word.to_owned()),
                    ..fixed(point, span)
                });
            }
            self.unknown_term(word, span);
            return None;
        };
        let (low, high) = term.draws;
        Some(Number {
            point: term.median,
            law: Law::LogitNormal { low, high },
            word: Some(word.to_string()),
            span,
        })
    }

    /// Reports a word that is none of the scale's.
    pub(super) fn unknown_term(&mut self, word: &str, span: Span) {
        let scope = self.scope;
        let scale = &scope.scale;
        if scope.strengths.word(word).is_some() {
            let help = "a chance is a percentage or a word of the scale, as in `chance: likely by long`; \
                        how strongly something pushes an outcome is a `weight`";
            self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    span,
                    format!("`{word}` is a strength, and a chance is needed here"),
                )
                .label(format!("a word of `{}`", scope.strengths.name))
                .help(help),
            );
            return;
        }
        if let Some(meant) = self.rough_term(word) {
            let message = format!("the word is written `{meant}`, not `{word}`");
            self.report(
                Diagnostic::new(&rules::UNKNOWN_WORD, span, message)
                    .label(format!("not a word of the scale `{}`", scale.name))
                    .help(format!(
                        "write `{meant}`: a word stands for a band, and the nearest one is taken"
                    ))
                    .fix(Fix::safe(format!("write `{meant}`"), span, meant)),
            );
            return;
        }
        let others = scales::with_word(word, &scale.name);
        let words: Vec<&str> = scale.words().collect();
        self.unknown_word(word, span, "scale", &scale.name, &words, &others);
    }

    /// A likelihood ratio; nothing where its word is unknown.
    pub(super) fn strength(&mut self, strength: &Spanned<Strength>) -> Option<Number> {
        let span = strength.span;
        let scope = self.scope;
        match &strength.node {
            Strength::Log(log) => Some(fixed(*log, span)),
            Strength::Range(low, high) => Some(Number {
                point: (low + high) / 2.0,
                law: Law::Normal {
                    low: *low,
                    high: *high,
                },
                word: None,
                span,
            }),
            Strength::Wide(wide) => {
                let spread = spread(wide.level);
                let (law, point) = match wide.centre {
                    None => {
                        let (low, high) = at_90(wide);
                        (Law::Normal { low, high }, (wide.low + wide.high) / 2.0)
                    }
                    Some(centre) => {
                        let low = centre - (centre - wide.low) * spread;
                        let high = centre + (wide.high - centre) * spread;
                        (Law::Split { low, high }, centre)
                    }
                };
                Some(Number {
                    point,
                    law,
                    word: None,
                    span,
                })
            }
            Strength::Words(words) => {
                let of = |reader: &mut Self, name: &Name| {
                    let word = Strength::Word(name.node.clone());
                    let word = Spanned {
                        node: word,
                        span: name.span,
                    };
                    reader.strength(&word)
                };
                let (low, high) = (of(self, &words.low), of(self, &words.high));
                let (low, high) = (low?, high?);
                self.rising(&low, &high, span)?;
                self.strength(&Spanned {
                    node: Strength::Wide(Wide {
                        centre: None,
                        low: low.point,
                        high: high.point,
                        level: words.level,
                    }),
                    span,
                })
            }
            Strength::Word(word) => match scope.strengths.word(word) {
                Some(found) => Some(Number {
                    point: found.log,
                    law: found
                        .range
                        .map_or(Law::Fixed, |(low, high)| Law::Normal { low, high }),
                    word: Some(word.clone()),
                    span,
                }),
                None => {
                    self.unknown_strength(word, span);
                    None
                }
            },
        }
    }

    fn unknown_strength(&mut self, word: &str, span: Span) {
        let scope = self.scope;
        let table = &scope.strengths;
        let words: Vec<&str> = table.names().collect();
        if scope.scale.term(word).is_some() {
            self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    span,
                    format!("`{word}` is a chance, and a strength is needed here"),
                )
                .label(format!("a word of the scale `{}`", scope.scale.name))
                .help(format!(
                    "a weight says how much likelier the outcome becomes: {}, `10:1` or `5 dB`",
                    suggest::list(&words, "or")
                )),
            );
            return;
        }
        let others = strengths::with_word(word, &table.name);
        self.unknown_word(word, span, "strengths", &table.name, &words, &others);
    }

    fn unknown_word(
        &mut self,
        word: &str,
        span: Span,
        key: &str,
        table: &str,
        words: &[&str],
        others: &[&str],
    ) {
        let once = super::vocabulary::unknown(key, word);
        if !self.reports.first(span.file, once.clone()) {
            self.reports.again(once, span, |_| true);
            return;
        }
        let what = if key == "scale" {
            "the scale"
        } else {
            "the strengths"
        };
        if let Some(found) = self.word_and_horizon(key, word, span, words) {
            self.report(found);
            return;
        }
        let near = self.reports.nearest(word, words.iter().copied());
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_WORD,
            span,
            format!("`{word}` is not a word of {what} `{table}`"),
        )
        .label(match others {
            [] => "not known here".to_string(),
            others => format!("a word of {}", suggest::list(others, "and")),
        });
        let listed = format!("the words of `{table}` are {}", suggest::list(words, "and"));
        found = if let ([other, ..], true) = (others, near.is_empty()) {
            found.help(format!(
                "{listed}; to read the file by `{other}`, write `{key}: {other}` in the assessment block"
            ))
        } else if let Some(help) = suggest::did_you_mean(&near) {
            found.help(help)
        } else {
            found.help(listed)
        };
        if let (Some(one), []) = (suggest::surely(word, &near), others) {
            found = found.fix(Fix::safe(format!("write `{one}`"), span, one));
        } else if let ([one], []) = (&near[..], others) {
            found = found.fix(Fix::risky(format!("write `{one}`"), span, *one));
        }
        self.report(found);
    }
}

impl Reader<'_> {
    /// `weak im h1`, `likely h1`: a word, and a horizon without the `in` or `by` that belongs between.
    fn word_and_horizon(
        &self,
        key: &str,
        written: &str,
        span: Span,
        words: &[&str],
    ) -> Option<Diagnostic> {
        let (before, name) = written.rsplit_once(' ')?;
        if !self.facts.horizons.iter().any(|h| h.0 == name) {
            return None;
        }
        let is_word = |text: &str| words.contains(&text);
        let (word, slip) = match before.rsplit_once(' ') {
            _ if is_word(before) => (before, ""),
            Some((word, slip)) if is_word(word) => (word, slip),
            _ => return None,
        };
        let names: Vec<&str> = self.facts.horizons.iter().map(|h| h.0.as_str()).collect();
        let meant = match key == "strengths" {
            true => vec!["in"],
            false => vec!["by", "in"],
        };
        let readings: Vec<String> = match horizons_meant(slip, &names, name) {
            // A chance has no way to say that it begins later, or pauses.
            Some(_) if key != "strengths" => Vec::new(),
            Some(lists) => {
                let each = lists.iter().filter(|list| !list.is_empty()).map(|list| {
                    let each: Vec<String> = list.iter().map(|h| format!("{word} in {h}")).collect();
                    each.join(", ")
                });
                each.collect()
            }
            None => {
                let each = meant.iter().map(|at| format!("{word} {at} {name}"));
                each.collect()
            }
        };
        let list = suggest::list(&meant, "or");
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_WORD,
            span,
            match slip {
                "" => format!("{list} is missing before `{name}`"),
                slip => format!("`{slip}` does not say when `{word}` holds"),
            },
        );
        let is_missing = is_in(slip) || slip.is_empty();
        found = match (is_missing, key) {
            (true, _) => found.label(format!("{list} belongs before `{name}`")),
            (false, "strengths") => found.label("a weight names each horizon in which it holds"),
            (false, _) => found.label(format!(
                "a chance is stated up to a time, `by {name}`, or within a horizon, `in {name}`"
            )),
        };
        found = match readings.is_empty() {
            true if key == "strengths" => {
                found.help("name the horizons: `strong in h1, weak in h2`")
            }
            true => found.help("state a chance for each horizon that is meant"),
            false => found.help(format!("write {}", suggest::list(&readings, "or"))),
        };
        let sure = readings.len() == 1 && is_missing;
        for reading in readings {
            found = found.fix(Fix {
                safe: sure,
                ..Fix::risky(format!("write `{reading}`"), span, reading)
            });
        }
        Some(found)
    }
}

/// Which of the file's horizons a word before one may mean, the likeliest first; none where it can mean that one alone.
fn horizons_meant<'n>(word: &str, names: &[&'n str], name: &str) -> Option<Vec<Vec<&'n str>>> {
    let at = names.iter().position(|n| *n == name)?;
    let through = || names[..=at].to_vec();
    Some(match word.to_lowercase().as_str() {
        word if is_in(word) => return None,
        // What ends before it begins, or all up to its end.
        "before" | "pre" => vec![names[..at].to_vec(), through()],
        "from" | "since" | "starting" | "post" => vec![names[at..].to_vec()],
        "after" | "past" | "beyond" | "following" => vec![names[at + 1..].to_vec()],
        "except" | "excepting" | "excluding" | "but" | "not" | "outside" => {
            vec![names.iter().copied().filter(|n| *n != name).collect()]
        }
        // `until h2` may be meant of all that goes before, too.
        _ if at == 0 => vec![through()],
        _ => vec![through(), vec![names[at]]],
    })
}

/// Whether a word between a strength and a horizon can mean nothing but `in`.
fn is_in(word: &str) -> bool {
    matches!(
        word,
        "" | "im" | "ni" | "inn" | "i" | "n" | "at" | "during" | "within" | "throughout" | "over"
    )
}
