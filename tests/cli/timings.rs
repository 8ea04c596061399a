//! `--timings`: what it tells of stages and templates, and that it changes nothing.

use serde_json::Value;

use crate::project::{Project, Ran};

/// What stdout holds as JSON, and nothing else.
#[track_caller]
fn told(ran: &Ran) -> Value {
    assert_eq!((ran.code, ran.out.lines().count()), (0, 1), "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

fn json(project: &Project, command: &str) -> Value {
    told(&project.run(&[command, "--timings", "--format", "json", "-q", "--now", "2026-06-01"]))
}

/// What is told of a template: how often it was called, all and the worst of it, and the page.
fn template<'v>(told: &'v Value, name: &str) -> (u64, f64, f64, &'v str) {
    let templates = told["templates"].as_array().unwrap();
    let found = templates.iter().find(|template| template["template"] == name);
    let found = found.unwrap_or_else(|| panic!("no {name} in {told:#}"));
    (
        found["calls"].as_u64().unwrap(),
        found["total_ms"].as_f64().unwrap(),
        found["worst_ms"].as_f64().unwrap(),
        found["worst_page"].as_str().unwrap(),
    )
}

fn stages(told: &Value) -> Vec<&str> {
    let stages = told["stages"].as_array().unwrap();
    assert!(stages.iter().all(|stage| stage["ms"].as_f64().unwrap() >= 0.0), "{told:#}");
    stages.iter().map(|stage| stage["stage"].as_str().unwrap()).collect()
}

#[test]
fn each_template_is_told_with_its_calls_total_and_worst() {
    let project = Project::small();
    project.story("c", "丙").write("content/pages/about.md", "---\ntitle: 关于\n---\n");
    let told = json(&project, "build");
    for template in told["templates"].as_array().unwrap() {
        let number = |key: &str| template[key].as_f64().unwrap();
        let (calls, total, worst) = (number("calls"), number("total_ms"), number("worst_ms"));
        assert!(calls >= 1.0 && worst > 0.0, "{template}");
        assert!(worst <= total && total <= worst * calls + 0.01, "{template}");
        assert!(!template["worst_page"].as_str().unwrap().is_empty(), "{template}");
    }
    let (calls, .., page) = template(&told, "story.html");
    assert_eq!(calls, 3);
    assert!(page.starts_with("content/stories/") && page.ends_with(".md"), "{page}");
    let (calls, .., page) = template(&told, "page.html");
    assert_eq!((calls, page), (1, "content/pages/about.md"));
    let (calls, .., page) = template(&told, "home.html");
    assert_eq!((calls, page), (1, "/"));
    // Each story's item is rendered at least once, and twice only where two threads meet.
    assert!((3..=6).contains(&template(&told, "item.html").0), "{told:#}");
}

#[test]
fn only_what_is_rendered_is_told() {
    let project = Project::small();
    assert!(stages(&json(&project, "build")).ends_with(&["render", "write", "cache"]));
    let told = json(&project, "build");
    assert!(stages(&told).starts_with(&["load"]));
    assert_eq!(told["templates"].as_array().unwrap().len(), 0, "{told:#}");
    project.write(
        "content/stories/a.md",
        "---\ntitle: 甲\ndate: 2026-03-18\nkind: news\n---\n甲的正文。更多。\n",
    );
    let (calls, total, worst, page) = {
        let told = json(&project, "build");
        let (calls, total, worst, page) = template(&told, "story.html");
        (calls, total, worst, page.to_string())
    };
    assert_eq!((calls, page.as_str()), (1, "content/stories/a.md"));
    assert_eq!(total, worst, "of one call");
}

#[test]
fn check_tells_it_too() {
    let told = json(&Project::small(), "check");
    assert_eq!(template(&told, "story.html").0, 2);
    assert!(stages(&told).ends_with(&["render"]));
}

#[test]
fn the_tables_are_in_the_readers_language() {
    let project = Project::small();
    for (lang, words, absent) in [
        ("zh", ["查找文件", "模板", "合计（毫秒）", "最慢的页面"], "worst"),
        ("en", ["load", "template", "total ms", "worst page"], "模板"),
    ] {
        let ran = project.run(&["build", "--lang", lang, "--timings", "-o", lang]);
        assert!(words.iter().all(|word| ran.out.contains(word)), "{}", ran.out);
        assert!(!ran.out.contains(absent) && ran.out.contains("story.html"), "{}", ran.out);
        let ran = project.run(&["build", "--lang", lang, "--timings", "-o", lang]);
        let none = ["没有用到模板", "no template was rendered"];
        assert!(none.iter().any(|none| ran.out.contains(none)), "{}", ran.out);
    }
}

#[test]
fn the_site_is_the_same_with_and_without() {
    let project = Project::small();
    project.build(&["-o", "plain"]);
    project.build(&["-o", "timed", "--timings"]);
    assert_eq!(project.files("plain"), project.files("timed"));
}

#[test]
fn a_file_name_cannot_break_the_table() {
    let project = Project::small();
    project.story("x\u{202e}y", "丙");
    let ran = project.build(&["--timings", "--jobs", "1"]);
    assert!(!ran.out.contains('\u{202e}'), "{}", ran.out);
}
