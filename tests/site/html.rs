//! A strict reader of the HTML that the program writes: every tag closed in order, every
//! attribute quoted, no id twice. What it cannot read is a bug of the page.

use std::collections::BTreeSet;

const VOID: [&str; 8] = ["meta", "link", "img", "br", "hr", "input", "wbr", "source"];

/// What a page holds.
#[derive(Debug, Default)]
pub struct Page {
    pub tags: Vec<Tag>,
    pub ids: BTreeSet<String>,
    pub text: String,
}

#[derive(Debug, Clone)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Page {
    /// Every address that the page names: links, pictures, styles.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().flat_map(|tag| [tag.get("href"), tag.get("src")]).flatten()
    }
}

/// Reads HTML.
pub fn read(html: &str) -> Result<Page, String> {
    scan(html, &VOID)
}

/// Reads XML: nothing may stay open, and no character may be one that XML 1.0 forbids.
pub fn read_xml(xml: &str) -> Result<Page, String> {
    let odd = |c: &char| !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    if let Some(c) = xml.chars().find(odd) {
        return Err(format!("XML cannot hold {c:?}"));
    }
    scan(xml, &[])
}

fn scan(text: &str, void: &[&str]) -> Result<Page, String> {
    let mut page = Page::default();
    let mut open: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        if rest[..at].contains('>') {
            return Err(format!("a > in text: {}", &rest[..at]));
        }
        page.text.push_str(&unescape(&rest[..at])?);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").ok_or("an open comment")?.1;
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            rest = rest.split_once('>').ok_or("an open declaration")?.1;
        } else if let Some(after) = rest.strip_prefix("</") {
            let (name, behind) = after.split_once('>').ok_or("an open end tag")?;
            match open.pop() {
                Some(last) if last == name => rest = behind,
                last => {
                    return Err(format!("</{name}> closes {last:?} before: {}", excerpt(behind)));
                }
            }
        } else {
            let (tag, closed, behind) = read_tag(&rest[1..])?;
            if let Some(id) = tag.get("id")
                && !page.ids.insert(id.to_string())
            {
                return Err(format!("the id {id} twice"));
            }
            if !closed && !void.contains(&tag.name.as_str()) {
                open.push(tag.name.clone());
            }
            page.tags.push(tag);
            rest = behind;
        }
    }
    page.text.push_str(&unescape(rest)?);
    if open.is_empty() { Ok(page) } else { Err(format!("never closed: {open:?}")) }
}

fn read_tag(text: &str) -> Result<(Tag, bool, &str), String> {
    let name_char = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_');
    let end = text.find(|c| !name_char(c)).ok_or("an open tag")?;
    if end == 0 {
        return Err(format!("no tag: <{}", excerpt(text)));
    }
    let mut tag = Tag { name: text[..end].to_string(), attributes: Vec::new() };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix("/>") {
            return Ok((tag, true, behind));
        }
        if let Some(behind) = rest.strip_prefix('>') {
            return Ok((tag, false, behind));
        }
        let end = rest.find(|c| !name_char(c)).ok_or("an open attribute")?;
        if end == 0 {
            return Err(format!("odd attribute in <{}: {}", tag.name, excerpt(rest)));
        }
        let name = rest[..end].to_string();
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(after) => {
                let (value, behind) = after.split_once('"').ok_or("an open value")?;
                rest = behind;
                if value.contains('<') {
                    return Err(format!("a < in the attribute {name}: {}", excerpt(value)));
                }
                unescape(value)?
            }
            None => String::new(),
        };
        if tag.get(&name).is_some() {
            return Err(format!("the attribute {name} twice in <{}", tag.name));
        }
        tag.attributes.push((name, value));
    }
}

fn unescape(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (name, behind) =
            rest[at + 1..].split_once(';').ok_or(format!("a bare & in {}", excerpt(text)))?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#x27" | "#39" | "apos" => '\'',
            "#x2F" | "#x2f" => '/',
            other => return Err(format!("an entity that nobody writes: &{};", excerpt(other))),
        });
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}

fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}

#[test]
fn the_reader_itself_finds_what_is_wrong() {
    for wrong in [
        "<p><b></p></b>",
        "<p>",
        "</p>",
        "<a href=x></a>",
        "<p id=\"a\"><i id=\"a\"></i></p>",
        "a & b",
        "1 < 2",
        "<a href=\"<\"></a>",
        "x > y<br>",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    let page = read("<p id=\"a\">x &amp; y<br><img src=\"b.png\" alt=\"\"></p>").unwrap();
    assert_eq!(page.text, "x & y");
    assert_eq!(page.addresses().collect::<Vec<_>>(), ["b.png"]);
    assert!(read_xml("<a><b/></a>").is_ok() && read_xml("<a>\u{8}</a>").is_err());
}
