//! What people say of it: evaluations that cannot be, and accounts in which nobody is asked.

use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::model::Site;
use crate::parse::Document;
use crate::source::Place;
use crate::value::kind::Kind;
use crate::value::quantity;

use super::columns::stories;
use super::named::named;

/// After so many days somebody should have been asked.
const DAYS: i64 = 60;

/// Evaluations by more people than were asked, or of how many nobody knows.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    site.stories.iter().flat_map(|story| evaluations(&story.document)).collect()
}

fn evaluations(document: &Document) -> impl Iterator<Item = Diagnostic> {
    document.front.evaluations.iter().filter_map(|evaluation| {
        let satisfied = quantity::count(evaluation.satisfied.as_deref()?)?;
        let place = || document.place_of(evaluation.of("evaluations").below("satisfied"));
        match evaluation.sample.as_deref().and_then(quantity::count) {
            // What is wrong with it has been said.
            None if document.has(evaluation.of("evaluations").below("sample")) => None,
            None => {
                let key = document.spelling(evaluation.of("evaluations").below("sample"));
                Some(evaluation_unasked(place(), &satisfied.shown, key))
            }
            // Of about so many there may be more.
            Some(asked)
                if asked.is_exact && satisfied.is_exact && satisfied.people > asked.people =>
            {
                Some(evaluation_impossible(place(), satisfied.people, asked.people))
            }
            Some(_) => None,
        }
    })
}

/// Stories of branches, some time old, in which none of the people has a word.
pub(super) fn check_silence(site: &Site) -> Vec<Diagnostic> {
    let silent = site.stories.iter().filter(|story| {
        let front = &story.document.front;
        story.kind == Kind::Branch
            && site.edition.now.days_since(story.date) > DAYS
            && front.quotes.is_empty()
            && front.evaluations.is_empty()
    });
    let titles: Vec<&str> = silent.map(|story| story.title()).collect();
    if titles.is_empty() { Vec::new() } else { vec![voices_none(&titles)] }
}

/// More are content than were asked.
fn evaluation_impossible(place: Place, satisfied: u64, asked: u64) -> Diagnostic {
    error(
        "evaluation-impossible",
        place,
        format!("问了 {asked} 人，却有 {satisfied} 人满意"),
        format!("{satisfied} are content of {asked} who were asked"),
    )
    .help(
        "核对人数和满意人数，满意的不会比问到的多",
        "check both numbers: no more can be content than were asked",
    )
}

/// Some are content, of nobody knows how many.
fn evaluation_unasked(place: Place, satisfied: &str, key: &str) -> Diagnostic {
    warning(
        "evaluation-unasked",
        place,
        format!("有 {satisfied} 人满意，但没有写一共问了多少人，所以页面上不显示"),
        format!(
            "{satisfied} are content, but it is not said how many were asked, so it is not shown"
        ),
    )
    .help(
        format!("写上一共问了多少人，例如 {key}: 120"),
        format!("write how many were asked, as in {key}: 120"),
    )
}

/// Stories of branches without a word of the people.
fn voices_none(titles: &[&str]) -> Diagnostic {
    let quoted: Vec<String> = titles.iter().map(|title| format!("《{title}》")).collect();
    let (zh, en) = (named(&quoted).zh, named(titles).en);
    note(
        "voices-none",
        stories(),
        format!("这些支部稿件发布超过 {DAYS} 天，还没有群众的话，也没有群众评价：{zh}"),
        format!(
            "after {DAYS} days these stories of branches have no word of the people, and no evaluation by them: {en}"
        ),
    )
    .help(
        "请群众说说，写进 quotes（群众说）或 evaluations（群众评价）",
        "ask people, and add what they say as `quotes` or `evaluations`",
    )
}
