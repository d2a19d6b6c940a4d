//! Text in a drawing: how wide it is, where it breaks, and how it is written so that it stays text.
//!
//! In: anything that stands in a file. Out: lines that fit, and XML. Widths are those of Helvetica
//! and the fonts made to its measure (Arial, Liberation Sans); for other scripts they are guesses
//! on the wide side, so that what fits here fits on the page. Where a machine has none of these fonts, the
//! style sheet sets the wider ones that it has, such as DejaVu Sans, so much smaller that they fit.

use crate::text::clean;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Widths of the characters from space to tilde, in thousandths of the size.
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The same in bold.
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

/// How wide a text is when set in this size.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let table = if bold { &BOLD } else { &REGULAR };
    let of = |c: char| -> u32 {
        if let Some(place) = (c as usize).checked_sub(0x20)
            && let Some(width) = table.get(place)
        {
            return u32::from(*width);
        }
        let extra = if bold { 40 } else { 0 };
        match (c, c.width().unwrap_or(0)) {
            (_, 0) => 0,
            ('–' | '−' | '×' | '≥' | '≤', _) => 584,
            ('·' | '’' | '‘', _) => 278,
            ('\u{1f000}'.., _) => 1400,
            (_, 2) => 1050,
            ('…' | '—' | '→' | '←', _) => 1000,
            ('\u{a0}'..='\u{24f}', _) => 620 + extra,
            _ => 760 + extra,
        }
    };
    text.chars().map(|c| f64::from(of(c))).sum::<f64>() * size / 1000.0
}

/// A text cut to this width, with an ellipsis where something is left out.
pub(super) fn cut(text: &str, size: f64, bold: bool, room: f64) -> String {
    let text = clean::line(text);
    if width(&text, size, bold) <= room {
        return text.into_owned();
    }
    let room = room - width("…", size, bold);
    let mut kept = String::new();
    let mut used = 0.0;
    for part in text.graphemes(true) {
        used += width(part, size, bold);
        if used > room {
            break;
        }
        kept.push_str(part);
    }
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || c == ',' || c == ';');
    format!("{kept}…")
}

/// A text on so many lines at most, broken between words; what is left over is cut.
pub(super) fn wrap(text: &str, size: f64, bold: bool, room: f64, most: usize) -> Vec<String> {
    let text = clean::line(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut lines: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if lines.len() + 1 == most {
            lines.push(cut(&words[at..].join(" "), size, bold, room));
            break;
        }
        let mut line = words[at].to_owned();
        at += 1;
        while let Some(next) = words.get(at) {
            let longer = format!("{line} {next}");
            if width(&longer, size, bold) > room {
                break;
            }
            line = longer;
            at += 1;
        }
        lines.push(cut(&line, size, bold, room));
    }
    lines
}

/// A text as XML, on one line, without what steers a reader's screen.
pub(super) fn escape(text: &str) -> String {
    let text = clean::line(text);
    let mut out = String::with_capacity(text.len());
    let is_odd = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'' | '\u{fffe}' | '\u{ffff}');
    let mut rest = &*text;
    while let Some(at) = rest.find(is_odd) {
        out.push_str(&rest[..at]);
        let mut after = rest[at..].chars();
        out.push_str(match after.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            Some('\'') => "&#39;",
            // XML has no such characters.
            _ => "\u{fffd}",
        });
        rest = after.as_str();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{cut, escape, width, wrap};

    #[test]
    fn text_fits_or_is_cut() {
        assert!((width("ab ", 10.0, false) - 13.9).abs() < 1e-9);
        assert!(width("ab", 10.0, true) > width("ab", 10.0, false));
        assert_eq!(cut("Full exit", 10.0, false, 100.0), "Full exit");
        assert_eq!(cut("Gradual, short", 10.0, false, 50.0), "Gradual…");
        for text in [
            "Gradual disengagement",
            "Постепенный выход",
            "退出北约",
            "🇪🇺🇺🇦 flags",
        ] {
            for room in [20.0, 40.0, 80.0] {
                assert!(width(&cut(text, 12.0, true, room), 12.0, true) <= room);
            }
        }
    }

    #[test]
    fn lines_break_between_words() {
        let text = "Gradual disengagement, short of exit";
        let wrap = |most| wrap(text, 12.0, false, 130.0, most);
        assert_eq!(wrap(9), ["Gradual", "disengagement, short of", "exit"]);
        assert_eq!(wrap(2), ["Gradual", "disengagement, short…"]);
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(
            escape("<script>\u{202e}&\"'\n\u{7}\u{ffff}"),
            "&lt;script&gt;\u{fffd}&amp;&quot;&#39; ␇\u{fffd}"
        );
    }
}
