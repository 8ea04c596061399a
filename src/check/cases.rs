//! What a typical case should tell: its background, what was done, what came of it and what it
//! teaches (背景、做法、成效、启示).

use crate::diagnostic::{Diagnostic, note};
use crate::model::Site;
use crate::source::Place;
use crate::value::kind::Kind;

/// The parts, and what else they are called in headings.
const PARTS: [((&str, &str), &[&str]); 4] = [
    (
        ("背景", "background"),
        &[
            "背景",
            "起因",
            "缘起",
            "由来",
            "基本情况",
            "概况",
            "问题",
            "现状",
            "困境",
            "难题",
            "为什么",
            "缘由",
            "动因",
            "引言",
            "background",
            "problem",
            "why",
        ],
    ),
    (
        ("做法", "what was done"),
        &[
            "做法",
            "举措",
            "措施",
            "过程",
            "经过",
            "实践",
            "探索",
            "怎么做",
            "怎样做",
            "路径",
            "办法",
            "步骤",
            "行动",
            "practice",
            "what was done",
            "how",
            "measures",
        ],
    ),
    (
        ("成效", "results"),
        &[
            "成效",
            "效果",
            "成果",
            "变化",
            "结果",
            "收获",
            "成绩",
            "实效",
            "改变",
            "results",
            "what came",
            "outcome",
        ],
    ),
    (
        ("启示", "what it teaches"),
        &[
            "启示",
            "体会",
            "思考",
            "经验",
            "感悟",
            "反思",
            "借鉴",
            "启发",
            "心得",
            "几点认识",
            "lessons",
            "what it teaches",
            "reflection",
        ],
    ),
];

/// What a case tells, in this order, in Chinese.
pub fn parts() -> impl Iterator<Item = &'static str> {
    PARTS.iter().map(|((part, _), _)| *part)
}

/// A line with more characters is no heading.
const LONGEST: usize = 24;

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let cases = site.listed[Kind::Case as usize].iter().map(|&id| &site.story(id).document);
    let missing = cases.filter_map(|document| {
        let source = document.source.read().ok()?;
        let body = document.markdown(&source);
        let heads: Vec<String> = body.lines().filter_map(head).collect();
        let lacks = |(_, names): &&((&str, &str), &[&str])| {
            !heads.iter().any(|head| names.iter().any(|name| head.contains(name)))
        };
        let (zh, en): (Vec<_>, Vec<_>) = PARTS.iter().filter(lacks).map(|(part, _)| *part).unzip();
        let place = || Place::file(&document.source.path);
        (!zh.is_empty()).then(|| case_parts_missing(place(), &zh.join("、"), &en.join(", ")))
    });
    missing.collect()
}

/// What a line may head: a heading, or a short line by itself as Word has them, such as `**一、背景**`.
fn head(line: &str) -> Option<String> {
    let marks = |c: char| {
        c.is_whitespace() || matches!(c, '#' | '＃' | '*' | '＊' | '>' | '-' | '\u{3000}')
    };
    let words = line.trim_matches(marks);
    let is_head = line.trim_start().starts_with(['#', '＃']);
    let short = words.chars().nth(LONGEST).is_none() && !words.ends_with(['。', '；', '，']);
    (!words.is_empty() && (is_head || short)).then(|| words.to_lowercase())
}

/// A case without some of its parts.
fn case_parts_missing(place: Place, zh: &str, en: &str) -> Diagnostic {
    note(
        "case-parts-missing",
        place,
        format!("这篇典型案例里没有看到：{zh}"),
        format!("this case has no part about: {en}"),
    )
    .help(
        "一篇案例要讲清背景、做法、成效、启示，每部分用一个小标题，例如 ## 做法；意思相近的词也认得",
        "a case tells its background, what was done, what came of it and what it teaches, each under a heading such as `## 做法`",
    )
}
