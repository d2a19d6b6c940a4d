//! Rows as text: columns lined up, comments lined up, blank lines, line ends.
//!
//! In: rows. Out: the text of the file; empty where there are none.

use super::WIDTH;
use super::rows::Row;
use unicode_width::UnicodeWidthStr;

/// The text of rows.
pub(super) fn write(mut rows: Vec<Row>) -> String {
    line_up_columns(&mut rows);
    let columns = comment_columns(&rows);
    let mut out = String::new();
    for (row, column) in rows.iter().zip(columns) {
        if row.has_blank_before && !out.is_empty() {
            out.push('\n');
        }
        let line = line(row);
        out.push_str(&line);
        if let Some(comment) = &row.comment {
            let blanks = column.saturating_sub(line.width());
            out.extend(std::iter::repeat_n(' ', blanks));
            out.push_str(comment);
        }
        out.push('\n');
    }
    out
}

/// A row without its comment.
fn line(row: &Row) -> String {
    let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
    let words = cells.concat();
    let words = if row.is_text {
        words.as_str()
    } else {
        words.trim_end()
    };
    format!("{}{words}", " ".repeat(row.indent))
}

/// Pads the cells of each run of rows. A run ends with a blank line, and with any row of another
/// kind but a comment.
fn line_up_columns(rows: &mut [Row]) {
    let mut start = 0;
    while start < rows.len() {
        let Some(kind) = rows[start].run else {
            start += 1;
            continue;
        };
        let goes_on =
            |row: &&Row| !row.has_blank_before && (row.is_comment || row.run == Some(kind));
        let end = start + 1 + rows[start + 1..].iter().take_while(goes_on).count();
        pad(&mut rows[start..end]);
        start = end;
    }
}

fn pad(rows: &mut [Row]) {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut widths = vec![0; columns];
    for row in rows.iter().filter(|row| !row.is_comment) {
        let padded = row.cells.len().saturating_sub(1);
        for (width, cell) in widths.iter_mut().zip(&row.cells[..padded]) {
            *width = cell.width().max(*width);
        }
    }
    let padded = |row: &Row| -> Vec<String> {
        let last = row.cells.len().saturating_sub(1);
        let cells = row.cells.iter().enumerate().map(|(i, cell)| match i {
            i if i == last || (widths[i] == 0) => cell.clone(),
            i => format!("{cell}{}", " ".repeat(widths[i] - cell.width() + 1)),
        });
        cells.collect()
    };
    let fits = |row: &Row| row.indent + padded(row).concat().trim_end().width() <= WIDTH;
    let lined_up = rows.iter().all(|row| row.is_comment || fits(row));
    for row in rows.iter_mut().filter(|row| !row.is_comment) {
        row.cells = if lined_up {
            padded(row)
        } else {
            let cells = row.cells.iter().filter(|cell| !cell.is_empty());
            vec![cells.cloned().collect::<Vec<_>>().join(" ")]
        };
    }
}

/// The column of each row's comment: the same in neighbouring lines.
fn comment_columns(rows: &[Row]) -> Vec<usize> {
    let mut columns = vec![0; rows.len()];
    let mut start = 0;
    while start < rows.len() {
        let goes_on = |row: &&Row| !row.has_blank_before && row.comment.is_some();
        let end = start + 1 + rows[start + 1..].iter().take_while(goes_on).count();
        let run = &rows[start..end];
        let commented = run.iter().filter(|row| row.comment.is_some());
        let widest = commented.map(|row| line(row).width()).max().unwrap_or(0);
        columns[start..end].fill(widest + 2);
        start = end;
    }
    columns
}
