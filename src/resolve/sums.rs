//! Whether a prior sums to 100% in every horizon, and what is done where it nearly does.
//!
//! In: the prior's rows, as written and as read. Out: whether they sum; small misses of whole per
//! cents are scaled away and said, others reported, with the figures.

use super::assessment::{Curve, HorizonId, Law, Number, PriorOf};
use super::figures::percent;
use super::names::Reader;
use crate::diag::rules;
use crate::diag::{Diagnostic, Edit, Fix, suggest};
use crate::syntax::ast::{self, Chance, PriorRow, PriorValue};

/// Sums of doubles that miss by less are exact.
const SLACK: f64 = 1e-9;

impl Reader<'_> {
    /// Whether the chances sum to 100% in each horizon; small misses are scaled away and said.
    pub(super) fn sums(
        &mut self,
        item: &ast::Prior,
        rows: &[Option<&PriorRow>],
        first: usize,
        row: &str,
        found: &mut [Option<PriorOf>],
        assumed: &mut Vec<String>,
    ) -> bool {
        let horizons = self.facts.horizons.clone();
        let rest = found
            .iter()
            .position(|p| matches!(p, Some(PriorOf::Rest(_))));
        if rest.is_none() && found.iter().flatten().any(has_range) {
            let judged = found
                .iter()
                .position(|p| !matches!(p, Some(PriorOf::Decided)));
            let name = &self.facts.outcomes[first + judged.unwrap_or(0)].0;
            let help = format!(
                "give one outcome the `rest`, as in `{name}: rest`, so that the sum stays 100%"
            );
            self.report(
                Diagnostic::new(
                    &rules::MISSING_PART,
                    item.keyword,
                    "a prior with ranges, words or counts needs one `rest`",
                )
                .label("no outcome takes what the others leave")
                .help(help),
            );
            return false;
        }
        let tolerance = match rest {
            None if all_whole(rows) => rows.iter().flatten().count() as f64 * 0.005,
            _ => SLACK,
        };
        let (mut good, mut wrong, mut left_before) = (true, Vec::new(), 0.0);
        for (h, (name, days)) in horizons.iter().enumerate() {
            let value = |p: &Option<PriorOf>| match p {
                Some(PriorOf::Curve(clause)) => clause.values.at(*days),
                Some(PriorOf::Shares(clause)) => clause.values[h].point,
                _ => 0.0,
            };
            let finals: f64 = found
                .iter()
                .filter(|p| matches!(p, Some(PriorOf::Curve(_))))
                .map(value)
                .sum();
            let sum: f64 = found.iter().map(value).sum();
            if finals > 1.0 + SLACK {
                self.finals_above(item, rows, first, name, finals);
                return false;
            }
            if let Some(rest) = rest {
                let left = 1.0 - sum;
                if left < -SLACK {
                    wrong.push((h, sum));
                } else if self.facts.outcomes[first + rest].1 && left < left_before - SLACK {
                    self.falling_rest(
                        rows[rest],
                        first + rest,
                        &horizons[h - 1].0,
                        name,
                        left_before,
                        left,
                    );
                    good = false;
                }
                left_before = left;
            } else if (sum - 1.0).abs() > tolerance + SLACK {
                wrong.push((h, sum));
            } else if (sum - 1.0).abs() > SLACK {
                let open = sum - finals;
                if open <= 0.0 {
                    wrong.push((h, sum));
                    continue;
                }
                let factor = (1.0 - finals) / open;
                scale(found, h, factor);
                assumed.push(format!(
                    "the prior{row} sums to {} in `{name}`: the outcomes that are not final are scaled to make 100%",
                    percent(sum)
                ));
            }
        }
        if !wrong.is_empty() {
            self.wrong_sum(item, rows, first, &wrong, rest.is_some());
        }
        good && wrong.is_empty()
    }

    fn finals_above(
        &mut self,
        item: &ast::Prior,
        rows: &[Option<&PriorRow>],
        first: usize,
        name: &str,
        sum: f64,
    ) {
        let finals: Vec<&str> = rows
            .iter()
            .zip(&self.facts.outcomes[first..])
            .filter(|(r, o)| o.1 && r.is_some_and(|r| matches!(r.value, PriorValue::Chances(_))))
            .map(|(_, o)| o.0.as_str())
            .take(6)
            .collect();
        let list = suggest::list(&finals, "and");
        self.report(
            Diagnostic::new(
                &rules::SUM_ABOVE_ONE,
                item.keyword,
                format!("the final outcomes sum to {} by `{name}`", percent(sum)),
            )
            .label("at most one of them can have come by then")
            .help(format!(
                "lower {list}, so that together they stay at or below 100% in every horizon"
            )),
        );
    }

    fn falling_rest(
        &mut self,
        row: Option<&PriorRow>,
        rest: usize,
        earlier: &str,
        later: &str,
        before: f64,
        after: f64,
    ) {
        let Some(row) = row else { return };
        let name = &self.facts.outcomes[rest].0;
        let message = format!(
            "the rest of `{name}` falls from {} by `{earlier}` to {} by `{later}`",
            percent(before),
            percent(after)
        );
        self.report(
            Diagnostic::new(&rules::FALLING_CURVE, row.span, message)
                .label("a final outcome, once it has come, stays")
                .help("give the `rest` to an outcome that is not final, or lower the others in the later horizon"),
        );
    }

    fn wrong_sum(
        &mut self,
        item: &ast::Prior,
        rows: &[Option<&PriorRow>],
        first: usize,
        wrong: &[(usize, f64)],
        rest: bool,
    ) {
        let horizons = self.facts.horizons.clone();
        let same = wrong.iter().all(|w| (w.1 - wrong[0].1).abs() < SLACK);
        let figures = if same && wrong.len() == horizons.len() {
            percent(wrong[0].1)
                + if horizons.len() > 1 {
                    " in every horizon"
                } else {
                    ""
                }
        } else {
            let each: Vec<String> = wrong
                .iter()
                .take(6)
                .map(|(h, sum)| format!("{} in `{}`", percent(*sum), horizons[*h].0))
                .collect();
            match each.split_last() {
                Some((last, [])) => last.clone(),
                Some((last, others)) => format!("{} and {last}", others.join(", ")),
                None => String::new(),
            }
        };
        let last = rows.iter().flatten().map(|r| r.span).max();
        let mut found = Diagnostic::new(
            &rules::SUM_NOT_ONE,
            item.keyword,
            if rest {
                format!("the prior sums to {figures} before the rest")
            } else {
                format!("the prior sums to {figures}")
            },
        )
        .label("one of the outcomes is the case, so their chances make 100%");
        if let (true, Some(last)) = (rest, last) {
            found = found.other(last, "nothing is left for the rest");
        }
        if rest {
            self.report(found.help("lower the others, so that something is left"));
            return;
        }
        found = found.help("correct a chance, or give one outcome the `rest`");
        if let Some(edits) = normalised(rows, wrong, horizons.len(), |id| self.horizon_named(id)) {
            found = found.fix(Fix {
                safe: false,
                message: "scale all chances to make 100%".into(),
                edits,
            });
        }
        let largest = rows
            .iter()
            .flatten()
            .zip(&self.facts.outcomes[first..])
            .filter(|(_, o)| !o.1)
            .filter_map(|(r, _)| Some((r, first_share(r)?)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((row, _)) = largest
            && let PriorValue::Chances(values) = &row.value
        {
            let name = &row.outcome.node;
            found = found.fix(Fix::risky(
                format!("give `{name}` the rest"),
                values.span,
                "rest",
            ));
        }
        self.report(found);
    }

    fn horizon_named(&self, name: &str) -> Option<HorizonId> {
        let at = self.facts.horizons.iter().position(|h| h.0 == name)?;
        Some(HorizonId(at as u32))
    }
}

fn has_range(prior: &PriorOf) -> bool {
    let ranged = |n: &Number| n.law != Law::Fixed;
    match prior {
        PriorOf::Rest(_) | PriorOf::Decided => false,
        PriorOf::Curve(clause) => match &clause.values {
            Curve::Points(points) => points.iter().any(|p| ranged(&p.chance)),
            Curve::PerYear(n) | Curve::Times(n) => ranged(n),
        },
        PriorOf::Shares(clause) => clause.values.iter().any(ranged),
    }
}

/// Multiplies the shares of the outcomes that are not final in one horizon.
fn scale(found: &mut [Option<PriorOf>], h: usize, factor: f64) {
    for prior in found.iter_mut().flatten() {
        if let PriorOf::Shares(clause) = prior {
            clause.values[h].point *= factor;
        }
    }
}

fn entries<'a>(rows: &'a [Option<&PriorRow>]) -> impl Iterator<Item = &'a ast::Timed<Chance>> {
    rows.iter().flatten().flat_map(|r| match &r.value {
        PriorValue::Chances(values) => values.entries.as_slice(),
        PriorValue::Rest(_) => &[],
    })
}

fn all_whole(rows: &[Option<&PriorRow>]) -> bool {
    entries(rows).all(|e| match e.value.node {
        Chance::Share(p) => (p * 100.0 - (p * 100.0).round()).abs() < 1e-9,
        _ => false,
    })
}

fn first_share(row: &PriorRow) -> Option<f64> {
    match &row.value {
        PriorValue::Chances(values) => match values.entries.first()?.value.node {
            Chance::Share(p) => Some(p),
            _ => None,
        },
        PriorValue::Rest(_) => None,
    }
}

/// Edits that scale every chance, where each is a plain share that is used in wrong horizons alone,
/// and those are wrong by one factor.
fn normalised(
    rows: &[Option<&PriorRow>],
    wrong: &[(usize, f64)],
    horizons: usize,
    horizon: impl Fn(&str) -> Option<HorizonId>,
) -> Option<Vec<Edit>> {
    let same = wrong.iter().all(|w| (w.1 - wrong[0].1).abs() < SLACK);
    let all = same && wrong.len() == horizons;
    let mut edits = Vec::new();
    for entry in entries(rows) {
        let Chance::Share(p) = entry.value.node else {
            return None;
        };
        let sum = match entry.at.as_ref().map(|at| &at.when) {
            Some(ast::When::Horizon(name)) => {
                let at = horizon(&name.node)?.0 as usize;
                match wrong.iter().find(|w| w.0 == at) {
                    Some(w) => w.1,
                    None => continue,
                }
            }
            None if all => wrong[0].1,
            _ => return None,
        };
        edits.push(Edit {
            span: entry.value.span,
            text: percent(p / sum),
        });
    }
    // Rounded figures must themselves make 100% again, or the fix would not help.
    (!edits.is_empty() && wrong[0].1 > 0.0).then_some(edits)
}
