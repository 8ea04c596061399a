//! Text: Markdown as Chinese writers write it.

use crate::campaign::{Campaign, body};
use crate::html;

/// `*` of a case is written as is; what is strong, emphasised and struck, in the output.
fn inline(markdown: &str) -> String {
    let out = body(markdown);
    out.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).unwrap_or(&out).to_string()
}

#[test]
fn emphasis_beside_chinese_punctuation() {
    for (markdown, out) in [
        ("**“两张皮”**现象", "<strong>“两张皮”</strong>现象"),
        ("解决**“两张皮”**现象", "解决<strong>“两张皮”</strong>现象"),
        ("**重点。**后文", "<strong>重点。</strong>后文"),
        ("前文**（一）重点**后文", "前文<strong>（一）重点</strong>后文"),
        ("前文**《条例》**后文", "前文<strong>《条例》</strong>后文"),
        ("*“斜体”*后", "<em>“斜体”</em>后"),
        ("前*斜体。*后", "前<em>斜体。</em>后"),
        ("前***都要。***后", "前<em><strong>都要。</strong></em>后"),
        ("~~删去。~~后文", "<del>删去。</del>后文"),
        ("前~~“删去”~~后文", "前<del>“删去”</del>后文"),
        ("**甲。***乙。*丙", "<strong>甲。</strong><em>乙。</em>丙"),
        ("一**二、**三**四！**五", "一<strong>二、</strong>三<strong>四！</strong>五"),
        ("**`代码`**后", "<strong><code>代码</code></strong>后"),
        (
            "**[字](https://a.cn)**后",
            "<strong><a href=\"https://a.cn\" rel=\"external noopener\">字</a></strong>后",
        ),
        (
            "实现**“零投诉”**，**100%**达标",
            "实现<strong>“零投诉”</strong>，<strong>100%</strong>达标",
        ),
        ("**重点：**Word文档", "<strong>重点：</strong>Word文档"),
        ("**한국어(조선말)**입니다", "<strong>한국어(조선말)</strong>입니다"),
        (
            "これは**私のやりたかったこと。**だからする",
            "これは<strong>私のやりたかったこと。</strong>だからする",
        ),
        ("**“甲”**", "<strong>“甲”</strong>"),
        ("（**甲**）乙", "（<strong>甲</strong>）乙"),
        ("甲 **乙。** 丙", "甲 <strong>乙。</strong> 丙"),
        ("𠮷**“野家”**𠮷", "𠮷<strong>“野家”</strong>𠮷"),
    ] {
        assert_eq!(inline(markdown), out, "{markdown}");
    }
}

#[test]
fn what_is_no_emphasis_stays_as_it_is() {
    for text in [
        "3 * 4 = 12，5 * 6",
        "2*3",
        "a * b * c",
        "** 甲 **",
        "甲 * 乙 * 丙",
        "* ",
        "snake_case_name",
        "文_件_名",
        "~单~个",
        "**没有结束",
        "没有开始**",
        "★**",
        "~~ 甲 ~~",
    ] {
        let out = body(&format!("文{text}"));
        assert!(
            !["<em>", "<strong>", "<del>"].iter().any(|tag| out.contains(tag)),
            "{text}: {out}"
        );
        assert!(html::read(&out).unwrap().text.trim().contains(text.trim()), "{text}: {out}");
    }
}

#[test]
fn signs_are_no_emphasis() {
    for text in [
        "实行7*24小时值班，窗口5*8小时服务；展板3*4米、横幅5*6米。",
        "咨询电话138****1234、139****5678。",
        "身份证110101********1234，另一个110101********5678。",
        "尾号****1234、尾号****5678",
        "卡号6222************1234和6222************5678",
        "138***1234、139***5678",
        "每组5*人，每班6*人",
        "面积2*3*4米",
        "体积按长*宽*高算",
        "A*B*C*D型",
        "张*三、李*四和王*",
        "李**、王**，赵**。",
        "村民张**反映路灯不亮，李**表示下周来修。",
        "每瓶200ml*12瓶*3箱，每箱*12瓶*3层",
        "*.jpg和*.png文件",
        "王*同志和李*同志",
        "评委：张*明、陈**、刘*。",
        "注：*为必填项，*号不能漏。",
        "表中带*的为集体，带*的另行通知。",
        "路径有两处（~/甲、~/乙）。",
        "3~5人，8~10元，约20~30人",
        "5~8月，~~",
        "`7*24`和`5*8`",
        "甲*****乙",
    ] {
        let text_of = |markdown: &str| html::read(&body(markdown)).unwrap().text;
        let out = body(text);
        assert!(!["<em>", "<strong>", "<del>"].iter().any(|t| out.contains(t)), "{text}: {out}");
        assert_eq!(text_of(text).trim(), text.replace('`', ""), "{out}");
    }
}

#[test]
fn what_looks_like_a_sign_may_be_emphasis() {
    for (markdown, out) in [
        ("**2026年**计划", "<strong>2026年</strong>计划"),
        ("完成**100**件", "完成<strong>100</strong>件"),
        ("第*2*条", "第<em>2</em>条"),
        ("这是*重点*内容", "这是<em>重点</em>内容"),
        ("我*很*好", "我<em>很</em>好"),
        ("看*同志*们", "看<em>同志</em>们"),
        ("*一句话，两半。*后", "<em>一句话，两半。</em>后"),
        ("***2026年***计划", "<em><strong>2026年</strong></em>计划"),
        (
            "**第一****第二**，**争做****先锋**。",
            "<strong>第一第二</strong>，<strong>争做先锋</strong>。",
        ),
        ("**甲****乙****丙**", "<strong>甲乙丙</strong>"),
        ("**甲。****乙。**丙", "<strong>甲。乙。</strong>丙"),
        ("**　　二、主要做法**", "<strong>二、主要做法</strong>"),
        ("一、**　重点**后", "一、<strong>　重点</strong>后"),
        ("~~删去~~后", "<del>删去</del>后"),
        ("**7*24小时**值班", "<strong>7*24小时</strong>值班"),
        ("**张*三**同志", "<strong>张*三</strong>同志"),
        ("*注：*本表截至三月", "<em>注：</em>本表截至三月"),
        ("提高**本领，改进**作风", "提高<strong>本领，改进</strong>作风"),
    ] {
        assert_eq!(inline(markdown), out, "{markdown}");
    }
}

#[test]
fn escaped_asterisks_and_code_stay() {
    for (markdown, out) in [
        ("\\*\\*“甲”\\*\\*乙", "**“甲”**乙"),
        ("\\**甲。*乙", "*<em>甲。</em>乙"),
        ("`**“甲”**乙`", "<code>**“甲”**乙</code>"),
        ("`~~“甲”~~乙`", "<code>~~“甲”~~乙</code>"),
        ("**“甲\\*”**乙", "<strong>“甲*”</strong>乙"),
        ("\\~~“甲”~~乙", "~~“甲”~~乙"),
    ] {
        assert_eq!(inline(markdown), out, "{markdown}");
    }
    let fenced = body("```\n**“甲”**乙 ~~“丙”~~丁\n```");
    assert_eq!(fenced, "<pre><code>**“甲”**乙 ~~“丙”~~丁\n</code></pre>");
    assert_eq!(body("    x = **“甲”**y;"), "<pre><code>x = **“甲”**y;\n</code></pre>");
}

#[test]
fn underscores_follow_commonmark_within_words() {
    assert_eq!(inline("甲 _乙_ 丙"), "甲 <em>乙</em> 丙");
    assert_eq!(inline("__“甲”__ 乙"), "<strong>“甲”</strong> 乙");
    assert_eq!(inline("甲_乙_丙"), "甲_乙_丙");
}

#[test]
fn asterisks_in_link_addresses_survive() {
    let out = inline("[字](https://a.cn/**“甲”**乙)");
    assert!(
        out.contains("https://a.cn/**“甲”**乙") || out.contains("https://a.cn/**%E2%80%9C"),
        "{out}"
    );
}

#[test]
fn a_line_break_between_chinese_leaves_no_space() {
    for (markdown, out) in [
        ("第一行\n第二行", "第一行第二行"),
        ("第一行，\n第二行", "第一行，第二行"),
        ("他说：\n“好”", "他说：“好”"),
        ("中文\nEnglish", "中文\nEnglish"),
        ("English\n中文", "English\n中文"),
        ("one\ntwo", "one\ntwo"),
        ("共\n3 人", "共\n3 人"),
        ("한국\n사람", "한국\n사람"),
        ("**粗**\n细", "<strong>粗</strong>细"),
        ("粗\n**细**", "粗<strong>细</strong>"),
        ("甲\n`code`", "甲\n<code>code</code>"),
        ("甲  \n乙", "甲<br/>\n乙"),
    ] {
        assert_eq!(inline(markdown), out, "{markdown:?}");
    }
    let read = html::read(&inline("abc\n[def](https://a.cn) ghi")).unwrap();
    assert_eq!(read.text, "abc\ndef ghi");
    let read = html::read(&inline("abc\n**def** ghi")).unwrap();
    assert_eq!(read.text, "abc\ndef ghi");
}

#[test]
fn headings_stand_below_the_title() {
    assert_eq!(
        body("# 一\n\n## 二\n\n###### 六"),
        "<h2 id=\"一\">一</h2>\n<h3 id=\"二\">二</h3>\n<h6 id=\"六\">六</h6>"
    );
    assert_eq!(
        body("## 一\n\n### 二\n\n```\n# 三\n```"),
        "<h2 id=\"一\">一</h2>\n<h3 id=\"二\">二</h3>\n<pre><code># 三\n</code></pre>"
    );
}

#[test]
fn heading_ids_are_their_words_unique_and_never_ours() {
    for (markdown, ids) in [
        ("## 做法", vec!["做法"]),
        ("## 做法：一、二", vec!["做法一二"]),
        ("## Hello, World!", vec!["hello-world"]),
        ("## 同\n\n## 同\n\n## 同", vec!["同", "同-2", "同-3"]),
        ("## 同\n\n## 同\n\n## 同 2\n\n## 同", vec!["同", "同-2", "同-2-2", "同-3"]),
        ("## xf-note-1", vec!["h-xf-note-1"]),
        ("## XF main", vec!["h-xf-main"]),
        ("## ——", vec!["section"]),
        ("## **粗**`码`[链](https://a.cn)", vec!["粗码链"]),
        ("## \\<b>", vec!["b"]),
        ("## ！\n\n## ？", vec!["section", "section-2"]),
    ] {
        let page = html::read(&body(markdown)).unwrap();
        let found: Vec<_> = page.tags.iter().filter_map(|tag| tag.get("id")).collect();
        assert_eq!(found, ids, "{markdown}");
    }
}

#[test]
fn ids_do_not_change_when_text_is_added_below() {
    let ids = |markdown: &str| html::read(&body(markdown)).unwrap().ids;
    let before = ids("## 甲\n\n## 乙\n");
    assert!(before.is_subset(&ids("前言\n\n## 甲\n\n更多\n\n## 乙\n\n## 甲\n")));
}

#[test]
fn footnotes_lead_there_and_back() {
    let out = body("甲[^1]乙[^注]丙[^1]\n\n[^1]: 第一条\n[^注]: 第二条\n");
    let page = html::read(&out).unwrap();
    for address in page.addresses() {
        let id = address.strip_prefix('#').expect("within the page");
        assert!(page.ids.contains(id), "{address} in {out}");
    }
    assert_eq!(page.addresses().count(), 6, "three references, three ways back");
    assert!(out.find("第一条").unwrap() < out.find("第二条").unwrap());
    assert!(page.ids.iter().all(|id| id.starts_with("xf-")), "{:?}", page.ids);
}

#[test]
fn odd_footnotes_still_make_a_sound_page() {
    for markdown in [
        "甲[^1]\n\n[^1]: 一\n[^1]: 又一\n",
        "[^1]: 没有人用\n",
        "甲[^没有]\n",
        "甲[^a]\n\n[^a]: 乙[^b]\n\n[^b]: 丙[^a]\n",
        "![图[^1]](https://a.cn/b.png)\n\n[^1]: 一\n",
        "## 题[^1]\n\n[^1]: - 甲\n    - 乙\n",
        "甲[^1]\n\n[^1]:\n",
        "[甲[^1]](https://a.cn)\n\n[^1]: 一\n",
        "> 甲[^1]\n>\n> [^1]: 一\n",
        "| 甲[^1] |\n|---|\n| 乙 |\n\n[^1]: 一\n",
    ] {
        let out = body(markdown);
        let page = html::read(&out).unwrap_or_else(|error| panic!("{markdown:?}: {error}\n{out}"));
        for address in page.addresses().filter(|address| address.starts_with('#')) {
            assert!(page.ids.contains(&address[1..]), "{markdown:?}: {address}\n{out}");
        }
    }
}

#[test]
fn tables_lists_and_definitions() {
    let out = body(
        "| 项目 | 数 |\n|:--:|---:|\n| 甲\\|乙 | 3 |\n\n- [ ] 未\n- [x] 完\n\n术语\n: 解释\n\n3. 三\n4. 四\n\n> 引\n\n---\n",
    );
    insta::assert_snapshot!(out, @r#"
    <div class="table"><table>
    <thead><tr><th class="center">项目</th><th class="right">数</th></tr></thead>
    <tbody>
    <tr><td class="center">甲|乙</td><td class="right">3</td></tr>
    </tbody></table></div>
    <ul>
    <li><input type="checkbox" disabled="" aria-label="未完成"/> 未</li>
    <li><input type="checkbox" disabled="" checked="" aria-label="已完成"/> 完</li>
    </ul>
    <dl>
    <dt>术语</dt>
    <dd>解释</dd>
    </dl>
    <ol start="3">
    <li>三</li>
    <li>四</li>
    </ol>
    <blockquote>
    <p>引</p>
    </blockquote>
    <hr/>
    "#);
}

#[test]
fn a_picture_alone_is_a_figure_with_its_caption() {
    let story = |markdown: &str| {
        Campaign::story("", markdown)
            .with("content/stories/a.png", "x")
            .template("story.html", "{{ story.body }}")
            .page("/stories/2026/x/")
    };
    insta::assert_snapshot!(story("![说明 & 字](a.png)\n\n前![甲](a.png)后\n\n![甲](a.png \"题\")"), @r#"
    <figure><img src="/stories/2026/x/a.png" alt="说明 &amp; 字"/><figcaption>说明 &amp; 字</figcaption></figure>
    <p>前<img src="/stories/2026/x/a.png" alt="甲" loading="lazy" decoding="async"/>后</p>
    <figure><img src="/stories/2026/x/a.png" alt="甲" loading="lazy" decoding="async"/><figcaption>题</figcaption></figure>
    "#);
}

#[test]
fn comments_are_dropped_without_a_word() {
    let campaign = Campaign::story("", "前<!-- 记 -->后\n\n<!-- 记\n\n二 -->\n\n文")
        .template("story.html", "{{ story.body }}");
    assert!(campaign.codes().is_empty(), "{:?}", campaign.codes());
    let out = campaign.page("/stories/2026/x/");
    assert!(!out.contains('记') && html::read(&out).unwrap().text.contains("前后"), "{out}");
}

#[test]
fn an_unclosed_comment_does_not_swallow_the_page() {
    let out = body("<!-- 没有结束\n\n正文\n");
    html::read(&out).unwrap();
    assert!(out.contains("没有结束"), "{out}");
}

#[test]
fn an_outline_for_long_stories_only() {
    let outline = |markdown: &str| {
        Campaign::story("", markdown)
            .template(
                "story.html",
                "{% for h in story.outline %}{{ h.level }}{{ h.text }}{{ h.url }};{% endfor %}",
            )
            .page("/stories/2026/x/")
    };
    assert_eq!(outline("## 一\n\n## 二"), "");
    assert_eq!(outline("## a\n\n### **b**\n\n## c"), "2a#a;3b#b;2c#c;");
}

#[test]
fn long_runs_of_marks_take_no_long_time() {
    for pattern in [
        "*", "**", "[", "![", "(", "`", "~~", "<", "> ", "- ", "_", "&", "|", "**“", "[^a", "\\",
        "<!--", "](",
    ] {
        let started = std::time::Instant::now();
        let out = body(&pattern.repeat(5000));
        html::read(&out).unwrap();
        assert!(started.elapsed().as_secs() < 60, "{pattern} took {:?}", started.elapsed());
    }
}

#[test]
fn blanks_of_a_form_and_ranges_are_signs() {
    for text in [
        "2026年__月__日",
        "第__次会议，第__期简报",
        "姓名：__，电话：__。",
        "姓名：____，电话：____。",
        "（__）月（__）日",
        "甲方：__乙方：__",
        "上午9:00~~11:00，下午2:00~~5:00",
        "预计5~~10人，第二批8~~12人",
    ] {
        assert_eq!(inline(text), text);
    }
    for (text, out) in [
        ("这是__重要__的", "这是<strong>重要</strong>的"),
        ("__甲__、__乙__", "<strong>甲</strong>、<strong>乙</strong>"),
        ("__注意：__请看", "<strong>注意：</strong>请看"),
        ("第__一__条", "第<strong>一</strong>条"),
        ("原价~~100~~80元", "原价<del>100</del>80元"),
        ("`2026年__月__日`", "<code>2026年__月__日</code>"),
    ] {
        assert_eq!(inline(text), out, "{text}");
    }
}

#[test]
fn bare_addresses_are_links_and_end_before_chinese() {
    let link =
        |url: &str, shown: &str| format!("<a href=\"{url}\" rel=\"external noopener\">{shown}</a>");
    for (markdown, url, shown, around) in [
        ("见https://example.cn/a_b_c。后面", "https://example.cn/a_b_c", "", ("见", "。后面")),
        ("见www.example.cn。", "http://www.example.cn", "www.example.cn", ("见", "。")),
        ("（http://a.cn/?x=1&y=2）", "http://a.cn/?x=1&amp;y=2", "", ("（", "）")),
        ("**https://a.cn/**", "https://a.cn/", "", ("<strong>", "</strong>")),
        ("7*24小时，https://a.cn/7*8", "https://a.cn/7*8", "", ("7*24小时，", "")),
        ("见https：//a.cn/b。", "https://a.cn/b", "https：//a.cn/b", ("见", "。")),
        ("WWW.A.CN", "http://WWW.A.CN", "WWW.A.CN", ("", "")),
        ("投稿tou_gao@a.cn。", "mailto:tou_gao@a.cn", "tou_gao@a.cn", ("投稿", "。")),
        ("**tougao＠a.cn**", "mailto:tougao@a.cn", "tougao＠a.cn", ("<strong>", "</strong>")),
    ] {
        let shown = if shown.is_empty() { url } else { shown };
        assert_eq!(inline(markdown), format!("{}{}{}", around.0, link(url, shown), around.1));
    }
    for (markdown, out) in [
        ("`https://a.cn`", "<code>https://a.cn</code>".to_string()),
        ("[字 https://b.cn](https://a.cn)", link("https://a.cn", "字 https://b.cn")),
        ("<https://a.cn>", link("https://a.cn", "https://a.cn")),
        ("http 和 www. 都不是", "http 和 www. 都不是".to_string()),
        ("zh***ng@a.cn、甲@乙、@某某", "zh***ng@a.cn、甲@乙、@某某".to_string()),
        ("`a@b.cn`", "<code>a@b.cn</code>".to_string()),
    ] {
        assert_eq!(inline(markdown), out, "{markdown}");
    }
}
