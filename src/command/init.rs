//! `init`: a new campaign.

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::{DONE, FAILED, Terminal};
use crate::base::fault::Fault;
use crate::base::lang::Text;

/// The sample campaign, of which a new one gets a part.
static SAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// What a new campaign begins with: settings, vocabularies, pages, and one story of each
/// kind, which link to nothing else.
const STARTER: [&str; 9] = [
    "site.yaml",
    "units.yaml",
    "carriers.yaml",
    "pages/about.md",
    "pages/contact.md",
    "stories/2026/shui-ping-tai/index.md",
    "stories/2026/shui-ping-tai/cover.svg",
    "stories/2026/lin-xiao-man.md",
    "stories/2026/qi-dong.md",
];

pub(super) fn run(dir: &Path, terminal: &Terminal) -> Result<u8, Fault> {
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
    for name in STARTER {
        let Some(file) = SAMPLE.get_file(name) else { continue };
        let path = new.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| Fault::write(folder, error))?;
        }
        fs::write(&path, file.contents()).map_err(|error| Fault::write(&path, error))?;
    }
    let static_files = new.join("static");
    fs::create_dir_all(&static_files).map_err(|error| Fault::write(&static_files, error))?;
    fs::rename(&new, &content).map_err(|error| Fault::write(&content, error))?;
    let shown = dir.display();
    terminal.summary(&Text {
        zh: format!(
            "新网站已经建好：{shown}\n\
             接下来：\n\
             \x20 1. 打开 content/site.yaml，改成自己的网站名称\n\
             \x20 2. xianfeng new member 标题    写一篇稿件\n\
             \x20 3. xianfeng build --relative   生成网站，双击 public/index.html 查看"
        ),
        en: format!(
            "Created a campaign in {shown}\n\
             Next:\n\
             \x20 1. Put your own title into content/site.yaml\n\
             \x20 2. xianfeng new member TITLE    creates a story\n\
             \x20 3. xianfeng build --relative    builds the site; open public/index.html"
        ),
    });
    Ok(DONE)
}
