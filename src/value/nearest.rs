//! The word that somebody may have meant, for a suggestion.
//!
//! Who follows a suggestion that is wrong makes a new mistake: another picture is published, a
//! story goes to another unit. So only a slip of a letter or two is taken for one.

use super::pinyin;

/// The one of `words`, all of them keys, options or files, that is a slip away from `word`.
pub fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    best(word, words, slips)
}

/// The one of `names` that is a slip away from `name`, or a longer or shorter form of it: people
/// leave out what everybody knows.
pub fn nearest_name<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    best(name, names, |one, other| slips(one, other).or_else(|| added(one, other)))
}

/// The word for which `distance` is least; of words as near the first by name.
fn best<'a>(
    word: &str,
    words: impl IntoIterator<Item = &'a str>,
    distance: impl Fn(&str, &str) -> Option<usize>,
) -> Option<&'a str> {
    // White space is no letter.
    let plain = |word: &str| word.split_whitespace().collect::<String>().to_lowercase();
    let word = plain(word);
    let near = words.into_iter().filter_map(|known| Some((distance(&word, &plain(known))?, known)));
    near.min().map(|(_, known)| known)
}

/// How many slips are between two words, if they are so few that one may be meant by the other.
fn slips(one: &str, other: &str) -> Option<usize> {
    let (short, long) = lengths(one, other);
    // Nothing near can differ by more letters than that.
    if long > short + 2 || have_other_numerals(one, other) {
        return None;
    }
    let slips = strsim::damerau_levenshtein(one, other);
    let most = match long {
        // Words of two Chinese characters that end alike are often two of a kind (标题, 专题).
        0..=2 => usize::from(short < long && one.is_ascii() || is_slip_of_two(one, other)),
        3 => usize::from(short == long || one.is_ascii()),
        4..=8 => 1,
        _ => 2,
    };
    (slips <= most).then_some(slips)
}

/// How many characters one word has more than the other, if it has all of the other's in their
/// order, and these make up most of it.
fn added(one: &str, other: &str) -> Option<usize> {
    let (short, long) = lengths(one, other);
    let (less, more) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let mut rest = more.chars();
    let has_all = less.chars().all(|c| rest.any(|known| known == c));
    let is_form = has_all && (more.contains(less) || 2 * short > long);
    (short >= 2 && is_form && !have_other_numerals(one, other)).then(|| 3 + long - short)
}

/// Another number is another thing.
fn have_other_numerals(one: &str, other: &str) -> bool {
    let have_both = numerals(one).next().is_some() && numerals(other).next().is_some();
    have_both && !numerals(one).eq(numerals(other))
}

fn numerals(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| c.is_ascii_digit() || "〇零一二两三四五六七八九十百千".contains(*c))
}

fn lengths(one: &str, other: &str) -> (usize, usize) {
    let lengths = [one.chars().count(), other.chars().count()];
    (lengths[0].min(lengths[1]), lengths[0].max(lengths[1]))
}

fn is_slip_of_two(one: &str, other: &str) -> bool {
    let begin_alike = one.chars().next() == other.chars().next();
    !one.is_ascii() && (begin_alike || pinyin::slug(one) == pinyin::slug(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_a_letter_is_recognised() {
        for (word, known) in [
            ("tilte", "title"),
            ("TITLE", "title"),
            ("focal_pionts", "focal_points"),
            ("catagory", "category"),
            ("content/unit.yaml", "content/units.yaml"),
            ("民升", "民生"),
            ("摘耍", "摘要"),
            ("yy", "y"),
            ("关键字", "关键词"),
            ("抓好民升", "抓好民生"),
            ("着力", "着力点"),
        ] {
            let found = nearest(word, [known, "zzz", "甲乙丙丁"]);
            assert_eq!(found, (word != "着力").then_some(known), "{word}");
        }
    }

    #[test]
    fn another_word_is_not_suggested() {
        for (word, known) in [
            ("专题", "标题"),
            ("副标题", "标题"),
            ("subtitle", "title"),
            ("series", "carriers"),
            ("police", "notice"),
            ("片区", "地区"),
            ("楼道", "会场"),
            ("第三支部", "第二支部"),
            ("2025年", "2026年"),
        ] {
            assert_eq!(nearest(word, [known]), None, "{word}");
        }
    }

    #[test]
    fn a_name_may_be_shortened() {
        let units = ["水坪台社区党支部", "青禾街道党工委"];
        assert_eq!(nearest_name("水坪台支部", units), Some(units[0]));
        assert_eq!(nearest_name("水坪台社区党支步", units), Some(units[0]));
        assert_eq!(nearest_name("第三支部", units), None);
    }
}
