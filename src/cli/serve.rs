//! `serve`.

use std::net::{IpAddr, Ipv4Addr};

use super::table::{CommandSpec, Values, bilingual, option};
use super::{Command, values};

/// How to serve.
#[derive(Clone, Debug, PartialEq)]
pub struct ServeArguments {
    /// The port; `None` if none was asked for.
    pub port: Option<u16>,
    /// The address to listen at.
    pub interface: IpAddr,
    /// Open the browser.
    pub open: bool,
}

pub(super) const SERVE: CommandSpec = CommandSpec {
    name: "serve",
    positionals: &[],
    options: &[&[
        option(
            "--port",
            bilingual(
                "网址里的端口（默认 1111，被占用时自动换下一个）",
                "Port (default: 1111, or the next one that is free)",
            ),
        )
        .letter('p')
        .value(bilingual("端口", "PORT"), Values::Text),
        option(
            "--interface",
            bilingual(
                "默认 127.0.0.1，只有本机能看；写 0.0.0.0 时，同一网络里的手机和其他电脑也能看（草稿也看得到），并显示二维码",
                "Address to listen at (default: 127.0.0.1, for this machine only). With 0.0.0.0 every machine on your network sees the site, drafts included, and a QR code is shown for phones",
            ),
        )
        .letter('i')
        .value(bilingual("地址", "ADDRESS"), Values::Text),
        option("--open", bilingual("同时打开浏览器", "Open the site in a browser")).letter('O'),
    ]],
    summary: bilingual(
        "在浏览器里预览，改了稿件马上看到",
        "Show the site in a browser while you write",
    ),
    description: bilingual(
        "在浏览器里预览网站。改了稿件、设置或主题，存盘以后网页自己更新，停在原来的位置。\
         草稿和没到发布时间的稿件也显示，带“草稿”标记。稿件有错误时，网页保持原样，错误显示在网页上面，改好就消失。\n\
         什么文件也不写；要发布请运行 xianfeng build。按 Ctrl-C 结束。",
        "Shows the site in a browser while you write. When you save a story, the settings or the theme, open pages update and keep their place. \
         Drafts and stories that are not due yet are shown with a mark. If a source has errors, the page stays as it was, and the errors are shown over it until you fix them.\n\
         Nothing is written; use `xianfeng build` to publish. Press Ctrl-C to stop.",
    ),
    examples: &[bilingual("xianfeng serve -O", "xianfeng serve -O")],
    read: |given| {
        Ok(Command::Serve(ServeArguments {
            port: given.value("--port", values::port)?,
            interface: given
                .value("--interface", values::interface)?
                .unwrap_or(Ipv4Addr::LOCALHOST.into()),
            open: given.has("--open"),
        }))
    },
};
