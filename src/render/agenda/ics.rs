//! An agenda as a calendar (RFC 5545), for programs that show one.
//!
//! Each thing is an event of one day. Its `UID` stays the same from run to run and from machine to
//! machine, so that an import moves what was there before; its `DTSTAMP` is the assessment's `as of`, so that the same file
//! gives the same calendar on every day.

use super::Agenda;
use crate::render::Look;
use crate::text::clean::visible;

/// The longest line in bytes, its end not counted (RFC 5545, 3.1).
const LINE: usize = 75;

/// Writes it.
pub(super) fn write(agenda: &Agenda, _: Look) -> String {
    let mut out = String::new();
    for head in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//assess//agenda//EN",
        "CALSCALE:GREGORIAN",
    ] {
        line(&mut out, head);
    }
    for due in &agenda.due {
        let stamp = due.as_of.strftime("%Y%m%d");
        let next = due.date.tomorrow().unwrap_or(due.date);
        let title = due.title.as_ref().map(|t| format!("{t}\n"));
        let about = format!(
            "{}{}\n{}:{}",
            title.unwrap_or_default(),
            due.todo,
            due.file,
            due.line
        );
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}@assess", due.uid));
        line(&mut out, &format!("DTSTAMP:{stamp}T000000Z"));
        let day = due.date.strftime("%Y%m%d");
        line(&mut out, &format!("DTSTART;VALUE=DATE:{day}"));
        let next = next.strftime("%Y%m%d");
        line(&mut out, &format!("DTEND;VALUE=DATE:{next}"));
        // In a calendar nothing else says which assessment it is about.
        let summary = format!("{}: {}", stem(&due.file), due.in_titles);
        line(&mut out, &format!("SUMMARY:{}", escaped(&summary)));
        line(&mut out, &format!("DESCRIPTION:{}", escaped(&about)));
        line(&mut out, &format!("CATEGORIES:{}", due.kind.as_str()));
        line(&mut out, "TRANSP:TRANSPARENT");
        line(&mut out, "END:VEVENT");
    }
    if agenda.due.is_empty() {
        nothing(&mut out);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// A calendar must have some component (RFC 5545, 3.6): a time zone adds nothing to anybody's.
fn nothing(out: &mut String) {
    for row in [
        "BEGIN:VTIMEZONE",
        "TZID:UTC",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0000",
        "END:STANDARD",
        "END:VTIMEZONE",
    ] {
        line(out, row);
    }
}

/// `nato` of `assessments/nato.assess`
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".assess").unwrap_or(name)
}

/// A text as a value (RFC 5545, 3.3.11); control characters have no place in one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            // What turns the reading direction stays visible, and turns nothing.
            c if visible(c) != c => out.push(visible(c)),
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, folded between characters where it is too long.
fn line(out: &mut String, text: &str) {
    let mut used = 0;
    for c in text.chars() {
        if used + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}
