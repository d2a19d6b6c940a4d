//! A number's values as an analyst would write them.
//!
//! In: a parameter and a turn. Out: "34% → 62%", "3.2:1 → 12:1". Two values that differ never print
//! alike.

use crate::infer::flip::parameter::{Kind, Parameter};
use crate::infer::flip::search::TippingPoint;
use crate::phrases::Phrases;
use crate::resolve::table::Id;
use crate::text::decimal::{fixed, places, short};
use crate::text::round;

/// Today's value and the one at which the answer changes.
pub(crate) fn pair(parameter: &Parameter, tip: &TippingPoint) -> (String, String) {
    let today = parameter.today[tip.horizon.index()].unwrap_or(0.0);
    let (mut a, mut b) = (String::new(), String::new());
    for digits in 0..6 {
        (a, b) = (
            one(parameter, today, digits),
            one(parameter, tip.value, digits),
        );
        if a != b {
            break;
        }
    }
    // Where a weight turns round, each says which way it counts.
    if parameter.kind == Kind::Weight && (today < 0.0) != (tip.value < 0.0) {
        let way = |value: f64| match (value < 0.0) == parameter.against {
            true => "for",
            false => "against",
        };
        let bare = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
        a = format!("{} {}", bare(&a), way(today));
        b = format!("{} {} it", bare(&b), way(tip.value));
    }
    (a, b)
}

/// Whether the value at which the answer changes lies in the range that its clause states, and that
/// range; none where it states one number.
pub(crate) fn within(parameter: &Parameter, tip: &TippingPoint, say: &Phrases) -> Option<String> {
    let horizon = tip.horizon.index();
    let is_within = parameter.is_within(horizon, tip.value)?;
    let (low, high) = parameter.range[horizon]?;
    let key = match is_within {
        true => "range_holds",
        false => "range_leaves",
    };
    let ends = [low, high].map(|end| say.number(&one(parameter, end, 0)));
    Some(say.fill(key, &[("low", &ends[0]), ("high", &ends[1])]))
}

/// A value in its own unit; more digits where they are needed to tell two apart.
pub(super) fn one(parameter: &Parameter, value: f64, digits: usize) -> String {
    let percent = |p: f64| match digits {
        0 => round::percent(p),
        n => format!("{}%", fixed(100.0 * p, round::decimals(p) + n)),
    };
    match parameter.kind {
        Kind::Weight => {
            let ratio = ratio(value.abs(), digits);
            match (value < 0.0, parameter.against) {
                (false, _) => ratio,
                (true, true) => format!("{ratio} for"),
                (true, false) => format!("{ratio} against"),
            }
        }
        Kind::PerYear => format!("{} per year", percent(value)),
        Kind::Times => {
            let least = places(value, 2).max(2);
            format!("{} a year", fixed(value, least + digits))
        }
        Kind::Move => {
            let (shown, mark) = match parameter.is_of_itself() {
                true => (100.0 * libm::expm1(value), "%"),
                false => (value, ""),
            };
            let sign = if shown < 0.0 { "−" } else { "+" };
            let size = shown.abs();
            let least = places(size, 2);
            format!("{sign}{}{mark}", short(size, least + digits))
        }
        Kind::Count | Kind::Overlap => format!("{}%", fixed(100.0 * value, digits)),
        Kind::Likelihood | Kind::Chance | Kind::Holds | Kind::Prior => percent(value),
    }
}

/// A ratio from its natural logarithm, at least 1:1.
fn ratio(log: f64, digits: usize) -> String {
    let ratio = libm::exp(log);
    if ratio >= 99.5 && digits == 0 {
        return format!("{}:1", round::count(ratio.round() as u64));
    }
    let decimals = digits + usize::from(ratio < 9.95);
    let text = fixed(ratio, decimals);
    let text = if digits == 0 {
        text.strip_suffix(".0").unwrap_or(&text)
    } else {
        &text
    };
    format!("{text}:1")
}

/// A distance in decibans, "5.2 dB".
pub(crate) fn distance(turn: f64) -> String {
    let size = turn.abs();
    if size < 0.05 {
        return "<0.1 dB".to_owned();
    }
    format!("{} dB", fixed(size, 1))
}
