//! What every kind of entity has by its declaration alone.

use crate::campaign::{Campaign, branch, news};

fn named(front: &str) -> Campaign {
    Campaign::new("").with("content/stories/a.md", news("甲", "2026-03-18", front, "正文"))
}

#[test]
fn a_kind_without_an_entity_has_no_page_and_no_entry_in_a_menu() {
    let folders = ["branches", "members", "units", "carriers", "regions"];
    let empty = named("").build();
    for folder in folders {
        assert!(!empty.has(&format!("/{folder}/")), "{folder}");
        assert!(!empty.page("/").contains(&format!("/{folder}/")), "{folder}");
        assert!(!empty.page("/sitemap.xml").contains(&format!("/{folder}/")), "{folder}");
    }
    let some = named("unit: 一支部\nregion: 北街").build();
    for folder in ["units", "regions"] {
        assert!(some.has(&format!("/{folder}/")), "{folder}");
        // Once in the menu, once in what unfolds on a phone, and once below the page.
        let page = some.page("/");
        assert_eq!(page.matches(&format!("<a href=\"/{folder}/\"")).count(), 3, "{folder}");
    }
    assert!(!some.has("/carriers/") && !some.page("/").contains("/carriers/"));
}

#[test]
fn a_link_to_the_index_of_a_kind_without_an_entity_is_its_words() {
    let campaign = |front: &str| {
        Campaign::new("")
            .with("content/stories/a.md", news("甲", "2026-03-18", front, "[载体](/carriers/)"))
    };
    assert_eq!(campaign("").codes(), ["link-list-empty"]);
    assert!(campaign("carriers: [夜门诊]").codes().is_empty());
}

#[test]
fn a_page_cannot_stand_where_a_kind_may_come() {
    let codes = named("").with("content/pages/carriers.md", "---\ntitle: 甲\n---\n").codes();
    assert_eq!(codes, ["address-taken"]);
}

#[test]
fn a_kind_has_the_general_template_unless_it_has_its_own() {
    let campaign = named("region: 北街\ncarriers: [夜门诊]")
        .template("index.html", "{{ kind.one }}:{% for e in entities %}{{ e.name }}{% endfor %}")
        .template("entity.html", "{{ kind.many }}:{{ entity.name }}{{ entity.count }}");
    let built = campaign.clone().build();
    assert_eq!(built.page("/regions/"), "region:北街");
    assert_eq!(built.page("/regions/bei-jie/"), "regions:北街1");
    let built = campaign
        .template("carriers.html", "{% for c in carriers %}own {{ c.name }}{% endfor %}")
        .template("carrier.html", "own {{ carrier.name }}")
        .template("regions.html", "{% for r in regions %}own {{ r.name }}{% endfor %}")
        .build();
    assert_eq!(built.page("/carriers/"), "own 夜门诊");
    assert_eq!(built.page("/carriers/ye-men-zhen/"), "own 夜门诊");
    assert_eq!(built.page("/regions/"), "own 北街");
    assert_eq!(built.page("/regions/bei-jie/"), "regions:北街1");
}

#[test]
fn a_yaml_file_of_no_kind_is_said() {
    let campaign = named("").with("content/carrier.yaml", "- name: 夜门诊");
    assert_eq!(campaign.codes(), ["file-stray"]);
}

#[test]
fn a_story_has_the_region_of_its_unit_unless_it_names_one() {
    let campaign = Campaign::new("")
        .with("content/units.yaml", "- name: 河湾社区\n  region: 集镇\n- name: 梅林社区\n")
        .with("content/stories/a.md", branch("甲", "河湾社区", "民生"))
        .with(
            "content/stories/b.md",
            branch("乙", "河湾社区", "民生").replace("kind:", "region: 北街\nkind:"),
        )
        .with("content/stories/c.md", branch("丙", "梅林社区", "民生"))
        .template("story.html", "{% if story.region %}{{ story.region.name }}{% endif %}");
    let built = campaign.build();
    assert_eq!(built.page("/stories/2026/a/"), "集镇");
    assert_eq!(built.page("/stories/2026/b/"), "北街");
    assert_eq!(built.page("/stories/2026/c/"), "");
    assert!(built.has("/regions/ji-zhen/") && built.has("/regions/bei-jie/"));
}
