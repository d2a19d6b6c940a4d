//! Key judgements, and what other voices say.
//!
//! In: a verdict with those of its views and pools. Out: their parts of the report.

use super::Gather;
use super::model::{KeyJudgement, VoiceAt, VoiceOf};
use crate::render::verdict::voices::{Heard, level};
use crate::resolve::assessment::{HorizonId, QuestionId};

impl Gather<'_> {
    pub(super) fn judgements(&mut self) -> Vec<KeyJudgement> {
        let e = self.evaluated();
        // They are about the verdict as it stands.
        if e.is_asked() {
            return Vec::new();
        }
        let each = e.judged().map(|(judgement, answer)| {
            let said = self.say.number(&e.borne_out(judgement, answer));
            let key = if answer.holds {
                "judgement_holds"
            } else {
                "judgement_fails"
            };
            let stated = judgement.confidence.as_ref();
            let confidence = stated.map(|stated| {
                let stated = self.say.get(level(stated.node));
                match e.computed_for(judgement) {
                    Some(computed) => self.say.fill(
                        "judgement_confidence",
                        &[
                            ("stated", stated),
                            ("computed", self.say.get(computed.as_str())),
                        ],
                    ),
                    None => self.say.fill("author_confidence", &[("level", stated)]),
                }
            });
            let drivers = &self.assessment().drivers;
            let rests_on = judgement.rests_on.iter();
            KeyJudgement {
                text: judgement.title.node.clone(),
                on: judgement.expect.query.text.clone(),
                says: judgement.says.clone(),
                holds: answer.holds,
                answer: self.say.fill(key, &[("answer", &said)]),
                confidence,
                rests_on: rests_on.map(|d| drivers[*d].title.clone()).collect(),
                note: self.remarks(&judgement.prose),
                place: self.place(judgement.span),
            }
        });
        each.collect()
    }

    pub(super) fn voices(&mut self) -> Vec<VoiceOf> {
        let e = self.evaluated();
        let voices = e.voices();
        if e.is_asked() || voices.is_empty() {
            return Vec::new();
        }
        let first = self.first();
        let mut all = Vec::with_capacity(voices.len());
        for voice in &voices {
            let horizons = self.horizons();
            let horizons = horizons.map(|h| self.voice_at(&voices[0], voice, h, first));
            let horizons = horizons.collect();
            let a = self.assessment();
            let view = a.views.id(voice.name).map(|id| &a.views[id]);
            let pool = a.pools.id(voice.name);
            let (kind, place, prose) = match (voice.title, view, pool) {
                (Some(_), Some(view), _) => ("view", Some(view.span), Some(&view.prose)),
                (Some(_), None, Some(id)) => {
                    let pool = &a.pools[id];
                    ("pool", Some(pool.span), Some(&pool.prose))
                }
                _ => ("own", None, None),
            };
            let mut about = Vec::new();
            if let Some(view) = view {
                about.extend(view.author.iter().map(|t| t.node.clone()));
                if let Some(stated) = &view.confidence {
                    let stated = self.say.get(level(stated.node));
                    about.push(self.say.fill("author_confidence", &[("level", stated)]));
                }
                if !view.without.is_empty() {
                    let names = view.without.iter().map(|d| a.drivers[*d].title.clone());
                    let names = self.say.list(&names.collect::<Vec<_>>());
                    about.push(self.say.fill("voice_without", &[("names", &names)]));
                }
            }
            if let (Some(id), true) = (pool, kind == "pool") {
                let of: Vec<String> = a.pools[id]
                    .of
                    .iter()
                    .map(|v| a.voice(*v).to_owned())
                    .collect();
                let of = self.say.list(&of);
                about.push(format!("{}: {of}", a.pooled_how(id, self.say)));
            }
            all.push(VoiceOf {
                id: voice.name.to_owned(),
                title: voice
                    .title
                    .map_or_else(|| self.say.get("voice_own").to_owned(), str::to_owned),
                kind: kind.to_owned(),
                about,
                note: prose.map(|p| self.remarks(p)).unwrap_or_default(),
                place: place.map(|span| self.place(span)),
                horizons,
            });
        }
        all
    }

    fn voice_at(
        &self,
        own: &Heard<'_>,
        voice: &Heard<'_>,
        h: HorizonId,
        first: Option<QuestionId>,
    ) -> VoiceAt {
        let e = self.evaluated();
        let leader = |voice: &Heard<'_>| e.leader_of_voice(voice, h, first?).map(|l| l.0);
        let led = leader(voice);
        let outcomes = self.assessment().outcomes.ids();
        VoiceAt {
            leader: led.map(|o| e.outcome(o).title.clone()),
            differs: led.is_some() && led != leader(own),
            confidence: first
                .and_then(|q| e.sureness(voice, h, q))
                .map(|level| level.as_str().to_owned()),
            outcomes: outcomes
                .map(|o| self.chance(super::number(voice.of(h, o)), voice.interval(h, o)))
                .collect(),
        }
    }
}
