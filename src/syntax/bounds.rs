//! How large and how small the numbers of an assessment may be.
//!
//! In: amounts whose units fit. Out: the number, or what is wrong with it. Beyond these bounds nobody
//! could tell one number from another, and sums of them would leave what a machine can hold.

use super::amounts::Amount;
use super::lower::{Broken, Lower, Lowered};
use super::values::plain;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::limits;
use crate::strengths::DECIBAN;
use crate::text::source::Span;

/// What noise of the last digit may take a number beyond a bound by.
const SLACK: f64 = 1e-9;

impl Lower<'_> {
    /// A percentage as a chance: 0%, 100%, or one with odds.
    pub(super) fn chance_of(&mut self, amount: &Amount, what: &str) -> Lowered<f64> {
        let share = self.share_of(amount, Some(what))?;
        let least = 1.0 / limits::ODDS as f64;
        let left = share.min(1.0 - share);
        if left <= 0.0 || left >= least * (1.0 - 1e-3) {
            return Ok(share);
        }
        let (low, high) = bounds();
        let (end, bound, said, sure) = if share < 0.5 {
            ("0%", least, low, "what cannot come")
        } else {
            ("100%", 1.0 - least, high, "what is certain")
        };
        self.beyond(
            amount,
            &format!("is nearer to {end} than a chance may be"),
            &format!(
                "less than one in {} is left",
                crate::limits::grouped(limits::ODDS)
            ),
            format!("write `{said}`, or `{end}` for {sure}"),
        );
        Ok(bound)
    }

    /// Both ends of a range of chances, neither of them 0% or 100%.
    pub(super) fn range_of(
        &mut self,
        low: &Amount,
        high: &Amount,
        what: &str,
    ) -> Lowered<(f64, f64)> {
        let ends = (self.chance_of(low, what), self.chance_of(high, what));
        let (a, b) = (ends.0?, ends.1?);
        self.in_order(a <= b, low, high)?;
        if a > 0.0 && b < 1.0 {
            return Ok((a, b));
        }
        let range = low.range.start..high.range.end;
        let written = &self.text[range.clone()];
        let span = self.place(range.clone());
        let (message, label) = match (a > 0.0, b < 1.0) {
            (false, true) => ("begins at 0%", "in 5 of 100 cases it would be less than 0%"),
            (true, false) => (
                "ends at 100%",
                "in 5 of 100 cases it would be more than 100%",
            ),
            _ => ("reaches from 0% to 100%", "nothing lies outside it"),
        };
        let found = Diagnostic::new(
            &rules::RANGE_END,
            span,
            format!("the range `{written}` {message}"),
        )
        .label(label);
        if a >= b {
            let sure = format!("{}%", plain(a * 100.0));
            return self.report(
                found
                    .help(format!(
                        "write `{sure}` alone, if nothing could ever change it"
                    ))
                    .fix(Fix::risky(format!("write `{sure}`"), span, sure)),
            );
        }
        // What is left to the end that has odds gives the scale of what was meant.
        let within = |room: f64| if room > 0.02 { 0.01 } else { room / 10.0 };
        let digits = |share: f64| plain(share * 100.0);
        let low_digits = match a > 0.0 {
            true => self.text[low.digits.clone()].to_owned(),
            false => digits(within(if b < 1.0 { b } else { 1.0 })),
        };
        let high_digits = match b < 1.0 {
            true => self.text[high.digits.clone()].to_owned(),
            false => digits(1.0 - within(if a > 0.0 { 1.0 - a } else { 1.0 })),
        };
        let instead = format!(
            "{low_digits}{}{high_digits}{}",
            &self.text[low.digits.end..high.digits.start],
            &self.text[high.digits.end..range.end],
        );
        let help = format!(
            "a range is a 90% interval, and its middle is what the verdict takes: state the least and the most \
             that you would still bet on, such as `{instead}`"
        );
        self.report(
            found
                .help(help)
                .fix(Fix::risky(format!("write `{instead}`"), span, instead)),
        )
    }

    /// Refuses a band of a scale that is 0% or 100% alone.
    pub(super) fn band_of(&mut self, low: f64, high: f64, span: Span) -> Lowered<()> {
        if high > 0.0 && low < 1.0 {
            return Ok(());
        }
        let end = if high > 0.0 { "100%" } else { "0%" };
        self.report(
            Diagnostic::new(
                &rules::RANGE_END,
                span,
                format!("a band of {end} alone is no word of likelihood"),
            )
            .label("no chance lies in it")
            .help("give the word room, such as `0% to 1%` or `99% to 100%`; what is certain is written as a number"),
        )
    }

    /// ln of a ratio that is not beyond what a weight may be.
    pub(super) fn weighable(&mut self, amount: &Amount, log: f64) -> Lowered<f64> {
        let most = f64::from(limits::DECIBANS) * DECIBAN;
        if log <= most * (1.0 + SLACK) {
            return Ok(log);
        }
        self.beyond(
            amount,
            "is too strong",
            &format!("a weight is at most {} dB", limits::DECIBANS),
            "the strongest word, `decisive`, is 20 dB, 100:1; what is certain is a chance of 0% or 100%".into(),
        );
        Ok(most)
    }

    /// Refuses what comes more than once a day.
    pub(super) fn rate(&mut self, amount: &Amount, years: f64) -> Lowered<()> {
        const DAYS: f64 = 366.0;
        if amount.number / years <= f64::from(limits::TIMES_A_DAY) * DAYS {
            return Ok(());
        }
        // Whatever stands for it would fill the horizon, and leave nothing for the others.
        self.beyond(
            amount,
            "is too often",
            "more than once a day",
            "a rate is of things that may not come before a horizon's end: count days on which it comes, or years".into(),
        );
        Err(Broken::Reported)
    }

    /// Refuses a count of more cases or years than there may be: the count, and what it is of.
    pub(super) fn countable(&mut self, amount: &Amount, of: f64, what: &str) -> (f64, f64) {
        let most = limits::CASES as f64;
        if of > most || amount.number > most {
            self.beyond(
                amount,
                "counts too many",
                &format!(
                    "at most {} {what} are counted",
                    limits::grouped(limits::CASES)
                ),
                "state the share itself, in per cent".into(),
            );
        }
        (amount.number.min(most), of.min(most))
    }

    /// What a count makes of a driver, as a share of 1.
    pub(super) fn count_of(
        &mut self,
        node: super::tree::NodeRef<'_>,
    ) -> Lowered<super::ast::Spanned<f64>> {
        let share = self.share(node, None)?;
        let most = f64::from(limits::COUNT_PERCENT) / 100.0;
        if share.node <= most * (1.0 + SLACK) {
            return Ok(share);
        }
        let text = self.read(node);
        self.note(
            Diagnostic::new(&rules::LIMIT, share.span, format!("`{text}` is too much"))
                .label(format!(
                    "a count is at most {}%",
                    limits::grouped(limits::COUNT_PERCENT as usize)
                ))
                .help(
                    "100% leaves a thing as it is, 200% makes its push twice as strong in decibans",
                ),
        );
        Ok(super::ast::Spanned {
            node: most,
            ..share
        })
    }

    /// Says that an amount is beyond a bound. What reads it goes on with the bound, so that the rest of the clause,
    /// its names above all, is looked at too.
    fn beyond(&mut self, amount: &Amount, what: &str, label: &str, help: String) {
        let span = self.place(amount.range.clone());
        let text = &self.text[amount.range.clone()];
        self.note(
            Diagnostic::new(&rules::LIMIT, span, format!("`{text}` {what}"))
                .label(label)
                .help(help),
        );
    }
}

/// The least and the greatest chance that has odds, in per cent.
fn bounds() -> (String, String) {
    // As many digits as the bound itself has: one less would be 100%.
    let digits = limits::ODDS.ilog10() as usize - 2;
    let least = format!("0.{}1%", "0".repeat(digits - 1));
    (least, format!("99.{}%", "9".repeat(digits)))
}
