//! `export zip`.

use std::path::PathBuf;
use std::sync::Arc;

use super::NOW;
use crate::base::lang::Text;
use crate::cli::given::Given;
use crate::cli::table::{BASE_URL, CommandSpec, Values, bilingual, option};
use crate::cli::{Command, values};
use crate::export::zip::SiteZip;

pub(in crate::cli) const ZIP: CommandSpec = CommandSpec {
    name: "export zip",
    positionals: &[],
    options: &[&[
        option(
            "--output-file",
            bilingual(
                "压缩包放在哪里（默认网站文件夹里的 网站.zip）",
                "File to write (default: 网站.zip in the project folder)",
            ),
        )
        .letter('o')
        .value(bilingual("文件", "FILE"), Values::File),
        option(
            "--since",
            bilingual(
                "和这个旧的压缩包比，列出变更（默认和 -o 那里现有的一份比）",
                "Older file from which changes count (default: the one that is at -o)",
            ),
        )
        .value(bilingual("旧文件", "OLD"), Values::File),
        BASE_URL,
        option(
            "--relative",
            bilingual(
                "链接都用相对路径：解压后双击 site/index.html 就能看",
                "Write relative links, so that site/index.html opens by double-click",
            ),
        ),
        NOW,
    ]],
    summary: bilingual(
        "把整个网站做成一个压缩包，交给网站管理员，附变更清单",
        "Write the whole site as one file for whoever runs the server, with what changed",
    ),
    description: bilingual(
        "把整个网站做成一个 zip 文件，里面有说明、网站、每个文件的摘要，和与上一份相比的变更清单（删除、新增、修改）。\n\
         同样的稿件做出来的文件每个字节都相同；没有变化的，再做一次还是同一个文件。",
        "Writes the site as a ZIP file, with a digest of each file and a list of what is new, changed and gone since the \
         last one. The same site gives the same bytes; without a change it stays the same file.",
    ),
    examples: &[
        bilingual("xianfeng export zip -o 网站.zip", "xianfeng export zip -o site.zip"),
        bilingual(
            "xianfeng export zip -o 网站-6月.zip --since 网站-5月.zip",
            "xianfeng export zip -o june.zip --since may.zip",
        ),
    ],
    read: |given| Ok(Command::Export(Arc::new(read(given)?))),
};

fn read(given: &Given) -> Result<SiteZip, Text> {
    let output = given.path("--output-file")?.unwrap_or_else(|| PathBuf::from("网站.zip"));
    values::ending_known(&output, &["zip"])?;
    Ok(SiteZip {
        output,
        since: given.path("--since")?,
        base_url: given.value("--base-url", values::base_url)?,
        relative: given.has("--relative"),
        now: given.value("--now", values::moment)?,
    })
}
