//! A sheet to draw on, and the marks that tell one series from another.
//!
//! In: coordinates in units of a CSS pixel, y downwards. Out: SVG elements with classes, rounded to
//! a tenth. Text is always a `<text>` and always escaped; no element carries a style of its own, so
//! that a page's content security policy may forbid them.

use super::pen::{Pen, push_whole};
use super::text::escape;
use std::fmt::Write;

/// The size of text where none is said.
pub(super) const SIZE: f64 = 12.0;

/// How many series have a colour and a mark of their own.
pub(super) const SERIES: usize = 8;

/// A coordinate, rounded to a tenth.
pub(super) fn n(x: f64) -> String {
    let mut out = String::new();
    push(&mut out, x);
    out
}

/// Adds one.
fn push(out: &mut String, x: f64) {
    let tenths = (x * 10.0).round() as i64;
    if tenths < 0 {
        out.push('-');
    }
    push_whole(out, tenths.unsigned_abs() / 10);
    if tenths % 10 != 0 {
        out.push('.');
        push_whole(out, tenths.unsigned_abs() % 10);
    }
}

/// One line of text.
pub(super) struct Text<'a> {
    text: &'a str,
    x: f64,
    y: f64,
    size: f64,
    bold: bool,
    anchor: &'static str,
    class: &'a str,
}

impl<'a> Text<'a> {
    /// A text that begins at `x`, with its baseline at `y`.
    pub(super) fn new(text: &'a str, x: f64, y: f64) -> Self {
        Text {
            text,
            x,
            y,
            size: SIZE,
            bold: false,
            anchor: "",
            class: "",
        }
    }

    pub(super) fn size(mut self, size: f64) -> Self {
        self.size = size;
        self
    }

    pub(super) fn bold(mut self, bold: bool) -> Self {
        self.bold = bold;
        self
    }

    /// Ends at `x`.
    pub(super) fn end(mut self) -> Self {
        self.anchor = "end";
        self
    }

    /// Has its middle at `x`.
    pub(super) fn middle(mut self) -> Self {
        self.anchor = "middle";
        self
    }

    pub(super) fn class(mut self, class: &'a str) -> Self {
        self.class = class;
        self
    }
}

/// What is drawn so far.
#[derive(Default)]
pub(super) struct Sheet {
    out: String,
}

impl Sheet {
    pub(super) fn into_body(self) -> String {
        self.out
    }

    /// Begins a group; what hovers over it is said by `tip`.
    pub(super) fn open(&mut self, class: &str, tip: &str) {
        self.out.push_str("<g");
        self.class(class);
        self.out.push('>');
        if !tip.is_empty() {
            let _ = write!(self.out, "<title>{}</title>", escape(tip));
        }
    }

    pub(super) fn close(&mut self) {
        self.out.push_str("</g>");
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.lines(class, [[from, to]]);
    }

    /// Lines as one element.
    pub(super) fn lines(&mut self, class: &str, all: impl IntoIterator<Item = [(f64, f64); 2]>) {
        let mut pen = Pen::default();
        for [from, to] in all {
            pen.move_to(from);
            pen.line_to(to);
        }
        self.draw(class, pen);
    }

    pub(super) fn rect(&mut self, class: &str, at: (f64, f64), size: (f64, f64)) {
        let (right, bottom) = (at.0 + size.0, at.1 + size.1);
        let corners = [at, (right, at.1), (right, bottom), (at.0, bottom)];
        self.path(class, &corners, true);
    }

    /// Joins points; back to the first where it is closed.
    pub(super) fn path(&mut self, class: &str, points: &[(f64, f64)], closed: bool) {
        let mut pen = Pen::default();
        for (i, point) in points.iter().enumerate() {
            match i {
                0 => pen.move_to(*point),
                _ => pen.line_to(*point),
            }
        }
        if closed {
            pen.close();
        }
        self.draw(class, pen);
    }

    fn draw(&mut self, class: &str, pen: Pen) {
        if !pen.data.is_empty() {
            let _ = write!(self.out, r#"<path d="{}""#, pen.data);
            self.class(class);
            self.out.push_str("/>");
        }
    }

    pub(super) fn text(&mut self, text: &Text<'_>) {
        self.out.push_str("<text x=\"");
        push(&mut self.out, text.x);
        self.out.push_str("\" y=\"");
        push(&mut self.out, text.y);
        self.out.push('"');
        if text.size != SIZE {
            self.out.push_str(" font-size=\"");
            push(&mut self.out, text.size);
            self.out.push('"');
        }
        if text.bold {
            self.out.push_str(r#" font-weight="700""#);
        }
        if !text.anchor.is_empty() {
            self.attribute("text-anchor", text.anchor);
        }
        self.class(text.class);
        self.out.push('>');
        self.out.push_str(&escape(text.text));
        self.out.push_str("</text>");
    }

    /// The mark of a series: a shape of its own, open where the outcome is final.
    pub(super) fn mark(&mut self, series: usize, open: bool, (x, y): (f64, f64)) {
        let class = if open { "o" } else { "m" };
        let at = |points: &[(f64, f64)]| -> Vec<(f64, f64)> {
            points.iter().map(|(dx, dy)| (x + dx, y + dy)).collect()
        };
        let shape: &[(f64, f64)] = match series % SERIES {
            0 => {
                let (x, y) = (n(x), n(y));
                let _ = write!(self.out, r#"<circle cx="{x}" cy="{y}" r="4.5""#);
                self.class(class);
                self.out.push_str("/>");
                return;
            }
            1 => &[(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)],
            2 => &[(0.0, -5.5), (5.5, 0.0), (0.0, 5.5), (-5.5, 0.0)],
            3 => &[(0.0, -5.0), (5.0, 4.0), (-5.0, 4.0)],
            4 => &[(0.0, 5.0), (5.0, -4.0), (-5.0, -4.0)],
            5 => &[(-6.0, -2.5), (6.0, -2.5), (6.0, 2.5), (-6.0, 2.5)],
            6 => &[(-2.5, -6.0), (2.5, -6.0), (2.5, 6.0), (-2.5, 6.0)],
            _ => &[
                (0.0, -5.5),
                (1.6, -1.6),
                (5.5, 0.0),
                (1.6, 1.6),
                (0.0, 5.5),
                (-1.6, 1.6),
                (-5.5, 0.0),
                (-1.6, -1.6),
            ],
        };
        self.path(class, &at(shape), true);
    }

    fn class(&mut self, class: &str) {
        if !class.is_empty() {
            self.attribute("class", class);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        for part in [" ", name, "=\"", value, "\""] {
            self.out.push_str(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::n;

    #[test]
    fn coordinates_are_rounded_to_a_tenth() {
        for (x, text) in [
            (0.0, "0"),
            (-0.04, "0"),
            (-0.26, "-0.3"),
            (12.0, "12"),
            (12.25, "12.3"),
            (-3.45, "-3.5"),
        ] {
            assert_eq!(n(x), text);
        }
    }
}
