//! `10% a month`, `1% annually`, `10%/month`: a rate, as it is said.

use super::{Made, Mistake, Piece};
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::syntax::broken_values::{Want, value_end};
use crate::syntax::values::{plain, share_of_a_year};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 10% a year }",
        "event e { chance: 10% per year }",
    ),
    made: &[Made::Said(explain)],
};

fn explain(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    let (lower, range) = (piece.lower, piece.range.clone());
    if want != Want::Chance {
        return None;
    }
    let text = piece.text;
    let end = value_end(text)?;
    let shares = percents(text[..end].trim())?;
    let said = text[end..].trim();
    let unit = unit_of(said)?;
    let ends: Option<Vec<String>> = shares
        .iter()
        .map(|share| match unit {
            "year" => Some(format!("{}%", plain(*share))),
            unit => share_of_a_year(*share, unit).map(|share| format!("{share}%")),
        })
        .collect();
    let meant = format!("{} per year", ends?.join(" to "));
    let span = lower.place(range.start..range.start + text.trim_end().len());
    let about = match unit {
        "year" => "",
        _ => ", which is about the same",
    };
    let fix = Fix {
        // In another unit of time the figure is another, and rounded.
        safe: unit == "year",
        ..Fix::risky(format!("write `{meant}`"), span, meant.as_str())
    };
    Some(
        Diagnostic::new(
            &rules::UNKNOWN_OPTION,
            span,
            match unit {
                "year" => format!("`{said}` is written `per year`"),
                unit => format!("a rate counts years, not `{unit}`"),
            },
        )
        .label("how much is it in a year?")
        .help(format!("write `{meant}`{about}"))
        .fix(fix),
    )
}

/// The ends of `10%` and `1% to 2%`.
fn percents(value: &str) -> Option<Vec<f64>> {
    let ends = value.split(" to ").map(|end| {
        let number = end.trim().strip_suffix('%')?.trim_end();
        let number: f64 = number.parse().ok()?;
        (0.0..=100.0).contains(&number).then_some(number)
    });
    let ends: Option<Vec<f64>> = ends.collect();
    ends.filter(|ends| ends.len() <= 2)
}

/// The unit of time that a rate is said of.
fn unit_of(said: &str) -> Option<&'static str> {
    let said = said.to_lowercase();
    let alone = match said.as_str() {
        "daily" => Some("day"),
        "weekly" => Some("week"),
        "monthly" => Some("month"),
        "quarterly" => Some("quarter"),
        "yearly" | "annually" | "annual" | "p.a." | "p. a." | "p.a" | "pa" | "per annum" => {
            Some("year")
        }
        "p.m." => Some("month"),
        _ => None,
    };
    if alone.is_some() {
        return alone;
    }
    let before = [
        "a ", "an ", "every ", "each ", "in a ", "in each ", "in any ",
    ];
    let behind = before
        .iter()
        .find_map(|word| said.strip_prefix(word))
        .or_else(|| said.strip_prefix('/').map(str::trim_start))
        .or_else(|| said.strip_prefix("per ").filter(|_| said.contains('/')))?;
    let units = [
        "day", "week", "month", "quarter", "year", "decade", "century",
    ];
    units.into_iter().find(|unit| behind.trim() == *unit)
}

#[cfg(test)]
mod tests {
    use crate::syntax::parse;
    use crate::text::source::FileId;

    #[test]
    fn is_read_however_it_is_said() {
        for (said, meant) in [
            ("10% a month", "71.8% per year"),
            ("10% every month", "71.8% per year"),
            ("10% monthly", "71.8% per year"),
            ("10%/month", "71.8% per year"),
            ("10% / quarter", "34.4% per year"),
            ("2% p.a.", "2% per year"),
            ("2% annually", "2% per year"),
            ("1% to 2% each year", "1% to 2% per year"),
            ("1% to 2% each quarter", "3.94% to 7.76% per year"),
        ] {
            let text = format!("event e {{\n  chance: {said}\n}}\n");
            let found = parse(FileId(0), &text).diagnostics.sorted();
            assert_eq!(found.len(), 1, "{said}: {found:#?}");
            let help = found[0].help.clone().unwrap_or_default();
            assert!(help.contains(&format!("`{meant}`")), "{said}: {help}");
        }
    }
}
