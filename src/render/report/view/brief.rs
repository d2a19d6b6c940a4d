//! The brief: what a reader needs who has two pages' time.
//!
//! In: a report. Out: a summary in the author's words, the answer, three reasons, and what would change
//! it; in sentences without names, lines and decibans. Nothing is rounded here a second time but points
//! of contributions, which a brief needs no decimals of.

use super::model::{Answer, Block, Change, Contributions, Driver, Piece, Report, Source};
use crate::phrases::Phrases;
use crate::text::decimal::fixed;
use crate::text::lang::Lang;
use serde::Serialize;

/// As many reasons and changes are named.
const REASONS: usize = 3;

/// As many items of evidence are named for a reason.
const EVIDENCE: usize = 2;

/// As many characters of the summary fit.
const SUMMARY: usize = 1800;

/// As many horizons have a sentence; the chart shows all.
const HORIZONS: usize = 5;

/// What begins the title of a section that is its author's summary.
const SUMMARIES: [&str; 20] = [
    "summary",
    "key judg",
    "key find",
    "executive",
    "bottom line",
    "in brief",
    "in short",
    "overview",
    "abstract",
    "zusammenfassung",
    "kernauss",
    "kurz",
    "fazit",
    "résumé",
    "synthèse",
    "en bref",
    "resumen",
    "síntesis",
    "en breve",
    "conclusion",
];

/// A brief.
#[derive(Debug, Serialize)]
pub(crate) struct Brief {
    /// The author's summary.
    pub(crate) summary: Option<Summary>,
    /// What is said of each question; the one of the whole assessment has no title.
    pub(crate) questions: Vec<Told>,
    /// The largest first.
    pub(crate) reasons: Vec<Reason>,
    /// Sentences.
    pub(crate) changes: Vec<String>,
}

/// The answer to one question.
#[derive(Debug, Serialize)]
pub(crate) struct Told {
    pub(crate) title: Option<String>,
    /// By horizon, then how sure the answer is: once where it is the same throughout.
    pub(crate) sentences: Vec<String>,
}

/// The author's summary, or the beginning of it.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    pub(crate) title: String,
    pub(crate) text: Vec<Block>,
    pub(crate) shortened: bool,
}

/// A reason.
#[derive(Debug, Serialize)]
pub(crate) struct Reason {
    pub(crate) title: String,
    /// What it does; none where that is not known.
    pub(crate) effect: Option<String>,
    /// What it rests on.
    pub(crate) evidence: Vec<Ground>,
}

/// An item of evidence.
#[derive(Debug, Serialize)]
pub(crate) struct Ground {
    pub(crate) text: Option<String>,
    pub(crate) source: Option<Source>,
    pub(crate) dated: Option<String>,
}

/// The section that is its author's summary, by its place.
pub(crate) fn summary_of(report: &Report) -> Option<usize> {
    let is_summary = |title: &str| {
        let title = title.trim().to_lowercase();
        SUMMARIES.iter().any(|s| title.starts_with(s))
    };
    report.sections.iter().position(|s| is_summary(&s.title))
}

/// The brief of a report.
pub(crate) fn of(report: &Report) -> Brief {
    let say = Phrases::of(Lang::find(&report.lang).unwrap_or_default());
    Brief {
        summary: summary(report),
        questions: questions(report, say),
        reasons: reasons(report, say),
        changes: changes(report, say),
    }
}

fn summary(report: &Report) -> Option<Summary> {
    let at = summary_of(report).or(report.sections.first().map(|_| 0));
    let (title, all) = match at {
        Some(at) => (
            report.sections[at].title.clone(),
            &report.sections[at].text.0,
        ),
        None => (String::new(), &report.context.0),
    };
    let mut left = SUMMARY;
    let mut text = Vec::new();
    for block in all {
        let size = size(block);
        if size > left && !text.is_empty() {
            break;
        }
        text.push(without_links(block));
        left = left.saturating_sub(size);
    }
    let shortened = text.len() < all.len();
    (!text.is_empty()).then_some(Summary {
        title,
        text,
        shortened,
    })
}

fn size(block: &Block) -> usize {
    match block {
        Block::Paragraph { pieces } => pieces.iter().map(|p| p.text.chars().count()).sum(),
        Block::List { items, .. } => items.iter().flatten().map(|b| size(b) + 40).sum(),
    }
}

/// A block whose numbers lead nowhere: what they ask stands in the full report.
fn without_links(block: &Block) -> Block {
    match block {
        Block::Paragraph { pieces } => {
            let each = pieces.iter().map(|piece| Piece {
                query: None,
                ..piece.clone()
            });
            Block::Paragraph {
                pieces: each.collect(),
            }
        }
        Block::List { start, items } => {
            let each = items
                .iter()
                .map(|item| item.iter().map(without_links).collect());
            Block::List {
                start: *start,
                items: each.collect(),
            }
        }
    }
}

/// What is said of each question.
fn questions(report: &Report, say: &Phrases) -> Vec<Told> {
    let told = |title: Option<&String>, answers: &[Answer]| Told {
        title: title.cloned(),
        sentences: [sentences(answers), confidence(report, answers, say)].concat(),
    };
    // Where the first question has a name, its answers stand there once more.
    let is_named = |id: &String| report.questions.iter().any(|q| q.outcomes.contains(id));
    let is_whole = report.outcomes.iter().any(|o| !is_named(&o.id));
    let whole = is_whole.then(|| told(None, &report.answers));
    let named = report.questions.iter();
    let named = named.map(|q| told(Some(&q.title), &q.answers));
    whole.into_iter().chain(named).collect()
}

/// A sentence for each horizon; of many, the first and the last ones.
fn sentences(answers: &[Answer]) -> Vec<String> {
    let skipped = answers.len().saturating_sub(HORIZONS);
    let shown = answers
        .iter()
        .enumerate()
        .filter(|(i, _)| *i < 2 || *i >= 2 + skipped);
    shown.map(|(_, answer)| answer.sentence.clone()).collect()
}

fn confidence(report: &Report, answers: &[Answer], say: &Phrases) -> Vec<String> {
    let levels: Vec<&str> = answers.iter().map(|a| a.confidence.as_str()).collect();
    let is_one = levels.windows(2).all(|pair| pair[0] == pair[1]);
    let sentence = |level: &str| say.fill("confidence_is", &[("level", say.get(level))]);
    match levels.first().filter(|_| is_one) {
        Some(level) => vec![sentence(level)],
        None => {
            let each = report.horizons.iter().zip(&levels);
            let each = each.map(|(h, level)| format!("{}: {}", h.title, say.get(level)));
            vec![format!(
                "{}: {}.",
                say.get("confidence"),
                each.collect::<Vec<_>>().join("; ")
            )]
        }
    }
}

/// The largest contributions to the outcome that leads in the end, of the first question.
fn reasons(report: &Report, say: &Phrases) -> Vec<Reason> {
    let named = report.questions.iter().flat_map(|q| q.answers.last());
    let leader = report.answers.last().into_iter().chain(named).next();
    let leader = leader.map(|a| a.leader.id.as_str());
    let of = report
        .contributions
        .iter()
        .find(|c| Some(c.outcome.as_str()) == leader);
    let Some(of) = of else {
        let factors = report
            .drivers
            .iter()
            .filter(|d| d.kind == "factor")
            .take(REASONS);
        return factors.map(|d| reason(d, None)).collect();
    };
    let mut rows: Vec<(f64, usize, &str)> = Vec::new();
    for row in &of.rows {
        let points = row
            .horizons
            .iter()
            .map(|step| step.points.unwrap_or_default());
        let largest = points
            .enumerate()
            .fold((0.0, 0), |best: (f64, usize), (h, p)| {
                match p.abs() > best.0.abs() {
                    true => (p, h),
                    false => best,
                }
            });
        rows.push((largest.0, largest.1, row.driver.as_str()));
    }
    // What moves nothing is no reason; a stable sort keeps the report's order.
    rows.retain(|row| row.0.abs() >= 0.05);
    rows.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let shown = rows
        .into_iter()
        .take(REASONS)
        .filter_map(|(points, h, id)| {
            let driver = report.drivers.iter().find(|d| d.id == id);
            let effect = effect(report, say, of, points, h);
            match driver {
                Some(driver) => Some(reason(driver, Some(effect))),
                None => {
                    let assumption = report.assumptions.iter().find(|a| a.id == id)?;
                    Some(Reason {
                        title: assumption.title.clone(),
                        effect: Some(effect),
                        evidence: Vec::new(),
                    })
                }
            }
        });
    shown.collect()
}

/// "makes “Exit” less likely: 12 points, by the autumn"
fn effect(report: &Report, say: &Phrases, of: &Contributions, points: f64, h: usize) -> String {
    let key = if points >= 0.0 {
        "reason_up"
    } else {
        "reason_down"
    };
    let size = match points.abs().round() {
        n if n < 1.0 => say.get("less_than_a_point").to_owned(),
        1.0 => say.points("1 point"),
        n => say.points(&format!("{} points", fixed(n, 0))),
    };
    let gaps = [
        ("outcome", say.quote(&of.title)),
        ("points", size),
        ("horizon", report.horizons[h].title.clone()),
    ];
    say.fill(
        key,
        &gaps.each_ref().map(|(name, text)| (*name, text.as_str())),
    )
}

fn reason(driver: &Driver, effect: Option<String>) -> Reason {
    let items = driver.evidence.iter().take(EVIDENCE).map(|item| Ground {
        text: Some(item.text.clone()),
        source: item.source.clone(),
        dated: item.dated_words.clone(),
    });
    let mut evidence: Vec<Ground> = items.collect();
    if evidence.is_empty() && driver.source.is_some() {
        evidence.push(Ground {
            text: None,
            source: driver.source.clone(),
            dated: None,
        });
    }
    Reason {
        title: driver.title.clone(),
        effect,
        evidence,
    }
}

/// What moves most, those that change the leader first; of clauses, else of scenarios.
fn changes(report: &Report, say: &Phrases) -> Vec<String> {
    let mut found: Vec<(bool, f64, String)> = Vec::new();
    found.extend(report.changes.iter().filter_map(|c| change(report, say, c)));
    if found.is_empty() {
        found.extend((0..report.scenarios.len()).filter_map(|i| scenario(report, say, i)));
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
    found.into_iter().take(REASONS).map(|f| f.2).collect()
}

/// One shift of an outcome: by how much, which one, from what to what.
struct Shift<'r> {
    size: f64,
    outcome: &'r str,
    absent: &'r str,
    given: &'r str,
}

fn change(report: &Report, say: &Phrases, change: &Change) -> Option<(bool, f64, String)> {
    let each = change.horizons.iter().enumerate().filter_map(|(h, at)| {
        let pairs = at.absent.iter().zip(&at.given);
        let shown = at.leader.as_deref().filter(|_| at.flips);
        let shift = shift(report, pairs, shown)?;
        Some((at.flips, h, shift))
    });
    let (flips, h, shift) = each.reduce(|best, next| {
        let is_more = (next.0, next.2.size) > (best.0, best.2.size);
        if is_more { next } else { best }
    })?;
    let at = &change.horizons[h];
    let chance = match at.chance.value.filter(|p| *p > 0.0) {
        Some(_) => say.fill(
            "chance_by",
            &[
                ("chance", at.chance.text.as_str()),
                ("date", &report.horizons[h].to_words),
            ],
        ),
        None => say.get("chance_unstated").to_owned(),
    };
    Some((
        flips,
        shift.size,
        sentence(report, say, &change.title, &chance, flips, h, &shift),
    ))
}

fn scenario(report: &Report, say: &Phrases, i: usize) -> Option<(bool, f64, String)> {
    let scenario = &report.scenarios[i];
    let each = scenario.horizons.iter().enumerate().filter_map(|(h, at)| {
        let now = report.outcomes.iter().map(|o| &o.horizons[h]);
        let pairs = now
            .zip(&at.outcomes)
            .map(|(now, then)| (now.value, &now.text, then));
        let shown = at.flips.then_some(at.leader.as_str());
        let each = pairs.enumerate().filter_map(|(o, (now, text, then))| {
            let outcome = &report.outcomes[o];
            shown.is_none_or(|id| id == outcome.id).then_some(Shift {
                size: (then.value? - now?).abs(),
                outcome: &outcome.title,
                absent: text,
                given: &then.text,
            })
        });
        let largest = each.max_by(|a, b| a.size.total_cmp(&b.size))?;
        Some((at.flips, h, largest))
    });
    let (flips, h, shift) = each.reduce(|best, next| {
        let is_more = (next.0, next.2.size) > (best.0, best.2.size);
        if is_more { next } else { best }
    })?;
    let chance = say.get("scenarios").to_owned();
    Some((
        flips,
        shift.size,
        sentence(report, say, &scenario.title, &chance, flips, h, &shift),
    ))
}

/// The largest shift; where another leads, its own.
fn shift<'r>(
    report: &'r Report,
    pairs: impl Iterator<Item = (&'r super::model::Share, &'r super::model::Share)>,
    leader: Option<&str>,
) -> Option<Shift<'r>> {
    let each = pairs.enumerate().filter_map(|(o, (absent, given))| {
        let outcome = report.outcomes.get(o)?;
        leader.is_none_or(|id| id == outcome.id).then_some(Shift {
            size: (given.value? - absent.value?).abs(),
            outcome: &outcome.title,
            absent: &absent.text,
            given: &given.text,
        })
    });
    each.max_by(|a, b| a.size.total_cmp(&b.size))
}

fn sentence(
    report: &Report,
    say: &Phrases,
    title: &str,
    chance: &str,
    flips: bool,
    h: usize,
    shift: &Shift<'_>,
) -> String {
    let key = if flips {
        "change_flips"
    } else {
        "change_moves"
    };
    let (title, outcome) = (say.quote(title), say.quote(shift.outcome));
    let gaps = [
        ("change", title.as_str()),
        ("chance", chance),
        ("outcome", &outcome),
        ("given", shift.given),
        ("absent", shift.absent),
        ("horizon", &report.horizons[h].title),
    ];
    say.fill(key, &gaps)
}
