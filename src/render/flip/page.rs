//! The page for people: blocks of headings, rows and sentences.
//!
//! In: what a search found. Out: a [`Page`]. Every sentence that both outputs print stands here.

use super::super::voice::Voice;
use super::{Flipped, titled, values};
use crate::infer::flip::parameter::{
    LEAST_CHANCE, MOST_COUNT, MOST_MOVE, MOST_RATE, MOST_WEIGHT, PER_SPREAD,
};
use crate::infer::flip::search::TippingPoint;
use crate::infer::flip::sets::{Item, Smallest, Turning};
use crate::infer::flip::{Change, Flips, Number};
use crate::phrases::Phrases;
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId, Target};
use crate::resolve::table::Id;
use crate::text::round;

/// As many numbers are shown for one horizon.
const NEAREST: usize = 6;
/// As many sets of one size are shown.
const SETS: usize = 3;

/// The whole page.
pub(super) struct Page {
    pub(super) title: String,
    pub(super) facts: Vec<String>,
    /// What was asked, in sentences.
    pub(super) asked: Vec<String>,
    pub(super) parts: Vec<Part>,
    pub(super) closing: Vec<String>,
}

/// What is said of one question.
pub(super) struct Part {
    /// Its title, where it is not the file's.
    pub(super) title: Option<String>,
    pub(super) blocks: Vec<Block>,
    pub(super) changes: Vec<Clause>,
}

/// One horizon.
pub(super) struct Block {
    pub(super) heading: String,
    pub(super) rows: Vec<Row>,
    /// What follows the rows.
    pub(super) about: Vec<String>,
    pub(super) sets: Vec<Sets>,
}

/// One number.
pub(super) struct Row {
    pub(super) distance: String,
    pub(super) label: String,
    pub(super) values: String,
    pub(super) then: String,
}

/// The smallest sets of one kind.
pub(crate) struct Sets {
    pub(crate) heading: String,
    pub(crate) lines: Vec<String>,
}

/// A change clause.
pub(super) struct Clause {
    pub(super) title: String,
    /// A horizon's title and what is to be said of it.
    pub(super) lines: Vec<(String, String)>,
}

/// What was found about one question.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) whole: &'a Flipped,
    pub(crate) flips: &'a Flips,
}

impl Flipped {
    pub(super) fn page(&self) -> Page {
        let a = &self.assessment;
        let mut facts: Vec<String> = a.marking.iter().map(|m| m.node.clone()).collect();
        facts.push(self.sources.source(a.file).name.clone());
        facts.extend(a.author.as_ref().map(|author| author.node.clone()));
        facts.push(format!("as of {}", a.as_of_dated.shown()));
        let possible = self.flips.answer.is_none_or(|a| a.value.is_some());
        let views = self.views();
        let told = possible && !views.is_empty();
        Page {
            title: a.title.node.clone(),
            facts,
            asked: self.asked_lines(),
            parts: match possible {
                true => views.iter().map(View::part).collect(),
                false => Vec::new(),
            },
            closing: if told { self.closing() } else { Vec::new() },
        }
    }

    /// What was found, question by question; those of which an outcome is to be shown.
    pub(crate) fn views(&self) -> Vec<View<'_>> {
        let all = std::iter::once(&self.flips).chain(&self.flips.others);
        let shown = all.filter(|flips| match flips.question {
            None => flips.answer.is_some(),
            Some(id) => {
                let question = &self.assessment.questions[id];
                let shown = &self.asked.outcomes;
                shown.is_empty() || shown.iter().any(|o| question.has(*o))
            }
        });
        shown.map(|flips| View { whole: self, flips }).collect()
    }

    /// What was found about the first question, or about an expectation.
    pub(crate) fn first(&self) -> View<'_> {
        View {
            whole: self,
            flips: &self.flips,
        }
    }

    pub(super) fn horizons(&self) -> Vec<HorizonId> {
        let all = self.assessment.horizons.ids();
        all.filter(|h| self.asked.horizons.is_empty() || self.asked.horizons.contains(h))
            .collect()
    }

    fn outcome(&self, outcome: OutcomeId) -> &str {
        self.assessment.outcomes.name(outcome)
    }

    fn asked_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let (Some(until), Some(answer)) = (&self.until, self.flips.answer) {
            lines.push(format!("Until: {}", until.text));
            let query = &until.query.text;
            let said = |p: f64| match until.query.target {
                Target::Figure(_, of) => of.worded(&self.assessment, p),
                _ => round::percent(p),
            };
            lines.push(match (answer.value, answer.holds) {
                (None, _) => format!(
                    "`{query}` asks about what cannot happen, so no number and no event answers it."
                ),
                (Some(p), true) => format!(
                    "It is met already: `{query}` is {}. What follows is what would break it.",
                    said(p)
                ),
                (Some(p), false) => format!(
                    "It is not met today: `{query}` is {}. What follows is what would meet it.",
                    said(p)
                ),
            });
        }
        let spoken = self.asked.spoken(&self.assessment).into_iter();
        lines.extend(spoken.map(|s| format!("{}{}", s.words, s.own)));
        if self.until.is_none() && self.assessment.questions.is_empty() {
            lines.push(
                "No outcome is stated, so none leads. `--until` asks of an event: \
                 `--until \"x by h at least 20%\"`."
                    .to_owned(),
            );
        }
        lines
    }

    /// That numbers were turned in few steps, by few histories, or not all of them, where that is so.
    fn effort(&self) -> Option<String> {
        let all = std::iter::once(&self.flips).chain(&self.flips.others);
        let efforts: Vec<_> = all.map(|flips| flips.effort).collect();
        if efforts.iter().all(|effort| !effort.is_coarse) {
            return None;
        }
        let mut text = "So much matters together that each number was turned in a few long steps: what changes and comes \
                        back between two of them is not seen."
            .to_owned();
        if let Some(histories) = efforts.iter().find_map(|effort| effort.histories) {
            text += &format!(
                " Each value was evaluated over {} histories, the same ones for all values, not over all states: the \
                 last digit may be off, and what change clauses would need is left out.",
                round::count(histories)
            );
        }
        match efforts.iter().map(|effort| effort.left_out).sum::<usize>() {
            0 => {}
            1 => text += " One number, which pushes least, was left out.",
            n => {
                text += &format!(
                    " {} numbers, those that push least, were left out.",
                    round::count(n as u64)
                );
            }
        }
        Some(text)
    }

    /// How the search was made, in sentences.
    pub(crate) fn closing(&self) -> Vec<String> {
        let moves = match self.assessment.quantities.is_empty() {
            true => String::new(),
            false => format!(
                " For a move of a quantity {PER_SPREAD} dB stand for one standard deviation of it before the \
                 reasons; {MOST_MOVE} of these are tried."
            ),
        };
        let mut lines = vec![format!(
            "A number is changed in all its horizons at once, by the same number of decibans: a weight's \
             ratio, the odds of a chance or prior, the strongest push that a count or \
             overlap scales.{moves} The value shown is the one for this horizon. When a prior is turned, the outcomes that are not final \
             make room for it in proportion. The search covers weights up to {MOST_WEIGHT} dB for and \
             against, chances and priors from {} to {}, rates {MOST_RATE} dB up and down, counts \
             up to {}%, overlaps up to 100%. Each value was evaluated on both sides.",
            round::percent(LEAST_CHANCE),
            round::percent(1.0 - LEAST_CHANCE),
            100.0 * MOST_COUNT
        )];
        lines.extend(self.effort());
        let a = &self.assessment;
        let mut more = Vec::new();
        if !a.chains.is_empty() {
            more.push("A chance stops at its neighbours in a chain of `implies`.");
        }
        if a.drivers.values().any(|d| d.once.is_some()) {
            more.push("A chance that follows a trigger is changed at all its times at once.");
        }
        if a.questions.values().any(|q| q.counts_in.is_some()) {
            more.push(
                "A prior with `counts in` is solved anew at every value; the search ends where it has \
                 no solution.",
            );
        }
        if !more.is_empty() {
            lines.push(more.join(" "));
        }
        lines.push(
            "An event that is assumed is fixed from the start and says nothing about its causes. Where \
             evidence is taken away, discounts are computed anew, and a factor left with none is \
             dropped."
                .to_owned(),
        );
        lines
    }
}

impl<'a> View<'a> {
    fn part(&self) -> Part {
        let whole = self.whole;
        let horizons: Vec<HorizonId> = match &whole.until {
            Some(until) => vec![until.query.horizon],
            None => whole.horizons(),
        };
        let question = self
            .flips
            .question
            .map(|id| &whole.assessment.questions[id]);
        let named = question.filter(|q| q.name.is_some());
        Part {
            title: named.map(|q| q.title.clone()),
            blocks: horizons.iter().map(|&h| self.block(h)).collect(),
            changes: self.flips.changes.iter().map(|c| self.clause(c)).collect(),
        }
    }

    fn literal(&self, (driver, to): (DriverId, bool), voice: Voice) -> String {
        let drivers = &self.whole.assessment.drivers;
        let name = voice.thing(drivers.name(driver), &drivers[driver].title);
        match to {
            true => name,
            false => voice.say.fill("not", &[("what", &name)]),
        }
    }

    fn named(&self, outcome: OutcomeId, voice: Voice) -> String {
        let title = &self.whole.assessment.outcomes[outcome].title;
        voice.thing(self.whole.outcome(outcome), title)
    }

    fn block(&self, h: HorizonId) -> Block {
        let horizon = &self.whole.assessment.horizons[h];
        let standing = self.flips.standings.get(h.index());
        // What is asked without a horizon has no end.
        let when = match self.whole.assessment.timeless {
            true => horizon.title.clone(),
            false => format!("{}, to {}", horizon.title, horizon.to),
        };
        let heading = match standing {
            None => when,
            Some(None) => format!("{when}: what is given cannot happen"),
            Some(Some(s)) => format!(
                "{when}: {} leads with {}, by {}",
                self.whole.outcome(s.leader),
                round::percent(s.outcomes[s.leader.index()].value),
                round::points(s.margin)
            ),
        };
        let mut block = Block {
            heading,
            rows: Vec::new(),
            about: Vec::new(),
            sets: Vec::new(),
        };
        if matches!(standing, Some(None)) {
            return block;
        }
        let tips = self.tips(h);
        block.rows = tips
            .iter()
            .take(NEAREST)
            .map(|(n, t)| self.row(n, t))
            .collect();
        block.about = self.about(h, Voice::terminal().say);
        block.sets = self.smallest_sets(h, Voice::terminal());
        block
    }

    /// The numbers that do it at a horizon, the nearest first.
    fn tips(&self, h: HorizonId) -> Vec<(&'a Number, &'a TippingPoint)> {
        let mut tips: Vec<(&Number, &TippingPoint)> = self
            .flips
            .numbers
            .iter()
            .filter_map(|n| Some((n, n.tips.iter().find(|t| t.horizon == h)?)))
            .collect();
        tips.sort_by(|a, b| {
            let nearer = a.1.distance().total_cmp(&b.1.distance());
            nearer.then_with(|| a.0.parameter.label.cmp(&b.0.parameter.label))
        });
        tips
    }

    /// The numbers that are shown for a horizon.
    pub(crate) fn nearest(&self, h: HorizonId) -> Vec<(&'a Number, &'a TippingPoint)> {
        let mut tips = self.tips(h);
        tips.truncate(NEAREST);
        tips
    }

    /// What the numbers that are not shown do, in sentences.
    pub(crate) fn about(&self, h: HorizonId, say: &Phrases) -> Vec<String> {
        let tips = self.tips(h);
        let all = self
            .flips
            .numbers
            .iter()
            .filter(|n| n.parameter.today[h.index()].is_some())
            .count();
        let rest = all - tips.len();
        let mut about = Vec::new();
        if let Some(first) = tips.get(NEAREST) {
            let (first, last) = (first.1.turn, tips[tips.len() - 1].1.turn);
            let first = values::distance(first);
            about.push(match tips.len() - NEAREST {
                1 => say.fill("turn_one_more", &[("from", &first)]),
                more => {
                    let (n, to) = (more.to_string(), values::distance(last));
                    say.fill("turn_more", &[("n", &n), ("from", &first), ("to", &to)])
                }
            });
        }
        about.push(match (tips.len(), rest) {
            (_, 0) => String::new(),
            (0, n) => say.count("turn_none", n),
            (_, n) => say.count("turn_other", n),
        });
        about.retain(|line| !line.is_empty());
        about
    }

    /// The smallest sets of events and of evidence.
    pub(crate) fn smallest_sets(&self, h: HorizonId, voice: Voice) -> Vec<Sets> {
        let events = |t: &Turning<_>| {
            let each: Vec<String> = t.members.iter().map(|&m| self.literal(m, voice)).collect();
            each.join(", ")
        };
        let evidence = |t: &Turning<Item>| {
            let each: Vec<String> = t
                .members
                .iter()
                .map(|&(d, i): &Item| {
                    let text = &self.whole.assessment.drivers[d].evidence[i].text.node;
                    let title = &self.whole.assessment.drivers[d].title;
                    let name = voice.thing(self.whole.assessment.drivers.name(d), title);
                    format!("\"{text}\" ({name})")
                })
                .collect();
            each.join("; ")
        };
        vec![
            self.smallest(h, &self.flips.events, ("event", voice), events),
            self.smallest(h, &self.flips.evidence, ("item", voice), evidence),
        ]
    }

    fn row(&self, number: &Number, tip: &TippingPoint) -> Row {
        let (today, then) = values::pair(&number.parameter, tip);
        Row {
            distance: values::distance(tip.turn),
            label: match values::within(&number.parameter, tip, Voice::terminal().say) {
                Some(within) => format!("{} ({within})", number.parameter.label),
                None => number.parameter.label.clone(),
            },
            values: format!("{today} → {then}"),
            then: match tip.leader {
                Some(leader) => self.whole.outcome(leader).to_owned(),
                None => round::percent(tip.chance),
            },
        }
    }

    fn smallest<T>(
        &self,
        h: HorizonId,
        smallest: &Smallest<T>,
        (thing, voice): (&str, Voice),
        text: impl Fn(&Turning<T>) -> String,
    ) -> Sets {
        let say = voice.say;
        let key = |what: &str| format!("{thing}_{what}");
        let found = smallest
            .horizons
            .iter()
            .find(|f| f.0 == h)
            .map_or(&[][..], |f| &f.1);
        let Some(first) = found.first() else {
            let (n, t) = (smallest.candidates, smallest.tried);
            let what = match (n, t) {
                (0, _) => "none",
                (1, _) => "only",
                (n, t) if t >= n => "no_set",
                (_, 1) => "no_one",
                _ => "no_up_to",
            };
            let gaps = [("n", n.to_string()), ("t", t.to_string())];
            let heading = say.fill(&key(what), &gaps.each_ref().map(|(k, v)| (*k, v.as_str())));
            return Sets {
                heading,
                lines: Vec::new(),
            };
        };
        let mut heading = say.count(&key("fewest"), first.members.len());
        if found.len() > 1 {
            heading += &say.fill("sets_alike", &[("n", &found.len().to_string())]);
        }
        let mut lines: Vec<String> = found
            .iter()
            .take(SETS)
            .map(|t| match t.leader {
                Some(leader) => say.fill(
                    "set_leads",
                    &[
                        ("set", &text(t)),
                        ("leader", &self.named(leader, voice)),
                        ("chance", &voice.percent(t.chance)),
                    ],
                ),
                None => say.fill(
                    "set_is",
                    &[("set", &text(t)), ("chance", &voice.percent(t.chance))],
                ),
            })
            .collect();
        if found.len() > SETS {
            lines.push(say.fill("sets_more", &[("n", &(found.len() - SETS).to_string())]));
        }
        Sets { heading, lines }
    }

    fn clause(&self, change: &Change) -> Clause {
        let name = self.whole.assessment.drivers.name(change.now.change);
        let title = &self.whole.assessment.drivers[change.now.change].title;
        let lines = self.whole.horizons().into_iter().map(|h| {
            (
                self.whole.assessment.horizons[h].title.clone(),
                self.clause_at(change, h, Voice::terminal()),
            )
        });
        Clause {
            title: if title == name {
                name.to_owned()
            } else {
                format!("{title} ({name})")
            },
            lines: lines.collect(),
        }
    }

    /// What a change clause does at a horizon, and what it would need to do.
    pub(crate) fn clause_at(&self, change: &Change, h: HorizonId, voice: Voice) -> String {
        let say = voice.say;
        let now = &change.now.horizons[h.index()];
        let Some(given) = now.given.outcomes() else {
            return say.get("cannot_come").to_owned();
        };
        let Some(Some(standing)) = self.flips.standings.get(h.index()) else {
            return say.get("given_cannot").to_owned();
        };
        let chance = if !now.absent.is_possible() {
            say.get("holds_always").to_owned()
        } else if now.chance.value <= 0.0 {
            say.get("rests_on_none").to_owned()
        } else {
            say.fill("chance_is", &[("chance", &voice.percent(now.chance.value))])
        };
        let without = now.absent.outcomes();
        let without = without.map(|all| all[standing.leader.index()].value);
        let key = match (now.flips, without) {
            (true, _) => "then_leads",
            (false, Some(_)) => "leads_with_and_without",
            (false, None) => "leads_with",
        };
        let gaps = [
            ("leader", self.named(now.leader, voice)),
            ("chance", voice.percent(given[now.leader.index()].value)),
            (
                "without",
                without.map_or(String::new(), |p| voice.percent(p)),
            ),
        ];
        let does = say.fill(key, &gaps.each_ref().map(|(k, v)| (*k, v.as_str())));
        let needs = if now.flips {
            String::new()
        } else {
            self.needs(change, h, voice)
        };
        format!("{chance}{does}{needs}")
    }

    /// What a change clause would have to be for the leader to be another where it holds.
    fn needs(&self, change: &Change, h: HorizonId, voice: Voice) -> String {
        let mut tips: Vec<(&Number, &TippingPoint)> = change
            .needs
            .iter()
            .filter_map(|n| Some((n, n.tips.iter().find(|t| t.horizon == h)?)))
            .collect();
        tips.sort_by(|a, b| a.1.distance().total_cmp(&b.1.distance()));
        let each = tips.iter().map(|(n, t)| {
            let (today, then) = values::pair(&n.parameter, t);
            let leader = t.leader.map_or(String::new(), |o| self.named(o, voice));
            let within = values::within(&n.parameter, t, voice.say).map(|w| format!("; {w}"));
            let clause = match voice.on_page() {
                true => voice
                    .say
                    .quote(&titled(&self.whole.assessment, &n.parameter, voice.say)),
                false => n.parameter.label.clone(),
            };
            let aside = format!("{leader}{}", within.unwrap_or_default());
            voice.say.fill(
                "strength_needed",
                &[
                    ("clause", &clause),
                    ("then", &voice.say.number(&then)),
                    ("today", &voice.say.number(&today)),
                    ("leader", &aside),
                ],
            )
        });
        let each: Vec<String> = each.collect();
        if each.is_empty() {
            return voice.say.get("no_strength").to_owned();
        }
        let each = each.join(voice.say.get("strengths_or"));
        voice.say.fill("for_another", &[("each", &each)])
    }
}
