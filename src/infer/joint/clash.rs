//! Two decided outcomes of one question in one state, or none where nothing is judged.
//!
//! In: an assessment. Out: a finding for each question in which a state that can happen clashes, and that
//! state: over what `exclusive`, `implies` and one outcome a question allow.

use super::judged::{Clash, Judged};
use super::net::{Kind, Made, Net};
use super::space::{Axis, Space, Value};
use super::test::Leaf;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::model::{Model, What};
use crate::resolve::assessment::Assessment;
use crate::text::decimal;

/// More states than this are not gone through.
const STATES: usize = 1 << 20;

/// What clashes, question by question.
pub(crate) fn clashes(assessment: &Assessment, model: &Model) -> Vec<Diagnostic> {
    let decides = |q: &usize| model.questions[*q].decided.iter().any(Option::is_some);
    let all = (0..model.questions.len()).filter(decides);
    all.filter_map(|q| clash(assessment, model, q)).collect()
}

fn clash(assessment: &Assessment, model: &Model, q: usize) -> Option<Diagnostic> {
    // What is hypothetical, or assumed, may be otherwise.
    let may = |d: &usize| {
        matches!(
            model.drivers[*d].what,
            What::Hypothetical | What::Assumption
        )
    };
    let made = Made {
        costly: (0..model.drivers.len()).filter(may).collect(),
        ..Made::default()
    };
    let mut net = Net::new(model, made);
    let node = net.question(q);
    net.need(node);
    let Kind::Question(asked) = &net.node(node)?.kind else {
        return None;
    };
    let mut leaves: Vec<Leaf> = Vec::new();
    for test in asked.decided.iter().flatten() {
        test.leaves(&mut |leaf, _| leaves.push(leaf));
    }
    leaves.sort_unstable();
    leaves.dedup();
    let mut space = Space::default();
    for leaf in &leaves {
        if space.position(leaf.node).is_some() {
            continue;
        }
        let from = match &net.node(leaf.node)?.kind {
            Kind::Question(_) => 1,
            _ => 0,
        };
        let to = match &net.node(leaf.node)?.kind {
            Kind::Group(list) => list.len(),
            Kind::Chain { rows, .. } => rows.len(),
            Kind::Question(other) => other.decided.len(),
            Kind::Quantity(reaching) => reaching.cuts.len(),
            _ => 1,
        };
        space.axes.push(Axis {
            node: leaf.node,
            values: (from..=to).map(|s| Value::still(s as u16, 0)).collect(),
        });
        if space.size() > STATES {
            return None;
        }
    }
    let judged = Judged::new(model, asked, &space).ok()?;
    let found = (0..space.size()).find_map(|p| Some((p, judged.clash(&space, p)?)))?;
    let spec = &model.questions[q];
    let name = |o: usize| {
        assessment
            .outcomes
            .name(model.outcomes[spec.outcomes.start + o])
    };
    let state = state(assessment, model, &net, &space, found.0, &leaves);
    let span = |o: usize| {
        let id = model.outcomes[spec.outcomes.start + o];
        assessment.outcomes[id].name.span
    };
    Some(match found.1 {
        Clash::Both(a, b) => Diagnostic::new(
            &rules::DECIDED_TWICE,
            span(a),
            format!(
                "`{}` and `{}` are both decided where {state}",
                name(a),
                name(b)
            ),
        )
        .other(span(b), "the other one")
        .help("let their `when` exclude each other: exactly one outcome of a question is so"),
        Clash::Nothing => Diagnostic::new(
            &rules::MISSING_OTHERWISE,
            assessment.questions[spec.id].span,
            format!("no outcome is so where {state}"),
        )
        .label("each outcome that is not final is decided, and none of them there")
        .help("add an outcome with `when: otherwise`, or one that is judged"),
    })
}

/// A state in words: what is so, and what is not.
fn state(
    assessment: &Assessment,
    model: &Model,
    net: &Net<'_>,
    space: &Space,
    place: usize,
    leaves: &[Leaf],
) -> String {
    let mut at = Vec::new();
    space.values(place, &mut at);
    let mut so: Vec<String> = Vec::new();
    for leaf in leaves {
        let Some(value) = space.position(leaf.node).map(|i| at[i]) else {
            continue;
        };
        let Some(name) = named(assessment, model, net, *leaf) else {
            continue;
        };
        // The axis of an assumption says that it is wrong.
        let driver = net.driver(*leaf).map(|d| &model.drivers[d].what);
        let inverted = driver == Some(&What::Assumption);
        so.push(match leaf.now(value) != inverted {
            true => format!("`{name}`"),
            false => format!("not `{name}`"),
        });
    }
    match so.len() {
        0 => "nothing is known".to_owned(),
        _ => so.join(" and "),
    }
}

/// The name of what a leaf is about; an assumption's leaf is that it is wrong.
fn named(assessment: &Assessment, model: &Model, net: &Net<'_>, leaf: Leaf) -> Option<String> {
    if let Kind::Question(asked) = &net.node(leaf.node)?.kind {
        let spec = &model.questions[asked.question];
        let id = model.outcomes[spec.outcomes.start + usize::from(leaf.member) - 1];
        return Some(assessment.outcomes.name(id).to_owned());
    }
    if let Kind::Quantity(reaching) = &net.node(leaf.node)?.kind {
        let spec = &model.quantities[reaching.quantity];
        let cut = reaching
            .cuts
            .get(usize::from(leaf.member).checked_sub(1)?)?;
        let name = assessment.quantities.name(spec.id);
        return Some(format!(
            "{name} at least {}",
            decimal::stated(spec.number(*cut))
        ));
    }
    let driver = net.driver(leaf)?;
    Some(assessment.drivers.name(model.drivers[driver].id).to_owned())
}
