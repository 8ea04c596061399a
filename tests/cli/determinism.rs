//! The same campaign gives the same bytes anywhere.

use crate::project::Project;

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
