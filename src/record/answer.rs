//! What came true, as a line of the file.
//!
//! In: an assessment, what was asked about and the answer. Out: the `resolved:` line, or why there can
//! be none. And what waits for an answer.

use super::truth::Truth;
use crate::diag::suggest;
use crate::resolve::assessment::{Assessment, OutcomeId, QuestionId, What};
use jiff::civil::Date;

/// How a question was settled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answer<'a> {
    /// It came true.
    Yes,
    /// It did not.
    No,
    /// It came true to a share of 1.
    Share(f64),
    /// The question had no answer.
    Void,
    /// A quantity came to so much, as written.
    Number(&'a str),
}

/// What is asked about: `exit by long`, `ceasefire`, `weakening in medium`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The outcome or event; `void` may be left to the answer.
    pub(crate) name: String,
    pub(crate) horizon: Option<String>,
}

/// Reads what is asked about.
///
/// # Errors
///
/// How it is to be written.
pub fn about(text: &str) -> Result<About, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (name, horizon) = match words.as_slice() {
        [name] => (*name, None),
        [name, "by" | "in", horizon] => (*name, Some((*horizon).to_owned())),
        ["by" | "in", horizon] => ("", Some((*horizon).to_owned())),
        _ => {
            return Err(format!(
                "`{text}` names nothing to settle: write `OUTCOME in HORIZON`, `OUTCOME by HORIZON`, \
                 `EVENT` or `QUANTITY in HORIZON`"
            ));
        }
    };
    Ok(About {
        name: name.to_owned(),
        horizon,
    })
}

/// The line that says so.
///
/// # Errors
///
/// Why there can be none, as a sentence: an unknown name, what is settled already.
pub fn line(a: &Assessment, about: &About, answer: Answer<'_>, on: Date) -> Result<String, String> {
    let truth = Truth::new(a);
    let place = match &about.horizon {
        Some(name) => Some(truth.place(name).ok_or_else(|| {
            let names = truth.horizons.iter().map(|h| h.name.as_str());
            unknown(name, "horizon", names)
        })?),
        None if truth.horizons.len() == 1 => Some(0),
        None => None,
    };
    let horizon = |place: usize| truth.horizons[place].name.as_str();
    let needs = || {
        let first = truth.horizons.first().map_or("", |h| h.name.as_str());
        let lasts = match a.outcomes.id(&about.name) {
            Some(outcome) => a.outcomes[outcome].is_final,
            None => a.drivers.id(&about.name).is_some(),
        };
        let word = if lasts { "by" } else { "in" };
        format!(
            "say for which horizon, as in `{} {word} {first}`",
            about.name
        )
    };
    if answer == Answer::Void {
        let place = place.ok_or_else(needs)?;
        let mut questions = a.questions.ids();
        if questions.all(|q| truth.outcomes(q, place).is_some()) {
            return Err(twice(horizon(place)));
        }
        return Ok(format!("resolved: void in {} on {on}", horizon(place)));
    }
    if let Some(quantity) = a.quantities.id(&about.name) {
        let (name, place) = (&about.name, place.ok_or_else(needs)?);
        let at = horizon(place);
        let Answer::Number(number) = answer else {
            return Err(format!(
                "`{name}` is a number: say what it came to, as in `assess resolve FILE \"{name} in {at}\" 2.5`"
            ));
        };
        if let Some((known, _)) = truth.number(quantity, place) {
            let known = crate::text::decimal::stated(known);
            return Err(twice(&format!("{name} in {at}` as `{known}")));
        }
        let number = plain_number(number)?;
        return Ok(match a.timeless {
            true => format!("resolved: {name} {number} on {on}"),
            false => format!("resolved: {name} {number} in {at} on {on}"),
        });
    }
    if let Answer::Number(number) = answer {
        return Err(format!(
            "`{number}` says what a quantity came to, and `{}` is none; of an outcome that came true in part \
             write `--share 70%`",
            about.name
        ));
    }
    if let Some(outcome) = a.outcomes.id(&about.name) {
        let place = place.ok_or_else(needs)?;
        let shared = matches!(answer, Answer::Share(_));
        let known = truth.outcomes(a.outcomes[outcome].question, place);
        let is_share = |s: &super::truth::Settled| s.said.is_some() && !s.shares.is_empty();
        if known.as_ref().is_some_and(|k| !(shared && is_share(k))) || truth.names(outcome, place) {
            return Err(twice(horizon(place)));
        }
        let by = match a.outcomes[outcome].is_final {
            true => "by",
            false => "in",
        };
        let (not, share) = match answer {
            Answer::No => ("not ", String::new()),
            Answer::Share(share) => (
                "",
                format!(" {}%", crate::text::decimal::short(100.0 * share, 6)),
            ),
            _ => ("", String::new()),
        };
        let (name, at) = (&about.name, horizon(place));
        return Ok(format!("resolved: {not}{name}{share} {by} {at} on {on}"));
    }
    let Some(event) = a.drivers.id(&about.name) else {
        let events = a
            .drivers
            .iter()
            .filter(|(_, d)| matches!(d.what, What::Event(_)));
        let events = events.map(|(id, _)| a.drivers.name(id));
        return Err(unknown(
            &about.name,
            "outcome, event or quantity",
            a.outcomes.names().chain(a.quantities.names()).chain(events),
        ));
    };
    if !matches!(a.drivers[event].what, What::Event(_)) {
        let kind = a.drivers[event].kind().as_str();
        return Err(format!(
            "`{}` is {} {kind}: only outcomes, events and quantities are settled",
            about.name,
            if kind.starts_with('a') { "an" } else { "a" }
        ));
    }
    let name = &about.name;
    match answer {
        Answer::Share(_) => Err(format!(
            "`{name}` is an event: it has happened or it has not"
        )),
        Answer::No => {
            let place = place.ok_or_else(needs)?;
            match truth.event(event, place) {
                Some((true, day)) => Err(format!("`{name}` happened on {day}, the file says")),
                Some((false, _)) => Err(twice(name)),
                None => Ok(format!(
                    "resolved: not {name} by {} on {on}",
                    horizon(place)
                )),
            }
        }
        _ => {
            let last = truth.horizons.len() - 1;
            let known = (0..=last).find_map(|place| truth.event(event, place).filter(|f| f.0));
            match known {
                Some((_, day)) => Err(format!("`{name}` happened on {day}, the file says")),
                None => Ok(match place.filter(|place| on > truth.horizons[*place].to) {
                    // It was known later than it had happened.
                    Some(place) if about.horizon.is_some() => {
                        format!("resolved: {name} by {} on {on}", horizon(place))
                    }
                    _ => format!("resolved: {name} on {on}"),
                }),
            }
        }
    }
}

/// A number with its unit, in one line and with nothing behind it.
fn plain_number(text: &str) -> Result<String, String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = text.trim_start_matches(['+', '-']);
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && !text.contains(['#', '{', '}', ',', '"']);
    is_plain
        .then(|| text.clone())
        .ok_or_else(|| format!("`{text}` is no number: write `2.9`, `2.9%` or `250 USD`"))
}

fn twice(what: &str) -> String {
    format!("`{what}` is settled already; change its `resolved:` line by hand where that was wrong")
}

fn unknown<'a>(name: &str, kind: &str, names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    let near = suggest::nearest(name, names.iter().copied());
    if let Some(meant) = suggest::did_you_mean(&near) {
        return format!("there is no {kind} `{name}`: {meant}");
    }
    let known: Vec<String> = names.iter().take(12).map(|n| format!("`{n}`")).collect();
    format!("there is no {kind} `{name}`; there is {}", known.join(", "))
}

/// What waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub(crate) horizon: String,
    /// Its last day.
    pub(crate) to: Date,
    /// The outcomes of each question of which it is not known what came true.
    pub(crate) outcomes: Vec<Vec<String>>,
    /// Quantities of which it is not known what they came to.
    pub(crate) numbers: Vec<String>,
    /// Events of which nothing is known.
    pub(crate) events: Vec<String>,
}

/// Whether what came true follows from the answers to something else.
fn follows(a: &Assessment, question: QuestionId) -> bool {
    let mut ids = a.questions[question].ids();
    (a.questions.len() > 1 || !a.quantities.is_empty())
        && ids.all(|o| a.outcomes[o].decided.is_some())
}

/// What waits for an answer in horizons that end before a day.
pub fn waiting(a: &Assessment, today: Date) -> Vec<Waiting> {
    let truth = Truth::new(a);
    let each = truth.horizons.iter().enumerate();
    let each = each.filter(|(_, h)| h.to < today).map(|(place, horizon)| {
        let open = a
            .questions
            .iter()
            .filter(|(q, _)| truth.outcomes(*q, place).is_none() && !follows(a, *q));
        let names = |o: OutcomeId| a.outcomes.name(o).to_owned();
        let outcomes = open.map(|(_, question)| question.ids().map(names).collect());
        let events = a.drivers.iter().filter(|(id, d)| {
            let is_event = matches!(&d.what, What::Event(rows) if !rows.is_empty());
            is_event && truth.event(*id, place).is_none()
        });
        let void = a.questions.ids().any(|q| {
            let settled = truth.outcomes(q, place);
            settled.is_some_and(|s| s.shares.is_empty())
        });
        let numbers = a.quantities.ids();
        let numbers = numbers.filter(|q| !void && truth.number(*q, place).is_none());
        Waiting {
            numbers: numbers.map(|q| a.quantities.name(q).to_owned()).collect(),
            horizon: horizon.name.clone(),
            to: horizon.to,
            outcomes: outcomes.collect(),
            events: events
                .map(|(id, _)| a.drivers.name(id).to_owned())
                .collect(),
        }
    });
    each.filter(|w| !w.outcomes.is_empty() || !w.events.is_empty() || !w.numbers.is_empty())
        .collect()
}
