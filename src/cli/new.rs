//! `assess new`: a first file for a new question.
//!
//! In: a name and what is known already. Out: a file that was not there before. The clock is read
//! here alone, and only where no `--as-of` is given: the file then states that day for good.

use super::files::{self, Stdin};
use super::{Status, Streams, write};
use crate::diag::Severity;
use crate::limits;
use crate::lint::{Config, Found, Policy, Selection};
use crate::project::{FileSystem, Loader, Project};
use crate::render::text;
use crate::starter::{self, Planned, Starter};
use crate::text::shell::word;
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};

/// Create a first file for a new question, with prompts for what to fill in
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess new ferry
  assess new \"Will the ferry run?\"
  assess new ferry --question \"Will the ferry run?\" --as-of 2025-03-01
  assess new nato --horizons \"0-6 months, 6-18 months, 18+ months\"
  assess new ferry --horizons \"june: until 2026-06-30, autumn: until 2026-09-30\"
  assess new nato --outcomes \"presence, less: Fewer troops, final exit\"
  assess new nato --from note.txt      its paragraphs become sections")]
pub(super) struct Args {
    /// File to create, with or without `.assess`, or the question itself, which names the file;
    /// existing files are not overwritten
    #[arg(value_name = "NAME")]
    name: PathBuf,

    /// The question [default: made from the name]
    #[arg(long, value_name = "TEXT")]
    question: Option<String>,

    /// Name of the author
    #[arg(long, value_name = "NAME")]
    author: Option<String>,

    /// Horizons, comma-separated, each named with `NAME:` before it if wanted
    /// [default: 0-6 months, 6-18 months, 18+ months]
    #[arg(long, value_name = "LIST", value_parser = starter::horizons)]
    horizons: Option<List>,

    /// Outcomes, comma-separated, as names or titles, with `final` before those that cannot be undone
    #[arg(long, value_name = "LIST", value_parser = starter::outcomes)]
    outcomes: Option<List>,

    /// Start from this note, in plain text or Markdown; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,

    /// Date of the assessment, as 2025-03-01 [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = super::asked::day)]
    as_of: Option<Date>,
}

/// A file's name out of a question has at most so many characters.
const NAME: usize = 60;

/// What one argument lists: clap would take a bare `Vec` for repeated arguments.
type List = Vec<Planned>;

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let asked = asked(&args.name);
    let path = match &asked {
        Some((folder, question)) => folder.join(format!("{}.assess", named_after(question))),
        None => with_extension(&args.name),
    };
    let shown = path.display().to_string();
    if path.symlink_metadata().is_ok() {
        return Ok(streams.fail(&format!(
            "`{shown}` is there already, and is left as it is; choose another name"
        )));
    }
    let passages = match &args.from {
        None => Vec::new(),
        Some(note) => match read(note, streams) {
            Ok(text) => starter::passages(&text),
            Err(message) => return Ok(streams.fail(&message)),
        },
    };
    let starter = Starter {
        question: args
            .question
            .clone()
            .or(asked.map(|(_, question)| question))
            .unwrap_or_else(|| question(&path)),
        author: args.author.clone(),
        as_of: args.as_of.unwrap_or_else(super::asked::today),
        horizons: args
            .horizons
            .clone()
            .unwrap_or_else(starter::default_horizons),
        outcomes: args
            .outcomes
            .clone()
            .unwrap_or_else(starter::default_outcomes),
        passages,
    };
    let horizon = |name: &str| starter.horizons.iter().any(|h| h.name == name);
    if let Some(taken) = starter.outcomes.iter().find(|o| horizon(&o.name)) {
        let name = &taken.name;
        return Ok(streams.fail(&format!(
            "an outcome and a horizon are both called `{name}`; `OTHER_NAME: {}` gives the outcome another",
            taken.title
        )));
    }
    let text = starter::write(&starter);
    let name = shown.replace('\\', "/");
    let policy = Policy::new(&Config::default(), &Selection::default());
    let mut found = Found::of(Project::from_text(&name, &text), &policy).checked;
    found.diagnostics.retain(|d| d.severity == Severity::Error);
    if !found.diagnostics.is_empty() {
        // Horizons that overlap, for instance: only the whole file shows it.
        let report = text::report(&[found], streams.error_look);
        streams.say(&report);
        return Ok(streams.fail(&format!("`{shown}` is not written")));
    }
    if let Err(error) = write::create(&path, text.as_bytes()) {
        let message = match error.kind() {
            io::ErrorKind::AlreadyExists => {
                format!("`{shown}` is there already, and is left as it is; choose another name")
            }
            _ => format!("`{shown}` cannot be written: {error}"),
        };
        return Ok(streams.fail(&message));
    }
    let sections = match starter.passages.len() {
        0 => String::new(),
        1 => ", with a paragraph of the note to be encoded".to_owned(),
        n => format!(", with {n} paragraphs of the note to be encoded"),
    };
    let file = word(&shown);
    streams.print(&format!(
        "wrote {shown}{sections}\n\
         next: answer the questions in it; `assess check {file}` and `assess eval {file}` work at once\n"
    ))?;
    Ok(Status::Done)
}

/// The question, where that was given for a name, and the folder that stood before it.
fn asked(name: &Path) -> Option<(PathBuf, String)> {
    let folder = name.parent().filter(|folder| folder.is_dir());
    let text = match folder {
        Some(_) => name.file_name()?.to_str()?,
        None => name.to_str()?,
    };
    let text = text.trim();
    let asks = text.ends_with('?') && text.contains(char::is_whitespace);
    asks.then(|| (folder.unwrap_or(Path::new("")).to_owned(), text.to_owned()))
}

/// A file's name out of a question: `will-the-ferry-run`.
fn named_after(question: &str) -> String {
    let words = question.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let mut name = words.join("-");
    if let Some((end, _)) = name.char_indices().nth(NAME) {
        name.truncate(name[..end].rfind('-').unwrap_or(end));
    }
    match name.is_empty() {
        true => "question".to_owned(),
        false => name,
    }
}

/// `ferry` as `ferry.assess`; a name with a full stop keeps all of it.
fn with_extension(name: &Path) -> PathBuf {
    if name.extension().is_some_and(|e| e == "assess") {
        return name.to_path_buf();
    }
    let mut whole = name.as_os_str().to_owned();
    whole.push(".assess");
    PathBuf::from(whole)
}

/// A question out of a file's name, to be replaced.
fn question(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let words: Vec<&str> = stem.split(['_', '-', '.', ' ']).collect();
    format!("What will come of {}?", words.join(" ").trim())
}

fn read(note: &Path, streams: &mut Streams<'_>) -> Result<String, String> {
    let read = match Stdin::among(&[note], streams, None)? {
        Some(stdin) => stdin.read(stdin.path()),
        None => FileSystem.read(note),
    };
    let bytes = read.map_err(|error| files::unreadable(note, &error))?;
    let name = note.display();
    if bytes.len() > limits::NOTE_BYTES {
        let limit = limits::NOTE_BYTES / 1_000;
        return Err(format!(
            "`{name}` is too large for a note: at most {limit} kB are taken"
        ));
    }
    String::from_utf8(bytes)
        .map_err(|_| format!("`{name}` is not UTF-8 text; save the note as plain text or Markdown"))
}
