//! What other voices say: views, pools, key judgements.

use super::{
    Assessment, Confidence, DriverId, Expect, Name, PoolId, ProseParts, Query, Spanned, Text,
    ViewId,
};
use crate::phrases::Phrases;
pub use crate::syntax::ast::Pooling;
use crate::text::source::Span;
use std::sync::Arc;

/// A view: the file with other clauses in place of some of its own.
#[derive(Debug, Clone)]
pub struct View {
    /// The whole item.
    pub(crate) span: Span,
    /// Its id.
    pub(crate) name: Name,
    /// Its title, or its id.
    pub(crate) title: String,
    /// Whose view it is.
    pub(crate) author: Option<Text>,
    /// `confidence:` as stated.
    pub(crate) confidence: Option<Spanned<Confidence>>,
    /// `note:`, `context:`, `source:`
    pub(crate) prose: ProseParts,
    /// What is left out, by the ids of the file.
    pub(crate) without: Vec<DriverId>,
    /// The file as this view has it. What the file declares has the same ids in it; what only the view
    /// has stands behind.
    pub assessment: Arc<Assessment>,
}

/// One of those whose probabilities are pooled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The file itself: `own`.
    Own,
    /// A view.
    View(ViewId),
}

/// Several voices as one.
#[derive(Debug, Clone)]
pub struct Pool {
    /// The whole item.
    pub(crate) span: Span,
    /// Its id.
    pub(crate) name: Name,
    /// Its title, or its id.
    pub(crate) title: String,
    /// Whose probabilities are pooled, each once; two or more.
    pub(crate) of: Vec<Voice>,
    /// How much each counts, above 0; as many as `of`.
    pub(crate) weights: Vec<f64>,
    /// How.
    pub(crate) method: Pooling,
    /// The exponent on what is pooled, above 0; 1 unless stated.
    pub(crate) extremise: f64,
    /// `note:`
    pub(crate) prose: ProseParts,
}

/// A key judgement.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The whole item.
    pub(crate) span: Span,
    /// What is judged, in words.
    pub(crate) title: Text,
    /// What is asked, and what the answer must be. Its text is that of both.
    pub(crate) expect: Expect,
    /// What it says, as written.
    pub(crate) says: String,
    /// `confidence:` as stated.
    pub(crate) confidence: Option<Spanned<Confidence>>,
    /// What it rests on.
    pub(crate) rests_on: Vec<DriverId>,
    /// `note:`
    pub(crate) prose: ProseParts,
}

/// A query that is put to a view.
#[derive(Debug, Clone)]
pub struct Viewed {
    /// Which view.
    pub(crate) view: ViewId,
    /// The query over the ids of the view's assessment.
    pub(crate) query: Query,
}

impl Assessment {
    /// What a voice is called.
    pub fn voice(&self, voice: Voice) -> &str {
        match voice {
            Voice::Own => "own",
            Voice::View(view) => self.views.name(view),
        }
    }

    /// A pool's method and weights in a sentence's words: "weighted geometric mean, weights 2 : 1, extremised by 1.5".
    pub fn pooled_how(&self, pool: PoolId, say: &Phrases) -> String {
        let pool = &self.pools[pool];
        let number = |x: &f64| say.number(&x.to_string());
        let is_weighted = pool.weights.iter().any(|w| *w != pool.weights[0]);
        let how = match (pool.method, is_weighted) {
            (Pooling::Log, false) => say.get("pool_log").to_owned(),
            (Pooling::Linear, false) => say.get("pool_linear").to_owned(),
            (method, true) => {
                let weights: Vec<String> = pool.weights.iter().map(number).collect();
                let key = match method {
                    Pooling::Log => "pool_log_weighted",
                    Pooling::Linear => "pool_linear_weighted",
                };
                say.fill(key, &[("weights", &weights.join(" : "))])
            }
        };
        match pool.extremise == 1.0 {
            true => how,
            false => say.fill(
                "pool_extremised",
                &[("how", &how), ("by", &number(&pool.extremise))],
            ),
        }
    }
}
