//! `theme`: what it writes, and what it refuses.

use crate::project::{Project, Ran};

fn theme(project: &Project, words: &[&str]) -> Ran {
    project.run(&[&["theme"], words, &["--lang", "en"]].concat())
}

#[test]
fn a_new_theme_is_checked_used_and_not_overwritten() {
    let project = Project::small();
    let made = theme(&project, &["new", "jie"]);
    assert_eq!(made.code, 0, "{made:?}");
    assert!(project.read("themes/jie/theme.yaml").contains("name: jie\n"));
    let settings = project.read("content/site.yaml");
    project.write("content/site.yaml", format!("{settings}\ntheme: jie\n"));
    let checked = theme(&project, &["check", "--strict"]);
    assert_eq!((checked.code, &*checked.err), (0, ""), "{checked:?}");
    project.build(&["--strict", "--now", "2026-06-01"]);
    assert!(project.read("public/assets/options.css").contains("--option-accent"));
    let listed = theme(&project, &["list"]);
    assert!(listed.out.contains("bulletin"), "{}", listed.out);
    assert!(listed.out.contains("jie (in use)"), "{listed:?}");
    assert!(
        listed.out.contains("theme_options.accent Main colour (colour): #8c1c13"),
        "{listed:?}"
    );
    assert!(listed.out.contains("templates/item.html  replaces the built-in one"), "{listed:?}");
    for name in ["jie", "xianfeng", "bulletin"] {
        theme(&project, &["new", name]).fails(1, "theme-exists");
    }
    theme(&project, &["new", "a/b"]).fails(1, "theme-name-wrong");
}

#[test]
fn a_copy_is_the_built_in_file_until_somebody_changes_it() {
    let project = Project::small();
    project.build(&["--now", "2026-06-01"]);
    let before = project.files("public");
    for file in ["item.html", "templates/story.html", "look.css", "pager"] {
        let copied = theme(&project, &["copy", file]);
        assert_eq!(copied.code, 0, "{copied:?}");
    }
    theme(&project, &["copy", "item.html"]).fails(1, "theme-copy-exists");
    theme(&project, &["copy", "item.html"]).fails(1, "xianfeng theme diff templates/item.html");
    theme(&project, &["copy", "itme.html"]).fails(1, "did you mean “item.html”?");
    project.build(&["--strict", "--now", "2026-06-01"]);
    let after = project.files("public");
    let changed: Vec<_> = before
        .keys()
        .filter(|name| name.ends_with("index.html") && before[*name] != after[*name])
        .collect();
    // Only the address of the style sheet is another.
    let text = |files: &std::collections::BTreeMap<String, Vec<u8>>, name: &str| {
        let text = String::from_utf8(files[name].clone()).unwrap();
        let at = text.find("style.css?v=").map_or(0, |at| at + "style.css?v=".len());
        format!("{}{}", &text[..at], &text[(at + 8).min(text.len())..])
    };
    for name in changed {
        assert_eq!(text(&before, name), text(&after, name), "{name}");
    }
    let same = theme(&project, &["diff", "item.html"]);
    assert!(same.code == 0 && same.out.contains("is the same as the built-in file"), "{same:?}");
    let own = project.read("themes/xianfeng/templates/item.html");
    project.write(
        "themes/xianfeng/templates/item.html",
        own.replace("class=\"summary\"", "class=\"short\""),
    );
    let differs = theme(&project, &["diff", "item.html"]);
    let has = |sign: char, text: &str| {
        differs.out.lines().any(|line| line.starts_with(sign) && line.contains(text))
    };
    assert!(has('-', "class=\"summary\"") && has('+', "class=\"short\""), "{differs:?}");
    theme(&project, &["diff", "menu.html"]).fails(1, "theme-copy-missing");
    // The copy that lies on top is the one that readers see.
    project.write(
        "themes/overrides/templates/item.html",
        own.replace("class=\"summary\"", "class=\"top\""),
    );
    let on_top = theme(&project, &["diff", "item.html"]);
    assert!(on_top.out.contains("+++ themes/overrides/templates/item.html"), "{on_top:?}");
}

#[test]
fn the_values_of_a_page_are_json() {
    let project = Project::small();
    project.story("a", "甲");
    for page in ["/", "content/stories/a.md", "/stories/2026/a/", "news"] {
        let ran = theme(&project, &["values", page, "--now", "2026-06-01"]);
        assert_eq!(ran.code, 0, "{page}: {ran:?}");
        let values: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert!(values["site"]["title"].is_string() && values["template"].is_string(), "{page}");
        assert!(!ran.out.contains('\u{fdd0}') && !ran.out.contains('\u{fdd1}'), "{page}");
    }
    let story = theme(&project, &["values", "content/stories/a.md", "--now", "2026-06-01"]);
    let values: serde_json::Value = serde_json::from_str(&story.out).unwrap();
    assert_eq!(values["story"]["url"], "/stories/2026/a/");
    assert!(values["story"]["body"].as_str().unwrap().starts_with("<p>"), "{values}");
    theme(&project, &["values", "/nwes/", "--now", "2026-06-01"])
        .fails(1, "did you mean “/news/”?");
}

#[test]
fn a_theme_with_mistakes_is_refused() {
    let project = Project::small();
    project.write("themes/xianfeng/templates/item.html", "{% if story.pined %}x{% endif %}");
    theme(&project, &["check"]).fails(1, "template-name-unknown");
    project.write("themes/xianfeng/templates/item.html", "{{ story.unit.name }}");
    // No story of this project has a unit, and so no page can be written.
    theme(&project, &["check"]).fails(1, "template-failed");
    let unseen = "{% if story.draft %}{{ story.unit.name }}{% endif %}";
    project.write("themes/xianfeng/templates/item.html", unseen);
    assert_eq!(theme(&project, &["check"]).code, 0);
    assert_eq!(theme(&project, &["check", "--strict"]).code, 3);
}

#[test]
fn what_templates_write_is_checked_as_a_build_checks_it() {
    let project = Project::small();
    project.story("a", "甲");
    let file = "themes/xianfeng/templates/story.html";
    for (template, code) in [
        ("<a href=\"{{ site.root }}nwes/\">x</a>", "template-link-dead"),
        ("<div>x", "template-element-open"),
        ("{{ story.focal_points[9].name }}", "template-failed"),
    ] {
        project.write(file, template);
        theme(&project, &["check"]).fails(1, code);
    }
    project.write(file, "<p style=\"color:red\">x</p>");
    assert_eq!(theme(&project, &["check", "--strict"]).code, 3);
    // Without pages only the files can be looked at, and that is said.
    project.write("content/stories/b.md", "---\ntitle: 乙\n---\n");
    let half = theme(&project, &["check"]);
    assert!(half.code == 0 && half.err.contains("theme-pages-unseen"), "{half:?}");
    project.write("themes/xianfeng/strings/zh-CN.yaml", "home: 首页\n");
    let listed = theme(&project, &["list"]);
    assert!(
        listed.out.contains("strings/zh-CN.yaml  laid over the built-in one entry by entry"),
        "{listed:?}"
    );
}

#[test]
fn the_reference_speaks_both_languages() {
    let project = Project::nowhere();
    for (lang, first, headings) in [
        ("zh", "# 主题\n", ["\n## 怎么改\n", "\n## 模板怎么写\n", "\n## 模板和它们得到的值\n"]),
        (
            "en",
            "# Themes\n",
            ["\n## Options\n", "\n## The language of templates\n", "\n## Values\n"],
        ),
    ] {
        let ran = project.run(&["theme", "docs", "--lang", lang]);
        assert!(ran.code == 0 && ran.out.starts_with(first), "{ran:?}");
        assert!(headings.iter().all(|heading| ran.out.contains(heading)), "{}", ran.out);
        // Neither marks of the document nor links to files that only the repository has.
        assert!(!ran.out.contains("<!--") && !ran.out.contains("README"), "{}", ran.out);
    }
}
