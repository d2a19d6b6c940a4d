//! The answer: one sentence for each horizon, and confidence in another.
//!
//! In: a verdict with what its confidence was computed from. Out: [`Answer`]s. No likelihood stands
//! in the sentence of confidence, and no confidence in that of likelihood.

use super::model::{Answer, Horizon, Likelihood, Standing};
use super::{Gather, number};
use crate::infer::confidence::Grounds;
use crate::infer::verdict::Confidence;
use crate::resolve::assessment::{HorizonId, OutcomeId, QuestionId};
use crate::text::round;

/// As many outcomes are named in a sentence, the leader and those that are final included.
const NAMED: usize = 4;

impl Gather<'_> {
    pub(super) fn horizon(&self, h: HorizonId) -> Horizon {
        let horizon = &self.assessment().horizons[h];
        Horizon {
            id: horizon.name.node.clone(),
            title: match self.assessment().timeless {
                true => self.say.get("now_title").to_owned(),
                false => horizon.title.clone(),
            },
            from: horizon.from.to_string(),
            to: horizon.to.to_string(),
            to_words: self.say.date(horizon.to),
            days: horizon.days,
            open: horizon.open,
            place: self.place(horizon.span),
        }
    }

    pub(super) fn likelihood(&self, h: HorizonId, o: OutcomeId) -> Likelihood {
        let e = self.evaluated();
        let found = e.of(h, o);
        let mut chance = self.chance(number(found.probability.value), found.interval);
        if chance.value.is_some() {
            chance.word = Some(self.say.number(&e.words(found)));
            chance.interval = e.interval(found).map(|i| self.say.number(&i));
            chance.error = e.give_or_take(h, o).map(|error| self.say.points(&error));
        }
        chance
    }

    /// A probability with its word and interval.
    pub(super) fn chance(&self, p: Option<f64>, interval: Option<(f64, f64)>) -> Likelihood {
        let scale = &self.assessment().scale;
        let text = p.map_or("—".to_owned(), |p| {
            self.say.number(&round::percent_in(scale, p))
        });
        let interval = interval.filter(|(low, high)| p.is_some() && (low + high).is_finite());
        Likelihood {
            value: p,
            word: p.map(|p| self.say.number(&crate::scales::wording(scale, p))),
            span: self
                .evaluated()
                .ends_in_words(interval)
                .map(|(low, high)| self.say.fill("span", &[("low", &low), ("high", &high)])),
            low: interval.map(|i| i.0),
            high: interval.map(|i| i.1),
            interval: interval
                .map(|(low, high)| self.say.number(&round::interval(low, high)))
                .filter(|i| *i != text),
            text,
            error: None,
        }
    }

    fn standing(&self, h: HorizonId, o: OutcomeId) -> Standing {
        let e = self.evaluated();
        Standing {
            id: e.outcome_name(o).to_owned(),
            title: e.outcome(o).title.clone(),
            is_final: e.outcome(o).is_final,
            chance: self.likelihood(h, o),
        }
    }

    /// By horizon, of one question.
    pub(super) fn answers(&self, question: QuestionId) -> Vec<Answer> {
        self.horizons().map(|h| self.answer(question, h)).collect()
    }

    fn answer(&self, question: QuestionId, h: HorizonId) -> Answer {
        let e = self.evaluated();
        let at = e.standing(h, question);
        let mut others: Vec<OutcomeId> = self.assessment().questions[question].ids().collect();
        others.retain(|&o| o != at.leader);
        let total = others.len();
        let chance = |o: OutcomeId| e.of(h, o).probability.value;
        others.sort_by(|&a, &b| chance(b).total_cmp(&chance(a)).then(a.cmp(&b)));
        // The next one always, since the margin is to it; then the final ones.
        let mut named: Vec<OutcomeId> = others.first().copied().into_iter().collect();
        let is_final = |o: &OutcomeId| e.outcome(*o).is_final;
        let (finals, passing): (Vec<_>, Vec<_>) = others.into_iter().skip(1).partition(is_final);
        named.extend(finals.into_iter().chain(passing));
        named.truncate(NAMED - 1);
        named.sort_by(|&a, &b| chance(b).total_cmp(&chance(a)).then(a.cmp(&b)));
        let leader = self.standing(h, at.leader);
        let others: Vec<Standing> = named.into_iter().map(|o| self.standing(h, o)).collect();
        let more = total - others.len();
        let grounds = self.input.explained.explanation.grounds(question, h);
        Answer {
            horizon: self.assessment().horizons.name(h).to_owned(),
            sentence: self.sentence(&self.horizon(h), &leader, &others, more),
            leader,
            margin: at.margin,
            margin_text: self.say.points(&round::points(at.margin)),
            others,
            more,
            confidence: at.confidence.as_str().to_owned(),
            confidence_sentence: self.confidence(at.confidence, grounds),
        }
    }

    fn confidence(&self, level: Confidence, grounds: Option<&Grounds>) -> String {
        let because = grounds.map_or(Vec::new(), |grounds| {
            self.input.explained.because(grounds, level, self.say)
        });
        let (word, why) = (self.say.get(level.as_str()), self.say.list(&because));
        let key = match (level, because.as_slice()) {
            (_, []) => "confidence_is",
            (Confidence::High, _) => "confidence_high",
            _ => "confidence_since",
        };
        self.say.fill(key, &[("level", word), ("why", &why)])
    }

    fn sentence(
        &self,
        horizon: &Horizon,
        leader: &Standing,
        others: &[Standing],
        more: usize,
    ) -> String {
        let say = self.say;
        let name = |s: &Standing| match s.is_final {
            true => format!("{} {}", say.quote(&s.title), say.get("by_then")),
            false => say.quote(&s.title),
        };
        let gaps = [
            ("horizon", horizon.title.as_str()),
            ("date", &horizon.to_words),
            ("leader", &name(leader)),
            ("chance", &in_brackets(&leader.chance)),
        ];
        let mut text = say.fill("answer_leads", &gaps);
        for other in others {
            text += &format!("; {}: {}", name(other), in_brackets(&other.chance));
        }
        if more > 0 {
            text += &format!("; {}", say.count("more", more));
        }
        text + "."
    }
}

/// "likely (64%)", "almost no chance (0.5%, below the scale)".
pub(crate) fn worded(text: &str, word: Option<&str>) -> String {
    let Some(word) = word else {
        return text.to_owned();
    };
    match word.strip_suffix(')').and_then(|w| w.split_once(" (")) {
        Some((word, place)) => format!("{word} ({text}, {place})"),
        None => format!("{word} ({text})"),
    }
}

pub(super) fn in_brackets(chance: &Likelihood) -> String {
    worded(&chance.text, chance.word.as_deref())
}
