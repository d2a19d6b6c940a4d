//! The verdict as a short text that is kept beside its file and compared from run to run.
//!
//! In: an assessment and its verdict. Out: a [`Snapshot`]: its text, and what of a stored text it
//! still bears out. Every number is rounded, and a stored number stands as long as the verdict lies
//! where that number may have been rounded from, give or take what is noise; so a sum in another
//! order, or another choice of draws, changes nothing.

mod cell;

use crate::infer::verdict::Verdict;
use crate::infer::{Estimate, Given};
use crate::resolve::assessment::{Assessment, Figured, HorizonId, OutcomeId};
use crate::resolve::table::Id;
use crate::scales;
use cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// The ending of a snapshot's file, which stands beside its `.assess`.
pub const EXTENSION: &str = "verdict";

/// The first line of each.
const HEAD: &str = "# Kept by `assess test`: --accept writes it anew";

/// What sums of doubles may miss by.
const ROUNDING: f64 = 1e-9;

/// A sampled number may be off by so many standard errors.
const ERRORS: f64 = 3.0;

/// What part of its width an end of an interval may be off by, since draws do not settle it further.
/// Other draws move it by some 3% of the width and seldom by more than 5% (see `docs/method.md`);
/// where the verdict is sampled there are fewer, and they are independent.
const WIDTH: f64 = 0.1;
const WIDTH_SAMPLED: f64 = 0.25;

/// The most cells that say what a line is about.
const KEY: usize = 4;

/// The narrowest columns of a share and of an interval, so that digits move nothing beside them.
const SHARE: usize = 6;
const INTERVAL: usize = 10;

/// A verdict, line by line.
#[derive(Debug, Clone)]
pub struct Snapshot {
    rows: Vec<Row>,
}

/// One line: an empty one has no cells.
#[derive(Debug, Clone, Default)]
struct Row {
    cells: Vec<Cell>,
    /// How many of the first cells say what it is about.
    key: usize,
    /// In columns; the last cell has none.
    widths: Vec<usize>,
}

/// What a stored text and a verdict have to say to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The stored text, its line ends those of Unix.
    pub(crate) stored: String,
    /// The text to store now: what still holds of the stored one, and the rest anew.
    pub now: String,
    /// Whether both say the same, whatever the order of their lines.
    pub same: bool,
}

impl Snapshot {
    /// Of a verdict as the file stands; `expectations` is how many the file states.
    pub fn new(assessment: &Assessment, verdict: &Verdict, expectations: usize) -> Self {
        let writer = Writer {
            assessment,
            verdict,
        };
        let mut rows = vec![
            Row::of(1, vec![Cell::text(HEAD)]),
            Row::of(
                0,
                vec![Cell::text(format!(
                    "as of {}, scale {}",
                    assessment.as_of, assessment.scale.name
                ))],
            ),
        ];
        for h in assessment.horizons.ids() {
            rows.push(Row::default());
            rows.extend(writer.horizon(h));
        }
        rows.extend(writer.quantities());
        rows.extend(writer.changes());
        rows.extend(writer.scenarios());
        rows.extend(writer.views());
        rows.extend(writer.pools());
        rows.push(Row::default());
        let count = Cell::text(expectations.to_string());
        rows.push(Row::of(1, vec![Cell::text("expectations"), count]));
        Snapshot { rows }
    }

    /// The text that is stored where nothing was before.
    pub fn text(&self) -> String {
        self.write(|row| row.cells.iter().map(|c| c.shown()).collect())
    }

    /// What of a stored text still holds.
    pub fn compare(&self, stored: &str) -> Comparison {
        let stored = stored.replace("\r\n", "\n");
        let lines: Vec<Vec<&str>> = stored.lines().map(cells).collect();
        let mut known: BTreeMap<&[&str], &[&str]> = BTreeMap::new();
        for line in &lines {
            for key in 1..=line.len().min(KEY) {
                known.entry(&line[..key]).or_insert(line);
            }
        }
        let now = self.write(|row| {
            let fresh: Vec<&str> = row.cells.iter().map(|c| c.shown()).collect();
            let Some(old) = known.get(&fresh[..row.key]).filter(|_| row.key > 0) else {
                return fresh;
            };
            let stands = old.len() == fresh.len()
                && row
                    .cells
                    .iter()
                    .zip(*old)
                    .all(|(cell, old)| cell.admits(old));
            if stands { old.to_vec() } else { fresh }
        });
        let said = |text: &[Vec<&str>]| -> BTreeSet<Vec<String>> {
            let lines = text.iter().filter(|line| !line.is_empty());
            let owned = lines.map(|line| line.iter().map(ToString::to_string).collect());
            owned.collect()
        };
        let same = said(&lines) == said(&now.lines().map(cells).collect::<Vec<_>>());
        Comparison { stored, now, same }
    }

    fn write<'a>(&'a self, cells: impl Fn(&'a Row) -> Vec<&'a str>) -> String {
        let mut out = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (i, cell) in cells(row).into_iter().enumerate() {
                if i > 0 {
                    line.push_str("  ");
                }
                line.push_str(cell);
                let width = row.widths.get(i).copied().unwrap_or(0);
                let pad = width.saturating_sub(cell.chars().count());
                line.extend(std::iter::repeat_n(' ', pad));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

/// The cells of a line: what two blanks or more keep apart.
fn cells(line: &str) -> Vec<&str> {
    let parts = line.split("  ").map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

impl Row {
    fn of(key: usize, cells: Vec<Cell>) -> Self {
        Row {
            cells,
            key,
            widths: Vec::new(),
        }
    }
}

struct Writer<'a> {
    assessment: &'a Assessment,
    verdict: &'a Verdict,
}

impl Writer<'_> {
    fn horizon(&self, h: HorizonId) -> Vec<Row> {
        let a = self.assessment;
        let horizon = &a.horizons[h];
        let name = || Cell::text(a.horizons.name(h));
        let names = widest(a.horizons.names());
        let assumed = if horizon.open { ", assumed" } else { "" };
        let mut cells = vec![name()];
        // What is asked without a horizon ends on no day.
        if !a.timeless {
            cells.push(Cell::text(format!("to {}{assumed}", horizon.to)));
        }
        let mut head = Row::of(1, cells);
        head.widths = vec![names];
        let mut rows = vec![head];
        let at = &self.verdict.horizons[h.index()];
        let width = match self.verdict.is_sampled() {
            true => WIDTH_SAMPLED,
            false => WIDTH,
        };
        for (o, found) in a.outcomes.ids().zip(&at.outcomes) {
            let Estimate { value, .. } = found.probability;
            let slack = slack(found.probability);
            let mut cells = vec![name(), Cell::text(a.outcomes.name(o))];
            cells.push(Cell::share(&a.scale, value, slack));
            let mut widths = vec![names, widest(a.outcomes.names()), SHARE];
            if let Some((low, high)) = found.interval {
                let slack = ROUNDING + width * (high - low);
                cells.push(Cell::interval((low, high), slack));
                widths.push(INTERVAL);
            }
            let words = [0.0, -slack, slack].map(|off| {
                let word = scales::wording(&a.scale, (value + off).clamp(0.0, 1.0));
                let leads = if at.leader == o { ", leads" } else { "" };
                format!("{word}{leads}")
            });
            cells.push(Cell::words(words));
            rows.push(Row {
                cells,
                key: 2,
                widths,
            });
        }
        rows
    }

    /// `number growth y2023 2.31 0.66 to 3.96`: the median and a 90% interval.
    fn quantities(&self) -> Vec<Row> {
        let a = self.assessment;
        let names = widest(a.quantities.names());
        let mut rows = Vec::new();
        for found in &self.verdict.quantities {
            rows.push(Row::default());
            let of = Figured::Quantity(found.quantity);
            for (h, at) in a.horizons.ids().zip(&found.horizons) {
                let mut row = self.about("number", a.quantities.name(found.quantity), names, h);
                let figure = |share: f64| {
                    let x = at.as_ref().map(|at| at.mixture.quantile(share));
                    x.map_or_else(|| "—".to_owned(), |x| of.figure(a, x))
                };
                row.cells.push(Cell::text(figure(0.5)));
                row.cells
                    .push(Cell::text(format!("{} to {}", figure(0.05), figure(0.95))));
                rows.push(row);
            }
        }
        rows
    }

    fn changes(&self) -> Vec<Row> {
        let a = self.assessment;
        let names = self.verdict.changes.iter().map(|c| c.change);
        let names = widest(names.map(|d| a.drivers.name(d)));
        let mut rows = Vec::new();
        for change in &self.verdict.changes {
            rows.push(Row::default());
            for (h, at) in a.horizons.ids().zip(&change.horizons) {
                let name = a.drivers.name(change.change);
                let mut row = self.about("change", name, names, h);
                row.widths.push("cannot happen".len());
                row.cells.push(match at.given {
                    Given::Impossible => Cell::text("cannot happen"),
                    Given::Hypothetical(_) => Cell::text("none stated"),
                    Given::TooRare | Given::Known(_) => {
                        Cell::share(&a.scale, at.chance.value, slack(at.chance))
                    }
                });
                if at.given == Given::TooRare {
                    row.cells.push(Cell::text("too rare to say more"));
                } else if let Some(p) = at.given.outcomes().and_then(|p| p.get(at.leader.index())) {
                    self.then(&mut row, at.leader, *p, at.flips);
                }
                rows.push(row);
            }
        }
        rows
    }

    fn scenarios(&self) -> Vec<Row> {
        let a = self.assessment;
        let names = widest(a.scenarios.names());
        let mut rows = Vec::new();
        for scenario in &self.verdict.scenarios {
            rows.push(Row::default());
            for (h, (leader, outcomes)) in a.horizons.ids().zip(&scenario.horizons) {
                let name = a.scenarios.name(scenario.scenario);
                let mut row = self.about("scenario", name, names, h);
                let flips = *leader != self.verdict.horizons[h.index()].leader;
                let p = outcomes[leader.index()];
                self.then(&mut row, *leader, p, flips);
                rows.push(row);
            }
        }
        rows
    }

    /// `view fbi short`, a line for each outcome.
    fn views(&self) -> Vec<Row> {
        let a = self.assessment;
        let names = widest(a.views.names());
        let mut rows = Vec::new();
        for found in &self.verdict.views {
            rows.push(Row::default());
            for h in a.horizons.ids() {
                let at = &found.verdict.horizons[h.index()];
                for (o, of) in a.outcomes.ids().zip(&at.outcomes) {
                    let row = self.about("view", a.views.name(found.view), names, h);
                    rows.push(self.voice(row, o, of.probability, at.leader == o));
                }
            }
        }
        rows
    }

    /// `pool both short` likewise.
    fn pools(&self) -> Vec<Row> {
        let a = self.assessment;
        let names = widest(a.pools.names());
        let sampled = self.verdict.method.sampled.as_ref();
        let error = sampled.map(|s| s.standard_error).filter(|e| *e > 0.0);
        let mut rows = Vec::new();
        for found in &self.verdict.pools {
            rows.push(Row::default());
            for h in a.horizons.ids() {
                let at = &found.horizons[h.index()];
                for (o, p) in a.outcomes.ids().zip(&at.outcomes) {
                    let row = self.about("pool", a.pools.name(found.pool), names, h);
                    let p = Estimate { error, ..*p };
                    rows.push(self.voice(row, o, p, at.leader == o));
                }
            }
        }
        rows
    }

    fn voice(&self, mut row: Row, o: OutcomeId, found: Estimate, leads: bool) -> Row {
        let (p, slack) = (found.value, slack(found));
        let a = self.assessment;
        row.cells.push(Cell::text(a.outcomes.name(o)));
        row.key = 4;
        row.widths.push(widest(a.outcomes.names()));
        row.cells.push(match p.is_nan() {
            true => Cell::text("—"),
            false => Cell::share(&a.scale, p, slack),
        });
        row.widths.push(SHARE);
        if leads && !p.is_nan() {
            row.cells.push(Cell::text("leads"));
        }
        row
    }

    /// `change politics short`
    fn about(&self, kind: &str, name: &str, names: usize, h: HorizonId) -> Row {
        let horizons = &self.assessment.horizons;
        Row {
            cells: vec![
                Cell::text(kind),
                Cell::text(name),
                Cell::text(horizons.name(h)),
            ],
            key: 3,
            widths: vec![kind.len(), names, widest(horizons.names())],
        }
    }

    /// `then exit 55%, flips`
    fn then(&self, row: &mut Row, leader: OutcomeId, found: Estimate, flips: bool) {
        let (p, slack) = (found.value, slack(found));
        let a = self.assessment;
        let name = a.outcomes.name(leader);
        row.cells.push(Cell::text(format!("then {name}")));
        row.widths.push("then ".len() + widest(a.outcomes.names()));
        row.cells.push(Cell::share(&a.scale, p, slack));
        row.widths.push(SHARE);
        if flips {
            row.cells.push(Cell::text("flips"));
        }
    }
}

/// By how much a number may be off.
fn slack(found: Estimate) -> f64 {
    ROUNDING + ERRORS * found.error.unwrap_or(0.0)
}

fn widest<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.map(|n| n.chars().count()).max().unwrap_or(0)
}
