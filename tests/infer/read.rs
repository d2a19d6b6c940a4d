//! From text to an assessment.

use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question, Verdict};
use assess::project::Project;
use assess::resolve::assessment::Assessment;
use assess::resolve::resolve;

/// The assessment of a text that has no mistake.
pub(crate) fn assessment(text: &str) -> Assessment {
    tried(text).unwrap_or_else(|problems| panic!("{problems:?} in\n{text}"))
}

/// The assessment of a text, or its mistakes.
pub(crate) fn tried(text: &str) -> Result<Assessment, Vec<String>> {
    let project = Project::from_text("test.assess", text);
    let found = resolve(&project);
    let problems = project.problems().chain(found.diagnostics.iter());
    let messages = problems.map(|d| d.message.clone()).collect();
    found.assessment.ok_or(messages)
}

/// Its verdict without intervals.
pub(crate) fn verdict(a: &Assessment) -> Verdict {
    let options = Options {
        intervals: false,
        ..Options::default()
    };
    evaluate(a, &Question::default(), &options).expect("it is small")
}
