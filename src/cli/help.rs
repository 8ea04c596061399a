//! `help`, and what `--help` says: the table, printed.

use super::complaints::unknown_command;
use super::table::{COMMANDS, COMMON, CommandSpec, OptionSpec, Values, bilingual, find, optional};
use super::{Command, values};
use crate::base::lang::Lang;
use crate::diagnostic::report::columns;

pub(super) const HELP: CommandSpec = CommandSpec {
    name: "help",
    positionals: &[optional(bilingual("命令", "COMMAND"), Values::Commands).many()],
    options: &[],
    summary: bilingual("显示某个命令的说明", "Explain a command"),
    description: bilingual(
        "显示某个命令的说明和全部选项；不写命令，就列出所有的命令。",
        "Explains a command and its options. Without COMMAND, lists all commands.",
    ),
    examples: &[bilingual("xianfeng help archive diff", "xianfeng help archive diff")],
    read: |given| {
        let words: Vec<_> = given.words.iter().map(|word| word.to_string_lossy()).collect();
        if words.is_empty() {
            return Ok(Command::Help(None));
        }
        let found = find(words.iter().map(|word| word.as_ref()));
        match found.filter(|&(_, named_by)| named_by == words.len()) {
            Some((command, _)) => Ok(Command::Help(Some(command))),
            None => Err(unknown_command(&words.join(" "))),
        }
    },
};

/// So many columns are filled.
const WIDTH: usize = 80;

/// What is before this column may push nothing further to the right.
const MARGIN: usize = 30;

/// The help of a command, or of the program.
pub fn help(command: Option<&CommandSpec>, lang: Lang) -> String {
    match command {
        Some(command) => command_help(command, lang),
        None => program_help(lang),
    }
}

fn program_help(lang: Lang) -> String {
    let say = |zh, en| bilingual(zh, en).get(lang);
    let mut out = format!(
        "{}\n\n{}\n",
        say(
            "先锋：把 Markdown 稿件生成创先争优专栏网站",
            "xianfeng turns a campaign's stories in Markdown into a website"
        ),
        say("用法：xianfeng 命令 [选项]", "Usage: xianfeng COMMAND [OPTIONS]"),
    );
    let commands = COMMANDS.iter().map(|command| (command.usage(lang), command.summary.get(lang)));
    section(&mut out, say("命令：", "Commands:"), commands);
    let common = COMMON.iter().map(|option| option_row(option, lang));
    section(&mut out, say("各命令通用的选项：", "Options of every command:"), common);
    let codes = [
        (0, say("完成", "Done")),
        (
            1,
            say(
                "稿件或主题有错误，或文件读写失败",
                "The content or the theme has errors, or a file could not be read or written",
            ),
        ),
        (2, say("命令写错", "The command line is wrong")),
        (3, say("用了 --strict 且有警告", "There are warnings, and --strict was given")),
    ];
    let codes = codes.map(|(code, meaning)| (code.to_string(), meaning));
    section(&mut out, say("退出码：", "Exit codes:"), codes);
    out
}

fn command_help(command: &CommandSpec, lang: Lang) -> String {
    let say = |zh, en| bilingual(zh, en).get(lang);
    let options = match command.options().next() {
        Some(_) => say(" [选项]", " [OPTIONS]"),
        None => "",
    };
    let usage = command.usage(lang);
    let mut out = format!("{}xianfeng {usage}{options}\n\n", say("用法：", "Usage: "));
    for (i, paragraph) in command.description.get(lang).lines().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        wrap(&mut out, paragraph, 0);
    }
    let subcommands = command.subcommands();
    let subcommands =
        subcommands.map(|(_, command)| (command.usage(lang), command.summary.get(lang)));
    section(&mut out, say("另见：", "See also:"), subcommands);
    let choices = command.positionals.iter().filter_map(|positional| {
        let choices = choices(positional.values, lang)?;
        Some((positional.name.get(lang).into(), choices))
    });
    section(&mut out, say("可选：", "Choices:"), choices);
    let options = command.options().map(|option| option_row(option, lang));
    section(&mut out, say("选项：", "Options:"), options);
    out.push_str(say("\n例如：\n", "\nExamples:\n"));
    for example in command.examples {
        out.extend(["  ", example.get(lang), "\n"]);
    }
    out.push('\n');
    let more = say(
        "各命令通用的选项，见 xianfeng help",
        "For the options of every command, see `xianfeng help`",
    );
    wrap(&mut out, more, 0);
    out
}

/// What a value may be, if that is a short list that no other line of help gives.
fn choices(values: Values, lang: Lang) -> Option<String> {
    match values {
        Values::Kinds | Values::Words(_) => Some(values::choices(values, lang)),
        Values::Commands
        | Values::Subcommands(_)
        | Values::Text
        | Values::File
        | Values::Folder => None,
    }
}

fn option_row(option: &OptionSpec, lang: Lang) -> (String, String) {
    let letter = match option.letter {
        Some(letter) => format!("-{letter}, "),
        None => "    ".into(),
    };
    (letter + &option.usage(lang), option_help(option, lang))
}

/// The help of an option, with its choices if its value's name does not give them.
pub(super) fn option_help(option: &OptionSpec, lang: Lang) -> String {
    let help = option.help.get(lang);
    match option.value {
        Some((_, values @ Values::Kinds)) => match lang {
            Lang::Zh => format!("{help}：{}", values::choices(values, lang)),
            Lang::En => format!("{help}: {}", values::choices(values, lang)),
        },
        _ => help.into(),
    }
}

/// A heading and two columns below it; nothing if there is no row.
fn section<T: AsRef<str>>(
    out: &mut String,
    heading: &str,
    rows: impl IntoIterator<Item = (String, T)>,
) {
    let rows: Vec<(String, T)> = rows.into_iter().collect();
    if rows.is_empty() {
        return;
    }
    out.extend(["\n", heading, "\n"]);
    let widths = rows.iter().map(|(left, _)| 2 + columns(left) + 2);
    let margin = widths.filter(|&width| width <= MARGIN).max().unwrap_or(MARGIN);
    for (left, right) in &rows {
        out.extend(["  ", left]);
        match margin.checked_sub(2 + columns(left)) {
            Some(gap @ 2..) => out.push_str(&" ".repeat(gap)),
            _ => out.extend(["\n", &" ".repeat(margin)]),
        }
        wrap(out, right.as_ref(), margin);
    }
}

/// Adds a text in lines of at most `WIDTH` columns, all but the first of them indented; the
/// first one begins where `out` ends, which is taken for the same column.
fn wrap(out: &mut String, text: &str, indent: usize) {
    let mut column = indent;
    for piece in pieces(text) {
        if column > indent && column + columns(piece.trim_end()) > WIDTH {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        }
        out.push_str(piece);
        column += columns(piece);
    }
    out.push('\n');
}

/// Cuts a text where a line may end: after a space, and beside a Chinese character if
/// punctuation allows it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let pairs = text.char_indices().zip(text.chars().skip(1));
    let ends = pairs.filter(|&((_, before), after)| may_break(before, after));
    let ends = ends.map(|((at, before), _)| at + before.len_utf8());
    let mut start = 0;
    ends.chain([text.len()]).map(move |end| &text[std::mem::replace(&mut start, end)..end])
}

fn may_break(before: char, after: char) -> bool {
    let is_wide = |c: char| columns(c.encode_utf8(&mut [0; 4])) == 2;
    let opens = matches!(before, '“' | '‘' | '（' | '《' | '「' | '【');
    let closes = matches!(
        after,
        '”' | '’'
            | '）'
            | '》'
            | '」'
            | '】'
            | '，'
            | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '…'
    );
    match after {
        ' ' => false,
        _ if before == ' ' => true,
        _ => (is_wide(before) || is_wide(after)) && !opens && !closes,
    }
}
