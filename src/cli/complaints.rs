//! What is wrong with a command line.

use super::table::{Bilingual, COMMANDS, CommandSpec, every_option};
use crate::base::lang::{Lang, Text};
use crate::value::nearest::nearest_name;

/// A text in both languages.
pub(super) fn both(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text { zh: zh.into(), en: en.into() }
}

/// A word that is none of the choices for an option or a positional of this name.
pub(super) fn choice(name: Bilingual, word: &str, choices: &[&str]) -> Text {
    let en = match choices.split_last() {
        Some((last, [])) => last.to_string(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    };
    both(
        format!("{} 不能是“{word}”，可选 {}", name.zh, choices.join("、")),
        format!("{} cannot be “{word}”; it must be {en}", name.en),
    )
}

pub(super) fn unknown_command(word: &str) -> Text {
    let names: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
    match nearest_name(word, names.iter().copied()) {
        Some(near) => both(
            format!("没有“{word}”这个命令，是不是 {near}？"),
            format!("there is no command “{word}”; did you mean {near}?"),
        ),
        None => both(
            format!("没有“{word}”这个命令，可用的有 {}", names.join("、")),
            format!("there is no command “{word}”; the commands are {}", names.join(", ")),
        ),
    }
}

/// More words than the command takes.
pub(super) fn unexpected(command: &CommandSpec, word: &str) -> Text {
    let subcommands: Vec<&str> = command.subcommands().map(|(name, _)| name).collect();
    let (name, list) = (command.name, subcommands.join("、"));
    if subcommands.is_empty() {
        return both(format!("多了一个参数“{word}”"), format!("unexpected argument “{word}”"));
    }
    match nearest_name(word, subcommands.iter().copied()) {
        Some(near) => both(
            format!("{name} 后面不能是“{word}”，是不是 {near}？"),
            format!("there is no command “{name} {word}”; did you mean {near}?"),
        ),
        None => both(
            format!("{name} 后面不能是“{word}”，只能是 {list}，或者不写"),
            format!("“{word}” cannot follow {name}; only {} can", subcommands.join(" or ")),
        ),
    }
}

/// Fewer words than the command needs.
pub(super) fn missing(command: &CommandSpec, given: usize) -> Text {
    let missing = || command.positionals.iter().skip(given).filter(|word| word.is_required);
    let zh: Vec<String> = missing().map(|word| format!("“{}”", word.name.zh)).collect();
    let en: Vec<&str> = missing().map(|word| word.name.en).collect();
    let are = if en.len() == 1 { "is" } else { "are" };
    both(
        format!("缺少{}，写成：xianfeng {}", zh.join("和"), command.usage(Lang::Zh)),
        format!("{} {are} missing: xianfeng {}", en.join(" and "), command.usage(Lang::En)),
    )
}

pub(super) fn unknown_option(name: &str) -> Text {
    match nearest_name(name, every_option().map(|option| &option.name[2..])) {
        Some(near) => both(
            format!("没有 --{name} 这个选项，是不是 --{near}？"),
            format!("there is no option --{name}; did you mean --{near}?"),
        ),
        None => both(format!("没有 --{name} 这个选项"), format!("there is no option --{name}")),
    }
}

/// Complains of a word that was copied with what is no part of a command: a comment, or an option
/// with other signs for its hyphens.
pub(super) fn as_typed(word: &str) -> Result<(), Text> {
    if matches!(word, "#" | "＃") {
        return Err(both(
            "从 # 起是给人看的说明，不是命令的一部分：只输入 # 前面的，再试一次",
            "from # on it is a comment and no part of the command: type what stands before it",
        ));
    }
    let name = word.trim_start_matches(['-', '–', '—', '－', '‐', '−', '―']);
    let hyphens = &word[..word.len() - name.len()];
    let is_option = every_option().any(|option| option.name.strip_prefix("--") == Some(name));
    if hyphens.is_empty() || hyphens == "--" || !is_option {
        return Ok(());
    }
    Err(both(
        format!("没有 {word} 这个选项，是不是 --{name}？前面是两个英文减号"),
        format!("there is no option {word}; did you mean --{name}, with two hyphens?"),
    ))
}

pub(super) fn unknown_letter(letter: char) -> Text {
    both(format!("没有 -{letter} 这个选项"), format!("there is no option -{letter}"))
}

/// An option of another command.
pub(super) fn not_taken(command: &str, option: &str) -> Text {
    both(
        format!("{command} 命令不用 {option} 这个选项"),
        format!("{command} does not take {option}"),
    )
}

pub(super) fn no_value(option: &str) -> Text {
    both(format!("{option} 后面缺少内容"), format!("{option} needs a value"))
}

pub(super) fn broken(error: lexopt::Error) -> Text {
    match &error {
        lexopt::Error::UnexpectedValue { option, .. } => {
            both(format!("{option} 后面不能跟内容"), format!("{option} does not take a value"))
        }
        error => both(format!("看不懂这些参数：{error}"), error.to_string()),
    }
}
