//! Bounds on variants hold what evaluating the variants finds, and cost rules no finding.

use crate::infer::random::{Kind, Random};
use crate::infer::read::{assessment, tried};
use crate::laws::config;
use assess::diag::Diagnostic;
use assess::infer::reach::Change;
use assess::infer::{Probabilities, examine};
use assess::lint::{Context, Settings};
use assess::project::{FileSystem, Project};
use assess::resolve::assessment::{Assessment, DriverId, DriverKind, OutcomeId, Prop};
use assess::resolve::resolve;
use assess::resolve::table::Id;
use proptest::prelude::*;
use std::fs;

/// How far doubles miss 0 and 1.
const ROUNDING: f64 = 1e-12;

fn random(seed: u64, finals: bool) -> Random {
    let kind = Kind {
        ranges: false,
        finals,
        weights: true,
    };
    Random::new(seed, kind)
}

/// Holds every bound of an assessment to what evaluating finds.
fn hold(a: &Assessment) {
    let mut examined = examine(a).expect("it is small");
    let variants = &mut examined.variants;
    let Some(reach) = variants.reach(&examined.verdict) else {
        return;
    };
    let with = variants.without(&[], None).expect("it is small");
    let check = |change: Change<'_>, with: &Probabilities, found: &Probabilities| {
        let Some(variant) = reach.variant(change) else {
            return;
        };
        let pairs = with.horizons.iter().zip(&found.horizons).enumerate();
        for (h, (with, found)) in pairs {
            let (Some(with), Some(found)) = (with, found) else {
                continue;
            };
            for (o, (with, found)) in with.outcomes.iter().zip(&found.outcomes).enumerate() {
                let outcome = OutcomeId::new(o);
                let (low, high) = (
                    variant.low(h, outcome, *with),
                    variant.high(h, outcome, *with),
                );
                assert!(
                    low <= found + ROUNDING && found - ROUNDING <= high,
                    "{change:?} at {h} of {o}: {found} is not within {low} and {high}"
                );
                if let Some(nearest) = variant.nearest(h, outcome, *with) {
                    let (moved, least) = (found - with, nearest - with);
                    assert!(
                        moved.signum() == least.signum() && moved.abs() >= least.abs(),
                        "{change:?} at {h} of {o}: moved by {moved}, not {least}"
                    );
                }
                if let Some(most) = variant.most_odds(h, outcome) {
                    let odds = |p: f64| (p / (1.0 - p)).ln();
                    let moved = (odds(*found) - odds(*with)).abs();
                    assert!(
                        moved.is_nan() || moved <= most + 1e-6,
                        "{change:?} at {h} of {o}: {moved} nepers are more than {most}"
                    );
                }
            }
        }
    };
    let drivers: Vec<DriverId> = a.drivers.ids().collect();
    for (i, &driver) in drivers.iter().enumerate() {
        let alone = variants.without(&[driver], None).expect("it is small");
        check(Change::Without(&[driver]), &with, &alone);
        for &other in &drivers[i + 1..] {
            let both = [driver, other];
            let found = variants.without(&both, None).expect("it is small");
            check(Change::Without(&both), &with, &found);
        }
        for scale in [0.0, 0.4, 1.7] {
            let mut scales = vec![(driver, scale)];
            scales.extend(drivers.get(i + 1).map(|next| (*next, 0.7)));
            let found = variants.scaled(std::slice::from_ref(&scales));
            check(
                Change::Scaled(&scales),
                &with,
                &found.expect("it is small")[0],
            );
        }
        let is = Prop::Is(driver);
        match a.drivers[driver].kind() {
            DriverKind::Assumption => {
                let wrong = variants.wrong(driver).expect("it is small");
                check(Change::Wrong(driver), &with, &wrong);
            }
            _ => {
                let given = variants.without(&[], Some(&is)).expect("it is small");
                let silent = variants.without(&[driver], Some(&is));
                check(Change::Given(driver), &given, &silent.expect("it is small"));
            }
        }
    }
    let silent = variants.without(&drivers, None).expect("it is small");
    check(Change::Without(&drivers), &with, &silent);
}

/// What all rules find, told whether they evaluate all variants that they look at.
fn found(project: &Project, settings: &Settings, all: bool) -> Option<Vec<Diagnostic>> {
    let resolved = resolve(project);
    let assessment = resolved.assessment.as_ref()?;
    let context = Context::new(assessment, &project.sources, settings);
    let context = if all {
        context.evaluating_all()
    } else {
        context
    };
    Some(assess::lint::lint(&context).sorted())
}

fn finds_the_same(project: &Project, settings: &Settings) -> Result<usize, String> {
    let (bounded, whole) = (
        found(project, settings, false),
        found(project, settings, true),
    );
    let text = format!("{whole:#?}");
    match format!("{bounded:#?}") == text {
        true => Ok(whole.map_or(0, |all| all.len())),
        false => Err(format!("{bounded:#?} is not {text}")),
    }
}

/// Thresholds at which other variants count.
fn settings(tight: bool) -> Settings {
    match tight {
        false => Settings::default(),
        true => Settings {
            backfiring_shift: 0.0,
            partial_weight_moves: 0.02,
            inert_shift: 0.1,
            inert_odds: 4.0,
            missing_evidence_moves: 0.05,
            unsupported_shift: 6.0,
            unpacked_odds: 4.0,
            dominant_factors: 1,
            ..Settings::default()
        },
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_evaluated_lies_within_its_bounds(seed: u64, finals: bool) {
        let a = tried(&random(seed, finals).text());
        prop_assume!(a.is_ok());
        hold(&a.expect("it has no mistake"));
    }

    #[test]
    fn rules_find_the_same_with_bounds(seed: u64, finals: bool, tight: bool) {
        let project = Project::from_text("a.assess", &random(seed, finals).text());
        let same = finds_the_same(&project, &settings(tight));
        prop_assert!(same.is_ok(), "{}", same.unwrap_err());
    }
}

#[test]
fn rules_find_the_same_in_every_assessment() {
    let mut seen = 0;
    for folder in ["assessments", "examples"] {
        for entry in fs::read_dir(folder).expect("it is there") {
            let path = entry.expect("it is there").path();
            if path.extension().is_none_or(|e| e != "assess") {
                continue;
            }
            let project = Project::load(&FileSystem, &path).expect("it is read");
            for tight in [false, true] {
                let same = finds_the_same(&project, &settings(tight));
                seen += same.unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            }
        }
    }
    assert!(seen > 50, "{seen} findings say little");
}

/// Of a factor that always pushes, and beside which nothing is uncertain, all is known.
#[test]
fn where_states_are_alike_the_bounds_meet() {
    let text = "assessment \"A\" {\n  as of: 2025-03-01\n}\nhorizon h \"H\": 0 to 6 months\n\
        outcome a \"A\"\noutcome b \"B\"\nprior {\n  a: 30%\n  b: rest\n}\n\
        factor f \"F\" {\n  weight for a: 3:1\n}\n";
    let a = assessment(text);
    let mut examined = examine(&a).expect("it is small");
    let with = examined.variants.without(&[], None).expect("it is small");
    let reach = examined.variants.reach(&examined.verdict);
    let factor = [DriverId::new(0)];
    let variant = reach
        .as_ref()
        .and_then(|reach| reach.variant(Change::Without(&factor)));
    let variant = variant.expect("it is bounded");
    let with = with.horizons[0].as_ref().expect("a verdict");
    for (o, prior) in [0.3, 0.7].into_iter().enumerate() {
        let (outcome, with) = (OutcomeId::new(o), with.outcomes[o]);
        for bound in [
            variant.low(0, outcome, with),
            variant.high(0, outcome, with),
        ] {
            assert!((bound - prior).abs() < 1e-8, "{bound} is not {prior}");
        }
    }
}
