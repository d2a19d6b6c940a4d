//! What an editor asks of a file, one request a file.
//!
//! In: a file read as far as it can be, a byte offset, the last numbers that the file had. Out: plain
//! values with byte ranges. Nothing here knows a protocol, a clock or a disk, and no text can make it
//! fail: where nothing is known, nothing is shown.

pub mod actions;
pub mod calls;
pub mod completion;
pub mod definition;
pub mod diagnostics;
mod explain;
pub mod folding;
pub mod hints;
pub mod hover;
pub mod lens;
pub mod links;
pub mod moving;
mod names;
mod place;
pub mod rename;
mod rewrites;
pub mod selection;
mod snippets;
pub mod symbols;
pub mod tokens;

pub use names::{Declared, Sort};

use crate::infer;
use crate::infer::meter::Meter;
use crate::infer::verdict::{Options, Question, Verdict};
use crate::project::Project;
use crate::render::verdict::{Asked, Evaluated};
use crate::resolve::assessment::Assessment;
use crate::resolve::{self, Resolved};
use crate::syntax::tree::NodeRef;
use crate::syntax::{Kind, Parsed};
use crate::text::source::{FileId, Span};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::OnceLock;

/// Bytes of a text.
pub type Range = std::ops::Range<usize>;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub path: PathBuf,
    /// Where in it.
    pub range: Range,
}

/// A replacement of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced; empty to insert.
    pub range: Range,
    /// What stands there afterwards.
    pub text: String,
}

/// A file and all that it uses, read as far as they can be.
#[derive(Debug)]
pub struct Analysis {
    pub(crate) project: Project,
    pub(crate) resolved: Resolved,
    mark: OnceLock<u64>,
}

impl Analysis {
    /// Reads a project.
    pub fn of(project: Project) -> Analysis {
        let resolved = resolve::with_problems(&project);
        Analysis {
            project,
            resolved,
            mark: OnceLock::new(),
        }
    }

    /// The first file's text.
    pub fn text(&self) -> &str {
        &self.project.sources.source(FileId(0)).text
    }

    /// What the first file means; none where anything is wrong with it, and of one made for `use`.
    pub(crate) fn assessment(&self) -> Option<&Assessment> {
        let sound = !self.resolved.diagnostics.has_errors();
        self.resolved.assessment.as_ref().filter(|_| sound)
    }

    pub(crate) fn parsed(&self) -> &Parsed {
        &self.project.files[0]
    }

    /// The nodes that hold a byte or end at it, from the outermost.
    pub(crate) fn path(&self, offset: usize) -> Vec<NodeRef<'_>> {
        let nodes = self.parsed().tree.iter();
        let holds = |n: &NodeRef<'_>| n.range().start <= offset && offset <= n.range().end;
        nodes.filter(holds).collect()
    }

    /// A mark of all that numbers rest on: texts with one mark differ in comments, prose and blanks alone.
    pub fn mark(&self) -> u64 {
        *self.mark.get_or_init(|| self.marked())
    }

    fn marked(&self) -> u64 {
        let mut mark = DefaultHasher::new();
        for (file, place) in self.project.files.iter().zip(0..) {
            let text = &self.project.sources.source(FileId(place)).text;
            let prose = file.tree.iter().filter(|n| n.kind() == Kind::prose);
            let mut idle: Vec<Range> = prose.map(|n| n.range()).collect();
            idle.extend(file.tree.comments());
            idle.sort_by_key(|range| (range.start, range.end));
            let mut rest = Vec::with_capacity(text.len());
            let mut at = 0;
            for range in idle {
                if let Some(before) = text.get(at..range.start) {
                    squeeze(before, &mut rest);
                    at = range.end;
                }
            }
            squeeze(text.get(at..).unwrap_or_default(), &mut rest);
            rest.hash(&mut mark);
        }
        mark.finish()
    }

    /// The paths of the file and of all that it uses.
    pub fn paths(&self) -> &[PathBuf] {
        &self.project.paths
    }

    pub(crate) fn location(&self, span: Span) -> Location {
        let path = self.project.paths.get(span.file.0 as usize);
        Location {
            path: path.cloned().unwrap_or_default(),
            range: range(span),
        }
    }
}

/// Adds the lines of a text that are not blank, without the blanks around each.
fn squeeze(text: &str, to: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    let mut start = 0;
    for end in ends.chain([bytes.len()]) {
        let line = bytes[start..end].trim_ascii();
        if !line.is_empty() {
            to.extend_from_slice(line);
            to.push(b'\n');
        }
        start = end + 1;
    }
}

/// The bytes of a span.
pub(crate) fn range(span: Span) -> Range {
    span.start as usize..span.end as usize
}

/// A verdict as it last could be computed: its numbers stay while the text is broken.
#[derive(Debug)]
pub struct Numbers {
    pub(crate) evaluated: Evaluated,
    /// By condition, in the file's order, and by horizon; none where it cannot be said.
    pub(crate) conditions: Vec<Vec<Option<f64>>>,
    /// Whether what each reason contributes is among them.
    pub is_complete: bool,
    /// The verdict as JSON, once it was asked for.
    #[cfg_attr(not(feature = "lsp"), allow(dead_code))]
    json: OnceLock<String>,
}

impl Numbers {
    /// The numbers of a file, but for what each reason contributes; none where it has mistakes or no verdict, or
    /// where a limit is passed.
    pub fn of(analysis: &Analysis) -> Option<Numbers> {
        Numbers::counted(analysis, false, &Meter::default())
    }

    /// All numbers of a file; none as for [`Numbers::of`], and where the meter was stopped. In large files
    /// contributions take seconds.
    pub fn with_contributions(analysis: &Analysis, meter: &Meter) -> Option<Numbers> {
        Numbers::counted(analysis, true, meter)
    }

    /// These numbers for a text that means the same, with its own places; none where it has mistakes.
    pub fn again(&self, analysis: &Analysis) -> Option<Numbers> {
        Some(Numbers {
            evaluated: Evaluated {
                sources: analysis.project.sources.clone(),
                assessment: analysis.assessment()?.clone(),
                verdict: self.verdict().clone(),
                asked: Asked::default(),
            },
            conditions: self.conditions.clone(),
            is_complete: self.is_complete,
            json: OnceLock::new(),
        })
    }

    fn counted(analysis: &Analysis, contributions: bool, meter: &Meter) -> Option<Numbers> {
        let assessment = analysis.assessment()?;
        let options = Options {
            contributions,
            voices: true,
            meter: meter.clone(),
            ..Options::default()
        };
        let verdict = infer::evaluate(assessment, &Question::default(), &options).ok()?;
        Some(Numbers {
            conditions: explain::conditions(assessment, &verdict),
            is_complete: contributions,
            json: OnceLock::new(),
            evaluated: Evaluated {
                sources: analysis.project.sources.clone(),
                assessment: assessment.clone(),
                verdict,
                asked: Asked::default(),
            },
        })
    }

    /// The verdict as the command line prints it.
    #[cfg(feature = "lsp")]
    pub(crate) fn json(&self) -> &str {
        let write =
            || serde_json::to_string(&self.evaluated.to_json()).unwrap_or("null".to_owned());
        self.json.get_or_init(write)
    }

    pub(crate) fn assessment(&self) -> &Assessment {
        &self.evaluated.assessment
    }

    pub(crate) fn verdict(&self) -> &Verdict {
        &self.evaluated.verdict
    }
}

/// Numbers, and whether they are those of the text as it is now.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The numbers.
    pub numbers: &'a Numbers,
    /// Whether the text has moved on since.
    pub stale: bool,
}
