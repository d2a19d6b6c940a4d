//! `assess diff`: what moved in the verdict, and which edit moved it.
//!
//! In: two files, or one and a revision, or what git hands to a diff driver. Out: the moves and each
//! edit's share. A side with mistakes is reported, and nothing is compared.

mod driver;
mod sides;
mod views;

use super::{Status, Streams};
use crate::cli::names;
use crate::render::attribution::{Compared, DIFF_FORMATS, DiffFormat};
use crate::render::format::pick;
use crate::render::text;
use crate::revision::{Refusal, attribute};
use sides::{Side, sides};
use std::io;
use std::path::PathBuf;

/// Show what moved in the verdict, and which edit moved it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess diff nato.assess              compare with the last commit
  assess diff nato-march.assess nato-june.assess
  assess diff nato.assess --rev HEAD~3
  assess diff nato.assess --rev v1..v2 --format markdown
  assess diff origin.assess --view fbi

A REV is any name that git accepts for a commit. The file is followed back
through its renames, and what it uses is read as it was then.")]
pub(super) struct Args {
    /// OLD and NEW, or one file to compare with a revision; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Compare with the file at this revision; A..B compares two revisions [default: HEAD, for a single file]
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    rev: Option<String>,

    /// Compare the file with one of its views, and attribute the difference to the view's clauses
    #[arg(long, value_name = "VIEW", conflicts_with_all = ["rev", "git"])]
    view: Option<String>,

    /// Act as a diff driver of git: take its arguments, and show the changed lines too
    #[arg(long, conflicts_with = "rev")]
    git: bool,

    /// Output format
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = DIFF_FORMATS[0].name,
        value_parser = names::formats(DIFF_FORMATS)
    )]
    format: String,

    /// File name for standard input: shown in messages, and the place from which its `use` paths are followed
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
}

impl Args {
    fn format(&self) -> &'static DiffFormat {
        pick(DIFF_FORMATS, &self.format)
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    if args.git {
        return driver::run(args, streams);
    }
    let found = match &args.view {
        Some(view) => match views::sides(args, view, streams) {
            Ok(found) => found,
            Err(refusal) => return Ok(refusal.say(streams)),
        },
        None => sides(args, streams),
    };
    let [old, new] = match found {
        Ok(sides) => sides,
        Err(why) => return Ok(streams.fail(&why)),
    };
    match compare(old, new) {
        Ok(compared) => {
            streams.print(&(args.format().write)(&compared, streams.look))?;
            Ok(Status::Done)
        }
        Err(refused) => Ok(refused.say(streams)),
    }
}

/// Why two sides cannot be compared: the refusal, and the side that it is about.
struct Refused(Refusal, Box<Side>);

/// Compares two sides.
fn compare(old: Side, new: Side) -> Result<Compared, Refused> {
    match attribute(&old.project, &new.project) {
        Ok(attribution) => Ok(Compared {
            attribution,
            old: old.revised(),
            new: new.revised(),
        }),
        Err(refusal) => {
            let side = match &refusal {
                Refusal::Broken(side, _) | Refusal::Shared(side) => *side,
            };
            let side = match side {
                crate::revision::Side::Old => old,
                crate::revision::Side::New => new,
            };
            Err(Refused(refusal, Box::new(side)))
        }
    }
}

impl Refused {
    /// In a sentence.
    fn why(&self) -> String {
        let label = self.1.label();
        match &self.0 {
            Refusal::Broken(_, mistakes) => {
                let mistakes = match mistakes.len() {
                    1 => "a mistake".to_owned(),
                    n => format!("{n} mistakes"),
                };
                format!("`{label}` has {mistakes}, and so no verdict to compare")
            }
            Refusal::Shared(_) => {
                format!("`{label}` is made for `use`: it has no outcomes, and so no verdict")
            }
        }
    }

    /// Says why; what the command ends with.
    fn say(&self, streams: &mut Streams<'_>) -> Status {
        if let Refusal::Broken(_, mistakes) = &self.0 {
            let look = streams.error_look;
            let report = text::render(mistakes, &self.1.project.sources, look.width, look.colour);
            streams.say(&report);
            streams.fail(&self.why());
            return Status::Found;
        }
        streams.fail(&self.why())
    }
}
