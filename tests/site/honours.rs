//! The honour roll: from honours.yaml and from stories.

use xianfeng::base::lang::Lang;
use xianfeng::check::more;

use crate::campaign::{Campaign, branch, drawn, member, news};

const LISTS: &str = "//- content/units.yaml
- 临江支部
- {name: 青枫支部, aliases: [青枫]}
//- content/honours.yaml
- name: 优秀共产党员
  by: 沙洲镇党委
  year: 2025
  level: 镇级
  document: 沙发〔2025〕7号
  people:
    - {name: 龚雨, unit: 临江支部}
    - {name: 丁海, unit: 青枫支部}
    - {name: 王一鸣, unit: 青枫}
    - {姓名: 乃 玲, 单位: 临江支部}
    - 力文
- 名称: 先进基层党组织
  授予单位: 望城市委
  日期: 2026-06-28
  级别: 市级
  单位: [青枫支部, 临江支部]
- {name: 老有所为奖, by: 沙洲镇, people: [龚雨]}
";

const ROLL: &str = "{% for y in roll.years %}{{ y.name }}({{ y.count }}):{% for a in y.awards %}{{ a.title }}[{% for u in a.units %}{{ u.name }} {% endfor %}{% for p in a.people %}{{ p.name }}{% if p.url %}*{% endif %}{% if p.unit %}/{{ p.unit }}{% endif %} {% endfor %}]{% endfor %};{% endfor %}";

fn roll(campaign: &Campaign, address: &str) -> String {
    campaign.clone().template("honour_roll.html", ROLL).page(address)
}

fn with_honours(story: String, honours: &str) -> String {
    story.replacen("unit:", &format!("honours: {honours}\nunit:"), 1)
}

#[test]
fn the_list_alone_makes_a_roll_by_year_and_strokes() {
    let campaign = Campaign::new(LISTS);
    assert_eq!(
        roll(&campaign, "/honours/"),
        "2026年(2):先进基层党组织[临江支部 青枫支部 ];\
         2025年(5):优秀共产党员[丁海/青枫支部 力文 乃 玲/临江支部 王一鸣/青枫支部 龚雨/临江支部 ];\
         未注明年份(1):老有所为奖[龚雨 ];"
    );
    let built = campaign.build();
    assert!(
        built.has("/honours/2025/") && built.has("/honours/2026/") && !built.has("/honours/0/")
    );
    let page = built.page("/honours/2025/");
    for part in ["沙洲镇党委", "镇级", "沙发〔2025〕7号", "丁海", "青枫支部"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("先进基层党组织[") && !page.contains("老有所为奖"), "{page}");
    assert!(built.page("/").contains("href=\"/honours/\""));
}

#[test]
fn the_same_honour_in_list_and_story_is_one_row() {
    let campaign = Campaign::new(LISTS)
        // It says less, and writes otherwise what it says.
        .with(
            "content/stories/a.md",
            with_honours(
                member("甲", "龚　雨", "临江支部", "民生"),
                "[{title: 优秀共产党员, year: 2025年}]",
            ),
        )
        // No year: it is the one that she has.
        .with(
            "content/stories/b.md",
            with_honours(member("乙", "乃玲", "临江支部", "民生"), "[优秀共产党员, 巾帼能手]"),
        )
        .with(
            "content/stories/c.md",
            with_honours(
                branch("丙", "青枫", "民生"),
                "[{title: 先进基层党组织, by: 望城市委, year: 2026, level: 市}]",
            ),
        )
        // Another conferred it: another honour.
        .with(
            "content/stories/d.md",
            with_honours(
                branch("丁", "临江支部", "民生"),
                "[{title: 先进基层党组织, by: 某区委, year: 2026}]",
            ),
        );
    assert_eq!(
        roll(&campaign, "/honours/"),
        "2026年(3):先进基层党组织[临江支部 青枫支部 ]先进基层党组织[临江支部 ];\
         2025年(5):优秀共产党员[丁海/青枫支部 力文 乃玲*/临江支部 王一鸣/青枫支部 龚　雨*/临江支部 ];\
         未注明年份(2):老有所为奖[龚　雨* ]巾帼能手[乃玲*/临江支部 ];"
    );
    // The page of a person has all of it.
    let page = campaign.page("/members/gong-yu/");
    assert!(page.contains("沙发〔2025〕7号") && page.contains("老有所为奖"), "{page}");
    let page = campaign.page("/honours/2025/");
    assert!(page.contains("href=\"/members/gong-yu/\""), "{page}");
}

#[test]
fn orders_of_people() {
    let order = |order: &str, people: &str| {
        let campaign = Campaign::new("")
            .settings(order)
            .with("content/people.yaml", people)
            .with(
                "content/honours.yaml",
                "- {name: 奖, year: 2026, people: [欧阳立, 敢峰, 我文, 王鑫, 王小丁, 单一, 九思, 阿依古丽·买买提]}\n",
            );
        let page = campaign.template(
            "honour_roll.html",
            "{% for p in roll.years[0].awards[0].people %}{{ p.name }} {% endfor %}",
        );
        page.page("/honours/")
    };
    let none = "[]\n";
    let strokes = "九思 王鑫 王小丁 我文 阿依古丽·买买提 欧阳立 单一 敢峰 ";
    assert_eq!(order("", none), strokes);
    assert_eq!(order("order: 姓氏笔画", none), strokes);
    assert_eq!(
        order("order: given", none),
        "欧阳立 敢峰 我文 王鑫 王小丁 单一 九思 阿依古丽·买买提 "
    );
    assert_eq!(
        order("order: pinyin", none),
        "阿依古丽·买买提 敢峰 九思 欧阳立 单一 王小丁 王鑫 我文 "
    );
    // What people.yaml says comes first, of people without a story too.
    let numbers = "- {name: 单一, sort_key: 2}\n- {name: 敢峰, sort_key: 1}\n";
    assert!(order("", numbers).starts_with("敢峰 单一 九思 王鑫 "));
    assert!(order("order: given", numbers).starts_with("敢峰 单一 欧阳立 我文 "));
    // Letters are for the order of pinyin.
    let letters = "- {name: 单一, sort_key: dan yi}\n";
    assert_eq!(order("", letters), strokes);
    let read = order("order: pinyin", letters);
    assert!(read.starts_with("阿依古丽·买买提 单一 敢峰 九思 "), "{read}");
}

#[test]
fn without_honours_there_is_no_roll() {
    let built = Campaign::story("", "正文").build();
    assert!(!built.has("/honours/") && !built.page("/").contains("/honours/"));
    // A story of which nobody knows whose the honour is.
    let campaign = Campaign::story("honours: [文明奖]", "正文");
    assert!(!campaign.build().has("/honours/"));
    let campaign = Campaign::story("honours: [文明奖]\nunit: 临江支部", "正文");
    assert_eq!(roll(&campaign, "/honours/"), "未注明年份(1):文明奖[临江支部 ];");
}

#[test]
fn levels_and_years() {
    let list = "- {name: 一, year: 2024, level: 社区, people: [丁海]}
- {name: 二, year: 2024, level: 全国, people: [丁海]}
- {name: 三, year: 2024, level: 区级, people: [丁海]}
- {name: 四, year: 2024, level: 自治区级, people: [丁海]}
- {name: 五, year: 2024, level: 市级, people: [丁海]}
- {name: 六, year: 2026年度, level: 县, people: [丁海]}
- {name: 七, year: 2024, date: 2025-01-09, level: 街道, people: [丁海]}
";
    let page = roll(&Campaign::new("").with("content/honours.yaml", list), "/honours/");
    let titles = "二四五三七一六";
    let order: String = page.chars().filter(|c| titles.contains(*c)).collect();
    assert_eq!(order, "六二四五三七一", "{page}");
}

#[test]
fn search_and_book_have_the_roll() {
    let campaign =
        Campaign::new(LISTS).with("content/stories/a.md", news("甲", "2026-03-18", "", "正文"));
    let prepared = campaign.prepared();
    let names = xianfeng::view::honours::named(&prepared.site);
    let found: Vec<_> = names.iter().map(|named| (named.name, named.address.as_str())).collect();
    assert!(found.contains(&("先进基层党组织", "honours/2026/#xf-2026-1")), "{found:?}");
    assert!(found.contains(&("丁海", "honours/2025/#xf-2025-1-1")), "{found:?}");
    let page = campaign.page("/honours/2025/");
    assert!(page.contains("id=\"xf-2025-1\"") && page.contains("id=\"xf-2025-1-1\""), "{page}");
}

#[test]
fn names_spelt_in_two_ways_are_asked_about() {
    let asked = |list: &str| {
        let campaign = Campaign::new("")
            .with("content/stories/a.md", member("甲", "童书白", "临江社区党委", "民生"))
            .with("content/honours.yaml", list);
        let prepared = campaign.prepared();
        assert!(prepared.diagnostics.is_empty(), "{:?}", prepared.diagnostics);
        let all = more(&prepared.site, &prepared.plan).into_iter();
        let about: Vec<_> = all.filter(|note| note.code.starts_with("honour-")).collect();
        drawn(&about, Lang::Zh)
    };
    let people = |people: &str| asked(&format!("- {{name: 奖, year: 2026, people: {people}}}\n"));
    assert!(people("[{name: 童书百, unit: 临江社区党委}]").contains("“童书百”和“童书白”"));
    assert!(people("[童舒白]").contains("是不是同一个人"));
    assert!(
        people("[{name: 阿曼, unit: 甲}, {name: 阿曼·努尔, unit: 甲}]")
            .contains("“阿曼·努尔”和“阿曼”")
    );
    for fine in [
        "[童书白]",
        "[{name: 童　书白, unit: 临江社区党委}]",
        "[{name: 童书百, unit: 青枫支部}]",
        "[{name: 童书杰, unit: 临江社区党委}, {name: 童舒, unit: 临江社区党委}]",
        "[{name: 阿曼·努尔, unit: 甲}, {name: 阿曼·赛力克, unit: 甲}]",
    ] {
        assert_eq!(people(fine), "", "{fine}");
    }
    let by = |by: &str| asked(&format!("- {{name: 奖, by: {by}, year: 2026, units: [{by}]}}\n"));
    assert!(by("中共临江社区委员会").contains("是不是同一个单位"));
    assert_eq!(by("临江社区党委"), "");
    assert_eq!(by("临江社区党支部"), "");
    let two = "- {name: 奖, by: 中共沙洲区委, year: 2026, people: [丁海]}\n- {name: 奖二, by: 沙洲区委, year: 2026, people: [丁海]}\n";
    assert!(asked(two).contains("“沙洲区委”和“中共沙洲区委”"));
}

#[test]
fn mistakes_in_the_list() {
    for (entry, code, marked) in [
        ("name: 奖, people: [丁海], year: 去年", "year-wrong", "去年"),
        ("name: 奖, people: [丁海], date: 六月", "date-format", "六月"),
        ("name: 奖, units: [临讲支部]", "unit-unknown", "临讲支部"),
        ("name: 奖, people: [{name: 丁海, unit: 临讲支部}]", "unit-unknown", "临讲支部"),
        ("name: 奖, people: [{unit: 临江支部}]", "field-missing", ""),
        ("name: 奖, peple: [丁海]", "key-unknown", "peple"),
        ("year: 2026, people: [丁海]", "field-missing", ""),
        ("name: 奖, year: 2026", "honour-nobody", ""),
    ] {
        let list = format!("- {{{entry}}}\n");
        let campaign = Campaign::new(LISTS).with("content/honours.yaml", list);
        let found = campaign.prepared().diagnostics;
        let it = found.iter().find(|d| d.code == code);
        let it = it.unwrap_or_else(|| panic!("{entry}: {found:?}"));
        assert!(crate::campaign::marked_text(it).contains(marked), "{entry}");
    }
    Campaign::new("").settings("order: 笔顺").errs("word-unknown", "笔顺");
    let hostile =
        "- {name: '<script>x</script>', year: 2026, by: '\"><b>', people: ['<i>丁</i>']}\n";
    let page = Campaign::new("").with("content/honours.yaml", hostile).page("/honours/2026/");
    assert!(
        !page.contains("<script>x") && !page.contains("<i>丁") && !page.contains("<b>"),
        "{page}"
    );
}
