//! A project put together from slots of both sides.
//!
//! In: every slot, and for each whether the old or the new side's piece is taken. Out: the
//! assessment that comes of it, where it has no mistake.

use super::collect::Files;
use super::slots::{Entry, Piece, Slot, WeightAt};
use crate::project::Project;
use crate::resolve::assessment::Assessment;
use crate::resolve::resolve;
use crate::syntax::Parsed;
use crate::syntax::ast::{
    self, At, ByTime, Driver, File, Item, Preposition, Spanned, Timed, Use, Weight, When,
};
use crate::text::source::{FileId, Source};
use std::collections::{BTreeMap, BTreeSet};

/// Puts projects together.
#[derive(Debug)]
pub(super) struct Mixer<'a> {
    entries: &'a [Entry],
    /// By file: the assessment block to fill, and whether it stands in any case.
    blocks: Vec<Option<(ast::Assessment, bool)>>,
    project: Project,
}

/// What stands in a question, each with its place among all.
#[derive(Default)]
struct Answers {
    outcomes: Vec<((usize, usize), ast::Outcome)>,
    priors: Vec<((usize, usize), ast::Prior)>,
}

/// Where the parts of a file's drivers go.
type Places = BTreeMap<String, usize>;

impl<'a> Mixer<'a> {
    /// `texts` is how many files both sides have, and `longest` the longest of them.
    pub(super) fn new(files: &Files, entries: &'a [Entry], texts: usize, longest: usize) -> Self {
        let mut project = Project::default();
        // Spans lead into either side's files; whatever they cover is never shown.
        for _ in 0..texts {
            project.sources.add(Source::new("", " ".repeat(longest)));
        }
        let numbers: BTreeMap<&String, FileId> = files.keys().zip((0..).map(FileId)).collect();
        let mut blocks = Vec::new();
        for (file, sides) in files.values().enumerate() {
            project.files.push(Parsed::default());
            for (written, to) in sides.iter().flatten().flat_map(|bare| &bare.uses) {
                if let Some(to) = numbers.get(to) {
                    let key = (FileId(file as u32), written.clone());
                    project.uses.insert(key, *to);
                }
            }
            let block = |side: &Option<super::bare::Bare>| {
                let items = side.iter().flat_map(|b| &b.items);
                let mut blocks = items.filter_map(|i| match i {
                    Item::Assessment(a) => Some(a.clone()),
                    _ => None,
                });
                blocks.next()
            };
            let [old, new] = sides;
            let both = block(new).map(|b| (b, true));
            blocks.push(both.or_else(|| block(old).map(|b| (b, new.is_none()))));
        }
        Mixer {
            entries,
            blocks,
            project,
        }
    }

    /// The assessment in which the new piece stands wherever `is_new` says so of the entry; none
    /// where it has a mistake.
    pub(super) fn assessment(&mut self, is_new: impl Fn(usize) -> bool) -> Option<Assessment> {
        let mut start = 0;
        let entries = self.entries;
        let order = entries.iter().rposition(|e| e.slot == Slot::Order);
        let order_is_new = order.is_none_or(&is_new);
        let horizons: BTreeSet<&str> = (entries.iter().enumerate())
            .filter(|(i, e)| e.file == 0 && piece(e, is_new(*i)).is_some())
            .filter_map(|(_, e)| match &e.slot {
                Slot::Horizon(name) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        for (file, parsed) in self.project.files.iter_mut().enumerate() {
            let end = start + entries[start..].partition_point(|e| e.file == file);
            let chosen = (start..end).filter_map(|i| {
                let entry = &entries[i];
                Some((entry, piece(entry, is_new(i))?))
            });
            let block = self.blocks[file].as_ref();
            parsed.ast = put_together(chosen, block, &horizons, order_is_new);
            start = end;
        }
        resolve(&self.project).assessment
    }
}

fn piece(entry: &Entry, is_new: bool) -> Option<&Piece> {
    let held = if is_new { &entry.new } else { &entry.old };
    held.as_ref().map(|h| &h.piece)
}

/// One file.
fn put_together<'e>(
    chosen: impl Iterator<Item = (&'e Entry, &'e Piece)>,
    block: Option<&(ast::Assessment, bool)>,
    horizons: &BTreeSet<&str>,
    order_is_new: bool,
) -> File {
    let mut items: Vec<((usize, usize), Item)> = Vec::new();
    let mut places = Places::new();
    let mut questions: BTreeMap<String, Answers> = BTreeMap::new();
    let mut block = block.cloned();
    if let Some((block, _)) = &mut block {
        (block.as_of, block.scale, block.strengths) = (None, None, None);
    }
    for (entry, piece) in chosen {
        let rank = entry.rank[usize::from(order_is_new)];
        let item = match piece.clone() {
            Piece::AsOf(date) => {
                fill(&mut block, |b| b.as_of = Some(date));
                continue;
            }
            Piece::Name(name) => {
                fill(&mut block, |b| match entry.slot {
                    Slot::ScaleName => b.scale = Some(name),
                    _ => b.strengths = Some(name),
                });
                continue;
            }
            Piece::Scale(s) => Item::Scale(s),
            Piece::Strengths(s) => Item::Strengths(s),
            Piece::Horizon(h) => Item::Horizon(h),
            Piece::Outcome(o) => match &entry.slot {
                Slot::Answer(question, _) => {
                    let parts = questions.entry(question.clone()).or_default();
                    parts.outcomes.push((rank, o));
                    continue;
                }
                _ => Item::Outcome(o),
            },
            Piece::Prior(p) => match &entry.slot {
                Slot::PriorRow(question, _) if !question.is_empty() => {
                    let parts = questions.entry(question.clone()).or_default();
                    parts.priors.push((rank, *p));
                    continue;
                }
                _ => Item::Prior(*p),
            },
            Piece::Question(q) => Item::Question(*q),
            Piece::Condition(c) => Item::Condition(c),
            Piece::Quantity(q) => Item::Quantity(*q),
            Piece::Implies(i) => Item::Implies(i),
            Piece::Use(path, name, _) => Item::Use(Use {
                span: name.span,
                path,
                names: vec![name],
            }),
            Piece::Driver(d) => {
                places.insert(d.name.node.clone(), items.len());
                Item::Driver(*d)
            }
            Piece::Exclusive(e) => Item::Exclusive(e),
            Piece::Overlap(o) => Item::Overlap(o),
            Piece::Order => continue,
            part => {
                let driver = entry.slot.driver().and_then(|d| places.get(d));
                if let Some((_, Item::Driver(driver))) = driver.map(|&i| &mut items[i]) {
                    add(driver, part, &entry.slot, horizons);
                }
                continue;
            }
        };
        items.push((rank, item));
    }
    if let Some((block, true)) = block {
        items.push(((0, 0), Item::Assessment(block)));
    }
    for (_, item) in &mut items {
        if let Item::Question(q) = item
            && let Some(mut parts) = questions.remove(&q.name.node)
        {
            parts.outcomes.sort_by_key(|(rank, _)| *rank);
            parts.priors.sort_by_key(|(rank, _)| *rank);
            q.outcomes = parts.outcomes.into_iter().map(|(_, o)| o).collect();
            q.priors = parts.priors.into_iter().map(|(_, p)| p).collect();
        }
    }
    // The words of `impacts` move no number, and no piece holds them.
    for (_, item) in &mut items {
        match item {
            Item::Outcome(outcome) => outcome.impact = None,
            Item::Question(q) => q.outcomes.iter_mut().for_each(|o| o.impact = None),
            Item::Driver(driver) => driver.impact = None,
            _ => {}
        }
    }
    items.sort_by_key(|(rank, _)| *rank);
    File {
        items: items.into_iter().map(|(_, item)| item).collect(),
        ..File::default()
    }
}

/// Fills a block in, which then stands.
fn fill(block: &mut Option<(ast::Assessment, bool)>, with: impl FnOnce(&mut ast::Assessment)) {
    if let Some((block, stands)) = block {
        with(block);
        *stands = true;
    }
}

/// Gives a driver one of its parts.
fn add(driver: &mut Driver, part: Piece, slot: &Slot, horizons: &BTreeSet<&str>) {
    match part {
        Piece::Rows(rows) => driver.rows = rows,
        Piece::Once(once) => driver.once = once,
        Piece::When(when) => driver.when = Some(when),
        Piece::Likelihood(likelihood) => driver.likelihood = Some(likelihood),
        Piece::Count(count) => driver.counts.push(count),
        Piece::Moves(moves) => driver.moves = moves,
        Piece::Evidence(evidence) => driver.evidence = evidence,
        Piece::Weight(weight) => {
            if let Slot::Weight(_, _, horizon) = slot
                && (horizon.is_empty() || horizons.contains(horizon.as_str()))
            {
                add_weight(driver, weight, horizon);
            }
        }
        _ => {}
    }
}

fn add_weight(driver: &mut Driver, part: WeightAt, horizon: &str) {
    let span = part.value.span;
    let entry = Timed {
        value: part.value,
        at: (!horizon.is_empty()).then(|| At {
            span,
            preposition: Spanned {
                node: Preposition::In,
                span,
            },
            when: When::Horizon(Spanned {
                node: horizon.to_owned(),
                span,
            }),
        }),
    };
    let is_same = |w: &&mut Weight| {
        w.outcomes[0].node == part.outcome.node
            && w.against == part.against
            && w.if_wrong.is_some() == part.if_wrong.is_some()
    };
    // Parts come by outcome, so only the last clauses can be meant.
    if let Some(weight) = driver.weights.iter_mut().rev().take(2).find(is_same) {
        weight.values.entries.push(entry);
        return;
    }
    driver.weights.push(Weight {
        span: part.span,
        head: part.head,
        against: part.against,
        outcomes: vec![part.outcome],
        if_wrong: part.if_wrong,
        values: ByTime {
            span: part.span,
            entries: vec![entry],
        },
    });
}
