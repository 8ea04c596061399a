//! The places of values in YAML, however it is written.

use proptest::prelude::*;
use xianfeng::parse::front_matter::Purpose;
use xianfeng::parse::{Reading, parse};
use xianfeng::source::{Source, SourcePath};
use xianfeng::value::moment::default_zone;
use xianfeng::yaml::places::At;
use xianfeng::yaml::{Node, Step, Yaml};

use crate::campaign::{Campaign, news};
use crate::properties::{config, front_matter};

/// Every text of a tree, and the way to it.
fn texts<'n>(node: &'n Node, path: &mut Vec<Step>, found: &mut Vec<(Vec<Step>, &'n str)>) {
    match node {
        Node::Text(text) => found.push((path.clone(), text)),
        Node::List(items) => {
            for (i, item) in items.iter().enumerate() {
                path.push(Step::Item(i));
                texts(item, path, found);
                path.pop();
            }
        }
        Node::Map(entries) => {
            for (i, (_, value)) in entries.iter().enumerate() {
                path.push(Step::Entry(i));
                texts(value, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn a_text_stands_at_its_place_or_the_place_is_said_to_be_unclear(text in front_matter()) {
        // What ends a line or is a byte order mark to one of them is text to the other.
        let text = text.replace(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{FEFF}'], "");
        let source = Source::new(SourcePath::new("content/units.yaml"), text);
        let Ok(yaml) = Yaml::read_file(&source) else { return Ok(()) };
        let mut found = Vec::new();
        texts(yaml.root(), &mut Vec::new(), &mut found);
        for (path, value) in found {
            let Some(range) = yaml.range(&path) else {
                prop_assert!(yaml.unclear().is_some());
                continue;
            };
            let there = &source.text()[range];
            let quoted = ['"', '\''].iter().any(|&q| there.len() > 1 && there.starts_with(q) && there.ends_with(q));
            let lines = there.contains('\n') || value.contains('\n') || value.is_empty();
            prop_assert!(there == value || quoted || lines || there.starts_with('*'), "{value:?} at {there:?}");
        }
    }
}

#[test]
fn the_mistake_of_the_last_of_a_thousand_entries_is_in_its_own_line() {
    // Many look-ups before it: mistakes of another kind, of which only some are told.
    let units: String = (1..=1000)
        .map(|i| format!("- name: 第{i}支部\n  level: 党支部\n  levle: 党支部\n"))
        .collect();
    let last = "- name: 最后支部\n  parent: 没有的支部\n";
    let places = Campaign::new("").with("content/units.yaml", units + last).places();
    assert_eq!(places[0], "3:3 key-unknown");
    assert_eq!(places[99], "300:3 key-unknown");
    assert!(places.contains(&"3002:11 unit-unknown".to_string()), "{places:?}");
}

#[test]
fn a_long_list_of_mistakes_has_them_at_their_places() {
    let wrong: Vec<String> = (1..=100).map(|i| format!("天气{i}")).collect();
    let campaign = Campaign::new("")
        .with(
            "content/stories/x.md",
            news("甲", "2026-03-18", &format!("carriers: [{}]", wrong.join(", ")), "正文"),
        )
        .with("content/carriers.yaml", "- 责任区\n");
    let places = campaign.places();
    let column = "carriers: [".len()
        + 1
        + wrong[..99].iter().map(|word| word.chars().count() + 2).sum::<usize>();
    assert_eq!(places.len(), 100);
    assert_eq!(places[99], format!("5:{column} carrier-unknown"));
}

#[test]
fn the_parent_of_a_unit_has_its_place() {
    let units = "- name: 第一支部\n  parent: 党委\n- name: 甲\n  上级: 乙\n- name: 乙\n  parent: 丙\n- {name: 丙, parent: 甲}\n";
    assert_eq!(
        Campaign::new("").with("content/units.yaml", units).places(),
        ["2:11 unit-unknown", "4:7 parent-circle"]
    );
}

#[test]
fn the_way_into_a_circle_is_no_part_of_it() {
    let units = "- {name: 甲, parent: 乙}\n- {name: 乙, parent: 丁}\n- {name: 丙, parent: 乙}\n- {name: 丁, parent: 丙}\n- {name: 戊, parent: 丁}\n- {name: 己, parent: 己}\n";
    assert_eq!(
        Campaign::new("").with("content/units.yaml", units).places(),
        ["2:21 parent-circle", "6:21 parent-circle"]
    );
}

#[test]
fn an_item_keeps_its_place_whatever_became_of_those_before_it() {
    let front = "aliases: [/a/, /a/, 'https://a.cn/x']\n载体: [责任区, 责任区, 责任取]";
    let campaign = Campaign::story(front, "正文").with("content/carriers.yaml", "- 责任区\n");
    assert_eq!(campaign.places(), ["5:21 alias-wrong", "6:16 carrier-unknown"]);
}

#[test]
fn what_an_alias_stands_for_is_wrong_where_it_is_written() {
    let front = "honours:\n  - &first {title: 甲, yaer: 2025}\n  - *first";
    assert_eq!(Campaign::story(front, "正文").places(), ["6:23 key-unknown", "6:23 key-unknown"]);
}

#[test]
fn any_value_has_a_place_for_later_stages() {
    let text = "---\ntitle: 甲\n日期: 2026-03-18\nkind: news\n荣誉:\n  - 先进\n  - {名称: 乙, 授予单位: 丙}\nresults: [{indicator: 丁, after: 5}]\npinned: true\npost:\n---\n正文\n";
    let source = Source::new(SourcePath::new("content/stories/x.md"), text.to_string());
    let reading = Reading::new(default_zone(), false, false);
    let document = parse(source, Purpose::Story, reading).value.unwrap();
    let at = |at: At<'_>| &text[document.place_of(at).range().unwrap()];
    assert_eq!(at(At::key("date")), "2026-03-18");
    assert_eq!(at(At::key("honours").item(0)), "先进");
    assert_eq!(at(At::key("honours").item(1).below("by")), "丙");
    assert_eq!(at(At::key("honours").item(1).below("by").its_key()), "授予单位");
    assert_eq!(at(At::key("results").item(0).below("after")), "5");
    assert_eq!(at(At::key("pinned")), "true");
    // What has no value is marked by its key, what is not there by what would hold it.
    assert_eq!(at(At::key("post")), "post");
    assert_eq!(at(At::key("results").item(0).below("unit")), "{");
    assert_eq!(at(At::key("unit")), "title");
}

#[test]
fn the_settings_have_places_for_later_stages() {
    for (lines, place) in [
        ("theme: nobody", "2:8 theme-missing"),
        ("subtitle: 乙\n语言: fr", "3:5 strings-missing"),
        ("主题选项:\n  甲: 乙", "3:3 option-unknown"),
    ] {
        assert_eq!(Campaign::new("").settings(lines).places(), [place], "{lines}");
    }
}

/// YAML 1.1 and 1.2 part here: a bracket that closes in the first column.
const TWO_WAYS: &str = "keywords: [\n甲\n]";

#[test]
fn what_can_be_read_in_two_ways_is_only_complained_of_where_a_place_is_needed() {
    assert!(Campaign::story(TWO_WAYS, "正文").codes().is_empty());
    // Before the difference places are certain, after it none is guessed.
    let before = Campaign::story(&format!("focal_points: [民升]\n{TWO_WAYS}"), "正文");
    assert_eq!(before.places(), ["5:16 focal-point-unknown", "7:1 yaml-unclear"]);
    let after = Campaign::story(&format!("{TWO_WAYS}\nfocal_points: [民升]"), "正文");
    assert_eq!(after.places(), ["6:1 focal-point-unknown", "6:1 yaml-unclear"]);
    let twice = Campaign::story(&format!("{TWO_WAYS}\nfocal_points: [民升]\npost: [甲]"), "正文");
    assert_eq!(twice.places(), ["6:1 type-wrong", "6:1 yaml-unclear", "6:1 focal-point-unknown"]);
}

#[test]
fn a_number_keeps_its_spelling_wherever_it_stands() {
    let front = "results:\n  - {indicator: 甲, before: 5.50, after: &n +7}\n  - indicator: 乙\n    after: *n\n  - {indicator: 丙, after: 0x1F}";
    let page = Campaign::story(front, "正文")
        .template(
            "story.html",
            "{% for r in story.results %}{{ r.before }} {{ r.after }};{% endfor %}",
        )
        .page("/stories/2026/x/");
    assert_eq!(page, "5.50 +7; +7; 0x1F;");
}

#[test]
fn a_byte_that_is_of_no_encoding_has_its_place() {
    let front = b"---\ntitle: \xE7\xA7\xA7\xE7\x94\xB0\ndate: 2026-03-18\nkind: news\n---\n";
    let gb: &[u8] = b"\xD4\xE7\xC9\xCF\xC1\xF9\xB5\xE3\xB3\xF6\xB9\xA4";
    for (body, place) in [
        (gb, "6:1"),
        (&b"\xE6\xB0\xB4\xE6\xB8\xA0\xFF\xE4\xBF\xAE\xE5\xA5\xBD"[..], "6:3"),
        (&b"abc \xE6\xB0"[..], "6:5"),
    ] {
        let campaign = Campaign::new("").with("content/stories/x.md", [front, body].concat());
        assert_eq!(campaign.places(), [format!("{place} file-encoding-broken")]);
    }
    // Settings and lists likewise.
    let campaign = Campaign::new("")
        .with("content/units.yaml", [b"- \xE7\xA7\xA7\xE7\x94\xB0\n- ".as_slice(), gb].concat());
    assert_eq!(campaign.places(), ["2:3 file-encoding-broken"]);
}
