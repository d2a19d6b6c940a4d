//! Whose reports they are: the organisation and its logo, from `[report]` of `assess.toml`.
//!
//! In: the configuration and its folder. Out: a [`House`], with the logo as an address that holds the
//! whole picture; or why it cannot be read. Only pictures below that folder are read, and only as
//! pictures, in which nothing runs and nothing is loaded.

use crate::lint::config::ReportConfig;
use crate::project::Loader;
use crate::render::base64;
use crate::render::report::view::House;
use std::io;
use std::path::{Component, Path};

/// A page grows by a third more.
const LARGEST: usize = 100_000;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Reads it.
///
/// # Errors
///
/// Why the logo cannot be used, in a sentence.
pub(crate) fn read(
    loader: &dyn Loader,
    (config, folder): (&ReportConfig, &Path),
) -> Result<House, String> {
    let logo = config.logo.as_ref();
    let logo = logo.map(|name| {
        picture(loader, folder, name)
            .map_err(|why| format!("the logo `{name}` of `[report]` {why}"))
    });
    Ok(House {
        organisation: config.organisation.clone(),
        logo: logo.transpose()?,
    })
}

fn picture(loader: &dyn Loader, folder: &Path, name: &str) -> Result<String, String> {
    let path = Path::new(name);
    let is_below = path.components().all(|c| matches!(c, Component::Normal(_)));
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::IsADirectory => "is not a file".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    let real = |path: &Path| loader.canonical(path).map_err(failed);
    // A link may lead anywhere.
    if !is_below || !real(&folder.join(path))?.starts_with(real(folder)?) {
        return Err("must lie below the folder of `assess.toml`".to_owned());
    }
    let bytes = loader.read(&folder.join(path)).map_err(failed)?;
    if bytes.len() > LARGEST {
        return Err(format!("is larger than {} kB", LARGEST / 1000));
    }
    let sort = if bytes.starts_with(PNG) {
        "png"
    } else if is_svg(&bytes) {
        "svg+xml"
    } else {
        return Err("is neither a PNG nor an SVG".to_owned());
    };
    Ok(format!(
        "data:image/{sort};base64,{}",
        base64::encode(&bytes)
    ))
}

/// Whether the first element is `svg`.
fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            r if r.starts_with("<?") => "?>",
            r if r.starts_with("<!--") => "-->",
            r if r.starts_with("<!") => ">",
            r => {
                let name = r.strip_prefix("<svg");
                return name.is_some_and(|n| n.starts_with([' ', '>', '\n', '\t', '\r']));
            }
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after.trim_start(),
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::FileSystem;
    use std::fs;

    #[test]
    fn only_small_pictures_below_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("root");
        fs::create_dir_all(root.join("images")).expect("a folder");
        let write = |name: &str, bytes: &[u8]| fs::write(root.join(name), bytes).expect("a file");
        write(
            "images/a.svg",
            b"<?xml version='1.0'?><!-- a --><svg xmlns='b'/>",
        );
        write("a.png", b"\x89PNG\r\n\x1a\nrest");
        write("a.html", b"<html><svg></svg>");
        write(
            "large.svg",
            &[b"<svg ".to_vec(), vec![b' '; 100_000]].concat(),
        );
        fs::write(folder.path().join("out.svg"), "<svg/>").expect("a file");
        let logo = |name: &str| picture(&FileSystem, &root, name);
        assert_eq!(
            logo("a.png").as_deref(),
            Ok("data:image/png;base64,iVBORw0KGgpyZXN0")
        );
        assert!(logo("images/a.svg").is_ok_and(|l| l.starts_with("data:image/svg+xml;base64,")));
        for (name, why) in [
            ("../out.svg", "below the folder"),
            ("/etc/hosts", "below the folder"),
            ("a.html", "neither"),
            ("large.svg", "larger than 100 kB"),
            ("none.svg", "cannot be read"),
            ("images", "is not a file"),
        ] {
            let found = logo(name).expect_err(name);
            assert!(found.contains(why), "{name}: {found}");
        }
        #[cfg(unix)]
        {
            let link = root.join("link.svg");
            std::os::unix::fs::symlink(folder.path().join("out.svg"), link).expect("a link");
            assert!(logo("link.svg").is_err());
        }
    }
}
