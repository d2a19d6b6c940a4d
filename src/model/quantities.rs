//! The distribution of a number that is not known, before anything moves it.
//!
//! In: quantities as stated. Out: the [`Spec`]s of a model, each with its [`Line`] by horizon.

use crate::numeric::line::Line;
use crate::numeric::link::{g, number};
use crate::resolve::assessment::{Assessment, Quantity, QuantityId};
use crate::resolve::table::Id;

/// A quantity of a model.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Whose it is.
    pub(crate) id: QuantityId,
    /// Whether g is the natural logarithm.
    pub(crate) log: bool,
    /// By horizon.
    pub(crate) lines: Vec<Line>,
}

impl Spec {
    /// g(x).
    pub fn g(&self, x: f64) -> f64 {
        g(self.log, x)
    }

    /// The number whose g this is.
    pub fn number(&self, g: f64) -> f64 {
        number(self.log, g)
    }
}

pub(super) fn specs(assessment: &Assessment) -> Vec<Spec> {
    let mut ids: Vec<QuantityId> = assessment.quantities.ids().collect();
    ids.sort_by_key(|q| assessment.quantities.name(*q));
    let each = ids.into_iter().map(|id| {
        let quantity = &assessment.quantities[id];
        Spec {
            id,
            log: quantity.log,
            lines: lines(quantity),
        }
    });
    each.collect()
}

/// By horizon: what is stated, or what it is known to have come to.
fn lines(quantity: &Quantity) -> Vec<Line> {
    let each = quantity.points.iter().zip(&quantity.known);
    each.map(|(points, known)| match known {
        Some(x) => Line::known(g(quantity.log, *x)),
        None => Line::new(points),
    })
    .collect()
}

/// By id the place of each among these.
pub(super) fn places(specs: &[Spec]) -> Vec<usize> {
    let mut places = vec![0; specs.len()];
    for (place, spec) in specs.iter().enumerate() {
        places[spec.id.index()] = place;
    }
    places
}
