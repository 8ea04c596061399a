//! Formulas as text on one line: what stands above, below and under a root is told by signs, so that the
//! text says the same as the formula.

use super::{Piece, Style};
use crate::import::xml::Element;

/// Writes what is in an element of a formula.
pub(super) fn write(element: Element<'_>, style: Style, out: &mut Vec<Piece>) {
    for child in element.children() {
        let part = |name: &str| written(child.child(name), &style);
        match child.name() {
            "m:t" => out.push(Piece::Text(child.text(), style.clone())),
            "m:f" => {
                out.extend(grouped(part("m:num"), &style));
                out.push(text("/", &style));
                out.extend(grouped(part("m:den"), &style));
            }
            "m:rad" => {
                let degree = written(child.child("m:deg"), &above(&style));
                out.extend(degree);
                out.push(text("√", &style));
                out.extend(grouped(part("m:e"), &style));
            }
            "m:sSup" | "m:sSub" | "m:sSubSup" => {
                out.extend(part("m:e"));
                out.extend(written(child.child("m:sub"), &below(&style)));
                out.extend(written(child.child("m:sup"), &above(&style)));
            }
            "m:nary" => {
                let sign = child.at(&["m:naryPr", "m:chr"]).and_then(|c| c.attribute("m:val"));
                out.push(text(sign.unwrap_or("∫"), &style));
                out.extend(written(child.child("m:sub"), &below(&style)));
                out.extend(written(child.child("m:sup"), &above(&style)));
                out.extend(part("m:e"));
            }
            "m:d" => {
                let sign = |name: &str, usual: &'static str| {
                    let sign = child.at(&["m:dPr", name]).and_then(|c| c.attribute("m:val"));
                    sign.unwrap_or(usual).to_string()
                };
                out.push(text(&sign("m:begChr", "("), &style));
                let parts = child.children().filter(|part| part.name() == "m:e");
                for (i, inner) in parts.enumerate() {
                    if i > 0 {
                        out.push(text(&sign("m:sepChr", "|"), &style));
                    }
                    write(inner, style.clone(), out);
                }
                out.push(text(&sign("m:endChr", ")"), &style));
            }
            _ => write(child, style.clone(), out),
        }
    }
}

fn written(element: Option<Element<'_>>, style: &Style) -> Vec<Piece> {
    let mut out = Vec::new();
    if let Some(element) = element {
        write(element, style.clone(), &mut out);
    }
    out
}

fn text(text: &str, style: &Style) -> Piece {
    Piece::Text(text.to_string(), style.clone())
}

fn above(style: &Style) -> Style {
    Style { above: true, below: false, ..style.clone() }
}

fn below(style: &Style) -> Style {
    Style { below: true, above: false, ..style.clone() }
}

/// In brackets, unless it is one number or name.
fn grouped(pieces: Vec<Piece>, style: &Style) -> Vec<Piece> {
    let is_plain = |piece: &Piece| match piece {
        Piece::Text(text, own) => {
            own == style && text.chars().all(|c| c.is_alphanumeric() || c == '.')
        }
        _ => false,
    };
    if pieces.iter().all(is_plain) {
        return pieces;
    }
    [vec![text("(", style)], pieces, vec![text(")", style)]].concat()
}
