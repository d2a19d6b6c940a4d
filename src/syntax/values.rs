//! Chances, strengths and shares: values read for the place where they stand.
//!
//! In: `value` nodes. Out: [`Chance`], [`Strength`] and plain shares, as shares of 1 and natural
//! logarithms, within what each allows. No word is looked up here.

use super::amounts::{Amount, Unit, Written};
use super::ast::{Chance, Spanned, Strength};
use super::grammar::Kind;
use super::lower::{Lower, Lowered};
use super::mistakes;
use super::tree::NodeRef;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::strengths::DECIBAN;

/// What a chance looks like.
const CHANCE: &str = "a chance is written `35%`, `likely` or `20% to 40%`";
/// What a strength looks like.
const STRENGTH: &str = "a strength is written `strong`, `10:1`, `5 dB` or `2:1 to 6:1`";
/// What a plain percentage looks like.
const SHARE: &str = "write one percentage, such as `50%`";

impl Lower<'_> {
    /// `35%`, `20% to 40%`, `likely`, `1% per year`, `2 times in 75 years`, `3 of 32`
    pub(super) fn chance(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Chance>> {
        if node.kind() == Kind::wide {
            return self.wide_chance(node);
        }
        let span = self.span(node);
        let chance = match self.written(node)? {
            Written::Term => {
                let word = self.word(node).node;
                if word == "rest" {
                    return self.report(
                        Diagnostic::new(&rules::WRONG_KIND, span, "`rest` is no chance here")
                            .label("nothing adds up to 100% here")
                            .help("`rest` stands alone, for one outcome of a `prior`: `commitment: rest`"),
                    );
                }
                if let Some(found) = mistakes::one_in(self, node.range()) {
                    return self.report(found);
                }
                Chance::Word(word)
            }
            Written::One(amount) => match amount.unit {
                Unit::Percent => Chance::Share(self.chance_of(&amount, "a chance")?),
                Unit::PercentPer(ref word) => {
                    self.per_year(&amount, word)?;
                    Chance::PerYear(self.chance_of(&amount, "a yearly chance")?)
                }
                Unit::Times(years, ref word) => {
                    self.per_year(&amount, word)?;
                    if years == 0.0 {
                        return self.report(self.impossible(
                            &amount,
                            "no rate can be counted in 0 years",
                            "the number of years is above 0",
                        ));
                    }
                    let (count, years) = self.countable(&amount, years, "years");
                    self.rate(&amount, years)?;
                    Chance::Times { count, years }
                }
                Unit::Of(total) if total < amount.number || total == 0.0 => {
                    return self.report(self.impossible(
                        &amount,
                        "a part cannot be more than the whole",
                        "`3 of 32`: the first number is at most the second, which is above 0",
                    ));
                }
                Unit::Of(total) => {
                    let (count, total) = self.countable(&amount, total, "cases");
                    Chance::Of { count, total }
                }
                _ => return self.not_a_chance(node, &amount),
            },
            Written::Two(low, high) => match (&low.unit, &high.unit) {
                (Unit::Percent, Unit::Percent) => {
                    let (a, b) = self.range_of(&low, &high, "a chance")?;
                    Chance::Range(a, b)
                }
                (Unit::PercentPer(_), Unit::PercentPer(word)) => {
                    self.per_year(&high, word)?;
                    let (a, b) = self.range_of(&low, &high, "a yearly chance")?;
                    Chance::PerYearRange(a, b)
                }
                _ => return self.not_a_chance(node, &high),
            },
            written @ (Written::Date(_) | Written::Dates(..)) => {
                return self.wrong_kind(node, &written, "a chance", CHANCE);
            }
        };
        Ok(Spanned { node: chance, span })
    }

    fn not_a_chance<T>(&mut self, node: NodeRef<'_>, amount: &Amount) -> Lowered<T> {
        match &amount.unit {
            Unit::None => {
                let readings = percentages(self.read(node), amount);
                self.missing_unit(node, "a chance is written in per cent", &readings)
            }
            Unit::Word(word) if word != "dB" => self.unknown_unit(amount, word, CHANCE, "%"),
            unit => {
                let written = Written::One(Amount {
                    unit: unit.clone(),
                    ..amount.clone()
                });
                self.wrong_kind(node, &written, "a chance", CHANCE)
            }
        }
    }

    fn per_year(&mut self, amount: &Amount, word: &str) -> Lowered<()> {
        if matches!(word, "year" | "years") {
            return Ok(());
        }
        let span = self.place(amount.range.clone());
        let found = Diagnostic::new(
            &rules::UNKNOWN_OPTION,
            span,
            format!("a rate counts years, not `{word}`"),
        );
        self.report(match yearly(amount, word) {
            Some(meant) => found
                .label("how much is it in a year?")
                .help(format!("write `{meant}`, which is about the same"))
                .fix(Fix::risky(format!("write `{meant}`"), span, meant)),
            None => found
                .label("per which year?")
                .help("a rate is written `1% per year` or `2 times in 75 years`"),
        })
    }

    /// `strong`, `10:1`, `5 dB`, `2:1 to 6:1`
    pub(super) fn strength(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Strength>> {
        if node.kind() == Kind::wide {
            return self.wide_strength(node);
        }
        let span = self.span(node);
        let strength = match self.written(node)? {
            Written::Term => Strength::Word(self.word(node).node),
            Written::One(amount) => Strength::Log(self.log_ratio(node, &amount)?),
            Written::Two(low, high) => {
                let a = self.log_ratio(node, &low)?;
                let b = self.log_ratio(node, &high)?;
                self.in_order(a <= b, &low, &high)?;
                Strength::Range(a, b)
            }
            written @ (Written::Date(_) | Written::Dates(..)) => {
                return self.wrong_kind(node, &written, "a strength", STRENGTH);
            }
        };
        Ok(Spanned {
            node: strength,
            span,
        })
    }

    /// The natural logarithm of a ratio of at least 1:1.
    fn log_ratio(&mut self, node: NodeRef<'_>, amount: &Amount) -> Lowered<f64> {
        match &amount.unit {
            Unit::Ratio(second) => {
                if *second == 0.0 || amount.number == 0.0 {
                    return self.report(self.impossible(
                        amount,
                        "a ratio with 0 is no strength: nothing could ever outweigh it",
                        "both numbers are above 0; the strongest word, `decisive`, is 100:1",
                    ));
                }
                let ratio = amount.number / second;
                if ratio < 1.0 && self.read(node).contains(" to ") {
                    return self.report(self.impossible(
                        amount,
                        "a strength is at least 1:1",
                        "a range lies on one side: let it begin at `1:1`, or swap `for` and `against` and turn both ends round",
                    ));
                }
                if ratio < 1.0 {
                    // `0.1:1` turned round is `10:1`, not `1:0.1`.
                    let whole = second / amount.number;
                    let swapped = match *second == 1.0
                        && libm::round(whole * 1e6) / 1e6 == libm::round(whole * 100.0) / 100.0
                    {
                        true => format!("{}:1", plain(libm::round(whole * 1e6) / 1e6)),
                        false => format!("{}:{}", plain(*second), plain(amount.number)),
                    };
                    return self.report(
                        self.impossible(
                            amount,
                            "a strength is at least 1:1",
                            "to turn its direction, swap `for` and `against`",
                        )
                        .help(format!(
                            "swap `for` and `against`, and write `{swapped}`: the same, the other way round"
                        )),
                    );
                }
                self.weighable(amount, libm::log(ratio))
            }
            Unit::Word(word) if word == "dB" => self.weighable(amount, amount.number * DECIBAN),
            Unit::None => {
                let whole = self.read(node);
                let ratio = whole.replacen(" to ", ":1 to ", 1);
                // `2 to 6:1` says its unit at the end.
                if ratio.ends_with(":1") {
                    let span = self.span(node);
                    return self.report(
                        Diagnostic::new(
                            &rules::MISSING_UNIT,
                            span,
                            format!("`{whole}` has a unit at one end only"),
                        )
                        .label("both ends of a range have one")
                        .help(format!("write `{ratio}`"))
                        .fix(Fix::safe(
                            format!("write `{ratio}`"),
                            span,
                            ratio,
                        )),
                    );
                }
                self.missing_unit(
                    node,
                    "a strength is a ratio or decibans",
                    &[format!("{ratio}:1"), format!("{whole} dB")],
                )
            }
            Unit::Word(word) if word.eq_ignore_ascii_case("db") => {
                self.unknown_unit(amount, word, STRENGTH, " dB")
            }
            Unit::Word(word) if matches!(word.as_str(), "x" | "X" | "fold" | "times") => {
                let (span, ratio) = (
                    self.place(amount.range.clone()),
                    format!("{}:1", &self.text[amount.digits.clone()]),
                );
                self.report(
                    Diagnostic::new(
                        &rules::UNKNOWN_OPTION,
                        span,
                        "a ratio is written with a colon",
                    )
                    .label("this many times as likely, written `3:1`")
                    .help(format!("write `{ratio}`"))
                    .fix(Fix::safe(format!("write `{ratio}`"), span, ratio)),
                )
            }
            Unit::Word(word) => self.unknown_unit(amount, word, STRENGTH, ""),
            _ => self.wrong_kind(node, &Written::One(amount.clone()), "a strength", STRENGTH),
        }
    }

    /// One plain percentage; `what` names it where it may not exceed 100%.
    pub(super) fn share(&mut self, node: NodeRef<'_>, what: Option<&str>) -> Lowered<Spanned<f64>> {
        let span = self.span(node);
        match self.written(node)? {
            Written::One(amount) => match &amount.unit {
                Unit::Percent => Ok(Spanned {
                    node: self.share_of(&amount, what)?,
                    span,
                }),
                Unit::None => {
                    let readings = percentages(self.read(node), &amount);
                    self.missing_unit(node, "a share is written in per cent", &readings)
                }
                Unit::Word(word) if word != "dB" => self.unknown_unit(&amount, word, SHARE, "%"),
                _ => self.wrong_kind(node, &Written::One(amount), "a percentage", SHARE),
            },
            written => self.wrong_kind(node, &written, "one percentage", SHARE),
        }
    }

    /// A band of a scale: `5% to 20%`.
    pub(super) fn band(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<(f64, f64)>> {
        const BAND: &str = "a word of a scale is a band of chances, such as `5% to 20%`";
        if node.kind() == Kind::wide {
            return self.no_wide(node, "a band");
        }
        let span = self.span(node);
        match self.written(node)? {
            Written::Two(low, high) if low.unit == Unit::Percent && high.unit == Unit::Percent => {
                let ends = (
                    self.chance_of(&low, "a chance"),
                    self.chance_of(&high, "a chance"),
                );
                let (a, b) = (ends.0?, ends.1?);
                self.in_order(a <= b, &low, &high)?;
                self.band_of(a, b, span)?;
                Ok(Spanned { node: (a, b), span })
            }
            Written::Two(_, high) if high.unit == Unit::None => {
                let text = self.read(node);
                self.missing_unit(
                    node,
                    "chances are written in per cent",
                    &[format!("{text}%")],
                )
            }
            written => self.wrong_kind(node, &written, "a band", BAND),
        }
    }

    /// A percentage as a share of 1.
    pub(super) fn share_of(&mut self, amount: &Amount, what: Option<&str>) -> Lowered<f64> {
        match what {
            Some(what) if amount.number > 100.0 => self.report(self.impossible(
                amount,
                &format!("{what} is at most 100%"),
                "100% is all there is; for what is nearly certain, write `99%` or a word of the scale",
            )),
            _ => Ok(amount.number / 100.0),
        }
    }

    /// Reports a range that runs downwards, with the swap as a fix.
    pub(super) fn in_order(&mut self, ok: bool, low: &Amount, high: &Amount) -> Lowered<()> {
        if ok {
            return Ok(());
        }
        let range = low.range.start..high.range.end;
        let written = &self.text[range.clone()];
        // `6 to 0 months`: one unit for both, so that the digits change places.
        let one_unit = low.range == low.digits;
        let (a, b) = if one_unit {
            (low.digits.clone(), high.digits.clone())
        } else {
            (low.range.clone(), high.range.clone())
        };
        let swapped = format!(
            "{}{}{}{}",
            &self.text[b.clone()],
            &self.text[a.end..b.start],
            &self.text[a],
            &self.text[b.end..range.end],
        );
        self.inverted(range.clone(), written.to_owned(), swapped)
    }

    /// Reports a range that runs downwards.
    pub(super) fn inverted<T>(
        &mut self,
        range: std::ops::Range<usize>,
        written: String,
        swapped: String,
    ) -> Lowered<T> {
        let span = self.place(range);
        if let Some(thousands) = super::figures::without_points(&written) {
            // `800 to 1.200` is no range that was turned round.
            return self.report(
                Diagnostic::new(
                    &rules::INVERTED_RANGE,
                    span,
                    format!("the range `{written}` runs backwards"),
                )
                .label("a point is a decimal one: does it stand between thousands here?")
                .help(format!("write `{thousands}`, or `{swapped}`"))
                .fix(Fix::risky(format!("write `{thousands}`"), span, thousands))
                .fix(Fix::risky("swap the ends", span, swapped)),
            );
        }
        self.report(
            Diagnostic::new(
                &rules::INVERTED_RANGE,
                span,
                format!("the range `{written}` runs backwards"),
            )
            .label("the smaller end comes first")
            .help(format!("write `{swapped}`"))
            .fix(Fix::safe("swap the ends", span, swapped)),
        )
    }

    fn impossible(&self, amount: &Amount, why: &str, help: &str) -> Diagnostic {
        let span = self.place(amount.range.clone());
        let text = &self.text[amount.range.clone()];
        let help = match super::figures::without_points(text) {
            Some(thousands) => format!(
                "{help}; a point is a decimal one: between thousands none stands, `{thousands}`"
            ),
            None => help.to_owned(),
        };
        Diagnostic::new(
            &rules::IMPOSSIBLE_NUMBER,
            span,
            format!("`{text}` is impossible"),
        )
        .label(why)
        .help(help)
    }

    /// Reports a number without a unit; each reading is a fix that a person must choose.
    pub(super) fn missing_unit<T>(
        &mut self,
        node: NodeRef<'_>,
        why: &str,
        readings: &[String],
    ) -> Lowered<T> {
        let span = self.span(node);
        let text = self.read(node);
        let mut diagnostic =
            Diagnostic::new(&rules::MISSING_UNIT, span, format!("`{text}` has no unit"))
                .label(why)
                .help(format!(
                    "write {}",
                    crate::diag::suggest::list(readings, "or")
                ));
        for reading in readings {
            diagnostic = diagnostic.fix(Fix::risky(
                format!("read it as `{reading}`"),
                span,
                reading.as_str(),
            ));
        }
        self.report(diagnostic)
    }

    /// Reports a word behind a number that is no unit of what belongs there.
    fn unknown_unit<T>(
        &mut self,
        amount: &Amount,
        word: &str,
        help: &str,
        unit: &str,
    ) -> Lowered<T> {
        let percent = matches!(
            word.to_lowercase().as_str(),
            "percent" | "pct" | "pc" | "percentage" | "prozent"
        );
        let span = self.place(amount.range.clone());
        let digits = &self.text[amount.digits.clone()];
        if (percent && unit == "%") || (word.eq_ignore_ascii_case("db") && unit == " dB") {
            let text = format!("{digits}{unit}");
            return self.report(
                Diagnostic::new(
                    &rules::UNKNOWN_OPTION,
                    span,
                    format!("`{word}` is written `{}`", unit.trim()),
                )
                .label("the unit is spelled otherwise")
                .help(format!("write `{text}`"))
                .fix(Fix::safe(format!("write `{text}`"), span, text)),
            );
        }
        if super::times::unit(word).is_some() {
            let text = &self.text[amount.range.clone()];
            return self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    span,
                    format!("`{text}` is a length of time"),
                )
                .label("no length of time belongs here")
                .help(help),
            );
        }
        self.report(
            Diagnostic::new(
                &rules::UNKNOWN_OPTION,
                span,
                format!("`{word}` is no unit that belongs here"),
            )
            .label("what does this number count?")
            .help(help),
        )
    }

    /// Reports a value of another kind than belongs there.
    pub(super) fn wrong_kind<T>(
        &mut self,
        node: NodeRef<'_>,
        written: &Written,
        wanted: &str,
        help: &str,
    ) -> Lowered<T> {
        let span = self.span(node);
        let text = self.read(node);
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                span,
                format!("`{text}` is {}", written.noun()),
            )
            .label(format!("{wanted} belongs here"))
            .help(help),
        )
    }
}

/// A rate by another unit of time, in years.
fn yearly(amount: &Amount, word: &str) -> Option<String> {
    match amount.unit {
        Unit::PercentPer(_) if amount.number <= 100.0 => {
            share_of_a_year(amount.number, word).map(|share| format!("{share}% per year"))
        }
        Unit::Times(count, _) => {
            let years = libm::round(count / in_a_year(word)? * 1e3) / 1e3;
            (years > 0.0)
                .then(|| format!("{} times in {} years", plain(amount.number), plain(years)))
        }
        _ => None,
    }
}

/// What a chance in each of some unit of time is in a year, in per cent: what does not come in one
/// part of the year may come in the next.
pub(super) fn share_of_a_year(percent: f64, unit: &str) -> Option<String> {
    let share = 1.0 - libm::pow(1.0 - percent / 100.0, in_a_year(unit)?);
    let digits = if share < 0.1 { 1e4 } else { 1e3 };
    Some(plain(libm::round(share * digits) * 100.0 / digits))
}

/// How many of a unit of time a year has.
fn in_a_year(unit: &str) -> Option<f64> {
    Some(match unit {
        "day" | "days" => 365.25,
        "week" | "weeks" => 52.18,
        "month" | "months" => 12.0,
        "quarter" | "quarters" => 4.0,
        "decade" | "decades" => 0.1,
        "century" | "centuries" => 0.01,
        _ => return None,
    })
}

/// A number as a person would write it.
pub(super) fn plain(number: f64) -> String {
    if number != 0.0 && !(1e-6..1e9).contains(&number) {
        return format!("{number:e}");
    }
    let rounded = libm::round(number * 1e9) / 1e9;
    format!("{rounded}")
}

/// What a number without a unit may mean as a percentage, the likelier first.
fn percentages(text: &str, amount: &Amount) -> Vec<String> {
    let mut readings = Vec::new();
    if amount.number <= 1.0 && text.contains('.') && !text.contains(" to ") {
        // Rounded to what was written: 0.35 is 35%, not 35.00000000000001%.
        readings.push(format!("{}%", plain(amount.number * 100.0)));
    }
    readings.push(format!("{text}%"));
    readings
}
