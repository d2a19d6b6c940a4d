//! Long work, with a bar on a terminal.
//!
//! In: items and what is to be done with each, or work that counts its own steps. Out: the results
//! in the items' order, whatever the number of threads. In a pipe nothing is drawn.

use crate::infer::meter::Meter;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
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
    let meter = Meter::default();
    meter.expect(items.len() as u64);
    watch(&meter, what, shown, || {
        let results = items.par_iter().map(|item| {
            let result = work(item);
            meter.step();
            result
        });
        results.collect()
    })
}

/// Does something, with a bar as long as the meter says.
pub(super) fn watch<R: Send>(
    meter: &Meter,
    what: &'static str,
    shown: bool,
    work: impl FnOnce() -> R + Send,
) -> R {
    if !shown {
        return work();
    }
    let caller = thread::current();
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let result = work();
            caller.unpark();
            result
        });
        // This thread holds the error stream, so it alone may draw.
        let start = Instant::now();
        let mut bar: Option<ProgressBar> = None;
        while !worker.is_finished() {
            thread::park_timeout(BEAT);
            let (done, all) = meter.read();
            if start.elapsed() > PATIENCE && all > 0 && !worker.is_finished() {
                let bar = bar.get_or_insert_with(|| new_bar(what));
                bar.set_length(all);
                bar.set_position(done);
            }
        }
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        match worker.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn new_bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
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
