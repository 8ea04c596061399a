//! What the table of commands and options becomes: help, and the tables of the READMEs.

use std::fmt::Write;

use xianfeng::base::lang::Lang;
use xianfeng::cli::{COMMANDS, COMMON, OptionSpec, help, parse};
use xianfeng::diagnostic::report::columns;

use crate::docs::assert_current;

#[test]
fn the_whole_reference() {
    for (lang, name) in [(Lang::Zh, "reference-zh"), (Lang::En, "reference-en")] {
        let commands = COMMANDS.iter().map(Some);
        let pages: Vec<String> =
            [None].into_iter().chain(commands).map(|command| help(command, lang)).collect();
        insta::assert_snapshot!(name, pages.join("\n────\n\n"));
    }
}

#[test]
fn help_fits_a_terminal() {
    for lang in [Lang::Zh, Lang::En] {
        for command in [None].into_iter().chain(COMMANDS.iter().map(Some)) {
            for line in help(command, lang).lines().filter(|line| !line.contains("xianfeng ")) {
                assert!(columns(line) <= 80 && line.trim_end() == line, "{line}");
            }
        }
    }
}

#[test]
fn the_tables_of_the_readmes_are_current() {
    for (document, lang) in [("README.md", Lang::En), ("README.zh-CN.md", Lang::Zh)] {
        assert_current(document, "commands", &commands(lang));
        assert_current(document, "options", &options(lang));
    }
}

#[test]
fn every_command_of_the_readmes_is_understood() {
    for text in [include_str!("../../README.md"), include_str!("../../README.zh-CN.md")] {
        let lines = text.lines().filter_map(|line| line.strip_prefix("    xianfeng "));
        let commands: Vec<&str> =
            lines.map(|line| line.split(" #").next().unwrap_or(line)).collect();
        assert!(commands.len() >= 12, "{commands:?}");
        for command in commands {
            let words = command.split_whitespace().map(Into::into);
            if let Err(error) = parse(words, Lang::En) {
                panic!("{command}: {}", error.message.en);
            }
        }
    }
}

fn commands(lang: Lang) -> String {
    let mut table = match lang {
        Lang::Zh => String::from("| 命令 | 做什么 |\n|---|---|\n"),
        Lang::En => String::from("| Command | What it does |\n|---|---|\n"),
    };
    for command in COMMANDS {
        let (usage, summary) = (command.usage(lang), command.summary.get(lang));
        writeln!(table, "| `xianfeng {usage}` | {summary} |").unwrap();
    }
    table
}

/// One row for each option, with all commands for which it means the same.
fn options(lang: Lang) -> String {
    let (head, every, comma) = match lang {
        Lang::Zh => ("| 选项 | 命令 | 做什么 |", "全部", "、"),
        Lang::En => ("| Option | Command | What it does |", "all", ", "),
    };
    let mut table = format!("{head}\n|---|---|---|\n");
    let mut rows: Vec<(&OptionSpec, String)> =
        COMMON.iter().map(|option| (option, every.into())).collect();
    for command in COMMANDS {
        for option in command.options() {
            match rows.iter_mut().find(|(known, _)| *known == option) {
                Some((_, names)) => names.extend([comma, command.name]),
                None => rows.push((option, command.name.into())),
            }
        }
    }
    for (option, names) in rows {
        let letter = option.letter.map(|letter| format!("`-{letter}` ")).unwrap_or_default();
        let usage = option.usage(lang).replace('|', "\\|");
        writeln!(table, "| {letter}`{usage}` | {names} | {} |", option.help.get(lang)).unwrap();
    }
    table
}
