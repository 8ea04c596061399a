//! Layers of a theme: what lies over what, how a file extends what it replaces, what is linked where
//! it is, and the second built-in theme.

use regex_lite::Regex;
use xianfeng::base::lang::Lang;

use crate::campaign::{Built, Campaign, branch, member, news};
use crate::fixture::extremes;
use crate::html;

fn story() -> Campaign {
    Campaign::story("", "正文")
}

/// A file of `themes/overrides/`.
fn over(campaign: Campaign, name: &str, text: &str) -> Campaign {
    campaign.with(&format!("themes/overrides/{name}"), text)
}

#[test]
fn what_lies_higher_is_shown() {
    let layers = [
        ("themes/xianfeng/templates/news.html", "最低"),
        ("themes/harbour/templates/news.html", "中间"),
        ("themes/overrides/templates/news.html", "最高"),
    ];
    let mut campaign = story().settings("theme: harbour").with("themes/harbour/theme.yaml", "");
    for (path, text) in layers {
        campaign = campaign.with(path, text);
        assert_eq!(campaign.page("/news/"), text);
    }
    assert!(campaign.codes().is_empty(), "{:?}", campaign.codes());
    // What a theme of another name does not have is the project's own of the default theme.
    let below = story()
        .settings("theme: harbour")
        .with("themes/harbour/theme.yaml", "name: harbour\n")
        .with("themes/xianfeng/templates/side.html", "<p>自己的侧栏</p>");
    assert!(below.page("/news/").contains("<p>自己的侧栏</p>"));
    let words = over(story(), "strings/zh-CN.yaml", "news: 要闻\n");
    assert!(words.page("/news/").contains("<h1>要闻</h1>"));
}

#[test]
fn a_file_extends_what_it_replaces() {
    let campaign = over(
        story(),
        "templates/news.html",
        "{% extends \"xianfeng/news.html\" %}{% block main %}<p>前</p>{{ super() }}<p>后</p>{% endblock %}",
    );
    let page = campaign.page("/news/");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(at("<p>前</p>") < at("class=\"page-head\"") && at("标题甲") < at("<p>后</p>"));
    assert!(campaign.codes().is_empty(), "{:?}", campaign.codes());
    // A theme's file is reachable by the theme's name, and that of the program below it.
    let two = over(
        story().settings("theme: harbour").with(
            "themes/harbour/templates/item.html",
            "{% extends \"xianfeng/item.html\" %}{% block item_end %}<i>港</i>{% endblock %}",
        ),
        "templates/item.html",
        "{% extends \"harbour/item.html\" %}{% block item_summary %}<b>短</b>{% endblock %}",
    );
    let page = two.page("/news/");
    assert!(page.contains("<b>短</b>") && page.contains("<i>港</i>"), "{page}");
    assert!(!page.contains("class=\"summary\""), "{page}");
}

#[test]
fn a_part_of_other_templates_extends_too() {
    let campaign = over(
        story(),
        "templates/list.html",
        "{% extends \"xianfeng/list.html\" %}\n{% block list_items %}<p>上面 {{ \"{% endblock %}\" }}</p>{{ super() }}{% endblock %}\n",
    );
    let page = campaign.page("/news/");
    assert!(page.contains("<p>上面 {% endblock %}</p><div class=\"items\">"), "{page}");
    assert!(page.contains("id=\"xf-list\"") && page.contains("标题甲"), "{page}");
    // Nested blocks, through two layers.
    let nested = over(
        story()
            .settings("theme: harbour")
            .with("themes/harbour/templates/side.html", "<aside>{% block outer %}<i>{% block inner %}甲{% endblock %}</i>{% endblock %}</aside>"),
        "templates/side.html",
        "{% extends \"harbour/side.html\" %}{% block inner %}乙{{- super() }}{% endblock %}",
    );
    assert!(nested.page("/news/").contains("<aside><i>乙甲</i></aside>"));
}

#[test]
fn a_mistake_in_a_part_that_extends_is_told_at_its_own_line() {
    let campaign = over(
        story(),
        "templates/list.html",
        "{% extends \"xianfeng/list.html\" %}\n\n{% block list_title %}\n  {{ list.nothing_of_it }}\n{% endblock %}\n",
    );
    let shown = campaign.diagnostics(Lang::En);
    assert!(shown.contains("themes/overrides/templates/list.html:4:"), "{shown}");
    let below = over(
        story().with(
            "themes/xianfeng/templates/x.html",
            "甲\n{% block a %}{% endblock %}\n{{ nobody }}\n",
        ),
        "templates/side.html",
        "{% extends \"xianfeng/x.html\" %}\n{% block a %}一\n二{% endblock %}",
    );
    let shown = below.diagnostics(Lang::En);
    assert!(shown.contains("themes/xianfeng/templates/x.html:3:"), "{shown}");
}

#[test]
fn who_extends_the_own_name_is_told_the_right_one() {
    let campaign = story().template("news.html", "{% extends \"news.html\" %}");
    assert_eq!(campaign.codes(), ["template-syntax"]);
    assert!(campaign.diagnostics(Lang::Zh).contains("{% extends \"xianfeng/news.html\" %}"));
}

#[test]
fn every_section_of_the_home_page_has_a_block() {
    let sections = ["preface", "front", "focal_points", "latest", "branches", "members", "changed"];
    let campaign = Campaign::new("")
        .with("content/stories/a.md", branch("甲", "一支部", "民生"))
        .with("content/stories/b.md", member("乙", "石磊", "二支部", "实践"))
        .with("content/stories/c.md", news("丙", "2026-03-01", "updated: 2026-04-01", "字"));
    for section in sections {
        let text = format!(
            "{{% extends \"xianfeng/home.html\" %}}{{% block {section} %}}<p>换掉的</p>{{% endblock %}}"
        );
        let page = over(campaign.clone(), "templates/home.html", &text).page("/");
        assert_eq!(page.matches("<p>换掉的</p>").count(), 1, "{section}");
        html::read(&page).unwrap();
    }
}

#[test]
fn hooks_are_files_and_blocks() {
    let mut campaign = story();
    for (file, text) in [
        ("head_end", "<meta name=\"hook\" content=\"{{ page.kind }}\">"),
        ("story_end", "<p>{{ story.title }}完</p>"),
        ("foot_end", "<p>页底</p>"),
    ] {
        campaign = over(campaign, &format!("templates/{file}.html"), text);
    }
    let page = campaign.page("/stories/2026/x/");
    assert!(page.contains("<meta name=\"hook\" content=\"story\"></head>"), "{page}");
    assert!(page.contains("<p>标题甲完</p></article>"), "{page}");
    assert!(page.contains("<p>页底</p></footer>"), "{page}");
    let news = campaign.page("/news/");
    assert!(news.contains("content=\"news\"></head>") && news.contains("<p>页底</p></footer>"));
    assert!(!news.contains("完</p>"));
    let block = over(
        story(),
        "templates/base.html",
        "{% extends \"xianfeng/base.html\" %}{% block head_end %}<meta name=\"hook\" content=\"1\">{% endblock %}",
    );
    assert!(block.page("/archive/").contains("<meta name=\"hook\" content=\"1\"></head>"));
}

#[test]
fn sheets_are_linked_where_they_are() {
    let none = story().page("/news/");
    assert!(!none.contains("custom.css") && !none.contains("print.css"));
    let all = over(over(story(), "assets/custom.css", "a{}"), "assets/print.css", "b{}")
        .with("content/static/custom.css", "c{}")
        .with("content/static/print.css", "d{}");
    let page = all.page("/news/");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(at("/assets/style.css?") < at("/assets/custom.css?"));
    assert!(at("/assets/custom.css?") < at("\"/custom.css?"));
    assert!(at("\"/custom.css?") < at("/assets/print.css?"));
    assert_eq!(page.matches("media=\"print\"").count(), 2);
    assert!(all.codes().is_empty(), "{:?}", all.codes());
    let near = over(story(), "assets/costum.css", "a{}");
    assert_eq!(near.codes(), ["theme-file-unused"]);
    assert_eq!(near.help(), "did you mean “custom.css”?");
}

#[test]
fn a_new_look_keeps_the_structure() {
    let built =
        over(story(), "assets/look.css", "/* mine */\np::after { content: \"/*\" }\n").build();
    let css = built.page("/assets/style.css");
    assert!(css.contains(".columns {") && css.contains("p::after { content: \"/*\" }"), "{css}");
    assert!(!css.contains("mine") && !css.contains("--paper: #faf6ee"));
    assert!(!built.has("/assets/look.css") && !built.has("/assets/structure.css"));
    let whole = over(story(), "assets/style.css", "/* all */ a{}").build();
    assert_eq!(whole.page("/assets/style.css"), "/* all */ a{}");
    let own = story().build().page("/assets/style.css");
    assert!(own.contains(".columns {") && own.contains("--paper: #faf6ee"));
}

#[test]
fn what_no_layer_uses_is_said() {
    for (path, near) in [
        ("themes/overrides/templates/hoem.html", Some("home.html")),
        ("themes/overrides/templates/entirely_new.html", None),
        ("themes/overides/templates/home.html", Some("overrides")),
    ] {
        let campaign = story().with(path, "x");
        assert_eq!(campaign.codes(), ["theme-file-unused"], "{path}");
        if let Some(near) = near {
            assert_eq!(campaign.help(), format!("did you mean “{near}”?"), "{path}");
        }
    }
    let near = story().settings("theme: buletin");
    assert_eq!(near.codes(), ["theme-missing"]);
    assert!(near.help_of("theme-missing").contains("bulletin"));
}

/// A campaign that has every kind of page.
fn every_kind() -> Campaign {
    extremes().into_iter().fold(Campaign::new(""), |all, (path, text)| all.with(&path, text))
}

/// What stands around the text of a story, without drawings; the separators as text.
fn around_the_text(page: &str) -> String {
    let body = page.split_once("<body").map_or("", |(_, body)| body);
    let cut = Regex::new("(?s)<svg.*?</svg>|data-search-body>.*?</article>").unwrap();
    let dot = "<span class=\"dot\"> · </span>";
    // It stands at the end of the piece that it follows.
    let text = cut.replace_all(body, "").replace(&format!("{dot}</span>"), " · ");
    text.replace(dot, " · ")
}

#[test]
fn lines_read_right_without_a_style() {
    let touching = Regex::new(
        "</(?:span|a|time|small|strong)><(?:span|a|time|small|strong)[ >]|[^\\s>]<span class=\"(?:count|number|flag|label|line-meta)[ \"]|[^\\s>]<time",
    )
    .unwrap();
    for theme in ["xianfeng", "bulletin"] {
        let built = every_kind().settings(&format!("theme: {theme}\ncoverage: true")).build();
        for (path, page) in built.pages() {
            let text = around_the_text(&page);
            let found = touching.find(&text).map(|found| {
                let from = text[..found.start()].rfind('\n').unwrap_or(0);
                &text
                    [from..text[found.end()..].find('\n').map_or(text.len(), |at| found.end() + at)]
            });
            assert_eq!(found, None, "{theme}: {path}");
        }
    }
}

fn bulletin(campaign: Campaign) -> Built {
    campaign.settings("theme: bulletin\ncoverage: true\nprofile: gov").build()
}

#[test]
fn the_second_theme_shows_every_page_without_a_script() {
    let built = bulletin(every_kind());
    let pages = built.pages();
    assert!(pages.len() > 100, "{}", pages.len());
    for (path, page) in &pages {
        html::read(page).unwrap_or_else(|error| panic!("{path}: {error:?}"));
        // Large print is remembered by one; without it the link works on the page that it is on.
        let scripts = page.replace("<script type=\"application/ld+json\">", "");
        let scripts = scripts.replacen("<script src=\"/assets/first.js", "", 1);
        assert!(!scripts.contains("<script"), "{path}");
    }
    assert!(!built.has("/search/") && built.page("/assets/style.css").contains("#00468b"));
    let codes = story().settings("theme: bulletin").codes();
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn the_second_theme_is_small() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/bulletin");
    let mut lines = 0;
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => lines += std::fs::read_to_string(path).unwrap().lines().count(),
            }
        }
    }
    assert!((50..=400).contains(&lines), "{lines}");
}
