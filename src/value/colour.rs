//! Colours, and whether one can be read on another (WCAG 2.2, 1.4.3).

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// The ground of the built-in theme's pages, by day …
pub const PAPER: Colour = Colour([0xfa, 0xf6, 0xee]);
/// … and by night.
pub const NIGHT: Colour = Colour([0x19, 0x16, 0x13]);

/// The ground of large print on which least can be read, by day …
pub const LARGE: Colour = Colour([0xf3, 0xf0, 0xea]);
/// … and by night.
pub const LARGE_NIGHT: Colour = Colour([0x1d, 0x1b, 0x19]);

/// The least contrast of a text.
pub const READABLE: f64 = 4.5;

impl Colour {
    /// Reads `#b3261e` or `#b26`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.is_ascii())?;
        let byte = |digits: &str| u8::from_str_radix(digits, 16).ok();
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        Some(Self(match digits.len() {
            3 => {
                let of = |at: usize| byte(&digits[at..=at]).map(|digit| digit * 17);
                [of(0)?, of(1)?, of(2)?]
            }
            6 => [byte(&digits[..2])?, byte(&digits[2..4])?, byte(&digits[4..])?],
            _ => return None,
        }))
    }

    /// As it is written in a style sheet.
    pub fn css(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Mixed with white, as much as is needed to be read on `ground`, which is dark.
    pub fn lightened_for(self, ground: Self) -> Self {
        let mixed = |white: u32| {
            Self(self.0.map(|channel| {
                let channel = u32::from(channel);
                ((channel * (100 - white) + 255 * white) / 100) as u8
            }))
        };
        let shares = (0..=100).step_by(5).map(mixed);
        // A little more than the least: the theme has lighter grounds than its page, too.
        shares.into_iter().find(|mixed| contrast(*mixed, ground) >= 7.0).unwrap_or(Self([255; 3]))
    }

    /// Mixed with black, as much as large print needs to be read on `ground`, which is light.
    pub fn darkened_for(self, ground: Self) -> Self {
        let mixed =
            |share: u32| Self(self.0.map(|channel| (u32::from(channel) * share / 100) as u8));
        let shares = (0..=100).rev().step_by(5).map(mixed);
        shares.into_iter().find(|mixed| contrast(*mixed, ground) >= 7.0).unwrap_or(Self([0; 3]))
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let share = f64::from(channel) / 255.0;
            match share <= 0.04045 {
                true => share / 12.92,
                false => ((share + 0.055) / 1.055).powf(2.4),
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// How much one colour stands out from another: 1 to 21.
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_the_standard() {
        let black = Colour([0; 3]);
        assert!((contrast(black, Colour([255; 3])) - 21.0).abs() < 1e-9);
        // As published tools say: #777777 on white is 4.48, #767676 is 4.54.
        let grey = |text| contrast(Colour::parse(text).unwrap(), Colour([255; 3]));
        assert!((grey("#777777") - 4.48).abs() < 0.01 && (grey("#767676") - 4.54).abs() < 0.01);
        assert_eq!(Colour::parse(&PAPER.css()), Some(PAPER));
    }

    #[test]
    fn only_colours_are_read() {
        assert_eq!(Colour::parse("#fc0"), Some(Colour([0xff, 0xcc, 0])));
        for text in ["fc0", "#fc", "#ggg", "#ffcc000", "red", "", "#", "#é00", "#+1+1+1"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_colour_can_be_read_by_night_and_in_large_print() {
        for text in ["#000000", "#a8231b", "#0000ff", "#0a8000"] {
            let dark = Colour::parse(text).unwrap().darkened_for(LARGE);
            assert!(contrast(dark, LARGE) >= 7.0, "{text}");
            let light = Colour::parse(text).unwrap().lightened_for(NIGHT);
            assert!(contrast(light, NIGHT) >= 7.0, "{text}");
        }
    }
}
