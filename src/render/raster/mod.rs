//! Charts as PNG, for what shows no SVG: one of our own drawings, painted pixel by pixel.
//!
//! In: the SVG of a [`Drawing`](crate::chart::Drawing). Out: a [`Picture`], in light colours, the same
//! bytes everywhere: letters come from outlines that stand beside this file, so that no font of the
//! machine is asked. Only what `chart` writes is understood; a crate that renders any SVG would bring
//! some forty others.

mod canvas;
mod letters;
mod png;
mod style;

use canvas::Canvas;
use roxmltree::{Document, Node};
use style::{Sheet, Style};

pub(crate) use png::size as png_size;

/// A picture of pixels.
pub(crate) struct Picture {
    /// The PNG file.
    pub(crate) png: Vec<u8>,
    /// How wide it is shown, in CSS pixels.
    pub(crate) width: f64,
    /// How high.
    pub(crate) height: f64,
}

/// Pixels to a CSS pixel: sharp in print.
const SCALE: f32 = 2.0;

/// Paints a drawing; none where it is not one of ours.
pub(crate) fn paint(svg: &str) -> Option<Picture> {
    let document = Document::parse(svg).ok()?;
    let root = document.root_element();
    let view: Vec<f32> = root
        .attribute("viewBox")?
        .split(' ')
        .map(|n| n.parse().ok())
        .collect::<Option<_>>()?;
    let &[left, top, width, height] = view.as_slice() else {
        return None;
    };
    let mut canvas = Canvas::new((width, height), (left, top), SCALE)?;
    let sheet = Sheet::of(crate::chart::STYLE);
    let style = sheet.applied(&Style::default(), root);
    children(&mut canvas, &sheet, root, &style, (0.0, 0.0));
    Some(Picture {
        png: canvas.into_png(),
        width: f64::from(width),
        height: f64::from(height),
    })
}

/// Paints what stands in an element, moved by so much.
fn children(canvas: &mut Canvas, sheet: &Sheet, of: Node<'_, '_>, around: &Style, by: (f32, f32)) {
    for node in of.children().filter(Node::is_element) {
        let style = sheet.applied(around, node);
        let number = |name: &str| -> f32 {
            let value = node.attribute(name).and_then(|v| v.parse().ok());
            value.unwrap_or_default()
        };
        match node.tag_name().name() {
            "g" => {
                let (x, y) = moved(node);
                children(canvas, sheet, node, &style, (by.0 + x, by.1 + y));
            }
            "path" => canvas.draw(node.attribute("d").unwrap_or_default(), &style, by),
            "circle" => {
                let path = circle(number("cx"), number("cy"), number("r"));
                canvas.draw(&path, &style, by);
            }
            "text" => {
                let at = (by.0 + number("x"), by.1 + number("y"));
                canvas.text(node.text().unwrap_or_default(), &style, at);
            }
            // Titles, descriptions, style sheets.
            _ => {}
        }
    }
}

/// How far a group is moved.
fn moved(node: Node<'_, '_>) -> (f32, f32) {
    let by = node.attribute("transform");
    let by = by.and_then(|t| {
        t.strip_prefix("translate(")?
            .strip_suffix(')')?
            .split_once(' ')
    });
    let pair = by.and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)));
    pair.unwrap_or_default()
}

/// A circle of four curves, which are off by less than a thousandth.
fn circle(x: f32, y: f32, r: f32) -> String {
    let k = r * 0.552_28;
    format!(
        "M{} {y}C{} {} {} {} {x} {}C{} {} {} {} {} {y}C{} {} {} {} {x} {}C{} {} {} {} {} {y}Z",
        x - r,
        x - r,
        y - k,
        x - k,
        y - r,
        y - r,
        x + k,
        y - r,
        x + r,
        y - k,
        x + r,
        x + r,
        y + k,
        x + k,
        y + r,
        y + r,
        x - k,
        y + r,
        x - r,
        y + k,
        x - r,
    )
}
