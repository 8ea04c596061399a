//! Links, anchors, pictures and covers that lead nowhere.

use std::sync::LazyLock;

use super::meant::{Meant, meant};
use crate::base::map::Set;
use crate::base::{name, parallel};
use crate::diagnostic::bounded::Bounded;
use crate::diagnostic::{Diagnostic, Severity, error, warning};
use crate::model::entity::{KindId, Portrait};
use crate::model::kinds::{SERIES, UNITS};
use crate::model::link::{Dead, Target, named, resolve, resolve_cover, with_anchor};
use crate::model::{Fate, Site, slug_of};
use crate::parse::Document;
use crate::parse::markdown::{Link, LinkKind};
use crate::plan::{Found, Plan, Recipe, empty_lists, find, spelt};
use crate::source::{Place, SourcePath};
use crate::value::address::{self, Address};
use crate::value::foreign::{Doubt, doubt};
use crate::value::pinyin;

/// What `<img>` shows in every browser.
const PICTURES: [&str; 10] =
    ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff"];

/// Does its name say that it is a picture that every browser shows?
pub(super) fn is_called_picture(path: &SourcePath) -> bool {
    PICTURES.contains(&path.extension().as_str())
}

/// What is said of a link to a page that is not there just now.
type Complaint = fn(Place, &str) -> Diagnostic;

pub(super) fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let published = site.owners().map(|owner| site.document(owner));
    let documents: Vec<&Document> = published.chain(site.aside_as(Fate::Broken)).collect();
    let withheld = LazyLock::new(|| withheld(site));
    let empty = LazyLock::new(|| {
        empty_lists(plan).map(|address| spelt(address.as_str())).collect::<Set<_>>()
    });
    let absent = |address: &str| {
        let address = &*spelt(address);
        let empty = empty.contains(address).then_some(link_to_empty_list as Complaint);
        empty.or_else(|| withheld.contains(address).then_some(link_withheld as Complaint))
    };
    let found = parallel::map(&documents, |document| check_document(site, plan, &absent, document));
    found.into_iter().flatten().chain(check_portraits(site)).collect()
}

/// The addresses, [spelt] alike, that what is not published yet, or no longer, would have: its own,
/// and those of the pages that are there for its sake alone. Time must not break a site that was right.
fn withheld(site: &Site) -> Set<String> {
    let waiting = site.waiting.iter();
    let mut addresses: Set<String> =
        waiting.map(|(kind, slug)| format!("{}/{slug}", kind.kind().folder)).collect();
    for document in site.aside_as(Fate::Withheld) {
        let front = &document.front;
        let slug = slug_of(document);
        match front.date {
            Some(date) => {
                addresses.insert(format!("archive/{:04}", date.year()));
                addresses.insert(format!("stories/{:04}/{slug}", date.year()))
            }
            None => addresses.insert(slug),
        };
        for kind in KindId::all() {
            let named = kind.kind().named_by.iter().flat_map(|by| by.names(front));
            // Pages of people and of model branches are made from names and units.
            let names = named.map(|(name, _)| name).chain(front.people()).chain(front.units());
            for name in names {
                let listed =
                    site.all(UNITS).iter().find(|unit| unit.words().any(|word| word == name));
                let slugs = [pinyin::slug(name), pinyin::name_slug(name)];
                for slug in slugs.into_iter().chain(listed.map(|unit| unit.slug.clone())) {
                    addresses.insert(format!("{}/{slug}", kind.kind().folder));
                }
            }
        }
    }
    addresses
}

fn check_document(
    site: &Site,
    plan: &Plan,
    absent: &(dyn Fn(&str) -> Option<Complaint> + Sync),
    document: &Document,
) -> Vec<Diagnostic> {
    let mut diagnostics = Bounded::default();
    for (i, link) in document.body.links.iter().enumerate() {
        let place = || document.place_in_body(&link.range);
        match resolve(site, document, &link.dest, link.kind) {
            Ok(target) => {
                diagnostics.extend(check_target(site, plan, absent, link, &target, place))
            }
            Err(dead) => {
                diagnostics.push(complain(as_written(dead), &link.dest, link.kind, place()));
            }
        }
        if link.kind == LinkKind::Picture && !link.named {
            diagnostics.push(picture_alt_missing(place()));
        }
        let has_picture = || {
            document.body.links.get(i + 1).is_some_and(|next| {
                next.kind == LinkKind::Picture && link.range.contains(&next.range.start)
            })
        };
        if link.kind == LinkKind::Link && !link.named && !has_picture() {
            diagnostics.push(link_unnamed(place(), &link.dest));
        }
    }
    for (key, given) in document.front.pictures() {
        let place = || document.place_of(key);
        match resolve_cover(site, document, given) {
            Ok(path) if is_called_picture(&path) => {}
            Ok(_) if key == "portrait" => {
                diagnostics.push(portrait_not_picture(place(), given));
            }
            Ok(_) => diagnostics.push(cover_not_picture(place(), given)),
            Err(dead) => diagnostics.push(complain(dead, given, LinkKind::Picture, place())),
        }
    }
    diagnostics.into()
}

/// What is wrong with the portraits and covers that lists name.
fn check_portraits(site: &Site) -> impl Iterator<Item = Diagnostic> {
    site.portraits().filter_map(|(id, Portrait { given, place, .. })| {
        let (no_picture, dead): (Complaint, Complaint) = match id.kind {
            SERIES => (cover_not_picture, cover_dead),
            _ => (portrait_not_picture, portrait_dead),
        };
        match site.portrait_file(given) {
            Some(file) if is_called_picture(file) => None,
            Some(_) => Some(no_picture(place.clone(), given)),
            None => Some(dead(place.clone(), given)),
        }
    })
}

fn check_target(
    site: &Site,
    plan: &Plan,
    absent: &dyn Fn(&str) -> Option<Complaint>,
    link: &Link,
    target: &Target,
    place: impl Fn() -> Place,
) -> Option<Diagnostic> {
    match target {
        Target::Elsewhere(url) => match doubt(url) {
            Some(doubt) => Some(link_malformed(place(), &link.dest, &doubt)),
            None => {
                (link.kind == LinkKind::Picture).then(|| picture_elsewhere(place(), &link.dest))
            }
        },
        Target::Address(address, rest) => {
            let (found, mended) = match find(plan, address) {
                Found::Exact(found) => (found, None),
                Found::Near(found) => {
                    let right = format!("/{}", found.as_str());
                    let mended = link_mended(place(), &link.dest, &right);
                    (found, Some(mended))
                }
                // It may be the address of what could not be read.
                Found::Nothing if site.is_incomplete => return None,
                Found::Nothing => {
                    let complaint = absent(address.as_str());
                    if let Some(complaint) = complaint.filter(|_| link.kind == LinkKind::Link) {
                        return Some(complaint(place(), &link.dest));
                    }
                    let dead = Dead::Missing(near(plan, address));
                    return Some(complain(dead, &link.dest, link.kind, place()));
                }
            };
            let recipe = &plan[&found.file_path()];
            let carried = recipe.carried().is_some() || matches!(recipe, Recipe::Asset(_));
            if link.kind == LinkKind::Picture && !carried {
                return Some(picture_dead(place(), &link.dest, None));
            }
            let document = match recipe {
                Recipe::Story(id) => &site.story(*id).document,
                Recipe::Page(id) => &site.pages[id.index()].document,
                _ => return mended,
            };
            let dead = with_anchor(document, rest).err();
            dead.map(|dead| complain(dead, &link.dest, link.kind, place())).or(mended)
        }
        Target::Owner(..) if link.kind == LinkKind::Picture => {
            Some(picture_dead(place(), &link.dest, None))
        }
        _ => None,
    }
}

/// So many addresses before and after one that is not there are looked at.
const NEIGHBOURS: usize = 200;

/// The address of the site that is most like one that is not there.
fn near(plan: &Plan, wanted: &Address) -> Option<String> {
    // Only among those that begin alike: a plan may have a hundred thousand addresses.
    let text = wanted.as_str();
    let first = text.split('/').next().unwrap_or(text);
    let begins: String = first.chars().take(2).collect();
    let after = plan.range(text.to_string()..).take(NEIGHBOURS);
    let candidates = plan
        .range(..text.to_string())
        .rev()
        .take(NEIGHBOURS)
        .chain(after)
        .filter(|(path, _)| path.starts_with(&begins))
        .map(|(path, _)| address::indexed_folder(path).unwrap_or(path));
    crate::value::nearest::nearest(text, candidates).map(|address| format!("/{address}"))
}

fn complain(dead: Dead, dest: &str, kind: LinkKind, place: Place) -> Diagnostic {
    if let Some(name) = named(dest) {
        // Others write `[[…]]` for more than links: the site can be built.
        let severity = Severity::Warning;
        return Diagnostic { severity, ..complain(dead, name, kind, place) };
    }
    match dead {
        Dead::Empty => link_empty(place),
        Dead::Unsafe(scheme) => link_unsafe(place, &scheme, dest, kind),
        Dead::Outside => link_outside(place, dest),
        Dead::Hidden => file_hidden(place, dest, kind),
        Dead::Elsewhere => cover_elsewhere(place, dest),
        Dead::Missing(near) if kind == LinkKind::Picture => {
            picture_dead(place, dest, near.as_deref())
        }
        Dead::Missing(near) => link_dead(place, dest, near.as_deref()),
        Dead::Draft => link_to_draft(place, dest),
        Dead::Withheld => link_withheld(place, dest),
        Dead::NoAnchor(anchor, near) => {
            let page = dest.split('#').next().unwrap_or_default();
            let near = near.map(|near| format!("{page}{near}"));
            anchor_dead(place, &anchor, near.as_deref())
        }
    }
}

/// The same, with the path that it suggests as Markdown takes it: a blank or a bracket in one
/// needs `<` and `>`.
fn as_written(dead: Dead) -> Dead {
    match dead {
        Dead::Missing(Some(path)) if path.contains([' ', '(', ')']) => {
            Dead::Missing(Some(format!("<{path}>")))
        }
        dead => dead,
    }
}

/// An empty address.
fn link_empty(place: Place) -> Diagnostic {
    error("link-empty", place, "这个链接没有写地址", "this link has no address")
        .help("在圆括号里写上地址", "write the address between the parentheses")
}

/// An address that could run a program, or leads to somebody's own disk.
fn link_unsafe(place: Place, scheme: &str, dest: &str, kind: LinkKind) -> Diagnostic {
    let diagnostic = error(
        "link-unsafe",
        place,
        format!("不允许“{scheme}:”开头的地址"),
        format!("addresses that begin with “{scheme}:” are not allowed"),
    );
    if let Some(meant) = meant(dest).filter(|_| kind == LinkKind::Link) {
        return help_meant(diagnostic, meant);
    }
    let is_picture = kind == LinkKind::Picture;
    if is_picture && matches!(scheme, "data" | "blob" | "cid") {
        diagnostic.help(
            "图片没有存成文件：把它另存为图片文件，放在稿件旁边，这里写文件名",
            "this picture is not in a file: save it as one, put it beside the story, and write its name here",
        )
    } else if is_picture && (scheme.len() == 1 || scheme == "file") {
        diagnostic.help(
            "这是您电脑上的路径，读者打不开；把图片放在稿件旁边，写文件名即可",
            "that is a path of your own computer; put the picture beside the story and write its name",
        )
    } else if is_picture {
        diagnostic.help(
            "把图片放在稿件旁边，写文件名即可",
            "put the picture beside the story and write its name",
        )
    } else if scheme.len() == 1 || scheme == "file" {
        diagnostic.help(
            "这是您电脑上的路径，读者打不开；把文件放在稿件旁边，写文件名即可",
            "that is a path of your own computer; put the file beside the story and write its name",
        )
    } else {
        diagnostic.help(
            "链接可以用 https:、http:、mailto:、tel:，或站内文件的相对路径",
            "links may use https:, http:, mailto:, tel:, or a relative path to a file of this site",
        )
    }
}

/// An address of another site that can lead nowhere.
fn link_malformed(place: Place, dest: &str, doubt: &Doubt) -> Diagnostic {
    let (zh, en, help_zh, help_en) = match doubt {
        Doubt::Slashes(right) => (
            format!("网址“{dest}”的冒号后面应当正好是两条斜杠"),
            format!("in “{dest}” exactly two slashes must follow the colon"),
            format!("写成 {right}"),
            format!("write {right}"),
        ),
        Doubt::NoHost => (
            format!("网址“{dest}”里没有写是哪个网站"),
            format!("“{dest}” names no site"),
            "写完整的网址，例如 https://www.example.cn/".to_string(),
            "write the whole address, such as https://www.example.cn/".to_string(),
        ),
        Doubt::Twice(right) => (
            format!("网址“{dest}”的开头写了两遍"),
            format!("“{dest}” begins twice"),
            format!("写成 {right}"),
            format!("write {right}"),
        ),
        Doubt::Space(right) => (
            format!("网址“{dest}”里有空格"),
            format!("there is a space in “{dest}”"),
            format!("删掉空格：{right}；网址本来就有空格的，写成 %20"),
            format!("delete it: {right}; a space that belongs there is written %20"),
        ),
        Doubt::Host(host) => (
            format!("网址“{dest}”里的“{host}”不是网站的域名"),
            format!("“{host}” in “{dest}” is no name of a site"),
            "看看有没有打错的字母、中文标点或多余的点".to_string(),
            "look for slips, full-width punctuation and stray dots".to_string(),
        ),
        Doubt::NoDot(host) => (
            format!("网址“{dest}”里的“{host}”没有点，不像公开的域名"),
            format!("“{host}” in “{dest}” has no dot, as names of public sites have"),
            "写完整的域名，例如 www.example.cn；只在单位内部网络里能打开的，读者看不到".to_string(),
            "write the whole name, such as www.example.cn; readers cannot open what is on an office's own network".to_string(),
        ),
        Doubt::Own(host) => (
            format!("网址“{dest}”里的“{host}”是每个人自己的电脑，读者打不开"),
            format!("“{host}” in “{dest}” is every reader's own computer"),
            "写网站公开的网址".to_string(),
            "write the public address".to_string(),
        ),
        Doubt::Port(port) => (
            format!("网址“{dest}”里的端口“{port}”不对，应当是 1 到 65535 的数"),
            format!("the port “{port}” in “{dest}” must be a number from 1 to 65535"),
            format!("改正端口，或者去掉“:{port}”"),
            format!("correct it, or delete “:{port}”"),
        ),
        Doubt::Mail => (
            format!("“{dest}”不是完整的邮箱地址"),
            format!("“{dest}” is not a whole mail address"),
            "写成 mailto:name@example.cn，@ 要用英文的".to_string(),
            "write mailto:name@example.cn".to_string(),
        ),
        Doubt::Telephone => (
            format!("“{dest}”不是电话号码"),
            format!("“{dest}” is no telephone number"),
            "写成 tel:057188886666，只用数字".to_string(),
            "write tel:057188886666, digits alone".to_string(),
        ),
    };
    warning("link-malformed", place, zh, en).help(help_zh, help_en)
}

/// A relative path that leaves the project.
fn link_outside(place: Place, dest: &str) -> Diagnostic {
    error(
        "link-outside",
        place,
        format!("“{dest}”超出了 content 文件夹"),
        format!("“{dest}” leads out of the content folder"),
    )
    .help("把文件放进 content 文件夹再链接", "put the file into the content folder first")
}

/// A picture on another site where one of one's own must be.
fn cover_elsewhere(place: Place, dest: &str) -> Diagnostic {
    error(
        "link-outside",
        place,
        format!("“{dest}”是别的网站上的图片，这里不能用"),
        format!("“{dest}” is a picture on another site, which cannot be used here"),
    )
    .help(
        "把它下载下来，放在稿件旁边，这里写文件名",
        "download it, put it beside the story, and write the file's name here",
    )
}

/// A file whose name says that it is not published.
fn file_hidden(place: Place, dest: &str, kind: LinkKind) -> Diagnostic {
    let code = if kind == LinkKind::Picture { "picture-dead" } else { "link-dead" };
    let decoded = address::decode(dest);
    let (folder, name) = decoded.rsplit_once('/').map_or(("", &*decoded), |(at, name)| (at, name));
    let right = name.trim_start_matches(['.', '_', '~']);
    let right = if folder.is_empty() { right.to_string() } else { format!("{folder}/{right}") };
    error(
        code,
        place,
        format!("“{dest}”不会发布：文件名以 . _ ~ 开头"),
        format!("“{dest}” is not published: its name begins with . _ or ~"),
    )
    .help(
        format!("把文件改名，去掉开头的符号，这里写 {right}"),
        format!("rename the file without the sign it begins with, and write {right} here"),
    )
}

/// A file that is not there.
fn link_dead(place: Place, dest: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = error(
        "link-dead",
        place,
        format!("链接“{dest}”找不到对应的文件或网页"),
        format!("the link “{dest}” leads nowhere"),
    );
    if let Some(meant) = meant(dest) {
        return help_meant(diagnostic, meant);
    }
    if crate::load::is_leftover(&SourcePath::new(dest)) {
        return diagnostic.help(
            "备份和临时文件不发布；要发布它，换一个扩展名",
            "backups and temporary files are not published; give it another ending",
        );
    }
    if crate::load::is_of_system(dest.rsplit('/').next().unwrap_or(dest)) {
        return diagnostic.help(
            "这是系统自己的文件，不发布；去掉这个链接",
            "this is a file of the system, which is not published: take the link out",
        );
    }
    let (_, extension) = dest.rsplit_once('.').unwrap_or((dest, ""));
    let is_file =
        !dest.starts_with('/') && !matches!(extension, "md" | "html") && dest.contains('.');
    if is_file {
        return suggest(
            diagnostic,
            (dest, near),
            "把这个文件放在稿件旁边，写上完整的文件名",
            "put the file beside the story and write its whole name",
        );
    }
    suggest(
        diagnostic,
        (dest, near),
        "链接其他稿件时，写它的 .md 文件相对于本文件的路径，例如 ../2025/x.md；那篇稿件已经删掉的话，去掉链接",
        "link a story by the path of its .md file from here, as in ../2025/x.md; remove the link if the story is gone",
    )
}

/// With the file that was meant as help; what differs is named where it cannot be seen.
fn suggest(
    diagnostic: Diagnostic,
    (dest, near): (&str, Option<&str>),
    zh: &str,
    en: &str,
) -> Diagnostic {
    // As Markdown takes it, it may have brackets.
    let bare = near.map(|near| near.trim_start_matches('<').trim_end_matches('>'));
    match bare.filter(|near| name::looks_same(near, &address::decode(dest))) {
        Some(near) => diagnostic.help(
            format!(
                "有一个文件叫“{near}”，里面的空格或看不见的字符和这里写的不一样；把它的文件名复制过来"
            ),
            format!(
                "there is “{near}”, whose spaces or invisible characters are others; copy its name"
            ),
        ),
        None => diagnostic.nearest(near, zh, en),
    }
}

/// The help for an address that was meant as another.
fn help_meant(diagnostic: Diagnostic, meant: Meant) -> Diagnostic {
    match meant {
        Meant::Wide(right) => diagnostic.help(
            format!("网址里的符号要用英文半角：{right}"),
            format!("an address has ASCII signs only: {right}"),
        ),
        Meant::Scheme(right) => diagnostic.help(format!("写成 {right}"), format!("write {right}")),
        Meant::Site(right) => diagnostic.help(
            format!("链接别的网站要写完整：{right}"),
            format!("another site is linked by its whole address: {right}"),
        ),
        Meant::Mail(right) => diagnostic.help(
            format!("链接邮箱时写成：{right}"),
            format!("a mailbox is linked like this: {right}"),
        ),
        Meant::Phone(right) => diagnostic.help(
            format!("链接电话号码时写成：{right}"),
            format!("a telephone number is linked like this: {right}"),
        ),
    }
}

/// A picture that is not there.
fn picture_dead(place: Place, dest: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = error(
        "picture-dead",
        place,
        format!("找不到图片“{dest}”"),
        format!("the picture “{dest}” does not exist"),
    );
    if near.is_none()
        && matches!(meant(dest), Some(Meant::Wide(_) | Meant::Scheme(_) | Meant::Site(_)))
    {
        return diagnostic.help(
            "这像是别的网站上的图片：把它下载下来，放在稿件旁边，写上文件名",
            "this looks like a picture on another site: download it, put it beside the story and write its name",
        );
    }
    suggest(
        diagnostic,
        (dest, near),
        "把图片放在稿件旁边，写上完整的文件名（大小写和扩展名也要一样）",
        "put the picture beside the story and write its name, letter case and extension too",
    )
}

/// A link to a draft.
fn link_to_draft(place: Place, dest: &str) -> Diagnostic {
    error(
        "link-dead",
        place,
        format!("链接“{dest}”指向的稿件还是草稿，网站上没有它"),
        format!("the story that “{dest}” leads to is a draft, and is not on the site"),
    )
    .help(
        "等那篇稿件发布以后再链接，或者先去掉链接",
        "publish that story first, or remove the link",
    )
}

/// A link to a story that is not on the site at this time. No error: a site that was right would
/// not be built any more when the time has come.
fn link_withheld(place: Place, dest: &str) -> Diagnostic {
    warning(
        "link-withheld",
        place,
        format!("链接“{dest}”指向的稿件还没有发布，或者已经撤下，这里只显示文字，不能点"),
        format!("the story that “{dest}” leads to is not published yet, or no longer; the words are shown without the link"),
    )
    .help(
        "还没发布的，到时候再生成，链接自己会出现；已经撤下的，去掉链接",
        "if it is due later, the link appears when the site is built then; if it has expired, remove the link",
    )
}

/// A link to a list that has nothing. No error: the last story of a kind may be withdrawn or expire.
fn link_to_empty_list(place: Place, dest: &str) -> Diagnostic {
    warning(
        "link-list-empty",
        place,
        format!("链接“{dest}”指向的栏目现在还没有内容，网站上没有这一页；这里只显示文字，不能点"),
        format!("the list that “{dest}” leads to has nothing yet, so there is no such page; the words are shown without the link"),
    )
    .help(
        "有了内容再生成，链接自己会出现；不用这个栏目的，去掉链接",
        "the link appears when there is something in it; if it is not used, remove the link",
    )
}

/// A place on a page that is not there.
fn anchor_dead(place: Place, anchor: &str, near: Option<&str>) -> Diagnostic {
    error(
        "anchor-dead",
        place,
        format!("那一页没有叫“#{anchor}”的小标题"),
        format!("there is no heading “#{anchor}” on that page"),
    )
    .nearest(
        near,
        "# 后面写小标题的文字，去掉标点，空格换成减号",
        "after the # write the words of the heading, without punctuation and with hyphens for spaces",
    )
}

/// An address that is right but for its spelling.
fn link_mended(place: Place, dest: &str, right: &str) -> Diagnostic {
    warning(
        "link-mended",
        place,
        format!("网址“{dest}”写得不准，已改为“{right}”"),
        format!("the address “{dest}” is misspelt; “{right}” was used"),
    )
    .help(format!("改成 {right}"), format!("write {right}"))
}

/// A picture on another host.
fn picture_elsewhere(place: Place, dest: &str) -> Diagnostic {
    warning(
        "picture-elsewhere",
        place,
        format!("图片“{dest}”在别的网站上，对方删除或限制后就看不到了"),
        format!("the picture “{dest}” is on another site and may vanish"),
    )
    .help("把图片下载下来，放在稿件旁边", "download it and put it beside the story")
}

/// A picture without a description.
fn picture_alt_missing(place: Place) -> Diagnostic {
    warning(
        "picture-alt-missing",
        place,
        "图片没有文字说明，看不见图片的读者不知道它是什么",
        "the picture has no description for readers who cannot see it",
    )
    .help("写成 ![说明文字](文件名)", "write ![description](file)")
}

/// A link without words.
fn link_unnamed(place: Place, dest: &str) -> Diagnostic {
    warning(
        "link-unnamed",
        place,
        format!("链接“{dest}”没有文字，读者看不见，也点不到"),
        format!("the link “{dest}” has no words: readers can neither see nor follow it"),
    )
    .help(
        format!("在方括号里写上文字：[文字]({dest})；多余的就删掉"),
        format!("write its words between the brackets: [words]({dest}); or delete it"),
    )
}

/// A portrait that is no picture.
fn portrait_not_picture(place: Place, name: &str) -> Diagnostic {
    error(
        "portrait-not-picture",
        place,
        format!("照片“{name}”不是浏览器能显示的图片"),
        format!("browsers cannot show the portrait “{name}”"),
    )
    .help("用 jpg、png、gif、webp、avif 或 svg 图片", "use a jpg, png, gif, webp, avif or svg")
}

/// A portrait of a list that is not there.
fn portrait_dead(place: Place, name: &str) -> Diagnostic {
    error(
        "picture-dead",
        place,
        format!("content/static 里没有照片“{name}”"),
        format!("there is no portrait “{name}” in content/static"),
    )
    .help(
        "把照片放进 content/static，这里写从 static 里面起的路径，例如 people/lin.jpg",
        "put it into content/static, and write its path from there, such as people/lin.jpg",
    )
}

/// A cover of a list that is not there.
fn cover_dead(place: Place, name: &str) -> Diagnostic {
    error(
        "picture-dead",
        place,
        format!("content/static 里没有封面“{name}”"),
        format!("there is no cover “{name}” in content/static"),
    )
    .help(
        "把图片放进 content/static，这里写从 static 里面起的路径，例如 series/fangxun.jpg",
        "put it into content/static, and write its path from there, such as series/floods.jpg",
    )
}

/// A cover that is no picture.
fn cover_not_picture(place: Place, name: &str) -> Diagnostic {
    error(
        "cover-not-picture",
        place,
        format!("封面“{name}”不是网页能显示的图片"),
        format!("browsers cannot show the cover “{name}”"),
    )
    .help("用 jpg、png、gif、webp、avif 或 svg 格式", "use jpg, png, gif, webp, avif or svg")
}
