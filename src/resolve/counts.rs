//! The interval that a count leaves: the 5th and 95th percentile of Jeffreys' posterior, a Beta law
//! of a share and a Gamma law of a rate.
//!
//! In: the law's parameters, each at least ½. Out: both percentiles to ten digits, the same on every
//! machine. Which way they are found hangs on the number of events, not on that of cases: three of
//! two million are three. Few events: the tail is summed up and its logarithm solved for the
//! log-odds, in which it is concave, so that Newton's steps cannot run away. Many: the law of the
//! log-odds is so near to normal that four cumulants say all (Cornish and Fisher).

use crate::text::decimal;

/// The 95th percentile of the standard normal law.
const Z: f64 = 1.644_853_626_951_472_2;

/// What lies beyond either end.
const TAIL: f64 = 0.05;

/// Events, and cases without one, above which the cumulants are taken: they then err below 1e-11.
const MANY: f64 = 1e5;

/// Steps of a sum or a fraction; none of fewer than [`MANY`] events takes as many.
const STEPS: u32 = 100_000;

/// The 5th and 95th percentile of Gamma(`shape`, 1).
pub(super) fn gamma(shape: f64) -> (f64, f64) {
    let ends = if shape > MANY {
        far(cumulants(shape), Z)
    } else {
        let start = near(shape, f64::INFINITY);
        (
            solve(start.0, 1.0, |u| gamma_tail(shape, u, false)),
            solve(start.1, -1.0, |u| gamma_tail(shape, u, true)),
        )
    };
    (
        decimal::significant(libm::exp(ends.0), 10),
        decimal::significant(libm::exp(ends.1), 10),
    )
}

/// The 5th and 95th percentile of Beta(`a`, `b`).
pub(super) fn beta(a: f64, b: f64) -> (f64, f64) {
    let ends = if a.min(b) > MANY {
        let (a, b) = (cumulants(a), cumulants(b));
        far([a[0] - b[0], a[1] + b[1], a[2] - b[2], a[3] + b[3]], Z)
    } else {
        let start = near(a, b);
        (
            solve(start.0, 1.0, |u| beta_tail(a, b, u)),
            -solve(-start.1, 1.0, |u| beta_tail(b, a, u)),
        )
    };
    // The digits that count are those of the smaller part, the share or what it leaves.
    let share = |u: f64| {
        let less = decimal::significant(1.0 / (1.0 + libm::exp(u.abs())), 10);
        if u < 0.0 { less } else { 1.0 - less }
    };
    (share(ends.0), share(ends.1))
}

/// Roughly the ends of the law of ln x of Gamma(a, 1), or of the log-odds of Beta(a, b).
fn near(a: f64, b: f64) -> (f64, f64) {
    let centre = if b.is_finite() {
        libm::log(a / b)
    } else {
        libm::log(a)
    };
    let sd = libm::sqrt(1.0 / a + 1.0 / b);
    (centre - 2.0 * sd, centre + 2.0 * sd)
}

/// The first four cumulants of ln x under Gamma(a, 1), for a large `a`: the polygamma functions.
fn cumulants(a: f64) -> [f64; 4] {
    let r = 1.0 / a;
    [
        libm::log(a) - r / 2.0 - r * r / 12.0,
        r + r * r / 2.0 + r * r * r / 6.0,
        -r * r - r * r * r,
        2.0 * r * r * r,
    ]
}

/// Both ends of a law that is nearly normal, from its cumulants.
fn far(k: [f64; 4], z: f64) -> (f64, f64) {
    let sd = libm::sqrt(k[1]);
    let (skew, excess) = (k[2] / (sd * k[1]), k[3] / (k[1] * k[1]));
    let end = |z: f64| {
        let cube = z * z * z;
        let turn = skew * (z * z - 1.0) / 6.0 + excess * (cube - 3.0 * z) / 24.0
            - skew * skew * (2.0 * cube - 5.0 * z) / 36.0;
        k[0] + sd * (z + turn)
    };
    (end(-z), end(z))
}

/// Where the tail, which rises with u by `sign`, is [`TAIL`]. `tail` gives its logarithm, and by how
/// much that moves with u.
fn solve(mut u: f64, sign: f64, tail: impl Fn(f64) -> (f64, f64)) -> f64 {
    for _ in 0..200 {
        let (log, slope) = tail(u);
        // From the side where the tail is large a step may be long: not longer than the law is wide.
        let step = ((libm::log(TAIL) - log) / slope).clamp(-4.0, 4.0);
        u += sign * step;
        if step.abs() <= 1e-14 * (1.0 + u.abs()) {
            break;
        }
    }
    u
}

/// The logarithm of the part of Gamma(a, 1) below e^u, or above, and how it moves with u.
fn gamma_tail(a: f64, u: f64, above: bool) -> (f64, f64) {
    let x = libm::exp(u);
    // The density of ln x.
    let log = a * u - x - libm::lgamma(a);
    let tail = if x < a + 1.0 {
        let (mut term, mut sum) = (1.0 / a, 1.0 / a);
        for n in 1..STEPS {
            term *= x / (a + f64::from(n));
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        (log + libm::log(sum), false)
    } else {
        // Lentz's evaluation of the continued fraction of the upper tail.
        let fraction = lentz(x + 1.0 - a, |n| {
            let n = f64::from(n);
            (-n * (n - a), x + 2.0 * n + 1.0 - a)
        });
        (log - libm::log(fraction), true)
    };
    let tail = side(tail, above);
    (tail, libm::exp(log - tail))
}

/// The logarithm of the part of Beta(a, b) below log-odds of u, and how it moves with u.
fn beta_tail(a: f64, b: f64, u: f64) -> (f64, f64) {
    let (x, y) = (1.0 / (1.0 + libm::exp(-u)), 1.0 / (1.0 + libm::exp(u)));
    let (log_x, log_y) = (-libm::log1p(libm::exp(-u)), -libm::log1p(libm::exp(u)));
    // The density of the log-odds.
    let log = a * log_x + b * log_y - log_beta(a, b);
    // The side on which the fraction converges soon; but near an end that of the small variable, in
    // which nothing cancels.
    let lower = match x.min(y) {
        least if least < 1e-4 => x < y,
        _ => x * (a + b + 2.0) < a + 1.0,
    };
    let tail = if lower {
        (log - libm::log(a) - libm::log(fraction(a, b, x)), false)
    } else {
        (log - libm::log(b) - libm::log(fraction(b, a, y)), true)
    };
    let tail = side(tail, false);
    (tail, libm::exp(log - tail))
}

/// The logarithm of one tail from that of a tail, which is the upper one or not.
fn side((log, is_above): (f64, bool), above: bool) -> f64 {
    if is_above == above {
        log
    } else {
        libm::log(-libm::expm1(log.min(-f64::MIN_POSITIVE)))
    }
}

/// The continued fraction of the lower tail of Beta(a, b).
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    lentz(1.0, |n| {
        let m = f64::from(n / 2);
        let over = if n.is_multiple_of(2) {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        (over, 1.0)
    })
}

/// b0 + a1/(b1 + a2/(b2 + …)), by Lentz's method.
fn lentz(b0: f64, part: impl Fn(u32) -> (f64, f64)) -> f64 {
    const TINY: f64 = 1e-300;
    let (mut value, mut c, mut d) = (b0, b0, 0.0);
    for n in 1..STEPS {
        let (a, b) = part(n);
        d = b + a * d;
        d = 1.0 / if d.abs() < TINY { TINY } else { d };
        c = b + a / c;
        c = if c.abs() < TINY { TINY } else { c };
        value *= c * d;
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

/// ln B(a, b), which does not lose the smaller parameter beside the larger.
fn log_beta(a: f64, b: f64) -> f64 {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    if b < 10.0 {
        return libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    }
    let ratio = -(b - 0.5) * libm::log1p(a / b) - a * libm::log(a + b) + a;
    libm::lgamma(a) + ratio + stirling(b) - stirling(a + b)
}

/// What Stirling's formula lacks of ln Γ(x), for x of at least 10.
fn stirling(x: f64) -> f64 {
    let r = 1.0 / (x * x);
    (1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r * (1.0 / 1680.0 - r / 1188.0)))) / x
}

#[cfg(test)]
#[path = "counts/tests.rs"]
mod tests;
