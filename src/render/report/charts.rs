//! What each chart of a report draws.
//!
//! In: a report. Out: inputs of [`crate::chart`], for the page and for charts alone.

use super::Group;
use crate::chart::{Heading, Point, events, fan, outcomes, tornado, voices, waterfall};
use crate::phrases::Phrases;
use crate::render::report::view::Report;
use crate::render::report::view::model::{Contributions, Likelihood, Number, Tipping};
use crate::text::lang::Lang;
use crate::text::round;

/// The outcomes by horizon.
pub(super) fn outcomes(report: &Report, group: &Group<'_>) -> outcomes::Outcomes {
    let leader = |h: usize| {
        let id = &group.answers.get(h)?.leader.id;
        group.outcomes.iter().position(|o| o.id == *id)
    };
    let horizons = report.horizons.iter().enumerate();
    let all = group.outcomes.iter().map(|outcome| outcomes::Outcome {
        title: outcome.title.clone(),
        is_final: outcome.is_final,
        points: outcome.horizons.iter().map(point).collect(),
    });
    outcomes::Outcomes {
        heading: heading(
            report,
            group.title.unwrap_or(say(report).get("chart_outcomes")),
        ),
        horizons: horizons
            .map(|(h, horizon)| outcomes::Horizon {
                title: horizon.title.clone(),
                to: horizon.to.clone(),
                leader: leader(h),
            })
            .collect(),
        outcomes: all.collect(),
    }
}

/// A quantity over the horizons.
pub(super) fn fan(report: &Report, number: &Number) -> fan::Fan {
    let stops = number.horizons.iter().map(|at| {
        let mut quantiles = [0.0; 7];
        for (to, from) in quantiles.iter_mut().zip(&at.quantiles) {
            *to = *from;
        }
        let bars = at.ranges.iter();
        fan::Stop {
            name: at.title.clone(),
            quantiles,
            text: at.text.clone(),
            bars: bars
                .map(|r| (r.label.clone(), r.chance, r.text.clone()))
                .collect(),
        }
    });
    fan::Fan {
        heading: heading(report, &number.title),
        unit: number.unit.clone().unwrap_or_default(),
        stops: stops.collect(),
    }
}

/// What the views and pools say of every outcome; none where there is but the file itself.
pub(super) fn voices(report: &Report) -> Option<voices::Voices> {
    if report.voices.len() < 2 {
        return None;
    }
    let all = report.voices.iter().map(|v| voices::Voice {
        title: v.title.clone(),
        pooled: v.kind == "pool",
    });
    let horizons = report.horizons.iter().enumerate().map(|(h, horizon)| {
        let outcomes = report.outcomes.iter().enumerate().map(|(o, outcome)| {
            let each = report.voices.iter().map(|voice| {
                let said = &voice.horizons[h].outcomes[o];
                Some((said.value?, round::tight(&said.text)))
            });
            voices::Outcome {
                title: outcome.title.clone(),
                chances: each.collect(),
            }
        });
        let to = say(report).get("to");
        voices::Horizon {
            title: match horizon.from != horizon.to {
                true => format!("{}, {to} {}", horizon.title, horizon.to_words),
                false => horizon.title.clone(),
            },
            outcomes: outcomes.collect(),
        }
    });
    Some(voices::Voices {
        heading: heading(report, say(report).get("chart_voices")),
        voices: all.collect(),
        horizons: horizons.collect(),
    })
}

/// The events' curves.
pub(super) fn events(report: &Report) -> events::Events {
    let (without, with): (Vec<_>, Vec<_>) = report.events.iter().partition(|e| e.hypothetical);
    let with = with.into_iter().map(|event| events::Event {
        title: event.title.clone(),
        now: event.now.unwrap_or_default(),
        points: event.horizons.iter().filter_map(point).collect(),
    });
    events::Events {
        heading: heading(report, say(report).get("chart_events")),
        from: report.as_of.clone(),
        horizons: report
            .horizons
            .iter()
            .map(|horizon| events::Horizon {
                title: horizon.title.clone(),
                to: horizon.to.clone(),
                days: horizon.days,
            })
            .collect(),
        events: with.collect(),
        hypothetical: without.into_iter().map(|e| e.title.clone()).collect(),
    }
}

/// From the prior to the verdict of an outcome at a horizon, in at most so many steps.
pub(super) fn waterfall(
    report: &Report,
    of: &Contributions,
    h: usize,
    most: usize,
) -> Option<waterfall::Waterfall> {
    let horizon = report.horizons.get(h)?;
    let (prior, verdict) = (of.prior.get(h)?, of.verdict.get(h)?);
    let mut steps: Vec<waterfall::Step> = of
        .rows
        .iter()
        .filter_map(|row| {
            Some(waterfall::Step {
                title: row.title.clone(),
                points: row.horizons.get(h)?.points?,
            })
        })
        .collect();
    steps.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()));
    if steps.len() > most + 1 {
        let rest = steps.split_off(most);
        steps.push(waterfall::Step {
            title: say(report).fill("others_together", &[("n", &rest.len().to_string())]),
            points: rest.iter().map(|step| step.points).sum(),
        });
    }
    let total = |label: &str, share: &crate::render::report::view::model::Share| waterfall::Total {
        label: label.to_owned(),
        value: share.value.unwrap_or_default(),
        text: round::tight(&share.text),
    };
    Some(waterfall::Waterfall {
        heading: heading(
            report,
            &say(report).fill(
                "moves_title",
                &[
                    ("title", say(report).quote(&of.title).as_str()),
                    ("horizon", &horizon.title),
                ],
            ),
        ),
        prior: total(say(report).get("prior"), prior),
        steps,
        verdict: total(say(report).get("verdict"), verdict),
    })
}

/// How far each number is from changing the leader at a horizon, of the first question or what is given of another.
pub(super) fn tornado(report: &Report, of: &[Tipping], h: usize) -> Option<tornado::Tornado> {
    let (horizon, tipping) = (report.horizons.get(h)?, of.get(h)?);
    let tips = tipping.rows.iter().map(|tip| tornado::TippingPoint {
        label: tip.title.clone(),
        today: tip.today.clone(),
        then: tip.then.clone(),
        leader: tip.leader_title.clone().unwrap_or_default(),
        turn: tip.decibans,
        distance: tip.distance.clone(),
    });
    Some(tornado::Tornado {
        heading: heading(
            report,
            &say(report).fill("chart_tornado", &[("horizon", &horizon.title)]),
        ),
        tips: tips.collect(),
        rest: tipping.about.clone(),
    })
}

fn heading(report: &Report, title: &str) -> Heading {
    Heading {
        title: title.to_owned(),
        caption: caption(report),
        lang: Lang::find(&report.lang).unwrap_or_default(),
    }
}

/// What a chart is about, which who sees it alone must know.
fn caption(report: &Report) -> String {
    let own = format!(
        "{} · {} {}",
        report.title,
        say(report).get("as_of"),
        report.as_of_words
    );
    let before = report.marking.iter().cloned();
    let under = report.under.iter();
    let under = under.map(|under| format!("{} {}", say(report).get("under"), under.title));
    let what_if = report.what_if.iter().map(|one| {
        let key = format!("what_if_{}", one.kind);
        let words = say(report).get(&key);
        format!("{} {words} {}", say(report).get("what_if"), one.text)
    });
    let all: Vec<String> = before.chain([own]).chain(what_if).chain(under).collect();
    all.join(" · ")
}

fn say(report: &Report) -> &'static Phrases {
    Phrases::of(Lang::find(&report.lang).unwrap_or_default())
}

fn point(chance: &Likelihood) -> Option<Point> {
    Some(Point {
        value: chance.value?,
        interval: chance.low.zip(chance.high),
        text: round::tight(&chance.text),
        range: chance.interval.clone(),
        word: chance.word.clone().unwrap_or_default(),
        span: chance.span.clone(),
    })
}
