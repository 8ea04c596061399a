//! Messages about what is imported.

use super::roster::Found;
use super::story::Report;
use super::{Refusal, TABLE_ENDINGS, Unconverted};
use crate::base::lang::Text;
use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::schema::Field;
use crate::schema::roster::Roster;
use crate::source::{Place, SourcePath};

fn place(path: &str) -> Place {
    Place::file(&SourcePath::new(path))
}

/// A file is not imported.
pub fn refused(path: &str, refusal: &Refusal) -> Diagnostic {
    let is_table = is_named_as_table(path);
    let (save, convert, odd) = match is_table {
        true => {
            let save = (
                "用 Excel 或 WPS 打开，另存为 .xlsx，再导入",
                "open it in Excel or WPS, save it as .xlsx, and import that",
            );
            let odd = (
                "用 Excel 或 WPS 打开看看，能打开就另存为一个新的 .xlsx，再导入",
                "open it in Excel or WPS; if that can be done, save it anew as .xlsx",
            );
            (save, save, odd)
        }
        false => {
            let save = (
                "用 Word 或 WPS 打开，另存为 .docx，再导入",
                "open it in Word or WPS, save it as .docx, and import that",
            );
            let convert = (
                "用 Word 或 WPS 打开，另存为 .docx，再导入；装了 LibreOffice 的，加上 --convert 也行",
                "open it in Word or WPS and save it as .docx; with LibreOffice installed, --convert does so",
            );
            let odd = (
                "用 Word 或 WPS 打开看看，能打开就另存为一个新的 .docx，再导入",
                "open it in Word or WPS; if that can be done, save it anew as .docx",
            );
            (save, convert, odd)
        }
    };
    let (code, zh, en, help) = match refusal {
        Refusal::Empty => ("import-empty", "这个文件是空的".into(), "the file is empty".into(), odd),
        Refusal::Damaged => (
            "import-damaged",
            "这个文件坏了，或者没有传完整".into(),
            "the file is damaged or not complete".into(),
            odd,
        ),
        Refusal::Encrypted => (
            "import-encrypted",
            "这个文件有密码，读不了".into(),
            "the file has a password".into(),
            (
                "用 Word、Excel 或 WPS 打开，去掉密码，另存以后再导入",
                "open it, take the password away, save it, and import that",
            ),
        ),
        Refusal::Bomb => (
            "import-bomb",
            "这个文件解开以后大得不合常理，没有导入".into(),
            "the file would unpack to far more than it is".into(),
            odd,
        ),
        Refusal::Deep => (
            "import-deep",
            "表格里套表格，或文本框套得太深，没有导入".into(),
            "tables or boxes in this file are nested too deeply".into(),
            odd,
        ),
        Refusal::Large => (
            "import-large",
            "这个文件太大，没有导入".into(),
            "the file is too large".into(),
            match is_table {
                true => (
                    "删掉名册下面空着的行、右边空着的列（选中以后右键“删除”），另存再导入；真有这么多的，分成几个文件",
                    "delete the empty rows below the list and the empty columns beside it; if it is as long as that, divide it into several files",
                ),
                false => ("分成几个文件，再导入", "divide it into several files"),
            },
        ),
        Refusal::Doctype => (
            "import-doctype",
            "这个文件里有 Word、Excel 和 WPS 从不写的内容（DTD），可能有害，没有导入".into(),
            "the file has a DTD, which no office program writes; it may do harm".into(),
            odd,
        ),
        Refusal::OldWord => (
            "import-format",
            "这是旧的 .doc 文件（Word 97-2003），不能直接导入".into(),
            "this is an old .doc file (Word 97 to 2003)".into(),
            convert,
        ),
        Refusal::Wps => (
            "import-format",
            "这是 WPS 自己的 .wps 文件，不能直接导入".into(),
            "this is a .wps file".into(),
            convert,
        ),
        Refusal::Other(name) => (
            "import-format",
            format!(
                "这是{}文件，不是 {} 文件",
                spaced(name),
                if is_table { "Excel" } else { "Word" }
            ),
            format!(
                "this is no {} file but {}",
                if is_table { "Excel" } else { "Word" },
                english(name)
            ),
            way_out(name).filter(|_| !is_table).unwrap_or(match *name {
                "RTF" | "OpenDocument" => convert,
                _ => save,
            }),
        ),
        Refusal::Markdown => (
            "import-format",
            "这是 Markdown 稿件，不用导入".into(),
            "this is Markdown already".into(),
            (
                "和它的图片一起放进 content/stories 里就行；从别的网站搬来的，用 --from",
                "put it into content/stories with its pictures; for a whole site use --from",
            ),
        ),
        Refusal::NoWord => (
            "import-format",
            "这是压缩文件，不是 Word 文档，也不是 Excel 表格".into(),
            "this is an archive, and neither a document nor a spreadsheet".into(),
            ("解压以后，导入里面的文件", "unpack it, and import the files in it"),
        ),
        Refusal::Blank => (
            "import-empty",
            "这个文档里没有文字，也没有能用的图片".into(),
            "there is no text in the document, and no picture that can be used".into(),
            odd,
        ),
        Refusal::Unknown => (
            "import-format",
            "看不出这是什么文件；能导入的是 Word 文档（.docx）、纯文本（.txt）和 Excel、WPS 表格（.xlsx、.xls、.et、.csv）".into(),
            "it is not known what this file is; Word documents (.docx), plain text (.txt) and spreadsheets (.xlsx, .xls, .et, .csv) can be imported".into(),
            save,
        ),
    };
    error(code, place(path), zh, en).help(help.0, help.1)
}

/// Is a file called as spreadsheets are?
fn is_named_as_table(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    TABLE_ENDINGS.contains(&extension.as_str()) || extension == "ods"
}

fn english(name: &str) -> &str {
    match name {
        "网页" => "a web page",
        "图片" => "a picture",
        "音频、视频" => "sound or film",
        name => name,
    }
}

/// The name of a format in a Chinese sentence: one in Latin letters stands apart.
fn spaced(name: &str) -> String {
    if name.is_ascii() { format!(" {name} ") } else { name.to_string() }
}

/// What to do with a file that is neither a document nor a table.
fn way_out(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "PDF" | "OFD" => (
            "有原来的 Word 文稿，就导入那一份；没有的，用 WPS 或 Word 打开，转成 .docx，核对以后再导入。扫描件里只有图片，文字要自己录入",
            "import the Word file that it was made from; else open it in WPS or Word, turn it into .docx, check that, and import it. A scan has no text",
        ),
        "PowerPoint" | "EPUB" => (
            "把要用的文字和图片复制到 Word 或 WPS 文字里，存成 .docx，再导入",
            "copy its text and pictures into a Word document, save that as .docx, and import it",
        ),
        "图片" => (
            "图片不用导入：放进稿件的文件夹，在正文里写 ![说明](文件名)。扫描的文字要自己录入",
            "put it into the folder of a story, and write ![what it shows](file name) there. The text of a scan is to be typed",
        ),
        "音频、视频" => (
            "音频和视频不用导入：放进稿件的文件夹，在正文里写 ![说明](文件名)",
            "put it into the folder of a story, and write ![what it shows](file name) there",
        ),
        "Pages" => (
            "在 Pages 里选“文件—导出为—Word”，再导入",
            "in Pages choose File, Export To, Word, and import that",
        ),
        _ => return None,
    })
}

/// Files of a folder that are not meant to be imported.
pub fn skipped(path: &str, names: &[String]) -> Diagnostic {
    let shown: Vec<&str> = names.iter().take(MOST_NAMED).map(String::as_str).collect();
    let rest = names.len() - shown.len();
    let (more_zh, more_en) = match rest {
        0 => (String::new(), String::new()),
        rest => (format!("等 {} 个", names.len()), format!(" and {rest} more")),
    };
    note(
        "import-skipped",
        place(path),
        format!("这个文件夹里只导入 Word 文档，这些没有导入：{}{more_zh}", shown.join("、")),
        format!("only documents of this folder are imported, not {}{more_en}", shown.join(", ")),
    )
    .help(
        "要导入名册或纯文本，把文件名写在命令里；PDF 等文件单独导入，会说怎样转成 .docx",
        "to import a spreadsheet or a text name the file itself; so you are told how to turn others into .docx",
    )
}

/// So many files that were skipped are named.
const MOST_NAMED: usize = 8;

/// A file that the system does not let us read.
pub fn unreadable(path: &str, reason: &Text) -> Diagnostic {
    error("import-unreadable", place(path), reason.zh.clone(), reason.en.clone())
}

/// There is something where the story would go.
pub fn exists(path: &str, target: &str) -> Diagnostic {
    error(
        "import-exists",
        place(path),
        format!("“{target}”已经有了，没有覆盖，这个文件没有导入"),
        format!("“{target}” is there already and was not overwritten; this file was not imported"),
    )
    .help(
        "要重新导入，先删掉或改名；要放在别处，加上 --into 文件夹",
        "to import it again remove or rename that; to put it elsewhere use --into FOLDER",
    )
}

/// A folder without anything to import.
pub fn nothing(path: &str) -> Diagnostic {
    error(
        "import-nothing",
        place(path),
        "这个文件夹里没有可以导入的文件",
        "there is no file in this folder that can be imported",
    )
}

/// A post whose front matter cannot be read.
pub fn post_unreadable(path: &str) -> Diagnostic {
    error(
        "import-post",
        place(path),
        "这篇文章开头的信息读不出来，没有导入",
        "the front matter of this post cannot be read; it was not imported",
    )
    .help(
        "看看开头两行 --- 之间的写法，改好再导入",
        "correct what stands between its first two lines `---`, and import again",
    )
}

/// No site of this generator.
pub fn no_posts(path: &str, name: &str) -> Diagnostic {
    error(
        "import-no-posts",
        place(path),
        format!("这个文件夹里没有 {name} 的文章"),
        format!("there are no posts of {name} in this folder"),
    )
    .help(
        "要写网站最外层的文件夹：Hexo 的文章在 source/_posts 里，Hugo 的在 content 里，Jekyll 的在 _posts 里",
        "name the folder of the whole site: Hexo has its posts in source/_posts, Hugo in content, Jekyll in _posts",
    )
}

/// The file that says what categories are cannot be read.
pub fn map_unreadable(path: &str) -> Diagnostic {
    error("import-map", place(path), "分类的对照文件读不出来", "the file of categories cannot be read").help(
        "写成 YAML，一行一个分类：民生工作: 抓好民生；要写别的项，写成 民生工作: {着力点: [抓好民生], 类型: 案例}",
        "write YAML, a category on each line: `News: livelihood`, or `News: {focal_points: [livelihood], kind: case}`",
    )
}

/// A folder for stories that lies elsewhere.
pub fn outside(path: &str) -> Diagnostic {
    error(
        "import-outside",
        place(path),
        "稿件只能放在 content/stories 里面",
        "stories can only lie in content/stories",
    )
    .help(
        "--into 写 content/stories 里的文件夹，例如 --into 2026/推荐表",
        "name a folder in content/stories, as in --into 2026/forms",
    )
}

/// LibreOffice has not made a document of Word of it.
pub fn no_converter(path: &str, why: Unconverted) -> Diagnostic {
    let (zh, en) = match why {
        Unconverted::Failed => (
            "LibreOffice 没能转换这个文件".to_string(),
            "LibreOffice could not convert this file".to_string(),
        ),
        Unconverted::TimedOut(seconds) => (
            format!("LibreOffice 转换了 {seconds} 秒还没有完，已经停下"),
            format!("LibreOffice was stopped: it had not converted this file in {seconds} seconds"),
        ),
        Unconverted::NoProgram => (
            "没有找到 LibreOffice（soffice），--convert 用不了".to_string(),
            "LibreOffice (soffice) was not found, so that --convert cannot be used".to_string(),
        ),
    };
    error("import-convert", place(path), zh, en).help(
        "用 Word 或 WPS 打开，另存为 .docx，再导入",
        "open it in Word or WPS, save it as .docx, and import that",
    )
}

/// What is told of a document that was imported.
pub fn report(path: &str, report: &Report) -> Vec<Diagnostic> {
    let list = |texts: &[Text]| {
        let zh: Vec<&str> = texts.iter().map(|text| text.zh.as_str()).collect();
        let en: Vec<&str> = texts.iter().map(|text| text.en.as_str()).collect();
        (zh.join("；"), en.join("; "))
    };
    let mut told = Vec::new();
    let mut say = |code, texts: &[Text], zh: &str, en: &str, is_warning: bool| {
        if texts.is_empty() {
            return;
        }
        let (list_zh, list_en) = list(texts);
        let (zh, en) = (format!("{zh}：{list_zh}"), format!("{en}: {list_en}"));
        told.push(match is_warning {
            true => warning(code, place(path), zh, en),
            false => note(code, place(path), zh, en),
        });
    };
    say("import-guessed", &report.guessed, "猜的，请核对", "guessed, please check", false);
    say("import-taken", &report.taken, "带来了", "taken", false);
    say("import-dropped", &report.dropped, "没有带来", "left out", false);
    say("import-lost", &report.lost, "带不过来，要自己补", "could not be brought along", true);
    say(
        "import-open",
        &report.open,
        "发布以前还要填",
        "to be filled in before it is published",
        false,
    );
    told
}

fn in_sheet(path: &str, sheet: &str) -> (Place, String, String) {
    match sheet.is_empty() {
        true => (place(path), "表格".into(), String::new()),
        false => (place(path), format!("“{sheet}”表"), format!("sheet “{sheet}”: ")),
    }
}

/// A sheet whose head was not found.
pub fn roster_no_head(path: &str, sheet: &str) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    error(
        "roster-head",
        place,
        format!("{zh}里找不到表头：前 30 行里没有一行同时写着两个认得的栏目"),
        format!("{en}no head was found: none of the first 30 rows has two labels that are known"),
    )
    .help(
        "认得的栏目有：姓名、单位、单位名称、上级、层级、荣誉名称、授予单位、年份、日期、文号、实事名称、责任单位、状态、期限、工作名称、开始、结束；\
         先用 xianfeng export roster 导出一份，照着它的表头填最省事",
        "labels are 姓名, 单位, 单位名称, 荣誉名称, 授予单位, 年份, 实事名称, 工作名称 and others; a roster made by `xianfeng export roster` has them all",
    )
}

/// A sheet that may be one list or another.
pub fn roster_unknown(path: &str, sheet: &str, labels: &[&str]) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    let labels = labels.join("、");
    error(
        "roster-unknown",
        place,
        format!("看不出{zh}是哪一种名册（栏目：{labels}）"),
        format!("{en}it is not clear which list this is (labels: {labels})"),
    )
    .help(
        "把工作表（下面的标签）改名为：单位、荣誉、人员、工作 或 实事",
        "call the sheet 单位 (units), 荣誉 (honours), 人员 (people), 工作 (works) or 实事 (tasks)",
    )
}

/// A roster without a column of names.
pub fn roster_no_names(path: &str, sheet: &str, roster: &Roster) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    let looked: Vec<&str> = roster
        .field(&roster.columns[0])
        .map(|f| f.chinese)
        .into_iter()
        .chain(roster.columns[0].labels.iter().copied())
        .collect();
    let looked = looked.join("、");
    error(
        "roster-names",
        place,
        format!("{zh}像是{}名册，但没有写名称的一栏；找过：{looked}", roster.sheet),
        format!(
            "{en}this seems to be a list of {}, but has no column of names; looked for {looked}",
            roster.also[roster.also.len() - 1]
        ),
    )
}

/// A formula that has no value.
pub fn roster_formula(path: &str, sheet: &str, at: &str) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    error(
        "roster-formula",
        place,
        format!("{zh} {at} 是公式，没有算出的结果，或者结果是错误"),
        format!("{en}{at} is a formula without a value, or an error"),
    )
    .help(
        "用 Excel 或 WPS 打开，看一看这一格，保存以后再导入",
        "open it in Excel or WPS, look at this cell, save, and import again",
    )
}

/// A number of which Excel has lost the last digits.
pub fn roster_digits(path: &str, sheet: &str, at: &str, text: &str) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    error(
        "roster-digits",
        place,
        format!("{zh} {at} 的“{text}”：这么长的号码被 Excel 当成了数，后几位已经丢了"),
        format!("{en}{at} has “{text}”: Excel took a long number for a value, and its last digits are lost"),
    )
    .help(
        "从原始材料重新填这一格，先把格式设成“文本”；导入用不到身份证号，整列删掉也可以",
        "fill in this cell anew, formatted as text; identity numbers are not imported, so the column may go",
    )
}

/// `1999.1`, which may be January or October.
pub fn roster_month(path: &str, sheet: &str, at: &str, text: &str) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    let year = text.split('.').next().unwrap_or_default();
    error(
        "roster-month",
        place,
        format!("{zh} {at} 的“{text}”看不出是 {year} 年 1 月还是 10 月（Excel 会把 {year}.10 变成 {year}.1）"),
        format!("{en}{at} has “{text}”, which may be January or October (Excel turns {year}.10 into {year}.1)"),
    )
    .help(format!("改成 {year}年1月 或 {year}年10月"), format!("write {year}年1月 or {year}年10月"))
}

/// A row with values and without a name.
pub fn roster_nameless(path: &str, sheet: &str, row: u32) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    error(
        "roster-nameless",
        place,
        format!("{zh}第 {row} 行有内容，没有写名称"),
        format!("{en}row {row} has values, but no name"),
    )
    .help("补上名称，或者删掉这一行", "give it a name, or delete the row")
}

/// What is no day.
pub fn roster_day(path: &str, sheet: &str, at: &str, text: &str) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    error(
        "roster-day",
        place,
        format!("{zh} {at} 的“{text}”看不出是哪一天"),
        format!("{en}{at} has “{text}”, which is no day"),
    )
    .help(
        "写成 2026-03-18 或 2026年3月18日，年月日都要有",
        "write it as 2026-03-18, with year, month and day",
    )
}

/// A word that is none of those that may be.
pub fn roster_word(
    path: &str,
    sheet: &str,
    at: &str,
    text: &str,
    words: &[(&str, &str)],
) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    let zh_words: Vec<&str> = words.iter().map(|(_, zh)| *zh).collect();
    let en_words: Vec<&str> = words.iter().map(|(en, _)| *en).collect();
    error(
        "roster-word",
        place,
        format!("{zh} {at} 不能写“{text}”"),
        format!("{en}{at} cannot be “{text}”"),
    )
    .help(format!("只能写：{}", zh_words.join("、")), format!("it may be {}", en_words.join(", ")))
}

/// A text that breaks the rule of its key.
pub fn roster_rule(path: &str, sheet: &str, at: &str, text: &str, field: &Field) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    error(
        "roster-value",
        place,
        format!("{zh} {at} 的“{text}”不能作{}", field.chinese),
        format!("{en}{at} has “{text}”, which cannot be a value of `{}`", field.name),
    )
    .help(field.help.zh, field.help.en)
}

/// The same name twice.
pub fn roster_twice(path: &str, sheet: &str, row: u32, name: &str) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    error(
        "roster-twice",
        place,
        format!("{zh}第 {row} 行的“{name}”前面已经有了"),
        format!("{en}row {row}: “{name}” was there before"),
    )
    .help(
        "两行合成一行；确实是两个，写得不一样",
        "make one row of the two; if they are two, let their names differ",
    )
}

/// Units that the list of units does not have.
pub fn roster_units(path: &str, sheet: &str, units: &[(String, Option<String>)]) -> Diagnostic {
    let (place, zh, en) = in_sheet(path, sheet);
    let list: Vec<String> = units
        .iter()
        .take(10)
        .map(|(unit, near)| match near {
            Some(near) => format!("{unit}（是不是“{near}”？）"),
            None => unit.clone(),
        })
        .collect();
    let names: Vec<&str> = units.iter().take(10).map(|(unit, _)| unit.as_str()).collect();
    let more = if units.len() > 10 { format!(" 等 {} 个", units.len()) } else { String::new() };
    error(
        "roster-units",
        place,
        format!("{zh}写的这些单位，units.yaml 里没有：{}{more}", list.join("、")),
        format!("{en}units.yaml does not have these units: {}", names.join(", ")),
    )
    .help(
        "先导入单位名录，或者把单位的名称改成一样的",
        "import the list of units first, or spell the units as it does",
    )
}

/// A list file that cannot be changed.
pub fn roster_file(path: &str, file: &str, is_readable: bool) -> Diagnostic {
    let (zh, en) = match is_readable {
        false => (
            format!("“{file}”现在读不出来，没有改动它"),
            format!("“{file}” cannot be read as it is, and was not changed"),
        ),
        true => (
            format!("“{file}”的写法特殊，没有把握改对，没有改动它"),
            format!(
                "“{file}” is written in a way that cannot be changed for sure, and was not changed"
            ),
        ),
    };
    let help = match is_readable {
        false => (
            "先运行 xianfeng check，把这个文件的错误改好",
            "run `xianfeng check`, and correct the file first",
        ),
        true => (
            "把它改成一项一段的普通写法，再导入",
            "write it with an entry on lines of its own, and import again",
        ),
    };
    error("roster-file", place(path), zh, en).help(help.0, help.1)
}

/// What is told of a roster that was read.
pub fn roster_report(path: &str, found: &Found, missing: &[String]) -> Vec<Diagnostic> {
    let (_, sheet, sheet_en) = in_sheet(path, &found.sheet);
    let mut told = Vec::new();
    let mut say = |code, zh: String, en: String| {
        told.push(note(code, place(path), format!("{sheet}{zh}"), format!("{sheet_en}{en}")))
    };
    let list = |texts: &[String]| {
        let shown: Vec<String> =
            texts.iter().take(8).map(|text| text.chars().take(20).collect()).collect();
        let more =
            if texts.len() > 8 { format!(" 等 {} 项", texts.len()) } else { String::new() };
        format!("{}{more}", shown.join("、"))
    };
    if !found.private.is_empty() {
        say(
            "roster-private",
            format!("的个人信息从不导入：{}", list(&found.private)),
            format!("private, and never imported: {}", list(&found.private)),
        );
    }
    if !found.masked.is_empty() {
        say(
            "roster-private",
            format!("有几格里是电话或身份证号，没有导入：{}", list(&found.masked)),
            format!("cells with numbers of people were not imported: {}", list(&found.masked)),
        );
    }
    if !found.unused.is_empty() {
        say(
            "roster-unused",
            format!("里没有用到的栏目：{}", list(&found.unused)),
            format!("columns that are not used: {}", list(&found.unused)),
        );
    }
    if !found.skipped.is_empty() {
        say(
            "roster-skipped",
            format!("里不是名单的行，没有导入：{}", list(&found.skipped)),
            format!("rows that are no entries: {}", list(&found.skipped)),
        );
    }
    if found.hidden > 0 {
        say(
            "roster-hidden",
            format!("里隐藏的 {} 行没有导入", found.hidden),
            format!("{} hidden rows were not imported", found.hidden),
        );
    }
    if !missing.is_empty() {
        say(
            "roster-missing",
            format!(
                "里没有、名录里有的 {} 项照旧保留（要删掉，加上 --remove）：{}",
                missing.len(),
                list(missing)
            ),
            format!(
                "{} entries that it does not have stay (remove them with --remove): {}",
                missing.len(),
                list(missing)
            ),
        );
    }
    told
}
