//! init, new, check, help, and wrong command lines.

use crate::project::{Project, Ran};

#[test]
fn init_writes_a_campaign_that_builds_without_a_warning() {
    let project = Project::nowhere();
    let ran = project.run(&["init", "--lang", "en"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("content/site.yaml"), "{}", ran.out);
    let built = project.run(&["build", "--strict", "--lang", "en"]);
    assert_eq!((built.code, built.err.as_str()), (0, ""), "{built:?}");
    assert!(project.has("public/index.html") && project.has("public/assets/style.css"));
}

#[test]
fn init_into_a_folder_by_name() {
    let project = Project::nowhere();
    let made = project.run(&["init", "我的专栏"]);
    assert!(made.code == 0 && made.out.contains("cd 我的专栏\n"), "{made:?}");
    let spaced = project.run(&["init", "二 期"]);
    assert!(spaced.out.contains("cd \"二 期\"\n"), "{spaced:?}");
    assert!(!project.run(&["init"]).out.contains("cd "));
    let built = project.run(&["-r", "我的专栏", "build", "--strict"]);
    assert_eq!((built.code, built.err.as_str()), (0, ""), "{built:?}");
    assert!(project.has("我的专栏/public/index.html"));
}

#[test]
fn init_refuses_where_a_campaign_is_and_changes_nothing() {
    let project = Project::small();
    let before = project.files("");
    project.run(&["init", "--lang", "en"]).fails(1, "already exists");
    assert_eq!(project.files(""), before);
}

#[test]
fn new_writes_a_story_that_builds_at_once() {
    for (kind, word) in [("branch", "支部"), ("member", "党员"), ("news", "动态")] {
        for spelling in [kind, word] {
            let project = Project::small();
            let ran = project.run(&["new", spelling, "林小满：的“一天” #1", "--lang", "en"]);
            assert_eq!(ran.code, 0, "{ran:?}");
            let built = project.try_build(&["--strict"]);
            assert_eq!((built.code, built.err.as_str()), (0, ""), "{built:?}");
            assert!(built.out.contains("draft"), "{}", built.out);
            let story = project
                .files("content/stories")
                .into_iter()
                .find(|(path, _)| path.contains("lin-xiao-man"))
                .unwrap();
            let text = String::from_utf8(story.1).unwrap();
            assert!(text.contains(&format!("kind: {kind}")) && text.contains("# "), "{text}");
        }
    }
}

#[test]
fn a_new_story_filled_in_is_published_under_its_title() {
    let project = Project::small();
    project.run(&["new", "member", "a: b [c] \"d\" 'e' # f"]);
    let (path, text) =
        project.files("content/stories").into_iter().find(|(path, _)| path.contains('/')).unwrap();
    let text = String::from_utf8(text).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with("draft:"));
    let filled = lines.map(|line| match line {
        "unit:" => "unit: 第一支部".to_string(),
        "name:" => "name: 林小满".to_string(),
        line if line.starts_with("focal_points:") => "focal_points: [民生]".to_string(),
        line => line.to_string(),
    });
    let filled: Vec<_> = filled.collect();
    project.write(&format!("content/stories/{path}"), filled.join("\n") + "\n\n正文。\n");
    let built = project.build(&["--strict", "--now", "2100-01-01"]);
    assert_eq!(built.err, "");
    assert!(
        project.read("public/members/lin-xiao-man/index.html").contains("a: b [c] &quot;d&quot;")
    );
}

#[test]
fn a_new_story_is_of_the_day_that_it_is_where_the_site_is() {
    // These zones never have the same day.
    let day = |zone: &str| {
        let project = Project::nowhere();
        project.write("content/site.yaml", format!("title: 甲\ntime_zone: \"{zone}\"\n"));
        assert_eq!(project.run(&["new", "news", "甲", "--slug", "a"]).code, 0);
        let files = project.files("content/stories");
        let text = String::from_utf8(files.into_values().next().unwrap()).unwrap();
        text.lines().find_map(|line| line.strip_prefix("date: ")).unwrap().to_string()
    };
    let (east, west) = (day("+14:00"), day("-12:00"));
    assert!(east > west, "{east} {west}");
}

#[test]
fn new_never_overwrites_a_story() {
    let project = Project::small();
    assert_eq!(project.run(&["new", "news", "启动"]).code, 0);
    let before = project.files("content");
    project.run(&["new", "news", "启动", "--lang", "en"]).fails(1, "already exists");
    project.run(&["new", "member", "起动", "--lang", "en"]).fails(1, "already exists");
    assert_eq!(project.files("content"), before);
}

#[test]
fn new_stays_in_its_folder() {
    let project = Project::small();
    for title in ["../../../etc/passwd", "/etc/x", "..", "a\\..\\b", "con", "-x"] {
        let ran = project.run(&["new", "news", "--", title]);
        assert_eq!(ran.code, 0, "{title}: {ran:?}");
    }
    assert!(
        project.files("").keys().all(|path| path.starts_with("content/")),
        "{:?}",
        project.files("").keys()
    );
    project.build(&["--strict"]);
}

#[test]
fn check_says_more_than_build_and_writes_nothing() {
    let project = Project::small();
    let before = project.files("");
    let ran = project.run(&["check", "--lang", "en", "--now", "2026-06-01"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("note[column-empty]"), "{}", ran.err);
    assert_eq!(project.files(""), before);
    assert_eq!(project.run(&["check", "--strict"]).code, 0, "a hint is no warning");
    assert!(!project.build(&[]).err.contains("column-empty"));
}

#[test]
fn check_finds_the_mistakes_of_templates_too() {
    let project = Project::small();
    project.write("themes/xianfeng/templates/news.html", "{{ page.crumbs[7].name }}");
    project.run(&["check"]).fails(1, "error[template-failed]");
}

#[test]
fn a_wrong_command_line_ends_with_2_and_the_nearest_right_word() {
    for (arguments, message) in [
        (&["biuld"][..], "did you mean build?"),
        (&["build", "--out"], "--output-dir"),
        (&["build", "--strickt"], "did you mean --strict?"),
        (&["xyzzy"], "there is no command"),
        (&["build", "-x"], "there is no option -x"),
        (&["new"], "missing"),
        (&["new", "news"], "missing"),
        (&["new", "newz", "a"], "did you mean “news”?"),
        (&["build", "a"], "unexpected"),
        (&["build", "--now", "x"], "not a time"),
        (&["build", "--now"], "needs a value"),
        (&["build", "--jobs", "0"], "1 to 1024"),
        (&["build", "--base-url", "example.cn"], "not a complete address"),
        (&["init", "--strict"], "does not take"),
        (&["build", "--lang", "fr"], "zh or en"),
        (&["build", "--format", "xml"], "human or json"),
        (&["new", "news", ""], "the title is empty"),
        (&["new", "会议", "a"], "branch 支部, member 党员, news 动态"),
        (&["archive", "verifi", "x"], "did you mean verify?"),
        (&["archive", "bag"], "only verify or diff can"),
        (&["archive", "verify", "a", "b"], "unexpected argument “b”"),
        (&["archive", "diff", "a"], "NEW is missing: xianfeng archive diff OLD NEW"),
        (&["archive", "verify", "a", "--dry-run"], "archive verify does not take --dry-run"),
        (&["check", "--verify"], "check does not take --verify"),
        (&["--drafts"], "xianfeng does not take --drafts"),
        (&["help", "archive", "x"], "there is no command"),
    ] {
        let project = Project::small();
        let arguments = [&["--lang", "en"], arguments].concat();
        let before = project.files("");
        let ran = project.run(&arguments);
        ran.fails(2, message);
        assert_eq!((ran.out.as_str(), project.files("")), ("", before), "{arguments:?}");
    }
}

#[test]
fn help_and_version_go_to_stdout() {
    let project = Project::nowhere();
    for arguments in
        [&["--help"][..], &["help"], &["build", "--help"], &["help", "new"], &["--version"]]
    {
        let ran = project.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        assert!(ran.out.contains("xianfeng"), "{arguments:?}: {}", ran.out);
    }
}

#[test]
fn a_command_line_without_a_command_is_wrong() {
    for (project, next) in
        [(Project::nowhere(), "xianfeng init"), (Project::small(), "xianfeng serve")]
    {
        let before = project.files("");
        for lang in ["en", "zh"] {
            let ran = project.run(&["--lang", lang]);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
            assert_eq!(ran.err.lines().count(), 3, "{ran:?}");
            assert!(ran.err.contains(next) && ran.err.contains("xianfeng --help"), "{ran:?}");
        }
        let ran = project.run(&["--format", "json", "--lang", "en"]);
        let told: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
        assert_eq!((ran.code, &told["code"]), (2, &"usage".into()));
        assert!(told["help"].as_str().unwrap().contains(next));
        assert_eq!(project.files(""), before);
    }
}

#[test]
fn a_new_campaign_is_not_stale_and_the_same_on_the_same_day() {
    let days = ["2026-02-26", "2027-01-05", "2031-07-01"];
    let made = days.map(|day| {
        let project = Project::nowhere();
        assert_eq!(project.run(&["init", "--now", day]).code, 0);
        let built = project.run(&["build", "--strict", "--now", day]);
        assert_eq!((built.code, built.err.as_str()), (0, ""), "{built:?}");
        let checked = project.run(&["check", "--strict", "--now", day]);
        assert_eq!((checked.code, checked.err.as_str()), (0, ""), "{checked:?}");
        let again = Project::nowhere();
        again.run(&["init", "--now", day]);
        assert_eq!(project.files("content"), again.files("content"));
        project.files("content")
    });
    assert!(made[0] != made[1] && made[1] != made[2]);
}

#[test]
fn a_folder_without_a_campaign_is_an_error() {
    let project = Project::nowhere();
    for command in ["build", "check"] {
        project.run(&[command, "--lang", "en"]).fails(1, "error[project-missing]");
    }
    project.run(&["new", "news", "甲", "--lang", "en"]).fails(1, "error[project-missing]");
    project.run(&["-r", "/nonexistent/x", "build"]).fails(1, "error[");
    assert!(project.files("").is_empty());
}

#[test]
fn check_fixes_what_is_sure_and_shows_it() {
    let project = Project::small();
    let wrong = "---\ntitle：灯\ndate: ２０２６/3/18\nkind: news\n---\n正文。\n";
    project.write("content/stories/w.md", wrong);
    project.write("content/stories/u.md", "---\ntitle: 灯\n备注：一\n---\n");
    let before = project.files("content");
    let run = |more: &[&str]| project.run(&[&["check", "--lang", "en"], more].concat());
    let shown = run(&["--fix", "--dry-run"]);
    assert_eq!((shown.code, project.files("content")), (1, before.clone()));
    for part in [
        "content/stories/w.md:2:\n  - title：灯\n  + title: 灯",
        "  + date: 2026-03-18",
        "Would fix 2 lines in 1 files",
    ] {
        assert!(shown.out.contains(part), "{part}: {shown:?}");
    }
    let fixed = run(&["--fix"]);
    assert!(fixed.out.contains("Fixed 2 lines in 1 files"), "{fixed:?}");
    assert!(!fixed.err.contains("w.md") && fixed.err.contains("u.md"), "{fixed:?}");
    let after = "---\ntitle: 灯\ndate: 2026-03-18\nkind: news\n---\n正文。\n";
    assert_eq!(project.read("content/stories/w.md"), after);
    let changed = project.files("content");
    let others = changed.iter().filter(|(path, text)| before.get(*path) != Some(*text)).count();
    assert_eq!(others, 1);
    assert!(run(&["--fix"]).out.contains("nothing that can be fixed"));
    run(&["--dry-run"]).fails(2, "--dry-run goes with --fix");
}

#[test]
fn within_content_the_project_is_meant() {
    let project = Project::small();
    project.write("content/stories/2026/深/x.txt", "x");
    for folder in ["content", "content/stories", "content/stories/2026/深"] {
        let run = |arguments: &[&str]| {
            let mut program = project.program(arguments);
            Ran::of(program.current_dir(project.path(folder)).output().unwrap())
        };
        assert_eq!(run(&["build", "--lang", "zh"]).code, 0, "{folder}");
        assert!(project.has("public/index.html"));
        project.remove("public");
        assert!(run(&["--lang", "zh"]).err.contains("这里有一个网站"), "{folder}");
        // Who says which folder means that one.
        assert_eq!(run(&["-r", "content", "check"]).code, 1);
    }
    assert!(!project.has("content/public") && !project.has("content/.xianfeng"));
}

#[test]
fn what_lies_beside_content_is_named_with_its_place() {
    let project = Project::small();
    project.write("templates/menu.html", "x").write("stories/x.md", "x").write("units.yaml", "");
    let ran = project.run(&["check", "--lang", "zh"]);
    for (name, right) in [
        ("templates", "themes/xianfeng/templates"),
        ("stories", "content/stories"),
        ("units.yaml", "content/units.yaml"),
    ] {
        assert!(ran.err.contains(&format!("{name}: warning[misplaced]")), "{}", ran.err);
        assert!(ran.err.contains(&format!("移到 {right}")), "{}", ran.err);
    }
}

#[test]
fn what_init_wrote_and_nobody_changed_is_told_when_the_site_is_to_go_public() {
    let project = Project::nowhere();
    project.run(&["init", "."]).fails(0, "");
    let told = || project.run(&["check", "--lang", "zh"]).err;
    // Somebody looks at the sample, which says on every page that it is one.
    assert!(!told().contains("sample-left"), "{}", told());
    let settings = project.read("content/site.yaml");
    let own = settings
        .replace("# base_url: https://www.example.cn/", "base_url: https://www.shu-zhuang.cn/")
        .replace("# contact: ", "contact: ")
        .replace("# icp: ", "icp: ");
    project.write("content/site.yaml", &own);
    let all = told();
    for words in [
        "网站名称、副标题、简介、联系方式、备案号、通栏提示",
        "content/units.yaml: note[sample-left]: 这个文件里有 ",
        "content/carriers.yaml: note[sample-left]: 这个文件里有 ",
        "note[sample-left]: 有 5 篇稿件和网页还是示例里的内容：content/",
    ] {
        assert!(all.contains(words), "{words}: {all}");
    }
    // What somebody has written is theirs, whatever the file is called.
    let year = std::fs::read_dir(project.path("content/stories")).unwrap().next().unwrap();
    let year = year.unwrap().file_name().into_string().unwrap();
    let story = format!("content/stories/{year}/qi-dong.md");
    let text = project.read(&story);
    let (front, _) = text.split_once("\n---\n").unwrap();
    project.write(&story, format!("{front}\n---\n修了一座小桥。\n"));
    project.write(
        "content/units.yaml",
        "- name: 青禾街道党工委\n  description: 我们自己的一句话介绍。\n",
    );
    let all = told();
    assert!(
        all.contains("有 4 篇稿件和网页还是示例里的") && !all.contains("qi-dong.md、"),
        "{all}"
    );
    assert!(!all.contains("content/units.yaml: note[sample-left]"), "{all}");
}

#[test]
fn what_is_no_part_of_a_command_is_said() {
    let project = Project::small();
    for (typed, said) in [
        (&["build", "#", "生成网站"][..], "从 # 起是给人看的说明"),
        (&["build", "-relative"], "是不是 --relative"),
        (&["build", "–relative"], "是不是 --relative"),
        (&["build", "－－relative"], "是不是 --relative"),
        (&["build", "—relative"], "是不是 --relative"),
    ] {
        let ran = project.run(&[typed, &["--lang", "zh"]].concat());
        ran.fails(2, said);
    }
}
