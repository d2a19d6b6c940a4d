//! Charts: what they show, in every size, and that nothing in them lies upon another.

mod samples;

use assess::chart::{Drawing, STYLE, Width, events, outcomes, text_width, tornado, waterfall};
use roxmltree::{Document, Node};
use samples::{SIZES, Size};

const WIDTHS: [Width; 2] = [Width::Wide, Width::Narrow];

/// Every chart of every size, with its name and the texts that went into it.
fn all() -> Vec<(String, Drawing, String)> {
    let mut all = Vec::new();
    for size in SIZES {
        for width in WIDTHS {
            for (kind, drawing, input) in of_size(size, width) {
                let name = format!("{kind}_{size:?}_{width:?}").to_lowercase();
                all.push((name, drawing, input));
            }
        }
    }
    all
}

fn of_size(size: Size, width: Width) -> [(&'static str, Drawing, String); 4] {
    let (o, e) = (samples::outcomes(size), samples::events(size));
    let (w, t) = (samples::waterfall(size), samples::tornado(size));
    let steps: Vec<String> = w
        .steps
        .iter()
        .map(|s| assess::text::round::change(s.points))
        .collect();
    [
        ("outcomes", outcomes::draw(&o, width), format!("{o:?}")),
        ("events", events::draw(&e, width), format!("{e:?}")),
        (
            "waterfall",
            waterfall::draw(&w, width),
            format!("{w:?}{steps:?}"),
        ),
        ("tornado", tornado::draw(&t, width), format!("{t:?}")),
    ]
}

fn parse(svg: &str) -> Document<'_> {
    Document::parse(svg).unwrap_or_else(|e| panic!("{e}: {svg}"))
}

fn number(node: Node<'_, '_>, name: &str) -> Option<f64> {
    node.ancestors()
        .find_map(|n| n.attribute(name))?
        .parse()
        .ok()
}

#[derive(Debug)]
#[expect(dead_code, reason = "printed where a test fails")]
struct Box {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// What each line of text covers, capitals and descenders included.
fn boxes(document: &Document<'_>) -> Vec<Box> {
    let texts = document
        .descendants()
        .filter(|n| n.tag_name().name() == "text");
    texts
        .map(|n| {
            let text = n.text().unwrap_or("").to_owned();
            let size = number(n, "font-size").expect("a size");
            let bold = n.attribute("font-weight") == Some("700");
            let (x, y) = (
                number(n, "x").expect("a place"),
                number(n, "y").expect("a place"),
            );
            let wide = text_width(&text, size, bold);
            let left = match n.attribute("text-anchor") {
                Some("end") => x - wide,
                Some("middle") => x - wide / 2.0,
                _ => x,
            };
            Box {
                text,
                left,
                right: left + wide,
                top: y - 0.74 * size,
                bottom: y + 0.2 * size,
            }
        })
        .collect()
}

#[test]
fn no_label_lies_upon_another_or_beyond_the_edge() {
    let mut seen = 0;
    for (name, drawing, _) in all() {
        let svg = drawing.inlined("c");
        let document = parse(&svg);
        let view: Vec<f64> = document
            .root_element()
            .attribute("viewBox")
            .expect("a view")
            .split(' ')
            .map(|n| n.parse().expect("a number"))
            .collect();
        let boxes = boxes(&document);
        assert!(!boxes.is_empty(), "{name} says nothing");
        for (i, a) in boxes.iter().enumerate() {
            assert!(
                a.left >= -0.6
                    && a.right <= view[2] + 0.6
                    && a.top >= -0.6
                    && a.bottom <= view[3] + 0.6,
                "{name}: {a:?} leaves {view:?}"
            );
            for b in &boxes[..i] {
                let across = a.right.min(b.right) - a.left.max(b.left);
                let down = a.bottom.min(b.bottom) - a.top.max(b.top);
                assert!(across < 0.5 || down < 0.5, "{name}: {a:?} lies upon {b:?}");
            }
            seen += 1;
        }
    }
    assert!(seen > 500, "only {seen} labels were looked at");
}

#[test]
fn every_number_comes_from_the_input() {
    let tick = |text: &str, class: &str| {
        class == "q" && (text.ends_with('%') && !text.contains(' ') || text.ends_with(" dB"))
    };
    for (name, drawing, input) in all() {
        let svg = drawing.inlined("c");
        let document = parse(&svg);
        for node in document
            .descendants()
            .filter(|n| n.tag_name().name() == "text")
        {
            let text = node.text().unwrap_or("");
            if tick(text, node.attribute("class").unwrap_or("")) || text.contains("90% intervals") {
                continue;
            }
            for word in text
                .split([' ', '…', ',', '(', ')'])
                .filter(|w| w.contains(|c: char| c.is_ascii_digit()))
            {
                let word = word.trim_end_matches(['.', ':']);
                // How many are left out is counted here.
                let counts = text.contains("others together") || text.contains("more do it");
                assert!(
                    input.contains(word) || counts || word == "0%",
                    "{name}: {word} of {text:?} is not in the input"
                );
            }
        }
    }
}

#[test]
fn a_chart_is_a_picture_with_a_name_and_a_description() {
    for (name, drawing, _) in all() {
        for svg in [drawing.inlined("fig-1"), drawing.alone()] {
            let document = parse(&svg);
            let root = document.root_element();
            assert_eq!(root.attribute("role"), Some("img"), "{name}");
            let ids: Vec<&str> = root
                .attribute("aria-labelledby")
                .expect("labelled")
                .split(' ')
                .collect();
            for id in ids {
                let of = document
                    .descendants()
                    .find(|n| n.attribute("id") == Some(id));
                assert!(
                    of.expect(id).text().is_some_and(|t| !t.is_empty()),
                    "{name}"
                );
            }
            for node in document.descendants().filter(Node::is_element) {
                let tag = node.tag_name().name();
                let known = [
                    "svg", "title", "desc", "style", "g", "path", "rect", "circle", "text",
                ];
                assert!(known.contains(&tag), "{name} has <{tag}>");
                for attribute in node.attributes() {
                    let written = attribute.name();
                    assert!(!written.starts_with("on") && written != "style" && written != "href");
                }
            }
            assert!(
                !svg.replace("http://www.w3.org/2000/svg", "").contains("//"),
                "{name}"
            );
        }
        assert!(!drawing.inlined("c").contains("<style"), "{name}");
    }
    assert!(!STYLE.contains(['<', '&']) && !STYLE.contains("url(") && !STYLE.contains("@import"));
}

#[test]
fn text_of_a_file_stays_text() {
    let hostile = samples::HOSTILE;
    for width in WIDTHS {
        for (kind, drawing, _) in of_size(Size::Hostile, width) {
            let svg = drawing.alone();
            let document = parse(&svg);
            assert!(
                !svg.contains("<script") && !svg.contains('\u{202e}'),
                "{kind}"
            );
            let shown = document
                .descendants()
                .filter(|n| n.tag_name().name() == "title")
                .any(|n| {
                    n.text()
                        .is_some_and(|t| t.contains("<script>alert(1)</script>"))
                });
            assert!(shown, "{kind} does not show {hostile:?}");
        }
    }
}

#[test]
fn drawings() {
    for size in [Size::Usual, Size::One] {
        for width in WIDTHS {
            for (kind, drawing, _) in of_size(size, width) {
                let name = format!("{kind}_{size:?}_{width:?}").to_lowercase();
                let svg = drawing.alone().replace("><", ">\n<");
                let svg = svg.replace(STYLE, "(the style sheet)");
                insta::assert_snapshot!(name, svg);
            }
        }
    }
}

#[test]
fn a_chart_of_nothing_says_so() {
    for width in WIDTHS {
        let drawings = [
            outcomes::draw(&outcomes::Outcomes::default(), width),
            events::draw(&events::Events::default(), width),
            waterfall::draw(&waterfall::Waterfall::default(), width),
            tornado::draw(&tornado::Tornado::default(), width),
        ];
        for drawing in drawings {
            parse(&drawing.alone());
        }
    }
}

/// Writes every drawing to the folder `DRAW_CHARTS`, to be looked at.
#[test]
#[ignore = "writes files to be looked at"]
fn draw() {
    let Ok(folder) = std::env::var("DRAW_CHARTS") else {
        return;
    };
    for (name, drawing, _) in all() {
        let path = std::path::Path::new(&folder).join(format!("{name}.svg"));
        std::fs::write(path, drawing.alone()).expect("the folder is there");
    }
}

/// Over waterfalls as random models give them: however the reasons oppose each other, no tick, no mark
/// and no tip leaves 0–100%.
#[test]
fn no_waterfall_leaves_the_axis() {
    let mut numbers = samples::Numbers(5);
    let (mut running, mut apart) = (0, 0);
    for _ in 0..400 {
        let (prior, verdict) = (numbers.next() * 100.0, numbers.next() * 100.0);
        let count = 1 + (numbers.next() * 7.0) as usize;
        let size = 5.0 + numbers.next() * 120.0;
        let mut points: Vec<f64> = (1..count).map(|_| (numbers.next() - 0.5) * size).collect();
        points.push(verdict - prior - points.iter().sum::<f64>());
        let chart = samples::steps(prior, &points, verdict);
        for width in WIDTHS {
            let svg = waterfall::draw(&chart, width).inlined("c");
            let document = parse(&svg);
            for node in document.descendants() {
                let is_read = matches!(node.tag_name().name(), "text" | "title");
                for word in node.text().filter(|_| is_read).unwrap_or("").split(' ') {
                    let Some(share) = word.trim_end_matches('.').strip_suffix('%') else {
                        continue;
                    };
                    let value: f64 = share.replace('−', "-").parse().unwrap_or(50.0);
                    assert!((0.0..=100.0).contains(&value), "{word}: {chart:?}");
                }
            }
            let shown: f64 = points.iter().map(|p| p.abs()).fold(0.0, f64::max);
            let texts = document.descendants().filter_map(|n| n.text());
            let is_apart = texts
                .collect::<Vec<_>>()
                .join(" ")
                .contains("from a line of its own");
            assert!(shown <= 100.0 || is_apart, "{chart:?}");
            *(if is_apart { &mut apart } else { &mut running }) += 1;
        }
    }
    assert!(running > 200 && apart > 20, "{running} {apart}");
}
