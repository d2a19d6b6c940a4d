//! What is said of names, words, strengths and ratings: for hovers and beside completions.
//!
//! In: what is meant, and the last numbers. Out: Markdown.

use super::names::{Declared, Sort};
use super::{Known, Numbers};
use crate::admiralty;
use crate::infer::Answers;
use crate::infer::mixture::Mixture;
use crate::resolve::Asker;
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId, Target};
use crate::resolve::table::Id;
use crate::scales::Scale;
use crate::strengths::Strengths;
use crate::syntax::ast::Rating;
use crate::syntax::parse_query;
use crate::text::decimal::figure;
use crate::text::round;
use crate::text::source::{FileId, Source, SourceMap};

/// What is said under numbers that are not those of the text as it is.
const STALE: &str = "\n\n*Computed before the mistakes that the file has now.*";

/// Text of a file that must not be read as Markdown.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '!' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A table of rows under horizons.
fn table(numbers: &Numbers, rows: &[(String, Vec<String>)]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let a = numbers.assessment();
    let mut out = "\n\n|".to_owned();
    for horizon in a.horizons.names() {
        out += &format!(" | {}", plain(horizon));
    }
    out += " |\n|---";
    out += &"|---".repeat(a.horizons.len());
    out += "|";
    for (head, cells) in rows {
        out += &format!("\n| {head}");
        for cell in cells {
            out += &format!(" | {cell}");
        }
        out += " |";
    }
    out
}

impl Numbers {
    pub(super) fn horizons(&self) -> impl Iterator<Item = HorizonId> + use<> {
        self.assessment().horizons.ids()
    }

    pub(super) fn percent(&self, p: f64) -> String {
        round::percent_in(&self.assessment().scale, p)
    }

    pub(super) fn chance_of(&self, outcome: OutcomeId, horizon: HorizonId) -> f64 {
        self.verdict().horizons[horizon.index()].outcomes[outcome.index()].probability
    }

    /// "64%" by horizon.
    pub(super) fn of_outcome(&self, outcome: OutcomeId) -> Vec<String> {
        let each = self.horizons();
        each.map(|h| self.percent(self.chance_of(outcome, h)))
            .collect()
    }

    /// The chances of an event or change by horizon; none of what has none.
    pub(super) fn of_driver(&self, driver: DriverId) -> Option<Vec<f64>> {
        let verdict = self.verdict();
        if let Some(event) = verdict.events.iter().find(|e| e.event == driver) {
            return Some(event.horizons.iter().map(|h| h.0).collect());
        }
        let change = verdict.changes.iter().find(|c| c.change == driver)?;
        Some(change.horizons.iter().map(|h| h.chance).collect())
    }

    /// What a query in the file's words is answered; none where it cannot be.
    pub(super) fn answer(&self, query: &str) -> Option<f64> {
        let mut sources = SourceMap::new();
        sources.add(Source::new("query", query));
        let (written, wrong) = parse_query(FileId(0), query);
        let written = written.filter(|_| wrong.is_empty())?;
        let meant = Asker::new(self.assessment(), &sources)
            .query(&written)
            .ok()?;
        // A number is no chance.
        if matches!(meant.target, Target::Figure(..)) {
            return None;
        }
        Answers::knowing(self.assessment(), self.verdict())
            .answer(&meant)
            .ok()?
    }

    /// The outcomes that a driver moves, each with its points and its push.
    fn pushes(&self, driver: DriverId) -> Vec<(String, Vec<String>)> {
        let a = self.assessment();
        let mut rows = Vec::new();
        for outcome in a.outcomes.ids() {
            let found = self
                .horizons()
                .map(|h| self.verdict().contribution(driver, h, outcome));
            let found: Vec<_> = found.collect();
            let moves = |c: &&crate::infer::verdict::Contribution| c.points.abs() >= 0.05;
            if !found.iter().flatten().any(moves) {
                continue;
            }
            let cells = found.into_iter().map(|c| match c {
                Some(c) if c.decibans.abs() >= 0.05 => format!(
                    "{} points ({} dB)",
                    round::change(c.points),
                    round::decibans(c.decibans, true)
                ),
                Some(c) => format!("{} points", round::change(c.points)),
                None => String::new(),
            });
            let head = format!("moves {}", plain(a.outcomes.name(outcome)));
            rows.push((head, cells.collect()));
        }
        rows
    }

    fn rows(&self, declared: &Declared) -> Vec<(String, Vec<String>)> {
        let a = self.assessment();
        let name = declared.name.as_str();
        let mut rows = Vec::new();
        if matches!(declared.sort, Sort::View | Sort::Pool) {
            let voices = self.evaluated.voices();
            let voice = voices.iter().find(|v| v.name == name && v.title.is_some());
            for outcome in a.outcomes.ids().filter(|_| voice.is_some()) {
                let cells = self.horizons().map(|h| {
                    let p = voice.map_or(f64::NAN, |v| v.of(h, outcome));
                    if p.is_nan() {
                        "—".to_owned()
                    } else {
                        self.percent(p)
                    }
                });
                rows.push((plain(a.outcomes.name(outcome)), cells.collect()));
            }
            return rows;
        }
        if let Some(outcome) = a.outcomes.id(name).filter(|_| declared.sort.is_outcome()) {
            let each = self.horizons().map(|h| {
                let found = &self.verdict().horizons[h.index()].outcomes[outcome.index()];
                let interval = self.evaluated.interval(found);
                let interval = interval.map_or(String::new(), |i| format!(" ({i})"));
                format!("{}{interval}", self.percent(found.probability))
            });
            rows.push(("chance".to_owned(), each.collect()));
            let words = self.horizons().map(|h| {
                let found = &self.verdict().horizons[h.index()].outcomes[outcome.index()];
                self.evaluated.words(found)
            });
            rows.push((String::new(), words.collect()));
        }
        if let Some(driver) = a.drivers.id(name).filter(|_| declared.sort.is_driver()) {
            if let Some(chances) = self.of_driver(driver) {
                let each = chances.iter().map(|p| self.percent(*p));
                rows.push(("chance".to_owned(), each.collect()));
            }
            let change = self.verdict().changes.iter().find(|c| c.change == driver);
            for outcome in a.outcomes.ids().filter(|_| change.is_some()) {
                let each = change.iter().flat_map(|c| &c.horizons).map(|h| {
                    let part = |list: &Option<Vec<f64>>| {
                        let p = list.as_ref().and_then(|l| l.get(outcome.index()));
                        p.map_or("–".to_owned(), |p| self.percent(*p))
                    };
                    format!("{} → {}", part(&h.absent), part(&h.given))
                });
                let head = format!("{} without → with it", plain(a.outcomes.name(outcome)));
                rows.push((head, each.collect()));
            }
            rows.extend(self.pushes(driver));
        }
        if let Some(scenario) = a
            .scenarios
            .id(name)
            .filter(|_| declared.sort == Sort::Scenario)
        {
            let found = self
                .verdict()
                .scenarios
                .iter()
                .find(|s| s.scenario == scenario);
            for outcome in a.outcomes.ids().filter(|_| found.is_some()) {
                let each = found.iter().flat_map(|s| &s.horizons);
                let each = each.map(|(_, chances)| self.percent(chances[outcome.index()]));
                rows.push((plain(a.outcomes.name(outcome)), each.collect()));
            }
        }
        if let Some(found) = a
            .quantities
            .id(name)
            .filter(|_| declared.sort == Sort::Quantity)
            .and_then(|id| self.verdict().quantities.iter().find(|q| q.quantity == id))
        {
            let cells = |text: &dyn Fn(&Mixture) -> String| -> Vec<String> {
                let each = found.horizons.iter().map(|at| match at {
                    Some(at) => text(&at.mixture),
                    None => "—".to_owned(),
                });
                each.collect()
            };
            rows.push(("median".to_owned(), cells(&|m| figure(m.quantile(0.5)))));
            let span = |m: &Mixture| {
                format!(
                    "{} to {}",
                    figure(m.quantile(0.05)),
                    figure(m.quantile(0.95))
                )
            };
            rows.push(("90% interval".to_owned(), cells(&span)));
            rows.push(("mean".to_owned(), cells(&|m| figure(m.mean()))));
        }
        rows
    }
}

/// A name: its title, what it is, and its numbers by horizon.
pub(super) fn name(declared: &Declared, known: Option<Known<'_>>) -> String {
    let mut out = format!("**{}** · {}", plain(&declared.name), declared.sort.as_str());
    if let Some(title) = &declared.title {
        out += &format!("\n\n{}", plain(title));
    }
    let Some(Known { numbers, stale }) = known else {
        return out;
    };
    let a = numbers.assessment();
    if let Some(h) = a
        .horizons
        .id(&declared.name)
        .filter(|_| declared.sort == Sort::Horizon)
    {
        let horizon = &a.horizons[h];
        let at = &numbers.verdict().horizons[h.index()];
        let open = if horizon.open {
            ", which is assumed"
        } else {
            ""
        };
        if a.outcomes.is_empty() {
            out += &format!("\n\n{} to {}{open}.", horizon.from, horizon.to);
            return out;
        }
        out += &format!(
            "\n\n{} to {}{open}. {} leads by {}; confidence is {}.",
            horizon.from,
            horizon.to,
            plain(a.outcomes.name(at.leader)),
            round::points(at.margin),
            at.confidence.as_str()
        );
    } else {
        let rows = numbers.rows(declared);
        if rows.is_empty() {
            return out;
        }
        out += &table(numbers, &rows);
    }
    if stale {
        out += STALE;
    }
    out
}

/// A word of a scale: its band and its median.
pub(super) fn word(scale: &Scale, word: &str) -> Option<String> {
    let term = scale.term(word)?;
    let (low, high) = term.band;
    let mut out = format!(
        "**{}** · scale `{}`\n\n{}, counted as {}",
        plain(&term.name),
        scale.name,
        round::interval(low, high),
        round::percent(term.median)
    );
    if !term.aliases.is_empty() {
        let names = term.aliases.iter().map(|a| plain(a));
        out += &format!("\n\nalso: {}", names.collect::<Vec<_>>().join(", "));
    }
    Some(out)
}

/// "20%", for a word of a scale.
pub(super) fn median(scale: &Scale, word: &str) -> Option<String> {
    scale.term(word).map(|t| round::percent(t.median))
}

/// ln of a ratio in decibans.
pub(super) fn in_decibans(log: f64) -> f64 {
    10.0 * log / std::f64::consts::LN_10
}

/// A strength: its ratio, its decibans, its range.
pub(super) fn strength(strengths: &Strengths, word: &str) -> Option<String> {
    let strength = strengths.word(word)?;
    let mut out = format!(
        "**{}** · strengths `{}`\n\n{}:1, {} dB",
        plain(&strength.name),
        strengths.name,
        round::factor(libm::exp(strength.log)),
        round::decibans(in_decibans(strength.log), false)
    );
    if let Some((low, high)) = strength.range {
        out += &format!(
            "; counted as {} to {} dB",
            round::decibans(in_decibans(low), false),
            round::decibans(in_decibans(high), false)
        );
    }
    Some(out)
}

/// "5 dB", for a strength.
pub(super) fn decibans(strengths: &Strengths, word: &str) -> Option<String> {
    let strength = strengths.word(word)?;
    Some(format!(
        "{} dB",
        round::decibans(in_decibans(strength.log), false)
    ))
}

/// A rating, `B2`.
pub(super) fn rating(text: &str) -> Option<(Rating, String)> {
    let mut chars = text.trim().chars();
    let source = chars.next()?.to_ascii_uppercase();
    let information = chars.next()?.to_digit(10)? as u8;
    let is_one = ('A'..='F').contains(&source) && (1..=6).contains(&information);
    if !is_one || chars.next().is_some() {
        return None;
    }
    let rating = Rating {
        source,
        information,
    };
    let (of_source, of_information) = admiralty::words(rating);
    let out = format!(
        "**{source}{information}** · Admiralty code\n\n{source}: {of_source}\n\n{information}: {of_information}\n\n\
         a weight that rests on it counts × {}",
        round::factor(admiralty::discount(rating))
    );
    Some((rating, out))
}
