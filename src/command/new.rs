//! `new`: a story file, ready to fill in.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use time::UtcOffset;

use super::{DONE, FAILED, Terminal};
use crate::base::fault::Fault;
use crate::base::lang::{Lang, Text};
use crate::check::cases;
use crate::cli::NewArguments;
use crate::load::{self, Sources};
use crate::model::kinds::focal_point::built_in;
use crate::schema::story::STORY;
use crate::schema::{Field, Need, Shape, table};
use crate::settings;
use crate::value::kind::Kind;
use crate::value::moment::Moment;
use crate::value::pinyin;
use crate::yaml::write;

pub(super) fn run(root: &Path, new: &NewArguments, terminal: &Terminal) -> Result<u8, Fault> {
    let content = root.join("content");
    if !content.is_dir() {
        complain_of_no_project(root, terminal);
        return Ok(FAILED);
    }
    let today = Moment::now().in_zone(zone(root)?);
    // `./content` would be true, and odd to read.
    let content: PathBuf = content.components().collect();
    let folder = content.join("stories").join(format!("{:04}", today.year()));
    fs::create_dir_all(&folder).map_err(|error| Fault::write(&folder, error))?;
    let slug = new.slug.clone().unwrap_or_else(|| file_name(&new.title));
    let (alone, own) = (folder.join(format!("{slug}.md")), folder.join(&slug).join("index.md"));
    let taken = alone.exists() || own.exists();
    let path = if new.folder { own } else { alone };
    if let Some(folder) = path.parent().filter(|_| new.folder && !taken) {
        fs::create_dir_all(folder).map_err(|error| Fault::write(folder, error))?;
    }
    let own_words = content.join("focal-points.yaml").exists();
    let text = story(new, &today.date(), own_words);
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

fn zone(root: &Path) -> Result<UtcOffset, Fault> {
    let found = load::look(root, "content/site.yaml")?.value;
    Ok(zone_of(&load::sort(found)?.value))
}

/// The time zone of a site, which says what day it is. What is wrong with its settings, a build
/// tells.
pub(super) fn zone_of(sources: &Sources) -> UtcOffset {
    let settings = sources.settings.as_ref().map(|source| settings::read(source).0);
    settings.unwrap_or_default().time_zone
}

/// Says that this is no campaign.
pub(super) fn complain_of_no_project(root: &Path, terminal: &Terminal) {
    let shown = root.display();
    let text = Text {
        zh: format!("“{shown}”里没有 content 文件夹；先进入网站所在的文件夹，或运行 xianfeng init"),
        en: format!(
            "there is no content folder in “{shown}”; go to the campaign's folder, or run `xianfeng init`"
        ),
    };
    terminal.complain("project-missing", &text);
}

/// The file's name without its extension. `index` would make the whole year one story's folder.
pub(super) fn file_name(title: &str) -> String {
    let slug = shortened(pinyin::slug(title));
    if slug == "index" { format!("{slug}-1") } else { slug }
}

/// As many words as there is room for: nobody finds a file again by ninety letters.
fn shortened(slug: String) -> String {
    match slug.get(..=LONGEST) {
        Some(head) => {
            let end = head.rfind('-').unwrap_or(LONGEST);
            head[..end].to_string()
        }
        None => slug,
    }
}

/// The most letters of a name that is made from a title.
const LONGEST: usize = 40;

/// A story of a kind with every key that it may have, explained.
fn story(new: &NewArguments, date: &str, own_words: bool) -> String {
    let kind = new.kind;
    let words = match own_words {
        true => "名称见 content/focal-points.yaml".to_string(),
        false => {
            let points = built_in();
            let points = points.iter().map(|point| point.short_name().to_string());
            format!("可以写：{}", points.collect::<Vec<_>>().join("、"))
        }
    };
    let mut out = String::from(
        "---\n\
         # 以井号开头的行是说明，不会出现在网站上。冒号后面空一格再写内容。\n\
         # 列表写成 [甲, 乙]，用英文逗号。用不到的项目可以删掉，也可以留空。\n",
    );
    // What says what the file is comes first, then what this kind must have.
    let rank = |field: &&Field| match field.need {
        Need::Always | Need::Stories => 0,
        _ if field.name == "draft" => 0,
        need if need.in_story(Some(kind)) => 1,
        _ => 2,
    };
    for group in 0..=2 {
        out.push('\n');
        let of_stories = STORY.fields.iter().filter(|field| !field.only_on_pages);
        for field in of_stories.filter(|field| rank(field) == group) {
            let value = match field.name {
                "title" => write::quote(&new.title),
                "date" => date.to_string(),
                "kind" => kind.word().to_string(),
                "draft" => "true".to_string(),
                "unit" => new.unit.as_deref().map_or(field.initial.to_string(), write::quote),
                "focal_points" => match &new.focal_point {
                    Some(name) => format!("[{}]", write::quote(name)),
                    None => field.initial.to_string(),
                },
                _ => field.initial.to_string(),
            };
            if field.names == ["focal_points"] {
                let _ = writeln!(out, "# {}（{words}）", explained(field, kind));
            } else {
                let _ = writeln!(out, "# {}", explained(field, kind));
            }
            match field.shape {
                // YAML that a writer can take over, but that says nothing yet.
                Shape::Maps(_) => {
                    let item = field.sample.zh.trim_matches(['[', ']']);
                    let _ = writeln!(
                        out,
                        "# 要写的话，去掉下面两行前面的井号和空格再改\n# {}:\n#   - {item}",
                        field.name
                    );
                }
                _ => {
                    let line = format!("{}: {value}", field.name);
                    let _ = writeln!(out, "{}", line.trim_end());
                }
            }
        }
    }
    out.push_str(
        "---\n\
         \n\
         <!--\n\
         在这里写正文，写好以后可以删掉这几行（它们不会出现在网站上）。\n\
         空一行就是新的一段；## 开头是小标题；**两边加星号**是加粗。\n\
         插入图片：![图片说明](图片.jpg)，图片放在稿件旁边；文件名有空格时写成 ![说明](<图 片.jpg>)\n\
         -->\n",
    );
    if kind == Kind::Case {
        for part in cases::parts() {
            let _ = write!(out, "\n## {part}\n");
        }
    }
    out
}

/// A key in words: `单位（必填）：有 units.yaml 时，要与里面的名称一致`.
fn explained(field: &Field, kind: Kind) -> String {
    let need = match field.need {
        need if need.in_story(Some(kind)) => "（必填）".to_string(),
        Need::With(_) => format!("（{}）", table::needed(&STORY, field.need, Lang::Zh)),
        _ => String::new(),
    };
    format!("{}{need}：{}", field.chinese, field.about(Lang::Zh).replace('`', ""))
}
