//! Messages about keys and their values, one constructor each.

use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::source::Place;
use crate::value::colour::PAPER;
use crate::value::destination::{Destination, SCHEMES, Wrong};
use crate::value::windows::is_device;
use crate::yaml::write;

/// A text that has more characters than it may, or a list more items: `code` is that of the
/// key, whose Chinese and English names are `names`.
pub fn too_much(
    place: Place,
    code: &'static str,
    names: (&str, &str),
    (is_list, count, most): (bool, usize, usize),
    (help_zh, help_en): (&str, &str),
) -> Diagnostic {
    let (zh, en) = names;
    let en = en.replace('_', " ");
    let (zh, en) = match is_list {
        true => (
            format!("列了 {count} 个{zh}，最多 {most} 个"),
            format!("there are {count} {en}; {most} is the most"),
        ),
        false => (
            format!("{zh}有 {count} 个字，最多 {most} 个字"),
            format!("the {en} has {count} characters; {most} is the most"),
        ),
    };
    error(code, place, zh, en).help(help_zh, help_en)
}

/// A text with tags or entities of HTML, or marks of Markdown, and what is left without them.
pub fn text_markup(place: Place, key: &str, bare: &str) -> Diagnostic {
    let said = match key {
        "summary" => note(
            "html-summary",
            place,
            "摘要里只能写文字：HTML 标签和 Markdown 的符号已经去掉",
            "a summary is words alone: tags of HTML and marks of Markdown are left out",
        ),
        _ => note(
            "text-markup",
            place,
            "这里只能写文字：HTML 标签和 Markdown 的符号会原样显示出来",
            "only words can stand here: tags of HTML and marks of Markdown are shown as typed",
        ),
    };
    let bare = write::quote(bare);
    said.help(format!("写成：{bare}"), format!("write: {bare}"))
}

/// A value that says that there is none.
pub fn value_nothing(place: Place, text: &str) -> Diagnostic {
    warning(
        "value-nothing",
        place,
        format!("这里的“{text}”会当作内容来用"),
        format!("“{text}” is taken for what is meant to stand here"),
    )
    .help(
        "没有可写的，就把这一项删掉；以后再补的，先写成草稿（draft: true）",
        "where there is nothing to say, take the key out; to fill it in later, make this a draft (draft: true)",
    )
}

/// A grade of secrecy other than 公开.
pub fn secrecy_not_public(place: Place, key: &str, grade: &str) -> Diagnostic {
    error(
        "secrecy-not-public",
        place,
        format!("密级写的是“{grade}”：不公开的材料不能用本程序发布或归档"),
        format!("the secrecy is “{grade}”: what is not public is neither published nor archived"),
    )
    .help(
        format!("把这个文件移出网站文件夹，按保密规定处理；确实可以公开的，写 {key}: 公开，或者删掉这一行"),
        format!("move the file out of the project; if it may be public, write `{key}: 公开` or delete the line"),
    )
}

/// A kind that does not exist.
pub fn kind_unknown(place: Place, word: &str, near: Option<&str>) -> Diagnostic {
    error(
        "kind-unknown",
        place,
        format!("没有“{word}”这种类型"),
        format!("“{word}” is not a kind of story"),
    )
    .nearest(
        near,
        "写 branch（支部）、member（党员）、news（动态）或 case（案例）",
        "write branch (支部), member (党员), news (动态) or case (案例)",
    )
}

/// A number of people that is none.
pub fn count_wrong(place: Place, key: &str, text: &str) -> Diagnostic {
    error(
        "count-wrong",
        place,
        format!("“{key}”要写人数，“{text}”不是"),
        format!("`{key}` is a number of people, which “{text}” is not"),
    )
    .help(
        "写一个整数，例如 120；百分比请换算成人数",
        "write a whole number such as 120; turn a percentage into people",
    )
}

/// A word that is none of those that a key may have.
pub fn word_unknown(
    place: Place,
    key: &str,
    word: &str,
    words: &[(&str, &str)],
    near: Option<&str>,
) -> Diagnostic {
    let zh: Vec<String> = words.iter().map(|(en, zh)| format!("{en}（{zh}）")).collect();
    let en: Vec<String> = words.iter().map(|(en, zh)| format!("{en} ({zh})")).collect();
    error(
        "word-unknown",
        place,
        format!("{key} 不能写“{word}”"),
        format!("`{key}` cannot be “{word}”"),
    )
    .nearest(
        near,
        &format!("可以写：{}", zh.join("、")),
        &format!("it can be: {}", en.join(", ")),
    )
}

/// A word for attachments that does not exist.
pub fn attachments_unknown(place: Place, word: &str, _: Option<&str>) -> Diagnostic {
    error(
        "attachments-unknown",
        place,
        format!("附件这一项只能写 all（全部），不能写“{word}”"),
        format!("`attachments` can only be `all`, and not “{word}”"),
    )
    .help(
        "要发布其中一个文件，删掉这一行，在正文里写 [文字](<文件名>)",
        "to publish one file, delete this line and write [words](<file>) in the text",
    )
}

/// A vocabulary that is no list.
pub fn vocabulary_no_list(place: Place, (zh, en): (&str, &str)) -> Diagnostic {
    error(
        "type-wrong",
        place,
        format!("这个文件应当是一个列表，却是{zh}"),
        format!("this file must be a list, and is {en}"),
    )
    .help("每一项以“- name: 名称”开头", "begin each entry with “- name: …”")
}

/// A year that is none.
pub fn year_wrong(place: Place, text: &str) -> Diagnostic {
    error("year-wrong", place, format!("“{text}”不是年份"), format!("“{text}” is not a year"))
        .help("写四位数字，例如 2026", "write four digits, such as 2026")
}

/// A colour that is none.
pub fn colour_wrong(place: Place, text: &str) -> Diagnostic {
    error("colour-wrong", place, format!("“{text}”不是颜色"), format!("“{text}” is not a colour"))
        .help("写成带引号的 \"#b3261e\"", "write it in quotes: \"#b3261e\"")
}

/// A colour that cannot be read on a page.
pub fn colour_pale(place: Place, text: &str, ratio: f64) -> Diagnostic {
    // Rounded down, so that 4.499 is not said to be 4.5.
    let ratio = (ratio * 100.0).floor() / 100.0;
    let ground = PAPER.css();
    error(
        "colour-contrast",
        place,
        format!("“{text}”在网页底色 {ground} 上看不清：对比度只有 {ratio:.2}，至少要 4.5"),
        format!("“{text}” cannot be read on the ground {ground}: its contrast is {ratio:.2}, and 4.5 is the least"),
    )
    .help("换一种深一些的颜色，例如 \"#b3261e\"", "choose a darker colour, such as \"#b3261e\"")
}

/// A slug with other characters.
pub fn slug_wrong(place: Place, slug: &str, better: &str) -> Diagnostic {
    let (zh, en) = match is_device(slug) {
        true => (
            format!("网址名不能是“{slug}”：Windows 把这个名字留给设备，建不了这样的文件夹"),
            format!("the slug may not be “{slug}”: Windows keeps the name for a device"),
        ),
        false => (
            format!("网址名“{slug}”只能用小写英文字母、数字和减号"),
            format!("the slug “{slug}” may only have lower-case letters, digits and hyphens"),
        ),
    };
    error("slug-wrong", place, zh, en).help(
        format!("写成 {better}，或者删掉这一行"),
        format!("write {better}, or delete the line"),
    )
}

/// A base URL that is none.
pub fn base_url_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "base-url-wrong",
        place,
        format!("“{text}”不是完整的网站地址"),
        format!("“{text}” is not a complete address of a site"),
    )
    .help(
        "写成 https://www.example.cn/ 或 https://www.example.cn/zhuanlan/",
        "write https://www.example.cn/ or https://www.example.cn/zhuanlan/",
    )
}

/// An address for mail that is none.
pub fn email_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "email-wrong",
        place,
        format!("“{text}”不是邮箱地址"),
        format!("“{text}” is not an address for mail"),
    )
    .help("写成 fankui@example.cn，只写一个", "write one, such as fankui@example.cn")
}

/// An address of a form that is none.
pub fn form_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "form-wrong",
        place,
        format!("“{text}”不是网上表单的完整地址"),
        format!("“{text}” is not the complete address of a form"),
    )
    .help(
        "在浏览器里打开表单，把地址栏里的地址整个复制过来，例如 https://www.example.cn/form",
        "open the form in a browser and copy its whole address, such as https://www.example.cn/form",
    )
}

/// A time zone that is none.
pub fn time_zone_wrong(place: Place, key: &str, text: &str) -> Diagnostic {
    error(
        "time-zone-wrong",
        place,
        format!("“{text}”不是时区"),
        format!("“{text}” is not a time zone"),
    )
    .help(
        format!("北京时间写成 {key}: \"+08:00\""),
        format!("write it as an offset: {key}: \"+08:00\""),
    )
}

/// A language tag that is none.
pub fn language_wrong(place: Place, key: &str, text: &str) -> Diagnostic {
    error(
        "language-wrong",
        place,
        format!("“{text}”不是语言代码"),
        format!("“{text}” is not a language tag"),
    )
    .help(format!("简体中文写成 {key}: zh-CN"), format!("write it like {key}: zh-CN"))
}

/// A theme's name that could not be a folder's.
pub fn theme_name_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "theme-missing",
        place,
        format!("“{text}”不能是主题的名称"),
        format!("“{text}” cannot be the name of a theme"),
    )
    .help("写 themes 文件夹里某个文件夹的名称", "write the name of a folder in themes")
}

/// A code for item numbers that could not be taken out of one again.
pub fn archive_code_wrong(place: Place, key: &str, code: &str) -> Diagnostic {
    error(
        "archive-code-wrong",
        place,
        format!("“{code}”不能用作档号里的 {key}"),
        format!("“{code}” cannot be the {key} in item numbers"),
    )
    .help(
        "只用英文字母和数字，最多 12 个，例如 Q012、WS、DQB",
        "only ASCII letters and digits, at most 12, such as Q012, WS, DQB",
    )
}

/// A retention period that is none.
pub fn retention_wrong(place: Place, word: &str, near: Option<&str>) -> Diagnostic {
    error(
        "retention-wrong",
        place,
        format!("“{word}”不是保管期限"),
        format!("“{word}” is not a retention period"),
    )
    .nearest(
        near,
        "写 Y（永久）、D30（30年）或 D10（10年）",
        "write Y (for ever), D30 (30 years) or D10 (10 years)",
    )
}

/// A width that no copy of a picture can have.
pub fn picture_width_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "picture-width-wrong",
        place,
        format!("“{text}”不能作为图片的宽度"),
        format!("“{text}” cannot be the width of pictures"),
    )
    .help("写 100 到 4000 的整数，单位是像素", "write a whole number from 100 to 4000, in pixels")
}

/// A kind of which nobody has feeds.
pub fn feed_unknown(place: Place, text: &str, known: &[(&str, &str)]) -> Diagnostic {
    let words = |each: fn(&(&str, &str)) -> String, comma: &str| {
        known.iter().map(each).collect::<Vec<_>>().join(comma)
    };
    error(
        "feed-unknown",
        place,
        format!("订阅里不能写“{text}”"),
        format!("there are no feeds of “{text}”"),
    )
    .help(
        format!("可以写：{}", words(|(en, zh)| format!("{en}（{zh}）"), "、")),
        format!("it can be: {}", words(|(en, zh)| format!("{en} ({zh})"), ", ")),
    )
}

/// A section that the home page does not have.
pub fn home_section_unknown(
    place: Place,
    text: &str,
    near: Option<&str>,
    known: &[(&str, &str)],
) -> Diagnostic {
    let zh: Vec<String> = known.iter().map(|(en, zh)| format!("{en}（{zh}）")).collect();
    let en: Vec<&str> = known.iter().map(|(en, _)| *en).collect();
    error(
        "home-section-unknown",
        place,
        format!("首页没有“{text}”这一部分"),
        format!("the home page has no section “{text}”"),
    )
    .nearest(
        near,
        &format!("可以写：{}", zh.join("、")),
        &format!("it can be: {}", en.join(", ")),
    )
}

/// A public security number that is none.
pub fn police_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "police-wrong",
        place,
        format!("“{text}”不是公安备案号：里面应当正好有 14 位数字"),
        format!("“{text}” is not a public security number, which has 14 digits"),
    )
    .help(
        "照备案证上的写，例如 某公网安备00000000000000号",
        "write it as it was given, such as 某公网安备00000000000000号",
    )
}

/// A code of a site that is none.
pub fn site_code_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "site-code-wrong",
        place,
        format!("“{text}”不是网站标识码"),
        format!("“{text}” is not the identification code of a site"),
    )
    .help(
        "网站标识码一般是 10 位字母和数字，写在政府网站年度报表和开办审批的通知里",
        "it is mostly ten letters and digits, as it was given to the site",
    )
}

/// An address of another site that is none.
pub fn web_address_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "web-address-wrong",
        place,
        format!("“{text}”不是完整的网址"),
        format!("“{text}” is not a complete address"),
    )
    .help(
        "在浏览器里打开那个网站，把地址栏里的地址整个复制过来，例如 https://www.example.cn/",
        "open it in a browser and copy its whole address, such as https://www.example.cn/",
    )
}

/// A name of a host that is none.
pub fn host_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "host-wrong",
        place,
        format!("“{text}”不是域名"),
        format!("“{text}” is not the name of a host"),
    )
    .help(
        "只写域名，不带 https:// 和斜杠，例如 tongji.example.cn",
        "write the host alone, such as count.example.cn",
    )
}

/// A script for statistics that is neither a file nor an address.
pub fn statistics_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "statistics-wrong",
        place,
        format!("统计里写的“{text}”既不是脚本文件，也不是脚本的网址"),
        format!("“{text}” is neither a script of the project nor the address of one"),
    )
    .help(
        "把统计网站给的代码存成 content/static/tongji.js，这里写 tongji.js；或者写脚本的完整网址，以 https:// 开头",
        "save the code as content/static/count.js and write count.js; or write the whole address of a script, with https://",
    )
}

/// A place that no site can be sent to.
pub fn destination_wrong(place: Place, text: &str) -> Diagnostic {
    let wrong = Destination::parse(text).err();
    // Nor is the line shown that it stands in.
    let place = match wrong {
        Some(Wrong::Secret) => Place::file(&place.path),
        _ => place,
    };
    // What stands before the host may be a password, which no message repeats.
    let shown = match wrong {
        Some(Wrong::Secret) => {
            let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
            format!("{scheme}://…@{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host))
        }
        _ => text.to_string(),
    };
    let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
    let known = SCHEMES.iter().find(|(known, _)| *known == scheme);
    let all = |join: &str| SCHEMES.iter().map(|(_, one)| *one).collect::<Vec<_>>().join(join);
    let (zh, en, help_zh, help_en) = match wrong {
        Some(Wrong::Secret) => (
            format!("目标地址“{shown}”里有密码或用户名，site.yaml 里不能写"),
            format!("there is a password or a user in “{shown}”, which has no place in site.yaml"),
            "从地址里删掉；密码放在环境变量或密钥文件里，见 xianfeng help deploy".into(),
            "take it out; it comes from the environment or a file: see `xianfeng help deploy`"
                .into(),
        ),
        Some(Wrong::Odd) => (
            format!("目标地址“{shown}”里有不能用的部分：. 或 ..、空的一段，或特殊字符"),
            format!(
                "“{shown}” has a part that cannot be used: `.` or `..`, an empty one, or odd characters"
            ),
            "写出完整的文件夹".into(),
            "write the whole path".into(),
        ),
        Some(Wrong::Incomplete) | None if known.is_some() => {
            let example = known.map_or("", |(_, example)| example);
            (
                format!("目标地址“{shown}”不完整"),
                format!("“{shown}” is not complete"),
                format!("写成 {example}"),
                format!("write it as {example}"),
            )
        }
        _ => (
            format!("不知道怎样把网站传到“{shown}”"),
            format!("the site cannot be sent to “{shown}”"),
            format!(
                "可以写 {}；阿里云、腾讯云、华为云等对象存储都写 s3://，另写服务地址 endpoint",
                all("、")
            ),
            format!(
                "write one of {}; object storage of any vendor is s3:// with its `endpoint`",
                all(", ")
            ),
        ),
    };
    error("deploy-to-wrong", place, zh, en).help(help_zh, help_en)
}

/// An address that is not that of a service.
pub fn endpoint_wrong(place: Place, text: &str) -> Diagnostic {
    let place = if text.contains('@') { Place::file(&place.path) } else { place };
    let shown = match text.rsplit_once('@') {
        Some((_, host)) => format!("…@{host}"),
        None => text.to_string(),
    };
    error(
        "deploy-endpoint-wrong",
        place,
        format!("服务地址“{shown}”不对：要以 https:// 开头，后面只有主机名，不带桶名和文件夹"),
        format!("“{shown}” is not the address of a service: https:// and the host, without bucket or folder"),
    )
    .help("写成 https://oss.example.cn", "write it as https://s3.example.cn")
}
