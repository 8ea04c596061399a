//! Drawings (SVG). They are programs as much as pictures: only one that is well-formed, runs
//! nothing and asks for nothing can be taken into a book.

use std::collections::HashSet;

/// Is this a drawing that e-book readers accept and that needs nothing else?
pub(super) fn stands_alone(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| look(text).is_some())
}

/// Elements that run something, or hold anything at all.
const ACTIVE: [&str; 3] = ["script", "foreignobject", "iframe"];

/// `None` if something is wrong with it.
fn look(text: &str) -> Option<()> {
    let text = text.trim_start_matches('\u{FEFF}');
    if text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || asks(text) {
        return None;
    }
    let mut drawing = Drawing::default();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        drawing.text(&rest[..at])?;
        rest = drawing.markup(&rest[at..])?;
    }
    drawing.text(rest)?;
    let declared = drawing.prefixes.is_subset(&drawing.declared);
    (drawing.has_root && drawing.open.is_empty() && declared).then_some(())
}

/// Does a style ask for something outside of the drawing?
fn asks(text: &str) -> bool {
    let inside = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '"', '\'']).trim_start_matches("&quot;");
        rest.starts_with('#') || rest.starts_with("data:image/")
    };
    text.contains("@import") || text.split("url(").skip(1).any(|rest| !inside(rest))
}

#[derive(Default)]
struct Drawing<'t> {
    open: Vec<&'t str>,
    has_root: bool,
    ids: HashSet<&'t str>,
    /// Prefixes of names, and those that are declared anywhere.
    prefixes: HashSet<&'t str>,
    declared: HashSet<&'t str>,
}

impl<'t> Drawing<'t> {
    /// Text between tags: outside of the drawing there may only be space.
    fn text(&self, text: &str) -> Option<()> {
        ((!self.open.is_empty() || text.trim().is_empty()) && entities_are_known(text))
            .then_some(())
    }

    /// What begins with `<`; the text after it.
    fn markup(&mut self, text: &'t str) -> Option<&'t str> {
        if let Some(comment) = text.strip_prefix("<!--") {
            let (inside, behind) = comment.split_once("-->")?;
            return (!inside.contains("--")).then_some(behind);
        }
        if let Some(characters) = text.strip_prefix("<![CDATA[") {
            return characters.split_once("]]>").map(|(_, behind)| behind);
        }
        if let Some(instruction) = text.strip_prefix("<?") {
            let (inside, behind) = instruction.split_once("?>")?;
            let is_declaration = inside.starts_with("xml ")
                && (!inside.contains("encoding") || inside.to_lowercase().contains("utf-8"));
            return (is_declaration && !self.has_root).then_some(behind);
        }
        if text.starts_with("<!") {
            let (inside, behind) = text.split_once('>')?;
            let is_usual = inside.starts_with("<!DOCTYPE svg ")
                && inside.contains("-//W3C//DTD SVG 1.1//EN")
                && !inside.contains('[');
            return (is_usual && !self.has_root).then_some(behind);
        }
        if let Some(end) = text.strip_prefix("</") {
            let (name, behind) = end.split_once('>')?;
            return (self.open.pop()? == name.trim_end()).then_some(behind);
        }
        self.element(&text[1..])
    }

    fn element(&mut self, text: &'t str) -> Option<&'t str> {
        let (name, mut rest) = self.name(text)?;
        if ACTIVE.contains(&local(name).to_lowercase().as_str()) {
            return None;
        }
        let is_root = self.open.is_empty();
        if is_root && (self.has_root || local(name) != "svg") {
            return None;
        }
        let mut attributes = Vec::new();
        loop {
            let spaced = rest.trim_start();
            if let Some(behind) = spaced.strip_prefix("/>") {
                self.has_root = true;
                return (!is_root || is_svg(&attributes)).then_some(behind);
            }
            if let Some(behind) = spaced.strip_prefix('>') {
                self.has_root = true;
                self.open.push(name);
                return (!is_root || is_svg(&attributes)).then_some(behind);
            }
            if spaced.len() == rest.len() {
                return None;
            }
            let (key, behind) = self.name(spaced)?;
            let behind = behind.trim_start().strip_prefix('=')?.trim_start();
            let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, behind) = behind[1..].split_once(quote)?;
            if attributes.iter().any(|(known, _)| *known == key) || !self.allows(key, value) {
                return None;
            }
            attributes.push((key, value));
            rest = behind;
        }
    }

    fn name(&mut self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let odd = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.' | ':');
        let (name, rest) = text.split_at(text.find(odd)?);
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return None;
        }
        if let Some((prefix, _)) = name.split_once(':')
            && !matches!(prefix, "xmlns" | "xml")
        {
            self.prefixes.insert(prefix);
        }
        Some((name, rest))
    }

    fn allows(&mut self, key: &'t str, value: &'t str) -> bool {
        if value.contains('<') || !entities_are_known(value) {
            return false;
        }
        if let Some(prefix) = key.strip_prefix("xmlns:") {
            self.declared.insert(prefix);
        }
        let is_name = || {
            value.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        match local(key) {
            "id" if !key.contains(':') => is_name() && self.ids.insert(value),
            "href" | "src" => value.starts_with('#') || value.starts_with("data:image/"),
            name => !name.to_lowercase().starts_with("on"),
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn is_svg(attributes: &[(&str, &str)]) -> bool {
    attributes
        .iter()
        .any(|(key, value)| key.starts_with("xmlns") && *value == "http://www.w3.org/2000/svg")
}

/// Without a document type, XML knows five entities, and characters by number.
fn entities_are_known(text: &str) -> bool {
    text.split('&').skip(1).all(|rest| {
        rest.split_once(';').is_some_and(|(name, _)| {
            let number =
                name.strip_prefix('#').is_some_and(|number| match number.strip_prefix('x') {
                    Some(hex) => !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit()),
                    None => !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()),
                });
            number || matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::look;

    #[test]
    fn only_drawings_that_need_nothing_else() {
        let whole = |inside: &str| {
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"urn:x\">{inside}</svg>")
        };
        for good in [
            "",
            "<!-- 图 --><rect id=\"a\" fill=\"url(#g)\"/><text>甲 &amp; 乙 &#x4e00;</text>",
            "<style><![CDATA[ a { fill: url('#g') } ]]></style>",
            "<use href='#a' x:note=\"甲\"/>",
            "<image href=\"data:image/png;base64,AAAA\" />",
        ] {
            assert!(look(&whole(good)).is_some(), "{good}");
            assert!(look(&format!("<?xml version=\"1.0\"?>\n{}\n", whole(good))).is_some());
        }
        for bad in [
            "<script>1</script>",
            "<x:SCRIPT/>",
            "<rect onclick=\"a()\"/>",
            "<image href=\"https://a.cn/b.png\"/>",
            "<image x:href=\"b.png\"/>",
            "<foreignObject/>",
            "<style>@import 'a.css'</style>",
            "<rect style=\"fill: url(a.svg#b)\"/>",
            "<rect>",
            "<g><rect></g></rect>",
            "<rect a=1/>",
            "<rect a=\"1\" a=\"2\"/>",
            "<rect id=\"a\"/><rect id=\"a\"/>",
            "<rect id=\"1\"/>",
            "<y:rect/>",
            "&nbsp;",
            "a & b",
            "<a b=\"<\"/>",
            "<!-- a -- b -->",
        ] {
            assert!(look(&whole(bad)).is_none(), "{bad}");
        }
        for bad in ["", "x", "<svg/>", "<html xmlns=\"http://www.w3.org/2000/svg\"/>"] {
            assert!(look(bad).is_none(), "{bad}");
        }
        for before in [
            "<!DOCTYPE svg [<!ENTITY a \"b\">]>",
            "<?xml-stylesheet href=\"a.css\"?>",
            "<?xml version=\"1.0\" encoding=\"GB2312\"?>",
            "甲",
        ] {
            assert!(look(&format!("{before}{}", whole(""))).is_none(), "{before}");
        }
    }
}
