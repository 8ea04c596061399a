//! A story whole, as it stands in what is read away from the site: in the book, and on a
//! page by itself. One writer for all of them, so that they cannot differ. Pure; what it
//! writes is HTML and well-formed XML at once.

mod embed;
mod links;
mod pictures;
mod svg;

use std::fmt::Write as _;

use crate::base::escape::xml;
use crate::base::fault::Fault;
use crate::model::StoryId;
use crate::plan::Plan;
use crate::source::SourcePath;
use crate::view::{
    ChartView, CorrectionView, EvaluationView, HonourView, QuoteView, ResultView, ShownTexts,
    StoryView, Views,
};

pub use embed::pour;
pub use pictures::{Numbered, Pictures, Taken, content};

/// The styles of a story, for e-book readers, paper and screens.
pub const STYLE: &str = include_str!("article/reading.css");

/// Where a story stands in a publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chapter {
    /// The file that holds it, as a link from any other; empty where all is one file.
    pub file: String,
    /// What all ids of the story begin with: letters, digits, hyphens.
    pub ids: String,
}

/// A publication that holds stories.
pub struct Publication<'p> {
    /// Where a story stands in it; none if it is not part of it.
    pub chapter: &'p dyn Fn(StoryId) -> Option<Chapter>,
    /// The address of a picture in it; none if it is left out, and its description is
    /// shown instead.
    pub picture: &'p dyn Fn(&SourcePath) -> Option<String>,
}

/// The story `id` as one `article`; `number` is its place in the book, from 1.
pub fn html(
    views: &Views<'_>,
    plan: &Plan,
    publication: &Publication<'_>,
    id: StoryId,
    number: Option<usize>,
) -> Result<String, Fault> {
    let ties = views.ties(id).0;
    let story = views.story(id, &ties, 0, 1);
    let ids = (publication.chapter)(id).map_or(String::new(), |chapter| chapter.ids);
    let mut out = format!("<article class=\"story\" id=\"{ids}top\">\n");
    head(&mut out, views, &story, id, number);
    if let Some(CorrectionView { label, text, .. }) = &story.account.correction {
        let _ = writeln!(
            out,
            "<p class=\"correction\"><strong>{}</strong>{}</p>",
            xml(label),
            xml(text)
        );
    }
    if let Some(lead) = story.account.lead {
        let _ = writeln!(out, "<p class=\"lead\">{}</p>", xml(lead));
    }
    let cover = pictures::cover(views.site(), id).and_then(|file| (publication.picture)(&file));
    if let (Some(src), Some(cover)) = (cover, &story.item.cover) {
        let (src, alt) = (xml(&src), xml(cover.alt));
        let _ =
            writeln!(out, "<figure class=\"cover\"><img src=\"{src}\" alt=\"{alt}\"/></figure>");
    }
    let body = links::body(views, plan, publication, id)?;
    let _ = write!(out, "<div class=\"prose\">\n{body}</div>\n");
    foot(&mut out, views, &story);
    out.push_str("</article>\n");
    Ok(out)
}

/// A story's title; where nothing of it can be shown, its address.
pub fn title(views: &Views<'_>, id: StoryId) -> String {
    let story = views.site().story(id);
    let title = xml(story.title());
    if title.trim().is_empty() { xml(&story.slug) } else { title }
}

fn head(out: &mut String, views: &Views<'_>, story: &StoryView<'_>, id: StoryId, n: Option<usize>) {
    let item = &story.item;
    let mut kicker = Vec::new();
    kicker.extend(n.map(|n| views.words("book_number", &[("n", &n.to_string())])));
    kicker.push(views.words(&format!("kind_{}", item.kind), &[]));
    kicker.extend(item.focal_points.iter().map(|point| point.short_name.to_string()));
    let joined = |names: Vec<&str>| (!names.is_empty()).then(|| names.join(views.word("comma")));
    let subject = [
        joined(item.people.iter().map(|person| person.name).collect()),
        story.account.post.map(str::to_string),
        joined(item.units.iter().map(|unit| &*unit.name).collect()),
    ];
    let date = match &item.date.clock {
        Some(clock) => format!("{} {clock}", item.date.text),
        None => item.date.text.clone(),
    };
    let mut byline = vec![date];
    byline.extend(credits(views, &story.account.shown.byline));
    out.push_str("<header class=\"story-head\">\n");
    spans(out, "kicker", kicker.iter().map(String::as_str));
    let _ = writeln!(out, "<h1>{}</h1>", title(views, id));
    spans(out, "subject", subject.iter().flatten().map(String::as_str));
    spans(out, "byline", byline.iter().map(String::as_str));
    out.push_str("</header>\n");
}

/// A line of short texts; nothing if there are none.
fn spans<'t>(out: &mut String, class: &str, texts: impl Iterator<Item = &'t str>) {
    let spans: Vec<String> = texts.map(|text| format!("<span>{}</span>", xml(text))).collect();
    if !spans.is_empty() {
        // The space is for readers without styles.
        let _ = writeln!(out, "<p class=\"{class}\">{}</p>", spans.join(" "));
    }
}

/// Who has a part in a story, in the theme's words.
fn credits<'c>(
    views: &'c Views<'_>,
    shown: &'c [ShownTexts<'_>],
) -> impl Iterator<Item = String> + 'c {
    shown.iter().map(|ShownTexts { key, texts }| {
        let names = texts.join(views.word("comma"));
        views.words(&format!("by_{key}"), &[("names", &names)])
    })
}

fn foot(out: &mut String, views: &Views<'_>, story: &StoryView<'_>) {
    let mut inside = String::new();
    if !story.account.results.is_empty() {
        results(&mut inside, views, &story.account.results);
    }
    for QuoteView { text, who } in &story.account.quotes {
        let who = who.map_or(String::new(), |who| format!("<p class=\"who\">{}</p>", xml(who)));
        let _ = writeln!(
            inside,
            "<blockquote class=\"quote\"><p>“{}”</p>{who}</blockquote>",
            xml(text)
        );
    }
    let mut facts = String::new();
    let mut fact = |label: &str, values: Vec<String>| {
        if !values.is_empty() {
            let values: String = values.iter().map(|v| format!("<dd>{}</dd>", xml(v))).collect();
            let _ = writeln!(facts, "<dt>{}</dt>{values}", xml(label));
        }
    };
    let comma = views.word("comma");
    fact(
        views.word("honours"),
        story.account.honours.iter().map(|honour| honour_line(views, honour)).collect(),
    );
    let joined = |texts: &[&str]| match texts {
        [] => Vec::new(),
        texts => vec![texts.join(comma)],
    };
    for linked in &story.ties.linked {
        let names: Vec<&str> = linked.entities.iter().map(|entity| &*entity.name).collect();
        fact(linked.label, joined(&names));
    }
    let evaluations = &story.account.evaluations;
    fact(
        views.word("evaluations"),
        evaluations.iter().map(|evaluation| evaluation_line(views, evaluation)).collect(),
    );
    let participation: Vec<&str> = story.account.participation.iter().map(String::as_str).collect();
    fact(views.word("participation"), joined(&participation));
    for shown in &story.account.shown.facts {
        fact(views.word(shown.key), joined(&shown.texts));
    }
    if !facts.is_empty() {
        let label = xml(views.word("about_story"));
        let _ = writeln!(inside, "<dl class=\"facts\" aria-label=\"{label}\">\n{facts}</dl>");
    }
    let updated =
        story.account.updated.as_ref().map(|date| views.words("updated", &[("date", &date.text)]));
    let credits: Vec<String> =
        credits(views, &story.account.shown.credits).chain(updated).collect();
    spans(&mut inside, "credits", credits.iter().map(String::as_str));
    if !inside.is_empty() {
        let _ = writeln!(out, "<footer class=\"story-foot\">\n{inside}</footer>");
    }
}

fn honour_line(views: &Views<'_>, honour: &HonourView<'_>) -> String {
    let year = honour.year.as_ref().map(|year| views.words("honour_year", &[("year", year)]));
    let rest = [honour.by, honour.level, year.as_deref(), honour.document];
    with_more(views, honour.title, &rest.into_iter().flatten().collect::<Vec<_>>())
}

fn evaluation_line(views: &Views<'_>, evaluation: &EvaluationView<'_>) -> String {
    let date = evaluation.date.as_ref().map(|date| date.text.as_str());
    let counted = evaluation.counted.iter().map(String::as_str);
    let rest = [evaluation.method, date].into_iter().flatten().chain(counted);
    with_more(views, evaluation.by, &rest.chain(evaluation.note).collect::<Vec<_>>())
}

/// `甲（乙、丙）`
fn with_more(views: &Views<'_>, what: &str, more: &[&str]) -> String {
    match more {
        [] => what.to_string(),
        more => format!("{what}（{}）", more.join(views.word("comma"))),
    }
}

/// Both values of a result as bars, which say no more than the numbers beside them.
fn bars(chart: ChartView) -> String {
    let bar = |class, length| {
        format!(
            "<span class=\"bar {class}\" style=\"width: {length}%\" aria-hidden=\"true\"></span>"
        )
    };
    bar("bar-before", chart.before) + &bar("bar-after", chart.after)
}

fn results(out: &mut String, views: &Views<'_>, results: &[ResultView<'_>]) {
    let word = |key| xml(views.word(key));
    let _ = write!(
        out,
        "<div class=\"table\"><table class=\"results\">\n<caption>{}</caption>\n<thead><tr>\
         <th>{}</th><th>{}</th><th>{}</th></tr></thead>\n<tbody>\n",
        word("results"),
        word("indicator"),
        word("before"),
        word("after")
    );
    for result in results {
        let unit = result.unit.unwrap_or_default();
        let as_of = result.as_of.map(|date| views.words("as_of", &[("date", date)]));
        let evidence = result.evidence.map(|source| views.words("evidence", &[("source", source)]));
        let more: Vec<&str> =
            [&as_of, &evidence].into_iter().flatten().map(String::as_str).collect();
        let value = |value: &str| xml(&format!("{value}{unit}"));
        let before = result.before.as_deref().map_or_else(|| word("no_value"), value);
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}{}</th><td>{before}</td><td>{}</td></tr>",
            xml(&with_more(views, result.indicator, &more)),
            result.chart.map_or(String::new(), bars),
            value(&result.after)
        );
    }
    out.push_str("</tbody></table></div>\n");
}
