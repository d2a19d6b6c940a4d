//! The order of a file's items changes no number, to the last bit.

use super::mutants;
use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question};
use assess::project::Project;
use assess::resolve::resolve;
use assess::syntax::Kind;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The sound assessments of the project, by the texts of their items.
static SOUND: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let all = mutants::corpus(6_000);
    let sound = all.iter().filter(|text| numbers(text).is_some());
    let sound: Vec<Vec<String>> = sound.map(|text| items(text)).collect();
    assert!(sound.len() > 50, "only {} are sound", sound.len());
    sound
});

fn items(text: &str) -> Vec<String> {
    let project = Project::from_text("a.assess", text);
    let root = project.files[0].tree.root().expect("a tree");
    let items = root
        .children()
        .filter(|n| !matches!(n.kind(), Kind::comment | Kind::EOI));
    items.map(|n| text[n.range()].to_owned()).collect()
}

/// Every number of a verdict by what it is of; none where there is an error.
fn numbers(text: &str) -> Option<BTreeMap<String, String>> {
    let project = Project::from_text("a.assess", text);
    let resolved = resolve(&project);
    if project.problems().next().is_some() || resolved.diagnostics.has_errors() {
        return None;
    }
    let assessment = resolved.assessment?;
    let options = Options {
        draws: Some(32),
        ..Options::default()
    };
    let verdict = evaluate(&assessment, &Question::default(), &options).ok()?;
    let mut all = BTreeMap::new();
    let horizons: Vec<&str> = assessment
        .horizons
        .values()
        .map(|h| h.name.node.as_str())
        .collect();
    let outcomes: Vec<&str> = assessment
        .outcomes
        .values()
        .map(|o| o.name.node.as_str())
        .collect();
    let driver = |id| assessment.drivers[id].name.node.as_str();
    for (h, at) in horizons.iter().zip(&verdict.horizons) {
        for (name, outcome) in outcomes.iter().zip(&at.outcomes) {
            all.insert(format!("{h} {name}"), format!("{outcome:?}"));
        }
        all.insert(
            format!("{h} margin"),
            format!("{} {:?}", at.margin, at.confidence),
        );
    }
    for event in &verdict.events {
        for (h, at) in horizons.iter().zip(&event.horizons) {
            all.insert(format!("{h} {}", driver(event.event)), format!("{at:?}"));
        }
    }
    for change in &verdict.changes {
        for (h, at) in horizons.iter().zip(&change.horizons) {
            let name = format!("{h} {}", driver(change.change));
            all.insert(format!("{name} chance"), at.chance.value.to_string());
            for (outcome, p) in outcomes
                .iter()
                .zip(at.given.outcomes().into_iter().flatten())
            {
                all.insert(format!("{name} {outcome}"), p.value.to_string());
            }
        }
    }
    Some(all)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.min(64), ..ProptestConfig::default() })]
    #[test]
    fn the_order_of_items_changes_no_number(
        which in any::<prop::sample::Index>(),
        keys in prop::collection::vec(any::<u32>(), 400),
    ) {
        let items = &SOUND[which.index(SOUND.len())];
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by_key(|n| (keys.get(*n).copied(), *n));
        // Horizons stand in the order of time, wherever they stand.
        let places: Vec<usize> = (0..order.len())
            .filter(|n| items[order[*n]].starts_with("horizon"))
            .collect();
        let mut horizons: Vec<usize> = places.iter().map(|n| order[*n]).collect();
        horizons.sort_unstable();
        places.iter().zip(horizons).for_each(|(place, item)| order[*place] = item);
        let text = |order: &[usize]| -> String {
            order.iter().map(|n| format!("{}\n", items[*n])).collect()
        };
        let straight: Vec<usize> = (0..items.len()).collect();
        let (before, after) = (numbers(&text(&straight)), numbers(&text(&order)));
        prop_assert!(before.is_some() && before == after, "{:#?}\n{:#?}\n{}", before, after, text(&order));
    }
}
