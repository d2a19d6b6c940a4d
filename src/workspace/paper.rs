//! A report of a file: the verdict, why it is so, what would change it, and what `check` finds.
//!
//! In: a file without errors, what was asked, and whom the report is for. Out: a [`Report`], which
//! every output draws.

use super::Error;
use super::asking::{Asking, ask};
use super::prepare::set_beside;
use crate::diag::Diagnostic;
use crate::infer::explain::{Explanation, explain};
use crate::infer::flip::Flips;
use crate::infer::verdict::{Options, Question, Verdict};
use crate::infer::{self, Choice};
use crate::render::explain::Explained;
use crate::render::flip::Flipped;
use crate::render::report::view::{House, Input, Report, gather};
use crate::render::verdict::{Asked, Evaluated, Seen};
use crate::resolve::assessment::{Assessment, DriverId, DriverKind};
use crate::syntax::Parsed;
use crate::text::lang::Lang;
use crate::text::source::SourceMap;

/// What a report takes the file to say.
pub(crate) struct Taken {
    pub(crate) assessment: Assessment,
    /// The file as it stands, where it is taken otherwise.
    pub(crate) as_it_stands: Option<Assessment>,
    /// The clauses that it was given.
    pub(crate) with: Vec<String>,
    /// What was left out.
    pub(crate) without: Vec<DriverId>,
    /// The view that it is taken by.
    pub(crate) view: Option<Seen>,
}

impl Taken {
    /// The file as it stands.
    pub(crate) fn as_is(assessment: Assessment) -> Taken {
        Taken {
            assessment,
            as_it_stands: None,
            with: Vec::new(),
            without: Vec::new(),
            view: None,
        }
    }
}

/// What was read.
pub(crate) struct Read<'a> {
    /// The files, and arguments that stand in place of what they say.
    pub(crate) sources: SourceMap,
    /// The files as they stand.
    pub(crate) files: &'a [Parsed],
    /// What `check` finds in them.
    pub(crate) findings: &'a [Diagnostic],
}

/// How long work that can be divided is done.
pub(crate) type Finding<'a> = &'a dyn Fn(&Assessment, &Question) -> Result<Flips, Box<Diagnostic>>;

/// Whom a report is made for.
pub(crate) struct Reader<'a> {
    /// What is asked; `vague` has been lent already.
    pub(crate) asking: &'a Asking,
    /// Whether only a brief is wanted, which has no tipping points.
    pub(crate) brief: bool,
    pub(crate) house: &'a House,
    pub(crate) lang: Lang,
    /// What finds the tipping points.
    pub(crate) flips: Finding<'a>,
}

/// Makes a report.
///
/// # Errors
///
/// What is wrong with what was asked, or a limit that is passed.
pub(crate) fn report(read: Read<'_>, taken: Taken, to: &Reader<'_>) -> Result<Report, Error> {
    let Taken {
        assessment,
        as_it_stands,
        with,
        without,
        view,
    } = taken;
    let mut sources = read.sources;
    let (question, asked) = match ask(to.asking, &assessment, &mut sources, view.is_some()) {
        Ok((question, asked)) => (
            question,
            Asked {
                with,
                without,
                view,
                ..asked
            },
        ),
        Err(wrong) => return Err(Error::asked(sources, wrong.sorted())),
    };
    let beside = as_it_stands.as_ref();
    let (verdict, explanation) = match verdict(&assessment, beside, &question, to.asking) {
        Ok(found) => found,
        Err(limit) => return Err(Error::mistaken(sources, vec![*limit])),
    };
    let flipped = match &explanation {
        Some(_) if !to.brief => (to.flips)(&assessment, &question).ok(),
        // Finding out would take hours.
        _ => None,
    };
    let flipped = flipped.map(|flips| Flipped {
        sources: sources.clone(),
        assessment: assessment.clone(),
        flips,
        asked: asked.clone(),
        until: None,
    });
    let explained = Explained {
        evaluated: Evaluated {
            sources,
            assessment,
            verdict,
            asked,
        },
        explanation: explanation.unwrap_or_default(),
    };
    Ok(gather(&Input {
        explained: &explained,
        flipped: flipped.as_ref(),
        findings: read.findings,
        files: read.files,
        vague: to.asking.vague,
        lang: to.lang,
        house: to.house,
    }))
}

/// The verdict with why it is so; sampled, and then without, where it is beyond the exact limit.
fn verdict(
    assessment: &Assessment,
    as_it_stands: Option<&Assessment>,
    question: &Question,
    asking: &Asking,
) -> Result<(Verdict, Option<Explanation>), Box<Diagnostic>> {
    /// With more events than these the verdict may be sampled: whether it is, is found out before it is explained.
    const FEW: usize = 16;
    let options = Options {
        choice: Choice::Either,
        // No page shows them.
        widths: false,
        ..asking.options(true)
    };
    let events = assessment.drivers.values();
    let events = events.filter(|d| d.kind() == DriverKind::Event).count();
    if events > FEW {
        let plain = Options {
            contributions: false,
            ..options.clone()
        };
        let mut verdict = infer::evaluate(assessment, question, &plain)?;
        if verdict.is_sampled() {
            set_beside(&mut verdict, as_it_stands, &plain)?;
            return Ok((verdict, None));
        }
    }
    let (mut verdict, explanation) = explain(assessment, question, &options, None)?;
    if verdict.is_sampled() {
        verdict.contributions = Vec::new();
        set_beside(&mut verdict, as_it_stands, &options)?;
        return Ok((verdict, None));
    }
    voices(assessment, question, &options, &mut verdict)?;
    set_beside(&mut verdict, as_it_stands, &options)?;
    Ok((verdict, Some(explanation)))
}

/// What other voices make of it, where nothing else is asked.
fn voices(
    assessment: &Assessment,
    question: &Question,
    options: &Options,
    verdict: &mut Verdict,
) -> Result<(), Box<Diagnostic>> {
    match question.is_anything() {
        true => Ok(()),
        false => infer::voices::add(assessment, options, verdict),
    }
}
