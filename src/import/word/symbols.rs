//! Signs of fonts that only Windows has, as characters that everybody has.

/// From the codes of Wingdings.
const WINGDINGS: &[(u32, &str)] = &[
    (0x22, "✂"),
    (0x28, "☎"),
    (0x29, "✆"),
    (0x2A, "✉"),
    (0x41, "✌"),
    (0x46, "☞"),
    (0x4A, "☺"),
    (0x6C, "●"),
    (0x6D, "❍"),
    (0x6E, "■"),
    (0x6F, "□"),
    (0x70, "□"),
    (0x71, "❑"),
    (0x72, "❒"),
    (0x74, "⧫"),
    (0x75, "◆"),
    (0x76, "❖"),
    (0x77, "⬥"),
    (0x80, "⓪"),
    (0x81, "①"),
    (0x82, "②"),
    (0x83, "③"),
    (0x84, "④"),
    (0x85, "⑤"),
    (0x86, "⑥"),
    (0x87, "⑦"),
    (0x88, "⑧"),
    (0x89, "⑨"),
    (0x8A, "⑩"),
    (0x8C, "❶"),
    (0x8D, "❷"),
    (0x8E, "❸"),
    (0x8F, "❹"),
    (0x90, "❺"),
    (0x91, "❻"),
    (0x92, "❼"),
    (0x93, "❽"),
    (0x94, "❾"),
    (0x95, "❿"),
    (0x9E, "·"),
    (0x9F, "•"),
    (0xA1, "○"),
    (0xA2, "○"),
    (0xA4, "◉"),
    (0xA7, "▪"),
    (0xA8, "□"),
    (0xAB, "★"),
    (0xB5, "✪"),
    (0xD8, "➢"),
    (0xDC, "➲"),
    (0xDF, "←"),
    (0xE0, "→"),
    (0xE1, "↑"),
    (0xE2, "↓"),
    (0xE8, "➔"),
    (0xEF, "⇦"),
    (0xF0, "⇨"),
    (0xF1, "⇧"),
    (0xF2, "⇩"),
    (0xFB, "✘"),
    (0xFC, "✔"),
    (0xFD, "☒"),
    (0xFE, "☑"),
];

/// From those of Wingdings 2.
const WINGDINGS_2: &[(u32, &str)] = &[
    (0x4F, "✗"),
    (0x50, "✓"),
    (0x51, "☒"),
    (0x52, "☑"),
    (0x53, "☒"),
    (0x54, "☒"),
    (0x69, "⓪"),
    (0x6A, "①"),
    (0x6B, "②"),
    (0x6C, "③"),
    (0x6D, "④"),
    (0x6E, "⑤"),
    (0x6F, "⑥"),
    (0x70, "⑦"),
    (0x71, "⑧"),
    (0x72, "⑨"),
    (0x73, "⑩"),
    (0x97, "●"),
    (0xA2, "■"),
    (0xA3, "□"),
];

/// From those of Wingdings 3, and of Webdings.
const OTHERS: &[(&str, u32, &str)] = &[
    ("wingdings3", 0x66, "←"),
    ("wingdings3", 0x67, "→"),
    ("wingdings3", 0x68, "↑"),
    ("wingdings3", 0x69, "↓"),
    ("wingdings3", 0x7D, "▶"),
    ("wingdings3", 0x84, "◀"),
    ("webdings", 0x34, "▶"),
    ("webdings", 0x61, "✓"),
    ("webdings", 0x63, "□"),
    ("webdings", 0x67, "■"),
    ("webdings", 0x6E, "●"),
];

/// From those of Symbol: Greek letters, and signs of mathematics.
const SYMBOL: &str = "\
    41Α 42Β 43Χ 44Δ 45Ε 46Φ 47Γ 48Η 49Ι 4BΚ 4CΛ 4DΜ 4EΝ 4FΟ 50Π 51Θ 52Ρ 53Σ 54Τ 55Υ 57Ω 58Ξ 59Ψ 5AΖ \
    61α 62β 63χ 64δ 65ε 66φ 67γ 68η 69ι 6Aϕ 6Bκ 6Cλ 6Dμ 6Eν 6Fο 70π 71θ 72ρ 73σ 74τ 75υ 77ω 78ξ 79ψ 7Aζ \
    A2′ A3≤ A5∞ A8♦ AB↔ AC← AD↑ AE→ AF↓ B0° B1± B2″ B3≥ B4× B5∝ B6∂ B7• B8÷ B9≠ BA≡ BB≈ BC… \
    C5⊕ C6∅ C7∩ C8∪ C9⊃ CC⊂ CD⊆ CE∈ CF∉ D0∠ D2® D3© D4™ D5∏ D6√ D7⋅ D8¬ D9∧ DA∨ DEÞ E5∑ F2∫";

/// Is this a font of signs, whose letters are none?
pub(super) fn is_of_signs(font: &str) -> bool {
    let font = plain(font);
    font.starts_with("wingdings") || font.starts_with("webdings") || font == "symbol"
}

fn plain(font: &str) -> String {
    font.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The character for a code of a font of signs; `None` if there is none.
pub(super) fn known(font: &str, code: u32) -> Option<String> {
    // In a text these codes are moved to where Unicode has no characters of its own.
    let code = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    if code == 0x20 {
        return Some(" ".into());
    }
    let find = |table: &[(u32, &str)]| {
        table.iter().find(|(known, _)| *known == code).map(|(_, sign)| sign.to_string())
    };
    let font = plain(font);
    match font.as_str() {
        "wingdings" => find(WINGDINGS),
        "wingdings2" => find(WINGDINGS_2),
        "symbol" => {
            let hex = format!("{code:02X}");
            let found =
                SYMBOL.split_whitespace().find_map(|known| known.strip_prefix(hex.as_str()));
            let same = || char::from_u32(code).filter(char::is_ascii).map(String::from);
            found.map(str::to_string).or_else(same)
        }
        _ => {
            let found = OTHERS.iter().find(|(name, known, _)| *name == font && *known == code);
            found.map(|(_, _, sign)| sign.to_string())
        }
    }
}

/// A bullet.
pub(super) fn sign(c: char, font: Option<&str>) -> String {
    let found = font.and_then(|font| known(font, c as u32));
    let found = found.or_else(|| {
        known("Wingdings", c as u32).filter(|_| ('\u{F000}'..='\u{F0FF}').contains(&c))
    });
    found.unwrap_or_else(|| {
        if ('\u{E000}'..='\u{F8FF}').contains(&c) { "•".into() } else { c.into() }
    })
}
