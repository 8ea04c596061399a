//! The values that options and words take: text becomes data, or a complaint.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use super::complaints::both;
use super::table::Values;
use crate::base::lang::{Lang, Text};
use crate::base::text;
use crate::settings::BaseUrl;
use crate::value::kind::Kind;
use crate::value::moment::{Moment, default_zone, has_offset};

/// A time, and whether it was given without an offset.
pub(super) fn moment(time: &str) -> Result<(Moment, bool), Text> {
    let moment = Moment::parse(time, default_zone()).map_err(|_| {
        both(
            format!("“{time}”不是时间，写成 2026-03-18 或 \"2026-03-18 09:30\""),
            format!("“{time}” is not a time; write it as 2026-03-18 or \"2026-03-18 09:30\""),
        )
    })?;
    Ok((moment, !has_offset(time)))
}

/// The last part of an address.
pub(super) fn slug(word: &str) -> Result<String, Text> {
    let slug = crate::value::slug::is_slug(word).then(|| word.to_string());
    slug.ok_or_else(|| {
        let right = crate::value::pinyin::slug(word);
        both(
            format!("“{word}”只能用小写英文字母、数字和减号，例如 {right}"),
            format!("“{word}” may only have lower-case letters, digits and hyphens, as in {right}"),
        )
    })
}

/// A number of threads.
pub(super) fn jobs(count: &str) -> Result<usize, Text> {
    let jobs = count.parse().ok().filter(|jobs| (1..=1024).contains(jobs));
    jobs.ok_or_else(|| {
        both(
            format!("--jobs 后面应当是 1 到 1024 的整数，不是“{count}”"),
            format!("--jobs takes a number from 1 to 1024, not “{count}”"),
        )
    })
}

/// The address of a site.
pub(super) fn base_url(url: &str) -> Result<BaseUrl, Text> {
    BaseUrl::parse(url).ok_or_else(|| {
        both(
            format!("“{url}”不是完整的网站地址，写成 https://www.example.cn/"),
            format!("“{url}” is not a complete address; write it as https://www.example.cn/"),
        )
    })
}

/// A port.
pub(super) fn port(port: &str) -> Result<u16, Text> {
    port.parse().map_err(|_| {
        both(
            format!("--port 后面应当是 0 到 65535 的整数，不是“{port}”"),
            format!("--port takes a number from 0 to 65535, not “{port}”"),
        )
    })
}

/// An address of this machine.
pub(super) fn interface(address: &str) -> Result<IpAddr, Text> {
    if address == "localhost" {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    address.parse().map_err(|_| {
        both(
            format!("--interface 后面应当是 127.0.0.1 或 0.0.0.0 这样的 IP 地址，不是“{address}”"),
            format!(
                "--interface takes an IP address such as 127.0.0.1 or 0.0.0.0, not “{address}”"
            ),
        )
    })
}

/// The longest title, in characters.
const TITLE_LIMIT: usize = 100;

/// A title, on one line. `zh` is what it is called in Chinese.
pub(super) fn title(title: &str, zh: &str) -> Result<String, Text> {
    let title = text::fold(title);
    match title.chars().count() {
        0 => Err(both(format!("{zh}是空的"), "the title is empty")),
        1..=TITLE_LIMIT => Ok(title),
        n => Err(both(
            format!("{zh}有 {n} 个字，最多 {TITLE_LIMIT} 个字"),
            format!("the title has {n} characters (maximum {TITLE_LIMIT})"),
        )),
    }
}

/// A kind of story.
pub(super) fn kind(word: &str) -> Result<Kind, Text> {
    Kind::from_word(word).ok_or_else(|| {
        match crate::value::nearest::nearest(word, Kind::WORDS.iter().map(|&(known, _)| known)) {
            Some(near) => both(
                format!("没有“{word}”这种稿件，是不是“{near}”？"),
                format!("“{word}” is not a kind of story; did you mean “{near}”?"),
            ),
            None => both(
                format!("没有“{word}”这种稿件，可选 {}", choices(Values::Kinds, Lang::Zh)),
                format!(
                    "“{word}” is not a kind of story; the kinds are {}",
                    choices(Values::Kinds, Lang::En)
                ),
            ),
        }
    })
}

/// A year.
pub(super) fn year(word: &str) -> Result<i32, Text> {
    let year = word.trim_end_matches('年').parse().ok().filter(|year| (1..=9999).contains(year));
    year.ok_or_else(|| {
        both(
            format!("--year 后面应当是年份，例如 2026，不是“{word}”"),
            format!("--year takes a year such as 2026, not “{word}”"),
        )
    })
}

/// What `read` makes of the items of a list, which may be separated as in Chinese.
pub(super) fn list<T>(text: &str, read: impl Fn(&str) -> Result<T, Text>) -> Result<Vec<T>, Text> {
    let items = text.split([',', '，', '、']).map(str::trim).filter(|item| !item.is_empty());
    items.map(read).collect()
}

/// The words to choose from and what they mean, on one line: `branch 支部、member 党员`.
pub(super) fn choices(values: Values, lang: Lang) -> String {
    let shown = values.choices().into_iter().map(|(word, meaning)| match meaning {
        Some(meaning) => format!("{word} {}", meaning.get(lang)),
        None => word.into(),
    });
    shown.collect::<Vec<_>>().join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}

/// Complains of a file whose ending says another format than what is written: a program that opens
/// it by its ending finds something else.
pub(super) fn ending_known(file: &Path, endings: &[&str]) -> Result<(), Text> {
    let ending = file.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    let Some(ending) = ending.filter(|ending| !endings.contains(&ending.as_str())) else {
        return Ok(());
    };
    let shown = file.display();
    let known = |join: &str| {
        let dotted: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
        dotted.join(join)
    };
    // A page can be printed, and is what other formats are made from.
    let html = file.with_extension("html");
    let is_page = endings.contains(&"html");
    let (zh, en) = match ending.as_str() {
        "pdf" if is_page => (
            format!("要 PDF：写成 -o {}，用浏览器打开，按 Ctrl+P 存成 PDF", html.display()),
            format!(
                "for a PDF write -o {}, open it in a browser and print it to a PDF",
                html.display()
            ),
        ),
        "doc" | "docx" | "wps" if is_page => (
            format!(
                "要 Word：用 xianfeng export docx；或者写成 -o {}，再用 Word 或 WPS 打开",
                html.display()
            ),
            format!(
                "for Word use `xianfeng export docx`, or write -o {} and open that",
                html.display()
            ),
        ),
        _ => {
            (format!("文件名以 {} 结尾", known(" 或 ")), format!("let it end in {}", known(" or ")))
        }
    };
    Err(both(
        format!("不能写成 .{ending} 文件“{shown}”；{zh}"),
        format!("“{shown}” cannot be written as .{ending}; {en}"),
    ))
}
