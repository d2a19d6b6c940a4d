//! How charts look: what their style sheet says, in light colours.
//!
//! In: the style sheet of `chart` and an element. Out: the [`Style`] that it is drawn with. Variables
//! and media queries are left out: every rule has a plain value before the one that follows a scheme.

use roxmltree::Node;
use std::collections::HashMap;

/// What an element is drawn with.
#[derive(Debug, Clone)]
pub(super) struct Style {
    colour: [u8; 3],
    fill: Paint,
    stroke: Paint,
    pub(super) stroke_width: f32,
    pub(super) dashes: Vec<f32>,
    /// Whether lines end and meet round.
    pub(super) round: bool,
    /// Whether the stroke lies below the fill.
    stroke_first: bool,
    pub(super) opacity: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) anchor: Anchor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paint {
    None,
    Current,
    Plain([u8; 3]),
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Default for Style {
    fn default() -> Self {
        Style {
            colour: [0; 3],
            fill: Paint::Plain([0; 3]),
            stroke: Paint::None,
            stroke_width: 1.0,
            dashes: Vec::new(),
            round: false,
            stroke_first: false,
            opacity: 1.0,
            size: 12.0,
            bold: false,
            anchor: Anchor::Start,
        }
    }
}

impl Style {
    pub(super) fn fill(&self) -> Option<[u8; 3]> {
        self.colour_of(self.fill)
    }

    pub(super) fn stroke(&self) -> Option<[u8; 3]> {
        self.colour_of(self.stroke)
    }

    /// What is drawn one after the other: the stroke below all fills, where it is said to be.
    pub(super) fn layers(&self) -> Vec<Style> {
        if !self.stroke_first {
            return vec![self.clone()];
        }
        let (mut below, mut above) = (self.clone(), self.clone());
        (below.fill, above.stroke) = (Paint::None, Paint::None);
        vec![below, above]
    }

    fn colour_of(&self, paint: Paint) -> Option<[u8; 3]> {
        match paint {
            Paint::None => None,
            Paint::Current => Some(self.colour),
            Paint::Plain(colour) => Some(colour),
        }
    }

    fn set(&mut self, property: &str, value: &str) {
        let number = || value.trim_end_matches("px").parse().unwrap_or(1.0);
        match property {
            "color" => self.colour = hex(value).unwrap_or(self.colour),
            "fill" => self.fill = paint(value).unwrap_or(self.fill),
            "stroke" => self.stroke = paint(value).unwrap_or(self.stroke),
            "stroke-width" => self.stroke_width = number(),
            "stroke-dasharray" => {
                self.dashes = value.split(' ').filter_map(|d| d.parse().ok()).collect();
            }
            "stroke-linejoin" | "stroke-linecap" => self.round = value == "round",
            "paint-order" => self.stroke_first = value == "stroke",
            "opacity" => self.opacity *= number(),
            "font-size" => self.size = number(),
            "font-weight" => self.bold = value == "700",
            "text-anchor" => {
                self.anchor = match value {
                    "middle" => Anchor::Middle,
                    "end" => Anchor::End,
                    _ => Anchor::Start,
                }
            }
            _ => {}
        }
    }
}

/// A style sheet: by what is chosen (an element's name, a class with a dot, or nothing for the whole
/// chart) what is said of it.
pub(super) struct Sheet {
    rules: HashMap<&'static str, Vec<(&'static str, &'static str)>>,
}

impl Sheet {
    pub(super) fn of(css: &'static str) -> Sheet {
        let rules = css.lines().filter_map(|line| {
            let (chosen, said) = line.strip_prefix(".assess-chart")?.split_once('{')?;
            let said = said.trim_end_matches('}').split(';');
            let said = said.filter_map(|one| one.split_once(':'));
            let said = said.filter(|(_, value)| !value.contains("var("));
            Some((chosen.trim(), said.collect()))
        });
        Sheet {
            rules: rules.collect(),
        }
    }

    /// An element's style within another's.
    pub(super) fn applied(&self, around: &Style, node: Node<'_, '_>) -> Style {
        let mut style = around.clone();
        for attribute in node.attributes() {
            style.set(attribute.name(), attribute.value());
        }
        // A class weighs more than an element's name.
        self.rule(&mut style, node.tag_name().name());
        for class in node.attribute("class").unwrap_or_default().split(' ') {
            match class {
                "assess-chart" => self.rule(&mut style, ""),
                class => self.rule(&mut style, &format!(".{class}")),
            }
        }
        style
    }

    fn rule(&self, style: &mut Style, chosen: &str) {
        for (property, value) in self.rules.get(chosen).into_iter().flatten() {
            style.set(property, value);
        }
    }
}

fn paint(value: &str) -> Option<Paint> {
    match value {
        "none" => Some(Paint::None),
        "currentColor" => Some(Paint::Current),
        hex_value => hex(hex_value).map(Paint::Plain),
    }
}

/// `#fff` or `#0067a8`.
fn hex(value: &str) -> Option<[u8; 3]> {
    let digits: Vec<u8> = value
        .strip_prefix('#')?
        .chars()
        .map(|c| c.to_digit(16).map(|d| d as u8))
        .collect::<Option<_>>()?;
    match digits[..] {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [r, s, g, h, b, c] => Some([r * 16 + s, g * 16 + h, b * 16 + c]),
        _ => None,
    }
}
