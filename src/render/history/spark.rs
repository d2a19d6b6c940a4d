//! A series of shares as one line of blocks.
//!
//! In: shares, none where a revision has no verdict. Out: a character each.

/// From the lowest to the highest.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII: [char; 8] = ['_', '.', '-', '~', '=', '+', '*', '#'];

/// A line spans at least ten points, so that what hardly moves looks so.
const LEAST: f64 = 0.1;

/// One value of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    /// A share of 1.
    Share(f64),
    /// The revision has no verdict.
    Broken,
    /// The verdict has no such number.
    Absent,
}

/// Draws a series between its own lowest and highest value.
pub(super) fn line(series: &[Value], ascii: bool) -> String {
    let shares = series.iter().filter_map(|v| match v {
        Value::Share(p) => Some(*p),
        _ => None,
    });
    let (low, high) = shares.fold((1.0_f64, 0.0_f64), |(l, h), p| (l.min(p), h.max(p)));
    let span = (high - low).max(LEAST);
    // What does not fill its span lies in the middle of it, as far as 0% and 100% allow.
    let bottom = ((low + high - span) / 2.0).clamp(0.0, 1.0 - span.min(1.0));
    let blocks = if ascii { ASCII } else { BLOCKS };
    let draw = |value: &Value| match value {
        Value::Share(p) => {
            // A share on the border of two blocks has the higher one, whatever its last bit.
            let place = (p - bottom) / span * blocks.len() as f64 + 1e-9;
            blocks[(place.max(0.0) as usize).min(blocks.len() - 1)]
        }
        Value::Broken if ascii => 'x',
        Value::Broken => '×',
        Value::Absent => ' ',
    };
    series.iter().map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::{Value, line};

    fn of(shares: &[f64]) -> String {
        let series: Vec<Value> = shares.iter().map(|&p| Value::Share(p)).collect();
        line(&series, false)
    }

    #[test]
    fn blocks_follow_the_shares() {
        assert_eq!(of(&[0.0, 0.5, 1.0]), "▁▅█");
        assert_eq!(of(&[0.20, 0.25, 0.30]), "▁▅█");
        assert_eq!(of(&[0.50, 0.51]), "▄▅");
        assert_eq!(of(&[0.001, 0.002]), "▁▁");
        assert_eq!(of(&[0.999, 1.0]), "██");
        assert_eq!(of(&[]), "");
        let odd = [Value::Broken, Value::Absent, Value::Share(0.5)];
        assert_eq!(line(&odd, false), "× ▅");
        assert_eq!(line(&odd, true), "x =");
    }
}
