//! Everything of one kind in an assessment, wherever it stands.
//!
//! In: an assessment. Out: its prose, queries, numbers and propositions. Nothing is judged here.

use crate::resolve::assessment::{
    After, Assessment, Curve, Decided, DriverId, Number, OutcomeId, Piece, PriorOf, Prop, Prose,
    ProseParts, Query, Target, Test, What,
};

/// All prose with placeholders.
pub(crate) fn prose(assessment: &Assessment) -> Vec<&Prose> {
    let blocks = std::iter::once(&assessment.prose)
        .chain(assessment.outcomes.values().map(|o| &o.prose))
        .chain(assessment.questions.values().map(|q| &q.prose))
        .chain(assessment.priors().map(|p| &p.prose))
        .chain(assessment.drivers.values().map(|d| &d.prose))
        .chain(assessment.scenarios.values().map(|s| &s.prose))
        .chain(assessment.quantities.values().map(|q| &q.prose))
        .chain(assessment.views.values().map(|v| &v.prose))
        .chain(assessment.pools.values().map(|p| &p.prose))
        .chain(assessment.judgements.iter().map(|j| &j.prose))
        .chain(assessment.bets.iter().map(|b| &b.prose));
    let mut found: Vec<&Prose> = blocks.flat_map(parts).collect();
    let evidence = assessment.drivers.values().flat_map(|d| &d.evidence);
    let evidence = evidence.chain(assessment.priors().flat_map(|p| &p.evidence));
    found.extend(evidence.filter_map(|e| e.note.as_ref()));
    found.extend(assessment.sections.iter().map(|s| &s.prose));
    found
}

fn parts(parts: &ProseParts) -> impl Iterator<Item = &Prose> {
    [&parts.resolves, &parts.context, &parts.note]
        .into_iter()
        .flatten()
}

/// Every placeholder's query.
fn placeholders(assessment: &Assessment) -> impl Iterator<Item = &Query> {
    let pieces = prose(assessment).into_iter().flat_map(|p| &p.pieces);
    pieces.filter_map(|piece| match piece {
        Piece::Placeholder { query, .. } => Some(query),
        Piece::Text(_) | Piece::Fact { .. } => None,
    })
}

/// Every query: of expectations, key judgements, bets and placeholders.
pub(crate) fn queries(assessment: &Assessment) -> Vec<&Query> {
    let mut found = Vec::new();
    for expect in &assessment.expects {
        found.push(&expect.query);
        if let Test::Above(other) | Test::Below(other) = &expect.test {
            found.push(other);
        }
    }
    found.extend(assessment.judgements.iter().map(|j| &j.expect.query));
    found.extend(assessment.bets.iter().map(|b| &b.on));
    found.extend(placeholders(assessment));
    found
}

/// Every number that may be said by a word of likelihood.
pub(crate) fn chances(assessment: &Assessment) -> Vec<&Number> {
    let mut found = Vec::new();
    for of in assessment.priors().flat_map(|p| &p.outcomes) {
        match of {
            PriorOf::Rest(_) | PriorOf::Decided => {}
            PriorOf::Curve(clause) => found.extend(curve(&clause.values)),
            PriorOf::Shares(clause) => found.extend(&clause.values),
        }
    }
    for driver in assessment.drivers.values() {
        match &driver.what {
            What::Event(rows) => {
                found.extend(rows.iter().flat_map(|row| curve(&row.clause.values)));
            }
            What::Factor(rows) => found.extend(rows.iter().flat_map(|row| &row.clause.values)),
            What::Change { .. } | What::Assumption(_) => {}
        }
        if let Some(once) = &driver.once {
            match &once.clause.values {
                After::Steps(steps) => found.extend(steps.iter().map(|s| &s.chance)),
                After::PerYear(rate) | After::Times(rate) => found.push(rate),
            }
        }
        found.extend(driver.likelihoods.iter().flat_map(|l| &l.clause.values));
    }
    found
}

fn curve(curve: &Curve) -> Vec<&Number> {
    match curve {
        Curve::Points(points) => points.iter().map(|p| &p.chance).collect(),
        Curve::PerYear(rate) | Curve::Times(rate) => vec![rate],
    }
}

/// Every number that may be said by a word of strength.
pub(crate) fn strengths(assessment: &Assessment) -> impl Iterator<Item = &Number> {
    let drivers = || assessment.drivers.values();
    let weights = drivers().flat_map(|d| &d.weights).map(|w| &w.clause);
    let on_events = drivers().flat_map(|d| &d.event_weights).map(|w| &w.clause);
    let clauses = weights.chain(on_events);
    clauses.flat_map(|clause| clause.values.iter().flatten())
}

/// Every proposition, with the driver that it belongs to, if any: `when`, `given` of rows, priors and
/// queries, what decides outcomes, and what queries ask about.
pub(crate) fn propositions(assessment: &Assessment) -> Vec<(Option<DriverId>, &Prop)> {
    let mut found = Vec::new();
    for (id, driver) in assessment.drivers.iter() {
        match &driver.what {
            What::Event(rows) => {
                let given = rows.iter().filter_map(|row| row.given.as_ref());
                found.extend(given.map(|prop| (Some(id), prop)));
            }
            What::Factor(rows) => {
                let given = rows.iter().filter_map(|row| row.given.as_ref());
                found.extend(given.map(|prop| (Some(id), prop)));
            }
            What::Change { when, .. } => found.push((Some(id), when)),
            What::Assumption(_) => {}
        }
    }
    for outcome in assessment.outcomes.values() {
        if let Some(Decided::When(prop)) = &outcome.decided {
            found.push((None, prop));
        }
    }
    let rows = assessment.questions.values().flat_map(|q| &q.priors);
    found.extend(rows.filter_map(|row| Some((None, row.given.as_ref()?))));
    for query in queries(assessment) {
        if let Target::Prop(prop) = &query.target {
            found.push((None, prop));
        }
        found.extend(query.given.iter().map(|prop| (None, prop)));
    }
    found
}

/// The outcomes that a proposition names.
pub(crate) fn outcomes(prop: &Prop, found: &mut impl FnMut(OutcomeId)) {
    match prop {
        Prop::Is(_) | Prop::Reaches(..) => {}
        Prop::Outcome(outcome) => found(*outcome),
        Prop::Not(inner) => outcomes(inner, found),
        Prop::All(list) | Prop::Any(list) | Prop::AtLeast(_, list) => {
            for inner in list {
                outcomes(inner, found);
            }
        }
    }
}

/// The drivers that a proposition names.
pub(crate) fn names(prop: &Prop, found: &mut impl FnMut(DriverId)) {
    match prop {
        Prop::Is(driver) => found(*driver),
        Prop::Outcome(_) | Prop::Reaches(..) => {}
        Prop::Not(inner) => names(inner, found),
        Prop::All(list) | Prop::Any(list) | Prop::AtLeast(_, list) => {
            for inner in list {
                names(inner, found);
            }
        }
    }
}
