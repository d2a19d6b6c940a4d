//! `assess report FOLDER -o SITE`: an index and a page for each file.
//!
//! In: a folder of files and the pages of the run before. Out: pages, made anew only where something
//! that they rest on has changed, and written only where they differ. What `assess` has not made is
//! neither overwritten nor deleted.

mod known;

use super::super::check::configs::Configs;
use super::super::eval::Refusal;
use super::super::{Status, Streams, files, progress, score, write};
use super::Args;
use crate::agenda::agenda;
use crate::lint::Policy;
use crate::lint::config::ReportConfig;
use crate::project::{self, FileSystem, Loader, Project};
use crate::render::report::html::record::page;
use crate::render::report::html::site::{self as html, Broken};
use crate::render::report::view::site;
use crate::render::report::view::site::{About, Entry, Link, Links, Manifest, address, hash};
use crate::render::score::Record;
use crate::text::lang::Lang;
use crate::text::source::without_mark;
use crate::workspace::house;
use known::Known;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;

/// What is kept between runs stands here, in the folder of the pages.
const MANIFEST: &str = ".assess-site.json";
const VERSION: u32 = 1;
const INDEX: &str = "index.html";

/// Pages that are made before they are written, so that not all of them are kept at once.
const AT_ONCE: usize = 32;

/// One file and what its page is made of.
struct Item<'a> {
    path: PathBuf,
    policy: &'a Policy,
    house: (&'a ReportConfig, &'a Path),
    /// As seen from the folder.
    file: String,
    page: String,
    links: Links,
    key: String,
}

/// A file with what holds for its folder.
type Read<'a> = (Known, PathBuf, &'a Policy, (&'a ReportConfig, &'a Path));

/// A page: what the index shows of it, and its text, where it had to be made; or the file and why it has none.
type Made = Result<(Entry, Option<String>), (String, Refusal)>;

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let folder = &args.file;
    let Some(out) = &args.output else {
        return Ok(streams.fail("a folder needs somewhere to write its pages: add `-o site`"));
    };
    let is_page = args.format.as_deref().is_none_or(|name| name == "html");
    let of_one = args.under.is_some() || !args.with.is_empty() || args.vague.is_some();
    if !is_page || args.drawn.is_asked() || of_one {
        let why = "of a folder pages are made: `--format`, `--chart`, `--under`, `--with` and \
                   `--vague` take a file";
        return Ok(streams.fail(why));
    }
    if let Some(name) = super::taken::names(&args.without).first() {
        let why = format!(
            "`--without {name}`: of a folder only sections are left out: {}",
            super::taken::all()
        );
        return Ok(streams.fail(&why));
    }
    let found = files::find(std::slice::from_ref(folder));
    let mut status = Status::Done;
    for problem in &found.problems {
        status = streams.fail(problem);
    }
    let (mut configs, policies) =
        Configs::of(&found.paths, args.config.as_deref(), &args.selection());
    let shown = streams.terminals.error;
    configs.read_records(shown);
    if configs.are_broken() {
        return Ok(configs.say(streams));
    }
    // One track record: that of the first file's folder.
    let history = policies.first().and_then(|&first| configs.history(first));
    let record = match history.map(|history| score::record_of(history, shown)) {
        Some(Ok(mut record)) => {
            let config = policies.first().map(|&first| configs.house(first).0.lang);
            let asked = args.lang.as_deref().and_then(Lang::find);
            record.lang = asked.or(config.flatten()).unwrap_or_default();
            Some(record_page(&record))
        }
        Some(Err(why)) => {
            status = streams.fail(&format!("`[score] history`: {why}"));
            None
        }
        None => None,
    };
    let loaded = progress::map(&found.paths, "reading", shown, |path| Known::read(path));
    let mut read = Vec::new();
    for ((path, policy), project) in found.paths.into_iter().zip(policies).zip(loaded) {
        match project {
            Ok(project) => {
                read.push((project, path, configs.policy(policy), configs.house(policy)))
            }
            Err(error) => status = streams.fail(&files::unreadable(&path, &error)),
        }
    }
    let items = items(args, folder, read);
    let before = Before::read(out);
    let mut site = Site {
        out,
        before: &before,
        entries: Vec::new(),
        broken: Vec::new(),
        written: 0,
        problems: Vec::new(),
        index_is_ours: !before.manifest.index.is_empty(),
        announced: Vec::new(),
    };
    site.announce(record.iter());
    let mut refused = Vec::new();
    let mut made: Vec<Made> = Vec::new();
    for items in items.chunks(AT_ONCE).chain([&items[..0]]) {
        // Until a page lies on the disk takes long, in which the next ones are made.
        let ready = std::mem::take(&mut made);
        made = thread::scope(|scope| {
            let writer = scope.spawn(|| site.put_all(ready));
            let made = progress::map(items, "making pages", shown, |item| {
                make(args, item, &before, out)
            });
            match writer.join() {
                Ok(more) => refused.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
            made
        });
    }
    for (file, refusal) in refused {
        status = status.max(refusal.say(streams));
        site.broken.push(Broken {
            mistakes: refusal.mistakes(),
            file,
        });
    }
    if let Some((entry, text)) = record {
        site.put(entry, text.as_deref());
    }
    let removed = site.clean();
    let pages = site.finish(&title(folder));
    for problem in &site.problems {
        status = streams.fail(problem);
    }
    let pages = match pages {
        1 => "1 page".to_owned(),
        n => format!("{n} pages"),
    };
    let removed = match removed {
        0 => String::new(),
        n => format!(", {n} removed"),
    };
    let (written, index) = (site.written, out.join(INDEX));
    let index = index.display();
    streams.print(&format!("{index}: {pages}, {written} written{removed}\n"))?;
    Ok(status)
}

/// The page of the track record; it belongs to no file.
fn record_page(record: &Record) -> (Entry, Option<String>) {
    let links = Links {
        index: INDEX.to_owned(),
        ..Links::default()
    };
    let text = page(record, Some(&links));
    let entry = Entry {
        page: site::RECORD.to_owned(),
        hash: hash(text.as_bytes()),
        ..Entry::default()
    };
    (entry, Some(text))
}

/// Every file with its page, what leads from there to others, and all that it rests on.
fn items<'a>(args: &Args, folder: &Path, read: Vec<Read<'a>>) -> Vec<Item<'a>> {
    let below = |path: &Path| {
        let below = path.strip_prefix(folder).unwrap_or(path);
        project::name_of(below)
    };
    let names: Vec<String> = read.iter().map(|(_, path, ..)| below(path)).collect();
    let pages = site::pages(&names);
    let places: BTreeMap<&Path, usize> = read
        .iter()
        .enumerate()
        .filter_map(|(i, (known, ..))| Some((known.path.as_deref()?, i)))
        .collect();
    let uses: Vec<BTreeSet<usize>> = read
        .iter()
        .map(|(known, ..)| {
            let paths = known.uses.iter();
            paths
                .filter_map(|path| places.get(path.as_path()).copied())
                .collect()
        })
        .collect();
    let links = |i: usize| {
        let link = |to: usize| Link {
            file: names[to].clone(),
            href: address(&pages[i], &pages[to]),
        };
        let users = (0..uses.len()).filter(|&user| uses[user].contains(&i));
        Links {
            index: address(&pages[i], INDEX),
            uses: uses[i].iter().copied().map(link).collect(),
            used_by: users.map(link).collect(),
        }
    };
    let links: Vec<Links> = (0..read.len()).map(links).collect();
    let all = read.into_iter().zip(names).zip(pages).zip(links);
    all.map(|((((known, path, policy, house), file), page), links)| {
        let mut item = Item {
            path,
            policy,
            house,
            file,
            page,
            links,
            key: String::new(),
        };
        item.key = item.key(args, &known);
        item
    })
    .collect()
}

impl Item<'_> {
    /// All that decides what stands on the page.
    fn key(&self, args: &Args, known: &Known) -> String {
        let asked = format!(
            "{:?} {} {:?} {:?} {:?} {:?}",
            args.draws,
            args.seed,
            self.links,
            args.shape(),
            args.lang,
            house::read(&FileSystem, self.house)
        );
        let mut parts = vec![
            env!("CARGO_PKG_VERSION").to_owned(),
            html::fingerprint(),
            self.policy.fingerprint(),
            asked,
            self.page.clone(),
        ];
        parts.extend(known.texts.iter().cloned());
        hash(parts.join("\0").as_bytes())
    }

    fn entry(&self, about: Option<About>, text: &str) -> Entry {
        Entry {
            file: self.file.clone(),
            page: self.page.clone(),
            key: self.key.clone(),
            hash: hash(text.as_bytes()),
            about,
        }
    }
}

/// What the run before has left.
struct Before {
    manifest: Manifest,
}

impl Before {
    fn read(out: &Path) -> Before {
        let text = FileSystem.read(&out.join(MANIFEST)).ok();
        let manifest = text.and_then(|text| {
            let text = String::from_utf8(text).ok()?;
            serde_json::from_str::<Manifest>(without_mark(&text)).ok()
        });
        let manifest = manifest
            .filter(|m| m.version == VERSION)
            .unwrap_or_default();
        Before { manifest }
    }

    fn page(&self, page: &str) -> Option<&Entry> {
        self.manifest.pages.iter().find(|entry| entry.page == page)
    }
}

/// A page as it was, where nothing has changed, or made anew.
fn make(args: &Args, item: &Item<'_>, before: &Before, out: &Path) -> Made {
    page_of(args, item, before, out).map_err(|refusal| (item.file.clone(), refusal))
}

fn page_of(
    args: &Args,
    item: &Item<'_>,
    before: &Before,
    out: &Path,
) -> Result<(Entry, Option<String>), Refusal> {
    if let Some(entry) = before.page(&item.page)
        && entry.key == item.key
        && FileSystem
            .read(&out.join(&item.page))
            .is_ok_and(|text| hash(&text) == entry.hash)
    {
        return Ok((entry.clone(), None));
    }
    let project = Project::load(&FileSystem, &item.path);
    let project = project.map_err(|e| Refusal::Unreadable(files::unreadable(&item.path, &e)))?;
    let Some(assessment) = super::sound(&project).map_err(Refusal::from)? else {
        let files = crate::render::report::view::files(&project.sources, &project.files);
        let text = html::shared(&files, &item.links);
        return Ok((item.entry(None, &text), Some(text)));
    };
    let house = house::read(&FileSystem, item.house).map_err(Refusal::Unreadable)?;
    let to = super::Reader {
        house: &house,
        lang: args.lang(&assessment, item.house.0),
        shown: false,
    };
    let findings = crate::lint::check(&project, item.policy).diagnostics;
    let read = super::Read {
        sources: project.sources.clone(),
        files: &project.files,
        findings: &findings,
    };
    let report = super::report(read, super::Taken::as_is(assessment), args, &to)?;
    let due = agenda(&project, item.policy).unwrap_or_default();
    let text = html::linked(&report, &args.shape(), &item.links);
    let about = About::of(&report, &due, item.policy.settings.today);
    Ok((item.entry(Some(about), &text), Some(text)))
}

/// The folder of pages, as it comes to be.
struct Site<'a> {
    out: &'a Path,
    before: &'a Before,
    entries: Vec<Entry>,
    broken: Vec<Broken>,
    written: usize,
    problems: Vec<String>,
    /// Whether the index may be overwritten.
    index_is_ours: bool,
    /// The pages that were said to be ours in this run.
    announced: Vec<Entry>,
}

impl Site<'_> {
    /// Says of each page that is to come that it is ours, before any is written: a run that is killed
    /// leaves pages that the next one takes for its own. What others have put in a page's place is
    /// not said to be ours.
    fn announce<'m>(&mut self, made: impl Iterator<Item = &'m (Entry, Option<String>)>) {
        for old in &self.before.manifest.pages {
            let path = self.out.join(&old.page);
            if let Some(folder) = path.parent().filter(|_| self.is_below(&path)) {
                write::clean_once(folder);
            }
        }
        let is_free = |name: &str| fs::symlink_metadata(self.out.join(name)).is_err();
        let mut pages = self.before.manifest.pages.clone();
        let known: BTreeSet<&str> = pages.iter().map(|e| e.page.as_str()).collect();
        let new = made.filter(|(entry, text)| {
            text.is_some() && !known.contains(entry.page.as_str()) && is_free(&entry.page)
        });
        let new: Vec<Entry> = new
            .map(|(entry, _)| Entry {
                page: entry.page.clone(),
                hash: entry.hash.clone(),
                // Whatever stands there then has to be made anew.
                ..Entry::default()
            })
            .collect();
        let mut index = self.before.manifest.index.clone();
        if index.is_empty() && is_free(INDEX) {
            index = hash(b"");
        }
        let told = !self.announced.is_empty() || index == self.before.manifest.index;
        if new.is_empty() && told {
            return;
        }
        self.announced.extend(new);
        pages.extend(self.announced.iter().cloned());
        self.index_is_ours = !index.is_empty();
        self.keep(index, pages);
    }

    /// Writes down what is ours.
    fn keep(&mut self, index: String, pages: Vec<Entry>) {
        let manifest = Manifest {
            version: VERSION,
            index,
            pages,
        };
        let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        text.push('\n');
        let written = self.written;
        self.write(MANIFEST, &text, true);
        self.written = written;
    }

    /// Puts pages in place; of which files there are none, and why.
    fn put_all(&mut self, made: Vec<Made>) -> Vec<(String, Refusal)> {
        self.announce(made.iter().flatten());
        let mut refused = Vec::new();
        for made in made {
            match made {
                // A copy that is made here lies beside the others, and not among all that its page took.
                Ok((entry, text)) => self.put(entry.clone(), text.as_deref()),
                Err(why) => refused.push(why),
            }
        }
        refused
    }

    /// Puts a page in place; one that is not ours stays.
    fn put(&mut self, entry: Entry, text: Option<&str>) {
        let is_ours = self.before.page(&entry.page).is_some();
        let is_there = match text {
            Some(text) => self.write(&entry.page, text, is_ours),
            None => true,
        };
        if is_there {
            self.entries.push(entry);
        }
    }

    /// Writes a text unless it stands there already; whether it does now.
    fn write(&mut self, name: &str, text: &str, is_ours: bool) -> bool {
        let path = self.out.join(name);
        let shown = path.display().to_string();
        if !self.is_below(&path) {
            let what = "is not in the folder of pages: a link leads elsewhere";
            self.problems.push(format!("`{shown}` {what}"));
            return false;
        }
        match FileSystem.read(&path) {
            Ok(old) if old == text.as_bytes() && !path.is_symlink() => return true,
            Ok(_) if !is_ours => {
                let what = "is there and was not made by `assess report`; it is left as it is";
                self.problems.push(format!("`{shown}` {what}"));
                return false;
            }
            _ => {}
        }
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        match made.and_then(|()| write::atomically(&path, text.as_bytes())) {
            Ok(()) => {
                self.written += 1;
                true
            }
            Err(error) => {
                self.problems
                    .push(format!("`{shown}` cannot be written: {error}"));
                false
            }
        }
    }

    /// Whether a page lies in the folder of pages, so that no folder on its way is a link elsewhere.
    fn is_below(&self, path: &Path) -> bool {
        let there = path.ancestors().skip(1).find_map(|f| f.canonicalize().ok());
        let out = self.out.canonicalize();
        // Before the first page there is no such folder yet.
        out.map_or(true, |out| {
            there.is_some_and(|there| there.starts_with(out))
        })
    }

    /// Deletes the pages of files that are no more; how many. What was changed since stays.
    fn clean(&mut self) -> usize {
        let mut removed = 0;
        let kept: BTreeSet<&str> = self.entries.iter().map(|e| e.page.as_str()).collect();
        for old in &self.before.manifest.pages {
            let page = Path::new(&old.page);
            let is_below = page.components().all(|c| matches!(c, Component::Normal(_)));
            let path = self.out.join(page);
            if kept.contains(old.page.as_str()) || !is_below || !path.is_file() {
                continue;
            }
            let shown = path.display();
            if !self.is_below(&path) {
                continue;
            }
            if !FileSystem
                .read(&path)
                .is_ok_and(|text| hash(&text) == old.hash)
            {
                let why = "belongs to no file any more, but was changed: it is left as it is";
                self.problems.push(format!("`{shown}` {why}"));
            } else if let Err(error) = fs::remove_file(&path) {
                self.problems
                    .push(format!("`{shown}` cannot be deleted: {error}"));
            } else {
                removed += 1;
            }
        }
        removed
    }

    /// The index, and what is kept for the next run; how many pages there are.
    fn finish(&mut self, title: &str) -> usize {
        let entries: Arc<[Entry]> = std::mem::take(&mut self.entries).into();
        let index = html::index(title, &entries, &self.broken);
        let is_there = self.write(INDEX, &index, self.index_is_ours);
        let index = match is_there {
            true => hash(index.as_bytes()),
            false => String::new(),
        };
        self.keep(index, entries.to_vec());
        entries.len()
    }
}

/// The folder's own name.
fn title(folder: &Path) -> String {
    let whole = folder
        .canonicalize()
        .unwrap_or_else(|_| folder.to_path_buf());
    let name = whole
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "Assessments".to_owned())
}
