//! What is wrong with a command line.

use super::COMMANDS;
use super::options::OPTIONS;
use crate::base::text;
use crate::diagnostic::Text;

/// A text in both languages.
pub(super) fn both(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text { zh: zh.into(), en: en.into() }
}

pub(super) fn choice(option: &str, word: &str, choices: &[&str]) -> Text {
    both(
        format!("{option} 不能是“{word}”，可选 {}", choices.join("、")),
        format!("{option} cannot be “{word}”: it is {}", choices.join(" or ")),
    )
}

pub(super) fn unknown_command(word: &str) -> Text {
    match text::nearest(word, COMMANDS) {
        Some(near) => both(
            format!("没有“{word}”这个命令，是不是 {near}？"),
            format!("there is no command “{word}”; did you mean {near}?"),
        ),
        None => both(
            format!("没有“{word}”这个命令，可用的有 {}", COMMANDS.join("、")),
            format!("there is no command “{word}”: {}", COMMANDS.join(", ")),
        ),
    }
}

pub(super) fn unknown_option(name: &str) -> Text {
    match text::nearest(name, OPTIONS.iter().map(|spec| &spec.name[2..])) {
        Some(near) => both(
            format!("没有 --{name} 这个选项，是不是 --{near}？"),
            format!("there is no option --{name}; did you mean --{near}?"),
        ),
        None => both(format!("没有 --{name} 这个选项"), format!("there is no option --{name}")),
    }
}

pub(super) fn unknown_letter(letter: char) -> Text {
    both(format!("没有 -{letter} 这个选项"), format!("there is no option -{letter}"))
}

pub(super) fn broken(error: lexopt::Error) -> Text {
    match &error {
        lexopt::Error::UnexpectedValue { option, .. } => {
            both(format!("{option} 后面不能跟内容"), format!("{option} does not take a value"))
        }
        error => both(format!("看不懂这些参数：{error}"), error.to_string()),
    }
}
