//! Bash: one function that walks the words before the cursor.

use super::{Suggestions, next_words, options, spellings, steps, with_values};
use crate::cli::table::OptionSpec;

pub(super) fn script() -> String {
    let names =
        steps().map(|(before, word, command)| format!("'{before} {word}') command='{command}' ;;"));
    let mut values = Vec::new();
    for (command, options) in options() {
        values.extend(options.into_iter().filter_map(|option| value(command, option)));
    }
    let words = next_words().into_iter().map(|(command, count, suggestions)| {
        format!("'{command} {count} '*) {} ;;", action(&suggestions))
    });
    let options = options().map(|(command, options)| {
        let spellings: Vec<String> = options.into_iter().flat_map(spellings).collect();
        format!("'{command} '[0-9]*' -'*) words='{}' ;;", spellings.join(" "))
    });
    include_str!("bash.sh")
        .replace("@with-values@", &with_values().join(" | "))
        .replace("            @names@", &lines(12, names))
        .replace("        @values@", &lines(8, values))
        .replace("        @options@", &lines(8, options))
        .replace("        @words@", &lines(8, words))
}

fn lines(indent: usize, lines: impl IntoIterator<Item = String>) -> String {
    let indent = " ".repeat(indent);
    lines.into_iter().map(|line| indent.clone() + &line).collect::<Vec<_>>().join("\n")
}

/// What to do after an option of a command that takes a value.
fn value(command: &str, option: &OptionSpec) -> Option<String> {
    let (_, values) = option.value?;
    let patterns: Vec<String> =
        spellings(option).map(|spelling| format!("'{command} {spelling}'")).collect();
    let action = match Suggestions::of(values) {
        Some(suggestions) => action(&suggestions),
        None => "return".into(),
    };
    Some(format!("{}) {action} ;;", patterns.join(" | ")))
}

fn action(suggestions: &Suggestions) -> String {
    match suggestions {
        Suggestions::Files => "compopt -o default; return".into(),
        Suggestions::Folders => "compopt -o dirnames; return".into(),
        Suggestions::Words(words) => {
            let words: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
            format!("words='{}'", words.join(" "))
        }
    }
}
