//! The track record as paragraphs and tables, which text and Markdown draw each in its way.

use super::Record;
use crate::decimal::{self, figure, fixed, short};
use crate::record::bins::Bin;
use crate::record::case::Kind;
#[cfg(feature = "html")]
use crate::record::course::Period;
use crate::record::credit::Reasons;
use crate::record::numbers::{Numbers, OfUnit};
use crate::record::sheet::{Calibration, DIMENSIONS, Group, Scores, Sheet};
use crate::record::weights::Ratio;
use crate::record::words::Word;
use crate::record::{Estimate, FEW};
use crate::render::round::percent;

/// A heading with what stands under it.
pub(in crate::render) struct Part {
    pub(in crate::render) heading: String,
    /// Column titles, the first that of the rows; empty where there is no table.
    pub(in crate::render) head: Vec<String>,
    pub(in crate::render) rows: Vec<Vec<String>>,
    pub(in crate::render) notes: Vec<String>,
}

/// What is said where files were read and nothing in them is settled.
pub(super) fn nothing(record: &Record) -> Option<&'static str> {
    let is_empty = record.scored == 0 && record.left_out.is_empty() && record.void == 0;
    (is_empty && record.rows.is_none() && record.files > 0)
        .then_some("Nothing is settled yet: `assess resolve` says what waits for an answer.")
}

/// The heading of the part that the reliability diagram belongs to.
pub(in crate::render) const CALIBRATION: &str = "Calibration";

fn score(x: f64) -> String {
    fixed(x, 4)
}

fn signed(x: f64) -> String {
    match x >= 0.0 {
        true => format!("+{}", fixed(x, 3)),
        false => fixed(x, 3),
    }
}

fn interval(e: Estimate, of: impl Fn(f64) -> String) -> String {
    format!("{} ({} to {})", of(e.value), of(e.low), of(e.high))
}

fn cases(n: u64) -> String {
    match n {
        1 => "1 case".to_owned(),
        n => format!("{n} cases"),
    }
}

/// What was looked at, in a line.
pub(in crate::render) fn summary(record: &Record) -> String {
    let files = match record.files {
        1 => "1 file".to_owned(),
        n => format!("{n} files"),
    };
    if let Some(rows) = record.rows {
        return format!("{} · {}", cases(rows), record.chosen);
    }
    format!("{} in {files} · {}", cases(record.scored), record.chosen)
}

/// All parts in order.
pub(in crate::render) fn parts(record: &Record) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some(sheet) = &record.sheet {
        parts.extend(scores(record, sheet));
        parts.extend(sheet.numbers.iter().flat_map(numbers));
        parts.extend(sheet.calibration.as_ref().map(calibration));
        parts.extend(words(&record.words));
        parts.extend(reasons(&record.reasons));
        parts.extend(record.ratios.as_deref().map(ratios));
        parts.extend(groups(sheet));
    }
    parts.extend(notes(record));
    parts
}

fn scores(record: &Record, sheet: &Sheet) -> Option<Part> {
    if sheet.scores.is_empty() {
        return None;
    }
    let ordered = record.how.ordered;
    let mut head = vec!["", "cases", "Brier", "log", "spherical"];
    if ordered {
        head.extend(["ranked", "ranked/(K−1)"]);
    }
    let row = |s: &Scores| {
        let what = match s.kind {
            Kind::Outcomes => "outcomes (Brier 0–2)",
            Kind::Event => "events (Brier 0–1)",
            Kind::Bet => "bets (Brier 0–1)",
            Kind::Judgement => "judgements (Brier 0–1)",
            Kind::Quantity => "quantities",
        };
        let mut row = vec![
            what.to_owned(),
            s.cases.to_string(),
            score(s.brier),
            score(s.log),
            score(s.spherical),
        ];
        if ordered {
            let ranked = s
                .ranked
                .map_or(("—".into(), "—".into()), |(a, b)| (score(a), score(b)));
            row.extend([ranked.0, ranked.1]);
        }
        row
    };
    let mut notes = vec![format!(
        "Brier and log: 0 is best; log in nats, with chances of at least {}. Spherical: 1 is best.",
        record.how.floor
    )];
    for s in &sheet.scores {
        if s.floored > 0 {
            let n = cases(s.floored);
            notes.push(format!("{n} of {} met that floor.", s.kind.word()));
        }
        for (reference, skill) in &s.skill {
            let against = format!("{}, against {}", s.kind.word(), reference.word());
            notes.push(match skill {
                None => format!("Skill of {against}: none can be told, since that costs nothing."),
                Some(e) if s.files < 2 => format!(
                    "Skill of {against}: {}; one file gives no interval.",
                    signed(e.value)
                ),
                Some(e) => format!("Skill of {against}: {}.", interval(*e, signed)),
            });
        }
    }
    Some(Part {
        heading: "Scores".to_owned(),
        head: head.into_iter().map(str::to_owned).collect(),
        rows: sheet.scores.iter().map(row).collect(),
        notes,
    })
}

/// How numbers fared: by unit, and by interval.
fn numbers(n: &Numbers) -> [Part; 2] {
    let row = |u: &OfUnit| {
        let unit = match u.unit.is_empty() {
            true => "(no unit)".to_owned(),
            false => u.unit.clone(),
        };
        let number = |x: f64| figure(x);
        vec![
            unit,
            u.cases.to_string(),
            number(u.crps),
            number(u.before),
            number(u.interval),
            number(u.off),
        ]
    };
    let mut notes = vec![
        "In the unit of each row; 0 is best. CRPS: the continuous ranked probability score of the whole \
         distribution; before: the same of what was stated, before the reasons; interval: the score of \
         the 90% interval; off: how far the median lay from the truth."
            .to_owned(),
    ];
    notes.extend(n.skill.map(|e| {
        let what = "Skill of quantities, against what was stated before the reasons";
        match n.files < 2 {
            true => format!("{what}: {}; one file gives no interval.", signed(e.value)),
            false => format!("{what}: {}.", interval(e, signed)),
        }
    }));
    let inside = |(level, came): &(f64, Estimate)| {
        vec![
            percent(*level),
            n.cases.to_string(),
            percent(came.value),
            format!("{} to {}", percent(came.low), percent(came.high)),
        ]
    };
    let off = n.inside.iter().rev().find(|(level, came)| {
        n.cases >= FEW && (came.high < *level || came.low > *level)
    });
    let mut said = vec![match off {
        _ if n.cases < FEW => format!(
            "{}: too few for a verdict on intervals, which takes {FEW}.",
            cases(n.cases)
        ),
        Some((level, came)) if came.high < *level => format!(
            "Intervals are too narrow: the truth lay inside {} of them less often than chance explains.",
            percent(*level)
        ),
        Some((level, _)) => format!(
            "Intervals are too wide: the truth lay inside {} of them more often than chance explains.",
            percent(*level)
        ),
        None => "The intervals hold what they say, as far as so many cases tell.".to_owned(),
    }];
    said.push(format!(
        "The truth lay below the median in {}.",
        interval(n.below, percent)
    ));
    let strings = |head: &[&str]| head.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    [
        Part {
            heading: "Quantities".to_owned(),
            head: strings(&["unit", "cases", "CRPS", "before", "interval", "off"]),
            rows: n.units.iter().map(row).collect(),
            notes,
        },
        Part {
            heading: "Intervals of quantities".to_owned(),
            head: strings(&["interval", "cases", "truth inside", "95% interval"]),
            rows: n.inside.iter().map(inside).collect(),
            notes: said,
        },
    ]
}

/// The mean Brier score of yes or no over time, beside its chart.
#[cfg(feature = "html")]
pub(in crate::render) fn course(record: &Record) -> Part {
    let periods = record.sheet.as_ref().map_or(&[][..], |s| &s.periods);
    let row = |p: &Period| {
        let interval = match p.cases {
            1 => "—".to_owned(),
            _ => format!("{} to {}", score(p.brier.low), score(p.brier.high)),
        };
        vec![
            p.name.clone(),
            p.cases.to_string(),
            score(p.brier.value),
            interval,
        ]
    };
    Part {
        heading: "Over time".to_owned(),
        head: ["settled", "cases", "Brier (0–1)", "95% interval"]
            .map(str::to_owned)
            .to_vec(),
        rows: periods.iter().map(row).collect(),
        notes: Vec::new(),
    }
}

fn calibration(c: &Calibration) -> Part {
    let bin = |b: &Bin| {
        vec![
            format!("{} to {}", percent(b.from), percent(b.to)),
            fixed(
                b.cases.count,
                if b.cases.count.fract() == 0.0 { 0 } else { 1 },
            ),
            percent(b.cases.p),
            percent(b.rate.value),
            format!("{} to {}", percent(b.rate.low), percent(b.rate.high)),
        ]
    };
    let mut notes = Vec::new();
    if c.cases < FEW {
        notes.push(format!(
            "{}: too few for a verdict on a habit, which takes {FEW}.",
            cases(c.cases)
        ));
    } else {
        notes.push(match c.habit {
            Some(habit) => format!("Chances are {}.", habit.words()),
            None if c.line.is_none() => {
                "No verdict on a habit: no logit line can be drawn through these chances."
                    .to_owned()
            }
            None => "No habit shows that chance alone does not explain, at 5%.".to_owned(),
        });
    }
    if let Some(m) = c.murphy {
        notes.push(format!(
            "Brier score {} = reliability {} − resolution {} + uncertainty {} + remainder {}, by bins of \
             equal width.",
            score(c.brier),
            score(m.reliability),
            score(m.resolution),
            score(m.uncertainty),
            score(m.remainder)
        ));
    }
    notes.push(match c.line {
        Some(l) => format!(
            "Logit slope {}, intercept {}; with slope 1, {}.",
            interval(l.slope, |x| fixed(x, 2)),
            interval(l.intercept, |x| fixed(x, 2)),
            interval(l.shift, |x| fixed(x, 2))
        ),
        None => "No logit line: all chances are alike, or some chance parts what came true from what did not."
            .to_owned(),
    });
    let number = |x: Option<f64>, places| x.map_or("none".to_owned(), |x| fixed(x, places));
    notes.push(format!(
        "Spiegelhalter’s z {}; expected calibration error {} by equal width, {} by equal mass; area \
         under the curve {}.",
        number(c.z, 2),
        fixed(c.error.0, 3),
        fixed(c.error.1, 3),
        number(c.area, 3)
    ));
    Part {
        heading: CALIBRATION.to_owned(),
        head: ["said", "chances", "mean", "came true", "95% interval"]
            .map(str::to_owned)
            .to_vec(),
        rows: c.width.iter().map(bin).collect(),
        notes,
    }
}

fn words(words: &[Word]) -> Option<Part> {
    if words.is_empty() {
        return None;
    }
    let row = |w: &Word| {
        let verdict = match w.adjusted {
            None => "too few to say",
            Some(_) if w.is_off() => "outside its band",
            Some(_) => "—",
        };
        let scale = match w.scale.is_empty() {
            true => "a range".to_owned(),
            false => w.scale.clone(),
        };
        vec![
            w.word.clone(),
            scale,
            w.cases.to_string(),
            format!("{} to {}", percent(w.band.0), percent(w.band.1)),
            percent(w.came.value),
            format!("{} to {}", percent(w.came.low), percent(w.came.high)),
            verdict.to_owned(),
        ]
    };
    Some(Part {
        heading: "Words".to_owned(),
        head: [
            "word",
            "scale",
            "cases",
            "means",
            "came true",
            "95% interval",
            "verdict",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: words.iter().map(row).collect(),
        notes: Vec::new(),
    })
}

fn reasons(reasons: &[Reasons]) -> Vec<Part> {
    let each = ["kind", "rating", "source", "driver"].into_iter();
    let parts = each.filter_map(|by| {
        let own = reasons.iter().filter(|r| r.by == by);
        let rows: Vec<Vec<String>> = own
            .map(|r| {
                let mean = r.bits / r.reasons as f64;
                vec![r.name.clone(), r.reasons.to_string(), signed(mean), signed(r.bits)]
            })
            .collect();
        (!rows.is_empty()).then(|| Part {
            heading: format!("Reasons by {by}"),
            head: [by, "reasons", "bits on average", "bits in all"]
                .map(str::to_owned)
                .to_vec(),
            rows,
            notes: match by {
                "kind" => vec![
                    "Bits towards what came true; all of them sum to the score of the verdict less that of \
                     the prior."
                        .to_owned(),
                ],
                _ => Vec::new(),
            },
        })
    });
    parts.collect()
}

fn ratios(ratios: &[Ratio]) -> Part {
    let of = |(seen, all): (f64, f64)| format!("{} of {}", short(seen, 1), short(all, 1));
    let times = |x: f64| short(x, decimal::places(x, 2));
    let row = |r: &Ratio| {
        vec![
            r.driver.clone(),
            r.outcome.clone(),
            of(r.came),
            of(r.stayed),
            times(r.record.value),
            format!("{} to {}", times(r.record.low), times(r.record.high)),
            times(r.stated.0),
            r.verdict().to_owned(),
        ]
    };
    let notes = match ratios.is_empty() {
        true => "No two files with settled outcomes state a strength of one driver by its name.",
        false => {
            "Seen where the outcome came true, and where it did not, by the last settled horizon of each \
             file; a reason that a file does not name was not seen there. Ratios with Jeffreys’ prior; what is \
             stated is the mean over files, before ratings discount it."
        }
    };
    Part {
        heading: "Strengths".to_owned(),
        head: match ratios.is_empty() {
            true => Vec::new(),
            false => [
                "driver",
                "outcome",
                "came true",
                "did not",
                "ratio",
                "95% interval",
                "stated",
                "verdict",
            ]
            .map(str::to_owned)
            .to_vec(),
        },
        rows: ratios.iter().map(row).collect(),
        notes: vec![notes.to_owned()],
    }
}

fn groups(sheet: &Sheet) -> Vec<Part> {
    let every = DIMENSIONS.into_iter().chain(["group"]);
    let parts = every.filter_map(|by| {
        let own: Vec<&Group> = sheet.groups.iter().filter(|g| g.by == by).collect();
        // What all cases share tells nothing.
        if own.len() < 2 {
            return None;
        }
        let row = |g: &&Group| {
            vec![
                g.name.clone(),
                g.cases.to_string(),
                score(g.brier),
                score(g.log),
                percent(g.said),
                percent(g.came.value),
                format!("{} to {}", percent(g.came.low), percent(g.came.high)),
            ]
        };
        Some(Part {
            heading: format!("By {by}"),
            head: [
                by,
                "cases",
                "Brier (0–1)",
                "log",
                "said",
                "came true",
                "95% interval",
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: own.iter().map(row).collect(),
            notes: Vec::new(),
        })
    });
    parts.collect()
}

/// So many files are named before the others are counted.
const NAMED: usize = 5;

fn some_of(names: &[String], more: usize) -> String {
    match names.len() + more {
        n if n <= NAMED + 1 => names.join(", "),
        n => format!(
            "{} and {} other files",
            names[..NAMED].join(", "),
            n - NAMED
        ),
    }
}

fn notes(record: &Record) -> Option<Part> {
    let mut notes = record.remarks.clone();
    if record.shallow {
        notes.push("This clone is shallow: forecasts from before it are not here.".to_owned());
    }
    if record.void > 0 {
        notes.push(match record.void {
            1 => "1 question was void, and is not scored.".to_owned(),
            n => format!("{n} questions were void, and are not scored."),
        });
    }
    if !record.without_history.is_empty() {
        notes.push(format!(
            "No history: the text itself serves, without what came to be known, for {}.",
            some_of(&record.without_history, record.more_without)
        ));
    }
    notes.extend(record.said.iter().cloned());
    if record.more_said > 0 {
        notes.push(format!("And so of {} more.", cases(record.more_said as u64)));
    }
    for (what, why) in &record.left_out {
        notes.push(format!("Not scored: {what}: {why}."));
    }
    if record.more_left_out > 0 {
        notes.push(format!(
            "Not scored: {} more, which `--format json` lists.",
            record.more_left_out
        ));
    }
    if notes.is_empty() {
        return None;
    }
    Some(Part {
        heading: "Notes".to_owned(),
        head: Vec::new(),
        rows: Vec::new(),
        notes,
    })
}
