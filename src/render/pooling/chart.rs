//! Several files as one, as a chart: what each says of every outcome, and the pool.

use crate::chart::{Drawing, Heading, Width, voices};
use crate::pooling::Pooled;
use crate::text::round;

/// Draws it.
pub fn draw(pooled: &Pooled, width: Width) -> Drawing {
    let a = pooled.first();
    let files = pooled.files.iter().map(|one| voices::Voice {
        title: one.label.clone(),
        pooled: false,
    });
    let pool = voices::Voice {
        title: "pooled".to_owned(),
        pooled: true,
    };
    let said = |p: f64| (!p.is_nan()).then(|| (p, round::tight(&round::percent_in(&a.scale, p))));
    let horizons = pooled.horizons.iter().map(|h| voices::Horizon {
        title: pooled.called(h),
        outcomes: a
            .outcomes
            .values()
            .zip(&h.outcomes)
            .map(|(outcome, at)| voices::Outcome {
                title: outcome.title.clone(),
                chances: at
                    .each
                    .iter()
                    .chain([&at.pooled])
                    .map(|p| said(*p))
                    .collect(),
            })
            .collect(),
    });
    let chart = voices::Voices {
        heading: Heading {
            title: a.title.node.clone(),
            caption: pooled.facts(),
            ..Heading::default()
        },
        voices: files.chain([pool]).collect(),
        horizons: horizons.collect(),
    };
    voices::draw(&chart, width)
}
