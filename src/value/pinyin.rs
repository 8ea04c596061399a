//! Chinese names in Latin letters: slugs, and the order of names.

use pinyin::ToPinyin;

use super::windows::is_device;

/// Surnames whose reading differs from the character's usual one, longest first.
/// Readings as in 《现代汉语词典》 where it marks them “姓”.
const SURNAMES: &[(&str, &[&str])] = &[
    ("万俟", &["mo4", "qi2"]),
    ("尉迟", &["yu4", "chi2"]),
    ("单于", &["chan2", "yu2"]),
    ("澹台", &["tan2", "tai2"]),
    ("令狐", &["ling2", "hu2"]),
    ("宰父", &["zai3", "fu3"]),
    ("曾", &["zeng1"]),
    ("单", &["shan4"]),
    ("仇", &["qiu2"]),
    ("解", &["xie4"]),
    ("任", &["ren2"]),
    ("区", &["ou1"]),
    ("朴", &["piao2"]),
    ("查", &["zha1"]),
    ("盖", &["ge3"]),
    ("华", &["hua4"]),
    ("覃", &["qin2"]),
    ("繁", &["po2"]),
    ("翟", &["zhai2"]),
    ("乐", &["yue4"]),
    ("员", &["yun4"]),
    ("种", &["chong2"]),
    ("缪", &["miao4"]),
    ("召", &["shao4"]),
    ("折", &["she2"]),
    ("祭", &["zhai4"]),
    ("秘", &["bi4"]),
    ("葛", &["ge3"]),
    ("燕", &["yan1"]),
    ("那", &["na1"]),
    ("过", &["guo1"]),
    ("卜", &["bu3"]),
    ("哈", &["ha3"]),
    ("能", &["nai4"]),
    ("佴", &["nai4"]),
    ("於", &["yu1"]),
    ("相", &["xiang4"]),
];

/// The slug of a text: pinyin of its Han characters, its Latin letters and digits, in
/// lower case, words parted by hyphens. Never empty: a text without any such character
/// becomes the numbers of its characters, so that it always has the same address.
pub fn slug(text: &str) -> String {
    slug_after(text, &[])
}

/// The slug of a person's name: the surname in the reading that surnames have.
pub fn name_slug(name: &str) -> String {
    let (surname, readings) = surname(name);
    slug_after(&name[surname..], readings)
}

fn slug_after(text: &str, readings: &[&str]) -> String {
    let mut out = String::with_capacity(3 * text.len());
    let word = |out: &mut String, reading: &str| {
        if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        match reading.contains('ü') {
            true => out.push_str(&reading.replace('ü', "v")),
            false => out.push_str(reading),
        }
        out.push('-');
    };
    for reading in readings {
        word(&mut out, reading.trim_end_matches(|c: char| c.is_ascii_digit()));
    }
    for c in text.chars() {
        if let Some(reading) = c.to_pinyin() {
            word(&mut out, reading.plain());
        } else if let Some(letter) = plain_letter(c) {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    if out.len() > 100 {
        out.truncate(100);
        out.truncate(out.rfind('-').unwrap_or(100));
    }
    if out.is_empty() {
        let numbers: Vec<String> =
            text.chars().take(12).map(|c| format!("{:x}", c as u32)).collect();
        out = format!("u{}", numbers.join("-"));
    }
    if is_device(&out) {
        out.push_str("-1");
    }
    out
}

/// ASCII letters and digits, also full-width ones, in lower case.
fn plain_letter(c: char) -> Option<char> {
    let half = match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0)?,
        c => c,
    };
    half.is_ascii_alphanumeric().then(|| half.to_ascii_lowercase())
}

/// The length in bytes of a surname with a reading of its own, and that reading.
fn surname(name: &str) -> (usize, &'static [&'static str]) {
    SURNAMES
        .iter()
        .find(|(surname, _)| name.starts_with(surname))
        .map_or((0, &[]), |&(surname, readings)| (surname.len(), readings))
}

/// The key by which text sorts as in a Chinese index: syllable by syllable with tones,
/// then by the characters themselves. Latin text comes before Han characters.
pub fn sort_key(text: &str) -> String {
    key_after(text, text, &[])
}

/// The key by which names of people sort, surnames in their own reading.
pub fn name_key(name: &str) -> String {
    let (surname, readings) = surname(name);
    key_after(name, &name[surname..], readings)
}

/// The key by which a Chinese `name` sorts that is read as the syllables `reading` say, such as
/// `dan yi`; `None` if they are none. It stands among the keys of [`name_key`].
pub fn reading_key(reading: &str, name: &str) -> Option<String> {
    let mut syllables = reading.split_whitespace().peekable();
    let is_latin = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '\'');
    let is_han = name.chars().next().is_some_and(|c| c.to_pinyin().is_some());
    syllables.peek()?;
    (is_han && is_latin(&reading.replace(' ', ""))).then(|| {
        let key: String = syllables.map(|word| format!("~{} ", word.to_lowercase())).collect();
        format!("{key}\0{name}")
    })
}

fn key_after(whole: &str, rest: &str, readings: &[&str]) -> String {
    let mut key = String::with_capacity(5 * whole.len());
    // A separator below every letter keeps short syllables before long ones, and a mark
    // above digits and letters keeps Han characters after Latin text.
    let syllable = |key: &mut String, reading: &str| {
        key.push('~');
        key.push_str(reading);
        key.push(' ');
    };
    readings.iter().for_each(|reading| syllable(&mut key, reading));
    for c in rest.chars() {
        match c.to_pinyin() {
            Some(reading) => syllable(&mut key, reading.with_tone_num_end()),
            None => key.extend(c.to_lowercase()),
        }
    }
    key.push('\0');
    key.push_str(whole);
    key
}
