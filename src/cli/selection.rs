//! `--year`, `--kind` and `--focal-point`: which stories are meant.

use super::complaints::both;
use super::options::Given;
use crate::diagnostic::Text;
use crate::model::selection::Selection;
use crate::model::story::Kind;
use crate::text;

/// Reads the options; each may name several, parted by commas, or be given several times.
/// Where no kind is named, `kinds` are meant.
pub(super) fn read(given: &Given, kinds: &[Kind]) -> Result<Selection, Text> {
    let mut selection = Selection::default();
    for option in given.options() {
        let name = option.name();
        if !matches!(name, "--year" | "--kind" | "--focal-point") {
            continue;
        }
        for word in option.text()?.split([',', '，', '、']).map(str::trim) {
            match name {
                "--year" => selection.years.push(year(word)?),
                "--kind" => selection.kinds.push(kind(word)?),
                _ => selection.focal_points.push(word.to_string()),
            }
        }
    }
    if selection.kinds.is_empty() {
        selection.kinds = kinds.to_vec();
    }
    Ok(selection)
}

fn year(word: &str) -> Result<i32, Text> {
    let digits = word.strip_suffix('年').unwrap_or(word);
    let year = digits.parse().ok().filter(|year| digits.len() == 4 && *year > 0);
    year.ok_or_else(|| {
        both(
            format!("“{word}”不是年份，写成 2026；几个年份写成 2025,2026"),
            format!("“{word}” is not a year such as 2026, or 2025,2026"),
        )
    })
}

fn kind(word: &str) -> Result<Kind, Text> {
    Kind::from_word(word).ok_or_else(|| {
        let near = text::nearest(word, Kind::WORDS.iter().map(|&(word, _)| word));
        match near {
            Some(near) => both(
                format!("没有“{word}”这种稿件，是不是“{near}”？"),
                format!("“{word}” is not a kind of story; did you mean “{near}”?"),
            ),
            None => both(
                format!("没有“{word}”这种稿件，可选 branch（支部）、member（党员）、news（动态）"),
                format!("“{word}” is not a kind of story: branch, member or news"),
            ),
        }
    })
}
