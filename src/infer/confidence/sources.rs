//! Which sources are independent of each other.
//!
//! In: an assessment. Out: its drivers' sources, those that share a name or a channel made one; and how many
//! independent ones stand behind some drivers. Two sources share a channel where they end alike after words such
//! as `via` or `as reported in`.

use crate::resolve::assessment::{Assessment, Driver, DriverId, Text};
use crate::resolve::table::Id;

/// Words that introduce who passed a report on.
const CHANNELS: &[&[&str]] = &[&["through"], &["via"], &["citing"], &["according", "to"]];

/// The same in two words: "as reported in", "quoted by".
const RETOLD: &[&str] = &[
    "reported",
    "quoted",
    "cited",
    "described",
    "relayed",
    "summarised",
    "summarized",
    "told",
];

/// The sources of an assessment's drivers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources<'a> {
    /// What each source is called first, and how many other names it goes by.
    pub(crate) names: Vec<(&'a str, usize)>,
    /// By driver the sources that it rests on, in order, each once.
    pub(crate) of: Vec<Vec<usize>>,
    /// By driver and item of evidence, the item's source.
    items: Vec<Vec<Option<usize>>>,
    /// By driver the source of the whole block.
    blocks: Vec<Option<usize>>,
}

impl<'a> Sources<'a> {
    pub(crate) fn new(assessment: &'a Assessment) -> Self {
        let mut all = Gathered::default();
        let mut items: Vec<Vec<Option<usize>>> = Vec::new();
        let mut blocks: Vec<Option<usize>> = Vec::new();
        for driver in assessment.drivers.values() {
            let block = driver.prose.source.as_ref().map(|s| all.add(s));
            let each = driver.evidence.iter();
            let each = each.map(|e| e.source.as_ref().map(|s| all.add(s)).or(block));
            items.push(each.collect());
            blocks.push(block);
        }
        let mut groups = Groups::new(all.names.len());
        for (i, (_, endings)) in all.names.iter().enumerate() {
            for (j, (_, others)) in all.names.iter().enumerate().take(i) {
                if endings.iter().any(|e| others.contains(e)) {
                    groups.join(i, j);
                }
            }
        }
        // A name that nothing joins keeps its place; the first of a group stands for it.
        let mut places = vec![usize::MAX; all.names.len()];
        let mut names: Vec<(&str, usize)> = Vec::new();
        for i in 0..all.names.len() {
            let first = groups.first(i);
            if first == i {
                places[i] = names.len();
                names.push((&all.names[i].0.node, 0));
            } else {
                places[i] = places[first];
                names[places[first]].1 += 1;
            }
        }
        let place = |s: &mut Option<usize>| *s = s.map(|i| places[i]);
        items.iter_mut().flatten().for_each(place);
        blocks.iter_mut().for_each(place);
        let of = items.iter().zip(&blocks).map(|(items, block)| {
            let mut all: Vec<usize> = items.iter().flatten().copied().collect();
            all.extend(block.filter(|_| items.is_empty()));
            all.sort_unstable();
            all.dedup();
            all
        });
        Sources {
            names,
            of: of.collect(),
            items,
            blocks,
        }
    }

    /// How many independent sources stand behind these drivers: those of drivers that overlap count once.
    pub(crate) fn independent(&self, assessment: &Assessment, drivers: &[DriverId]) -> usize {
        let mut groups = Groups::new(self.names.len());
        for overlap in assessment.overlaps.iter().filter(|o| o.share > 0.0) {
            let members = overlap.members.iter().filter(|d| drivers.contains(d));
            let mut shared = members.flat_map(|d| &self.of[d.index()]);
            if let Some(&first) = shared.next() {
                shared.for_each(|&s| groups.join(first, s));
            }
        }
        let behind = drivers.iter().flat_map(|d| &self.of[d.index()]);
        let mut behind: Vec<usize> = behind.map(|&s| groups.first(s)).collect();
        behind.sort_unstable();
        behind.dedup();
        behind.len()
    }

    /// The places of a driver's evidence that a source does not stand behind; none where the driver
    /// does not rest on it.
    pub(crate) fn left(&self, driver: DriverId, source: usize) -> Option<Vec<usize>> {
        let items = &self.items[driver.index()];
        let is_block = items.is_empty() && self.blocks[driver.index()] == Some(source);
        let left: Vec<usize> = (0..items.len())
            .filter(|&i| items[i] != Some(source))
            .collect();
        (is_block || left.len() < items.len()).then_some(left)
    }
}

/// Whether a driver cites a source or has rated evidence.
pub(crate) fn is_sourced(driver: &Driver) -> bool {
    let mut items = driver.evidence.iter();
    driver.prose.source.is_some() || items.any(|e| e.source.is_some() || e.rated.is_some())
}

/// Sources by what they are called, in the order of their first mention.
#[derive(Default)]
struct Gathered<'a> {
    /// With what two of them that are not independent have in common.
    names: Vec<(&'a Text, Vec<String>)>,
}

impl<'a> Gathered<'a> {
    fn add(&mut self, source: &'a Text) -> usize {
        let same = self.names.iter().position(|s| s.0.node == source.node);
        same.unwrap_or_else(|| {
            self.names.push((source, endings(&source.node)));
            self.names.len() - 1
        })
    }
}

/// What begins a date: "figures through March" names no channel.
const DATES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "spring",
    "summer",
    "autumn",
    "winter",
    "mid",
    "late",
    "early",
];

/// A source's whole name and what follows each of the words that introduce a channel, without case and
/// punctuation.
pub(crate) fn endings(source: &str) -> Vec<String> {
    let words: Vec<Word> = source.split_whitespace().filter_map(Word::new).collect();
    let mut all = vec![join(&words)];
    for at in 1..words.len() {
        let after = |n: usize| words.get(at + n..).unwrap_or_default();
        let is = |n: usize, word: &str| words.get(at + n).is_some_and(|w| w.core == word);
        let plain = CHANNELS
            .iter()
            .find(|c| c.iter().enumerate().all(|(n, word)| is(n, word)));
        let retold = RETOLD.contains(&words[at].core.as_str())
            && ["in", "by", "to"].iter().any(|word| is(1, word));
        let ending = match plain {
            Some(channel) => after(channel.len()),
            None if retold => after(2),
            None => continue,
        };
        let ending = match ending {
            [Word { core, ends: false }, rest @ ..]
                if ["the", "a", "an"].contains(&core.as_str()) =>
            {
                rest
            }
            ending => ending,
        };
        // "Records through 2010" names no channel.
        let is_date = ending.first().is_none_or(|w| {
            w.core.starts_with(|c: char| c.is_numeric()) || DATES.contains(&w.core.as_str())
        });
        if !is_date {
            let end = ending.iter().position(|w| w.ends);
            all.push(join(&ending[..end.map_or(ending.len(), |e| e + 1)]));
        }
    }
    all
}

fn join(words: &[Word]) -> String {
    let cores: Vec<&str> = words.iter().map(|w| w.core.as_str()).collect();
    match cores.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        all => all.join(" "),
    }
}

/// A word without its punctuation.
struct Word {
    core: String,
    /// Whether a comma or the like follows: what comes then is no part of a name.
    ends: bool,
}

impl Word {
    fn new(word: &str) -> Option<Word> {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        (!core.is_empty()).then(|| Word {
            core: core.to_lowercase(),
            ends: word.ends_with([',', ';', ':', ')', ']']),
        })
    }
}

/// Things joined into groups.
struct Groups(Vec<usize>);

impl Groups {
    fn new(n: usize) -> Groups {
        Groups((0..n).collect())
    }

    /// The first member of a thing's group.
    fn first(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::endings;

    fn share(a: &str, b: &str) -> bool {
        let others = endings(b);
        endings(a).iter().any(|e| others.contains(e))
    }

    #[test]
    fn what_ends_alike_after_a_channel_is_one() {
        for (a, b) in [
            ("An aide, through Reuters", "A member, through Reuters"),
            ("An aide via Reuters", "A minister (via reuters)."),
            ("An aide via Reuters", "A minister via the Reuters, 3 May"),
            ("Le Monde, citing a diplomat", "Die Zeit, citing a diplomat"),
            (
                "The aide, as reported in the note",
                "The chief, as reported in the Note",
            ),
            (
                "The aide, as described in the note",
                "The chief, quoted in the note",
            ),
            ("Reuters", "An aide via Reuters"),
            ("The Harbour Log", "harbour log"),
            ("A, via B, citing C", "D, citing C"),
            ("A via B via C", "D via C"),
        ] {
            assert!(share(a, b), "{a} | {b}");
        }
    }

    #[test]
    fn other_sources_are_apart() {
        for (a, b) in [
            ("An aide via Reuters", "An aide via AFP"),
            ("Records, 1990 through 2010", "Counts, 1980 through 2010"),
            ("Records through March 2010", "Counts through March 2010"),
            ("Reuters", "Reuters Institute"),
            (
                "The note's own analysis of trade",
                "An aide, as reported in the note",
            ),
            ("Via", "Through"),
            ("Seen through", "Heard through"),
        ] {
            assert!(!share(a, b), "{a} | {b}");
        }
    }
}
