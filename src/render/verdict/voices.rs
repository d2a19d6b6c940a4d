//! Views and pools beside the file's own verdict, key judgements, stated confidence.
//!
//! In: an evaluated assessment. Out: [`Panel`]s of which each row is a voice, horizons across, lines on the
//! judgements, and lines of CSV. A voice's number never stands among those of the file itself.

use super::Evaluated;
use super::sections::{Panel, PanelRow, Tone};
use crate::infer::verdict::{Answer, Confidence as Computed, Verdict};
use crate::phrases::Phrases;
use crate::resolve::assessment::{
    Assessment, Confidence, HorizonId, Judgement, OutcomeId, QuestionId, Target, View, Voice,
};
use crate::resolve::table::Id;
use crate::text::lang::Lang;
use crate::text::round;

/// What stands above the panels.
pub(crate) const HEADING: &str = "Views beside each other";

/// What a row is.
pub(crate) const ROWS: &str = "a row for each view; `own` is the file itself";

/// One voice with its numbers.
pub(crate) struct Heard<'a> {
    /// `own`, or the name of a view or pool.
    pub(crate) name: &'a str,
    /// Its title; none of the file itself.
    pub(crate) title: Option<&'a str>,
    verdict: Option<&'a Verdict>,
    pooled: Option<&'a [crate::infer::verdict::Standing]>,
    view: Option<&'a View>,
}

impl Heard<'_> {
    /// Its probability of an outcome; NaN where there is none.
    pub(crate) fn of(&self, h: HorizonId, o: OutcomeId) -> f64 {
        match (self.verdict, self.pooled) {
            (Some(verdict), _) => {
                verdict.horizons[h.index()].outcomes[o.index()]
                    .probability
                    .value
            }
            (None, Some(pooled)) => pooled[h.index()].outcomes[o.index()].value,
            (None, None) => f64::NAN,
        }
    }

    pub(crate) fn interval(&self, h: HorizonId, o: OutcomeId) -> Option<(f64, f64)> {
        self.verdict?.horizons[h.index()].outcomes[o.index()].interval
    }

    /// Whether it is a pool.
    pub(crate) fn is_pool(&self) -> bool {
        self.pooled.is_some()
    }
}

impl Evaluated {
    /// The file itself, its views and pools, where there are any beside it.
    pub(crate) fn voices(&self) -> Vec<Heard<'_>> {
        let (a, v) = (&self.assessment, &self.verdict);
        if v.views.is_empty() && v.pools.is_empty() {
            return Vec::new();
        }
        let own = Heard {
            name: a.voice(Voice::Own),
            title: None,
            verdict: Some(v),
            pooled: None,
            view: None,
        };
        let views = v.views.iter().map(|found| Heard {
            name: a.views.name(found.view),
            title: Some(&a.views[found.view].title),
            verdict: Some(&found.verdict),
            pooled: None,
            view: Some(&a.views[found.view]),
        });
        let pools = v.pools.iter().map(|found| Heard {
            name: a.pools.name(found.pool),
            title: Some(&a.pools[found.pool].title),
            verdict: None,
            pooled: Some(&found.horizons),
            view: None,
        });
        std::iter::once(own).chain(views).chain(pools).collect()
    }

    /// Who leads in a question as a voice has it; none where nothing can be said.
    pub(crate) fn leader_of_voice(
        &self,
        voice: &Heard<'_>,
        h: HorizonId,
        question: QuestionId,
    ) -> Option<(OutcomeId, f64)> {
        let a = &self.assessment;
        let own: Vec<f64> = a.questions[question]
            .ids()
            .map(|o| voice.of(h, o))
            .collect();
        if own.is_empty() || own.iter().any(|p| p.is_nan()) {
            return None;
        }
        Some(crate::infer::leader_of(a, question, &own))
    }

    /// How sure a voice's verdict on a question is, as computed; none of a pool.
    pub(crate) fn sureness(
        &self,
        voice: &Heard<'_>,
        h: HorizonId,
        question: QuestionId,
    ) -> Option<Computed> {
        let verdict = voice.verdict?;
        let of = verdict.questions.iter().find(|q| q.question == question);
        Some(match of {
            Some(of) => of.horizons[h.index()].confidence,
            None => verdict.horizons[h.index()].confidence,
        })
    }

    /// A panel for each outcome, then who leads and how sure each voice is.
    pub(in crate::render) fn voice_panels(&self) -> Vec<Panel> {
        let voices = self.voices();
        if voices.is_empty() || self.is_asked() {
            return Vec::new();
        }
        let horizons = self.horizons();
        let scale = &self.assessment.scale;
        let mut panels = Vec::new();
        for (question, outcomes) in self.questions() {
            for o in outcomes {
                let rows = voices.iter().map(|voice| {
                    self.row(voice.name, &horizons, |h| {
                        let p = voice.of(h, o);
                        if p.is_nan() {
                            return ("—".to_owned(), Tone::Quiet);
                        }
                        let interval = voice.interval(h, o).map_or(String::new(), |(low, high)| {
                            format!(" {}", round::interval(low, high))
                        });
                        let word = crate::scales::wording(scale, p);
                        let text = format!("{}{interval}, {word}", round::percent_in(scale, p));
                        (text, Tone::Plain)
                    })
                });
                let (title, name) = (&self.outcome(o).title, self.outcome_name(o));
                panels.push(Panel {
                    title: title.clone(),
                    about: if name == title {
                        String::new()
                    } else {
                        name.to_owned()
                    },
                    rows: rows.collect(),
                    notes: Vec::new(),
                });
            }
            panels.push(self.leaders(&voices, &horizons, question));
            panels.push(self.confidences(&voices, &horizons, question));
        }
        if let Some(last) = panels.last_mut() {
            last.notes.extend(self.voice_notes());
        }
        panels
    }

    fn leaders(&self, voices: &[Heard<'_>], horizons: &[HorizonId], question: QuestionId) -> Panel {
        let rows = voices.iter().map(|voice| {
            self.row(voice.name, horizons, |h| {
                let own = self.leader_of_voice(&voices[0], h, question);
                match self.leader_of_voice(voice, h, question) {
                    None => ("—".to_owned(), Tone::Quiet),
                    Some((leader, margin)) => {
                        let differs = own.is_some_and(|own| own.0 != leader);
                        let text =
                            format!("{} by {}", self.outcome_name(leader), round::points(margin));
                        (text, if differs { Tone::Loud } else { Tone::Plain })
                    }
                }
            })
        });
        Panel {
            title: "Leader".to_owned(),
            about: String::new(),
            rows: rows.collect(),
            notes: Vec::new(),
        }
    }

    fn confidences(
        &self,
        voices: &[Heard<'_>],
        horizons: &[HorizonId],
        question: QuestionId,
    ) -> Panel {
        let views = voices.iter().filter(|v| !v.is_pool());
        let rows: Vec<PanelRow> = views
            .map(|voice| {
                let stated = match voice.view {
                    Some(view) => view.confidence.as_ref().map(|c| c.node),
                    None => self.stated_of(question),
                };
                let stated = stated.map_or(String::new(), |s| format!(" (stated: {})", level(s)));
                self.row(voice.name, horizons, |h| {
                    let found = self.sureness(voice, h, question);
                    let found = found.map_or("—", Computed::as_str);
                    (format!("{found}{stated}"), Tone::Plain)
                })
            })
            .collect();
        Panel {
            title: "Confidence".to_owned(),
            about: String::new(),
            rows,
            notes: Vec::new(),
        }
    }

    /// What is stated of a question: in its block.
    fn stated_of(&self, question: QuestionId) -> Option<Confidence> {
        let question = &self.assessment.questions[question];
        question.confidence.as_ref().map(|c| c.node)
    }

    /// Who holds each view, what it leaves out, and how pools are made.
    fn voice_notes(&self) -> Vec<String> {
        let a = &self.assessment;
        let mut notes = Vec::new();
        for found in &self.verdict.views {
            let view = &a.views[found.view];
            let name = a.views.name(found.view);
            let title = if view.title == name { "" } else { &view.title };
            let author = view.author.as_ref().map(|t| t.node.as_str());
            let mut parts: Vec<String> = [Some(title).filter(|t| !t.is_empty()), author]
                .into_iter()
                .flatten()
                .map(str::to_owned)
                .collect();
            if !view.without.is_empty() {
                let names = view.without.iter().map(|d| a.drivers.name(*d));
                let names = names.collect::<Vec<_>>().join(", ");
                parts.push(format!("without {names}"));
            }
            if !parts.is_empty() {
                notes.push(format!("{name}: {}.", parts.join(", ")));
            }
        }
        for found in &self.verdict.pools {
            let pool = &a.pools[found.pool];
            let name = a.pools.name(found.pool);
            let of: Vec<&str> = pool.of.iter().map(|v| a.voice(*v)).collect();
            let title = if pool.title == name {
                String::new()
            } else {
                format!("{}, ", pool.title)
            };
            notes.push(format!(
                "{name}: {title}the {} of {}.",
                a.pooled_how(found.pool, Phrases::of(Lang::En)),
                and_list(&of)
            ));
            if found
                .horizons
                .iter()
                .any(|at| at.outcomes.iter().any(|p| p.value.is_nan()))
            {
                notes.push(format!(
                    "{name} has no number where each outcome is impossible to one of them."
                ));
            }
        }
        notes
    }

    /// The question that a query is about: that of its outcome, else the first.
    fn question_of(&self, judgement: &Judgement) -> Option<QuestionId> {
        let query = judgement.expect.query.meant();
        match query.target {
            Target::Outcome(o) => Some(self.outcome(o).question),
            Target::Prop(_) | Target::Figure(..) => self.assessment.questions.ids().next(),
        }
    }

    /// The confidence that is computed where a judgement is made: of its question at its horizon. None of
    /// what a view says where views were not evaluated, and without outcomes.
    pub(crate) fn computed_for(&self, judgement: &Judgement) -> Option<Computed> {
        let question = self.question_of(judgement)?;
        let query = &judgement.expect.query;
        let verdict = match &query.viewed {
            None => &self.verdict,
            Some(viewed) => &self.verdict.views.get(viewed.view.index())?.verdict,
        };
        let h = query.horizon.index();
        let of = verdict.questions.iter().find(|q| q.question == question);
        Some(match of {
            Some(of) => of.horizons[h].confidence,
            None => verdict.horizons[h].confidence,
        })
    }

    /// Each key judgement with its answer.
    pub(crate) fn judged(&self) -> impl Iterator<Item = (&Judgement, &Answer)> {
        self.assessment
            .judgements
            .iter()
            .zip(&self.verdict.judgements)
    }

    /// What the verdict says to a judgement, in a phrase: "4.3%, very unlikely".
    pub(crate) fn borne_out(&self, judgement: &Judgement, answer: &Answer) -> String {
        let scale = &self.assessment.scale;
        match answer.value {
            Some(p) if answer.holds => format!(
                "{}, {}",
                round::percent_in(scale, p),
                crate::scales::wording(scale, p)
            ),
            _ => self.instead(&judgement.expect, answer),
        }
    }

    /// The key judgements, a line or more each.
    pub(crate) fn judgement_lines(&self) -> Vec<(bool, String, String)> {
        let each = self.judged().map(|(judgement, answer)| {
            let a = &self.assessment;
            let verdict = match answer.holds {
                true => format!("the verdict: {}", self.borne_out(judgement, answer)),
                false => format!("not borne out: {}", self.borne_out(judgement, answer)),
            };
            let mut parts = vec![judgement.expect.text.clone(), verdict];
            let computed = self.computed_for(judgement).map(Computed::as_str);
            match (&judgement.confidence, computed) {
                (Some(stated), Some(computed)) => parts.push(format!(
                    "confidence {} as stated, {computed} as computed",
                    level(stated.node)
                )),
                (Some(stated), None) => {
                    parts.push(format!("confidence {} as stated", level(stated.node)));
                }
                (None, _) => {}
            }
            if !judgement.rests_on.is_empty() {
                let names = judgement.rests_on.iter().map(|d| a.drivers.name(*d));
                parts.push(format!("rests on {}", names.collect::<Vec<_>>().join(", ")));
            }
            (answer.holds, judgement.title.node.clone(), parts.join("; "))
        });
        each.collect()
    }

    /// Stated confidence beside the computed one, a sentence each; nothing where none is stated.
    pub(crate) fn stated_lines(&self) -> Vec<String> {
        stated(&self.assessment)
            .into_iter()
            .map(|(what, stated, question)| {
                let computed = question.map(|q| {
                    let each = self.horizons().into_iter();
                    let each = each.map(|h| self.standing(h, q).confidence.as_str());
                    let mut all: Vec<&str> = each.collect();
                    if all.windows(2).all(|pair| pair[0] == pair[1]) {
                        all.truncate(1);
                    }
                    format!("; computed: {}", all.join(", "))
                });
                format!("{what}: {}{}", level(stated), computed.unwrap_or_default())
            })
            .collect()
    }
}

/// The word of a stated level.
pub(crate) fn level(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Moderate => "moderate",
        Confidence::High => "high",
    }
}

/// What states its confidence, in the file's order, and of what its computed one is that of a question.
pub(crate) fn stated(a: &Assessment) -> Vec<(String, Confidence, Option<QuestionId>)> {
    let mut all = Vec::new();
    let mut add = |span: crate::text::source::Span, what: String, level, question| {
        all.push((span, what, level, question));
    };
    for (id, question) in a.questions.iter() {
        let name = question.name.as_ref().map(|n| n.node.as_str());
        if let Some(stated) = &question.confidence {
            let what = name.map_or("the question".to_owned(), |n| format!("`{n}`"));
            add(stated.span, what, stated.node, Some(id));
        }
        for row in &question.priors {
            if let Some(stated) = &row.prior.confidence {
                let what = match name {
                    None => "the prior".to_owned(),
                    Some(n) => format!("the prior of `{n}`"),
                };
                add(stated.span, what, stated.node, None);
            }
        }
    }
    for outcome in a.outcomes.values() {
        if let Some(stated) = &outcome.confidence {
            let what = format!("`{}`", outcome.name.node);
            add(stated.span, what, stated.node, Some(outcome.question));
        }
    }
    for driver in a.drivers.values() {
        if let Some(stated) = &driver.confidence {
            add(
                stated.span,
                format!("`{}`", driver.name.node),
                stated.node,
                None,
            );
        }
    }
    all.sort_by_key(|s| s.0);
    all.into_iter()
        .map(|(_, what, level, q)| (what, level, q))
        .collect()
}

/// "own, fbi and dia"
fn and_list(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.join(", "),
    }
}
