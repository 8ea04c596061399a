//! Themes: overriding files, missing themes, templates with mistakes.

use xianfeng::base::lang::Lang;

use crate::campaign::{Campaign, PNG};

fn story() -> Campaign {
    Campaign::story("", "正文")
}

#[test]
fn one_file_of_the_project_takes_the_place_of_the_themes() {
    let campaign = story().template("story.html", "<p>{{ story.title }}</p>");
    assert_eq!(campaign.page("/stories/2026/x/"), "<p>标题甲</p>");
    assert_eq!(campaign.page("/archive/"), story().page("/archive/"));
}

#[test]
fn a_theme_of_its_own_name_lies_over_the_default() {
    let campaign = story()
        .settings("theme: office\nlanguage: fr")
        .with(
            "themes/office/templates/story.html",
            "{{ t.home }} {{ site.options.motto }}{{ site.assets[\"a.css\"] }}",
        )
        .with("themes/office/strings/fr.yaml", "home: Accueil\n")
        .with("themes/office/theme.yaml", "name: office\noptions:\n  motto: 为人民\n")
        .with("themes/office/assets/a.css", "b{}")
        .with("themes/office/templates/_notes.txt", "x");
    assert_eq!(campaign.codes(), ["theme-words-missing"]);
    let page = campaign.page("/stories/2026/x/");
    assert!(page.starts_with("Accueil 为人民/assets/a.css"), "{page}");
    assert_eq!(campaign.page("/assets/a.css"), "b{}");
    let chosen = campaign.settings("theme: office\nlanguage: fr\ntheme_options: {motto: 求实}");
    assert!(chosen.page("/stories/2026/x/").contains("求实"));
}

#[test]
fn an_assets_address_changes_with_its_bytes() {
    let address = |css: &str| {
        story()
            .with("themes/xianfeng/assets/a.css", css)
            .template("story.html", "{{ site.assets[\"a.css\"] }}")
            .page("/stories/2026/x/")
    };
    assert_eq!(address("a{}"), address("a{}"));
    assert_ne!(address("a{}"), address("b{}"));
}

#[test]
fn the_names_of_themes_and_options_are_checked() {
    assert_eq!(story().settings("theme: nobody").codes(), ["theme-missing"]);
    assert_eq!(story().settings("theme_options: {motto: 甲}").codes(), ["option-unknown"]);
    let near = story()
        .with("themes/xianfeng/theme.yaml", "options: {motto: 甲}\n")
        .settings("theme_options: {moto: 乙}");
    assert_eq!(near.help(), "did you mean “motto”?");
    assert_eq!(story().with("themes/xianfeng/readme.css", "x").codes(), ["theme-file-stray"]);
    assert_eq!(
        story().with("themes/xianfeng/strings/zh-CN.yaml", "home: [甲]\n").codes(),
        ["type-wrong"]
    );
}

#[test]
fn what_is_said_of_the_theme_in_settings_has_its_line() {
    let settings = "page_size: 5\ntheme: nobody\ntheme_options:\n  a: 1\n  motto: 甲\nlanguage: fr";
    let found = story().settings(settings).places();
    assert_eq!(
        found,
        ["3:8 theme-missing", "5:3 option-unknown", "6:3 option-unknown", "7:11 strings-missing"]
    );
    let near = story().settings("theme: ofice").with("themes/office/theme.yaml", "name: office\n");
    assert_eq!(near.codes(), ["theme-missing", "theme-file-unused"]);
    let shown = near.diagnostics(Lang::En);
    assert!(shown.contains("did you mean “office”?"), "{shown}");
}

#[test]
fn a_mistyped_file_of_a_theme_is_a_warning_with_the_right_name() {
    let text = |path: &str| if path.ends_with(".svg") { "<svg/>" } else { "{}" };
    let of = |path: &str| story().with(path, text(path));
    for (path, near) in [
        ("themes/xianfeng/templates/itme.html", "item.html"),
        ("themes/xianfeng/templates/Story.html", "story.html"),
        ("themes/xianfeng/assets/sytle.css", "style.css"),
        ("themes/xianfeng/assets/icons.svg", "icon.svg"),
        ("themes/xianfeng/strings/zh_CN.yaml", "zh-CN.yaml"),
        ("themes/xianfen/templates/item.html", "xianfeng"),
    ] {
        let campaign = of(path);
        assert_eq!(campaign.codes(), ["theme-file-unused"], "{path}");
        assert_eq!(campaign.help(), format!("did you mean “{near}”?"), "{path}");
    }
    for path in ["themes/templates/item.html", "themes/item.html"] {
        assert_eq!(of(path).codes(), ["theme-file-unused"], "{path}");
    }
    // The place of a built-in file, a part of another template, and what may be shown anywhere.
    let sound = story()
        .template(
            "news.html",
            "{% include \"mine.html\" %}{{<mark />}}{{ site.assets[\"styles.css\"] }}",
        )
        .template("mine.html", "a")
        .template("marks.html", "{%- component mark() -%}x{%- endcomponent mark -%}")
        .with("themes/xianfeng/assets/style.css", "@import 'style2.css'")
        .with("themes/xianfeng/assets/styles.css", "b{}")
        .with("themes/xianfeng/assets/style2.css", "b{}")
        .with("themes/xianfeng/assets/legend.png", PNG);
    assert!(sound.codes().is_empty(), "{:?}", sound.codes());
}

#[test]
fn a_mistyped_key_of_a_theme_is_a_warning_with_the_right_name() {
    let hoem = story().with("themes/xianfeng/strings/zh-CN.yaml", "news: 新闻\nhoem: 首页\n");
    assert_eq!(hoem.places(), ["2:1 theme-key-unused"]);
    assert_eq!(hoem.help(), "did you mean “home”?");
    let french =
        story().settings("language: fr").with("themes/xianfeng/strings/fr.yaml", "hoem: Accueil\n");
    assert_eq!(french.places(), ["theme-words-missing", "1:1 theme-key-unused"]);
    let options = story().with("themes/xianfeng/theme.yaml", "optoins: {motto: 甲}\n");
    assert_eq!(options.places(), ["1:1 theme-key-unused"]);
    assert_eq!(options.help(), "did you mean “options”?");
    let own = story()
        .with("themes/xianfeng/strings/zh-CN.yaml", "mine: 我\nours: 我们\n")
        .with("themes/xianfeng/theme.yaml", "name: x\nversion: 1\nlicence: MIT\n")
        .template("story.html", "{{ t.mine }} {{ t[\"ours\"] }}");
    assert!(own.codes().is_empty(), "{:?}", own.codes());
}

#[test]
fn words_that_a_language_lacks_come_from_chinese() {
    let campaign = story()
        .settings("language: fr")
        .with("themes/xianfeng/strings/fr.yaml", "home: Accueil\n")
        .template("story.html", "{{ t.home }} {{ t.kind_news }}");
    let chinese = story().template("story.html", "{{ t.kind_news }}").page("/stories/2026/x/");
    assert_eq!(campaign.page("/stories/2026/x/"), format!("Accueil {chinese}"));
    // One complaint names some of them, not the one that is there.
    assert_eq!(campaign.codes(), ["theme-words-missing"]);
    let shown = campaign.diagnostics(Lang::En);
    assert!(shown.starts_with("themes/xianfeng/strings/fr.yaml: warning"), "{shown}");
    assert!(!shown.contains(" home"), "{shown}");
}

/// Every word of a language of the built-in theme, as a project would give it in another.
fn whole(change: impl Fn(&str) -> String) -> String {
    let words = include_str!("../../themes/xianfeng/strings/en.yaml");
    let lines = words.lines().filter(|line| !line.starts_with('#') && line.contains(": "));
    lines.map(|line| change(line) + "\n").collect()
}

#[test]
fn a_language_that_has_every_word_is_silent() {
    let tibetan = whole(|line| match line.strip_prefix("home: ") {
        Some(_) => "home: གཙོ་ངོས།".to_string(),
        None => line.to_string(),
    });
    let campaign =
        story().settings("language: bo").with("themes/xianfeng/strings/bo.yaml", tibetan);
    assert!(campaign.codes().is_empty(), "{}", campaign.diagnostics(Lang::En));
    let page = campaign.page("/");
    assert!(page.contains("<html lang=\"bo\">") && page.contains("གཙོ་ངོས།"), "{page}");
}

#[test]
fn a_language_that_is_written_from_the_right_says_so() {
    let of = |language: &str| {
        let file = format!("themes/xianfeng/strings/{language}.yaml");
        story()
            .settings(&format!("language: {language}"))
            .with(&file, whole(str::to_string))
            .page("/")
    };
    assert!(of("ug").contains("<html lang=\"ug\" dir=\"rtl\">"));
    assert!(of("kk-Arab-CN").contains("dir=\"rtl\"") && !of("ug-Latn").contains("dir="));
}

#[test]
fn a_variety_of_a_language_has_the_words_of_the_language() {
    let campaign = story().settings("language: en-GB").template("story.html", "{{ t.home }}");
    assert!(campaign.codes().is_empty(), "{:?}", campaign.codes());
    assert_eq!(campaign.page("/stories/2026/x/"), "Home");
    let own = campaign.with("themes/xianfeng/strings/en-GB.yaml", "home: Front page\n");
    assert!(own.codes().is_empty(), "{:?}", own.codes());
    assert_eq!(own.page("/stories/2026/x/"), "Front page");
}

#[test]
fn braces_that_nothing_fills_are_told_with_those_that_can_stand_there() {
    let wrong = story().with("themes/xianfeng/strings/zh-CN.yaml", "story_count: \"{个} 篇\"\n");
    assert_eq!(wrong.places(), ["1:14 theme-word-braces"]);
    assert_eq!(wrong.help(), "what can stand here: {n}");
    let right = story().with("themes/xianfeng/strings/zh-CN.yaml", "story_count: \"共 {n} 篇\"\n");
    assert!(right.codes().is_empty());
}

#[test]
fn english_sites_speak_english() {
    let page = story().settings("language: en").page("/");
    assert!(page.contains("<html lang=\"en\">"), "{page}");
}

#[test]
fn a_template_that_does_not_parse_is_an_error_at_its_line() {
    let campaign = story().template("story.html", "<p>\n{{ story.title }\n</p>");
    assert_eq!(campaign.codes(), ["template-syntax"]);
    let shown = campaign.diagnostics(Lang::Zh);
    assert!(shown.starts_with("themes/xianfeng/templates/story.html:2:"), "{shown}");
}

#[test]
fn a_template_that_asks_for_what_it_does_not_get_names_template_line_and_story() {
    for (template, line) in [
        ("<p>\n\n{{ story.title | int }}\n", 3),
        ("{{ throw(message=\"x\") }}", 1),
        ("\n{{ story.title | nonsense }}", 2),
        ("{% include \"nobody.html\" %}", 1),
    ] {
        let campaign = story().template("story.html", template);
        let shown = campaign.diagnostics(Lang::En);
        let codes = campaign.codes();
        assert!(
            matches!(
                codes[..],
                ["template-failed"
                    | "template-syntax"
                    | "template-filter-unknown"
                    | "template-missing"]
            ),
            "{template}: {shown}"
        );
        assert!(shown.starts_with("themes/xianfeng/templates/story.html"), "{shown}");
        if codes == ["template-failed"] {
            assert!(
                shown.starts_with(&format!("themes/xianfeng/templates/story.html:{line}:")),
                "{shown}"
            );
            assert!(shown.contains("content/stories/x.md"), "{shown}");
        }
    }
}

/// Keys in no order that anything would give them by itself.
const KEYS: [&str; 16] =
    ["q", "丙", "b", "z", "甲", "m", "庚", "a", "k", "辛", "x", "丁", "c", "r", "己", "w"];

#[test]
fn loops_over_maps_keep_the_order_that_a_person_wrote() {
    let entries = KEYS.map(|key| format!("{key}: 1")).join(", ");
    let campaign = |template: &str| {
        Campaign::story(&format!("extra: {{{entries}}}"), "正文")
            .with("themes/xianfeng/theme.yaml", format!("options: {{{entries}}}\n"))
            .settings("theme_options: {甲: 2, b: 2}")
            .template("story.html", template)
            .page("/stories/2026/x/")
    };
    for map in [
        "story.extra",
        "site.options",
        &format!("{{{}}}", KEYS.map(|key| format!("\"{key}\": 1")).join(", ")),
    ] {
        let looped =
            campaign(&format!("{{% for key, value in {map} %}}{{{{ key }}}} {{% endfor %}}"));
        assert_eq!(looped.trim(), KEYS.join(" "), "{map}");
    }
    let keys = campaign("{{ t | keys | join(sep=\"\n\") }}");
    assert!(keys.lines().count() > 50 && keys.lines().is_sorted(), "words come by key: {keys}");
    let printed = campaign("{{ story.extra }}");
    assert!(printed.starts_with("{&quot;q&quot;: 1, &quot;丙&quot;: 1, "), "{printed}");
}

#[test]
fn groups_come_in_the_order_of_their_first_item() {
    let items = [("癸", 1), ("子", 2), ("癸", 3), ("d", 4), ("子", 5), ("a", 6)]
        .map(|(k, n)| format!("{{\"k\": \"{k}\", \"n\": {n}}}"))
        .join(", ");
    let others = "{\"k\": true, \"n\": 7}, {\"k\": 8, \"n\": 8}, {\"k\": none, \"n\": 9}";
    let template = format!(
        "{{% set items = [{items}, {others}] %}}{{% set groups = items | group_by(attribute=\"k\") %}}\
         {{% for key, group in groups %}}{{{{ key }}}}:\
         {{% for item in group %}}{{{{ item.n }}}}{{% endfor %}} {{% endfor %}}{{{{ groups[8][0].n }}}}"
    );
    let page = story().template("story.html", &template).page("/stories/2026/x/");
    assert_eq!(page, "癸:13 子:25 d:4 a:6 true:7 8:8 8");
    for (template, said) in [
        ("{% set _g = [{\"k\": 1}] | group_by(attribute=\"x\") %}", "there is no `x` in a map"),
        ("{% set _g = [{\"k\": [1]}] | group_by(attribute=\"k\") %}", "`k` is a array"),
    ] {
        let shown = story().template("story.html", template).diagnostics(Lang::En);
        assert!(shown.contains(said) && shown.contains("story.html:1:"), "{shown}");
    }
}

#[test]
fn what_the_engine_lists_by_chance_is_refused_or_sorted() {
    story().template("story.html", "{{ __tera_context }}").errs("template-dump", "__tera_context");
    let names = KEYS.map(|key| format!("a{key}")).into_iter().filter(|name| name.is_ascii());
    let mut names: Vec<String> = names.collect();
    let given: Vec<String> = names.iter().map(|name| format!("\"{name}\": 1")).collect();
    let given = given.join(", ");
    let shown = story()
        .template(
            "story.html",
            &format!("{{% component c() %}}{{% endcomponent c %}}{{% set m = {{{given}}} %}}{{{{<c {{...m}} />}}}}"),
        )
        .diagnostics(Lang::En);
    names.sort();
    assert!(shown.contains(&format!("`{}`", names.join("`, `"))), "{shown}");
}

#[test]
fn a_failure_in_a_part_names_the_part() {
    let shown = story().template("footer.html", "\n{{ site.title | int }}").diagnostics(Lang::En);
    assert!(shown.starts_with("themes/xianfeng/templates/footer.html:2:"), "{shown}");
    assert!(shown.contains("more pages"), "{shown}");
}

#[test]
fn a_failure_in_an_item_is_told_once() {
    let campaign = story().template("item.html", "{{ story.title | int }}");
    assert_eq!(campaign.codes(), ["template-failed"]);
    assert!(campaign.diagnostics(Lang::En).contains("content/stories/x.md"));
}

#[test]
fn templates_that_extend_themselves_end() {
    let campaign = story().template("base.html", "{% extends \"base.html\" %}");
    assert_eq!(campaign.codes(), ["template-syntax"]);
    let endless = story().template("footer.html", "{% include \"footer.html\" %}");
    assert_eq!(endless.codes().len(), 1);
}

#[test]
fn templates_escape_by_themselves() {
    let page = Campaign::story("post: '<b>&\"'", "正文")
        .template("story.html", "{{ story.post }}")
        .page("/stories/2026/x/");
    assert_eq!(page, "&lt;b&gt;&amp;&quot;");
}

#[test]
fn a_picture_of_a_theme_that_no_browser_shows_is_a_warning() {
    let with = |name: &str, bytes: &[u8]| {
        Campaign::new("").with(&format!("themes/xianfeng/assets/{name}"), bytes).codes()
    };
    assert_eq!(with("icon.svg", PNG), ["theme-picture-wrong"]);
    assert_eq!(with("icon.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), [""; 0]);
}

#[test]
fn what_is_meant_for_the_public_can_be_called() {
    let campaign = Campaign::story("", "值班电话 0573-81230001 没有链接。")
        .settings("contact: 宣传办 0573-81234567、ban@mail.example.cn\nnotice: 举报电话：12380");
    let page = campaign.page("/stories/2026/x/");
    for link in [
        "<a href=\"tel:057381234567\">0573-81234567</a>",
        "<a href=\"mailto:ban@mail.example.cn\">ban@mail.example.cn</a>",
        "<a href=\"tel:12380\">12380</a>",
    ] {
        assert!(page.contains(link), "{link}");
    }
    // A number in a story may be anybody's.
    assert!(!page.contains("tel:057381230001"), "{page}");
    // What is written there is still no markup.
    let hostile = Campaign::new("").settings("contact: '<b>0573-81234567</b>\"&'").page("/");
    assert!(hostile.contains("&lt;b&gt;<a href=\"tel:057381234567\">"), "{hostile}");
}
