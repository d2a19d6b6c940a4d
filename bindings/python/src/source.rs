//! Where a file and all that it uses comes from: the disk, or texts by name.

use crate::{Told, refused, told};
use assess::diag::Severity;
use assess::project::{FileSystem, Memory, Project};
use assess::resolve::assessment::Assessment;
use assess::resolve::resolve;
use assess::workspace::{Asking, Workspace};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// A file, on disk or among texts.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) texts: Option<BTreeMap<String, String>>,
}

impl Source {
    fn project(&self) -> Result<Project, Told> {
        let path = Path::new(&self.name);
        let project = match &self.texts {
            None => Project::load(&FileSystem, path),
            Some(texts) => {
                let texts = texts.iter().map(|(n, t)| (n.as_str(), t.as_str()));
                Project::load(&Memory::new(texts), path)
            }
        };
        project.map_err(|_| self.refusal())
    }

    /// What it says.
    pub(crate) fn assessment(&self) -> Result<(Project, Assessment), Told> {
        let project = self.project()?;
        let has_problems = project.problems().any(|d| d.severity == Severity::Error);
        let found = resolve(&project);
        match found
            .assessment
            .filter(|_| !has_problems && !found.diagnostics.has_errors())
        {
            Some(assessment) => Ok((project, assessment)),
            None => Err(self.refusal()),
        }
    }

    /// Why it has no verdict, as `evaluate` says it.
    fn refusal(&self) -> Told {
        let mut files = match self.texts {
            None => Workspace::new(),
            Some(_) => Workspace::in_memory(),
        };
        for (name, text) in self.texts.iter().flatten() {
            if let Err(error) = files.open(name, text) {
                return told(&error);
            }
        }
        match files.evaluate(&self.name, &Asking::default()) {
            Err(error) => told(&error),
            Ok(_) => refused("the file has no verdict"),
        }
    }

    /// The file and all that it uses as texts, to go elsewhere.
    pub(crate) fn portable(&self) -> Result<(String, BTreeMap<String, String>), Told> {
        if let Some(texts) = &self.texts {
            return Ok((self.name.clone(), texts.clone()));
        }
        let project = self.project()?;
        let path = |path: &Path| {
            // One top for all, so that `../` leads to the same file there.
            let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            let parts = path
                .components()
                .filter(|c| matches!(c, Component::Normal(_)));
            let path: PathBuf = parts.collect();
            path.to_string_lossy().replace('\\', "/")
        };
        let texts = project.sources.iter().zip(&project.paths);
        let texts = texts.map(|((_, source), from)| (path(from), source.text.to_string()));
        let texts: BTreeMap<String, String> = texts.collect();
        let first = project.paths.first().map(|p| path(p)).unwrap_or_default();
        Ok((first, texts))
    }
}
