//! What site.yaml says of the frame of every page, and what it names that is not there: pictures,
//! entries of the menu, pages, the script for statistics.

use super::links::is_called_picture;
use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::model::menu::{MenuTarget, names_page, resolve};
use crate::model::{Site, slug_of};
use crate::picture::Unreadable;
use crate::plan::{Plan, empty_lists};
use crate::schema::frame::home_section;
use crate::source::{Place, SourcePath};
use crate::theme::{OptionKind, ThemeOption};
use crate::value::nearest::{nearest, nearest_name};
use crate::yaml::fields::ListItem;
use crate::yaml::places::At;

pub(super) fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let found = pictures(site).into_iter().chain(script(site));
    let found = found.chain(menu(site, plan)).chain(menu_of_nothing(site)).chain(home(site));
    found.chain(links(site, plan)).chain(pages(site)).collect()
}

/// Pictures that are not there, or that are none.
fn pictures(site: &Site) -> Vec<Diagnostic> {
    let wrong = |(given, place): (&str, Place)| match site.portrait_file(given) {
        Some(file) if is_called_picture(file) => {
            is_empty(site, file).then(|| picture_empty(place, given))
        }
        Some(_) => Some(no_picture(place, given)),
        None => Some(picture_missing(place, given, near_file(site, given).as_deref())),
    };
    site.frame_pictures().into_iter().filter_map(wrong).collect()
}

/// Is it a picture without a byte in it?
pub(super) fn is_empty(site: &Site, file: &SourcePath) -> bool {
    let header = site.pictures.surveys.get(file).map(|survey| &survey.header);
    matches!(header, Some(Err(Unreadable::Empty)))
}

/// The file of `content/static` that was most likely meant, as it is to be written.
fn near_file(site: &Site, given: &str) -> Option<String> {
    let below = |path: &'static str| move |file: &str| file.strip_prefix(path).map(str::to_string);
    let files: Vec<String> =
        site.files.keys().filter_map(|file| below("content/static/")(file.as_str())).collect();
    let name = given.rsplit('/').next().unwrap_or(given);
    let same = files.iter().find(|file| file.rsplit('/').next() == Some(name));
    let near = same.map(String::as_str);
    near.or_else(|| nearest(given, files.iter().map(String::as_str))).map(str::to_string)
}

fn script(site: &Site) -> Option<Diagnostic> {
    let file = site.settings.statistics.as_ref()?.file()?;
    if site.portrait_file(file).is_some() {
        return None;
    }
    let near = near_file(site, file);
    Some(script_missing(site.settings.place_of("statistics"), file, near.as_deref()))
}

/// Options of the theme that are links and lead nowhere.
fn links(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let links = site.options.iter().filter(|option| option.kind == OptionKind::Link);
    let wrong = |option: &ThemeOption| {
        let to = option.text()?;
        let near = match resolve(site, &to) {
            Err(near) => near,
            Ok(MenuTarget::Address(address)) if !is_there(plan, &address) => None,
            Ok(_) => return None,
        };
        let is_unclear = site.is_incomplete && near.is_none();
        (!is_unclear).then(|| link_dead(option.place.clone(), &to, near.as_deref()))
    };
    links.filter_map(wrong).collect()
}

/// Entries that lead nowhere, and those that lead where another one does.
fn menu(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let mut seen: Vec<(MenuTarget, &str, Place)> = Vec::new();
    let mut diagnostics = Vec::new();
    for entry in &site.settings.menu {
        let place = || {
            let whole = site.settings.place_of(At::key("menu").item(entry.index as usize));
            let key = At::key("menu").item(entry.index as usize).below("to");
            // A text alone has no key below it.
            let of_key = site.settings.place_of(key);
            if of_key.range().is_some() { of_key } else { whole }
        };
        match resolve(site, &entry.to) {
            Err(near) => diagnostics.push(menu_unknown(place(), &entry.to, near.as_deref())),
            Ok(MenuTarget::Address(address)) if !is_there(plan, &address) => {
                // What has mistakes may well be there once they are gone.
                if !site.is_incomplete {
                    diagnostics.push(menu_unknown(place(), &entry.to, None));
                }
            }
            Ok(target @ MenuTarget::Waiting(_))
                if !seen.iter().any(|(known, ..)| *known == target) =>
            {
                if let MenuTarget::Waiting(path) = &target {
                    diagnostics.push(menu_waiting(place(), &entry.to, path.as_str()));
                }
                seen.push((target, &entry.to, place()));
            }
            Ok(target) => match seen.iter().find(|(known, ..)| *known == target) {
                Some((_, before, first)) => {
                    diagnostics.push(menu_twice(place(), &entry.to, before, first.line()));
                }
                None => seen.push((target, &entry.to, place())),
            },
        }
    }
    diagnostics
}

/// A menu that has entries, and shows none: the sections that it names are still empty.
fn menu_of_nothing(site: &Site) -> Option<Diagnostic> {
    let mut shown = site.settings.menu.iter().filter(|entry| !entry.hidden).peekable();
    shown.peek()?;
    let is_seen = |to: &str| match resolve(site, to) {
        Ok(MenuTarget::Waiting(_)) => false,
        Ok(target) => target.is_there(site),
        // Of those there are complaints.
        Err(_) => true,
    };
    (!site.is_incomplete && !shown.any(|entry| is_seen(&entry.to)))
        .then(|| menu_empty(site.settings.place_of("menu")))
}

/// Sections of the home page that stand in its order twice.
fn home(site: &Site) -> Vec<Diagnostic> {
    let words = &site.settings.home;
    let twice = words.iter().enumerate().filter_map(|(at, word)| {
        let is_same = |other: &&ListItem<String>| home_section(other) == home_section(word);
        let before = words[..at].iter().find(is_same)?;
        Some(home_twice(site.settings.place_of(word.of("home")), word, before))
    });
    twice.collect()
}

fn is_there(plan: &Plan, address: &crate::value::address::Address) -> bool {
    plan.contains_key(&address.file_path()) || empty_lists(plan).any(|empty| empty == *address)
}

/// Pages of an order that are not there, or stand there twice.
fn pages(site: &Site) -> Vec<Diagnostic> {
    let settings = &site.settings;
    let known: Vec<(String, &crate::parse::Document)> = site
        .pages
        .iter()
        .map(|page| (page.slug.clone(), &*page.document))
        .chain(
            site.aside
                .iter()
                .filter(|document| document.is_page())
                .map(|document| (slug_of(document), &**document)),
        )
        .collect();
    let mut seen: Vec<(usize, &str, Place)> = Vec::new();
    let mut diagnostics = Vec::new();
    for word in &settings.pages {
        let place = settings.place_of(word.of("pages"));
        match known.iter().position(|(slug, document)| names_page(word, document, slug)) {
            None if site.is_incomplete => {}
            None => {
                let words = known.iter().flat_map(|(slug, document)| [&**slug, document.title()]);
                let near = nearest_name(word, words);
                diagnostics.push(page_unknown(place, word, near));
            }
            Some(at) => match seen.iter().find(|(known, ..)| *known == at) {
                Some((_, before, first)) => {
                    diagnostics.push(page_twice(place, word, before, first.line()));
                }
                None => seen.push((at, &word.value, place)),
            },
        }
    }
    diagnostics
}

/// An option of the theme that leads nowhere.
fn link_dead(place: Place, to: &str, near: Option<&str>) -> Diagnostic {
    error(
        "option-link-dead",
        place,
        format!("“{to}”不是栏目、页面，也不是网址"),
        format!("“{to}” is no section, no page and no address"),
    )
    .nearest(
        near,
        "写栏目、页面的名称，或者 https:// 开头的网址",
        "write a section, a page, or an address that begins with https://",
    )
}

/// A picture that is not there.
fn picture_missing(place: Place, given: &str, near: Option<&str>) -> Diagnostic {
    error(
        "picture-dead",
        place,
        format!("content/static 里没有图片“{given}”"),
        format!("there is no picture “{given}” in content/static"),
    )
    .nearest(
        // A name that is like the end of an address is another picture.
        near.filter(|_| !given.contains("://")),
        match given.contains("://") {
            true => "这里要用本地图片：先把它存进 content/static，再写从 static 里面起的路径，例如 images/logo.png",
            false => "把图片放进 content/static，这里写从 static 里面起的路径，例如 images/logo.png",
        },
        "put it into content/static, and write its path from there, such as images/logo.png",
    )
}

/// A picture that nobody can see.
fn picture_empty(place: Place, given: &str) -> Diagnostic {
    error(
        "picture-empty",
        place,
        format!("图片“{given}”是空的（0 字节），每一页都会缺这张图"),
        format!("the picture “{given}” is empty (0 bytes)"),
    )
    .help("重新复制一次这个文件，或者删掉这一项", "copy the file again, or delete the setting")
}

/// A menu without anything in it.
fn menu_empty(place: Place) -> Diagnostic {
    warning(
        "menu-empty",
        place,
        "菜单里一项也显示不出来：写的栏目都还没有内容",
        "the menu is empty: nothing is in the sections that it names yet",
    )
    .help(
        "加上有内容的栏目，例如 home（首页）；或者删掉 menu（菜单），就会列出全部有内容的栏目",
        "add sections that have something, such as `home`; or delete `menu`, which lists all of those",
    )
}

/// A section of the home page that has two places.
fn home_twice(place: Place, word: &str, before: &str) -> Diagnostic {
    error(
        "home-section-twice",
        place,
        format!("首页的“{word}”和前面的“{before}”是同一部分，不知道该排在哪里"),
        format!("“{word}” is the section “{before}”, which cannot stand on the home page twice"),
    )
    .help("留下其中一个，删掉另一个", "keep one of them")
}

/// A file that is no picture.
fn no_picture(place: Place, given: &str) -> Diagnostic {
    error(
        "picture-wrong",
        place,
        format!("“{given}”不是网页能显示的图片"),
        format!("browsers cannot show “{given}”"),
    )
    .help("用 jpg、png、gif、webp、avif 或 svg 格式", "use jpg, png, gif, webp, avif or svg")
}

/// A script that is not there.
fn script_missing(place: Place, given: &str, near: Option<&str>) -> Diagnostic {
    error(
        "statistics-missing",
        place,
        format!("content/static 里没有脚本“{given}”"),
        format!("there is no script “{given}” in content/static"),
    )
    .nearest(
        near,
        "把统计网站给的代码存成这个文件；不要统计就删掉这一项",
        "save the code for statistics there; or delete the setting",
    )
}

/// An entry of the menu that leads nowhere.
fn menu_unknown(place: Place, to: &str, near: Option<&str>) -> Diagnostic {
    error(
        "menu-unknown",
        place,
        format!("菜单里的“{to}”不是栏目、页面，也不是网址"),
        format!("“{to}” in the menu is no section, no page and no address"),
    )
    .nearest(
        near,
        "写栏目（例如 news 或 活动动态）、pages 里的网页（文件名或标题），或者以 https:// 开头的网址",
        "write a section such as news, a page by its file or title, or an address with https://",
    )
}

/// An entry of the menu whose page is not published now.
fn menu_waiting(place: Place, to: &str, path: &str) -> Diagnostic {
    note(
        "menu-waiting",
        place,
        format!("菜单里的“{to}”暂时不显示：{path} 现在没有发布"),
        format!("“{to}” is not in the menu yet: {path} is not published now"),
    )
    .help(
        "它发布以后，菜单里自然会有；不要了就删掉这一项",
        "once it is published the menu has it; or delete the entry",
    )
}

/// An entry of the menu that leads where another does.
fn menu_twice(place: Place, to: &str, before: &str, line: usize) -> Diagnostic {
    error(
        "menu-twice",
        place,
        format!("菜单里的“{to}”和第 {line} 行的“{before}”是同一项"),
        format!("“{to}” in the menu leads where “{before}” in line {line} does"),
    )
    .help("留下其中一个，删掉另一个", "keep one of them")
}

/// A page in the order that is not there.
fn page_unknown(place: Place, word: &str, near: Option<&str>) -> Diagnostic {
    error(
        "page-unknown",
        place,
        format!("content/pages 里没有“{word}”这个网页"),
        format!("there is no page “{word}” in content/pages"),
    )
    .nearest(
        near,
        "写网页的文件名（不带 .md）或标题",
        "write the name of its file without .md, or its title",
    )
}

/// A page that stands in the order twice.
fn page_twice(place: Place, word: &str, before: &str, line: usize) -> Diagnostic {
    error(
        "page-twice",
        place,
        format!("“{word}”和第 {line} 行的“{before}”是同一个网页，不知道该排在哪里"),
        format!("“{word}” is the page “{before}” of line {line}: it cannot have two places"),
    )
    .help("留下其中一个，删掉另一个", "keep one of them")
}
