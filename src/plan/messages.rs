//! Messages about addresses, one constructor each.

use crate::base::lang::Text;
use crate::diagnostic::{Diagnostic, error};
use crate::source::Place;

/// What an author can do about two things at one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// One of them is a story or a page.
    Slug,
    /// Both are files.
    RenameOne,
    /// A file stands where the site has a page of its own.
    RenameFile,
}

/// Two things at one address. `other` is what else is there.
pub fn address_taken(place: Place, address: &str, other: &Text, way_out: WayOut) -> Diagnostic {
    let (zh, en) = match way_out {
        WayOut::Slug => (
            "给其中一个另写一个 slug（网址名），或者改文件名",
            "give one of them another slug, or rename the file",
        ),
        WayOut::RenameOne => (
            "给其中一个文件改名；只有大小写不同的名称，在有的服务器和电脑上是同一个",
            "rename one of the files; names that differ in letter case alone are one on some systems",
        ),
        WayOut::RenameFile => (
            "给这个文件改名，或者删掉它；这个网址由程序自己生成",
            "rename or delete the file; the program makes what is at this address",
        ),
    };
    error(
        "address-taken",
        place,
        format!("网址“/{address}”已经被{}占用", other.zh),
        format!("the address “/{address}” is taken by {}", other.en),
    )
    .help(zh, en)
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
