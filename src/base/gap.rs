//! Gaps: words that stand in a preview for what an author has still to write. They go through
//! templates between two marks, noncharacters that no source can hold, and are told apart from
//! the author's own words when a page is shown.

use std::sync::LazyLock;

use memchr::memmem::Finder;

const BEGIN: &str = "\u{FDD3}";
const END: &str = "\u{FDD4}";

/// What both marks begin with.
static MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(&[0xEF, 0xB7]));

/// The element that a gap becomes where one can stand.
const ELEMENT: (&[u8], &[u8]) = (b"<span class=\"xianfeng-gap\">", b"</span>");

/// `words`, marked as a gap.
pub fn gap(words: &str) -> String {
    format!("{BEGIN}{words}{END}")
}

/// A text that is no page, with its gaps as plain words; `None` if it has none.
pub fn plain(text: &[u8]) -> Option<Vec<u8>> {
    written(text, |_| None)
}

/// A page with its gaps as elements, in attributes and titles as plain words; `None` if it has
/// none.
pub fn shown(html: &[u8]) -> Option<Vec<u8>> {
    written(html, |at| {
        let before = &html[..at];
        let open = memchr::memrchr(b'<', before);
        let is_tag = open > memchr::memrchr(b'>', before);
        let is_title = open.is_some_and(|open| before[open..].starts_with(b"<title"));
        (!is_tag && !is_title).then_some(ELEMENT)
    })
}

/// `text` with its marks replaced by what `element` says of the place of each gap.
fn written(
    text: &[u8],
    element: impl Fn(usize) -> Option<(&'static [u8], &'static [u8])>,
) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut copied = 0;
    let mut end: &[u8] = b"";
    for at in MARK.find_iter(text) {
        let mark = match text.get(at + 2) {
            Some(0x93) => {
                let (begin, behind) = element(at).unwrap_or_default();
                end = behind;
                begin
            }
            Some(0x94) => std::mem::take(&mut end),
            _ => continue,
        };
        out.extend_from_slice(&text[copied..at]);
        out.extend_from_slice(mark);
        copied = at + BEGIN.len();
    }
    if copied == 0 {
        return None;
    }
    out.extend_from_slice(&text[copied..]);
    Some(out)
}

#[allow(clippy::unwrap_used)]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_an_element_only_where_one_can_stand() {
        let words = gap("姓名待填");
        for (html, after) in [
            ("<p>@</p>", "<p><span class=\"xianfeng-gap\">姓名待填</span></p>"),
            ("<title>@ · 专栏</title>", "<title>姓名待填 · 专栏</title>"),
            ("<meta content=\"甲 > @\">", "<meta content=\"甲 > 姓名待填\">"),
        ] {
            let html = html.replace("甲 > ", "甲 &gt; ").replace('@', &words);
            let after = after.replace("甲 > ", "甲 &gt; ");
            assert_eq!(String::from_utf8(shown(html.as_bytes()).unwrap()).unwrap(), after);
        }
        assert_eq!(plain(format!("甲{words}").as_bytes()).unwrap(), "甲姓名待填".as_bytes());
        assert_eq!(shown("<p>没有\u{FDD0}</p>".as_bytes()), None);
    }
}
