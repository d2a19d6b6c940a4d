//! Quantities, and what has an impact.
//!
//! In: the first file's items as written, and its drivers. Out: the tables of an assessment.

use super::Run;
use crate::diag::Diagnostic;
use crate::resolve::assessment::{Quantity, QuantityId, RiskCell};
use crate::resolve::table::Table;
use crate::rules;

impl Run<'_> {
    pub(super) fn numbers(&mut self) -> (Table<QuantityId, Quantity>, Vec<RiskCell>) {
        let mut table = Table::new();
        for item in self.surveys[0].quantities.clone() {
            let found = self.reading(0, |r| r.quantity(item));
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
                            format!("`{}` stands twice among the impacts", word.node),
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
