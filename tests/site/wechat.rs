//! Articles for WeChat: what the fragment may hold, and that nothing of the story is lost.

use proptest::prelude::*;
use xianfeng::base::lang::Lang;
use xianfeng::diagnostic::Outcome;
use xianfeng::model::StoryId;
use xianfeng::output::wechat::{Article, article, page};
use xianfeng::view::Views;

use crate::campaign::{Built, Campaign, both, letters, photograph};
use crate::html;
use crate::properties::{MARKDOWN_BITS, config, soup};

/// What WeChat keeps, and the parts of a table.
const TAGS: [&str; 18] = [
    "section",
    "p",
    "h2",
    "h3",
    "h4",
    "strong",
    "em",
    "span",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "tbody",
    "tr",
    "td",
    "br",
    "sup",
];

fn made(built: &Built, story: u32) -> Outcome<Article> {
    let prepared = &built.prepared;
    let views = Views::new(&prepared.site, &prepared.theme.strings);
    article(&views, &prepared.plan, &prepared.theme, StoryId(story)).expect("in memory")
}

fn fragment(campaign: &Campaign) -> String {
    made(&campaign.build(), 0).value.fragment
}

/// Complains of whatever WeChat takes out or turns round.
fn unsound(fragment: &str) -> Result<html::Page, String> {
    let page = html::read(fragment)?;
    for tag in &page.tags {
        if !TAGS.contains(&tag.name.as_str()) {
            return Err(format!("<{}> is none of WeChat's", tag.name));
        }
        let Some(style) = tag.get("style").filter(|style| !style.is_empty()) else {
            return Err(format!("<{}> has no style", tag.name));
        };
        if ["var(", "position", "url("].iter().any(|word| style.contains(word)) {
            return Err(format!("<{}>: {style}", tag.name));
        }
        let known = ["style", "colspan", "rowspan"];
        if let Some((name, _)) = tag.attributes.iter().find(|(name, _)| !known.contains(&&**name)) {
            return Err(format!("<{} {name}>", tag.name));
        }
    }
    let mut depth = 0;
    for part in fragment.split('<') {
        match part {
            list if list.starts_with("ul ") || list.starts_with("ol ") => depth += 1,
            list if list.starts_with("/ul>") || list.starts_with("/ol>") => depth -= 1,
            _ => {}
        }
        if depth > 1 {
            return Err("a list in a list".into());
        }
    }
    Ok(page)
}

const RICH: &str = "
导语里有[一份通知](https://www.shu-tang.cn/tz)和[同一份](https://www.shu-tang.cn/tz)，见 https://www.shu-tang.cn/gb 。[^1]

## 一、做法

- 上门
  - 东片
    1. 甲组
    2. 乙组
- 登记

> 引一句话。**加重**，*着重*，~~删去~~，==标出==，H<sub>2</sub>O，<ruby>圩<rt>xū</rt></ruby>。

| 项目 | 数 |
|---|---:|
| 户 | 36 |

<table><tr><td colspan=\"2\">合并</td></tr><tr><td>左</td><td>右</td></tr></table>

##### 小处

![塘边](塘.jpg)

```
第一行
  第二行
```

---

术语
: 解释

[^1]: 注里有[链接](https://www.shu-tang.cn/zhu)。
";

fn rich() -> Campaign {
    Campaign::story(
        "author: 何塘\nsummary: 清淤一塘水。\nresults:\n  - {指标: 积水点, 之前: 12, 之后: 3, 单位: 处}\nquotes:\n  - {原话: 路不泡水了, 谁: 居民}",
        RICH,
    )
    .with("content/stories/塘.jpg", photograph(1200, 900))
}

#[test]
fn the_fragment_holds_what_wechat_keeps() {
    let fragment = fragment(&rich());
    let page = unsound(&fragment).unwrap_or_else(|error| panic!("{error}\n{fragment}"));
    for words in [
        "一、做法",
        "东片",
        "1. 甲组",
        "2. 乙组",
        "引一句话。",
        "加重",
        "圩（xū）",
        "合并",
        "小处",
        "第一行",
        "解释",
        "积水点",
        "12处",
        "路不泡水了",
        "何塘",
    ] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    // The title is typed into its own field.
    assert!(!page.text.contains("标题甲"), "{}", page.text);
    // Black on white is said aloud.
    assert!(
        fragment.starts_with("<section style=\"color:#000;background-color:#fff"),
        "{fragment}"
    );
    assert!(fragment.contains("colspan=\"2\"") && fragment.contains("text-align:right"));
    assert_eq!(
        fragment.matches("width:25%").count() + fragment.matches("width:100%;height").count(),
        2
    );
}

#[test]
fn links_and_footnotes_are_numbered_notes() {
    let text = unsound(&fragment(&rich())).unwrap().text;
    // The same address has one number; an address that is shown has none.
    assert!(text.contains("一份通知[1]和同一份[1]") && text.contains("/gb 。[2]"), "{text}");
    for note in
        ["[1] https://www.shu-tang.cn/tz", "[2] 注里有链接[3]。", "[3] https://www.shu-tang.cn/zhu"]
    {
        assert!(text.contains(note), "{note}: {text}");
    }
    assert!(!text.contains('↩') && !text.contains("[4]"), "{text}");
}

#[test]
fn films_and_pictures_that_come_again_are_in_the_list() {
    let body = "![塘口](塘.jpg)\n\n清淤。\n\n![修渠](渠.mp4)\n\n![塘口](塘.jpg)\n\n![塘口的早上](塘.jpg)\n";
    let built = Campaign::story("", body)
        .with("content/stories/塘.jpg", photograph(600, 400))
        .with("content/stories/渠.mp4", crate::pictures::film(b"isom", b"avc1"))
        .build();
    let list = page::checklist(&made(&built, 0).value, Lang::Zh);
    assert!(list.contains("图01.jpg：塘口；塘口的早上\r\n"), "{list}");
    assert!(list.contains("□ 视频或音频“渠.mp4”不在粘贴的内容里"), "{list}");
}

#[test]
fn pictures_have_numbers_and_places() {
    let built = rich().build();
    let Outcome { value: article, diagnostics } = made(&built, 0);
    assert!(diagnostics.is_empty(), "{}", both(&diagnostics));
    let [picture] = &article.pictures[..] else { panic!("{:?}", article.pictures) };
    assert_eq!((picture.name.as_str(), picture.alt.as_str()), ("图01.jpg", "塘边"));
    assert_eq!(article.fragment.matches(&picture.placeholder).count(), 1);
    assert!(article.fragment.contains("图01.jpg") && !article.fragment.contains("<img"));
    let names: Vec<&str> = article.covers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["封面-900x383.jpg", "封面-200x200.jpg"]);
    for ((_, bytes), size) in article.covers.iter().zip([(900, 383), (200, 200)]) {
        let header = xianfeng::picture::Header::read(bytes, "jpg").unwrap();
        assert_eq!(header.size(), size);
    }
    let list = page::checklist(&article, Lang::Zh);
    for words in [
        "标题：标题甲\r\n",
        "作者：何塘",
        "摘要：清淤一塘水。",
        "图01.jpg：塘边",
        "封面-900x383.jpg",
    ] {
        assert!(list.contains(words), "{words}: {list}");
    }
    let preview = page::html(&article, &built.prepared.site, Lang::Zh);
    assert!(page::is_ours(&preview.as_bytes()[..1000]) && preview.contains(&article.fragment));
}

#[test]
fn a_theme_may_replace_styles() {
    let own =
        Campaign::story("", "正文。").with("themes/xianfeng/wechat.yaml", "p: \"color:#123456\"\n");
    let fragment = fragment(&own);
    assert!(fragment.contains("<p style=\"color:#123456\">正文。</p>"), "{fragment}");
    // What is not named stays.
    assert!(fragment.contains("background-color:#fff"), "{fragment}");
    for (line, code) in [
        ("p: \"color: var(--a)\"", "wechat-style-forbidden"),
        ("p: \"Position : fixed\"", "wechat-style-forbidden"),
        ("p: \"background:URL(x.png)\"", "wechat-style-forbidden"),
        ("p: \"color:red}<b>\"", "wechat-style-forbidden"),
        ("h22: \"color:red\"", "theme-key-unused"),
        ("p: [1]", "type-wrong"),
    ] {
        let codes = Campaign::story("", "正文。").with("themes/xianfeng/wechat.yaml", line).codes();
        assert_eq!(codes, [code], "{line}");
    }
}

#[test]
fn what_wechat_cannot_take_is_said() {
    let codes = |body: &str| {
        let Outcome { value, diagnostics } = made(&Campaign::story("", body).build(), 0);
        let codes = diagnostics.iter().map(|d| d.code).filter(|code| *code != "wechat-no-cover");
        (value.fragment.chars().count(), codes.collect::<Vec<_>>())
    };
    let (short, none) = codes("短。");
    assert_eq!(none, Vec::<&str>::new());
    let of = |length: usize| codes(&"塘".repeat(length - short + 2));
    assert_eq!(of(15_999), (15_999, vec![]));
    assert_eq!(of(16_000), (16_000, vec!["wechat-nearly-too-long"]));
    assert_eq!(of(19_999), (19_999, vec!["wechat-nearly-too-long"]));
    assert_eq!(of(20_000), (20_000, vec!["wechat-too-long"]));
}

#[test]
fn messages() {
    let long = format!("title: {}\ndate: 2026-03-18\nkind: news\n", "长".repeat(70));
    let campaign = Campaign::new("")
        .with("content/stories/x.md", format!("---\n{long}---\n{}\n", "塘".repeat(17_000)))
        .with(
            "content/stories/y.md",
            format!("---\ntitle: 多\ndate: 2026-03-17\nkind: news\n---\n{}\n", "塘".repeat(21_000)),
        );
    let built = campaign.build();
    let mut told = made(&built, 0).diagnostics;
    told.extend(made(&built, 1).diagnostics);
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>";
    let drawn = Campaign::story("", "![线图](图.svg)").with("content/stories/图.svg", drawing);
    let drawn = drawn.build();
    told.extend(made(&drawn, 0).diagnostics);
    assert!(made(&drawn, 0).value.fragment.contains("线图"));
    let theme = Campaign::story("", "正文。")
        .with("themes/xianfeng/wechat.yaml", "p: \"position:fixed\"\n");
    told.extend(theme.prepared().diagnostics);
    insta::assert_snapshot!("wechat", both(&told));
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn no_markdown_makes_an_unsound_fragment(markdown in soup(MARKDOWN_BITS, 40)) {
        let campaign = Campaign::story("", &markdown);
        let prepared = campaign.prepared();
        if prepared.site.stories.is_empty() {
            return Ok(());
        }
        let built = Built { prepared };
        let fragment = made(&built, 0).value.fragment;
        let page = match unsound(&fragment) {
            Ok(page) => page,
            Err(error) => {
                return Err(TestCaseError::fail(format!("{error}\n{markdown:?}\n{fragment}")));
            }
        };
        // What the story says by itself is in there, but for what a reader of the screen is told.
        let alone = built.alone("x");
        let body = alone.split("<div class=\"prose\">").nth(1).unwrap_or_default();
        let body = body.split("<section class=\"notes\"").next().unwrap_or_default();
        let body = body.split("</article>").next().unwrap_or_default();
        let text = letters(&page.text);
        for part in body.split('<') {
            let words = part.split_once('>').map_or(part, |(_, words)| words);
            let words = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
                .into_iter()
                .fold(words.to_string(), |words, entity| words.replace(entity, ""));
            let words = letters(&words);
            prop_assert!(text.contains(&words), "{words:?} of {markdown:?}\n{fragment}");
        }
    }
}
