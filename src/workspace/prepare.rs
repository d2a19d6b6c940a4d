//! A file made ready to be asked.
//!
//! In: a project and an [`Asking`]. Out: a file without errors and what is asked of it, or every
//! mistake in the file or in the asking.

use super::Error;
use super::asking::{Asking, as_viewed, ask, edited, look_back, viewed};
use crate::diag::Diagnostic;
use crate::infer;
use crate::infer::explain::{Watching, explain};
use crate::infer::verdict::{Options, Question, Verdict};
use crate::project::Project;
use crate::render::explain::Explained;
use crate::render::verdict::{Asked, Evaluated};
use crate::resolve;
use crate::resolve::assessment::Assessment;
use crate::resolve::hindsight::LeftOut;
use crate::text::source::SourceMap;

/// A file without errors and what is asked of it.
pub(crate) struct Prepared {
    pub(crate) sources: SourceMap,
    pub(crate) assessment: Assessment,
    pub(crate) question: Question,
    pub(crate) asked: Asked,
    /// The file as it stands, where clauses of it were replaced.
    pub(crate) as_it_stands: Option<Assessment>,
}

/// Makes a file ready to be asked.
///
/// # Errors
///
/// Everything that is wrong with the file or, where nothing is, with what is asked.
pub(crate) fn prepare(mut project: Project, asking: &Asking) -> Result<Prepared, Error> {
    let left_out = match asking.day().map_err(Error::refused)? {
        Some(day) => look_back(&mut project, day),
        None => LeftOut::default(),
    };
    let mut assessment = sound(&project)?.ok_or_else(|| Error::shared(&project))?;
    let mut as_it_stands = None;
    let seen = match viewed(asking, &assessment, &mut project.sources) {
        Ok(found) => found.and_then(|id| as_viewed(&mut project, &assessment, id)),
        Err(wrong) => return Err(Error::asked(project.sources, wrong.sorted())),
    };
    let seen = seen.map(|(by_view, called)| {
        as_it_stands = Some(std::mem::replace(&mut assessment, by_view));
        called
    });
    let edited = match edited(&asking.with, &asking.without, &mut project, &assessment) {
        Ok(edited) => edited,
        Err(wrong) => return Err(Error::asked(project.sources, wrong.sorted())),
    };
    let (mut with, mut without) = (Vec::new(), Vec::new());
    if let Some(edited) = edited {
        let before = std::mem::replace(&mut assessment, edited.assessment);
        as_it_stands.get_or_insert(before);
        (with, without) = (edited.with, edited.left_out);
    }
    let left_out = left_out.sentences(&assessment);
    assessment.assumed.extend(left_out);
    asking.lend(&mut assessment);
    let mut sources = project.sources;
    match ask(asking, &assessment, &mut sources, seen.is_some()) {
        Ok((question, asked)) => Ok(Prepared {
            sources,
            assessment,
            question,
            asked: Asked {
                with,
                without,
                view: seen,
                ..asked
            },
            as_it_stands,
        }),
        Err(wrong) => Err(Error::asked(sources, wrong.sorted())),
    }
}

/// The assessment of files without errors; none where the first is made for `use`.
///
/// # Errors
///
/// All that is wrong with them, warnings of the passes included.
pub(crate) fn sound(project: &Project) -> Result<Option<Assessment>, Error> {
    let resolved = resolve::with_problems(project);
    let mistakes = resolved.diagnostics;
    if mistakes.has_errors() {
        let sources = project.sources.clone();
        return Err(Error::mistaken(sources, mistakes.sorted()));
    }
    Ok(resolved.assessment)
}

impl Prepared {
    /// The verdict, beside that of the file as it stands where clauses of it were replaced.
    ///
    /// # Errors
    ///
    /// Where a limit is passed.
    pub(crate) fn evaluate(self, options: &Options) -> Result<Evaluated, Error> {
        let verdict = infer::evaluate(&self.assessment, &self.question, options);
        let verdict = verdict.and_then(|mut verdict| {
            set_beside(&mut verdict, self.as_it_stands.as_ref(), options)?;
            Ok(verdict)
        });
        match verdict {
            Ok(verdict) => Ok(Evaluated {
                sources: self.sources,
                assessment: self.assessment,
                verdict,
                asked: self.asked,
            }),
            Err(limit) => Err(Error::mistaken(self.sources, vec![*limit])),
        }
    }
}

impl Prepared {
    /// Why the verdict is what it is.
    ///
    /// # Errors
    ///
    /// Where a limit is passed.
    pub(crate) fn explain(
        self,
        options: &Options,
        watching: Option<&Watching>,
    ) -> Result<Explained, Error> {
        let found = explain(&self.assessment, &self.question, options, watching);
        let found = found.and_then(|(mut verdict, explanation)| {
            set_beside(&mut verdict, self.as_it_stands.as_ref(), options)?;
            Ok((verdict, explanation))
        });
        match found {
            Ok((verdict, explanation)) => Ok(Explained {
                evaluated: Evaluated {
                    sources: self.sources,
                    assessment: self.assessment,
                    verdict,
                    asked: self.asked,
                },
                explanation,
            }),
            Err(limit) => Err(Error::mistaken(self.sources, vec![*limit])),
        }
    }
}

/// Sets a verdict beside that of the file as it stands, where clauses of it were replaced.
///
/// # Errors
///
/// Where a limit is passed.
pub(crate) fn set_beside(
    verdict: &mut Verdict,
    as_it_stands: Option<&Assessment>,
    options: &Options,
) -> Result<(), Box<Diagnostic>> {
    let Some(assessment) = as_it_stands else {
        return Ok(());
    };
    let options = Options {
        intervals: false,
        contributions: false,
        choice: match options.choice {
            // Exact as far as it can be, since it is no more than a reference.
            infer::Choice::Exact => infer::Choice::Either,
            choice => choice,
        },
        ..options.clone()
    };
    verdict.beside(&infer::evaluate(
        assessment,
        &Question::default(),
        &options,
    )?);
    Ok(())
}
