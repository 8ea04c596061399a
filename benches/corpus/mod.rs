//! A generated campaign of invented stories: the same number gives the same files.

/// The files of a campaign with `count` stories over ten years: paths and contents.
pub fn campaign(count: usize) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![(
        "content/site.yaml".to_string(),
        b"title: \xE5\x85\x88\xE9\x94\x8B\nbase_url: https://example.org/\n".to_vec(),
    )];
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for i in 0..count {
        let (year, month, day) = (2016 + i % 10, 1 + i / 10 % 12, 1 + i / 120 % 28);
        let path = format!("content/stories/{year}/story-{i:06}.md");
        files.push((path, story(&mut dice, i, year, month, day).into_bytes()));
    }
    files
}

/// Multiplication and shifts: numbers that look thrown, and are the same every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.throw(words.len())]
    }
}

const FOCAL_POINTS: [&str; 6] =
    ["围绕中心", "找准载体", "实践特色", "发动群众", "统筹协调", "抓好民生"];
const PLACES: [&str; 8] =
    ["机修车间", "水务站", "卫生院", "小学", "林场", "粮库", "公交车队", "社区"];
const WHO: [&str; 6] = ["几位老党员", "值班党员", "青年突击队", "支部书记", "网格员", "技术骨干"];
const DID: [&str; 6] =
    ["反复核对了", "逐户了解了", "现场解决了", "连夜完善了", "带头落实了", "公开承诺了"];
const WHAT: [&str; 6] = [
    "管线改造的方案",
    "困难家庭的台账",
    "夜间巡查的排班表",
    "防汛物资的数量",
    "停车的办法",
    "排水的问题",
];
const HEADINGS: [&str; 5] = ["起因", "做法", "难点", "变化", "下一步打算"];

fn story(dice: &mut Dice, i: usize, year: usize, month: usize, day: usize) -> String {
    let member = dice.throw(10) < 6;
    let unit = format!("{}第{}支部", dice.pick(&PLACES), 1 + i % 50);
    let mut text = format!(
        "---\ntitle: 第{i}篇：{}{}\ndate: {year}-{month:02}-{day:02}\nkind: {}\nunit: {unit}\n",
        dice.pick(&WHO),
        dice.pick(&DID),
        if member { "member" } else { "branch" },
    );
    if member {
        text += &format!("name: {}某某\n", dice.pick(&["赵", "钱", "孙", "李", "周", "吴"]));
    }
    let focal = (dice.pick(&FOCAL_POINTS[..3]), dice.pick(&FOCAL_POINTS[3..]));
    text += &format!("focal_points: [{}, {}]\n", focal.0, focal.1);
    text += &format!("honours: [\"{year}年先进\"]\nkeywords: [一线, 服务]\n---\n\n");
    for heading in HEADINGS {
        text += &format!("## {heading}\n\n");
        for _ in 0..2 {
            for _ in 0..4 {
                text += &format!(
                    "{}{}**{}**，全年有 {} 人次参与。",
                    dice.pick(&WHO),
                    dice.pick(&DID),
                    dice.pick(&WHAT),
                    dice.throw(380)
                );
            }
            text += "\n\n";
        }
    }
    text
}
