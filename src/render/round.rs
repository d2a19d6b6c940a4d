//! How numbers are rounded, in every output for people. JSON and CSV are never rounded.
//!
//! In: doubles. Out: text. A share is given in whole per cents, and to a decimal below 10% and above
//! 90%, where a point is much; more digits only where fewer would put it into another word's band,
//! or on the other side of a bound, than it is. What is not quite 0% or 100% never reads so. A
//! column of shares is rounded one by one and need not sum to 100%.

use crate::scales::Scale;

/// As many decimals of a per cent as are ever printed.
const MOST_DECIMALS: usize = 3;

/// A share, "69%" or "2.3%".
pub fn percent(p: f64) -> String {
    percent_where(p, |_| true)
}

/// A share beside its word: rounded so that the number, looked up, has the same word.
pub fn percent_in(scale: &Scale, p: f64) -> String {
    let word = scale.wording(p);
    percent_where(p, |rounded| scale.wording(rounded).reads_as(&word))
}

/// A share rounded so that `same` holds of what is printed, as it does of the share itself.
pub fn percent_where(p: f64, same: impl Fn(f64) -> bool) -> String {
    if let Some(end) = near_an_end(p) {
        return format!("{end}%");
    }
    format!("{}%", digits(p, same))
}

/// A number with so many decimals, and more where `same` does not hold of what is printed.
pub(crate) fn to_side(x: f64, decimals: usize, same: impl Fn(f64) -> bool) -> String {
    const MOST: usize = 9;
    let texts = (decimals..=MOST).map(|d| format!("{x:.d$}"));
    let mut texts = texts.filter(|text| same(text.parse().unwrap_or(f64::NAN)));
    let text = texts.next().unwrap_or_else(|| format!("{x}"));
    trim(text)
}

/// An interval, "52–70%".
pub fn interval(low: f64, high: f64) -> String {
    interval_where(low, high, |_, _| true)
}

/// An interval beside the words of its ends: each end, looked up, has the word that it has.
pub fn interval_in(scale: &Scale, low: f64, high: f64) -> String {
    interval_where(low, high, |p, rounded| {
        scale.wording(rounded).reads_as(&scale.wording(p))
    })
}

fn interval_where(low: f64, high: f64, same: impl Fn(f64, f64) -> bool) -> String {
    let part = |p: f64| {
        let end = near_an_end(p).map(str::to_owned);
        end.unwrap_or_else(|| digits(p, |rounded| same(p, rounded)))
    };
    let (low, high) = (part(low), part(high));
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
        trim(format!("{size:.1}"))
    } else {
        format!("{size:.0}")
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
        s if s < 0.095 => format!("{s:.2}"),
        s => format!("{s:.1}"),
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
    let text = trim(format!("{:.1}", x.abs()));
    match text.as_str() {
        "0" => text,
        _ if !signed => text,
        text if x < 0.0 => format!("−{text}"),
        text => format!("+{text}"),
    }
}

/// A factor that leaves a part of something, "0.85".
pub fn factor(x: f64) -> String {
    let text = format!("{x:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "0" if x > 0.0 => "<0.01".to_owned(),
        text => text.to_owned(),
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

fn near_an_end(p: f64) -> Option<&'static str> {
    match p {
        p if p.is_nan() => Some("?"),
        p if p <= 0.0 => Some("0"),
        p if p >= 1.0 => Some("100"),
        p if p < 0.000_5 => Some("<0.1"),
        p if p >= 0.999_5 => Some(">99.9"),
        _ => None,
    }
}

fn digits(p: f64, same: impl Fn(f64) -> bool) -> String {
    let whole = (0.0995..=0.9005).contains(&p);
    let least = usize::from(!whole);
    for decimals in least..=MOST_DECIMALS {
        let text = format!("{:.*}", decimals, p * 100.0);
        if same(value(&text)) {
            return if decimals == 1 && least == 1 {
                trim(text)
            } else {
                text
            };
        }
    }
    // So near the edge that every rounding crosses it: cut off on its own side.
    let scale = 1e5; // Parts of a per cent at the most decimals.
    let below = format!("{:.*}", MOST_DECIMALS, (p * scale).floor() * 100.0 / scale);
    let above = format!("{:.*}", MOST_DECIMALS, (p * scale).ceil() * 100.0 / scale);
    if same(value(&below)) { below } else { above }
}

fn value(text: &str) -> f64 {
    text.parse::<f64>().unwrap_or(f64::NAN) / 100.0
}

/// "2.0" as "2".
fn trim(text: String) -> String {
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{
        change, count, decibans, factor, interval, interval_in, percent, percent_in, percent_where,
        points,
    };
    use crate::scales;

    #[test]
    fn shares() {
        for (p, text) in [
            (0.0, "0%"),
            (0.000_1, "<0.1%"),
            (0.000_5, "0.1%"),
            (0.023, "2.3%"),
            (0.02, "2%"),
            (0.099_6, "10%"),
            (0.104, "10%"),
            (0.689, "69%"),
            (0.977, "97.7%"),
            (0.999_4, "99.9%"),
            (0.999_9, ">99.9%"),
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
                let Ok(read) = text.trim_end_matches('%').parse::<f64>() else {
                    continue;
                };
                assert!(
                    scale.wording(read / 100.0).reads_as(&scale.wording(p)),
                    "{name}: {p} reads {text}"
                );
            }
        }
        let icd = scales::find("icd203").expect("it is built in");
        assert_eq!(percent_in(&icd, 0.1996), "19.96%");
        assert_eq!(percent_in(&icd, 0.199_999_9), "19.999%");
        assert_eq!(percent_in(&icd, 0.803), "80.3%");
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
        assert_eq!(interval(0.0001, 0.12), "<0.1–12%");
        assert_eq!(interval(0.5, 0.501), "50%");
        assert_eq!(interval(0.449_9, 0.58), "45–58%");
        assert_eq!(interval_in(&icd, 0.449_9, 0.58), "44.99–58%");
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
