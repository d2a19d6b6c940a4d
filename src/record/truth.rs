//! What came true, by what an assessment's `resolved` items say.
//!
//! In: an assessment. Out: for each of its horizons, those that are over included, how far each
//! outcome came true, whether an event had happened, whether a proposition held; none where nothing
//! tells. A month counts as its first day where hindsight must be kept out.

use crate::resolve::assessment::{
    Assessment, Decided, DriverId, OutcomeId, Prop, QuantityId, Query, Question, QuestionId,
    Resolved, ResolvedWhat, Target, What,
};
use crate::resolve::table::Id;
use jiff::civil::Date;

/// A horizon, over or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Extent {
    pub(crate) name: String,
    /// Its last day.
    pub(crate) to: Date,
}

/// What came true of one question at one horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// By outcome in the file's order; they sum to 1. Empty where the question had no answer.
    pub(crate) shares: Vec<f64>,
    /// The day on which this was known.
    pub(crate) on: Date,
    /// What was done with what is stated, where it is no single outcome.
    pub(crate) said: Option<String>,
}

/// What an assessment says came true.
pub struct Truth<'a> {
    assessment: &'a Assessment,
    /// In order of time.
    pub(crate) horizons: Vec<Extent>,
    /// Every resolution with the place of its horizon.
    all: Vec<(&'a Resolved, Option<usize>)>,
}

const SLACK: f64 = 1e-9;

impl<'a> Truth<'a> {
    /// Reads the resolutions.
    pub fn new(assessment: &'a Assessment) -> Self {
        let past = assessment.past.iter();
        let past_horizons = past.clone().map(|p| Extent {
            name: p.name.node.clone(),
            to: p.to,
        });
        let live = assessment.horizons.iter().map(|(id, h)| Extent {
            name: assessment.horizons.name(id).to_owned(),
            to: h.to,
        });
        let over = assessment.past.len();
        let mut all: Vec<(&Resolved, Option<usize>)> = Vec::new();
        for (i, horizon) in past.enumerate() {
            all.extend(horizon.resolved.iter().map(|r| (r, Some(i))));
        }
        let of_live = assessment.resolved.iter();
        all.extend(of_live.map(|r| (r, r.horizon.map(|h| over + h.index()))));
        Truth {
            assessment,
            horizons: past_horizons.chain(live).collect(),
            all,
        }
    }

    /// The place of a horizon by its name.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.horizons.iter().position(|h| h.name == name)
    }

    fn day(&self, resolved: &Resolved, place: usize) -> Date {
        let on = resolved.on.as_ref().map(|on| on.node.first());
        on.unwrap_or(self.horizons[place].to)
    }

    /// How far each outcome of a question came true at a horizon.
    pub fn outcomes(&self, question: QuestionId, place: usize) -> Option<Settled> {
        let end = self.horizons[place].to;
        let question = &self.assessment.questions[question];
        let mut stated: Vec<Option<f64>> = vec![None; question.ids().len()];
        let mut on: Option<Date> = None;
        let own = |what: &ResolvedWhat| matches!(what, ResolvedWhat::Outcome { outcome, .. } if question.has(*outcome));
        // Of several questions those that have an answer are not void.
        let answered = self.assessment.questions.len() > 1
            && self
                .all
                .iter()
                .any(|(r, at)| *at == Some(place) && own(&r.what));
        for (resolved, at) in &self.all {
            let here = *at == Some(place);
            match resolved.what {
                ResolvedWhat::Void if here && !answered => {
                    return Some(Settled {
                        shares: Vec::new(),
                        on: self.day(resolved, place),
                        said: Some("void: not scored".to_owned()),
                    });
                }
                ResolvedWhat::Outcome { outcome, share } if question.has(outcome) => {
                    let stays = self.assessment.outcomes[outcome].is_final && share > 0.0;
                    let earlier = at.is_some_and(|at| at < place);
                    let then = resolved.on.as_ref().is_some_and(|on| on.node.last() <= end);
                    if here || stays && (earlier || then) {
                        let slot = &mut stated[question.place(outcome)];
                        *slot = Some(slot.unwrap_or(0.0).max(share));
                        let day = self.day(resolved, place);
                        // Known when the last of it is.
                        on = Some(on.map_or(day, |before| before.max(day)));
                    }
                }
                _ => {}
            }
        }
        if stated.iter().flatten().sum::<f64>() <= SLACK {
            on = self.decided(question, place, &mut stated).or(on);
        }
        let on = on?;
        let sum: f64 = stated.iter().flatten().sum();
        let unnamed = stated.iter().filter(|s| s.is_none()).count();
        // Of what is said not to have come alone nothing follows, unless one is left.
        if sum <= SLACK && unnamed != 1 {
            return None;
        }
        let (mut said, mut scale, mut rest) = (None, 1.0, 0.0);
        let several = stated.iter().flatten().filter(|s| **s > SLACK).count() > 1;
        if sum > 1.0 + SLACK {
            scale = 1.0 / sum;
            said = Some("several came true: each counts in equal proportion".to_owned());
        } else if sum < 1.0 - SLACK && unnamed > 0 {
            rest = (1.0 - sum) / unnamed as f64;
            if sum > SLACK {
                said = Some("a share is left over: divided among the other outcomes".to_owned());
            }
        } else if sum < 1.0 - SLACK {
            scale = 1.0 / sum;
            said = Some("shares below 100%: taken in proportion".to_owned());
        } else if several {
            said = Some("shares: each outcome counts as far as it came true".to_owned());
        }
        let shares = stated.into_iter().map(|s| s.map_or(rest, |s| s * scale));
        Some(Settled {
            shares: shares.collect(),
            on,
            said,
        })
    }

    /// What is decided follows from what is known, where no line says it; the day on which it was.
    fn decided(
        &self,
        question: &Question,
        place: usize,
        stated: &mut [Option<f64>],
    ) -> Option<Date> {
        let mut known: Option<Date> = None;
        let (mut whens, mut failed) = (0, 0);
        for (slot, id) in stated.iter_mut().zip(question.ids()) {
            let Some(Decided::When(when)) = &self.assessment.outcomes[id].decided else {
                continue;
            };
            whens += 1;
            if let Some((held, on)) = self.prop(when, place) {
                if held {
                    *slot = Some(1.0);
                    return Some(on);
                }
                *slot = Some(0.0);
                failed += 1;
                known = known.max(Some(on));
            }
        }
        let otherwise =
            |id: OutcomeId| self.assessment.outcomes[id].decided == Some(Decided::Otherwise);
        if let Some(id) = question.ids().find(|id| otherwise(*id))
            && failed == whens
        {
            stated[question.place(id)] = Some(1.0);
        }
        known
    }

    /// Whether a resolution of a horizon names an outcome.
    pub fn names(&self, outcome: OutcomeId, place: usize) -> bool {
        self.all.iter().any(|(resolved, at)| {
            let is_named =
                matches!(resolved.what, ResolvedWhat::Outcome { outcome: o, .. } if o == outcome);
            is_named && *at == Some(place)
        })
    }

    /// How far one outcome came true, and when that was known.
    pub fn outcome(&self, outcome: OutcomeId, place: usize) -> Option<(f64, Date)> {
        let id = self.assessment.outcomes[outcome].question;
        let settled = self.outcomes(id, place)?;
        let place = self.assessment.questions[id].place(outcome);
        Some((*settled.shares.get(place)?, settled.on))
    }

    /// What a quantity came to in a horizon, and when that was known.
    pub fn number(&self, quantity: QuantityId, place: usize) -> Option<(f64, Date)> {
        self.all.iter().find_map(|(resolved, at)| {
            let here = *at == Some(place);
            match resolved.what {
                ResolvedWhat::Number {
                    quantity: q,
                    number,
                } if here && q == quantity => Some((number, self.day(resolved, place))),
                _ => None,
            }
        })
    }

    /// Whether an event had happened by a horizon's end, and when that was known.
    pub fn event(&self, event: DriverId, place: usize) -> Option<(bool, Date)> {
        let end = self.horizons[place].to;
        let own = self
            .all
            .iter()
            .filter_map(|(resolved, at)| match resolved.what {
                ResolvedWhat::Event { event: e, happened } if e == event => {
                    Some((*resolved, *at, happened))
                }
                _ => None,
            });
        let mut known: Option<(bool, Date)> = None;
        for (resolved, at, happened) in own {
            let on = resolved.on.as_ref().map(|on| on.node);
            // Behind the end of the horizon that it names, the day is that on which it was known.
            let late = |on: Date, at: usize| on > self.horizons[at].to;
            let found = match (happened, on, at) {
                (true, Some(on), Some(at)) if late(on.first(), at) => {
                    (place >= at).then(|| (true, on.first()))
                }
                (true, Some(on), _) if on.last() <= end => Some((true, on.first())),
                (true, Some(on), _) if on.first() > end => Some((false, end)),
                (true, None, Some(at)) if at <= place => Some((true, end)),
                (false, on, Some(at)) if at >= place => {
                    Some((false, on.map_or(end, |on| on.first().min(end))))
                }
                (false, Some(on), None) if on.first() >= end => Some((false, end)),
                _ => None,
            };
            // That it happened weighs more than that somebody had not seen it.
            if found.is_some_and(|f| f.0) || known.is_none() {
                known = found.or(known);
            }
        }
        known
    }

    /// Whether an event had happened by a day.
    pub fn happened_by(&self, event: DriverId, day: Date) -> bool {
        self.all.iter().any(|(resolved, _)| {
            let by = resolved.on.as_ref().is_some_and(|on| on.node.last() <= day);
            by && matches!(resolved.what, ResolvedWhat::Event { event: e, happened: true } if e == event)
        })
    }

    /// Whether a proposition held at a horizon's end, and when that was known; none where it rests on
    /// what nothing tells.
    pub fn prop(&self, prop: &Prop, place: usize) -> Option<(bool, Date)> {
        let each = |list: &[Prop]| -> Vec<Option<(bool, Date)>> {
            list.iter().map(|p| self.prop(p, place)).collect()
        };
        match prop {
            Prop::Is(driver) => match &self.assessment.drivers[*driver].what {
                What::Event(_) => self.event(*driver, place),
                What::Change { when, .. } => self.prop(when, place),
                What::Factor(_) | What::Assumption(_) => None,
            },
            // One that came true in part neither held nor failed.
            Prop::Outcome(outcome) => match self.outcome(*outcome, place)? {
                (share, on) if share == 0.0 || share == 1.0 => Some((share == 1.0, on)),
                _ => None,
            },
            Prop::Reaches(quantity, mark) => {
                let (number, on) = self.number(*quantity, place)?;
                Some((number >= mark.0, on))
            }
            Prop::Not(inner) => self.prop(inner, place).map(|(held, on)| (!held, on)),
            Prop::All(list) => at_least(list.len(), &each(list)),
            Prop::Any(list) => at_least(1, &each(list)),
            Prop::AtLeast(n, list) => at_least(*n as usize, &each(list)),
        }
    }

    /// How far what a query asks for came true at a horizon; none for what is asked under conditions.
    pub fn query(&self, query: &Query, place: usize) -> Option<(f64, Date)> {
        if query.given.is_some() || query.under.is_some() || query.viewed.is_some() {
            return None;
        }
        let as_share = |(held, on): (bool, Date)| (f64::from(u8::from(held)), on);
        let at = |place: usize| match &query.target {
            Target::Outcome(outcome) => self.outcome(*outcome, place),
            Target::Prop(prop) => self.prop(prop, place).map(as_share),
            Target::Figure(..) => None,
        };
        // Over several horizons it is settled as soon as any, or every one, is.
        if let Some(over) = &query.over {
            let each = over.horizons.iter().map(|h| {
                let name = self.assessment.horizons.name(*h);
                let (share, on) = at(self.place(name)?)?;
                (share == 0.0 || share == 1.0).then_some((share == 1.0, on))
            });
            let each: Vec<_> = each.collect();
            let needed = if over.every { each.len() } else { 1 };
            let (held, on) = as_share(at_least(needed, &each)?);
            return Some((if query.negated { 1.0 - held } else { held }, on));
        }
        let (mut share, mut on) = at(place)?;
        if query.within && place > 0 {
            let (before, then) = at(place - 1)?;
            share -= before;
            on = on.max(then);
        }
        Some((if query.negated { 1.0 - share } else { share }, on))
    }
}

/// Whether at least so many hold, as soon as that is certain.
fn at_least(n: usize, all: &[Option<(bool, Date)>]) -> Option<(bool, Date)> {
    let held = all.iter().flatten().filter(|f| f.0).count();
    let open = all.iter().filter(|f| f.is_none()).count();
    let known = if held >= n {
        true
    } else if held + open < n {
        false
    } else {
        return None;
    };
    let days = all.iter().flatten().filter(|f| f.0 == known).map(|f| f.1);
    Some((known, days.max().unwrap_or(Date::MIN)))
}
