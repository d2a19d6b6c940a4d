//! A history as text: a paragraph for each revision, then each number over time.

use super::History;
use super::spark::{self, Value};
use crate::history::{Moved, Part, Point, Sound, State};
use crate::render::Look;
use crate::text::clean::message;
use crate::text::round;
use crate::text::wrap::{columns, wrap};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// How many edits of one revision are named.
const EDITS: usize = 3;

/// Fewer points than this are not worth an edit's line, as long as one larger is named.
const WORTH: f64 = 0.0005;

/// Writes it.
pub(super) fn write(history: &History, look: Look) -> String {
    let mut page = Page {
        history,
        look,
        out: String::new(),
    };
    page.head();
    for (i, point) in history.points.iter().enumerate().skip(history.hidden) {
        page.out.push('\n');
        page.point(i, point);
    }
    page.over_time();
    page.out
}

struct Page<'a> {
    history: &'a History,
    look: Look,
    out: String,
}

impl Page<'_> {
    fn style(&self, style: Style) -> Style {
        if self.look.colour {
            style
        } else {
            Style::new()
        }
    }

    fn dim(&self) -> Style {
        self.style(Style::new().dimmed())
    }

    /// A paragraph: its first line behind one text, the others behind as many blanks.
    fn flow(&mut self, first: &str, text: &str, style: Style) {
        let indent = columns(first);
        let lines = wrap(&message(text), self.look.width.saturating_sub(indent));
        for (i, line) in lines.iter().enumerate() {
            let start = if i == 0 { first } else { &" ".repeat(indent) };
            let _ = writeln!(self.out, "{start}{style}{line}{style:#}");
        }
    }

    fn head(&mut self) {
        let bold = self.style(Style::new().bold());
        if let Some(sound) = self.history.sound().next_back() {
            self.flow("", &sound.title, bold);
        }
        let shown = self.history.shown();
        let commits = shown.iter().filter(|p| p.stamp.is_some()).count();
        let count = match (commits, self.history.earlier) {
            (1, 0) => "1 commit".to_owned(),
            (n, 0) => format!("{n} commits"),
            (n, earlier) => format!("the last {n} of {} commits", n + earlier),
        };
        let mut line = format!("{} · {count}, oldest first", self.history.file);
        if let Some(day) = self.history.as_of {
            let _ = write!(line, " · all as of {day}");
        }
        let dim = self.dim();
        self.flow("", &line, dim);
    }

    fn point(&mut self, place: usize, point: &Point) {
        let (dim, yellow) = (self.dim(), self.style(AnsiColor::Yellow.on_default()));
        let (first, subject) = match &point.stamp {
            Some(s) => (
                format!("{}  {yellow}{}{yellow:#}  ", s.day(), s.short),
                s.subject.as_str(),
            ),
            None => (
                format!("{yellow}not committed{yellow:#}      "),
                "the file as it is now",
            ),
        };
        let bold = self.style(Style::new().bold());
        let indent = columns(&anstream::adapter::strip_str(&first).to_string());
        let width = self.look.width.saturating_sub(indent);
        for (i, line) in wrap(&message(subject), width).iter().enumerate() {
            let start = if i == 0 { &first } else { &" ".repeat(indent) };
            let _ = writeln!(self.out, "{start}{bold}{line}{bold:#}");
        }
        if let Some(old) = &point.renamed_from {
            self.flow("  ", &format!("renamed from {old} to {}", point.file), dim);
        }
        let red = self.style(AnsiColor::Red.on_default());
        match &point.state {
            State::Sound(sound) => self.sound(place, sound, point.moved.as_ref()),
            State::Broken {
                errors,
                first,
                line,
            } => {
                let count = match errors {
                    1 => "1 error".to_owned(),
                    n => format!("{n} errors, the first"),
                };
                let line = line.map_or_else(String::new, |n| format!(" in line {n}"));
                self.flow("  ", &format!("broken: {count}{line}: {first}"), red);
            }
            State::Shared => self.flow("  ", "made for `use`, without a verdict", dim),
            State::Gone => self.flow("  ", "deleted", red),
        }
    }

    fn sound(&mut self, place: usize, sound: &Sound, moved: Option<&Moved>) {
        let before = moved.and_then(|m| self.history.points.get(m.since));
        let before = before.and_then(|p| match &p.state {
            State::Sound(sound) => Some(sound),
            _ => None,
        });
        let shown = &self.history.horizons;
        let horizons = sound.horizons.iter();
        let leaders = horizons.filter(|at| shown.is_empty() || shown.contains(&at.name));
        let leaders: Vec<String> = leaders
            .map(|at| {
                let leader = at.leader_name();
                let share = at.outcomes.get(at.leader).map_or(0.0, |o| o.probability);
                let old = before.and_then(|b| b.horizons.iter().find(|h| h.name == at.name));
                let old = old.map(|h| h.leader_name()).filter(|old| *old != leader);
                let was = old.map_or_else(String::new, |old| format!(" (was {old})"));
                format!("{}: {leader} {}{was}", at.name, round::percent(share))
            })
            .collect();
        self.flow("  ", &leaders.join(", "), Style::new());
        let dim = self.dim();
        for sentence in &sound.left_out {
            self.flow("  ", sentence, dim);
        }
        if let Some(moved) = moved {
            self.moved(place, moved);
        }
    }

    fn moved(&mut self, place: usize, moved: &Moved) {
        let dim = self.dim();
        let since = self.history.points.get(moved.since);
        let since = since.and_then(|p| p.stamp.as_ref());
        if let Some(stamp) = since.filter(|_| moved.since + 1 != place) {
            self.flow("  ", &format!("since {}:", stamp.short), dim);
        }
        let mut edits: Vec<(&Part, &str)> = moved
            .edits
            .iter()
            .filter_map(|e| Some((self.history.chief(&e.shares)?, e.text.as_str())))
            .collect();
        edits.sort_by(|a, b| b.0.share.abs().total_cmp(&a.0.share.abs()));
        if edits.is_empty() {
            let quiet = moved.quiet.join("; ");
            let told = match moved.quiet.is_empty() {
                true => "nothing moved: it says the same".to_owned(),
                false => format!("nothing moved: {quiet}"),
            };
            self.flow("  ", &told, dim);
            return;
        }
        let worth = edits.iter().filter(|(p, _)| p.share.abs() >= WORTH).count();
        let named = worth.clamp(1, EDITS);
        // One more line for one more edit says more than that there is one.
        let named = if worth == named + 1 { worth } else { named };
        let cells: Vec<String> = edits
            .iter()
            .take(named)
            .map(|(p, _)| self.cell(p))
            .collect();
        let width = cells.iter().map(|c| columns(c)).max().unwrap_or(0);
        for ((part, text), cell) in edits.iter().zip(&cells) {
            let change = round::change(100.0 * part.share);
            let gap = " ".repeat(8_usize.saturating_sub(columns(&change)));
            let blank = " ".repeat(width - columns(cell));
            self.flow(
                &format!("{gap}{change}  {cell}{blank}  "),
                text,
                Style::new(),
            );
        }
        let left = moved.edits.len() - named;
        if left > 0 {
            let edits = if left == 1 { "edit" } else { "edits" };
            let told = format!("and {left} {edits} with less, or with nothing that is shown");
            self.flow(&" ".repeat(10), &told, dim);
        }
    }

    /// "exit by long", "stay in short"
    fn cell(&self, part: &Part) -> String {
        let outcomes = self.history.sound().flat_map(|s| &s.horizons);
        let mut outcomes = outcomes.flat_map(|at| &at.outcomes);
        let is_final = outcomes.any(|o| o.name == part.outcome && o.is_final);
        let word = if is_final { "by" } else { "in" };
        format!("{} {word} {}", part.outcome, part.horizon)
    }

    fn over_time(&mut self) {
        let Some(last) = self.history.sound().next_back() else {
            return;
        };
        let shown = self.history.shown();
        if shown.len() < 2 {
            return;
        }
        let mut rows = Vec::new();
        for at in &last.horizons {
            let mut head = at.name.as_str();
            for outcome in &at.outcomes {
                if self.history.shows(&at.name, &outcome.name) {
                    rows.push((std::mem::take(&mut head), &*at.name, &*outcome.name));
                }
            }
        }
        let most = |of: fn(&(&str, &str, &str)) -> usize| rows.iter().map(of).max().unwrap_or(0);
        let horizon = most(|r| columns(r.0));
        let outcome = most(|r| columns(r.2));
        // Blanks before, between and after, and figures as long as "0.1% → 100%".
        let room = self
            .look
            .width
            .saturating_sub(horizon + outcome + 19)
            .max(8);
        let drawn = &shown[shown.len().saturating_sub(room)..];
        let bold = self.style(Style::new().bold());
        let which = match drawn.len() < shown.len() {
            true => format!(", the last {} revisions", drawn.len()),
            false => String::new(),
        };
        let _ = writeln!(self.out, "\n{bold}Over time{which}{bold:#}");
        for (head, at, of) in rows {
            let series: Vec<Value> = drawn
                .iter()
                .map(|p| match &p.state {
                    State::Sound(s) => s.chance(at, of).map_or(Value::Absent, Value::Share),
                    State::Broken { .. } => Value::Broken,
                    State::Shared | State::Gone => Value::Absent,
                })
                .collect();
            let shares: Vec<f64> = series
                .iter()
                .filter_map(|v| match v {
                    Value::Share(p) => Some(*p),
                    _ => None,
                })
                .collect();
            let percent = |p: Option<&f64>| p.map_or_else(String::new, |&p| round::percent(p));
            let (first, now) = (percent(shares.first()), percent(shares.last()));
            let figures = match self.history.ascii {
                _ if shares.len() < 2 => now,
                true => format!("{first} to {now}"),
                false => format!("{first} → {now}"),
            };
            let line = spark::line(&series, self.history.ascii);
            let (h, o) = (horizon - columns(head), outcome - columns(of));
            let (h, o) = (" ".repeat(h), " ".repeat(o));
            let row = format!("  {head}{h}  {of}{o}  {line}  {figures}");
            let _ = writeln!(self.out, "{}", row.trim_end());
        }
    }
}
