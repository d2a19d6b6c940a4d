//! What people read of a pool, put together once.
//!
//! In: a pool. Out: a [`Page`], which the text and the Markdown output draw each in its way.

use crate::pooling::{HorizonAt, OutcomeAt, Pooled};
use crate::resolve::assessment::{Pooling, QuestionId};
use crate::resolve::table::Id;
use crate::text::round;

/// As many clauses of a disagreement are told.
const CLAUSES: usize = 4;

pub(super) struct Page {
    pub(super) title: String,
    /// How it was pooled.
    pub(super) facts: String,
    /// Each file with its label.
    pub(super) files: Vec<String>,
    /// Titles with last days.
    pub(super) horizons: Vec<String>,
    pub(super) tables: Vec<Table>,
    /// By horizon what keeps the files apart: a heading and lines.
    pub(super) apart: Vec<(String, Vec<String>)>,
    pub(super) left_out: Vec<String>,
}

/// One outcome, or who leads.
pub(super) struct Table {
    pub(super) title: String,
    /// A label and a cell for each horizon.
    pub(super) rows: Vec<(String, Vec<String>)>,
    /// By horizon where each file and the pool stand between 0% and 100%; none of what is no number.
    pub(super) places: Option<Vec<Vec<(char, f64)>>>,
}

impl Pooled {
    pub(super) fn page(&self) -> Page {
        let a = self.first();
        let mut tables = Vec::new();
        for (id, question) in a.questions.iter() {
            for o in question.ids() {
                let outcome = &a.outcomes[o];
                let name = &outcome.name.node;
                let mut title = outcome.title.clone();
                if *name != title {
                    title += &format!(" ({name})");
                }
                if outcome.is_final {
                    title += ", by then";
                }
                tables.push(self.table(title, o.index()));
            }
            tables.push(self.leaders(id, question.name.as_ref().map(|_| question.title.as_str())));
        }
        Page {
            title: a.title.node.clone(),
            facts: self.facts(),
            files: self.labels(),
            horizons: self.horizons.iter().map(|h| self.called(h)).collect(),
            tables,
            apart: self.apart(),
            left_out: self.left_out.clone(),
        }
    }

    pub(super) fn called(&self, h: &HorizonAt) -> String {
        match self.first().timeless {
            true => h.title.clone(),
            false => format!("{}, to {}", h.title, h.to),
        }
    }

    pub(super) fn facts(&self) -> String {
        let mean = match self.how.method {
            Pooling::Log => "geometric mean (log odds averaged)",
            Pooling::Linear => "mean",
        };
        let mut facts = format!(
            "{} files, pooled by their weighted {mean}",
            self.files.len()
        );
        if self.how.weights.windows(2).all(|pair| pair[0] == pair[1]) {
            facts = facts.replace("weighted ", "");
        }
        if self.how.extremise != 1.0 {
            facts += &format!(", extremised by {}", self.how.extremise);
        }
        facts
    }

    fn labels(&self) -> Vec<String> {
        let even = self.how.weights.windows(2).all(|pair| pair[0] == pair[1]);
        let each = self.files.iter().enumerate().map(|(i, one)| {
            let a = &one.assessment;
            let author = a.author.iter().map(|t| t.node.clone());
            let weight = (!even).then(|| format!("weight {}", self.how.weights[i]));
            let day = format!("as of {}", a.as_of_dated.shown());
            let parts = author.chain([day]).chain(weight);
            let parts: Vec<String> = std::iter::once(one.file.clone()).chain(parts).collect();
            format!("{} {}: {}", mark(i), one.label, parts.join(" · "))
        });
        each.collect()
    }

    fn table(&self, title: String, o: usize) -> Table {
        let scale = &self.first().scale;
        let cell = |p: f64| match p.is_nan() {
            true => "—".to_owned(),
            false => format!(
                "{}, {}",
                round::percent_in(scale, p),
                crate::scales::wording(scale, p)
            ),
        };
        let at = |of: &dyn Fn(&OutcomeAt) -> String| -> Vec<String> {
            self.horizons.iter().map(|h| of(&h.outcomes[o])).collect()
        };
        let files = self.files.iter().enumerate();
        let mut rows: Vec<(String, Vec<String>)> = files
            .map(|(i, one)| {
                (
                    format!("{} {}", mark(i), one.label),
                    at(&|x| cell(x.each[i])),
                )
            })
            .collect();
        rows.push((format!("{POOL} pooled"), at(&|x| cell(x.pooled))));
        rows.push((
            "range".to_owned(),
            at(&|x| {
                let (low, high) = x.range();
                let (one, other) = x.apart();
                match high - low {
                    d if d < 0.000_5 => "none".to_owned(),
                    d => format!("{} ({} – {})", round::points(d), mark(one), mark(other)),
                }
            }),
        ));
        let places = self.horizons.iter().map(|h| {
            let x = &h.outcomes[o];
            let each = x.each.iter().enumerate().map(|(i, p)| (mark(i), *p));
            let pooled = (!x.pooled.is_nan()).then_some((POOL, x.pooled));
            each.chain(pooled).collect()
        });
        Table {
            title,
            rows,
            places: Some(places.collect()),
        }
    }

    fn leaders(&self, question: QuestionId, title: Option<&str>) -> Table {
        let a = self.first();
        let horizons = || 0..self.horizons.len();
        let files = self.files.iter().enumerate();
        let mut rows: Vec<(String, Vec<String>)> = files
            .map(|(i, one)| {
                let cells = horizons().map(|h| {
                    let all: Vec<f64> = self.horizons[h]
                        .outcomes
                        .iter()
                        .map(|o| o.each[i])
                        .collect();
                    let own: Vec<f64> = a.questions[question]
                        .ids()
                        .map(|o| all[o.index()])
                        .collect();
                    let (leader, margin) = crate::infer::leader_of(a, question, &own);
                    format!("{} by {}", a.outcomes.name(leader), round::points(margin))
                });
                (format!("{} {}", mark(i), one.label), cells.collect())
            })
            .collect();
        let pooled = horizons().map(|h| match self.leader(question, h) {
            Some((o, margin)) => format!("{} by {}", a.outcomes.name(o), round::points(margin)),
            None => "—".to_owned(),
        });
        rows.push((format!("{POOL} pooled"), pooled.collect()));
        Table {
            title: match title {
                Some(title) => format!("Leader: {title}"),
                None => "Leader".to_owned(),
            },
            rows,
            places: None,
        }
    }

    fn apart(&self) -> Vec<(String, Vec<String>)> {
        let a = self.first();
        let each = self.horizons.iter().filter_map(|h| {
            let found = h.disagreement.as_ref()?;
            let outcome = &h.outcomes[found.outcome];
            let (low, high) = outcome.range();
            let (one, other) = found.files;
            let name = a.outcomes.names().nth(found.outcome).unwrap_or_default();
            let heading = format!(
                "{}: {} on {name}, from {} ({}) to {} ({})",
                h.title,
                round::points(high - low),
                round::percent(low),
                self.files[one].label,
                round::percent(high),
                self.files[other].label
            );
            let mut lines: Vec<String> = found
                .clauses
                .iter()
                .take(CLAUSES)
                .map(|c| format!("{} {}", round::change(100.0 * c.share), c.text))
                .collect();
            match found.clauses.len().saturating_sub(CLAUSES) {
                0 => {}
                n => {
                    let rest: f64 = found.clauses[CLAUSES..].iter().map(|c| c.share).sum();
                    let what = if n == 1 { "clause" } else { "clauses" };
                    lines.push(format!("{} {n} more {what}", round::change(100.0 * rest)));
                }
            }
            Some((heading, lines))
        });
        each.collect()
    }
}

/// The sign of the pool.
pub(super) const POOL: char = '◆';

/// The sign of a file: 1 to 9, then letters.
pub(super) fn mark(i: usize) -> char {
    let signs = "123456789abcdefghijklmnopqrstuvwxyz";
    signs.chars().nth(i).unwrap_or('+')
}
