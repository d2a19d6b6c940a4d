//! What is known to have come true.
//!
//! In: the `resolved` items of an assessment. Out: which horizons they settle. No day is asked for.

use super::assessment::{Assessment, HorizonId, QuantityId, QuestionId, Resolved, ResolvedWhat};

impl Assessment {
    /// The questions of which nothing says what came true in a horizon, nor that nobody can tell. What a `when`
    /// decides follows from the rest, where there is any.
    pub fn unsettled(&self, horizon: HorizonId) -> Vec<QuestionId> {
        let asked = |id: &QuestionId| {
            let question = &self.questions[*id];
            let follows = (self.questions.len() > 1 || !self.quantities.is_empty())
                && question.ids().all(|o| self.outcomes[o].decided.is_some());
            question.ids().next().is_some() && !follows && !self.is_settled(*id, horizon)
        };
        self.questions.ids().filter(asked).collect()
    }

    /// The quantities of which nothing says what they came to in a horizon, nor that nobody can tell.
    pub fn unsettled_numbers(&self, horizon: HorizonId) -> Vec<QuantityId> {
        let own = self.resolved.iter().filter(|r| r.horizon == Some(horizon));
        let settles = |r: &Resolved, id: QuantityId| match r.what {
            ResolvedWhat::Void => true,
            ResolvedWhat::Number { quantity, .. } => quantity == id,
            _ => false,
        };
        let open = |id: &QuantityId| !own.clone().any(|r| settles(r, *id));
        self.quantities.ids().filter(open).collect()
    }

    /// Whether something says what came true of a question in a horizon, or that nobody can tell.
    pub fn is_settled(&self, question: QuestionId, horizon: HorizonId) -> bool {
        let about = |r: &&Resolved| match r.what {
            ResolvedWhat::Outcome { outcome, .. } => self.outcomes[outcome].question == question,
            _ => true,
        };
        let mut own = self.resolved.iter().filter(about);
        own.any(|r| self.settles(r, horizon))
    }

    /// "nothing says what came true" of what: empty of all that is asked, " of `second`" of one question among others;
    /// none where everything is settled.
    pub fn unsettled_words(&self, horizon: HorizonId) -> Option<String> {
        let open = self.unsettled(horizon);
        if open.is_empty() {
            return None;
        }
        let named = open.iter().filter_map(|q| self.questions[*q].name.as_ref());
        let named: Vec<String> = named.map(|name| format!("`{}`", name.node)).collect();
        let all = open.len() == self.questions.len() || named.len() < open.len();
        Some(match all {
            true => String::new(),
            false => format!(" of {}", named.join(", ")),
        })
    }

    fn settles(&self, resolved: &Resolved, horizon: HorizonId) -> bool {
        match resolved.what {
            ResolvedWhat::Event { .. } | ResolvedWhat::Number { .. } => false,
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
