//! One way in: files that are open or on disk, and every answer about them.
//!
//! In: texts and paths. Out: findings, verdicts, reasons, tipping points, reports, laid out and renamed
//! texts, as plain values that serialise to what the command line prints. An open text wins over the
//! file on disk; `use` and `assess.toml` are followed through both. Nothing is ever written.
//!
//! ```
//! use assess::workspace::{Asking, Workspace};
//!
//! let mut files = Workspace::in_memory();
//! files.open("coin.assess", r#"
//!     assessment "Will it be heads?" { as of: 2025-03-01 }
//!     horizon toss: until 2025-03-02
//!     outcome heads
//!     outcome tails
//!     prior { heads: 50%, tails: 50% }
//! "#)?;
//! let verdict = files.evaluate("coin.assess", &Asking::default())?;
//! assert_eq!(verdict.data().horizons[0].outcomes[0].probability, Some(0.5));
//! # Ok::<(), assess::workspace::Error>(())
//! ```

pub(crate) mod asking;
mod error;
pub(crate) mod files;
#[cfg(feature = "html")]
pub(crate) mod house;
pub(crate) mod paper;
pub(crate) mod policy;
pub(crate) mod prepare;
mod results;

pub use asking::{Asking, Method};
pub use error::{Error, ErrorKind};
pub use policy::Checking;
pub use results::{Evaluation, Explanation, Findings, TippingPoints, to_json};

use crate::diag::{Diagnostic, rules};
use crate::format;
use crate::infer::Answers;
use crate::infer::flip::{Finder, Flips};
use crate::infer::meter::Meter;
use crate::infer::verdict::{Options, Question};
use crate::lint::{self, Found};
use crate::parallel::*;
use crate::project::{Loader, Project, name_of};
use crate::rename;
use crate::render::Look;
use crate::render::flip::Flipped;
use crate::render::format::find;
use crate::render::report::view::House;
use crate::render::report::{REPORT_FORMATS, Shape};
use crate::resolve::Asker;
use crate::resolve::assessment::{Assessment, Expect};
use crate::syntax::parse_query;
use crate::text::lang::Lang;
use crate::text::source::{FileId, Source, SourceMap};
use files::Files;
use prepare::Prepared;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// How texts look unless told otherwise.
pub(crate) const LOOK: Look = Look {
    width: 80,
    colour: false,
};

/// Files, open or on disk, that can be asked.
#[derive(Debug, Clone)]
pub struct Workspace {
    files: Files,
    meter: Meter,
}

impl Default for Workspace {
    fn default() -> Self {
        Workspace::new()
    }
}

/// A file with its new text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renamed {
    /// The file, as it was named.
    pub path: PathBuf,
    /// Its text with the new name.
    pub text: String,
    /// In how many places the name stood.
    pub places: usize,
    /// The bytes of the old text at which it stood, in order.
    pub at: Vec<usize>,
}

/// Which report is wanted. The whole page in HTML, or Markdown where HTML cannot be had, unless stated.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reporting {
    /// `html`, `markdown`, `json` or `docx`.
    pub format: Option<String>,
    /// Two printed pages in place of the whole.
    pub brief: bool,
    /// The sections of the page that are left out.
    pub sections_left_out: Vec<String>,
    /// The language; the file's own, or that of `assess.toml`, unless stated.
    pub lang: Option<String>,
    /// What is asked of the file. A report is always about every horizon and outcome.
    pub asking: Asking,
}

impl Workspace {
    /// The files of the disk, with none open.
    pub fn new() -> Workspace {
        Workspace {
            files: Files::on_disk(),
            meter: Meter::default(),
        }
    }

    /// No files but those that will be opened: for browsers, and wherever nothing may be read.
    pub fn in_memory() -> Workspace {
        Workspace {
            files: Files::default(),
            meter: Meter::default(),
        }
    }

    /// The same files, with a meter of how far long answers have come. Stopping it ends what takes longest,
    /// contributions and the search for what would change a verdict, at the next step; the answer is then an error.
    #[must_use]
    pub fn watched(&self, meter: &Meter) -> Workspace {
        Workspace {
            files: self.files.clone(),
            meter: meter.clone(),
        }
    }

    fn options(&self, asking: &Asking) -> Options {
        Options {
            meter: self.meter.clone(),
            ..asking.options(true)
        }
    }

    /// Puts a text in place of a file, which need not be there. `assess.toml` can be opened, too.
    ///
    /// # Errors
    ///
    /// Where the path climbs above its top, `../..`.
    pub fn open(&mut self, path: impl AsRef<Path>, text: &str) -> Result<(), Error> {
        let path = path.as_ref();
        let put = self.files.put(path, text);
        put.map_err(|error| Error::unreadable(&name_of(path), &error))
    }

    /// Gives an open file another text.
    ///
    /// # Errors
    ///
    /// Where it is not open.
    pub fn change(&mut self, path: impl AsRef<Path>, text: &str) -> Result<(), Error> {
        let path = path.as_ref();
        match self.files.get(path) {
            Some(_) => self.open(path, text),
            None => Err(Error::refused(format!("`{}` is not open", name_of(path)))),
        }
    }

    /// Goes back to the file on disk; whether it was open.
    pub fn close(&mut self, path: impl AsRef<Path>) -> bool {
        self.files.take(path.as_ref())
    }

    /// The text of a file, open or on disk.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or is no text.
    pub fn text(&self, path: impl AsRef<Path>) -> Result<String, Error> {
        let path = path.as_ref();
        let unreadable = |error| Error::unreadable(&name_of(path), &error);
        let bytes = self.files.read(path).map_err(unreadable)?;
        String::from_utf8(bytes).map_err(|_| match self.project(path) {
            // The project says where it stops being text.
            Ok(project) => Error::mistaken(project.sources, project.diagnostics.sorted()),
            Err(error) => error,
        })
    }

    /// Every mistake in a file and every finding of the linter.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, or its `assess.toml` is mistaken. Mistakes in the file are no
    /// error here: they are what is found.
    pub fn check(&self, path: impl AsRef<Path>) -> Result<Findings, Error> {
        self.check_all(&[path], &Checking::default())
    }

    /// The same of several files, with more said of rules. What several find in one that they all use
    /// is told once.
    ///
    /// # Errors
    ///
    /// As for [`Workspace::check`], and where what is said of rules names none.
    pub fn check_all(
        &self,
        paths: &[impl AsRef<Path>],
        checking: &Checking,
    ) -> Result<Findings, Error> {
        let mut found = Vec::new();
        for path in paths {
            let path = path.as_ref();
            let configured = policy::of(&self.files, path, checking)?;
            let project = self.project(path)?;
            found.push(Found::of(project, &configured.policy).alone(&self.files));
        }
        Ok(Findings {
            checked: lint::once_each(found),
        })
    }

    /// How likely each outcome is at each horizon.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file or with what is asked.
    pub fn evaluate(&self, path: impl AsRef<Path>, asking: &Asking) -> Result<Evaluation, Error> {
        let prepared = self.prepare(path.as_ref(), asking)?;
        let evaluated = prepared.evaluate(&self.options(asking))?;
        Ok(Evaluation { evaluated })
    }

    /// Why it is so.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file or with what is asked.
    pub fn explain(&self, path: impl AsRef<Path>, asking: &Asking) -> Result<Explanation, Error> {
        let prepared = self.prepare(path.as_ref(), asking)?;
        let explained = prepared.explain(&self.options(asking), None)?;
        Ok(Explanation { explained })
    }

    /// What would change the leader or, with `until`, the answer of an expectation such as
    /// `exit by long at least 20%`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file or with what is asked.
    pub fn flip(
        &self,
        path: impl AsRef<Path>,
        asking: &Asking,
        until: Option<&str>,
    ) -> Result<TippingPoints, Error> {
        let mut prepared = self.prepare(path.as_ref(), asking)?;
        let until = match until {
            None => None,
            Some(text) => {
                let found = asking::expectation(text, &prepared.assessment, &mut prepared.sources);
                match found {
                    Ok(expect) => Some(expect),
                    Err(wrong) => return Err(Error::asked(prepared.sources, wrong.sorted())),
                }
            }
        };
        let found = flips(
            &prepared.assessment,
            &prepared.question,
            until.as_ref(),
            &self.meter,
        );
        match found {
            Ok(flips) => Ok(TippingPoints {
                flipped: Flipped {
                    sources: prepared.sources,
                    assessment: prepared.assessment,
                    flips,
                    asked: prepared.asked,
                    until,
                },
            }),
            Err(wrong) => Err(Error::mistaken(prepared.sources, vec![*wrong])),
        }
    }

    /// The chance of a query in the file's own words, `exit by long given ceasefire`; none where what is
    /// given cannot hold.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file or with the query.
    pub fn ask(&self, path: impl AsRef<Path>, query: &str) -> Result<Option<f64>, Error> {
        let prepared = self.prepare(path.as_ref(), &Asking::default())?;
        let Prepared {
            mut sources,
            assessment,
            ..
        } = prepared;
        let file = sources.add(Source::new("query", query.trim()));
        let (written, wrong) = parse_query(file, query.trim());
        let Some(written) = written.filter(|_| wrong.is_empty()) else {
            return Err(Error::asked(sources, wrong.sorted()));
        };
        let meant = match Asker::new(&assessment, &sources).query(&written) {
            Ok(meant) => meant,
            Err(wrong) => return Err(Error::asked(sources, wrong.sorted())),
        };
        let answer = Answers::new(&assessment).answer(&meant);
        answer.map_err(|limit| Error::mistaken(sources, vec![*limit]))
    }

    /// A file's text in the one layout.
    ///
    /// # Errors
    ///
    /// Where it cannot be read; its mistakes of spelling.
    pub fn format(&self, path: impl AsRef<Path>) -> Result<String, Error> {
        let path = path.as_ref();
        let text = self.text(path)?;
        format::format(FileId(0), &text).map_err(|mistakes| {
            let mut sources = SourceMap::new();
            sources.add(Source::new(name_of(path), text.as_str()));
            Error::mistaken(sources, mistakes.sorted())
        })
    }

    /// The texts of files with a name changed wherever it is meant: in the file that declares it and in
    /// all that use it, which have to be among `paths`.
    ///
    /// # Errors
    ///
    /// The first thing that stands in the way.
    pub fn rename(
        &self,
        old: &str,
        new: &str,
        paths: &[impl AsRef<Path>],
    ) -> Result<Vec<Renamed>, Error> {
        let paths: Vec<PathBuf> = paths.iter().map(|p| p.as_ref().to_path_buf()).collect();
        let renamed = rename::rename(&self.files, &paths, old.trim(), new.trim());
        let renamed = renamed.map_err(|refusal| match refusal {
            rename::Refusal::Unreadable(path, error) => Error::unreadable(&name_of(&path), &error),
            rename::Refusal::Broken(checked) => Error::of(ErrorKind::Mistaken, checked),
            rename::Refusal::Name(checked) => Error::of(ErrorKind::Asked, checked),
            rename::Refusal::Other(message) => Error::refused(message),
        })?;
        let each = renamed.into_iter().map(|one| Renamed {
            path: one.path,
            text: one.after,
            places: one.places,
            at: one.at,
        });
        Ok(each.collect())
    }

    /// A report, as the bytes of a file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file, its `assess.toml` or with what is asked.
    pub fn report(&self, path: impl AsRef<Path>, wanted: &Reporting) -> Result<Vec<u8>, Error> {
        let path = path.as_ref();
        wanted.asking.sound().map_err(Error::refused)?;
        let name = wanted.format.as_deref().unwrap_or(REPORT_FORMATS[0].name);
        let format = find(REPORT_FORMATS, name);
        let format =
            format.ok_or_else(|| Error::refused(format!("there is no format `{name}`")))?;
        let configured = policy::of(&self.files, path, &Checking::default())?;
        let mut project = self.project(path)?;
        let assessment = prepare::sound(&project)?.ok_or_else(|| Error::shared(&project))?;
        let lang = match wanted.lang.as_deref() {
            Some(code) => Some(
                Lang::find(code)
                    .ok_or_else(|| Error::refused(format!("there are no reports in `{code}`")))?,
            ),
            None => assessment.lang.or(configured.report.lang),
        };
        let findings = lint::check(&project, &configured.policy).diagnostics;
        let files = project.files.clone();
        let asking = &wanted.asking;
        let mut assessment = assessment;
        let seen = match asking::viewed(asking, &assessment, &mut project.sources) {
            Ok(found) => found.and_then(|id| asking::as_viewed(&mut project, &assessment, id)),
            Err(wrong) => return Err(Error::asked(project.sources, wrong.sorted())),
        };
        let mut as_file = None;
        let view = seen.map(|(by_view, called)| {
            as_file = Some(std::mem::replace(&mut assessment, by_view));
            called
        });
        let edited = asking::edited(&asking.with, &asking.without, &mut project, &assessment);
        let mut taken = match edited {
            Ok(None) => paper::Taken {
                as_it_stands: as_file,
                view,
                ..paper::Taken::as_is(assessment)
            },
            Ok(Some(edited)) => paper::Taken {
                assessment: edited.assessment,
                as_it_stands: Some(as_file.unwrap_or(assessment)),
                view,
                with: edited.with,
                without: edited.left_out,
            },
            Err(wrong) => return Err(Error::asked(project.sources, wrong.sorted())),
        };
        asking.lend(&mut taken.assessment);
        let read = paper::Read {
            sources: project.sources,
            files: &files,
            findings: &findings,
        };
        let reader = paper::Reader {
            asking,
            brief: wanted.brief,
            house: &self.house(&configured)?,
            lang: lang.unwrap_or_default(),
            flips: &|assessment, question| flips(assessment, question, None, &self.meter),
        };
        let report = paper::report(read, taken, &reader)?;
        let shape = Shape {
            brief: wanted.brief,
            without: wanted.sections_left_out.clone(),
            reloads: false,
        };
        Ok((format.write)(&report, &shape))
    }

    #[cfg(feature = "html")]
    fn house(&self, configured: &policy::Configured) -> Result<House, Error> {
        house::read(&self.files, (&configured.report, &configured.folder))
            .map_err(Error::configuration)
    }

    /// Only pages show a logo.
    #[cfg(not(feature = "html"))]
    #[allow(clippy::unnecessary_wraps, clippy::unused_self)]
    fn house(&self, configured: &policy::Configured) -> Result<House, Error> {
        Ok(House {
            organisation: configured.report.organisation.clone(),
            logo: None,
        })
    }

    /// Where texts come from.
    #[cfg(feature = "lsp")]
    pub(crate) fn files(&self) -> &Files {
        &self.files
    }

    pub(crate) fn project(&self, path: &Path) -> Result<Project, Error> {
        let project = Project::load(&self.files, path);
        project.map_err(|error| Error::unreadable(&name_of(path), &error))
    }

    /// The same, told what was read before.
    #[cfg(feature = "lsp")]
    pub(crate) fn project_again(&self, path: &Path, before: &Project) -> Result<Project, Error> {
        let project = Project::load_again(&self.files, path, before);
        project.map_err(|error| Error::unreadable(&name_of(path), &error))
    }

    fn prepare(&self, path: &Path, asking: &Asking) -> Result<Prepared, Error> {
        asking.sound().map_err(Error::refused)?;
        prepare::prepare(self.project(path)?, asking)
    }
}

/// What would change the leader or, where there is one, the expectation.
fn flips(
    assessment: &Assessment,
    question: &Question,
    until: Option<&Expect>,
    meter: &Meter,
) -> Result<Flips, Box<Diagnostic>> {
    let finder = Finder::new(assessment, question, until)?;
    let tasks = finder.tasks();
    meter.expect(tasks.len() as u64);
    let parts = tasks.par_iter().map(|task| match meter.go_on() {
        Ok(()) => finder.work(*task),
        Err(_) => {
            let span = assessment.title.span;
            Err(Box::new(Diagnostic::new(
                &rules::LIMIT,
                span,
                "the search was stopped",
            )))
        }
    });
    let parts: Vec<_> = parts.collect();
    let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(finder.finish(parts))
}
