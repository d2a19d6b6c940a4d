//! The game of attribution: edits are its players, the verdict is what they move.
//!
//! In: two assessments with their projects. Out: an [`Attribution`].

use super::atoms::atoms;
use super::bare::bare;
use super::cells::{Cells, Verdict, verdict};
use super::collect::{Files, collect, pair};
use super::groups::{Atoms, Groups};
use super::mix::Mixer;
use super::renames::Renames;
use super::shapley::{self, Found};
use super::slots::{Entry, Held, Piece, Slot};
use super::wording::{self, Words};
use super::{
    Attribution, Edit, HorizonMove, Method, NOTHING, OutcomeMove, Refusal, Share, Side, quiet,
};
use crate::project::Project;
use crate::resolve::assessment::Assessment;
use crate::resolve::table::Id;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;

/// With more atoms than this, they are one edit.
const MOST: usize = 512;

/// The most that trying which edits can be made alone may cost, in states of evaluations.
const TRIES: u64 = 1 << 31;

/// What reading a file costs besides evaluating it, and each of its clauses, in states.
const READING: u64 = 20_000;
const READING_ENTRY: u64 = 500;

/// One side.
pub(super) type Revision<'a> = (&'a Project, &'a Assessment);

/// Compares two assessments.
pub(super) fn attribute(old: Revision<'_>, new: Revision<'_>) -> Result<Attribution, Refusal> {
    let of = |side: Side, assessment: &Assessment| {
        verdict(assessment).map_err(|limit| Refusal::Broken(side, vec![*limit]))
    };
    let before = of(Side::Old, old.1)?;
    let after = of(Side::New, new.1)?;
    let (files, renames) = taken_apart(old, new);
    let horizons = horizons(&renames, (old.1, &before), (new.1, &after));
    let mut play = Play::new(old.0, new.0, &files, &horizons);
    play.cost += before.cost.max(after.cost);
    let (groups, shares, method) = play.shares();
    let words = [old.1, new.1].map(|side| Words::of(side, &renames));
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    let edits = groups.iter().zip(shares).map(|(group, shares)| Share {
        edit: Edit {
            parts: wording::parts(&play.entries, group, &words, &paths),
        },
        moves: spread(&horizons, &shares),
    });
    let mut edits: Vec<Share> = edits.collect();
    // Rounding must not decide the order of what is alike.
    edits.sort_by_key(|share| Reverse((share.size() / NOTHING).round() as u64));
    Ok(Attribution {
        title: new.1.title.node.clone(),
        horizons,
        edits,
        quiet: quiet::edits(&renames, old.0, new.0, &play.rated()),
        renamed: renames.0.into_iter().map(|r| (r.old, r.new)).collect(),
        method,
        sampled: before.error.into_iter().chain(after.error).reduce(f64::max),
    })
}

/// The files of both sides under the new side's names.
pub(super) fn taken_apart(old: Revision<'_>, new: Revision<'_>) -> (Files, Renames) {
    let mut files = pair(bare(old.0, old.1), bare(new.0, new.1));
    let renames = Renames::settle(&mut files);
    (files, renames)
}

/// The order of all items, the same on both sides until found otherwise.
fn order() -> Entry {
    let held = || Held {
        piece: Piece::Order,
        canon: String::new(),
        span: None,
    };
    Entry {
        file: usize::MAX,
        slot: Slot::Order,
        old: Some(held()),
        new: Some(held()),
        rank: [(0, 0); 2],
    }
}

/// Puts shares of the common cells in their places.
fn spread(horizons: &[HorizonMove], shares: &[f64]) -> Vec<Vec<Option<f64>>> {
    let mut shares = shares.iter().copied();
    let mut at = |o: &OutcomeMove| match o.change() {
        Some(_) => shares.next(),
        None => None,
    };
    let each = |h: &HorizonMove| h.outcomes.iter().map(&mut at).collect();
    horizons.iter().map(each).collect()
}

/// Both verdicts, by name.
pub(super) fn horizons(
    renames: &Renames,
    (old, before): (&Assessment, &Verdict),
    (new, after): (&Assessment, &Verdict),
) -> Vec<HorizonMove> {
    let union = |old: Vec<&str>, new: Vec<&str>| -> Vec<String> {
        let gone = old.into_iter().filter(|n| !new.contains(n));
        new.iter().copied().chain(gone).map(str::to_owned).collect()
    };
    let now = |name| renames.now(name);
    let all = union(
        old.horizons.names().map(now).collect(),
        new.horizons.names().collect(),
    );
    let outcomes = union(
        old.outcomes.names().map(now).collect(),
        new.outcomes.names().collect(),
    );
    // The old side's ids by its new names.
    let old_horizon = |name: &str| {
        old.horizons
            .ids()
            .find(|&h| now(old.horizons.name(h)) == name)
    };
    let old_outcome = |name: &str| {
        old.outcomes
            .ids()
            .find(|&o| now(old.outcomes.name(o)) == name)
    };
    let each = all.into_iter().map(|name| {
        let (h, k) = (old_horizon(&name), new.horizons.id(&name));
        let was = h.map(|h| &before.horizons[h.index()]);
        let is = k.map(|k| &after.horizons[k.index()]);
        let title = match (k, h) {
            (Some(k), _) => new.horizons[k].title.clone(),
            (None, Some(h)) => old.horizons[h].title.clone(),
            (None, None) => name.clone(),
        };
        let outcomes = outcomes.iter().map(|outcome| OutcomeMove {
            old: was.and_then(|w| Some(w.0[old_outcome(outcome)?.index()])),
            new: is.and_then(|i| Some(i.0[new.outcomes.id(outcome)?.index()])),
            name: outcome.clone(),
        });
        HorizonMove {
            outcomes: outcomes.collect(),
            old_leader: was.map(|w| now(old.outcomes.name(w.1)).to_owned()),
            new_leader: is.map(|i| new.outcomes.name(i.1).to_owned()),
            title,
            name,
        }
    });
    each.collect()
}

/// What the players play with.
pub(super) struct Play<'a> {
    texts: usize,
    longest: usize,
    files: &'a Files,
    entries: Vec<Entry>,
    /// By entry: the atom that it belongs to; none where both sides say the same.
    atoms: Vec<Option<usize>>,
    cells: Cells,
    /// The values of the old side and of the new one.
    ends: [Vec<f64>; 2],
    /// States of one evaluation, reading included.
    cost: u64,
    /// What each set of atoms makes of the verdict, as far as it was asked.
    known: Mutex<HashMap<Vec<u64>, Option<Vec<f64>>>>,
}

/// By group, the entries of its atoms; by group and cell, the shares.
type Shared = (Vec<Vec<usize>>, Vec<Vec<f64>>, Method);

impl<'a> Play<'a> {
    pub(super) fn new(
        old: &Project,
        new: &Project,
        files: &'a Files,
        horizons: &[HorizonMove],
    ) -> Self {
        let mut entries = collect(files, old.sources.iter().count());
        entries.push(order());
        let both = horizons.iter().flat_map(|h| &h.outcomes);
        let both = both.filter(|o| o.change().is_some());
        let ends = both.filter_map(|o| Some((o.old?, o.new?))).unzip();
        let sources = || old.sources.iter().chain(new.sources.iter());
        Play {
            texts: sources().count(),
            longest: sources().map(|(_, s)| s.text.len()).max().unwrap_or(0),
            files,
            atoms: Vec::new(),
            cells: Cells::of(horizons),
            ends: <[_; 2]>::from(ends),
            cost: READING + entries.len() as u64 * READING_ENTRY,
            entries,
            known: Mutex::default(),
        }
    }

    /// The drivers of the first file whose best rating changed.
    fn rated(&self) -> BTreeSet<&str> {
        let changed = self.entries.iter().filter(|e| e.file == 0 && !e.is_kept());
        let rated = changed.filter_map(|e| match &e.slot {
            Slot::Evidence(driver) => Some(driver.as_str()),
            _ => None,
        });
        rated.collect()
    }

    pub(super) fn shares(&mut self) -> Shared {
        let mut sets = self.gather();
        // Where only the order of items differs, equal pushes that overlap may count anew.
        if !self.ends_well() {
            if let Some(held) = self.entries.last_mut().and_then(|e| e.old.as_mut()) {
                held.canon.push_str("old");
            }
            sets = self.gather();
        }
        let mut groups = Groups::single(sets.len());
        if sets.len() > MOST || !self.ends_well() {
            groups.everything();
        }
        let (shares, method) = self.settled(&mut groups);
        let entries = groups.0.iter().map(|group| {
            let entries = group.iter().flat_map(|&atom| sets[atom].iter().copied());
            entries.collect()
        });
        (entries.collect(), shares, method)
    }

    /// The atoms, which every entry then knows.
    pub(super) fn gather(&mut self) -> Vec<Vec<usize>> {
        let sets = atoms(&self.entries);
        self.known = Mutex::default();
        self.atoms = vec![None; self.entries.len()];
        for (atom, set) in sets.iter().enumerate() {
            set.iter().for_each(|&i| self.atoms[i] = Some(atom));
        }
        sets
    }

    /// Whether no edit gives the old verdict, and all of them the new one.
    pub(super) fn ends_well(&self) -> bool {
        let mut mixer = None;
        [false, true].into_iter().zip(&self.ends).all(|(all, end)| {
            let found = self.value(&mut mixer, &|_| all);
            let is_near = |found: &Vec<f64>| {
                let mut both = found.iter().zip(end);
                both.all(|(a, b)| (a - b).abs() <= NOTHING)
            };
            found.as_ref().is_some_and(is_near)
        })
    }

    fn settled(&self, groups: &mut Groups) -> (Vec<Vec<f64>>, Method) {
        let mut mixer = None;
        loop {
            let mut has_verdict = |atoms: Atoms<'_>| self.value(&mut mixer, atoms).is_some();
            groups.settle(TRIES / self.cost, &mut has_verdict);
            let group_of = |atom: usize| groups.0.iter().position(|g| g.contains(&atom));
            let group_of: Vec<Option<usize>> = (0..self.atoms.len()).map(group_of).collect();
            let game = shapley::Game {
                players: groups.0.len(),
                none: &self.ends[0],
                all: &self.ends[1],
                cost: self.cost,
            };
            let found = game.shares(|mixer, playing| {
                self.value(mixer, &|atom| group_of[atom].is_some_and(playing))
            });
            match found {
                Found::Shares(shares, method) => return (shares, method),
                Found::Impossible(players) => groups.join_impossible(&players, &mut has_verdict),
            }
        }
    }

    /// What some atoms make of the verdict; none where the file has no verdict then.
    fn value<'s>(&'s self, mixer: &mut Option<Mixer<'s>>, atoms: Atoms<'_>) -> Option<Vec<f64>> {
        let count = self.atoms.iter().flatten().max().map_or(0, |last| last + 1);
        let mut key = vec![0; count.div_ceil(64)];
        for atom in (0..count).filter(|&a| atoms(a)) {
            key[atom / 64] |= 1 << (atom % 64);
        }
        if let Some(known) = self.known.lock().ok().and_then(|k| k.get(&key).cloned()) {
            return known;
        }
        let mixer = mixer
            .get_or_insert_with(|| Mixer::new(self.files, &self.entries, self.texts, self.longest));
        let assessment = mixer.assessment(|i| self.atoms[i].is_none_or(atoms));
        let value = assessment.and_then(|assessment| {
            let verdict = verdict(&assessment).ok()?;
            self.cells.read(&assessment, &verdict)
        });
        if let Ok(mut known) = self.known.lock() {
            known.insert(key, value.clone());
        }
        value
    }
}
