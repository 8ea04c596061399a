//! `init`: a new campaign.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::{DONE, FAILED, Terminal};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::starter::starter;
use crate::value::moment::{Moment, default_zone};

/// What does not belong under version control. The ledger of the archive does.
const IGNORED: &str = "\
# 用 git 管理时不收的文件：能重新生成的、只属于一台电脑的、只属于一个人的。
# content 全部要收，包括 content/archive-ledger.yaml（档号台账）。

# 生成的网站、书、送审稿和归档包
/public/
/archive/
/book.epub
/book.html
/review-*.html
/送审*.html
/本次改动.txt
/changes.txt

# 让下一次生成更快，随时可以删掉
/.xianfeng/

# 打开着的文档、备份和系统自己放的文件
~$*
.~*
*.bak
*.tmp
*.wbk
*.asd
*.swp
*~
.DS_Store
Thumbs.db
desktop.ini
";

pub(super) fn run(dir: &Path, day: Option<Moment>, terminal: &Terminal) -> Result<u8, Fault> {
    let content = dir.join("content");
    if content.exists() {
        let shown = content.display();
        let text = Text {
            zh: format!("“{shown}”已经存在，没有新建网站"),
            en: format!("“{shown}” already exists; nothing was written"),
        };
        terminal.complain("campaign-exists", &text);
        return Ok(FAILED);
    }
    // Written beside its place, then renamed: a campaign is there completely or not at all.
    let new = dir.join(".xianfeng-init");
    let _ = fs::remove_dir_all(&new);
    for (name, bytes) in starter(day.unwrap_or_else(|| Moment::now().in_zone(default_zone()))) {
        let path = new.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| Fault::write(folder, error))?;
        }
        fs::write(&path, bytes).map_err(|error| Fault::write(&path, error))?;
    }
    let static_files = new.join("static");
    fs::create_dir_all(&static_files).map_err(|error| Fault::write(&static_files, error))?;
    fs::rename(&new, &content).map_err(|error| Fault::write(&content, error))?;
    let ignored = dir.join(".gitignore");
    // One that is there is somebody's own.
    match fs::File::create_new(&ignored).and_then(|mut file| file.write_all(IGNORED.as_bytes())) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(Fault::write(&ignored, error));
        }
        _ => {}
    }
    let below = dir.strip_prefix(".").unwrap_or(dir);
    let shown = if below.as_os_str().is_empty() { dir.display() } else { below.display() };
    let enter = if below.as_os_str().is_empty() {
        Text { zh: String::new(), en: String::new() }
    } else {
        let quoted = match shown.to_string() {
            name if name.contains(char::is_whitespace) => format!("\"{name}\""),
            name => name,
        };
        Text {
            zh: format!("\x20 先进入这个文件夹：cd {quoted}\n"),
            en: format!("\x20 First go to this folder: cd {quoted}\n"),
        }
    };
    terminal.summary(&Text {
        zh: format!(
            "新网站已经建好：{shown}\n\
             接下来：\n{}\
             \x20 1. 打开 content/site.yaml，改成自己的网站名称\n\
             \x20 2. xianfeng new member 标题   写一篇稿件\n\
             \x20 3. xianfeng serve -O          在浏览器里边写边看",
            enter.zh
        ),
        en: format!(
            "Created a campaign in {shown}\n\
             Next:\n{}\
             \x20 1. Put your own title into content/site.yaml\n\
             \x20 2. xianfeng new member TITLE   creates a story\n\
             \x20 3. xianfeng serve -O           shows the site in a browser while you write",
            enter.en
        ),
    });
    Ok(DONE)
}
