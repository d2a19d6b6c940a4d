//! Which reasons were right.

use crate::infer::read::{assessment, verdict};
use assess::record::credit::{Credits, reasons};
use assess::record::gather::prior_alone;
use assess::resolve::assessment::{Assessment, HorizonId};

const TEXT: &str = "assessment \"?\" { as of: 2025-01-01 }
horizon short: 0 to 6 months
horizon long: 6 to 18 months
outcome stay
outcome fade
final outcome exit
prior {
  exit: 5% by short, 15% by long
  fade: 30%
  stay: rest
}
event talk {
  chance: 40% by short, 60% by long
  weight against exit: strong
  evidence \"Seen\" { source: \"Wires\", rated: B2 }
}
factor mood {
  weight for fade: moderate
  evidence \"Heard\" { source: \"Press\", rated: C3 }
  evidence \"Read\" { source: \"Wires\", rated: C3 }
}
factor law { holds: 70%; weight for stay: weak }
change deal { when: talk; count mood: 50%; weight for stay: weak }
";

fn text() -> String {
    TEXT.replace("; ", "\n  ")
}

/// The prior of the only question.
fn prior_of(a: &Assessment, h: HorizonId) -> Vec<f64> {
    let question = a.questions.values().next().expect("a question");
    prior_alone(a, question, h, &vec![0.0; a.outcomes.len()])
}

#[test]
fn shares_sum_to_the_score_of_the_verdict_less_that_of_the_prior() {
    let a = assessment(&text());
    let verdict = verdict(&a);
    for (place, h) in a.horizons.ids().enumerate() {
        for truth in [
            [1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [0.0, 0.0, 1.0],
            [0.5, 0.5, 0.0],
        ] {
            let credits = Credits::new(&a)
                .expect("small")
                .of(h, &truth, 1e-6)
                .expect("small");
            assert_eq!(credits.len(), 4);
            let prior = prior_of(&a, h);
            let mut by_hand = 0.0;
            for o in 0..3 {
                let p = verdict.horizons[place].outcomes[o].probability.value;
                by_hand += truth[o] * (p / prior[o]).log2();
            }
            let sum: f64 = credits.iter().map(|c| c.bits).sum();
            assert!((sum - by_hand).abs() < 1e-12, "{sum}, by hand {by_hand}");
        }
    }
    let fade = [0.0, 1.0, 0.0];
    let h = a.horizons.ids().next().expect("short");
    let credits = Credits::new(&a)
        .expect("small")
        .of(h, &fade, 1e-6)
        .expect("small");
    let of = |name: &str| credits.iter().find(|c| c.driver == name).expect("a driver");
    assert!(of("mood").bits > 0.3 && of("law").bits < 0.0, "{credits:?}");
    assert_eq!(of("mood").sources, ["Press", "Wires"]);
    let all = reasons(credits.iter());
    for by in ["kind", "rating", "source", "driver"] {
        let own: f64 = all.iter().filter(|r| r.by == by).map(|r| r.bits).sum();
        let sum: f64 = credits.iter().map(|c| c.bits).sum();
        assert!((own - sum).abs() < 1e-12, "{by}");
    }
}

#[test]
fn the_order_of_the_file_changes_nothing() {
    let text = text();
    let (head, drivers) = text.split_at(text.find("event talk").expect("drivers"));
    let law = drivers.find("factor law").expect("law");
    let turned = format!("{head}{}{}", &drivers[law..], &drivers[..law]);
    let (a, b) = (assessment(&text), assessment(&turned));
    let of = |a: &assess::resolve::assessment::Assessment| {
        let h = a.horizons.ids().next().expect("short");
        Credits::new(a)
            .expect("small")
            .of(h, &[0.0, 1.0, 0.0], 1e-6)
            .expect("small")
    };
    assert_eq!(of(&a), of(&b));
}

#[test]
fn many_reasons_are_tried_in_some_orders_and_still_sum() {
    let many: String = (0..13)
        .map(|i| format!("factor f{i} {{ weight for fade: {}:1 }}\n", 2 + i % 3))
        .collect();
    let a = assessment(&format!("{}{many}", text()));
    let verdict = verdict(&a);
    let h = a.horizons.ids().next().expect("short");
    let credits = Credits::new(&a)
        .expect("small")
        .of(h, &[0.0, 1.0, 0.0], 1e-6)
        .expect("small");
    let sum: f64 = credits.iter().map(|c| c.bits).sum();
    let by_hand = (verdict.horizons[0].outcomes[1].probability.value / prior_of(&a, h)[1]).log2();
    assert!((sum - by_hand).abs() < 1e-11, "{sum}, by hand {by_hand}");
}
