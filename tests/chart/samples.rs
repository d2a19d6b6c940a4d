//! Charts to draw: a usual one, one of each, as much as a page should bear, and hostile text.

use assess::chart::events::{self, Event, Events};
use assess::chart::outcomes::{self, Outcome, Outcomes};
use assess::chart::tornado::{TippingPoint, Tornado};
use assess::chart::waterfall::{Step, Total, Waterfall};
use assess::chart::{Heading, Point};
use assess::text::round;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Usual,
    One,
    Many,
    Hostile,
}

pub(super) const SIZES: [Size; 4] = [Size::Usual, Size::One, Size::Many, Size::Hostile];

pub(super) const HOSTILE: &str = "\"><script>alert(1)</script>\u{202e}]]>&amp;<!--\u{0}\u{ffff} 退出 🇪🇺 wwwwwwwwwwwwwwwwwwwwwwwwwwww";

/// Numbers that look drawn by chance, and are the same each time.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    /// From 0 to 1.
    pub(super) fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1u32 << 31)
    }
}

fn heading(size: Size, title: &str) -> Heading {
    Heading {
        title: match size {
            Size::Hostile => HOSTILE.to_owned(),
            _ => title.to_owned(),
        },
        caption: "Will the United States withdraw from NATO? As of 2025-03-01.".to_owned(),
        ..Heading::default()
    }
}

fn point(value: f64, half: f64) -> Point {
    let interval = (half > 0.0).then(|| ((value - half).max(0.001), (value + half).min(0.999)));
    let word = match value {
        v if v < 0.05 => "almost no chance",
        v if v < 0.2 => "very unlikely",
        v if v < 0.45 => "unlikely",
        v if v < 0.55 => "roughly even chance",
        v if v < 0.8 => "likely",
        v if v < 0.95 => "very likely",
        _ => "almost certain",
    };
    Point {
        value,
        interval,
        text: round::percent(value),
        range: interval.map(|(low, high)| round::interval(low, high)),
        word: word.to_owned(),
        span: (interval.is_some_and(|(low, high)| low < 0.45 && high > 0.55))
            .then(|| "unlikely to likely".to_owned()),
    }
}

fn title(size: Size, title: &str) -> String {
    match size {
        Size::Hostile => HOSTILE.to_owned(),
        _ => title.to_owned(),
    }
}

const TITLES: [&str; 8] = [
    "Continued presence, with some reductions",
    "Gradual disengagement, short of exit",
    "Full U.S. exit",
    "A European command takes over the larger part of the integrated military structure",
    "Dormant membership",
    "A bilateral system of treaties replaces the alliance",
    "Return",
    "Dissolution of the alliance by common consent of all of its members",
];

pub(super) fn outcomes(size: Size) -> Outcomes {
    let usual: (&[(&str, &str)], &[&[f64]]) = (
        &[
            ("Short term", "2025-09-01"),
            ("Medium term", "2026-09-01"),
            ("Long term", "2030-03-01"),
        ],
        &[
            &[0.64, 0.32, 0.21],
            &[0.35, 0.62, 0.65],
            &[0.005, 0.063, 0.14],
        ],
    );
    let (horizons, values): (Vec<(String, String)>, Vec<Vec<f64>>) = match size {
        Size::Usual | Size::Hostile => (
            usual
                .0
                .iter()
                .map(|(t, d)| (title(size, t), (*d).to_owned()))
                .collect(),
            usual.1.iter().map(|v| v.to_vec()).collect(),
        ),
        Size::One => (
            vec![("By the end of 2026".into(), "2026-12-31".into())],
            vec![vec![1.0]],
        ),
        Size::Many => {
            let mut numbers = Numbers(7);
            let names = [
                "Weeks",
                "This season",
                "One year",
                "The term of office",
                "Ten years",
                "A generation from now",
            ];
            let horizons = names.iter().enumerate();
            let horizons =
                horizons.map(|(i, n)| ((*n).to_owned(), format!("20{}-06-30", 25 + 3 * i)));
            let mut values = vec![Vec::new(); 8];
            for h in 0..6 {
                let mut shares: Vec<f64> = (0..8).map(|_| numbers.next().powi(5) + 0.01).collect();
                shares[h % 3] += 0.4;
                let sum: f64 = shares.iter().sum();
                for (o, share) in shares.iter().enumerate() {
                    values[o].push(share / sum);
                }
            }
            (horizons.collect(), values)
        }
    };
    let leader = |h: usize| {
        let at = |o: &usize| values[*o][h];
        (0..values.len()).max_by(|a, b| at(a).total_cmp(&at(b)))
    };
    Outcomes {
        heading: heading(size, "Outcomes over the horizons"),
        horizons: horizons
            .into_iter()
            .enumerate()
            .map(|(h, (title, to))| outcomes::Horizon {
                title,
                to,
                leader: leader(h),
            })
            .collect(),
        outcomes: values
            .iter()
            .enumerate()
            .map(|(o, values)| Outcome {
                title: title(size, TITLES[o]),
                is_final: o == 2 || o == 7,
                points: values
                    .iter()
                    .map(|v| {
                        Some(point(
                            *v,
                            if size == Size::One {
                                0.0
                            } else {
                                v * (1.0 - v) * 0.45
                            },
                        ))
                    })
                    .collect(),
            })
            .collect(),
    }
}

pub(super) fn events(size: Size) -> Events {
    let mut numbers = Numbers(3);
    let usual = [
        ("U.S. troops in Europe are reduced", [0.63, 0.87, 0.93]),
        ("The war in Ukraine ends by negotiation", [0.15, 0.35, 0.55]),
        (
            "The presidency gains wider latitude in foreign policy",
            [0.032, 0.092, 0.27],
        ),
        ("Shifts in global security", [0.04, 0.10, 0.25]),
        (
            "European members cut their defence commitments",
            [0.02, 0.06, 0.14],
        ),
        (
            "Major members drift from U.S. leadership",
            [0.01, 0.03, 0.09],
        ),
    ];
    let days = [184.0, 549.0, 1826.0, 3000.0, 5000.0, 7300.0];
    let dates = [
        "2025-09-01",
        "2026-09-01",
        "2030-03-01",
        "2033-05-18",
        "2038-11-08",
        "2045-02-24",
    ];
    let (count, across) = match size {
        Size::Usual => (6, 3),
        Size::Hostile => (3, 3),
        Size::One => (1, 1),
        Size::Many => (30, 6),
    };
    let event = |i: usize| {
        let mut chance = 0.0;
        let values: Vec<f64> = (0..across)
            .map(|h| {
                chance += (1.0 - chance) * numbers.next().powi(3);
                if across == 3 { usual[i].1[h] } else { chance }
            })
            .collect();
        let name = if size == Size::Many {
            format!("{} ({})", usual[i % 6].0, i + 1)
        } else {
            title(size, usual[i].0)
        };
        Event {
            title: name,
            now: 0.0,
            points: values
                .iter()
                .map(|v| {
                    point(
                        *v,
                        if i.is_multiple_of(2) {
                            v * (1.0 - v) * 0.4
                        } else {
                            0.0
                        },
                    )
                })
                .collect(),
        }
    };
    Events {
        heading: heading(size, "Each event’s chance over time"),
        from: "2025-03-01".to_owned(),
        horizons: (0..across)
            .map(|h| events::Horizon {
                title: format!("Horizon {h}"),
                to: dates[h].to_owned(),
                days: days[h],
            })
            .collect(),
        events: (0..count).map(event).collect(),
        hypothetical: match size {
            Size::One => Vec::new(),
            Size::Hostile => vec![HOSTILE.to_owned()],
            _ => vec!["eu_cuts".to_owned(), "drift".to_owned()],
        },
    }
}

pub(super) fn waterfall(size: Size) -> Waterfall {
    let usual = [
        ("Priorities shift from NATO towards Russia", -14.2),
        ("Rhetoric against NATO and European security", -9.3),
        ("American interests in Europe", 12.4),
        ("The President has not said that he will withdraw", 11.0),
        ("U.S. troops in Europe are reduced", 4.05),
        ("Allies push for a stronger alliance", -2.6),
        (
            "Congressional, legal and institutional barriers, as they stand since the act of 2024",
            0.62,
        ),
        ("Dramatic political changes", -0.04),
        ("Shifts in global security", 0.002),
    ];
    let mut numbers = Numbers(11);
    let steps: Vec<Step> = match size {
        Size::Usual => usual
            .iter()
            .map(|(t, p)| Step {
                title: (*t).to_owned(),
                points: *p,
            })
            .collect(),
        Size::Hostile => vec![Step {
            title: HOSTILE.to_owned(),
            points: -2.0,
        }],
        Size::One => vec![Step {
            title: "Priorities shift".to_owned(),
            points: 1.0,
        }],
        Size::Many => (0..50)
            .map(|i| Step {
                title: format!("{} ({})", usual[i % 9].0, i + 1),
                points: (numbers.next() - 0.5).powi(3) * 60.0,
            })
            .collect(),
    };
    let prior = if size == Size::One { 0.95 } else { 0.45 };
    let verdict = prior + steps.iter().map(|s| s.points).sum::<f64>() / 100.0;
    let total = |label: &str, value: f64| Total {
        label: label.to_owned(),
        value,
        text: round::percent(value),
    };
    Waterfall {
        heading: heading(
            size,
            "From the prior to the verdict: continued presence, short term",
        ),
        prior: total("Prior", prior),
        steps,
        verdict: total("Verdict", verdict),
    }
}

pub(super) fn tornado(size: Size) -> Tornado {
    let usual = [
        ("prior presence", "62%", "48%", "disengagement", -2.5),
        ("prior disengagement", "34%", "48%", "disengagement", 2.6),
        (
            "russia weight for disengagement, exit",
            "2:1",
            "4:1",
            "disengagement",
            3.0,
        ),
        (
            "interests weight for presence",
            "2:1",
            "1.1:1 against",
            "disengagement",
            -3.3,
        ),
        (
            "statements weight for presence",
            "2:1",
            "1.1:1 against",
            "disengagement",
            -3.6,
        ),
        (
            "rhetoric weight for disengagement, exit",
            "2:1",
            "4.9:1",
            "disengagement",
            3.9,
        ),
        (
            "the_congressional_barriers_of_2024_as_amended weight against exit if resolved",
            "100:1",
            "1.2:1 for",
            "exit",
            -35.7,
        ),
    ];
    let tip = |i: usize| {
        let (label, today, then, leader, turn) = usual[i % 7];
        let turn = turn * (1.0 + (i / 7) as f64 * 0.3);
        TippingPoint {
            label: if i < 7 {
                title(size, label)
            } else {
                format!("{label} ({i})")
            },
            today: today.to_owned(),
            then: then.to_owned(),
            leader: title(size, leader),
            turn,
            distance: format!("{:.1} dB", turn.abs()),
        }
    };
    let count = match size {
        Size::Usual => 7,
        Size::One => 1,
        Size::Many => 60,
        Size::Hostile => 2,
    };
    Tornado {
        heading: heading(size, "What makes another outcome lead: short term"),
        tips: (0..count).map(tip).collect(),
        rest: vec!["No value of any of the other 20 numbers flips it.".to_owned()],
    }
}

/// A waterfall of these contributions, all in percentage points.
pub(super) fn steps(prior: f64, points: &[f64], verdict: f64) -> Waterfall {
    let total = |label: &str, value: f64| Total {
        label: label.to_owned(),
        value: value / 100.0,
        text: round::percent(value / 100.0),
    };
    let steps = points.iter().enumerate().map(|(i, &points)| Step {
        title: format!("Reason {i}"),
        points,
    });
    Waterfall {
        heading: Heading::default(),
        prior: total("Prior", prior),
        steps: steps.collect(),
        verdict: total("Verdict", verdict),
    }
}
