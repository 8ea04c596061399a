//! `new`: a story file, ready to fill in.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{DONE, FAILED, Terminal};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::model::kinds::focal_point::built_in;
use crate::value::kind::Kind;
use crate::value::moment::{Moment, default_zone};
use crate::value::pinyin;
use crate::yaml;

pub(super) fn run(root: &Path, kind: Kind, title: &str, terminal: &Terminal) -> Result<u8, Fault> {
    let content = root.join("content");
    if !content.is_dir() {
        let shown = root.display();
        let text = Text {
            zh: format!(
                "“{shown}”里没有 content 文件夹；先进入网站所在的文件夹，或运行 xianfeng init"
            ),
            en: format!(
                "there is no content folder in “{shown}”; go to the campaign's folder, or run `xianfeng init`"
            ),
        };
        terminal.complain("project-missing", &text);
        return Ok(FAILED);
    }
    let today = Moment::now().in_zone(default_zone());
    // `./content` would be true, and odd to read.
    let content: PathBuf = content.components().collect();
    let folder = content.join("stories").join(format!("{:04}", today.year()));
    fs::create_dir_all(&folder).map_err(|error| Fault::write(&folder, error))?;
    let slug = file_name(title);
    let path = folder.join(format!("{slug}.md"));
    let taken = path.exists() || folder.join(&slug).join("index.md").exists();
    let own_words = content.join("focal-points.yaml").exists();
    let text = story(kind, title, &today.date(), own_words);
    // `create_new`: a story that appears in the meantime is not overwritten either.
    let created = match OpenOptions::new().write(true).create_new(true).open(&path) {
        _ if taken => Err(io::ErrorKind::AlreadyExists.into()),
        created => created,
    };
    match created {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).map_err(|error| Fault::write(&path, error))?;
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let shown = path.display();
            let text = Text {
                zh: format!("“{shown}”已经存在，没有覆盖；请换一个标题"),
                en: format!(
                    "“{shown}” already exists and was not overwritten; choose another title"
                ),
            };
            terminal.complain("story-exists", &text);
            return Ok(FAILED);
        }
        Err(error) => return Err(Fault::write(&path, error)),
    }
    let shown = path.display();
    terminal.summary(&Text {
        zh: format!(
            "新稿件：{shown}\n用记事本打开，照着说明填写；写好以后删掉 draft 那一行就会发布"
        ),
        en: format!("Created {shown}\nFill it in. To publish it, delete its line `draft`."),
    });
    Ok(DONE)
}

/// The file's name without its extension. `index` would make the whole year one story's
/// folder, and Windows keeps some names for devices.
fn file_name(title: &str) -> String {
    let slug = pinyin::slug(title);
    let device = ["con", "prn", "aux", "nul"].contains(&slug.as_str())
        || (slug.len() == 4 && (slug.starts_with("com") || slug.starts_with("lpt")));
    if device || slug == "index" { format!("{slug}-1") } else { slug }
}

/// A story of a kind with every key that it may need, explained.
fn story(kind: Kind, title: &str, date: &str, own_words: bool) -> String {
    let words = if own_words {
        "# 名称见 content/focal-points.yaml\n".to_string()
    } else {
        let names: Vec<String> =
            built_in().iter().map(|point| point.short_name().to_string()).collect();
        format!("# {}\n", names.join("、"))
    };
    let title = yaml::quote(title);
    let mut out = format!(
        "---\n\
         # 以井号开头的行是说明，不会出现在网站上。冒号后面空一格再写内容。\n\
         # 用不到的项目可以删掉，也可以留空。\n\
         \n\
         title: {title}\n\
         date: {date}          # 日期；要精确到分钟就写成 {date} 09:30\n\
         kind: {}{}\n\
         draft: true               # 草稿，不会发布。写好以后删掉这一行\n\
         \n",
        kind.word(),
        match kind {
            Kind::Branch => "              # 先进基层党组织",
            Kind::Member => "              # 优秀党员",
            Kind::News => "                # 活动动态",
        }
    );
    let focal_points = |need: &str| {
        format!(
            "# {need}着力点，最多 3 个，最主要的放第一个。可选：\n{words}\
             focal_points: []          # 写成 [甲, 乙]，用英文逗号\n"
        )
    };
    let unit = "# 必填：单位名称，与 content/units.yaml 里的一致\nunit:\n";
    out.push_str(&match kind {
        Kind::Branch => {
            format!("{}{unit}# 支部里具体写到的人和职务\nname:\npost:\n", focal_points("必填："))
        }
        Kind::Member => {
            format!("# 必填：姓名\nname:\n{unit}# 职务或岗位\npost:\n{}", focal_points("必填："))
        }
        Kind::News => format!(
            "{}# 涉及的单位、人和职务；写了就会显示在他们的页面上\nunit:\nname:\npost:\n",
            focal_points("")
        ),
    });
    out.push_str(
        "\n\
         # 摘要，一两句话；不写就取正文开头\n\
         summary:\n\
         # 封面图片的文件名，图片放在稿件旁边；有封面就要写封面说明\n\
         cover:\n\
         cover_alt:                # 图片里是谁、在哪里、做什么\n\
         # 地区、活动载体（与 content/carriers.yaml 里的一致）\n\
         region:\n\
         carriers: []\n",
    );
    out.push_str(
        "# 荣誉：名称、授予单位、年份。去掉下面两行前面的井号和空格再改\n\
             # honours:\n\
             #   - {title: 先进基层党组织, by: 授予单位, year: 2026}\n\
             # 成效：指标、之前、之后、单位\n\
             # results:\n\
             #   - {indicator: 平均办理时间, before: 12, after: 3, unit: 天}\n",
    );
    out.push_str(
        "# 关键词、来源、作者、摄影、责任编辑\n\
         keywords: []              # 例如 [网格员, 邻里]\n\
         source:\n\
         author:\n\
         photographer:\n\
         editor:\n\
         # 定时发布和撤下，例如 2026-07-01 08:00\n\
         publish_at:\n\
         expire_at:\n\
         # 置顶：true 或 false\n\
         pinned: false\n\
         # 密级：只有“公开”的稿件才能发布和归档\n\
         secrecy: 公开\n\
         # 修改过的日期；网址里用的英文名（不写就用文件名）；这篇稿件以前的网址\n\
         updated:\n\
         slug:\n\
         aliases: []               # 例如 [/2025/old.html]\n\
         # 交给模板的其他内容\n\
         extra:\n\
         ---\n\
         \n\
         <!--\n\
         在这里写正文，写好以后可以删掉这几行（它们不会出现在网站上）。\n\
         空一行就是新的一段；## 开头是小标题；**两边加星号**是加粗。\n\
         插入图片：![图片说明](图片.jpg)，图片放在稿件旁边；文件名有空格时写成 ![说明](<图 片.jpg>)\n\
         -->\n",
    );
    out
}
