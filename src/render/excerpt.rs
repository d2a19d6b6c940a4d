//! The lines of a file that a finding is about, cut to what can be shown.
//!
//! In: a diagnostic and its sources. Out: excerpts of few, short lines with marks at what the labels
//! cover; the primary label's comes first. Tabs are blanks by then, control characters visible,
//! and a line of ten megabytes is a window around its mark.

use crate::diag::{Diagnostic, Label};
use crate::text::clean::visible;
use crate::text::source::{FileId, Position, SourceMap};
use crate::text::wrap::{columns, wrap};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// A label over more lines than this is shown at its first line only.
const TALLEST: usize = 8;
/// Labels beyond this are not shown.
const MOST_LABELS: usize = 16;
/// A message is not broken into lines shorter than this.
const NARROWEST: usize = 30;
const TAB: usize = 4;
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Consecutive lines of one file.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The file's name.
    pub(super) name: String,
    /// The number of the first line, from 1.
    pub(super) first_line: usize,
    /// The lines, each with its `\n`.
    pub(super) text: String,
    /// What the labels cover.
    pub(super) marks: Vec<Mark>,
}

/// What a label covers.
#[derive(Debug)]
pub(super) struct Mark {
    /// Bytes in the excerpt's text.
    pub(super) range: Range<usize>,
    /// Where it starts in the file.
    pub(super) start: Position,
    /// Why here; may have several lines, may be empty.
    pub(super) message: String,
    /// Whether the finding is about this place.
    pub(super) primary: bool,
}

/// A label with its lines.
struct Place<'a> {
    label: &'a Label,
    primary: bool,
    start: Position,
    end: Position,
}

impl Place<'_> {
    fn file(&self) -> FileId {
        self.label.span.file
    }
}

/// All excerpts of a diagnostic for a text of `width` columns, and how many labels were left out.
pub(super) fn excerpts(
    diagnostic: &Diagnostic,
    sources: &SourceMap,
    width: usize,
) -> (Vec<Excerpt>, usize) {
    let others = diagnostic.others.iter().take(MOST_LABELS);
    let mut places: Vec<Place<'_>> = std::iter::once((&diagnostic.primary, true))
        .chain(others.map(|l| (l, false)))
        .map(|(label, primary)| place(label, primary, sources))
        .collect();
    places.sort_by_key(|p| (p.label.span, !p.primary));
    let digits = |line: usize| line.to_string().len();
    let last = places.iter().map(|p| p.end.line).max().unwrap_or(1);
    let room = width.saturating_sub(digits(last + 1) + 5).max(24);

    let mut groups: Vec<Vec<Place<'_>>> = Vec::new();
    for place in places {
        match groups.last_mut() {
            Some(group) if joins(group, &place, sources, room) => group.push(place),
            _ => groups.push(vec![place]),
        }
    }
    groups.sort_by_key(|g| !g.iter().any(|p| p.primary));
    let excerpts = groups.iter().map(|g| excerpt(g, sources, room)).collect();
    (
        excerpts,
        diagnostic.others.len().saturating_sub(MOST_LABELS),
    )
}

fn place<'a>(label: &'a Label, primary: bool, sources: &SourceMap) -> Place<'a> {
    let source = sources.source(label.span.file);
    let start = source.position(label.span.start as usize);
    let mut end = source.position(label.span.end.max(label.span.start) as usize);
    if end.line > start.line && end.column == 1 {
        end = source.position(end.offset - 1);
    }
    if end.line >= start.line + TALLEST {
        end = source.position(source.line_range(start.line).end);
    }
    Place {
        label,
        primary,
        start,
        end,
    }
}

/// Whether a place can be shown in the excerpt of the places before it.
fn joins(group: &[Place<'_>], next: &Place<'_>, sources: &SourceMap, room: usize) -> bool {
    let last = group.iter().map(|p| p.end.line).max().unwrap_or(0);
    if group[0].file() != next.file() || next.start.line > last + 3 {
        return false;
    }
    let on_line = group.iter().filter(|p| p.end.line == next.start.line);
    let Some(from) = on_line.map(|p| p.start).min_by_key(|p| p.offset) else {
        return true;
    };
    let source = sources.source(next.file());
    let line = source.line_range(next.start.line);
    let from = from.offset.max(line.start)..next.end.offset.min(line.end).max(from.offset);
    fits(&source.text[line], room) || fits(&source.text[from], room - 2)
}

/// Whether a text is at most `room` columns wide; looks no further than needed.
fn fits(text: &str, room: usize) -> bool {
    text.len() <= room * 16 && text.chars().map(|c| char_columns(c, 0)).sum::<usize>() <= room
}

fn char_columns(c: char, column: usize) -> usize {
    match c {
        '\t' => TAB - column % TAB,
        BYTE_ORDER_MARK => 0,
        c => visible(c).width().unwrap_or(0),
    }
}

fn excerpt(group: &[Place<'_>], sources: &SourceMap, room: usize) -> Excerpt {
    let source = sources.source(group[0].file());
    let first = group.iter().map(|p| p.start.line).min().unwrap_or(1);
    let last = group.iter().map(|p| p.end.line).max().unwrap_or(1);
    // A blank line shows nothing of the context, nor does the one after the last line end.
    let context = |line: usize| {
        let range = source.line_range(line);
        !fits(&source.text[range.clone()], room) || !source.text[range].trim().is_empty()
    };
    let before = usize::from(first > 1 && context(first - 1));
    let after = usize::from(last < source.line_count() && context(last + 1));
    let shown = first - before..=last + after;

    let mut text = String::new();
    let mut ranges = vec![0..0; group.len()];
    for number in shown.clone() {
        let line = source.line_range(number);
        let marks: Vec<Range<usize>> = group.iter().map(|p| covered(p, &line)).collect();
        let here = || (0..group.len()).filter(|&i| touches(&group[i], number));
        let from = here().map(|i| marks[i].start).min().unwrap_or(0);
        let to = here().map(|i| marks[i].end).max().unwrap_or(0);
        let beside = here()
            .filter(|&i| group[i].start.line == group[i].end.line)
            .map(|i| (marks[i].clone(), beside(&group[i].label.message)))
            .max_by_key(|(mark, _)| mark.start);
        let line = &source.text[line];
        let stops = write_line(&mut text, line, window(line, from..to, room, beside));
        for i in here() {
            if group[i].start.line == number {
                ranges[i].start = locate(&stops, marks[i].start);
            }
            if group[i].end.line == number {
                ranges[i].end = locate(&stops, marks[i].end);
            }
        }
    }
    let marks = group.iter().zip(ranges).map(|(place, range)| {
        let range = range.start..range.end.max(range.start);
        Mark {
            message: fold(&place.label.message, &text, &range, room),
            range,
            start: place.start,
            primary: place.primary,
        }
    });
    Excerpt {
        name: crate::text::clean::line(&source.name).into_owned(),
        first_line: *shown.start(),
        marks: marks.collect(),
        text,
    }
}

fn touches(place: &Place<'_>, line: usize) -> bool {
    place.start.line <= line && line <= place.end.line
}

/// What a place covers of a line, in bytes of the line.
fn covered(place: &Place<'_>, line: &Range<usize>) -> Range<usize> {
    let within = |offset: usize| offset.clamp(line.start, line.end) - line.start;
    within(place.start.offset)..within(place.end.offset)
}

/// Where a byte of a line stands in the excerpt.
struct Stop {
    offset: usize,
    at: usize,
}

/// Writes a window of a line, and says where its characters went.
fn write_line(text: &mut String, line: &str, window: Range<usize>) -> Vec<Stop> {
    let mut stops = Vec::new();
    let mut column = 0;
    if window.start > 0 {
        text.push('…');
        column += 1;
    }
    for (i, c) in line[window.clone()].char_indices() {
        stops.push(Stop {
            offset: window.start + i,
            at: text.len(),
        });
        let width = char_columns(c, column);
        match c {
            '\t' => text.extend(std::iter::repeat_n(' ', width)),
            BYTE_ORDER_MARK => {}
            c => text.push(visible(c)),
        }
        column += width;
    }
    stops.push(Stop {
        offset: window.end,
        at: text.len(),
    });
    if window.end < line.len() {
        text.push('…');
        stops.push(Stop {
            offset: line.len(),
            at: text.len(),
        });
    }
    text.push('\n');
    stops
}

/// Where an offset went; what was cut off counts as the nearer edge.
fn locate(stops: &[Stop], offset: usize) -> usize {
    let next = stops.partition_point(|s| s.offset < offset);
    stops.get(next).or(stops.last()).map_or(0, |s| s.at)
}

/// The bytes of a line to show: all of it where it fits, else a window on `wanted`. `beside` is a
/// mark and how many columns its message wants to the right of the mark's middle.
fn window(
    line: &str,
    wanted: Range<usize>,
    room: usize,
    beside: Option<(Range<usize>, usize)>,
) -> Range<usize> {
    let whole = fits(line, room);
    let mut start = 0;
    if !whole && wanted.end > forward(line, 0, room - 1) {
        let inner = room - 2;
        let lead = match width_up_to(&line[wanted.clone()], inner) {
            width if width < inner => (inner - width) / 2,
            _ => inner / 4,
        };
        start = backward(line, wanted.start, lead);
    }
    if let Some((mark, space)) = beside {
        let before = width_up_to(&line[start..mark.start.max(start)], room);
        let middle = before + width_up_to(&line[mark], room) / 2;
        if middle + space > room {
            let cut = middle + space - room + 1;
            start = forward(line, start, cut).min(wanted.start);
        }
    }
    if start == 0 && whole {
        return 0..line.len();
    }
    let inner = room - 1 - usize::from(start > 0);
    match forward(line, start, inner + 1) {
        end if end == line.len() && start > 0 => start..end,
        _ => start..forward(line, start, inner),
    }
}

/// How wide a text is, looking no further than `most` columns.
fn width_up_to(text: &str, most: usize) -> usize {
    columns(&text[..forward(text, 0, most)]).min(most)
}

/// How many columns a message wants to the right of its mark's middle.
fn beside(message: &str) -> usize {
    let end = message.char_indices().nth(NARROWEST).map(|(i, _)| i);
    columns(&message[..end.unwrap_or(message.len())]) + 4
}

/// The byte up to which at most `room` columns are used from `start`.
fn forward(line: &str, start: usize, room: usize) -> usize {
    let mut used = 0;
    for (n, (i, c)) in line[start..].char_indices().enumerate() {
        used += char_columns(c, 0);
        if used > room || n >= room * 4 {
            return start + i;
        }
    }
    line.len()
}

/// The byte from which at most `room` columns are used up to `end`.
fn backward(line: &str, end: usize, room: usize) -> usize {
    let mut used = 0;
    let mut start = end;
    for (n, (i, c)) in line[..end].char_indices().rev().enumerate() {
        used += char_columns(c, 0);
        if used > room || n >= room * 4 {
            break;
        }
        start = i;
    }
    start
}

/// A label's message broken so that it stays on the page where its mark leaves room.
fn fold(message: &str, text: &str, range: &Range<usize>, room: usize) -> String {
    let message = crate::text::clean::message(message);
    let line = text[..range.start].rfind('\n').map_or(0, |n| n + 1);
    let middle = columns(&text[line..range.start]) + columns(&text[range.clone()]) / 2;
    let width = room.saturating_sub(middle + 4).max(NARROWEST);
    wrap(&message, width).join("\n")
}
