//! YAML that the program writes reads back to the same.

use proptest::prelude::*;
use xianfeng::source::{Source, SourcePath};
use xianfeng::yaml::write::write;
use xianfeng::yaml::{Node, Yaml, parse};

use crate::campaign::Campaign;
use crate::properties::config;

fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "",
        "~",
        "null",
        "true",
        "yes",
        "是",
        "5",
        "5.50",
        "0x1F",
        "1e3",
        ".inf",
        "-",
        "- a",
        "? a",
        "a: b",
        "a:",
        "#",
        " a",
        "a ",
        "a #b",
        "[a]",
        "{a: b}",
        "甲：乙",
        "“甲”",
        "\"",
        "'",
        "\\",
        "@a",
        "%a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "---",
        "...",
        "a\nb",
        "a\n",
        "\n",
        "\t",
        "\r",
        "\u{85}",
        "\u{2028}",
        "\u{FEFF}a",
        "\u{A0}",
        "\u{3000}甲",
        "<<",
        "2026-03-18",
        "=",
        "，",
        ", ",
        "a,b",
        "😀",
    ]);
    prop_oneof![2 => odd.prop_map(str::to_string), 2 => any::<String>(), 1 => "[ -~甲乙：，]{0,120}"]
        .prop_map(|text| text.replace(|c| ('\u{FDD0}'..='\u{FDEF}').contains(&c), ""))
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        Just(Node::Null),
        any::<bool>().prop_map(Node::Bool),
        any::<i64>().prop_map(|n| Node::Number(n.to_string())),
        any::<f64>().prop_map(|n| Node::Number(format!("{n:?}"))),
        text().prop_map(Node::Text),
        text().prop_map(Node::Text),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Node::List),
            prop::collection::vec((text(), inner), 0..5).prop_map(Node::Map),
        ]
    })
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn what_is_written_reads_back_to_the_same(entries in prop::collection::vec((text(), node()), 1..6)) {
        let written = write(&entries);
        let read = parse(&written);
        prop_assert!(read.is_ok(), "{read:?} of\n{written}");
        prop_assert_eq!(read.unwrap(), Node::Map(entries), "{}", written);
        // Both parsers read it in the same way, so that it can be complained of.
        let source = Source::new(SourcePath::new("x.yaml"), written.clone());
        let yaml = Yaml::read_file(&source).unwrap();
        yaml.range(&[]);
        prop_assert!(yaml.unclear().is_none(), "{}", written);
        prop_assert!(written.lines().all(|line| line != "---"), "{}", written);
    }
}

fn texts(list: &[&str]) -> Node {
    Node::List(list.iter().map(|text| Node::Text(text.to_string())).collect())
}

#[test]
fn front_matter_is_written_as_people_write_it() {
    let text = |text: &str| Node::Text(text.to_string());
    let map = |entries: &[(&str, Node)]| {
        Node::Map(entries.iter().map(|(key, node)| (key.to_string(), node.clone())).collect())
    };
    let long = "这一项很长，长到一行里写不下，所以分成几行来写，每一行写一项，读起来也清楚一些";
    let entries = [
        ("title", text("林小满：记得住二百一十七扇门")),
        ("date", text("2026-05-12")),
        ("kind", text("member")),
        ("name", text("林小满")),
        ("unit", text("水坪台社区党支部")),
        ("focal_points", texts(&["发动群众", "找准载体"])),
        ("summary", text("两行\n的摘要")),
        (
            "honours",
            Node::List(vec![
                map(&[("title", text("先进，又先进")), ("year", Node::Number("2026".into()))]),
                map(&[("title", text(long)), ("by", text(long)), ("year", Node::Null)]),
            ]),
        ),
        ("draft", Node::Bool(true)),
        ("post", Node::Null),
    ];
    let entries: Vec<(String, Node)> =
        entries.into_iter().map(|(key, node)| (key.to_string(), node)).collect();
    let written = write(&entries);
    insta::assert_snapshot!("front-matter", written);
    let campaign = Campaign::new("").with_drafts();
    let campaign = campaign.with("content/stories/x.md", format!("---\n{written}---\n正文\n"));
    assert!(campaign.codes().is_empty(), "{:?}", campaign.places());
}
