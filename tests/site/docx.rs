//! Word documents: what they hold, that others can read them, and that nothing of a story is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;

use proptest::prelude::*;
use xianfeng::diagnostic::Outcome;
use xianfeng::model::StoryId;
use xianfeng::output::brief::Issue;
use xianfeng::output::docx::{Manuscript, is_ours, manuscript, write};
use xianfeng::view::Views;

use crate::campaign::{Built, Campaign, both, letters, news, photograph};
use crate::html;
use crate::properties::{MARKDOWN_BITS, config, soup};

fn bytes(built: &Built, made: &Manuscript) -> Vec<u8> {
    let out = Cursor::new(Vec::new());
    write(made, &built.prepared.site, out, Path::new("x"), &|| {}).expect("in memory").into_inner()
}

fn made(built: &Built, ids: &[u32], title: &str) -> Outcome<Manuscript> {
    let prepared = &built.prepared;
    let views = Views::new(&prepared.site, &prepared.theme.strings);
    let ids: Vec<StoryId> = ids.iter().copied().map(StoryId).collect();
    manuscript(&views, &prepared.plan, &ids, title).expect("in memory")
}

/// The parts of a document; every part that is XML is well-formed.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        parts.insert(file.name().unwrap().into_owned(), content);
    }
    parts
}

fn text<'p>(parts: &'p BTreeMap<String, Vec<u8>>, name: &str) -> &'p str {
    std::str::from_utf8(&parts[name]).unwrap()
}

/// Complains of what a program that reads strictly would: parts that are no XML, names of
/// relationships, styles, lists and notes that nothing has.
fn unsound(parts: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    for (name, bytes) in parts.iter().filter(|(name, _)| !name.starts_with("word/media")) {
        let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
        html::read_xml(text).map_err(|error| format!("{name}: {error}"))?;
    }
    let ids = |of: &str, tag: &str, attribute: &str| -> BTreeSet<String> {
        let page = html::read_xml(text(parts, of)).unwrap();
        let named = page.tags.iter().filter(|known| known.name == tag);
        named.filter_map(|tag| tag.get(attribute).map(str::to_string)).collect()
    };
    let holds = |used: BTreeSet<String>, known: BTreeSet<String>, what: &str| {
        let missing: Vec<_> = used.difference(&known).collect();
        if missing.is_empty() { Ok(()) } else { Err(format!("no {what} {missing:?}")) }
    };
    for (of, rels) in [("document", "document"), ("footnotes", "footnotes")] {
        let part = format!("word/{of}.xml");
        let rels = format!("word/_rels/{rels}.xml.rels");
        let known = ids(&rels, "Relationship", "Id");
        let mut used = ids(&part, "w:hyperlink", "r:id");
        used.extend(ids(&part, "a:blip", "r:embed"));
        used.extend(ids(&part, "w:footerReference", "r:id"));
        holds(used, known, "relationship")?;
        let styles = ids("word/styles.xml", "w:style", "w:styleId");
        let mut used = ids(&part, "w:pStyle", "w:val");
        used.extend(ids(&part, "w:rStyle", "w:val"));
        used.extend(ids(&part, "w:tblStyle", "w:val"));
        holds(used, styles, "style")?;
        let page = html::read_xml(text(parts, &rels)).unwrap();
        for tag in page.tags.iter().filter(|tag| tag.name == "Relationship") {
            let target = format!("word/{}", tag.get("Target").unwrap());
            if tag.get("TargetMode").is_none() && !parts.contains_key(&target) {
                return Err(format!("no part {target}"));
            }
        }
    }
    let lists = ids("word/numbering.xml", "w:num", "w:numId");
    holds(ids("word/document.xml", "w:numId", "w:val"), lists, "list")?;
    let notes = ids("word/footnotes.xml", "w:footnote", "w:id");
    holds(ids("word/document.xml", "w:footnoteReference", "w:id"), notes, "note")
}

/// The paragraphs of the document: style and words.
fn paragraphs(parts: &BTreeMap<String, Vec<u8>>) -> Vec<(String, String)> {
    let document = text(parts, "word/document.xml");
    let each = document.split("<w:p>").skip(1).map(|part| {
        let part = part.split("</w:p>").next().unwrap();
        let style = part.split("<w:pStyle w:val=\"").nth(1).unwrap().split('"').next().unwrap();
        let words: String = part
            .split("<w:t xml:space=\"preserve\">")
            .skip(1)
            .map(|run| run.split("</w:t>").next().unwrap())
            .collect();
        (style.to_string(), words)
    });
    each.collect()
}

const RICH: &str = "
导语有[通知](https://www.he-an.cn/tz)，见注[^1]，再见[^1]，又见[^2]。

## 一、做法

### （一）上门

1. 先去东片
   - 甲组
   - 乙组
2. 再去西片

> 引一句话。**加重**，*着重*，~~删去~~，==标出==，H<sub>2</sub>O，<ruby>圩<rt>xū</rt></ruby>。

<table><tr><th>项</th><th>数</th></tr><tr><td rowspan=\"2\">户</td><td>36</td></tr><tr><td>37</td></tr><tr><td colspan=\"2\">合计</td></tr></table>

![河岸](岸.jpg)

另起一段[^1]。

柳河镇党委

2026年3月18日

[^1]: 注里有[链接](https://www.he-an.cn/zhu)。
[^2]: 第二条。
[^9]: 没有人提的注。
";

fn rich() -> Campaign {
    Campaign::story("author: 何岸", RICH)
        .with("content/stories/岸.jpg", photograph(1200, 900))
        .settings("organisation: 柳河镇党委")
}

#[test]
fn a_story_has_real_styles_lists_and_notes() {
    let built = rich().build();
    let Outcome { value, diagnostics } = made(&built, &[0], "标题甲");
    assert!(diagnostics.is_empty(), "{}", both(&diagnostics));
    let parts = parts(&bytes(&built, &value));
    unsound(&parts).unwrap();
    let found = paragraphs(&parts);
    let document = text(&parts, "word/document.xml");
    for (style, words) in [
        ("Title", "标题甲"),
        ("Heading2", "一、做法"),
        ("Heading3", "（一）上门"),
        ("ListParagraph", "先去东片"),
        ("ListParagraph", "乙组"),
        ("Quote", "引一句话。加重，着重，删去，标出，H2O，xū圩。"),
        ("TableText", "合计"),
        ("Caption", "河岸"),
        ("SignOff", "柳河镇党委"),
        ("FootnoteText", "没有人提的注。"),
    ] {
        let wanted = (style.to_string(), words.to_string());
        assert!(found.contains(&wanted), "{wanted:?}: {found:#?}");
    }
    for xml in [
        "<w:em w:val=\"dot\"/>",
        "<w:b/><w:bCs/>",
        "<w:strike/>",
        "<w:vertAlign w:val=\"subscript\"/>",
        "<w:rubyBase>",
        "<w:gridSpan w:val=\"2\"/>",
        "<w:vMerge w:val=\"restart\"/>",
        "<w:vMerge/>",
        "descr=\"河岸\"",
        "<wp:extent cx=\"5616000\" cy=\"4212000\"/>",
        "<w:ilvl w:val=\"1\"/>",
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
    ] {
        assert!(document.contains(xml), "{xml}");
    }
    // A note is one note, however often it is named.
    assert_eq!(document.matches("<w:footnoteReference ").count(), 2);
    assert_eq!(document.matches(" NOTEREF ").count(), 2);
    let notes = text(&parts, "word/footnotes.xml");
    assert!(notes.contains("注里有") && !notes.contains('↩'), "{notes}");
}

#[test]
fn a_document_says_whose_it_is_and_no_more() {
    let built = rich().build();
    let value = made(&built, &[0], "标题甲").value;
    let first = bytes(&built, &value);
    assert!(is_ours(&first[..1000]));
    // The same story, the same bytes, whenever.
    let later = rich().at("2027-01-01 08:00").build();
    assert_eq!(first, bytes(&later, &made(&later, &[0], "标题甲").value));
    let parts = parts(&first);
    let core = text(&parts, "docProps/core.xml");
    assert!(core.contains("<dc:creator>柳河镇党委</dc:creator>"), "{core}");
    assert!(core.contains("2026-03-17T16:00:00Z"), "{core}");
    // Saved by somebody else, it is theirs.
    let app = b"PK<Application>Microsoft Office Word</Application>";
    assert!(!is_ours(app) && !is_ours(b"<Application>xianfeng</Application>"));
}

#[test]
fn several_stories_have_a_contents() {
    let campaign = Campaign::new("")
        .with(
            "content/stories/a.md",
            news("河东", "2026-03-02", "", "## 做法\n\n甲[^1]\n\n[^1]: 甲注"),
        )
        .with("content/stories/b.md", news("河西", "2026-03-01", "", "乙[^1]\n\n[^1]: 乙注"));
    let built = campaign.build();
    let parts = parts(&bytes(&built, &made(&built, &[0, 1], "两岸").value));
    unsound(&parts).unwrap();
    let found = paragraphs(&parts);
    let styles: Vec<(&str, &str)> =
        found.iter().map(|(style, words)| (style.as_str(), words.as_str())).collect();
    let titles = [
        ("Title", "两岸"),
        ("TOCHeading", "目录"),
        ("TOC1", "河东"),
        ("TOC1", "河西"),
        ("Heading1", "河东"),
    ];
    assert_eq!(styles[..5], titles);
    assert!(styles.contains(&("Heading1", "河西")) && styles.contains(&("Heading2", "做法")));
    let document = text(&parts, "word/document.xml");
    // Each begins a page, and the contents leads to it.
    assert_eq!(document.matches("<w:pageBreakBefore/>").count(), 2);
    for i in 1..=2 {
        let mark = format!("_Toc{i:08}");
        assert_eq!(document.matches(&mark).count(), 3, "{mark}");
    }
    let begun = document.matches("w:fldCharType=\"begin\"").count();
    assert_eq!(begun, document.matches("w:fldCharType=\"end\"").count());
    let notes = text(&parts, "word/footnotes.xml");
    assert!(notes.contains("甲注") && notes.contains("乙注"));
}

#[test]
fn an_issue_of_a_bulletin_has_its_head_and_foot() {
    let built = rich()
        .settings(
            "organisation: 柳河镇党委\nbrief:\n  name: 柳河简报\n  note: 可以学习。\n  报送: 县委办公室\n  发送: [各村支部, 镇直单位]\n  copies: 60",
        )
        .with("content/stories/b.md", news("河西", "2026-03-01", "summary: 一句话。", "乙"))
        .build();
    let prepared = &built.prepared;
    let views = Views::new(&prepared.site, &prepared.theme.strings);
    let stories = [StoryId(0), StoryId(1)];
    let issue = |is_short| Issue {
        views: &views,
        plan: &prepared.plan,
        number: 7,
        note: None,
        stories: &stories,
        is_short,
    };
    let page = |is_short| {
        let mut out = Vec::new();
        issue(is_short)
            .pour(&mut |piece: &[u8]| {
                out.extend_from_slice(piece);
                Ok(())
            })
            .unwrap();
        let page = String::from_utf8(out).unwrap();
        let (_, body) = page.split_once("<body>").unwrap();
        let body = body.split("</body>").next().unwrap();
        html::read(body).unwrap_or_else(|error| panic!("{error}\n{body}"));
        page
    };
    let whole = page(false);
    for words in [
        "柳河简报",
        "第 7 期",
        "柳河镇党委",
        "2026年6月1日",
        "按语：",
        "可以学习。",
        "河西",
        "一、做法",
        "报送：县委办公室",
        "发送：各村支部、镇直单位",
        "共印 60 份",
        "data:image/jpeg",
    ] {
        assert!(whole.contains(words), "{words}");
    }
    let short = page(true);
    assert!(
        short.contains("一句话。") && !short.contains("一、做法") && !short.contains("data:image")
    );
    let parts = parts(&bytes(&built, &issue(false).manuscript().unwrap().value));
    unsound(&parts).unwrap();
    let found = paragraphs(&parts);
    for (style, words) in [
        ("BriefName", "柳河简报"),
        ("BriefNumber", "第 7 期"),
        ("BriefNote", "按语：可以学习。"),
        ("Heading1", "标题甲"),
        ("BriefSent", "共印 60 份"),
    ] {
        let wanted = (style.to_string(), words.to_string());
        assert!(found.contains(&wanted), "{wanted:?}: {found:#?}");
    }
    let article = issue(false).article(&prepared.theme).unwrap().value;
    let text = html::read(&article.fragment).unwrap().text;
    for words in ["柳河简报", "标题甲", "河西", "报送：县委办公室"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(article.title, "柳河简报　第 7 期");
}

#[test]
fn what_word_cannot_show_is_said() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>";
    let built =
        Campaign::story("", "![线图](图.svg)").with("content/stories/图.svg", drawing).build();
    let Outcome { value, diagnostics } = made(&built, &[0], "标题甲");
    insta::assert_snapshot!("docx", both(&diagnostics));
    let parts = parts(&bytes(&built, &value));
    unsound(&parts).unwrap();
    assert!(text(&parts, "word/document.xml").contains("线图"));
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn no_markdown_makes_an_unsound_document(markdown in soup(MARKDOWN_BITS, 40)) {
        let prepared = Campaign::story("", &markdown).prepared();
        if prepared.site.stories.is_empty() {
            return Ok(());
        }
        let built = Built { prepared };
        let parts = parts(&bytes(&built, &made(&built, &[0], "标题甲").value));
        if let Err(error) = unsound(&parts) {
            let document = text(&parts, "word/document.xml");
            return Err(TestCaseError::fail(format!("{error}\n{markdown:?}\n{document}")));
        }
        let alone = built.alone("x");
        let body = alone.split("<div class=\"prose\">").nth(1).unwrap_or_default();
        let body = body.split("<section class=\"notes\"").next().unwrap_or_default();
        let body = body.split("</article>").next().unwrap_or_default();
        let document = html::read_xml(text(&parts, "word/document.xml")).unwrap().text;
        let said = letters(&document);
        for part in body.split('<') {
            let words = part.split_once('>').map_or(part, |(_, words)| words);
            let words = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
                .into_iter()
                .fold(words.to_string(), |words, entity| words.replace(entity, ""));
            let words = letters(&words);
            prop_assert!(said.contains(&words), "{words:?} of {markdown:?}\n{document}");
        }
    }
}
