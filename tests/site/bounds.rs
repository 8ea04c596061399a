//! Of one kind of mistake in one file, so many are told one by one; the rest is counted.

use xianfeng::base::lang::Lang;
use xianfeng::diagnostic::Diagnostic;
use xianfeng::diagnostic::bounded::MOST;
use xianfeng::diagnostic::report::tally;

use crate::campaign::{Campaign, drawn, news};

/// The diagnostics of a story with this body: those of `code`, and how many mistakes all of
/// them stand for.
fn of(code: &str, campaign: &Campaign) -> (Vec<Diagnostic>, usize) {
    let prepared = campaign.prepared();
    let of_it: Vec<_> = prepared.diagnostics.iter().filter(|d| d.code == code).cloned().collect();
    let count = of_it.iter().map(|d| d.count).sum();
    (of_it, count)
}

#[test]
fn beyond_the_bound_one_stands_for_the_rest() {
    for (code, front, line) in [
        ("html-unclosed", "", "甲<b>乙"),
        ("picture-alt-missing", "", "![](https://e.cn/a.png)"),
        ("link-dead", "", "[甲](nowhere.md)"),
        ("anchor-dead", "", "[甲](#nowhere)"),
        ("link-wide-brackets", "", "[甲]（a.md）"),
        ("identity-number", "", "11010519491231002X"),
        ("key-unknown", "k: 1", ""),
    ] {
        let told = |n: usize| {
            let body = format!("{line}\n\n").repeat(n);
            let front: String = match front {
                "" => String::new(),
                _ => (0..n).map(|i| format!("k{i}: 1\n")).collect(),
            };
            of(code, &Campaign::story(&front, &body))
        };
        assert_eq!(told(MOST).0.len(), MOST, "{code}");
        let (all, count) = told(MOST + 1);
        assert_eq!((all.len(), count), (MOST + 1, MOST + 1), "{code}");
        let said = &all[MOST].message.en;
        assert!(!said.contains("more like this"), "{code}: one more is told as it is: {said}");
        let (all, count) = told(MOST + 4983);
        assert_eq!((all.len(), count), (MOST + 1, MOST + 4983), "{code}");
        let (before, rest) = (&all[MOST - 1], &all[MOST]);
        assert_eq!(rest.message.zh, "同样的问题还有 4983 处，这是其中第一处");
        assert_eq!(rest.message.en, "and 4983 more like this; here is the first of them");
        assert_eq!(rest.severity, before.severity);
        if !line.is_empty() {
            assert_eq!(rest.place.line(), before.place.line() + 2, "{code}");
        }
    }
}

#[test]
fn the_bound_is_for_a_kind_and_a_file() {
    let body = "[甲](nowhere.md)\n\n甲<b>乙\n\n".repeat(MOST + 2);
    let campaign = Campaign::new("")
        .with("content/stories/a.md", news("甲", "2026-03-18", "", &body))
        .with("content/stories/b.md", news("乙", "2026-03-18", "", &format!("另一篇。\n\n{body}")));
    let prepared = campaign.prepared();
    let (dead, raw) = (of("link-dead", &campaign), of("html-unclosed", &campaign));
    assert_eq!((dead.0.len(), dead.1), (2 * (MOST + 1), 2 * (MOST + 2)));
    assert_eq!((raw.0.len(), raw.1), (2 * (MOST + 1), 2 * (MOST + 2)));
    let total = tally(&prepared.diagnostics).unwrap();
    assert_eq!(total.en, format!("{0} errors, {0} warnings", 2 * (MOST + 2)), "all are counted");
}

#[test]
fn what_is_told_of_the_rest() {
    let campaign = Campaign::story("", &"甲<b>乙\n\n".repeat(MOST + 2));
    let (all, _) = of("html-unclosed", &campaign);
    insta::assert_snapshot!(
        "bounds",
        format!("{}\n{}", drawn(&all[MOST..], Lang::Zh), drawn(&all[MOST..], Lang::En))
    );
}
