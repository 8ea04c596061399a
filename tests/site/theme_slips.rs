//! What people who make themes get wrong: each slip is told once, at its own place, with the way out.

use xianfeng::base::lang::Lang;
use xianfeng::diagnostic::Severity;
use xianfeng::pipeline::LastGood;

use crate::campaign::{Campaign, marked_text, news, photograph};

fn story() -> Campaign {
    Campaign::story("", "正文")
}

/// A page around something that a template writes.
fn page(html: &str) -> String {
    format!("<!doctype html><title>a</title>\n{html}")
}

/// The only complaint of a template of stories: its place and code, its words in Chinese and English,
/// and its help in both.
#[track_caller]
fn only(campaign: &Campaign) -> [String; 6] {
    let prepared = campaign.prepared();
    let [said] = &prepared.diagnostics[..] else {
        panic!("not one complaint:\n{}", campaign.diagnostics(Lang::En))
    };
    let at = said.place.position().map_or(String::new(), |at| format!("{}:{}", at.line, at.column));
    let help = said.help.clone();
    let (zh, en) = help.map_or(Default::default(), |help| (help.zh, help.en));
    let place = format!("{}:{at} {}", said.place.path.file_name(), said.code);
    [place, said.message.zh.clone(), said.message.en.clone(), zh, en, marked_text(said)]
}

#[track_caller]
fn of_story(template: &str) -> [String; 6] {
    only(&story().template("story.html", template))
}

#[test]
fn a_tag_that_is_not_closed_is_named_and_not_the_next_one() {
    let inside = of_story(
        "{% extends \"base.html\" %}\n{% block main %}\n{% if story.draft %}<p>x</p>\n{% endblock %}\n",
    );
    assert_eq!(inside[0], "story.html:3:1 template-tag-open");
    assert_eq!(inside[2], "this {% if … %} is not closed before {% endblock %} of line 4");
    assert_eq!(inside[1], "这里的 {% if … %} 没有结束，第 4 行就是 {% endblock %} 了");
    assert_eq!(inside[4], "write {% endif %} before {% endblock %}");
    for (template, place) in [
        ("{% if story.draft %}x", "1:1 template-tag-open"),
        ("{% for a in story.author %}{% if a %}x{% endfor %}", "1:28 template-tag-open"),
        (
            "{% if story.draft %}{% for a in story.author %}{% endif %}{% endfor %}",
            "1:21 template-tag-open",
        ),
        ("x{% endfor %}", "1:2 template-tag-stray"),
        ("{% if story.draft %}x{% endif %}{% endif %}", "1:33 template-tag-stray"),
        ("{% for a in story.author %}x{% endif %}", "1:29 template-tag-stray"),
        ("{% endblock %}", "1:1 template-tag-stray"),
        ("{% else %}", "1:1 template-tag-stray"),
        (
            "{% if story.draft %}{% else %}{% elif story.pinned %}{% endif %}",
            "1:31 template-tag-stray",
        ),
    ] {
        assert_eq!(of_story(template)[0], format!("story.html:{place}"), "{template}");
    }
    let stray = of_story("{% for a in story.author %}\nx{% endif %}");
    assert_eq!(
        stray[4],
        "what is open is {% for … %} of line 1, which {% endfor %} closes; or delete {% endif %}"
    );
    // A part that extends is written out before the engine sees it.
    let part = story().template(
        "footer.html",
        "{% extends \"xianfeng/footer.html\" %}{% block imprint %}{% if site.title %}x{% endblock %}",
    );
    assert_eq!(only(&part)[0], "footer.html:1:56 template-tag-open");
    // Each template says its own.
    let two =
        story().template("story.html", "{% if story.draft %}").template("news.html", "{% endif %}");
    assert_eq!(two.codes(), ["template-tag-stray", "template-tag-open"]);
}

#[test]
fn what_the_parser_says_is_said_in_plain_words() {
    for (template, code, words) in [
        (
            "{% if story.draft %}x{% else if story.pinned %}y{% endif %}",
            "template-tag-unknown",
            "{% elif … %}",
        ),
        ("{% unless story.draft %}x{% endunless %}", "template-tag-unknown", "{% if not … %}"),
        ("{{ story.title }", "template-syntax", "}}"),
        ("{% if story.draft }}x{% endif %}", "template-syntax", "%}"),
        ("{{ story.title | truncate(40) }}", "template-syntax", "length=40"),
        ("{{ story.title | default: \"x\" }}", "template-syntax", "default(value="),
        ("{% if story.draft = true %}x{% endif %}", "template-syntax", "=="),
        ("{% if story.draft && story.pinned %}x{% endif %}", "template-syntax", "and"),
        ("{% if story.draft || story.pinned %}x{% endif %}", "template-syntax", "or"),
        ("{% if !story.draft %}x{% endif %}", "template-syntax", "not"),
        ("{% include item.html %}", "template-syntax", "\"item.html\""),
        ("{% for a of story.author %}x{% endfor %}", "template-syntax", "{% for x in a %}"),
        ("{{ “a” }}", "template-syntax", "\""),
        ("{{ story.title ? 1 : 2 }}", "template-syntax", "if b else c"),
    ] {
        let said = of_story(template);
        assert!(said[0].ends_with(code), "{template}: {said:?}");
        assert!(said[3].contains(words) && said[4].contains(words), "{template}: {said:?}");
        for text in [&said[1], &said[2]] {
            assert!(
                !text.contains("identifier") && !text.contains("Found"),
                "{template}: {said:?}"
            );
        }
    }
    let closed = of_story("{% block head_part %}x{% endblock head %}");
    assert_eq!(
        closed[2],
        "the template has a syntax error: this closes the block “head”, but “head_part” is open"
    );
}

#[test]
fn blocks_and_templates_that_are_not_there_are_told_with_those_that_are() {
    let block = of_story("{% extends \"base.html\" %}{% block mian %}x{% endblock %}");
    assert_eq!(block[0], "story.html:1:35 template-block-unknown");
    assert!(block[4].starts_with("did you mean “main”? what there is: crumbs, "), "{block:?}");
    let part = of_story("{% include \"itm.html\" %}");
    assert_eq!(
        (&*part[0], &*part[4]),
        ("story.html:1:12 template-missing", "did you mean “item.html”?")
    );
    let base = of_story("{% extends \"bsae.html\" %}");
    assert_eq!(
        (&*base[0], &*base[4]),
        ("story.html:1:12 template-missing", "did you mean “base.html”?")
    );
    // All of them, and a template that a slip means is not unused.
    let own = story()
        .template("story.html", "{% include \"badg_big.html\" %}{{ story.title | uper }}")
        .template("badge_big.html", "x");
    assert_eq!(own.codes(), ["template-missing", "template-filter-unknown"]);
    let item = story()
        .with("themes/xianfeng/theme.yaml", "items: {related: item_shrot.html}\n")
        .template("item_short.html", "x");
    assert_eq!(item.codes(), ["template-missing"]);
}

#[test]
fn what_other_languages_call_otherwise_is_translated() {
    for (template, words) in [
        ("{{ story.author | count }}", "| length"),
        ("{{ story.date.iso | date(format=\"%Y\") }}", "{{ story.date.text }}"),
        ("{{ story.title | upcase }}", "| upper"),
        ("{{ story.title | striptags }}", "story.summary"),
        ("{% for a in story.author | slice(end=3) %}{{ a }}{% endfor %}", "a[0:3]"),
        ("{{ story.focal_points | map(attribute=\"name\") }}", "x.name for x in a"),
        ("{{ story.title | tojson }}", "| json"),
        ("{{ story.url | urlencode }}", "story.url"),
        ("{{ story.title | nl2br }}", "newlines_to_br"),
        ("{% if story.author is empty %}x{% endif %}", "{% if not a %}"),
        ("{{ url_for(name=\"news\") }}", "site.root"),
    ] {
        let said = of_story(template);
        assert!(said[3].contains(words) && said[4].contains(words), "{template}: {said:?}");
    }
    assert!(of_story("{{ story.title | uper }}")[4].starts_with("did you mean “upper”? "));
}

#[test]
fn no_message_has_the_name_of_a_type() {
    for (template, words) in [
        ("{% for x in story.date %}{{ x }}{% endfor %}", "has several parts (text, "),
        ("{{ story.focal_points.name }}", "is a list; each item has name, "),
        ("{% for x in story.minutes %}{{ x }}{% endfor %}", "is a number, and is no list"),
        (
            "{% for f in story.focal_points | sort(attribute=\"numbr\") %}{{ f.name }}{% endfor %}",
            "“story.focal_points” has no field “numbr”",
        ),
    ] {
        let said = of_story(template);
        assert!(said[2].contains(words), "{template}: {said:?}");
        assert!(!said[1].contains("View") && !said[1].contains("FocalPoint"), "{said:?}");
    }
}

#[test]
fn an_element_that_does_not_balance_is_found_in_its_own_template() {
    let base = |main: &str| {
        story().template(
            "story.html",
            &format!(
                "{{% extends \"base.html\" %}}\n{{% block main %}}\n{main}\n{{% endblock %}}\n"
            ),
        )
    };
    for (main, place, marked) in [
        ("<div class=\"mine\">\n<p>x</p>", "3:1 template-element-open", "<div class=\"mine\">"),
        (
            "<div class=\"a\">{% if story.title %}<div class=\"b\">x{% endif %}</div>",
            "3:36 template-element-open",
            "<div class=\"b\">",
        ),
        (
            "<div>\n  <div class=\"b\">\n  <p>x</p>\n</div>",
            "4:3 template-element-open",
            "<div class=\"b\">",
        ),
        ("<section>\n<p>x</p>\n</div>", "5:1 template-element-closed", "</div>"),
        ("<p>x</p></section>", "3:9 template-element-closed", "</section>"),
        (
            "<ul>{% for f in [1, 2] %}<li><b>{{ f }}</li>{% endfor %}</ul>",
            "3:30 template-element-open",
            "<b>",
        ),
    ] {
        let said = only(&base(main));
        assert_eq!(
            (&*said[0], &*said[5]),
            (&*format!("story.html:{place}"), marked),
            "{main}: {said:?}"
        );
    }
    let crossed = only(&base("<section>\n<p>x</p>\n</div>"));
    assert!(
        crossed[2].starts_with("“</div>” is not the end of “<section>” of line 3 ("),
        "{crossed:?}"
    );
    // What one template opens, another may close; then only the mistake is told.
    let across = story()
        .template("story.html", &page("{% include \"top.html\" %}{% block a %}<em>x{% endblock %}{% include \"bottom.html\" %}"))
        .template("top.html", "<div class=\"all\">")
        .template("bottom.html", "</div>");
    assert_eq!(only(&across)[5], "<em>");
    // Conditions that open and close together are right.
    let right = base(
        "{% if story.draft %}<a href=\"#xf-main\">{% else %}<span>{% endif %}x{% if story.draft %}</a>{% else %}</span>{% endif %}",
    );
    assert_eq!(right.codes(), [""; 0]);
}

#[test]
fn what_is_written_is_found_where_it_is_written() {
    let at = |html: &str| of_story(&page(html));
    let twice = at(
        "{# id=\"box\", a box, box #}<p class=\"box\">box</p>\n<p id='box'>x</p><p id='box'>y</p>",
    );
    assert_eq!((&*twice[0], &*twice[5]), ("story.html:3:8 template-id-twice", "box"));
    let numbered = at("{% for n in [1, 1] %}<p id=\"box-{{ n }}\">x</p>{% endfor %}");
    assert_eq!(numbered[0], "story.html:2:29 template-id-twice");
    let link =
        at("news/old {# href=\"/nwes/old/\" #}\n<a href=\"{{ site.root }}news/old/\">news/old</a>");
    assert_eq!(
        (&*link[0], &*link[5]),
        ("story.html:3:10 template-link-dead", "{{ site.root }}news/old/")
    );
}

#[test]
fn a_dead_link_is_told_with_the_page_that_there_is() {
    let help = |href: &str| of_story(&page(&format!("<a href=\"{href}\">x</a>")))[4].clone();
    assert_eq!(help("{{ site.root }}nwes/"), "did you mean {{ site.root }}news/?");
    assert_eq!(help("news/"), "write {{ site.root }}news/");
    let none = help("{{ site.root }}kaleidoscope/");
    assert!(none.starts_with("the site has ") && none.contains("news/"), "{none}");
    assert!(help("{{ site.root }}kaleidoscope.png").contains("content/static"));
}

#[test]
fn what_readers_would_miss_is_a_warning() {
    let warns = |campaign: Campaign, place: &str, marked: &str| {
        let said = only(&campaign);
        assert_eq!((&*said[0], &*said[5]), (place, marked), "{said:?}");
        assert_eq!(campaign.prepared().diagnostics[0].severity, Severity::Warning);
    };
    let picture = "<img src=\"{{ site.assets[\"icon.svg\"] }}\">";
    warns(
        story().template(
            "story.html",
            &page(&format!("{{% if story.draft %}}{picture}{{% endif %}}")),
        ),
        "story.html:2:21 template-alt-missing",
        picture,
    );
    for right in ["alt=\"\"", "alt", "{% if story.draft %}alt=\"x\"{% else %}alt=\"\"{% endif %}"] {
        let html =
            format!("<img src=\"{{{{ site.assets[\"icon.svg\"] }}}}\" {right}>{{# <img> #}}");
        assert_eq!(story().template("story.html", &page(&html)).codes(), [""; 0], "{right}");
    }
    let css = |text: &str| {
        story()
            .with(
                "themes/xianfeng/theme.yaml",
                "options:\n  accent: {type: colour, default: \"#8c1c13\"}\n",
            )
            .with("themes/xianfeng/assets/mine.css", text)
    };
    warns(css("a { color: var(--option-acent, red) }"), "mine.css:1:25 theme-css-option", "acent");
    assert!(only(&css("a{color:var(--option-acent)}"))[4].starts_with("did you mean “accent”?"));
    warns(css("a { color: red\nb { color: blue }\n"), "mine.css:1:3 theme-css-open", "{");
    warns(css("a { color: red } }\n"), "mine.css:1:18 theme-css-open", "}");
    warns(css("a { color: red } /* b\n"), "mine.css:1:18 theme-css-open", "/*");
    warns(
        css("@import url(https://fonts.example.com/a.css);"),
        "mine.css:1:13 theme-css-foreign",
        "https://fonts.example.com/a.css",
    );
    warns(
        css("@import '//fonts.example.com/a.css';"),
        "mine.css:1:10 theme-css-foreign",
        "//fonts.example.com/a.css",
    );
    assert_eq!(css("@import 'nope.css';").codes(), ["theme-css-dead"]);
    let right = "a{color:var(--option-accent);b:var(--option-mine)}:root{--option-mine: 1}/* } url(http://x.cn) */b::after{content:\"}\\\"{\"}@media print{c{d:e}}";
    assert_eq!(css(right).codes(), [""; 0]);
}

#[test]
fn a_word_that_one_language_lacks_is_told() {
    let with = |language: &str| {
        story()
            .settings(&format!("theme: jie\nlanguage: {language}"))
            .template("story.html", "x")
            .with("themes/jie/templates/item.html", "{{ t.my_greeting }}{{ t.home }}")
            .with("themes/jie/strings/zh-CN.yaml", "my_greeting: 你好\nhome: 首页\n")
    };
    assert_eq!(with("zh-CN").codes(), [""; 0]);
    let lacks = with("zh-CN").with("themes/jie/strings/en.yaml", "home: Start\n");
    let said = only(&lacks);
    assert_eq!(said[0], "en.yaml: theme-words-missing");
    assert_eq!(
        said[4],
        "add them to themes/jie/strings/en.yaml, as in my_greeting: …; or delete the file, if no site is in this language"
    );
    let english = only(&with("en"));
    assert_eq!(english[0], "zh-CN.yaml: theme-words-missing");
    assert!(english[2].ends_with("shown in Chinese: my_greeting"), "{english:?}");
    let right = with("en").with("themes/jie/strings/en.yaml", "my_greeting: Hello\n");
    assert_eq!(right.codes(), [""; 0]);
    // A variety needs only what the language lacks.
    let variety = with("en-GB")
        .with("themes/jie/strings/en.yaml", "my_greeting: Hello\n")
        .with("themes/jie/strings/en-GB.yaml", "home: Front page\n");
    assert_eq!(variety.codes(), [""; 0]);
}

#[test]
fn a_declaration_that_is_wrong_is_told_once() {
    let theme = |manifest: &str| {
        story()
            .settings("theme: jie\ntheme_options:\n  layout: wide")
            .with("themes/jie/theme.yaml", manifest)
            .with(
                "themes/jie/templates/item.html",
                "{% if site.options.layout == \"wide\" %}x{% endif %}{{ site.options.layout | default(value=\"\") }}",
            )
            .with("themes/jie/assets/custom.css", "a{color:var(--option-layout)}")
    };
    let right = "options:\n  layout: {type: choice, choices: [wide, slim], default: wide}\n";
    assert_eq!(theme(right).codes(), [""; 0]);
    for (manifest, code) in [
        (
            "options:\n  layout: {type: choice, values: [wide, slim], default: wide}\n",
            "option-key-unknown",
        ),
        ("options:\n  layout: {type: choice, default: wide}\n", "option-choices-missing"),
        ("options:\n  layout: {type: choice, choices: wide}\n", "option-choices-missing"),
        ("option:\n  layout: {type: text, default: wide}\n", "theme-key-unused"),
        ("options: [layout]\n", "type-wrong"),
        ("options:\n  layout: {type: text\n", "yaml-bracket-open"),
    ] {
        let found = theme(manifest).codes();
        assert_eq!(found, [code], "{manifest}");
    }
}

#[test]
fn a_page_whose_template_is_misspelt_is_told_once() {
    let page = |template: &str| {
        story().template("map_page.html", "{% extends \"base.html\" %}").with(
            "content/pages/map.md",
            format!("---\ntitle: 地图\ntemplate: {template}\n---\n正文\n"),
        )
    };
    assert_eq!(page("map_page").codes(), [""; 0]);
    assert_eq!(page("map_pgae").codes(), ["template-missing"]);
    let unused = story().template("map_page.html", "{% extends \"base.html\" %}");
    assert!(unused.help().contains("`template: map_page`"), "{}", unused.help());
}

#[test]
fn a_new_theme_has_its_words_in_both_languages() {
    for language in ["zh-CN", "en"] {
        let campaign = story().settings(&format!("theme: jie\nlanguage: {language}"));
        let campaign = xianfeng::theme::starter::FILES.iter().fold(campaign, |campaign, file| {
            campaign.with(&format!("themes/jie/{}", file.0), file.1.replace("THEME", "jie"))
        });
        assert_eq!(campaign.codes(), [""; 0], "{}", campaign.diagnostics(Lang::En));
    }
}

#[test]
fn what_stands_inside_itself_is_told_where_it_does() {
    let block = |name: &str| format!("{{% block {name} %}}x{{% endblock %}}");
    for (file, template, marked) in [
        ("head_end.html", block("head_end"), "head_end"),
        ("story_end.html", block("story_end"), "story_end"),
        ("foot_end.html", block("foot_end"), "foot_end"),
        ("story_end.html", "{% include \"base.html\" %}".into(), "\"base.html\""),
        (
            "home.html",
            "{% extends \"base.html\" %}{% block main %}{% include \"base.html\" %}{% endblock %}".into(),
            "\"base.html\"",
        ),
        (
            "story.html",
            "{% extends \"xianfeng/story.html\" %}{% block body %}{% block main %}{{ super() }}{% endblock %}{% endblock %}".into(),
            "main",
        ),
        // A part that is written out before the engine sees it.
        (
            "footer.html",
            "{% extends \"xianfeng/footer.html\" %}{% block imprint %}{% block imprint %}{{ super() }}{% endblock %}{% endblock %}".into(),
            "imprint",
        ),
        ("story_end.html", "{% include \"story_end.html\" %}".into(), "\"story_end.html\""),
        // A part of pages that is made a page: the others are no fault of theirs.
        (
            "list.html",
            "{% extends \"base.html\" %}{% block main %}{{ list.items }}{% endblock %}".into(),
            "\"base.html\"",
        ),
    ] {
        let said = only(&story().template(file, &template));
        assert!(said[0].starts_with(file) && said[0].ends_with(" template-in-itself"), "{said:?}");
        assert_eq!(said[5], marked, "{template}: {said:?}");
        // A running server shows what stands in for it.
        let mut good = LastGood::default();
        story().template(file, &template).previewed(&mut good);
    }
    let inner = story().template("part.html", "{% block main %}x{% endblock %}").template(
        "story.html",
        "{% extends \"base.html\" %}{% block main %}{% include \"part.html\" %}{% endblock %}",
    );
    assert_eq!(only(&inner)[0], "part.html:1:10 template-in-itself");
    // A part may have a block by which others extend it.
    let part =
        story().template("story_end.html", "{% block thanks %}{{ story.title }}{% endblock %}");
    assert_eq!(part.codes(), <[&str; 0]>::default());
}

#[test]
fn what_is_written_on_any_page_is_looked_at() {
    // A page with a template of its own.
    let flood = "{% extends \"page.html\" %}{% block main %}<a href=\"{{ site.root }}nope/\">x</a>{% endblock %}";
    let page = story()
        .with("content/pages/flood.md", "---\ntitle: 防汛\ntemplate: flood\n---\n正文\n")
        .with("content/pages/about.md", "---\ntitle: 关于\n---\n正文\n")
        .template("flood.html", flood);
    assert_eq!(only(&page)[0], "flood.html:1:51 template-link-dead");
    // One story of many has what the branch asks for.
    let stories = (1..12).fold(Campaign::new(""), |campaign, day| {
        let front = if day == 4 { "series: 夏季防汛\n" } else { "" };
        let text = news(&format!("标题{day}"), &format!("2026-03-{day:02}"), front, "正文");
        campaign.with(&format!("content/stories/{day:02}.md"), text)
    });
    let hidden = "{% if story.linked %}<a href=\"{{ site.root }}nope/\">x</a>{% endif %}";
    let said = only(&stories.template("story_end.html", hidden));
    assert_eq!(said[0], "story_end.html:1:31 template-link-dead");
    assert!(said[2].contains("content/stories/04.md"), "{said:?}");
}

/// What is said of a part of stories: the marked text and the code of each complaint.
#[track_caller]
fn said_of(template: &str) -> Vec<String> {
    let campaign = story()
        .with("themes/xianfeng/strings/zh-CN.yaml", "told_by: 来自{unit}\n")
        .template("story_end.html", template)
        .template("story_words.html", "{{ t.told_by | fill(unit=\"甲\") }}")
        .template("news.html", "{% include \"story_words.html\" %}");
    let said = |d: &xianfeng::diagnostic::Diagnostic| {
        assert_eq!(d.place.path.file_name(), "story_end.html", "{template}: {d:?}");
        format!("{} {}", marked_text(d), d.code)
    };
    campaign.prepared().diagnostics.iter().map(said).collect()
}

#[test]
fn what_is_done_with_values_is_looked_at_in_every_branch() {
    for (template, said) in [
        // Addresses are whole.
        ("<a href=\"{{ site.root }}{{ story.url }}\">x</a>", "story.url template-address-joined"),
        ("<a href=\"/{{ story.url }}\">x</a>", "story.url template-address-joined"),
        ("<a href=\"{{ site.root ~ story.url }}\">x</a>", "story.url template-address-joined"),
        (
            "{% if story.cover %}<img src=\"{{ site.root }}{{ story.cover.src }}\" alt=\"\">{% endif %}",
            "story.cover.src template-address-joined",
        ),
        // And their beginning is not known before the page is written.
        ("{% if \"/stories\" in story.url %}x{% endif %}", "story.url template-mark"),
        ("{% if story.url == \"/stories/x/\" %}x{% endif %}", "story.url template-mark"),
        ("{{ story.url | length }}", "length template-mark"),
        ("{{ (\"x\" ~ story.url) | upper }}", "upper template-mark"),
        (
            "{% set x %}{{ story.url }}{% endset %}{{ x | truncate(length=3) }}",
            "truncate template-mark",
        ),
        ("{% set m = {\"u\": story.url} %}{{ m.u | upper }}", "upper template-mark"),
        ("{% filter upper %}{{ story.url }}{% endfilter %}", "upper template-mark"),
        // What has several parts is not printed through a filter either.
        ("{{ story.date | str }}", "story.date template-print"),
        ("{{ story.people | join(sep=\",\") }}", "join template-print"),
        ("{% for p in story.date | pairs %}{{ p }}{% endfor %}", "p template-print"),
        ("<p>{{ story.date | json }}</p>", "json template-json"),
        ("{{ story.date | get(key=\"titel\") }}", "\"titel\" template-name-unknown"),
        ("{% set m = {\"a\": 1} %}{{ m.b }}", "b template-name-unknown"),
        // Filters, arguments, loops and signs.
        ("{{ story.title | truncate(len=3) }}", "truncate template-argument-unknown"),
        ("{{ story.title | truncate }}", "truncate template-argument-missing"),
        ("{{ story.title | truncate(length=\"3\") }}", "\"3\" template-type"),
        ("{{ story.units | upper }}", "upper template-type"),
        ("{{ story.title | first }}", "first template-type"),
        ("{{ story.title * 2 }}", "story.title template-type"),
        ("{{ loop.index }}", "loop template-name-unknown"),
        ("{% for k, v in story.units %}x{% endfor %}", "story.units template-loop"),
        ("{% if story.minutes < story.post %}x{% endif %}", "story.post template-null"),
        ("{{ story.honours[0].title }}", "story.honours[0] template-null"),
        ("{% set h = story.honours | first %}{{ h.title }}", "h template-null"),
        // Words.
        ("{{ t.told_by }}", "t.told_by template-fill-open"),
        ("{{ t.told_by | fill(unit=\"x\", n=3) }}", "fill template-fill-unknown"),
        ("{{ t.home | fill(n=3) }}", "fill template-fill-unknown"),
    ] {
        let unreached = format!("{{% if site.gov %}}{template}{{% endif %}}");
        assert_eq!(said_of(&unreached), [said], "{template}");
    }
    for template in [
        "<a href=\"{{ story.url }}\">{{ story.title | truncate(length=3, end=\"\") }}</a>{{ site.root }}",
        "{% if page.canonical %}<a href=\"https://web.archive.org/save/{{ page.canonical }}\">x</a>{% endif %}",
        "<p data-word=\"{{ t.told_by }}\">{{ t.told_by | fill(unit=\"x\") | trim }}</p>",
        "<script type=\"application/json\">{{ story.date | json }}</script>",
        "{% if page.url == story.url and \"stories/\" in story.url %}x{% endif %}",
        "{{ [p.name for p in story.people] | join(sep=\"、\") }}{{ story.minutes + 1 }}",
        "{% for k, v in story.date %}{{ k }}{% endfor %}{% for u in story.units %}{{ loop.index }}{% endfor %}",
        "{% if story.honours %}{{ story.honours[0].title }}{% set h = story.honours | first %}{{ h.title }}{% endif %}",
        "{% set m = {\"u\": story.url, \"t\": story.title} %}<a href=\"{{ m.u }}\">{{ m.t | upper }}</a>",
        "{% set has = story.unit and story.person %}{% if has %}{{ story.unit.name }}{% endif %}",
        "{% for p in story.people %}{% if not p.url %}{% continue %}{% endif %}<a href=\"{{ p.url }}\">x</a>{% endfor %}",
    ] {
        assert_eq!(said_of(template), <[String; 0]>::default(), "{template}");
    }
}

#[test]
fn components_are_looked_at_with_what_they_are_given() {
    let card = |body: &str, call: &str| {
        format!("{{% component card(story: map, n: number = 1) %}}{body}{{% endcomponent %}}{call}")
    };
    let given = "{{<card story={story} />}}";
    for (template, said) in [
        (card("{% if story.pined %}x{% endif %}", given), "pined template-name-unknown"),
        (card("{{ story.url | upper }}", given), "upper template-mark"),
        (card("{{ site.title }}", given), "site template-name-unknown"),
        (card("{{ t.home }}", given), "t template-name-unknown"),
        (card("x", "{{<card story={story} wrong=\"x\" />}}"), "wrong template-argument-unknown"),
        (card("x", "{{<card n={2} />}}"), "card template-argument-missing"),
        (card("x", "{{<card story={story} n=\"2\" />}}"), "\"2\" template-type"),
        (card("{{ nothing }}", ""), "nothing template-name-unknown"),
    ] {
        assert_eq!(said_of(&template), [said], "{template}");
    }
    for template in [
        card("{{ story.title }}{{ n + 1 }}", given),
        "{% component list(...rest) %}{% for k, v in rest %}{{ k }}{% endfor %}{% endcomponent %}{{<list a=\"b\" />}}".into(),
        "{% component box(title: string = \"x\") %}<b>{{ title }}</b>{{ body }}{% endcomponent %}{% <box> %}y{% </box> %}".into(),
    ] {
        assert_eq!(said_of(&template), <[String; 0]>::default(), "{template}");
    }
}

#[test]
fn templates_that_are_not_there_are_told_by_the_name_that_is_meant() {
    for (named, help) in [
        ("xianfeng/stroy.html", "did you mean “xianfeng/story.html”?"),
        ("tags", "did you mean “tags.html”?"),
        ("../haibin/tags.html", "did you mean “tags.html”?"),
        (
            "parts/nothing",
            "put it at themes/overrides/templates/parts/nothing.html, and write “parts/nothing.html” here; or name one that is there",
        ),
    ] {
        let said = of_story(&format!("{{% include \"{named}\" %}}"));
        assert_eq!((&*said[0], &*said[4]), ("story.html:1:12 template-missing", help), "{named}");
    }
    let page = |template: &str| {
        let text = format!("---\ntitle: 甲\ntemplate: {template}\n---\n文\n");
        only(&story().with("content/pages/a.md", text))
    };
    assert_eq!(page("home")[0], "a.md:3:11 template-of-others");
    // A base of one's own, said once and not of every page that is built on it.
    let base = story().template("base.html", "<title>x</title>{% block main %}{% endblock %}");
    let said = only(&base);
    assert_eq!(said[0], "base.html: template-blocks-missing");
    assert!(said[4].contains("{% extends \"xianfeng/base.html\" %}"), "{said:?}");
    let twice = story()
        .template("story_end.html", "{% component card() %}x{% endcomponent %}")
        .template("head_end.html", "{% component card() %}x{% endcomponent %}");
    assert_eq!(only(&twice)[0], "story_end.html:1:14 template-component-twice");
    // What a kind of its own is shown with, and what lies in a theme for people.
    let clean = story()
        .template("regions.html", "{% extends \"base.html\" %}")
        .template("region.html", "{% extends \"base.html\" %}")
        .with("themes/xianfeng/LICENSE", "MIT")
        .with("themes/xianfeng/screenshot.png", photograph(8, 8));
    assert_eq!(clean.codes(), <[&str; 0]>::default());
    // The fault in a built-in part is that of who includes it.
    let part = only(&story().template(
        "story_end.html",
        "{% set tags = story.title %}{% include \"xianfeng/tags.html\" %}",
    ));
    assert!(part[0].starts_with("story_end.html:1:"), "{part:?}");
}

#[test]
fn what_no_reader_should_get_is_told() {
    let blank = story()
        .with("content/pages/a.md", "---\ntitle: 甲\ntemplate: flood\n---\n文\n")
        .template("flood.html", "\n");
    assert_eq!(only(&blank)[0], "flood.html: template-empty");
    for (html, said) in [
        ("<div/>", "story_end.html:1:1 template-element-open"),
        (
            "<script src=\"https://cdn.example.cn/a.js\"></script>",
            "story_end.html:1:14 template-foreign",
        ),
        (
            "<link rel=\"stylesheet\" href=\"https://cdn.example.cn/a.css\">",
            "story_end.html:1:30 template-foreign",
        ),
    ] {
        assert_eq!(only(&story().template("story_end.html", html))[0], said, "{html}");
    }
    let drawn = "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg><br/>";
    assert_eq!(story().template("story_end.html", drawn).codes(), <[&str; 0]>::default());
}

#[test]
fn what_a_theme_declares_is_looked_at_whatever_the_site_chooses() {
    let options = |site: &str, declared: &str| {
        let manifest = format!("options:\n  accent: {declared}\n");
        only(&story().settings(site).with("themes/xianfeng/theme.yaml", manifest))
    };
    let comment = "\n    type: colour\n    default: #8c1c13";
    assert_eq!(options("", comment)[0], "theme.yaml:4:12 option-wrong");
    let chosen = "theme_options: {accent: \"#8c1c13\"}";
    assert_eq!(
        options(chosen, "{type: colour, default: ruddy}")[0],
        "theme.yaml:2:35 option-wrong"
    );
    let words = story().with("themes/xianfeng/strings/zh-CN.yaml", "home: 甲\nhome: 乙\n");
    assert_eq!(only(&words)[0], "zh-CN.yaml:2:1 key-twice");
}

#[test]
fn braces_that_are_nearly_right_are_told_with_what_to_write() {
    let word = |text: &str| {
        let words = format!("story_count: {text}\n");
        story().with("themes/xianfeng/strings/zh-CN.yaml", words)
    };
    for (text, place, marked) in [
        ("共 {n篇", "1:16", "{n"),
        ("共 n} 篇", "1:16", "n}"),
        ("\"共｛n｝篇\"", "1:16", "｛n｝"),
        ("共{{ n }}篇", "1:15", "{{ n }}"),
        ("\"{ n } 篇\"", "1:15", "{ n }"),
        // Written with an escape, it stands nowhere in the file as it is read.
        ("\"\\x7bn 篇\"", "1:14", "\"\\x7bn 篇\""),
    ] {
        let said = only(&word(text));
        let wanted = format!("zh-CN.yaml:{place} theme-word-braces");
        assert_eq!((&*said[0], &*said[5]), (&*wanted, marked), "{text}: {said:?}");
        assert_eq!((&*said[3], &*said[4]), ("写成 {n}", "write {n}"), "{text}");
    }
    assert_eq!(word("\"{n} 篇｛共｝\"").codes(), [""; 0]);
    // A word of the theme's own, of which nobody knows what is put in.
    let own = story()
        .with("themes/xianfeng/strings/zh-CN.yaml", "my_count: 共 {n篇\n")
        .template("story_end.html", "{{ t.my_count | fill(n=3) }}");
    assert_eq!(own.codes(), ["theme-word-braces"]);
    for (template, code) in [
        ("{{ \"共{n篇\" | fill(n=3) }}", "1:4 theme-word-braces"),
        ("<p>｛｛ story.title ｝｝</p>", "1:4 template-braces"),
        ("<p>{story.title}</p>", "1:4 template-braces"),
    ] {
        let said = only(&story().template("story_end.html", template));
        assert_eq!(said[0], format!("story_end.html:{code}"), "{template}");
    }
    assert_eq!(
        only(&story().template("story_end.html", "<p>{story.title}</p>"))[4],
        "to show the value write {{ story.title }}"
    );
    for right in [
        "<code>{story.title}</code><!-- {story.title} -->",
        "<script type=\"application/json\">{\"a\": {b.c}}</script>",
        "<p>{n} ｛甲｝ {% raw %}{{ x }}{% endraw %}</p>",
    ] {
        assert_eq!(story().template("story_end.html", right).codes(), [""; 0], "{right}");
    }
}

#[test]
fn what_a_theme_says_of_itself_has_the_form_that_is_read() {
    let said = |manifest: &str| only(&story().with("themes/xianfeng/theme.yaml", manifest));
    for (manifest, place, help) in [
        (
            "contrast: {text: \"#000\", ground: \"#fff\"}\n",
            "1:11 type-wrong",
            "as in contrast: [{text: accent, ground: \"#ffffff\"}]",
        ),
        (
            "search: \"no\"\n",
            "1:9 type-wrong",
            "write search: true or search: false, without quotes",
        ),
        ("search: no\n", "1:9 type-wrong", "write search: true or search: false, without quotes"),
        ("items: item_short.html\n", "1:8 type-wrong", "as in items: {related: item_short.html}"),
        ("name: [a]\n", "1:7 type-wrong", "as in name: harbour"),
        (
            "options:\n  accent: {type: text, label: [a]}\n",
            "2:31 type-wrong",
            "as in label: {zh-CN: 主色, en: Main colour}",
        ),
        (
            "options:\n  accent: {type: choice, choices: [{a: b}], default: a}\n",
            "2:35 type-wrong",
            "as in choices: [left, right]",
        ),
        (
            "contrast: [accent]\n",
            "1:12 contrast-unclear",
            "as in - {text: accent, ground: \"#ffffff\"}",
        ),
        (
            "options:\n  accent: {default: \"#8c1c13\"}\n",
            "2:3 option-type-missing",
            "write a line as in type: text; it is one of text, bool, number, choice, colour, picture, link",
        ),
        (
            "- name: a\n",
            "1:1 type-wrong",
            "write each line as in title: A title, with a space after the colon",
        ),
    ] {
        let said = said(manifest);
        let wanted = format!("theme.yaml:{place}");
        assert_eq!((&*said[0], &*said[4]), (&*wanted, help), "{manifest}: {said:?}");
    }
    let right = "name: 海\nversion: 1.2\nsearch: true\nitems:\ncontrast:\noptions:\n  a: {type: text, label: 甲, description: {zh-CN: 乙}}\n";
    assert_eq!(story().with("themes/xianfeng/theme.yaml", right).codes(), [""; 0]);
}

#[test]
fn what_no_browser_takes_in_a_style_sheet_is_told() {
    let theme = |css: &[u8]| story().with("themes/xianfeng/assets/custom.css", css);
    let own = |css: &[u8]| story().with("content/static/custom.css", css);
    for (css, place, marked) in [
        ("a { color：red; }", "1:10 theme-css-wide", "："),
        ("a { color: red；\n  background: blue; }", "1:15 theme-css-wide", "；"),
        ("a { font-family: 宋体，serif; }", "1:20 theme-css-wide", "，"),
        ("a ｛ color: red; ｝", "1:3 theme-css-wide", "｛"),
        ("a { content: “甲”; }", "1:14 theme-css-wide", "“"),
        ("a {\n\u{3000}color: red; }", "2:1 theme-css-wide", "\u{3000}"),
        (":root { --gap: 1rem； }", "1:20 theme-css-wide", "；"),
        ("a { color: red\n  background: blue; }", "2:3 theme-css-semicolon", "background"),
        ("a { color: rgb(1, 2, 3; }\nb { color: red }", "1:15 theme-css-open", "("),
        ("a { background: url(x.png;\n}\nb { color: red }", "1:20 theme-css-open", "("),
        ("a { color: red", "1:3 theme-css-open", "{"),
        ("a { color: red } /* b", "1:18 theme-css-open", "/*"),
    ] {
        for campaign in [theme(css.as_bytes()), own(css.as_bytes())] {
            let said = only(&campaign);
            let wanted = format!("custom.css:{place}");
            assert_eq!((&*said[0], &*said[5]), (&*wanted, marked), "{css}: {said:?}");
        }
    }
    let modern = "@charset \"UTF-8\";
@layer base, theme;
@import url('more.css') layer(theme) supports(display: grid) screen and (min-width: 1px);
@property --angle { syntax: '<angle>'; inherits: false; initial-value: 0deg }
:root { --text: {a: b}; --mark: 甲：乙，; --brace: (a; b); --empty:; --x: ; color: light-dark(#000, #fff) }
@layer base { a { color: red; &:hover { color: blue } > b { c: d } .甲 & { e: f } @media (width >= 30rem) { g: h } } }
@container card (inline-size > 20rem) and style(--a: b) { .a:is(b, c):not([d=\"e：\"])::before { content: \"；\"; } }
@supports (selector(a:has(b))) or (not (c: d)) { e { f: url(data:image/svg+xml;charset=utf8,%3Csvg%3E) } }
@font-face { font-family: 'A'; src: local(\"B\"), url( 'more.css?x#y' ) format(\"woff2\"); unicode-range: U+4E00-9FFF, U+30?? }
.md\\:flex, .甲乙 { width: calc((100% - 2px) * 3); grid-template-areas:
    \"a b\"
    \"c d\"; transition: a 1s,
    b 2s !important; filter: progid:DXImageTransform.Microsoft.gradient(a='b', c='d'); *zoom: 1 }
/* color：red； { */ .x { background: url(\"data:image/svg+xml;utf8,<svg a='b' {;>\") }
a:hover
b:focus { color: red }
";
    let more = "a{}";
    let right = theme(modern.as_bytes()).with("themes/xianfeng/assets/more.css", more);
    assert_eq!(right.codes(), [""; 0], "{}", right.diagnostics(Lang::En));
    let right = own(modern.as_bytes()).with("content/static/more.css", more);
    assert_eq!(right.codes(), [""; 0], "{}", right.diagnostics(Lang::En));
    // In GBK: 宋体.
    let gbk = b"a { color: red }\r\nb { font-family: \"\xcb\xce\xcc\xe5\" }\r\n";
    for campaign in [theme(gbk), own(gbk)] {
        let said = only(&campaign);
        assert_eq!(
            (&*said[0], &*said[5]),
            ("custom.css:2:19 theme-css-encoding", "宋"),
            "{said:?}"
        );
    }
    for right in [
        &b"/* \xcb\xce\xcc\xe5 */ a { color: red }"[..],
        b"@charset \"gbk\"; a::before { content: \"\xcb\xce\" }",
    ] {
        assert_eq!(own(right).codes(), [""; 0]);
    }
}

#[test]
fn the_addresses_of_a_projects_style_sheet_are_followed() {
    let site = |settings: &str, css: &str| {
        story()
            .settings(settings)
            .with("content/static/images/红 1.png", photograph(8, 8))
            .with("content/static/css/more.css", "a{b:url(../images/nope.png)}")
            .with("content/static/custom.css", css)
    };
    let url = |address: &str| format!("a{{background:url({address})}}");
    for right in [
        "images/%E7%BA%A2%201.png",
        "./images/红%201.png?v=1",
        "/images/%E7%BA%A2%201.png",
        "../images/%E7%BA%A2%201.png",
        "\"images/红 1.png\"",
        "assets/icon.svg#x",
        "#x",
        "data:image/png;base64,AAAA",
    ] {
        assert_eq!(site("", &url(right)).codes(), [""; 0], "{right}");
    }
    let folder = "base_url: https://a.cn/zhuanlan/";
    let relative =
        "write its path from this style sheet, as in img/a.svg: the site may stand in a folder";
    for (settings, css, place, help) in [
        (
            "",
            url("imags/红%201.png"),
            "custom.css:1:18 theme-css-dead",
            "did you mean “images/红 1.png”?",
        ),
        (
            "",
            url("nope.png"),
            "custom.css:1:18 theme-css-dead",
            "put the file into content/static, and write its path from this style sheet",
        ),
        (folder, url("/images/%E7%BA%A2%201.png"), "custom.css:1:18 theme-css-dead", relative),
        (
            "",
            "@import \"css/more.css\";".into(),
            "more.css:1:9 theme-css-dead",
            "put the file into content/static, and write its path from this style sheet",
        ),
        (
            "",
            url("https://cdn.a.cn/b.png"),
            "custom.css:1:18 theme-css-foreign",
            "put the file into content/static, and write its path from this style sheet",
        ),
    ] {
        let said = only(&site(settings, &css));
        assert_eq!((&*said[0], &*said[4]), (place, help), "{css}: {said:?}");
    }
    let whole = site(folder, &url("/zhuanlan/images/%E7%BA%A2%201.png"));
    assert_eq!(whole.codes(), [""; 0]);
    let paper = story().with("content/static/print.css", url("nope.png"));
    assert_eq!(paper.codes(), ["theme-css-dead"]);
}

#[test]
fn whatever_leads_somewhere_on_a_page_is_followed() {
    for (html, said, marked) in [
        (
            "<img src=\"{{ site.assets[\"icon.svg\"] }}\" alt=\"\" srcset=\"{{ site.assets[\"icon.svg\"] }} 1x, {{ site.root }}nope.png 2x\">",
            "story_end.html:1:57 template-link-dead",
            "{{ site.assets[\"icon.svg\"] }} 1x, {{ site.root }}nope.png 2x",
        ),
        (
            "<a href=\"{{ page.url }}#nope\">x</a>",
            "story_end.html:1:10 template-anchor-dead",
            "{{ page.url }}#nope",
        ),
        (
            "<a href=\"javascript:history.back()\">x</a>",
            "story_end.html:1:10 template-script-inline",
            "javascript:history.back()",
        ),
        (
            "<main class=\"mine\">x</main>",
            "story_end.html:1:1 template-main-twice",
            "<main class=\"mine\">",
        ),
    ] {
        let found = only(&story().template("story_end.html", html));
        assert_eq!((&*found[0], &*found[5]), (said, marked), "{html}: {found:?}");
    }
    for right in [
        "<a href=\"{{ page.url }}#xf-main\">x</a>",
        "<img alt=\"\" src=\"{{ site.assets[\"icon.svg\"] }}\" srcset=\"{{ site.assets[\"icon.svg\"] }} 2x\">",
    ] {
        assert_eq!(story().template("story_end.html", right).codes(), [""; 0], "{right}");
    }
}
