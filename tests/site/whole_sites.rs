//! Properties of whole generated campaigns: every link leads somewhere, and no order of
//! files changes a byte.

use proptest::prelude::*;
use proptest::sample::Index;

use crate::campaign::Campaign;
use crate::html;
use crate::properties::config;

#[path = "../shared/loops.rs"]
mod loops;
use loops::looping_templates;

/// A campaign of stories that link to each other.
fn campaign() -> impl Strategy<Value = Campaign> {
    let one = (0..3u8, 0..5usize, 0..6usize, any::<Index>(), any::<bool>(), 1..28u32);
    (prop::collection::vec(one, 1..9), 1..4usize, 0..3u8).prop_map(|(stories, page_size, base)| {
        let count = stories.len();
        let campaign = Campaign::new("").settings(&format!("page_size: {page_size}"));
        let campaign = stories.into_iter().enumerate().fold(campaign, |campaign, (i, (kind, unit, point, to, pinned, day))| {
            let kind = ["news", "branch", "member"][kind as usize];
            let name = ["王芳", "曾广", "[单月, 王方]", "Anna", "王方"][unit];
            let unit = unit % 4;
            let point = ["中心", "载体", "实践", "群众", "统筹", "民生"][point];
            let to = to.index(count);
            campaign.with(&format!("content/stories/{}/s{i}.md", 2025 + day % 2), format!(
                "---\ntitle: 第{i}篇\ndate: {}-03-{day:02}\nkind: {kind}\nunit: 第{unit}支部\nname: {name}\nregion: 地{unit}\ncarriers: [载{point}]\nfocal_points: [{point}]\npinned: {pinned}\naliases: [/old/{i}.html]\nupdated: 2026-04-1{unit}\ncorrection: 改{i}\n---\n\
                 ## 做法\n\n见[那篇](/stories/old-{i}/../x)。\n", 2025 + day % 2)
                .replace(&format!("见[那篇](/stories/old-{i}/../x)。"), &format!("见[本节](#做法)和[旧址](/old/{to}.html)。[^1]\n\n[^1]: 注")))
        });
        let people = ["", "- {name: 王芳, units: [第0支部, 第1支部], aliases: [王方]}\n", "- {name: 王方, slug: wf, old_slugs: [wang-fang]}\n"];
        let campaign = campaign.with("content/people.yaml", people[page_size - 1]);
        match base {
            0 => campaign,
            1 => campaign.published_at("https://example.cn/z/"),
            _ => campaign.with_relative_links(),
        }
    })
}

/// The file that `address`, found on the page at `path`, leads to, and its fragment.
fn target(path: &str, address: &str) -> Option<(String, Option<String>)> {
    if address.starts_with("http") && !address.starts_with("https://example.cn/z/") {
        return None;
    }
    let address = address.strip_prefix("https://example.cn").unwrap_or(address);
    let decode = |text: &str| percent(text);
    let (address, fragment) = match address.split_once('#') {
        Some((address, fragment)) => (address, Some(decode(fragment))),
        None => (address, None),
    };
    let address = decode(address.split('?').next().unwrap());
    let file = if address.is_empty() {
        path.to_string()
    } else if let Some(rest) = address.strip_prefix("/z/").or_else(|| address.strip_prefix('/')) {
        rest.to_string()
    } else {
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        for part in address.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        parts.join("/")
    };
    let file =
        if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file };
    Some((file, fragment))
}

fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap()
}

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn every_internal_link_leads_somewhere(campaign in campaign()) {
        let built = campaign.build();
        let files = built.files();
        let pages: std::collections::BTreeMap<_, _> = built.pages().into_iter().map(|(path, text)| {
            let page = html::read(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            (path, page)
        }).collect();
        for (path, page) in &pages {
            for (file, fragment) in page.addresses().filter_map(|address| target(path, address)) {
                prop_assert!(files.contains_key(&file), "{path} leads to {file}, which is not there");
                if let Some(fragment) = fragment.filter(|f| !f.is_empty()) {
                    let there = pages.get(&file).is_some_and(|page| page.ids.contains(&fragment));
                    prop_assert!(there, "{path} leads to {file}#{fragment}, which is not there");
                }
            }
        }
    }

    #[test]
    fn the_order_of_files_changes_no_byte(campaign in campaign(), order in Just((0..12usize).collect::<Vec<_>>()).prop_shuffle()) {
        let (one, other) = (campaign.build().files(), campaign.in_order(&order).build().files());
        prop_assert!(one == other);
    }
}

proptest! {
    // Fewer: every page prints everything that it is given.
    #![proptest_config(config(6))]

    #[test]
    fn loops_over_every_view_change_no_byte(campaign in campaign(), order in Just((0..60usize).collect::<Vec<_>>()).prop_shuffle()) {
        let map = "{q: 1, 丙: {z: 1, a: 2}, b: [{y: 1, x: 2}], 甲: 2, m: 3, 庚: 4, a: 5}";
        let campaign = campaign
            .with("content/pages/p.md", format!("---\ntitle: 关于\nextra: {map}\n---\n一\n"))
            .with("themes/xianfeng/theme.yaml", format!("options: {map}\n"));
        let campaign = looping_templates().into_iter().fold(campaign, |campaign, (name, text)| campaign.template(&name, &text));
        let (one, other) = (campaign.build().files(), campaign.in_order(&order).build().files());
        for (path, bytes) in &one {
            prop_assert!(other.get(path) == Some(bytes), "{path} differs");
        }
    }
}
