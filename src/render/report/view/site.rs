//! A folder of pages: what its index shows, and what decides whether a page is still right.
//!
//! In: reports, agendas, names of files. Out: [`Entry`]s and addresses. Nothing is read or written.

use super::Report;
use super::answer::in_brackets;
use crate::agenda::Due;
use crate::text::clean::{encoded, is_of_path};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_128;

/// The page of the track record, as seen from the index; its entry has no file.
pub const RECORD: &str = "track-record.html";

/// What is kept beside the pages, so that the next run need not make them anew.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Of this shape.
    pub(crate) version: u32,
    /// The index's [`hash`].
    pub(crate) index: String,
    /// Every page, in the order of the files.
    pub(crate) pages: Vec<Entry>,
}

/// One file's page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The file as seen from the folder; empty for the track record.
    pub(crate) file: String,
    /// The page as seen from the index.
    pub(crate) page: String,
    /// All that the page was made from.
    pub(crate) key: String,
    /// The page's [`hash`].
    pub(crate) hash: String,
    /// What the index shows of an assessment; none of a shared file.
    pub(crate) about: Option<About>,
}

/// What the index shows of an assessment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// The question.
    pub(crate) title: String,
    /// Who says so.
    pub(crate) author: Option<String>,
    /// When it was changed last.
    pub(crate) as_of: String,
    pub(crate) tags: Vec<String>,
    /// Who leads, by horizon.
    pub(crate) leaders: Vec<Leader>,
    /// What falls due next.
    pub(crate) next: Option<Next>,
    /// How many things are past due.
    pub(crate) overdue: usize,
    /// How many warnings `check` has.
    pub(crate) warnings: usize,
    /// How many expectations fail.
    pub(crate) failed: usize,
}

/// Who leads at a horizon.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Leader {
    /// The horizon's title.
    pub(crate) horizon: String,
    /// Its end.
    pub(crate) to: String,
    /// The outcome's title.
    pub(crate) outcome: String,
    /// "likely (64%)".
    pub(crate) chance: String,
}

/// What falls due next.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// When.
    pub(crate) date: String,
    /// What comes about.
    pub(crate) what: String,
}

/// Another page, as seen from one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// Its file as seen from the folder.
    pub(crate) file: String,
    /// Its address.
    pub(crate) href: String,
}

/// What leads from a page to others.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Links {
    /// The index's address.
    pub(crate) index: String,
    /// The files that it uses.
    pub(crate) uses: Vec<Link>,
    /// The files that use it.
    pub(crate) used_by: Vec<Link>,
}

impl About {
    /// What is to be shown of a report, and of what falls due, seen from a day where it is known;
    /// without one, nothing is past.
    pub fn of(report: &Report, due: &[Due], today: Option<Date>) -> About {
        let is_past = |due: &&Due| today.is_some_and(|today| due.date < today);
        let leaders = report.horizons.iter().zip(&report.answers);
        About {
            title: report.title.clone(),
            author: report.author.clone(),
            as_of: report.as_of.clone(),
            tags: report.tags.clone(),
            leaders: leaders
                .map(|(horizon, answer)| Leader {
                    horizon: horizon.title.clone(),
                    to: horizon.to.clone(),
                    outcome: answer.leader.title.clone(),
                    chance: in_brackets(&answer.leader.chance),
                })
                .collect(),
            next: due.iter().find(|due| !is_past(due)).map(|due| Next {
                date: due.date.to_string(),
                what: due.in_titles.clone(),
            }),
            overdue: due.iter().filter(is_past).count(),
            warnings: report.findings.len(),
            failed: report.expectations.iter().filter(|e| !e.holds).count(),
        }
    }
}

/// What tells one text from another.
pub fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// The pages of files, both as seen from the folder: `a/b.assess` has `a/b.html`. None is the index,
/// and no two differ in case alone, which not every disk tells apart.
pub fn pages(files: &[String]) -> Vec<String> {
    let mut taken = BTreeSet::from(["index.html", RECORD].map(str::to_owned));
    let each = files.iter().map(|file| {
        let mut stem = file.strip_suffix(".assess").unwrap_or(file).to_owned();
        while !taken.insert(format!("{stem}.html").to_lowercase()) {
            stem.push('_');
        }
        format!("{stem}.html")
    });
    each.collect()
}

/// The address of a page as seen from another, both as seen from the index.
pub fn address(from: &str, to: &str) -> String {
    let mut up = from.split('/').count() - 1;
    let mut rest = to;
    // Folders that both are in need not be left.
    let mut here = from;
    while let (Some((a, below)), Some((b, other))) = (here.split_once('/'), rest.split_once('/'))
        && a == b
    {
        (here, rest) = (below, other);
        up -= 1;
    }
    let back = match up {
        // What has a colon in it may otherwise be taken for a scheme.
        0 => "./".to_owned(),
        n => "../".repeat(n),
    };
    back + &encoded(rest, is_of_path)
}

#[cfg(test)]
mod tests {
    use super::{address, pages};

    #[test]
    fn every_file_has_a_page_of_its_own() {
        let files = [
            "a.assess",
            "A.assess",
            "b/a.assess",
            "index.assess",
            "index_.assess",
        ];
        let files = files.map(str::to_owned);
        let all = pages(&files);
        assert_eq!(
            all,
            [
                "a.html",
                "A_.html",
                "b/a.html",
                "index_.html",
                "index__.html"
            ]
        );
    }

    #[test]
    fn addresses_lead_from_page_to_page() {
        for (from, to, address_of) in [
            ("index.html", "a.html", "./a.html"),
            ("b/c.html", "index.html", "../index.html"),
            ("b/c/d.html", "b/e.html", "../e.html"),
            ("b/c.html", "b/d/e.html", "./d/e.html"),
            ("a/x.html", "b/y.html", "../b/y.html"),
            (
                "a.html",
                "javascript:alert(1).html",
                "./javascript%3Aalert%281%29.html",
            ),
            ("a.html", "é #?.html", "./%C3%A9%20%23%3F.html"),
        ] {
            assert_eq!(address(from, to), address_of, "{from} to {to}");
        }
    }
}
