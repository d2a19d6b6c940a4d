//! What each driver's push rests on, in sentences.
//!
//! In: an explained assessment. Out: an item for each driver: those that move an outcome shown, the
//! largest first, then the others with why they move nothing.

use super::super::voice::Voice;
use super::Explained;
use super::page::{Block, NOTHING};
use crate::infer::explain::{Idle, Part, Reason};
use crate::resolve::assessment::{Driver, DriverId, DriverKind, Evidence, HorizonId, Text, What};
use crate::resolve::table::Id;
use crate::text::round;

impl Explained {
    pub(super) fn reasons(&self) -> Vec<Block> {
        let e = &self.evaluated;
        if e.assessment.drivers.is_empty() {
            return Vec::new();
        }
        let movers = self.all_movers();
        let titles: Vec<&str> = e
            .horizons()
            .iter()
            .map(|&h| e.horizon(h).title.as_str())
            .collect();
        let about = match titles.as_slice() {
            [_] => String::new(),
            titles => format!("with slashes, by horizon: {}", titles.join(" / ")),
        };
        let beside = self.beside_pushes(&movers);
        let mut blocks = Vec::new();
        if !movers.is_empty() {
            blocks.push(Block::Heading("What the pushes rest on", about.clone()));
            blocks.extend(self.priors());
            let items = movers
                .iter()
                .map(|&d| Block::Item(self.head(d), self.rests_on(d)));
            blocks.extend(items);
        }
        let rows = movers.is_empty() && !self.explanation.rows.is_empty();
        if rows || !beside.is_empty() {
            let about = if movers.is_empty() {
                about
            } else {
                String::new()
            };
            blocks.push(Block::Heading("What else the verdict rests on", about));
            if movers.is_empty() {
                blocks.extend(self.priors());
            }
            let items = beside.iter().map(|&d| {
                let mut lines = self.part_played(d, Voice::terminal());
                lines.extend(self.rests_on(d));
                Block::Item(self.head(d), lines)
            });
            blocks.extend(items);
        }
        let others = e.assessment.drivers.ids();
        let others = others.filter(|d| !movers.contains(d) && !beside.contains(d));
        let moves = |d: &DriverId| !self.driver(*d).moves.is_empty();
        let (numbers, others): (Vec<DriverId>, Vec<DriverId>) = others.partition(moves);
        if !numbers.is_empty() {
            let heading = "What the moves of numbers rest on";
            blocks.push(Block::Heading(heading, String::new()));
            let items = numbers
                .into_iter()
                .map(|d| Block::Item(self.head(d), self.rests_on(d)));
            blocks.extend(items);
        }
        let mut others = others.into_iter().peekable();
        if others.peek().is_some() {
            let heading = "What moves nothing here, and why";
            blocks.push(Block::Heading(heading, String::new()));
            blocks.extend(others.map(|d| {
                let why = self.why_idle(self.reason(d));
                Block::Item(
                    format!("`{}`{}: {why}", e.driver_name(d), self.uncertain(d)),
                    Vec::new(),
                )
            }));
        }
        blocks
    }

    pub(super) fn reason(&self, driver: DriverId) -> &Reason {
        &self.explanation.reasons[driver.index()]
    }

    /// ", 15% / 35%": how likely an event is to have happened, where that is uncertain.
    fn uncertain(&self, driver: DriverId) -> String {
        let reason = self.reason(driver);
        let is_event = self.driver(driver).kind() == DriverKind::Event;
        if !is_event || reason.chance.iter().all(|p| p.is_nan() || *p <= 0.0) {
            return String::new();
        }
        format!(
            ", {}",
            self.by_horizon(|h| round::percent(reason.chance[h]))
        )
    }

    fn head(&self, driver: DriverId) -> String {
        let (name, stated) = (self.evaluated.driver_name(driver), self.driver(driver));
        match stated.title == name {
            true => format!("`{name}`, {}", stated.kind().as_str()),
            false => format!("`{name}`, {}: {}", stated.kind().as_str(), stated.title),
        }
    }

    pub(super) fn driver(&self, driver: DriverId) -> &Driver {
        &self.evaluated.assessment.drivers[driver]
    }

    fn rests_on(&self, driver: DriverId) -> Vec<String> {
        let (stated, reason) = (self.driver(driver), self.reason(driver));
        let mut lines = self.pushes(reason, Voice::terminal());
        lines.extend(self.number_moves(driver));
        if let What::Change { when, counts, .. } = &stated.what {
            for count in counts {
                let shares = self.by_horizon(|h| round::percent(count.shares[h]));
                let name = self.evaluated.driver_name(count.driver);
                lines.push(format!("counts `{name}` for {shares}"));
            }
            lines.push(format!("when `{}`", self.evaluated.proposition(when)));
        }
        lines.extend(self.earlier(driver));
        lines.push(self.chance(stated, reason, Voice::terminal()));
        lines.extend(self.evidence(&stated.evidence, stated.prose.source.as_ref()));
        lines
    }

    /// Whether a driver pushes nothing at a horizon, but moves it by what it pushed at earlier ones.
    pub(super) fn acts_through_earlier(&self, driver: DriverId, h: HorizonId) -> bool {
        let parts = &self.reason(driver).parts;
        let pushes = |h: usize| {
            parts
                .get(h)
                .is_some_and(|at| at.iter().any(|p| p.stated != 0.0))
        };
        let mut outcomes = self.evaluated.assessment.outcomes.ids();
        let moves = outcomes.any(|o| self.points(driver, h, o).abs() > NOTHING);
        !pushes(h.index()) && moves && (0..h.index()).any(pushes)
    }

    /// "Long term: no push here; acts through earlier horizons".
    fn earlier(&self, driver: DriverId) -> Option<String> {
        let e = &self.evaluated;
        let all = e.horizons();
        let late = all
            .iter()
            .filter(|&&h| self.acts_through_earlier(driver, h));
        let titles: Vec<String> = late.map(|&h| e.horizon(h).title.clone()).collect();
        match titles.len() {
            0 => None,
            n if n == all.len() => Some("no push here; acts through earlier horizons".to_owned()),
            _ => Some(format!(
                "{}: no push here; acts through earlier horizons",
                titles.join(", ")
            )),
        }
    }

    /// "holds: 87% / 63%", "wrong: 0%", "always holds".
    pub(crate) fn chance(&self, stated: &Driver, reason: &Reason, voice: Voice) -> String {
        if matches!(&stated.what, What::Factor(rows) if rows.is_empty()) {
            return voice.say.get("does_always_hold").to_owned();
        }
        let what = match stated.kind() {
            DriverKind::Event => "has_happened",
            DriverKind::Assumption => "is_wrong",
            DriverKind::Factor | DriverKind::Change => "does_hold",
        };
        let chance = self.by_horizon(|h| match reason.chance[h] {
            p if p.is_nan() => "—".to_owned(),
            p => voice.percent(p),
        });
        voice.say.fill(what, &[("chance", &chance)])
    }

    /// A line for each push; what is pushed alike shares one, events after outcomes.
    pub(crate) fn pushes(&self, reason: &Reason, voice: Voice) -> Vec<String> {
        let e = &self.evaluated;
        let horizons = e.horizons();
        let mut alike: Vec<(Vec<Part>, Vec<String>)> = Vec::new();
        let outcomes = e.assessment.outcomes.ids().map(|o| {
            let parts: Vec<Part> = reason.parts.iter().map(|at| at[o.index()]).collect();
            (parts, voice.thing(e.outcome_name(o), &e.outcome(o).title))
        });
        let events = reason.on_events.iter().map(|on| {
            let title = &e.assessment.drivers[on.event].title;
            let name = voice.thing(e.driver_name(on.event), title);
            (on.parts.clone(), name)
        });
        for (parts, name) in outcomes.chain(events) {
            // A change that only counts states no push.
            let states = |h: &HorizonId| parts.get(h.index()).is_some_and(|p| p.stated != 0.0);
            if !horizons.iter().any(states) {
                continue;
            }
            match alike.iter_mut().find(|(other, _)| *other == parts) {
                Some((_, names)) => names.push(name),
                None => alike.push((parts, vec![name])),
            }
        }
        let lines = alike.iter();
        lines
            .map(|(parts, of)| self.push((reason.driver, parts, of), voice))
            .collect()
    }

    fn push(&self, of: (DriverId, &[Part], &[String]), voice: Voice) -> String {
        let (driver, parts, names) = of;
        let (e, say) = (&self.evaluated, voice.say);
        let number = |text: String| say.number(&text);
        let shown = e.horizons();
        let mut shown = shown.iter().map(|h| &parts[h.index()]);
        let one_way = shown.clone().all(|p| p.stated >= 0.0) || shown.all(|p| p.stated <= 0.0);
        let side = match parts.iter().any(|p| p.stated < 0.0) {
            _ if !one_way => "push_on",
            true => "push_against",
            false => "push_for",
        };
        let stated = self.by_horizon(|h| number(round::decibans(parts[h].stated, !one_way)));
        let gaps = [("names", names.join(", ")), ("stated", stated)];
        let mut line = say.fill(side, &gaps.each_ref().map(|(k, v)| (*k, v.as_str())));
        let before = line.len();
        let stated = self.driver(driver);
        if stated.discount != 1.0 {
            let best = stated
                .evidence
                .iter()
                .filter_map(|evidence| evidence.rated.as_ref())
                .find(|r| crate::admiralty::discount(r.node) == stated.discount);
            let rating = best.map_or(String::new(), |r| {
                format!("{}{}", r.node.source, r.node.information)
            });
            let factor = number(round::factor(stated.discount));
            let said = say.fill("push_rating", &[("factor", &factor), ("rating", &rating)]);
            line += said.trim_end();
        }
        if parts.iter().any(|p| (p.count - 1.0).abs() > 1e-9) {
            let by = self.counted_by(driver, voice);
            let factor = self.by_horizon(|h| number(round::factor(parts[h].count)));
            line += &say.fill("push_counted", &[("factor", &factor), ("names", &by)]);
        }
        if parts.iter().any(|p| (p.overlap - 1.0).abs() > 1e-9) {
            let with = self.overlaps_with(driver, voice);
            let factor = self.by_horizon(|h| number(round::factor(parts[h].overlap)));
            line += &say.fill("push_overlap", &[("factor", &factor), ("names", &with)]);
        }
        if line.len() > before {
            let left = self.by_horizon(|h| number(round::decibans(parts[h].decibans, !one_way)));
            line += &format!(" = {left} dB");
            if parts.iter().any(|p| p.stated != 0.0 && p.decibans == 0.0) {
                line += say.get("push_share");
            }
        }
        line
    }

    fn counted_by(&self, driver: DriverId, voice: Voice) -> String {
        let all = self.evaluated.assessment.drivers.iter();
        let by = all.filter(|(_, other)| match &other.what {
            What::Change { counts, .. } => counts.iter().any(|c| c.driver == driver),
            _ => false,
        });
        self.names(by.map(|(id, _)| id), voice)
    }

    fn overlaps_with(&self, driver: DriverId, voice: Voice) -> String {
        let groups = self.evaluated.assessment.overlaps.iter();
        let groups = groups.filter(|g| g.members.contains(&driver));
        self.names(
            groups
                .flat_map(|g| &g.members)
                .copied()
                .filter(|d| *d != driver),
            voice,
        )
    }

    pub(super) fn names(&self, drivers: impl Iterator<Item = DriverId>, voice: Voice) -> String {
        let title = |d| &self.evaluated.assessment.drivers[d].title;
        let each = drivers.map(|d| voice.coded(self.evaluated.driver_name(d), title(d)));
        each.collect::<Vec<_>>().join(", ")
    }

    pub(super) fn evidence(&self, evidence: &[Evidence], source: Option<&Text>) -> Vec<String> {
        if evidence.is_empty() {
            return vec![source.map_or("no evidence is given".to_owned(), |s| {
                format!("source: {}", s.node)
            })];
        }
        let each = evidence.iter().map(|evidence| {
            let rated = evidence.rated.as_ref();
            let rated = rated.map_or("not rated".to_owned(), |r| {
                format!("{}{}", r.node.source, r.node.information)
            });
            let about: Vec<String> = [
                evidence.source.as_ref().map(|s| s.node.clone()),
                evidence.dated.as_ref().map(|d| d.node.shown()),
            ]
            .into_iter()
            .flatten()
            .collect();
            let about = match about.as_slice() {
                [] => String::new(),
                about => format!(" ({})", about.join(", ")),
            };
            format!("{rated} “{}”{about}", evidence.text.node)
        });
        each.collect()
    }

    /// Why a driver moves nothing, as the end of a sentence.
    pub(crate) fn why_idle(&self, reason: &Reason) -> String {
        let feeds = || self.acts_through(reason);
        let moved = self.number_moves(reason.driver);
        if !moved.is_empty() && matches!(reason.idle, Some(Idle::Silent)) {
            return moved.join("; ");
        }
        match reason.idle {
            None => "moves other outcomes only".to_owned(),
            Some(Idle::CountedIn) => {
                "counted in the prior, which has its pushes in it: what it would add is no news"
                    .to_owned()
            }
            Some(Idle::Silent) if reason.acts_through_nothing() => {
                "states no weight, and nothing rests on it".to_owned()
            }
            Some(Idle::Silent) => format!("states no weight; acts through {}", feeds()),
            Some(Idle::Hypothetical) if reason.acts_through_nothing() => {
                "hypothetical: without a chance, it does not happen in the verdict".to_owned()
            }
            Some(Idle::Hypothetical) => format!(
                "hypothetical: without a chance, it does not happen in the verdict; would act \
                 through {}",
                feeds()
            ),
            Some(Idle::Assumed) if reason.parts.is_empty() => {
                "assumed to hold, and states no weight if it is wrong".to_owned()
            }
            Some(Idle::Assumed) => "assumed to hold: it pushes only if it is wrong".to_owned(),
            Some(Idle::Never) => "never holds in the verdict".to_owned(),
            Some(Idle::Even) => "all its ratios are 1:1 where it holds".to_owned(),
            Some(Idle::Cancelled) => "its pushes cancel, or what they push cannot move".to_owned(),
        }
    }
}
