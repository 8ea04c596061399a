//! Which command makes which check.

use std::collections::BTreeSet;

use xianfeng::check::CHECKS;

use crate::archive::SETTINGS;
use crate::project::Project;
use crate::serve::live::Live;

/// Each check, and the code of a complaint that it makes of [`campaign`].
const CODES: [(&str, &str); 12] = [
    ("links", "link-malformed"),
    ("contents", "picture-not-shown"),
    ("files", "file-unused"),
    ("identity-numbers", "identity-number"),
    ("copies", "story-copied"),
    ("years", "year-odd"),
    ("samples", "sample-left"),
    ("cases", "case-parts-missing"),
    ("columns", "column-empty"),
    ("slugs", "slug-numbered"),
    ("phone-numbers", "phone-number"),
    ("attached", "file-author"),
];

/// The commands that read a campaign, and the checks that each of them makes.
const COMMANDS: [(&[&str], &[&str]); 5] = [
    (&["build"], &["links", "contents", "files", "identity-numbers", "copies", "years"]),
    (
        &["check"],
        &[
            "links",
            "contents",
            "files",
            "identity-numbers",
            "copies",
            "years",
            "samples",
            "cases",
            "columns",
            "slugs",
            "phone-numbers",
            "attached",
        ],
    ),
    (
        &["book", "-o", "book.epub"],
        &["links", "contents", "files", "identity-numbers", "copies", "years"],
    ),
    (
        &["archive", "--dry-run"],
        &["links", "contents", "files", "identity-numbers", "copies", "years"],
    ),
    (
        &["archive", "-o", "bag"],
        &["links", "contents", "files", "identity-numbers", "copies", "years"],
    ),
];

/// A campaign in which each check finds something, and nothing is an error.
fn campaign() -> Project {
    let project = Project::nowhere();
    let story = "---\ntitle: 甲\ndate: 2026-03-02\nupdated: 2206-03-02\nkind: member\nunit: 甲支部\nname: 乙\nfocal_points: [民生]\n---\n\
                 ![图](a.heic)\n\n[见](https:///)\n\n身份证11010519491231002X，电话13800138000。\n";
    project
        .write("content/site.yaml", format!("{}subtitle: 青禾街道创先争优专栏\n", SETTINGS.replace("news: Y", "news: Y\n    case: Y")))
        .write("content/stories/a/index.md", story)
        .write("content/stories/a/a.heic", b"\0\0\0\x18ftypheic")
        .write("content/stories/a/批示.docx", "x")
        .write("content/static/b.pdf", "%PDF-1.7 << /Author (Li Lei) >> %%EOF")
        .write(
            "content/stories/e.md",
            "---\ntitle: 戊\ndate: 2026-03-05\nkind: case\nunit: 甲支部\nfocal_points: [民生]\n---\n正文一段\n",
        )
        .write(
            "content/stories/d.md",
            "---\ntitle: 丁\ndate: 2026-03-04\nkind: member\nunit: 甲支部\nname: 义\nfocal_points: [民生]\n---\n正文\n",
        )
        .write(
            "content/stories/c - 副本.md",
            "---\ntitle: 丙\ndate: 2026-03-03\nkind: news\n---\n正文\n",
        );
    project
}

/// The checks whose complaints are in what a command said.
fn made(said: &str) -> BTreeSet<&'static str> {
    CODES.iter().filter(|(_, code)| said.contains(code)).map(|(check, _)| *check).collect()
}

#[test]
fn every_command_makes_the_checks_that_are_listed_for_it() {
    let listed: BTreeSet<&str> = CHECKS.iter().map(|check| check.name).collect();
    assert_eq!(listed, CODES.iter().map(|(check, _)| *check).collect());
    for (command, checks) in COMMANDS {
        let ran = campaign().run(command);
        assert_eq!(ran.code, 0, "{command:?}: {ran:#?}");
        assert_eq!(made(&ran.err), checks.iter().copied().collect(), "{command:?}: {}", ran.err);
    }
}

#[test]
fn a_check_is_made_everywhere_or_in_check_alone() {
    for (command, checks) in COMMANDS {
        let wanted = CHECKS.iter().filter(|check| check.is_everywhere || command == ["check"]);
        let wanted: BTreeSet<&str> = wanted.map(|check| check.name).collect();
        assert_eq!(wanted, checks.iter().copied().collect(), "{command:?}");
    }
}

#[test]
fn the_live_server_makes_the_checks_of_a_build() {
    let project = campaign();
    let live = Live::start(project.program(&["serve", "--lang", "en", "-p", "0"]));
    live.until("/", |answer| answer.status == 200);
    let wanted = CHECKS.iter().filter(|check| check.is_everywhere).map(|check| check.name);
    assert_eq!(made(&live.err()), wanted.collect(), "{}", live.err());
}
