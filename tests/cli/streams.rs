//! stdout and stderr, languages, JSON, colours.

use serde_json::Value;

use crate::project::Project;

fn with_mistakes() -> Project {
    let project = Project::small();
    project.write(
        "content/stories/x.md",
        "---\ntitle: 错\ndate: 2026-03-18\nkind: news\nfocal_points: [民升]\n---\n<b>甲\n",
    );
    project
}

#[test]
fn diagnostics_go_to_stderr_and_the_summary_to_stdout() {
    let ran = Project::small().build(&[]);
    assert!(
        ran.err.is_empty() && ran.out.contains("2 stories") && ran.out.contains("6 focal points"),
        "{ran:?}"
    );
    let ran = with_mistakes().try_build(&[]);
    assert!(
        ran.code == 1
            && !ran.out.contains("error[")
            && ran.err.contains("content/stories/x.md:5:16: error[focal-point-unknown]: “民升”"),
        "{ran:?}"
    );
}

#[test]
fn the_first_line_of_a_diagnostic_can_be_read_by_a_machine() {
    let ran = with_mistakes().try_build(&[]);
    let lines: Vec<&str> = ran
        .err
        .lines()
        .filter(|line| line.contains("error[") || line.contains("warning["))
        .collect();
    assert_eq!(lines.len(), 2, "{}", ran.err);
    for line in lines {
        let mut parts = line.splitn(4, ':');
        assert_eq!(parts.next(), Some("content/stories/x.md"));
        assert!(
            parts.next().unwrap().parse::<usize>().is_ok()
                && parts.next().unwrap().parse::<usize>().is_ok(),
            "{line}"
        );
    }
}

#[test]
fn messages_are_in_the_language_that_is_asked_for() {
    let project = with_mistakes();
    let zh = project.run(&["build", "--lang", "zh"]);
    assert!(zh.err.contains("没有“民升”这个着力点") && zh.out.contains("没有生成"), "{zh:?}");
    let en = project.run(&["build", "--lang=en"]);
    assert!(
        en.err.contains("is not a focal point") && !en.err.contains("着力点")
            || en.err.contains("抓好民生"),
        "{en:?}"
    );
    let wrong = project.run(&["--lang", "zh", "biuld"]);
    assert!(wrong.err.contains("是不是 build"), "{wrong:?}");
}

#[test]
fn the_systems_language_is_the_default() {
    let project = with_mistakes();
    for (lang, word) in [
        ("zh_CN.UTF-8", "没有“民升”"),
        ("en_US.UTF-8", "is not a focal point"),
        ("C", "没有“民升”"),
        ("POSIX", "没有“民升”"),
        ("C.UTF-8", "没有“民升”"),
        ("", "没有“民升”"),
        ("de_DE.UTF-8", "is not a focal point"),
    ] {
        let output = project
            .program(&["build"])
            .env("LANG", lang)
            .env_remove("LANGUAGE")
            .env_remove("LC_MESSAGES")
            .output()
            .unwrap();
        assert!(String::from_utf8_lossy(&output.stderr).contains(word), "{lang}");
    }
}

/// stderr as JSON, a value a line.
#[track_caller]
fn json(err: &str) -> Vec<Value> {
    err.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

#[test]
fn json_has_one_object_a_line_with_the_promised_fields() {
    for lang in ["zh", "en"] {
        let lines = json(&with_mistakes().run(&["build", "--format", "json", "--lang", lang]).err);
        assert_eq!(lines.len(), 2);
        let first = &lines[0];
        let keys: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
        let mut wanted = ["path", "line", "column", "severity", "code", "message", "help"];
        wanted.sort_unstable();
        assert_eq!(keys, wanted);
        assert_eq!(first["path"], "content/stories/x.md");
        assert_eq!((first["line"].as_u64(), first["column"].as_u64()), (Some(5), Some(16)));
        assert_eq!(
            (first["severity"].as_str(), first["code"].as_str()),
            (Some("error"), Some("focal-point-unknown"))
        );
        assert!(first["message"].as_str().unwrap().contains("民升"));
        assert_eq!(lines[1]["severity"], "warning");
    }
}

#[test]
fn every_line_on_stderr_is_json_whatever_happens() {
    let project = with_mistakes();
    let mut wrong = Vec::new();
    for arguments in [
        &["build", "--format", "json"][..],
        &["check", "--format", "json"],
        &["--format", "json", "build", "-o", "content/x"],
        &["--format", "json", "build", "--timings"],
        &["--format", "json", "new", "news"],
        &["--format", "json", "biuld"],
        &["--format", "json", "build", "-o", "content/site.yaml"],
        &["--format", "json", "-r", "nowhere", "build"],
        &["--format", "json", "init"],
        &["--format", "json", "build", "--jobs", "x"],
    ] {
        let ran = project.run(arguments);
        assert_ne!(ran.code, 0, "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
        let sound = ran.err.lines().all(|line| serde_json::from_str::<Value>(line).is_ok());
        wrong.extend((!sound).then(|| format!("{arguments:?}: {}", ran.err)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn json_tells_all_warnings_of_a_kind() {
    let project = Project::small();
    for i in 0..30 {
        project.write(
            &format!("content/stories/w{i}.md"),
            format!("---\ntitle: 第{i}篇\ndate: 2026-03-18\nkind: news\n---\n<b>甲{i}\n"),
        );
    }
    assert_eq!(json(&project.build(&["--format", "json"]).err).len(), 30);
    let human = project.build(&[]);
    assert!(
        human.err.contains("10 more html-unclosed") && human.err.contains("30 warnings"),
        "{}",
        human.err
    );
    assert_eq!(project.build(&["-v"]).err.matches("warning[html-unclosed]").count(), 30);
}

#[test]
fn a_pipe_gets_no_escape_codes_and_no_progress_bar() {
    let project = with_mistakes();
    for value in [None, Some("1"), Some("")] {
        let mut command = project.program(&["build"]);
        if let Some(value) = value {
            command.env("NO_COLOR", value);
        }
        let output = command.env("CLICOLOR_FORCE", "0").output().unwrap();
        assert!(![output.stdout, output.stderr].concat().contains(&0x1b));
    }
}

#[test]
fn quiet_says_nothing_where_nothing_is_wrong() {
    let project = Project::small();
    let ran = project.build(&["-q"]);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    let ran = with_mistakes().try_build(&["--quiet"]);
    assert!(
        ran.code == 1 && ran.out.is_empty() && ran.err.contains("error[focal-point-unknown]"),
        "{ran:?}"
    );
}

#[test]
fn strict_turns_warnings_into_exit_code_3_and_still_builds() {
    let project = Project::small();
    project.write(
        "content/stories/w.md",
        "---\ntitle: 错\ndate: 2026-03-18\nkind: news\n---\n<b>甲\n",
    );
    assert_eq!(project.try_build(&[]).code, 0);
    project.remove("public");
    assert_eq!(project.try_build(&["--strict"]).code, 3);
    assert!(project.has("public/stories/2026/w/index.html"));
    project.bad_story("x");
    assert_eq!(project.try_build(&["--strict"]).code, 1, "errors come before warnings");
}

#[test]
fn a_note_never_counts_under_strict() {
    let project = Project::small();
    project.write(
        "content/stories/g.md",
        b"---\ntitle: \xCF\xC8\xB7\xE6\ndate: 2026-03-18\nkind: news\n---\n",
    );
    let ran = project.try_build(&["--strict"]);
    assert!(ran.code == 0 && ran.err.contains("note[file-encoding]"), "{ran:?}");
}
