//! How a threshold is written: a number with the unit that says what it counts.
//!
//! In: a value of `assess.toml`, or a number to print. Out: the number in the unit of
//! [`super::Settings`], or what is wrong with how it was written.

/// What a threshold's number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// `"180 days"`, `"2 years"`; held in days, a month as 30 and a year as 365 of them.
    Days,
    /// `"2%"`, a probability; held as a share of 1.
    Share,
    /// `"0.5 points"`, a difference of probabilities; held as a share of 1.
    Points,
    /// `"20 dB"`; held in decibans.
    Decibans,
    /// `5`, a number of things.
    Count,
    /// `10`, so many times as much.
    Factor,
    /// `true` or `false`; held as 1 or 0.
    Switch,
}

/// The words that a duration may be counted in, with their days.
const UNITS: &[(&str, f64)] = &[
    ("years", 365.0),
    ("months", 30.0),
    ("weeks", 7.0),
    ("days", 1.0),
];

impl Measure {
    /// An example of how it is written, as it stands in `assess.toml`.
    pub fn example(self) -> &'static str {
        match self {
            Measure::Days => "\"180 days\"",
            Measure::Share => "\"5%\"",
            Measure::Points => "\"0.5 points\"",
            Measure::Decibans => "\"10 dB\"",
            Measure::Count => "5",
            Measure::Factor => "10",
            Measure::Switch => "true",
        }
    }

    /// Whether it is written as a plain number, not as a string with its unit.
    pub fn is_plain(self) -> bool {
        matches!(self, Measure::Count | Measure::Factor | Measure::Switch)
    }

    /// The regular expression that a string of it matches; none for plain numbers.
    pub fn pattern(self) -> Option<&'static str> {
        match self {
            Measure::Days => Some(r"^\d+(\.\d+)? *(days?|weeks?|months?|years?)$"),
            Measure::Share => Some(r"^\d+(\.\d+)? *%$"),
            Measure::Points => Some(r"^\d+(\.\d+)? *points?$"),
            Measure::Decibans => Some(r"^\d+(\.\d+)? *dB$"),
            Measure::Count | Measure::Factor | Measure::Switch => None,
        }
    }

    /// A written value, in the unit that it is held in.
    ///
    /// # Errors
    ///
    /// What stands there instead, in a few words.
    pub fn read(self, written: &str) -> Result<f64, String> {
        let written = written.trim();
        if self == Measure::Switch {
            let state = written.parse::<bool>();
            return state
                .map(|on| f64::from(u8::from(on)))
                .map_err(|_| format!("`{written}` is neither `true` nor `false`"));
        }
        let end = written
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(written.len());
        let (number, unit) = (&written[..end], written[end..].trim());
        let number: f64 = number
            .parse()
            .map_err(|_| format!("`{written}` does not start with a number"))?;
        let factor = match self {
            Measure::Days => UNITS
                .iter()
                .find(|(word, _)| *word == unit || word.strip_suffix('s') == Some(unit))
                .map(|(_, days)| *days),
            Measure::Share => (unit == "%").then_some(0.01),
            Measure::Points => matches!(unit, "point" | "points").then_some(0.01),
            Measure::Decibans => (unit == "dB").then_some(1.0),
            Measure::Count | Measure::Factor | Measure::Switch => unit.is_empty().then_some(1.0),
        };
        match factor {
            None if unit.is_empty() => Err(format!("`{written}` has no unit")),
            None => Err(format!("`{unit}` is not a unit that fits")),
            Some(factor) => self.check(number * factor),
        }
    }

    /// A number in the unit that it is held in, if it is within bounds.
    ///
    /// # Errors
    ///
    /// Which bound it breaks.
    pub fn check(self, value: f64) -> Result<f64, String> {
        match self {
            _ if !(0.0..=1e9).contains(&value) => {
                Err("it must be between 0 and 1,000,000,000".into())
            }
            Measure::Share | Measure::Points if value > 1.0 => {
                Err("it must be at most 100".to_string())
            }
            Measure::Count if value.fract() != 0.0 => Err("it must be a whole number".into()),
            Measure::Factor if value < 1.0 => Err("it must be at least 1".into()),
            _ => Ok(value),
        }
    }

    /// A number as it is written in `assess.toml`.
    pub fn write(self, value: f64) -> String {
        let percent = || format!("{}", (value * 1e8).round() / 1e6);
        match self {
            Measure::Days => {
                let whole = |days: f64| value > 0.0 && value % days == 0.0;
                let (unit, days) = UNITS
                    .iter()
                    // Months are no whole part of a year: 730 days are two years, 90 stay days.
                    .find(|(unit, days)| *unit != "months" && *unit != "weeks" && whole(*days))
                    .unwrap_or(&("days", 1.0));
                let count = value / days;
                let unit = if count == 1.0 {
                    &unit[..unit.len() - 1]
                } else {
                    unit
                };
                format!("\"{count} {unit}\"")
            }
            Measure::Share => format!("\"{}%\"", percent()),
            Measure::Points if percent() == "1" => "\"1 point\"".to_owned(),
            Measure::Points => format!("\"{} points\"", percent()),
            Measure::Decibans => format!("\"{value} dB\""),
            Measure::Count | Measure::Factor => format!("{value}"),
            Measure::Switch => format!("{}", value != 0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Measure;

    #[test]
    fn what_is_written_is_read_back() {
        for (measure, written, held) in [
            (Measure::Days, "\"180 days\"", 180.0),
            (Measure::Days, "\"2 years\"", 730.0),
            (Measure::Days, "\"1 day\"", 1.0),
            (Measure::Share, "\"5%\"", 0.05),
            (Measure::Points, "\"0.5 points\"", 0.005),
            (Measure::Points, "\"1 point\"", 0.01),
            (Measure::Decibans, "\"10 dB\"", 10.0),
            (Measure::Count, "5", 5.0),
            (Measure::Factor, "10", 10.0),
            (Measure::Switch, "true", 1.0),
            (Measure::Switch, "false", 0.0),
        ] {
            assert_eq!(measure.read(written.trim_matches('"')), Ok(held));
            assert_eq!(measure.write(held), written);
        }
        assert_eq!(Measure::Days.read("6 months"), Ok(180.0));
        assert_eq!(Measure::Days.read("3weeks"), Ok(21.0));
    }

    #[test]
    fn wrong_units_and_bounds_are_refused() {
        for (measure, written, why) in [
            (Measure::Days, "180", "no unit"),
            (Measure::Days, "180 dB", "`dB` is not a unit that fits"),
            (Measure::Share, "150%", "at most 100"),
            (Measure::Share, "-5%", "does not start with a number"),
            (Measure::Count, "2.5", "whole"),
            (Measure::Factor, "0.5", "at least 1"),
            (Measure::Switch, "1", "neither `true` nor `false`"),
            (
                Measure::Decibans,
                "1.2.3 dB",
                "does not start with a number",
            ),
            (Measure::Days, "99999999999 years", "between 0"),
            (Measure::Days, "", "does not start with a number"),
        ] {
            let error = measure.read(written).expect_err(written);
            assert!(error.contains(why), "{written}: {error}");
        }
    }
}
