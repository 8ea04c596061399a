//! Text stays text: nothing that an author writes becomes markup anywhere.

use crate::campaign::{Built, Campaign};
use crate::html;

const EVIL: &str = "\"><script>alert(1)</script>&amp;'<b x=`{{ site.title }}`>{% if %}";

/// A campaign whose every field holds `evil`.
fn hostile(evil: &str) -> Campaign {
    let quoted = format!("'{}'", evil.replace('\'', "''"));
    let fields: String = [
        "unit",
        "name",
        "post",
        "region",
        "summary",
        "cover_alt",
        "source",
        "author",
        "photographer",
        "editor",
    ]
    .iter()
    .map(|key| format!("{key}: {quoted}\n"))
    .collect();
    let story = |title: &str, kind: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2026-03-18\nkind: {kind}\n{fields}focal_points: [{quoted}]\ncarriers: [{quoted}]\n\
             honours:\n- {quoted}\n- {{title: {quoted}, by: {quoted}, year: {quoted}}}\n\
             results:\n- {{indicator: {quoted}, before: {quoted}, after: {quoted}, unit: {quoted}}}\n\
             keywords: [{quoted}]\ncover: a.png\nupdated: 2026-04-01\naliases: [/old-{kind}.html]\nextra: {{a: {quoted}}}\n---\n\
             正文 \\{evil}\n\n## {evil}\n\n## 乙\n\n## 丙\n\n[{evil}](https://a.cn/?\"><script>) ![{evil}](a.png \"{}\")\n\n\
             | {evil} |\n|---|\n| {evil} |\n\n```{evil}\n{evil}\n```\n\n甲[^{}]\n\n[^{}]: {evil}\n",
            evil.replace('"', "&quot;"),
            "x\"><script>",
            "x\"><script>"
        )
    };
    let entry = |more: &str| format!("- name: {quoted}\n  description: {quoted}\n{more}");
    let settings: String = [
        "title",
        "subtitle",
        "description",
        "organisation",
        "contact",
        "copyright",
        "icp",
        "notice",
    ]
    .iter()
    .map(|key| format!("{key}: {quoted}\n"))
    .collect();
    Campaign::new("")
        .with("content/site.yaml", settings)
        .with(
            "content/units.yaml",
            entry(&format!("  level: {quoted}\n  sector: {quoted}\n  region: {quoted}\n")),
        )
        .with("content/carriers.yaml", entry(""))
        .with("content/focal-points.yaml", entry(&format!("  short_name: {}\n", quoted)))
        .with("content/stories/a.png", "png")
        .with("content/stories/m.md", story(&quoted, "member"))
        .with("content/stories/b.md", story(&quoted, "branch"))
        .with("content/stories/n.md", story(&quoted, "news"))
        .with("content/pages/p.md", format!("---\ntitle: {quoted}\n---\n{evil}\n"))
}

/// Every page and feed reads well, and no tag or attribute is there that was not there
/// with plain text in the same fields.
fn tags(built: &Built) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for (path, bytes) in built.files() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let page = match path.rsplit('.').next() {
            Some("html") => html::read(&text),
            Some("xml") => html::read_xml(&text),
            _ => continue,
        };
        let page = page.unwrap_or_else(|error| panic!("{path}: {error}"));
        let name = |tag: &html::Tag| {
            let keys: Vec<_> = tag.attributes.iter().map(|(key, _)| key.as_str()).collect();
            format!("{} {}", tag.name, keys.join(" "))
        };
        all.push((path, page.tags.iter().map(name).collect()));
    }
    all
}

#[test]
fn hostile_text_in_every_field_makes_no_markup_on_any_page() {
    for published in [None, Some("https://example.cn/z/")] {
        let build = |evil: &str| {
            let campaign = hostile(evil);
            match published {
                Some(base) => campaign.published_at(base).build(),
                None => campaign.build(),
            }
        };
        let built = build(EVIL);
        for (path, tags) in tags(&built) {
            let script = tags.iter().any(|tag| {
                let ours = ["script src", "script defer src", "script type src", "script type"]
                    .contains(&tag.trim());
                (tag.starts_with("script") && !ours) || tag.starts_with("b ") || tag.contains(" on")
            });
            assert!(!script, "{path} has {tags:?}");
        }
        // The text is there, as text.
        let page = html::read(&built.page("/news/")).unwrap();
        assert!(page.text.contains(EVIL), "{}", page.text);
    }
}

#[test]
fn every_page_of_a_plain_campaign_is_sound() {
    assert!(tags(&hostile("平常的字").build()).len() > 20);
}

#[test]
fn marks_that_the_program_keeps_for_itself_are_only_text_when_an_author_writes_them() {
    // As bytes, as a YAML escape, as an entity.
    for title in ["\"甲\\uFDD10\\uFDD2乙\"", "\"甲\\uFDD0乙\"", "甲\u{FDD1}0\u{FDD2}乙"] {
        let text = format!(
            "---\ntitle: {title}\ndate: 2026-03-18\nkind: news\nsummary: 摘要\n---\n独有的正文&#xFDD1;0&#xFDD2;&#xFDD0;末\n"
        );
        let built = Campaign::new("").with("content/stories/x.md", text).build();
        let page = built.page("/stories/2026/x/");
        html::read(&page).unwrap();
        assert_eq!(
            page.matches("独有的正文").count(),
            1,
            "{title}: the body was spliced into another field\n{page}"
        );
        let head = page.split("</head>").next().unwrap();
        assert!(!head.contains("甲/乙"), "{title}: a mark became the root of the site");
        assert!(
            !page.contains("正文/末") && !page.contains("//末"),
            "{title}: an entity became the root of the site"
        );
    }
}

#[test]
fn marks_of_emphasis_do_not_swallow_an_authors_characters() {
    let page = Campaign::story("", "**“甲”**乙 &#xFDD0; &#xFDD5; 丙")
        .template("story.html", "{{ story.body }}")
        .page("/stories/2026/x/");
    assert!(html::read(&page).unwrap().text.contains("甲”乙"), "{page}");
}

#[test]
fn characters_that_xml_forbids_are_in_no_feed() {
    let text = "---\ntitle: \"甲\\u0001\\uFFFE乙\"\ndate: 2026-03-18\nkind: news\n---\n正&#8;文&#xFFFF;&#xFFFE;末\u{B}\n";
    let built = Campaign::new("").with("content/stories/x.md", text).build();
    html::read_xml(&built.page("/feed.xml")).unwrap();
}

#[test]
fn template_marks_in_text_are_text() {
    let page = Campaign::story(
        "summary: '{{ site.title }}{% raw %}'",
        "{{ page.url }} {% include \"base.html\" %}",
    )
    .page("/stories/2026/x/");
    assert!(page.contains("{{ page.url }}"), "{page}");
}
