//! What differs between two bags.

use super::{LEDGER, campaign, case};

#[test]
fn added_changed_and_withdrawn_are_said_in_words_and_as_csv() {
    let project = campaign();
    project.archive(&["-o", "old"]);
    let ledger = project.read(LEDGER);
    let line = "  story: content/stories/2026/jia.md\n";
    project
        .remove("content/stories/2026/jia.md")
        .write(LEDGER, ledger.replace(line, &format!("{line}  withdrawn: true\n")))
        .write("content/stories/2026/yi/表.csv", "甲,丙\r\n")
        .write(
            "content/stories/2026/new.md",
            case("member", "=新事迹", "2026-09-01")
                .replace("=新", "'=新")
                .replace("迹\nd", "迹'\nd"),
        );
    project.archive(&["-o", "new"]);
    let ran = project.run(&["archive", "diff", "old", "new", "--csv", "d.csv", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        lines,
        [
            "added Q012-WS·2026-D30-DQB-0002  =新事迹",
            "changed Q012-WS·2026-Y-DQB-0001  乙事迹  (changed metadata.xml; changed 表.csv)",
            "withdrawn Q012-WS·2026-D30-DQB-0001  甲事迹",
            "1 added, 1 changed, 1 withdrawn",
        ]
    );
    let csv = project.read("d.csv");
    assert!(
        csv.starts_with(
            "\u{FEFF}变化,档号,题名,日期,说明\r\n新增,Q012-WS·2026-D30-DQB-0002,'=新事迹,"
        ),
        "{csv}"
    );
    project
        .run(&["archive", "diff", "old", "new", "--csv", "d.csv", "--lang", "en"])
        .fails(1, "error[diff-file-exists]");
    assert_eq!(project.read("d.csv"), csv);
    let again = project.run(&["archive", "diff", "old", "new", "--csv", "d.csv", "--force"]);
    assert_eq!(again.code, 0);
    let json = project.run(&["archive", "diff", "old", "new", "--format", "json", "-q"]);
    let changed = json.out.lines().nth(1).unwrap();
    assert_eq!(
        changed,
        "{\"change\":\"changed\",\"date\":\"2026-03-02\",\"files\":[\"*metadata.xml\",\"*表.csv\"],\
         \"number\":\"Q012-WS·2026-Y-DQB-0001\",\"title\":\"乙事迹\"}"
    );
}

#[test]
fn the_same_bag_differs_in_nothing() {
    let project = campaign();
    project.archive(&["-o", "old"]);
    let ran = project.run(&["archive", "diff", "old", "old", "--lang", "zh"]);
    assert_eq!((ran.code, ran.out.trim()), (0, "新增 0 件，修改 0 件，撤下 0 件"));
}

#[test]
fn what_is_no_bag_of_ours_is_not_compared() {
    let project = campaign();
    project.archive(&["-o", "old"]);
    project.write("papers/x.txt", "x");
    project
        .run(&["archive", "diff", "old", "papers", "--lang", "en"])
        .fails(1, "error[bag-not-ours]");
    project.run(&["archive", "diff", "old", "nowhere", "--lang", "en"]).fails(1, "error[io]");
    project.run(&["archive", "diff", "old", "--lang", "en"]).fails(2, "archive diff OLD NEW");
    // A path that climbs is refused here too.
    let manifest = "old/manifest-sha512.txt";
    project.write(manifest, project.read(manifest) + "00  data/../../x\n");
    project
        .run(&["archive", "diff", "old", "old", "--lang", "en"])
        .fails(1, "error[bag-path-unsafe]");
}
