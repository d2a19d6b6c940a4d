//! The verdict for people at a terminal: horizons across, outcomes down.
//!
//! In: evaluated assessments. Out: text for a given width. A number never stands without its word,
//! and confidence never in one sentence with a likelihood.

use super::events::BetLine;
use super::grid::{Layout, Line, Row, flow, styled};
use super::sections::{Panel, Tone};
use super::{Evaluated, Look, recalibrated, voices};
use crate::phrases::Phrases;
use crate::resolve::assessment::{HorizonId, OutcomeId, QuestionId};
use crate::text::clean::{line as clean, message};
use crate::text::lang::Lang;
use crate::text::round;
use crate::text::wrap::{columns, wrap};
use anstyle::{AnsiColor, Style};

pub(super) const STRONG: Style = Style::new().bold();
pub(super) const QUIET: Style = Style::new().dimmed();
pub(super) const LEAD: Style = AnsiColor::Cyan.on_default().bold();
const ALERT: Style = AnsiColor::Yellow.on_default().bold();
const WRONG: Style = AnsiColor::Red.on_default().bold();

/// The label of the row of what `--given` says.
const OWN_CHANCE: &str = "its own chance";

pub(super) fn report(evaluated: &[Evaluated], look: Look) -> String {
    let pages = evaluated.iter().map(|e| Page { e, look }.write());
    let mut out = pages.collect::<Vec<_>>().join("\n\n");
    foot(&mut out, evaluated, look);
    out
}

/// How the verdicts were computed, where that is to be said: once, where it is the same for all.
pub(super) fn foot(out: &mut String, evaluated: &[Evaluated], look: Look) {
    let lines = super::footers(evaluated);
    let (Some(first), false) = (evaluated.first(), lines.is_empty()) else {
        return;
    };
    out.push('\n');
    for line in lines {
        Page { e: first, look }.flow(out, &line, "", "", QUIET);
    }
}

/// One assessment's page.
pub(super) struct Page<'a> {
    pub(super) e: &'a Evaluated,
    pub(super) look: Look,
}

impl Page<'_> {
    fn write(&self) -> String {
        let mut out = String::new();
        self.head(&mut out);
        let e = self.e;
        if e.asked.judgements {
            self.judgements(&mut out, "");
            return out;
        }
        self.table(&mut out);
        if !e.is_asked() {
            self.judgements(&mut out, "\n");
        }
        if let Some(coverage) = e.coverage(Phrases::of(Lang::En)) {
            out.push('\n');
            let style = if e.assessment.lent.is_some() {
                ALERT
            } else {
                QUIET
            };
            self.flow(&mut out, &coverage, "", "", style);
        }
        self.panels(&mut out, voices::HEADING, voices::ROWS, &e.voice_panels());
        self.panels(
            &mut out,
            "Numbers",
            "",
            &e.number_panels(Phrases::of(Lang::En)),
        );
        if let Some(panel) = e.recalibrated_panel() {
            self.panels(
                &mut out,
                recalibrated::HEADING,
                recalibrated::ARROW,
                &[panel],
            );
        }
        if let Some((arrow, panel)) = e.beside() {
            let heading = "Beside the verdict as it stands";
            self.panels(&mut out, heading, &arrow, &[panel]);
        }
        if e.is_ever_possible() {
            self.panels(
                &mut out,
                "What would change the verdict",
                "without it → with it",
                &e.change_panels(),
            );
        }
        if let Some(panel) = e.event_panel() {
            self.panels(&mut out, "Events", "chance by then", &[panel]);
        }
        if !e.asked.makes_so() && e.is_ever_possible() {
            self.panels(
                &mut out,
                "Under each scenario",
                "the verdict → if so",
                &e.scenario_panels(),
            );
        }
        if !e.is_asked() {
            self.bets(&mut out);
            self.expectations(&mut out);
        }
        if !e.is_asked() {
            self.list(&mut out, "Confidence as stated", &e.stated_lines());
        }
        if e.asked.when {
            let lines = e.coming_lines(Phrases::of(Lang::En));
            let heading = "When it comes  (the median, with a 90% interval)";
            self.list(&mut out, heading, &lines);
        }
        self.list(&mut out, "Settled", &e.settled_lines());
        self.assumed(&mut out);
        out
    }

    fn list(&self, out: &mut String, heading: &str, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        out.push('\n');
        self.flow(out, heading, "", "", STRONG);
        for line in lines {
            self.flow(out, line, "  · ", "    ", Style::new());
        }
    }

    pub(super) fn head(&self, out: &mut String) {
        let e = self.e;
        self.flow(out, &e.assessment.title.node, "", "", STRONG);
        self.flow(out, &e.facts().join(" · "), "", "", QUIET);
        for spoken in e.spoken() {
            let text = format!("{}{}", spoken.words, spoken.own);
            self.flow(out, &text, "", "  ", ALERT);
        }
        if let Some(text) = e.impossible() {
            self.flow(out, &text, "", "  ", WRONG);
        }
        out.push('\n');
    }

    fn layout(&self) -> Layout {
        let labels = self.e.outcomes().into_iter();
        let longest = labels.map(|o| {
            let name = columns(&self.name_line(o));
            name.max(columns(&self.e.outcome(o).title))
        });
        let own = self
            .e
            .asked
            .given
            .as_ref()
            .map_or(0, |_| columns(OWN_CHANCE));
        Layout::new(
            self.look,
            self.e.horizons().len(),
            longest.max().unwrap_or(0).max(own),
        )
    }

    fn table(&self, out: &mut String) {
        for (i, (question, outcomes)) in self.e.questions().into_iter().enumerate() {
            if let Some(title) = self.e.question_title(question) {
                if i > 0 {
                    out.push('\n');
                }
                self.flow(out, title, "", "", STRONG);
                out.push('\n');
            }
            self.of_question(out, question, outcomes);
        }
    }

    fn of_question(&self, out: &mut String, question: QuestionId, outcomes: Vec<OutcomeId>) {
        let e = self.e;
        let layout = self.layout();
        let horizons = e.horizons();
        let mut rows = vec![self.horizon_row(&layout, &horizons, true)];
        rows.extend(self.given_row(&horizons));
        for o in outcomes {
            rows.push(Row {
                label: self.outcome_label(&layout, o),
                cells: horizons.iter().map(|&h| self.cell(&layout, h, o)).collect(),
                gap: true,
            });
        }
        rows.push(Row {
            label: vec![Line::plain("Leader")],
            cells: horizons
                .iter()
                .map(|&h| self.leader(&layout, h, question))
                .collect(),
            gap: true,
        });
        rows.push(Row {
            label: vec![Line::plain("Confidence")],
            cells: horizons
                .iter()
                .map(|&h| self.confidence(h, question))
                .collect(),
            gap: false,
        });
        layout.write(out, &rows);
    }

    fn horizon_row(&self, layout: &Layout, horizons: &[HorizonId], dates: bool) -> Row {
        let style = if dates { STRONG } else { QUIET };
        let titles = horizons.iter().map(|&h| self.e.horizon(h).title.as_str());
        let titles: Vec<Vec<Line>> = titles.map(|t| styled(t, layout.cell, style)).collect();
        let tallest = titles.iter().map(Vec::len).max().unwrap_or(0);
        let cells = horizons.iter().zip(titles).map(|(&h, title)| {
            let horizon = self.e.horizon(h);
            // Titles stand on one line at the bottom, so that the dates do.
            let mut lines = vec![Line::default(); tallest - title.len()];
            lines.extend(title);
            // What is asked without a horizon ends on no day.
            if dates && !self.e.assessment.timeless {
                let assumed = if horizon.open { "*" } else { "" };
                lines.push(Line::new(format!("to {}{assumed}", horizon.to), QUIET));
            }
            lines
        });
        Row {
            label: Vec::new(),
            cells: cells.collect(),
            gap: dates,
        }
    }

    /// The chance of what `--given` says.
    fn given_row(&self, horizons: &[HorizonId]) -> Option<Row> {
        self.e.asked.given.as_ref()?;
        let cells = horizons.iter().map(|&h| {
            let chance = self.e.at(h).given_chance.map_or(0.0, |found| found.value);
            vec![match self.e.is_possible(h) {
                false => Line::new("cannot happen", QUIET),
                true if chance <= 0.0 => Line::new("none stated", QUIET),
                true => Line::plain(round::percent_in(&self.e.assessment.scale, chance)),
            }]
        });
        Some(Row {
            label: vec![Line::plain(OWN_CHANCE)],
            cells: cells.collect(),
            gap: true,
        })
    }

    fn outcome_label(&self, layout: &Layout, o: OutcomeId) -> Vec<Line> {
        let outcome = self.e.outcome(o);
        let mut label: Vec<Line> = wrap(&clean(&outcome.title), layout.label)
            .into_iter()
            .map(Line::plain)
            .collect();
        if label.len() > 3 {
            label.truncate(3);
            label[2] = std::mem::take(&mut label[2]).and("…", Style::new());
        }
        label.extend(styled(&self.name_line(o), layout.label, QUIET));
        label
    }

    /// The line under an outcome's title: "(exit, by then)".
    fn name_line(&self, o: OutcomeId) -> String {
        let outcome = self.e.outcome(o);
        let name = self.e.outcome_name(o);
        let parts = [
            (name != outcome.title).then_some(name),
            outcome.is_final.then_some("by then"),
        ];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        match parts.as_slice() {
            [] => String::new(),
            parts => format!("({})", parts.join(", ")),
        }
    }

    fn cell(&self, layout: &Layout, h: HorizonId, o: OutcomeId) -> Vec<Line> {
        let e = self.e;
        let found = e.of(h, o);
        if found.probability.value.is_nan() {
            return vec![Line::new("—", QUIET)];
        }
        let leads = e.leads(h, o);
        let number = round::percent_in(&e.assessment.scale, found.probability.value);
        let style = if leads { LEAD } else { STRONG };
        let first = Line::new(format!("{number:<5} "), style);
        let mut lines = match e.interval(found) {
            None => vec![Line::new(number, style)],
            Some(interval) if first.columns() + columns(&interval) > layout.cell => {
                vec![Line::new(number, style), Line::new(interval, QUIET)]
            }
            Some(interval) => vec![first.and(interval, QUIET)],
        };
        let words = wrap(&e.words(found), layout.cell);
        lines.push(bar(found.probability.value, layout.cell, leads));
        let error = e.give_or_take(h, o);
        lines.extend(error.map(|error| Line::new(error, QUIET)));
        lines.extend(words.into_iter().map(Line::plain));
        if let Some(span) = e.span(found.interval) {
            lines.extend(styled(&format!("(interval: {span})"), layout.cell, QUIET));
        }
        lines
    }

    fn leader(&self, layout: &Layout, h: HorizonId, question: QuestionId) -> Vec<Line> {
        let e = self.e;
        if !e.is_possible(h) {
            return vec![Line::new("—", QUIET)];
        }
        let standing = e.standing(h, question);
        let mut lines = styled(e.outcome_name(standing.leader), layout.cell, LEAD);
        let margin = format!("by {}", round::points(standing.margin));
        lines.extend(styled(&margin, layout.cell, Style::new()));
        lines
    }

    fn confidence(&self, h: HorizonId, question: QuestionId) -> Vec<Line> {
        vec![match self.e.is_possible(h) {
            true => Line::plain(self.e.standing(h, question).confidence.as_str()),
            false => Line::new("—", QUIET),
        }]
    }

    fn panels(&self, out: &mut String, heading: &str, arrow: &str, panels: &[Panel]) {
        if panels.is_empty() {
            return;
        }
        out.push('\n');
        let mut head = Line::new(heading, STRONG);
        let fits = columns(heading) + columns(arrow) + 4 <= self.look.width;
        if !arrow.is_empty() && fits {
            head = head.and(format!("  ({arrow})"), QUIET);
        }
        head.write(out, self.look.colour);
        out.push('\n');
        if !arrow.is_empty() && !fits {
            self.flow(out, &format!("({arrow})"), "", "", QUIET);
        }
        let layout = self.layout();
        let horizons = self.e.horizons();
        for panel in panels {
            let about = if panel.about.is_empty() {
                String::new()
            } else {
                format!(" ({})", panel.about)
            };
            let title = format!("{}{about}", panel.title);
            if !title.is_empty() {
                out.push('\n');
                self.flow(out, &title, "", "  ", Style::new());
            }
            let mut rows = vec![self.horizon_row(&layout, &horizons, false)];
            rows.extend(panel.rows.iter().map(|row| {
                Row {
                    label: styled(&row.label, layout.label, QUIET),
                    cells: row
                        .cells
                        .iter()
                        .map(|(text, tone)| styled(text, layout.cell, style(*tone)))
                        .collect(),
                    gap: false,
                }
            }));
            layout.write(out, &rows);
            for note in &panel.notes {
                self.flow(out, note, "", "", QUIET);
            }
        }
    }

    fn bets(&self, out: &mut String) {
        let bets = self.e.bet_lines();
        if bets.is_empty() {
            return;
        }
        out.push('\n');
        let head = Line::new("Bets", STRONG).and("  (edge in points: price → verdict)", QUIET);
        head.write(out, self.look.colour);
        out.push_str("\n\n");
        let text = |b: &BetLine| {
            let edge = b.edge.as_deref().unwrap_or("—");
            format!("{edge:>6}  {:>5} → {:<5}  ", b.price, b.chance)
        };
        let widest = bets.iter().map(|b| columns(&text(b))).max().unwrap_or(0);
        for bet in &bets {
            let first = text(bet);
            let first = format!("{first}{}", " ".repeat(widest - columns(&first)));
            let text = format!("{} ({})", bet.title, bet.on);
            self.flow(out, &text, &first, &" ".repeat(widest), Style::new());
        }
    }

    /// The key judgements, each with what the verdict says to it.
    fn judgements(&self, out: &mut String, before: &str) {
        let lines = self.e.judgement_lines();
        if lines.is_empty() {
            if self.e.asked.judgements {
                self.flow(out, "The file states no key judgement.", "", "", QUIET);
            }
            return;
        }
        out.push_str(before);
        self.flow(out, "Key judgements", "", "", STRONG);
        for (holds, title, rest) in lines {
            let (mark, style) = match holds {
                true => ("  · ", Style::new()),
                false => ("  × ", WRONG),
            };
            self.flow(out, &title, mark, "    ", style);
            self.flow(out, &rest, "    ", "    ", QUIET);
        }
    }

    fn expectations(&self, out: &mut String) {
        let total = self.e.assessment.expects.len();
        let failed = self.e.failed();
        if total == 0 {
            return;
        }
        out.push('\n');
        if failed.is_empty() {
            let text = match total {
                1 => "The one expectation holds.".to_owned(),
                2 => "Both expectations hold.".to_owned(),
                n => format!("All {n} expectations hold."),
            };
            return self.flow(out, &text, "", "", Style::new());
        }
        let heading = format!("Expectations: {} of {total} fail", failed.len());
        self.flow(out, &heading, "", "", WRONG);
        for (expect, instead) in failed {
            let text = format!(
                "line {}: {}; {instead}",
                self.e.line(expect.span),
                expect.text
            );
            self.flow(out, &text, "  × ", "    ", Style::new());
        }
    }

    fn assumed(&self, out: &mut String) {
        let assumed: Vec<String> = self.e.assumed().cloned().collect();
        self.list(out, "Assumed", &assumed);
    }

    /// A paragraph: its first line after one indent, the others after another.
    pub(super) fn flow(&self, out: &mut String, text: &str, first: &str, rest: &str, style: Style) {
        flow(out, self.look, &message(text), (first, rest), style);
    }
}

fn style(tone: Tone) -> Style {
    match tone {
        Tone::Plain => Style::new(),
        Tone::Quiet => QUIET,
        Tone::Loud => ALERT,
    }
}

/// A share as a length, to half a column.
fn bar(p: f64, width: usize, leads: bool) -> Line {
    let halves = (p * width as f64 * 2.0).round() as usize;
    let (full, half) = (halves / 2, halves % 2);
    let filled = "━".repeat(full) + if half == 1 { "╸" } else { "" };
    let style = if leads { LEAD } else { Style::new() };
    Line::new(filled, style).and("─".repeat(width.saturating_sub(full + half)), QUIET)
}
