//! `completions`: the table as a script that completes command lines in a shell.

mod bash;
mod fish;
mod powershell;
mod zsh;

use super::Command;
use super::table::{
    Bilingual, COMMANDS, COMMON, CommandSpec, OptionSpec, Values, bilingual, every_option, required,
};
use crate::base::lang::Lang;

/// A shell whose command lines can be completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// Bash 4 or later.
    Bash,
    /// Zsh.
    Zsh,
    /// Fish 3 or later.
    Fish,
    /// PowerShell 5 or later.
    PowerShell,
}

pub(super) const COMPLETIONS: CommandSpec = CommandSpec {
    name: "completions",
    positionals: &[required(
        bilingual("Shell", "SHELL"),
        Values::Words(&["bash", "zsh", "fish", "powershell"]),
    )],
    options: &[],
    summary: bilingual(
        "输出命令行补全脚本，按 Tab 键补全命令和选项",
        "Print a script that completes command lines in a shell",
    ),
    description: bilingual(
        "输出一个脚本，让命令行窗口里按 Tab 键就能补全命令、选项和它们的内容。存到下面的位置（PowerShell 是写进 $PROFILE），再开一个窗口就生效。",
        "Prints a script by which the Tab key completes commands, options and their values. Save it as shown below (for PowerShell: put the line into $PROFILE) and open a new shell.",
    ),
    examples: &[
        bilingual(
            "xianfeng completions bash > ~/.local/share/bash-completion/completions/xianfeng",
            "xianfeng completions bash > ~/.local/share/bash-completion/completions/xianfeng",
        ),
        bilingual(
            "xianfeng completions zsh > ~/.zfunc/_xianfeng",
            "xianfeng completions zsh > ~/.zfunc/_xianfeng",
        ),
        bilingual(
            "xianfeng completions fish > ~/.config/fish/completions/xianfeng.fish",
            "xianfeng completions fish > ~/.config/fish/completions/xianfeng.fish",
        ),
        bilingual(
            "xianfeng completions powershell | Out-String | Invoke-Expression",
            "xianfeng completions powershell | Out-String | Invoke-Expression",
        ),
    ],
    read: |given| {
        Ok(Command::Completions(match given.words[0].to_str() {
            Some("zsh") => Shell::Zsh,
            Some("fish") => Shell::Fish,
            Some("powershell") => Shell::PowerShell,
            _ => Shell::Bash,
        }))
    },
};

/// The script for a shell, with descriptions in this language where the shell shows them.
pub fn completions(shell: Shell, lang: Lang) -> String {
    match shell {
        Shell::Bash => bash::script(),
        Shell::Zsh => zsh::script(lang),
        Shell::Fish => fish::script(lang),
        Shell::PowerShell => powershell::script(lang),
    }
}

/// `-o` and `--output-dir`.
fn spellings(option: &OptionSpec) -> impl Iterator<Item = String> {
    let letter = option.letter.map(|letter| format!("-{letter}"));
    letter.into_iter().chain([option.name.to_string()])
}

/// Every spelling of every option that takes a value, once: the word after it is no command.
fn with_values() -> Vec<String> {
    let options = every_option().filter(|option| option.value.is_some());
    let mut spellings: Vec<String> = options.flat_map(spellings).collect();
    spellings.sort();
    spellings.dedup();
    spellings
}

/// How a command line comes to name each command, word by word: the command so far (an empty
/// name if there is none yet), the next word, and the command then.
fn steps() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    COMMANDS.iter().map(|command| {
        let (before, word) = command.name.rsplit_once(' ').unwrap_or(("", command.name));
        (before, word, command.name)
    })
}

/// The options after each command, and before there is one.
fn options() -> impl Iterator<Item = (&'static str, Vec<&'static OptionSpec>)> {
    let program = [("", COMMON.iter().collect())];
    let each = |command: &'static CommandSpec| (command.name, command.all_options().collect());
    program.into_iter().chain(COMMANDS.iter().map(each))
}

/// What may be typed at one place of a command line.
enum Suggestions {
    Files,
    Folders,
    /// Words, with what they mean.
    Words(Vec<(&'static str, Option<Bilingual>)>),
}

impl Suggestions {
    /// `None` if the value is any text.
    fn of(values: Values) -> Option<Self> {
        match values {
            Values::Text => None,
            Values::File => Some(Suggestions::Files),
            Values::Folder => Some(Suggestions::Folders),
            Values::Words(_) | Values::Kinds | Values::Commands | Values::Subcommands(_) => {
                Some(Suggestions::Words(values.choices()))
            }
        }
    }
}

/// What may follow a command (an empty name if there is none yet) and so many words of its own.
fn next_words() -> Vec<(&'static str, usize, Suggestions)> {
    let program = [("", 0, Suggestions::Words(Values::Commands.choices()))];
    let mut next = Vec::from(program);
    for command in COMMANDS {
        let subcommands: Vec<_> =
            command.subcommands().map(|(word, spec)| (word, Some(spec.summary))).collect();
        if !subcommands.is_empty() {
            next.push((command.name, 0, Suggestions::Words(subcommands)));
        }
        for (count, positional) in command.positionals.iter().enumerate() {
            let suggestions = Suggestions::of(positional.values);
            next.extend(suggestions.map(|suggestions| (command.name, count, suggestions)));
        }
    }
    next
}
