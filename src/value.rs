//! Values that stand in files and addresses: times, kinds, slugs, readings of names.

pub mod address;
pub mod colour;
pub mod destination;
pub mod foreign;
pub mod initial;
pub mod kind;
pub mod lexicon;
pub mod moment;
pub mod nearest;
pub mod pinyin;
pub mod qr;
pub mod quantity;
pub mod reach;
pub mod slug;
pub mod strokes;
pub mod windows;
