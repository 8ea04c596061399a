//! What the help of a complaint says to write is accepted where the complaint was made.

use xianfeng::base::lang::Lang;

use crate::campaign::{Campaign, news};

/// What the help offers in a language: what stands in quotes after a question, or after a colon or
/// a verb, up to the next clause.
fn advice(help: &str) -> &str {
    if let Some(rest) = help.strip_prefix("是不是“").or(help.strip_prefix("did you mean “"))
    {
        return rest.rsplit_once('”').map_or(rest, |(word, _)| word);
    }
    let begins = ["写成 ", "改成 ", "写 ", "write ", "：", ": "];
    let found = begins.iter().filter_map(|begin| Some((help.find(begin)?, begin.len()))).min();
    let Some((at, length)) = found else { return help };
    let advice = &help[at + length..];
    let ends = ["；", "，或", "，图片", "; ", ", or ", " 或 ", " or ", "（", " ("];
    let end = ends.iter().filter_map(|end| advice.find(end)).min();
    advice[..end.unwrap_or(advice.len())].trim_end_matches(['。', '）', '？'])
}

/// A campaign with `text` in it.
type Place = fn(&str) -> Campaign;

fn base() -> Campaign {
    Campaign::new("")
        .with(
            "content/stories/2026/he-an.md",
            news("河岸", "2026-03-01", "", "## 清淤 三日\n\n正文。"),
        )
        .with("content/stories/2026/x/门 牌.jpg", "jpg")
        .with("content/stories/2026/x/门(新).jpg", "jpg")
        .with("content/stories/2026/x/门楼.jpg", "jpg")
        .with(
            "content/units.yaml",
            "- name: 河岸社区党支部\n  aliases: [河岸支部]\n- 河口社区党支部\n",
        )
}

/// The body of a story, whose file is in a folder of its own.
fn body(text: &str) -> Campaign {
    base().with("content/stories/2026/x/index.md", news("甲", "2026-03-02", "", text))
}

fn link(text: &str) -> Campaign {
    body(&format!("[看这里]({text})"))
}

fn picture(text: &str) -> Campaign {
    body(&format!("![门]({text})"))
}

fn bracketed(text: &str) -> Campaign {
    body(&format!("![门]{text}"))
}

fn front(line: &str) -> Campaign {
    let base = base();
    let text = match line.split_once(':') {
        Some((key @ ("date" | "kind" | "title"), _)) => {
            let lines = ["title: 甲", "date: 2026-03-02", "kind: news"];
            let kept = lines.iter().filter(|line| !line.starts_with(key));
            let lines: Vec<&str> = kept.copied().chain([line]).collect();
            format!("---\n{}\n---\n正文。\n", lines.join("\n"))
        }
        _ => news("甲", "2026-03-02", line, "正文。"),
    };
    base.with("content/stories/2026/x/index.md", text)
}

fn date(text: &str) -> Campaign {
    front(&format!("date: {text}"))
}

fn kind(text: &str) -> Campaign {
    front(&format!("kind: {text}"))
}

fn slug(text: &str) -> Campaign {
    front(&format!("slug: {text}"))
}

fn unit(text: &str) -> Campaign {
    front(&format!("unit: {text}"))
}

fn points(text: &str) -> Campaign {
    front(&format!("focal_points: [{text}]"))
}

fn points_all(text: &str) -> Campaign {
    front(&format!("focal_points: {text}"))
}

fn key(text: &str) -> Campaign {
    front(&format!("{text}: [甲]"))
}

fn cover(text: &str) -> Campaign {
    front(&format!("cover: {text}\ncover_alt: 门"))
}

fn settings(line: &str) -> Campaign {
    base().settings(line)
}

fn theme(name: &str) -> Campaign {
    base().with("themes/heliu/assets/a.css", "a{}").settings(&format!("theme: {name}"))
}

/// Where it stands, what is written, the code of the complaint. The advice is put in the same
/// place; where it is a whole line or bracket, so is what is written.
const TABLE: &[(Place, &str, &str)] = &[
    (link, "https：//bao.example.cn/1", "link-dead"),
    (link, "ｈttp://bao.example.cn/1", "link-dead"),
    (link, "https//bao.example.cn", "link-dead"),
    (link, "htps://bao.example.cn", "link-unsafe"),
    (link, "bao.example.cn", "link-dead"),
    (link, "bao.example.cn/a/b?c=1#d", "link-dead"),
    (link, "www.example.cn/通知.html", "link-dead"),
    (link, "bao.example.gov.cn:8080/x", "link-unsafe"),
    (link, "he.an@example.cn", "link-dead"),
    (link, "email:he.an@example.cn", "link-unsafe"),
    (link, "he.an＠example.cn", "link-dead"),
    (link, "0571-87654321", "link-dead"),
    (link, "tel：0571-87654321", "link-dead"),
    (link, "../he-ann.md", "link-dead"),
    (link, "../../he-an.md", "link-dead"),
    (link, "../he-an.md#清淤-三", "anchor-dead"),
    (link, "/stories/2026/he-am/", "link-dead"),
    (link, "/focal_points/", "link-mended"),
    (picture, "门楼.jpeg", "picture-dead"),
    (picture, "<门  牌.jpg>", "picture-dead"),
    (picture, "<门(旧).jpg>", "picture-dead"),
    (bracketed, "(门 牌.jpg)", "link-space"),
    (bracketed, "(门楼.jpg =480x)", "link-space"),
    (bracketed, "(门楼.jpg =60%)", "link-space"),
    (bracketed, "(门 牌.jpg =480x320)", "link-space"),
    (bracketed, "(门楼.jpg “新修的门”)", "link-space"),
    (bracketed, "(门 牌.jpg 「新」)", "link-space"),
    (date, "2026/４/8", "date-format"),
    (date, "20260408", "date-format"),
    (date, "26-4-8", "date-format"),
    (date, "四月八日", "date-format"),
    (date, "2026.4.8 9:05:6", "date-format"),
    (kind, "新文", "kind-unknown"),
    (kind, "membr", "kind-unknown"),
    (slug, "He An", "slug-wrong"),
    (slug, "河岸", "slug-wrong"),
    (slug, "\"！\"", "slug-wrong"),
    (unit, "河岸社区支部", "unit-unknown"),
    (points, "民升", "focal-point-unknown"),
    (points_all, "[民生，实践]", "focal-point-unknown"),
    (front, "keywords: 灯、桥，岸", "type-wrong"),
    (front, "keywords: \"【灯，{桥】\"", "type-wrong"),
    (front, "pinned: 要", "type-wrong"),
    (front, "post: [甲, 乙]", "type-wrong"),
    (front, "post: {甲: 乙}", "type-wrong"),
    (front, "results: 办理时间从十二天到三天", "type-wrong"),
    (front, "results: [十二天, 三天]", "type-wrong"),
    (front, "成效: [十二天, 三天]", "type-wrong"),
    (front, "evaluations: 居民都满意", "type-wrong"),
    (front, "群众评价: [居民都满意]", "type-wrong"),
    (front, "participation: 120 人", "type-wrong"),
    (front, "参与: [120]", "type-wrong"),
    (front, "honours: [[标兵]]", "type-wrong"),
    (key, "关键字", "key-unknown"),
    (key, "keyword", "key-unknown"),
    (cover, "门楼.png", "picture-dead"),
    (cover, "门 牌.jpeg", "picture-dead"),
    (settings, "time_zone: 8", "time-zone-wrong"),
    (settings, "language: 中文", "language-wrong"),
    (settings, "page_size: 很多", "number-wrong"),
    (settings, "feedback: 0000-0000000", "type-wrong"),
    (theme, "heliiu", "theme-missing"),
];

#[test]
fn the_advice_of_a_help_is_accepted() {
    let worse = ["link-space", "yaml-syntax", "link-unsafe", "picture-dead", "link-dead"];
    let mut wrong = Vec::new();
    for &(place, written, code) in TABLE {
        let told = place(written).prepared().diagnostics;
        let Some(told) = told.iter().find(|d| d.code == code) else {
            let told: Vec<_> = told.iter().map(|d| d.code).collect();
            wrong.push(format!("“{written}” is {told:?}, not {code}"));
            continue;
        };
        let help = told.help.as_ref().unwrap_or_else(|| panic!("no help for {written}"));
        for help in [&help.zh, &help.en] {
            let advice = advice(help);
            let after = place(advice).codes();
            let is_wrong = |after: &&str| *after == code || worse.contains(after);
            if advice == written || after.iter().any(is_wrong) {
                wrong.push(format!("{written}: {help}: “{advice}” is {after:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_address_of_another_site_is_not_taken_for_one() {
    for dest in ["通知.docx", "附件/名册.xlsx", "河岸.md", "2026-03-18.jpg"] {
        let help = link(dest).in_both_languages();
        for word in ["https://", "mailto:", "tel:"] {
            assert!(!help.contains(word), "{dest}: {help}");
        }
    }
    // A picture that is not in a file cannot be linked at all.
    for dest in ["data:image/gif;base64,R0lGODdh", "blob:https://a.example/1"] {
        let help = picture(dest).in_both_languages();
        assert!(help.contains("另存为图片文件") && help.contains("save it as one"), "{help}");
    }
}

/// Where there can be nothing of one's own, the help names all that there can be.
#[test]
fn a_group_of_few_keys_names_them() {
    let campaign = Campaign::story("", "正文").settings("brief: {name: 简报, publisher: 办公室}");
    let told = campaign.diagnostics(Lang::Zh);
    assert!(told.contains("没有“publisher”这一项"), "{told}");
    assert!(told.contains("unit（编印单位）") && !told.contains("extra"), "{told}");
    let told = Campaign::story("publisher: 办公室", "正文").diagnostics(Lang::Zh);
    assert!(told.contains("extra（附加）"), "{told}");
}
