//! By how much drivers move quantities.
//!
//! In: `move` clauses as written. Out: [`Move`]s on the scale of g, with their ranges.

use super::QuantityFact;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::numeric::normal::{Z95, quantile};
use crate::resolve::assessment::{Clause, Law, Move, Number};
use crate::resolve::names::{Meaning, Reader, Want};
use crate::syntax::ast::{self, Figure, Spanned, Spread};
use crate::text::source::Span;
use std::collections::BTreeMap;

impl Reader<'_> {
    /// What moves quantities, of a driver.
    pub(in crate::resolve) fn moves(
        &mut self,
        item: &ast::Driver,
        budget: &mut usize,
    ) -> Vec<Move> {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut result = Vec::new();
        let name = &item.name.node;
        for moved in &item.moves {
            let target = &moved.quantity;
            let found = self.look(&target.node, target.span, Want::Quantity);
            if let Some(first) = seen.insert(&target.node, target.span) {
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        target.span,
                        format!("`{name}` moves `{}` twice", target.node),
                    )
                    .label("moved again")
                    .other(first, "moved first")
                    .help(
                        "state how it changes over time as in `move growth: -0.5, -0.2 in y2027`",
                    ),
                );
                continue;
            }
            self.wrong_side(item, moved);
            let stated = self.by_horizon(&moved.values, &"a move");
            let Some(Meaning::Quantity(id)) = found else {
                continue;
            };
            let Some(left) = budget.checked_sub(stated.len()) else {
                continue;
            };
            *budget = left;
            let fact = self.facts.quantities[id.0 as usize].clone();
            let values = self.each_once(stated, |reader, value| reader.shift(value, &fact));
            result.push(Move {
                quantity: id,
                clause: Clause {
                    span: moved.span,
                    key: format!("{name} move {}", target.node),
                    values,
                },
            });
        }
        result
    }

    /// An assumption moves where it is wrong, all else where it holds.
    fn wrong_side(&mut self, item: &ast::Driver, moved: &ast::Move) {
        let assumed = item.kind == ast::DriverKind::Assumption;
        let at = moved.quantity.span.at_end();
        match (assumed, moved.if_wrong) {
            (true, None) => self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    moved.head,
                    "an assumption moves something only `if wrong`",
                )
                .label("`if wrong` is needed here")
                .help("write what follows if it is wrong: `move growth if wrong: -1`")
                .fix(Fix::safe("write `if wrong`", at, " if wrong")),
            ),
            (false, Some(wrong)) => self.report(
                Diagnostic::new(&rules::WRONG_KIND, wrong, "only an assumption can be wrong")
                    .label("`if wrong` belongs to an `assumption`")
                    .help("leave `if wrong` out"),
            ),
            _ => {}
        }
    }

    /// A move on the scale of g, with its range.
    fn shift(&mut self, value: &Spanned<Spread>, fact: &QuantityFact) -> Option<Number> {
        let spread = &value.node;
        let one = |reader: &mut Self, figure: &Figure| reader.shift_of(figure, fact);
        let centre = match &spread.centre {
            Some(centre) => Some(one(self, centre)?),
            None => None,
        };
        let ends = match &spread.ends {
            Some((low, high)) => Some((one(self, low)?, one(self, high)?)),
            None => None,
        };
        // A range of another level has a 90% interval of its own.
        let scale = Z95 / quantile((1.0 + spread.level) / 2.0);
        let (point, law) = match (centre, ends) {
            (Some(point), None) => (point, Law::Fixed),
            (Some(point), Some((low, high))) => {
                let law = Law::Split {
                    low: point - (point - low) * scale,
                    high: point + (high - point) * scale,
                };
                (point, law)
            }
            (None, Some((low, high))) => {
                let (middle, half) = ((low + high) / 2.0, (high - low) / 2.0 * scale);
                let law = Law::Normal {
                    low: middle - half,
                    high: middle + half,
                };
                (middle, law)
            }
            (None, None) => return None,
        };
        Some(Number {
            point,
            law,
            word: None,
            span: value.span,
        })
    }

    /// One number of a move on the scale of g.
    fn shift_of(&mut self, figure: &Figure, fact: &QuantityFact) -> Option<f64> {
        let name = &fact.name;
        let percent = figure.unit.as_deref() == Some("%");
        let text = self.written(figure.span);
        if fact.log {
            if !percent {
                self.report(
                    Diagnostic::new(
                        &rules::MISSING_UNIT,
                        figure.span,
                        format!("`{name}` is moved in per cent of itself"),
                    )
                    .label("how many per cent more or less?")
                    .help("write `+20%` or `-10%`; `shape: normal` makes it a quantity that is moved by amounts"),
                );
                return None;
            }
            if figure.number <= -100.0 {
                self.report(
                    Diagnostic::new(
                        &rules::IMPOSSIBLE_NUMBER,
                        figure.span,
                        format!("`{text}` would leave nothing"),
                    )
                    .label("`-100%` and less cannot be")
                    .help(format!(
                        "`{name}` stays above 0: write a fall of less than 100%, such as `-90%`"
                    )),
                );
                return None;
            }
            return Some(libm::log1p(figure.number / 100.0));
        }
        let in_percent = fact.unit.as_deref().is_some_and(|u| u.starts_with('%'));
        if percent {
            let unit = fact.unit.as_deref().unwrap_or("its own unit");
            let number = figure.number;
            let help = match in_percent {
                true => format!("write `{number}`, in percentage points"),
                false => format!(
                    "write by how many {unit} it moves, without `%`; `shape: lognormal` makes it a quantity that is moved in per cent"
                ),
            };
            self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    figure.span,
                    format!("`{text}` of what may be negative says no direction"),
                )
                .label(format!("per cent of which `{name}`?"))
                .help(help),
            );
            return None;
        }
        self.in_unit(figure, fact.unit.as_deref(), name)
            .then_some(figure.number)
    }
}
