//! An output folder whose list of our files is lost, and two people's work in git.

use std::process::Command;

use crate::archive::{LEDGER, campaign, case};
use crate::project::Project;

const LIST: &str = "public/.xianfeng-site";

/// What can become of the list.
const FATES: [(&str, Option<&str>); 4] = [
    ("left out by a backup", None),
    ("cut off", Some("xianfeng si")),
    ("of a later version", Some("xianfeng site 2\n{\"files\": []}\n")),
    ("emptied", Some("")),
];

/// A site that was built, with a page of everything; its list and the cache are lost.
fn lost(fate: Option<&str>) -> Project {
    let project = Project::small();
    project
        .write("content/site.yaml", "title: 测试专栏\nbase_url: https://www.example.cn/\n")
        .write("content/pages/about.md", "---\ntitle: 关于\naliases: [/old.html]\n---\n说明。\n")
        .write("content/focal-points.yaml", "- name: 围绕中心\n  colour: \"#b3261e\"\n")
        .build(&[]);
    project.remove(".xianfeng");
    match fate {
        Some(text) => project.write(LIST, text),
        None => project.remove(LIST),
    };
    project
}

#[test]
fn a_site_without_its_list_is_taken_back_by_a_plain_build() {
    for (what, fate) in FATES {
        let project = lost(fate);
        project.write("public/mine.txt", "mine").write("public/.git/HEAD", "ref");
        // Everything but pictures and the author's own files is another than before.
        project
            .story("c", "丙")
            .write("content/site.yaml", "title: 新名专栏\nbase_url: https://www.example.cn/zl/\n");
        project.write("content/focal-points.yaml", "- name: 围绕中心\n  colour: \"#00261e\"\n");
        let ran = project.build(&["-v"]);
        assert!(ran.err.contains("note[manifest-"), "{what}: {}", ran.err);
        assert!(ran.err.contains("mine.txt"), "{what}: {}", ran.err);
        assert_eq!(project.read("public/mine.txt"), "mine");
        assert_eq!(project.read("public/.git/HEAD"), "ref");
        assert_eq!(project.build(&[]).tally().0, 0, "{what}: not whole");
        // Nothing but what is told is more than a new build would have.
        project.remove("public/mine.txt").remove("public/.git");
        let told = |path: &String| ran.err.contains(path.as_str());
        let mut taken = project.files("public");
        project.remove("public").build(&[]);
        let whole = project.files("public");
        taken.retain(|path, _| whole.contains_key(path) || !told(path));
        assert_eq!(taken.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>(), "{what}");
        assert!(taken == whole, "{what}");
    }
}

#[test]
fn check_says_the_same_of_such_a_folder_and_writes_nothing() {
    let project = lost(None);
    let before = project.files("public");
    let ran = project.run(&["check", "--lang", "zh", "--now", "2026-06-01"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("note[manifest-missing]"), "{}", ran.err);
    assert_eq!(project.files("public"), before);
}

#[test]
fn what_cannot_be_known_is_left_standing_and_the_help_leads_out() {
    let logo = "content/static/logo.svg";
    for fate in [None, Some("xianfeng site 2\n")] {
        let project = lost(fate);
        // Somebody put a picture there, and the site now wants another in its place.
        project.write("public/logo.svg", "<svg id='theirs'/>").write(logo, "<svg/>");
        let before = project.files("public");
        let ran = project.try_build(&["--lang", "zh"]);
        ran.fails(1, "public/logo.svg: error[output-file-foreign]");
        assert_eq!(project.files("public"), before);
        // As the help says: rename the whole folder and build again.
        assert!(ran.err.contains("把整个 public 改个名字，再生成一次"), "{}", ran.err);
        std::fs::rename(project.path("public"), project.path("public-old")).unwrap();
        project.build(&[]);
        assert_eq!(project.read("public-old/logo.svg"), "<svg id='theirs'/>");
        assert_eq!(project.read("public/logo.svg"), "<svg/>");
        // Or: delete the one file.
        let project = lost(fate);
        project.write("public/logo.svg", "<svg id='theirs'/>").write(logo, "<svg/>");
        project.try_build(&[]).fails(1, "output-file-foreign");
        project.remove("public/logo.svg").build(&[]);
    }
}

#[test]
fn a_withdrawn_story_is_removed_if_its_bytes_are_known_and_named_if_not() {
    for known in [true, false] {
        let project = Project::small();
        project.build(&[]);
        if !known {
            project.remove(".xianfeng");
        }
        project.remove(LIST).remove("content/stories/a.md");
        let ran = project.build(&[]);
        let page = "stories/2026/a/index.html";
        assert_eq!(project.has(&format!("public/{page}")), !known);
        assert_eq!(ran.err.contains(page), !known, "{}", ran.err);
    }
}

#[test]
fn a_page_of_ours_in_a_folder_of_others_is_not_a_site() {
    let project = lost(None);
    std::fs::rename(project.path("public"), project.path("other")).unwrap();
    project.write("mixed/mine.txt", "mine");
    std::fs::rename(project.path("other"), project.path("mixed/zl")).unwrap();
    project.try_build(&["-o", "mixed"]).fails(1, "error[output-not-ours]");
}

#[test]
fn line_ends_that_git_has_changed_are_no_other_bytes() {
    let project = lost(None);
    project.write("content/static/表.csv", "甲,乙\n1,2\n").build(&[]);
    for (path, bytes) in project.files("public") {
        if let Ok(text) = String::from_utf8(bytes) {
            project.write(&format!("public/{path}"), text.replace('\n', "\r\n"));
        }
    }
    for list in [true, false] {
        project.remove(".xianfeng");
        if !list {
            project.remove(LIST);
        }
        project.story("c", "丙").build(&[]);
    }
    project.remove("content/stories/a.md").build(&[]);
    assert!(!project.has("public/stories/2026/a/index.html"));
}

// Two people's work in git.

impl Project {
    /// Runs git here; what it said, and whether it was content.
    fn git(&self, arguments: &[&str]) -> (bool, String) {
        let output = Command::new("git")
            .current_dir(self.root())
            .args(["-c", "user.name=李", "-c", "user.email=li@example.cn"])
            .args(["-c", "commit.gpgsign=false", "-c", "core.quotePath=false"])
            .args(arguments)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    }

    fn commit(&self, message: &str) {
        assert!(self.git(&["add", "-A"]).0);
        let (done, said) = self.git(&["commit", "-q", "-m", message]);
        assert!(done, "{said}");
    }

    /// Puts all of this under version control on a branch `a`, and does the work of each on a
    /// branch of their own; what merging that of `b` into `a` says.
    fn merged(&self, first: impl Fn(&Self), second: impl Fn(&Self)) -> (bool, String) {
        assert!(self.git(&["init", "-q", "-b", "a"]).0);
        self.commit("begin");
        assert!(self.git(&["checkout", "-q", "-b", "b"]).0);
        second(self);
        self.commit("second");
        assert!(self.git(&["checkout", "-q", "a"]).0);
        first(self);
        self.commit("first");
        self.git(&["merge", "-q", "b"])
    }
}

#[test]
fn two_people_who_both_commit_the_site_build_on_after_the_merge() {
    let project = Project::small();
    project.write(".gitignore", "/.xianfeng/\n").build(&[]);
    let (clean, said) = project.merged(
        |project| {
            project.story("first", "第一个人的稿件").build(&[]);
        },
        |project| {
            project.remove("content/stories/a.md").story("second", "第二个人的稿件").build(&[]);
        },
    );
    assert!(!clean && said.contains(".xianfeng-site"), "{said}");
    assert!(project.read(LIST).contains("<<<<<<<"));
    for cache in [true, false] {
        if !cache {
            project.remove(".xianfeng");
            project.git(&["checkout", "-q", "--merge", "--", "public"]);
        }
        project.build(&[]);
        let merged = project.files("public");
        assert!(merged.contains_key("stories/2026/first/index.html"));
        assert!(merged.contains_key("stories/2026/second/index.html"));
        assert!(!merged.contains_key("stories/2026/a/index.html"), "it was withdrawn");
        assert!(merged.values().all(|bytes| !bytes.starts_with(b"<<<<<<<")));
        let fresh = Project::nowhere();
        for (path, bytes) in project.files("content") {
            fresh.write(&format!("content/{path}"), bytes);
        }
        fresh.build(&[]);
        assert!(merged == fresh.files("public"));
    }
}

#[test]
fn two_people_who_both_number_cases_are_told_what_to_keep() {
    let project = campaign();
    project.write(".gitignore", "/.xianfeng/\n/archive/\n/public/\n");
    let number = |project: &Project, name: &str| {
        let case = case("member", name, "2026-04-01");
        project.write(&format!("content/stories/2026/{name}.md"), case).archive(&["--force"]);
    };
    project.archive(&[]);
    let (clean, said) =
        project.merged(|project| number(project, "丙事迹"), |project| number(project, "丁事迹"));
    assert!(!clean && said.contains(LEDGER), "{said}");
    let ran = project.try_archive(&["--force"]);
    ran.fails(1, "error[ledger-conflict]");
    // As it says: the numbers of the first stay, the others and the marks go.
    let text = project.read(LEDGER);
    let (before, rest) = text.split_once("<<<<<<< HEAD\n").unwrap();
    let (ours, rest) = rest.split_once("=======\n").unwrap();
    let after = rest.split_once(">>>>>>> b\n").unwrap().1;
    project.write(LEDGER, format!("{before}{ours}{after}"));
    project.archive(&["--force"]);
    let ledger = project.read(LEDGER);
    assert!(ledger.contains("丙事迹") && ledger.contains("丁事迹"), "{ledger}");
}

#[test]
fn what_init_ignores_is_what_can_be_made_again_and_never_the_ledger() {
    let project = Project::nowhere();
    assert_eq!(project.run(&["init", ".", "--lang", "zh"]).code, 0);
    assert!(project.git(&["init", "-q"]).0);
    for (path, ignored) in [
        ("public/index.html", true),
        ("archive/A001-WS-20261201/bagit.txt", true),
        (".xianfeng/memory", true),
        ("book.epub", true),
        ("review-x.html", true),
        ("content/stories/2026/~$事迹.docx", true),
        ("content/stories/2026/x.md.bak", true),
        ("content/archive-ledger.yaml", false),
        ("content/static/robots.txt", false),
        ("content/stories/public/x.md", false),
        ("themes/xianfeng/assets/style.css", false),
    ] {
        assert_eq!(project.git(&["check-ignore", "-q", "--no-index", path]).0, ignored, "{path}");
    }
    // Somebody's own is left as it is.
    let project = Project::nowhere();
    project.write(".gitignore", "mine\n");
    assert_eq!(project.run(&["init", ".", "--lang", "zh"]).code, 0);
    assert_eq!(project.read(".gitignore"), "mine\n");
}
