//! Drawings (SVG): programs as much as pictures. One is read as XML and written anew, so that
//! what goes out is what was looked at, and no two readers can disagree on where a tag ends. The
//! home of quick-xml for drawings.

use std::borrow::Cow;

use encoding_rs::Encoding;
use quick_xml::XmlVersion;
use quick_xml::escape::escape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use serde::{Deserialize, Serialize};

/// Why a drawing is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Harm {
    /// A script, or an attribute that runs one.
    Script,
    /// HTML inside of it.
    Html,
    /// Something outside of it that is fetched when it is shown.
    Outside,
    /// Entities of its own, which may be a thousand times as long as the file.
    Entities,
    /// It is not well-formed: browsers run what stands before the fault.
    Malformed,
}

/// A drawing that can do no harm.
#[derive(Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Without comments, metadata, and what programs note for themselves.
    pub text: String,
    /// Width and height in pixels, by its attributes, else by its view box.
    pub size: Option<(u32, u32)>,
    /// Was anything of that there?
    pub noted: bool,
}

/// So many attributes of one element are looked at; each is compared with all others.
const MOST_ATTRIBUTES: usize = 2000;

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
/// The namespaces of attributes that browsers know in a drawing.
const KNOWN: [&str; 2] = ["http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"];

/// The text of a drawing, if its encoding is known: UTF-16 with a mark or without, UTF-8, or what
/// it names.
fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some(text) = utf16(bytes) {
        return Some(text.into());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.trim_start_matches('\u{FEFF}').into());
    }
    let head = &bytes[..memchr::memchr(b'>', bytes)?];
    let from = memchr::memmem::find(head, b"encoding")? + b"encoding".len();
    let name = head[from..].split(|byte| matches!(byte, b'"' | b'\'')).nth(1)?;
    let encoding = Encoding::for_label(name)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text)
}

/// The text of a drawing, if it is UTF-16: browsers read that with a mark at its beginning, and
/// without one.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (big, rest) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (false, rest),
        [0xFE, 0xFF, rest @ ..] => (true, rest),
        [b'<', 0, ..] => (false, bytes),
        [0, b'<', ..] => (true, bytes),
        _ => return None,
    };
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    };
    let units = rest.chunks_exact(2).map(unit);
    Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// Does it begin as a drawing does?
pub fn is_markup(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1 << 10)];
    let mut seen = head.iter().filter(|byte| !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF));
    seen.find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

/// Reads a drawing; else the first thing in it that could do harm.
pub fn read(bytes: &[u8]) -> Result<Drawing, Harm> {
    let text = text(bytes).ok_or(Harm::Malformed)?;
    let mut reader = NsReader::from_str(&text);
    reader.config_mut().check_comments = true;
    let mut copy = Copy { text: String::with_capacity(text.len()), ..Copy::default() };
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|_| Harm::Malformed)?;
        let is_drawn = match namespace {
            ResolveResult::Bound(bound) if bound.into_inner() == XHTML => return Err(Harm::Html),
            ResolveResult::Bound(bound) => bound.into_inner() == SVG,
            ResolveResult::Unbound => true,
            // A prefix that nothing declares: programs leave such notes of their own.
            ResolveResult::Unknown(_) => false,
        };
        match event {
            Event::Start(tag) => {
                copy.element(&reader, is_drawn, &tag, false)?;
                copy.depth += 1;
            }
            Event::Empty(tag) => {
                copy.element(&reader, is_drawn, &tag, true)?;
                copy.end(None)?;
            }
            Event::End(tag) => {
                copy.depth = copy.depth.checked_sub(1).ok_or(Harm::Malformed)?;
                copy.end(Some(tag.name().as_ref()))?;
            }
            Event::Text(text) => copy.say(&text.xml_content(XmlVersion::Implicit1_0))?,
            Event::CData(text) => copy.say(&text)?,
            Event::GeneralRef(reference) => {
                let c = character(&reference).ok_or(Harm::Malformed)?;
                copy.say(c.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(inside) => {
                let inside = inside.to_ascii_lowercase();
                // An attribute may be given to all elements of a name.
                match () {
                    () if inside.contains("<!entity") => return Err(Harm::Entities),
                    () if inside.contains("<!attlist") => return Err(Harm::Script),
                    () => {}
                }
            }
            Event::PI(inside) if inside.starts_with("xml-stylesheet") => {
                return Err(Harm::Outside);
            }
            Event::Comment(_) | Event::PI(_) => copy.noted = true,
            Event::Decl(_) => {}
            Event::Eof => break,
        }
    }
    let is_whole = copy.depth == 0 && copy.has_root;
    let Copy { text, size, noted, .. } = copy;
    is_whole.then_some(Drawing { text, size, noted }).ok_or(Harm::Malformed)
}

/// The character that a reference stands for: of a drawing without entities of its own.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// A drawing as it is written anew.
#[derive(Default)]
struct Copy {
    text: String,
    size: Option<(u32, u32)>,
    noted: bool,
    has_root: bool,
    depth: usize,
    /// At which depth the element stands that is left out, and what is in it.
    left_out: Option<usize>,
    /// At which depth a style stands, and its text.
    style: Option<(usize, String)>,
}

impl Copy {
    fn element(
        &mut self,
        reader: &NsReader<&[u8]>,
        is_drawn: bool,
        tag: &BytesStart<'_>,
        is_empty: bool,
    ) -> Result<(), Harm> {
        let name = tag.name();
        let (whole, local) = (name.as_ref(), name.local_name().into_inner().to_ascii_lowercase());
        let is_root = self.depth == 0;
        if !is_name(whole) || is_root && (self.has_root || !is_drawn || local != "svg") {
            return Err(Harm::Malformed);
        }
        self.has_root = true;
        if self.left_out.is_none() && (!is_drawn || local == "metadata") {
            self.left_out = Some(self.depth);
            self.noted = true;
        }
        let is_left_out = self.left_out.is_some();
        if !is_left_out {
            match local.as_str() {
                "script" | "handler" | "listener" => return Err(Harm::Script),
                "foreignobject" | "iframe" | "object" | "embed" => return Err(Harm::Html),
                "style" if self.style.is_none() => self.style = Some((self.depth, String::new())),
                _ => {}
            }
            self.text.push('<');
            self.text.push_str(whole);
        }
        let mut attributes = Vec::new();
        for (i, attribute) in tag.attributes().enumerate() {
            let attribute = attribute.map_err(|_| Harm::Malformed)?;
            let key = attribute.key.as_ref();
            if i == MOST_ATTRIBUTES || !is_name(key) || attribute.value.contains('<') {
                return Err(Harm::Malformed);
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|_| Harm::Malformed)?;
            let is_declared = attribute.key.as_namespace_binding().is_some();
            let is_known = match reader.resolver().resolve_attribute(attribute.key).0 {
                _ if is_declared => true,
                ResolveResult::Unbound => true,
                ResolveResult::Bound(bound) => KNOWN.contains(&bound.into_inner()),
                ResolveResult::Unknown(_) => false,
            };
            self.noted |= !is_known;
            if is_left_out || !is_known {
                continue;
            }
            self.text.extend([" ", key, "=\""]);
            self.write(&value)?;
            self.text.push('"');
            if !is_declared {
                attributes.push((key.to_ascii_lowercase(), value.into_owned()));
            }
        }
        if is_left_out {
            return Ok(());
        }
        self.text.push_str(if is_empty { "/>" } else { ">" });
        if is_root {
            self.size = size(&attributes);
        }
        harm_of_attributes(&local, &attributes).map_or(Ok(()), Err)
    }

    /// The end of the element at this depth; one that is empty has no tag for it.
    fn end(&mut self, tag: Option<&str>) -> Result<(), Harm> {
        if let Some(depth) = self.left_out {
            if depth == self.depth {
                self.left_out = None;
            }
            return Ok(());
        }
        if let Some((_, style)) = self.style.take_if(|(depth, _)| *depth == self.depth)
            && asks(&style)
        {
            return Err(Harm::Outside);
        }
        if let Some(name) = tag {
            self.text.extend(["</", name, ">"]);
        }
        Ok(())
    }

    fn say(&mut self, text: &str) -> Result<(), Harm> {
        if self.depth == 0 {
            return text.trim().is_empty().then_some(()).ok_or(Harm::Malformed);
        }
        if self.left_out.is_some() {
            return Ok(());
        }
        if let Some((_, style)) = &mut self.style {
            style.push_str(text);
        }
        self.write(text)
    }

    fn write(&mut self, text: &str) -> Result<(), Harm> {
        let is_forbidden = |c: char| {
            c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{FFFE}' | '\u{FFFF}')
        };
        if text.contains(is_forbidden) {
            return Err(Harm::Malformed);
        }
        self.text.push_str(&escape(text));
        Ok(())
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '\u{B7}'))
}

/// What the attributes of an element could do; their names are in lower case.
fn harm_of_attributes(element: &str, attributes: &[(String, String)]) -> Option<Harm> {
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    let runs = |name: &str| name.starts_with("on") && name.len() > 2;
    let animated = attributes.iter().find(|(key, _)| key == "attributename");
    let animated = animated.map(|(_, name)| local(name.trim())).unwrap_or_default();
    if runs(&animated) {
        return Some(Harm::Script);
    }
    let is_inside = |value: &str| {
        value.is_empty()
            || value.starts_with('#')
            // A part of another drawing would run in this one.
            || element != "use" && value.starts_with("data:image/")
    };
    for (key, value) in attributes {
        let plain: String =
            value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let plain = plain.to_ascii_lowercase();
        if runs(key) || plain.contains("javascript:") {
            return Some(Harm::Script);
        }
        let leads_out = match (key.as_str(), local(key).as_str()) {
            // All that is inside would be elsewhere.
            ("xml:base", _) => !plain.is_empty(),
            // A link is followed by a reader and not by the drawing.
            (_, "href" | "src") => element != "a" && !is_inside(&plain),
            ("to" | "from" | "by" | "values", _) if animated == "href" => {
                !plain.split(';').all(is_inside)
            }
            _ => false,
        };
        if leads_out || asks(value) {
            return Some(Harm::Outside);
        }
    }
    None
}

/// Does a style ask for something outside of the drawing?
fn asks(style: &str) -> bool {
    let style = unescaped(style).to_ascii_lowercase();
    let is_inside = |rest: &str| rest.starts_with('#') || rest.starts_with("data:");
    let trimmed =
        |rest: &str| is_inside(rest.trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']));
    // These take addresses in quotes, too.
    let quoted = ["image-set(", "image(", "src("].iter().any(|function| {
        style.split(function).skip(1).any(|rest| {
            let rest = rest.split([';', '}']).next().unwrap_or_default();
            rest.split(['"', '\'']).skip(1).step_by(2).any(|address| !is_inside(address))
        })
    });
    quoted || style.contains("@import") || style.split("url(").skip(1).any(|rest| !trimmed(rest))
}

/// A style with the characters for which its escapes stand: `\75rl(`.
fn unescaped(style: &str) -> Cow<'_, str> {
    if !style.contains('\\') {
        return style.into();
    }
    let (mut out, mut rest) = (String::with_capacity(style.len()), style);
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits == 0 {
            continue;
        }
        let number = u32::from_str_radix(&rest[..digits], 16).ok();
        out.push(number.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
        rest = &rest[digits..];
        // One space ends a number, and belongs to it.
        rest = rest
            .strip_prefix("\r\n")
            .or(rest.strip_prefix([' ', '\t', '\n', '\r']))
            .unwrap_or(rest);
    }
    out.push_str(rest);
    out.into()
}

fn size(attributes: &[(String, String)]) -> Option<(u32, u32)> {
    let attribute = |name: &str| {
        let found = attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim())
    };
    let pixels = |name| {
        let value = attribute(name)?;
        whole(value.strip_suffix("px").unwrap_or(value).parse::<f64>().ok()?)
    };
    if let (Some(width), Some(height)) = (pixels("width"), pixels("height")) {
        return Some((width, height));
    }
    let view: Vec<f64> = attribute("viewbox")?
        .split([' ', ',', '\n', '\t'])
        .filter(|number| !number.is_empty())
        .map_while(|number| number.parse().ok())
        .collect();
    match view[..] {
        [_, _, width, height] => Some((whole(width)?, whole(height)?)),
        _ => None,
    }
}

fn whole(length: f64) -> Option<u32> {
    (1.0..100_000.0).contains(&length).then(|| length.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::{Harm, read};

    fn whole(inside: &str) -> String {
        let spaces = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:s=\"http://www.w3.org/2000/svg\" \
             xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:h=\"http://www.w3.org/1999/xhtml\"";
        format!("<svg {spaces}>{inside}</svg>")
    }

    #[test]
    fn drawings_that_could_do_harm() {
        for (inside, expected) in [
            ("<rect fill=\"url(#g)\" font=\"a\"/><a href=\"https://a.cn/\">甲</a>", None),
            ("<!-- <script> --><use xlink:href=\"#a\"/>", None),
            ("<image href=\"data:image/png;base64,AA\"/>", None),
            ("<text>a &#38; b, x=&#60;</text><rect id=\"&#x4e2d;\"/>", None),
            ("<style>a > b { font-family: \"\\5b8b\" }</style>", None),
            ("<animate attributeName=\"fill\" values=\"red;blue\"/>", None),
            ("<script>1</script>", Some(Harm::Script)),
            ("<s:script>1</s:script>", Some(Harm::Script)),
            ("<text><![CDATA[ ' ]]></text><script>1</script><text>'</text>", Some(Harm::Script)),
            ("<?x ' ?><script>1</script><?x ' ?>", Some(Harm::Script)),
            ("<scr<!-- x -->ipt>1</scr<!-- x -->ipt>", Some(Harm::Malformed)),
            ("<scr<metadata></metadata>ipt>1</script>", Some(Harm::Malformed)),
            ("<rect/onclick=\"a()\"/>", Some(Harm::Malformed)),
            ("<rect id=\"<\"/>", Some(Harm::Malformed)),
            ("<text>&nbsp;</text>", Some(Harm::Malformed)),
            ("<g>", Some(Harm::Malformed)),
            ("<a href=\"&#106;avas&#x63;ript:1\"/>", Some(Harm::Script)),
            ("<a href=\"java&#9;script:1\"/>", Some(Harm::Script)),
            ("<rect onclick = 'a()'/>", Some(Harm::Script)),
            ("<rect id='>' onclick='a()'/>", Some(Harm::Script)),
            ("<a href=\" java\nscript:1\"/>", Some(Harm::Script)),
            ("<set attributeName='onload' to='a()'/>", Some(Harm::Script)),
            ("<s:foreignObject/>", Some(Harm::Html)),
            ("<h:meta http-equiv='refresh' content='0'/>", Some(Harm::Html)),
            ("<image href='//a.cn/b.png'/>", Some(Harm::Outside)),
            ("<use href='data:image/svg+xml;base64,AA#x'/>", Some(Harm::Outside)),
            ("<set attributeName='href' to='http://a.cn/'/>", Some(Harm::Outside)),
            ("<style>@import 'a.css'</style>", Some(Harm::Outside)),
            ("<s:style>@import 'a.css'</s:style>", Some(Harm::Outside)),
            ("<style><![CDATA[@\\69mport 'a.css']]></style>", Some(Harm::Outside)),
            ("<style>a{b:image-set('a.png' 1x)}</style>", Some(Harm::Outside)),
            ("<rect style=\"fill:url(a.svg#b)\"/>", Some(Harm::Outside)),
            ("<rect style=\"fill:u\\72l(a.svg#b)\"/>", Some(Harm::Outside)),
            ("<rect fill=\"u\\000072\nl(a.svg#b)\"/>", Some(Harm::Outside)),
        ] {
            assert_eq!(read(whole(inside).as_bytes()).err(), expected, "{inside}");
        }
        let listed = "<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"a()\">]><svg/>";
        assert_eq!(read(listed.as_bytes()), Err(Harm::Script));
        let entity = "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>";
        assert_eq!(read(entity.as_bytes()), Err(Harm::Entities));
        let asked = "<?xml-stylesheet href=\"a.css\"?><svg/>";
        assert_eq!(read(asked.as_bytes()), Err(Harm::Outside));
        for other in ["<svg/><svg/>", "<svg/>x", "<html/>", "", "<svg", "<svg></g>", "</svg>"] {
            assert_eq!(read(other.as_bytes()), Err(Harm::Malformed), "{other}");
        }
    }

    /// What nobody sees is left out, and what was written is read as the same.
    #[test]
    fn drawings_as_they_are_written() {
        let inkscape = "xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\"";
        for (inside, expected) in [
            ("<!-- 李 --><metadata\n id='m'>王<g/></metadata\n><s:metadata/><g></g>", "<g></g>"),
            (&format!("<g {inkscape} i:file='C:\\a'/>"), &format!("<g {inkscape}/>")),
            (&format!("<i:view {inkscape}><g/></i:view><g/>"), "<g/>"),
            // A prefix that nothing declares.
            ("<x:script>1<g/></x:script><g x:onclick='a()'/>", "<g/>"),
            (
                "<text a='&#38;&quot;'>&#38; <![CDATA[<g/>]]></text><?x y?>",
                "<text a=\"&amp;&quot;\">&amp; &lt;g/&gt;</text>",
            ),
        ] {
            let written = read(whole(inside).as_bytes()).unwrap().text;
            assert_eq!(written, whole(expected));
            assert_eq!(read(written.as_bytes()).unwrap().text, written);
        }
        let gbk = b"<?xml version=\"1.0\" encoding=\"GBK\"?>\n<svg><!--\xd6\xd0--><g id='\xd6\xd0'/></svg>";
        assert_eq!(read(gbk).unwrap().text, "<svg><g id=\"中\"/></svg>");
        let seven = b"<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg>+ADw-</svg>";
        assert_eq!(read(seven).unwrap().text, "<svg>+ADw-</svg>");
    }

    #[test]
    fn sizes() {
        let size = |text: &str| read(text.as_bytes()).ok().and_then(|drawing| drawing.size);
        assert_eq!(size("<svg width=\"12\" height='7.6px'/>"), Some((12, 8)));
        let boxed = "<?xml version=\"1.0\"?><svg viewBox=\"0 0 30 40\" stroke-width=\"2\"/>";
        assert_eq!(size(boxed), Some((30, 40)));
        assert_eq!(size("<svg width=\"100%\" height=\"100%\"/>"), None);
    }
}
