//! Rosters in memory: what they are taken for, what they change, and what they are refused for.

use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::*;
use xianfeng::import::roster::{Change, Found, Updated, find, grid, update};
use xianfeng::output::sheets::{Cell, Sheet, workbook};
use xianfeng::value::moment::{Moment, default_zone};

use crate::properties::config;

/// A spreadsheet of one sheet; what begins with `@` is a day.
fn book(name: &str, rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| match text.strip_prefix('@') {
        Some(day) => Cell::Day(day.into()),
        None => Cell::Text((*text).into()),
    };
    let (head, rest) = rows.split_first().unwrap();
    let sheet = Sheet {
        name: name.into(),
        columns: head.iter().map(|text| (*text).to_string()).collect(),
        rows: rest.iter().map(|row| row.iter().map(cell).collect()).collect(),
        ..Sheet::default()
    };
    workbook("名册", &[sheet], Moment::parse("2026-01-01", default_zone()).unwrap()).unwrap()
}

fn read(bytes: Vec<u8>) -> Result<Found, Vec<String>> {
    let grid = grid::read(bytes).unwrap();
    let sheet = grid.sheets.iter().find(|sheet| !sheet.rows.is_empty()).unwrap();
    match find("名册.xlsx", sheet) {
        Ok(found) => Ok(found.expect("a roster")),
        Err(told) => {
            Err(told.into_iter().map(|d| format!("{}: {}", d.code, d.message.zh)).collect())
        }
    }
}

fn csv(text: &str) -> Result<Found, Vec<String>> {
    read(text.as_bytes().to_vec())
}

fn changed(old: &str, bytes: Vec<u8>, remove: bool) -> Updated {
    update(Some(old), &read(bytes).unwrap(), remove).unwrap()
}

#[test]
fn a_roster_as_offices_keep_it_becomes_a_list() {
    let found = csv(
        "渠首街道受表彰人员名册\n填报单位：组织办,,,,\n序 号,姓　名,所在单位,荣誉称号,授予单位,表彰时间,身份证号,联系电话,备注\n\
         一、优秀党员,,,,,,,,\n1,周　一帆,渠首村党支部,优秀党员,渠首街道党工委,2026年6月28日,11010519491231002X,13800138000,\n\
         2,李 四维,南闸党支部,优秀党员,渠首街道党工委,2026/6/28,,,\n合计,2人,,,,,,,\n填表人：徐某,,,,,,,,\n",
    )
    .unwrap();
    assert_eq!((found.roster.sheet, found.rows.len()), ("荣誉", 2));
    assert_eq!(found.private, ["身份证号", "联系电话"]);
    assert_eq!(found.skipped.len(), 3);
    let text = update(None, &found, false).unwrap().text;
    assert_eq!(
        text,
        "- name: 优秀党员\n  by: 渠首街道党工委\n  date: 2026-06-28\n  people: [{name: 周一帆, unit: 渠首村党支部}, {name: 李四维, unit: 南闸党支部}]\n"
    );
}

#[test]
fn a_list_keeps_its_comments_and_its_order() {
    let old = "# 单位，按顺序\n- name: 渠首村党支部 # 最早的\n  level: 党支部   # 以后升格\n  aliases: [渠首支部]\n\n# 镇上的\n- {name: 南闸党支部, region: 南闸}\n\n- 北桥党支部\n";
    let updated = changed(
        old,
        book(
            "单位",
            &[
                &["名称", "层级", "地区", "别名"],
                &["渠首村党支部", "党总支", "渠首", "渠首支部、老渠"],
                &["南闸党支部", "", "南闸镇", ""],
                &["西堰党支部", "党支部", "", ""],
            ],
        ),
        false,
    );
    assert_eq!(
        updated.text,
        "# 单位，按顺序\n- name: 渠首村党支部 # 最早的\n  level: 党总支   # 以后升格\n  aliases: [渠首支部, 老渠]\n  region: 渠首\n\n# 镇上的\n- name: 南闸党支部\n  region: 南闸镇\n\n- 北桥党支部\n\n- name: 西堰党支部\n  level: 党支部\n"
    );
    assert_eq!(updated.missing, ["北桥党支部"]);
    let told: Vec<String> = updated.changes.iter().map(|change| change.told().zh).collect();
    assert!(told.contains(&"渠首村党支部：层级由“党支部”改为“党总支”".to_string()), "{told:?}");
    // Nothing goes unless that is asked for.
    let updated = changed(old, book("单位", &[&["名称", "层级"], &["北桥党支部", "党支部"]]), true);
    assert_eq!(
        updated
            .text
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
            .count(),
        2
    );
    assert!(updated.changes.contains(&Change::Removed("南闸党支部".into())));
}

#[test]
fn people_are_added_to_an_honour_on_lines_of_their_own() {
    let old = "- 名称: 优秀党员\n  年份: 2026\n  人员:\n    # 第一批\n    - {姓名: 周一帆, 单位: 渠首村党支部}\n  文号: 渠发〔2026〕3 号\n";
    let updated = changed(
        old,
        book(
            "荣誉",
            &[
                &["名称", "年份", "姓名", "单位"],
                &["优秀党员", "2026年", "周一帆", "渠首村党支部"],
                &["优秀党员", "2026年", "李四维", "南闸党支部"],
            ],
        ),
        false,
    );
    assert_eq!(
        updated.text,
        "- 名称: 优秀党员\n  年份: 2026\n  人员:\n    # 第一批\n    - {姓名: 周一帆, 单位: 渠首村党支部}\n    - {姓名: 李四维, 单位: 南闸党支部}\n  文号: 渠发〔2026〕3 号\n"
    );
}

#[test]
fn somebody_in_another_unit_is_the_same_person() {
    let old = "- name: 护渠能手\n  year: 2026\n  people:\n    # 第一批\n    - {name: 周一帆, unit: 渠首村党支部} # 组长\n    - name: 李四维\n      unit: 南闸党支部\n    - {name: 何岸, unit: 北桥党支部}\n";
    let row = |name, unit| ["护渠能手", "2026年", name, unit];
    let sheet = |rows: &[[&str; 4]]| {
        let rows: Vec<&[&str]> = rows.iter().map(|row| row.as_slice()).collect();
        book("荣誉", &[&[&["名称", "年份", "姓名", "单位"][..]], &rows[..]].concat())
    };
    let told = |updated: &Updated| -> Vec<String> {
        updated.changes.iter().map(|change| change.told().zh).collect()
    };
    let all = [
        row("周一帆", "渠首村党支部"),
        row("李四维", "西堰（新）党支部"),
        row("何岸", "北桥党支部"),
    ];
    let updated = changed(old, sheet(&all), false);
    assert_eq!(updated.text, old.replace("南闸党支部", "西堰（新）党支部"));
    assert_eq!(told(&updated), ["护渠能手：李四维的单位由“南闸党支部”改为“西堰（新）党支部”"]);
    // Beside a newcomer, and one who is not in the sheet, too.
    let some = [row("周一帆", "东渡党支部"), row("何岸", "北桥党支部"), row("沈溪", "南闸党支部")];
    let updated = changed(old, sheet(&some), false);
    let wanted =
        old.replace("渠首村党支部", "东渡党支部") + "    - {name: 沈溪, unit: 南闸党支部}\n";
    assert_eq!(updated.text, wanted);
    assert_eq!(
        told(&updated),
        ["护渠能手：周一帆的单位由“渠首村党支部”改为“东渡党支部”", "护渠能手：人员增加“沈溪”"]
    );
    // In a list of newcomers, and where there are two of a name, they are others.
    let newcomer =
        changed(old, sheet(&[row("何岸", "东渡党支部"), row("沈溪", "东渡党支部")]), false);
    assert_eq!(told(&newcomer), ["护渠能手：人员增加“何岸、沈溪”"]);
    let two = [&all[..], &[row("何岸", "东渡党支部"), row("何岸", "西堰党支部")]].concat();
    assert!(changed(old, sheet(&two), false).text.contains("- {name: 何岸, unit: 北桥党支部}\n"));
    let updated = changed(old, sheet(&[row("何岸", "东渡党支部")]), true);
    assert_eq!(
        told(&updated),
        [
            "护渠能手：何岸的单位由“北桥党支部”改为“东渡党支部”",
            "护渠能手：人员去掉“周一帆、李四维”"
        ]
    );
}

#[test]
fn the_only_one_of_a_name_moves_to_another_unit() {
    let told = |old: &str, bytes: Vec<u8>| {
        let updated = changed(old, bytes, false);
        let changes: Vec<String> = updated.changes.iter().map(|change| change.told().zh).collect();
        (updated.text, changes)
    };
    let people = "- name: 岑舟\n  unit: 渠首村\n- name: 何岸\n  unit: 河东村\n";
    let row = |name: &'static str, unit: &'static str| -> [&'static str; 2] { [name, unit] };
    let roster = |rows: &[[&str; 2]]| {
        let mut all: Vec<&[&str]> = vec![&["姓名", "单位"]];
        all.extend(rows.iter().map(|row| &row[..]));
        book("人员", &all)
    };
    let (text, changes) = told(people, roster(&[row("岑舟", "河西村"), row("何岸", "河东村")]));
    assert_eq!(text, people.replace("渠首村", "河西村"));
    assert_eq!(changes.len(), 1, "{changes:?}");
    // Two of a name are two.
    let (text, _) = told(people, roster(&[row("岑舟", "渠首村"), row("岑舟", "河西村")]));
    assert_eq!(text.matches("岑舟").count(), 2, "{text}");
    // A list of newcomers may have a namesake.
    let newcomers = roster(&[row("岑舟", "河西村"), row("沈溪", "河西村")]);
    let (text, _) = told(people, newcomers);
    assert_eq!(text.matches("岑舟").count(), 2, "{text}");
    // A task has one name in the list.
    let tasks = "- name: 修渠\n  unit: 渠首村\n";
    let (text, _) = told(tasks, book("实事", &[&["实事名称", "责任单位"], &["修渠", "河东村"]]));
    assert_eq!(text, "- name: 修渠\n  unit: 河东村\n");
}

#[test]
fn what_is_not_clear_is_an_error() {
    for (text, told) in [
        ("姓名,单位,身份证号\n周一帆,渠首村,1.1E+17\n", "roster-digits: 表格 C2"),
        (
            "姓名,单位,出生年月\n周一帆,渠首村,1999.1\n",
            "roster-month: 表格 C2 的“1999.1”看不出是 1999 年 1 月还是 10 月",
        ),
        (
            "实事名称,责任单位,完成时限\n修渠,渠首村,下半年\n",
            "roster-day: 表格 C2 的“下半年”看不出是哪一天",
        ),
        ("实事名称,责任单位,状态\n修渠,渠首村,差不多\n", "roster-word: 表格 C2 不能写“差不多”"),
        ("荣誉名称,年份,姓名\n优秀党员,去年,周一帆\n", "roster-value: 表格 B2 的“去年”不能作年份"),
        ("姓名,单位,排序\n,渠首村,3\n", "roster-nameless: 表格第 2 行有内容，没有写名称"),
        ("甲,乙\n1,2\n", "roster-head"),
        ("名称,简介\n甲,乙\n", "roster-unknown"),
    ] {
        let wrong = csv(text).unwrap_err();
        assert!(wrong[0].starts_with(told), "{wrong:?} {told}");
    }
    // A number that a spreadsheet holds as one.
    let sheets = grid::read(book("人员", &[&["姓名", "单位"], &["周一帆", "渠首村"]])).unwrap();
    assert_eq!(sheets.sheets[0].rows.len(), 2);
}

/// A spreadsheet whose one sheet has these rows, as XML.
fn book_of_xml(rows: &str) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let mut from = zip::ZipArchive::new(Cursor::new(book("荣誉", &[&["荣誉名称"]]))).unwrap();
    let mut into = zip::ZipWriter::new(&mut out);
    for i in 0..from.len() {
        let mut part = from.by_index(i).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if name.ends_with("sheet1.xml") {
            text = format!(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
            );
        }
        into.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        into.write_all(text.as_bytes()).unwrap();
    }
    into.finish().unwrap();
    out.into_inner()
}

#[test]
fn a_name_that_is_a_formula_without_a_value_is_one_mistake() {
    let cell =
        |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let head = |row: u32, texts: [&str; 3]| {
        let cells = ["A", "B", "C"].iter().zip(texts);
        let cells: String =
            cells.map(|(column, text)| cell(&format!("{column}{row}"), text)).collect();
        format!("<row r=\"{row}\">{cells}</row>")
    };
    let formula = head(1, ["荣誉名称", "授予单位", "年份"])
        + "<row r=\"2\"><c r=\"A2\"><f>B2</f></c>"
        + &cell("B2", "渠首镇党委")
        + &cell("C2", "2025")
        + "</row>";
    let wrong = read(book_of_xml(&formula)).unwrap_err();
    assert_eq!(wrong, ["roster-formula: “荣誉”表 A2 是公式，没有算出的结果，或者结果是错误"]);
}

#[test]
fn a_text_in_gb18030_is_read_too() {
    let (bytes, _, _) = encoding_rs::GB18030.encode("姓名,单位,职务\n周一帆,渠首村党支部,书记\n");
    let found = read(bytes.into_owned()).unwrap();
    assert_eq!((found.roster.sheet, found.rows.len()), ("人员", 1));
}

/// The lists of a campaign as `export roster` writes them.
fn exported(lists: &[(&str, &str)]) -> Vec<u8> {
    use xianfeng::base::lang::Lang;
    use xianfeng::export::roster::RosterBook;
    use xianfeng::export::{Desk, Export};
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in lists {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let now = Some((Moment::parse("2026-01-01", default_zone()).unwrap(), true));
    let export = RosterBook { output: "名册.xlsx".into(), now };
    let done =
        export.run(&Desk { root: folder.path(), lang: Lang::Zh, progress: &|_| () }).unwrap();
    assert!(done.said.is_some(), "{:?}", done.diagnostics);
    std::fs::read(folder.path().join("名册.xlsx")).unwrap()
}

/// Every sheet that is imported again leaves its list as it is.
fn comes_back(lists: &[(&str, &str)]) {
    let grid = grid::read(exported(lists)).unwrap();
    for sheet in &grid.sheets {
        let found = find("名册.xlsx", sheet).unwrap_or_else(|told| panic!("{told:?}")).unwrap();
        let old =
            lists.iter().find(|(path, _)| *path == found.roster.path).map_or("", |(_, text)| text);
        let updated = update(Some(old), &found, false).unwrap();
        assert_eq!((updated.text.as_str(), updated.changes.as_slice()), (old, &[][..]), "{old}");
    }
}

#[test]
fn the_lists_of_the_sample_come_back_as_they_were() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths =
        ["content/units.yaml", "content/honours.yaml", "content/works.yaml", "content/tasks.yaml"];
    let texts: Vec<String> =
        paths.iter().map(|path| std::fs::read_to_string(root.join(path)).unwrap()).collect();
    let lists: Vec<(&str, &str)> =
        paths.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    comes_back(&lists);
}

fn word() -> impl Strategy<Value = String> {
    "[甲乙丙丁渠闸桥堰a-c0-9 、，：#'\"（）·.-]{0,6}[甲乙丙丁渠闸]"
        .prop_map(|text| text.trim().to_string())
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn what_is_exported_and_imported_changes_nothing(
        names in prop::collection::btree_set(word(), 1..6),
        about in word(),
        items in prop::collection::vec(word(), 1..4),
        day in (1_u8..=12, 1_u8..=28),
        flow in any::<bool>(),
    ) {
        use xianfeng::yaml::Node;
        use xianfeng::yaml::write::write;
        let text = |text: &str| Node::Text(text.to_string());
        let list = Node::List(items.iter().map(|item| text(item)).collect());
        let date = format!("2026-{:02}-{:02}", day.0, day.1);
        // One name by which names are compared is one name.
        let mut seen = std::collections::BTreeSet::new();
        let names = names.into_iter().filter(|name| seen.insert(xianfeng::base::name::key(name).into_owned()));
        let (mut tasks, mut units) = (String::from("# 实事\n"), String::new());
        for (i, name) in names.enumerate() {
            let mut entry = vec![("name".to_string(), text(&name)), ("measures".into(), list.clone()), ("due".into(), text(&date))];
            if i % 2 == 0 {
                entry.insert(1, ("need".into(), text(&about)));
                entry.push(("status".into(), text(if flow { "doing" } else { "在办" })));
            }
            let block = write(&entry);
            tasks += &format!("- {}\n\n", block.trim_end().replace('\n', "\n  "));
            units += &match flow {
                true => format!("- {}\n", xianfeng::yaml::write::quote(&name)),
                false => format!("- {}\n", write(&[("名称".to_string(), text(&name)), ("简介".into(), text(&about))]).trim_end().replace('\n', "\n  ")),
            };
        }
        comes_back(&[("content/tasks.yaml", &tasks), ("content/units.yaml", &units)]);
    }
}

/// A workbook of Excel 97 with a sheet of texts; these rows are hidden, these cells merged.
fn old_book(rows: &[&[&str]], hidden: &[u16], merged: [u16; 4]) -> Vec<u8> {
    fn record(out: &mut Vec<u8>, kind: u16, parts: &[&[u8]]) {
        let content = parts.concat();
        out.extend_from_slice(&kind.to_le_bytes());
        out.extend_from_slice(&u16::try_from(content.len()).unwrap().to_le_bytes());
        out.extend_from_slice(&content);
    }
    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }
    let begins = |out: &mut Vec<u8>, what: u16| {
        record(out, 0x0809, &[&0x0600_u16.to_le_bytes(), &what.to_le_bytes(), &[0; 12]]);
    };
    let mut sheet = Vec::new();
    begins(&mut sheet, 0x0010);
    for (r, row) in (0_u16..).zip(rows) {
        let flags = if hidden.contains(&r) { 0x20_u16 } else { 0 };
        let number = r.to_le_bytes();
        record(&mut sheet, 0x0208, &[&number, &[0; 10], &flags.to_le_bytes(), &[0, 0]]);
        for (c, text) in (0_u16..).zip(*row).filter(|(_, text)| !text.is_empty()) {
            let count = u16::try_from(text.encode_utf16().count()).unwrap().to_le_bytes();
            let place: &[&[u8]] = &[&number, &c.to_le_bytes(), &[0, 0], &count, &[1], &wide(text)];
            record(&mut sheet, 0x0204, place);
        }
    }
    let merged: Vec<u8> = merged.iter().flat_map(|at| at.to_le_bytes()).collect();
    record(&mut sheet, 0x00E5, &[&1_u16.to_le_bytes(), &merged]);
    record(&mut sheet, 0x000A, &[]);
    let mut book = Vec::new();
    begins(&mut book, 0x0005);
    let name = wide("人员");
    // After this record and the end of what is said of the whole book.
    let start = u32::try_from(book.len() + 4 + 8 + name.len() + 4).unwrap();
    record(&mut book, 0x0085, &[&start.to_le_bytes(), &[0, 0, 2, 1], &name]);
    record(&mut book, 0x000A, &[]);
    book.extend_from_slice(&sheet);
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    std::io::Write::write_all(&mut file.create_stream("/Workbook").unwrap(), &book).unwrap();
    file.into_inner().into_inner()
}

#[test]
fn an_old_workbook_is_told_by_its_bytes() {
    let rows: [&[&str]; 5] = [
        &["姓名", "单位", "职务"],
        &["周一帆", "渠首村党支部", "书记"],
        &["李四维", "", "委员"],
        &["不该有", "南闸党支部", ""],
        &["何岸", "北桥党支部", ""],
    ];
    let bytes = old_book(&rows, &[3], [1, 2, 1, 1]);
    for extension in ["xls", "et", "xlsx", ""] {
        let kind = xianfeng::import::kind(&bytes, extension).unwrap();
        assert!(matches!(kind, xianfeng::import::Kind::Table), "{extension}");
    }
    let found = read(bytes).unwrap();
    assert_eq!((found.roster.sheet, found.hidden), ("人员", 1));
    assert_eq!(
        update(None, &found, false).unwrap().text,
        "- name: 周一帆\n  unit: 渠首村党支部\n\n- name: 李四维\n  unit: 渠首村党支部\n\n- name: 何岸\n  unit: 北桥党支部\n"
    );
}

#[test]
fn a_text_that_is_called_a_workbook_is_read_as_what_it_is() {
    use xianfeng::import::{Kind, Refusal, kind, messages};
    let (tabs, _, _) = encoding_rs::GB18030.encode("姓名\t单位\n何岸\t北桥党支部\n");
    for extension in ["xls", "xlsx", "et"] {
        assert!(matches!(kind(&tabs, extension), Ok(Kind::Table)), "{extension}");
    }
    assert_eq!(read(tabs.to_vec()).unwrap().rows.len(), 1);
    assert_eq!(kind(&tabs, "docx").err(), Some(Refusal::Unknown));
    for text in
        ["只是一段话。\n还有，一段。\n", "<?xml version=\"1.0\"?>\n<甲, 乙/>\n", "甲\u{1},乙\n"]
    {
        assert!(kind(text.as_bytes(), "xls").is_err(), "{text}");
    }
    // What is to be done depends on what it is called.
    let help = |path: &str| messages::refused(path, &Refusal::Unknown).help.unwrap().zh;
    assert!(help("名册.XLS").contains(".xlsx") && help("稿件.doc").contains(".docx"));
}
