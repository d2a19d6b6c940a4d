//! The threads that long work is spread over.
//!
//! In: a piece of work. Out: its result. A process that was forked off another has none of its threads, and would wait for
//! them for ever: `multiprocessing` makes such processes. It gets threads of its own.

use crate::{Told, refused};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::{Mutex, OnceLock};

/// The process that the library's own threads belong to: the first that used any.
static FIRST: OnceLock<u32> = OnceLock::new();

/// Threads of the process with a number.
static FORKED: Mutex<Option<(u32, &'static ThreadPool)>> = Mutex::new(None);

/// Threads to work on.
pub(crate) enum Threads {
    /// Those that the library uses by itself.
    Usual,
    /// Those of a process that was forked off.
    Forked(&'static ThreadPool),
    /// So many as somebody wanted.
    Wanted(ThreadPool),
}

impl Threads {
    /// As many as the machine has where `count` is 0.
    pub(crate) fn new(count: usize) -> Result<Threads, Told> {
        if count > 0 {
            return Ok(Threads::Wanted(made(count)?));
        }
        let own = std::process::id();
        if *FIRST.get_or_init(|| own) == own {
            return Ok(Threads::Usual);
        }
        let mut forked = FORKED.lock().map_err(refused)?;
        match *forked {
            Some((process, pool)) if process == own => Ok(Threads::Forked(pool)),
            _ => {
                // They live as long as the process; those of its parent must not even be dropped.
                let pool: &'static ThreadPool = Box::leak(Box::new(made(0)?));
                *forked = Some((own, pool));
                Ok(Threads::Forked(pool))
            }
        }
    }

    /// Does something on them.
    pub(crate) fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match self {
            Threads::Usual => work(),
            Threads::Forked(pool) => pool.install(work),
            Threads::Wanted(pool) => pool.install(work),
        }
    }
}

fn made(count: usize) -> Result<ThreadPool, Told> {
    let pool = ThreadPoolBuilder::new().num_threads(count).build();
    pool.map_err(|error| refused(format!("no threads could be started: {error}")))
}
