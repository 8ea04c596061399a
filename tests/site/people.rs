//! People: stories of several of them and of several units, what `people.yaml` says, and addresses
//! that stay.

use xianfeng::base::lang::Lang;
use xianfeng::check::{lost, more};

use crate::campaign::{Built, Campaign, PNG, branch, drawn, member, news, photograph, titles_only};

/// Stories of exemplary members, each with its name, unit and date.
fn members(people: &[(&str, &str, &str)]) -> Campaign {
    people.iter().fold(Campaign::new(""), |campaign, (name, unit, date)| {
        let story =
            member(&format!("{name}{date}"), name, unit, "民生").replace("2026-03-18", date);
        campaign.with(&format!("content/stories/{name}{unit}{date}.md").replace(' ', ""), story)
    })
}

fn addresses(built: &Built) -> Vec<String> {
    let all = built.addresses().into_iter();
    all.filter(|address| address.starts_with("/members/") && address != "/members/").collect()
}

/// Whose page is at an address, with the unit.
fn whose(campaign: &Campaign, address: &str) -> String {
    campaign
        .clone()
        .template("member.html", "{{ member.name }} {{ member.unit.name }}")
        .page(address)
}

/// One story, of these people and units.
fn joint(kind: &str, front: &str) -> Campaign {
    let text = format!(
        "---\ntitle: 一起\ndate: 2026-03-18\nkind: {kind}\nfocal_points: [民生]\n{front}\n---\n正文。\n"
    );
    Campaign::new("").with("content/stories/x.md", text)
}

#[test]
fn a_story_of_several_people_and_units_is_on_all_their_pages() {
    for front in [
        "name: [童书白, 尤丹]\nunit: [东渠支部, 西渠支部]",
        "姓名: [童书白, 尤丹]\n单位:\n  - 东渠支部\n  - 西渠支部",
    ] {
        let campaign = joint("member", front);
        assert_eq!(campaign.codes(), [""; 0], "{front}");
        let built = titles_only(campaign.clone()).build();
        for address in [
            "/members/tong-shu-bai/",
            "/members/you-dan/",
            "/units/dong-qu-zhi-bu/",
            "/units/xi-qu-zhi-bu/",
        ] {
            assert_eq!(built.titles(address), ["一起"], "{address}");
        }
        // As many units as people: each has their own.
        assert_eq!(whose(&campaign, "/members/tong-shu-bai/"), "童书白 东渠支部");
        assert_eq!(whose(&campaign, "/members/you-dan/"), "尤丹 西渠支部");
    }
    let branches = titles_only(joint("branch", "unit: [东渠支部, 西渠支部]")).build();
    for address in ["/branches/dong-qu-zhi-bu/", "/branches/xi-qu-zhi-bu/"] {
        assert_eq!(branches.titles(address), ["一起"], "{address}");
    }
}

#[test]
fn people_of_another_number_than_units_are_of_the_first() {
    let two = joint("member", "name: [童书白, 尤丹]\nunit: 东渠支部");
    assert_eq!(whose(&two, "/members/you-dan/"), "尤丹 东渠支部");
    let one = joint("member", "name: 尤丹\nunit: [东渠支部, 西渠支部]");
    assert_eq!(whose(&one, "/members/you-dan/"), "尤丹 东渠支部");
    // Unless the list knows better.
    let known = one.with("content/people.yaml", "- {name: 尤丹, unit: 西渠支部}\n");
    assert_eq!(whose(&known, "/members/you-dan/"), "尤丹 西渠支部");
}

#[test]
fn one_value_is_a_list_of_one() {
    let files = |name: &str, unit: &str| {
        joint("member", &format!("name: {name}\nunit: {unit}")).build().files()
    };
    let (one, list) = (files("尤丹", "东渠支部"), files("[尤丹]", "[东渠支部]"));
    let differ: Vec<_> = one.keys().filter(|path| one.get(*path) != list.get(*path)).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn every_place_shows_all_of_them_joined() {
    let front = "name: [童书白, 尤丹]\nunit: [东渠支部, 西渠支部]";
    let built = joint("member", front).build();
    let story = built.page("/stories/2026/x/");
    assert!(story.contains("童书白</a>、<a href=\"/members/you-dan/\">尤丹</a>"), "{story}");
    let units = "东渠支部</a>、<a href=\"/units/xi-qu-zhi-bu/\">西渠支部</a>";
    assert!(story.contains(units), "{story}");
    let list = built.page("/focal-points/livelihood/");
    assert!(list.contains(units), "{list}");
    // A theme that knows of one name alone shows them all.
    let names = joint("news", front).template("story.html", "{{ story.name }}");
    assert_eq!(names.page("/stories/2026/x/"), "童书白、尤丹");
}

#[test]
fn search_and_the_book_know_all_of_them() {
    let front = "name: [童书白, 尤丹]\nunit: [东渠支部, 西渠支部]";
    let campaign = joint("member", front);
    let prepared = campaign.prepared();
    let story = &prepared.site.stories[0];
    let names = xianfeng::output::search::text::names(&prepared.site, story);
    for name in ["童书白", "尤丹", "东渠支部", "西渠支部"] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    assert_eq!(story.all(xianfeng::model::kinds::UNITS).len(), 2);
    let page = crate::books::story(&campaign);
    assert!(page.contains("<span>童书白、尤丹</span> <span>东渠支部、西渠支部</span>"), "{page}");
    let book = crate::books::texts(&campaign);
    let index = book.values().find(|text| text.contains("<section class=\"index\">")).unwrap();
    for name in ["童书白", "尤丹", "东渠支部", "西渠支部"] {
        let entry = format!("<span class=\"name\">{name}</span>");
        assert!(index.contains(&entry), "{name}: {index}");
    }
}

#[test]
fn what_a_story_says_of_several_people_is_of_none_of_them_alone() {
    let page = |names: &str| {
        joint("member", &format!("name: {names}\nunit: 东渠支部\npost: 闸工"))
            .template("member.html", "[{% if member.post %}{{ member.post }}{% endif %}]")
            .page("/members/you-dan/")
    };
    assert_eq!(page("尤丹"), "[闸工]");
    assert_eq!(page("[尤丹, 童书白]"), "[]");
}

#[test]
fn several_people_or_units_in_one_text_are_asked_about_with_the_list() {
    let story = joint("member", "姓名: 童书白、尤丹\n单位: 东渠支部；西渠支部");
    let told = story.diagnostics(Lang::Zh);
    for list in ["[童书白, 尤丹]", "[东渠支部, 西渠支部]"] {
        assert!(told.contains(list), "{told}");
    }
    assert_eq!(story.codes(), ["names-in-one", "names-in-one"]);
    let listed = story.with("content/units.yaml", "- 东渠支部\n- 西渠支部\n");
    assert_eq!(listed.codes(), ["names-in-one", "unit-unknown"]);
    assert!(listed.diagnostics(Lang::Zh).contains("[东渠支部, 西渠支部]"));
}

#[test]
fn an_unknown_unit_of_several_is_an_error_at_its_place() {
    let story = joint("news", "unit: [东渠支部, 西渠支布]");
    story.with("content/units.yaml", "- 东渠支部\n- 西渠支部\n").errs("unit-unknown", "西渠支布");
}

#[test]
fn a_list_makes_one_person_of_two_units_and_of_several_spellings() {
    let two = members(&[
        ("尤丹", "东渠支部", "2026-03-01"),
        ("尤丹", "西渠支部", "2026-03-02"),
        ("尤旦", "西渠支部", "2026-03-03"),
    ]);
    assert_eq!(addresses(&two.build()).len(), 3);
    for list in [
        "- name: 尤丹\n  units: [东渠支部, 西渠支部]\n  aliases: [尤旦]\n",
        "- 姓名: 尤丹\n  单位: [东渠支部, 西渠支部]\n  别名: [尤旦]\n",
        "- 名称: 尤丹\n  单位: [东渠支部, 西渠支部]\n  别名: [尤旦]\n",
        // Without a unit: whoever is called so.
        "- name: 尤丹\n  aliases: [尤旦]\n",
    ] {
        let one = two.clone().with("content/people.yaml", list);
        assert_eq!(one.codes(), [""; 0], "{list}");
        let built = titles_only(one).build();
        assert_eq!(addresses(&built), ["/members/you-dan/"], "{list}");
        assert_eq!(built.titles("/members/you-dan/").len(), 3, "{list}");
    }
    let campaign = two.with("content/people.yaml", "- {name: 尤丹, aliases: [尤旦]}\n");
    // Both units show the person, under the name that the list gives.
    let units = campaign
        .template("unit.html", "{% for m in unit.members %}{{ m.name }}{% endfor %}")
        .build();
    assert_eq!(units.page("/units/dong-qu-zhi-bu/"), "尤丹");
    assert_eq!(units.page("/units/xi-qu-zhi-bu/"), "尤丹");
    let story = campaign_story(&units);
    assert!(story.contains("尤丹") && !story.contains(">尤旦<"), "{story}");
}

fn campaign_story(built: &Built) -> String {
    let address = built.addresses().into_iter().find(|a| a.contains("2026-03-03")).unwrap();
    built.page(&address)
}

#[test]
fn who_is_not_in_the_list_is_a_person_as_ever() {
    let all = members(&[("尤丹", "东渠支部", "2026-03-01"), ("童书白", "西渠支部", "2026-03-02")]);
    let listed =
        all.clone().with("content/people.yaml", "- {name: 尤丹, unit: 东渠支部}\n- 别人\n");
    assert_eq!(addresses(&listed.build()), addresses(&all.build()));
    // A namesake elsewhere is another person, as the list names a unit.
    let namesake = all.with("content/people.yaml", "- {name: 童书白, unit: 东渠支部}\n");
    assert_eq!(addresses(&namesake.build()).len(), 2);
}

#[test]
fn a_list_gives_addresses_order_portraits_and_what_is_to_be_said() {
    let campaign = members(&[
        ("安其", "东渠支部", "2026-03-01"),
        ("尤丹", "东渠支部", "2026-03-02"),
        ("童书白", "西渠支部", "2026-03-03"),
        ("周至", "西渠支部", "2026-03-04"),
    ])
    .with("content/static/people/you.png", PNG)
    .with(
        "content/people.yaml",
        "- name: 周至\n  排序: 10\n- name: 尤丹\n  slug: ydan\n  old_slugs: [you-dan]\n  sort_key: 2\n  portrait: people/you.png\n  portrait_alt: 尤丹在闸口\n  description: 守闸的人\n  extra: {入党: 1999}\n",
    );
    assert_eq!(campaign.codes(), [""; 0]);
    let view = "{% if member.portrait %}{{ member.description }} {{ member.extra[\"入党\"] }} {{ member.portrait.src }} {{ member.portrait.alt }}{% endif %}";
    let built = campaign
        .clone()
        .template("members.html", "{% for s in subjects.subjects %}{{ s.name }} {% endfor %}")
        .template("member.html", view)
        .template("story.html", "{{ story.people[0].url }}");
    let page = |address: &str| built.page(address);
    assert_eq!(page("/members/"), "尤丹 周至 安其 童书白 ");
    assert_eq!(page("/members/ydan/"), "守闸的人 1999 /people/you.png 尤丹在闸口");
    assert!(page("/members/you-dan/").contains("/members/ydan/"));
    let shown = campaign.build();
    assert!(
        shown.page("/members/ydan/").contains("<img src=\"/people/you.png\" alt=\"尤丹在闸口\"")
    );
    assert!(shown.page("/members/").contains("/people/you.png"));
    assert!(shown.has("/people/you.png"));
}

#[test]
fn a_story_may_bring_the_portrait() {
    let story = |more: &str| {
        joint("member", &format!("name: 尤丹\nunit: 东渠支部\nportrait: you.png\n{more}"))
    };
    let campaign = story("portrait_alt: 尤丹在闸口").with("content/stories/you.png", PNG);
    assert_eq!(campaign.codes(), [""; 0]);
    let built = campaign.build();
    assert!(built.has("/stories/2026/x/you.png"));
    assert!(built.page("/members/you-dan/").contains("alt=\"尤丹在闸口\""));
    assert_eq!(story("").with("content/stories/you.png", PNG).codes(), ["portrait-alt-missing"]);
    assert_eq!(story("portrait_alt: 图").codes(), ["picture-dead"]);
    let text = story("portrait_alt: 图").with("content/stories/you.png", "不是图片");
    assert_eq!(text.codes(), ["picture-not-shown"]);
    assert_eq!(joint("news", "照片说明: 图").codes(), ["portrait-missing"]);
}

/// Nobody sees the one of the story, so nobody gets it.
#[test]
fn the_portrait_of_the_list_takes_the_place_of_a_storys() {
    let of_list = photograph(90, 120);
    let front = "name: 尤丹\nunit: 东渠支部\nportrait: you.jpg\nportrait_alt: 旧照";
    let story = |front: &str| {
        joint("member", front)
            .with("content/stories/you.jpg", photograph(300, 400))
            .with("content/static/people/you.jpg", &of_list)
    };
    let list = "- {name: 尤丹, portrait: people/you.jpg, portrait_alt: 尤丹在闸口}\n";
    let own = |built: &Built| {
        let mut all = built.addresses().into_iter();
        all.any(|path| path.starts_with("/stories/2026/x/you"))
    };
    assert!(own(&story(front).build()));
    let replaced = story(front).with("content/people.yaml", list);
    assert_eq!(replaced.places(), ["8:11 portrait-replaced"]);
    insta::assert_snapshot!("portrait-replaced", replaced.in_both_languages());
    let built = replaced.settings("base_url: https://a.example.cn/").build();
    assert!(!own(&built), "{:?}", built.addresses());
    let card = "og:image\" content=\"https://a.example.cn/people/you-";
    for page in ["/stories/2026/x/", "/members/you-dan/"] {
        let page = built.page(page);
        assert!(page.contains("/people/you-90.") && !page.contains("旧照"), "{page}");
    }
    assert!(built.page("/stories/2026/x/").contains(card));
    // What is shown all the same is there.
    let cover = format!("{front}\ncover: you.jpg\ncover_alt: 图");
    let shown = story(&cover).with("content/people.yaml", list);
    assert_eq!(shown.codes(), [""; 0]);
    assert!(own(&shown.build()));
    // One that the list names and that is not there takes no place.
    let dead = list.replace("people/you", "people/keine");
    let dead = story(front).with("content/people.yaml", &*dead);
    assert_eq!(dead.codes(), ["picture-dead"]);
}

#[test]
fn mistakes_in_the_list() {
    let units = "//- content/units.yaml\n- 东渠支部\n- 西渠支部\n";
    for (yaml, places) in [
        ("- {name: 尤丹, unit: 东渠支布}", vec!["1:20 unit-unknown"]),
        ("- {name: 尤丹, units: [东渠支部, 西渠支布]}", vec!["1:28 unit-unknown"]),
        ("- 尤丹\n- 尤丹", vec!["2:3 name-taken"]),
        ("- {name: 甲, slug: a}\n- {name: 乙, slug: a}", vec!["2:3 name-taken"]),
        (
            "- {name: 尤丹, unit: 东渠支部}\n- {name: 尤旦, aliases: [尤丹], unit: 东渠支部}",
            vec!["2:3 name-taken"],
        ),
        ("- {name: 尤丹, unit: 东渠支部}\n- {name: 尤丹, unit: 西渠支部}\n- 尤丹", vec![]),
        ("- {name: 尤丹, portrait: a.png}", vec!["1:24 portrait-alt-missing"]),
        ("- {unit: 东渠支部}", vec!["1:3 field-missing"]),
        ("- {name: 尤丹, slug: A}", vec!["1:20 slug-wrong"]),
        ("- {name: 尤丹, unti: 东渠支部}", vec!["1:14 key-unknown"]),
        ("姓名: 尤丹", vec!["1:1 type-wrong"]),
    ] {
        let campaign = Campaign::new(units).with("content/people.yaml", format!("{yaml}\n"));
        assert_eq!(campaign.places(), places, "{yaml}");
    }
    let dead = members(&[("尤丹", "东渠支部", "2026-03-01")])
        .with("content/people.yaml", "- {name: 尤丹, portrait: a.png, portrait_alt: 图}\n");
    dead.errs("picture-dead", "a.png");
    let pdf =
        dead.with("content/people.yaml", "- {name: 尤丹, portrait: a.pdf, portrait_alt: 图}\n");
    pdf.with("content/static/a.pdf", "x").errs("portrait-not-picture", "a.pdf");
}

/// Two people whose names sound alike, the first in time first.
const ALIKE: [(&str, &str, &str); 2] =
    [("童书白", "东渠支部", "2026-03-01"), ("佟舒柏", "西渠支部", "2026-03-02")];

#[test]
fn an_address_does_not_pass_to_another_as_long_as_both_have_stories() {
    let both = members(&ALIKE);
    let before = |campaign: &Campaign| {
        ["/members/tong-shu-bai/", "/members/tong-shu-bai-2/"].map(|at| whose(campaign, at))
    };
    assert_eq!(before(&both), ["童书白 东渠支部", "佟舒柏 西渠支部"]);
    // A third, later, and what is only in other units or kinds, changes nothing.
    let more = members(&[ALIKE[0], ALIKE[1], ("童书百", "东渠支部", "2026-04-01")]);
    assert_eq!(before(&more), before(&both));
    // A story that is taken off, not due or a draft keeps its person's place.
    for key in ["draft: true", "expire_at: 2026-05-01", "publish_at: 2026-12-01"] {
        let path = "content/stories/童书白东渠支部2026-03-01.md";
        let off = member("甲", "童书白", "东渠支部", "民生")
            .replace("2026-03-18", &format!("2026-03-01\n{key}"));
        let campaign = both.clone().with(path, off);
        assert_eq!(whose(&campaign, "/members/tong-shu-bai-2/"), "佟舒柏 西渠支部", "{key}");
        assert!(!campaign.build().has("/members/tong-shu-bai/"), "{key}");
    }
}

#[test]
fn what_is_derived_keeps_its_number_while_another_waits() {
    let regions = |first: &str| {
        Campaign::new("")
            .with(
                "content/stories/a.md",
                news(
                    "甲",
                    "2026-03-01",
                    &format!("region: 北阶\nunit: 一支部\ncarriers: [夜访]\n{first}"),
                    "正文",
                ),
            )
            .with(
                "content/stories/b.md",
                news("乙", "2026-03-02", "region: 北街\nunit: 伊支部\ncarriers: [叶坊]", "正文"),
            )
    };
    for first in ["", "draft: true", "expire_at: 2026-04-01"] {
        let built = regions(first).build();
        for address in ["/regions/bei-jie-2/", "/units/yi-zhi-bu-2/", "/carriers/ye-fang-2/"] {
            assert!(built.page(address).contains("乙"), "{first} {address}");
        }
    }
}

/// What `check` says beside its complaints.
fn notes(campaign: &Campaign) -> (Vec<&'static str>, String) {
    let prepared = campaign.prepared();
    let told = more(&prepared.site, &prepared.plan);
    let told: Vec<_> = told.into_iter().filter(|d| d.code == "slug-numbered").collect();
    let help = told.first().and_then(|told| Some(told.help.as_ref()?.zh.clone()));
    (told.iter().map(|d| d.code).collect(), help.unwrap_or_default())
}

/// The entries of a list that a help shows.
fn entries(help: &str) -> String {
    help.lines().filter_map(|line| Some(format!("{}\n", &line[line.find("- {")?..]))).collect()
}

#[test]
fn addresses_that_may_pass_to_another_are_told_with_what_keeps_them() {
    let both = members(&ALIKE);
    let (codes, help) = notes(&both);
    assert_eq!(codes, ["slug-numbered"]);
    let list = entries(&help);
    assert_eq!(list.lines().count(), 2, "{help}");
    let fixed = both.with("content/people.yaml", &list);
    assert_eq!(notes(&fixed).0, [""; 0], "{list}");
    // Now whatever comes or goes, each keeps the address.
    let earlier = member("早", "仝殊白", "东渠支部", "民生").replace("2026-03-18", "2025-01-01");
    let later = fixed.clone().with("content/stories/0.md", earlier);
    assert_eq!(whose(&later, "/members/tong-shu-bai/"), "童书白 东渠支部");
    assert_eq!(whose(&later, "/members/tong-shu-bai-2/"), "佟舒柏 西渠支部");
    assert_eq!(whose(&later, "/members/tong-shu-bai-3/"), "仝殊白 东渠支部");
    let only = members(&ALIKE[1..]).with("content/people.yaml", &list);
    assert_eq!(addresses(&only.build()), ["/members/tong-shu-bai-2/"]);
    // Nobody is told of numbers that are part of a name, or of what cannot be listed.
    let names = "- {name: 柳堰二网格, slug: liuyan-2}\n- {name: 柳堰, slug: liuyan}\n- 二支部\n- 二支部-2\n";
    let silent = Campaign::new("").with("content/units.yaml", names);
    assert_eq!(notes(&silent).0, [""; 0]);
}

/// What a build says of the addresses of the one before.
fn moved(before: &Campaign, after: &Campaign) -> Vec<xianfeng::diagnostic::Diagnostic> {
    let pages = before.build().pages();
    let title = |path: &str| {
        let page = pages.get(path)?;
        Some(page.split("<title>").nth(1)?.split("</title>").next()?.to_string())
    };
    let prepared = after.prepared();
    let paths = pages.keys().map(String::as_str);
    let told = lost::check(&prepared.site, &prepared.plan, paths, title);
    told.into_iter().filter(|told| told.code == "address-moved").collect()
}

#[test]
fn an_address_that_passes_to_another_is_told_with_what_keeps_it() {
    let first = members(&ALIKE[1..]);
    let both = members(&ALIKE);
    // An earlier story of another person takes the address.
    let told = moved(&first, &both);
    let shown = drawn(&told, Lang::Zh);
    assert_eq!(told.len(), 1, "{shown}");
    assert!(shown.contains("warning[address-moved]: “佟舒柏”的网址从 /members/tong-shu-bai/ 变成了 /members/tong-shu-bai-2/，旧网址现在是“童书白”的页面"), "{shown}");
    let kept = both.clone().with("content/people.yaml", entries(&shown));
    assert_eq!(whose(&kept, "/members/tong-shu-bai/"), "佟舒柏 西渠支部");
    assert!(moved(&first, &kept).is_empty());
    // The first one goes, and the other would move up.
    let told = moved(&both, &first);
    let shown = drawn(&told, Lang::Zh);
    assert_eq!(told.len(), 1, "{shown}");
    let kept = first.with("content/people.yaml", entries(&shown));
    assert_eq!(addresses(&kept.build()), ["/members/tong-shu-bai-2/"]);
    // Nothing is said while each stays where it was.
    let third = members(&[ALIKE[0], ALIKE[1], ("童书百", "东渠支部", "2026-04-01")]);
    assert!(moved(&both, &third).is_empty() && moved(&both, &both).is_empty());
}

#[test]
fn namesakes_are_told_apart_in_the_titles_of_their_pages() {
    let both = members(&[("尤丹", "东渠支部", "2026-03-01"), ("尤丹", "西渠支部", "2026-03-02")]);
    let title = |campaign: &Campaign, address: &str| {
        let page = campaign.page(address);
        page.split("<title>").nth(1).unwrap().split(" · ").next().unwrap().to_string()
    };
    assert_eq!(title(&both, "/members/you-dan/"), "尤丹（东渠支部）");
    assert_eq!(title(&both, "/members/you-dan-2/"), "尤丹（西渠支部）");
    assert_eq!(title(&members(&ALIKE), "/members/tong-shu-bai/"), "童书白");
    // One who comes with an earlier story takes the address of another of the same name.
    let first = members(&[("尤丹", "西渠支部", "2026-03-02")]);
    let shown = drawn(&moved(&first, &both), Lang::Zh);
    assert!(shown.contains("“尤丹（西渠支部）”的网址从 /members/you-dan/ 变成了 /members/you-dan-2/，旧网址现在是“尤丹（东渠支部）”的页面"), "{shown}");
    let kept = both.clone().with("content/people.yaml", entries(&shown));
    assert_eq!(whose(&kept, "/members/you-dan/"), "尤丹 西渠支部");
    assert!(moved(&first, &kept).is_empty());
    let later = members(&[("尤丹", "东渠支部", "2026-03-01")]);
    assert!(moved(&later, &both).is_empty());
    // So that who has moved is known.
    let earlier = members(&[
        ("尤丹", "东渠支部", "2026-03-01"),
        ("尤丹", "西渠支部", "2026-03-02"),
        ("尤丹", "西渠支部", "2026-02-01"),
    ]);
    let shown = drawn(&moved(&both, &earlier), Lang::Zh);
    assert!(shown.contains("“尤丹（东渠支部）”的网址从 /members/you-dan/ 变成了"), "{shown}");
}

#[test]
fn an_old_slug_is_nobody_elses() {
    let list = "- {name: 童书白, slug: tsb, old_slugs: [tong-shu-bai]}\n";
    let both = members(&ALIKE).with("content/people.yaml", list);
    assert_eq!(both.codes(), [""; 0]);
    assert_eq!(
        addresses(&both.build()),
        ["/members/tong-shu-bai-2/", "/members/tong-shu-bai/", "/members/tsb/"]
    );
    let units = "- {name: 东渠支部, slug: dq, old_slugs: [xi-qu-zhi-bu]}\n- 西渠支部\n";
    let built = Campaign::new("")
        .with("content/units.yaml", units)
        .with("content/stories/a.md", branch("甲", "东渠支部", "民生"));
    assert_eq!(built.codes(), [""; 0]);
    assert!(built.build().has("/units/xi-qu-zhi-bu-2/"));
}

#[test]
fn a_list_that_does_not_parse_is_the_one_mistake() {
    let both = members(&ALIKE);
    for (yaml, code) in [
        ("- name：童书白\n", "yaml-colon-fullwidth"),
        ("- {name: 童书白\n", "yaml-bracket-open"),
        ("<<<<<<< HEAD\n- 童书白\n=======\n- 童\n>>>>>>> b\n", "merge-conflict"),
    ] {
        let broken = both.clone().with("content/people.yaml", yaml);
        assert_eq!(broken.codes(), [code], "{yaml}");
        // A preview shows the people all the same.
        let shown = broken.previewed(&mut xianfeng::pipeline::LastGood::default());
        assert_eq!(addresses(&shown).len(), 2, "{yaml}");
    }
}

#[test]
fn time_breaks_no_link_to_a_person_whose_address_was_given() {
    let linked = |address: &str| news("乙", "2026-04-01", "", &format!("见[他]({address})。"));
    let list = "- {name: 童书白, slug: tsb}\n";
    let gone =
        member("甲", "佟舒柏", "西渠支部", "民生").replace("kind:", "expire_at: 2026-05-01\nkind:");
    let listed = gone.replace("佟舒柏", "童书白");
    for (address, story) in [("/members/tsb/", &listed), ("/members/tong-shu-bai-2/", &gone)] {
        let campaign = members(&ALIKE[..1])
            .with("content/stories/l.md", linked(address))
            .with("content/stories/童书白东渠支部2026-03-01.md", story)
            .with(
                "content/stories/z.md",
                member("丙", "仝殊白", "东渠支部", "民生").replace("2026-03-18", "2026-02-01"),
            )
            .with("content/people.yaml", list);
        assert_eq!(campaign.codes(), ["link-withheld"], "{address}");
        let draft = story.replace("expire_at: 2026-05-01", "draft: true");
        let draft = campaign.with("content/stories/童书白东渠支部2026-03-01.md", draft);
        assert_eq!(draft.codes(), ["link-dead"], "{address}");
    }
}

#[test]
fn a_place_that_passes_to_another_is_told_too() {
    let two = |first: &str, second: &str| {
        let story = |title: &str, date: &str, region: &str| {
            news(title, date, &format!("region: {region}"), "正文")
        };
        Campaign::new("")
            .with("content/stories/a.md", story("甲", "2026-03-01", first))
            .with("content/stories/b.md", story("乙", "2026-03-02", second))
    };
    let shown = drawn(&moved(&two("北街", "北阶"), &two("北阶", "北街")), Lang::Zh);
    assert!(
        shown.contains("“北街”的网址从 /regions/bei-jie/ 变成了 /regions/bei-jie-2/"),
        "{shown}"
    );
    let listed = |first: &str, second: &str| {
        let swap = |name: &str| name.replace("北", "夜访");
        two("东门", "西门")
            .with("content/carriers.yaml", format!("- {}\n- {}\n", swap(first), swap(second)))
    };
    let shown = drawn(&moved(&listed("北街", "北阶"), &listed("北阶", "北街")), Lang::Zh);
    assert!(shown.contains("slug: ye-fang-jie"), "{shown}");
}
