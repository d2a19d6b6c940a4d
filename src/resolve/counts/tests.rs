//! The intervals of counts beside those that another program computes.
//!
//! In: figures of the program and version that are named. Out: nothing, or a failure.

use super::{beta, gamma};

/// SciPy 1.17.1: count, total, then `scipy.stats.beta.ppf([.05, .95], count + .5, total - count + .5)`;
/// of the upper end what it leaves, by `beta.isf` of the mirrored law.
#[rustfmt::skip]
const SHARES: &[(f64, f64, f64, f64)] = &[
    (0.0, 1.0, 1.5429193026729e-03, 2.2851981380633e-01),
    (1.0, 1.0, 2.2851981380633e-01, 1.5429193026729e-03),
    (0.0, 32.0, 6.0959718912820e-05, 9.4218519947008e-01),
    (3.0, 32.0, 3.4648663715324e-02, 7.9530854600470e-01),
    (16.0, 32.0, 3.5870299136329e-01, 3.5870299136329e-01),
    (32.0, 32.0, 9.4218519947008e-01, 6.0959718912820e-05),
    (0.0, 2000000.0, 9.8303487664233e-10, 9.9999903963588e-01),
    (3.0, 2000000.0, 5.4183766917915e-07, 9.9999648321887e-01),
    (1999997.0, 2000000.0, 9.9999648321887e-01, 5.4183766917915e-07),
    (40.0, 1000000.0, 3.0630877023580e-05, 9.9994849555480e-01),
    (1500.0, 2000000.0, 7.1869018502778e-04, 9.9921762329439e-01),
    (0.0, 1000000000.0, 1.9660699995163e-12, 9.9999999807927e-01),
    (1000000000.0, 1000000000.0, 9.9999999807927e-01, 1.9660699995163e-12),
    (99999.0, 1000000000.0, 9.9479947841860e-05, 9.9989947981124e-01),
    (100001.0, 1000000000.0, 9.9481942641159e-05, 9.9989947780604e-01),
    (150000.0, 400000.0, 3.7374159184835e-01, 6.2374025620942e-01),
    (250000.0, 1000000.0, 2.4928829227902e-01, 7.4928722376590e-01),
    (500000000.0, 1000000000.0, 4.9997399258063e-01, 4.9997399258063e-01),
    (2.5, 10.0, 8.7264433914150e-02, 4.9309869893680e-01),
    (7.0, 8.0, 6.0332683311448e-01, 2.2464665548255e-02),
    (12345.0, 67890.0, 1.7941337255584e-01, 8.1571680730060e-01),
];

/// SciPy 1.17.1: count, then `scipy.stats.gamma.ppf([.05, .95], count + .5)`.
#[rustfmt::skip]
const RATES: &[(f64, f64, f64)] = &[
    (0.0, 1.9660700000098e-03, 1.9207294103471e+00),
    (1.0, 1.7592315887464e-01, 3.9073639516256e+00),
    (2.0, 5.7273811303088e-01, 5.5352488467582e+00),
    (3.0, 1.0836749546490e+00, 7.0335702246701e+00),
    (9.0, 5.0585065319295e+00, 1.5071763602823e+01),
    (10.0, 5.7956526044104e+00, 1.6335286670459e+01),
    (25.0, 1.7799931969094e+01, 3.4334646956143e+01),
    (100.0, 8.4598159926392e+01, 1.1753825482178e+02),
    (1234.0, 1.1772813978435e+03, 1.2928555813092e+03),
    (20000.0, 1.9768449561943e+04, 2.0233687463953e+04),
    (99999.0, 9.9479922047163e+04, 1.0052021498119e+05),
    (100000.0, 9.9480919446418e+04, 1.0052121758194e+05),
    (250000.0, 2.4917864127089e+05, 2.5082349575783e+05),
    (1000000.0, 9.9835621467250e+05, 1.0016459223564e+06),
    (10000000.0, 9.9947995845677e+06, 1.0005202552461e+07),
    (1000000000.0, 9.9994798622972e+08, 1.0000520159073e+09),
    (0.3, 2.1897532861428e-02, 2.5951436134799e+00),
];

#[track_caller]
fn near(found: f64, expected: f64, of: &str) {
    let off = (found / expected - 1.0).abs();
    assert!(
        off < 1e-9,
        "{of}: {found:e} and not {expected:e}, by {off:e}"
    );
}

#[test]
fn shares_have_the_intervals_of_jeffreys() {
    for &(count, total, low, left) in SHARES {
        let of = format!("{count} of {total}");
        let ends = beta(count + 0.5, total - count + 0.5);
        near(ends.0, low, &of);
        near(ends.1, 1.0 - left, &of);
        if left > 1e-6 {
            near(1.0 - ends.1, left, &of);
        }
        let mirrored = beta(total - count + 0.5, count + 0.5);
        near(mirrored.0, left, &of);
        let point = (count + 0.5) / (total + 1.0);
        assert!(ends.0 < point && point < ends.1, "{of}");
    }
}

#[test]
fn rates_have_the_intervals_of_jeffreys() {
    for &(count, low, high) in RATES {
        let of = format!("{count} times");
        let ends = gamma(count + 0.5);
        near(ends.0, low, &of);
        near(ends.1, high, &of);
    }
}

#[test]
fn few_events_among_many_cases_are_few() {
    // As rare events, they follow the law of a rate.
    let ends = beta(3.5, 2e6 - 2.5);
    let rate = gamma(3.5);
    assert!((ends.0 * 2e6 / rate.0 - 1.0).abs() < 1e-5, "{ends:?}");
    assert!((ends.1 * 2e6 / rate.1 - 1.0).abs() < 1e-5, "{ends:?}");
}

#[test]
fn counts_of_any_size_have_an_interval() {
    for count in [0.0, 1e-300, 0.5, 1e3, 1e5, 1e6, 1e9] {
        for left in [0.0, 1e-300, 0.5, 1e3, 1e5, 1e6, 1e9] {
            let (low, high) = beta(count + 0.5, left + 0.5);
            assert!(
                0.0 < low && low < high && high < 1.0,
                "{count} of {left} more"
            );
        }
        let (low, high) = gamma(count + 0.5);
        assert!(0.0 < low && low < high && high.is_finite(), "{count}");
    }
}
