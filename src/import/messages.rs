//! Messages about what is imported.

use super::Refusal;
use super::story::Report;
use crate::base::lang::Text;
use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::source::{Place, SourcePath};

fn place(path: &str) -> Place {
    Place::file(&SourcePath::new(path))
}

/// A file is not imported.
pub fn refused(path: &str, refusal: &Refusal) -> Diagnostic {
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
            ("分成几个文件，再导入", "divide it into several files"),
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
            format!("这是{name}文件，不是 Word 文件"),
            format!("this is no Word file but {}", english(name)),
            if matches!(*name, "RTF" | "OpenDocument") { convert } else { save },
        ),
        Refusal::NoWord => (
            "import-format",
            "这是一个压缩文件，里面没有 Word 文档或 Excel 表格".into(),
            "this is an archive without a document or a spreadsheet".into(),
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
            "看不出这是什么文件；能导入的是 Word 文档（.docx）和 Excel、WPS 表格（.xlsx、.xls、.et、.csv）".into(),
            "it is not known what this file is; Word documents (.docx) and spreadsheets (.xlsx, .xls, .et, .csv) can be imported".into(),
            save,
        ),
    };
    error(code, place(path), zh, en).help(help.0, help.1)
}

fn english(name: &str) -> &str {
    match name {
        "网页" => "a web page",
        "图片" => "a picture",
        name => name,
    }
}

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

/// LibreOffice is not there, or could not do it.
pub fn no_converter(path: &str, is_there: bool) -> Diagnostic {
    let (zh, en) = match is_there {
        true => ("LibreOffice 没能转换这个文件", "LibreOffice could not convert this file"),
        false => (
            "没有找到 LibreOffice（soffice），--convert 用不了",
            "LibreOffice (soffice) was not found, so that --convert cannot be used",
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
        let of = if is_warning { warning } else { note };
        told.push(of_text(
            of,
            code,
            place(path),
            format!("{zh}：{list_zh}"),
            format!("{en}: {list_en}"),
        ));
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

fn of_text(
    of: fn(&'static str, Place, String, String) -> Diagnostic,
    code: &'static str,
    place: Place,
    zh: String,
    en: String,
) -> Diagnostic {
    of(code, place, zh, en)
}
