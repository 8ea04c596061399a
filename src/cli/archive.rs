//! `archive`, `archive verify` and `archive diff`.

use std::path::PathBuf;

use super::given::Given;
use super::table::{CommandSpec, JOBS, STRICT, Values, bilingual, option, required};
use super::{Command, selection, values};
use crate::base::lang::Text;
use crate::model::selection::Selection;
use crate::value::kind::Kind;
use crate::value::moment::Moment;

/// What to do about bags.
#[derive(Clone, Debug, PartialEq)]
pub enum ArchiveArguments {
    /// Make one.
    Make(MakeArguments),
    /// Check one.
    Verify {
        /// Its folder.
        bag: PathBuf,
        /// Warnings end with exit code 3.
        strict: bool,
        /// The number of threads; `None` for one per core.
        jobs: Option<usize>,
    },
    /// Compare two.
    Diff {
        /// The older one.
        old: PathBuf,
        /// The newer one.
        new: PathBuf,
        /// A file for the differences as CSV.
        csv: Option<PathBuf>,
        /// May it take the place of a file that is there?
        force: bool,
    },
}

/// How to make a bag.
#[derive(Clone, Debug, PartialEq)]
pub struct MakeArguments {
    /// Which stories.
    pub selection: Selection,
    /// The bag's folder, where it was named.
    pub output: Option<PathBuf>,
    /// The time that it is, and whether it was given without an offset.
    pub now: Option<(Moment, bool)>,
    /// Take the place of a bag that is there.
    pub force: bool,
    /// Only show what would be numbered.
    pub dry_run: bool,
    /// Warnings end with exit code 3.
    pub strict: bool,
    /// The number of threads; `None` for one per core.
    pub jobs: Option<usize>,
}

pub(super) const ARCHIVE: CommandSpec = CommandSpec {
    name: "archive",
    positionals: &[],
    options: &[
        &[option(
            "--output-dir",
            bilingual(
                "归档包放在哪里（默认 archive/全宗号-门类-日期）",
                "Folder for the bag (default: archive/FONDS-CATEGORY-DATE)",
            ),
        )
        .letter('o')
        .value(bilingual("文件夹", "DIR"), Values::Folder)],
        selection::OPTIONS,
        &[
            option(
                "--now",
                bilingual(
                    "打包日期，也按它判断发布和撤下，例如 2026-12-01（默认是现在）",
                    "Bagging date, which also decides what is published, such as 2026-12-01 (default: now)",
                ),
            )
            .value(bilingual("时间", "TIME"), Values::Text),
            option(
                "--dry-run",
                bilingual(
                    "只显示会编哪些档号，什么也不写",
                    "Only show what would be numbered; write nothing",
                ),
            ),
            option("--force", bilingual("代替已有的归档包", "Replace a bag that exists")),
            STRICT,
            JOBS,
        ],
    ],
    summary: bilingual(
        "给典型事迹编档号，做成移交档案室的归档包",
        "Number the typical cases and write a bag for the archive",
    ),
    description: bilingual(
        "给支部和党员事迹编档号，连同原文、图片、著录信息和整个网站，做成 BagIt 归档包。用 --kind 选别的类型。\n\
         site.yaml 的 archive 里要写全宗号和机构代码；编过的档号记在 content/archive-ledger.yaml，不会再变。",
        "Numbers the stories of branches and members, and writes them as a BagIt bag with their sources, pictures, records and the whole site. Use --kind for other kinds.\n\
         `archive` in site.yaml must give the fonds and the department. Numbers are kept in content/archive-ledger.yaml and never change.",
    ),
    examples: &[
        bilingual("xianfeng archive --dry-run", "xianfeng archive --dry-run"),
        bilingual("xianfeng archive --year 2026", "xianfeng archive --year 2026"),
    ],
    read: |given| Ok(Command::Archive(ArchiveArguments::Make(make(given)?))),
};

pub(super) const VERIFY: CommandSpec = CommandSpec {
    name: "archive verify",
    positionals: &[required(bilingual("归档包", "BAG"), Values::Folder)],
    options: &[&[STRICT, JOBS]],
    summary: bilingual(
        "检查归档包：少了、改了、多了什么",
        "Report what is missing, changed or extra in a bag",
    ),
    description: bilingual(
        "逐个文件核对归档包，说出少了、改了、多了什么。别的程序做的 BagIt 包也能检查。",
        "Checks every file of a bag and reports what is missing, changed or extra. Bags of other BagIt tools are checked too.",
    ),
    examples: &[bilingual(
        "xianfeng archive verify archive/Q012-WS-20261201",
        "xianfeng archive verify archive/Q012-WS-20261201",
    )],
    read: |given| {
        Ok(Command::Archive(ArchiveArguments::Verify {
            bag: (&given.words[0]).into(),
            strict: given.has("--strict"),
            jobs: given.value("--jobs", values::jobs)?,
        }))
    },
};

pub(super) const DIFF: CommandSpec = CommandSpec {
    name: "archive diff",
    positionals: &[
        required(bilingual("旧包", "OLD"), Values::Folder),
        required(bilingual("新包", "NEW"), Values::Folder),
    ],
    options: &[&[
        option(
            "--csv",
            bilingual("差别另存为 CSV 表格", "Also write the differences to a CSV file"),
        )
        .value(bilingual("文件", "FILE"), Values::File),
        option(
            "--force",
            bilingual("CSV 文件已经有了时，覆盖它", "Replace the CSV file if it exists"),
        ),
    ]],
    summary: bilingual(
        "比较两个归档包：新增、修改、撤下了哪些",
        "Report what was added, changed or withdrawn between two bags",
    ),
    description: bilingual(
        "比较两个归档包的清单，说出新增、修改、撤下了哪些。文件本身是否完好，用 archive verify 检查。",
        "Compares the manifests of two bags and reports what was added, changed or withdrawn. Use `archive verify` to check the files themselves.",
    ),
    examples: &[bilingual(
        "xianfeng archive diff 2025年归档 2026年归档 --csv 差别.csv",
        "xianfeng archive diff archive/2025 archive/2026 --csv differences.csv",
    )],
    read: |given| {
        Ok(Command::Archive(ArchiveArguments::Diff {
            old: (&given.words[0]).into(),
            new: (&given.words[1]).into(),
            csv: given.path("--csv")?,
            force: given.has("--force"),
        }))
    },
};

fn make(given: &Given) -> Result<MakeArguments, Text> {
    let mut selection = selection::read(given)?;
    if selection.kinds.is_empty() {
        // The typical cases (典型事迹).
        selection.kinds = vec![Kind::Branch, Kind::Member, Kind::Case];
    }
    Ok(MakeArguments {
        selection,
        output: given.path("--output-dir")?,
        now: given.value("--now", values::moment)?,
        force: given.has("--force"),
        dry_run: given.has("--dry-run"),
        strict: given.has("--strict"),
        jobs: given.value("--jobs", values::jobs)?,
    })
}
