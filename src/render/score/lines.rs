//! The track record as paragraphs and tables, which text and Markdown draw each in its way.

use super::Record;
use crate::phrases::Phrases;
use crate::record::bins::Bin;
use crate::record::case::Kind;
#[cfg(feature = "html")]
use crate::record::course::Period;
use crate::record::credit::Reasons;
use crate::record::numbers::{Numbers, OfUnit};
use crate::record::sheet::{
    Calibration, DIMENSIONS, Group, Habit, LENGTHS, Reference, Scores, Sheet,
};
use crate::record::weights::Ratio;
use crate::record::words::Word;
use crate::record::{Estimate, FEW};
use crate::text::decimal;
use crate::text::decimal::{figure, fixed, short};
use crate::text::round::percent;

/// A heading with what stands under it.
pub(in crate::render) struct Part {
    pub(in crate::render) heading: String,
    /// Whether the reliability diagram belongs to it.
    // The page alone asks.
    #[cfg_attr(not(feature = "html"), allow(dead_code))]
    pub(in crate::render) is_calibration: bool,
    /// Column titles, the first that of the rows; empty where there is no table.
    pub(in crate::render) head: Vec<String>,
    pub(in crate::render) rows: Vec<Vec<String>>,
    pub(in crate::render) notes: Vec<String>,
}

/// What is said where files were read and nothing in them is settled.
pub(super) fn nothing(record: &Record, say: &'static Phrases) -> Option<&'static str> {
    let is_empty = record.scored == 0 && record.left_out.is_empty() && record.void == 0;
    (is_empty && record.rows.is_none() && record.files > 0).then(|| say.get("rec_nothing"))
}

fn score(x: f64) -> String {
    fixed(x, 4)
}

fn signed(x: f64) -> String {
    match x >= 0.0 {
        true => format!("+{}", fixed(x, 3)),
        false => fixed(x, 3),
    }
}

fn interval(say: &Phrases, e: Estimate, of: impl Fn(f64) -> String) -> String {
    let (value, low, high) = (of(e.value), of(e.low), of(e.high));
    let gaps = [("value", value.as_str()), ("low", &low), ("high", &high)];
    say.fill("rec_interval", &gaps)
}

fn span(say: &Phrases, low: &str, high: &str) -> String {
    say.fill("rec_span", &[("low", low), ("high", high)])
}

fn cases(say: &Phrases, n: u64) -> String {
    say.count("rec_cases", n as usize)
}

/// Column titles by their phrases; one without a phrase stands as it is.
fn head(say: &'static Phrases, keys: &[&'static str]) -> Vec<String> {
    keys.iter().map(|key| say.get(key).to_owned()).collect()
}

impl Part {
    /// With its numbers as the language writes them.
    fn localised(mut self, say: &Phrases) -> Part {
        for cell in self.rows.iter_mut().flatten().chain(&mut self.notes) {
            *cell = say.number(cell);
        }
        self
    }
}

/// What was looked at, in a line.
pub(in crate::render) fn summary(record: &Record, say: &Phrases) -> String {
    let chosen = record.chosen.words(say);
    if let Some(rows) = record.rows {
        return format!("{} · {chosen}", cases(say, rows));
    }
    let (n, files) = (
        cases(say, record.scored),
        say.count("rec_files", record.files),
    );
    let gaps = [
        ("cases", n.as_str()),
        ("files", &files),
        ("chosen", &chosen),
    ];
    say.fill("rec_in_files", &gaps)
}

/// All parts in order.
pub(in crate::render) fn parts(record: &Record, say: &'static Phrases) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some(sheet) = &record.sheet {
        parts.extend(scores(record, sheet, say));
        parts.extend(sheet.numbers.iter().flat_map(|n| numbers(n, say)));
        parts.extend(sheet.calibration.as_ref().map(|c| calibration(c, say)));
        parts.extend(words(&record.words, say));
        parts.extend(reasons(&record.reasons, say));
        parts.extend(record.ratios.as_deref().map(|r| ratios(r, say)));
        parts.extend(groups(sheet, say));
    }
    parts.extend(notes(record, say));
    parts.into_iter().map(|part| part.localised(say)).collect()
}

fn scores(record: &Record, sheet: &Sheet, say: &'static Phrases) -> Option<Part> {
    if sheet.scores.is_empty() {
        return None;
    }
    let ordered = record.how.ordered;
    let mut titles = head(
        say,
        &["", "rec_head_cases", "Brier", "log", "rec_spherical"],
    );
    if ordered {
        let ranked = say.get("rec_ranked");
        titles.extend([ranked.to_owned(), format!("{ranked}/(K−1)")]);
    }
    let row = |s: &Scores| {
        let what = match s.kind {
            Kind::Outcomes => "rec_outcomes",
            Kind::Event => "rec_events",
            Kind::Bet => "rec_bets",
            Kind::Judgement => "rec_judgements",
            Kind::Quantity => "rec_of_quantity",
        };
        let mut row = vec![
            say.get(what).to_owned(),
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
    let floor = record.how.floor.to_string();
    let mut notes = vec![say.fill("rec_scores_note", &[("floor", &floor)])];
    for s in &sheet.scores {
        let kind = say.get(of_kind(s.kind));
        if s.floored > 0 {
            let n = cases(say, s.floored);
            notes.push(say.fill("rec_floored", &[("cases", &n), ("kind", kind)]));
        }
        for (reference, skill) in &s.skill {
            let reference = say.get(match reference {
                Reference::Uniform => "rec_ref_uniform",
                Reference::Prior => "rec_ref_prior",
                Reference::BaseRate => "rec_ref_base_rate",
                Reference::Price => "rec_ref_price",
            });
            let what = say.fill("rec_against", &[("kind", kind), ("reference", reference)]);
            notes.push(skilled(say, &what, *skill, s.files));
        }
    }
    Some(Part {
        heading: say.get("rec_scores").to_owned(),
        is_calibration: false,
        head: titles,
        rows: sheet.scores.iter().map(row).collect(),
        notes,
    })
}

/// The phrase of a kind.
fn of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Outcomes => "rec_of_outcomes",
        Kind::Event => "rec_of_event",
        Kind::Bet => "rec_of_bet",
        Kind::Judgement => "rec_of_judgement",
        Kind::Quantity => "rec_of_quantity",
    }
}

/// A sentence on skill.
fn skilled(say: &Phrases, what: &str, skill: Option<Estimate>, files: u64) -> String {
    match skill {
        None => say.fill("rec_skill_none", &[("what", what)]),
        Some(e) if files < 2 => say.fill(
            "rec_skill_one",
            &[("what", what), ("value", &signed(e.value))],
        ),
        Some(e) => {
            let value = interval(say, e, signed);
            say.fill("rec_skill", &[("what", what), ("value", &value)])
        }
    }
}

/// How numbers fared: by unit, and by interval.
fn numbers(n: &Numbers, say: &'static Phrases) -> [Part; 2] {
    let row = |u: &OfUnit| {
        let unit = match u.unit.is_empty() {
            true => say.get("rec_no_unit").to_owned(),
            false => u.unit.clone(),
        };
        let figures = [u.crps, u.before, u.interval, u.off].map(figure);
        [vec![unit, u.cases.to_string()], figures.to_vec()].concat()
    };
    let mut notes = vec![say.get("rec_quantities_note").to_owned()];
    notes.extend(
        n.skill
            .map(|e| skilled(say, say.get("rec_quantities_skill"), Some(e), n.files)),
    );
    let inside = |(level, came): &(f64, Estimate)| {
        vec![
            percent(*level),
            n.cases.to_string(),
            percent(came.value),
            span(say, &percent(came.low), &percent(came.high)),
        ]
    };
    let off = n
        .inside
        .iter()
        .rev()
        .find(|(level, came)| n.cases >= FEW && (came.high < *level || came.low > *level));
    let verdict = match off {
        _ if n.cases < FEW => {
            let (n, few) = (cases(say, n.cases), FEW.to_string());
            say.fill("rec_few_intervals", &[("cases", &n), ("few", &few)])
        }
        Some((level, came)) => {
            let key = match came.high < *level {
                true => "rec_too_narrow",
                false => "rec_too_wide",
            };
            say.fill(key, &[("level", &percent(*level))])
        }
        None => say.get("rec_intervals_hold").to_owned(),
    };
    let below = interval(say, n.below, percent);
    [
        Part {
            heading: say.get("rec_quantities").to_owned(),
            is_calibration: false,
            head: head(
                say,
                &[
                    "rec_unit",
                    "rec_head_cases",
                    "CRPS",
                    "rec_before",
                    "rec_interval_score",
                    "rec_off",
                ],
            ),
            rows: n.units.iter().map(row).collect(),
            notes,
        },
        Part {
            heading: say.get("rec_intervals").to_owned(),
            is_calibration: false,
            head: head(
                say,
                &[
                    "rec_interval_score",
                    "rec_head_cases",
                    "rec_truth_inside",
                    "rec_ci",
                ],
            ),
            rows: n.inside.iter().map(inside).collect(),
            notes: vec![verdict, say.fill("rec_below_median", &[("share", &below)])],
        },
    ]
}

/// The mean Brier score of yes or no over time, beside its chart.
#[cfg(feature = "html")]
pub(in crate::render) fn course(record: &Record, say: &'static Phrases) -> Part {
    let periods = record.sheet.as_ref().map_or(&[][..], |s| &s.periods);
    let row = |p: &Period| {
        let interval = match p.cases {
            1 => "—".to_owned(),
            _ => span(say, &score(p.brier.low), &score(p.brier.high)),
        };
        let mean = score(p.brier.value);
        vec![p.name.clone(), p.cases.to_string(), mean, interval]
    };
    let part = Part {
        heading: say.get("rec_over_time").to_owned(),
        is_calibration: false,
        head: head(
            say,
            &["rec_settled", "rec_head_cases", "rec_brier_yes", "rec_ci"],
        ),
        rows: periods.iter().map(row).collect(),
        notes: Vec::new(),
    };
    part.localised(say)
}

/// The phrase of a habit, a sentence's end: "chances are …".
pub(super) fn habit_key(habit: Habit) -> &'static str {
    match habit {
        Habit::TooExtreme => "rec_too_extreme",
        Habit::TooTimid => "rec_too_timid",
        Habit::TooHigh => "rec_too_high",
        Habit::TooLow => "rec_too_low",
    }
}

/// How many chances, which weights may make a broken number.
pub(super) fn count(n: f64) -> String {
    fixed(n, if n.fract() == 0.0 { 0 } else { 1 })
}

fn calibration(c: &Calibration, say: &'static Phrases) -> Part {
    let bin = |b: &Bin| {
        vec![
            span(say, &percent(b.from), &percent(b.to)),
            count(b.cases.count),
            percent(b.cases.p),
            percent(b.rate.value),
            span(say, &percent(b.rate.low), &percent(b.rate.high)),
        ]
    };
    let mut notes = Vec::new();
    if c.cases < FEW {
        let (n, few) = (cases(say, c.cases), FEW.to_string());
        notes.push(say.fill("rec_few", &[("cases", &n), ("few", &few)]));
    } else {
        notes.push(match c.habit {
            Some(habit) => say.fill("rec_habit", &[("habit", say.get(habit_key(habit)))]),
            None if c.line.is_none() => say.get("rec_no_line_habit").to_owned(),
            None => say.get("rec_no_habit").to_owned(),
        });
    }
    if let Some(m) = c.murphy {
        let gaps = [
            ("score", score(c.brier)),
            ("reliability", score(m.reliability)),
            ("resolution", score(m.resolution)),
            ("uncertainty", score(m.uncertainty)),
            ("remainder", score(m.remainder)),
        ];
        let gaps = gaps.each_ref().map(|(key, text)| (*key, text.as_str()));
        notes.push(say.fill("rec_murphy", &gaps));
    }
    notes.push(match c.line {
        Some(l) => {
            let of = |e: Estimate| interval(say, e, |x| fixed(x, 2));
            let (slope, intercept, shift) = (of(l.slope), of(l.intercept), of(l.shift));
            let gaps = [
                ("slope", slope.as_str()),
                ("intercept", &intercept),
                ("shift", &shift),
            ];
            say.fill("rec_logit", &gaps)
        }
        None => say.get("rec_no_logit").to_owned(),
    });
    let number = |x: Option<f64>, places| match x {
        Some(x) => fixed(x, places),
        None => say.get("rec_none").to_owned(),
    };
    let gaps = [
        ("z", number(c.z, 2)),
        ("width", fixed(c.error.0, 3)),
        ("mass", fixed(c.error.1, 3)),
        ("area", number(c.area, 3)),
    ];
    let gaps = gaps.each_ref().map(|(key, text)| (*key, text.as_str()));
    notes.push(say.fill("rec_tests", &gaps));
    Part {
        heading: say.get("rec_calibration").to_owned(),
        is_calibration: true,
        head: head(
            say,
            &["rec_said", "rec_chances", "rec_mean", "rec_came", "rec_ci"],
        ),
        rows: c.width.iter().map(bin).collect(),
        notes,
    }
}

fn words(words: &[Word], say: &'static Phrases) -> Option<Part> {
    if words.is_empty() {
        return None;
    }
    let row = |w: &Word| {
        let verdict = match w.adjusted {
            None => say.get("rec_too_few"),
            Some(_) if w.is_off() => say.get("rec_outside"),
            Some(_) => "—",
        };
        let scale = match w.scale.is_empty() {
            true => say.get("rec_a_range").to_owned(),
            false => w.scale.clone(),
        };
        vec![
            w.word.clone(),
            scale,
            w.cases.to_string(),
            span(say, &percent(w.band.0), &percent(w.band.1)),
            percent(w.came.value),
            span(say, &percent(w.came.low), &percent(w.came.high)),
            verdict.to_owned(),
        ]
    };
    Some(Part {
        heading: say.get("rec_words").to_owned(),
        is_calibration: false,
        head: head(
            say,
            &[
                "rec_word",
                "rec_scale",
                "rec_head_cases",
                "rec_means",
                "rec_came",
                "rec_ci",
                "rec_verdict",
            ],
        ),
        rows: words.iter().map(row).collect(),
        notes: Vec::new(),
    })
}

fn reasons(reasons: &[Reasons], say: &'static Phrases) -> Vec<Part> {
    let each = ["kind", "rating", "source", "driver"].into_iter();
    let parts = each.filter_map(|by| {
        let own = reasons.iter().filter(|r| r.by == by);
        let rows: Vec<Vec<String>> = own
            .map(|r| {
                let mean = r.bits / r.reasons as f64;
                vec![
                    r.name.clone(),
                    r.reasons.to_string(),
                    signed(mean),
                    signed(r.bits),
                ]
            })
            .collect();
        let called = called(by, say);
        (!rows.is_empty()).then(|| Part {
            heading: say.fill("rec_reasons_by", &[("by", called)]),
            is_calibration: false,
            head: [
                called,
                say.get("rec_reasons"),
                say.get("rec_bits_mean"),
                say.get("rec_bits_all"),
            ]
            .map(str::to_owned)
            .to_vec(),
            rows,
            notes: match by {
                "kind" => vec![say.get("rec_reasons_note").to_owned()],
                _ => Vec::new(),
            },
        })
    });
    parts.collect()
}

/// What a dimension is called.
fn called(by: &'static str, say: &'static Phrases) -> &'static str {
    match by {
        "kind" => say.get("rec_by_kind"),
        "author" => say.get("rec_by_author"),
        "tag" => say.get("rec_by_tag"),
        "horizon" => say.get("rec_by_horizon"),
        "rating" => say.get("rec_by_rating"),
        "year" => say.get("rec_by_year"),
        "group" => say.get("rec_by_group"),
        "forecaster" => say.get("rec_by_forecaster"),
        "source" => say.get("rec_by_source"),
        "driver" => say.get("rec_by_driver"),
        other => other,
    }
}

fn ratios(ratios: &[Ratio], say: &'static Phrases) -> Part {
    let of = |(seen, all): (f64, f64)| format!("{} of {}", short(seen, 1), short(all, 1));
    let times = |x: f64| short(x, decimal::places(x, 2));
    let row = |r: &Ratio| {
        vec![
            r.driver.clone(),
            r.outcome.clone(),
            of(r.came),
            of(r.stayed),
            times(r.record.value),
            span(say, &times(r.record.low), &times(r.record.high)),
            times(r.stated.0),
            r.verdict().to_owned(),
        ]
    };
    let notes = match ratios.is_empty() {
        true => say.get("rec_no_strengths"),
        false => say.get("rec_strengths_note"),
    };
    Part {
        heading: say.get("rec_strengths").to_owned(),
        is_calibration: false,
        head: match ratios.is_empty() {
            true => Vec::new(),
            false => head(
                say,
                &[
                    "rec_driver",
                    "rec_outcome",
                    "rec_came",
                    "rec_did_not",
                    "rec_ratio",
                    "rec_ci",
                    "rec_stated",
                    "rec_verdict",
                ],
            ),
        },
        rows: ratios.iter().map(row).collect(),
        notes: vec![notes.to_owned()],
    }
}

fn groups(sheet: &Sheet, say: &'static Phrases) -> Vec<Part> {
    let every = DIMENSIONS.into_iter().chain(["group"]);
    let parts = every.filter_map(|by| {
        let own: Vec<&Group> = sheet.groups.iter().filter(|g| g.by == by).collect();
        // What all cases share tells nothing.
        if own.len() < 2 {
            return None;
        }
        let name = |g: &Group| {
            let length = LENGTHS
                .iter()
                .position(|l| by == "horizon" && l.1 == g.name);
            match length {
                Some(i) => say
                    .get(["rec_len_0", "rec_len_1", "rec_len_2", "rec_len_3"][i])
                    .to_owned(),
                None => match Kind::ALL
                    .into_iter()
                    .find(|k| by == "kind" && k.word() == g.name)
                {
                    Some(kind) => say.get(of_kind(kind)).to_owned(),
                    None => g.name.clone(),
                },
            }
        };
        let row = |g: &&Group| {
            vec![
                name(g),
                g.cases.to_string(),
                score(g.brier),
                score(g.log),
                percent(g.said),
                percent(g.came.value),
                span(say, &percent(g.came.low), &percent(g.came.high)),
            ]
        };
        let called = called(by, say);
        let titles = [
            "rec_head_cases",
            "rec_brier_yes",
            "log",
            "rec_said",
            "rec_came",
            "rec_ci",
        ];
        Some(Part {
            heading: say.fill("rec_by", &[("by", called)]),
            is_calibration: false,
            head: [vec![called.to_owned()], head(say, &titles)].concat(),
            rows: own.iter().map(row).collect(),
            notes: Vec::new(),
        })
    });
    parts.collect()
}

/// So many files are named before the others are counted.
const NAMED: usize = 5;

fn some_of(names: &[String], more: usize, say: &Phrases) -> String {
    match names.len() + more {
        n if n <= NAMED + 1 => names.join(", "),
        n => {
            let (files, n) = (names[..NAMED].join(", "), (n - NAMED).to_string());
            say.fill("rec_and_others", &[("files", &files), ("n", &n)])
        }
    }
}

fn notes(record: &Record, say: &'static Phrases) -> Option<Part> {
    let mut notes = record.remarks.clone();
    if record.is_rounded {
        notes.push(say.get("rec_rounded").to_owned());
    }
    if record.shallow {
        notes.push(say.get("rec_shallow").to_owned());
    }
    if record.void > 0 {
        notes.push(say.count("rec_void", record.void));
    }
    if !record.without_history.is_empty() {
        let files = some_of(&record.without_history, record.more_without, say);
        notes.push(say.fill("rec_no_history", &[("files", &files)]));
    }
    notes.extend(record.said.iter().cloned());
    if record.more_said > 0 {
        let n = cases(say, record.more_said as u64);
        notes.push(say.fill("rec_more_said", &[("cases", &n)]));
    }
    for (what, why) in &record.left_out {
        notes.push(say.fill("rec_left_out", &[("what", what), ("why", why)]));
    }
    if record.more_left_out > 0 {
        let n = record.more_left_out.to_string();
        notes.push(say.fill("rec_more_left_out", &[("n", &n)]));
    }
    if notes.is_empty() {
        return None;
    }
    Some(Part {
        heading: say.get("rec_notes").to_owned(),
        is_calibration: false,
        head: Vec::new(),
        rows: Vec::new(),
        notes,
    })
}
