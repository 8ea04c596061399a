//! The output folder: what is written, left alone, removed and refused.

use crate::project::Project;

#[test]
fn a_second_build_writes_nothing_and_touches_nothing() {
    let project = Project::small();
    project.write("content/static/a.txt", "a").write(
        "content/stories/p/index.md",
        "---\ntitle: 丙\ndate: 2026-01-01\nkind: news\n---\n![图](b.png)\n",
    );
    project.write("content/stories/p/b.png", "png");
    let (written, ..) = project.build(&[]).tally();
    assert!(written > 20, "{written}");
    let before = (project.files("public"), project.times("public"));
    assert_eq!(project.build(&[]).tally(), (0, written, 0));
    assert_eq!((project.files("public"), project.times("public")), before);
}

#[test]
fn only_what_changed_is_rewritten() {
    let project = Project::small();
    project.build(&[]);
    let before = project.times("public");
    project.write(
        "content/stories/a.md",
        "---\ntitle: 甲\ndate: 2026-03-18\nkind: news\n---\n甲的正文。更多。\n",
    );
    let (written, ..) = project.build(&[]).tally();
    let after = project.times("public");
    let changed = after.iter().filter(|(path, time)| before.get(*path) != Some(time)).count();
    // The list of our files changes too.
    assert_eq!(changed, written + 1);
    assert_eq!(after["404.html"], before["404.html"]);
    assert_ne!(after["stories/2026/a/index.html"], before["stories/2026/a/index.html"]);
}

#[test]
fn a_story_that_is_gone_leaves_neither_page_nor_folder() {
    let project = Project::small();
    project.write("content/stories/old.md", "---\ntitle: 旧\ndate: 2019-01-01\nkind: news\n---\n");
    project.build(&[]);
    assert!(
        project.has("public/stories/2019/old/index.html") && project.has("public/archive/2019")
    );
    project.remove("content/stories/old.md");
    let pages =
        || project.times("public").into_keys().filter(|path| !path.starts_with("search/")).count();
    let before = pages();
    project.build(&[]);
    assert_eq!(before - pages(), 2);
    assert!(
        !project.has("public/stories/2019")
            && !project.has("public/archive/2019")
            && project.has("public/stories/2026")
    );
}

#[test]
fn a_warm_build_is_a_cold_build() {
    let project = Project::small();
    project.build(&[]);
    project
        .remove("content/stories/a.md")
        .story("c", "丙")
        .write("content/site.yaml", "title: 新名\n");
    project.build(&[]);
    let warm = project.files("public");
    project.remove("public");
    project.build(&[]);
    assert_eq!(warm, project.files("public"));
}

#[test]
fn files_that_are_not_ours_are_left_alone() {
    let project = Project::small();
    project.build(&[]);
    project
        .write("public/CNAME", "example.cn")
        .write("public/stories/2026/a/附件.zip", "zip")
        .write("public/.git/HEAD", "ref");
    project.remove("content/stories/a.md");
    project.build(&[]);
    project.build(&["--force"]);
    assert_eq!(
        project.read("public/CNAME")
            + &project.read("public/stories/2026/a/附件.zip")
            + &project.read("public/.git/HEAD"),
        "example.cnzipref"
    );
    assert!(!project.has("public/stories/2026/a/index.html"));
}

#[test]
fn a_file_that_is_not_ours_is_never_overwritten() {
    for more in [&[][..], &["--force"]] {
        let project = Project::small();
        project.build(&[]);
        let mine = "我自己的页面";
        project.write("public/stories/2026/c/index.html", mine);
        project.story("c", "丙");
        let before = project.files("public");
        project.try_build(more).fails(1, "error[output-file-foreign]");
        assert_eq!(project.files("public"), before, "{more:?}");
    }
}

#[test]
fn with_force_a_folder_of_others_is_used_and_nothing_of_theirs_changed() {
    let project = Project::small();
    project.write("public/robots.txt", "theirs").write("public/a.txt", "theirs");
    project.try_build(&["--force"]).fails(1, "output-file-foreign");
    assert_eq!(project.files("public").len(), 2);
    project.remove("public/robots.txt");
    project.build(&["--force"]);
    assert_eq!(project.read("public/a.txt"), "theirs");
    project.build(&[]);
}

#[test]
fn a_file_that_was_there_before_us_stays_even_if_it_was_the_same() {
    let project = Project::small();
    project.write("content/static/logo.svg", "<svg/>").write("public/logo.svg", "<svg/>");
    project.build(&["--force"]);
    project.remove("content/static/logo.svg");
    project.build(&["--force"]);
    assert!(project.has("public/logo.svg"), "a file that this program did not write was deleted");
}

#[test]
fn a_page_of_ours_that_somebody_changed_is_not_deleted() {
    let project = Project::small();
    project.build(&[]);
    project.write("public/stories/2026/a/index.html", "改过");
    project.remove("content/stories/a.md");
    let ran = project.build(&[]);
    assert!(ran.err.contains("warning[output-file-kept]"), "{}", ran.err);
    assert_eq!(project.read("public/stories/2026/a/index.html"), "改过");
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let project = Project::small();
    project.write("public/mine.txt", "mine");
    project.try_build(&[]).fails(1, "error[output-not-ours]");
    assert_eq!(project.files("public").len(), 1);
}

#[test]
fn the_project_and_what_holds_or_feeds_it_are_refused() {
    let project = Project::small();
    let before = project.files("");
    let root = project.root();
    for output in [
        ".",
        "..",
        "/",
        "content",
        "content/x",
        "content/stories/../y",
        "themes/x",
        "./content/../.",
        root.to_str().unwrap(),
        "x/..",
    ] {
        for more in [&[][..], &["--force"]] {
            project
                .try_build(&[&["-o", output], more].concat())
                .fails(1, "error[output-in-project]");
        }
        assert_eq!(project.files(""), before, "{output}");
    }
}

#[test]
fn an_output_elsewhere_is_written_and_nothing_beside_it() {
    let project = Project::small();
    let before = project.files("content");
    for output in ["a/b/c", "公开 站点"] {
        project.build(&["-o", output]);
        assert!(project.has(&format!("{output}/index.html")));
    }
    let tops: Vec<String> =
        project.files("").keys().map(|path| path.split('/').next().unwrap().to_string()).collect();
    assert!(
        tops.iter().all(|top| ["content", "a", "公开 站点", ".xianfeng"].contains(&top.as_str())),
        "{tops:?}"
    );
    assert_eq!(project.files("content"), before);
}

#[cfg(unix)]
#[test]
fn a_link_to_the_project_is_the_project() {
    let project = Project::small();
    std::os::unix::fs::symlink(project.path("content"), project.path("out")).unwrap();
    let before = project.files("content");
    project.try_build(&["-o", "out"]).fails(1, "output-in-project");
    project.try_build(&["-o", "out/new"]).fails(1, "output-in-project");
    assert_eq!(project.files("content"), before);
}

#[cfg(unix)]
#[test]
fn links_in_the_content_are_not_followed() {
    let project = Project::small();
    project
        .write("../secret/x.md", "---\ntitle: 秘密\ndate: 2026-01-01\nkind: news\n---\n")
        .write("../secret/s.txt", "秘密");
    let link = std::os::unix::fs::symlink::<std::path::PathBuf, std::path::PathBuf>;
    link(project.path("../secret/x.md"), project.path("content/stories/l.md")).unwrap();
    link(project.path("../secret"), project.path("content/stories/f")).unwrap();
    std::fs::create_dir_all(project.path("content/static")).unwrap();
    link(project.path("../secret/s.txt"), project.path("content/static/s.txt")).unwrap();
    let ran = project.build(&[]);
    assert_eq!(ran.err.matches("warning[symlink]").count(), 3, "{}", ran.err);
    let all = project.files("public");
    assert!(
        all.iter().all(
            |(path, bytes)| path != "s.txt" && !String::from_utf8_lossy(bytes).contains("秘密")
        )
    );
}

#[cfg(unix)]
#[test]
fn a_link_to_a_theme_in_the_project_is_followed() {
    let project = Project::small();
    project
        .write("content/site.yaml", "title: 港务\ntheme: harbour\n")
        .write("shared/look/templates/news.html", "港")
        .write("../elsewhere/templates/news.html", "外")
        .write("themes/_notes.md", "");
    let link = std::os::unix::fs::symlink::<&str, std::path::PathBuf>;
    link("../shared/look", project.path("themes/harbour")).unwrap();
    let ran = project.build(&[]);
    assert!(!ran.err.contains("symlink"), "{}", ran.err);
    assert_eq!(project.read("public/news/index.html"), "港");
    // Nothing outside is read, and no folder that the link itself is in.
    for target in ["../../elsewhere", "..", "."] {
        project.remove("themes/harbour");
        link(target, project.path("themes/harbour")).unwrap();
        let ran = project.try_build(&[]);
        assert!(ran.err.contains("warning[symlink]"), "{target}: {}", ran.err);
        assert!(ran.err.contains("error[theme-missing]"), "{target}: {}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_of_the_project_is_a_file_of_a_theme() {
    let project = Project::small();
    project
        .write("shared/news.html", "港")
        .write("../elsewhere/news.html", "外")
        .write("themes/overrides/templates/_note.md", "");
    let link = std::os::unix::fs::symlink::<&str, std::path::PathBuf>;
    let path = "themes/overrides/templates/news.html";
    link("../../../shared/news.html", project.path(path)).unwrap();
    let ran = project.build(&[]);
    assert!(!ran.err.contains("symlink"), "{}", ran.err);
    assert_eq!(project.read("public/news/index.html"), "港");
    // What the link leads to may change.
    project.write("shared/news.html", "新港");
    project.build(&[]);
    assert_eq!(project.read("public/news/index.html"), "新港");
    for (target, words) in [
        ("../../../../elsewhere/news.html", "to a file outside the project"),
        ("../../../shared/nope.html", "the file that it leads to is not there"),
    ] {
        project.remove(path);
        link(target, project.path(path)).unwrap();
        let ran = project.try_build(&[]);
        assert!(ran.err.contains(&format!("{path}: error[theme-symlink]")), "{}", ran.err);
        assert!(ran.err.contains(words), "{}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn links_in_the_output_lead_us_nowhere() {
    let project = Project::small();
    project.build(&[]);
    project.write("../elsewhere/2026/a/index.html", "别处").remove("public/stories");
    std::os::unix::fs::symlink(project.path("../elsewhere"), project.path("public/stories"))
        .unwrap();
    for change in [true, false] {
        project.try_build(&[]);
        assert_eq!(project.files("../elsewhere").len(), 1);
        assert_eq!(project.read("../elsewhere/2026/a/index.html"), "别处");
        if change {
            project.remove("content/stories/a.md").remove("content/stories/b.md");
        }
    }
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_file() {
    let project = Project::small();
    project.write("content/static/x", "file");
    project.build(&[]);
    project.remove("content/static/x").write("content/static/x/y.txt", "below");
    project.build(&[]);
    assert_eq!(project.read("public/x/y.txt"), "below");
    project.remove("content/static/x").write("content/static/x", "file");
    project.build(&[]);
    assert_eq!(project.read("public/x"), "file");
}

#[cfg(unix)]
#[test]
fn files_have_the_mode_that_the_umask_says() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o7777;
    for (umask, file, folder) in [("022", 0o644, 0o755), ("027", 0o640, 0o750)] {
        let project = crate::archive::campaign();
        project.write("content/static/a.txt", "a");
        let run = format!(
            "umask {umask}; \"$0\" build -q && \"$0\" book -q && \"$0\" archive -q -o bag && \
             \"$0\" archive diff bag bag --csv diff.csv -q"
        );
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &run, env!("CARGO_BIN_EXE_xianfeng")]).current_dir(project.root());
        assert!(command.status().unwrap().success());
        for path in [
            "public/index.html",
            "public/a.txt",
            "public/.xianfeng-site",
            "book.epub",
            "bag/bagit.txt",
            "diff.csv",
            "content/archive-ledger.yaml",
        ] {
            assert_eq!(mode(&project.path(path)), file, "{path} under {umask}");
        }
        for path in ["public", "public/stories/2026/yi", "bag/data"] {
            assert_eq!(mode(&project.path(path)), folder, "{path} under {umask}");
        }
    }
}

#[cfg(unix)]
#[test]
fn folders_of_the_site_have_the_group_that_folders_get_in_the_output() {
    use std::os::unix::fs::PermissionsExt;
    // What is made in a folder with this bit has the folder's group; folders pass it on.
    const PASSED_ON: u32 = 0o2000;
    let project = Project::small();
    std::fs::create_dir(project.path("public")).unwrap();
    let mode = std::fs::Permissions::from_mode(0o755 | PASSED_ON);
    std::fs::set_permissions(project.path("public"), mode).unwrap();
    project.build(&[]);
    let made = project.path("public/stories/2026").metadata().unwrap().permissions().mode();
    assert_eq!(made & PASSED_ON, PASSED_ON);
}

/// A story that is there, one that is due, one that expires, and one that has.
fn timed() -> Project {
    let project = Project::small();
    let story = |name: &str, front: &str| {
        let text =
            format!("---\ntitle: {name}\ndate: 2026-03-01\nkind: news\n{front}---\n正文。\n");
        project.write(&format!("content/stories/2026/{name}.md"), &text);
    };
    story("甲", "");
    story("乙", "publish_at: 2026-06-02 08:00\n");
    story("丙 & 丁", "expire_at: 2026-06-10\n");
    story("戊", "expire_at: 2026-05-01\n");
    project
}

#[test]
fn a_build_says_what_waits_and_when_to_build_again() {
    let project = timed();
    let ran = project.run(&["build", "--now", "2026-06-01 09:00", "--lang", "zh"]);
    assert!(ran.out.contains("有 1 篇已经撤下\n《乙》2026-06-02 08:00 发布："), "{}", ran.out);
    assert!(ran.out.contains("《丙 & 丁》2026-06-11 撤下："), "{}", ran.out);
    // The same when there is nothing to do.
    let again = project.run(&["build", "--now", "2026-06-01 09:00", "--lang", "zh"]);
    assert!(again.out.contains("写入 0 个文件") && again.out.contains("《乙》2026-06-02 08:00"));
    let json = project.run(&["build", "--now", "2026-06-01 09:00", "--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(summary["scheduled"][0]["at"], "2026-06-02T08:00:00+08:00");
    assert_eq!(summary["scheduled"][0]["change"], "appears");
    assert_eq!(summary["scheduled"][1]["title"], "丙 & 丁");
    assert_eq!(summary["scheduled"][1]["change"], "expires");
    assert_eq!(summary["removed"], 0);
    let later = project.run(&["build", "--now", "2026-06-11", "--lang", "zh"]);
    assert!(later.out.contains("有 2 篇已经撤下"), "{}", later.out);
}

#[test]
fn what_was_written_and_removed_is_listed() {
    let project = timed();
    project.build(&[]);
    let list = |now: &str| {
        project.run(&["build", "--now", now, "--lang", "zh", "--changes", "改动.txt"]);
        project.read("改动.txt")
    };
    list("2026-06-01");
    let before = list("2026-06-01");
    assert_eq!(before, "网站改动清单：public 里有 0 个文件变了\n");
    let text = list("2026-06-11");
    let [added, changed, removed] =
        ["\n新增（上传）\n", "\n修改（上传，覆盖原来的）\n", "\n删除（在服务器上也要删掉）\n"].map(
            |head| {
                let (_, rest) = text.split_once(head).unwrap_or_else(|| panic!("{head}: {text}"));
                rest.split("\n\n").next().unwrap().to_string()
            },
        );
    assert!(added.contains("stories/2026/yi/index.html\t乙 · "), "{text}");
    assert!(changed.contains("index.html\t"), "{text}");
    assert!(removed.contains("stories/2026/bing-ding/index.html\t丙 & 丁 · "), "{text}");
    for line in removed.lines() {
        let path = line.split('\t').next().unwrap();
        assert!(!project.has(&format!("public/{path}")), "{path}");
    }
    for line in added.lines().chain(changed.lines()) {
        let path = line.split('\t').next().unwrap();
        assert!(project.has(&format!("public/{path}")), "{path}");
    }
    // `-v` says what the build did.
    let ran = project.run(&["build", "--now", "2026-06-01", "--lang", "zh", "-v"]);
    assert!(ran.out.contains("删除  stories/2026/yi/index.html\t乙 · "), "{}", ran.out);
}

/// The paths in each part of a list of changes: removed, added, changed; without those of the search.
fn parts(list: &str) -> [Vec<String>; 3] {
    ["\n删除（在服务器上也要删掉）\n", "\n新增（上传）\n", "\n修改（上传，覆盖原来的）\n"].map(
        |head| {
            let part = list.split_once(head).map_or("", |(_, rest)| rest);
            let part = part.split("\n\n").next().unwrap_or_default();
            part.lines().map(|line| line.split('\t').next().unwrap().to_string()).collect()
        },
    )
}

#[test]
fn a_list_counts_from_the_last_list_and_not_from_the_last_build() {
    let project = Project::small();
    let story = |title: &str, more: &str| {
        format!("---\ntitle: {title}\ndate: 2026-03-01\nkind: news\n{more}---\n{title}的事。\n")
    };
    let list = || {
        project.run(&["build", "--lang", "zh", "--changes", "清单.txt"]).fails(0, "");
        project.read("清单.txt")
    };
    project.write("content/stories/2026/qiao.md", story("修桥", ""));
    let first = list();
    let [removed, added, changed] = parts(&first);
    assert!(first.contains("第一份清单"), "{first}");
    assert!(added.contains(&"stories/2026/qiao/index.html".to_string()), "{first}");
    assert!(removed.is_empty() && changed.is_empty(), "{first}");
    // Withdrawn, and built by somebody who asks for no list.
    project.write("content/stories/2026/qiao.md", story("修桥", "draft: true\n"));
    project.build(&[]);
    // Added and removed between two lists: nobody has uploaded that.
    project.write("content/stories/2026/jing.md", story("打井", ""));
    project.build(&[]);
    project.remove("content/stories/2026/jing.md");
    project.build(&[]);
    let before = project.read("清单.txt");
    // A list that cannot be written loses nothing.
    let failed = project.run(&["build", "--changes", "content/site.yaml/清单.txt"]);
    assert_ne!(failed.code, 0);
    assert_eq!(project.read("清单.txt"), before);
    let second = list();
    let [removed, added, _] = parts(&second);
    assert_eq!(removed, ["stories/2026/qiao/index.html"], "{second}");
    assert!(second.contains("qiao/index.html\t修桥 · "), "{second}");
    assert!(added.is_empty() && !second.contains("jing"), "{second}");
    // The deletions stand first, and what the search reads last.
    let at = |words: &str| second.find(words).unwrap_or_else(|| panic!("{words}: {second}"));
    assert!(at("\n删除") < at("\n修改") && at("\n修改") < at("\n站内搜索用的文件："), "{second}");
    assert_eq!(list(), "网站改动清单：public 里有 0 个文件变了\n");
    // The record is lost: everything is listed, and that is said.
    std::fs::remove_dir_all(project.path(".xianfeng")).unwrap();
    let lost = list();
    assert!(lost.contains("上一份清单的记录找不到了"), "{lost}");
    assert!(parts(&lost)[1].contains(&"index.html".to_string()), "{lost}");
}

#[test]
fn a_list_of_changes_takes_the_place_of_no_other_file() {
    let project = timed();
    project.write("名单.txt", "张三\n");
    let ran = project.run(&["build", "--changes", "名单.txt", "--lang", "zh"]);
    ran.fails(1, "changes-in-the-way");
    assert_eq!(project.read("名单.txt"), "张三\n");
    assert!(!project.has("public"));
}

/// Two stories of a member, with a unit and a page.
fn addressed() -> Project {
    let project = Project::small();
    project
        .write("content/units.yaml", "- name: 河湾社区\n- name: 梅林社区\n")
        .write(
            "content/stories/2026/lao-li.md",
            "---\ntitle: 老李 & 楼道\ndate: 2026-03-01\nkind: member\nname: 李桂芳\nunit: 河湾社区\nfocal_points: [民生]\n---\n正文。\n",
        )
        .write("content/pages/guan-yu.md", "---\ntitle: 关于本站\n---\n正文\n");
    project.build(&[]);
    project
}

#[test]
fn an_address_that_is_lost_is_told_with_what_keeps_it() {
    let project = addressed();
    let text = project.read("content/stories/2026/lao-li.md");
    project
        .remove("content/stories/2026/lao-li.md")
        .write("content/stories/2026/lou-dao.md", &text)
        .write("content/units.yaml", "- name: 河湾社区\n  slug: hewan\n- name: 梅林社区\n")
        .write("content/pages/guan-yu.md", "---\ntitle: 关于本站\nslug: about\n---\n正文\n");
    for command in ["check", "build"] {
        let ran = project.run(&[command, "--lang", "zh", "--now", "2026-06-01", "-v"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        for told in [
            "content/stories/2026/lou-dao.md: warning[address-moved]: 网址从 /stories/2026/lao-li/ 变成了 /stories/2026/lou-dao/",
            "要保留旧网址，加一行 aliases: [/stories/2026/lao-li/]（旧网址）",
            "content/units.yaml: warning[address-moved]: “河湾社区”的网址从 /units/he-wan-she-qu/ 变成了 /units/hewan/",
            "old_slugs: [he-wan-she-qu]",
            "content/pages/guan-yu.md: warning[address-moved]: 网址从 /guan-yu/ 变成了 /about/",
        ] {
            assert!(ran.err.contains(told), "{command}: {told}: {}", ran.err);
        }
    }
    // Told once: the next build knows of no other address.
    assert!(!project.run(&["build", "--lang", "zh"]).err.contains("address-"));
    // What is advised keeps the addresses.
    project
        .write(
            "content/stories/2026/lou-dao.md",
            text.replace("kind:", "aliases: [/stories/2026/lao-li/]\nkind:"),
        )
        .write(
            "content/units.yaml",
            "- name: 河湾社区\n  slug: hewan\n  old_slugs: [he-wan-she-qu]\n- name: 梅林社区\n",
        );
    project.build(&[]);
    for (old, new) in [("stories/2026/lao-li", "lou-dao"), ("units/he-wan-she-qu", "hewan")] {
        assert!(project.read(&format!("public/{old}/index.html")).contains(new), "{old}");
    }
}

#[test]
fn what_was_deleted_is_told_and_what_waits_is_not() {
    let project = addressed();
    project.remove("content/stories/2026/lao-li.md");
    let ran = project.run(&["build", "--lang", "zh", "--now", "2026-06-01"]);
    assert!(
        ran.err.contains("这 2 个网址没有了：/members/li-gui-fang/ /stories/2026/lao-li/"),
        "{}",
        ran.err
    );
    let project = addressed();
    let text = project.read("content/stories/2026/lao-li.md");
    for front in ["draft: true", "expire_at: 2026-05-01"] {
        project.write(
            "content/stories/2026/lao-li.md",
            text.replace("kind:", &format!("{front}\nkind:")),
        );
        let ran = project.run(&["build", "--lang", "zh", "--now", "2026-06-01"]);
        assert!(!ran.err.contains("/stories/"), "{}", ran.err);
    }
}

#[test]
fn an_own_robots_txt_wins() {
    let project = Project::small();
    project.write("content/static/robots.txt", "User-agent: *\nDisallow: /\n").build(&[]);
    assert_eq!(project.read("public/robots.txt"), "User-agent: *\nDisallow: /\n");
}
