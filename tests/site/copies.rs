//! Copies that somebody made to be safe, and cloud disks when two people wrote at once.

use crate::campaign::{Campaign, news};

const TEXT: &str = "周三晚上，议事会的成员在楼道里开会，商量谁来管门口的花坛，怎样排班，浇水用的水从哪里来，\
                    大家说了两个小时，定下来六条，贴在每个单元的门上，第二天就有人认领了第一块地。";

fn twice(one: &str, other: &str, text: &str) -> Campaign {
    Campaign::new("")
        .with(&format!("content/stories/{one}"), news("甲", "2026-03-01", "", TEXT))
        .with(&format!("content/stories/{other}"), text)
}

#[test]
fn a_copy_is_told_with_what_it_is_a_copy_of() {
    for (one, other) in [
        ("a.md", "a - 副本.md"),
        ("a.md", "a - 副本 (2).md"),
        ("a.md", "a副本.md"),
        ("a.md", "a - Copy.md"),
        ("a.md", "a (1).md"),
        ("a.md", "a（1）.md"),
        ("a.md", "a (陈静 的冲突副本 2026-11-25).md"),
        ("a/index.md", "a - 副本/index.md"),
        ("a.md", "2026/b.md"),
    ] {
        let campaign = twice(one, other, &news("甲", "2026-03-01", "", TEXT));
        let told = campaign.diagnostics(xianfeng::base::lang::Lang::Zh);
        let expected = format!(
            "content/stories/{other}: warning[story-twice]: 这一篇和 content/stories/{one} 的正文一样"
        );
        assert!(told.contains(&expected), "{one} {other}: {told}");
        assert_eq!(told.matches("warning").count(), 1, "{told}");
    }
}

#[test]
fn the_same_title_on_the_same_day_is_told() {
    let campaign = twice("a.md", "b.md", &news("甲", "2026-03-01", "", "另一段话。"));
    assert_eq!(campaign.codes(), ["story-twice"]);
}

#[test]
fn a_file_that_is_called_a_copy_is_told() {
    let campaign = twice("a.md", "b - 副本.md", &news("乙", "2026-03-02", "", "改过的。"));
    assert_eq!(campaign.codes(), ["story-copied"]);
}

#[test]
fn what_is_no_copy_is_not_told() {
    for (name, text) in [
        ("b.md", news("甲", "2026-03-02", "", "同一个标题，另一天。")),
        ("会议(2026).md", news("乙", "2026-03-01", "", "正文")),
        ("大扫除（第12期）.md", news("乙", "2026-03-01", "", "正文")),
        ("复印副本管理办法.md", news("乙", "2026-03-01", "", "正文")),
        ("b.md", news("乙", "2026-03-01", "", &format!("{TEXT}又一句。"))),
        ("b.md", news("乙", "2026-03-01", "draft: true", TEXT)),
    ] {
        let campaign = twice("a.md", name, &text);
        assert_eq!(campaign.codes(), [""; 0], "{name}");
    }
}
