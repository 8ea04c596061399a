//! Pages of people, branches, units, carriers and regions gather all that was written.

use crate::campaign::{Built, Campaign, branch, member, news, titles_only};

fn campaign() -> Built {
    titles_only(Campaign::new("//- content/units.yaml\n- 镇党委\n- name: 第一支部\n  parent: 镇党委\n  aliases: [一支部]\n- 第二支部\n"))
        .with("content/stories/a.md", member("人物一", "林小满", "第一支部", "民生"))
        .with("content/stories/b.md", member("人物二", "林小满", "一支部", "实践").replace("03-18", "03-19"))
        .with("content/stories/c.md", member("同名", "林小满", "第二支部", "民生"))
        .with("content/stories/d.md", branch("支部", "第一支部", "群众").replace("03-18", "03-20"))
        .with("content/stories/e.md", news("动态", "2026-03-21", "unit: 第一支部\nname: 林小满", "正文"))
        .with("content/stories/f.md", news("无单位", "2026-03-22", "name: 林小满", "正文"))
        .with("content/stories/g.md", news("别人", "2026-03-23", "name: 张三", "正文"))
        .build()
}

#[test]
fn a_members_page_gathers_everything_about_that_person() {
    let built = campaign();
    let ours = built.titles("/members/lin-xiao-man/");
    let namesake = built.titles("/members/lin-xiao-man-2/");
    let mut both = [ours.clone(), namesake.clone()];
    both.sort_by_key(Vec::len);
    assert_eq!(
        both,
        [vec!["同名".to_string()], vec!["动态".into(), "人物二".into(), "人物一".into()]]
    );
}

#[test]
fn a_unit_gathers_every_story_that_names_it() {
    let built = campaign();
    assert_eq!(built.titles("/units/di-yi-zhi-bu/"), ["动态", "支部", "人物二", "人物一"]);
    assert_eq!(built.titles("/units/di-er-zhi-bu/"), ["同名"]);
    assert_eq!(built.titles("/units/zhen-dang-wei/"), Vec::<String>::new());
}

#[test]
fn a_branch_has_a_page_where_it_has_a_story_of_its_own() {
    let built = campaign();
    assert_eq!(built.titles("/branches/di-yi-zhi-bu/"), ["动态", "支部"]);
    assert!(!built.has("/branches/di-er-zhi-bu/"));
}

#[test]
fn news_alone_makes_nobody_an_exemplary_member() {
    let built = campaign();
    assert!(!built.addresses().iter().any(|address| address.contains("zhang-san")));
}

#[test]
fn profiles_gather_honours_and_results_once() {
    let story = |date: &str, honour: &str| {
        member("甲", "林", "乙", "民生").replace("2026-03-18", date).replace("---\n正文", &format!("honours: [{{title: {honour}, year: 2025}}]\nresults: [{{indicator: 数, after: 3}}]\n---\n正文"))
    };
    let page = Campaign::new("")
        .with("content/stories/a.md", story("2026-01-01", "先进"))
        .with("content/stories/b.md", story("2026-02-01", "优秀"))
        .with("content/stories/c.md", story("2026-03-01", "先进"))
        .template("member.html", "{% for h in member.honours %}{{ h.title }},{% endfor %}")
        .page("/members/lin/");
    let mut honours: Vec<_> = page.trim_end_matches(',').split(',').collect();
    honours.sort_unstable();
    assert_eq!(honours, ["优秀", "先进"]);
}

#[test]
fn a_story_leads_to_its_person_unit_carrier_and_region() {
    let page = Campaign::new("")
        .with("content/stories/a.md", member("甲", "林", "乙支部", "民生").replace("---\n正文", "region: 北街\ncarriers: [夜门诊]\n---\n正文"))
        .template("story.html", "{{ story.person.url }} {{ story.unit.url }} {{ story.region.url }}{% for c in story.carriers %} {{ c.url }}{% endfor %}")
        .page("/stories/2026/a/");
    assert_eq!(page, "/members/lin/ /units/yi-zhi-bu/ /regions/bei-jie/ /carriers/ye-men-zhen/");
}
