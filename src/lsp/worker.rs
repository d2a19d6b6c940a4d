//! The threads behind: one counts, one lints, always the newest text.
//!
//! In: jobs. Out: what came of them, with the change that they belong to. The verdict comes at once, what each
//! reason contributes to it after a pause, as findings do, unless somebody waits for these. A job whose document has
//! changed again is dropped if it has not begun, and stopped where it counts long.

use super::server::Event;
use crate::ide::diagnostics::{self, Computed, Finding};
use crate::ide::{Analysis, Numbers};
use crate::infer::meter::Meter;
use crate::lint::Policy;
use crate::workspace::files::Files;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long it must be quiet before the linter runs.
const PAUSE: Duration = Duration::from_millis(120);

/// The numbers of more documents than this are not kept beside what the session itself keeps.
const MOST_KEPT: usize = 32;

/// A document to be looked at.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) uri: String,
    pub(super) changed: u64,
    pub(super) analysis: Arc<Analysis>,
    pub(super) policy: Arc<Policy>,
    pub(super) files: Files,
    /// Stopped as soon as the document has changed.
    pub(super) meter: Meter,
    /// Whether somebody waits for the findings.
    pub(super) urgent: bool,
}

/// What came of a job.
pub(super) enum Done {
    /// The numbers; none where the file has none.
    Numbers(Option<Arc<Numbers>>),
    /// Everything that `check` finds.
    Findings(Vec<Finding>),
}

/// Where jobs go.
pub(super) struct Threads {
    numbers: Sender<Job>,
    findings: Sender<Job>,
}

impl Threads {
    /// Starts them; what they have done goes to `to`.
    pub(super) fn start(to: &Sender<Event>) -> Threads {
        let begin = |work: fn(&Receiver<Job>, &Sender<Event>)| {
            let (send, jobs) = channel();
            let to = to.clone();
            thread::spawn(move || work(&jobs, &to));
            send
        };
        Threads {
            numbers: begin(count),
            findings: begin(find),
        }
    }

    /// Has a document counted and linted. Where a thread is gone, what was said at once is all there is.
    pub(super) fn look(&self, job: Job) {
        let _ = self.numbers.send(job.clone());
        let _ = self.findings.send(job);
    }

    /// Has a document linted now.
    pub(super) fn lint(&self, job: Job) {
        let _ = self.findings.send(Job {
            urgent: true,
            ..job
        });
    }
}

/// The next job: at once where nothing is pending, else unless it stays quiet for a while.
fn next(jobs: &Receiver<Job>, is_pending: bool) -> Result<Option<Job>, RecvTimeoutError> {
    if !is_pending {
        let job = jobs.recv().map_err(|_| RecvTimeoutError::Disconnected);
        return job.map(Some);
    }
    match jobs.recv_timeout(PAUSE) {
        Ok(job) => Ok(Some(job)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(gone) => Err(gone),
    }
}

/// A job and all that wait behind it: of each document the newest.
fn newest(job: Job, jobs: &Receiver<Job>) -> BTreeMap<String, Job> {
    let mut newest: BTreeMap<String, Job> = BTreeMap::new();
    for mut job in std::iter::once(job).chain(jobs.try_iter()) {
        let before = newest.remove(&job.uri);
        job.urgent |= before.is_some_and(|b| b.urgent && b.changed == job.changed);
        newest.insert(job.uri.clone(), job);
    }
    newest
}

fn count(jobs: &Receiver<Job>, to: &Sender<Event>) {
    // Whose contributions are to come.
    let mut pending: BTreeMap<String, Job> = BTreeMap::new();
    // The last numbers of each document, and the mark of the text that they are of.
    let mut last: BTreeMap<String, (u64, Arc<Numbers>)> = BTreeMap::new();
    while let Ok(job) = next(jobs, !pending.is_empty()) {
        match job {
            Some(job) => {
                for (uri, job) in newest(job, jobs) {
                    let mark = job.analysis.mark();
                    // Who types in prose changes no number.
                    let same = last.get(&uri).filter(|l| l.0 == mark).map(|l| l.1.clone());
                    let numbers = guarded(|| match same {
                        Some(same) => same.again(&job.analysis),
                        None => Numbers::of(&job.analysis),
                    });
                    let numbers = numbers.flatten().map(Arc::new);
                    if let Some(numbers) = &numbers {
                        // So that the session need not write it.
                        numbers.json();
                    }
                    if !send(to, &job, Done::Numbers(numbers.clone())) {
                        return;
                    }
                    pending.remove(&uri);
                    if let Some(numbers) = numbers {
                        if !numbers.is_complete {
                            pending.insert(uri.clone(), job);
                        }
                        if last.len() >= MOST_KEPT {
                            last.clear();
                        }
                        last.insert(uri, (mark, numbers));
                    }
                }
            }
            None => {
                let Some((uri, job)) = pending.pop_first() else {
                    continue;
                };
                let numbers = guarded(|| Numbers::with_contributions(&job.analysis, &job.meter));
                if let Some(numbers) = numbers.flatten().map(Arc::new) {
                    last.insert(uri, (job.analysis.mark(), numbers.clone()));
                    if !send(to, &job, Done::Numbers(Some(numbers))) {
                        return;
                    }
                }
            }
        }
    }
}

fn find(jobs: &Receiver<Job>, to: &Sender<Event>) {
    let mut pending: BTreeMap<String, Job> = BTreeMap::new();
    let mut before: BTreeMap<String, Computed> = BTreeMap::new();
    let mut lint = |job: &Job| {
        if before.len() >= MOST_KEPT {
            before.clear();
        }
        lint(to, job, before.entry(job.uri.clone()).or_default())
    };
    while let Ok(job) = next(jobs, !pending.is_empty()) {
        match job {
            Some(job) => {
                for (uri, job) in newest(job, jobs) {
                    if job.urgent {
                        pending.remove(&uri);
                        if !lint(&job) {
                            return;
                        }
                    } else {
                        pending.insert(uri, job);
                    }
                }
            }
            None => {
                if let Some((_, job)) = pending.pop_first()
                    && !lint(&job)
                {
                    return;
                }
            }
        }
    }
}

/// Runs the linter; whether anybody listens.
fn lint(to: &Sender<Event>, job: &Job, before: &mut Computed) -> bool {
    let check = || diagnostics::check_again(&job.analysis, &job.policy, &job.files, before).1;
    // What brings a rule down must not take the server along.
    let findings = guarded(check);
    let findings = findings.unwrap_or_else(|| diagnostics::read(&job.analysis, &job.policy));
    send(to, job, Done::Findings(findings))
}

fn send(to: &Sender<Event>, job: &Job, done: Done) -> bool {
    let event = Event::Done {
        uri: job.uri.clone(),
        changed: job.changed,
        done,
    };
    to.send(event).is_ok()
}

/// What something gives; nothing where it panics.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
