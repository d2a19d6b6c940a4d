//! What is said to have come true, and cannot both be so.
//!
//! In: an assessment. Out: errors, each with both places: something else after a final outcome, `not` after what
//! lasts has come, events that exclude or imply each other, two days of one, shares of more than 100%.

use super::assessment::{Assessment, DriverId, OutcomeId, QuestionId, Resolved, ResolvedWhat};
use super::figures::percent;
use super::table::Id;
use crate::diag::Diagnostic;
use crate::diag::rules;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Shares of a horizon that sum to more than this are over 100%: sums of doubles miss by less.
const WHOLE: f64 = 1.0 + 1e-9;

/// One line, with the place of its horizon among all, those that are over first, and that horizon's last day.
struct Line<'a> {
    resolved: &'a Resolved,
    at: Option<(usize, Date)>,
}

/// A line that gives an outcome a share.
type Share<'l> = (&'l Line<'l>, OutcomeId, f64);

/// Lines of which two cannot both be true.
pub(super) fn contradictions(a: &Assessment) -> Vec<Diagnostic> {
    let over = a.past.len();
    let past = a.past.iter().enumerate();
    let past = past.flat_map(|(i, p)| p.resolved.iter().map(move |r| (r, Some((i, p.to)))));
    let live = a.resolved.iter().map(|r| {
        let at = r.horizon.map(|h| (over + h.index(), a.horizons[h].to));
        (r, at)
    });
    let mut lines: Vec<Line<'_>> = past
        .chain(live)
        .map(|(resolved, at)| Line { resolved, at })
        .collect();
    lines.sort_by_key(|line| line.resolved.span);
    let mut found = Vec::new();
    events(a, &lines, &mut found);
    groups(a, &lines, &mut found);
    days(a, &lines, &mut found);
    finals(a, &lines, &mut found);
    shares(a, &lines, &mut found);
    found
}

fn report(later: &Resolved, first: &Resolved, message: String, why: &str) -> Diagnostic {
    Diagnostic::new(&rules::CONTRADICTING_RESOLUTION, later.span, message)
        .label(why.to_owned())
        .other(first.span, "the other line")
        .help("look up what came true, and take out the line that is wrong")
}

/// `e by q1` beside `not e by q2`, or `e on DATE` beside `not e by` a horizon that ends later.
fn events(a: &Assessment, lines: &[Line<'_>], found: &mut Vec<Diagnostic>) {
    let mut by_event: BTreeMap<usize, Vec<(&Line<'_>, bool)>> = BTreeMap::new();
    for line in lines {
        if let ResolvedWhat::Event { event, happened } = line.resolved.what {
            by_event
                .entry(event.index())
                .or_default()
                .push((line, happened));
        }
    }
    for all in by_event.values() {
        for (not, _) in all.iter().filter(|(_, happened)| !happened) {
            let came = all.iter().filter(|(_, happened)| *happened);
            let first = came.into_iter().find(|(came, _)| came_by(came, not));
            let Some((first, _)) = first else { continue };
            let ResolvedWhat::Event { event, .. } = not.resolved.what else {
                continue;
            };
            let name = a.drivers.name(event);
            found.push(report(
                not.resolved,
                first.resolved,
                format!("`{name}` is said to have happened, and not to have happened by then"),
                "says that it has not",
            ));
        }
    }
}

/// Whether what one line says to have happened had happened where another says that something has not.
fn came_by(came: &Line<'_>, not: &Line<'_>) -> bool {
    let on = came.resolved.on.as_ref().map(|on| on.node.last());
    match (came.at, not.at) {
        (Some((came, _)), Some((not, _))) => came <= not,
        // Without a horizon its day says when it came.
        (None, Some((_, end))) => on.is_some_and(|on| on <= end),
        (_, None) => {
            let by = not.resolved.on.as_ref().map(|on| on.node.first());
            on.zip(by).is_some_and(|(on, by)| on <= by)
        }
    }
}

fn event_of(line: &Line<'_>) -> Option<(DriverId, bool)> {
    match line.resolved.what {
        ResolvedWhat::Event { event, happened } => Some((event, happened)),
        _ => None,
    }
}

/// Two events that exclude each other, and an event without one that it implies.
fn groups(a: &Assessment, lines: &[Line<'_>], found: &mut Vec<Diagnostic>) {
    let told = |id: DriverId, as_happened: bool| {
        let of = move |line: &&Line<'_>| event_of(line) == Some((id, as_happened));
        lines.iter().filter(of)
    };
    for group in &a.exclusives {
        let happened = |id: &&DriverId| told(**id, true).next().is_some();
        let mut members: Vec<DriverId> = group.members.iter().filter(happened).copied().collect();
        members.sort_by_key(|id| told(*id, true).next().map(|line| line.resolved.span));
        for pair in members.windows(2) {
            let (Some(first), Some(later)) =
                (told(pair[0], true).next(), told(pair[1], true).next())
            else {
                continue;
            };
            let (one, other) = (a.drivers.name(pair[0]), a.drivers.name(pair[1]));
            found.push(report(
                later.resolved,
                first.resolved,
                format!(
                    "`{one}` and `{other}` exclude each other, and both are said to have happened"
                ),
                "ruled out by the other",
            ));
        }
    }
    for chain in &a.chains {
        for (at, weak) in chain.members.iter().enumerate() {
            for not in told(*weak, false) {
                let mut stronger = chain.members[..at]
                    .iter()
                    .flat_map(|s| told(*s, true).map(move |l| (*s, l)));
                let Some((strong, first)) = stronger.find(|(_, came)| came_by(came, not)) else {
                    continue;
                };
                let (one, other) = (a.drivers.name(strong), a.drivers.name(*weak));
                found.push(report(
                    not.resolved,
                    first.resolved,
                    format!(
                        "`{one}` is said to have happened, and not `{other}`, which it implies"
                    ),
                    "says that it has not",
                ));
            }
        }
    }
}

/// An event that is said to have happened on two days.
fn days(a: &Assessment, lines: &[Line<'_>], found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<usize, &Line<'_>> = BTreeMap::new();
    for line in lines {
        let (Some((event, true)), None, Some(on)) = (event_of(line), line.at, &line.resolved.on)
        else {
            continue;
        };
        let before = *first.entry(event.index()).or_insert(line);
        let differs = before
            .resolved
            .on
            .as_ref()
            .is_some_and(|other| other.node != on.node);
        if differs {
            let name = a.drivers.name(event);
            found.push(report(
                line.resolved,
                before.resolved,
                format!("`{name}` is said to have happened on two days"),
                "another day",
            ));
        }
    }
}

fn outcome_of(line: &Line<'_>) -> Option<(OutcomeId, f64)> {
    match line.resolved.what {
        ResolvedWhat::Outcome { outcome, share } => Some((outcome, share)),
        _ => None,
    }
}

/// A final outcome that has come, beside another of its question in that horizon or a later one.
fn finals(a: &Assessment, lines: &[Line<'_>], found: &mut Vec<Diagnostic>) {
    // The first line that each question's end is told by.
    let mut ended: BTreeMap<QuestionId, (&Line<'_>, OutcomeId, usize)> = BTreeMap::new();
    for line in lines {
        if let (Some((outcome, share)), Some((at, _))) = (outcome_of(line), line.at)
            && a.outcomes[outcome].is_final
            && share >= 1.0
        {
            let entry = ended.entry(a.outcomes[outcome].question);
            let first = entry.or_insert((line, outcome, at));
            if at < first.2 {
                *first = (line, outcome, at);
            }
        }
    }
    for line in lines {
        let (Some((outcome, share)), Some((at, _))) = (outcome_of(line), line.at) else {
            continue;
        };
        let Some((first, came, since)) = ended.get(&a.outcomes[outcome].question) else {
            continue;
        };
        let differs = match outcome == *came {
            true => share < 1.0,
            false => share > 0.0,
        };
        if at >= *since && differs {
            let (ended, other) = (a.outcomes.name(*came), a.outcomes.name(outcome));
            let message = match outcome == *came {
                true => {
                    format!("`{ended}` is final and had come by then, and is said not to have come")
                }
                false => format!(
                    "`{ended}` is final and had come by then, so that `{other}` cannot be so"
                ),
            };
            found.push(report(
                line.resolved,
                first.resolved,
                message,
                "contradicts what had come",
            ));
        }
    }
}

/// Shares of one question in one horizon that sum to more than the whole; outcomes without a share stand for
/// equal parts.
fn shares(a: &Assessment, lines: &[Line<'_>], found: &mut Vec<Diagnostic>) {
    let mut by_place: BTreeMap<(QuestionId, usize), Vec<Share<'_>>> = BTreeMap::new();
    for line in lines {
        if let (Some((outcome, share)), Some((at, _))) = (outcome_of(line), line.at) {
            let key = (a.outcomes[outcome].question, at);
            by_place
                .entry(key)
                .or_default()
                .push((line, outcome, share));
        }
    }
    for all in by_place.values() {
        let sum: f64 = all.iter().map(|(.., share)| share).sum();
        let is_shared = all.iter().any(|(.., share)| 0.0 < *share && *share < 1.0);
        if sum > WHOLE && is_shared && all.len() > 1 {
            let (last, ..) = all[all.len() - 1];
            let mut diagnostic = report(
                last.resolved,
                all[0].0.resolved,
                format!("what came true in one horizon sums to {}", percent(sum)),
                "one of these shares is too high",
            );
            for (line, ..) in &all[1..all.len() - 1] {
                diagnostic = diagnostic.other(line.resolved.span, "and this");
            }
            found.push(diagnostic);
        }
    }
    // Several may be so in part, but of decided outcomes one alone is.
    for all in by_place.values() {
        let decided = |(_, outcome, share): &&Share<'_>| {
            *share >= 1.0 && a.outcomes[*outcome].decided.is_some()
        };
        let mut decided = all.iter().filter(decided);
        if let Some((first, one, _)) = decided.next()
            && let Some((later, other, _)) = decided.find(|(_, o, _)| o != one)
        {
            let (one, other) = (a.outcomes.name(*one), a.outcomes.name(*other));
            found.push(report(
                later.resolved,
                first.resolved,
                format!("`{one}` and `{other}` are said to be so in one horizon, and one of them alone is decided"),
                "only one of these is so",
            ));
        }
    }
    // Two answers that differ for one outcome.
    for all in by_place.values() {
        for (i, (line, outcome, share)) in all.iter().enumerate() {
            let first = all[..i].iter().find(|(_, o, s)| o == outcome && s != share);
            if let Some((first, ..)) = first
                && !a.outcomes[*outcome].is_final
            {
                let name = a.outcomes.name(*outcome);
                found.push(report(
                    line.resolved,
                    first.resolved,
                    format!(
                        "what came true of `{name}` is said twice for one horizon, and not the same"
                    ),
                    "said otherwise",
                ));
            }
        }
    }
}
