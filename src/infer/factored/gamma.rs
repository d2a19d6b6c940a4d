//! The Gamma function of complex numbers.
//!
//! In: a number to the right of 0. Out: Γ there, by Lanczos' series with Godfrey's coefficients for g = 607/128 (Lanczos
//! 1964), to some 1e-15 of its size.

/// A complex number.
pub(super) type Complex = (f64, f64);

/// Where the series is shifted to: with 15 terms Godfrey found the least error there.
const G: f64 = 607.0 / 128.0;

/// Godfrey's coefficients for it.
const SERIES: [f64; 15] = [
    0.999_999_999_999_997_1,
    57.156_235_665_862_92,
    -59.597_960_355_475_49,
    14.136_097_974_741_746,
    -0.491_913_816_097_620_2,
    0.339_946_499_848_118_87e-4,
    0.465_236_289_270_485_8e-4,
    -0.983_744_753_048_795_6e-4,
    0.158_088_703_224_912_5e-3,
    -0.210_264_441_724_104_88e-3,
    0.217_439_618_115_212_64e-3,
    -0.164_318_106_536_763_9e-3,
    0.844_182_239_838_527_4e-4,
    -0.261_908_384_015_814_1e-4,
    0.368_991_826_595_316_2e-5,
];

/// Γ(x + iy), x > 0.
pub(super) fn gamma((x, y): Complex) -> Complex {
    // Γ(z) = Γ(z + 1)/z: the series is for z + 1.
    let (mut re, mut im) = (SERIES[0], 0.0);
    for (k, c) in SERIES.iter().enumerate().skip(1) {
        let (a, b) = (x + k as f64, y);
        let square = a * a + b * b;
        re += c * a / square;
        im -= c * b / square;
    }
    let t = (x + G + 0.5, y);
    // ln of t^(z + 1/2) e^(−t) √(2π).
    let log = (
        0.5 * libm::log(t.0 * t.0 + t.1 * t.1),
        libm::atan2(t.1, t.0),
    );
    let root = 0.5 * libm::log(2.0 * std::f64::consts::PI);
    let size = (x + 0.5) * log.0 - y * log.1 - t.0 + root;
    let turn = (x + 0.5) * log.1 + y * log.0 - t.1;
    let power = from_polar(size, turn);
    divide(times(power, (re, im)), (x, y))
}

/// e^size, turned.
pub(super) fn from_polar(size: f64, turn: f64) -> Complex {
    let size = libm::exp(size);
    (size * libm::cos(turn), size * libm::sin(turn))
}

pub(super) fn times(a: Complex, b: Complex) -> Complex {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

fn divide(a: Complex, b: Complex) -> Complex {
    let square = b.0 * b.0 + b.1 * b.1;
    (
        (a.0 * b.0 + a.1 * b.1) / square,
        (a.1 * b.0 - a.0 * b.1) / square,
    )
}

#[cfg(test)]
mod tests {
    use super::gamma;
    use std::f64::consts::PI;

    /// Γ(z)Γ(1 − z) = π/sin πz, on the line where both are looked up.
    #[test]
    fn reflected() {
        for i in 0..120 {
            let y = f64::from(i) * 0.1;
            for x in [1.0 / 3.0, 0.5, 0.25] {
                let (a, b) = (gamma((x, y)), gamma((1.0 - x, -y)));
                let product = super::times(a, b);
                // sin(π(x + iy)) = sin πx cosh πy + i cos πx sinh πy
                let sine = (
                    libm::sin(PI * x) * libm::cosh(PI * y),
                    libm::cos(PI * x) * libm::sinh(PI * y),
                );
                let found = super::times(product, sine);
                assert!((found.0 / PI - 1.0).abs() < 2e-13, "{x} {y}: {found:?}");
                assert!((found.1 / PI).abs() < 2e-13, "{x} {y}: {found:?}");
            }
        }
    }

    #[test]
    fn factorials() {
        let mut all = 1.0;
        for n in 1..15 {
            assert!((gamma((f64::from(n), 0.0)).0 / all - 1.0).abs() < 1e-13);
            all *= f64::from(n);
        }
    }
}
