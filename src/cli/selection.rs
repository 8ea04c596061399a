//! The options that choose stories: `--year`, `--kind`, `--focal-point`.

use super::complaints::both;
use super::options::Given;
use crate::diagnostic::Text;
use crate::model::selection::Selection;
use crate::value::kind::Kind;

/// Reads the options. Each may be given several times, or with several words.
pub(super) fn read(given: &Given) -> Result<Selection, Text> {
    let mut selection = Selection::default();
    for option in given.options() {
        match option.name() {
            "--year" => {
                for word in words(option.text()?) {
                    selection.years.push(year(word)?);
                }
            }
            "--kind" => {
                for word in words(option.text()?) {
                    selection.kinds.push(kind(word)?);
                }
            }
            "--focal-point" => {
                selection.focal_points.extend(words(option.text()?).map(str::to_string));
            }
            _ => {}
        }
    }
    Ok(selection)
}

/// Words are parted by commas, as they are typed in Chinese too.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', '、']).map(str::trim).filter(|word| !word.is_empty())
}

fn year(word: &str) -> Result<i32, Text> {
    let digits = word.trim_end_matches('年');
    let year = digits.parse().ok().filter(|year| (1..=9999).contains(year));
    year.ok_or_else(|| {
        both(
            format!("--year 后面应当是年份，例如 2026，不是“{word}”"),
            format!("--year takes a year such as 2026, not “{word}”"),
        )
    })
}

fn kind(word: &str) -> Result<Kind, Text> {
    Kind::from_word(word).ok_or_else(|| {
        both(
            format!("--kind 后面的“{word}”不是稿件类型，可选 branch（支部）、member（党员）、news（动态），用逗号隔开"),
            format!("--kind: “{word}” is none of branch, member and news (parted by commas)"),
        )
    })
}
