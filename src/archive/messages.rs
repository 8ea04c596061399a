//! Messages about the archive, one constructor each.

use crate::archive::schema::SchemaRule;
use crate::bag::messages::shown;
use crate::bag::zipped::ZipProblem;
use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::source::{Place, SourcePath};

pub(crate) fn settings() -> Place {
    Place::file(&SourcePath::new("content/site.yaml"))
}

/// site.yaml does not say what item numbers are made of.
pub fn archive_settings_missing(lacks: &[&str]) -> Diagnostic {
    error(
        "archive-settings-missing",
        settings(),
        format!("归档要编档号，site.yaml 的 archive 里还缺少：{}", lacks.join("、")),
        format!("item numbers need these below `archive` in site.yaml: {}", lacks.join(", ")),
    )
    .help(
        "问过档案室以后在 content/site.yaml 里写上，下面几行前面各空两格：\n\
         archive:\n  fonds: Q012           # 全宗号\n  department: DQB       # 机构（问题）代码\n  retention:            # 保管期限\n    branch: Y\n    member: Y",
        "ask the archive, and write into content/site.yaml:\n\
         archive:\n  fonds: Q012           # the number of the fonds\n  department: DQB       # the code of the department\n  retention:\n    branch: Y\n    member: Y",
    )
}

/// How long a kind of story is kept is not said, and would be in its number for ever.
pub fn archive_retention_unsaid(kind: &str) -> Diagnostic {
    error(
        "archive-retention-unsaid",
        settings(),
        format!("没有写 {kind} 类稿件的保管期限，它要编进档号，编过的档号不会再变"),
        format!("no retention is given for stories of kind {kind}; it is part of numbers, which never change"),
    )
    .help(
        format!("先问档案室，再在 content/site.yaml 的 archive 下面写 retention（保管期限）：\n  retention:\n    {kind}: Y            # Y 永久、D30 三十年、D10 十年"),
        format!("ask the archive, and write below `archive` in content/site.yaml:\n  retention:\n    {kind}: Y            # Y for ever, D30, D10"),
    )
}

/// The ledger has numbers of another fonds or category than site.yaml names.
pub fn ledger_other_codes(place: Place, number: &str, now: &str) -> Diagnostic {
    error(
        "ledger-other-codes",
        place,
        format!("台账里的档号是 {number}，content/site.yaml 现在写的是 {now}"),
        format!("the ledger has {number}, and content/site.yaml names {now} now"),
    )
    .help(
        "已经移交给档案室的，把 site.yaml 的 fonds（全宗号）和 category（门类）改回去；一个也没有移交过的，删掉 content/archive-ledger.yaml，会全部重新编号",
        "if numbers were handed over, put the fonds and category back into site.yaml; if none was, delete content/archive-ledger.yaml, and all are numbered anew",
    )
}

/// What is still the sample's, and would be in numbers and records for ever.
pub fn archive_sample(keys: &str) -> Diagnostic {
    error(
        "archive-sample",
        settings(),
        format!("content/site.yaml 里的{keys}还是示例的，不能用来归档：档号和记录不会再变"),
        format!(
            "{keys} in content/site.yaml are those of the sample; numbers and records never change"
        ),
    )
    .help("先改成自己单位的", "put your own in their place first")
}

/// Nobody is named who answers for a story.
pub fn archive_responsible_missing(place: Place) -> Diagnostic {
    warning(
        "archive-responsible-missing",
        place,
        "不知道这篇稿件的责任者是谁",
        "nobody is named who is responsible for this story",
    )
    .help(
        "在稿件里写 author: 作者，或者在 content/site.yaml 里写 organisation: 主办单位",
        "write `author` in the story, or `organisation` in content/site.yaml",
    )
}

/// The bag names nobody to ask.
pub fn archive_contact_missing() -> Diagnostic {
    warning(
        "archive-contact-missing",
        settings(),
        "归档包里没有联系人",
        "the bag names nobody to ask",
    )
    .help(
        "在 archive 下面写 contact_name（联系人）、contact_phone（联系电话）或 contact_email（联系邮箱）",
        "write contact_name, contact_phone or contact_email below `archive`",
    )
}

/// The bag does not say whose it is.
pub fn archive_organisation_missing() -> Diagnostic {
    warning(
        "archive-organisation-missing",
        settings(),
        "归档包里没有移交单位的名称",
        "the bag does not say which organisation it is from",
    )
    .help("写一行 organisation: 主办单位全称", "write `organisation` in site.yaml")
}

/// Another run is archiving this campaign.
pub fn archive_busy() -> Diagnostic {
    error(
        "archive-busy",
        Place::file(&SourcePath::new(crate::base::layout::LEDGER)),
        "另一个 xianfeng 正在给这个网站归档",
        "this campaign is being archived by another run",
    )
    .help("等它结束，再运行一次", "wait until it has ended, and run again")
}

/// A merge left its marks in the ledger.
pub fn ledger_conflict(place: Place) -> Diagnostic {
    error(
        "ledger-conflict",
        place,
        "两个人都改过档号台账，合并时留下了冲突标记",
        "the ledger was changed by two people, and the merge left its marks",
    )
    .help(
        "请会用版本管理的同事帮忙：先归过档的一方的档号全部留下，另一方新编的几项删掉，再删掉 <<<<<<<、=======、>>>>>>> 这几行；被删的会重新编号",
        "keep the numbers of whichever side was handed over first, delete the new ones of the other side and the lines <<<<<<<, =======, >>>>>>>; what was deleted is numbered anew",
    )
}

/// The ledger is no list.
pub fn ledger_no_list(place: Place, (zh, en): (&str, &str)) -> Diagnostic {
    error(
        "ledger-no-list",
        place,
        format!("档号台账应当是一个列表，却是{zh}"),
        format!("the ledger must be a list, and is {en}"),
    )
    .help(
        "从备份里找回这个文件；不要删掉它，否则已经移交的档号会重新编",
        "get the file from a backup; without it numbers that were handed over would be given anew",
    )
}

/// An entry of the ledger has no number that could be one.
pub fn ledger_number_wrong(place: Place, number: &str) -> Diagnostic {
    error(
        "ledger-number-wrong",
        place,
        format!("“{number}”不是档号"),
        format!("“{number}” is not an item number"),
    )
    .help(
        "档号写成 Q012-WS·2026-Y-DQB-0001 这样；请对照已经移交的文件目录改回来",
        "a number is like Q012-WS·2026-Y-DQB-0001; mend it from the catalogue that was handed over",
    )
}

/// An entry of the ledger names no story.
pub fn ledger_story_wrong(place: Place, path: &str) -> Diagnostic {
    error(
        "ledger-story-wrong",
        place,
        format!("“{path}”不是稿件的位置"),
        format!("“{path}” is not where a story could be"),
    )
    .help("写成 content/stories/2026/文件名.md 这样", "write it like content/stories/2026/name.md")
}

/// Two entries with one number.
pub fn ledger_number_twice(place: Place, number: &str, line: usize) -> Diagnostic {
    error(
        "ledger-number-twice",
        place,
        format!("档号 {number} 给了两篇稿件，另一处在第 {line} 行"),
        format!("the number {number} is given to two stories; the other is in line {line}"),
    )
    .help(
        "对照已经移交的文件目录，留下对的一项，删掉另一项；删掉的稿件会得到新的档号",
        "keep the one that the catalogue handed over says, and delete the other, which will get a new number",
    )
}

/// Two numbers for one story.
pub fn ledger_story_twice(place: Place, story: &str, line: usize) -> Diagnostic {
    error(
        "ledger-story-twice",
        place,
        format!("“{story}”有两个档号，另一处在第 {line} 行"),
        format!("“{story}” has two numbers; the other is in line {line}"),
    )
    .help(
        "留下已经移交的那个档号；另一个如果也用过，把它的 story 改成原来那篇稿件，并加一行 withdrawn: true",
        "keep the number that was handed over; if the other was used too, let it name its old story and add `withdrawn: true`",
    )
}

/// A number whose story is gone.
pub fn ledger_story_gone(place: Place, number: &str, story: &str, title: &str) -> Diagnostic {
    error(
        "ledger-story-gone",
        place,
        format!("档号 {number} 的稿件找不到了：{story}《{title}》"),
        format!("the story of number {number} is gone: {story} “{title}”"),
    )
    .help(
        "稿件改了文件名或题目，就把这一项的 story 改成现在的文件；稿件确实不要了，就在这一项里加一行 withdrawn: true，这个档号不会再给别的稿件",
        "if it was renamed, let `story` name its file of now; if it is gone for good, add a line `withdrawn: true`, and its number rests",
    )
}

/// A numbered story that is on the site again.
pub fn ledger_withdrawn_back(place: Place, number: &str, story: &str) -> Diagnostic {
    error(
        "ledger-withdrawn-back",
        place,
        format!("档号 {number} 记着已撤下，可是“{story}”又在网站上了"),
        format!("number {number} is withdrawn, and “{story}” is on the site again"),
    )
    .help(
        "稿件要继续用原来的档号，就删掉 withdrawn 那一行；这是另一篇稿件，就给它换一个文件名",
        "delete the line `withdrawn` if it shall have its number again; rename the file if it is another story",
    )
}

/// A numbered story is a draft or not published now.
pub fn ledger_story_off(place: Place, number: &str) -> Diagnostic {
    note(
        "ledger-story-off",
        place,
        format!("这篇稿件现在没有发布，不在这次的归档包里；档号 {number} 仍然留给它"),
        format!(
            "this story is not published now and not in the bag; number {number} stays its own"
        ),
    )
}

/// A numbered story has a new file name.
pub fn ledger_story_renamed(place: Place, number: &str, before: &str) -> Diagnostic {
    note(
        "ledger-story-renamed",
        place,
        format!("题目和日期与“{before}”相同，是同一篇稿件改了文件名，继续用档号 {number}"),
        format!(
            "it has the title and date of “{before}”: the same story under a new name, and number {number} stays its own"
        ),
    )
}

/// The story at a number has another title and another date.
pub fn ledger_story_other(place: Place, number: &str, before: &str, after: &str) -> Diagnostic {
    warning(
        "ledger-story-other",
        place,
        format!("档号 {number} 原来是《{before}》，现在这个文件是《{after}》，题目和日期都变了"),
        format!(
            "number {number} was “{before}”; its file is “{after}” now, with another title and date"
        ),
    )
    .help(
        "如果是另一篇稿件，请给它换一个文件名，它会得到新的档号",
        "if it is another story, rename its file, and it will get a number of its own",
    )
}

/// A series has no number left.
pub fn ledger_series_full(place: Place) -> Diagnostic {
    error(
        "ledger-series-full",
        place,
        "这一年、这个机构的 9999 个件号用完了",
        "all 9999 numbers of this year and department are given",
    )
    .help(
        "问过档案室以后，在 site.yaml 里换一个 department（机构代码）",
        "ask the archive for another `department` in site.yaml",
    )
}

/// The file for the differences exists.
pub fn diff_file_exists(path: &str) -> Diagnostic {
    error(
        "diff-file-exists",
        Place::file(&SourcePath::new(path)),
        "这个文件已经有了，没有覆盖它",
        "this file exists; it was not overwritten",
    )
    .help(
        "换一个文件名；确定要覆盖，就加上 --force",
        "name another file, or overwrite it with --force",
    )
}

/// A bag without our catalogue.
pub fn bag_not_ours(place: Place) -> Diagnostic {
    error(
        "bag-not-ours",
        place,
        "这不是 xianfeng archive 做的归档包：里面没有 data/文件目录.XML",
        "this bag was not made by `xianfeng archive`: it has no data/文件目录.XML",
    )
    .help(
        "指明直接放着 bagit.txt 的那个文件夹；别的程序做的包只能检查，不能比较",
        "name the folder that contains bagit.txt; bags of other tools can be verified, not compared",
    )
}

/// An XML file that cannot be read.
pub fn bag_xml_broken(place: Place) -> Diagnostic {
    error(
        "bag-xml-broken",
        place,
        "这个 XML 文件读不出来：格式坏了，或者大得不正常",
        "this XML file cannot be read: it is broken, or far too large",
    )
}

/// An XML file that is not what its schema says.
pub fn bag_xml_mismatch(place: Place, path: &str, rule: SchemaRule) -> Diagnostic {
    let path = shown(path);
    let (zh, en) = match rule {
        SchemaRule::Missing => ("缺少", "lacks"),
        SchemaRule::Unexpected => ("多出", "has, where it may not be,"),
        SchemaRule::Value => ("内容不合要求：", "has a wrong value at"),
        SchemaRule::Namespace => ("命名空间不对：", "has another namespace at"),
    };
    error(
        "bag-xml-mismatch",
        place,
        format!("不符合格式定义：{zh}“{path}”"),
        format!("does not fit its schema: it {en} “{path}”"),
    )
}

/// The catalogue names a folder that cannot be an item's.
pub fn bag_folder_wrong(place: Place, folder: &str) -> Diagnostic {
    let folder = shown(folder);
    error(
        "bag-folder-wrong",
        place,
        format!("目录里的“{folder}”不能是一件档案的文件夹，或者写了两次"),
        format!("“{folder}” cannot be the folder of an item, or is there twice"),
    )
}

/// The catalogue has a number twice.
pub fn bag_number_twice(place: Place, number: &str) -> Diagnostic {
    let number = shown(number);
    error(
        "bag-number-twice",
        place,
        format!("目录里档号 {number} 出现了两次"),
        format!("the catalogue has the number {number} twice"),
    )
}

/// A file that the catalogue calls for.
pub fn bag_item_missing(place: Place) -> Diagnostic {
    error(
        "bag-item-missing",
        place,
        "少了这个文件：按文件目录应当有",
        "missing: the catalogue calls for this file",
    )
}

/// An item that is not in the catalogue.
pub fn bag_item_unlisted(place: Place) -> Diagnostic {
    error(
        "bag-item-unlisted",
        place,
        "文件目录里没有这一件",
        "the catalogue does not have this item",
    )
}

/// A record says something else than the catalogue or the files.
pub fn bag_record_differs(place: Place, field: &str) -> Diagnostic {
    let field = shown(field);
    error(
        "bag-record-differs",
        place,
        format!("著录信息和文件目录或文件本身对不上：{field}"),
        format!("the record differs from the catalogue or the files: {field}"),
    )
}

/// A catalogue for people that says something else than the one for programs.
pub fn bag_copy_differs(place: Place) -> Diagnostic {
    error(
        "bag-copy-differs",
        place,
        "这个目录和文件目录.XML 的内容不一样",
        "this catalogue differs from 文件目录.XML",
    )
}

/// A book or spreadsheet that cannot be opened.
pub fn bag_zip(place: Place, problem: &ZipProblem) -> Diagnostic {
    let (zh, en) = match problem {
        ZipProblem::Broken => {
            ("打不开，文件损坏了".to_string(), "cannot be opened: it is damaged".into())
        }
        ZipProblem::Bomb => (
            "解开以后大得不正常，可能是恶意文件，没有继续读".into(),
            "unpacks to far more than it should, as malicious files do; reading stopped".into(),
        ),
        ZipProblem::Unsafe(name) => {
            let name = shown(name);
            (
                format!("里面的“{name}”会解到别处去，没有继续读"),
                format!("“{name}” in it leads elsewhere; reading stopped"),
            )
        }
        ZipProblem::Lacks(name) => {
            let name = shown(name);
            (format!("里面缺少 {name}"), format!("does not contain a valid {name}"))
        }
    };
    error("bag-zip", place, format!("这个文件{zh}"), format!("this file {en}"))
}

/// A web archive that cannot be read.
pub fn bag_warc(place: Place) -> Diagnostic {
    error(
        "bag-warc",
        place,
        "这个网页存档（WARC）读不出来，文件损坏了",
        "this web archive (WARC) cannot be read: it is damaged",
    )
}
