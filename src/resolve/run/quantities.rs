//! Quantities, and what has an impact.
//!
//! In: the first file's items as written, and its drivers. Out: the tables of an assessment.

use super::Run;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::resolve::assessment::{
    Driver, DriverId, DriverKind, Quantity, QuantityId, RiskCell, What,
};
use crate::resolve::table::Table;

impl Run<'_> {
    pub(super) fn numbers(
        &mut self,
        drivers: &[Driver],
    ) -> (Table<QuantityId, Quantity>, Vec<RiskCell>) {
        let mut table = Table::new();
        for (index, item) in self.surveys[0].quantities.clone().into_iter().enumerate() {
            let id = QuantityId(index as u32);
            let mut atoms = std::collections::BTreeSet::new();
            for (d, driver) in (0u32..).map(DriverId).zip(drivers) {
                let moves = |d: &Driver| d.moves.iter().any(|m| m.quantity == id);
                let always = matches!(&driver.what, What::Factor(rows) if rows.is_empty());
                if moves(driver) && !always && driver.kind() != DriverKind::Assumption {
                    atoms.insert(d);
                }
                if let What::Change { counts, .. } = &driver.what
                    && counts.iter().any(|c| moves(&drivers[c.driver.0 as usize]))
                {
                    atoms.insert(d);
                }
            }
            let found = self.reading(0, |r| {
                r.moved_by(id, atoms.len(), item.name.span);
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
