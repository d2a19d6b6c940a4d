//! Everything of one kind in an assessment, wherever it stands.
//!
//! In: an assessment. Out: its prose, queries, numbers and propositions. Nothing is judged here.

use crate::resolve::assessment::{
    After, Assessment, Curve, Decided, DriverId, Evidence, Number, OutcomeId, Piece, PriorOf, Prop,
    Prose, ProseParts, Query, Target, Test, What,
};

/// All prose with placeholders.
pub(crate) fn prose<'a>(assessment: &'a Assessment) -> Vec<&'a Prose> {
    let mut found: Vec<&Prose> = Vec::new();
    let mut add = |parts: &'a ProseParts| {
        let texts = [&parts.resolves, &parts.context, &parts.note];
        found.extend(texts.into_iter().flatten());
    };
    add(&assessment.prose);
    assessment.outcomes.values().for_each(|o| add(&o.prose));
    assessment.questions.values().for_each(|q| add(&q.prose));
    assessment.priors().for_each(|p| add(&p.prose));
    assessment.drivers.values().for_each(|d| add(&d.prose));
    assessment.scenarios.values().for_each(|s| add(&s.prose));
    assessment.quantities.values().for_each(|q| add(&q.prose));
    assessment.views.values().for_each(|v| add(&v.prose));
    assessment.pools.values().for_each(|p| add(&p.prose));
    assessment.judgements.iter().for_each(|j| add(&j.prose));
    assessment.bets.iter().for_each(|b| add(&b.prose));
    let notes = |evidence: &'a [Evidence]| evidence.iter().filter_map(|e| e.note.as_ref());
    for driver in assessment.drivers.values() {
        found.extend(notes(&driver.evidence));
    }
    for prior in assessment.priors() {
        found.extend(notes(&prior.evidence));
    }
    found.extend(assessment.sections.iter().map(|s| &s.prose));
    found
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
