//! Numbers of people in a text: what must not be published is found where it is read.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What a number is, by its look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumberKind {
    /// A citizen's identity number.
    Identity,
    /// A mobile phone's.
    Mobile,
}

/// The numbers of people in `text`, with their byte ranges.
pub fn find(text: &str) -> Vec<(NumberKind, Range<usize>)> {
    let kind = |number: &str| {
        if is_identity_number(number) {
            Some(NumberKind::Identity)
        } else {
            is_mobile_number(number).then_some(NumberKind::Mobile)
        }
    };
    let whole = numbers(text).filter_map(|range| Some((kind(&text[range.clone()])?, range)));
    let mut found: Vec<_> =
        whole.chain(parted(text).map(|range| (NumberKind::Mobile, range))).collect();
    found.sort_by_key(|(_, range)| range.start);
    found
}

/// Mobile numbers as people part them: `139-1234-5678`, `139 1234 5678`.
fn parted(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'-', b' ', bytes).filter_map(move |at| {
        let range = at.checked_sub(3)?..at + 10;
        let number = bytes.get(range.clone())?;
        let is_parted = number.iter().enumerate().all(|(i, b)| match i {
            3 | 8 => *b == bytes[at],
            _ => b.is_ascii_digit(),
        });
        let beside = |b: Option<&u8>| {
            b.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'/' | b'.'))
        };
        let before = range.start.checked_sub(1).and_then(|i| bytes.get(i));
        let after = bytes.get(range.end).filter(|b| **b != b'.');
        let is_mobile = is_parted && number[0] == b'1' && (b'3'..=b'9').contains(&number[1]);
        (is_mobile && !beside(before) && !beside(after)).then_some(range)
    })
}

/// The length of the shortest number that is looked for.
const LEAST: usize = 11;

/// Runs of digits, at least eleven long, with an `X` that ends them.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        // A run of eleven digits cannot lie between here and a non-digit ten further on, so
        // most of a text is never looked at.
        while at + LEAST <= bytes.len() {
            if !bytes[at + LEAST - 1].is_ascii_digit() {
                at += LEAST;
                continue;
            }
            let last = at + LEAST - 1;
            let before = bytes[..last].iter().rev().take_while(|b| b.is_ascii_digit()).count();
            let start = last - before;
            let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
            at = start + length;
            let ends_in_x = length == 17 && matches!(bytes.get(at), Some(b'X' | b'x'));
            at += usize::from(ends_in_x);
            // Part of a longer word: a file name, a product number.
            let beside = |b: Option<&u8>| {
                b.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'/' | b'.'))
            };
            let before = start.checked_sub(1).and_then(|i| bytes.get(i));
            let after = bytes.get(at).filter(|b| **b != b'.');
            if length >= LEAST && !beside(before) && !beside(after) {
                return Some(start..at);
            }
        }
        None
    })
}

/// A citizen identity number by GB 11643-1999: 18 places, a plausible birthday, and the
/// check character of ISO 7064 MOD 11-2.
fn is_identity_number(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let bytes = number.as_bytes();
    if bytes.len() != 18 {
        return false;
    }
    let (month, day) = (&number[10..12], &number[12..14]);
    let plausible = (b'1'..=b'8').contains(&bytes[0])
        && matches!(&number[6..8], "18" | "19" | "20")
        && ("01"..="12").contains(&month)
        && ("01"..="31").contains(&day);
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    plausible && CHECKS[(sum % 11) as usize] == bytes[17].to_ascii_uppercase()
}

fn is_mobile_number(number: &str) -> bool {
    number.len() == 11 && number.starts_with('1') && (b'3'..=b'9').contains(&number.as_bytes()[1])
}
