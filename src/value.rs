//! Values that stand in files and addresses: times, kinds, slugs, readings of names.

pub mod address;
pub mod foreign;
pub mod kind;
pub mod moment;
pub mod pinyin;
pub mod slug;
