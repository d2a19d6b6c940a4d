//! A sheet of pixels, and how paths and letters get onto it.
//!
//! In: path data and texts with their style, in CSS pixels. Out: a PNG.

use super::letters::Letters;
use super::png;
use super::style::{Anchor, Style};
use zeno::{Cap, Command, Join, Mask, PathData, Stroke, Transform};

/// More pixels than this are no chart.
const MOST: f32 = 40_000_000.0;

pub(super) struct Canvas {
    /// Red, green, blue, line by line.
    pixels: Vec<u8>,
    width: usize,
    height: usize,
    /// What stands in the corner.
    corner: (f32, f32),
    scale: f32,
}

impl Canvas {
    /// A white one; none where it would be without bound.
    pub(super) fn new(size: (f32, f32), corner: (f32, f32), scale: f32) -> Option<Canvas> {
        let (width, height) = ((size.0 * scale).ceil(), (size.1 * scale).ceil());
        let is_fit = width >= 1.0 && height >= 1.0 && width * height <= MOST;
        is_fit.then(|| Canvas {
            pixels: vec![255; width as usize * height as usize * 3],
            width: width as usize,
            height: height as usize,
            corner,
            scale,
        })
    }

    pub(super) fn into_png(self) -> Vec<u8> {
        png::write(self.width, self.height, &self.pixels)
    }

    /// Draws a path, moved by so much.
    pub(super) fn draw(&mut self, path: &str, style: &Style, by: (f32, f32)) {
        for style in style.layers() {
            self.outline(&commands(path), &style, (by.0, by.1, 1.0, 1.0));
        }
    }

    /// Sets a line of text.
    pub(super) fn text(&mut self, text: &str, style: &Style, at: (f32, f32)) {
        let letters = Letters::of(style.bold);
        let size = style.size / letters.em();
        let width: f32 = text.chars().map(|c| letters.width(c) * size).sum();
        let start = match style.anchor {
            Anchor::Start => at.0,
            Anchor::Middle => at.0 - width / 2.0,
            Anchor::End => at.0 - width,
        };
        // What surrounds a letter lies below the letters beside it.
        for style in style.layers() {
            let mut x = start;
            for c in text.chars() {
                let at = (x, at.1, size, -size);
                self.outline(&commands(letters.outline(c)), &style, at);
                x += letters.width(c) * size;
            }
        }
    }

    /// Draws an outline at a place, stretched.
    fn outline(&mut self, path: &[Command], style: &Style, at: (f32, f32, f32, f32)) {
        if path.is_empty() {
            return;
        }
        let (x, y, right, down) = at;
        let k = self.scale;
        let to = Transform::new(
            right * k,
            0.0,
            0.0,
            down * k,
            (x - self.corner.0) * k,
            (y - self.corner.1) * k,
        );
        let dashes: Vec<f32> = style.dashes.iter().map(|d| d / right).collect();
        let mut stroke = Stroke::new(style.stroke_width / right);
        if style.round {
            stroke.join(Join::Round).cap(Cap::Round);
        } else {
            stroke.join(Join::Miter).miter_limit(4.0).cap(Cap::Butt);
        }
        if !dashes.is_empty() {
            stroke.dash(&dashes, 0.0);
        }
        let both: [(zeno::Style<'_>, _); 2] = [
            (zeno::Fill::NonZero.into(), style.fill()),
            (stroke.into(), style.stroke()),
        ];
        for (how, colour) in both {
            if let Some(colour) = colour {
                let mut mask = Mask::new(path);
                let (alpha, place) = mask.style(how).transform(Some(to)).render();
                let at = (place.left, place.top);
                self.blend(&alpha, at, place.width as usize, colour, style.opacity);
            }
        }
    }

    /// Lays a colour over what is there, as far as the mask covers it.
    fn blend(&mut self, mask: &[u8], at: (i32, i32), wide: usize, colour: [u8; 3], opacity: f32) {
        let opacity = (opacity.clamp(0.0, 1.0) * 256.0) as u32;
        for (row, covers) in mask.chunks_exact(wide.max(1)).enumerate() {
            let Some(y) = inside(at.1, row, self.height) else {
                continue;
            };
            for (column, cover) in covers.iter().enumerate().filter(|(_, c)| **c > 0) {
                let Some(x) = inside(at.0, column, self.width) else {
                    continue;
                };
                let cover = u32::from(*cover) * opacity / 256;
                let start = (y * self.width + x) * 3;
                for (old, new) in self.pixels[start..start + 3].iter_mut().zip(colour) {
                    let mixed = u32::from(*old) * (255 - cover) + u32::from(new) * cover;
                    *old = ((mixed + 127) / 255) as u8;
                }
            }
        }
    }
}

/// A place on the sheet; none beside it.
fn inside(start: i32, by: usize, room: usize) -> Option<usize> {
    let place = usize::try_from(i64::from(start) + by as i64).ok()?;
    (place < room).then_some(place)
}

fn commands(path: &str) -> Vec<Command> {
    PathData::commands(&path).collect()
}
