//! Slots: marks in rendered text that are filled when it is written.
//!
//! Two things stay out of templates. The address of the site's root, because a list item
//! is rendered once and shown on pages of every depth, below any `base_url`. And bodies
//! and joined lists, because copying them through a template's values costs more than
//! all the rest of it. Both are marked by noncharacters, which no source can hold (see
//! `load::decode`), so nothing that an author writes is ever taken for a mark.

use std::fmt;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// How links on the site are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// From the root of the server: `/stories/…`, `/zhuanlan/stories/…`.
    FromRoot,
    /// From the page itself, so that the folder can lie anywhere and be opened by
    /// double-click.
    Relative,
}

/// Stands for the root of the site in every internal link: `ROOT` + `stories/2026/x/`.
pub const ROOT: char = '\u{FDD0}';
const OPEN: char = '\u{FDD1}';
const CLOSE: char = '\u{FDD2}';

/// The first two bytes of all three marks.
static MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(&[0xEF, 0xB7]));

/// The mark for the text at `index` of the list that [`fill`] is given.
pub fn slot(index: usize) -> String {
    format!("{OPEN}{index}{CLOSE}")
}

/// The stretches of `text` between slots, each with the index of the slot after it.
pub fn split(text: &str) -> impl Iterator<Item = (&str, Option<usize>)> {
    text.split(CLOSE).map(|part| match part.rsplit_once(OPEN) {
        Some((before, index)) => (before, index.parse().ok()),
        None => (part, None),
    })
}

/// What [`ROOT`] becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// The same text everywhere: `/`, `/zhuanlan/`, `https://example.cn/`.
    Prefix(String),
    /// Relative links, for a page this many folders deep; links to folders name their
    /// `index.html`, so that they work when files are opened by double-click.
    Relative(usize),
}

impl fmt::Display for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Root::Prefix(prefix) => f.write_str(prefix),
            Root::Relative(0) => f.write_str("./"),
            Root::Relative(depth) => f.write_str(&"../".repeat(*depth)),
        }
    }
}

/// Writes `text` with its marks filled: slots from `slots`, the root as `root` says.
pub fn fill(text: &[u8], slots: &[&[u8]], root: &Root) -> Vec<u8> {
    let size = text.len() + slots.iter().map(|slot| slot.len()).sum::<usize>();
    let mut out = Vec::with_capacity(size + size / 64);
    write(&mut out, text, slots, root, &root.to_string());
    out
}

fn write(out: &mut Vec<u8>, text: &[u8], slots: &[&[u8]], root: &Root, prefix: &str) {
    let mut copied = 0;
    for at in MARK.find_iter(text) {
        let Some(&last) = text.get(at + 2) else { continue };
        if at < copied {
            continue;
        }
        match last {
            0x90 => {
                out.extend_from_slice(&text[copied..at]);
                out.extend_from_slice(prefix.as_bytes());
                copied = at + 3;
                if let Root::Relative(_) = root {
                    copied = relative(out, text, copied);
                }
            }
            0x91 => {
                out.extend_from_slice(&text[copied..at]);
                let digits = text[at + 3..].iter().take_while(|b| b.is_ascii_digit()).count();
                let number = std::str::from_utf8(&text[at + 3..at + 3 + digits]).ok();
                let filling = number.and_then(|n| slots.get(n.parse::<usize>().ok()?));
                if let Some(filling) = filling {
                    write(out, filling, &[], root, prefix);
                }
                // Past the digits and the closing mark.
                copied = (at + 3 + digits + 3).min(text.len());
            }
            _ => {}
        }
    }
    out.extend_from_slice(&text[copied..]);
}

/// Copies the address that begins at `from`, completed to the file that it means; the
/// offset after it.
fn relative(out: &mut Vec<u8>, text: &[u8], from: usize) -> usize {
    let stop = |b: &u8| matches!(b, b'"' | b'\'' | b'#' | b'?' | b'<' | b'>' | b' ' | b'\n');
    let end = text[from..].iter().position(stop).map_or(text.len(), |at| from + at);
    let address = &text[from..end];
    out.extend_from_slice(address);
    if address.is_empty() || address.ends_with(b"/") {
        out.extend_from_slice(b"index.html");
    }
    end
}
