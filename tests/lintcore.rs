//! The linter's machinery: configuration, levels, suppressions, baselines, fixes, formats, caches.

mod baseline;
mod config;
mod formats;
mod mend;
mod readings;
mod safety;
mod suppress;

use assess::render::{Checked, text};

/// A report at 80 columns without colour.
fn show(checked: &Checked) -> String {
    text::render(&checked.diagnostics, &checked.sources, 80, false)
}
