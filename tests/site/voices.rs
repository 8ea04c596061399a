//! Results as charts, and what people say: quotes, evaluations, participation.

use xianfeng::base::lang::Lang;

use crate::campaign::{Campaign, branch, drawn};

fn with(front: &str) -> Campaign {
    let text = branch("一条路的灯", "河岸社区党支部", "抓好民生");
    let text = text.replace("---\n正文。", &format!("{front}\n---\n正文。"));
    Campaign::new("").with("content/stories/2026/a.md", text)
}

fn page(front: &str) -> String {
    let built = with(front).build();
    assert_eq!(built.codes(), [""; 0], "{front}");
    built.page("/stories/2026/a/")
}

/// The widths of the bars of a result, if it is drawn.
fn bars(result: &str) -> Option<(u32, u32)> {
    let page = page(&format!("成效: [{{指标: 时间, {result}}}]"));
    let mut widths = page.split("<rect ").skip(1).map(|rect| {
        let width = rect.split("width=\"").nth(1).unwrap();
        width.split('"').next().unwrap().parse().unwrap()
    });
    Some((widths.next()?, widths.next()?))
}

#[test]
fn results_are_drawn_from_zero() {
    for (result, wanted) in [
        ("之前: 12, 之后: 3, 单位: 天", Some((100, 25))),
        ("之前: 12天, 之后: 6天", Some((100, 50))),
        // Of one thing, though written otherwise.
        ("之前: 两天, 之后: 24小时", Some((100, 50))),
        ("之前: 一百二十, 之后: 240, 单位: 户", Some((50, 100))),
        ("之前: \"1,000元\", 之后: 0.5万元", Some((20, 100))),
        ("之前: 40%, 之后: 80%", Some((40, 80))),
        ("之前: 百分之四十, 之后: 80, 单位: \"%\"", Some((40, 80))),
        ("之前: 0, 之后: 5", Some((0, 100))),
        ("之前: 1, 之后: 1000", Some((1, 100))),
        // What is no number, is of two things or is below zero is only said.
        ("之前: 很长, 之后: 3", None),
        ("之前: 3天, 之后: 5元", None),
        ("之前: -3, 之后: 5", None),
        ("之前: 0, 之后: 0", None),
        ("之后: 5", None),
    ] {
        assert_eq!(bars(result), wanted, "{result}");
    }
}

#[test]
fn a_result_says_of_what_time_it_is_and_where_it_is_from() {
    let page =
        page("results: [{indicator: 件, before: 9, after: 1, as_of: 2026年6月, evidence: 台账}]");
    assert!(page.contains("截至 2026年6月") && page.contains("依据：台账"), "{page}");
}

#[test]
fn units_add_up_what_their_stories_tell() {
    let built = with("results: [{indicator: 投诉, before: 9, after: 1, unit: 件}]").build();
    let page = built.page("/units/he-an-she-qu-dang-zhi-bu/");
    assert!(page.contains("投诉") && page.contains("class=\"bars\""), "{page}");
}

#[test]
fn what_people_say_stands_below_the_text() {
    let page = page(
        "群众说: [{原话: “亮堂了<灯>”, 谁: 居民老周}, 敢出门了]\n\
         群众评价: [{评价人: 居民代表, 方式: 问卷, 日期: 2026-03-10, 人数: 一百二十人, 满意人数: 113, 说明: 有人盼再亮些}]\n\
         参与: {人数: 30, 人次: \"1,200\"}",
    );
    for said in [
        "<p>“亮堂了&lt;灯&gt;”</p></blockquote><figcaption>居民老周</figcaption>",
        "<p>“敢出门了”</p></blockquote></figure>",
        "<strong>居民代表</strong> <span>问卷</span>",
        "<span>问了 120 人</span> <span>113 人满意</span> <span>有人盼再亮些</span>",
        "<li>30 人</li><li>1200 人次</li>",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
}

#[test]
fn how_many_are_content_is_never_said_alone() {
    let campaign = with("群众评价: [{评价人: 居民, 满意人数: 98}]");
    assert_eq!(campaign.codes(), ["evaluation-unasked"]);
    assert!(!campaign.page("/stories/2026/a/").contains("人满意"));
    let campaign = with("群众评价: [{评价人: 居民, 人数: 90, 满意人数: 98}]");
    campaign.errs("evaluation-impossible", "98");
    let campaign = with("群众评价: [{评价人: 居民, 人数: 90, 满意人数: 98%}]");
    campaign.errs("count-wrong", "98%");
    assert!(campaign.help_of("count-wrong").contains("turn a percentage into people"));
}

#[test]
fn a_unit_that_a_value_has_already_is_not_said_twice() {
    for (result, cells) in [
        ("之前: 85%, 之后: 92, 单位: \"%\"", ["85<small>%</small>", "92<small>%</small>"]),
        ("之前: 85％, 之后: 92 %, 单位: \"%\"", ["85<small>%</small>", "92<small>%</small>"]),
        ("之前: 3天, 之后: 半天, 单位: 天", ["3<small>天</small>", "半<small>天</small>"]),
        ("之前: 12小时, 之后: 3, 单位: 天", ["12小时</td>", "3天</td>"]),
        (
            "之前: 约100, 之后: 300多, 单位: 户",
            ["约100<small>户</small>", "300多<small>户</small>"],
        ),
        ("之前: 春天, 之后: 夏天, 单位: 天", ["春天<small>天</small>", "夏天<small>天</small>"]),
    ] {
        let page = page(&format!("成效: [{{指标: 时间, {result}}}]"));
        for cell in cells {
            assert!(page.contains(&format!(">{cell}")), "{result}: {cell}\n{page}");
        }
    }
}

#[test]
fn a_number_that_is_not_exact_is_published_as_one() {
    for (number, shown) in [
        ("约100人", "约 100 人"),
        ("近百人", "近百人"),
        ("超过100人", "超过 100 人"),
        ("100多人", "100 多人"),
        ("100余", "100 余人"),
        ("100+", "100+ 人"),
        ("100人左右", "约 100 人"),
        ("100 人", "100 人"),
    ] {
        let page = page(&format!("参与: {{人数: {number}, 人次: 1000}}"));
        assert!(page.contains(&format!("<li>{shown}</li><li>1000 人次</li>")), "{number}\n{page}");
    }
    with("参与: {人数: 12 34}").errs("count-wrong", "12 34");
    with("参与: {人数: 30户}").errs("count-wrong", "30户");
    // Of about so many there may be more.
    let page = page("群众评价: [{评价人: 居民, 人数: 约100, 满意人数: 102}]");
    assert!(page.contains("<span>问了约 100 人</span> <span>102 人满意</span>"), "{page}");
}

#[test]
fn how_many_were_asked_is_not_missed_where_it_is_wrong() {
    with("群众评价: [{评价人: 居民, 人数: 许多, 满意人数: 98}]").errs("count-wrong", "许多");
    let unasked = with("群众评价: {评价人: 居民, 满意人数: 98}");
    assert_eq!(unasked.help_of("evaluation-unasked"), "write how many were asked, as in 人数: 120");
}

#[test]
fn a_story_in_which_nobody_is_asked_is_named_after_a_time() {
    let said = |campaign: Campaign| {
        let prepared = campaign.prepared();
        let more = xianfeng::check::more(&prepared.site, &prepared.plan);
        more.iter().find(|found| found.code == "voices-none").map(|found| drawn([found], Lang::Zh))
    };
    // The story is of 2026-03-18.
    assert_eq!(said(with("").at("2026-05-01")), None);
    assert!(said(with("").at("2026-05-20")).unwrap().contains("《一条路的灯》"));
    assert_eq!(said(with("群众说: [亮堂了]").at("2026-05-20")), None);
}

#[test]
fn the_book_has_them_too() {
    let book = crate::books::page(&with(
        "群众说: [{原话: 亮堂了, 谁: 居民老周}]\n群众评价: [{评价人: 居民代表, 人数: 120, 满意人数: 113}]",
    ));
    assert!(book.contains("“亮堂了”") && book.contains("居民老周"), "{book}");
    assert!(book.contains("居民代表（问了 120 人、113 人满意）"), "{book}");
}

#[test]
fn readers_are_told_how_to_answer() {
    let settings = "反馈: {邮箱: fankui@example.cn, 电话: 0000-0000000, 表单: https://www.example.cn/form, 地址: 服务中心二楼, 时间: 工作日}";
    let site = || with("").settings(settings);
    let built = site().published_at("https://www.example.cn/zhuanlan/").build();
    assert_eq!(built.codes(), [""; 0]);
    let story = built.page("/stories/2026/a/");
    // The title and the address of the story, percent-encoded.
    let mailto = story.split("href=\"mailto:").nth(1).unwrap().split('"').next().unwrap();
    let (to, rest) = mailto.split_once("?subject=").unwrap();
    let (subject, body) = rest.split_once("&amp;body=").unwrap();
    let read = |part: &str| percent_encoding_of(part);
    assert_eq!(to, "fankui@example.cn");
    assert_eq!(read(subject), "关于《一条路的灯》");
    assert_eq!(read(body), "https://www.example.cn/zhuanlan/stories/2026/a/");
    assert!(story.contains("href=\"tel:00000000000\"") && story.contains("class=\"qr\""));
    let page = built.page("/feedback/");
    for said in ["服务中心二楼", "工作日", "href=\"https://www.example.cn/form\"", "class=\"qr\""]
    {
        assert!(page.contains(said), "{said}\n{page}");
    }
    assert!(built.page("/").contains(">听您说说</a>"));
    // Without the site's address nobody knows that of a story.
    let story = site().build().page("/stories/2026/a/");
    assert!(!story.contains("class=\"qr\"") && !story.contains("body="));
    // Without the setting there is no word of it.
    let built = with("").build();
    assert!(!built.has("/feedback/") && !built.page("/").contains("听您说说"));
}

fn percent_encoding_of(part: &str) -> String {
    percent_encoding::percent_decode_str(part).decode_utf8().unwrap().into_owned()
}

#[test]
fn ways_that_lead_nowhere_are_errors() {
    for (key, value, code) in [
        ("email", "fankui", "email-wrong"),
        ("email", "甲@example.cn", "email-wrong"),
        ("email", "a@example.cn?bcc=b@example.cn", "email-wrong"),
        ("form", "www.example.cn/form", "form-wrong"),
        ("form", "javascript:alert(1)", "form-wrong"),
        ("form", "https://https://www.example.cn", "form-wrong"),
    ] {
        with("")
            .settings(&format!("feedback: {{{key}: \"{value}\"}}"))
            .errs(code, &format!("\"{value}\""));
    }
}
