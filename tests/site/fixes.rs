//! What `check --fix` makes of a file.

use xianfeng::check::fixes::fix;
use xianfeng::source::SourcePath;

const STORY: &str = "content/stories/2026/x.md";
const UNITS: &str = "content/units.yaml";
const SITE: &str = "content/site.yaml";

#[track_caller]
fn fixed(path: &str, text: &str) -> Option<String> {
    let fixed = fix(&SourcePath::new(path), text.as_bytes())?;
    let after = String::from_utf8(fixed.bytes).unwrap();
    // What is told is what was done.
    let mut lines: Vec<&str> = text.lines().collect();
    for change in &fixed.changes {
        assert_eq!(lines[change.line - 1], change.before);
        lines[change.line - 1] = &change.after;
    }
    assert_eq!(lines, after.lines().collect::<Vec<_>>());
    // Once is enough.
    assert_eq!(fix(&SourcePath::new(path), after.as_bytes()), None, "{after}");
    Some(after)
}

fn story(front: &str) -> String {
    format!("---\n{front}\n---\n正文：一、二。\n")
}

#[test]
fn slips_that_are_sure_are_taken_out() {
    let good = "title: 河灯\ndate: 2026-03-18\nkind: news";
    for (front, after) in [
        ("title：河灯\ndate：2026-03-18\nkind：news", good),
        ("标题： 河灯\n日期:2026-03-18\n类型 ：news", "标题: 河灯\n日期: 2026-03-18\n类型: news"),
        ("　title: 河灯\ndate: 2026-03-18\nkind: news", good),
        ("\ttitle: 河灯\ndate: 2026-03-18\nkind: news", good),
        ("title: 河灯\ndate: 2026．3．18\nkind: news", good),
        ("title: 河灯\ndate: “2026年3月18日”\nkind: news", good),
        ("title: 河灯\ndate: ２０２６－０３－１８\nkind: news", good),
        ("title: 河灯\ndate: 2026-03-18\nkind: “news”", good),
        (
            "title: 河灯\ndate: 2026-03-18\nkind: news\nkeywords：【灯，河】",
            "title: 河灯\ndate: 2026-03-18\nkind: news\nkeywords: [灯, 河]",
        ),
        (
            "title: 河灯\ndate: 2026-03-18\nkind: news\nkeywords: “[灯、河]”",
            "title: 河灯\ndate: 2026-03-18\nkind: news\nkeywords: [灯, 河]",
        ),
        (
            "title: 河灯\ndate: 2026-03-18\nkind: news\nkeywords:\n\t- 灯\n\t－河",
            "title: 河灯\ndate: 2026-03-18\nkind: news\nkeywords:\n  - 灯\n  - 河",
        ),
        (
            "title: 河灯\ndate: 2026-03-18\nkind: news\nhonours:\n　- title：奖",
            "title: 河灯\ndate: 2026-03-18\nkind: news\nhonours:\n  - title: 奖",
        ),
        ("title: 河\u{200B}灯\ndate: 2026-03-18\nkind: news", good),
        ("\u{FEFF}title: 河灯\ndate: 2026-03-18\nkind: news", good),
    ] {
        assert_eq!(fixed(STORY, &story(front)), Some(story(after)), "{front}");
    }
    // The lines between which the front matter stands.
    for (open, close) in [("－－－", "---"), ("---", "———"), ("——", "——"), ("\u{FEFF}---", "---")]
    {
        let text = format!("{open}\n{good}\n{close}\n正文。\n");
        let text =
            text.strip_prefix("\u{FEFF}").map_or(text.clone(), |rest| format!("\u{200B}{rest}"));
        assert_eq!(fixed(STORY, &text), Some(format!("---\n{good}\n---\n正文。\n")), "{text}");
    }
    assert_eq!(
        fixed(SITE, "title：河灯\npage_size:“20”\n").as_deref(),
        Some("title: 河灯\npage_size: 20\n")
    );
    assert_eq!(
        fixed(UNITS, "- name：一支部\n\tlevel：党支部\n－ 二支部\n-name: 三支部\n").as_deref(),
        Some("- name: 一支部\n  level: 党支部\n- 二支部\n- name: 三支部\n")
    );
}

#[test]
fn what_is_right_or_unclear_is_left_alone() {
    for front in [
        "title: 河灯：一夜\ndate: 2026-03-18\nkind: news",
        "title: “河灯”\ndate: 2026-03-18\nkind: news\nkeywords: [灯，河]",
        "title: 河灯\ndate: 2026-03-18\nkind: news\nsummary: |\n  日期：没有写\n  标题：也没有",
        "title:   河灯\ndate:  2026-03-18\nkind: news # 说明：一",
        "title: 河灯\ndate: 26-3-18\nkind: news",
        "title: 河灯\ndate: 三月\nkind: news",
        "title: 河灯\n备注：一\nkind: news",
        "# 标题：说明\ntitle: 河灯\ndate: 2026-03-18\nkind: news",
    ] {
        assert_eq!(fixed(STORY, &story(front)), None, "{front}");
    }
    // Emoji of several characters are joined by one that nobody sees.
    assert_eq!(fixed(STORY, &story("title: 👩‍🌾\ndate: 2026-03-18\nkind: news")), None);
    for path in ["content/archive-ledger.yaml", "content/static/a.md", "themes/x/theme.yaml"] {
        assert_eq!(fixed(path, "title：甲\n"), None, "{path}");
    }
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/content/stories/2026/qi-dong.md");
    assert_eq!(fixed(STORY, &std::fs::read_to_string(sample).unwrap()), None);
}

#[test]
fn the_encoding_and_the_line_ends_stay() {
    let wrong = "---\r\ntitle：河灯\r\ndate: 2026-03-18\r\nkind: news\r\n---\r\n正文\r\n";
    let right = wrong.replace("：", ": ");
    let path = SourcePath::new(STORY);
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let utf16 = |text: &str| {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xFF, 0xFE].into_iter().chain(units).collect::<Vec<u8>>()
    };
    let marked = |text: &str| [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for write in [&gb as &dyn Fn(&str) -> Vec<u8>, &utf16, &marked] {
        let fixed = fix(&path, &write(wrong)).unwrap();
        assert_eq!(fixed.bytes, write(&right));
        assert_eq!(fixed.changes.len(), 1);
    }
    // What is in no encoding is not touched.
    assert_eq!(fix(&path, &[wrong.as_bytes(), b"\xFF\xFF"].concat()), None);
}
