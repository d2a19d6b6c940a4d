#!/usr/bin/env bash
# miette 7.6.0 writes JSON that no parser of JSON takes, where a message quotes a control character: ESC and most of
# the others below U+0020 come out as they are. JSONReportHandler escapes quotes, backslashes, line ends, tabs,
# backspace and form feed alone.
#
# Expected: JSON. The handler is documented as machine-readable output, and RFC 8259, section 7, has all characters
# below U+0020 escaped. A linter quotes what it finds wrong, and a stray control character is such a thing: the one
# report that names it is the one that cannot be read.
#
# For us: JSON is written by serde_json from our own findings, never by miette, and control characters in messages are
# shown by the pictures that Unicode has for them (src/text/clean.rs).
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
miette = { version = "=7.6.0", default-features = false }
serde_json = "=1.0.154"
TOML
cat >src/main.rs <<'RUST'
use miette::{JSONReportHandler, LabeledSpan, MietteDiagnostic, Report};

fn main() {
    let mut taken = Vec::new();
    let mut refused = Vec::new();
    for code in 0..0x20u8 {
        let text = format!("outcome a{}b", code as char);
        let plain = MietteDiagnostic::new(format!("`{text}` is no name")).with_label(LabeledSpan::at(8..11, "here"));
        let report = Report::from(plain).with_source_code(text);
        let mut page = String::new();
        JSONReportHandler::new().render_report(&mut page, report.as_ref()).expect("no error");
        match serde_json::from_str::<serde_json::Value>(&page) {
            Ok(_) => taken.push(format!("{code:02X}")),
            Err(error) => {
                refused.push(format!("{code:02X}"));
                if code == 0x1b {
                    println!("with ESC: {error}");
                }
            }
        }
    }
    println!("read back: {}", taken.join(" "));
    println!("refused:   {}", refused.join(" "));
}
RUST
cargo run --quiet >seen
cat seen
diff seen - <<'SEEN'
with ESC: control character (\u0000-\u001F) found while parsing a string at line 1 column 24
read back: 08 09 0A 0C 0D
refused:   00 01 02 03 04 05 06 07 0B 0E 0F 10 11 12 13 14 15 16 17 18 19 1A 1B 1C 1D 1E 1F
SEEN
