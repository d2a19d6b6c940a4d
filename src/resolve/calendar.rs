//! Calendar arithmetic: dates so many months or days after another.
//!
//! In: a date and a length. Out: a date, clamped to the month's end, or nothing past year 9999.

use crate::syntax::ast::{Duration, TimeUnit};
use jiff::Span;
use jiff::civil::Date;

/// The date so long after `date`: a month after 31 January is the last day of February. Days and
/// weeks are rounded to whole days.
pub(crate) fn after(date: Date, length: Duration) -> Option<Date> {
    let count = length.count;
    if !(0.0..1e7).contains(&count) {
        return None;
    }
    let whole = |n: f64| n.round() as i64;
    let span = match length.unit {
        TimeUnit::Days => Span::new().try_days(whole(count)),
        TimeUnit::Weeks => Span::new().try_days(whole(count * 7.0)),
        TimeUnit::Months => Span::new().try_months(whole(count)),
        TimeUnit::Quarters => Span::new().try_months(whole(count * 3.0)),
        TimeUnit::Years => Span::new().try_years(whole(count)),
    };
    date.checked_add(span.ok()?).ok()
}

/// Days from one date to another, negative where the second lies before.
pub(crate) fn days(from: Date, to: Date) -> f64 {
    from.until(to)
        .map_or(0.0, |span| f64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn length(count: f64, unit: TimeUnit) -> Duration {
        Duration { count, unit }
    }

    #[test]
    fn months_end_where_the_month_ends() {
        let months = |n| length(n, TimeUnit::Months);
        assert_eq!(after(date(2025, 3, 1), months(6.0)), Some(date(2025, 9, 1)));
        assert_eq!(
            after(date(2025, 1, 31), months(1.0)),
            Some(date(2025, 2, 28))
        );
        assert_eq!(
            after(date(2024, 1, 31), months(1.0)),
            Some(date(2024, 2, 29))
        );
        assert_eq!(
            after(date(2025, 8, 31), months(18.0)),
            Some(date(2027, 2, 28))
        );
        let years = |n| length(n, TimeUnit::Years);
        assert_eq!(
            after(date(2024, 2, 29), years(1.0)),
            Some(date(2025, 2, 28))
        );
        assert_eq!(
            after(date(2024, 2, 29), years(4.0)),
            Some(date(2028, 2, 29))
        );
    }

    #[test]
    fn other_units_count_days() {
        let start = date(2024, 2, 20);
        assert_eq!(
            after(start, length(2.0, TimeUnit::Weeks)),
            Some(date(2024, 3, 5))
        );
        assert_eq!(
            after(start, length(90.0, TimeUnit::Days)),
            Some(date(2024, 5, 20))
        );
        assert_eq!(
            after(start, length(1.0, TimeUnit::Quarters)),
            Some(date(2024, 5, 20))
        );
        assert_eq!(days(start, date(2025, 2, 20)), 366.0);
        assert_eq!(days(date(2025, 3, 1), date(2030, 3, 1)), 1826.0);
    }

    #[test]
    fn there_is_an_end_of_time() {
        assert_eq!(after(date(2025, 3, 1), length(1e6, TimeUnit::Years)), None);
        assert_eq!(
            after(date(2025, 3, 1), length(f64::INFINITY, TimeUnit::Days)),
            None
        );
        assert_eq!(
            after(date(9999, 12, 1), length(1.0, TimeUnit::Months)),
            None
        );
    }
}
