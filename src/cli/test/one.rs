//! The tests of one file.
//!
//! In: a path and which tests are wanted. Out: what became of each. Nothing is written.

use super::{origin, verdict_of};
use crate::diag::Checked;
use crate::diag::{Diagnostic, Severity};
use crate::infer;
use crate::infer::verdict::{Options, Question};
use crate::limits;
use crate::project::loader::leads_outside;
use crate::project::{FileSystem, Loader, Project, name_of};
use crate::render::test::{Body, Changed, Origin, Ran, State, Stored, Tested};
use crate::render::verdict::{Asked, Evaluated};
use crate::resolve::with_problems;
use crate::snapshot::Snapshot;
use crate::testing::{self, Kind, coverage};
use crate::text::source::{SourceMap, without_mark};
use std::io;
use std::path::Path;

/// Which tests are wanted.
pub(super) struct Wanted<'a> {
    /// Texts of which a name holds one; all tests where there are none.
    pub(super) filter: &'a [String],
    /// What the names of each file's tests begin with.
    pub(super) names: &'a [String],
    /// Whether it is wanted what expectations exercise.
    pub(super) coverage: bool,
    /// Whether there is a place for a stored verdict.
    pub(super) stored: bool,
    /// Whether the verdict will be stored: then nobody asks what moved it.
    pub(super) accepted: bool,
}

impl Wanted<'_> {
    fn has(&self, name: &str) -> bool {
        self.filter.is_empty() || self.filter.iter().any(|text| name.contains(text.as_str()))
    }

    /// Whether tests of a file may be wanted whose tests nobody knows: unless another is meant.
    fn may_have(&self, file: &str) -> bool {
        let meant = |text: &String| {
            let first = text.split("::").next().unwrap_or_default();
            file.contains(first) || !self.names.iter().any(|name| name.contains(first))
        };
        self.filter.is_empty() || self.filter.iter().any(meant)
    }
}

/// Runs the tests of one file; `name` is what their names begin with.
pub(super) fn test(
    loader: &dyn Loader,
    path: &Path,
    name: &str,
    wanted: &Wanted<'_>,
) -> io::Result<Tested> {
    let project = Project::load(loader, path)?;
    let file = name_of(path);
    let resolved = with_problems(&project);
    let diagnostics = resolved.diagnostics;
    let tested = |body| Tested {
        name: name.to_owned(),
        file: file.clone(),
        body,
    };
    let broken = |sources: SourceMap, diagnostics: Vec<Diagnostic>| {
        if !wanted.may_have(name) {
            return tested(Body::Nothing);
        }
        tested(Body::Broken(Checked {
            file: file.clone(),
            sources,
            diagnostics,
            ..Checked::default()
        }))
    };
    if diagnostics.has_errors() {
        let mut errors = diagnostics.sorted();
        errors.retain(|d| d.severity == Severity::Error);
        return Ok(broken(project.sources, errors));
    }
    let Some(mut assessment) = resolved.assessment else {
        return Ok(tested(Body::Nothing));
    };
    let mut cases = testing::cases(&assessment, &project.sources);
    cases.retain(|case| wanted.has(&format!("{name}::{}", case.name)));
    let verdict_wanted =
        wanted.stored && wanted.has(&format!("{name}::{}", Kind::Verdict.as_str()));
    if cases.is_empty() && !verdict_wanted && !wanted.coverage {
        return Ok(tested(Body::Nothing));
    }
    let covered = wanted
        .coverage
        .then(|| coverage::coverage(&assessment, &project.sources));
    let expectations = assessment.expects.len();
    testing::ask(&mut assessment, &cases);
    let options = Options {
        intervals: verdict_wanted,
        voices: verdict_wanted,
        ..Options::default()
    };
    let verdict = match infer::evaluate(&assessment, &Question::default(), &options) {
        Ok(verdict) => verdict,
        Err(limit) => return Ok(broken(project.sources, vec![*limit])),
    };
    let stored = match verdict_wanted {
        false => None,
        true => {
            let snapshot = Snapshot::new(&assessment, &verdict, expectations);
            Some(compare(path, &snapshot, &project, wanted)?)
        }
    };
    let trials = testing::judge(&assessment, &verdict, cases);
    Ok(tested(Body::Ran(Box::new(Ran {
        evaluated: Evaluated {
            sources: project.sources,
            assessment,
            verdict,
            asked: Asked::default(),
        },
        trials,
        stored,
        coverage: covered,
    }))))
}

/// What the verdict says to the stored one.
fn compare(
    path: &Path,
    snapshot: &Snapshot,
    project: &Project,
    wanted: &Wanted<'_>,
) -> io::Result<Stored> {
    let place = verdict_of(path);
    // A difference shows the lines of what is read.
    if leads_outside(&place) {
        return Err(io::Error::other(
            "its stored verdict is a link that leads outside this project",
        ));
    }
    let stored = |state| Stored {
        path: name_of(&place),
        state,
    };
    let before = match read(&place) {
        Ok(before) => before,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let now = snapshot.text();
            return Ok(stored(State::New { now }));
        }
        Err(error) => {
            let message = format!("its stored verdict: {error}");
            return Err(io::Error::new(error.kind(), message));
        }
    };
    let compared = snapshot.compare(&before);
    if compared.same {
        return Ok(stored(State::Same));
    }
    let origin = match wanted.accepted {
        true => Origin::Unasked,
        false => origin::find(path, &before, project),
    };
    Ok(stored(State::Changed(Box::new(Changed {
        before: compared.stored,
        now: compared.now,
        origin,
    }))))
}

/// A stored verdict, whatever its bytes.
pub(super) fn read(path: &Path) -> io::Result<String> {
    let bytes = FileSystem.read(path)?;
    if bytes.len() > limits::FILE_BYTES {
        let most = limits::FILE_BYTES >> 20;
        return Err(io::Error::other(format!("it is larger than {most} MiB")));
    }
    Ok(without_mark(&String::from_utf8_lossy(&bytes)).to_owned())
}
