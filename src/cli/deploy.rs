//! `deploy`.

use std::path::PathBuf;

use super::given::Given;
use super::table::{
    BASE_URL, CommandSpec, PUBLISHED_AT, STRICT, Values, bilingual, option, optional,
};
use super::{Command, values};
use crate::base::lang::Text;
use crate::base::slot::Links;
use crate::settings::BaseUrl;
use crate::value::moment::Moment;

/// What to deploy, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct DeployArguments {
    /// The target, as site.yaml calls it; `None` for the usual one.
    pub target: Option<String>,
    /// The output folder, relative to the project where it is not absolute.
    pub output: PathBuf,
    /// In place of `base_url` of site.yaml.
    pub base_url: Option<BaseUrl>,
    /// The time that it is, and whether it was given without an offset.
    pub now: Option<(Moment, bool)>,
    /// How links are written.
    pub links: Links,
    /// Only list what would be done.
    pub dry_run: bool,
    /// Compare every file that is there.
    pub verify: bool,
    /// Remove more than usual.
    pub yes: bool,
    /// Use a target that holds files of others.
    pub force: bool,
    /// The file that lists the addresses that caches must forget.
    pub purge_list: Option<PathBuf>,
    /// Warnings end with exit code 3, and nothing is sent.
    pub strict: bool,
}

pub(super) const DEPLOY: CommandSpec = CommandSpec {
    name: "deploy",
    positionals: &[optional(bilingual("目标", "TARGET"), Values::Text)],
    options: &[&[
        option(
            "--dry-run",
            bilingual(
                "只列出要新增、修改、删除的文件和要刷新的网址，什么也不上传",
                "Only list what is new, changed and gone, and the addresses to purge; send nothing",
            ),
        ),
        option(
            "--purge-list",
            bilingual(
                "把 CDN 上要刷新的网址写进这个文件，一行一个",
                "Write the addresses that a CDN must purge to this file, one a line",
            ),
        )
        .value(bilingual("文件", "FILE"), Values::File),
        option(
            "--verify",
            bilingual(
                "逐个核对目标上的文件，少了、坏了的重新上传",
                "Compare every file at the target, and send again what is missing or different",
            ),
        ),
        option(
            "--yes",
            bilingual("要删的超过三成也照做", "Go on even if more than 30 % would be removed"),
        ),
        option(
            "--force",
            bilingual(
                "目标里有别人的文件也用（那些文件不动）；以前传的网站，清单丢了，和 --verify 一起用",
                "Use a target that holds files of others (they stay); with --verify, one whose list of our files was lost",
            ),
        ),
        option(
            "--output-dir",
            bilingual(
                "网站先生成在哪里（默认网站文件夹里的 public）",
                "Folder that the site is built in first (default: public in the project folder)",
            ),
        )
        .letter('o')
        .value(bilingual("文件夹", "DIR"), Values::Folder),
        BASE_URL,
        option(
            "--relative",
            bilingual(
                "链接都用相对路径：从 U 盘双击 index.html 就能看",
                "Write relative links, so that index.html opens from a stick by double-click",
            ),
        ),
        PUBLISHED_AT,
        STRICT,
    ]],
    summary: bilingual(
        "生成网站，把有变化的传到服务器、对象存储或 U 盘",
        "Build the site and send what changed to its server, object storage or a folder",
    ),
    description: bilingual(
        "先生成网站，没有错误再把有变化的文件传到 site.yaml 的 deploy 里写的目标；不写目标就传到 default。草稿不会传。\n\
         先传图片，再传网页，最后传首页，读者不会看到缺图的网页。不要了的文件留到下一次 deploy 再删；急着撤下的，接着再运行一次。\n\
         中途断了，再运行一次就接着做。不是本程序上传的文件从不改动。\n\
         密钥放在环境变量里：对象存储是 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY，WebDAV 是 XIANFENG_WEBDAV_USER、XIANFENG_WEBDAV_PASSWORD；或者写在目标的 secrets 指的文件里。sftp、rsync 用你自己的 ssh 密钥。",
        "Builds the site and, if there is no error, sends what differs to a target of `deploy` in site.yaml; to `default` if none is named. Drafts are never sent.\n\
         Pictures go before pages, and the home page last, so that no reader gets a page whose files are missing. What is gone is removed by the next deploy; to withdraw something at once, deploy twice.\n\
         A deploy that was interrupted goes on when it is run again. Files that this program did not send are never changed.\n\
         Keys come from the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for object storage, XIANFENG_WEBDAV_USER and XIANFENG_WEBDAV_PASSWORD for WebDAV; or from the file that `secrets` of the target names. For sftp and rsync your own ssh keys are used.",
    ),
    examples: &[
        bilingual("xianfeng deploy --dry-run", "xianfeng deploy --dry-run"),
        bilingual(
            "xianfeng deploy --purge-list 刷新.txt",
            "xianfeng deploy --purge-list purge.txt",
        ),
        bilingual("xianfeng deploy usb --relative", "xianfeng deploy usb --relative"),
    ],
    read: |given| Ok(Command::Deploy(read(given)?)),
};

fn read(given: &Given) -> Result<DeployArguments, Text> {
    Ok(DeployArguments {
        target: given.words.first().map(|word| word.to_string_lossy().into_owned()),
        output: given.path("--output-dir")?.unwrap_or("public".into()),
        base_url: given.value("--base-url", values::base_url)?,
        now: given.value("--now", values::moment)?,
        links: if given.has("--relative") { Links::Relative } else { Links::FromRoot },
        dry_run: given.has("--dry-run"),
        verify: given.has("--verify"),
        yes: given.has("--yes"),
        force: given.has("--force"),
        purge_list: given.path("--purge-list")?,
        strict: given.has("--strict"),
    })
}
