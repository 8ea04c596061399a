//! The preview of an article, from which it is copied, and the list of what to check.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Article, COVERS};
use crate::base::escape::xml;
use crate::base::lang::Lang;
use crate::base::text::for_windows;
use crate::model::Site;
use crate::output::alone::GENERATOR;

/// What tells a page of ours from other files.
const MARK: &str = "<meta name=\"xianfeng\" content=\"wechat\"/>\n";

/// The names of the files of an article, besides its pictures and covers.
pub const PAGE: &str = "index.html";
/// The list of what to check.
pub const CHECKLIST: &str = "检查单.txt";

/// Is this the beginning of a preview that this program wrote?
pub fn is_ours(head: &[u8]) -> bool {
    memchr::memmem::find(head, MARK.as_bytes()).is_some()
}

/// Is this a name that a file of an article may have?
pub fn is_own_name(name: &str) -> bool {
    let picture = || {
        let (stem, extension) = name.strip_prefix('图')?.split_once('.')?;
        let is_number = stem.len() >= 2 && stem.bytes().all(|b| b.is_ascii_digit());
        Some(is_number && extension.bytes().all(|b| b.is_ascii_lowercase()))
    };
    let cover = || {
        let size = name.strip_prefix("封面-")?.strip_suffix(".jpg")?;
        COVERS.iter().find(|(width, height)| size == format!("{width}x{height}"))
    };
    name == PAGE || name == CHECKLIST || picture() == Some(true) || cover().is_some()
}

/// What the script of the page needs.
#[derive(Serialize)]
struct Told<'a> {
    pictures: Vec<Shown<'a>>,
    copied: &'static str,
    selected: &'static str,
}

#[derive(Serialize)]
struct Shown<'a> {
    words: &'a str,
    name: &'a str,
    alt: &'a str,
}

/// The preview, in the language of whoever made it.
pub fn html(article: &Article, site: &Site, lang: Lang) -> String {
    let say = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let title = xml(&article.title);
    let shown = |picture: &'_ super::Picture| picture.name.clone();
    let names: Vec<String> = article.pictures.iter().map(shown).collect();
    let pictures = article.pictures.iter().zip(&names).map(|(picture, name)| Shown {
        words: &picture.placeholder,
        name,
        alt: &picture.alt,
    });
    let told = Told {
        pictures: pictures.collect(),
        copied: say(
            "已经复制。到公众号后台的正文里按 Ctrl+V 粘贴。",
            "Copied. Paste it into the article in WeChat's editor.",
        ),
        selected: say(
            "已经全部选中。请按 Ctrl+C 复制，再到公众号后台粘贴。",
            "Selected. Press Ctrl+C to copy, then paste it into WeChat's editor.",
        ),
    };
    let told = serde_json::to_string(&told).unwrap_or_default().replace('<', "\\u003c");
    let fields = [
        (say("标题", "Title"), article.title.as_str()),
        (say("作者", "Author"), article.author.as_str()),
        (say("摘要", "Summary"), article.summary.as_str()),
        (say("原文链接", "Original"), article.original.as_deref().unwrap_or_default()),
    ];
    let mut rows = String::new();
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(rows, "<dt>{name}</dt><dd>{}</dd>", xml(value));
    }
    let covers: String = article
        .covers
        .iter()
        .map(|(name, _)| format!("<img src=\"{0}\" alt=\"{0}\"/>\n", xml(name)))
        .collect();
    let hint = match article.pictures.is_empty() {
        true => String::new(),
        false => format!(
            "<p class=\"hint\">{}</p>\n",
            say(
                "下面是粘贴到公众号的正文。灰色虚线框是图片的位置：粘贴以后，把框换成同一编号的图片。",
                "Below is what is pasted. A dashed box stands where a picture goes: replace it with the picture of its number.",
            )
        ),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\"/>\n{MARK}\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"generator\" content=\"{GENERATOR}\"/>\n<link rel=\"icon\" href=\"data:,\"/>\n\
         <title>{title} · {wechat}</title>\n<style>\n{style}</style>\n</head>\n<body>\n\
         <header>\n<p class=\"from\">{wechat} · {site_title}</p>\n\
         <p><button type=\"button\" id=\"copy\">{copy}</button> <span id=\"said\" role=\"status\"></span></p>\n\
         <dl>\n{rows}</dl>\n{covers}{hint}</header>\n\
         <main id=\"article\">{fragment}</main>\n\
         <script type=\"application/json\" id=\"told\">{told}</script>\n<script>\n{script}</script>\n</body>\n</html>\n",
        language = say("zh-CN", "en"),
        wechat = say("公众号稿", "For WeChat"),
        site_title = xml(&site.settings.title),
        style = include_str!("page.css"),
        copy = say("复制正文", "Copy the text"),
        fragment = article.fragment,
        script = include_str!("page.js"),
    )
}

/// The list of what to check before the article is sent, as Notepad of any age shows it.
pub fn checklist(article: &Article, lang: Lang) -> String {
    let mut text = String::new();
    let say = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let none = say("（稿件里没有写）", "(not given in the story)");
    let or_none = |value: &'_ str| if value.is_empty() { none.into() } else { value.to_string() };
    let _ = writeln!(text, "{}\n", say("公众号发布检查单", "Before this is sent by WeChat"));
    let fields = [
        (say("标题", "Title"), article.title.clone()),
        (say("作者", "Author"), or_none(&article.author)),
        (say("摘要", "Summary"), or_none(&article.summary)),
        (
            say("原文链接", "Original"),
            article.original.clone().unwrap_or_else(|| {
                say("（site.yaml 没有写网址，或者还没有发布）", "(no address, or not published)")
                    .into()
            }),
        ),
        (say("正文", "Text"), {
            let (characters, bytes) =
                (article.fragment.chars().count(), article.fragment.len().div_ceil(1024));
            match lang {
                Lang::Zh => format!(
                    "连同格式 {characters} 个字符、{bytes} KB（公众号要求少于 20000 个字符、1 MB）"
                ),
                Lang::En => format!(
                    "{characters} characters with tags, {bytes} KB (fewer than 20000 and 1 MB)"
                ),
            }
        }),
    ];
    for (name, value) in fields {
        let _ = writeln!(text, "{name}{}{value}", say("：", ": "));
    }
    let _ = writeln!(text);
    let mut step = |words: &str| {
        let _ = writeln!(text, "□ {words}");
    };
    step(say(
        "打开 index.html，点“复制正文”，到公众号后台的正文里粘贴",
        "Open index.html, copy the text, and paste it into WeChat's editor",
    ));
    step(say(
        "标题、作者、摘要、原文链接照上面填好",
        "Fill in title, author, summary and original",
    ));
    match article.covers.as_slice() {
        [] => {
            step(say("封面：稿件里没有图片，另找一张", "Cover: the story has no picture; find one"))
        }
        covers => {
            let names: Vec<&str> = covers.iter().map(|(name, _)| name.as_str()).collect();
            step(&match lang {
                Lang::Zh => format!("封面：{}（头条用宽的，次条用方的）", names.join("、")),
                Lang::En => {
                    format!("Cover: {} (the wide one for a first article)", names.join(", "))
                }
            });
        }
    }
    for picture in &article.pictures {
        let what = if picture.alt.is_empty() { "" } else { picture.alt.as_str() };
        step(&match lang {
            Lang::Zh => format!("“{}”换成 {}：{what}", picture.placeholder, picture.name),
            Lang::En => format!("{} at “{}”: {what}", picture.name, picture.placeholder),
        });
    }
    for film in &article.films {
        step(&match lang {
            Lang::Zh => format!(
                "视频或音频“{film}”不在粘贴的内容里，在公众号后台另外上传，插到文字说明的位置"
            ),
            Lang::En => format!(
                "“{film}” is not pasted: upload it in WeChat's editor where its description stands"
            ),
        });
    }
    step(say(
        "点“预览”发到手机上看一遍，深色模式也看一眼",
        "Send a preview to a telephone and look at it, in dark mode too",
    ));
    step(say(
        "姓名、单位、职务、数字、日期再核对一遍；人物照片本人同意公开",
        "Check names, units, posts, numbers and dates once more, and that those in pictures agree",
    ));
    step(say("审核手续已经办好", "Everybody who must has agreed to it"));
    for_windows(&text)
}
