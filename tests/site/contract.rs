//! The contract with templates: every name in them is looked at, also where no page goes; what they
//! write is looked at; and the contract is what templates are really given.

use serde_json::Value;
use xianfeng::base::lang::Lang;
use xianfeng::render::contract;
use xianfeng::theme::shape::{Contract, Renamed, Shape, VERSION};
use xianfeng::theme::{reference, starter};

use crate::campaign::{Campaign, PNG, drawn, moment, news};
use crate::docs::assert_current;

fn story() -> Campaign {
    Campaign::story("", "正文")
}

/// What is said of a template of stories, `line:column code` each.
fn said(template: &str) -> Vec<String> {
    story().template("story.html", template).places()
}

#[test]
fn the_built_in_templates_keep_the_contract() {
    // One file of its own, so that they are looked at.
    for theme in ["xianfeng", "bulletin"] {
        let own = story().settings(&format!("theme: {theme}")).with(
            &format!("themes/{theme}/templates/mine.html"),
            "{% component nothing() %}{% endcomponent %}",
        );
        assert_eq!(own.codes(), Vec::<String>::new(), "{}", own.diagnostics(Lang::En));
    }
}

/// A name that has changed stays for one version: it is there, and said to be the old one.
#[test]
fn an_old_name_is_a_warning_with_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("content/site.yaml", "title: 渠首\n");
    let template = "{{ story.title }}{% for f in story.focal_points %}{{ f.slug }}{% endfor %}";
    write("themes/overrides/templates/story.html", template);
    let looked = xianfeng::pipeline::theme_alone(folder.path()).unwrap();
    let theme = &looked.value.1;
    let said = |renamed: &'static [Renamed]| {
        let mut found = theme.examine(&Contract { renamed, ..contract() });
        found.retain(|said| said.place.path.as_str().starts_with("themes/overrides/"));
        found.sort_by_key(|said| said.place.range().map(|range| range.start));
        found.iter().map(|said| drawn(std::slice::from_ref(said), Lang::Zh)).collect::<Vec<_>>()
    };
    assert_eq!(said(&[]), Vec::<String>::new());
    let told = said(&[
        Renamed { record: "Story", old: "title", new: "headline" },
        Renamed { record: "FocalPointTag", old: "slug", new: "key" },
        Renamed { record: "StoryItem", old: "focal_points", new: "points" },
    ]);
    assert_eq!(told.len(), 2, "{told:?}");
    for (told, (at, old, new)) in
        told.iter().zip([("1:10", "title", "headline"), ("1:56", "slug", "key")])
    {
        assert!(
            told.contains(&format!("story.html:{at}: warning[template-name-changed]")),
            "{told}"
        );
        assert!(told.contains(&format!("把“{old}”改成“{new}”")), "{told}");
    }
}

#[test]
fn a_name_that_is_not_there_is_an_error_wherever_it_stands() {
    for (template, column) in [
        ("{{ story.titel }}", 10),
        ("{% if story.pined %}x{% endif %}", 13),
        ("{% if story.draft and not story.pined %}x{% endif %}", 33),
        ("{% if story.kind == story.sort %}x{% endif %}", 27),
        ("{% for a in story.auther %}x{% endfor %}", 19),
        ("{% set a = story.auther %}", 18),
        ("{{ story.titel | default(value=1) }}", 10),
        ("{{ story.title | default(value=site.titel) }}", 37),
        ("{% if story.draft %}{% if story.draft %}{{ story.unit?.nam }}{% endif %}{% endif %}", 56),
        ("{% for f in story.focal_points %}{{ f.shortname }}{% endfor %}", 39),
        (
            "{% for f in story.focal_points | sort(attribute=\"numbr\") %}{{ f.name }}{% endfor %}",
            49,
        ),
        ("{{ story[\"titel\"] }}", 10),
        ("{{ \"a\" if story.pined else \"b\" }}", 17),
        ("{{ [f.nmae for f in story.focal_points] | join(sep=\",\") }}", 7),
        ("{{ nobody }}", 4),
        ("{% if nobody %}x{% endif %}", 7),
        ("{{ story.title.length }}", 16),
    ] {
        assert_eq!(said(template), [format!("1:{column} template-name-unknown")], "{template}");
    }
    let near = story().template("story.html", "{% if story.pined %}x{% endif %}");
    assert!(
        near.help().starts_with("did you mean “pinned”? what there is: answer, "),
        "{}",
        near.help()
    );
}

#[test]
fn a_part_is_looked_at_with_what_each_template_gives_it() {
    let campaign = story()
        .template("news.html", "{% set group = page %}{% include \"mine.html\" %}")
        .template("story.html", "{% set group = story %}{% include \"mine.html\" %}")
        .template("mine.html", "{{ group.title }}{{ group.here }}");
    assert_eq!(campaign.places(), ["1:27 template-name-unknown"]);
    let shown = campaign.diagnostics(Lang::En);
    assert!(shown.contains("“group” has no field “here” (used by story.html)"), "{shown}");
    // What a block replaces is looked at where it stands.
    let extending = story().template(
        "story.html",
        "{% extends \"base.html\" %}{% block main %}{{ story.wrong }}{% endblock %}",
    );
    assert_eq!(extending.places(), ["1:51 template-name-unknown"]);
}

#[test]
fn what_may_be_nothing_is_a_warning_unless_it_is_tested() {
    for template in [
        "{{ story.unit.name }}",
        "{{ story.lead }}",
        "{{ \"a\" ~ story.lead }}",
        "{{ story.lead | upper }}",
        "{% if story.unit %}x{% else %}{{ story.unit.name }}{% endif %}",
        "{% if story.unit or story.lead %}{{ story.lead }}{% endif %}",
        "{% set unit = story.unit %}{{ unit.name }}",
    ] {
        let found = said(template);
        // Where the story has nothing there, rendering fails as well.
        let warned = found.iter().filter(|said| said.ends_with("template-null")).count();
        assert_eq!(warned, 1, "{template}: {found:?}");
    }
    for template in [
        "{% if story.unit %}{{ story.unit.name }}{% endif %}",
        "{% if story.unit and story.unit.name == \"甲\" %}x{% endif %}",
        "{% if not story.lead %}x{% else %}{{ story.lead }}{% endif %}",
        "{% if story.lead == none %}x{% else %}{{ story.lead }}{% endif %}",
        "{% if story.lead is defined %}{{ story.lead }}{% endif %}",
        "{{ story.lead | default(value=\"\") }}",
        "{{ story.unit?.name | default(value=\"\") }}",
        "{{ story.lead if story.lead else \"x\" }}",
        "{% set unit = story.unit %}{% if unit %}{{ unit.name }}{% endif %}",
        "{% if story.lead %}{% set lead = story.lead %}{{ lead }}{% endif %}",
        "{% if story.cover %}{% set picture = story.cover %}{{ picture.src }}{% endif %}",
        "{% if story.cover %}{% if story.cover.width %}{{ story.cover.height }}{% endif %}{% endif %}",
        "{% if story.updated or story.lead %}{% if story.lead %}{{ story.lead }}{% endif %}{% endif %}",
        "{% for n in story.author %}{{ n }}{% else %}x{% endfor %}{{ story.extra?.a?.b | default(value=\"\") }}",
        "{% for k, v in site.assets %}{{ k }}{% endfor %}{% if site.assets[\"mine.css\"] %}x{% endif %}",
    ] {
        let found = said(template);
        assert_eq!(found, Vec::<String>::new(), "{template}");
    }
}

#[test]
fn what_a_value_is_says_what_can_be_done_with_it() {
    for (template, code) in [
        ("{{ story.focal_points }}", "template-print"),
        ("{{ story.date }}", "template-print"),
        ("{{ site }}", "template-print"),
        ("{{ t }}", "template-print"),
        ("{{ story.focal_points | first }}", "template-print"),
        ("{% for x in story.date.text %}{{ x }}{% endfor %}", "template-loop"),
        ("{% for x in story.minutes %}{{ x }}{% endfor %}", "template-loop"),
        ("{{ story.url | upper }}", "template-mark"),
        ("{{ story.url | truncate(length=6) }}", "template-mark"),
        ("{{ story.url[0:4] }}", "template-mark"),
        ("{% if story.url is starting_with(pat=\"/\") %}x{% endif %}", "template-mark"),
        ("{{ story.body | trim }}", "template-mark"),
        ("{% if story.body == \"\" %}x{% endif %}", "template-mark"),
        ("{{ t.hoem }}", "template-word-unknown"),
        ("{{ t[\"hoem\"] }}", "template-word-unknown"),
        ("{{ t[\"kidn_\" ~ story.kind] }}", "template-word-unknown"),
        ("{{ t.story_count | fill(m=3) }}", "template-fill-open"),
        ("{{ site.assets[\"stile.css\"] }}", "template-asset-unknown"),
        ("{{ site.options.motto }}", "template-option-unknown"),
    ] {
        let found = said(template);
        assert!(found.len() == 1 && found[0].ends_with(code), "{template}: {found:?}");
    }
    let word =
        story().settings("theme: jie").with("themes/jie/templates/story.html", "{{ t.my_word }}");
    assert_eq!(word.help(), "add a line `my_word: …` to themes/jie/strings/zh-CN.yaml");
}

#[test]
fn what_is_written_is_looked_at_once() {
    let page = |html: &str| format!("<!doctype html><title>a</title>{html}");
    for (html, code) in [
        ("<a href=\"{{ site.root }}nowhere/\">x</a>", "template-link-dead"),
        ("<a href=\"/nowhere/\">x</a>", "template-link-dead"),
        ("<img src=\"a.png\" alt=\"\">", "template-link-dead"),
        ("<a href=\"#here\">x</a>", "template-anchor-dead"),
        ("<p id=\"a\">x</p><p id=\"a\">x</p>", "template-id-twice"),
        ("<div>x", "template-element-open"),
        ("x</section>", "template-element-closed"),
        ("<p style=\"color:red\">x</p>", "template-style-inline"),
        ("<script>a()</script>", "template-script-inline"),
    ] {
        let campaign = story().template("story.html", &page(html));
        let found = campaign.places();
        assert!(found.len() == 1 && found[0].ends_with(code), "{html}: {found:?}");
        assert!(found[0].starts_with("1:"), "{html}: {found:?}");
        assert!(campaign.diagnostics(Lang::En).contains("content/stories/x.md"), "{html}");
    }
    let right = "<a href=\"{{ site.root }}news/\">x</a><a href=\"{{ site.root }}feed.xml\">x</a><a href=\"#a\">x</a><p id=\"a\">x<p>y<br><img src=\"{{ site.assets[\"icon.svg\"] }}\" alt=\"\">";
    for settings in ["", "base_url: https://a.example.cn/zhuan/"] {
        let campaign = story().settings(settings).template("story.html", &page(right));
        assert_eq!(campaign.codes(), Vec::<String>::new(), "{}", campaign.diagnostics(Lang::En));
    }
}

#[test]
fn addresses_in_style_sheets_lead_to_files() {
    let css = |text: &str| {
        story()
            .with("themes/xianfeng/assets/mine.css", text)
            .with("themes/xianfeng/assets/img/dot.png", PNG)
    };
    assert_eq!(css("a{background:url(img/dott.png)}").places(), ["1:18 theme-css-dead"]);
    assert_eq!(css("a{background:url(img/dott.png)}").help(), "did you mean “img/dot.png”?");
    assert_eq!(css("a{background:url(\"/assets/img/dot.png\")}").codes(), ["theme-css-dead"]);
    let right = "a{background:url(img/dot.png?v=1)}b{background:url('data:image/png,x')}c{mask:url(#x)}d{background:url(../images/x.png)}";
    assert_eq!(css(right).codes(), Vec::<String>::new());
}

/// A theme with an option of this declaration, on a site that says this of it.
fn option(declared: &str, chosen: &str) -> Campaign {
    let chosen =
        if chosen.is_empty() { String::new() } else { format!("\ntheme_options:\n  it: {chosen}") };
    story()
        .settings(&format!("theme: jie{chosen}"))
        .with("themes/jie/theme.yaml", format!("contract: 1\noptions:\n  it: {declared}\n"))
}

#[test]
fn options_have_types() {
    for (declared, right, wrong) in [
        ("{type: text}", "一句话", "[a]"),
        ("{type: text}", "12", "{a: b}"),
        ("{type: bool, default: true}", "false", "\"false\""),
        ("true", "false", "否"),
        ("{type: number, default: 3}", "4", "four"),
        ("3", "4", "\"4\""),
        ("{type: choice, choices: [left, right], default: left}", "right", "middle"),
        ("{type: colour}", "\"#a8231b\"", "red"),
        ("{type: colour}", "\"#a23\"", "#a8231b"),
        ("{type: link}", "news", "[]"),
        ("{type: link}", "https://www.example.cn/", "''"),
    ] {
        assert_eq!(option(declared, right).codes(), Vec::<String>::new(), "{declared} {right}");
        let found = option(declared, wrong).places();
        assert_eq!(found.len(), 1, "{declared} {wrong}: {found:?}");
        assert!(found[0].starts_with("4:") && found[0].ends_with("option-wrong"), "{found:?}");
    }
    let unquoted = option("{type: colour}", "#a8231b");
    assert!(unquoted.help().contains("begins a comment"), "{}", unquoted.help());
    assert_eq!(option("{type: link}", "nwes").codes(), ["option-link-dead"]);
    assert_eq!(option("{type: picture}", "a.png").codes(), ["picture-dead"]);
    // The theme's own mistakes are told in theme.yaml.
    for (declared, code) in [
        ("{type: color}", "option-type-unknown"),
        ("{type: text, lable: x}", "option-key-unknown"),
        ("{type: colour, default: rot}", "option-wrong"),
    ] {
        let found = option(declared, "").places();
        assert!(found.len() == 1 && found[0].ends_with(code), "{declared}: {found:?}");
        assert!(found[0].starts_with("3:"), "{declared}: {found:?}");
    }
}

#[test]
fn options_reach_templates_and_style_sheets() {
    let theme = "options:\n  accent: {type: colour, default: \"#8C1C13\"}\n  columns: 3\n  mark: {type: picture}\n  more: {type: link}\n";
    let template = "{{ site.options.accent }} {{ site.options.columns }} {% if site.options.mark %}{{ site.options.mark.src }}{% endif %} {% if site.options.more %}{{ site.options.more }}{% endif %} {% if site.options_css %}{{ site.options_css }}{% endif %}";
    let campaign = story()
        .settings("theme: jie\ntheme_options: {mark: m.png, more: news}")
        .with("content/static/m.png", PNG)
        .with("themes/jie/theme.yaml", theme)
        .with("themes/jie/templates/item.html", template)
        .with("themes/jie/templates/news.html", "{{ list.items }}");
    let page = campaign.page("/news/");
    assert!(page.starts_with("#8C1C13 3 /m.png /news/ /assets/options.css?v="), "{page}");
    assert_eq!(
        campaign.page("/assets/options.css"),
        "/* generator: xianfeng */\n:root {\n  --option-accent: #8c1c13;\n  --option-columns: 3;\n}\n"
    );
    let unknown = story()
        .settings("theme: jie")
        .with("themes/jie/theme.yaml", theme)
        .with("themes/jie/templates/item.html", "{% if site.options.acent %}x{% endif %}");
    assert!(unknown.help().starts_with("did you mean “accent”?"), "{}", unknown.help());
}

#[test]
fn colours_of_text_and_ground_must_be_told_apart() {
    let of = |accent: &str| {
        let theme = "options:\n  accent: {type: colour, default: \"#8c1c13\"}\ncontrast:\n  - {text: accent, ground: \"#ffffff\"}\n";
        let chosen = if accent.is_empty() {
            String::new()
        } else {
            format!("\ntheme_options:\n  accent: \"{accent}\"")
        };
        story().settings(&format!("theme: jie{chosen}")).with("themes/jie/theme.yaml", theme)
    };
    assert_eq!(of("").codes(), Vec::<String>::new());
    assert_eq!(of("#e8b64c").places(), ["4:11 contrast-low"]);
    assert!(
        of("#e8b64c").diagnostics(Lang::En).contains("1.87 : 1"),
        "{}",
        of("#e8b64c").diagnostics(Lang::En)
    );
    let unclear = story().with("themes/xianfeng/theme.yaml", "contrast: [{text: accent}]\n");
    assert_eq!(unclear.codes(), ["contrast-unclear"]);
}

#[test]
fn a_theme_of_a_later_contract_is_refused() {
    let of = |version: &str| {
        story().with("themes/xianfeng/theme.yaml", format!("contract: {version}\n"))
    };
    assert_eq!(of(&VERSION.to_string()).codes(), Vec::<String>::new());
    for wrong in [&*(VERSION + 1).to_string(), "0", "x"] {
        assert_eq!(of(wrong).places(), ["1:11 theme-contract"], "{wrong}");
    }
}

#[test]
fn a_copy_of_a_file_that_has_changed_since_is_told_of() {
    let old = story().template(
        "kicker.html",
        "{# copied from xianfeng: templates/kicker.html 0123456789abcdef -#}\nx",
    );
    assert_eq!(old.codes(), ["theme-copy-old"]);
    assert!(old.help().contains("xianfeng theme diff templates/kicker.html"), "{}", old.help());
}

#[test]
fn a_new_theme_builds_without_a_warning() {
    let campaign = story().settings("theme: jie");
    let campaign = starter::FILES.iter().fold(campaign, |campaign, (name, text)| {
        campaign.with(&format!("themes/jie/{name}"), text.replace("THEME", "jie"))
    });
    assert_eq!(campaign.codes(), Vec::<String>::new(), "{}", campaign.diagnostics(Lang::En));
    let page = campaign.page("/news/");
    assert!(page.contains("item-title"), "{page}");
}

/// Where a value is not what the contract says.
fn misfits(contract: &Contract, shape: &Shape, value: &Value, at: &str, out: &mut Vec<String>) {
    let fits = match (shape, value) {
        (Shape::Any | Shape::Words | Shape::Options | Shape::Nullable(_), Value::Null) => true,
        (Shape::Nullable(inner), value) => return misfits(contract, inner, value, at, out),
        (Shape::Any | Shape::Words | Shape::Options, _) => true,
        (Shape::Text | Shape::Address | Shape::Html, Value::String(_)) => true,
        (Shape::Bool, Value::Bool(_)) | (Shape::Number, Value::Number(_)) => true,
        (Shape::Assets, Value::Object(_)) => true,
        (Shape::List(item), Value::Array(values)) => {
            return values
                .iter()
                .for_each(|value| misfits(contract, item, value, &format!("{at}[]"), out));
        }
        (Shape::Map(item), Value::Object(values)) => {
            return values
                .values()
                .for_each(|value| misfits(contract, item, value, &format!("{at}.*"), out));
        }
        (Shape::Record(record), Value::Object(values)) => {
            let fields = contract.fields(record);
            for name in
                values.keys().filter(|name| !fields.iter().any(|field| field.name == **name))
            {
                out.push(format!("{at}.{name} is not declared"));
            }
            for field in fields {
                match values.get(field.name) {
                    Some(value) => {
                        misfits(contract, &field.shape, value, &format!("{at}.{}", field.name), out)
                    }
                    None if matches!(field.shape, Shape::Nullable(_)) => {}
                    None => out.push(format!("{at}.{} is not given", field.name)),
                }
            }
            return;
        }
        _ => false,
    };
    if !fits {
        out.push(format!("{at} is {value}, not {}", shape.name().en));
    }
}

#[test]
fn templates_get_what_the_contract_says() {
    let contract = contract();
    // What the starter does not have: works and tasks, a honour, an event, a correction, a question.
    let more = Campaign::new("")
        .with(
            "content/works.yaml",
            "- name: 修路\n  from: 2026-01-01\n  level: 市\n- name: 清淤\n  parent: 修路\n",
        )
        .with(
            "content/tasks.yaml",
            "- name: 装路灯\n  unit: 水坪台社区党支部\n  status: doing\n  need: 太黑\n",
        )
        .with("content/events.yaml", "- name: 开工\n  date: 2026-07-01\n  place: 渡口\n")
        .with(
            "content/honours.yaml",
            "- name: 先进集体\n  by: 街道\n  year: 2026\n  units: [水坪台社区党支部]\n",
        )
        .with(
            "content/stories/more.md",
            news(
                "补记",
                "2026-05-02",
                "correction: 数字写错了\ncentral_works: [清淤]\ntasks: [装路灯]\nauthor: 甲",
                "文",
            ),
        );
    let files = xianfeng::starter::starter(moment("2026-06-01 12:00"));
    let campaign = files.into_iter().fold(more, |campaign, (name, bytes)| {
        let name = format!("content/{name}");
        let bytes = match name.as_str() {
            "content/site.yaml" => {
                [&bytes[..], b"\ncoverage: true\nfeedback: {email: a@example.cn}\n"].concat()
            }
            _ => bytes.to_vec(),
        };
        campaign.with(&name, bytes)
    });
    let prepared = campaign.prepared();
    let renderer = prepared.renderer();
    let mut wrong = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (path, recipe) in &prepared.plan {
        let Some(json) = renderer.values(path, recipe).unwrap() else { continue };
        let values: Value = serde_json::from_str(&json).unwrap();
        let name = values["template"].as_str().unwrap();
        let template = contract.templates.iter().find(|template| template.name == name);
        let template = template.unwrap_or_else(|| panic!("{name} is not in the contract"));
        seen.insert(name.to_string());
        let own = values.as_object().unwrap().keys().filter(|key| *key != "template");
        for key in own.filter(|key| !template.given.iter().any(|given| given.name == **key)) {
            wrong.push(format!("{name} gets {key}"));
        }
        for given in &template.given {
            match values.get(given.name) {
                Some(value) => misfits(&contract, &given.shape, value, given.name, &mut wrong),
                None if matches!(given.shape, Shape::Nullable(_)) => {}
                None => wrong.push(format!("{name} does not get {}", given.name)),
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen.len() > 12, "{seen:?}");
}

#[test]
fn the_reference_says_all_of_it_in_both_languages() {
    let contract = contract();
    for (lang, document) in [(Lang::En, "themes/README.md"), (Lang::Zh, "themes/README.zh-CN.md")] {
        let text = reference(&contract, lang);
        // Every value says what it is for.
        let open: Vec<&str> =
            text.lines().filter(|line| line.starts_with("| `") && line.ends_with("|  |")).collect();
        assert!(open.is_empty(), "{open:?}");
        assert_current(document, "reference", &text);
    }
}

const SVG: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>"#;

/// The recipes of the document for authors of themes: what each is called, and its files.
fn recipes() -> Vec<(&'static str, Vec<(String, String)>)> {
    let text = include_str!("../../themes/README.zh-CN.md");
    let section = text.split("## 怎么改\n").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let recipes = section.split("\n### ").skip(1).map(|recipe| {
        let (name, rest) = recipe.split_once('\n').unwrap();
        let blocks = rest.split("```").skip(1).step_by(2).map(|block| {
            let (_, text) = block.split_once('\n').unwrap();
            // Of a page the name stands in its front matter.
            let first = text.lines().find(|line| *line != "---").unwrap();
            let path = first.trim_matches(['#', '{', '}', '/', '*', ' ']);
            (path.to_string(), text.to_string())
        });
        (name, blocks.collect())
    });
    recipes.collect()
}

#[test]
fn every_recipe_works_and_changes_the_site() {
    let recipes = recipes();
    assert!(recipes.len() >= 14, "{recipes:?}");
    let plain = || {
        let icons = (1..=6).map(|n| (format!("themes/overrides/assets/fp-{n}.svg"), SVG));
        let story = "author: 甲\nkeywords: [防汛]";
        icons
            .fold(Campaign::story(story, "正文"), |campaign, (path, svg)| {
                campaign.with(&path, svg)
            })
            .with("content/static/banner.png", PNG)
    };
    let before = plain().build().files();
    let mut lines = 0;
    for (name, files) in recipes {
        let campaign = files.iter().fold(plain(), |campaign, (path, text)| {
            lines += text.lines().count() - 1;
            match path.as_str() {
                "content/site.yaml" => campaign.settings(text),
                path => campaign.with(path, text),
            }
        });
        assert_eq!(
            campaign.codes(),
            Vec::<String>::new(),
            "{name}: {}",
            campaign.diagnostics(Lang::En)
        );
        assert!(campaign.build().files() != before, "{name} changes nothing");
    }
    assert!(lines <= 60, "{lines} lines");
}
