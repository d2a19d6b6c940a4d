#!/usr/bin/env bash
# miette 7.6.0 leaves out a label that stands at the very end of the text, with what it says. A missing brace, say, has
# a line and a column in the headline, and no word of what is wrong there. The narrated report has the label, and so has
# the drawn one where a line feed follows the place.
#
# Expected: a mark under the end, as an empty span gets it everywhere else, at the end of a line as well. An empty span
# at the length of the text is not out of bounds: no error is returned, and the documentation of SourceSpan and
# LabeledSpan has no rule against it. (Known there as issue 277, open since 2023.)
#
# For us: what is missing at the end of a file is a common mistake, so src/render/excerpt.rs hands miette excerpts in
# which every line has a line feed, the last one too, and places the label before it. The snapshot of
# `unclosed-brace.assess` shows that it is drawn.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cd "$folder"
cat >Cargo.toml <<'TOML'
[package]
name = "probe"
version = "0.0.0"
edition = "2021"

[dependencies]
miette = { version = "=7.6.0", default-features = false, features = ["fancy-no-syscall"] }
# 0.16.3 needs 20 crates more.
textwrap = "=0.16.2"
TOML
cat >src/main.rs <<'RUST'
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NarratableReportHandler, Report};

fn main() {
    let texts = [
        ("in a letter", "deal {\n  talks"),
        ("in a line feed", "deal {\n  talks\n"),
        ("in an empty line", "deal {\n  talks\n\n"),
    ];
    for (what, text) in texts {
        for (place, at) in [("after the last word", text.trim_end().len()), ("at the end", text.len())] {
            let label = LabeledSpan::at_offset(at, "a brace is missing");
            let plain = MietteDiagnostic::new("the block is never closed").with_label(label);
            let report = Report::from(plain).with_source_code(text.to_string());
            let mut drawn = String::new();
            GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
                .render_report(&mut drawn, report.as_ref())
                .expect("no error");
            let mut told = String::new();
            NarratableReportHandler::new().render_report(&mut told, report.as_ref()).expect("no error");
            let said = |page: &str| if page.contains("a brace is missing") { "says it" } else { "says nothing" };
            println!("text that ends {what}, label {place}: drawn report {}, narrated {}", said(&drawn), said(&told));
        }
    }
}
RUST
cargo run --quiet >seen
cat seen
diff seen - <<'SEEN'
text that ends in a letter, label after the last word: drawn report says nothing, narrated says it
text that ends in a letter, label at the end: drawn report says nothing, narrated says it
text that ends in a line feed, label after the last word: drawn report says it, narrated says it
text that ends in a line feed, label at the end: drawn report says nothing, narrated says it
text that ends in an empty line, label after the last word: drawn report says it, narrated says it
text that ends in an empty line, label at the end: drawn report says nothing, narrated says it
SEEN
