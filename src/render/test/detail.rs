//! What is to be said of a test that does not hold.
//!
//! In: a test. Out: a sentence; and all of it, for people. The numbers of a sentence lie on the same
//! side of what is claimed as the exact ones.

use super::super::verdict::apart;
use super::super::{Look, diff, text};
use super::{Changed, Move, Of, Origin, Ran, Share, Since, State, Stored, Test, Tested};
use crate::resolve::assessment::{Assessment, DriverId};
use crate::testing::{Claim, Grounds, Trial};
use crate::text::clean::line as clean;
use crate::text::round;
use crate::text::shell::word;
use crate::text::source::Span;
use crate::text::wrap::{columns, wrap};
use std::fmt::Write;

/// How many moves of a verdict, and how many edits of each, are shown.
const MOVES: usize = 5;
const EDITS: usize = 5;

/// Shares of a move smaller than this, in percentage points, are not shown.
const NOTHING: f64 = 1e-9;

impl Test<'_> {
    /// Why it does not hold, in a sentence; nothing of one that does.
    pub(super) fn message(&self) -> Option<String> {
        match &self.of {
            Of::File(checked) => {
                let first = checked.diagnostics.first()?;
                let more = checked.diagnostics.len() - 1;
                Some(match more {
                    0 => first.message.clone(),
                    n => format!("{}; and {}", first.message, super::count(n, "more mistake")),
                })
            }
            Of::Claim(_, trial) if trial.answer.holds => None,
            Of::Claim(ran, trial) => Some(instead(ran, trial)),
            Of::Verdict(tested, stored) => match &stored.state {
                State::Same | State::Accepted => None,
                State::New { .. } => Some(format!(
                    "there is no stored verdict; `assess test {} --accept` stores this one",
                    word(&tested.file)
                )),
                State::Changed(_) => Some(format!("the verdict is not the one in {}", stored.path)),
            },
        }
    }

    /// All that is to be said, in lines; `look` is that of the place where they go.
    pub(super) fn details(&self, look: Look) -> String {
        let mut page = Page {
            out: String::new(),
            look,
        };
        match &self.of {
            Of::File(checked) => {
                let report = text::render(
                    &checked.diagnostics,
                    &checked.sources,
                    look.width,
                    look.colour,
                );
                page.out.push_str(report.trim_end());
                page.out.push('\n');
            }
            Of::Claim(ran, trial) => {
                page.flow(&format!("{}:{}", self.file, trial.case.line), "");
                page.flow(&format!("{}.", sentence(&instead(ran, trial))), "");
                for grounds in &trial.grounds {
                    page.out.push('\n');
                    page.grounds(ran, grounds);
                }
                if let (Claim::Expect(expect), false) =
                    (&trial.case.claim, trial.grounds.is_empty())
                {
                    let text = expect.text.split_whitespace().collect::<Vec<_>>().join(" ");
                    // A command is to be copied: it stays on one line.
                    page.out.push_str("\nWhat it would take:\n");
                    let line = format!("  assess flip {} --until \"{text}\"", word(self.file));
                    let _ = writeln!(page.out, "{}", clean(&line));
                }
            }
            Of::Verdict(tested, stored) => page.verdict(tested, stored),
        }
        page.out
    }
}

/// What is the case instead of what is claimed.
fn instead(ran: &Ran, trial: &Trial) -> String {
    match &trial.case.claim {
        Claim::Expect(expect) => ran.evaluated.instead(expect, &trial.answer),
        Claim::Bet(bet) => match trial.answer.value {
            None => "what it is given cannot happen".to_owned(),
            Some(p) => {
                let (p, price) = apart(p, bet.price.node);
                format!("it costs {price}, and `{}` comes out at {p}", bet.on.text)
            }
        },
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Where a driver stands: "line 12", "line 4 of shared/europe.assess".
fn place(ran: &Ran, span: Span) -> String {
    let source = ran.evaluated.sources.source(span.file);
    let line = source.position(span.start as usize).line;
    match span.file == ran.evaluated.assessment.file {
        true => format!("line {line}"),
        false => format!("line {line} of {}", source.name),
    }
}

fn name(assessment: &Assessment, driver: DriverId) -> String {
    let kind = assessment.drivers[driver].kind().as_str();
    format!("{kind} {}", assessment.drivers.name(driver))
}

struct Page {
    out: String,
    look: Look,
}

impl Page {
    fn flow(&mut self, text: &str, indent: &str) {
        let width = self.look.width.saturating_sub(columns(indent));
        for line in wrap(text, width) {
            let _ = writeln!(
                self.out,
                "{}",
                format!("{indent}{}", clean(&line)).trim_end()
            );
        }
    }

    /// Rows of two columns.
    fn table(&mut self, rows: &[(String, String)]) {
        self.table_at(rows, "  ");
    }

    fn table_at(&mut self, rows: &[(String, String)], indent: &str) {
        let left = rows.iter().map(|r| columns(&r.0)).max().unwrap_or(0);
        let left = left.min(self.look.width / 2);
        for (a, b) in rows {
            let pad = left.saturating_sub(columns(a));
            let line = format!("{indent}{}{}  {b}", clean(a), " ".repeat(pad));
            let _ = writeln!(self.out, "{}", line.trim_end());
        }
    }

    fn grounds(&mut self, ran: &Ran, grounds: &Grounds) {
        let a = &ran.evaluated.assessment;
        let value = round::percent(grounds.value);
        let side = if grounds.low { "low" } else { "high" };
        if let Some(prior) = grounds.prior {
            let most = match grounds.steps.is_empty() {
                true => format!("no reason makes it so {side}"),
                false => format!("what makes it so {side}, in points"),
            };
            self.flow(&format!("`{}` is {value}; {most}:", grounds.query), "");
            let mut rows = vec![("prior".to_owned(), round::percent(prior))];
            rows.extend(grounds.steps.iter().map(|step| {
                let what = format!("{}, {}", name(a, step.driver), place(ran, step.span));
                (what, round::change(step.points))
            }));
            self.table(&rows);
        } else if !grounds.rests.is_empty() {
            self.flow(&format!("`{}` is {value}; it rests on:", grounds.query), "");
            let rows: Vec<(String, String)> = grounds
                .rests
                .iter()
                .map(|rest| {
                    let what = format!("{}, {}", name(a, rest.driver), place(ran, rest.span));
                    (what, rest.chance.map_or(String::new(), round::percent))
                })
                .collect();
            self.table(&rows);
        }
    }

    fn verdict(&mut self, tested: &Tested, stored: &Stored) {
        match &stored.state {
            State::Same | State::Accepted => {}
            State::New { .. } => {
                self.flow(&format!("There is no {} yet.", stored.path), "");
            }
            State::Changed(changed) => {
                let Changed {
                    before,
                    now,
                    origin,
                } = changed.as_ref();
                self.out
                    .push_str(&diff::unified(&stored.path, before, now, self.look));
                self.out.push('\n');
                self.origin(&tested.file, origin);
            }
        }
        self.flow(
            &format!(
                "`assess test {} --accept` stores this verdict.",
                word(&tested.file)
            ),
            "",
        );
    }

    fn origin(&mut self, file: &str, origin: &Origin) {
        match origin {
            Origin::Unasked => {}
            Origin::Unknown(why) => {
                self.flow(why, "");
                self.out.push('\n');
            }
            Origin::Known(since) => {
                self.since(file, since);
                self.out.push('\n');
            }
        }
    }

    fn since(&mut self, file: &str, since: &Since) {
        let revision = &since.revision;
        if since.moves.is_empty() {
            return self.flow(
                &format!("No edit of {file} since {revision} moves a probability."),
                "",
            );
        }
        self.flow(&format!("What moved since {revision}, in points:"), "");
        let shown = &since.moves[..since.moves.len().min(MOVES)];
        let name = |moved: &Move| format!("{} {}", moved.horizon, moved.outcome);
        let rows: Vec<(String, String)> = shown
            .iter()
            .map(|moved| {
                let (from, to) = from_to(moved);
                let whole = round::change(100.0 * (moved.to - moved.from));
                (name(moved), format!("{whole:<5}  {from} → {to}"))
            })
            .collect();
        self.table(&rows);
        match since.moves.len() - shown.len() {
            0 => {}
            1 => self.flow("and one other probability", "  "),
            n => self.flow(&format!("and {n} other probabilities"), "  "),
        }
        self.out.push('\n');
        self.flow("Which edit moved it, and its share:", "");
        let edits = edits(shown);
        for (edit, line) in edits.iter().take(EDITS) {
            let place = line.map_or(String::new(), |n| format!(", line {n}"));
            self.flow(&format!("{edit}{place}"), "  ");
            let rows: Vec<(String, String)> = shown
                .iter()
                .filter_map(|moved| {
                    let own = |s: &&Share| (s.edit.as_str(), s.line) == (edit, *line);
                    let share = moved.shares.iter().find(own)?;
                    if share.points.abs() <= NOTHING {
                        return None;
                    }
                    let part = share.points / (100.0 * (moved.to - moved.from));
                    let part = format!("{} of it", round::percent(part));
                    // Where edits pull both ways, a part of what is left says little.
                    let part = match share.points.abs() {
                        p if p > 101.0 * (moved.to - moved.from).abs() => String::new(),
                        _ if part.starts_with('0') => String::new(),
                        _ => part,
                    };
                    let points = round::change(share.points);
                    Some((
                        name(moved),
                        format!("{points:<5}  {part}").trim_end().to_owned(),
                    ))
                })
                .collect();
            self.table_at(&rows, "    ");
        }
        match edits.len().saturating_sub(EDITS) {
            0 => {}
            1 => self.flow("and one other edit", "  "),
            n => self.flow(&format!("and {n} other edits"), "  "),
        }
    }
}

/// Two shares with as many decimals as tell them apart, four at most.
fn from_to(moved: &Move) -> (String, String) {
    let rounded = (round::percent(moved.from), round::percent(moved.to));
    let with = |decimals: usize| {
        let text = |p: f64| format!("{}%", crate::text::decimal::fixed(100.0 * p, decimals));
        (text(moved.from), text(moved.to))
    };
    let finer = std::iter::once(rounded).chain((1..=4).map(with));
    let told = finer.clone().find(|(from, to)| from != to);
    told.or(finer.last()).unwrap_or_default()
}

/// The edits that share in some moves, the largest share first.
fn edits(moves: &[Move]) -> Vec<(&str, Option<usize>)> {
    let mut all: Vec<(f64, &str, Option<usize>)> = Vec::new();
    for share in moves.iter().flat_map(|m| &m.shares) {
        let size = share.points.abs();
        let own =
            |e: &&mut (f64, &str, Option<usize>)| (e.1, e.2) == (share.edit.as_str(), share.line);
        match all.iter_mut().find(own) {
            Some(found) => found.0 = found.0.max(size),
            None => all.push((size, &share.edit, share.line)),
        }
    }
    all.retain(|e| e.0 > NOTHING);
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.into_iter()
        .map(|(_, edit, line)| (edit, line))
        .collect()
}
