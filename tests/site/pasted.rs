//! HTML that people paste into a text.

use crate::campaign::Campaign;
use crate::html;

#[test]
fn explore() {
    let input = std::fs::read_to_string("/tmp/explore.txt").unwrap();
    for case in input.split("\n=====\n") {
        let campaign = Campaign::story("", case)
            .with("content/stories/a.jpg", "x")
            .template("story.html", "{{ story.body }}");
        println!("---------- {case}");
        println!("{}", campaign.page("/stories/2026/x/").trim_end());
        for d in campaign.prepared().diagnostics {
            println!(
                "!! {}:{} {} {}",
                d.place.line(),
                d.place.position().map_or(0, |p| p.column),
                d.code,
                d.message.zh
            );
        }
    }
}
