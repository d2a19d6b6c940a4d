//! Tables, with columns as wide as what stands in them asks for.
//!
//! In: cells one by one. Out: a table whose first row is repeated on every sheet.

use std::fmt::Write;

/// The width of the text in twentieths of a point: 21 cm less the margins.
const ROOM: usize = 9298;

/// Cells so far.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<Cell>>,
    cell: Cell,
}

/// A cell: its runs, and how many characters they show.
#[derive(Default)]
struct Cell {
    xml: String,
    length: usize,
}

impl Table {
    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Adds to the cell.
    pub(super) fn push(&mut self, xml: &str, length: usize) {
        self.cell.xml.push_str(xml);
        self.cell.length += length;
    }

    pub(super) fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    pub(super) fn write(self, out: &mut String) {
        let widths = self.widths();
        out.push_str(concat!(
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="Rows"/><w:tblW w:w="5000" w:type="pct"/>"#,
            r#"<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>"#
        ));
        for width in &widths {
            let _ = write!(out, r#"<w:gridCol w:w="{width}"/>"#);
        }
        out.push_str("</w:tblGrid>");
        for (i, row) in self.rows.iter().enumerate() {
            let head = if i == 0 { "<w:tblHeader/>" } else { "" };
            let _ = write!(out, "<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>");
            for (cell, width) in row.iter().zip(&widths) {
                let _ = write!(
                    out,
                    r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>{}</w:p></w:tc>"#,
                    cell.xml
                );
            }
            out.push_str("</w:tr>");
        }
        // Two tables in a row would be one.
        out.push_str(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>"#);
    }

    /// Long texts get more room, but not all of it: a column of numbers must not break.
    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(1);
        let wants = (0..columns).map(|c| {
            let cells = self.rows.iter().filter_map(|row| row.get(c));
            cells
                .map(|cell| cell.length)
                .max()
                .unwrap_or(0)
                .clamp(10, 40)
        });
        let wants: Vec<usize> = wants.collect();
        let all: usize = wants.iter().sum();
        wants.iter().map(|want| ROOM * want / all.max(1)).collect()
    }
}
