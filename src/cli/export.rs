//! `export`; what it exports is in a file each.

mod brief;
mod docx;
mod review;
mod wechat;
mod zip;

use super::Command;
use super::table::{CommandSpec, OptionSpec, Values, bilingual, find, option, required};

pub(super) use brief::BRIEF;
pub(super) use docx::DOCX;
pub(super) use review::REVIEW;
pub(super) use wechat::WECHAT;
pub(super) use zip::ZIP;

pub(super) const EXPORT: CommandSpec = CommandSpec {
    name: "export",
    positionals: &[required(bilingual("什么", "WHAT"), Values::Subcommands("export"))],
    options: &[],
    summary: bilingual("把稿件做成别的样子", "Write stories in other forms"),
    description: bilingual(
        "把稿件做成别的样子。各做什么，见 xianfeng export 什么 --help。",
        "Writes stories in other forms; see `xianfeng export WHAT --help`.",
    ),
    examples: &[bilingual("xianfeng export --help", "xianfeng export --help")],
    // Each of the words is a command of its own.
    read: |_| Ok(Command::Help(find(["export"].into_iter()).map(|(command, _)| command))),
};

/// The time of an export.
const NOW: OptionSpec = option(
    "--now",
    bilingual(
        "按这个时间算，例如 2026-03-18（默认是现在）",
        "Time to count by, such as 2026-03-18 (default: now)",
    ),
)
.value(bilingual("时间", "TIME"), Values::Text);

/// Drafts are exported, too.
const DRAFTS: OptionSpec = option(
    "--drafts",
    bilingual(
        "草稿和未到发布时间的稿件也收（送审用，不要发布）",
        "Include drafts and stories that are not due yet (for review only)",
    ),
);
