//! `build` and `check`.

use std::path::PathBuf;

use super::complaints::both;
use super::given::Given;
use super::table::{
    BASE_URL, CommandSpec, JOBS, OptionSpec, PUBLISHED_AT, STRICT, Values, bilingual, option,
};
use super::{Command, values};
use crate::base::lang::Text;
use crate::base::slot::Links;
use crate::settings::BaseUrl;
use crate::value::moment::Moment;

/// How to build or check.
#[derive(Clone, Debug, PartialEq)]
pub struct BuildArguments {
    /// The output folder, relative to the project where it is not absolute.
    pub output: PathBuf,
    /// In place of `base_url` of site.yaml.
    pub base_url: Option<BaseUrl>,
    /// With drafts.
    pub drafts: bool,
    /// The time that it is, and whether it was given without an offset.
    pub now: Option<(Moment, bool)>,
    /// Warnings end with exit code 3.
    pub strict: bool,
    /// Show how long each stage and each template took.
    pub timings: bool,
    /// Use an output folder that is not empty and not ours.
    pub force: bool,
    /// Compare what is there by content, not by size and time.
    pub verify: bool,
    /// The file that lists what was written and removed.
    pub changes: Option<PathBuf>,
    /// Take out slips that are sure; with `true`, only show them.
    pub fix: Option<bool>,
    /// How links are written.
    pub links: Links,
    /// The number of threads; `None` for one per core.
    pub jobs: Option<usize>,
}

/// What `build` and `check` take.
const OPTIONS: &[OptionSpec] = &[
    option(
        "--output-dir",
        bilingual(
            "网站放在哪里（默认网站文件夹里的 public）",
            "Folder for the site (default: public in the project folder)",
        ),
    )
    .letter('o')
    .value(bilingual("文件夹", "DIR"), Values::Folder),
    BASE_URL,
    option(
        "--drafts",
        bilingual(
            "草稿和未到发布时间的稿件也生成（只供预览，不要上传）",
            "Include drafts and stories that are not due yet (for preview only)",
        ),
    ),
    PUBLISHED_AT,
    option(
        "--relative",
        bilingual(
            "链接都用相对路径：双击 public/index.html 就能看",
            "Write relative links, so that public/index.html opens by double-click",
        ),
    ),
    option(
        "--force",
        bilingual(
            "使用不是本程序生成的非空文件夹（原有文件不动）",
            "Use a folder that is not empty and that xianfeng did not write (its files stay)",
        ),
    ),
    option(
        "--timings",
        bilingual(
            "显示各阶段、各模板的用时（加 --format json 得一行 JSON）",
            "Show how long each stage and each template took (with --format json: one line of JSON)",
        ),
    ),
    STRICT,
    JOBS,
];

pub(super) const BUILD: CommandSpec = CommandSpec {
    name: "build",
    positionals: &[],
    options: &[
        OPTIONS,
        &[
            option(
                "--verify",
                bilingual(
                    "逐个核对已生成的文件内容（平时只看大小和时间）",
                    "Compare existing files by content, not only by size and time",
                ),
            ),
            option(
                "--changes",
                bilingual(
                    "把和上一份清单相比新增、修改、删除的文件列在这个文件里，上传时照着做",
                    "List in this file what was added, changed and removed since the last such list, for whoever uploads",
                ),
            )
            .value(bilingual("文件", "FILE"), Values::File),
        ],
    ],
    summary: bilingual("生成网站，放在 public 文件夹", "Build the site into public/"),
    description: bilingual(
        "生成网站。稿件有错误时什么也不改，原来的网站还在。",
        "Builds the site. If the content has errors, the existing site is not changed.",
    ),
    examples: &[
        bilingual("xianfeng build --relative", "xianfeng build --relative"),
        bilingual("xianfeng build --changes 本次改动.txt", "xianfeng build --changes changes.txt"),
        bilingual(
            "xianfeng build -u https://www.example.cn/ --strict",
            "xianfeng build -u https://www.example.cn/ --strict",
        ),
    ],
    read: |given| {
        Ok(Command::Build(BuildArguments {
            verify: given.has("--verify"),
            changes: given.path("--changes")?,
            ..read(given)?
        }))
    },
};

pub(super) const CHECK: CommandSpec = CommandSpec {
    name: "check",
    positionals: &[],
    options: &[
        OPTIONS,
        &[
            option(
                "--fix",
                bilingual(
                    "先改好有把握的笔误，并列出每一处：全角符号、Tab、看不见的字符",
                    "First fix what is sure and show it: full-width signs, tabs, unseen characters",
                ),
            ),
            option(
                "--dry-run",
                bilingual(
                    "和 --fix 一起用：只列出会怎样改，什么也不写",
                    "With --fix: only show what would be fixed; write nothing",
                ),
            ),
        ],
    ],
    summary: bilingual(
        "检查所有稿件，不生成网站",
        "Report everything that is wrong; write nothing",
    ),
    description: bilingual(
        "像 build 一样检查全部稿件和主题，再多看几项：长期没有更新的着力点、正文里的手机号码。不加 --fix 时什么也不写。",
        "Reports everything `build` reports, and more: focal points that have had no story for a long time, phone numbers in the text. Writes nothing without --fix.",
    ),
    examples: &[
        bilingual("xianfeng check --strict", "xianfeng check --strict"),
        bilingual("xianfeng check --fix --dry-run", "xianfeng check --fix --dry-run"),
    ],
    read: |given| {
        let (fix, dry_run) = (given.has("--fix"), given.has("--dry-run"));
        if dry_run && !fix {
            return Err(both("--dry-run 要和 --fix 一起用", "--dry-run goes with --fix"));
        }
        Ok(Command::Check(BuildArguments { fix: fix.then_some(dry_run), ..read(given)? }))
    },
};

/// Reads what both take.
fn read(given: &Given) -> Result<BuildArguments, Text> {
    Ok(BuildArguments {
        output: given.path("--output-dir")?.unwrap_or("public".into()),
        base_url: given.value("--base-url", values::base_url)?,
        drafts: given.has("--drafts"),
        now: given.value("--now", values::moment)?,
        strict: given.has("--strict"),
        timings: given.has("--timings"),
        force: given.has("--force"),
        verify: false,
        changes: None,
        fix: None,
        links: if given.has("--relative") { Links::Relative } else { Links::FromRoot },
        jobs: given.value("--jobs", values::jobs)?,
    })
}
