//! Addresses of files, there and back.

use crate::text::clean::{encoded, is_of_path};
use std::path::{Path, PathBuf};

/// The path of a `file:` address; of another, such as that of a text that was never saved, a path by
/// which it is known here alone.
pub(super) fn path(uri: &str) -> PathBuf {
    let Some(rest) = uri.strip_prefix("file://") else {
        return PathBuf::from(encoded(uri, |b| is_of_path(b) && b != b'/'));
    };
    // What stands before the first slash is a machine's name.
    let rest = rest.find('/').map_or(rest, |at| &rest[at..]);
    let decoded = decoded(rest);
    let bytes = decoded.as_bytes();
    // `/C:/a` is `C:/a`.
    let has_drive = bytes.len() > 2 && bytes[1].is_ascii_alphabetic() && bytes[2] == b':';
    PathBuf::from(if has_drive { &decoded[1..] } else { &decoded })
}

/// Whether an address is that of a file.
pub(super) fn is_file(uri: &str) -> bool {
    uri.starts_with("file://")
}

/// The address of a path.
pub(super) fn uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let root = if text.starts_with('/') { "" } else { "/" };
    format!(
        "file://{root}{}",
        encoded(&text, |b| is_of_path(b) || b == b':')
    )
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3);
        let code = code.and_then(|c| u8::from_str_radix(c, 16).ok());
        match (bytes[at], code) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_there_and_back() {
        for name in ["/a/b c.assess", "/é/ü#?.assess", "/a%b.assess"] {
            assert_eq!(path(&uri(Path::new(name))), Path::new(name));
        }
        assert_eq!(path("file:///c%3A/a.assess"), Path::new("c:/a.assess"));
        assert_eq!(path("file://%"), Path::new("%"));
        assert!(!is_file("untitled:Untitled-1"));
        assert_eq!(
            path("untitled:Untitled-1"),
            Path::new("untitled%3AUntitled-1")
        );
    }
}
