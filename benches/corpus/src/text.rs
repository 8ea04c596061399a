//! Words, and bodies that are put together from them.

use std::fmt::Write as _;

use crate::dice::Dice;

pub const FOCAL_POINTS: [&str; 6] = [
    "紧紧围绕中心",
    "切实找准载体",
    "突出实践特色",
    "注重发动群众",
    "搞好统筹协调",
    "坚持抓好民生",
];
pub const PLACES: [&str; 12] = [
    "机修车间",
    "水务站",
    "卫生院",
    "林场",
    "粮库",
    "公交车队",
    "渔港",
    "印刷厂",
    "农技站",
    "养老院",
    "气象台",
    "菜市场",
];
pub const REGIONS: [&str; 8] = ["东堤", "西渠", "南坡", "北桥", "老城", "新港", "云岭", "柳湾"];
pub const SURNAMES: [&str; 16] = [
    "安", "白", "程", "丁", "方", "高", "胡", "江", "康", "林", "马", "宁", "潘", "任", "宋", "田",
];
pub const TITLES: [&str; 8] = [
    "的一本值班日志",
    "把意见箱搬到门口",
    "修好了三年没亮的灯",
    "和邻居们算的一笔账",
    "在大雨里守了四十小时",
    "教会了第一批徒弟",
    "让排队的时间少了一半",
    "开了一次露天会",
];
pub const HONOURS: [&str; 5] =
    ["先进基层党组织", "优秀共产党员", "党员示范岗", "服务标兵", "技术能手"];
pub const CARRIERS: [&str; 8] = [
    "党员责任区",
    "先锋岗",
    "夜间服务台",
    "周三议事会",
    "结对帮扶",
    "流动讲堂",
    "义务维修日",
    "河堤巡查队",
];
pub const KEYWORDS: [&str; 8] = ["一线", "服务", "安全", "质量", "学习", "传承", "协作", "绿色"];

const WHEN: [&str; 10] = [
    "入冬以后",
    "汛期里",
    "早班开始前",
    "那个星期天",
    "春耕最忙的几天",
    "夜里十一点",
    "第二次走访时",
    "设备停下来的那天",
    "年底盘点时",
    "接到电话后不久",
];
const WHO: [&str; 10] = [
    "几位老党员",
    "值班党员",
    "青年突击队",
    "支部书记",
    "网格员",
    "技术骨干",
    "党小组长",
    "刚来的大学生",
    "退了休的师傅",
    "志愿服务队",
];
const DID: [&str; 10] = [
    "反复核对了",
    "逐户问清了",
    "当场解决了",
    "连夜补上了",
    "带头试用了",
    "公开承诺了",
    "分三批换好了",
    "重新画出了",
    "耐心讲明白了",
    "一项一项记下了",
];
const WHAT: [&str; 12] = [
    "管线改造的图纸",
    "困难家庭的台账",
    "夜间巡查的排班表",
    "防汛沙袋的数量",
    "停车的办法",
    "排水沟的走向",
    "窗口等候的时间",
    "护栏松动的位置",
    "药品的有效期",
    "仓库的温度记录",
    "新手最容易出错的六个步骤",
    "孩子们上学的路线",
];
const SO: [&str; 10] = [
    "大家心里有了底",
    "办事的人少跑了两趟",
    "这一年没有再出事故",
    "邻居之间话也多了",
    "后来别的班组也照着做",
    "省下的钱添了两盏灯",
    "投诉从每月九件降到一件",
    "老人们第一次按时拿到了药",
    "工期提前了十二天",
    "原来没人管的角落有了名字",
];
const SAID: [&str; 6] = [
    "路是一步一步走出来的，账也要一笔一笔算清楚",
    "今天能办完的事，不让人明天再来",
    "先听完，再开口",
    "修得好不好，用的人说了算",
    "怕麻烦的人，麻烦最多",
    "站在前面不难，难的是每天都在",
];
const HEADINGS: [&str; 8] =
    ["起因", "第一张清单", "难点在哪里", "怎样做的", "变化", "算一笔账", "还没做到的", "下一步"];
const STEPS: [&str; 6] = [
    "每周一上午到现场碰一次头",
    "清单贴在门口，谁负责写清楚",
    "新老搭档，一带一教",
    "做完的划掉，没做完的说明原因",
    "每条意见七天之内有回音",
    "年底请用的人来打分",
];

/// How many pictures the bodies show.
pub const PICTURES: usize = 8;

/// One of the pictures, as SVG.
pub fn picture(number: usize) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 160 90\">\
         <rect width=\"160\" height=\"90\" fill=\"#b{number:x}3a2e\"/>\
         <circle cx=\"{}\" cy=\"45\" r=\"30\" fill=\"#fff\"/></svg>\n",
        20 + 7 * number
    )
}

fn sentence(dice: &mut Dice) -> String {
    match dice.throw(8) {
        0 => format!("{}常说：“{}。”", dice.pick(&WHO), dice.pick(&SAID)),
        1 => format!("全年一共有 **{}** 人次参加，{}。", 3 + dice.throw(380), dice.pick(&SO)),
        _ => format!(
            "{}，{}{}{}，{}。",
            dice.pick(&WHEN),
            dice.pick(&WHO),
            dice.pick(&DID),
            dice.pick(&WHAT),
            dice.pick(&SO)
        ),
    }
}

/// A paragraph of so many sentences.
pub fn paragraph(dice: &mut Dice, sentences: usize) -> String {
    (0..sentences).map(|_| sentence(dice)).collect()
}

/// The body of a story: about 1 400 characters with what stories usually have. `unit` is where
/// it happened, `other` the address of another story that it links to.
pub fn body(dice: &mut Dice, unit: &str, other: &str) -> String {
    let mut out = paragraph(dice, 4) + "\n\n";
    let note = dice.throw(3) == 0;
    for heading in dice.some(&HEADINGS, 4, 4) {
        let _ = writeln!(out, "## {heading}\n");
        for _ in 0..2 {
            let sentences = 3 + dice.throw(3);
            let _ = writeln!(out, "{}\n", paragraph(dice, sentences));
        }
        out += &extra(dice, unit, other);
    }
    let _ = write!(out, "{}。", dice.pick(&SAID));
    if note {
        let _ = write!(out, "[^1]\n\n[^1]: 数字由{unit}提供，按全年计算");
    }
    out + "\n"
}

/// What stands below some paragraphs: nothing, a list, a quotation, a table, a picture, a link.
fn extra(dice: &mut Dice, unit: &str, other: &str) -> String {
    match dice.throw(7) {
        0 | 1 => {
            let steps = dice.some(&STEPS, 3, 5);
            let mark = dice.pick(&["-", "1."]);
            steps.iter().map(|step| format!("{mark} {step}；\n")).collect::<String>() + "\n"
        }
        2 => format!("> {}。\n>\n> ——{}\n\n", dice.pick(&SAID), dice.pick(&WHO)),
        3 => {
            let row = |name| format!("| {name} | {} | {} |\n", 10 + dice.throw(90), dice.throw(90));
            let rows: String = ["走访", "维修", "培训"].map(row).concat();
            format!("| 项目 | 计划 | 完成 |\n| --- | ---: | ---: |\n{rows}\n")
        }
        4 => format!("![{unit}的现场](/img/scene-{}.svg)\n\n", dice.throw(PICTURES)),
        5 => format!(
            "类似的做法，见[另一篇稿件]({other}/)和[简报](https://example.org/brief/)。\n\n"
        ),
        _ => String::new(),
    }
}
