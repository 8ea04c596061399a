//! Builds that fail leave everything as it was.

use crate::project::Project;

/// Builds, breaks something, builds again in vain: the output is as it was.
#[track_caller]
fn keeps_the_old_site(break_it: impl Fn(&Project), message: &str) {
    let project = Project::small();
    project.build(&[]);
    let before = (project.files("public"), project.times("public"));
    project.story("c", "丙");
    break_it(&project);
    project.try_build(&[]).fails(1, message);
    assert_eq!((project.files("public"), project.times("public")), before, "{message}");
    let summary = project.try_build(&[]).out;
    assert!(summary.contains("The existing site was not changed."), "{summary}");
}

#[test]
fn a_bad_story() {
    keeps_the_old_site(
        |project| {
            project.bad_story("x");
        },
        "error[date-impossible]",
    );
}

#[test]
fn a_template_that_does_not_parse() {
    keeps_the_old_site(
        |project| {
            project.write("themes/xianfeng/templates/news.html", "{{ page.title");
        },
        "error[template-syntax]",
    );
}

#[test]
fn a_template_that_fails_on_the_last_page() {
    keeps_the_old_site(
        |project| {
            project.write("themes/xianfeng/templates/search.html", "{{ page.crumbs[7].name }}");
        },
        "error[template-failed]",
    );
}

#[test]
fn a_template_that_fails_on_one_story() {
    keeps_the_old_site(
        |project| {
            project.write(
                "themes/xianfeng/templates/story.html",
                "{% if story.title == \"丙\" %}{{ page.crumbs[7].name }}{% endif %}",
            );
        },
        "content/stories/c.md",
    );
}

#[test]
fn bad_settings_and_vocabularies() {
    keeps_the_old_site(
        |project| {
            project.write("content/site.yaml", "title：甲\n");
        },
        "error[yaml-colon-fullwidth]",
    );
    keeps_the_old_site(
        |project| {
            project.remove("content/site.yaml");
        },
        "error[settings-missing]",
    );
    keeps_the_old_site(
        |project| {
            project.write("content/units.yaml", "- name: 甲\n  parent: 甲\n");
        },
        "error[parent-circle]",
    );
    keeps_the_old_site(
        |project| {
            project.remove("content");
        },
        "error[project-missing]",
    );
}

#[test]
fn all_mistakes_of_all_files_are_told_in_one_run() {
    let project = Project::small();
    project
        .bad_story("x")
        .bad_story("y")
        .write("content/site.yaml", "titel: 甲\n")
        .write("content/stories/z.md", "没有\n");
    let ran = project.try_build(&[]);
    for code in ["key-unknown", "field-missing", "front-matter-missing"] {
        assert!(ran.err.contains(&format!("error[{code}]")), "{code}: {}", ran.err);
    }
    assert_eq!(ran.err.matches("error[date-impossible]").count(), 2);
    assert!(ran.err.trim_end().ends_with("5 errors"), "{}", ran.err);
}

#[test]
fn a_first_build_that_fails_leaves_no_output_behind() {
    let project = Project::small();
    project.bad_story("x");
    for output in ["public", "a/b/c"] {
        project.try_build(&["-o", output]).fails(1, "date-impossible");
        assert!(!project.has(output.split('/').next().unwrap()), "{output}");
    }
    project
        .remove("content/stories/x.md")
        .write("themes/xianfeng/templates/news.html", "{{ page.crumbs[7].name }}");
    for output in ["public", "a/b/c"] {
        project.try_build(&["-o", output]).fails(1, "template-failed");
        assert!(!project.has(output.split('/').next().unwrap()), "{output}");
    }
}

#[test]
fn an_empty_output_folder_is_still_there_after_a_build_that_fails() {
    let project = Project::small();
    project.bad_story("x");
    std::fs::create_dir_all(project.path("public")).unwrap();
    project.try_build(&[]).fails(1, "date-impossible");
    assert!(project.has("public"), "the output folder was deleted");
}

#[test]
fn an_output_that_is_a_file_is_left_alone() {
    let project = Project::small();
    project.write("public", "a file");
    project.try_build(&[]).fails(1, "public");
    project.try_build(&["--force"]).fails(1, "public");
    assert_eq!(project.read("public"), "a file");
}

#[cfg(unix)]
#[test]
fn an_unreadable_story_ends_with_1_and_its_name() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::small();
    project.build(&[]);
    let before = project.files("public");
    let path = project.path("content/stories/a.md");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        return; // Root reads everything.
    }
    project.try_build(&[]).fails(1, "content/stories/a.md");
    assert_eq!(project.files("public"), before);
}

// The list of our files.

const LIST: &str = "public/.xianfeng-site";

/// A list as the program writes it: these lines, and the digest that makes it whole.
fn list(lines: &str) -> String {
    let body = format!("xianfeng site 1\n{lines}");
    format!("{body}{:016x}\n", xxhash_rust::xxh3::xxh3_64(body.as_bytes()))
}

#[test]
fn the_list_is_as_these_tests_think() {
    let project = Project::small();
    project.build(&[]);
    let text = project.read(LIST);
    let body: String = text
        .lines()
        .skip(1)
        .filter(|line| line.contains(' '))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(list(&body), text);
}

#[test]
fn a_hostile_list_never_leads_out_of_the_folder() {
    for path in [
        "../victim.txt",
        "stories/../../victim.txt",
        "/etc/hostname",
        "./../victim.txt",
        "a//../../victim.txt",
        "..",
        "..\\victim.txt",
        "C:/x",
    ] {
        let project = Project::small();
        project.build(&[]);
        project.write("victim.txt", "victim");
        let digest = xxhash_rust::xxh3::xxh3_64(b"victim");
        for line in [format!("- {path}\n"), format!("{digest:016x} {path}\n")] {
            project.write(LIST, list(&line));
            project.try_build(&[]);
            project.try_build(&["--force"]);
            assert_eq!(project.read("victim.txt"), "victim", "{path}");
            assert!(std::path::Path::new("/etc/hostname").exists());
        }
    }
}

#[test]
fn a_damaged_list_is_told_and_nothing_of_others_is_deleted() {
    for text in [
        "",
        "garbage",
        "xianfeng site 1\n",
        "xianfeng site 1\n- a\n0000000000000000\n",
        "\u{0}\u{1}",
    ] {
        let project = Project::small();
        project.build(&[]);
        project.write("public/mine.txt", "mine").write(LIST, text);
        let ran = project.build(&[]);
        assert!(ran.err.contains("note[manifest-damaged]"), "{}", ran.err);
        assert_eq!(project.read("public/mine.txt"), "mine");
        assert_eq!(project.build(&[]).tally().0, 0, "mended");
    }
}

#[test]
fn an_output_that_cannot_be_written_hides_no_mistake() {
    let project = Project::small();
    project.bad_story("x").write("occupied", "a file");
    let ran = project.try_build(&["-o", "occupied"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[date-impossible]") && ran.err.contains("error[io]"), "{ran:?}");
}
