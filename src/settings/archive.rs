//! `archive:` in site.yaml: what the archive needs to number stories.

use crate::base::text;
use crate::diagnostic::catalogue;
use crate::parse::fields::{Fields, Reader, Vocabulary};
use crate::parse::yaml::{Node, Step};
use crate::value::kind::Kind;

/// Every key below `archive` and its Chinese spelling.
pub const KEYS: Vocabulary = &[
    ("fonds", "全宗号"),
    ("fonds_name", "全宗名称"),
    ("category", "门类"),
    ("department", "机构"),
    ("retention", "保管期限"),
    ("contact_name", "联系人"),
    ("contact_phone", "联系电话"),
    ("contact_email", "联系邮箱"),
];

const RETENTION_KEYS: Vocabulary = &[("branch", "支部"), ("member", "党员"), ("news", "动态")];

/// The category of documents (文书), where none is given.
const DOCUMENTS: &str = "WS";

/// How long something is kept (保管期限).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Retention {
    /// For ever (永久).
    Permanent,
    /// Thirty years.
    Years30,
    /// Ten years.
    Years10,
}

impl Retention {
    /// Every term, with its code and its name.
    const ALL: [(Retention, &'static str, &'static str); 3] = [
        (Retention::Permanent, "Y", "永久"),
        (Retention::Years30, "D30", "30年"),
        (Retention::Years10, "D10", "10年"),
    ];

    /// `Y`, `D30` or `D10`.
    pub fn code(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// 永久, 30年 or 10年.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// The term that a code means.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == code).map(|&(term, ..)| term)
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, code, name)| *code == word || *name == word)
            .map(|&(term, ..)| term)
    }
}

/// The settings of the archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArchiveSettings {
    /// The number of the fonds (全宗号).
    pub fonds: Option<String>,
    /// The name of the fonds (全宗名称).
    pub fonds_name: Option<String>,
    /// The code of the category (档案门类代码); `WS` where none is given.
    pub category: Option<String>,
    /// The code of the department or subject (机构或问题代码).
    pub department: Option<String>,
    /// How long each kind of story is kept, where that is said.
    pub retention: Vec<(Kind, Retention)>,
    /// Who answers for the bag.
    pub contact_name: Option<String>,
    /// Their telephone.
    pub contact_phone: Option<String>,
    /// Their address for mail.
    pub contact_email: Option<String>,
}

impl ArchiveSettings {
    /// The code of the category.
    pub fn category(&self) -> &str {
        self.category.as_deref().unwrap_or(DOCUMENTS)
    }

    /// How long a kind of story is kept, where that is said.
    pub fn retention(&self, kind: Kind) -> Option<Retention> {
        self.retention.iter().find(|(known, _)| *known == kind).map(|&(_, term)| term)
    }
}

/// May this be a part of an item number? ASCII letters and digits, so that the number can
/// be taken apart again.
pub fn is_code(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Reads the map that stands at `path`.
pub(super) fn read(reader: &Reader<'_>, path: Vec<Step>, node: &Node) -> Option<ArchiveSettings> {
    let fields = Fields::open(reader, path.clone(), node, KEYS)?;
    let text = |key| fields.text(key);
    let code = |key| {
        text(key).filter(|code| {
            let fits = is_code(code);
            if !fits {
                fields.complain(catalogue::archive_code_wrong(fields.place_of(key), key, code));
            }
            fits
        })
    };
    Some(ArchiveSettings {
        fonds: code("fonds"),
        fonds_name: text("fonds_name"),
        category: code("category"),
        department: code("department"),
        retention: retention(reader, &fields, path),
        contact_name: text("contact_name"),
        contact_phone: text("contact_phone"),
        contact_email: text("contact_email"),
    })
}

fn retention(reader: &Reader<'_>, fields: &Fields<'_>, path: Vec<Step>) -> Vec<(Kind, Retention)> {
    let Some(node) = fields.map("retention") else { return Vec::new() };
    let Some((entry, _)) = fields.get("retention") else { return Vec::new() };
    let path = [path, vec![Step::Entry(entry)]].concat();
    let Some(terms) = Fields::open(reader, path, node, RETENTION_KEYS) else { return Vec::new() };
    let term = |kind: Kind| {
        let word = terms.text(kind.word())?;
        let term = Retention::from_word(&word);
        if term.is_none() {
            let near = text::nearest(&word, ["Y", "D30", "D10"]);
            let place = terms.place_of(kind.word());
            terms.complain(catalogue::retention_wrong(place, &word, near));
        }
        Some((kind, term?))
    };
    [Kind::Branch, Kind::Member, Kind::News].into_iter().filter_map(term).collect()
}
