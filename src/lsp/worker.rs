//! The thread behind: numbers at once, findings after a pause, always of the newest text.
//!
//! In: jobs. Out: what came of them, with the change that they belong to. A job whose document has
//! changed again is dropped, if it has not begun.

use super::server::Event;
use crate::ide::diagnostics::{self, Finding};
use crate::ide::{Analysis, Numbers};
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

/// A document to be looked at.
pub(super) struct Job {
    pub(super) uri: String,
    pub(super) changed: u64,
    pub(super) analysis: Arc<Analysis>,
    pub(super) policy: Arc<Policy>,
    pub(super) files: Files,
    /// Whether somebody waits for the findings.
    pub(super) urgent: bool,
}

/// What came of a job.
pub(super) enum Done {
    /// The numbers; none where the file has none.
    Numbers(Option<Box<Numbers>>),
    /// Everything that `check` finds.
    Findings(Vec<Finding>),
}

/// Starts the thread; jobs go to what is given back.
pub(super) fn start(to: Sender<Event>) -> Sender<Job> {
    let (send, jobs) = channel();
    thread::spawn(move || work(&jobs, &to));
    send
}

fn work(jobs: &Receiver<Job>, to: &Sender<Event>) {
    // Of each document the newest.
    let mut unlinted: BTreeMap<String, Job> = BTreeMap::new();
    loop {
        let next = match unlinted.is_empty() {
            true => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
            false => jobs.recv_timeout(PAUSE),
        };
        match next {
            Ok(job) => {
                let mut newest: BTreeMap<String, Job> = BTreeMap::new();
                for mut job in std::iter::once(job).chain(jobs.try_iter()) {
                    let before = newest.remove(&job.uri);
                    job.urgent |= before.is_some_and(|b| b.urgent && b.changed == job.changed);
                    newest.insert(job.uri.clone(), job);
                }
                for (uri, job) in newest {
                    if job.urgent {
                        let counted = unlinted.remove(&uri);
                        if !lint(to, &job) {
                            return;
                        }
                        if counted.is_some_and(|j| j.changed == job.changed) {
                            continue;
                        }
                    }
                    let numbers = guarded(|| Numbers::of(&job.analysis)).flatten();
                    let numbers = numbers.map(Box::new);
                    if !send(to, &job, Done::Numbers(numbers)) {
                        return;
                    }
                    if !job.urgent {
                        unlinted.insert(uri, job);
                    }
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some((_, job)) = unlinted.pop_first()
                    && !lint(to, &job)
                {
                    return;
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Runs the linter; whether anybody listens.
fn lint(to: &Sender<Event>, job: &Job) -> bool {
    let check = || diagnostics::check(&job.analysis, &job.policy, &job.files).1;
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
