//! Work over many files at once, with a bar on a terminal.
//!
//! In: files and what is to be done with each. Out: the results in the files' order, whatever the
//! number of threads. In a pipe nothing is drawn.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Work that is done sooner than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(400);

/// How often the bar is drawn.
const BEAT: Duration = Duration::from_millis(80);

/// Does something with each item, on all threads.
pub(super) fn map<T: Sync, R: Send>(
    items: &[T],
    what: &'static str,
    shown: bool,
    work: impl Fn(&T) -> R + Send + Sync,
) -> Vec<R> {
    match items {
        // Starting threads would take longer than one file.
        [item] => return vec![work(item)],
        items if !shown => return items.par_iter().map(work).collect(),
        _ => {}
    }
    let done = AtomicUsize::new(0);
    let caller = thread::current();
    thread::scope(|scope| {
        let workers = scope.spawn(|| {
            let results = items.par_iter().map(|item| {
                let result = work(item);
                done.fetch_add(1, Ordering::Relaxed);
                result
            });
            let results = results.collect();
            caller.unpark();
            results
        });
        // This thread holds the error stream, so it alone may draw.
        let start = Instant::now();
        let mut bar = None;
        while !workers.is_finished() {
            thread::park_timeout(BEAT);
            if start.elapsed() > PATIENCE && !workers.is_finished() {
                let bar = bar.get_or_insert_with(|| new_bar(items.len(), what));
                bar.set_position(done.load(Ordering::Relaxed) as u64);
            }
        }
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        match workers.join() {
            Ok(results) => results,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn new_bar(length: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        for shown in [false, true] {
            let doubled = map(&items, "doubling", shown, |n| n * 2);
            assert_eq!(doubled, items.iter().map(|n| n * 2).collect::<Vec<_>>());
        }
    }
}
