//! Percentiles of what was drawn.
//!
//! In: numbers in any order. Out: the 5th and the 95th percentile.

/// A number's 5th and 95th percentile.
pub(crate) type Interval = Option<(f64, f64)>;

/// The 5th and 95th percentile, linear between the nearest two (type 7 of Hyndman & Fan 1996).
pub(crate) fn interval(column: &mut [f64]) -> Interval {
    if column.is_empty() {
        return None;
    }
    let mut percentile = |share: f64| {
        let place = share * (column.len() - 1) as f64;
        let below = place as usize;
        let (_, low, above) = column.select_nth_unstable_by(below, f64::total_cmp);
        let low = *low;
        let rest = place - below as f64;
        if rest < 1e-9 {
            return low;
        }
        let next = above.iter().copied().fold(f64::INFINITY, f64::min);
        low + rest * (next - low)
    };
    Some((percentile(0.05), percentile(0.95)))
}

#[cfg(test)]
mod tests {
    use super::interval;

    #[test]
    fn percentiles() {
        let mut column: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        assert_eq!(interval(&mut column), Some((5.0, 95.0)));
        let mut column = vec![1.0, 3.0, 2.0];
        let (low, high) = interval(&mut column).unwrap();
        assert!((low - 1.1).abs() < 1e-12 && (high - 2.9).abs() < 1e-12);
        assert_eq!(interval(&mut []), None);
    }
}
