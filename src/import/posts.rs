//! Posts of other generators (Hexo, Hugo, Jekyll): their front matter becomes ours, their pictures are
//! found, and what only they understand is named.

use time::UtcOffset;

use super::story::{Campaign, Report, Story, Wishes, file};
use crate::base::lang::Text;
use crate::base::map::Map;
use crate::parse::markdown::anchor;
use crate::value::kind::Kind;
use crate::value::moment::Moment;
use crate::value::{pinyin, slug};
use crate::yaml::fields::scalar;
use crate::yaml::{Node, parse};

/// A generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Generator {
    Hexo,
    Hugo,
    Jekyll,
}

impl Generator {
    /// The generators by their names.
    pub const ALL: [(&'static str, Generator); 3] =
        [("hexo", Self::Hexo), ("hugo", Self::Hugo), ("jekyll", Self::Jekyll)];

    /// Is the file at this path, from the folder of the site, a post?
    pub fn is_post(self, path: &str) -> bool {
        let markdown = [".md", ".markdown"].iter().any(|end| path.ends_with(end));
        let name = path.rsplit('/').next().unwrap_or_default();
        markdown
            && match self {
                Self::Hexo => {
                    path.starts_with("source/_posts/") || path.starts_with("source/_drafts/")
                }
                Self::Hugo => path.starts_with("content/") && name != "_index.md",
                Self::Jekyll => {
                    let mut folders = path.split('/');
                    folders.any(|folder| matches!(folder, "_posts" | "_drafts"))
                }
            }
    }

    /// The folders in which addresses that begin with `/` are looked for.
    fn roots(self) -> &'static [&'static str] {
        match self {
            Self::Hexo => &["source", "themes"],
            Self::Hugo => &["static", "assets", "content"],
            Self::Jekyll => &["", "assets"],
        }
    }

    /// How addresses are made where the site does not say so.
    fn permalink(self) -> &'static str {
        match self {
            Self::Hexo => ":year/:month/:day/:title/",
            Self::Hugo => "",
            Self::Jekyll => "/:categories/:year/:month/:day/:title.html",
        }
    }
}

/// What is known of the site that is imported.
#[derive(Debug)]
pub struct Site<'a> {
    /// What made it.
    pub generator: Generator,
    /// Its settings (`_config.yml`, `hugo.toml`), if there are any.
    pub settings: Option<String>,
    /// The paths of all its files.
    pub files: &'a [String],
    /// Which category is what here: words of front matter by category.
    pub categories: Option<Node>,
    /// The time zone of the campaign, which is that of times that name none.
    pub zone: UtcOffset,
}

/// A post, read and not yet written.
#[derive(Debug)]
pub struct Post {
    /// Its file.
    pub path: String,
    /// The name of its folder here.
    pub name: String,
    /// Its day.
    pub date: Moment,
    front: Vec<(String, Node)>,
    body: String,
    /// Its address there.
    address: Option<String>,
    has_date: bool,
}

fn both(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text { zh: zh.into(), en: en.into() }
}

/// Front matter and the rest; `None` if it cannot be read.
fn parts(text: &str) -> Option<(Vec<(String, Node)>, &str)> {
    let trimmed = text.trim_start_matches(['\u{FEFF}', '\n', '\r', ' ']);
    for (fence, is_toml) in [("---", false), ("+++", true), (";;;", false)] {
        let Some(rest) = trimmed.strip_prefix(fence) else { continue };
        let rest = rest.strip_prefix('\n').or(rest.strip_prefix("\r\n"))?;
        let end = rest.lines().scan(0, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            Some((start, line))
        });
        let (start, line) = end.into_iter().find(|(_, line)| line.trim_end() == fence)?;
        let (front, body) = (&rest[..start.min(rest.len())], rest.get(start + line.len()..)?);
        let front = if is_toml { toml(front) } else { yaml(front)? };
        return Some((front, body));
    }
    // Hexo takes front matter without its first fence, too.
    if let Some((front, body)) = trimmed.split_once("\n---\n")
        && front.lines().all(|line| line.contains(':') || line.starts_with([' ', '-']))
    {
        return Some((yaml(front)?, body));
    }
    Some((Vec::new(), text))
}

fn yaml(text: &str) -> Option<Vec<(String, Node)>> {
    match parse(text).ok()? {
        Node::Map(entries) => Some(entries),
        Node::Null => Some(Vec::new()),
        _ => None,
    }
}

/// As much of TOML as front matter has: keys and values; of tables, keys after their names.
fn toml(text: &str) -> Vec<(String, Node)> {
    let mut entries = Vec::new();
    let mut table = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.split(']').next()) {
            table = format!("{}.", name.trim_matches(['[', '"']));
            continue;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let mut value = value.trim().to_string();
        // A list may go on.
        while value.starts_with('[') && value.matches('[').count() > value.matches(']').count() {
            let Some(more) = lines.next() else { break };
            value.push_str(more.trim());
        }
        let key = format!("{table}{}", key.trim().trim_matches(['"', '\'']));
        entries.push((key, toml_value(&value)));
    }
    entries
}

fn toml_value(value: &str) -> Node {
    if let Some(inner) = value.strip_prefix('[') {
        let inner = inner.split(']').next().unwrap_or_default();
        let mut items = Vec::new();
        let (mut item, mut quote) = (String::new(), None);
        for c in inner.chars() {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                (None, ',') => items.push(std::mem::take(&mut item)),
                (_, c) => item.push(c),
            }
        }
        items.push(item);
        let items =
            items.into_iter().map(|item| item.trim().to_string()).filter(|item| !item.is_empty());
        return Node::List(items.map(Node::Text).collect());
    }
    for quote in ["\"\"\"", "'''", "\"", "'"] {
        if let Some(inner) = value.strip_prefix(quote)
            && let Some(end) = inner.find(quote)
        {
            return Node::Text(inner[..end].replace("\\\"", "\"").replace("\\n", "\n"));
        }
    }
    let plain = value.split(" #").next().unwrap_or(value).trim();
    match plain {
        "true" | "false" => Node::Bool(plain == "true"),
        plain => Node::Text(plain.to_string()),
    }
}

/// Reads a post; `None` if its front matter cannot be read.
pub fn read(site: &Site<'_>, path: &str, text: &str, campaign: &Campaign) -> Option<Post> {
    let text = text.replace("\r\n", "\n");
    let (front, body) = parts(&text)?;
    let stem = path.rsplit('/').next()?.rsplit_once('.')?.0;
    // A folder of its own, as Hugo has it.
    let stem = match stem {
        "index" => path.rsplit('/').nth(1).unwrap_or(stem),
        stem => stem,
    };
    let in_name = stem.get(..10).filter(|day| Moment::parse(day, site.zone).is_ok());
    let bare = in_name.map_or(stem, |_| stem[10..].trim_start_matches('-'));
    let text_of =
        |key: &str| front.iter().find(|(known, _)| known == key).and_then(|(_, node)| scalar(node));
    let date = text_of("date")
        .and_then(|text| moment(&text, site.zone))
        .or(in_name.and_then(|day| moment(day, site.zone)));
    let slugged = text_of("slug").filter(|text| slug::is_slug(text));
    let name = slugged.unwrap_or_else(|| pinyin::slug(if bare.is_empty() { stem } else { bare }));
    let name: String = name.chars().take(80).collect();
    let name = if name == "index" {
        "index-1".to_string()
    } else {
        name.trim_end_matches('-').to_string()
    };
    let has_date = date.is_some();
    let mut post = Post {
        path: path.to_string(),
        name,
        date: date.map_or(campaign.today, |date| date.in_zone(site.zone)),
        front,
        body: body.to_string(),
        address: None,
        has_date,
    };
    post.address = address(site, &post, bare);
    Some(post)
}

/// A time as other generators write it.
fn moment(text: &str, zone: UtcOffset) -> Option<Moment> {
    let text = text.trim();
    let parsed = Moment::parse(text, zone);
    if let Ok(moment) = parsed {
        return Some(moment);
    }
    // `2019-03-01 12:00:00 +0800`
    let (before, offset) = text.rsplit_once([' ', '+'])?;
    let offset = offset.trim_start_matches('+');
    let with = match offset.len() {
        4 => format!(
            "{}+{}:{}",
            before.trim().trim_end_matches('+').trim(),
            offset.get(..2)?,
            offset.get(2..)?
        ),
        _ => before.to_string(),
    };
    let day = || Moment::parse(text.get(..10)?, zone).ok();
    Moment::parse(&with, zone).ok().or_else(day)
}

/// The address that a post has there, from the root of the site.
fn address(site: &Site<'_>, post: &Post, bare: &str) -> Option<String> {
    let own = |key: &str| post.text(key);
    if let Some(given) = own("permalink").or(own("url")) {
        return Some(rooted(&given));
    }
    if site.generator == Generator::Hugo {
        let inner = post.path.strip_prefix("content/")?;
        let folder =
            inner.trim_end_matches("/index.md").rsplit_once('/').map_or("", |(folder, _)| folder);
        let section = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let last = own("slug").unwrap_or_else(|| bare.to_lowercase().replace(' ', "-"));
        return Some(rooted(&format!("{section}{last}/")));
    }
    let settings = site.settings.as_deref().and_then(|text| parse(text).ok());
    let pattern = match settings {
        Some(Node::Map(entries)) => {
            entries.iter().find(|(key, _)| key == "permalink").and_then(|(_, node)| scalar(node))
        }
        _ => None,
    };
    let pattern = match pattern.as_deref() {
        Some("pretty") => "/:categories/:year/:month/:day/:title/".to_string(),
        Some("none") => "/:categories/:title.html".to_string(),
        Some(pattern) if pattern.contains(':') => pattern.to_string(),
        _ => site.generator.permalink().to_string(),
    };
    let categories = post.list("categories").join("/");
    let mut out = pattern;
    for (mark, value) in [
        (":year", format!("{:04}", post.date.year())),
        (":i_month", post.date.month().to_string()),
        (":month", format!("{:02}", post.date.month())),
        (":i_day", post.date.day().to_string()),
        (":day", format!("{:02}", post.date.day())),
        (":categories", categories.clone()),
        (":category", categories),
        (":title", bare.to_string()),
        (":name", bare.to_string()),
        (":slug", bare.to_string()),
    ] {
        out = out.replace(mark, &value);
    }
    // What is not known here is no address.
    (!out.contains(':') && post.has_date).then(|| rooted(&out))
}

fn rooted(address: &str) -> String {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => address,
    };
    let mut out = format!("/{}", path.trim_start_matches('/'));
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    out
}

impl Post {
    fn node(&self, key: &str) -> Option<&Node> {
        self.front.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, node)| node)
    }

    fn text(&self, key: &str) -> Option<String> {
        self.node(key).and_then(scalar).filter(|text| !text.is_empty())
    }

    /// The texts of a key, in lists of lists too.
    fn list(&self, key: &str) -> Vec<String> {
        fn add(node: &Node, out: &mut Vec<String>) {
            match node {
                Node::List(items) => items.iter().for_each(|item| add(item, out)),
                node => out.extend(scalar(node).filter(|text| !text.is_empty())),
            }
        }
        let mut out = Vec::new();
        match self.node(key) {
            // One word each, as Jekyll has it.
            Some(Node::Text(text))
                if text.is_ascii() && text.contains(' ') && !text.contains(',') =>
            {
                out.extend(text.split_whitespace().map(str::to_string));
            }
            Some(Node::Text(text)) if text.contains([',', '，']) => {
                let parts = text.split([',', '，']).map(str::trim);
                out.extend(parts.filter(|part| !part.is_empty()).map(str::to_string));
            }
            Some(node) => add(node, &mut out),
            None => {}
        }
        out
    }
}

/// What `posts` become: where each is to stand, and its address there.
pub fn addresses(posts: &[Post], folder: impl Fn(&Post) -> String) -> Map<String, String> {
    let mut known = Map::default();
    for post in posts {
        let place = format!("{}/index.md", folder(post));
        if let Some(address) = &post.address {
            known.insert(bare_address(address), place.clone());
        }
        known.insert(post.path.clone(), place);
    }
    known
}

fn bare_address(address: &str) -> String {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    address.trim_end_matches("index.html").trim_end_matches('/').to_string()
}

/// The story that a post becomes in `folder`; the files of the site that it needs are given back by
/// their paths, with the names that they have here.
pub fn story(
    site: &Site<'_>,
    post: &Post,
    folder: &str,
    known: &Map<String, String>,
    wishes: &Wishes,
) -> (Story, Vec<(String, String)>) {
    let mut report = Report::default();
    let stem = post.path.rsplit('/').next().unwrap_or_default();
    let title =
        post.text("title").unwrap_or_else(|| stem.split('.').next().unwrap_or(stem).to_string());
    let title: String = title.chars().take(100).collect();
    let mut front: Vec<(&'static str, Node)> =
        vec![("title", Node::Text(title.clone())), ("draft", Node::Bool(true))];
    let day = match post.date.clock() {
        Some(clock) if clock != "00:00" => format!("{} {clock}", post.date.date()),
        _ => post.date.date(),
    };
    front.push(("date", Node::Text(day)));
    if !post.has_date {
        report.guessed.push(both("没有日期，先写今天", "it has no date, so it is today"));
    }
    let text_list = |items: Vec<String>| Node::List(items.into_iter().map(Node::Text).collect());
    let mut keywords = post.list("tags");
    keywords.extend(post.list("keywords"));
    categories(site, post, &mut front, &mut keywords, &mut report);
    keywords.dedup();
    if !keywords.is_empty() {
        front.push(("keywords", text_list(keywords)));
    }
    for (keys, ours) in [
        (&["description", "summary", "excerpt", "subtitle"][..], "summary"),
        (&["author", "authors"][..], "author"),
    ] {
        if let Some(text) = keys.iter().find_map(|key| post.text(key)) {
            front.push((ours, Node::Text(text)));
        }
    }
    let updated = ["updated", "lastmod", "last_modified_at"]
        .iter()
        .find_map(|key| moment(&post.text(key)?, site.zone));
    if let Some(updated) = updated {
        front.push(("updated", Node::Text(updated.in_zone(site.zone).date())));
    }
    let mut aliases: Vec<String> = post.list("aliases").iter().map(|alias| rooted(alias)).collect();
    aliases.extend(post.address.clone());
    aliases.retain(|alias| {
        alias.len() > 1 && !alias.contains(['?', '#', '\\']) && !alias.contains("..")
    });
    aliases.dedup();
    if !aliases.is_empty() {
        front.push(("aliases", text_list(aliases)));
    }
    let was_draft = matches!(post.node("draft"), Some(Node::Bool(true)))
        || matches!(post.node("published"), Some(Node::Bool(false)))
        || post.path.contains("_drafts/");
    let mut head = Vec::new();
    if was_draft {
        head.push("原来就是草稿".to_string());
    }
    let mut body = Body {
        site,
        post,
        folder,
        known,
        files: Vec::new(),
        missing: Vec::new(),
        codes: Vec::new(),
        links: Vec::new(),
        headings: headings_of(&post.body),
    };
    let cover =
        ["cover", "image", "thumbnail", "featured_image", "banner", "cover.image", "top_img"];
    if let Some(cover) = cover.iter().find_map(|key| post.text(key))
        && let Some(name) = body.take(&cover)
    {
        front.push(("cover", Node::Text(name)));
        front.push(("cover_alt", Node::Text(title.clone())));
    }
    let text = body.text(&post.body);
    let Body { files, missing, codes, links, .. } = body;
    let named = |list: &mut Vec<Text>, items: Vec<String>, zh: &str, en: &str| {
        if !items.is_empty() {
            let items = items.join("、");
            list.push(both(format!("{zh}：{items}"), format!("{en}: {items}")));
        }
    };
    named(&mut report.lost, missing, "找不到的图片", "pictures that are not there");
    named(&mut report.lost, codes, "短代码，写成了注释", "shortcodes, which are comments now");
    named(
        &mut report.lost,
        links,
        "站内链接，没有对应的稿件，只留下文字",
        "links within the site that lead to no story",
    );
    let kind = wishes.kind.unwrap_or(Kind::News);
    if !front.iter().any(|(key, _)| *key == "kind") {
        front.push(("kind", Node::Text(kind.word().into())));
    }
    if let Some(unit) = &wishes.unit {
        front.push(("unit", Node::Text(unit.clone())));
    }
    if let Some(point) =
        wishes.focal_point.as_ref().filter(|_| !front.iter().any(|(key, _)| *key == "focal_points"))
    {
        front.push(("focal_points", Node::List(vec![Node::Text(point.clone())])));
    }
    let text = file(front, &head, &text, &mut report);
    (Story { title, date: post.date, text, files: Vec::new(), report }, files)
}

/// What the categories of a post are here; those that nobody says become keywords.
fn categories(
    site: &Site<'_>,
    post: &Post,
    front: &mut Vec<(&'static str, Node)>,
    keywords: &mut Vec<String>,
    report: &mut Report,
) {
    let mut names = post.list("categories");
    names.extend(post.list("category"));
    let mut unknown = Vec::new();
    for name in names {
        let said = match &site.categories {
            Some(Node::Map(entries)) => {
                entries.iter().find(|(key, _)| *key == name).map(|(_, node)| node)
            }
            _ => None,
        };
        match said {
            Some(Node::Map(entries)) => {
                for (key, node) in entries {
                    let field = crate::schema::story::STORY
                        .fields
                        .iter()
                        .find(|f| f.name == key || f.chinese == key);
                    if let Some(field) =
                        field.filter(|f| !front.iter().any(|(known, _)| *known == f.name))
                    {
                        front.push((field.name, node.clone()));
                    }
                }
            }
            Some(Node::Null) => {}
            Some(Node::List(points)) => front.push(("focal_points", Node::List(points.clone()))),
            Some(node) if !front.iter().any(|(key, _)| *key == "focal_points") => {
                front.push(("focal_points", Node::List(vec![node.clone()])));
            }
            Some(_) => {}
            None => {
                keywords.push(name.clone());
                unknown.push(name);
            }
        }
    }
    if !unknown.is_empty() {
        let names = unknown.join("、");
        report.guessed.push(both(
            format!("分类“{names}”先写作关键词；要对应着力点，写一个对照文件，用 --map 指明"),
            format!(
                "the categories {names} are keywords; a file given by --map can say what they are"
            ),
        ));
    }
}

/// The anchors of the headings in a text.
fn headings_of(body: &str) -> Vec<String> {
    let lines = body.lines().filter(|line| line.starts_with('#'));
    lines.map(|line| anchor(line.trim_matches(['#', ' ']))).collect()
}

struct Body<'a> {
    site: &'a Site<'a>,
    post: &'a Post,
    folder: &'a str,
    known: &'a Map<String, String>,
    /// Files that it needs, and what they are called here.
    files: Vec<(String, String)>,
    missing: Vec<String>,
    codes: Vec<String>,
    links: Vec<String>,
    /// The anchors of its headings.
    headings: Vec<String>,
}

impl Body<'_> {
    /// The file of the site at an address; the name that it has here.
    fn take(&mut self, address: &str) -> Option<String> {
        let plain = address.split(['?', '#']).next().unwrap_or_default().trim();
        let plain = percent_encoding::percent_decode_str(plain).decode_utf8().ok()?.into_owned();
        let plain = plain.trim_start_matches("./");
        let (folder, name) = self.post.path.rsplit_once('/').unwrap_or(("", &self.post.path));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let join = |folder: &str| {
            let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
            for part in plain.split('/') {
                match part {
                    "" | "." => {}
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            parts.join("/")
        };
        let mut places = Vec::new();
        if !plain.starts_with('/') {
            places.push(join(folder));
            places.push(join(&format!("{folder}/{stem}")));
        }
        places.extend(self.site.generator.roots().iter().map(|root| join(root)));
        let is_there = |place: &String| self.site.files.binary_search(place).is_ok();
        // A post is no attachment of another.
        let is_file = |place: &String| !self.site.generator.is_post(place);
        let found = places.into_iter().find(is_there).filter(is_file)?;
        if let Some((_, name)) = self.files.iter().find(|(path, _)| *path == found) {
            return Some(name.clone());
        }
        let own = found
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_start_matches(['.', '_', '~'])
            .to_string();
        let is_taken = |name: &str| {
            name == "index.md"
                || self.files.iter().any(|(_, known)| known.eq_ignore_ascii_case(name))
        };
        let mut name = own.clone();
        let mut count = 2;
        while is_taken(&name) {
            name = format!("{count}-{own}");
            count += 1;
        }
        self.files.push((found, name.clone()));
        Some(name)
    }

    fn text(&mut self, body: &str) -> String {
        let mut out = String::new();
        let mut fence: Option<String> = None;
        for line in body.trim_start_matches('\n').lines() {
            let start = line.trim_start();
            let marks: String = start.chars().take_while(|c| matches!(c, '`' | '~')).collect();
            match &fence {
                Some(open) => {
                    if marks.starts_with(open.as_str()) && start.trim_end() == marks {
                        fence = None;
                    }
                    out.push_str(line);
                }
                None if marks.len() >= 3 => {
                    fence = Some(marks);
                    out.push_str(line);
                }
                None => {
                    if let Some(code) =
                        start.strip_prefix("{% highlight").or(start.strip_prefix("{% codeblock"))
                    {
                        let language = code.split_whitespace().next().unwrap_or_default();
                        out.push_str(&format!("```{}", language.trim_end_matches("%}")));
                    } else if start.starts_with("{% endhighlight")
                        || start.starts_with("{% endcodeblock")
                    {
                        out.push_str("```");
                    } else if start.starts_with("{:") && start.ends_with('}')
                        || start.trim() == "<!-- more -->"
                        || start.trim() == "<!--more-->"
                    {
                        continue;
                    } else {
                        let line = self.shortcodes(line);
                        out.push_str(&self.links(&line));
                    }
                }
            }
            out.push('\n');
        }
        let trimmed = out.trim_end();
        format!("{trimmed}\n")
    }

    /// A line without what only its generator understands.
    fn shortcodes(&mut self, line: &str) -> String {
        if !line.contains("{{") && !line.contains("{%") {
            return line.to_string();
        }
        let mut out = String::new();
        let mut rest = line;
        while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
            let open = &rest[at..];
            let (close, skip) = if open.starts_with("{%") { ("%}", 2) } else { ("}}", 2) };
            let Some(end) = open.find(close) else { break };
            let inner = open[skip..end].trim_matches(['<', '>', '%', '-', ' ', '/']).trim();
            let word = inner.split_whitespace().next().unwrap_or_default();
            out.push_str(&rest[..at]);
            rest = &open[end + close.len()..];
            match word {
                "site.baseurl" | "site.url" | "page.url" | "relref" | "raw" | "endraw" => {}
                "asset_img" | "asset_image" | "img" => {
                    let words: Vec<&str> = inner.split_whitespace().skip(1).collect();
                    let is_picture = |word: &&&str| word.contains('.') || word.starts_with('/');
                    if let Some(file) = words.iter().find(is_picture) {
                        let about = words.iter().skip_while(|word| word != &file).skip(1);
                        let about: Vec<&str> =
                            about.copied().filter(|w| w.parse::<u32>().is_err()).collect();
                        out.push_str(&format!(
                            "![{}]({file})",
                            about.join(" ").trim_matches(['"', '\''])
                        ));
                    }
                }
                "figure" => {
                    let value = |name: &str| {
                        let rest = inner.split_once(&format!("{name}=\""))?.1;
                        rest.split('"').next().map(str::to_string)
                    };
                    if let Some(file) = value("src") {
                        let about = value("alt")
                            .or(value("caption"))
                            .or(value("title"))
                            .unwrap_or_default();
                        out.push_str(&format!("![{about}]({file})"));
                    }
                }
                _ if word.starts_with("end") => {}
                _ => {
                    if !self.codes.iter().any(|known| known == word) {
                        self.codes.push(word.to_string());
                    }
                    out.push_str(&format!(
                        "<!-- {} -->",
                        inner.replace("--", "－－").replace(['<', '>'], " ")
                    ));
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// A line whose pictures and links lead to what is here.
    fn links(&mut self, line: &str) -> String {
        let mut out = String::new();
        let mut rest = line;
        while let Some(at) = rest.find("](") {
            let (before, after) = rest.split_at(at + 2);
            // Brackets in an address come in pairs.
            let mut depth = 0;
            let end = after.char_indices().find(|(_, c)| {
                match c {
                    '(' => depth += 1,
                    ')' => depth -= 1,
                    _ => {}
                }
                depth < 0
            });
            let Some((end, _)) = end else { break };
            let inside = &after[..end];
            let (address, title) =
                match inside.trim().strip_prefix('<').and_then(|r| r.split_once('>')) {
                    Some((address, title)) => (address, title),
                    None => {
                        inside.trim().split_once(' ').map_or((inside.trim(), ""), |(a, t)| (a, t))
                    }
                };
            let open = before[..at].rfind('[').unwrap_or(0);
            let is_picture = before[..open].ends_with('!');
            let label = &before[open + 1..at];
            rest = &after[end + 1..];
            let is_outside = address.contains("://")
                || address.starts_with("//")
                || address.starts_with("mailto:");
            let is_lost = match address.strip_prefix('#') {
                Some(place) => !self.headings.contains(&anchor(place)),
                None => address.is_empty(),
            };
            if is_lost && !is_picture {
                out.push_str(&format!("{}{label}", &before[..open]));
                continue;
            }
            if is_outside || address.starts_with('#') || address.is_empty() {
                out.push_str(&format!("{before}{inside})"));
                continue;
            }
            let start = &before[..open - usize::from(is_picture)];
            if let Some(name) = self.take(address) {
                let title = if title.trim().is_empty() {
                    String::new()
                } else {
                    format!(" {}", title.trim())
                };
                out.push_str(&format!(
                    "{start}{}[{label}](<{name}>{title})",
                    if is_picture { "!" } else { "" }
                ));
            } else if is_picture {
                self.missing.push(address.to_string());
                out.push_str(&format!(
                    "{start}<!-- 找不到图片：{} -->",
                    address.replace("--", "－－")
                ));
            } else if let Some(place) = self.story(address) {
                out.push_str(&format!("{start}[{label}]({place})"));
            } else {
                self.links.push(address.to_string());
                out.push_str(&format!("{start}{label}"));
            }
        }
        out.push_str(rest);
        out
    }

    /// The way to the story that an address of the site has become.
    fn story(&self, address: &str) -> Option<String> {
        let folder = self.post.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = format!("{folder}/{}", address.trim_start_matches("./"));
        let place = self.known.get(&bare_address(&rooted(address))).or(self.known.get(&beside))?;
        let ups = self.folder.split('/').count() - 2;
        let below = place.strip_prefix("content/stories/")?;
        Some(format!("{}{below}", "../".repeat(ups)))
    }
}

#[cfg(test)]
mod tests {
    use super::{moment, parts, toml};
    use crate::value::moment::default_zone;
    use crate::yaml::Node;

    #[test]
    fn front_matter_in_two_languages() {
        let text = |text: &str| Node::Text(text.into());
        assert_eq!(
            toml(
                "title = \"修渠\"\ndate = 2020-03-01T08:00:00+08:00\ntags = [\"渠\", 'a, b']\ndraft = true\n[cover]\nimage = \"a.jpg\"\n"
            ),
            [
                ("title".into(), text("修渠")),
                ("date".into(), text("2020-03-01T08:00:00+08:00")),
                ("tags".into(), Node::List(vec![text("渠"), text("a, b")])),
                ("draft".into(), Node::Bool(true)),
                ("cover.image".into(), text("a.jpg")),
            ]
        );
        assert_eq!(parts("---\ntitle: 甲\n---\n正文\n").unwrap().1.trim(), "正文");
        assert_eq!(parts("title: 甲\ndate: 2020-01-01\n---\n正文\n").unwrap().0.len(), 2);
    }

    #[test]
    fn times_of_other_generators() {
        for (text, day) in [
            ("2019-03-01 12:00:00", "2019-03-01"),
            ("2019-03-01 12:00:00 +0800", "2019-03-01"),
            ("2019-03-01T12:00:00+08:00", "2019-03-01"),
            ("2019-03-01T12:00:00Z", "2019-03-01"),
            ("2019/3/1", "2019-03-01"),
        ] {
            assert_eq!(
                moment(text, default_zone()).map(|moment| moment.date()).as_deref(),
                Some(day),
                "{text}"
            );
        }
    }
}
