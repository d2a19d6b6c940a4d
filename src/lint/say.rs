//! Propositions and lists in the file's own names.
//!
//! In: a proposition. Out: it as one would write it, `a and not (b or c)`.

use crate::resolve::assessment::{Assessment, DriverId, Prop};

/// A proposition as one would write it.
pub(crate) fn proposition(assessment: &Assessment, prop: &Prop) -> String {
    if let Some(name) = assessment.condition_of(prop) {
        return name.to_owned();
    }
    let joined = |list: &[Prop], word: &str| {
        let each = list.iter().map(|p| operand(assessment, p));
        each.collect::<Vec<_>>().join(word)
    };
    match prop {
        Prop::Is(driver) => assessment.drivers.name(*driver).to_owned(),
        Prop::Outcome(outcome) => assessment.outcomes.name(*outcome).to_owned(),
        Prop::Reaches(id, mark) => {
            format!("{} at least {}", assessment.quantities.name(*id), mark.0)
        }
        Prop::Not(inner) => match **inner {
            Prop::Reaches(id, mark) => {
                format!("{} below {}", assessment.quantities.name(id), mark.0)
            }
            _ => format!("not {}", operand(assessment, inner)),
        },
        Prop::All(list) => joined(list, " and "),
        Prop::Any(list) => joined(list, " or "),
        Prop::AtLeast(least, list) => {
            let each = list.iter().map(|p| proposition(assessment, p));
            let each: Vec<_> = each.collect();
            format!("at least {least} of ({})", each.join(", "))
        }
    }
}

fn operand(assessment: &Assessment, prop: &Prop) -> String {
    let text = proposition(assessment, prop);
    match prop {
        Prop::All(list) | Prop::Any(list)
            if list.len() > 1 && assessment.condition_of(prop).is_none() =>
        {
            format!("({text})")
        }
        _ => text,
    }
}

/// The names of drivers, each in code.
pub(crate) fn names(assessment: &Assessment, drivers: &[DriverId]) -> Vec<String> {
    let name = |d: &DriverId| format!("`{}`", assessment.drivers.name(*d));
    drivers.iter().map(name).collect()
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(parts: &[String], conjunction: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {conjunction} {last}", first.join(", ")),
    }
}
