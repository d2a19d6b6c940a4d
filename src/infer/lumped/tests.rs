//! A lumped chain finds what a compiled question finds, on every reference file and assessment.

use super::{ChainScratch, LANES, Limits, LumpedChain, Settings};
use crate::infer::compiled::Compiled;
use crate::infer::exact::Scratch;
use crate::infer::question::shape::Ask;
use crate::model::condition::Cond;
use crate::model::{Draws, Model, Numbers, What};
use crate::project::Project;
use crate::resolve::resolve;
use assess_lanes::Level;

pub(in crate::infer) fn models() -> Vec<(String, Model)> {
    let mut models = Vec::new();
    for folder in ["tests/reference", "assessments"] {
        let folder = format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "assess") {
                let text = std::fs::read_to_string(&path).unwrap();
                let name = path.display().to_string();
                let found = resolve(&Project::from_text("a.assess", &text));
                models.push((name, Model::new(&found.assessment.unwrap())));
            }
        }
    }
    models
}

/// The numbers of some draws; where a file has no ranges they are all the same.
fn settings(model: &Model) -> (Vec<Numbers>, Settings) {
    let point = Numbers::point(model);
    let draws = Draws::new(model, &point, 3);
    let mut settings = Settings::of(&point);
    let mut all = Vec::new();
    for lane in 0..LANES {
        let mut numbers = point.clone();
        numbers.draw(model, &draws, lane as u64);
        settings.load(lane, &numbers);
        all.push(numbers);
    }
    (all, settings)
}

/// Whether there was a lumped chain, which then agrees.
fn agrees(name: &str, model: &Model, ask: &Ask) -> bool {
    let mut compiled = Compiled::new(model, ask).unwrap();
    let lumped = |split| {
        LumpedChain::splitting(
            model,
            &compiled.structure,
            false,
            &|_| false,
            Limits {
                split,
                ..super::MANY
            },
        )
    };
    let (Some(lumped), Some(split)) = (lumped(usize::MAX), lumped(0)) else {
        return false;
    };
    let (numbers, settings) = settings(model);
    let (mut chain_scratch, mut apart) = (ChainScratch::default(), ChainScratch::default());
    if !lumped.run(model, &settings, &mut chain_scratch) {
        return false;
    }
    assert!(split.run(model, &settings, &mut apart));
    for level in Level::all() {
        let mut again = ChainScratch::default();
        Level::force(Some(level));
        assert!(lumped.run(model, &settings, &mut again));
        assert_eq!(
            bits(&again),
            bits(&chain_scratch),
            "{name}, {}",
            level.name()
        );
        assert!(split.run(model, &settings, &mut again));
        assert_eq!(
            bits(&again),
            bits(&apart),
            "{name}, split, {}",
            level.name()
        );
        Level::force(None);
    }
    assert!(split.states() <= lumped.states());
    let mut scratch = Scratch::default();
    compiled.one_by_one = true;
    for (lane, numbers) in numbers.iter().enumerate() {
        let answer = compiled.run(model, numbers, &mut scratch).unwrap();
        let found: Vec<f64> = chain_scratch
            .found()
            .iter()
            .map(|x| x.to_array()[lane])
            .collect();
        let mut expected = vec![0.0; found.len()];
        match ask.outcomes {
            true => answer.read(!ask.conds.is_empty(), &mut expected),
            false => expected = answer.tallies.iter().map(|t| t.chance()).collect(),
        }
        compare(&format!("{name}, lane {lane}"), &found, &expected);
        let found: Vec<f64> = apart.found().iter().map(|x| x.to_array()[lane]).collect();
        compare(&format!("{name}, split, lane {lane}"), &found, &expected);
    }
    true
}

/// All that was found, to the last bit.
fn bits(chain_scratch: &ChainScratch) -> Vec<u64> {
    let found = chain_scratch.found().iter().chain(chain_scratch.whole());
    found.flat_map(|x| x.to_array()).map(f64::to_bits).collect()
}

fn compare(what: &str, found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        assert!(
            (a - b).abs() < 1e-12 || a.is_nan() && b.is_nan(),
            "{what}:\n{found:?}\n{expected:?}"
        );
    }
}

#[test]
fn outcomes_agree_with_a_pass() {
    let outcomes = Ask {
        outcomes: true,
        ..Ask::default()
    };
    let models = models();
    let lumped_too = models
        .iter()
        .filter(|(name, model)| agrees(name, model, &outcomes));
    let lumped_too = lumped_too.count();
    // Not those with several final outcomes, or in which something lasting tells of what passes.
    assert!(
        lumped_too * 10 > models.len() * 7,
        "{lumped_too} of {}",
        models.len()
    );
}

#[test]
fn chances_agree_with_a_pass() {
    for (name, model) in models() {
        for (d, driver) in model.drivers.iter().enumerate() {
            let ask = Ask {
                conds: vec![Cond::Is(d)],
                ..Ask::default()
            };
            if driver.what != What::Assumption {
                agrees(&name, &model, &ask);
            }
        }
    }
}

#[test]
fn outcomes_among_cases_agree_with_a_pass() {
    let mut lumped_too = 0;
    for (name, model) in models() {
        for (d, driver) in model.drivers.iter().enumerate() {
            for conds in [
                vec![Cond::Is(d).negated()],
                vec![Cond::Is(d), Cond::Is(d).negated()],
            ] {
                let ask = Ask {
                    conds,
                    outcomes: true,
                    costly: true,
                    ..Ask::default()
                };
                if driver.what != What::Assumption && agrees(&name, &model, &ask) {
                    lumped_too += 1;
                }
            }
        }
    }
    assert!(lumped_too > 500, "{lumped_too}");
}

/// That something is made so can be said by numbers: by no others than those of its rows.
#[test]
fn numbers_make_things_so() {
    let mut made = 0;
    for (name, model) in models() {
        let point = Numbers::point(&model);
        let all = Ask {
            outcomes: true,
            ..Ask::default()
        };
        let whole = Compiled::new(&model, &all).unwrap();
        let Some(lumped) = LumpedChain::new(&model, &whole.structure, &point, &|_| false) else {
            continue;
        };
        for (d, to) in (0..model.drivers.len()).flat_map(|d| [(d, true), (d, false)]) {
            let Some(numbers) = point.made_so(&model, &[(d, to)]) else {
                continue;
            };
            let mut chain_scratch = ChainScratch::default();
            assert!(lumped.run(&model, &Settings::of(&numbers), &mut chain_scratch));
            let found: Vec<f64> = chain_scratch
                .found()
                .iter()
                .map(|x| x.to_array()[LANES - 1])
                .collect();
            let ask = Ask {
                sets: vec![(d, to)],
                ..all.clone()
            };
            let mut scratch = Scratch::default();
            let mut compiled = Compiled::new(&model, &ask).unwrap();
            compiled.one_by_one = true;
            let answer = compiled.run(&model, &point, &mut scratch).unwrap();
            compare(&format!("{name}, {d} {to}"), &found, &answer.verdict);
            made += 1;
        }
    }
    assert!(made > 200, "{made}");
}

/// Of the 256 states of NATO's outcomes 64 have to be told apart.
#[test]
fn states_that_look_and_move_alike_are_one() {
    let (_, nato) = models()
        .into_iter()
        .find(|(name, _)| name.ends_with("nato.assess"))
        .unwrap();
    let ask = Ask {
        outcomes: true,
        ..Ask::default()
    };
    let compiled = Compiled::new(&nato, &ask).unwrap();
    assert_eq!(compiled.states(), 256);
    let lumped =
        LumpedChain::splitting(&nato, &compiled.structure, false, &|_| false, super::MANY).unwrap();
    assert_eq!((lumped.states(), lumped.in_pairs()), (64, false));
    // What pushes away from exit as it comes shows that pairs are needed.
    let point = Numbers::point(&nato);
    let lumped = LumpedChain::new(&nato, &compiled.structure, &point, &|_| false).unwrap();
    assert!(lumped.in_pairs());
    let mut chain_scratch = ChainScratch::default();
    assert!(lumped.run(&nato, &Settings::of(&point), &mut chain_scratch));
    assert!(!chain_scratch.finer);
}

/// Factors that each rest on an event of their own.
fn pairs(many: usize) -> Model {
    let mut text = String::from(
        "assessment \"a\" { as of: 2025-03-01 }\nhorizon soon: 0 to 6 months\n\
         horizon late: 6 to 18 months\noutcome x\noutcome w\nfinal outcome y\n\
         prior { y: 40% by soon, 50% by late\nx: 20% in soon, 30% in late\nw: rest }\n",
    );
    for i in 0..many {
        let outcome = ["x", "y", "w"][i % 3];
        text += &format!(
            "event e{i} {{ chance: 20% by soon, 40% by late }}\nfactor f{i} {{\n\
             holds given e{i}: 80%\nholds otherwise: {i}%\nweight for {outcome}: weak }}\n"
        );
    }
    let found = resolve(&Project::from_text("a.assess", &text));
    Model::new(&found.assessment.unwrap())
}

/// Nothing remembers the factors: of 2^24 states 2^12 are left.
#[test]
fn what_is_drawn_anew_is_summed_over_apart() {
    let model = pairs(12);
    let ask = Ask {
        outcomes: true,
        ..Ask::default()
    };
    let compiled = Compiled::new(&model, &ask).unwrap();
    assert_eq!(compiled.states(), 1 << 24);
    let point = Numbers::point(&model);
    let lumped = LumpedChain::new(&model, &compiled.structure, &point, &|_| false).unwrap();
    assert_eq!((lumped.states(), lumped.moving()), (1 << 12, 1 << 12));
}

/// A question of many states goes over fewer by itself, and finds the same.
#[test]
fn a_pass_of_many_states_is_swept() {
    let model = pairs(7);
    let numbers = Numbers::point(&model);
    let both = vec![Cond::Is(0), Cond::Is(0).negated()];
    for conds in [Vec::new(), vec![Cond::Is(2)], both] {
        let ask = Ask {
            outcomes: true,
            costly: !conds.is_empty(),
            conds,
            ..Ask::default()
        };
        let mut found = Vec::new();
        for lumped_too in [true, false] {
            let mut compiled = Compiled::new(&model, &ask).unwrap();
            compiled.one_by_one = !lumped_too;
            let mut scratch = Scratch::default();
            let answer = compiled.run(&model, &numbers, &mut scratch).unwrap();
            assert_eq!(matches!(compiled.batch, Some(Some(_))), lumped_too);
            let tallies = answer.tallies.iter();
            let chances = tallies.clone().map(|t| t.chance());
            let all = tallies.flat_map(|t| t.outcomes(0)).copied();
            let mut all: Vec<f64> = all.chain(chances).collect();
            if ask.conds.is_empty() {
                all.clone_from(&answer.verdict);
            }
            found.push(all);
        }
        compare(&format!("{:?}", ask.conds), &found[0], &found[1]);
    }
}

/// Two final outcomes, with events that push towards one, the other and neither: what had ended in one is held where the other
/// is pushed, and all engines find the same.
#[test]
fn several_outcomes_end() {
    let text = "assessment \"t\" {\n as of: 2026-01-01\n}\nhorizon h1: 0 to 6 months\nhorizon h2: 6 to 12 months\n\
         horizon h3: 12 to 24 months\noutcome x\noutcome w\nfinal outcome y\nfinal outcome z\n\
         prior {\n y: 5% by h1, 20% by h2, 30% by h3\n z: 10% by h1, 15% by h2, 25% by h3\n x: 20% in h1, 30% in h2, 25% in h3\n\
         w: rest\n}\n\
         event a { chance: 20% by h1, 40% by h2, 70% by h3\n weight for y: strong }\n\
         event b { chance: 10% by h1, 30% by h2, 50% by h3\n weight for z: strong in h2, weak in h3\n weight against y: weak }\n\
         event c { chance: 15% by h1, 20% by h2, 30% by h3\n weight for x: moderate }\n\
         factor f { holds given a: 80%\n holds otherwise: 30%\n weight for z: weak }\n\
         change both { when: a and not c\n weight against z: strong }\n";
    let found = resolve(&Project::from_text("a.assess", text));
    let model = Model::new(&found.assessment.unwrap());
    assert_eq!(model.outcomes.len() - model.open, 2);
    for conds in [Vec::new(), vec![Cond::Is(0), Cond::Is(1).negated()]] {
        let ask = Ask {
            outcomes: true,
            costly: !conds.is_empty(),
            conds,
            ..Ask::default()
        };
        assert!(agrees("several", &model, &ask));
        // The numbers alone show that pairs are needed.
        let compiled = Compiled::new(&model, &ask).unwrap();
        let point = Numbers::point(&model);
        let lumped = LumpedChain::new(&model, &compiled.structure, &point, &|_| false).unwrap();
        assert!(lumped.in_pairs());
    }
}

/// A file in which twelve events come one by one, and push towards an end and away from it: what is open follows from what
/// held before.
#[test]
fn twelve_events_and_an_end() {
    let mut text = String::from(
        "assessment \"t\" {\n as of: 2026-01-01\n}\nhorizon h1: 0 to 6 months\nhorizon h2: 6 to 12 months\n\
         outcome a\nfinal outcome c\nprior {\n c: 5% by h1, 10% by h2\n a: rest\n}\n",
    );
    for i in 1..=12 {
        let (by, outcome) = (5 + i, if i % 2 == 0 { "a" } else { "c" });
        text += &format!(
            "event e{i} {{\n chance: {by}% by h1, {}% by h2\n weight for {outcome}: {by}:1\n}}\n",
            2 * by
        );
    }
    let found = resolve(&Project::from_text("a.assess", &text));
    let model = Model::new(&found.assessment.unwrap());
    let outcomes = Ask {
        outcomes: true,
        ..Ask::default()
    };
    let mut compiled = Compiled::new(&model, &outcomes).unwrap();
    let point = Numbers::point(&model);
    let lumped = LumpedChain::new(&model, &compiled.structure, &point, &|_| false).unwrap();
    let mut chain_scratch = ChainScratch::default();
    assert!(lumped.run(&model, &settings(&model).1, &mut chain_scratch));
    assert!(chain_scratch.finer);
    // Whoever runs it takes this way by itself.
    let mut scratch = Scratch::default();
    compiled
        .run(&model, &Numbers::point(&model), &mut scratch)
        .unwrap();
    assert!(matches!(compiled.batch, Some(Some(_))));
    for horizon in chain_scratch.found().chunks_exact(2) {
        let sum: f64 = horizon.iter().map(|x| x.to_array()[0]).sum();
        assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    }
}

/// Events that come one by one, so many of them, and each pushes.
fn events(many: usize, last: &str) -> Model {
    let prior = match last {
        "" => "5%",
        _ => "5% by h1, 10% by h2",
    };
    let mut text = format!(
        "assessment \"t\" {{\n as of: 2026-01-01\n}}\nhorizon h1: 0 to 6 months\nhorizon h2: 6 to 12 months\n\
         outcome a\noutcome b\n{last}outcome c\nprior {{\n c: {prior}\n b: 30%\n a: rest\n}}\n",
    );
    for i in 1..=many {
        let (by, outcome) = (5 + i, ["a", "b", "c"][i % 3]);
        text += &format!(
            "event e{i} {{\n chance: {by}% by h1, {}% by h2\n weight for {outcome}: {by}:1\n}}\n",
            2 * by
        );
    }
    let found = resolve(&Project::from_text("a.assess", &text));
    Model::new(&found.assessment.unwrap())
}

/// More states than have memory side by side are gone through block by block, and are the same.
#[test]
fn many_states_are_gone_through_in_blocks() {
    for many in [3, 13] {
        let model = events(many, "");
        let ask = Ask {
            outcomes: true,
            ..Ask::default()
        };
        let mut compiled = Compiled::new(&model, &ask).unwrap();
        let point = Numbers::point(&model);
        let lumped = LumpedChain::new(&model, &compiled.structure, &point, &|_| false).unwrap();
        assert!(lumped.in_blocks());
        assert_eq!((lumped.is_small(), lumped.first > 0), (many < 12, many > 7));
        let (numbers, settings) = settings(&model);
        let mut chain_scratch = ChainScratch::default();
        assert!(lumped.run(&model, &settings, &mut chain_scratch));
        let found = chain_scratch.found().iter().map(|x| x.to_array()[1]);
        let found: Vec<f64> = found.collect();
        compiled.one_by_one = true;
        let mut scratch = Scratch::default();
        let answer = compiled.run(&model, &numbers[1], &mut scratch).unwrap();
        compare(&format!("{many}"), &found, &answer.verdict);
        // Its effort is told as if each state were gone through by itself.
        compiled.one_by_one = false;
        compiled.run(&model, &point, &mut scratch).unwrap();
        assert_eq!(compiled.steps(), 1 << many);
    }
}

/// Pairs are those of what pushes: an event that is silent and tells of nothing else is left out.
#[test]
fn what_tells_of_nothing_that_pushes_is_left_out() {
    let model = events(6, "final ");
    let ask = Ask {
        outcomes: true,
        ..Ask::default()
    };
    let compiled = Compiled::new(&model, &ask).unwrap();
    let point = Numbers::point(&model);
    let pushing: Vec<usize> = (0..model.drivers.len())
        .filter(|d| !model.drivers[*d].pushes.is_empty())
        .collect();
    let pairs = |silent: &dyn Fn(usize) -> bool| {
        let lumped = LumpedChain::new(&model, &compiled.structure, &point, silent).unwrap();
        lumped.pairs.as_ref().unwrap().count()
    };
    assert_eq!(pairs(&|_| false), 729);
    assert_eq!(pairs(&|d| pushing[2..].contains(&d)), 9);
}
