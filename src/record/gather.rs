//! From assessments to cases.
//!
//! In: what an assessment says came true, and the assessment as it stood when the forecast was made.
//! Out: what of it can be scored. Which revision counts, and reading it, is the caller's.

use super::case::{Figure, Forecast, Kind, Said};
use super::truth::Truth;
use super::weights::Push;
use super::words::Written;
use crate::admiralty;
use crate::diag::Diagnostic;
use crate::infer::mixture::Mixture;
use crate::infer::{Answers, probabilities};
use crate::resolve::assessment::{
    Assessment, DriverId, HorizonId, OutcomeId, Over, PriorOf, Prop, QuantityId, Query, Question,
    Target, Test, What,
};
use crate::resolve::assessment::{Curve, Piece};
use crate::resolve::table::Id;
use crate::text::source::{FileId, Span};
use jiff::civil::Date;

/// Something settled that a forecast may be looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// What it is.
    pub(crate) kind: Kind,
    /// The event's name, the bet's title; of outcomes the question's name, which the one at the top
    /// level lacks.
    pub(crate) id: String,
    /// The horizon's name.
    pub(crate) horizon: String,
    /// The day on which it was known.
    pub(crate) settled: Date,
    /// The names of the outcomes.
    pub(crate) outcomes: Vec<String>,
    /// How far each came true, or one number of yes; what a quantity came to.
    pub(crate) truth: Vec<f64>,
    /// What a quantity is counted in.
    pub(crate) unit: Option<String>,
    /// What was done with what is stated.
    pub(crate) said: Option<String>,
}

/// The best rating of a driver's evidence.
pub fn best_rating(a: &Assessment, driver: &str) -> Option<String> {
    let driver = &a.drivers[a.drivers.id(driver)?];
    let ratings = driver.evidence.iter().filter_map(|e| e.rated.as_ref());
    let best = ratings.map(|r| r.node).max_by(|x, y| {
        let by_discount = admiralty::discount(*x).total_cmp(&admiralty::discount(*y));
        // Of equal ones the better source.
        by_discount.then(y.source.cmp(&x.source))
    })?;
    Some(format!("{}{}", best.source, best.information))
}

/// Everything that an assessment says is settled, and how many questions were void.
pub fn settled(assessment: &Assessment) -> (Vec<Wanted>, usize) {
    let truth = Truth::new(assessment);
    let (mut wanted, mut void) = (Vec::new(), 0);
    for (place, horizon) in truth.horizons.iter().enumerate() {
        let new = |kind: Kind, id: String, share: f64, settled: Date| Wanted {
            kind,
            id,
            horizon: horizon.name.clone(),
            settled,
            outcomes: Vec::new(),
            truth: vec![share],
            unit: None,
            said: None,
        };
        for (id, quantity) in assessment.quantities.iter() {
            if let Some((number, on)) = truth.number(id, place) {
                wanted.push(Wanted {
                    unit: quantity.unit.clone(),
                    ..new(Kind::Quantity, quantity.name.node.clone(), number, on)
                });
            }
        }
        for (question, of) in assessment.questions.iter() {
            let Some(found) = truth.outcomes(question, place) else {
                continue;
            };
            if found.shares.is_empty() {
                void += 1;
                continue;
            }
            let name = assessment.questions.name(question).to_owned();
            let outcomes = of.ids().map(|o| assessment.outcomes.name(o).to_owned());
            wanted.push(Wanted {
                outcomes: outcomes.collect(),
                truth: found.shares,
                said: found.said,
                ..new(Kind::Outcomes, name, 0.0, found.on)
            });
        }
        for (id, driver) in assessment.drivers.iter() {
            if matches!(driver.what, What::Event(_))
                && let Some((happened, on)) = truth.event(id, place)
            {
                let name = assessment.drivers.name(id).to_owned();
                wanted.push(new(Kind::Event, name, f64::from(u8::from(happened)), on));
            }
        }
    }
    (wanted, void)
}

/// The assessment as it stood, ready to be asked.
pub struct Source<'a> {
    assessment: &'a Assessment,
    answers: Answers<'a>,
    /// By horizon and outcome.
    verdict: Vec<Vec<f64>>,
    /// By quantity and horizon: what is said of it, and what was before the reasons.
    numbers: Vec<(QuantityId, ByHorizon)>,
}

/// What is said of a quantity at each horizon, and what was before the reasons.
type ByHorizon = Vec<Option<(Mixture, Mixture)>>;

impl<'a> Source<'a> {
    /// Evaluates it.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn new(assessment: &'a Assessment) -> Result<Self, Box<Diagnostic>> {
        let found = probabilities(assessment)?.horizons.into_iter();
        let verdict = found.map(|at| at.map_or(Vec::new(), |at| at.outcomes));
        Ok(Source {
            assessment,
            answers: Answers::new(assessment),
            verdict: verdict.collect(),
            numbers: Vec::new(),
        })
    }

    /// What it says of something that was settled; none where it does not speak of that.
    pub fn forecast(&mut self, wanted: &Wanted) -> Option<Forecast> {
        let a = self.assessment;
        let h = a.horizons.id(&wanted.horizon)?;
        let (chances, prior) = match wanted.kind {
            Kind::Outcomes => {
                let ids: Vec<_> = wanted
                    .outcomes
                    .iter()
                    .map(|o| a.outcomes.id(o))
                    .collect::<Option<_>>()?;
                // An outcome that was there then and is not now would be left out of the sum.
                let question = &a.questions[a.outcomes[*ids.first()?].question];
                if ids.len() != question.ids().len() || !ids.iter().all(|o| question.has(*o)) {
                    return None;
                }
                let at = self.verdict.get(h.index())?;
                let alone = prior_alone(a, question, h, at);
                let chances = ids.iter().map(|o| at.get(o.index()).copied());
                let prior = ids.iter().map(|o| alone.get(question.place(*o)).copied());
                (
                    chances.collect::<Option<_>>()?,
                    prior.collect::<Option<_>>()?,
                )
            }
            Kind::Event => {
                let event = a.drivers.id(&wanted.id)?;
                if a.drivers[event].is_hypothetical() {
                    return None;
                }
                (vec![self.event(event, h)?], Vec::new())
            }
            Kind::Bet => {
                let bet = a.bets.iter().find(|b| b.title.node == wanted.id)?;
                (vec![self.answers.answer(&bet.on).ok()??], Vec::new())
            }
            Kind::Judgement => {
                let mut all = a.judgements.iter();
                let judgement = all.find(|j| j.title.node == wanted.id)?;
                let query = &judgement.expect.query;
                (vec![self.answers.answer(query).ok()??], Vec::new())
            }
            Kind::Quantity => {
                let number = self.number(wanted, h)?;
                return Some(Forecast {
                    days: 1.0,
                    chances: Vec::new(),
                    prior: Vec::new(),
                    number: Some(number),
                });
            }
        };
        Some(Forecast {
            days: 1.0,
            chances,
            prior,
            number: None,
        })
    }

    /// What is said of a quantity, in the unit in which it was settled.
    fn number(&mut self, wanted: &Wanted, h: HorizonId) -> Option<Figure> {
        let id = self.assessment.quantities.id(&wanted.id)?;
        if self.assessment.quantities[id].unit != wanted.unit {
            return None;
        }
        let place = self.numbers.iter().position(|n| n.0 == id);
        let place = match place {
            Some(place) => place,
            None => {
                self.numbers.push((id, self.answers.mixtures(id).ok()?));
                self.numbers.len() - 1
            }
        };
        let (said, before) = self.numbers[place].1.get(h.index())?.as_ref()?;
        let x = wanted.truth[0];
        let width = before.quantile(0.95) - before.quantile(0.05);
        (width > 0.0).then(|| Figure {
            crps: said.crps(x),
            before: before.crps(x),
            width,
            place: said.place(x),
            low: said.quantile(0.05),
            median: said.quantile(0.5),
            high: said.quantile(0.95),
        })
    }

    fn event(&mut self, event: DriverId, horizon: HorizonId) -> Option<f64> {
        let query = Query {
            span: Span::new(FileId(0), 0, 0),
            text: String::new(),
            target: Target::Prop(Prop::Is(event)),
            negated: false,
            horizon,
            over: None,
            within: false,
            given: None,
            under: None,
            viewed: None,
        };
        self.answers.answer(&query).ok()?
    }
}

/// The drivers of a forecast, what they say of a question's outcomes, and whether each was so.
pub fn pushes(
    then: &Assessment,
    now: &Assessment,
    truth: &Truth,
    wanted: &Wanted,
) -> Option<Vec<Push>> {
    let (h, place) = (
        then.horizons.id(&wanted.horizon)?,
        truth.place(&wanted.horizon)?,
    );
    let ids = wanted.outcomes.iter().map(|o| then.outcomes.id(o));
    let ids: Vec<OutcomeId> = ids.collect::<Option<_>>()?;
    let question = &then.questions[then.outcomes[*ids.first()?].question];
    // The others weigh by what the prior alone gives them.
    let prior = prior_alone(then, question, h, &[]);
    let each = then
        .drivers
        .iter()
        .filter(|(_, d)| d.pushes())
        .filter_map(|(id, driver)| {
            let name = then.drivers.name(id);
            let now_id = now.drivers.id(name);
            let seen = match &driver.what {
                What::Factor(rows) => rows.is_empty().then_some(true),
                What::Event(_) => now_id.and_then(|e| truth.event(e, place)).map(|f| f.0),
                What::Change { .. } => now_id
                    .and_then(|e| truth.prop(&Prop::Is(e), place))
                    .map(|f| f.0),
                What::Assumption(_) => return None,
            };
            let mut named = vec![false; ids.len()];
            let mut times = vec![1.0; question.ids().len()];
            for weight in driver.weights.iter().filter(|w| question.has(w.outcome)) {
                let at = weight.clause.values.get(h.index())?.as_ref();
                let ln = at.map_or(0.0, |n| if weight.against { -n.point } else { n.point });
                times[question.place(weight.outcome)] = libm::exp(ln);
                let own = ids
                    .iter()
                    .position(|o| *o == weight.outcome)
                    .filter(|_| at.is_some());
                own.into_iter().for_each(|i| named[i] = true);
            }
            for table in driver
                .likelihoods
                .iter()
                .filter(|l| question.has(l.outcomes[0]))
            {
                for (outcome, chance) in table.outcomes.iter().zip(&table.clause.values) {
                    times[question.place(*outcome)] = chance.point;
                    let own = ids.iter().position(|o| o == outcome);
                    own.into_iter().for_each(|i| named[i] = true);
                }
            }
            let stated = ids.iter().zip(&named).map(|(o, named)| {
                let own = question.place(*o);
                let others = (0..times.len()).filter(|i| *i != own);
                let (mut sum, mut all) = (0.0, 0.0);
                for i in others {
                    sum += prior[i] * times[i];
                    all += prior[i];
                }
                let ln = libm::log(times[own] / (sum / all));
                (*named && ln.is_finite()).then_some(ln)
            });
            Some(Push {
                driver: name.to_owned(),
                is_reason: matches!(driver.what, What::Factor(_)),
                seen,
                stated: stated.collect(),
            })
        });
    Some(each.collect())
}

/// The bets of an assessment as it stood that what is settled now decides.
pub fn bets(then: &Assessment, now: &Assessment) -> Vec<(Wanted, f64)> {
    let truth = Truth::new(now);
    let each = then.bets.iter().filter_map(|bet| {
        let (place, query) = translated(&bet.on, then, now, &truth)?;
        let (share, on) = truth.query(&query, place)?;
        let wanted = Wanted {
            kind: Kind::Bet,
            id: bet.title.node.clone(),
            horizon: truth.horizons[place].name.clone(),
            settled: on,
            outcomes: Vec::new(),
            truth: vec![share],
            unit: None,
            said: None,
        };
        Some((wanted, bet.price.node))
    });
    each.collect()
}

/// The key judgements of an assessment as it stood that what is settled now decides. A judgement has
/// no resolution of its own: it follows from that of what it speaks about.
pub fn judgements(then: &Assessment, now: &Assessment) -> Vec<Wanted> {
    let truth = Truth::new(now);
    let each = then.judgements.iter().filter_map(|judgement| {
        let (place, query) = translated(&judgement.expect.query, then, now, &truth)?;
        let (share, on) = truth.query(&query, place)?;
        Some(Wanted {
            kind: Kind::Judgement,
            id: judgement.title.node.clone(),
            horizon: truth.horizons[place].name.clone(),
            settled: on,
            outcomes: Vec::new(),
            truth: vec![share],
            unit: None,
            said: None,
        })
    });
    each.collect()
}

/// A query of one revision in the names of another, with the place of its horizon.
fn translated(
    query: &Query,
    then: &Assessment,
    now: &Assessment,
    truth: &Truth<'_>,
) -> Option<(usize, Query)> {
    let place = truth.place(then.horizons.name(query.horizon))?;
    let target = match &query.target {
        Target::Outcome(o) => Target::Outcome(now.outcomes.id(then.outcomes.name(*o))?),
        Target::Prop(prop) => Target::Prop(renamed(prop, then, now)?),
        // A number has no chance to be scored by.
        Target::Figure(..) => return None,
    };
    let over = match &query.over {
        None => None,
        Some(over) => {
            let horizons = over
                .horizons
                .iter()
                .map(|h| now.horizons.id(then.horizons.name(*h)));
            Some(Over {
                every: over.every,
                horizons: horizons.collect::<Option<_>>()?,
            })
        }
    };
    let query = Query {
        target,
        over,
        ..query.clone()
    };
    Some((place, query))
}

fn renamed(prop: &Prop, then: &Assessment, now: &Assessment) -> Option<Prop> {
    let each = |list: &[Prop]| {
        let found = list.iter().map(|p| renamed(p, then, now));
        found.collect::<Option<Vec<Prop>>>()
    };
    Some(match prop {
        Prop::Is(driver) => Prop::Is(now.drivers.id(then.drivers.name(*driver))?),
        Prop::Outcome(outcome) => Prop::Outcome(now.outcomes.id(then.outcomes.name(*outcome))?),
        Prop::Reaches(id, mark) => {
            Prop::Reaches(now.quantities.id(then.quantities.name(*id))?, *mark)
        }
        Prop::Not(inner) => Prop::Not(Box::new(renamed(inner, then, now)?)),
        Prop::All(list) => Prop::All(each(list)?),
        Prop::Any(list) => Prop::Any(each(list)?),
        Prop::AtLeast(n, list) => Prop::AtLeast(*n, each(list)?),
    })
}

/// The prior of a question's horizon, by its outcomes in the file's order: what is thought before the
/// reasons. What is decided keeps its chance of `verdict`, since the prior is about the others.
pub fn prior_alone(a: &Assessment, question: &Question, h: HorizonId, verdict: &[f64]) -> Vec<f64> {
    let decided = |o: &OutcomeId| a.outcomes[*o].decided.is_some();
    let of = |o: OutcomeId| verdict.get(o.index()).copied().unwrap_or(0.0);
    let left = 1.0 - question.ids().filter(decided).map(of).sum::<f64>();
    let judged = question.ids().filter(|o| !decided(o)).count();
    let days = a.horizons[h].days;
    let prior = question.plain_prior();
    let stated: Vec<Option<f64>> = question
        .ids()
        .map(|o| {
            if decided(&o) {
                return Some(0.0);
            }
            match prior.and_then(|p| p.outcomes.get(question.place(o))) {
                None => Some(1.0 / judged as f64),
                Some(PriorOf::Rest(_)) => None,
                Some(PriorOf::Decided) => Some(0.0),
                Some(PriorOf::Curve(clause)) => Some(clause.values.at(days)),
                Some(PriorOf::Shares(clause)) => clause.values.get(h.index()).map(|n| n.point),
            }
        })
        .collect();
    let rest = 1.0 - stated.iter().flatten().sum::<f64>();
    let each = question.ids().zip(stated);
    each.map(|(o, share)| match decided(&o) {
        true => of(o),
        false if left == 1.0 => share.unwrap_or(rest),
        false => left * share.unwrap_or(rest),
    })
    .collect()
}

/// Every word of likelihood and range that was written of something that was not settled then, on `day`, and is
/// now: chances of events, expectations, words expected in prose. With each what it was said of.
pub fn words(then: &Assessment, now: &Assessment, day: Date) -> Vec<(String, Said)> {
    let truth = Truth::new(now);
    let mut said = Vec::new();
    let author = then.author.as_ref().map(|a| &a.node);
    let mut add = |of: String, word: Written, (share, on): (f64, Date)| {
        if on <= day {
            return;
        }
        let one = Said {
            author: author.cloned(),
            scale: word.scale,
            word: word.word,
            band: word.band,
            truth: share,
        };
        said.push((of, one));
    };
    let term = |word: &str| Written::term(&then.scale, word);
    for (id, driver) in then.drivers.iter() {
        let What::Event(rows) = &driver.what else {
            continue;
        };
        // What is said for a condition is another claim.
        let [row] = rows.as_slice() else { continue };
        let (None, Curve::Points(points)) = (&row.given, &row.clause.values) else {
            continue;
        };
        let Some(event) = now.drivers.id(then.drivers.name(id)) else {
            continue;
        };
        for point in points {
            let place = point
                .horizon
                .and_then(|h| truth.place(then.horizons.name(h)));
            if let (Some(word), Some(place)) = (Written::of(&then.scale, &point.chance), place)
                && let Some((happened, on)) = truth.event(event, place)
            {
                let of = format!(
                    "{} by {}",
                    then.drivers.name(id),
                    truth.horizons[place].name
                );
                add(of, word, (f64::from(u8::from(happened)), on));
            }
        }
    }
    let mut asked = |query: &Query, word: Option<Written>| {
        if let Some(word) = word
            && let Some((place, query)) = translated(query, then, now, &truth)
            && let Some(found) = truth.query(&query, place)
        {
            add(query.text.clone(), word, found);
        }
    };
    let judged = then.judgements.iter().map(|j| &j.expect);
    for expect in then.expects.iter().chain(judged) {
        if let Test::Word(word) = &expect.test {
            asked(&expect.query, term(&word.node));
        }
    }
    let pieces = then.sections.iter().flat_map(|s| &s.prose.pieces);
    for piece in pieces {
        if let Piece::Placeholder {
            query,
            word: Some(word),
            ..
        } = piece
        {
            asked(query, term(&word.node));
        }
    }
    said
}
