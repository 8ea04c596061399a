//! The search index: what stands in a story is found by it.

#[path = "../shared/search_cases.rs"]
mod cases;
mod reader;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use xianfeng::output::search::normalise::{normalise, pairs};
use xianfeng::output::search::{Gathered, gather};

use crate::campaign::{Campaign, news};
use cases::SAME;

#[test]
fn texts_are_compared_in_their_normal_form() {
    for (text, normal) in SAME {
        assert_eq!(&normalise(text), normal, "{text:?}");
    }
}

#[test]
fn folding_twice_is_folding_once() {
    for (from, to) in pairs() {
        assert_eq!(normalise(&from.to_string()), normalise(&to.to_string()), "{from} {to}");
    }
    assert!(pairs().count() > 3000);
}

/// The campaign with a search, which is off unless it is asked for.
fn searchable(campaign: Campaign) -> Campaign {
    campaign.settings("search: true")
}

/// A campaign of one news story for each body, the first the oldest.
fn campaign(bodies: &[&str]) -> Campaign {
    bodies.iter().enumerate().fold(searchable(Campaign::new("")), |campaign, (i, body)| {
        let date = format!("2026-01-{:02} {:02}:00", i / 24 + 1, i % 24);
        campaign
            .with(&format!("content/stories/s{i}.md"), news(&format!("标题{i}"), &date, "", body))
    })
}

fn found(files: &BTreeMap<String, Vec<u8>>, text: &str) -> Vec<u32> {
    let open = |name: &str| files.get(name).cloned().unwrap_or_default();
    reader::stories(text, &open).into_iter().collect()
}

#[test]
fn a_text_is_found_where_it_stands_and_nowhere_else() {
    let files =
        campaign(&["党员带头修路。", "群众**评议**支部[^1]工作\n\n[^1]: 注释里的字", "修路的党员"])
            .build()
            .files();
    for (text, stories) in [
        ("党员", &[0, 2][..]),
        ("修路", &[0, 2]),
        ("带头修路", &[0]),
        ("评议支部工作", &[1]),
        ("注释里", &[1]),
        ("标题2", &[2]),
        ("黨員", &[0, 2]),
        ("没有", &[]),
    ] {
        assert_eq!(found(&files, text), stories, "{text}");
    }
}

#[test]
fn the_index_is_the_same_for_the_same_site() {
    let site = campaign(&["党员带头修路。", "群众评议支部工作", "修路的党员"]);
    let again = site.clone().in_order(&[2, 0, 3, 1]);
    assert_eq!(site.build().files(), again.build().files());
}

#[test]
fn a_new_or_older_story_changes_the_names_of_few_texts() {
    let bodies: Vec<String> = (0..40).map(|i| format!("第{i}件事")).collect();
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    let before = texts(&campaign(&bodies[..39]).build().files());
    let after = campaign(&bodies);
    let older =
        after.clone().with("content/stories/old.md", news("旧事", "2025-12-31", "", "补发"));
    for files in [after.build().files(), older.build().files()] {
        let kept = texts(&files)
            .into_iter()
            .filter(|(path, bytes)| before.get(path) == Some(bytes))
            .count();
        assert_eq!(kept, 32);
    }
}

#[test]
fn a_text_that_is_corrected_has_another_address() {
    let addresses = |body| -> Vec<String> {
        texts(&campaign(&["党员带头", body]).build().files()).into_keys().collect()
    };
    assert_eq!(addresses("共 86 人").len(), 2);
    let (before, after) = (addresses("共 86 人"), addresses("共 87 人"));
    assert!(before.iter().all(|address| !after.contains(address)), "{before:?} {after:?}");
}

/// The texts that results are shown from.
fn texts(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let texts = files.iter().filter(|(path, _)| path.starts_with("search/s/"));
    texts.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

#[test]
fn a_site_without_search_has_nothing_of_it() {
    let files = Campaign::story("", "正文。").settings("search: false").build().files();
    let search: Vec<_> = files.keys().filter(|path| path.starts_with("search")).collect();
    assert!(search.is_empty(), "{search:?}");
    let home = String::from_utf8(files["index.html"].clone()).unwrap();
    assert!(!home.contains("type=\"search\"") && !home.contains("search/"), "{home}");
}

#[test]
fn a_site_without_stories_has_an_index() {
    let files = searchable(Campaign::new("")).build().files();
    assert!(files.contains_key("search/directory.bin"));
    assert_eq!(found(&files, "党员"), [0; 0]);
}

#[test]
fn a_long_list_is_read_to_its_end() {
    let bodies: Vec<String> = (0..28).map(|i| format!("同一个单位{i}")).collect();
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    let files = campaign(&bodies).build().files();
    assert_eq!(found(&files, "单位").len(), 28);
}

#[test]
fn a_site_for_the_disk_has_scripts_in_place_of_files() {
    let files = searchable(Campaign::story("", "正文。")).with_relative_links().build().files();
    let odd: Vec<_> = files
        .keys()
        .filter(|path| path.starts_with("search/"))
        .filter(|path| !path.ends_with(".js") && !path.ends_with(".html"))
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
    let script = String::from_utf8(files["search/search.js"].clone()).unwrap();
    assert!(!script.contains("export") && !script.contains("import"), "{script}");
}

#[test]
fn what_search_reads_is_what_the_page_shows() {
    for body in [
        "一段**粗**话[^a]，[链接](https://example.org/)和`码`。\n下一行 and\nmore\n\n## 小标题 *斜*\n\n- 甲\n- 乙\n\n[^a]: 注一。\n",
        "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n\n```\nlet a = 1;\nlet b;\n```\n\n> 引\n> 文\n\n---\n\n1. 一\n   续\n",
        "先[^2]后[^1]。\n\n[^1]: 后注。\n\n    第二段。\n\n[^2]: 先注。\n\n[^3]: 无人问。\n",
        "![独图](https://example.org/a.png)\n\n文![夹图](https://example.org/a.png)字\n\n![图](https://example.org/a.png \"题注\")\n",
        "硬\\\n断<b>标签</b>&amp;实体 \\* 星<!-- 注 -->后\n\n<div>块</div>\n\n\u{3000}\u{3000}缩进\n",
    ] {
        let files = campaign(&[body]).build().files();
        let page = String::from_utf8(files["stories/2026/s0/index.html"].clone()).unwrap();
        let html = page.split("data-search-body>").nth(1).unwrap();
        let html = html.split("<footer class=\"story-foot\"").next().unwrap();
        let text = String::from_utf8(texts(&files).pop_first().unwrap().1).unwrap();
        let text = text.split_once('\n').unwrap().1;
        assert_eq!(normalise(text), normalise(&reader::plain(html)), "{body}\n{html}");
    }
}

#[test]
fn a_story_is_found_by_every_name_of_what_it_is_linked_to() {
    let front = "unit: 东塘居委支部\nkind: branch\nfocal_points: [livelihood]\ncarriers: [清早一小时]\n\
                 keywords: [修伞摊]\ncover: a.png\ncover_alt: 檐下两把旧椅子\n";
    let body = "![夹图](a.png)前后的字。![再一张](a.png \"有题注\")\n\n<img src=\"a.png\" alt=\"粘来的\">\n";
    let story = format!("---\ntitle: 标题\ndate: 2026-01-02\n{front}---\n{body}");
    let files = searchable(Campaign::new(""))
        .with(
            "content/units.yaml",
            "- name: 东塘居委支部\n  aliases: [原机修厂支部]\n  region: 南片\n",
        )
        .with("content/carriers.yaml", "- name: 清早一小时\n  aliases: [晨间服务]\n")
        .with("content/stories/x/index.md", story)
        .with("content/stories/x/a.png", crate::campaign::PNG)
        .with("content/stories/n.md", news("别的", "2026-01-03", "", "无关"))
        .build()
        .files();
    for text in [
        "东塘居委",
        "原机修厂",
        "南片",
        "清早一小时",
        "晨间服务",
        "民生",
        "坚持抓好",
        "踏踏实实抓好",
        "修伞摊",
        "先进基层党组织",
        "两把旧椅子",
        "夹图",
        "再一张",
        "有题注",
        "粘来的",
    ] {
        assert_eq!(found(&files, text), [0], "{text}");
    }
    assert_eq!(found(&files, "活动动态"), [1]);
    // What is held by a longer name is not written again.
    let text = String::from_utf8(texts(&files).pop_first().unwrap().1).unwrap();
    let head: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let tags: Vec<&str> = head["tags"].as_str().unwrap().lines().collect();
    assert!(tags.contains(&"坚持抓好民生") && !tags.contains(&"民生"), "{tags:?}");
}

#[test]
fn a_name_that_changes_changes_what_is_found_in_the_next_build_too() {
    let with = |alias: &str| {
        let units = format!("- name: 东塘支部\n  aliases: [{alias}]\n");
        let story = news("标题", "2026-01-02", "unit: 东塘支部\n", "正文");
        let campaign = searchable(Campaign::new("")).with("content/units.yaml", units);
        campaign.with("content/stories/x.md", story).prepared().site
    };
    let before = gather(&with("旧时名"), "注释", Gathered::default()).unwrap();
    let cold = gather(&with("新起名"), "注释", Gathered::default()).unwrap();
    assert_ne!(before, cold);
    assert_eq!(gather(&with("新起名"), "注释", before).unwrap(), cold);
}

#[test]
fn the_scripts_are_small() {
    for relative in [false, true] {
        let campaign = searchable(Campaign::story("", "正文。"));
        let campaign = if relative { campaign.with_relative_links() } else { campaign };
        let files = campaign.build().files();
        let both = [&files["search/search.js"][..], &files["search/page.js"][..]].concat();
        let (both, field) =
            (reader::zip(&both).len(), reader::zip(&files["search/field.js"]).len());
        assert!(both <= 12 * 1024 && field <= 1024, "{both} and {field} bytes compressed");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_part_of_a_story_is_found(
        bodies in prop::collection::vec("[一丁七万丈三上下國学a-cA-C0-2，。 ]{2,40}", 1..6),
        at in any::<prop::sample::Index>(),
        length in 2_usize..8,
    ) {
        let bodies: Vec<String> = bodies.iter().map(|body| format!("字{body}字")).collect();
        let texts: Vec<&str> = bodies.iter().map(String::as_str).collect();
        let files = campaign(&texts).build().files();
        for (i, body) in bodies.iter().enumerate() {
            let chars: Vec<char> = body.chars().collect();
            let from = at.index(chars.len() - 1);
            let part: String = chars[from..(from + length).min(chars.len())].iter().collect();
            let normal = normalise(&part);
            if normal.chars().count() < 2 || normal.contains(' ') {
                continue;
            }
            let stories: BTreeSet<u32> = found(&files, &part).into_iter().collect();
            prop_assert!(stories.contains(&(i as u32)), "{part:?} of {body:?}: {stories:?}");
        }
    }

    #[test]
    fn what_is_gathered_with_the_last_build_is_what_is_gathered_without(
        before in prop::collection::vec((0_u32..100, "[一丁七万丈，的 ]{2,20}"), 0..160),
        edits in prop::collection::vec((0_u32..100, "[一丁七万丈，的 ]{2,20}", any::<prop::sample::Index>()), 0..6),
    ) {
        let of = |stories: &[(u32, String)]| {
            let build = |campaign: Campaign, (i, (day, body)): (usize, &(u32, String))| {
                let date = format!("2026-{:02}-{:02}", 1 + day / 25, 1 + day % 25);
                campaign.with(&format!("content/stories/s{i}.md"), news("标题", &date, "", body))
            };
            stories.iter().enumerate().fold(searchable(Campaign::new("")), build).prepared()
        };
        let mut after = before.clone();
        for (day, body, at) in edits {
            // A place after the last adds a story; a body of two characters is a story gone.
            let at = at.index(after.len() + 1);
            match after.get_mut(at) {
                Some(_) if body.chars().count() == 2 => drop(after.remove(at)),
                Some(story) => *story = (day, body),
                None => after.push((day, body)),
            }
        }
        let first = gather(&of(&before).site, "注释", Gathered::default()).unwrap();
        let site = of(&after).site;
        let cold = gather(&site, "注释", Gathered::default()).unwrap();
        prop_assert_eq!(gather(&site, "注释", first).unwrap(), cold);
    }
}

#[test]
fn works_carriers_and_tasks_are_found_by_their_names() {
    let lists = "//- content/works.yaml
- {name: 槐河清淤, aliases: [清河行动]}
//- content/carriers.yaml
- 板凳会
//- content/tasks.yaml
- 架桥便民
- 挖井取水
";
    let front = "central_works: [槐河清淤]\nlinked_works: [板凳会]\ntasks: [架桥便民]";
    let files = searchable(
        Campaign::new(lists).with("content/stories/a.md", news("甲", "2026-03-18", front, "正文")),
    )
    .build()
    .files();
    for name in ["槐河清淤", "清河行动", "板凳会", "架桥便民"] {
        assert_eq!(found(&files, name), [0], "{name}");
    }
    assert!(found(&files, "挖井取水").is_empty());
    let facet = |one: &str| files.keys().any(|path| path.starts_with(&format!("search/f/{one}-")));
    assert!(facet("work") && facet("carrier") && !facet("task"));
}
