//! What is said of names, words, strengths and ratings: for hovers and beside completions.
//!
//! In: what is meant, and the last numbers. Out: Markdown.

use super::names::{Declared, Sort};
use super::{Known, Numbers};
use crate::admiralty;
use crate::infer::mixture::Mixture;
use crate::infer::verdict::{QuantityAt, Verdict};
use crate::infer::{Answers, Given};
use crate::phrases::Phrases;
use crate::render::verdict::comes::Coming;
use crate::resolve::Asker;
use crate::resolve::assessment::{
    Assessment, DriverId, Figured, HorizonId, OutcomeId, QuantityId, Query, QuestionId, Target,
};
use crate::resolve::table::Id;
use crate::scales::Scale;
use crate::strengths::Strengths;
use crate::syntax::ast::Rating;
use crate::syntax::parse_query;
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
        // Where nothing has a time, the one column needs no name.
        let name = if a.timeless { "" } else { horizon };
        out += &format!(" | {}", plain(name));
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
        self.verdict().horizons[horizon.index()].outcomes[outcome.index()]
            .probability
            .value
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
            return Some(event.horizons.iter().map(|h| h.chance.value).collect());
        }
        let change = verdict.changes.iter().find(|c| c.change == driver)?;
        Some(change.horizons.iter().map(|h| h.chance.value).collect())
    }

    /// What a query in the file's words is answered: "18% · very unlikely", "2.3% a year"; none where it
    /// cannot be.
    pub(super) fn answer(&self, query: &str) -> Option<String> {
        let meant = meant(self.assessment(), query)?;
        let answer = Answers::knowing(self.assessment(), self.verdict())
            .answer(&meant)
            .ok()??;
        Some(match meant.target {
            Target::Figure(_, of) => of.worded(self.assessment(), answer),
            _ => {
                let word = self.assessment().scale.wording(answer).word();
                format!("{} · {word}", self.percent(answer))
            }
        })
    }

    /// What a placeholder that asks for a day becomes: `{as of}`, `{date of long}`, `{when strike}`.
    pub(super) fn day(&self, text: &str) -> Option<String> {
        let a = self.assessment();
        let say = Phrases::of(a.lang.unwrap_or_default());
        let words: Vec<&str> = text.split_whitespace().collect();
        match words[..] {
            ["as", "of"] => Some(say.dated(a.as_of_dated)),
            ["date", "of", name] => Some(say.date(a.horizons[a.horizons.id(name)?].to)),
            ["when", name] => {
                let outcome = a.outcomes.id(name).map(Coming::Outcome);
                let event = a.drivers.id(name);
                let event = event.filter(|d| self.verdict().events.iter().any(|e| e.event == *d));
                let what = outcome.or(event.map(Coming::Event))?;
                Some(self.evaluated.comes(what).worded(say))
            }
            _ => None,
        }
    }

    /// "presence" at a horizon, and its chance: who leads a question.
    pub(super) fn leads(&self, question: QuestionId, horizon: HorizonId) -> (OutcomeId, f64) {
        let leader = self.evaluated.standing(horizon, question).leader;
        (leader, self.chance_of(leader, horizon))
    }

    /// The question that a name stands for.
    pub(super) fn question(&self, name: &str) -> Option<QuestionId> {
        let mut all = self.assessment().questions.iter();
        let named = all.find(|(_, q)| q.name.as_ref().is_some_and(|n| n.node == name));
        named.map(|(id, _)| id)
    }

    /// "2.3% a year, 0.6 to 3.9" by horizon: the median of a quantity, and its 90% interval.
    pub(super) fn of_quantity(&self, quantity: QuantityId) -> Option<Vec<String>> {
        let mut all = self.verdict().quantities.iter();
        let found = all.find(|q| q.quantity == quantity)?;
        let each = found.horizons.iter().map(|at| match at {
            Some(QuantityAt { mixture, .. }) => {
                let (of, a) = (Figured::Quantity(quantity), self.assessment());
                let median = of.worded(a, mixture.quantile(0.5));
                format!("{median}, {}", span(of, a, mixture))
            }
            None => "—".to_owned(),
        });
        Some(each.collect())
    }

    /// What the verdict says to the judgement at some bytes: "= 4.3%, holds".
    pub(super) fn judged(&self, title: &str) -> Option<String> {
        let mut all = self.evaluated.judged();
        let (judgement, answer) = all.find(|(j, _)| j.title.node == title)?;
        let said = self.evaluated.borne_out(judgement, answer);
        let holds = if answer.holds {
            "holds"
        } else {
            "does not hold"
        };
        Some(format!("= {said}, {holds}"))
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
                format!("{}{interval}", self.percent(found.probability.value))
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
                    let part = |given: &Given| {
                        let all = given.outcomes();
                        let p = all.and_then(|all| all.get(outcome.index()));
                        p.map_or("–".to_owned(), |p| self.percent(p.value))
                    };
                    format!("{} → {}", part(&h.absent), part(&h.given))
                });
                let head = format!("{} without → with it", plain(a.outcomes.name(outcome)));
                rows.push((head, each.collect()));
            }
            rows.extend(self.pushes(driver));
        }
        if let Some(question) = self
            .question(name)
            .filter(|_| declared.sort == Sort::Question)
        {
            for outcome in a.questions[question].ids() {
                rows.push((plain(a.outcomes.name(outcome)), self.of_outcome(outcome)));
            }
        }
        if let Some(condition) = a
            .conditions
            .id(name)
            .filter(|_| declared.sort == Sort::Condition)
        {
            let chances = self.conditions.get(condition.index()).into_iter().flatten();
            let each = chances.map(|p| p.map_or("—".to_owned(), |p| self.percent(p)));
            rows.push(("chance".to_owned(), each.collect()));
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
                let each = each.map(|(_, chances)| self.percent(chances[outcome.index()].value));
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
            let of = Figured::Quantity(found.quantity);
            let unit = |x: f64| of.worded(a, x);
            rows.push(("median".to_owned(), cells(&|m| unit(m.quantile(0.5)))));
            rows.push(("90% interval".to_owned(), cells(&|m| span(of, a, m))));
            rows.push(("mean".to_owned(), cells(&|m| unit(m.mean()))));
        }
        rows
    }
}

/// "0.6 to 3.9": what a quantity lies between with 90%.
fn span(of: Figured, a: &Assessment, mixture: &Mixture) -> String {
    let end = |p| of.figure(a, mixture.quantile(p));
    format!("{} to {}", end(0.05), end(0.95))
}

/// A query in a file's words; none where it means nothing there.
fn meant(assessment: &Assessment, query: &str) -> Option<Query> {
    let mut sources = SourceMap::new();
    sources.add(Source::new("query", query));
    let (written, wrong) = parse_query(FileId(0), query);
    let written = written.filter(|_| wrong.is_empty())?;
    Asker::new(assessment, &sources).query(&written).ok()
}

/// The chance of each condition, by horizon.
pub(super) fn conditions(a: &Assessment, verdict: &Verdict) -> Vec<Vec<Option<f64>>> {
    if a.conditions.is_empty() {
        return Vec::new();
    }
    let mut answers = Answers::knowing(a, verdict);
    let each = a.conditions.names().map(|name| {
        let at = a.horizons.names().map(|horizon| {
            // Whether it lasts or passes is for the file to know.
            let queries = match a.timeless {
                true => vec![name.to_owned()],
                false => ["by", "in"]
                    .map(|at| format!("{name} {at} {horizon}"))
                    .to_vec(),
            };
            let query = queries.iter().find_map(|query| meant(a, query))?;
            answers.answer(&query).ok()?
        });
        at.collect()
    });
    each.collect()
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
    if let Some(id) = a
        .outcomes
        .id(&declared.name)
        .filter(|_| declared.sort.is_outcome())
    {
        let outcome = &a.outcomes[id];
        let value = outcome.value.map(|x| {
            let value = Figured::Question(outcome.question).worded(a, x);
            format!("value {}", plain(&value))
        });
        let impact = outcome.impact.and_then(|i| a.impacts.get(i));
        let impact = impact.map(|word| format!("impact {}", plain(&word.node)));
        let more: Vec<String> = value.into_iter().chain(impact).collect();
        if !more.is_empty() {
            out += &format!("\n\n{}", more.join(", "));
        }
    }
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
        for (id, question) in a.questions.iter() {
            // The first is the one above.
            let Some(name) = question.name.as_ref().filter(|_| id.index() > 0) else {
                continue;
            };
            let at = numbers.evaluated.standing(h, id);
            out += &format!(
                "\n\nIn {} {} leads by {}; confidence is {}.",
                plain(&name.node),
                plain(a.outcomes.name(at.leader)),
                round::points(at.margin),
                at.confidence.as_str()
            );
        }
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
