//! Players who join one after another: what a set of them counts for, and orders drawn at random.
//!
//! In: how many there are, or an order and a source of numbers. Out: the coefficients of Shapley's value (Shapley 1953); the same order,
//! drawn anew so that each is as likely (Fisher and Yates).

use chacha20::ChaCha8Rng;
use chacha20::rand_core::Rng;

/// |S|!·(n − |S| − 1)!/n! by |S|: how much a set of some of `n` players counts for one who joins it.
pub(crate) fn set_weights(n: usize) -> Vec<f64> {
    let mut weights = vec![1.0 / n.max(1) as f64; n];
    for s in 1..n {
        weights[s] = weights[s - 1] * s as f64 / (n - s) as f64;
    }
    weights
}

/// Draws an order.
pub(crate) fn shuffle(order: &mut [usize], rng: &mut ChaCha8Rng) {
    for i in (1..order.len()).rev() {
        order.swap(i, (rng.next_u64() % (i as u64 + 1)) as usize);
    }
}
