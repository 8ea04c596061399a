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

/// The body of a story after it was fixed.
#[track_caller]
fn body_fixed(body: &str) -> Option<String> {
    let front = "---\ntitle: 河灯\ndate: 2026-03-18\nkind: news\n---\n";
    let after = fixed(STORY, &format!("{front}{body}\n"))?;
    Some(after.strip_prefix(front).unwrap().trim_end_matches('\n').to_string())
}

#[test]
fn full_width_signs_of_markdown_become_what_was_meant() {
    for (body, after) in [
        ("＃＃ 渡口的灯\n\n夜里都亮着。", "## 渡口的灯\n\n夜里都亮着。"),
        ("前文。\n\n＃　渡口的灯\n\n后文。", "前文。\n\n# 渡口的灯\n\n后文。"),
        ("把＊＊每一盏＊＊都点亮。", "把**每一盏**都点亮。"),
        ("＊＊甲＊＊和＊＊乙＊＊。", "**甲**和**乙**。"),
        ("见[通知（第二号）]（tong-zhi.md）。", "见[通知（第二号）](tong-zhi.md)。"),
        ("见【名单】(ming-dan.xlsx)。", "见[名单](ming-dan.xlsx)。"),
        ("见［名单］（ming-dan.xlsx），详情另发。", "见[名单](ming-dan.xlsx)，详情另发。"),
        ("！[渡口](du-kou.jpg)", "![渡口](du-kou.jpg)"),
        ("＞ 老人说的话。", "> 老人说的话。"),
        ("数字有出处[^1]。\n\n[^1]：年报。", "数字有出处[^1]。\n\n[^1]: 年报。"),
    ] {
        assert_eq!(body_fixed(body).as_deref(), Some(after), "{body}");
    }
}

#[test]
fn signs_that_may_be_meant_stay() {
    for body in [
        "正文：一、二。",
        "＃3 楼的灯\n\n亮着。",
        "＃渡口夜话＃ 开始了。",
        "前一行\n＃ 渡口\n后一行",
        "＞60 分为及格。",
        "张＊＊、李＊＊两位同志。",
        "`＊＊代码＊＊`和`[a]（b.md）`",
        "```\n＃ 注释\n＊＊x＊＊\n```",
        "【通知】（请各支部转发）",
        "［2026］（3）号文件",
        "好！[见这里](https://example.cn/)",
    ] {
        assert_eq!(body_fixed(body), None, "{body}");
    }
}

#[test]
fn a_body_is_fixed_though_its_front_matter_cannot_be() {
    let text = "---\ntitle: 河灯\ndate: 明天\nkind: news\n---\n把＊＊灯＊＊点亮。\n";
    let after = fixed(STORY, text).unwrap();
    assert_eq!(after, text.replace('＊', "*"));
}

/// A file after it was fixed as far as it can be, and the lines that were left.
#[track_caller]
fn partly(path: &str, text: &str) -> (String, Vec<usize>) {
    let fixed = fix(&SourcePath::new(path), text.as_bytes()).unwrap();
    let after = String::from_utf8(fixed.bytes).unwrap();
    (after, fixed.left.iter().map(|left| left.line).collect())
}

#[test]
fn a_line_that_is_not_sure_does_not_keep_the_others() {
    let (after, left) =
        partly(STORY, &story("标题：河灯\n日期：2026-03-18\n参与：80户，200人次\n类型：news"));
    assert_eq!(after, story("标题: 河灯\n日期: 2026-03-18\n参与：80户，200人次\n类型: news"));
    assert_eq!(left, [4]);
    // A key that nobody knows stays what it is, and so does a line that cannot be read.
    let (after, _) = partly(SITE, "title： 河灯\n口号: 一起来\n");
    assert_eq!(after, "title: 河灯\n口号: 一起来\n");
    let (after, left) =
        partly(STORY, &story("标题: 河灯\n主题歌：一条河\n日期：2026-03-18\n类型：news"));
    assert_eq!(after, story("标题: 河灯\n主题歌：一条河\n日期: 2026-03-18\n类型: news"));
    assert_eq!(left, [3]);
    // Keys below keys.
    let (after, left) = partly(
        SITE,
        "title: 河灯\n归档:\n  全宗号： A01\n  保管期限:\n    党员： Y\n    动态：D10\n  机构代码: B\n",
    );
    assert!(
        after.contains("  全宗号: A01\n  保管期限:\n    党员: Y\n    动态: D10\n"),
        "{after} {left:?}"
    );
}
