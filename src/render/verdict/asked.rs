//! What was asked beyond the verdict itself, and how it is said.
//!
//! In: the question and the assessment. Out: the sentences that stand above every answer, the same
//! in every command and output: readers take "among the cases in which" for "if it were made so".

use super::Evaluated;
use super::sections::{Panel, PanelRow, Tone};
use crate::record::recalibrate::Own;
use crate::resolve::assessment::{Assessment, DriverId, HorizonId, OutcomeId, ScenarioId};
use crate::resolve::table::Id;
use crate::text::round;

/// What was asked beyond the verdict itself, and which part of it is to be shown.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `--given`, as written.
    pub given: Option<String>,
    /// `--under`.
    pub under: Option<ScenarioId>,
    /// The view whose verdict it is.
    pub view: Option<Seen>,
    /// Whether key judgements alone are to be shown.
    pub judgements: bool,
    /// `--set`.
    pub sets: Vec<(DriverId, bool)>,
    /// Outcomes likewise.
    pub fixes: Vec<OutcomeId>,
    /// `--with`: clauses in place of the file's, as written.
    pub with: Vec<String>,
    /// `--without`: what is left out.
    pub without: Vec<DriverId>,
    /// The horizons to show; all where empty.
    pub horizons: Vec<HorizonId>,
    /// The outcomes to show; all where empty.
    pub outcomes: Vec<OutcomeId>,
    /// The author's record, where the verdict is to be shown through it.
    pub recalibrated: Option<Own>,
    /// Whether how it was computed is to be said.
    pub verbose: bool,
    /// Whether it is to be said when what lasts comes.
    pub when: bool,
    /// Whether an explanation is to be short.
    pub brief: bool,
}

/// A view that a file is taken by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub(crate) name: String,
    /// Its title, or its name.
    pub(crate) title: String,
}

/// One thing asked: words, then what stands in the file's own words.
pub(in crate::render) struct Spoken {
    pub(in crate::render) words: String,
    pub(in crate::render) own: String,
}

impl Asked {
    /// Whether anything is asked beyond the verdict itself.
    pub(in crate::render) fn is_anything(&self) -> bool {
        self.given.is_some() || self.makes_so() || self.edits()
    }

    /// Whether the file is taken otherwise than it stands.
    pub(crate) fn edits(&self) -> bool {
        !self.with.is_empty() || !self.without.is_empty() || self.view.is_some()
    }

    /// Whether anything is made so.
    pub(in crate::render) fn makes_so(&self) -> bool {
        self.under.is_some() || self.sets_anything()
    }

    fn sets_anything(&self) -> bool {
        !self.sets.is_empty() || !self.fixes.is_empty()
    }

    /// What `--set` makes so, each as it would be written.
    pub(in crate::render) fn made_so(&self, a: &Assessment) -> Vec<String> {
        let sets = self.sets.iter().map(|&s| set_list(a, &[s]));
        let fixes = self.fixes.iter().map(|o| a.outcomes.name(*o).to_owned());
        sets.chain(fixes).collect()
    }

    /// What is asked, a sentence each.
    pub(in crate::render) fn spoken(&self, a: &Assessment) -> Vec<Spoken> {
        let mut all = Vec::new();
        if let Some(view) = &self.view {
            all.push(Spoken {
                words: format!("In the view {}: ", view.name),
                own: view.title.clone(),
            });
        }
        if !self.with.is_empty() {
            all.push(Spoken {
                words: "With: ".to_owned(),
                own: self.with.join("; "),
            });
        }
        if !self.without.is_empty() {
            let names = self.without.iter().map(|d| a.drivers.name(*d));
            all.push(Spoken {
                words: "Without: ".to_owned(),
                own: names.collect::<Vec<_>>().join(", "),
            });
        }
        if let Some(id) = self.under {
            let sets = a.scenarios[id].sets.iter().map(|s| (s.driver, s.to));
            let (kept, lost): (Vec<_>, Vec<_>) =
                sets.partition(|s| self.sets.iter().all(|own| own.0 != s.0));
            let without = match lost.is_empty() {
                true => String::new(),
                false => format!(", less its {}", set_list(a, &lost)),
            };
            all.push(Spoken {
                words: format!("Under scenario {}{without}: ", a.scenarios.name(id)),
                own: set_list(a, &kept),
            });
        }
        if self.sets_anything() {
            all.push(Spoken {
                words: "Assumed: ".to_owned(),
                own: self.made_so(a).join(", "),
            });
        }
        if let Some(given) = &self.given {
            all.push(Spoken {
                words: "Given: ".to_owned(),
                own: given.clone(),
            });
        }
        all
    }

    /// What is asked, in a few words.
    fn short(&self) -> &'static str {
        match (self.given.is_some(), self.under.is_some()) {
            _ if self.edits() && (self.given.is_some() || self.makes_so()) => "as asked",
            _ if self.view.is_some() && self.with.is_empty() && self.without.is_empty() => {
                "in this view"
            }
            _ if self.edits() => match (self.with.is_empty(), self.without.as_slice()) {
                (false, []) => "with that",
                (true, [_]) => "without it",
                (true, _) => "without them",
                _ => "as asked",
            },
            (true, _) if self.makes_so() => "as asked",
            (true, _) => "given that",
            (false, true) if !self.sets_anything() => "under the scenario",
            (false, _) => "if assumed",
        }
    }
}

/// Things made so, as they would be written: "drift, not ceasefire".
pub(crate) fn set_list(a: &Assessment, sets: &[(DriverId, bool)]) -> String {
    let each = sets.iter().map(|&(driver, to)| {
        let not = if to { "" } else { "not " };
        format!("{not}{}", a.drivers.name(driver))
    });
    each.collect::<Vec<_>>().join(", ")
}

impl Evaluated {
    /// What was asked, a sentence each.
    pub(in crate::render) fn spoken(&self) -> Vec<Spoken> {
        self.asked.spoken(&self.assessment)
    }

    /// Whether what is given can hold in any horizon shown.
    pub(in crate::render) fn is_ever_possible(&self) -> bool {
        self.horizons().into_iter().any(|h| self.is_possible(h))
    }

    /// Where what is given cannot hold, in a sentence.
    pub(in crate::render) fn impossible(&self) -> Option<String> {
        let all = self.horizons();
        let never: Vec<&str> = all
            .iter()
            .filter(|&&h| !self.is_possible(h))
            .map(|&h| self.horizon(h).title.as_str())
            .collect();
        let where_made = match self.asked.makes_so() {
            true => " under that assumption",
            false => "",
        };
        match never.len() {
            0 => None,
            n if n == all.len() => Some(format!(
                "That cannot happen{where_made}: there is no such case, and no verdict."
            )),
            _ => Some(format!(
                "That cannot happen{where_made} in {}: there is no such case, and no verdict.",
                never.join(", ")
            )),
        }
    }

    /// What was asked beside the verdict as the file stands, and what the table's arrow means; none
    /// where nothing was asked or nothing of it can happen.
    pub(super) fn beside(&self) -> Option<(String, Panel)> {
        let base = self.verdict.base.as_ref()?;
        if !self.is_ever_possible() {
            return None;
        }
        let percent = |p: f64| round::percent_in(&self.assessment.scale, p);
        let horizons = self.horizons();
        let mut rows: Vec<PanelRow> = Vec::new();
        for o in self.outcomes() {
            rows.push(self.row(self.outcome_name(o), &horizons, |h| {
                let before = base[h.index()].outcomes[o.index()].value;
                let now = self.of(h, o).probability.value;
                if now.is_nan() {
                    return (format!("{} → —", percent(before)), Tone::Quiet);
                }
                let text = format!(
                    "{} → {} ({})",
                    percent(before),
                    percent(now),
                    round::change(100.0 * (now - before))
                );
                (text, Tone::Plain)
            }));
        }
        rows.push(self.row("leader", &horizons, |h| {
            let before = base[h.index()].leader;
            match self.at(h).leader {
                _ if !self.is_possible(h) => ("—".to_owned(), Tone::Quiet),
                now if now == before => (self.outcome_name(now).to_owned(), Tone::Quiet),
                now => {
                    let (before, now) = (self.outcome_name(before), self.outcome_name(now));
                    (format!("{before} → {now} (changes)"), Tone::Loud)
                }
            }
        }));
        let mut notes = vec!["In brackets the difference in percentage points.".to_owned()];
        if self.asked.edits() {
            notes.push("Whatever else the file says is taken as it stands there.".to_owned());
        }
        if self.asked.given.is_some() {
            notes.push("What is given makes its causes likelier, too.".to_owned());
        }
        if self.asked.makes_so() {
            notes.push(
                "What is assumed holds from the start and makes its causes no likelier.".to_owned(),
            );
        }
        let panel = Panel {
            title: String::new(),
            about: String::new(),
            rows,
            notes: vec![notes.join(" ")],
        };
        Some((format!("as it stands → {}", self.asked.short()), panel))
    }
}
