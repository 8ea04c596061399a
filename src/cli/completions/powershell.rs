//! PowerShell: one block that walks the words before the cursor.

use super::{Suggestions, next_words, options, spellings, steps, with_values};
use crate::base::lang::Lang;
use crate::cli::table::{Bilingual, OptionSpec};

pub(super) fn script(lang: Lang) -> String {
    let names = steps()
        .map(|(before, word, command)| format!("'{before} {word}' {{ $command = '{command}' }}"));
    let mut values = Vec::new();
    for (command, options) in options() {
        values.extend(options.into_iter().filter_map(|option| value(command, option, lang)));
    }
    let words = next_words().into_iter().filter_map(|(command, count, suggestions)| {
        let words = words(suggestions)?;
        Some(format!("'{command} {count}' {{ {} }}", items(words, lang)))
    });
    let options = options().map(|(command, options)| {
        let spelt = options
            .into_iter()
            .flat_map(|option| spellings(option).map(|spelling| (spelling, Some(option.help))));
        format!("'{command}' {{ {} }}", items(spelt, lang))
    });
    let with_values = with_values().iter().map(|name| format!("'{name}'")).collect::<Vec<_>>();
    include_str!("powershell.ps1")
        .replace("@with-values@", &with_values.join(", "))
        .replace("@names@", &lines(12, names))
        .replace("@values@", &lines(12, values))
        .replace("@options@", &lines(12, options))
        .replace("@words@", &lines(12, words))
}

fn lines(indent: usize, lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().collect::<Vec<_>>().join(&format!("\n{}", " ".repeat(indent)))
}

fn value(command: &str, option: &OptionSpec, lang: Lang) -> Option<String> {
    let words = words(Suggestions::of(option.value?.1)?)?;
    let items = items(words, lang);
    let cases = spellings(option).map(|name| format!("'{command} {name}' {{ {items} }}"));
    Some(cases.collect::<Vec<_>>().join("; "))
}

/// PowerShell itself completes files and folders where nothing is suggested.
fn words(suggestions: Suggestions) -> Option<Vec<(String, Option<Bilingual>)>> {
    match suggestions {
        Suggestions::Files | Suggestions::Folders => None,
        Suggestions::Words(words) => {
            Some(words.into_iter().map(|(word, meaning)| (word.to_string(), meaning)).collect())
        }
    }
}

/// Calls that add a suggestion each.
fn items(words: impl IntoIterator<Item = (String, Option<Bilingual>)>, lang: Lang) -> String {
    let items = words.into_iter().map(|(word, meaning)| {
        let meaning = meaning.map_or(String::new(), |meaning| escaped(meaning.get(lang)));
        format!("& $add '{word}' '{meaning}'")
    });
    items.collect::<Vec<_>>().join("; ")
}

/// A text in ASCII, as older PowerShells read scripts in the encoding of the system. It is
/// read by `[regex]::Unescape`.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for unit in text.encode_utf16() {
        match u8::try_from(unit).map(char::from) {
            Ok('\'') => out.push_str("''"),
            Ok('\\') => out.push_str("\\\\"),
            Ok(c) if c.is_ascii() => out.push(c),
            _ => out.push_str(&format!("\\u{unit:04x}")),
        }
    }
    out
}
