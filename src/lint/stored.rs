//! What was found in a file, to be kept for the next run.
//!
//! In: a project and what was found in it. Out: a [`Stored`] that can be written, and what was found
//! again where nothing that it rests on has changed: the file, those that it uses and how they are
//! found, the policy, and `assess` itself. Where that is in doubt nothing is given back.

use super::across::{Claim, Point};
use super::policy::Policy;
use super::run::Found;
use crate::diag::Checked;
use crate::diag::{Diagnostic, Edit, Fix, Label, Severity};
use crate::lint::rules;
use crate::project::{Loader, Project, root_of};
use crate::text::source::{FileId, Source, SourceMap, Span};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_128;

/// What was found in one file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stored {
    key: String,
    root: Option<PathBuf>,
    /// The files, the first one first.
    files: Vec<File>,
    /// Each path that a `use` names, and the file that it led to.
    links: Vec<(PathBuf, PathBuf)>,
    findings: Vec<Finding>,
    suppressed: usize,
    claims: Vec<KeptClaim>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptClaim {
    is_outcome: bool,
    name: String,
    resolves: String,
    place: Place,
    /// Horizon, days and chance, as the bits of doubles, so that they come back as they were.
    points: Vec<(String, u64, u64)>,
}

#[derive(Debug, Serialize, Deserialize)]
struct File {
    name: String,
    path: PathBuf,
    hash: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Finding {
    rule: String,
    severity: String,
    message: String,
    /// The primary place first.
    labels: Vec<(Place, String)>,
    help: Option<String>,
    fixes: Vec<KeptFix>,
}

/// Whether it is safe, what it does, and its edits.
type KeptFix = (bool, String, Vec<(Place, String)>);

/// A file, and the bytes from where to where.
type Place = (u32, u32, u32);

/// What a file's findings rest on but for the files that it uses; `build` tells one build of
/// `assess` from another.
pub fn key(build: &str, policy: &Policy, path: &Path, bytes: &[u8]) -> String {
    let name = path.to_string_lossy();
    let parts = [build, &policy.fingerprint(), &name, &hash(bytes)];
    hash(parts.join("\0").as_bytes())
}

/// The name under which a file's findings are kept: one for each file, so that old ones are replaced.
pub fn slot(path: &Path) -> String {
    hash(path.to_string_lossy().as_bytes())
}

fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// What is kept, behind its checksum.
pub fn summed(text: &[u8]) -> Vec<u8> {
    [hash(text).as_bytes(), b"\n", text].concat()
}

/// What was kept, if it still has its checksum: a disk may fail, and a wrong finding looks like any.
pub fn sound(kept: &[u8]) -> Option<&[u8]> {
    let at = kept.iter().position(|&b| b == b'\n')?;
    let (sum, text) = (&kept[..at], &kept[at + 1..]);
    (sum == hash(text).as_bytes()).then_some(text)
}

impl Stored {
    /// What is to be kept; none where what was found rests on more than can be compared, such as a
    /// used file that was not there.
    pub fn of(key: String, loader: &dyn Loader, project: &Project) -> Option<Stored> {
        if !project.diagnostics.is_empty() || project.paths.len() != project.files.len() {
            return None;
        }
        let files = project.sources.iter().zip(&project.paths);
        let files = files.map(|((_, source), path)| File {
            name: source.name.clone(),
            path: path.clone(),
            hash: hash(source.text.as_bytes()),
        });
        let links = project.uses.iter().map(|((from, written), to)| {
            let folder = project.paths[from.0 as usize].parent();
            let link = folder.unwrap_or(Path::new("")).join(written);
            (link, project.paths[to.0 as usize].clone())
        });
        Some(Stored {
            key,
            root: root_of(loader, project.paths.first()?),
            files: files.collect(),
            links: links.collect(),
            findings: Vec::new(),
            suppressed: 0,
            claims: Vec::new(),
        })
    }

    /// With what was found.
    pub fn with(mut self, found: &Found) -> Stored {
        let checked = &found.checked;
        self.findings = checked.diagnostics.iter().map(Finding::of).collect();
        self.suppressed = checked.suppressed;
        self.claims = found.claims.iter().map(KeptClaim::of).collect();
        self
    }

    /// What was found, if it would be found again; `bytes` are those of the first file now.
    pub fn restore(self, key: &str, loader: &dyn Loader, bytes: Vec<u8>) -> Option<Found> {
        let first = self.files.first()?;
        if self.key != key || self.root != root_of(loader, &first.path) {
            return None;
        }
        let still = |(link, path): &(PathBuf, PathBuf)| {
            loader.canonical(link).is_ok_and(|found| found == *path)
        };
        if !self.links.iter().all(still) {
            return None;
        }
        let mut sources = SourceMap::new();
        let mut bytes = Some(bytes);
        for file in &self.files {
            let bytes = match bytes.take() {
                Some(first) => first,
                None => loader.read(&file.path).ok()?,
            };
            if hash(&bytes) != file.hash {
                return None;
            }
            sources.add(Source::new(
                file.name.as_str(),
                String::from_utf8(bytes).ok()?,
            ));
        }
        let findings = self.findings.iter().map(|f| f.restore(&sources));
        let diagnostics = findings.collect::<Option<Vec<_>>>()?;
        let claims = self.claims.into_iter().map(|c| c.restore(&sources));
        let claims = claims.collect::<Option<Vec<_>>>()?;
        Some(Found {
            checked: Checked {
                file: first.name.clone(),
                sources: if diagnostics.is_empty() {
                    SourceMap::new()
                } else {
                    sources
                },
                diagnostics,
                suppressed: self.suppressed,
            },
            paths: self.files.into_iter().map(|f| f.path).collect(),
            claims,
        })
    }
}

impl KeptClaim {
    fn of(claim: &Claim) -> KeptClaim {
        let bits = |p: &Point| (p.horizon.clone(), p.days.to_bits(), p.chance.to_bits());
        KeptClaim {
            is_outcome: claim.is_outcome,
            name: claim.name.clone(),
            resolves: claim.resolves.clone(),
            place: place(claim.span),
            points: claim.points.iter().map(bits).collect(),
        }
    }

    fn restore(self, sources: &SourceMap) -> Option<Claim> {
        let point = |(horizon, days, chance): (String, u64, u64)| Point {
            horizon,
            days: f64::from_bits(days),
            chance: f64::from_bits(chance),
        };
        let span = span(self.place, sources)?;
        Some(Claim {
            is_outcome: self.is_outcome,
            name: self.name,
            resolves: self.resolves,
            file: sources.source(span.file).name.clone(),
            span,
            points: self.points.into_iter().map(point).collect(),
        })
    }
}

impl Finding {
    fn of(d: &Diagnostic) -> Finding {
        let label = |l: &Label| (place(l.span), l.message.clone());
        let fix = |f: &Fix| {
            let edits = f.edits.iter().map(|e| (place(e.span), e.text.clone()));
            (f.safe, f.message.clone(), edits.collect())
        };
        Finding {
            rule: d.rule.name.to_owned(),
            severity: d.severity.as_str().to_owned(),
            message: d.message.clone(),
            labels: std::iter::once(&d.primary)
                .chain(&d.others)
                .map(label)
                .collect(),
            help: d.help.clone(),
            fixes: d.fixes.iter().map(fix).collect(),
        }
    }

    fn restore(&self, sources: &SourceMap) -> Option<Diagnostic> {
        let all = [Severity::Note, Severity::Warning, Severity::Error];
        let severity = all.into_iter().find(|s| s.as_str() == self.severity)?;
        let label = |(place, message): &(Place, String)| {
            Some(Label {
                span: span(*place, sources)?,
                message: message.clone(),
            })
        };
        let mut labels = self
            .labels
            .iter()
            .map(label)
            .collect::<Option<Vec<_>>>()?
            .into_iter();
        let fix = |(safe, message, edits): &KeptFix| {
            let edit = |(place, text): &(Place, String)| {
                Some(Edit {
                    span: span(*place, sources)?,
                    text: text.clone(),
                })
            };
            Some(Fix {
                safe: *safe,
                message: message.clone(),
                edits: edits.iter().map(edit).collect::<Option<Vec<_>>>()?,
            })
        };
        Some(Diagnostic {
            rule: rules::find(&self.rule)?,
            severity,
            message: self.message.clone(),
            primary: labels.next()?,
            others: labels.collect(),
            help: self.help.clone(),
            fixes: self.fixes.iter().map(fix).collect::<Option<Vec<_>>>()?,
        })
    }
}

fn place(span: Span) -> Place {
    (span.file.0, span.start, span.end)
}

/// A kept place, if it lies in its file: what was kept may have been changed by anybody.
fn span((file, start, end): Place, sources: &SourceMap) -> Option<Span> {
    let (_, source) = sources.iter().nth(file as usize)?;
    source.text.get(start as usize..end as usize)?;
    Some(Span {
        file: FileId(file),
        start,
        end,
    })
}
