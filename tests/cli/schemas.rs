//! `schema`: what the files of a campaign may say, for editors.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use xianfeng::diagnostic::Diagnostic;
use xianfeng::parse::front_matter::{Purpose, split};
use xianfeng::parse::{Reading, parse};
use xianfeng::source::{Source, SourcePath};
use xianfeng::value::moment::default_zone;
use xianfeng::yaml::{Untyped, parse as parse_yaml};

use crate::outside_tools::tools;
use crate::project::Project;

fn sample() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The schema of a kind of file.
fn schema(project: &Project, arguments: &[&str]) -> Value {
    let ran = project.run(&[&["schema"], arguments].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn without_a_file_the_kinds_are_listed() {
    let project = Project::nowhere();
    let listed = project.run(&["schema"]);
    assert_eq!(listed.code, 0);
    for kind in ["story", "page", "site", "focal-points", "units", "carriers"] {
        assert!(listed.out.lines().any(|line| line.starts_with(kind)), "{}", listed.out);
    }
    project.run(&["schema", "unitz", "--lang", "en"]).fails(2, "units");
}

#[test]
fn keys_have_both_spellings_and_a_description() {
    let story = schema(&Project::nowhere(), &["story"]);
    let properties = &story["properties"];
    assert_eq!(properties["kind"], properties["类型"]);
    assert!(properties["kind"]["enum"].as_array().unwrap().contains(&json!("党员")));
    assert_eq!(properties["title"]["description"], "最多 100 个字");
    assert_eq!(schema(&Project::nowhere(), &["page"])["properties"]["kind"], Value::Null);
}

#[test]
fn names_of_the_campaign_are_there_when_they_are_asked_for() {
    let project = Project::nowhere();
    project
        .write("content/site.yaml", "title: 专栏\n")
        .write("content/units.yaml", "- name: 第一支部\n  别名: [一支部]\n- 第二支部\n");
    let unit = |arguments: &[&str]| schema(&project, arguments)["properties"]["unit"].to_string();
    assert!(!unit(&["story"]).contains("enum"));
    let names = unit(&["story", "--campaign"]);
    assert!(names.contains("[\"第一支部\",\"一支部\",\"第二支部\"]"), "{names}");
    // There is no list of carriers, so any name may stand there.
    let story = schema(&project, &["story", "--campaign"]);
    assert!(!story["properties"]["carriers"].to_string().contains("enum"), "{story:#}");
    assert!(story["properties"]["focal_points"].to_string().contains("抓好民生"));
    project.write("content/units.yaml", "- nmae: 甲\n");
    project.run(&["schema", "story", "--campaign"]).fails(1, "key-unknown");
}

/// Checks the schemas themselves, then each of `[schema, instance, is it right?, name]`.
const JUDGE: &str = "
import json, sys
from jsonschema import Draft202012Validator
cases = json.load(sys.stdin)
for schema in {json.dumps(case[0]) for case in cases}:
    Draft202012Validator.check_schema(json.loads(schema))
for schema, instance, right, name in cases:
    errors = [error.message for error in Draft202012Validator(schema).iter_errors(instance)]
    if bool(errors) == right:
        print(name, errors or 'was taken for right')
";

#[track_caller]
fn judge(tools: &Path, cases: &[Value]) {
    let mut python = Command::new(tools.join("python"));
    python.args(["-c", JUDGE]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut python = python.spawn().unwrap();
    let cases = serde_json::to_string(cases).unwrap();
    python.stdin.take().unwrap().write_all(cases.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    assert_eq!(String::from_utf8_lossy(&said), "");
}

fn instance(yaml: &str) -> Value {
    serde_json::to_value(Untyped(&parse_yaml(yaml).unwrap())).unwrap()
}

/// Every file below a folder.
fn files(folder: PathBuf) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(path) } else { vec![path] }).collect()
}

fn front_matter(text: &str) -> String {
    let source = Source::new(SourcePath::new("x.md"), text.to_string());
    source.text()[split(&source).unwrap().yaml].to_string()
}

#[test]
fn the_sample_is_right_by_another_programs_judgement() {
    let Some(tools) = tools() else { return };
    let project = Project::nowhere();
    let root = sample().to_str().unwrap();
    let mut cases = Vec::new();
    for campaign in [&[][..], &["--campaign"][..]] {
        let schema = |kind: &str| schema(&project, &[&["-r", root, kind], campaign].concat());
        for kind in ["site", "units", "carriers"] {
            let text = fs::read_to_string(sample().join(format!("content/{kind}.yaml"))).unwrap();
            cases.push(json!([schema(kind), instance(&text), true, kind]));
        }
        for (kind, folder) in [("story", "content/stories"), ("page", "content/pages")] {
            let schema = schema(kind);
            for path in files(sample().join(folder)) {
                if path.extension().is_some_and(|extension| extension == "md") {
                    let text = front_matter(&fs::read_to_string(&path).unwrap());
                    cases.push(json!([schema, instance(&text), true, path]));
                }
            }
        }
    }
    assert!(cases.len() > 60);
    judge(&tools, &cases);
}

const NEWS: &str = "title: 甲\ndate: 2026-03-18\nkind: news\n";

/// What the program says of a story's front matter is what the schema says.
#[test]
fn another_program_finds_the_mistakes_that_this_one_finds() {
    let Some(tools) = tools() else { return };
    let schema = schema(&Project::nowhere(), &["story"]);
    let with = |lines: &str| format!("{NEWS}{lines}\n");
    let texts = [
        NEWS.to_string(),
        "标题: 甲\n日期: 2026-03-18\n类型: 动态\n".into(),
        "title: 甲\ndraft: true\n".into(),
        "title: 甲\n草稿: 是\n".into(),
        "title: 甲\n".into(),
        "title: ''\ndate: 2026-03-18\nkind: news\n".into(),
        "title: 甲\ndate:\nkind: news\n".into(),
        "title: 甲\ndate: 2026-03-18\nkind: member\n".into(),
        "title: 甲\ndate: 2026-03-18\nkind: member\nname: 乙\nunit: 丙\nfocal_points: [民生]\n"
            .into(),
        "title: 甲\ndate: 2026-03-18\nkind: member\nname: 乙\nunit: 丙\nfocal_points: []\n".into(),
        "title: 甲\ndate: 2026-03-18\n类型: 支部\nunit: 丙\n着力点: [民生]\n".into(),
        "title: 甲\ndate: 2026-03-18\n类型: 支部\n着力点: [民生]\n".into(),
        "title: 甲\ndate: 2026-13-18\nkind: news\n".into(),
        "title: 甲\ndate: 2026/3/18\nkind: news\n".into(),
        "title: 甲\ndate: 2026-03-18 09:30\nkind: news\n".into(),
        "title: 甲\ndate: 2026-03-18T09:30:00+08:00\nkind: news\n".into(),
        "title: 甲\ndate: 2026-03-18\nkind: 新闻\n".into(),
        format!("title: {}\ndate: 2026-03-18\nkind: news\n", "长".repeat(101)),
        with("标题: 乙"),
        with("sumary: 乙"),
        with("post: 5"),
        with("post: [乙]"),
        with("post:"),
        with("keywords: 乙"),
        with("keywords: [乙, 5]"),
        with("keywords: [[乙]]"),
        with("focal_points: [民生, 实践, 群众, 中心]"),
        with("author: 乙"),
        with("author: [乙, 丙]"),
        with("author: {a: b}"),
        with("pinned: 是"),
        with("pinned: 也许"),
        with("slug: lin-xiao-man"),
        with("slug: 林"),
        with("secrecy: 公开"),
        with("secrecy: 秘密"),
        with("cover: a.png"),
        with("cover: a.png\n封面说明: 乙"),
        with("extra: {a: [1, {b: c}]}"),
        with("extra: 乙"),
        with("honours: [先进, {title: 乙, year: 2025}, {名称: 丙, 授予单位: 丁}]"),
        with("honours: [{by: 丁}]"),
        with("honours: [{title: 乙, yaer: 2025}]"),
        with("results: [{indicator: 乙, after: 5.50}]"),
        with("results: [乙]"),
        with("results: [{indicator: 乙}]"),
    ];
    let reading = Reading::new(default_zone(), false, false);
    let cases = texts.iter().map(|yaml| {
        let text = format!("---\n{yaml}---\n正文\n");
        let source = Source::new(SourcePath::new("content/stories/x.md"), text);
        let diagnostics = parse(source, Purpose::Story, reading).diagnostics;
        let right = !diagnostics.iter().any(Diagnostic::is_error);
        json!([schema, instance(yaml), right, yaml])
    });
    let cases: Vec<Value> = cases.collect();
    let right = cases.iter().filter(|case| case[2] == true).count();
    assert!((15..30).contains(&right), "{right} of {} are right", cases.len());
    judge(&tools, &cases);
}

#[test]
fn another_program_finds_mistakes_in_lists_and_settings() {
    let Some(tools) = tools() else { return };
    let project = Project::nowhere();
    let mut cases = Vec::new();
    for (kind, yaml, right) in [
        ("units", "- 第一支部\n- name: 乙\n  上级: 第一支部\n", true),
        ("units", "", true),
        ("units", "- level: 党支部\n", false),
        ("units", "- {name: 甲, levle: 乙}\n", false),
        ("units", "- {name: 甲, slug: A B}\n", false),
        ("units", "甲: 乙\n", false),
        ("carriers", "- {名称: 甲, 别名: [乙]}\n", true),
        ("carriers", "- {name: 甲, aliases: 乙}\n", true),
        ("carriers", "- {name: 甲, aliases: 乙、丙}\n", false),
        ("focal-points", "- {name: 甲, colour: '#b3261e'}\n", true),
        ("focal-points", "- {name: 甲, colour: red}\n", false),
        (
            "site",
            "title: 甲\npage_size: 20\ntime_zone: '+08:00'\narchive: {fonds: Q1, 保管期限: {branch: 永久}}\n",
            true,
        ),
        ("site", "subtitle: 甲\n", false),
        ("site", "title: 甲\npage_size: 0\n", false),
        ("site", "title: 甲\nbase_url: example.cn\n", false),
        ("site", "title: 甲\narchive: {fonds: 'Q 1'}\n", false),
        ("site", "title: 甲\narchive: {retention: {branch: 永远}}\n", false),
        ("page", "title: 甲\nupdated: 2026-03-18\n", true),
        ("page", "updated: 2026-03-18\n", false),
    ] {
        cases.push(json!([schema(&project, &[kind]), instance(yaml), right, yaml]));
    }
    judge(&tools, &cases);
}
