//! Quantities, and what has an impact.
//!
//! In: the first file's items as written, and its drivers. Out: the tables of an assessment.

use super::Run;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::resolve::assessment::{
    Decided, Driver, DriverId, Law, Mark, Outcome, OutcomeId, Prop, Quantity, QuantityId, Question,
    QuestionId, RiskCell, What,
};
use crate::resolve::table::Table;
use std::collections::{BTreeMap, BTreeSet};

impl Run<'_> {
    pub(super) fn numbers(
        &mut self,
        drivers: &[Driver],
        outcomes: &Table<OutcomeId, Outcome>,
        questions: &Table<QuestionId, Question>,
    ) -> (Table<QuantityId, Quantity>, Vec<RiskCell>) {
        let mut table = Table::new();
        let marks = marks(drivers, outcomes, questions);
        let far = far(drivers);
        for (index, item) in self.surveys[0].quantities.clone().into_iter().enumerate() {
            let id = QuantityId(index as u32);
            let found = self.reading(0, |r| {
                r.cut_at(
                    id,
                    marks.iter().filter(|m| m.0 == id).count(),
                    item.name.span,
                );
                r.moved_far(id, far.get(&id).copied().unwrap_or(0.0), item.name.span);
                r.quantity(item)
            });
            if let Some(Some(found)) = found {
                table.insert(&item.name.node, found);
            }
        }
        let mut risks = Vec::new();
        for item in self.surveys[0].risks.clone() {
            risks.extend(self.reading(0, |r| r.risk(item)).into_iter().flatten());
        }
        if let Some(item) = self.surveys[0].impacts {
            for (i, word) in item.words.iter().enumerate() {
                if let Some(first) = item.words[..i].iter().find(|w| w.node == word.node) {
                    self.reports.push(
                        Diagnostic::new(
                            &rules::DUPLICATE_NAME,
                            word.span,
                            format!("`{}` appears twice among the impacts", word.node),
                        )
                        .label("named again")
                        .other(first.span, "named first")
                        .help("leave one of the two out"),
                    );
                }
            }
        }
        (table, risks)
    }
}

/// Where conditions cut quantities, each place once.
fn marks(
    drivers: &[Driver],
    outcomes: &Table<OutcomeId, Outcome>,
    questions: &Table<QuestionId, Question>,
) -> BTreeSet<(QuantityId, Mark)> {
    let mut found = BTreeSet::new();
    let mut look = |prop: &Prop| {
        prop.each_mark(&mut |id, mark| {
            found.insert((id, mark));
        });
    };
    for driver in drivers {
        match &driver.what {
            What::Event(rows) => rows
                .iter()
                .filter_map(|r| r.given.as_ref())
                .for_each(&mut look),
            What::Factor(rows) => rows
                .iter()
                .filter_map(|r| r.given.as_ref())
                .for_each(&mut look),
            What::Change { when, .. } => look(when),
            What::Assumption(_) => {}
        }
    }
    for outcome in outcomes.values() {
        if let Some(Decided::When(prop)) = &outcome.decided {
            look(prop);
        }
    }
    let rows = questions.values().flat_map(|q| &q.priors);
    rows.filter_map(|row| row.given.as_ref()).for_each(look);
    found
}

/// By quantity how far all that moves it may take it together, on the scale of g, however it is counted.
fn far(drivers: &[Driver]) -> BTreeMap<QuantityId, f64> {
    let mut times: BTreeMap<DriverId, f64> = BTreeMap::new();
    for driver in drivers {
        if let What::Change { counts, .. } = &driver.what {
            for count in counts {
                *times.entry(count.driver).or_insert(1.0) *=
                    count.shares.iter().copied().fold(1.0, f64::max);
            }
        }
    }
    let mut sums = BTreeMap::new();
    for (d, driver) in (0u32..).map(DriverId).zip(drivers) {
        let times = times.get(&d).copied().unwrap_or(1.0);
        for moved in &driver.moves {
            let numbers = moved.clause.values.iter().flatten();
            let most = numbers.map(|n| match n.law {
                Law::Normal { low, high } | Law::Split { low, high } => low.abs().max(high.abs()),
                _ => n.point.abs(),
            });
            *sums.entry(moved.quantity).or_insert(0.0) += times * most.fold(0.0, f64::max);
        }
    }
    sums
}
