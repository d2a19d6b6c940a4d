//! Numbers and names as messages print them.
//!
//! In: shares, dates, kinds. Out: words. Nothing is looked up.

use crate::syntax::ast::{DriverKind, Duration, TimeUnit};
use crate::text::decimal;

/// A share of 1 in per cent, with as many digits as tell it from its neighbours: `93%`, `0.25%`.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let left = percent.abs().min((100.0 - percent).abs());
    let tiny = if left < 1e-10 {
        0
    } else {
        decimal::places(left, 2)
    };
    format!("{}%", decimal::short(percent, tiny.max(2)))
}

/// `6 months`, `1 year`.
pub(crate) fn duration(d: Duration) -> String {
    format!("{} {}", d.count, unit(d))
}

/// `month` or `months`, as the count asks.
pub(crate) fn unit(d: Duration) -> &'static str {
    match (d.unit, d.count == 1.0) {
        (TimeUnit::Days, false) => "days",
        (TimeUnit::Days, true) => "day",
        (TimeUnit::Weeks, false) => "weeks",
        (TimeUnit::Weeks, true) => "week",
        (TimeUnit::Months, false) => "months",
        (TimeUnit::Months, true) => "month",
        (TimeUnit::Quarters, false) => "quarters",
        (TimeUnit::Quarters, true) => "quarter",
        (TimeUnit::Years, false) => "years",
        (TimeUnit::Years, true) => "year",
    }
}

/// `an event`, `a factor` …
pub(crate) fn a_driver(kind: DriverKind) -> &'static str {
    match kind {
        DriverKind::Event => "an event",
        DriverKind::Factor => "a factor",
        DriverKind::Change => "a change",
        DriverKind::Assumption => "an assumption",
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn per_cents_are_short() {
        assert_eq!(percent(0.93), "93%");
        assert_eq!(percent(0.1 + 0.2), "30%");
        assert_eq!(percent(0.0025), "0.25%");
        assert_eq!(percent(0.000_017_5), "0.0018%");
        assert_eq!(percent(1.005), "100.5%");
        assert_eq!(percent(-1e-18), "0%");
    }
}
