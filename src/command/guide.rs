//! What `xianfeng` says without a command: what to do next here.

use std::io::{self, IsTerminal, Write as _};
use std::path::Path;

use super::{Terminal, USAGE};
use crate::base::lang::Text;
use crate::cli::Format;

pub(super) fn run(root: &Path, terminal: &Terminal) -> u8 {
    let lang = terminal.lang();
    let text = match root.join("content").is_dir() {
        true => in_campaign(),
        false => elsewhere(),
    };
    if terminal.format == Format::Json {
        let none = Text { zh: "没有说要做什么".into(), en: "there is no command".into() };
        super::complain(terminal.format, lang, None, "usage", &none, Some(&text));
        return USAGE;
    }
    let _ = writeln!(io::stderr().lock(), "{}", text.get(lang));
    // A double-click opens a window for the program, and it goes with the program.
    if cfg!(windows) && io::stdin().is_terminal() && io::stderr().is_terminal() {
        let text = Text { zh: "按回车键结束".into(), en: "Press Enter to end.".into() };
        let _ = writeln!(io::stderr().lock(), "{}", text.get(lang));
        let _ = io::stdin().read_line(&mut String::new());
    }
    USAGE
}

/// Three lines for a folder with a campaign.
fn in_campaign() -> Text {
    Text {
        zh: "这里有一个网站。边写边看：    xianfeng serve -O\n\
             写一篇新稿件，生成网站：      xianfeng new member 标题，xianfeng build\n\
             没有说要做什么；全部命令见：  xianfeng --help"
            .into(),
        en: "There is a campaign here. See it while you write:  xianfeng serve -O\n\
             Write a story, build the site:  xianfeng new member TITLE, xianfeng build\n\
             There was no command; there is a list of all:  xianfeng --help"
            .into(),
    }
}

/// Three lines for any other folder.
fn elsewhere() -> Text {
    Text {
        zh: "这个文件夹里还没有网站。新建一个：  xianfeng init\n\
             网站在别的文件夹里，就先进入那里：  cd 文件夹\n\
             没有说要做什么；全部命令见：        xianfeng --help"
            .into(),
        en: "There is no campaign in this folder. Create one:  xianfeng init\n\
             If yours is in another folder, go there first:  cd FOLDER\n\
             There was no command; there is a list of all:  xianfeng --help"
            .into(),
    }
}
