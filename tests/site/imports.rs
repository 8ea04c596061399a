//! Word files that the tests write themselves, and the stories that they become.

use std::io::{Cursor, Write};

use xianfeng::import::story::{Campaign, Story, Wishes, of_document};
use xianfeng::import::{Kind, Refusal, kind, word};
use xianfeng::value::moment::{Moment, default_zone};

use crate::fuzzed;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word file in the making.
pub struct Docx {
    body: String,
    parts: Vec<(String, Vec<u8>)>,
    relations: String,
    namespace: &'static str,
}

impl Docx {
    pub fn of(body: &str) -> Self {
        Self { body: body.into(), parts: Vec::new(), relations: String::new(), namespace: W }
    }

    /// A part beside the text, `styles` or `media/a.png`.
    fn part(mut self, kind: &str, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let id = format!("r{}", self.parts.len() + 1);
        self.relations +=
            &format!("<Relationship Id=\"{id}\" Type=\"{R}/{kind}\" Target=\"{name}\"/>");
        self.parts.push((format!("word/{name}"), bytes.as_ref().to_vec()));
        self
    }

    fn xml(self, name: &str, inner: &str) -> Self {
        let namespace = self.namespace;
        let text = format!("<w:{name} xmlns:w=\"{namespace}\">{inner}</w:{name}>");
        self.part(name, &format!("{name}.xml"), text)
    }

    pub fn bytes(self) -> Vec<u8> {
        let Self { body, mut parts, relations, namespace } = self;
        const PR: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        let document = format!(
            "<w:document xmlns:w=\"{namespace}\" xmlns:r=\"{R}\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
             xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>{body}</w:body></w:document>"
        );
        parts.push(("word/document.xml".into(), document.into_bytes()));
        parts.push((
            "word/_rels/document.xml.rels".into(),
            format!("<Relationships xmlns=\"{PR}\">{relations}</Relationships>").into_bytes(),
        ));
        parts.push((
            "_rels/.rels".into(),
            format!(
                "<Relationships xmlns=\"{PR}\"><Relationship Id=\"a\" Type=\"{R}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            )
            .into_bytes(),
        ));
        zipped(&parts)
    }

    fn story(self) -> Story {
        story_of(self.bytes()).unwrap()
    }
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub fn story_of(bytes: Vec<u8>) -> Result<Story, Refusal> {
    with(bytes, &Wishes::default(), Vec::new())
}

fn with(
    bytes: Vec<u8>,
    wishes: &Wishes,
    words: Vec<(&'static str, Vec<String>)>,
) -> Result<Story, Refusal> {
    let today = Moment::parse("2026-06-01", default_zone()).unwrap();
    let campaign = Campaign { words, today };
    match kind(&bytes, "docx")? {
        Kind::Word(mut package, main) => {
            let document = word::read(&mut package, &main)?;
            Ok(of_document(document, "来稿", &campaign, wishes))
        }
        Kind::Text => {
            let document = xianfeng::import::text::read(bytes)?;
            Ok(of_document(document, "来稿", &campaign, wishes))
        }
        Kind::Table => panic!("a table"),
    }
}

fn r(text: &str, properties: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn p(runs: &str, properties: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

fn plain(text: &str) -> String {
    p(&r(text, ""), "")
}

fn font(name: &str) -> String {
    format!("<w:rFonts w:eastAsia=\"{name}\"/><w:sz w:val=\"32\"/>")
}

fn title(text: &str) -> String {
    p(&r(text, "<w:sz w:val=\"44\"/>"), "<w:jc w:val=\"center\"/>")
}

pub fn body(story: &Story) -> &str {
    story.text.split_once("\n---\n\n").unwrap().1
}

fn has(story: &Story, parts: &[&str]) {
    for part in parts {
        assert!(story.text.contains(part), "{part}\n{}", story.text);
    }
}

#[test]
fn headings_are_told_by_levels_styles_and_names() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"x\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"y\"><w:name w:val=\"二级标题\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"z\"><w:name w:val=\"我的\"/><w:basedOn w:val=\"y\"/></w:style>";
    let text = [
        title("渠上的夜班"),
        p(&r("——记巡渠人周一帆", ""), "<w:jc w:val=\"center\"/>"),
        p(&r("起因", ""), "<w:pStyle w:val=\"x\"/>"),
        p(&r("经过", ""), "<w:pStyle w:val=\"z\"/>"),
        p(&r("结果", "<w:b/>"), "<w:outlineLvl w:val=\"0\"/>"),
        p(&r("一、这不是小标题", &font("黑体")), ""),
        plain("一段正文，说了很多。"),
    ];
    for namespace in [W, STRICT] {
        let mut docx = Docx::of(&text.concat());
        docx.namespace = namespace;
        let story = docx.xml("styles", styles).story();
        assert_eq!(story.title, "渠上的夜班——记巡渠人周一帆");
        assert_eq!(
            body(&story),
            "## 起因\n\n### 经过\n\n## 结果\n\n**一、这不是小标题**\n\n一段正文，说了很多。\n"
        );
    }
}

#[test]
fn without_styles_headings_are_told_by_numbers_and_letters() {
    let text = [
        title("三年修一渠"),
        p(&r("一、找水", &font("黑体")), ""),
        plain("　　先找水，再修渠，前后三年。"),
        p(
            &format!(
                "{}{}",
                r("（一）走访。", &font("楷体_GB2312")),
                r("走了四十户人家。", &font("仿宋_GB2312"))
            ),
            "",
        ),
        p(&r("1.问清楚", &(font("仿宋_GB2312") + "<w:b/>")), ""),
        plain("一、二班的同学都来了，这一句是正文，不是小标题，因为它很长，又没有字体。"),
        plain("1.5 公里的渠，修了三年。"),
        p(&r("青禾街道党工委", ""), "<w:jc w:val=\"right\"/>"),
        p(&r("2026年4月2日", ""), "<w:jc w:val=\"right\"/>"),
    ];
    let story = Docx::of(&text.concat()).story();
    assert_eq!(
        body(&story),
        "## 一、找水\n\n先找水，再修渠，前后三年。\n\n### （一）走访\n\n走了四十户人家。\n\n#### 1.问清楚\n\n\
         一、二班的同学都来了，这一句是正文，不是小标题，因为它很长，又没有字体。\n\n1.5 公里的渠，修了三年。\n\n\
         青禾街道党工委\n\n2026年4月2日\n"
    );
    has(
        &story,
        &["date: 2026-04-02\n", "source: 青禾街道党工委\n", "draft: true\n", "kind: news\n"],
    );
}

#[test]
fn what_was_deleted_or_hidden_stays_behind() {
    let text = [
        plain("开头的一段，很长很长，不会是标题。"),
        p(
            &[
                r("留下", ""),
                "<w:ins w:id=\"1\"><w:r><w:t>新增</w:t></w:r></w:ins>".into(),
                "<w:del w:id=\"2\"><w:r><w:delText>旧账</w:delText></w:r></w:del>".into(),
                "<w:moveFrom w:id=\"3\"><w:r><w:t>搬走</w:t></w:r></w:moveFrom>".into(),
                r("密谈", "<w:vanish/>"),
                r("看得见", "<w:vanish w:val=\"0\"/>"),
            ]
            .concat(),
            "<w:rPr><w:del w:id=\"9\"/></w:rPr>",
        ),
        plain("接着说。"),
    ];
    let story = Docx::of(&text.concat()).story();
    has(&story, &["留下新增看得见接着说。"]);
    for gone in ["旧账", "搬走", "密谈"] {
        assert!(!story.text.contains(gone), "{}", story.text);
    }
    let dropped: Vec<&str> = story.report.dropped.iter().map(|text| text.zh.as_str()).collect();
    assert_eq!(dropped, ["修订中删除和移走的文字 2 处", "隐藏文字 1 处"]);
}

#[test]
fn numbers_that_word_makes_are_text_and_plain_ones_lists() {
    let level = |format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let lists = [
        ("chineseCounting", "（%1）"),
        ("decimal", "%1."),
        ("bullet", "\u{F06C}"),
        ("chineseCounting", "第%1章"),
    ];
    let numbering: String = lists
        .iter()
        .enumerate()
        .map(|(i, (format, text))| {
            format!(
                "<w:abstractNum w:abstractNumId=\"{i}\">{}</w:abstractNum>",
                level(format, text)
            )
        })
        .chain((0..4).map(|i| {
            format!("<w:num w:numId=\"{0}\"><w:abstractNumId w:val=\"{i}\"/></w:num>", i + 1)
        }))
        .collect();
    let item = |list: u32, text: &str| {
        p(
            &r(text, ""),
            &format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr>"),
        )
    };
    let text = [
        title("名单"),
        item(1, "看得远，走得稳，做得实，说得清，记得牢，办得好，不拖欠。"),
        item(1, "第二件要办的事情，要比第一件更难，也更要紧，大家都知道。"),
        item(2, "甲"),
        item(2, "乙"),
        item(3, "丙"),
        item(4, "总则，在这里说明这份文件为什么要写出来，给谁看。"),
    ];
    let story = Docx::of(&text.concat()).xml("numbering", &numbering).story();
    assert_eq!(
        body(&story),
        "（一）看得远，走得稳，做得实，说得清，记得牢，办得好，不拖欠。\n\n（二）第二件要办的事情，要比第一件更难，也更要紧，大家都知道。\n\n\
         1. 甲\n2. 乙\n- 丙\n\n第一章 总则，在这里说明这份文件为什么要写出来，给谁看。\n"
    );
}

#[test]
fn text_is_set_as_it_was_and_nothing_in_it_is_a_mark() {
    let text = [
        title("样子"),
        p(
            &[
                r("他说：", ""),
                r("“修渠”", "<w:b/>"),
                r("这件事", ""),
                r("不能等。", "<w:b/>"),
                r("后来等了。", ""),
            ]
            .concat(),
            "",
        ),
        p(
            &[
                r("点", "<w:em w:val=\"dot\"/>"),
                r("线", "<w:u w:val=\"single\"/>"),
                r("m", ""),
                r("2", "<w:vertAlign w:val=\"superscript\"/>"),
                r("旧", "<w:strike/>"),
            ]
            .concat(),
            "",
        ),
        plain("*不是* 强调，_也_ 不是；[方括号](x) &lt;b&gt; `码` 1 &lt; 2，# 井号"),
        plain("# 不是小标题"),
        plain("- 不是列表"),
        plain("3. 不是列表"),
        plain("a_b_c.txt ~~没有~~ &amp;amp; 【全角】"),
        p(
            "<w:r><w:t>上行</w:t><w:br/><w:t>下行</w:t><w:br w:type=\"page\"/><w:t>下页</w:t></w:r>",
            "",
        ),
        p(
            "<w:r><w:ruby><w:rt><w:r><w:t>qú</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>渠</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r>",
            "",
        ),
    ];
    let story = Docx::of(&text.concat()).story();
    let page = fuzzed::markdown(body(&story));
    for part in [
        "<p>他说：<strong>“修渠”</strong>这件事<strong>不能等。</strong>后来等了。</p>",
        "<em>点</em><u>线</u>m<sup>2</sup>",
        "*不是* 强调，_也_ 不是；[方括号](x) &lt;b&gt; `码` 1 &lt; 2，# 井号",
        "<p># 不是小标题</p>",
        "<p>- 不是列表</p>",
        "<p>3. 不是列表</p>",
        "a_b_c.txt ~~没有~~ &amp;amp; 【全角】",
        "上行<br",
        "<p>下页</p>",
        "<ruby>渠<rt>qú</rt></ruby>✔",
    ] {
        assert!(page.contains(part), "{part}\n{page}\n{}", story.text);
    }
}

#[test]
fn notes_comments_links_and_boxes_come_along() {
    let field = |order: &str, shown: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{order}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
            r(shown, "")
        )
    };
    let boxed = "<w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent>";
    let text = [
        title("来信"),
        p(
            &[
                r("正文", ""),
                "<w:r><w:footnoteReference w:id=\"7\"/></w:r>".into(),
                r("说", ""),
                "<w:r><w:commentReference w:id=\"3\"/></w:r>".into(),
                field(" HYPERLINK \"https://a.cn/渠\" ", "看图"),
                field("PAGE", "12"),
            ]
            .concat(),
            "",
        ),
        p(
            &format!(
                "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{boxed}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{boxed}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            "",
        ),
    ];
    let story = Docx::of(&text.concat())
        .xml("footnotes", "<w:footnote w:id=\"7\"><w:p><w:r><w:t>见县志</w:t></w:r></w:p></w:footnote>")
        .xml("comments", "<w:comment w:id=\"3\" w:author=\"老徐\"><w:p><w:r><w:t>再核--一下&gt;</w:t></w:r></w:p></w:comment>")
        .story();
    has(
        &story,
        &[
            "正文[^1]说<!-- 批注（老徐）：再核－－一下＞ -->[看图](<https://a.cn/渠>)12",
            "[^1]: 见县志",
        ],
    );
    assert_eq!(story.text.matches("框里的话").count(), 1);
    let page = fuzzed::markdown(body(&story));
    assert!(!page.contains("再核") && page.contains("见县志"), "{page}");
}

fn cell(text: &str, properties: &str) -> String {
    format!(
        "<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>",
        if text.starts_with('<') { text.into() } else { plain(text) }
    )
}

fn table(rows: &[&[String]]) -> String {
    let rows: String = rows.iter().map(|row| format!("<w:tr>{}</w:tr>", row.concat())).collect();
    format!("<w:tbl>{rows}</w:tbl>")
}

const SPAN: &str = "<w:gridSpan w:val=\"2\"/>";

#[test]
fn tables_are_markdown_or_have_merged_cells() {
    let c = |text: &str| cell(text, "");
    let simple = table(&[&[c("项目"), c("数")], &[c("灯|泡"), c("12")]]);
    let merged = table(&[
        &[cell("合在一起", SPAN), cell("旁边", "<w:vMerge w:val=\"restart\"/>")],
        &[c("左"), c("右"), cell("", "<w:vMerge/>")],
    ]);
    let story = Docx::of(&[title("两张表"), simple, plain("中间。"), merged].concat()).story();
    has(
        &story,
        &[
            "| 项目 | 数 |\n|---|---|\n| 灯\\|泡 | 12 |\n",
            "<tr><td colspan=\"2\">合在一起</td><td rowspan=\"2\">旁边</td></tr>\n<tr><td>左</td><td>右</td></tr>\n",
        ],
    );
    let page = fuzzed::markdown(body(&story));
    assert!(page.contains("<td>灯|泡</td>") && page.contains("rowspan=\"2\""), "{page}");
}

/// A picture of so many pixels, each row of another grey.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut pixels = xianfeng::picture::pixels::Pixels::black(width, height, 3);
    for (i, byte) in pixels.bytes.iter_mut().enumerate() {
        *byte = (i / (3 * width as usize)) as u8;
    }
    xianfeng::picture::encode::png(&pixels).unwrap()
}

fn picture(id: &str, about: &str, cut: &str) -> String {
    format!(
        "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"图片 1\" descr=\"{about}\"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed=\"{id}\"/>{cut}</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

#[test]
fn pictures_lie_beside_the_story_as_they_are_seen() {
    let text = [
        title("照片"),
        p(&picture("r1", "渠首", ""), ""),
        p(&r("图1　渠首的闸门", ""), "<w:jc w:val=\"center\"/>"),
        p(&picture("r1", "IMG_0001.jpg", "<a:srcRect t=\"50000\" r=\"25000\"/>"), ""),
        plain("旁边的话。"),
        p(&picture("r2", "线路图", ""), ""),
    ];
    let mut emf = b"\x01\0\0\0\x58\0\0\0".to_vec();
    emf.extend([0; 80]);
    emf[40..44].copy_from_slice(b" EMF");
    let story = Docx::of(&text.concat())
        .part("image", "media/a.png", png(40, 20))
        .part("image", "media/b.emf", emf)
        .story();
    has(
        &story,
        &[
            "![渠首](图1.png \"图1 渠首的闸门\")",
            "![](图2.png)",
            "<!-- 这里有一张图没有带来：线路图 -->",
        ],
    );
    let sizes: Vec<(u32, u32)> = story
        .files
        .iter()
        .map(|(_, bytes)| xianfeng::picture::Header::read(bytes, "png").unwrap().size())
        .collect();
    assert_eq!(sizes, [(40, 20), (30, 10)]);
    let lost: Vec<&str> = story.report.lost.iter().map(|text| text.zh.as_str()).collect();
    assert_eq!(lost, ["EMF、WMF 图“线路图”，请在 Word 里另存为图片再插入（“旁边的话。”附近）"]);
}

#[test]
fn pictures_at_the_ends_of_a_paragraph_stand_alone() {
    let floating = picture("r1", "堤口", "").replace("wp:inline", "wp:anchor");
    let text = [
        title("巡堤"),
        p(&(r("堤上有人。", "") + &floating + &r("水位回落。", "")), ""),
        p(&(r("闸门换新。", "") + &picture("r2", "", "")), ""),
        p(&r("图2　新闸门", ""), "<w:jc w:val=\"center\"/>"),
        p(&(r("按下", "") + &picture("r2", "钮", "") + &r("就开。", "")), ""),
    ];
    let story = Docx::of(&text.concat())
        .part("image", "media/a.png", png(8, 8))
        .part("image", "media/b.png", png(9, 9))
        .story();
    assert_eq!(
        body(&story),
        "堤上有人。水位回落。\n\n![堤口](图1.png)\n\n闸门换新。\n\n\
         ![新闸门](图2.png \"图2 新闸门\")\n\n按下![钮](图2.png)就开。\n"
    );
}

#[test]
fn lists_below_numbered_headings_have_all_their_items() {
    let levels = [("chineseCounting", "%1、"), ("decimal", "%2."), ("decimal", "%3.")];
    let levels: String = levels
        .iter()
        .enumerate()
        .map(|(i, (format, text))| {
            format!("<w:lvl w:ilvl=\"{i}\"><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>")
        })
        .collect();
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    );
    let item = |depth: usize, text: &str| {
        let number =
            format!("<w:numPr><w:ilvl w:val=\"{depth}\"/><w:numId w:val=\"1\"/></w:numPr>");
        p(&r(text, ""), &number)
    };
    let text = [
        title("排班"),
        item(0, "白天"),
        item(2, "甲岗看门。"),
        item(2, "乙岗看路。"),
        item(2, "丙岗看水。"),
        item(0, "夜里"),
        item(1, "分两班。"),
        item(2, "头班到零点。"),
        item(2, "二班到天亮。"),
        item(1, "有事摇铃。"),
    ];
    let story = Docx::of(&text.concat()).xml("numbering", &numbering).story();
    has(&story, &["1. 甲岗看门。\n2. 乙岗看路。\n3. 丙岗看水。\n"]);
    let page = fuzzed::markdown(body(&story));
    let items = page.matches("<li>").count();
    assert_eq!((items, page.matches("<ol").count()), (7, 3), "{page}");
}

#[test]
fn a_head_of_labels_is_one_where_cells_are_merged_too() {
    let c = |text: &str| cell(text, "");
    let (first, more) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let below = table(&[
        &[cell("片区", first), cell("时限", SPAN)],
        &[cell("", more), c("动工"), c("完工")],
        &[c("河东"), c("三月"), c("九月")],
    ]);
    let plain_head = table(&[
        &[c("片区"), c("事项")],
        &[cell("河东", first), c("修灯")],
        &[cell("", more), c("补路")],
    ]);
    let headless = plain_head.replacen(
        "<w:tbl>",
        "<w:tbl><w:tblPr><w:tblLook w:firstRow=\"0\"/></w:tblPr>",
        1,
    );
    let label = table(&[&[c("地点"), cell("河东渡口", SPAN)], &[c("甲"), c("乙"), c("丙")]]);
    let head_of = |table: &str| {
        let story = Docx::of(&[title("进度"), plain("如下。"), table.into()].concat()).story();
        let page = fuzzed::markdown(body(&story));
        page.matches("<th").count() - page.matches("<thead").count()
    };
    assert_eq!([&below, &plain_head, &headless, &label].map(|table| head_of(table)), [4, 2, 0, 0]);
}

#[test]
fn formulas_are_text_that_says_the_same() {
    let text = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let fraction = format!("<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>", text("a+b"), text("2"));
    let power = format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", text("x"), text("2"));
    let root = format!("<m:rad><m:deg/><m:e>{}</m:e></m:rad>", text("c"));
    let formula = format!(
        "<w:p xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:oMath>{}{fraction}{}{power}{}{root}</m:oMath></w:p>",
        text("y="),
        text("+"),
        text("-")
    );
    let story = Docx::of(&[title("算式"), plain("见下。"), formula].concat()).story();
    assert!(body(&story).ends_with("y=(a+b)/2+x<sup>2</sup>-√c\n"), "{}", story.text);
    assert_eq!(story.report.lost[0].zh, "公式，写成了一行文字，请核对（“y=(a+b)/2+x2-√c”附近）");
}

#[test]
fn an_office_below_the_title_is_the_source() {
    let below = |text: &str| {
        let line = p(&r(text, ""), "<w:jc w:val=\"center\"/>");
        Docx::of(&[title("办事不出村"), line, plain("早上八点，窗口开了。")].concat()).story()
    };
    let story = below("渠首街道党政办　　岑　舟");
    has(&story, &["source: 渠首街道党政办\n", "author: 岑舟\n"]);
    assert_eq!(body(&story), "早上八点，窗口开了。\n");
    assert!(
        story.report.guessed.iter().any(|text| text.zh.starts_with("来源和作者取自标题下面的一行")),
        "{:?}",
        story.report
    );
    for line in ["写在前面的话", "渠首村，河边的支部", "渠首村党支部　做了三件让大家满意的事"]
    {
        let story = below(line);
        assert!(
            !story.text.contains("source:")
                && body(&story).starts_with(line.split('　').next().unwrap()),
            "{}",
            story.text
        );
    }
}

#[test]
fn parts_of_a_text_stand_above_its_sections() {
    let hei = |text: &str| p(&r(text, &font("黑体")), "");
    let body_of = |lines: &[&str]| {
        let text: String =
            lines.iter().map(|line| hei(line) + &p(&r("正文一句。", &font("仿宋")), "")).collect();
        let story = Docx::of(&(title("办法") + &text)).story();
        body(&story).lines().filter(|line| line.starts_with('#')).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        body_of(&["第一部分　总的情况", "一、做法", "（一）走访", "第二部分　打算"]),
        "## 第一部分　总的情况\n### 一、做法\n#### （一）走访\n## 第二部分　打算"
    );
    assert_eq!(body_of(&["一、做法", "（一）走访"]), "## 一、做法\n### （一）走访");
}

#[test]
fn what_a_form_says_of_itself_is_not_published() {
    let c = |text: &str| cell(text, "");
    let form = table(&[
        &[c("党组织名称"), c("河东村党支部"), c("成立时间"), c("1998年7月")],
        &[
            c("曾获荣誉"),
            cell("2023年被县委评为五星支部；获“和美村庄”称号", "<w:gridSpan w:val=\"3\"/>"),
        ],
        &[c("主要做法"), cell("夜里巡堤。", "<w:gridSpan w:val=\"3\"/>")],
    ]);
    let text = [
        plain("附件3"),
        title("先进党组织推荐表"),
        plain("填报单位：渠首镇党委　　填报日期：2026年4月18日"),
        form,
        plain("注：本表一式两份，不够可另附页。"),
    ];
    let story = Docx::of(&text.concat()).story();
    has(
        &story,
        &[
            "title: \"先进党组织推荐表：河东村党支部\"\n",
            "date: 2026-04-18\n",
            "source: 渠首镇党委\n",
            "honours: [{title: 五星支部, by: 县委, year: 2023}, “和美村庄”]",
        ],
    );
    assert!(body(&story).ends_with("-->\n\n夜里巡堤。\n"), "{}", story.text);
    let page = fuzzed::markdown(body(&story));
    assert!(!page.contains("附件3") && !page.contains("一式两份"), "{page}");
    let dropped: Vec<&str> = story.report.dropped.iter().map(|text| text.zh.as_str()).collect();
    assert_eq!(dropped, ["标题上面的“附件3”", "填写要求（注：本表一式两份，不够可…）"]);
}

#[test]
fn a_form_fills_front_matter_and_keeps_what_is_private() {
    let c = |text: &str| cell(text, "");
    let form = table(&[
        &[
            c("姓　名"),
            c("周　一帆"),
            c("性 别"),
            c("男"),
            cell(&p(&picture("r1", "", ""), ""), "<w:vMerge w:val=\"restart\"/>"),
        ],
        &[
            c("身份证号"),
            c("11010519491231002X"),
            c("联系电话"),
            c("13800138000"),
            cell("", "<w:vMerge/>"),
        ],
        &[c("工作单位"), cell("渠首村党支部", "<w:gridSpan w:val=\"4\"/>")],
        &[c("家庭住址"), cell("渠首村 7 组 12 号", "<w:gridSpan w:val=\"4\"/>")],
        &[
            c("曾获荣誉"),
            cell(&(plain("2024年优秀党员") + &plain("巡渠能手")), "<w:gridSpan w:val=\"4\"/>"),
        ],
        &[
            c("主要事迹"),
            cell(&(plain("夜里巡渠。") + &plain("三年没有断水。")), "<w:gridSpan w:val=\"4\"/>"),
        ],
        &[
            c("党委意见"),
            cell(&(plain("同意推荐。") + &plain("（盖章）")), "<w:gridSpan w:val=\"4\"/>"),
        ],
    ]);
    let docx =
        || Docx::of(&(title("优秀党员推荐表") + &form)).part("image", "media/a.png", png(8, 8));
    let story = docx().story();
    has(
        &story,
        &[
            "title: \"优秀党员推荐表：周一帆\"\n",
            "name: 周一帆\n",
            "unit: 渠首村党支部\n",
            "portrait: 图1.png\n",
            "portrait_alt: 周一帆\n",
            "{title: 优秀党员, year: 2024}",
            "巡渠能手",
            "<!-- 表里的其他内容：性别：男 -->",
        ],
    );
    assert!(body(&story).ends_with("夜里巡渠。\n\n三年没有断水。\n"), "{}", story.text);
    for private in ["11010519491231002X", "13800138000", "7 组", "同意推荐"] {
        assert!(!story.text.contains(private), "{}", story.text);
    }
    let dropped = &story.report.dropped;
    assert!(
        dropped.iter().any(|text| text.zh == "个人信息，从不带来（身份证号、联系电话、家庭住址）"),
        "{dropped:?}"
    );
    // A list of units without this one keeps it out of the front matter.
    let words = vec![("units", vec!["渠首村党总支".to_string()])];
    let story = with(docx().bytes(), &Wishes::default(), words).unwrap();
    has(&story, &["# 文档里的单位：渠首村党支部（名录里没有"]);
    assert!(!story.text.contains("\nunit:"), "{}", story.text);
}

#[test]
fn what_is_no_word_file_or_does_harm_is_refused() {
    let whole = Docx::of(&plain("正文。")).bytes();
    let refused = |bytes: Vec<u8>| story_of(bytes).map(|story| story.text).unwrap_err();
    assert_eq!(refused(Vec::new()), Refusal::Empty);
    assert_eq!(refused(whole[..whole.len() / 2].to_vec()), Refusal::Damaged);
    assert_eq!(refused(Docx::of("").bytes()), Refusal::Blank);
    assert_eq!(refused(b"%PDF-1.7 x".to_vec()), Refusal::Other("PDF"));
    assert_eq!(refused(b"{\\rtf1 x}".to_vec()), Refusal::Other("RTF"));
    assert_eq!(refused(zipped(&[("a.txt".into(), b"x".to_vec())])), Refusal::NoWord);
    let nested = "<w:tbl><w:tr><w:tc>".repeat(10_000) + &"</w:tc></w:tr></w:tbl>".repeat(10_000);
    assert_eq!(refused(Docx::of(&nested).bytes()), Refusal::Deep);
    let bomb = vec![b' '; 120 << 20];
    assert_eq!(refused(Docx::of("").part("styles", "styles.xml", bomb).bytes()), Refusal::Bomb);
    let entities = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><w:styles/>";
    assert_eq!(
        refused(Docx::of("").part("styles", "styles.xml", entities).bytes()),
        Refusal::Doctype
    );
    let ole = |stream: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.extend(vec![0; 600]);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert_eq!(refused(ole("WordDocument")), Refusal::OldWord);
    assert_eq!(refused(ole("EncryptedPackage")), Refusal::Encrypted);
    // A relationship that climbs out of the file leads nowhere.
    let climbing =
        [plain("开头很长的一段话，不会被当成标题。"), p(&picture("r1", "密", ""), "")].concat();
    let story = Docx::of(&climbing).part("image", "../../../etc/passwd", "x").story();
    assert!(story.files.is_empty() && story.report.lost.len() == 1, "{:?}", story.report);
}

#[test]
fn what_is_called_often_is_written_once() {
    let note = "<w:footnote w:id=\"2\"><w:p><w:r><w:t>见渠志。</w:t></w:r></w:p></w:footnote>";
    let comment = "<w:comment w:id=\"0\"><w:p><w:r><w:t>再核一遍</w:t></w:r></w:p></w:comment>";
    let call =
        "<w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:commentReference w:id=\"0\"/></w:r>";
    let text = title("旧渠") + &p(&(r("一处", "") + call + &r("，两处", "") + call), "");
    let story = Docx::of(&text).xml("footnotes", note).xml("comments", comment).story();
    has(&story, &["一处[^1]", "，两处[^1]", "[^1]: 见渠志。"]);
    assert_eq!(story.text.matches("见渠志").count(), 1, "{}", story.text);
    assert_eq!(story.text.matches("再核一遍").count(), 1, "{}", story.text);
    assert!(fuzzed::markdown(body(&story)).matches("见渠志").count() == 1);
    // Nor do a long number and a long address make a long story.
    let long = "长".repeat(50_000);
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1{long}\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    );
    let number = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    let items = p(&r("一项。", ""), number).repeat(20);
    let story = Docx::of(&(title("旧渠") + &items)).xml("numbering", &numbering).story();
    assert!(story.text.len() < 20_000, "{}", story.text.len());
}

#[test]
fn plain_text_is_a_story_line_by_line() {
    let text = "巡堤记\r\n\r\n　　早上六点, 水位回落。\r\n一、人\r\n　　* 三个人 * 两班倒。\r\n渠首村党支部\r\n2026年4月2日\r\n";
    let gbk = {
        // 巡堤记 in GB18030, and a line.
        let mut bytes = b"\xD1\xB2\xB5\xCC\xBC\xC7\r\n".to_vec();
        bytes.extend(b"\xCB\xAE\xCE\xBB\xBB\xD8\xC2\xE4\xA1\xA3\r\n");
        bytes
    };
    let story_of = |bytes: &[u8]| {
        assert!(matches!(kind(bytes, "txt"), Ok(Kind::Text)));
        let document = xianfeng::import::text::read(bytes.to_vec()).unwrap();
        let today = Moment::parse("2026-06-01", default_zone()).unwrap();
        let campaign = Campaign { words: Vec::new(), today };
        of_document(document, "来稿", &campaign, &Wishes::default())
    };
    let story = story_of(text.as_bytes());
    has(&story, &["title: 巡堤记\n", "date: 2026-04-02\n", "source: 渠首村党支部\n"]);
    assert_eq!(
        body(&story),
        "早上六点, 水位回落。\n\n## 一、人\n\n\\* 三个人 \\* 两班倒。\n\n渠首村党支部\n\n2026年4月2日\n"
    );
    assert_eq!(body(&story_of(&gbk)), "水位回落。\n");
    let nothing = xianfeng::import::text::read(b" \r\n".to_vec());
    assert!(matches!(nothing, Err(Refusal::Blank)));
    assert!(matches!(kind("姓名\t单位\n岑舟\t渠首村\n".as_bytes(), "txt"), Ok(Kind::Table)));
}

#[test]
fn what_is_given_instead_of_a_document_is_refused_with_a_way_out() {
    let zip = |name: &str| zipped(&[(name.into(), b"x".to_vec())]);
    let epub = zipped(&[
        ("mimetype".into(), b"application/epub+zip".to_vec()),
        ("META-INF/container.xml".into(), b"<a/>".to_vec()),
    ]);
    let slides = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"ppt/presentation.xml\"/></Relationships>";
    let slides = zipped(&[
        ("_rels/.rels".into(), slides.into()),
        ("ppt/presentation.xml".into(), b"<a/>".to_vec()),
    ]);
    let told: String = [
        ("渠首.pdf", b"%PDF-1.7 x".to_vec()),
        ("渠首.ofd", zip("OFD.xml")),
        ("渠首.pages", zip("Index/Document.iwa")),
        ("渠首.dps", slides),
        ("渠首.epub", epub),
        ("渠首.rtf", b"{\\rtf1 x}".to_vec()),
        ("渠首.html", b"<!DOCTYPE html><p>x</p>".to_vec()),
        ("渠首.jpg", png(2, 2)),
        ("渠首.md", "# 渠首\n".into()),
        ("渠首.rar", b"Rar!\x1a\x07\x00xxxxxxxx".to_vec()),
        ("渠首.bin", vec![1, 2, 3]),
        ("名册.xlsx", b"%PDF-1.7 x".to_vec()),
    ]
    .into_iter()
    .map(|(name, bytes)| {
        let refusal = kind(&bytes, name.rsplit('.').next().unwrap()).unwrap_err();
        let diagnostic = xianfeng::import::messages::refused(name, &refusal);
        let said = |text: &xianfeng::base::lang::Text| format!("  {}\n  {}\n", text.zh, text.en);
        let help = diagnostic.help.as_ref().map(said).unwrap_or_default();
        format!("{name}\n{}{help}", said(&diagnostic.message))
    })
    .collect();
    insta::assert_snapshot!(told);
}

#[test]
#[expect(clippy::print_stdout, reason = "says that it tested nothing")]
fn public_files_are_read_without_a_panic() {
    let Some(folder) = std::env::var_os("XIANFENG_DOCX") else {
        println!("tested nothing: XIANFENG_DOCX names no folder of Word files");
        return;
    };
    let mut folders = vec![std::path::PathBuf::from(folder)];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let _ = story_of(std::fs::read(&path).unwrap());
            count += 1;
        }
    }
    assert!(count > 0);
}

mod any {
    use proptest::prelude::*;

    use super::{W, fuzzed};
    use crate::properties::config;

    /// Parts of a main part that may follow each other and be in each other in any way.
    fn xml() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            "<w:r><w:t>渠首</w:t></w:r>",
            "<w:r><w:rPr><w:b/><w:sz w:val=\"44\"/></w:rPr><w:t>一、*修*_渠_：# |</w:t></w:r>",
            "<w:r><w:t>2026年5月1日</w:t></w:r>",
            "<w:r><w:t>---</w:t><w:br/><w:t>: x</w:t></w:r>",
            "<w:r><w:t>姓名</w:t></w:r>",
            "<w:r><w:t>&quot;引号&quot;\\ #</w:t></w:r>",
            "<w:pPr><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"1\"/></w:pPr>",
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>",
            "<w:r><w:instrText>TOC</w:instrText></w:r>",
            "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
            "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
            "<w:tcPr><w:gridSpan w:val=\"3\"/><w:vMerge/></w:tcPr>",
            "<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>",
            "<w:br w:type=\"page\"/>",
        ]);
        let element = prop::sample::select(vec![
            "w:p",
            "w:p",
            "w:tbl",
            "w:tr",
            "w:tc",
            "w:ins",
            "w:del",
            "w:sdt",
            "w:sdtContent",
            "w:hyperlink",
            "w:r",
            "w:pict",
        ]);
        leaf.prop_map(str::to_string).prop_recursive(5, 60, 6, move |inner| {
            (element.clone(), prop::collection::vec(inner, 0..6))
                .prop_map(|(name, inner)| format!("<{name}>{}</{name}>", inner.concat()))
        })
    }

    proptest! {
        #![proptest_config(config(64))]

        #[test]
        fn documents_become_stories_that_can_be_read(parts in prop::collection::vec(xml(), 1..8)) {
            let main = format!("\u{2}<w:document xmlns:w=\"{W}\"><w:body>{}</w:body></w:document>", parts.concat());
            fuzzed::documents(main.as_bytes());
        }

        #[test]
        fn any_text_is_a_roster_or_none(text in "[,\n甲乙姓名单位 1.\"E+]{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            fuzzed::documents(format!("\u{1}姓名,单位\n{text}").as_bytes());
            fuzzed::documents(&[&[0][..], &bytes].concat());
            fuzzed::documents(&[&[2][..], &bytes].concat());
        }
    }
}
