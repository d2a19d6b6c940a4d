//! From a track record to its JSON.

use super::Record;
use super::csv;
use super::json::{
    Bin, Calibration, Case, Credit, Estimate, Forecast, Group, Inside, LeftOut, Murphy, Number,
    OfUnit, Outcome, Quantities, Reasons, Report, Scores, Settings, Skill, Weight, Word,
};
use crate::phrases::Phrases;
use crate::record::{self, bins, case, numbers, sheet, skill, weights, words};
use crate::text::lang::Lang;

/// All of it as text.
pub(super) fn write(record: &Record) -> String {
    crate::text::clean::json(&report(record))
}

fn report(record: &Record) -> Report {
    let sheet = record.sheet.as_ref();
    Report {
        version: 1,
        files: record.files,
        forecast: record.chosen.words(Phrases::of(Lang::En)),
        settings: Settings {
            floor: record.how.floor,
            bins: record.how.bins,
            ordered: record.how.ordered,
            seed: record.how.seed,
            draws: skill::DRAWS,
        },
        scores: sheet.map_or(Vec::new(), |s| s.scores.iter().map(scores).collect()),
        quantities: sheet.and_then(|s| s.numbers.as_ref()).map(numbers),
        calibration: sheet.and_then(|s| s.calibration.as_ref()).map(calibration),
        words: record.words.iter().map(word).collect(),
        reasons: record
            .reasons
            .iter()
            .map(|r| Reasons {
                by: r.by,
                name: r.name.clone(),
                reasons: r.reasons,
                bits: r.bits,
            })
            .collect(),
        weights: record.ratios.iter().flatten().map(weight).collect(),
        groups: sheet.map_or(Vec::new(), |s| s.groups.iter().map(group).collect()),
        cases: record
            .cases
            .iter()
            .map(|c| one(c, record.how.floor))
            .collect(),
        void: record.void,
        left_out: record
            .left_out
            .iter()
            .map(|(what, why)| LeftOut {
                what: what.clone(),
                why: why.clone(),
            })
            .collect(),
        without_history: record.without_history.clone(),
    }
}

fn numbers(n: &numbers::Numbers) -> Quantities {
    Quantities {
        cases: n.cases,
        files: n.files,
        inside: n
            .inside
            .iter()
            .map(|(level, came)| Inside {
                level: *level,
                came: estimate(*came),
            })
            .collect(),
        below_median: estimate(n.below),
        skill: n.skill.map(estimate),
        units: n
            .units
            .iter()
            .map(|u| OfUnit {
                unit: (!u.unit.is_empty()).then(|| u.unit.clone()),
                cases: u.cases,
                crps: u.crps,
                crps_before: u.before,
                interval_score: u.interval,
                distance: u.off,
            })
            .collect(),
    }
}

fn weight(r: &weights::Ratio) -> Weight {
    Weight {
        id: r.driver.clone(),
        outcome: r.outcome.clone(),
        seen_true: r.came.0,
        came_true: r.came.1,
        seen_false: r.stayed.0,
        did_not: r.stayed.1,
        ratio: estimate(r.record),
        stated: r.stated.0,
        stating: r.stated.1,
    }
}

fn estimate(e: record::Estimate) -> Estimate {
    Estimate {
        value: e.value,
        low: e.low,
        high: e.high,
    }
}

fn scores(s: &sheet::Scores) -> Scores {
    Scores {
        kind: s.kind.word(),
        cases: s.cases,
        files: s.files,
        brier: s.brier,
        log: s.log,
        floored: s.floored,
        ranked: s.ranked.map(|r| r.0),
        ranked_per_step: s.ranked.map(|r| r.1),
        spherical: s.spherical,
        skill: s
            .skill
            .iter()
            .map(|(reference, skill)| Skill {
                reference: reference.word(),
                skill: skill.map(estimate),
            })
            .collect(),
    }
}

fn bin(b: &bins::Bin) -> Bin {
    Bin {
        from: b.from,
        to: b.to,
        count: b.cases.count,
        said: b.cases.p,
        came: estimate(b.rate),
    }
}

fn calibration(c: &sheet::Calibration) -> Calibration {
    Calibration {
        cases: c.cases,
        chances: c.all.count,
        said: c.all.p,
        came: c.all.rate(),
        brier: c.brier,
        equal_width: c.width.iter().map(bin).collect(),
        equal_mass: c.mass.iter().map(bin).collect(),
        murphy: c.murphy.map(|m| Murphy {
            reliability: m.reliability,
            resolution: m.resolution,
            uncertainty: m.uncertainty,
            remainder: m.remainder,
        }),
        error_equal_width: c.error.0,
        error_equal_mass: c.error.1,
        slope: c.line.map(|l| estimate(l.slope)),
        intercept: c.line.map(|l| estimate(l.intercept)),
        shift: c.line.map(|l| estimate(l.shift)),
        spiegelhalter_z: c.z,
        area: c.area,
        habit: c.habit.map(|h| h.words().to_owned()),
    }
}

fn word(w: &words::Word) -> Word {
    Word {
        scale: w.scale.clone(),
        word: w.word.clone(),
        low: w.band.0,
        high: w.band.1,
        cases: w.cases,
        true_count: w.true_count,
        came: estimate(w.came),
        p_value: w.p_value,
        adjusted: w.adjusted,
    }
}

fn group(g: &sheet::Group) -> Group {
    Group {
        by: g.by,
        name: g.name.clone(),
        cases: g.cases,
        brier: g.brier,
        log: g.log,
        said: g.said,
        came: estimate(g.came),
    }
}

fn one(c: &case::Case, floor: f64) -> Case {
    let number = |of: fn(&case::Figure) -> f64| {
        let is_number = !c.kind.is_chance();
        is_number.then(|| c.mean(|f| f.number.as_ref().map_or(f64::NAN, of)))
    };
    let outcomes = c.truth.iter().enumerate().map(|(i, &truth)| Outcome {
        id: c.outcomes.get(i).cloned(),
        truth,
    });
    Case {
        file: c.file.clone(),
        kind: c.kind.word(),
        id: c.id.clone(),
        horizon: c.horizon.clone(),
        author: c.author.clone(),
        settled: c.settled.to_string(),
        outcomes: outcomes.collect(),
        forecasts: c
            .forecasts
            .iter()
            .map(|f| Forecast {
                days: f.days,
                probabilities: f.chances.clone(),
                number: f.number.map(|n| Number {
                    median: n.median,
                    low: n.low,
                    high: n.high,
                    below: n.place,
                }),
            })
            .collect(),
        price: c.price,
        rating: c.rating.clone(),
        commit: c.commit.clone(),
        brier: c.kind.is_chance().then(|| csv::brier(c)),
        log: c.kind.is_chance().then(|| csv::log(c, floor)),
        unit: c.unit.clone(),
        crps: number(|n| n.crps),
        crps_before: number(|n| n.before),
        credits: c
            .credits
            .iter()
            .map(|one| Credit {
                id: one.driver.clone(),
                kind: one.kind,
                bits: one.bits,
            })
            .collect(),
        note: c.said.clone(),
    }
}
