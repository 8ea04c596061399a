//! Which stories a selection means.

use xianfeng::model::selection::Selection;
use xianfeng::value::kind::Kind;

use crate::campaign::{Campaign, both, news};

fn campaign() -> Campaign {
    let branch = |focal: &str| {
        format!(
            "---\ntitle: 支部\ndate: 2026-02-01\nkind: branch\nunit: 甲支部\nfocal_points: [{focal}]\n---\n正文\n"
        )
    };
    Campaign::new("")
        .with("content/stories/a.md", branch("民生"))
        .with("content/stories/b.md", branch("中心, 群众"))
        .with("content/stories/c.md", news("动态", "2025-12-31", "", "正文"))
}

fn chosen(selection: &Selection) -> Vec<String> {
    let prepared = campaign().prepared();
    let ids = selection.stories(&prepared.site);
    assert!(ids.diagnostics.is_empty(), "{:?}", ids.diagnostics);
    let stem = |id: &_| prepared.site.story(*id).document.source.path.stem().to_string();
    ids.value.iter().map(stem).collect()
}

#[test]
fn years_kinds_and_focal_points_choose() {
    let all = Selection::default();
    assert_eq!(chosen(&all), ["a", "b", "c"]);
    assert_eq!(chosen(&Selection { years: vec![2025], ..all.clone() }), ["c"]);
    assert_eq!(chosen(&Selection { kinds: vec![Kind::Branch], ..all.clone() }), ["a", "b"]);
    let points = |words: &[&str]| Selection {
        focal_points: words.iter().map(|word| word.to_string()).collect(),
        ..Selection::default()
    };
    assert_eq!(chosen(&points(&["masses"])), ["b"]);
    assert_eq!(chosen(&points(&["抓好民生", "center"])), ["a", "b"]);
}

#[test]
fn complaints() {
    let prepared = campaign().prepared();
    let unknown =
        |word: &str| Selection { focal_points: vec![word.into()], ..Selection::default() };
    let mut complaints = unknown("mases").stories(&prepared.site).diagnostics;
    complaints.extend(unknown("天气预报").stories(&prepared.site).diagnostics);
    let none = Selection { years: vec![1999], ..Selection::default() };
    complaints.extend(none.stories(&prepared.site).diagnostics);
    insta::assert_snapshot!("selections", both(&complaints));
}
