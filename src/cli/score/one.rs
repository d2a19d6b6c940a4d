//! One file: what it says came true, and what it had said before.
//!
//! In: a file, and its revisions. Out: cases, and what could not be scored, with the reason.

use super::revisions::{History, Revision};
use super::{Mode, files};
use crate::cli::git::Revision as Files;
use crate::diag::Checked;
use crate::diag::Severity;
use crate::project::{Loader, Project, name_of};
use crate::record::case::{Case, Kind, Said};
use crate::record::credit::{Credit, Credits};
use crate::record::gather::{self, Source, Wanted};
use crate::record::truth::Truth;
use crate::record::weights::Push;
use crate::resolve::assessment::Assessment;
use crate::resolve::table::Id;
use crate::resolve::{hindsight, with_problems};
use crate::syntax::ast::{Item, ResolvedWhat};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What one file gave.
#[derive(Default)]
pub(super) struct Of {
    pub(super) cases: Vec<Case>,
    pub(super) words: Vec<Said>,
    /// Questions that turned out to have no answer.
    pub(super) void: usize,
    /// What was settled and has no forecast: what, and why.
    pub(super) left_out: Vec<(String, String)>,
    /// Whether the file's own text had to serve, having no history.
    pub(super) without_history: bool,
}

/// What is asked beside scores.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    /// What reasons brought; the floor of logarithms.
    pub(super) reasons: Option<f64>,
    /// Which strengths the record supports.
    pub(super) weights: bool,
}

/// Why a file gives nothing.
pub(super) enum Failed {
    Unreadable(String),
    Mistakes(Checked),
}

/// Reads a file and those that it uses.
pub(super) fn load(loader: &dyn Loader, path: &Path) -> Result<Project, Failed> {
    let failed = |e| Failed::Unreadable(files::unreadable(path, &e));
    Project::load(loader, path).map_err(failed)
}

/// Scores one file.
pub(super) fn score(
    path: &Path,
    project: Project,
    history: Option<&History>,
    mode: Mode,
    asked: Asked,
) -> Result<Of, Failed> {
    let file = name_of(path);
    let resolved = with_problems(&project);
    let Some(now) = resolved.assessment else {
        let mut found = resolved.diagnostics.sorted();
        found.retain(|d| d.severity == Severity::Error);
        if found.is_empty() {
            // A file for `use`.
            return Ok(Of::default());
        }
        return Err(Failed::Mistakes(Checked {
            file,
            sources: project.sources,
            diagnostics: found,
            suppressed: 0,
        }));
    };
    let (wanted, void) = gather::settled(&now);
    let mut of = Of {
        void,
        ..Of::default()
    };
    if wanted.is_empty() {
        return Ok(of);
    }
    let inside = history.and_then(|h| h.repository.inside(path));
    let revisions = match (history, inside) {
        (Some(history), Some(inside)) => {
            let used: Vec<PathBuf> = project.paths[1..]
                .iter()
                .filter_map(|p| history.repository.inside(p))
                .collect();
            history.revisions(&inside, &used)
        }
        _ => Vec::new(),
    };
    let mut run = Run {
        file,
        now: &now,
        mode,
        reasons: asked.reasons.filter(|_| mode != Mode::Daily),
        weights: asked.weights.then(|| Truth::new(&now)),
        of: &mut of,
        words: BTreeSet::new(),
        bets: BTreeSet::new(),
    };
    match history.filter(|_| !revisions.is_empty()) {
        Some(history) => run.over(history, &revisions, wanted),
        None => run.alone(&project, wanted),
    }
    Ok(of)
}

struct Run<'a> {
    file: String,
    now: &'a Assessment,
    mode: Mode,
    /// The floor of logarithms, where reasons are asked for.
    reasons: Option<f64>,
    /// What came true, where strengths are asked for.
    weights: Option<Truth<'a>>,
    of: &'a mut Of,
    /// What words were said of already.
    words: BTreeSet<String>,
    /// Bets and judgements that were scored already.
    bets: BTreeSet<(Kind, String, String)>,
}

/// The day before.
fn before(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

impl Run<'_> {
    /// From git's revisions, oldest first.
    fn over(&mut self, history: &History, revisions: &[Revision], wanted: Vec<Wanted>) {
        let mut open: BTreeMap<usize, Case> = BTreeMap::new();
        let mut done: BTreeSet<usize> = BTreeSet::new();
        for (r, revision) in revisions.iter().enumerate().rev() {
            let counts = |w: &Wanted| {
                revision.day < w.settled
                    && match self.mode {
                        Mode::AsOf(day) => revision.day <= day,
                        Mode::Last | Mode::Daily => true,
                    }
            };
            let asked: Vec<usize> = (0..wanted.len())
                .filter(|i| !done.contains(i) && counts(&wanted[*i]))
                .collect();
            if asked.is_empty() {
                continue;
            }
            let files = Files::new(&history.repository, &revision.hash);
            let load = || Project::load(&files, &revision.path).ok();
            // Evidence that a later day is written at could not be known.
            let mut by_cut: BTreeMap<Option<Date>, Vec<usize>> = BTreeMap::new();
            let Some(project) = load() else { continue };
            for i in asked {
                let cut = before(wanted[i].settled);
                let cut = Some(cut).filter(|cut| has_later(&project, *cut));
                by_cut.entry(cut).or_default().push(i);
            }
            let mut whole = Some(project);
            for (cut, asked) in by_cut {
                let Some(mut project) = whole.take().or_else(load) else {
                    continue;
                };
                if let Some(cut) = cut {
                    hindsight::leave_out_later(&mut project, cut);
                }
                let Some(then) = with_problems(&project).assessment else {
                    continue;
                };
                let Ok(mut source) = Source::new(&then) else {
                    continue;
                };
                for i in asked {
                    let days = match self.mode {
                        Mode::Daily => stood(revisions, r, wanted[i].settled),
                        Mode::Last | Mode::AsOf(_) => 1.0,
                    };
                    if days <= 0.0 {
                        continue;
                    }
                    if let Some(mut forecast) = source.forecast(&wanted[i]) {
                        forecast.days = days;
                        let case = open.entry(i).or_insert_with(|| {
                            let commit = Some(revision.short.clone());
                            self.case(&then, &wanted[i], None, commit)
                        });
                        case.forecasts.insert(0, forecast);
                        if self.mode != Mode::Daily {
                            done.insert(i);
                        }
                    }
                }
                let commit = Some(revision.short.clone());
                self.more(&then, &mut source, revision.day, commit);
            }
        }
        for (i, wanted) in wanted.into_iter().enumerate() {
            match open.remove(&i) {
                Some(case) => self.of.cases.push(case),
                None => {
                    let first = revisions.first().is_none_or(|r| r.day >= wanted.settled);
                    let why = match first {
                        true => "no revision is older than the day on which it was settled",
                        false => "no revision before that day says anything of it",
                    };
                    self.leave_out(&wanted, why);
                }
            }
        }
    }

    /// From the text itself, without what came to be known.
    fn alone(&mut self, project: &Project, wanted: Vec<Wanted>) {
        self.of.without_history = true;
        let mut by_day: BTreeMap<Date, Vec<Wanted>> = BTreeMap::new();
        for wanted in wanted {
            by_day.entry(wanted.settled).or_default().push(wanted);
        }
        for (day, all) in by_day {
            let mut project = copy(project);
            unsettle(&mut project, day);
            hindsight::leave_out_later(&mut project, before(day));
            let then = with_problems(&project).assessment;
            let limit = match self.mode {
                Mode::AsOf(limit) => before(day).min(limit),
                Mode::Last | Mode::Daily => before(day),
            };
            let Some(then) = then.filter(|then| then.as_of <= limit) else {
                for wanted in &all {
                    self.leave_out(wanted, "the file has no history, and speaks of a later day");
                }
                continue;
            };
            let Ok(mut source) = Source::new(&then) else {
                continue;
            };
            for wanted in &all {
                match source.forecast(wanted) {
                    Some(forecast) => {
                        let mut case = self.case(&then, wanted, None, None);
                        case.forecasts.push(forecast);
                        self.of.cases.push(case);
                    }
                    None => self.leave_out(wanted, "the file says nothing of it"),
                }
            }
            let as_of = then.as_of;
            self.more(&then, &mut source, as_of, None);
        }
    }

    /// Bets, judgements and words of a revision, each once.
    fn more(&mut self, then: &Assessment, source: &mut Source, day: Date, commit: Option<String>) {
        let bets = gather::bets(then, self.now).into_iter();
        let bets = bets.map(|(wanted, price)| (wanted, Some(price)));
        let judgements = gather::judgements(then, self.now).into_iter();
        for (wanted, price) in bets.chain(judgements.map(|wanted| (wanted, None))) {
            let is_early = match self.mode {
                Mode::AsOf(limit) => day <= limit,
                Mode::Last | Mode::Daily => true,
            };
            let key = (wanted.kind, wanted.id.clone(), wanted.horizon.clone());
            if !is_early || day >= wanted.settled || self.bets.contains(&key) {
                continue;
            }
            if let Some(forecast) = source.forecast(&wanted) {
                let mut case = self.case(then, &wanted, price, commit.clone());
                case.forecasts.push(forecast);
                self.of.cases.push(case);
                self.bets.insert(key);
            }
        }
        for (of, said) in gather::words(then, self.now, day) {
            if self.words.insert(of) {
                self.of.words.push(said);
            }
        }
    }

    fn case(
        &self,
        then: &Assessment,
        wanted: &Wanted,
        price: Option<f64>,
        commit: Option<String>,
    ) -> Case {
        let horizon = then.horizons.id(&wanted.horizon);
        Case {
            file: self.file.clone(),
            kind: wanted.kind,
            id: wanted.id.clone(),
            horizon: wanted.horizon.clone(),
            author: then.author.as_ref().map(|a| a.node.clone()),
            tags: self.now.tags.iter().map(|t| t.node.clone()).collect(),
            length: horizon.map_or(0.0, |h| then.horizons[h].days),
            settled: wanted.settled,
            outcomes: wanted.outcomes.clone(),
            truth: wanted.truth.clone(),
            unit: wanted.unit.clone(),
            forecasts: Vec::new(),
            price,
            rating: (wanted.kind == Kind::Event)
                .then(|| gather::best_rating(then, &wanted.id))
                .flatten(),
            commit,
            said: wanted.said.clone(),
            credits: self.credits(then, wanted),
            pushes: self.pushes(then, wanted),
        }
    }

    /// What each reason brought, of the outcomes of a single forecast.
    fn credits(&self, then: &Assessment, wanted: &Wanted) -> Vec<Credit> {
        let asked = self.reasons.filter(|_| wanted.kind == Kind::Outcomes);
        let found = asked.and_then(|floor| {
            let h = then.horizons.id(&wanted.horizon)?;
            // Truth is in the order of the names that are known now.
            let mut truth = vec![0.0; then.outcomes.len()];
            for (name, share) in wanted.outcomes.iter().zip(&wanted.truth) {
                truth[then.outcomes.id(name)?.index()] = *share;
            }
            Credits::new(then).ok()?.of(h, &truth, floor).ok()
        });
        found.unwrap_or_default()
    }

    /// Every driver of a forecast of outcomes, where strengths are asked for.
    fn pushes(&self, then: &Assessment, wanted: &Wanted) -> Vec<Push> {
        let asked = self
            .weights
            .as_ref()
            .filter(|_| wanted.kind == Kind::Outcomes);
        let found = asked.and_then(|truth| gather::pushes(then, self.now, truth, wanted));
        found.unwrap_or_default()
    }

    fn leave_out(&mut self, wanted: &Wanted, why: &str) {
        let what = match wanted.kind {
            Kind::Outcomes if wanted.id.is_empty() => {
                format!("{}: the outcomes in `{}`", self.file, wanted.horizon)
            }
            Kind::Outcomes => {
                let (id, horizon) = (&wanted.id, &wanted.horizon);
                format!("{}: the outcomes of `{id}` in `{horizon}`", self.file)
            }
            Kind::Quantity => format!("{}: `{}` in `{}`", self.file, wanted.id, wanted.horizon),
            _ => format!("{}: `{}` by `{}`", self.file, wanted.id, wanted.horizon),
        };
        self.of.left_out.push((what, why.to_owned()));
    }
}

/// Days that a revision stood before a day: until the next one.
fn stood(revisions: &[Revision], r: usize, settled: Date) -> f64 {
    let from = revisions[r].day;
    let later = revisions[r + 1..].iter().map(|next| next.day);
    let until = later.fold(settled, Date::min).max(from);
    from.until(until)
        .map_or(0.0, |span| f64::from(span.get_days()))
}

fn has_later(project: &Project, day: Date) -> bool {
    let items = project.files.iter().flat_map(|f| &f.ast.items);
    items
        .flat_map(|item| match item {
            Item::Driver(d) => d.evidence.as_slice(),
            Item::Prior(p) => p.evidence.as_slice(),
            _ => &[],
        })
        .any(|e| e.dated.as_ref().is_some_and(|d| d.node.first() > day))
}

fn copy(project: &Project) -> Project {
    Project {
        sources: project.sources.clone(),
        files: project.files.clone(),
        uses: project.uses.clone(),
        diagnostics: project.diagnostics.clone(),
        paths: project.paths.clone(),
    }
}

/// Leaves out what came to be known on a day or later.
fn unsettle(project: &mut Project, day: Date) {
    for file in &mut project.files {
        file.ast.items.retain(|item| match item {
            Item::Resolved(r) => {
                let known = r.on.as_ref().is_some_and(|on| on.node.last() < day);
                known && !matches!(r.what, ResolvedWhat::Void(_))
            }
            _ => true,
        });
    }
}
