//! Fish: a line for each option and word, each with the condition under which it may come.

use std::fmt::Write;

use super::{Suggestions, next_words, steps, with_values};
use crate::base::lang::Lang;
use crate::cli::table::{COMMANDS, COMMON, OptionSpec};

pub(super) fn script(lang: Lang) -> String {
    let names = steps().map(|(before, word, command)| {
        let pad = " ".repeat(20);
        format!("{pad}case '{before} {word}'\n{pad}    set command '{command}'")
    });
    let names: Vec<String> = names.collect();
    let mut out = include_str!("fish.fish")
        .replace("@with-values@", &with_values().join(" "))
        .replace("                    @names@", &names.join("\n"));
    let mut add = |condition: Option<String>, rest: &str| {
        let condition = condition.map(|condition| format!(" -n {}", quoted(&condition)));
        let _ = writeln!(out, "complete -c xianfeng{}{rest}", condition.unwrap_or_default());
    };
    for (command, count, suggestions) in next_words() {
        let condition = Some(format!("__xianfeng_after '{command}' {count}"));
        match suggestions {
            Suggestions::Files => add(condition, " -F"),
            Suggestions::Folders => add(condition, " -a '(__fish_complete_directories)'"),
            Suggestions::Words(words) => {
                for (word, meaning) in words {
                    let meaning = meaning
                        .map(|meaning| format!(" -d {}", quoted(meaning.get(lang))))
                        .unwrap_or_default();
                    add(condition.clone(), &format!(" -a {word}{meaning}"));
                }
            }
        }
    }
    for option in COMMON {
        add(None, &option_words(option, lang));
    }
    for command in COMMANDS {
        for option in command.options() {
            let condition = format!("__xianfeng_after '{}'", command.name);
            add(Some(condition), &option_words(option, lang));
        }
    }
    out
}

/// ` -s j -l jobs -x -d 'Number of threads'`.
fn option_words(option: &OptionSpec, lang: Lang) -> String {
    let mut words = String::new();
    if let Some(letter) = option.letter {
        let _ = write!(words, " -s {letter}");
    }
    let _ = write!(words, " -l {}", &option.name[2..]);
    if let Some((_, values)) = option.value {
        words.push_str(&match Suggestions::of(values) {
            None => " -x".into(),
            Some(Suggestions::Files) => " -r -F".into(),
            Some(Suggestions::Folders) => " -x -a '(__fish_complete_directories)'".into(),
            Some(Suggestions::Words(choices)) => {
                let choices: Vec<&str> = choices.into_iter().map(|(word, _)| word).collect();
                format!(" -x -a '{}'", choices.join(" "))
            }
        });
    }
    let _ = write!(words, " -d {}", quoted(option.help.get(lang)));
    words
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
