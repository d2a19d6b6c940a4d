//! Verdicts as GitHub's Markdown: for a pull request, an issue or a wiki.
//!
//! In: evaluated assessments. Out: text. What stands in the file's own words is escaped, so that it
//! cannot become markup.

use super::super::markdown::{escape, head, row};
use super::sections::{Panel, Tone};
use super::{Evaluated, Look, recalibrated, voices};
use crate::phrases::Phrases;
use crate::resolve::assessment::{HorizonId, OutcomeId, QuestionId};
use crate::text::lang::Lang;
use crate::text::round;
use std::fmt::Write;

pub(super) fn report(evaluated: &[Evaluated], _: Look) -> String {
    let pages = evaluated.iter().map(page);
    let mut out = pages.collect::<Vec<_>>().join("\n");
    for line in super::footers(evaluated) {
        let _ = write!(out, "\n{}\n", escape(&line));
    }
    out
}

fn page(e: &Evaluated) -> String {
    let mut out = format!("## {}\n\n", escape(&e.assessment.title.node));
    let facts: Vec<String> = e.facts().iter().map(|f| escape(f)).collect();
    let _ = writeln!(out, "{}", facts.join(" · "));
    asked(&mut out, e);
    out.push('\n');
    if e.asked.judgements {
        judgements(&mut out, e);
        return out;
    }
    table(&mut out, e);
    if !e.is_asked() {
        judgements(&mut out, e);
    }
    if let Some(coverage) = e.coverage(Phrases::of(Lang::En)) {
        let _ = write!(out, "\n{}\n", escape(&coverage));
    }
    panels(
        &mut out,
        e,
        voices::HEADING,
        "A row for each view; `own` is the file itself.",
        &e.voice_panels(),
    );
    panels(
        &mut out,
        e,
        "Numbers",
        "",
        &e.number_panels(Phrases::of(Lang::En)),
    );
    if let Some(panel) = e.recalibrated_panel() {
        let arrow = format!("({})", recalibrated::ARROW);
        panels(&mut out, e, recalibrated::HEADING, &arrow, &[panel]);
    }
    if let Some((arrow, panel)) = e.beside() {
        let heading = "Beside the verdict as it stands";
        panels(&mut out, e, heading, &format!("({arrow})"), &[panel]);
    }
    if e.is_ever_possible() {
        panels(
            &mut out,
            e,
            "What would change the verdict",
            "Without it → with it.",
            &e.change_panels(),
        );
    }
    if let Some(panel) = e.event_panel() {
        panels(&mut out, e, "Events", "Chance by then.", &[panel]);
    }
    if !e.asked.makes_so() && e.is_ever_possible() {
        panels(
            &mut out,
            e,
            "Under each scenario",
            "The verdict → if so.",
            &e.scenario_panels(),
        );
    }
    if !e.is_asked() {
        bets(&mut out, e);
    }
    closing(&mut out, e);
    out
}

fn judgements(out: &mut String, e: &Evaluated) {
    let lines = e.judgement_lines();
    if lines.is_empty() {
        return;
    }
    out.push_str("\n### Key judgements\n\n");
    for (holds, title, rest) in lines {
        let mark = if holds { "" } else { "**✗** " };
        let _ = writeln!(out, "- {mark}{}<br>{}", escape(&title), escape(&rest));
    }
}

fn bets(out: &mut String, e: &Evaluated) {
    let bets = e.bet_lines();
    if bets.is_empty() {
        return;
    }
    let _ = write!(out, "\n### Bets\n\n");
    let titles = ["price", "verdict", "edge in points"];
    head(out, titles.into_iter().map(str::to_owned));
    for bet in bets {
        let edge = bet.edge.unwrap_or_else(|| "—".to_owned());
        let label = format!("{} (`{}`)", escape(&bet.title), bet.on);
        row(out, &label, [bet.price, bet.chance, edge].into_iter());
    }
}

/// What was asked, a paragraph each.
pub(in crate::render) fn asked(out: &mut String, e: &Evaluated) {
    for spoken in e.spoken() {
        let _ = write!(out, "\n{}`{}`\n", escape(&spoken.words), spoken.own);
    }
    if let Some(text) = e.impossible() {
        let _ = write!(out, "\n{}\n", escape(&text));
    }
}

fn table(out: &mut String, e: &Evaluated) {
    for (i, (question, outcomes)) in e.questions().into_iter().enumerate() {
        if let Some(title) = e.question_title(question) {
            let gap = if i > 0 { "\n" } else { "" };
            let _ = write!(out, "{gap}### {}\n\n", escape(title));
        }
        of_question(out, e, question, &outcomes);
    }
}

fn of_question(out: &mut String, e: &Evaluated, question: QuestionId, outcomes: &[OutcomeId]) {
    let horizons = e.horizons();
    let titles = horizons.iter().map(|&h| {
        let horizon = e.horizon(h);
        match e.assessment.timeless {
            true => escape(&horizon.title),
            false => format!("{}<br>to {}", escape(&horizon.title), horizon.to),
        }
    });
    head(out, titles);
    if e.asked.given.is_some() {
        let chances = horizons.iter().map(|&h| {
            let chance = e.at(h).given_chance.map_or(0.0, |found| found.value);
            match e.is_possible(h) {
                false => "cannot happen".to_owned(),
                true if chance <= 0.0 => "none stated".to_owned(),
                true => round::percent_in(&e.assessment.scale, chance),
            }
        });
        row(out, "its own chance", chances);
    }
    for &o in outcomes {
        let outcome = e.outcome(o);
        let by_then = if outcome.is_final { " (by then)" } else { "" };
        let label = format!("{}{by_then}", escape(&outcome.title));
        row(out, &label, horizons.iter().map(|&h| cell(e, h, o)));
    }
    let leaders = horizons.iter().map(|&h| match e.is_possible(h) {
        true => format!(
            "`{}` by {}",
            e.outcome_name(e.standing(h, question).leader),
            round::points(e.standing(h, question).margin)
        ),
        false => "—".to_owned(),
    });
    row(out, "Leader", leaders);
    let confidence = horizons.iter().map(|&h| match e.is_possible(h) {
        true => e.standing(h, question).confidence.as_str().to_owned(),
        false => "—".to_owned(),
    });
    row(out, "Confidence", confidence);
}

fn cell(e: &Evaluated, h: HorizonId, o: OutcomeId) -> String {
    let found = e.of(h, o);
    if found.probability.value.is_nan() {
        return "—".to_owned();
    }
    let number = round::percent_in(&e.assessment.scale, found.probability.value);
    let number = if e.leads(h, o) {
        format!("**{number}**")
    } else {
        number
    };
    let interval = e.interval(found).map(|i| format!(" ({i})"));
    let interval = interval.unwrap_or_default();
    let error = e.give_or_take(h, o).map(|error| format!(" {error}"));
    let error = error.unwrap_or_default();
    let span = e.span(found.interval).map(|s| format!("; interval: {s}"));
    let words = e.words(found) + &span.unwrap_or_default();
    format!("{number}{interval}{error} {}", escape(&words))
}

fn panels(out: &mut String, e: &Evaluated, heading: &str, arrow: &str, panels: &[Panel]) {
    if panels.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### {heading}");
    if !arrow.is_empty() {
        let _ = write!(out, "\n{arrow}\n");
    }
    for each in panels {
        panel(out, e, each, |about| format!("`{about}`"));
        for note in &each.notes {
            let _ = write!(out, "\n{note}\n");
        }
    }
}

/// A panel's title, what follows it in brackets, and its table: all but its notes.
pub(in crate::render) fn panel(
    out: &mut String,
    e: &Evaluated,
    panel: &Panel,
    own: impl Fn(&str) -> String,
) {
    if !panel.title.is_empty() {
        let about = match panel.about.as_str() {
            "" => String::new(),
            about => format!(" ({})", own(about)),
        };
        let _ = write!(out, "\n**{}**{about}\n", escape(&panel.title));
    }
    out.push('\n');
    let horizons = e.horizons().into_iter();
    head(out, horizons.map(|h| escape(&e.horizon(h).title)));
    for line in &panel.rows {
        let cells = line.cells.iter().map(|(text, tone)| match tone {
            Tone::Loud => format!("**{}**", escape(text)),
            _ => escape(text),
        });
        row(out, &escape(&line.label), cells);
    }
}

fn closing(out: &mut String, e: &Evaluated) {
    let failed = e.failed();
    if !failed.is_empty() && !e.is_asked() {
        let total = e.assessment.expects.len();
        let _ = write!(
            out,
            "\n### Expectations: {} of {total} fail\n\n",
            failed.len()
        );
        for (expect, instead) in failed {
            let line = e.line(expect.span);
            let _ = writeln!(out, "- line {line}: `{}`; {}", expect.text, instead);
        }
    }
    let stated = e.stated_lines();
    if !stated.is_empty() && !e.is_asked() {
        out.push_str("\n### Confidence as stated\n\n");
        for line in stated {
            let _ = writeln!(out, "- {line}");
        }
    }
    if e.asked.when {
        out.push_str("\n### When it comes\n\n");
        for line in e.coming_lines(Phrases::of(Lang::En)) {
            let _ = writeln!(out, "- {}", escape(&line));
        }
    }
    let settled = e.settled_lines();
    if !settled.is_empty() {
        out.push_str("\n### Settled\n\n");
        for line in settled {
            let _ = writeln!(out, "- {}", escape(&line));
        }
    }
    let mut assumed = e.assumed().peekable();
    if assumed.peek().is_some() {
        out.push_str("\n### Assumed\n\n");
        for sentence in assumed {
            let _ = writeln!(out, "- {sentence}");
        }
    }
}
