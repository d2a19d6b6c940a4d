//! What was probably meant, where the arguments are wrong.
//!
//! In: the arguments and what clap says of them. Out: its words with what is at hand: the files of
//! the folder, the names of the file, the command for a file that was named in a command's place.

use super::files::some;
use crate::project::{FileSystem, Project};
use crate::resolve::with_problems;
use crate::text::shell::word;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;
use std::path::Path;

/// How many names a hint lists.
const NAMED: usize = 12;

/// What to say instead of clap, where a file or folder stands in a command's place.
pub(super) fn instead(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(written)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    // Where a command precedes it, it is no command's place.
    let is_first = arguments
        .iter()
        .skip(1)
        .find(|a| !a.as_encoded_bytes().starts_with(b"-"));
    if is_first.is_none_or(|first| first != written.as_str()) {
        return None;
    }
    let path = Path::new(written);
    if path.is_dir() {
        return Some(format!(
            "`{written}` is a folder; a command comes first: `assess check {}`",
            word(written)
        ));
    }
    let whole = format!("{written}.assess");
    let file = match () {
        () if path.is_file() || written.ends_with(".assess") => written,
        () if Path::new(&whole).is_file() => &whole,
        () => return None,
    };
    let file = word(file);
    Some(format!(
        "`{written}` is no command; a command comes first: `assess eval {file}` shows its verdict, \
         `assess check {file}` what is wrong with it"
    ))
}

/// What is at hand for an argument that is missing.
pub(super) fn at_hand(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let unknown = error.get(ContextKind::InvalidArg)?.to_string();
            let is_eval = arguments.iter().any(|a| a == "eval");
            (is_eval && ["-o", "--output"].contains(&unknown.as_str())).then(|| {
                "`eval` writes to standard output: add `--format` and send it on with `>`. A file that \
                 shows the verdict is made by `assess report FILE -o OUT`, where OUT ends in `.html`, \
                 `.docx`, `.md` or `.json`; with `--chart outcomes` in `.svg`"
                    .to_owned()
            })
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = error.get(ContextKind::InvalidArg)?.to_string();
            let wants_file = ["FILE", "PATH"].iter().any(|name| missing.contains(name));
            let here = some(Path::new(".")).filter(|_| wants_file)?;
            Some(format!("files of this folder: {here}"))
        }
        ErrorKind::InvalidValue => {
            let Some(ContextValue::String(value)) = error.get(ContextKind::InvalidValue) else {
                return None;
            };
            let option = error.get(ContextKind::InvalidArg)?.to_string();
            let option = option.split(' ').next()?;
            value.is_empty().then(|| names(option, arguments)).flatten()
        }
        _ => None,
    }
}

/// The names that an option takes, from the file that the arguments name.
fn names(option: &str, arguments: &[OsString]) -> Option<String> {
    let is_file = |path: &&Path| path.extension().is_some_and(|e| e == "assess");
    let path = arguments.iter().map(Path::new).find(is_file)?;
    let project = Project::load(&FileSystem, path).ok()?;
    let assessment = with_problems(&project).assessment?;
    let of = |kinds: &[&str]| -> Vec<&str> {
        let drivers = assessment.drivers.iter();
        let of_kind = drivers.filter(|(_, d)| kinds.contains(&d.kind().as_str()));
        of_kind.map(|(id, _)| assessment.drivers.name(id)).collect()
    };
    let (what, names) = match option {
        "--outcome" => ("outcomes", assessment.outcomes.names().collect::<Vec<_>>()),
        "--horizon" => ("horizons", assessment.horizons.names().collect()),
        "--under" => ("scenarios", assessment.scenarios.names().collect()),
        "--set" | "--given" => ("events and assumptions", of(&["event", "assumption"])),
        _ => return None,
    };
    let shown: Vec<String> = names.iter().take(NAMED).map(|n| format!("`{n}`")).collect();
    let more = match names.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let path = path.display();
    (!shown.is_empty()).then(|| format!("{what} of `{path}`: {}{more}", shown.join(", ")))
}
