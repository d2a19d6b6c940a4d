//! How numbers are written, in every output for people. JSON and CSV are never rounded.
//!
//! In: doubles. Out: text. A share is given in whole per cents, to a decimal below 10% and above
//! 90%, where a point is much, and to two digits of what is left below 0.1% and above 99.9%. Where
//! rounding would carry it onto the edge of its word's band it is "just under" or "just over" that
//! number; where it would carry it across a bound, more digits are given. What is not quite 0% or
//! 100% never reads so. A column of shares is rounded one by one and need not sum to 100%.

use crate::scales::{EDGE, Scale};
use crate::text::decimal::{fixed, places, short, significant};

/// As many decimals of a per cent as tell a share from a bound.
const MOST_DECIMALS: usize = 3;

/// Nearer to 0% or 100% than this no digits are given any more.
const LEAST: f64 = 1e-12;

/// A share, "69%", "2.3%" or "0.022%".
pub fn percent(p: f64) -> String {
    format!("{}%", digits(p))
}

/// A share beside its word: what is printed has the same word, looked up, as the share: "just over
/// 80%" is above 80%.
pub fn percent_in(scale: &Scale, p: f64) -> String {
    let word = scale.wording(p);
    let same = |rounded: f64| scale.wording(rounded).reads_as(&word);
    let text = digits(p);
    let rounded = value(&text);
    if rounded.is_nan() || same(rounded) {
        return format!("{text}%");
    }
    // The edge is what it was rounded to if the word begins right beside it.
    let beside = ((p - rounded).abs() * 1e-3).max(4.0 * EDGE);
    let beside = beside.min((p - rounded).abs());
    if same(rounded + beside.copysign(p - rounded)) {
        let side = if p < rounded { "under" } else { "over" };
        return format!("just {side} {text}%");
    }
    percent_where(p, same)
}

/// A share beside its word where there is little room: "80.3%" in place of "just over 80%".
pub fn percent_tight(scale: &Scale, p: f64) -> String {
    let word = scale.wording(p);
    percent_where(p, |rounded| scale.wording(rounded).reads_as(&word))
}

/// A share as it was written, where there is little room: ">55%" for "just over 55%".
pub(crate) fn tight(text: &str) -> String {
    text.replace("just over ", ">").replace("just under ", "<")
}

/// A share rounded so that `same` holds of what is printed, as it does of the share itself.
pub fn percent_where(p: f64, same: impl Fn(f64) -> bool) -> String {
    let text = digits(p);
    let rounded = value(&text);
    if rounded.is_nan() || same(rounded) {
        return format!("{text}%");
    }
    let least = decimals(p);
    let finer = (least..=least.max(MOST_DECIMALS)).map(|n| fixed(p * 100.0, n));
    if let Some(text) = finer.clone().find(|text| same(value(text))) {
        return format!("{text}%");
    }
    // So near the edge that every rounding crosses it: cut off on its own side.
    let unit = 1e5; // Parts of a per cent at the most decimals.
    let cut = |units: f64| fixed(units * 100.0 / unit, MOST_DECIMALS);
    let (below, above) = (cut((p * unit).floor()), cut((p * unit).ceil()));
    format!("{}%", if same(value(&below)) { below } else { above })
}

/// A number with so many decimals, and more where `same` does not hold of what is printed.
pub(crate) fn to_side(x: f64, decimals: usize, same: impl Fn(f64) -> bool) -> String {
    const MOST: usize = 9;
    let mut texts = (decimals..=MOST).map(|d| short(x, d));
    let text = texts.find(|text| same(text.parse().unwrap_or(f64::NAN)));
    text.unwrap_or_else(|| format!("{x}"))
}

/// An interval, "52–70%".
pub fn interval(low: f64, high: f64) -> String {
    interval_of(digits(low), digits(high))
}

/// An interval beside the words of its ends: each end, looked up, has the word that it has. An end
/// that rounding would carry onto an edge goes to the next whole per cent on its own side.
pub fn interval_in(scale: &Scale, low: f64, high: f64) -> String {
    let end = |p: f64| {
        let text = digits(p);
        let rounded = value(&text);
        let same = |text: &str| scale.wording(value(text)).reads_as(&scale.wording(p));
        if rounded.is_nan() || same(&text) {
            return text;
        }
        let n = decimals(p);
        let step = if p < rounded { -1.0 } else { 1.0 } / libm::exp10(n as f64);
        let next = short(rounded * 100.0 + step, n);
        if same(&next) {
            return next;
        }
        let finer = percent_tight(scale, p);
        finer.trim_end_matches('%').to_owned()
    };
    interval_of(end(low), end(high))
}

fn interval_of(low: String, high: String) -> String {
    if low == high {
        return format!("{low}%");
    }
    format!("{low}–{high}%")
}

/// A distance between shares in percentage points, "31 points".
pub fn points(difference: f64) -> String {
    let size = difference.abs() * 100.0;
    let text = if size == 0.0 {
        "0".to_owned()
    } else if size < 0.05 {
        "less than 0.1".to_owned()
    } else if size < 9.95 {
        short(size, 1)
    } else {
        fixed(size, 0)
    };
    let unit = if text == "1" { "point" } else { "points" };
    format!("{text} {unit}")
}

/// A change in percentage points, with its sign: "+2.1", "−0.3"; what is less than a hundredth, but
/// not nothing, "+<0.01".
pub fn change(points: f64) -> String {
    let size = points.abs();
    let text = match size {
        s if s.is_nan() => return "?".to_owned(),
        s if s < 1e-9 => return "0".to_owned(),
        s if s < 0.005 => "<0.01".to_owned(),
        s if s < 0.095 => fixed(s, 2),
        s => fixed(s, 1),
    };
    format!("{}{text}", if points < 0.0 { "−" } else { "+" })
}

/// The standard error of a change, " ±0.3"; nothing where it rounds to nothing.
pub(crate) fn change_error(points: Option<f64>) -> String {
    let error = points.filter(|e| *e >= 0.005);
    error.map_or(String::new(), |e| {
        format!(" ±{}", change(e).trim_start_matches('+'))
    })
}

/// A push in decibans, "−8"; without its sign, where that is said in words.
pub fn decibans(x: f64, signed: bool) -> String {
    let text = short(x.abs(), 1);
    match text.as_str() {
        "0" => text,
        _ if !signed => text,
        text if x < 0.0 => format!("−{text}"),
        text => format!("+{text}"),
    }
}

/// A factor that leaves a part of something, "0.85".
pub fn factor(x: f64) -> String {
    let text = short(x, 2);
    match text.as_str() {
        "0" if x > 0.0 => "<0.01".to_owned(),
        _ => text,
    }
}

/// A count with its thousands apart, "2,000".
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A share in per cent, without its sign.
fn digits(p: f64) -> String {
    match p {
        p if p.is_nan() => "?".to_owned(),
        p if p <= 0.0 => "0".to_owned(),
        p if p >= 1.0 => "100".to_owned(),
        p if p < LEAST => "<0.0000000001".to_owned(),
        p if 1.0 - p < LEAST => ">99.9999999999".to_owned(),
        p => match decimals(p) {
            0 => fixed(p * 100.0, 0),
            // What is left has more digits than a number so near to 100 could keep.
            n if n > 1 && p > 0.5 => less_than_all((1.0 - p) * 100.0, n),
            n => short(p * 100.0, n),
        },
    }
}

/// 100 less a small number, with so many decimals.
fn less_than_all(left: f64, places: usize) -> String {
    let left: u128 = fixed(left, places).replace('.', "").parse().unwrap_or(0);
    let units = 10u128
        .pow(places as u32 + 2)
        .saturating_sub(left)
        .to_string();
    let (whole, part) = units.split_at(units.len() - places);
    let text = format!("{whole}.{part}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// How many decimals of a per cent a share is given: none from 10% to 90%, one to 0.1% and 99.9%,
/// and beyond two digits of what is left.
pub(crate) fn decimals(p: f64) -> usize {
    let left = p.min(1.0 - p) * 100.0;
    // Far from where rounding decides, it need not be done.
    match left {
        10.01.. => return 0,
        0.11..9.9 => return 1,
        _ => {}
    }
    let left = significant(left, 10);
    if fixed(left, 1).parse::<f64>().unwrap_or(0.0) >= 10.0 {
        0
    } else if left >= 0.1 {
        1
    } else {
        places(left, 2)
    }
}

fn value(text: &str) -> f64 {
    text.parse::<f64>().unwrap_or(f64::NAN) / 100.0
}

#[cfg(test)]
mod tests {
    use super::{
        change, count, decibans, factor, interval, interval_in, percent, percent_in, percent_tight,
        percent_where, points,
    };
    use crate::scales;

    #[test]
    fn shares() {
        for (p, text) in [
            (0.0, "0%"),
            (1e-13, "<0.0000000001%"),
            (1e-12, "0.0000000001%"),
            (1.75e-6, "0.00018%"),
            (0.000_1, "0.01%"),
            (0.000_224, "0.022%"),
            (0.000_5, "0.05%"),
            (0.000_999, "0.1%"),
            (0.001_2, "0.1%"),
            (0.023, "2.3%"),
            (0.02, "2%"),
            (0.099_6, "10%"),
            (0.104, "10%"),
            (0.689, "69%"),
            (0.977, "97.7%"),
            (0.999_4, "99.94%"),
            (0.999, "99.9%"),
            (0.998_5, "99.9%"),
            (0.999_72, "99.972%"),
            (0.999_9, "99.99%"),
            (0.999_998_24, "99.99982%"),
            (1.0 - 2e-11, "99.999999998%"),
            (1.0 - 1e-13, ">99.9999999999%"),
            (1.0, "100%"),
        ] {
            assert_eq!(percent(p), text, "{p}");
        }
    }

    #[test]
    fn a_number_never_contradicts_its_word() {
        for name in scales::names() {
            let scale = scales::find(name).expect("the name is of a built-in scale");
            for i in 0..=200_000u32 {
                let p = f64::from(i) / 200_000.0;
                let text = percent_in(&scale, p);
                let number = text.trim_end_matches('%');
                let (number, beside) = match number.strip_prefix("just ") {
                    None => (number, 0.0),
                    Some(rest) => match rest.strip_prefix("under ") {
                        Some(number) => (number, -1e-6),
                        None => (rest.trim_start_matches("over "), 1e-6),
                    },
                };
                let read = number.parse::<f64>().expect("a number") + beside;
                assert!(
                    scale.wording(read / 100.0).reads_as(&scale.wording(p)),
                    "{name}: {p} reads {text}"
                );
            }
        }
        let icd = scales::find("icd203").expect("it is built in");
        assert_eq!(percent_in(&icd, 0.1996), "just under 20%");
        assert_eq!(percent_in(&icd, 0.199_999_9), "just under 20%");
        assert_eq!(percent_in(&icd, 0.803), "just over 80%");
        assert_eq!(percent_tight(&icd, 0.803), "80.3%");
        assert_eq!(percent_in(&icd, 0.80), "80%");
        assert_eq!(percent_in(&icd, 0.049_6), "just under 5%");
        assert_eq!(percent_in(&icd, 0.050_04), "5%");
        // A gap of the scale shows in no output, so no digit is spent on its end.
        let phia = scales::find("phia").expect("it is built in");
        assert_eq!(percent_in(&phia, 0.352), "35%");
        assert_eq!(percent_in(&phia, 0.3749), "37%");
        assert_eq!(percent_in(&phia, 0.3751), "38%");
    }

    #[test]
    fn a_number_never_contradicts_its_bound() {
        let p = 0.200_000_4;
        assert_eq!(percent_where(p, |q| (q <= 0.2) == (p <= 0.2)), "20.001%");
    }

    #[test]
    fn other_numbers() {
        let icd = scales::find("icd203").expect("it is built in");
        assert_eq!(interval(0.52, 0.704), "52–70%");
        assert_eq!(interval(0.0001, 0.12), "0.01–12%");
        assert_eq!(interval(0.5, 0.501), "50%");
        assert_eq!(interval(0.449_9, 0.58), "45–58%");
        assert_eq!(interval_in(&icd, 0.449_9, 0.58), "44–58%");
        assert_eq!(points(-0.0012), "0.1 points");
        assert_eq!(points(0.01), "1 point");
        assert_eq!(points(0.31), "31 points");
        assert_eq!(points(0.000_1), "less than 0.1 points");
        assert_eq!(change(-0.04), "−0.04");
        assert_eq!(change(2.0), "+2.0");
        assert_eq!(change(-0.001), "−<0.01");
        assert_eq!(change(-1e-12), "0");
        assert_eq!(decibans(-7.96, true), "−8");
        assert_eq!(decibans(-7.96, false), "8");
        assert_eq!(decibans(0.01, true), "0");
        assert_eq!(factor(0.5), "0.5");
        assert_eq!(factor(0.001), "<0.01");
        assert_eq!(factor(1.0), "1");
        assert_eq!(count(1_048_576), "1,048,576");
        assert_eq!(count(12), "12");
    }
}
