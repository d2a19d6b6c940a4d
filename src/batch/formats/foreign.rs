//! What people have for tables, and this tool does not read or write.
//!
//! In: a file's first bytes, or its ending. Out: what it is, and what to do about it. A spreadsheet that is read as CSV
//! would be one odd heading, and CSV under a spreadsheet's name a file that nothing opens.

use std::path::Path;

/// A kind of files that are no tables here.
#[derive(Debug)]
pub(super) struct Foreign {
    /// What such a file is.
    title: &'static str,
    /// Endings of such files.
    endings: &'static [&'static str],
    /// The beginnings of such files, without blanks.
    begins: &'static [&'static [u8]],
    /// The program that packs it, if it is another file packed.
    packer: Option<&'static str>,
}

const fn packed(
    packer: &'static str,
    endings: &'static [&'static str],
    begins: &'static [&'static [u8]],
) -> Foreign {
    Foreign {
        title: "",
        endings,
        begins,
        packer: Some(packer),
    }
}

const fn other(
    title: &'static str,
    endings: &'static [&'static str],
    begins: &'static [&'static [u8]],
) -> Foreign {
    Foreign {
        title,
        endings,
        begins,
        packer: None,
    }
}

static ALL: [Foreign; 9] = [
    packed("gzip", &["gz", "tgz"], &[b"\x1f\x8b"]),
    packed("zstd", &["zst"], &[b"\x28\xb5\x2f\xfd"]),
    packed("bzip2", &["bz2"], &[b"BZh91AY"]),
    packed("xz", &["xz"], &[b"\xfd7zXZ"]),
    // Workbooks are archives.
    other(
        "a spreadsheet or an archive",
        &["xlsx", "xlsm", "ods", "zip"],
        &[b"PK\x03\x04"],
    ),
    other("a spreadsheet", &["xls"], &[b"\xd0\xcf\x11\xe0"]),
    other("JSON", &["json", "jsonl", "ndjson"], &[b"{\"", b"[{"]),
    other("a database", &["db", "sqlite", "duckdb"], &[b"SQLite"]),
    other(
        "a web page",
        &["html", "htm"],
        &[b"<!DOCTY", b"<!docty", b"<html", b"<HTML"],
    ),
];

impl Foreign {
    /// What a file that begins so is, where it is known and no table.
    pub(super) fn of(first: &[u8]) -> Option<&'static Foreign> {
        let dense: Vec<u8> = first
            .iter()
            .copied()
            .filter(|b| !b.is_ascii_whitespace())
            .collect();
        ALL.iter()
            .find(|f| f.begins.iter().any(|b| dense.starts_with(b)))
    }

    /// What a file of this name would be taken for.
    pub(super) fn named(path: &Path) -> Option<&'static Foreign> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        ALL.iter().find(|f| f.endings.contains(&ending.as_str()))
    }

    /// What is said of a table that is one.
    pub(super) fn read(&self, name: &str) -> String {
        match self.packer {
            Some(packer) => format!(
                "{name} is compressed with {packer}: unpack it on the way, `{packer} -dc TABLE | assess batch FILE \
                 --table -`"
            ),
            None => format!(
                "{name} is {}, and no table that `batch` reads: save its rows as CSV in UTF-8, or as Parquet",
                self.title
            ),
        }
    }

    /// What is said of an output with such a name.
    pub(super) fn written(&self, name: &str) -> String {
        match self.packer {
            Some(packer) => format!(
                "{name} is the name of a file that {packer} made, and `batch` does not compress: write to the name \
                 without that ending"
            ),
            None => format!(
                "{name} is the name of {}, which `batch` does not write: end it with `.csv`, `.parquet`, `.arrow` or \
                 `.arrows`",
                self.title
            ),
        }
    }
}
