//! The same campaign gives the same bytes anywhere.

use crate::project::Project;

#[path = "../shared/loops.rs"]
mod loops;

fn rich() -> Project {
    let project = Project::nowhere();
    project.write("content/site.yaml", "title: 测试专栏\npage_size: 3\n");
    for i in 0..40 {
        let text = format!(
            "---\ntitle: 第{i}篇\ndate: 2026-01-{:02} 08:{:02}\nkind: {}\nunit: 第{}支部\nname: 王{}\nregion: 地{}\ncarriers: [载{}]\nfocal_points: [{}]\naliases: [/old/{i}.html]\n---\n## 做法\n\n见[那篇](s{}.md#做法)。\n",
            i % 28 + 1,
            i,
            ["news", "branch", "member"][i % 3],
            i % 7,
            i % 5,
            i % 4,
            i % 6,
            ["中心", "载体", "实践", "群众", "统筹", "民生"][i % 6],
            (i * 7) % 40
        );
        project.write(&format!("content/stories/s{i}.md"), text);
    }
    project
}

fn built(
    project: &Project,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> std::collections::BTreeMap<String, Vec<u8>> {
    let _ = std::fs::remove_dir_all(project.path("public"));
    let arguments = [&["build", "--now", "2026-06-01"], arguments].concat();
    let output = project.program(&arguments).envs(environment.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    project.files("public")
}

#[test]
fn threads_zone_locale_and_place_change_no_byte() {
    let project = rich();
    let wanted = built(&project, &[], &[]);
    assert!(wanted.len() > 150, "{}", wanted.len());
    for jobs in ["1", "2", "8", "33"] {
        assert!(built(&project, &["--jobs", jobs], &[]) == wanted, "--jobs {jobs}");
    }
    for environment in [
        &[("TZ", "America/New_York")][..],
        &[("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8")],
        &[("LANG", "zh_CN.GB18030"), ("LC_ALL", "C")],
        &[("HOME", "/nonexistent"), ("TMPDIR", "/nonexistent")],
    ] {
        assert!(built(&project, &[], environment) == wanted, "{environment:?}");
    }
    assert!(built(&rich(), &[], &[]) == wanted, "another folder");
    assert!(built(&project, &["--lang", "zh"], &[]) == wanted, "--lang");
}

/// Twenty keys in no order that anything would give them by itself.
const KEYS: [&str; 20] = [
    "q", "丙", "b", "z", "甲", "m", "庚", "a", "k", "辛", "x", "丁", "c", "r", "己", "w", "e",
    "子", "t", "戊",
];

/// A campaign with maps wherever a project can have one, and a theme that loops over all of
/// them and over every view.
fn looping() -> Project {
    let project = rich();
    let map = |indent: &str| -> String {
        KEYS.iter()
            .map(|key| format!("{indent}{key}: {{二: {key}, 一: [{{v: 1, u: 2}}]}}\n"))
            .collect()
    };
    let options = KEYS.map(|key| format!("  o{key}: 零\n")).concat();
    project.write("themes/xianfeng/theme.yaml", format!("options:\n{options}"));
    let chosen = KEYS.map(|key| format!("  o{key}: 一\n")).concat();
    project.write(
        "content/site.yaml",
        format!("title: 测试专栏\npage_size: 3\nextra:\n{}theme_options:\n{chosen}", map("  ")),
    );
    project
        .write("content/pages/p.md", format!("---\ntitle: 关于\nextra:\n{}---\n一\n", map("  ")));
    let story = project.read("content/stories/s1.md");
    let story = story.replacen("---\n## ", &format!("extra:\n{}---\n## ", map("  ")), 1);
    project.write("content/stories/s1.md", story);
    for key in &KEYS[..12] {
        project.write(&format!("themes/xianfeng/assets/{key}.css"), "a{}");
    }
    for (name, text) in loops::looping_templates() {
        project.write(&format!("themes/xianfeng/templates/{name}"), text);
    }
    project
}

#[test]
fn loops_over_views_and_maps_give_the_same_bytes_at_every_run() {
    let project = looping();
    let wanted = built(&project, &[], &[]);
    for jobs in ["1", "2", "2", "4"] {
        let _ = std::fs::remove_dir_all(project.path(".xianfeng"));
        let again = built(&project, &["--jobs", jobs], &[]);
        for (path, bytes) in &wanted {
            assert!(again.get(path) == Some(bytes), "{path} differs");
        }
        assert_eq!(again.len(), wanted.len());
    }
    let keys = |text: &str| -> Vec<usize> {
        KEYS.iter()
            .map(|key| {
                text.find(&format!(" {key}: {{")).unwrap_or_else(|| panic!("{key} in {text}"))
            })
            .collect()
    };
    let page = String::from_utf8(wanted["p/index.html"].clone()).unwrap();
    let extra = &page[page.find("extra: {").unwrap() + 7..].replacen('{', "{ ", 1);
    assert!(keys(extra).is_sorted(), "the order of the file is kept: {extra}");
}

#[test]
fn archives_and_books_are_the_same_at_every_run() {
    let project = looping();
    let settings = project.read("content/site.yaml");
    project.write(
        "content/site.yaml",
        format!("{settings}archive: {{fonds: Q012, department: DQB, retention: {{branch: Y, member: Y}}}}\n"),
    );
    let made = |name: &str| {
        let archive = ["archive", "--now", "2026-06-01", "-o", name];
        let output = project.program(&archive).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let book = format!("{name}.epub");
        let output = project.program(&["book", "--now", "2026-06-01", "-o", &book]).output();
        assert!(output.unwrap().status.success());
        (project.files(name), std::fs::read(project.path(&book)).unwrap())
    };
    let (bag, book) = made("one");
    let (bag_again, book_again) = made("two");
    for (path, bytes) in &bag {
        assert!(bag_again.get(path) == Some(bytes), "{path} differs");
    }
    assert_eq!(bag_again.len(), bag.len());
    assert!(book_again == book, "the book differs");
}

#[test]
fn no_page_names_the_place_or_the_time_of_the_build() {
    let project = rich();
    let root = project.root();
    for (path, bytes) in built(&project, &[], &[]) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(root.to_str().unwrap()), "{path} names the folder");
    }
}

#[test]
fn now_is_only_for_publishing() {
    let project = rich();
    let one = built(&project, &[], &[]);
    let arguments = ["build", "--now", "2040-01-01"];
    project.remove("public");
    assert!(project.program(&arguments).output().unwrap().status.success());
    assert!(project.files("public") == one);
}

#[test]
fn the_project_folder_may_be_named_in_any_way() {
    let project = rich();
    let wanted = built(&project, &[], &[]);
    for root in [".", "./", "../p", project.root().to_str().unwrap()] {
        assert!(built(&project, &["-r", root], &[]) == wanted, "{root}");
    }
}
