//! A campaign of extremes: what no page may break on.

/// A cover that needs no photograph.
const COVER: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='1600' height='900'><rect width='1600' height='900' fill='#456'/></svg>";

/// The files of the campaign: path and text.
pub fn extremes() -> Vec<(String, String)> {
    let long = "长".repeat(100);
    let mut files = Vec::new();
    let mut file = |path: &str, text: String| files.push((path.to_string(), text));
    file(
        "content/site.yaml",
        "title: 一个名字长到一行怎么也放不下的县级融媒体中心创先争优活动专题网站\nsubtitle: 副题\n\
         description: 简介。\norganisation: 办公室\nbase_url: https://www.example.cn/zhuanlan/\n\
         notice: 通知一则\nfeedback: {email: a@example.cn, phone: 0000-0000000}\ncoverage: true\n"
            .into(),
    );
    file(
        "content/focal-points.yaml",
        (1..=60).map(|n| format!("- {{name: 第{n}个着力点, short_name: 点{n}}}\n")).collect(),
    );
    file(
        "content/units.yaml",
        "- {name: 总部, level: 县, sector: 机关}\n\
         - {name: 阿克陶县奥依塔克镇皮拉勒村村民委员会第三村民小组联合支部, parent: 总部}\n\
         - {name: VeryLongUnitNameWithoutAnySpaceInItWhatsoeverInAnyPlace, parent: 总部}\n"
            .into(),
    );
    file("content/people.yaml", "- {name: 𠮷田䶮, slug: ji-tian-yan, unit: 总部}\n".into());
    let front = |title: &str, day: u32, more: &str| {
        format!("---\ntitle: {title}\ndate: 2026-03-{day:02}\n{more}\n---\n")
    };
    let member = |name: &str| {
        format!(
            "kind: member\nname: {name}\nunit: 总部\nfocal_points: [点1, 点2, 点60]\npost: 干事"
        )
    };
    let names =
        ["㛃㛃", "𠮷田䶮", "欧阳䶮", "阿依古丽·买买提艾力", "次仁·拉姆·卓玛", "Tenzin Dorje"];
    for (day, name) in (1..).zip(names) {
        let title = format!("{name}的一天");
        file(&format!("content/stories/m{day}.md"), front(&title, day, &member(name)) + "正文。\n");
    }
    let honours: String = (1..=40)
        .map(|n| format!("  - {{title: 第{n}项荣誉称号, by: 总部, year: {}}}\n", 1980 + n))
        .collect();
    file(
        "content/stories/honours.md",
        front("四十项荣誉", 10, &format!("{}\nhonours:\n{honours}", member("𠮷田䶮"))) + "字\n",
    );
    file(
        "content/stories/long/index.md",
        front(
            &long,
            11,
            "kind: branch\nunit: 阿克陶县奥依塔克镇皮拉勒村村民委员会第三村民小组联合支部\nfocal_points: [点3]\n\
             pinned: true\ncover: c.svg\ncover_alt: 图\nresults: [{indicator: 一个说起来很长很长很长很长的指标, before: 一百二十, after: 三千四百五十六万七千八百九十, unit: 立方米}]",
        ) + "正文。\n",
    );
    file("content/stories/long/c.svg", COVER.into());
    let heads: String = (1..=200).map(|n| format!("## 第{n}节\n\n一句话。\n\n")).collect();
    file(
        "content/stories/heads.md",
        front(
            "二百个小标题",
            12,
            "kind: news\nunit: VeryLongUnitNameWithoutAnySpaceInItWhatsoeverInAnyPlace",
        ) + &heads,
    );
    let row = |n: usize| format!("|{}\n", format!(" 第{n}行 |").repeat(20));
    let rows: String = (1..=300).map(row).collect();
    let table = format!("{}|{}\n{rows}", row(0), "---|".repeat(20));
    file("content/stories/table.md", front("大表", 13, "kind: news") + &table);
    file(
        "content/stories/words.md",
        front(&"Donaudampfschifffahrtsgesellschaft".repeat(2), 14, "kind: news")
            + &"Unbreakable".repeat(40)
            + "\n\nhttps://www.example.cn/"
            + &"a".repeat(300)
            + "\n",
    );
    for n in 1..=28 {
        let more = format!("kind: news\nunit: 总部\nfocal_points: [点{n}]\nupdated: 2026-04-01");
        file(
            &format!("content/stories/n{n}.md"),
            front(&format!("动态{n}"), n, &more) + "正文。\n",
        );
    }
    files
}
