//! What is in a bag, and when there is none.

use std::fs;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::{BRANCH, LEDGER, MEMBER, campaign, case};

#[test]
fn the_layout_is_that_of_the_annex() {
    let project = campaign();
    let ran = project.archive(&["-o", "bag"]);
    assert!(ran.out.contains("2 items (2 newly numbered)"), "{}", ran.out);
    let files = project.files("bag");
    let ours: Vec<&str> = files
        .keys()
        .map(String::as_str)
        .filter(|path| !path.starts_with("data/其他/site/"))
        .collect();
    let mut wanted = vec![
        "bag-info.txt".to_string(),
        "bagit.txt".into(),
        "data/其他/dc.xsd".into(),
        "data/其他/metadata.xsd".into(),
        "data/其他/numbering.txt".into(),
        "data/其他/site.warc.gz".into(),
        "data/其他/文件目录.xsd".into(),
        "data/其他/汇编.epub".into(),
        "data/文件目录.XML".into(),
        "data/文件目录.csv".into(),
        "data/文件目录.xlsx".into(),
        "data/说明文件.TXT".into(),
        "manifest-sha256.txt".into(),
        "manifest-sha512.txt".into(),
        "tagmanifest-sha256.txt".into(),
        "tagmanifest-sha512.txt".into(),
        format!("{MEMBER}/metadata.xml"),
        format!("{MEMBER}/source.md"),
        format!("{MEMBER}/story.html"),
        format!("{BRANCH}/metadata.xml"),
        format!("{BRANCH}/source.md"),
        format!("{BRANCH}/story.html"),
        format!("{BRANCH}/图 一.png"),
        format!("{BRANCH}/表.csv"),
    ];
    wanted.sort();
    assert_eq!(ours, wanted);
    assert!(files.contains_key("data/其他/site/index.html"));
    assert!(files.contains_key("data/其他/site/news/index.html"), "the whole site");
    let home =
        String::from_utf8(files["data/其他/site/stories/2026/yi/index.html"].clone()).unwrap();
    assert!(home.contains("href=\"../../../"), "links are relative: {home}");
    assert_eq!(project.verify("bag").code, 0);
}

#[test]
fn the_source_is_kept_byte_for_byte_in_whatever_encoding() {
    let project = campaign();
    let mut bytes = vec![0xFF, 0xFE];
    let text = case("member", "丙事迹", "2026-05-01").replace('\n', "\r\n");
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    project.write("content/stories/2026/bing.md", &bytes);
    project.archive(&["-o", "bag"]);
    let folder = MEMBER.replace("0001", "0002");
    assert_eq!(project.files("bag")[&format!("{folder}/source.md")], bytes);
}

#[test]
fn the_same_input_and_time_give_the_same_bytes() {
    let one = campaign();
    one.archive(&["-o", "bag", "--jobs", "1"]);
    let other = campaign();
    // The files are made anew in another order, below another path.
    let text = other.read("content/stories/2026/jia.md");
    other.remove("content/stories/2026/jia.md").write("content/stories/2026/jia.md", text);
    other.archive(&["-o", "somewhere/else", "--jobs", "4"]);
    assert_eq!(one.files("bag"), other.files("somewhere/else"));
    assert_eq!(one.read(LEDGER), other.read(LEDGER));
    one.archive(&["-o", "bag", "--force"]);
    assert_eq!(one.files("bag"), other.files("somewhere/else"), "numbered already");
}

/// More files than are made at once, some of them too large to wait for their turn in memory.
#[test]
fn the_web_archive_has_every_file_of_the_site_in_its_order() {
    let project = campaign();
    for i in 0..90 {
        project.write(&format!("content/static/d/{i:02}.txt"), format!("{i}"));
    }
    for i in [3, 40, 88] {
        let noise: Vec<u8> =
            (0..300_000_u32).map(|n| (n.wrapping_mul(n).wrapping_mul(7919) >> 11) as u8).collect();
        project.write(&format!("content/static/d/{i:02}.txt"), noise);
    }
    project.archive(&["-o", "bag"]);
    let bytes = fs::read(project.path("bag/data/其他/site.warc.gz")).unwrap();
    let mut text = Vec::new();
    MultiGzDecoder::new(&*bytes).read_to_end(&mut text).unwrap();
    let text = String::from_utf8_lossy(&text);
    let named: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("WARC-Target-URI: http://site.invalid/"))
        .map(|path| percent_encoding::percent_decode_str(path).decode_utf8().unwrap().into())
        .map(
            |path: String| {
                if path.is_empty() || path.ends_with('/') { path + "index.html" } else { path }
            },
        )
        .collect();
    let files: Vec<String> = project.files("bag/data/其他/site").into_keys().collect();
    assert!(files.len() > 128, "{}", files.len());
    assert_eq!(named, files);
    assert_eq!(project.verify("bag").code, 0);
}

#[test]
fn without_a_name_the_bag_is_called_by_fonds_and_day() {
    let project = campaign();
    project.archive(&[]);
    assert!(project.has("archive/Q012-WS-20261201/bagit.txt"));
}

#[test]
fn bag_info_says_whose_it_is() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    let labels = project.read("bag/bag-info.txt");
    for line in [
        "Source-Organization: 测试街道党工委",
        "Contact-Phone: 0000-1111",
        "Bagging-Date: 2026-12-01",
        "Payload-Oxum: ",
    ] {
        assert!(labels.contains(line), "{labels}");
    }
    assert_eq!(
        project.read("bag/bagit.txt"),
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    );
}

#[test]
fn a_bag_takes_the_place_of_another_only_by_force_and_of_nothing_else_ever() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    let before = project.files("bag");
    project.write("content/stories/2026/new.md", case("member", "丁事迹", "2026-06-01"));
    project.try_archive(&["-o", "bag"]).fails(1, "error[archive-exists]");
    assert_eq!(project.files("bag"), before);
    project.archive(&["-o", "bag", "--force"]);
    assert_eq!(project.verify("bag").code, 0);
    assert_ne!(project.files("bag"), before);
    project.write("papers/thesis.txt", "mine").write("occupied", "a file");
    for more in
        [&["-o", "papers"][..], &["-o", "papers", "--force"], &["-o", "occupied", "--force"]]
    {
        project.try_archive(more).fails(1, "error[archive-not-a-bag]");
    }
    assert_eq!(project.read("papers/thesis.txt"), "mine");
    assert_eq!(project.read("occupied"), "a file");
    fs::create_dir(project.path("empty")).unwrap();
    project.archive(&["-o", "empty"]);
    assert_eq!(project.verify("empty").code, 0);
}

#[test]
fn a_bag_is_never_put_where_the_sources_are() {
    let project = campaign();
    for place in [".", "content", "content/stories/bag", "themes/bag", ".."] {
        project.try_archive(&["-o", place, "--force"]).fails(1, "error[archive-in-project]");
    }
    assert!(!project.has(LEDGER));
}

#[test]
fn a_dry_run_shows_the_numbers_and_writes_nothing() {
    let project = campaign();
    let before = project.files("");
    let ran = project.archive(&["--dry-run", "-o", "bag"]);
    assert!(ran.out.contains("new  Q012-WS·2026-Y-DQB-0001  乙事迹"), "{}", ran.out);
    assert!(
        ran.out
            .contains("2 items: 2 would be newly numbered, 0 have numbers. Nothing was written."),
        "{}",
        ran.out
    );
    assert_eq!(project.files(""), before);
    project.archive(&["-o", "bag"]);
    let again = project.archive(&["--dry-run", "-o", "bag"]);
    assert!(again.out.contains("kept Q012-WS·2026-Y-DQB-0001"), "{}", again.out);
}

#[test]
fn years_kinds_and_focal_points_choose() {
    let project = campaign();
    project.write("content/stories/2025/old.md", case("member", "旧事迹", "2025-02-01"));
    let items = |more: &[&str]| {
        let ran = project.archive(&[&["--dry-run"], more].concat());
        ran.out.lines().filter(|line| line.starts_with("new")).count()
    };
    assert_eq!(items(&[]), 3);
    assert_eq!(items(&["--year", "2025"]), 1);
    assert_eq!(items(&["--year", "2025,2026年"]), 3);
    assert_eq!(items(&["--kind", "支部"]), 1);
    assert_eq!(items(&["--kind", "news,member"]), 3);
    assert_eq!(items(&["--focal-point", "livelihood"]), 3);
    project.try_archive(&["--focal-point", "center"]).fails(1, "error[selection-empty]");
    project.try_archive(&["--focal-point", "livelyhood"]).fails(1, "did you mean “livelihood”?");
    project
        .try_archive(&["--kind", "brunch"])
        .fails(2, "“brunch” is not a kind of story; did you mean “branch”?");
    project.try_archive(&["--year", "next"]).fails(2, "--year takes a year");
    project.try_archive(&["verifi", "x"]).fails(2, "did you mean verify?");
    project.try_archive(&["--csv", "x"]).fails(2, "archive does not take --csv");
}

#[test]
fn a_title_is_no_formula() {
    let project = campaign();
    let title = "'=HYPERLINK(\"http://evil.example\",\"x\")'";
    project.write("content/stories/2026/jia.md", case("member", title, "2026-03-01"));
    project.archive(&["-o", "bag"]);
    let csv = project.read("bag/data/文件目录.csv");
    assert!(csv.starts_with('\u{FEFF}') && csv.contains(",\"'=HYPERLINK(\"\"http"), "{csv}");
    assert_eq!(csv.matches('\n').count(), csv.matches("\r\n").count());
    assert_eq!(project.verify("bag").code, 0);
}

#[test]
fn an_attachment_never_takes_the_name_of_a_file_of_ours() {
    let project = campaign();
    let text = format!("{}\n[甲](Metadata.xml)\n", case("branch", "乙事迹", "2026-03-02"));
    project
        .write("content/stories/2026/yi/index.md", text)
        .write("content/stories/2026/yi/Metadata.xml", "theirs");
    project.archive(&["-o", "bag"]);
    assert_eq!(project.read(&format!("bag/{BRANCH}/附件/Metadata.xml")), "theirs");
    assert!(project.read(&format!("bag/{BRANCH}/metadata.xml")).contains("<记录"));
    assert_eq!(project.verify("bag").code, 0);
}

#[test]
fn a_file_of_the_site_that_a_case_shows_is_beside_it() {
    let project = campaign();
    let text = format!("{}\n![甲](/pic.png)\n", case("member", "甲事迹", "2026-03-01"));
    project.write("content/static/pic.png", "a picture").write("content/stories/2026/jia.md", text);
    project.archive(&["-o", "bag"]);
    assert_eq!(project.read(&format!("bag/{MEMBER}/static/pic.png")), "a picture");
}

#[test]
fn what_a_record_lacks_is_a_warning_that_says_where_to_put_it() {
    let project = campaign();
    project
        .write("content/site.yaml", "title: 甲\narchive: {fonds: Q012, department: DQB, retention: {member: Y, branch: Y}}\n")
        .write(
            "content/stories/2026/jia.md",
            case("member", "甲事迹", "2026-03-01").replace("author: 白苇杭\n", ""),
        );
    let ran = project.archive(&["-o", "bag"]);
    for code in
        ["archive-responsible-missing", "archive-contact-missing", "archive-organisation-missing"]
    {
        assert!(ran.err.contains(&format!("warning[{code}]")), "{}", ran.err);
    }
    assert!(project.has(&format!("bag/{}", MEMBER.replace("D30", "Y"))), "kept for ever");
    assert_eq!(project.try_archive(&["-o", "bag", "--force", "--strict"]).code, 3);
    assert_eq!(project.verify("bag").code, 0);
}

#[test]
fn retention_is_asked_for_before_the_first_number() {
    let project = campaign();
    let settings = "title: 甲\narchive: {fonds: Q012, department: DQB, retention: {member: Y}}\n";
    project.write("content/site.yaml", settings);
    let ran = project.try_archive(&["-o", "bag"]);
    ran.fails(1, "error[archive-retention-unsaid]");
    assert!(!ran.err.contains("member") && !project.has("content/archive-ledger.yaml"), "{ran:?}");
    project.has_no_bag("bag");
}

#[test]
fn numbers_of_another_fonds_are_an_error_that_says_the_way_back() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    let before = project.read("content/archive-ledger.yaml");
    project.write("content/site.yaml", crate::archive::SETTINGS.replace("Q012", "Y088"));
    project.try_archive(&["-o", "next"]).fails(1, "error[ledger-other-codes]");
    assert_eq!(project.read("content/archive-ledger.yaml"), before);
    project.has_no_bag("next");
    // What the message says.
    project.remove("content/archive-ledger.yaml");
    project.archive(&["-o", "next"]);
    assert!(project.read("content/archive-ledger.yaml").contains("Y088-WS"));
}

#[test]
fn what_is_the_samples_goes_into_no_archive() {
    let project = campaign();
    let sample = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/content/site.yaml"));
    let sample = sample.unwrap();
    let own = sample.replace("notice: 本站为示例", "notice: 欢迎");
    project.write("content/site.yaml", &own);
    let ran = project.try_archive(&["-o", "bag", "--lang", "zh"]);
    ran.fails(1, "主办单位、全宗名称、联系人、联系电话还是示例的");
    project.has_no_bag("bag");
    let ran = project.run(&["check", "-v", "--lang", "zh"]);
    assert!(
        ran.err.contains("note[sample-left]: 这几项还是示例里的内容：网站名称、副标题"),
        "{}",
        ran.err
    );
    // A new campaign has none of it until somebody decides.
    let new = crate::project::Project::nowhere();
    new.run(&["init"]);
    let settings = new.read("content/site.yaml");
    assert!(
        settings.contains("\n# organisation: ") && settings.contains("\n#   fonds: "),
        "{settings}"
    );
    new.run(&["archive", "-o", "bag"]).fails(1, "error[archive-settings-missing]");
}

#[test]
fn without_a_fonds_there_is_no_number() {
    let project = campaign();
    project.write("content/site.yaml", "title: 甲\n");
    project.try_archive(&["-o", "bag"]).fails(1, "error[archive-settings-missing]");
    project.has_no_bag("bag");
}

#[test]
fn pages_are_what_the_story_says_or_an_estimate() {
    let project = campaign();
    let said = case("member", "甲事迹", "2026-03-01").replace("author", "附加: {页数: 12}\nauthor");
    project.write("content/stories/2026/jia.md", said);
    project.archive(&["-o", "bag"]);
    let record = |folder: &str| project.read(&format!("bag/{folder}/metadata.xml"));
    assert!(record(MEMBER).contains("<页数 依据=\"稿件\">12</页数>"));
    assert!(record(BRANCH).contains("<页数 依据=\"估算\">1</页数>"));
    for element in [
        "<档号>Q012-WS·2026-Y-DQB-0001</档号>",
        "<保管期限>永久</保管期限>",
        "<密级>公开</密级>",
        "<责任者>白苇杭</责任者>",
        "<dc:creator>白苇杭</dc:creator>",
    ] {
        assert!(record(BRANCH).contains(element), "{}", record(BRANCH));
    }
}

#[test]
fn what_is_not_public_is_neither_built_nor_archived() {
    let project = campaign();
    project.write(
        "content/stories/2026/secret.md",
        case("member", "丙", "2026-03-01").replace("kind", "密级: 秘密\nkind"),
    );
    for command in [&["archive", "-o", "bag"][..], &["build"], &["check"]] {
        let ran = project.run(&[&["--lang", "en"], command].concat());
        ran.fails(1, "content/stories/2026/secret.md:4:");
        ran.fails(1, "error[secrecy-not-public]");
    }
    project.has_no_bag("bag");
    assert!(!project.has("public") && !project.has(LEDGER));
}

#[test]
fn the_record_of_a_story_names_all_its_people_and_units_and_what_was_corrected() {
    let project = campaign();
    let joint = case("member", "甲事迹", "2026-03-01")
        .replace("name: 林小满", "name: [林小满, 佟舒]")
        .replace("unit: 甲支部", "unit: [甲支部, 乙支部]")
        .replace("author", "updated: 2026-04-01\ncorrection: 桥长应为 323 米\nauthor");
    project.write("content/stories/2026/jia.md", joint);
    project.archive(&["-o", "bag"]);
    let record = project.read(&format!("bag/{MEMBER}/metadata.xml"));
    for part in [
        "<人名>林小满</人名>",
        "<人名>佟舒</人名>",
        "单位：甲支部、乙支部；更正（2026-04-01）：桥长应为 323 米；",
    ] {
        assert!(record.contains(part), "{record}");
    }
    let story = project.read(&format!("bag/{MEMBER}/story.html"));
    assert!(story.contains("林小满、佟舒") && story.contains("桥长应为 323 米"), "{story}");
    assert_eq!(project.verify("bag").code, 0);
}

#[test]
fn records_and_the_catalogue_say_what_a_case_is_of() {
    let project = campaign();
    project
        .write("content/works.yaml", "- 清淤\n- {name: 大走访, role: linked}\n")
        .write("content/carriers.yaml", "- 板凳会\n")
        .write("content/tasks.yaml", "- 修灯\n");
    let path = "content/stories/2026/yi/index.md";
    let story = project.read(path);
    let named = "central_works: [清淤]\nlinked_works: [大走访]\ncarriers: [板凳会]\ntasks: [修灯]\nhonours: [标兵岗]\nkind:";
    project.write(path, story.replacen("kind:", named, 1));
    project.archive(&["-o", "bag"]);
    let record = project.read(&format!("bag/{BRANCH}/metadata.xml"));
    for part in
        ["<中心工作>清淤<", "<统筹工作>大走访<", "<载体>板凳会<", "<实事>修灯<", "<荣誉>标兵岗<"]
    {
        assert!(record.contains(part), "{part}: {record}");
    }
    let catalogue = project.read("bag/data/文件目录.csv");
    assert!(
        catalogue
            .contains("；中心工作：清淤；统筹工作：大走访；载体：板凳会；实事：修灯；荣誉：标兵岗"),
        "{catalogue}"
    );
    assert_eq!(project.verify("bag").code, 0);
}
