//! Pictures of the document: its charts, and the logo.
//!
//! In: a report. Out: files of the package, and the XML that shows them.

use super::super::{Shape, alone, markdown::Picture};
use super::{Relations, escape};
use crate::render::base64;
use crate::render::raster;
use crate::render::report::view::Report;

/// English Metric Units in a CSS pixel.
const EMU: f64 = 9525.0;

/// The width and height of the text in the same.
const ROOM: (f64, f64) = (5_900_000.0, 8_000_000.0);

/// Charts by their names.
pub(super) struct Pictures {
    all: Vec<Chart>,
}

struct Chart {
    name: String,
    title: String,
    description: String,
    picture: raster::Picture,
}

impl Pictures {
    pub(super) fn of(report: &Report, shape: &Shape) -> Pictures {
        let drawn = alone::all(report, shape).into_iter();
        let drawn = drawn.filter_map(|(name, drawing)| {
            Some(Chart {
                name,
                title: drawing.title().to_owned(),
                description: drawing.description().to_owned(),
                picture: raster::paint(&drawing.alone())?,
            })
        });
        Pictures {
            all: drawn.collect(),
        }
    }

    /// As the page refers to them.
    pub(super) fn links(&self) -> Vec<Picture> {
        let links = self.all.iter().enumerate().map(|(i, chart)| Picture {
            name: chart.name.clone(),
            title: chart.title.clone(),
            file: file(i),
        });
        links.collect()
    }

    /// What the text refers to by these ids.
    pub(super) fn files(&self) -> impl Iterator<Item = (String, String)> {
        (0..self.all.len()).map(|i| (format!("chart{}", i + 1), file(i)))
    }

    pub(super) fn into_files(self) -> impl Iterator<Item = (String, Vec<u8>)> {
        let all = self.all.into_iter().enumerate();
        all.map(|(i, chart)| (format!("word/{}", file(i)), chart.picture.png))
    }

    /// The XML of one.
    pub(super) fn drawn(&self, name: &str) -> Option<String> {
        let at = (0..self.all.len()).find(|i| file(*i) == name)?;
        let chart = &self.all[at];
        let size = (chart.picture.width * EMU, chart.picture.height * EMU);
        let words = (chart.title.as_str(), chart.description.as_str());
        Some(inline(
            at + 1,
            &format!("chart{}", at + 1),
            fit(size, ROOM),
            words,
            "",
        ))
    }
}

fn file(i: usize) -> String {
    format!("media/chart{}.png", i + 1)
}

/// As large as it is, or as there is room.
fn fit(size: (f64, f64), room: (f64, f64)) -> (u64, u64) {
    let by = (room.0 / size.0).min(room.1 / size.1).min(1.0);
    ((size.0 * by) as u64, (size.1 * by) as u64)
}

/// A picture in a line of text.
fn inline(n: usize, id: &str, size: (u64, u64), words: (&str, &str), more: &str) -> String {
    let (width, height) = size;
    let (title, description) = (escape(words.0), escape(words.1));
    format!(
        concat!(
            r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">"#,
            r#"<wp:extent cx="{width}" cy="{height}"/>"#,
            r#"<wp:docPr id="{n}" name="{title}" descr="{description}"/>"#,
            r#"<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>"#,
            r#"<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">"#,
            r#"<pic:pic><pic:nvPicPr><pic:cNvPr id="{n}" name="{title}" descr="{description}"/><pic:cNvPicPr/></pic:nvPicPr>"#,
            r#"<pic:blipFill><a:blip r:embed="{id}">{more}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"#,
            r#"<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>"#,
            r#"<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"#,
            r#"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
        ),
        width = width,
        height = height,
        n = n,
        title = title,
        description = description,
        id = id,
        more = more
    )
}

/// What an old program shows in place of a logo in SVG: one clear pixel.
const CLEAR: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
\0\0\0\x0bIDATx\xdac`\0\x02\0\0\x05\0\x01\xe9\xfa\xdc\xd8\0\0\0\0IEND\xaeB`\x82";

/// The logo's files by name.
pub(super) fn logo_files(report: &Report) -> Vec<(String, Vec<u8>)> {
    match logo(report) {
        None => Vec::new(),
        Some((true, svg)) => vec![
            ("word/media/logo.png".to_owned(), CLEAR.to_vec()),
            ("word/media/logo.svg".to_owned(), svg),
        ],
        Some((false, png)) => vec![("word/media/logo.png".to_owned(), png)],
    }
}

/// The logo in a line of text, and what that refers to.
pub(super) fn logo_drawn(report: &Report) -> Option<(String, String)> {
    const LARGEST: (f64, f64) = (1_800_000.0, 500_000.0);
    let (is_svg, bytes) = logo(report)?;
    let size = match is_svg {
        true => svg_size(&bytes),
        false => raster::png_size(&bytes).map(|(w, h)| (f64::from(w), f64::from(h))),
    };
    let (width, height) = size
        .filter(|(w, h)| *w > 0.0 && *h > 0.0)
        .unwrap_or((1.0, 1.0));
    // As high as the header is, whatever its own size.
    let by = (LARGEST.0 / width).min(LARGEST.1 / height);
    let mut links = Relations::default();
    links.add("image", "media/logo.png", false);
    let mut more = String::new();
    if is_svg {
        links.add("image", "media/logo.svg", false);
        more.push_str(concat!(
            r#"<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">"#,
            r#"<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="rId2"/>"#,
            r#"</a:ext></a:extLst>"#
        ));
    }
    let name = report.organisation.as_deref().unwrap_or("Logo");
    let size = ((width * by) as u64, (height * by) as u64);
    let xml = inline(1000, "rId1", size, (name, name), &more);
    Some((xml, links.into_xml()))
}

/// Whether it is an SVG, and its bytes.
fn logo(report: &Report) -> Option<(bool, Vec<u8>)> {
    let address = report.logo.as_ref()?;
    let (sort, data) = address
        .strip_prefix("data:image/")?
        .split_once(";base64,")?;
    Some((sort != "png", base64::decode(data)?))
}

/// The size that an SVG says it has.
fn svg_size(svg: &[u8]) -> Option<(f64, f64)> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        ..roxmltree::ParsingOptions::default()
    };
    let text = std::str::from_utf8(svg).ok()?;
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    let length =
        |name: &str| -> Option<f64> { root.attribute(name)?.trim_end_matches("px").parse().ok() };
    if let (Some(width), Some(height)) = (length("width"), length("height")) {
        return Some((width, height));
    }
    let view = root.attribute("viewBox")?.split([' ', ',']);
    let view: Vec<f64> = view.filter_map(|n| n.parse().ok()).collect();
    (view.len() == 4).then(|| (view[2], view[3]))
}
