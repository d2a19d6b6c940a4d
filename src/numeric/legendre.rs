//! Nodes and weights of Gauss's rule, by Legendre's polynomials.
//!
//! In: how many nodes. Out: the nodes on (0, 1), their weights, and what makes of numbers there the last coefficient of the
//! polynomial through them. Newton's method finds the roots (Press et al. 2007, 4.6.1).

/// Gauss's rule on (0, 1).
#[derive(Debug, Clone)]
pub(crate) struct Gauss {
    /// Where to look, rising.
    pub(crate) nodes: Vec<f64>,
    /// By node its weight in the integral; and in the coefficient of the last of Legendre's polynomials that it tells.
    pub(crate) weights: Vec<[f64; 2]>,
}

impl Gauss {
    /// With so many nodes, at least one: exact for polynomials of degree 2n − 1.
    pub(crate) fn new(count: usize) -> Gauss {
        let mut found: Vec<(f64, [f64; 2])> = (0..count).map(|i| node(count, i)).collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (nodes, weights) = found.into_iter().unzip();
        Gauss { nodes, weights }
    }
}

/// The i-th node from the right.
fn node(count: usize, i: usize) -> (f64, [f64; 2]) {
    let n = count as f64;
    let mut x = libm::cos(std::f64::consts::PI * (i as f64 + 0.75) / (n + 0.5));
    let (mut last, mut slope) = (0.0, 1.0);
    // It doubles its digits with each step; the first guess has two.
    for _ in 0..8 {
        let (value, before) = polynomial(count, x);
        (last, slope) = (before, n * (x * value - before) / (x * x - 1.0));
        x -= value / slope;
    }
    // On (0, 1) weights are half of those on (−1, 1).
    let weight = 1.0 / ((1.0 - x * x) * slope * slope);
    (0.5 + 0.5 * x, [weight, (2.0 * n - 1.0) * weight * last])
}

/// Legendre's polynomial of a degree of at least 1, and the one before it.
fn polynomial(degree: usize, x: f64) -> (f64, f64) {
    let (mut value, mut before) = (x, 1.0);
    for k in 2..=degree {
        let k = k as f64;
        (value, before) = (
            ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k,
            value,
        );
    }
    (value, before)
}

#[cfg(test)]
mod tests {
    use super::Gauss;

    /// Powers up to 2n − 1 are integrated; and the last coefficient of q² is told.
    #[test]
    fn powers() {
        for count in 1..40 {
            let gauss = Gauss::new(count);
            for power in 0..2 * count {
                let each = gauss.nodes.iter().zip(&gauss.weights);
                let sum: f64 = each.map(|(q, w)| w[0] * q.powi(power as i32)).sum();
                let wanted = 1.0 / (power as f64 + 1.0);
                assert!(
                    (sum - wanted).abs() < 1e-14,
                    "{count} {power} {sum} {wanted}"
                );
            }
        }
        // q² = P₂/6 + P₁/2 + P₀/3 in the polynomials of 2q − 1.
        let gauss = Gauss::new(3);
        let each = gauss.nodes.iter().zip(&gauss.weights);
        let last: f64 = each.map(|(q, w)| w[1] * q * q).sum();
        assert!((last - 1.0 / 6.0).abs() < 1e-15);
    }
}
