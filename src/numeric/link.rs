//! The scale on which a quantity is normal: its own, or that of its logarithm.

/// g(x), with `log` the logarithm: what is not above 0 lies below all that has one.
pub fn g(log: bool, x: f64) -> f64 {
    match log {
        true if x > 0.0 => libm::log(x),
        true => f64::NEG_INFINITY,
        false => x,
    }
}

/// The number whose g this is.
pub fn number(log: bool, g: f64) -> f64 {
    if log { libm::exp(g) } else { g }
}
