//! Which command makes which check.

use std::collections::BTreeSet;

use xianfeng::check::CHECKS;

use crate::archive::SETTINGS;
use crate::project::Project;
use crate::serve::live::Live;

/// Each check, and the code of a complaint that it makes of [`campaign`]: those that every command
/// makes, and those of `check` alone.
const EVERYWHERE: &[(&str, &str)] = &[
    ("links", "link-malformed"),
    ("contents", "picture-not-shown"),
    ("places-of-files", "file-place"),
    ("files", "file-unused"),
    ("style-sheets", "theme-css-wide"),
    ("frame", "menu-waiting"),
    ("collected", "page-stories-none"),
    ("gov", "gov-incomplete"),
    ("identity-numbers", "identity-number"),
    ("copies", "story-copied"),
    ("years", "year-odd"),
    ("work-times", "work-out-of-time"),
    ("events", "event-story-missing"),
    ("evaluations", "evaluation-unasked"),
];
const ONLY_IN_CHECK: &[(&str, &str)] = &[
    ("list-years", "list-year-odd"),
    ("samples", "sample-left"),
    ("voices", "voices-none"),
    ("cases", "case-parts-missing"),
    ("sections", "section-empty"),
    ("columns", "column-empty"),
    ("slugs", "slug-numbered"),
    ("honours", "honour-unit-spelt"),
    ("empty-talk", "empty-talk"),
    ("works", "work-quiet"),
    ("carriers", "carrier-none"),
    ("tasks", "task-overdue"),
    ("clashes", "event-clash"),
    ("phone-numbers", "phone-number"),
    ("attached", "file-author"),
];

/// The commands that read a campaign.
const COMMANDS: [&[&str]; 6] = [
    &["build"],
    &["check"],
    &["book", "-o", "book.epub"],
    &["archive", "--dry-run"],
    &["archive", "-o", "bag"],
    &["export", "zip", "-o", "site.zip"],
];

/// A picture of more than four gigabytes, as its first bytes say, and of a place.
const PLACED: &[u8] = b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x25\x88\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

fn codes() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    EVERYWHERE.iter().chain(ONLY_IN_CHECK)
}

/// The checks that a command makes.
fn wanted(command: &[&str]) -> BTreeSet<&'static str> {
    let checks = if command == ["check"] { codes().collect() } else { EVERYWHERE.iter().collect() };
    let checks: Vec<&(&str, &str)> = checks;
    checks.into_iter().map(|(check, _)| *check).collect()
}

/// A campaign in which each check finds something, and nothing is an error.
fn campaign() -> Project {
    let project = Project::nowhere();
    let story = "---\ntitle: 甲\ndate: 2026-03-02\nupdated: 2206-03-02\nkind: member\nunit: 甲支部\nname: 乙\nfocal_points: [民生]\ncentral_works: [清淤]\nevaluations: [{by: 居民, satisfied: 3}]\n---\n\
                 ![图](a.heic)\n\n[原片](a.tif)\n\n[见](https:///)\n\n身份证11010519491231002X，电话13800138000。\n";
    project
        .write("content/pages/zhuan.md", "---\ntitle: 专辑\nstories: {keyword: 无人}\n---\n文\n")
        .write("content/pages/help.md", "---\ntitle: 帮助\nexpire_at: 2020-01-01\n---\n文\n")
        .write("content/site.yaml", format!("{}subtitle: 青禾街道创先争优专栏\nprofile: gov\nmenu: [home, help]\n", SETTINGS.replace("news: Y", "news: Y\n    case: Y")))
        .write("content/works.yaml", "- {name: 清淤, from: 2026-04-01}\n- {name: 护林, to: 2206-01-01}\n")
        .write("content/carriers.yaml", "- 夜访\n")
        .write(
            "content/events.yaml",
            "- {name: 例会, date: 2026-05-01, place: 礼堂, unit: 甲支部, story: a}\n\
             - {name: 讲座, date: 2026-05-01, place: 礼堂, unit: 乙支部, story: 没有}\n",
        )
        .write(
            "content/honours.yaml",
            "- {name: 标兵, by: 中共沙洲区委, year: 2026, people: [丁海]}\n- {name: 能手, by: 沙洲区委, year: 2026, people: [丁海]}\n",
        )
        .write("content/tasks.yaml", "- {name: 修灯, due: 2020-01-01}\n")
        .write("content/stories/a/index.md", story)
        .write("content/stories/a/a.heic", b"\0\0\0\x18ftypheic")
        .write("content/stories/a/a.tif", PLACED)
        .write("content/stories/a/批示.docx", "x")
        .write("content/static/custom.css", "a { color：red }")
        .write("content/static/b.pdf", "%PDF-1.7 << /Author (Li Lei) >> %%EOF")
        .write(
            "content/stories/e.md",
            "---\ntitle: 戊\ndate: 2026-03-05\nkind: case\nunit: 甲支部\nfocal_points: [民生]\n---\n## 起初\n\n正文一段\n\n## 后来\n",
        )
        .write(
            "content/stories/f.md",
            "---\ntitle: 己\ndate: 2026-03-01\nkind: branch\nunit: 甲支部\nfocal_points: [民生]\n---\n支部坚持以服务为宗旨，不断创新方法，完善机制，努力为群众排忧解难，切实把好事办好、实事办实，群众满意度稳步上升，社会风气明显好转。\n",
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
    codes().filter(|(_, code)| said.contains(code)).map(|(check, _)| *check).collect()
}

#[test]
fn every_command_makes_the_checks_that_are_listed_for_it() {
    let listed: BTreeSet<&str> = CHECKS.iter().map(|check| check.name).collect();
    assert_eq!(listed, codes().map(|(check, _)| *check).collect());
    for command in COMMANDS {
        let ran = campaign().run(command);
        assert_eq!(ran.code, 0, "{command:?}: {ran:#?}");
        assert_eq!(made(&ran.err), wanted(command), "{command:?}: {}", ran.err);
    }
}

#[test]
fn exports_say_what_is_to_be_said_of_their_stories() {
    for (command, told) in [
        (&["export", "docx", "--year", "2026", "-o", "a.docx"][..], true),
        (&["export", "docx", "--year", "2025", "-o", "a.docx"], false),
        (&["export", "docx", "a", "-o", "a.docx"], true),
        (&["export", "brief", "--number", "1", "--year", "2026", "-o", "a.html"], true),
    ] {
        let project = campaign();
        project.write(
            "content/stories/g.md",
            "---\ntitle: 庚\ndate: 2025-03-03\nkind: news\n---\n正文\n",
        );
        let ran = project.run(command);
        assert_eq!(ran.code, 0, "{command:?}: {ran:#?}");
        assert_eq!(ran.err.contains("identity-number"), told, "{command:?}: {}", ran.err);
    }
}

#[test]
fn a_check_is_made_everywhere_or_in_check_alone() {
    for command in COMMANDS {
        let made = CHECKS.iter().filter(|check| check.is_everywhere || command == ["check"]);
        let made: BTreeSet<&str> = made.map(|check| check.name).collect();
        assert_eq!(made, wanted(command), "{command:?}");
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
