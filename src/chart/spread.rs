//! Labels that want the same place, moved apart.
//!
//! In: where each label wants its middle, how high it is, and the room. Out: where it goes: as near
//! as can be in least squares, in the same order, none upon another.

/// The middles of labels of these heights, wanted at these places, between `low` and `high`.
/// Where all of them together are higher than the room, they run over its end.
pub(super) fn spread(wanted: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    // Each label's distance below the first one when all are stacked.
    let mut below = 0.0;
    let mut stacked = Vec::with_capacity(order.len());
    for (i, &label) in order.iter().enumerate() {
        if i > 0 {
            below += f64::midpoint(heights[order[i - 1]], heights[label]);
        }
        stacked.push(below);
    }
    // Less that distance, places must not fall: the mean of each run that does (isotonic regression).
    let mut runs: Vec<(f64, usize)> = Vec::new();
    for (&label, below) in order.iter().zip(&stacked) {
        runs.push((wanted[label] - below, 1));
        while let [.., a, b] = runs[..]
            && a.0 > b.0
        {
            runs.pop();
            runs.pop();
            let n = a.1 + b.1;
            runs.push(((a.0 * a.1 as f64 + b.0 * b.1 as f64) / n as f64, n));
        }
    }
    let (Some(&first), Some(&last)) = (order.first(), order.last()) else {
        return Vec::new();
    };
    let least = low + heights[first] / 2.0;
    let most = (high - heights[last] / 2.0 - below).max(least);
    let flat = runs
        .iter()
        .flat_map(|run| std::iter::repeat_n(run.0, run.1));
    let mut placed = vec![0.0; wanted.len()];
    for ((place, &label), below) in flat.zip(&order).zip(&stacked) {
        placed[label] = place.clamp(least, most) + below;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::spread;
    use proptest::prelude::*;

    #[test]
    fn labels_apart_stay_where_they_want_to_be() {
        assert_eq!(
            spread(&[50.0, 10.0], &[10.0, 10.0], 0.0, 100.0),
            [50.0, 10.0]
        );
        assert_eq!(
            spread(&[50.0, 50.0], &[10.0, 10.0], 0.0, 100.0),
            [45.0, 55.0]
        );
        assert_eq!(spread(&[2.0, 1.0], &[10.0, 10.0], 0.0, 100.0), [15.0, 5.0]);
        assert!(spread(&[], &[], 0.0, 1.0).is_empty());
    }

    proptest! {
        #[test]
        fn none_lies_upon_another(labels in prop::collection::vec((0.0..300.0, 5.0..40.0), 1..12)) {
            let (wanted, heights): (Vec<f64>, Vec<f64>) = labels.into_iter().unzip();
            let high = 300.0_f64.max(heights.iter().sum());
            let placed = spread(&wanted, &heights, 0.0, high);
            for a in 0..placed.len() {
                let half = heights[a] / 2.0;
                prop_assert!(placed[a] - half >= -1e-9 && placed[a] + half <= high + 1e-9);
                for b in 0..a {
                    let apart = (placed[a] - placed[b]).abs();
                    prop_assert!(apart >= f64::midpoint(heights[a], heights[b]) - 1e-9);
                }
            }
        }
    }
}
