//! Messages about addresses, one constructor each.

use crate::base::lang::Text;
use crate::diagnostic::{Diagnostic, error};
use crate::source::Place;

/// Two things at one address. `other` is what else is there.
pub fn address_taken(place: Place, address: &str, other: &Text) -> Diagnostic {
    error(
        "address-taken",
        place,
        format!("网址“/{address}”已经被{}占用", other.zh),
        format!("the address “/{address}” is taken by {}", other.en),
    )
    .help(
        "给其中一个另写一个 slug（网址名），或者改文件名",
        "give one of them another slug, or rename the file",
    )
}

/// A redirect where something real is.
pub fn alias_taken(place: Place, address: &str, other: &Text) -> Diagnostic {
    error(
        "alias-taken",
        place,
        format!("旧网址“/{address}”现在属于{}，不能再转到别处", other.zh),
        format!("“/{address}” belongs to {} now and cannot redirect elsewhere", other.en),
    )
    .help("删掉这个旧网址", "delete this alias")
}
