//! Verdicts in every output, made by hand: each shape that a file can lead to, without inference.

use assess::infer::verdict::{
    Answer, ChangeVerdict, Conditional, Confidence, Contribution, EventAt, EventVerdict,
    HorizonVerdict, Method, OutcomeVerdict, ScenarioVerdict, Verdict,
};
use assess::infer::{Estimate, Given};
use assess::render::Look;
use assess::render::verdict::{Asked, EVAL_FORMATS, Evaluated};
use assess::resolve::assessment::{
    Assessment, Dated, Driver, DriverId, Expect, Horizon, HorizonId, Node, Outcome, OutcomeId,
    Prop, ProseParts, Query, Question, QuestionId, Scenario, ScenarioId, Set, Spanned, Target,
    Test, What,
};
use assess::resolve::table::Table;
use assess::scales;
use assess::strengths;
use assess::text::source::{FileId, Source, SourceMap, Span};
use jiff::civil::date;

const PLAIN: Look = Look {
    width: 80,
    colour: false,
};

const AT: Span = Span {
    file: FileId(0),
    start: 0,
    end: 0,
};

fn spanned<T>(node: T) -> Spanned<T> {
    Spanned { node, span: AT }
}

fn horizon(i: usize, title: &str) -> Horizon {
    let year = 2025 + i as i16;
    Horizon {
        span: AT,
        name: spanned(format!("h{i}")),
        title: title.to_owned(),
        from: date(year, 3, 1),
        to: date(year + 1, 3, 1),
        days: 365.0 * (i + 1) as f64,
        open: i == 2,
    }
}

fn outcome(name: &str, title: &str, is_final: bool) -> Outcome {
    Outcome {
        span: AT,
        name: spanned(name.to_owned()),
        title: title.to_owned(),
        is_final,
        question: QuestionId(0),
        decided: None,
        value: None,
        impact: None,
        confidence: None,
        prose: ProseParts::default(),
    }
}

fn driver(name: &str, title: &str, what: What) -> Driver {
    Driver {
        span: AT,
        name: spanned(name.to_owned()),
        title: title.to_owned(),
        what,
        weights: Vec::new(),
        event_weights: Vec::new(),
        moves: Vec::new(),
        impact: None,
        likelihoods: Vec::new(),
        once: None,
        evidence: Vec::new(),
        discount: 1.0,
        confidence: None,
        prose: ProseParts::default(),
    }
}

fn expect(text: &str, test: Test) -> Expect {
    Expect {
        span: AT,
        text: text.to_owned(),
        query: Query {
            span: AT,
            text: String::new(),
            target: Target::Outcome(OutcomeId(2)),
            negated: false,
            horizon: HorizonId(2),
            over: None,
            within: false,
            given: None,
            under: None,
            viewed: None,
        },
        test,
    }
}

/// An assessment of three outcomes over `n` horizons.
fn assessment(n: usize) -> Assessment {
    let mut horizons = Table::new();
    let titles = ["Short term", "Medium term", "Long term", "h3", "h4"];
    for (i, title) in titles.iter().take(n).enumerate() {
        horizons.insert(format!("h{i}"), horizon(i, title));
    }
    let mut outcomes = Table::new();
    for (name, title, is_final) in [
        ("commitment", "Commitment at today's level", false),
        ("weakening", "Gradual disengagement, short of exit", false),
        ("exit", "Full U.S. exit", true),
    ] {
        outcomes.insert(name, outcome(name, title, is_final));
    }
    let mut drivers = Table::new();
    let event = || What::Event(Vec::new());
    drivers.insert("latitude", driver("latitude", "Latitude", event()));
    drivers.insert("eu_cuts", driver("eu_cuts", "Cuts", event()));
    drivers.insert("drift", driver("drift", "drift", event()));
    let change = |when| What::Change {
        when,
        stated: None,
        counts: Vec::new(),
    };
    let is = |i| Prop::Is(DriverId(i));
    let relations = Prop::All(vec![
        Prop::Any(vec![is(1), is(2)]),
        Prop::Not(Box::new(is(0))),
    ]);
    drivers.insert(
        "politics",
        driver("politics", "Dramatic political changes", change(is(0))),
    );
    drivers.insert(
        "relations",
        driver(
            "relations",
            "Worsening relations with NATO",
            change(relations),
        ),
    );
    let mut scenarios = Table::new();
    scenarios.insert(
        "rupture",
        Scenario {
            span: AT,
            name: spanned("rupture".to_owned()),
            title: "Allies part ways".to_owned(),
            sets: vec![
                Set {
                    span: AT,
                    driver: DriverId(1),
                    to: true,
                },
                Set {
                    span: AT,
                    driver: DriverId(0),
                    to: false,
                },
            ],
            fixes: Vec::new(),
            prose: ProseParts::default(),
        },
    );
    let mut questions = Table::new();
    questions.insert(
        "",
        Question {
            span: AT,
            name: None,
            title: "Will the United States withdraw from NATO?".to_owned(),
            outcomes: 0..3,
            priors: Vec::new(),
            counts_in: None,
            unit: None,
            confidence: None,
            prose: ProseParts::default(),
        },
    );
    Assessment {
        file: FileId(0),
        span: AT,
        title: spanned("Will the United States withdraw from NATO?".to_owned()),
        author: Some(spanned("Umut Akarsu".to_owned())),
        as_of: date(2025, 3, 1),
        as_of_dated: Dated::day(date(2025, 3, 1)),
        as_of_span: None,
        lent: None,
        scale: scales::find("icd203").expect("it is built in"),
        strengths: strengths::find("jeffreys").expect("it is built in"),
        marking: None,
        lang: None,
        tags: Vec::new(),
        prose: ProseParts::default(),
        horizons,
        timeless: false,
        past: Vec::new(),
        questions,
        outcomes,
        drivers,
        order: (0..5).map(DriverId).collect(),
        course: (0..5).map(|d| Node::Driver(DriverId(d))).collect(),
        exclusives: Vec::new(),
        chains: Vec::new(),
        quantities: Table::new(),
        impacts: Vec::new(),
        risks: Vec::new(),
        conditions: Table::new(),
        overlaps: Vec::new(),
        scenarios,
        bets: Vec::new(),
        expects: vec![
            expect(
                "exit by h0: almost no chance",
                Test::Word(spanned("almost no chance".into())),
            ),
            expect("exit by h2: at most 20%", Test::Between(0.0, 0.2)),
            expect("exit by h2: leads", Test::Leads),
        ],
        sections: Vec::new(),
        views: Table::new(),
        pools: Table::new(),
        judgements: Vec::new(),
        resolved: Vec::new(),
        uses: Vec::new(),
        vocabularies: Vec::new(),
        assumed: vec![
            "`h2` has no end: 2028-03-01 is taken, which is a sentence that goes on for longer \
             than one line"
                .to_owned(),
        ],
    }
}

fn outcomes(probabilities: [f64; 3], ranges: bool) -> Vec<OutcomeVerdict> {
    let each = probabilities.iter().map(|&probability| OutcomeVerdict {
        probability: Estimate::exact(probability),
        interval: ranges.then_some((probability * 0.7, probability + (1.0 - probability) * 0.2)),
        prior: probability,
    });
    each.collect()
}

fn conditional(chance: f64, given: Option<[f64; 3]>, leader: u32, flips: bool) -> Conditional {
    Conditional {
        chance: Estimate::exact(chance),
        effective: None,
        given: match given.map(|all| all.map(Estimate::exact).to_vec()) {
            None => Given::Impossible,
            Some(all) if chance <= 0.0 => Given::Hypothetical(all),
            Some(all) => Given::Known(all),
        },
        absent: Given::Known([0.57, 0.4095, 0.0205].map(Estimate::exact).to_vec()),
        leader: OutcomeId(leader),
        flips,
        without: Some(OutcomeId(0)),
        absence_flips: false,
    }
}

fn verdict(n: usize, ranges: bool) -> Verdict {
    let shares = [
        [0.61, 0.3695, 0.0205],
        [0.372_3, 0.583_7, 0.044],
        [0.218, 0.5819, 0.200_1],
        [0.1, 0.2, 0.7],
        [0.004, 0.001, 0.995],
    ];
    let at = |i: usize| HorizonVerdict {
        outcomes: outcomes(shares[i], ranges),
        leader: OutcomeId([0, 1, 1, 2, 2][i]),
        margin: [0.2405, 0.2114, 0.3639, 0.5, 0.991][i],
        confidence: [Confidence::Moderate, Confidence::Low, Confidence::High][i % 3],
        given_chance: None,
        effective: None,
    };
    let by_horizon = |values: &[Conditional]| (0..n).map(|i| values[i % 3].clone()).collect();
    Verdict {
        method: Method {
            states: 4_096,
            draws: if ranges { 2_000 } else { 0 },
            seed: 1,
            transformed: None,
            sampled: None,
        },
        base: None,
        horizons: (0..n).map(at).collect(),
        questions: Vec::new(),
        judgements: Vec::new(),
        views: Vec::new(),
        pools: Vec::new(),
        quantities: Vec::new(),
        changes: vec![
            ChangeVerdict {
                change: DriverId(3),
                horizons: by_horizon(&[
                    conditional(0.01, Some([0.55, 0.4095, 0.0405]), 0, false),
                    conditional(0.05, Some([0.3, 0.6, 0.1]), 1, false),
                    conditional(0.12, Some([0.1, 0.3, 0.6]), 2, true),
                ]),
                idle: Vec::new(),
            },
            ChangeVerdict {
                change: DriverId(4),
                horizons: by_horizon(&[
                    conditional(0.0, None, 0, false),
                    conditional(0.0, Some([0.5, 0.4795, 0.0205]), 1, false),
                    conditional(0.0, Some([0.57, 0.4095, 0.0205]), 0, false),
                ]),
                idle: vec![DriverId(2)],
            },
        ],
        events: vec![EventVerdict {
            event: DriverId(0),
            horizons: (0..n)
                .map(|_| EventAt {
                    chance: Estimate::exact(0.15),
                    interval: ranges.then_some((0.1, 0.2)),
                })
                .collect(),
        }],
        scenarios: vec![ScenarioVerdict {
            scenario: ScenarioId(0),
            horizons: (0..n)
                .map(|_| (OutcomeId(1), [0.3, 0.6, 0.1].map(Estimate::exact).to_vec()))
                .collect(),
        }],
        expectations: vec![
            Answer {
                value: Some(0.0205),
                error: None,
                other: None,
                holds: true,
            },
            Answer {
                value: Some(0.200_1),
                error: None,
                other: None,
                holds: false,
            },
            Answer {
                value: Some(0.200_1),
                error: None,
                other: None,
                holds: false,
            },
        ],
        bets: Vec::new(),
        event_contributions: Vec::new(),
        contributions: vec![Contribution {
            driver: DriverId(3),
            horizon: HorizonId(0),
            outcome: OutcomeId(2),
            decibans: -20.0,
            error: None,
            points: -1.9,
        }],
        assumed: vec!["something that inference took for granted".to_owned()],
    }
}

fn evaluated(n: usize, ranges: bool, asked: Asked) -> Evaluated {
    let mut sources = SourceMap::new();
    sources.add(Source::new("nato.assess", ""));
    Evaluated {
        sources,
        assessment: assessment(n),
        verdict: verdict(n, ranges),
        asked,
    }
}

fn show(format: &str, evaluated: Evaluated) -> String {
    let format = EVAL_FORMATS.iter().find(|f| f.name == format);
    (format.expect("it is a format").write)(&[evaluated], PLAIN)
}

#[test]
fn text() {
    insta::assert_snapshot!(show("text", evaluated(3, true, Asked::default())));
}

#[test]
fn text_of_many_horizons_and_no_ranges() {
    insta::assert_snapshot!(show("text", evaluated(5, false, Asked::default())));
}

#[test]
fn text_of_a_part_given_something_that_cannot_happen_everywhere() {
    let asked = Asked {
        given: Some("latitude and drift".to_owned()),
        under: Some(ScenarioId(0)),
        sets: vec![(DriverId(2), false)],
        horizons: vec![HorizonId(0), HorizonId(2)],
        outcomes: vec![OutcomeId(2)],
        ..Asked::default()
    };
    let mut e = evaluated(3, true, asked);
    for (i, h) in e.verdict.horizons.iter_mut().enumerate() {
        h.given_chance = Some(Estimate::exact([0.0, 0.1, 0.25][i]));
        if i == 0 {
            h.outcomes
                .iter_mut()
                .for_each(|o| o.probability.value = f64::NAN);
        }
    }
    let json = show("json", clone(&e));
    insta::assert_snapshot!("part_json", json);
    insta::assert_snapshot!("part_csv", show("csv", clone(&e)));
    insta::assert_snapshot!("part_markdown", show("markdown", clone(&e)));
    insta::assert_snapshot!(show("text", e));
}

fn clone(e: &Evaluated) -> Evaluated {
    Evaluated {
        sources: e.sources.clone(),
        assessment: e.assessment.clone(),
        verdict: e.verdict.clone(),
        asked: e.asked.clone(),
    }
}

#[test]
fn json() {
    insta::assert_snapshot!(show("json", evaluated(3, true, Asked::default())));
}

#[test]
fn csv() {
    insta::assert_snapshot!(show("csv", evaluated(3, false, Asked::default())));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(show("markdown", evaluated(3, true, Asked::default())));
}
