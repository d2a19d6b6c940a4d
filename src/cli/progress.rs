//! Long work, with a bar on a terminal.
//!
//! In: items and what is to be done with each, or work that counts its own steps. Out: the results
//! in the items' order, whatever the number of threads. In a pipe nothing is drawn.

use crate::infer::meter::Meter;
use crate::parallel::*;
use std::io::{self, Write};
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

/// So many items are worked on before their results are taken.
const AT_ONCE: usize = 256;

/// Does something with each item, on all threads, and takes the results in the items' order, few at a
/// time, so that not all of them need be kept.
pub(super) fn fold<T: Sync, R: Send, S: Send>(
    items: &[T],
    what: &'static str,
    shown: bool,
    work: impl Fn(&T) -> R + Send + Sync,
    (mut state, take): (S, impl Fn(&mut S, &T, R) + Send + Sync),
) -> S {
    let meter = Meter::default();
    meter.expect(items.len() as u64);
    watch(&meter, what, shown, || {
        for items in items.chunks(AT_ONCE) {
            let results = items.par_iter().map(|item| {
                let result = work(item);
                meter.step();
                result
            });
            let results: Vec<R> = results.collect();
            for (item, result) in items.iter().zip(results) {
                take(&mut state, item, result);
            }
        }
        state
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
        let mut bar = Bar::default();
        while !worker.is_finished() {
            thread::park_timeout(BEAT);
            let (done, all) = meter.read();
            if start.elapsed() > PATIENCE && all > 0 && !worker.is_finished() {
                bar.draw(&line(what, done, all));
            }
        }
        bar.draw("");
        match worker.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// What is drawn: "reading files █████░░░░░ 12/24".
fn line(what: &str, done: u64, all: u64) -> String {
    const LENGTH: u64 = 30;
    let full = (LENGTH * done.min(all) / all) as usize;
    let empty = LENGTH as usize - full;
    format!(
        "{what} {}{} {done}/{all}",
        "█".repeat(full),
        "░".repeat(empty)
    )
}

/// A line on the terminal that is drawn over itself.
#[derive(Default)]
struct Bar {
    /// How many columns of it are drawn.
    columns: usize,
}

impl Bar {
    fn draw(&mut self, line: &str) {
        // A line that wraps could not be drawn over.
        let room = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        let line: String = line.chars().take(room.saturating_sub(1)).collect();
        let columns = line.chars().count();
        if columns == 0 && self.columns == 0 {
            return;
        }
        // Blanks over the rest work on every terminal; the cursor ends behind the line.
        let rest = " ".repeat(self.columns.saturating_sub(columns));
        let mut out = io::stderr().lock();
        let _ = write!(out, "\r{line}{rest}");
        let _ = match columns {
            0 => write!(out, "\r"),
            _ => Ok(()),
        };
        let _ = out.flush();
        self.columns = columns;
    }
}

#[cfg(test)]
mod tests {
    use super::{line, map};

    #[test]
    fn the_bar_is_as_full_as_the_work_is_done() {
        let bar = |done| {
            line("reading", done, 3)
                .chars()
                .filter(|c| *c == '█')
                .count()
        };
        assert_eq!([0, 1, 3, 4].map(bar), [0, 10, 30, 30]);
        assert!(line("reading", 1, 3).ends_with("░ 1/3"));
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        for shown in [false, true] {
            let doubled = map(&items, "doubling", shown, |n| n * 2);
            assert_eq!(doubled, items.iter().map(|n| n * 2).collect::<Vec<_>>());
        }
    }
}
