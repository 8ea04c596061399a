//! Names in a complaint that may be about many things.

use crate::base::lang::Text;

/// So many are named.
const NAMED: usize = 10;

/// The first of some names in one line, and how many more there are.
pub(super) fn named(names: &[impl AsRef<str>]) -> Text {
    let first: Vec<&str> = names.iter().take(NAMED).map(AsRef::as_ref).collect();
    // Between titles stands no comma (GB/T 15834-2011, 4.5.3.5).
    let comma = if first.iter().all(|name| name.starts_with('《')) { "" } else { "、" };
    let (zh, en) = (first.join(comma), first.join(", "));
    match names.len() - first.len() {
        0 => Text { zh, en },
        more => {
            Text { zh: format!("{zh}，另有 {more} 个"), en: format!("{en} and {more} more") }
        }
    }
}
