//! Zsh: `_arguments` for the program, for each command, and for each subcommand within it.

use std::fmt::Write;

use super::{Suggestions, spellings};
use crate::base::lang::Lang;
use crate::cli::table::{Bilingual, COMMANDS, COMMON, CommandSpec, OptionSpec, Positional, Values};

pub(super) fn script(lang: Lang) -> String {
    let mut out = String::from(
        "#compdef xianfeng\n\
         # Completes command lines of xianfeng in zsh.\n\
         \n\
         _xianfeng() {\n\
         \x20   local curcontext=$curcontext context state state_descr line ret=1\n\
         \x20   local -A opt_args\n",
    );
    let top = COMMANDS.iter().filter(|command| !command.name.contains(' '));
    let commands = top.map(|command| (command.name, command)).collect();
    body(&mut out, 1, COMMON.iter().collect(), commands, &[], lang);
    out.push_str(
        "    return ret\n\
         }\n\
         \n\
         if [[ $funcstack[1] == _xianfeng ]]; then\n\
         \x20   _xianfeng \"$@\"\n\
         else\n\
         \x20   compdef _xianfeng xianfeng\n\
         fi\n",
    );
    out
}

/// Completes options, and then either one of `commands` and what follows it, or `positionals`.
fn body(
    out: &mut String,
    depth: usize,
    options: Vec<&OptionSpec>,
    commands: Vec<(&str, &'static CommandSpec)>,
    positionals: &[Positional],
    lang: Lang,
) {
    let pad = "    ".repeat(depth);
    let mut specs: Vec<String> =
        options.into_iter().map(|option| option_spec(option, lang)).collect();
    for positional in positionals {
        let star = if positional.is_many { "*" } else { "" };
        let name = escaped(positional.name.get(lang), ":");
        let action = action(positional.values, lang);
        specs.push(format!("'{star}:{name}:{action}'"));
    }
    if !commands.is_empty() {
        let words = commands.iter().map(|&(word, command)| (word, Some(command.summary)));
        // No option of the program after the command: the command has its own.
        specs.push(format!("'(-)1: :{}'", described(words, lang)));
        specs.push("'(-)*:: :->words'".into());
    }
    let specs = specs.join(&format!(" \\\n{pad}    "));
    let _ = writeln!(out, "{pad}_arguments -C -s \\\n{pad}    {specs} && ret=0");
    if commands.is_empty() {
        return;
    }
    let _ = writeln!(out, "{pad}if [[ $state == words ]]; then\n{pad}    case $words[1] in");
    for (word, command) in commands {
        let _ = writeln!(out, "{pad}    {word})");
        let options = command.all_options().collect();
        let subcommands = command.subcommands().collect();
        body(out, depth + 2, options, subcommands, command.positionals, lang);
        let _ = writeln!(out, "{pad}        ;;");
    }
    let _ = writeln!(out, "{pad}    esac\n{pad}fi");
}

/// `'(-j --jobs)'{-j+,--jobs=}'[Number of threads]:N: '`.
fn option_spec(option: &OptionSpec, lang: Lang) -> String {
    let help = escaped(option.help.get(lang), "[]:");
    let (sign, value) = match option.value {
        Some((name, values)) => {
            let name = escaped(name.get(lang), ":");
            ("=", format!(":{name}:{}", action(values, lang)))
        }
        None => ("", String::new()),
    };
    let rest = format!("[{help}]{value}'");
    match option.letter {
        Some(letter) => {
            let short = if sign.is_empty() { "" } else { "+" };
            let both: Vec<String> = spellings(option).collect();
            format!("'({})'{{-{letter}{short},{}{sign}}}'{rest}", both.join(" "), option.name)
        }
        None => format!("'{}{sign}{rest}", option.name),
    }
}

fn action(values: Values, lang: Lang) -> String {
    match Suggestions::of(values) {
        None => " ".into(),
        Some(Suggestions::Files) => "_files".into(),
        Some(Suggestions::Folders) => "_files -/".into(),
        Some(Suggestions::Words(words)) => described(words.into_iter(), lang),
    }
}

/// `((branch\:支部 member\:党员))`.
fn described<'a>(words: impl Iterator<Item = (&'a str, Option<Bilingual>)>, lang: Lang) -> String {
    let words = words.map(|(word, meaning)| match meaning {
        Some(meaning) => format!("{word}\\:\"{}\"", escaped(meaning.get(lang), ":\"$`")),
        None => word.to_string(),
    });
    format!("(({}))", words.collect::<Vec<_>>().join(" "))
}

/// A text inside single quotes, with a backslash before each of `signs`.
fn escaped(text: &str, signs: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\'' => out.push_str("'\\''"),
            '\\' => out.push_str("\\\\"),
            c => {
                if signs.contains(c) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    out
}
