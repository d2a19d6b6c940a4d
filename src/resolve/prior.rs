//! The prior: a curve for each final outcome, a share in each horizon for the others, and `rest`.
//!
//! In: a prior as written. Out: a [`Prior`] whose chances sum to 100% in every horizon; what
//! whole per cents miss by is made good by scaling the outcomes that are not final, and said.

use super::assessment::{Clause, OutcomeId, Prior, PriorOf};
use super::figures::percent;
use super::names::Reader;
use crate::diag::{Diagnostic, suggest};
use crate::rules;
use crate::syntax::ast::{self, PriorRow, PriorValue};
use jiff::civil::Date;

impl Reader<'_> {
    /// The prior; nothing where part of it is missing or wrong.
    pub(super) fn prior(
        &mut self,
        item: &ast::Prior,
        as_of: Option<Date>,
        assumed: &mut Vec<String>,
    ) -> Option<Prior> {
        let count = self.facts.outcomes.len();
        let mut rows: Vec<Option<&PriorRow>> = vec![None; count];
        let mut found: Vec<Option<PriorOf>> = vec![None; count];
        let mut complete = item.broken.is_empty();
        for row in &item.rows {
            let Some(id) = self.outcome(&row.outcome) else {
                complete = false;
                // The row's own values may hold further mistakes, but their kind is unknown.
                continue;
            };
            let at = id.0 as usize;
            if let Some(first) = rows[at] {
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        row.outcome.span,
                        format!("the prior states `{}` twice", row.outcome.node),
                    )
                    .label("stated again")
                    .other(first.outcome.span, "stated first")
                    .help("keep one of the two"),
                );
                continue;
            }
            rows[at] = Some(row);
            found[at] = self.prior_of(id, row, as_of);
            complete &= found[at].is_some();
        }
        complete &= self.one_rest(&rows);
        complete &= self.all_there(item, &rows);
        if complete && self.facts.sound && count > 0 {
            complete = self.sums(item, &rows, &mut found, assumed);
        }
        let prose = self.prose_parts(&item.prose);
        let evidence = self.evidence(&item.evidence);
        let outcomes = found.into_iter().collect::<Option<Vec<_>>>()?;
        complete.then(|| Prior {
            span: item.span,
            title: item.title.clone(),
            outcomes,
            evidence,
            confidence: None,
            prose,
        })
    }

    fn prior_of(&mut self, id: OutcomeId, row: &PriorRow, as_of: Option<Date>) -> Option<PriorOf> {
        let name = self.facts.outcome(id).0.clone();
        let what = format!("the prior of `{name}`");
        let key = format!("prior: {name}");
        match &row.value {
            PriorValue::Rest(span) => Some(PriorOf::Rest(*span)),
            PriorValue::Chances(values) if self.facts.is_final(id) => {
                let now = values
                    .entries
                    .iter()
                    .find_map(|e| match e.at.as_ref()?.when {
                        ast::When::Now(span) => Some(span),
                        _ => None,
                    });
                if let Some(span) = now {
                    self.report(
                        Diagnostic::new(
                            &rules::WRONG_KIND,
                            span,
                            format!("the final outcome `{name}` cannot have come by now"),
                        )
                        .label("the question would be settled")
                        .help("a prior is about what is to come; for a fact that is in doubt write an event with `chance: … by now`"),
                    );
                    return None;
                }
                let values = self.curve(values, &what, as_of)?;
                Some(PriorOf::Curve(Clause {
                    span: row.span,
                    key,
                    values,
                }))
            }
            PriorValue::Chances(values) => {
                let values = self.shares(values, &what, row.outcome.span)?;
                Some(PriorOf::Shares(Clause {
                    span: row.span,
                    key,
                    values,
                }))
            }
        }
    }

    fn one_rest(&mut self, rows: &[Option<&PriorRow>]) -> bool {
        let mut rests = rows.iter().flatten().filter_map(|r| match r.value {
            PriorValue::Rest(span) => Some((r, span)),
            PriorValue::Chances(_) => None,
        });
        let (Some(a), Some(b)) = (rests.next(), rests.next()) else {
            return true;
        };
        let (first, second) = if a.1 < b.1 { (a, b) } else { (b, a) };
        self.report(
            Diagnostic::new(
                &rules::DUPLICATE_CLAUSE,
                second.1,
                "only one outcome can have the rest",
            )
            .label(format!("`{}` takes it again", second.0.outcome.node))
            .other(
                first.1,
                format!("`{}` has it already", first.0.outcome.node),
            )
            .help("give all outcomes but one a chance"),
        );
        false
    }

    fn all_there(&mut self, item: &ast::Prior, rows: &[Option<&PriorRow>]) -> bool {
        let missing: Vec<&str> = rows
            .iter()
            .zip(&self.facts.outcomes)
            .filter(|(row, (name, _))| row.is_none() && !item.broken.contains(name))
            .map(|(_, (name, _))| name.as_str())
            .collect();
        if missing.is_empty() || !item.broken.is_empty() {
            return missing.is_empty();
        }
        let rest = rows
            .iter()
            .flatten()
            .any(|r| matches!(r.value, PriorValue::Rest(_)));
        let listed = suggest::list(&missing[..missing.len().min(6)], "and");
        let help = if missing.len() == 1 && !rest {
            format!("write `{}: rest` for what the others leave", missing[0])
        } else {
            "give each a chance; one outcome may have the `rest`".to_string()
        };
        self.report(
            Diagnostic::new(
                &rules::MISSING_PART,
                item.keyword,
                format!("the prior leaves out {listed}"),
            )
            .label("every outcome needs its chance before the reasons")
            .help(help),
        );
        false
    }
}

/// Where the prior is missing: what stands in its place.
pub(super) fn assumed(outcomes: usize) -> String {
    format!(
        "no prior: each of the {outcomes} outcomes has {} in every horizon",
        percent(1.0 / outcomes as f64)
    )
}
