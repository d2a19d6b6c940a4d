//! What is known to have come true.
//!
//! In: the `resolved` items of an assessment. Out: which horizons they settle. No day is asked for.

use super::assessment::{Assessment, HorizonId, Resolved, ResolvedWhat};

impl Assessment {
    /// Whether something says what came true in a horizon, or that nobody can tell.
    pub fn is_settled(&self, horizon: HorizonId) -> bool {
        self.resolved.iter().any(|r| self.settles(r, horizon))
    }

    fn settles(&self, resolved: &Resolved, horizon: HorizonId) -> bool {
        match resolved.what {
            ResolvedWhat::Event { .. } => false,
            ResolvedWhat::Void => resolved.horizon == Some(horizon),
            ResolvedWhat::Outcome { outcome, .. } => {
                let end = self.horizons[horizon].to;
                let is_final = self.outcomes[outcome].is_final;
                let by = resolved.horizon.is_some_and(|h| h <= horizon);
                let then = resolved.on.as_ref().is_some_and(|on| on.node.last() <= end);
                resolved.horizon == Some(horizon) || is_final && (by || then)
            }
        }
    }
}
