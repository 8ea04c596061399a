//! Word documents: what they hold, that others can read them, and that nothing of a story is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;
use xianfeng::diagnostic::Outcome;
use xianfeng::model::StoryId;
use xianfeng::output::brief::Issue;
use xianfeng::output::docx::{Manuscript, is_ours, manuscript, write};
use xianfeng::view::Views;

use crate::campaign::{Built, Campaign, both, letters, news, photograph};
use crate::fuzzed;
use crate::html;
use crate::imports::{body, story_of};
use crate::pictures::film;
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
fn what_belongs_together_stays_on_one_page() {
    let front =
        "region: 河东\nkeywords: [水]\neditor: 岑舟\nquotes: [{text: 水来了, who: 河东村民}]";
    let text_of = "> 夜里听见水声。\n>\n> ——守闸人\n\n工具\n: 一把锹。\n";
    let built = Campaign::story(front, text_of).build();
    let parts = parts(&bytes(&built, &made(&built, &[0], "渠").value));
    let document = text(&parts, "word/document.xml");
    let kept = |words: &str| {
        let at = document.find(words).unwrap_or_else(|| panic!("{words}: {document}"));
        let start = document[..at].rfind("<w:p>").unwrap();
        document[start..at].contains("<w:keepNext/>")
    };
    for (words, is) in [
        ("夜里听见水声", true),
        ("——守闸人", false),
        ("水来了", true),
        ("河东村民", false),
        ("工具", true),
        ("一把锹", false),
        ("河东</w:t>", true),
        ("岑舟", false),
    ] {
        assert_eq!(kept(words), is, "{words}\n{document}");
    }
}

#[test]
fn what_word_cannot_show_is_said() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>";
    let built = Campaign::story("", "![线图](图.svg)\n\n![开闸](闸.mp4)")
        .with("content/stories/图.svg", drawing)
        .with("content/stories/闸.mp4", film(b"isom", b"avc1"))
        .build();
    let Outcome { value, diagnostics } = made(&built, &[0], "标题甲");
    insta::assert_snapshot!("docx", both(&diagnostics));
    let parts = parts(&bytes(&built, &value));
    unsound(&parts).unwrap();
    assert!(text(&parts, "word/document.xml").contains("线图"));
    assert!(text(&parts, "word/document.xml").contains("开闸"));
}

/// The document of a story, imported.
fn back(campaign: &Campaign) -> xianfeng::import::story::Story {
    let built = campaign.build();
    let bytes = bytes(&built, &made(&built, &[0], "标题甲").value);
    story_of(bytes).unwrap()
}

#[test]
fn a_document_of_a_story_comes_back_as_the_story() {
    let text = "导语。\n\n## 一、做法\n\n1. 先去东片\n   - 甲组\n\n     先到渠首。\n   - 乙组\n2. 再去西片\n\n> 引一句话。\n>\n> - 一条\n\n\
        | 项 | 数 |\n|---|---:|\n| 户 | 36 |\n\n---\n\n```\nlet 渠 = \"``\";\n  缩进\n```\n\n- [x] 做完\n- [ ] 没做\n\n\
        ![岸边的灯](图1.jpg)\n\n末段[^1]，==标出==，~~删去~~，`a*b`。\n\n[^1]: 注有`码`。\n";
    let front = "author: [何岸, 沈溪]\nsource: 柳河镇党委\nsummary: 一段摘要。\nkeywords: [渠]";
    let campaign = Campaign::story(front, text).with("content/stories/图1.jpg", photograph(40, 30));
    let story = back(&campaign);
    assert_eq!(story.title, "标题甲");
    for line in [
        "date: 2026-03-18\n",
        "author: [何岸, 沈溪]\n",
        "source: 柳河镇党委\n",
        "summary: 一段摘要。\n",
        "keywords: [渠]\n",
    ] {
        assert!(story.text.contains(line), "{line}{}", story.text);
    }
    assert_eq!(body(&story), text);
    assert_eq!(story.files.len(), 1);
}

/// Words set in every way that a document keeps.
fn words() -> impl Strategy<Value = String> {
    let set = select(&[
        ("", ""),
        ("**", "**"),
        ("*", "*"),
        ("~~", "~~"),
        ("==", "=="),
        ("`", "`"),
        ("<u>", "</u>"),
        ("<sup>", "</sup>"),
        ("<sub>", "</sub>"),
        ("[", "](https://a.cn/qu)"),
        ("<ruby>", "<rt>qu</rt></ruby>"),
    ]);
    let text = "[渠闸河堰a-c]{1,4}[，。“”（）、]?[渠闸a]";
    let piece = (set, text).prop_map(|((open, close), text)| format!("{open}{text}{close}水"));
    prop::collection::vec(piece, 1..4).prop_map(|pieces| format!("水{}", pieces.concat()))
}

/// Blocks that a document keeps.
fn block() -> impl Strategy<Value = String> {
    let lines = |begin: &'static str| {
        prop::collection::vec(words(), 1..4).prop_map(move |lines| {
            lines.iter().map(|line| format!("{begin}{line}\n")).collect::<String>()
        })
    };
    let table =
        (2..4usize, prop::collection::vec(words(), 4..10), select(&["---", "---:", ":---:"]));
    let table = table.prop_map(|(columns, cells, side)| {
        let mut out = String::new();
        for (i, row) in cells.chunks_exact(columns).enumerate() {
            let row = row.join(" | ");
            // A head is bold as it is.
            let row = if i == 0 { row.replace("**", "") } else { row };
            out += &format!("| {row} |\n");
            if i == 0 {
                out += &format!("|{}\n", format!("{side}|").repeat(columns));
            }
        }
        out
    });
    prop_oneof![
        4 => words().prop_map(|text| format!("{text}\n")),
        // Bold and underlined letters of a heading are no more than a heading.
        1 => (2..5usize, words()).prop_map(|(level, text)| {
            let text = ["**", "<u>", "</u>"].iter().fold(text, |text, mark| text.replace(mark, ""));
            format!("{} {text}\n", "#".repeat(level))
        }),
        1 => lines("- "),
        1 => lines("- [x] "),
        1 => (1..20usize, words(), words(), words()).prop_map(|(n, a, b, c)| {
            let (first, gap) = (format!("{n}. "), " ".repeat(format!("{n}. ").len()));
            format!("{first}{a}\n{gap}- {b}\n\n{gap}  {c}\n{}. {a}\n", n + 1)
        }),
        1 => (words(), words()).prop_map(|(a, b)| format!("> {a}\n>\n> {b}\n")),
        1 => table,
        1 => "[渠a-c`*#<& ]{0,8}[渠a]\n?[ a]{0,4}[渠`a]".prop_map(|code| format!("````\n{code}\n````\n")),
        1 => Just("---\n".to_string()),
        1 => (words(), words()).prop_map(|(a, b)| format!("{a}\\\n{b}\n")),
    ]
}

/// A page without what is only spelt in another way.
fn plain(page: &str) -> String {
    let page = page.replace("<s>", "<del>").replace("</s>", "</del>");
    page.split('\n').map(str::trim).collect()
}

proptest! {
    #![proptest_config(config(200))]

    /// What differs is said in the README: the language of code, headings that leave a level out,
    /// quotations in each other, gaps between items, and what Word has no word for.
    #[test]
    fn a_document_that_is_imported_is_the_same_markdown(
        blocks in prop::collection::vec(block(), 1..8),
        notes in prop::collection::vec(words(), 0..3),
    ) {
        let mut text = String::from("## 水\n\n### 渠\n\n#### 闸\n");
        for block in blocks {
            // What stands side by side would be one list, one quotation.
            text += &format!("\n水渠。\n\n{block}");
        }
        text += "\n水渠";
        (1..=notes.len()).for_each(|n| text += &format!("[^{n}]"));
        text += "。\n";
        for (n, note) in (1..).zip(&notes) {
            text += &format!("\n[^{n}]: {note}\n");
        }
        let once = back(&Campaign::story("", &text));
        prop_assert_eq!(plain(&fuzzed::markdown(body(&once))), plain(&fuzzed::markdown(&text)), "{}\n{}", text, once.text);
        let twice = back(&Campaign::story("", body(&once)));
        prop_assert_eq!(body(&twice), body(&once));
    }

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
