//! Several voices as one: logarithmic and linear pools of probabilities.
//!
//! In: for each voice the probabilities of one question's outcomes by horizon, and how much each voice
//! counts. Out: the pooled ones. The logarithmic pool is p_o ∝ Π_v p_{v,o}^{w_v x / Σw}, the normalised
//! weighted geometric mean (Genest & Zidek 1986, *Statistical Science* 1:114), x its extremising (Satopää et
//! al. 2014, *International Journal of Forecasting* 30:344; Baron et al. 2014, *Decision Analysis* 11:133);
//! the linear one is the weighted mean, to the power x and normalised. What is final never falls.

use crate::resolve::assessment::Pooling;

/// How voices are pooled.
#[derive(Debug, Clone, PartialEq)]
pub struct How {
    /// How much each counts, above 0; one for each voice.
    pub weights: Vec<f64>,
    /// Which mean.
    pub method: Pooling,
    /// The exponent on what is pooled, above 0.
    pub extremise: f64,
}

/// Pools voices: by voice, horizon and outcome of one question. What cannot be pooled, since for each
/// outcome some voice holds it impossible, is NaN.
pub fn pool(voices: &[Vec<Vec<f64>>], how: &How, finals: &[bool]) -> Vec<Vec<f64>> {
    let horizons = voices.first().map_or(0, Vec::len);
    let mut all: Vec<Vec<f64>> = Vec::with_capacity(horizons);
    for h in 0..horizons {
        let at: Vec<&[f64]> = voices.iter().map(|v| v[h].as_slice()).collect();
        let mut pooled = at_once(&at, how);
        if let Some(before) = all.last() {
            keep_from_falling(&mut pooled, before, finals);
        }
        all.push(pooled);
    }
    all
}

/// One horizon by itself.
fn at_once(voices: &[&[f64]], how: &How) -> Vec<f64> {
    let total: f64 = how.weights.iter().sum();
    let outcomes = voices.first().map_or(0, |v| v.len());
    if how.method == Pooling::Linear && how.extremise == 1.0 {
        let mean = |o: usize| {
            voices
                .iter()
                .zip(&how.weights)
                .map(|(v, w)| w / total * v[o])
                .sum()
        };
        return (0..outcomes).map(mean).collect();
    }
    let mut logs: Vec<f64> = (0..outcomes)
        .map(|o| {
            let each = voices.iter().zip(&how.weights);
            let log = match how.method {
                Pooling::Log => each.map(|(v, w)| w / total * libm::log(v[o])).sum(),
                Pooling::Linear => libm::log(each.map(|(v, w)| w / total * v[o]).sum()),
            };
            how.extremise * log
        })
        .collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !most.is_finite() || logs.iter().any(|l| l.is_nan()) {
        return vec![f64::NAN; outcomes];
    }
    logs.iter_mut().for_each(|l| *l = libm::exp(*l - most));
    let sum: f64 = logs.iter().sum();
    logs.iter_mut().for_each(|l| *l /= sum);
    logs
}

/// Raises what is final to where it was; what that takes is taken from the others in proportion.
fn keep_from_falling(now: &mut [f64], before: &[f64], finals: &[bool]) {
    let mut held = vec![false; now.len()];
    loop {
        let free: f64 = now
            .iter()
            .zip(&held)
            .filter(|(_, h)| !**h)
            .map(|(p, _)| p)
            .sum();
        let taken: f64 = before
            .iter()
            .zip(&held)
            .filter(|(_, h)| **h)
            .map(|(p, _)| p)
            .sum();
        let scale = if free > 0.0 {
            (1.0 - taken) / free
        } else {
            0.0
        };
        let scale = if held.contains(&true) {
            scale.max(0.0)
        } else {
            1.0
        };
        let falls = |o: usize| finals[o] && !held[o] && now[o] * scale < before[o];
        let more: Vec<usize> = (0..now.len()).filter(|o| falls(*o)).collect();
        if more.is_empty() {
            for (o, p) in now.iter_mut().enumerate() {
                *p = if held[o] { before[o] } else { *p * scale };
            }
            return;
        }
        more.into_iter().for_each(|o| held[o] = true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn how(weights: &[f64], method: Pooling, extremise: f64) -> How {
        How {
            weights: weights.to_vec(),
            method,
            extremise,
        }
    }

    #[test]
    fn log_odds_are_averaged() {
        let voices = [vec![vec![0.8, 0.2]], vec![vec![0.5, 0.5]]];
        let pooled = pool(
            &voices,
            &how(&[1.0, 1.0], Pooling::Log, 1.0),
            &[false, false],
        );
        assert!((pooled[0][0] - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn what_all_hold_impossible_together_is_nothing() {
        let voices = [vec![vec![1.0, 0.0]], vec![vec![0.0, 1.0]]];
        let pooled = pool(
            &voices,
            &how(&[1.0, 1.0], Pooling::Log, 1.0),
            &[false, false],
        );
        assert!(pooled[0].iter().all(|p| p.is_nan()));
        let pooled = pool(
            &voices,
            &how(&[3.0, 1.0], Pooling::Linear, 1.0),
            &[false, false],
        );
        assert_eq!(pooled[0], [0.75, 0.25]);
    }

    /// Random tables pooled by NumPy: `tests/data/pools.py` wrote them.
    #[test]
    fn pools_agree_with_numpy() {
        let text = include_str!("../../tests/data/pools.txt");
        let mut cases = 0;
        for block in text.split("\n\n").filter(|b| b.starts_with("pool ")) {
            let mut lines = block.lines().filter(|l| !l.starts_with('#'));
            let head: Vec<&str> = lines.next().unwrap().split(' ').collect();
            let count = |i: usize| head[i].parse::<usize>().unwrap();
            let (voices, horizons, outcomes, finals) = (count(1), count(2), count(3), count(4));
            let method = Pooling::ALL.iter().find(|m| m.0 == head[5]).unwrap().1;
            let row = |line: Option<&str>| -> Vec<f64> {
                let cells = line.unwrap().split(' ');
                cells.map(|c| c.parse().unwrap()).collect()
            };
            let weights = row(lines.next());
            let mut table =
                || -> Vec<Vec<f64>> { (0..horizons).map(|_| row(lines.next())).collect() };
            let tables: Vec<_> = (0..voices).map(|_| table()).collect();
            let wanted = table();
            let finals: Vec<bool> = (0..outcomes).map(|o| o < finals).collect();
            let how = how(&weights, method, head[6].parse().unwrap());
            let found = pool(&tables, &how, &finals);
            for (found, wanted) in found.iter().flatten().zip(wanted.iter().flatten()) {
                assert!(
                    (found - wanted).abs() <= 1e-12,
                    "{found} and {wanted} in {head:?}"
                );
            }
            cases += 1;
        }
        assert!(cases >= 1000, "{cases}");
    }

    /// By voice and horizon, three outcomes of which two are final and do not fall.
    fn tables() -> impl Strategy<Value = Vec<Vec<Vec<f64>>>> {
        let voice = proptest::collection::vec((0.0..1.0f64, 0.0..1.0f64), 4);
        let voice = voice.prop_map(|steps| {
            let (mut a, mut b) = (0.0, 0.0);
            let each = steps.into_iter().map(|(x, y)| {
                let open: f64 = 1.0 - a - b;
                a += open * x * 0.5;
                b += open * y * 0.5;
                vec![a, b, 1.0 - a - b]
            });
            each.collect()
        });
        proptest::collection::vec(voice, 2..5)
    }

    proptest! {
        #[test]
        fn pooled_finals_never_fall(voices in tables(), x in 0.2..4.0f64, linear in any::<bool>()) {
            let weights: Vec<f64> = (1..=voices.len()).map(|i| i as f64).collect();
            let method = if linear { Pooling::Linear } else { Pooling::Log };
            let pooled = pool(&voices, &how(&weights, method, x), &[true, true, false]);
            for pair in pooled.windows(2) {
                for (before, now) in pair[0].iter().zip(&pair[1]).take(2) {
                    prop_assert!(*now >= before - 1e-15);
                }
            }
            for at in &pooled {
                prop_assert!((at.iter().sum::<f64>() - 1.0).abs() < 1e-12);
                prop_assert!(at.iter().all(|p| (0.0..=1.0 + 1e-12).contains(p)));
            }
        }

        #[test]
        fn a_pool_of_one_opinion_is_that_opinion(voices in tables(), linear in any::<bool>()) {
            let same = vec![voices[0].clone(), voices[0].clone()];
            let method = if linear { Pooling::Linear } else { Pooling::Log };
            let pooled = pool(&same, &how(&[2.0, 1.0], method, 1.0), &[true, true, false]);
            for (p, own) in pooled.iter().flatten().zip(voices[0].iter().flatten()) {
                prop_assert!((p - own).abs() < 1e-12);
            }
        }
    }
}
