//! Messages about addresses, one constructor each.

use crate::base::format::Format;
use crate::base::lang::Text;
use crate::diagnostic::{Diagnostic, error};
use crate::picture::svg::Harm;
use crate::picture::{LONGEST_SIDE, MOST_BYTES, MOST_FRAMES, MOST_PIXELS, Unreadable};
use crate::source::Place;

/// What an author can do about two things at one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// One of them is a story or a page.
    Slug,
    /// Both are files.
    RenameOne,
    /// A file stands where the site has a page of its own.
    RenameFile,
    /// A file in the folder of a story stands where its own page is.
    RenameOwn,
}

/// Two things at one address. `other` is what else is there.
pub fn address_taken(place: Place, address: &str, other: &Text, way_out: WayOut) -> Diagnostic {
    let (zh, en) = match way_out {
        WayOut::Slug => (
            "给其中一个另写一个 slug（网址名），或者改文件名",
            "give one of them another slug, or rename the file",
        ),
        WayOut::RenameOne => (
            "给其中一个文件改名；只有大小写或字母编码不同的名称，在有的服务器和电脑上是同一个",
            "rename one of the files; names that differ in letter case or in Unicode form alone are one on some systems",
        ),
        WayOut::RenameFile => (
            "给这个文件改名，或者删掉它；这个网址由程序自己生成",
            "rename or delete the file; the program makes what is at this address",
        ),
        WayOut::RenameOwn => (
            "给这个文件改名，或者移走；这个网址是稿件自己的网页",
            "rename the file or move it away; this address is that of the story itself",
        ),
    };
    error(
        "address-taken",
        place,
        format!("网址“/{address}”已经被{}占用", other.zh),
        format!("the address “/{address}” is taken by {}", other.en),
    )
    .help(zh, en)
}

/// A redirect where something real is.
pub fn alias_taken(place: Place, address: &str, other: &Text) -> Diagnostic {
    error(
        "alias-taken",
        place,
        format!("旧网址“/{address}”现在属于{}，不能再转到别处", other.zh),
        format!("“/{address}” belongs to {} now and cannot redirect elsewhere", other.en),
    )
    .help("删掉这个旧网址", "delete this alias")
}

/// A picture of which no copy can be made, and why.
pub fn picture_unreadable(place: Place, name: &str, why: &Unreadable) -> Diagnostic {
    let hundred_millions = MOST_PIXELS as f64 / 1e8;
    let (code, zh, en) = match why {
        Unreadable::Cut(share) => {
            let (zh, en) = match share {
                Some(0) => ("，只有不到 1%".into(), ": less than 1 % of it is there".into()),
                Some(share) => (format!("，只有 {share}%"), format!(": {share} % of it is there")),
                None => ("，后面的部分没有".to_string(), ": its end is missing".to_string()),
            };
            (
                "picture-cut",
                format!("图片“{name}”不完整{zh}"),
                format!("the picture “{name}” is not whole{en}"),
            )
        }
        Unreadable::TooManyPixels(width, height) => (
            "picture-too-large",
            format!(
                "图片“{name}”有 {width}×{height} 像素，太大了；最多 {hundred_millions} 亿像素，每边最多 {LONGEST_SIDE}"
            ),
            format!(
                "the picture “{name}” has {width} × {height} pixels; {} million are the most, and {LONGEST_SIDE} on a side",
                MOST_PIXELS / 1_000_000
            ),
        ),
        Unreadable::TooManyFrames => (
            "picture-too-long",
            format!("动图“{name}”超过 {MOST_FRAMES} 帧"),
            format!("the moving picture “{name}” has more than {MOST_FRAMES} frames"),
        ),
        Unreadable::TooManyBytes => (
            "picture-too-large",
            format!("图片“{name}”超过 {} MB", MOST_BYTES >> 20),
            format!("the picture “{name}” has more than {} MB", MOST_BYTES >> 20),
        ),
        Unreadable::Private => (
            "picture-private",
            format!("图片“{name}”里记着拍摄地点、相机或时间，程序去不掉，不能发布"),
            format!(
                "the picture “{name}” says where, when or how it was taken, which cannot be taken out of it"
            ),
        ),
        Unreadable::Harmful(harm) => {
            let (zh, en) = match harm {
                Harm::Script => ("里面有脚本", "there is a script in it"),
                Harm::Html => {
                    ("里面嵌了网页（foreignObject）", "there is HTML in it (foreignObject)")
                }
                Harm::Outside => ("它要从别处取文件", "it asks for something outside of itself"),
                Harm::Entities => ("它定义了实体（ENTITY）", "it defines entities"),
                Harm::Malformed => ("它的代码写得不对，不是完整的 SVG", "it is no well-formed SVG"),
            };
            (
                "picture-harmful",
                format!("图形“{name}”不能发布：{zh}"),
                format!("the drawing “{name}” cannot be published: {en}"),
            )
        }
        Unreadable::Empty | Unreadable::NoPicture(_) | Unreadable::Broken | Unreadable::Unknown => {
            (
                "picture-unreadable",
                format!("图片“{name}”读不出来"),
                format!("the picture “{name}” cannot be read"),
            )
        }
    };
    let (help_zh, help_en) = match why {
        Unreadable::Cut(_) => (
            "多半是复制或下载时断了；从相机、手机或原来的地方重新复制一次",
            "most likely copying or downloading was broken off; copy it again",
        ),
        Unreadable::TooManyPixels(..) | Unreadable::TooManyBytes => (
            "用看图软件把它缩小，另存为 jpg，换上新的文件",
            "make it smaller in a viewer, save it as JPEG, and use that",
        ),
        Unreadable::Private => (
            "用看图软件打开，另存为 jpg，换上新的文件",
            "open it in a viewer, save it as JPEG, and use that",
        ),
        Unreadable::TooManyFrames => (
            "动图太长，读者的手机打不开；存成视频（mp4），或者截短",
            "save it as a film (mp4), or shorten it",
        ),
        Unreadable::Harmful(_) => (
            "在画图软件里另存为“纯 SVG”，或者导出为 png，换上新的文件",
            "save it as a plain SVG, or export it as PNG, and use that",
        ),
        Unreadable::NoPicture(Some(Format::Tiff)) | Unreadable::Unknown => (
            "这种格式比较少见；用看图软件打开，另存为 jpg 或 png，换上新的文件",
            "its variety is rare; open it in a viewer, save it as JPEG or PNG, and use that",
        ),
        _ => (
            "打开看看；能打开就另存为 jpg 或 png，打不开就重新复制一次",
            "open it; if that works save it as JPEG or PNG, else copy it again",
        ),
    };
    error(code, place, zh, en).help(help_zh, help_en)
}
