//! Empty talk is named, and nothing that is concrete.

use std::fs;
use std::path::Path;

use xianfeng::check::more;
use xianfeng::diagnostic::Diagnostic;

use crate::campaign::{Campaign, branch, marked_text, member};

const EMPTY: [&str; 5] = [
    "今年以来，支部高度重视创先争优活动，统一思想，提高认识，精心组织，周密部署，狠抓落实，各项工作扎实推进，取得了明显成效，赢得了广泛好评。\n\n下一步，支部将凝心聚力，真抓实干，奋力开创新局面。",
    "他十几年如一日，勤恳踏实，任劳任怨，以高度的责任心对待每一项任务，在平凡的岗位上默默奉献，用实际行动诠释了一名党员的担当，是大家公认的榜样，得到了领导和同事的肯定。",
    "支部坚持以服务为宗旨，不断创新方法，完善机制，拓宽思路，努力为群众排忧解难，切实把好事办好、实事办实，群众满意度稳步上升，干群关系更加融洽，社会风气明显好转。",
    "# 强化引领\n\n一是加强学习，提升能力水平。二是转变作风，增强服务意识。三是健全制度，形成长效机制。\n\n# 深化服务\n\n通过这些举措，党员精神面貌焕然一新，基层基础更加牢固。",
    "支部围绕中心、服务大局，充分发挥战斗堡垒作用和先锋模范作用，2026年紧紧围绕上级部署，认真贯彻落实各项要求，在推动高质量发展中勇于担当、善作善成，谱写了新篇章，为全面完成各项任务提供了坚强保障。",
];

const CONCRETE: [&str; 5] = [
    "楼道黑了大半年，老沈把自家的梯子搬出来，一层一层换灯泡。换到顶层，梯子不够高，他又去借。党员们认真落实分工，积极推进，如今夜里回家不用再摸墙。",
    "支部高度重视居民反映的漏水问题，统筹推进，狠抓落实。施工队清早进场，挖开水管一看，是接口老化，当天就换好了。居民不用再提水上楼，都松了一口气，对支部的担当给予肯定。",
    "村里的田靠一条老渠浇水，淤了多年。支部带着大家扎实推进清淤，挖出来的泥堆在田埂上晒干，再背到坡地去当肥。水到了最远的那块田，种田的人不再为争水吵架。",
    "支部全面加强学习，深入开展走访。居民在走访时提意见：“灯太暗，看不清台阶。”党员们听了不说空话，积极行动，把暗处都换成了亮的，群众普遍认可，作风也有进步。",
    "全体党员发扬优良作风，主动作为，积极推进清仓。二十六吨积压的化肥在汛期前全部转到高处，没有一袋受潮，支部的战斗堡垒作用得到充分发挥，取得了明显成效，大家的责任意识不断增强，受到肯定。",
];

fn notes(campaign: &Campaign) -> Vec<Diagnostic> {
    let prepared = campaign.prepared();
    assert!(!prepared.diagnostics.iter().any(Diagnostic::is_error), "{:?}", prepared.diagnostics);
    let about = ["empty-talk", "stock-phrases", "house-word"];
    let all = more(&prepared.site, &prepared.plan).into_iter();
    all.filter(|note| about.contains(&note.code)).collect()
}

/// The same text as the story of a branch, of a member and of a case.
fn accounts(text: &str) -> [Campaign; 3] {
    let branch = branch("甲", "望江支部", "民生").replace("正文", text);
    let case = branch.replace("kind: branch", "kind: case");
    let member = member("甲", "凌一舟", "望江支部", "民生").replace("正文", text);
    [branch, case, member].map(|story| {
        assert!(story.contains(text), "{story}");
        Campaign::new("").with("content/stories/x.md", story)
    })
}

#[test]
fn what_tells_of_nothing_is_named() {
    for text in EMPTY {
        for campaign in accounts(text) {
            let found = notes(&campaign);
            assert_eq!(found.len(), 1, "{text}");
            let quoted = marked_text(&found[0]);
            assert!(text.contains(&quoted) && quoted.chars().count() > 8, "{quoted}");
        }
    }
}

#[test]
fn what_is_concrete_is_not() {
    for text in CONCRETE {
        for campaign in accounts(text) {
            assert_eq!(notes(&campaign), [], "{text}");
        }
    }
}

/// Every trace of something concrete is enough.
#[test]
fn one_trace_is_enough() {
    let empty = EMPTY[2];
    assert_eq!(notes(&accounts(empty)[0]).len(), 1);
    for more in [
        "全年走访四十七户。",
        "共办结 12 件。",
        "赵启明说话算话。",
        "何阿姨常来坐坐。",
        "“都说这回是真办了。”",
        "从此码头通了车。",
    ] {
        assert_eq!(notes(&accounts(&format!("{empty}{more}"))[0]), [], "{more}");
    }
    for front in [
        "quotes: [这回是真办了]",
        "results: [{indicator: 报修, before: 9, after: 2}]",
        "evaluations: [{by: 住户, sample: 20, satisfied: 19}]",
    ] {
        let story = branch("甲", "望江支部", "民生").replace("正文", empty);
        let story = story.replacen("unit:", &format!("{front}\nunit:"), 1);
        let campaign = Campaign::new("").with("content/stories/x.md", story);
        assert_eq!(notes(&campaign), [], "{front}");
    }
    // A sketch is no talk yet, and news may be short and dry.
    assert_eq!(notes(&accounts("积极推进，扎实落实，不断提升。")[0]), []);
    assert_eq!(notes(&Campaign::story("", empty)), []);
}

#[test]
fn the_house_has_its_own_words() {
    let text =
        "渡口修好以后，十六户人家不再绕路。下一步要拧紧螺丝，把渡口管好。船工们都来看了新渡口。";
    let campaign = accounts(text)[0].clone();
    let with = |words: &str| notes(&campaign.clone().with("content/words.yaml", words));
    let found = with("- 拧紧螺丝\n- {名称: 渡口, 改为: 码头}\n- 没有出现\n");
    let said: Vec<_> =
        found.iter().map(|note| (marked_text(note), note.message.zh.clone())).collect();
    assert_eq!(
        said,
        [
            ("拧紧螺丝".into(), "words.yaml 里写了不用“拧紧螺丝”".into()),
            ("渡口".into(), "words.yaml 里写了不用“渡口”".into())
        ]
    );
    assert_eq!(found[1].help.as_ref().unwrap().zh, "写成“码头”");
    // They count as stock phrases, too.
    let words = "- 渡口修好以后\n- 十六户人家不再绕路\n- 下一步要拧紧螺丝\n- 把渡口管好\n";
    assert!(with(words).iter().any(|note| note.code == "stock-phrases"));
}

#[test]
fn the_sample_has_no_empty_talk() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (mut campaign, mut folders) = (Campaign::new(""), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root.parent().unwrap()).unwrap().to_str().unwrap();
            match path.is_dir() {
                true => folders.push(path.clone()),
                false => campaign = campaign.with(name, fs::read(&path).unwrap()),
            }
        }
    }
    assert_eq!(notes(&campaign), []);
}
