//! The table of commands and options: each is declared once, with its words in both languages.
//! Parsing, help, the tables of the READMEs and the completions of the shells follow from it.

use super::given::Given;
use super::{
    Command, archive, book, build, completions, deploy, export, help, import, init, new, report,
    schema, serve, theme,
};
use crate::base::lang::{Lang, Text};
use crate::value::kind::Kind;

pub use crate::base::lang::{Bilingual, bilingual};

/// Every command, in the order in which help lists them. A subcommand follows its command.
pub static COMMANDS: &[CommandSpec] = &[
    init::INIT,
    new::NEW,
    import::IMPORT,
    build::BUILD,
    build::CHECK,
    serve::SERVE,
    book::BOOK,
    archive::ARCHIVE,
    archive::VERIFY,
    archive::DIFF,
    export::EXPORT,
    export::WECHAT,
    export::DOCX,
    export::BRIEF,
    export::REVIEW,
    export::ROSTER,
    export::ZIP,
    deploy::DEPLOY,
    report::REPORT,
    report::COVERAGE,
    theme::THEME,
    theme::NEW,
    theme::COPY,
    theme::DIFF,
    theme::CHECK,
    theme::LIST,
    theme::VALUES,
    theme::DOCS,
    schema::SCHEMA,
    completions::COMPLETIONS,
    help::HELP,
];

/// The options that every command takes.
pub static COMMON: &[OptionSpec] = &[
    option(
        "--root",
        bilingual(
            "网站所在的文件夹（默认是当前文件夹）",
            "Project folder (default: the current folder)",
        ),
    )
    .letter('r')
    .value(bilingual("文件夹", "DIR"), Values::Folder),
    option(
        "--lang",
        bilingual(
            "消息用中文或英文（默认跟随系统）",
            "Language of messages (default: the system's)",
        ),
    )
    .value(bilingual("zh|en", "zh|en"), Values::Words(&["zh", "en"])),
    option(
        "--format",
        bilingual(
            "错误和警告的格式（默认 human）",
            "Format of errors and warnings (default: human)",
        ),
    )
    .value(bilingual("human|json", "human|json"), Values::Words(&["human", "json"])),
    option("--quiet", bilingual("不显示结果摘要", "Print no summary")).letter('q'),
    option("--verbose", bilingual("显示所有提示", "Print all notes and warnings")).letter('v'),
    option("--help", bilingual("显示说明", "Print help")).letter('h'),
    option("--version", bilingual("显示版本", "Print the version")).letter('V'),
];

/// For commands that may end with warnings.
pub(super) const STRICT: OptionSpec =
    option("--strict", bilingual("有警告时退出码为 3", "Exit with code 3 if there are warnings"));

/// For commands that publish.
pub(super) const PUBLISHED_AT: OptionSpec = option(
    "--now",
    bilingual(
        "按这个时间判断发布和撤下，例如 2026-03-18（默认是现在）",
        "Time that decides what is published, such as 2026-03-18 (default: now)",
    ),
)
.value(bilingual("时间", "TIME"), Values::Text);

/// For commands that write the site for another address.
pub(super) const BASE_URL: OptionSpec = option(
    "--base-url",
    bilingual(
        "网站将来的地址，代替 site.yaml 里的 base_url",
        "Address that the site will have; overrides base_url in site.yaml",
    ),
)
.letter('u')
.value(bilingual("地址", "URL"), Values::Text);

/// For commands that share their work between threads.
pub(super) const JOBS: OptionSpec = option(
    "--jobs",
    bilingual("同时用几个线程（默认每个核一个）", "Number of threads (default: one per core)"),
)
.letter('j')
.value(bilingual("数字", "N"), Values::Text);

/// A command: what it takes and what help says about it.
#[derive(Clone, Copy, Debug)]
pub struct CommandSpec {
    /// As it is typed: `build`, `archive verify`.
    pub name: &'static str,
    /// The words that follow it, in order.
    pub positionals: &'static [Positional],
    /// Its options besides the common ones, in groups that commands may share.
    pub options: &'static [&'static [OptionSpec]],
    /// One line for the list of commands.
    pub summary: Bilingual,
    /// What it does, in paragraphs of one line each.
    pub description: Bilingual,
    /// Command lines that show its use.
    pub examples: &'static [Bilingual],
    /// Makes what was given into what to do.
    pub(super) read: fn(&Given) -> Result<Command, Text>,
}

impl CommandSpec {
    /// Its options, without the common ones.
    pub fn options(&self) -> impl Iterator<Item = &'static OptionSpec> {
        self.options.iter().copied().flatten()
    }

    /// Its options and the common ones. An option of its own hides a common one of the same name.
    pub fn all_options(&'static self) -> impl Iterator<Item = &'static OptionSpec> {
        let is_hidden =
            |common: &&OptionSpec| !self.options().any(|option| option.name == common.name);
        self.options().chain(COMMON.iter().filter(is_hidden))
    }

    /// How to type it with its words: `new KIND TITLE`.
    pub fn usage(&self, lang: Lang) -> String {
        let mut usage = self.name.to_string();
        for positional in self.positionals {
            usage.push(' ');
            usage.push_str(&positional.shown(lang));
        }
        usage
    }

    /// The commands that follow this one as its next word: `verify` for `archive verify`.
    pub fn subcommands(&self) -> impl Iterator<Item = (&'static str, &'static CommandSpec)> {
        let next = |spec: &'static CommandSpec| {
            let rest = spec.name.strip_prefix(self.name)?.strip_prefix(' ')?;
            Some((rest, spec))
        };
        COMMANDS.iter().filter_map(next)
    }
}

/// A word that follows a command.
#[derive(Clone, Copy, Debug)]
pub struct Positional {
    /// What help calls it.
    pub name: Bilingual,
    /// What it may be.
    pub values: Values,
    /// Must it be given?
    pub is_required: bool,
    /// May it be several words?
    pub is_many: bool,
}

impl Positional {
    pub(super) const fn many(mut self) -> Self {
        self.is_many = true;
        self
    }

    fn shown(&self, lang: Lang) -> String {
        let name = self.name.get(lang);
        if self.is_required { name.into() } else { format!("[{name}]") }
    }
}

pub(super) const fn required(name: Bilingual, values: Values) -> Positional {
    Positional { name, values, is_required: true, is_many: false }
}

pub(super) const fn optional(name: Bilingual, values: Values) -> Positional {
    Positional { name, values, is_required: false, is_many: false }
}

/// An option. Two options of different commands may share a name or a letter if both take a
/// value or neither does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionSpec {
    /// `--output-dir`.
    pub name: &'static str,
    /// `o`, for `-o`.
    pub letter: Option<char>,
    /// What help calls its value, and what the value may be; `None` if it takes none.
    pub value: Option<(Bilingual, Values)>,
    /// One line of help.
    pub help: Bilingual,
}

impl OptionSpec {
    pub(super) const fn letter(mut self, letter: char) -> Self {
        self.letter = Some(letter);
        self
    }

    pub(super) const fn value(mut self, name: Bilingual, values: Values) -> Self {
        self.value = Some((name, values));
        self
    }

    /// As it is typed, with its value: `--jobs N`.
    pub fn usage(&self, lang: Lang) -> String {
        match self.value {
            Some((name, _)) => format!("{} {}", self.name, name.get(lang)),
            None => self.name.into(),
        }
    }
}

pub(super) const fn option(name: &'static str, help: Bilingual) -> OptionSpec {
    OptionSpec { name, letter: None, value: None, help }
}

/// What a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Any text.
    Text,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// One of these words.
    Words(&'static [&'static str]),
    /// Kinds of stories.
    Kinds,
    /// Names of commands.
    Commands,
    /// What may follow a command as its next word: `verify` for `archive`.
    Subcommands(&'static str),
}

impl Values {
    /// The words to choose from, each with what it means if that must be said. Empty if any text
    /// or path will do.
    pub fn choices(self) -> Vec<(&'static str, Option<Bilingual>)> {
        match self {
            Values::Text | Values::File | Values::Folder => Vec::new(),
            Values::Words(words) => words.iter().map(|&word| (word, None)).collect(),
            Values::Kinds => {
                let kinds = Kind::WORDS.iter().filter(|(word, kind)| *word == kind.word());
                let meaning = |kind: Kind| {
                    let is_chinese = |(word, of): &&(&str, Kind)| *of == kind && !word.is_ascii();
                    Kind::WORDS.iter().find(is_chinese).map(|&(word, _)| bilingual(word, word))
                };
                kinds.map(|&(word, kind)| (word, meaning(kind))).collect()
            }
            Values::Commands => {
                let top = COMMANDS.iter().filter(|command| !command.name.contains(' '));
                top.map(|command| (command.name, Some(command.summary))).collect()
            }
            Values::Subcommands(of) => {
                let commands = COMMANDS.iter().filter(|command| command.name == of);
                let next = commands.flat_map(CommandSpec::subcommands);
                next.map(|(word, command)| (word, Some(command.summary))).collect()
            }
        }
    }
}

/// The command that `words` begin with, and how many of them are its name. The longest name
/// counts: `archive verify`, not `archive`.
pub(super) fn find<'w>(
    words: impl Iterator<Item = &'w str> + Clone,
) -> Option<(&'static CommandSpec, usize)> {
    let is_named = |command: &&CommandSpec| {
        let mut words = words.clone();
        command.name.split(' ').all(|part| words.next() == Some(part))
    };
    let named = COMMANDS.iter().filter(is_named);
    named.map(|command| (command, command.name.split(' ').count())).max_by_key(|&(_, n)| n)
}

/// Every option of every command, for what must be known before the command is.
pub(super) fn every_option() -> impl Iterator<Item = &'static OptionSpec> {
    COMMON.iter().chain(COMMANDS.iter().flat_map(CommandSpec::options))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;
    use std::ffi::OsString;

    use super::*;
    use crate::cli::parse;

    #[test]
    fn every_option_is_read_by_its_command() {
        for command in COMMANDS {
            let word = |positional: &Positional| {
                let first = positional.values.choices().first().map(|&(word, _)| word);
                OsString::from(first.unwrap_or("x"))
            };
            let words = command.positionals.iter().map(word).collect();
            let given = Given::new(Some(command), words, Vec::new()).unwrap();
            (command.read)(&given).unwrap();
            let declared: BTreeSet<_> = command.options().map(|option| option.name).collect();
            assert_eq!(*given.asked.borrow(), declared, "{}", command.name);
        }
    }

    #[test]
    fn every_example_is_a_line_of_its_command() {
        for command in COMMANDS {
            assert!(!command.examples.is_empty(), "{}", command.name);
            for (example, lang) in command
                .examples
                .iter()
                .flat_map(|example| [(example.zh, Lang::Zh), (example.en, Lang::En)])
            {
                let line = example.split(['>', '|']).next().unwrap();
                let words: Vec<&str> = line.split_whitespace().skip(1).collect();
                assert_eq!(find(words.iter().copied()).unwrap().0.name, command.name);
                let parsed = parse(words.iter().map(OsString::from), lang);
                assert!(parsed.is_ok(), "{example}: {parsed:?}");
            }
        }
    }

    #[test]
    fn no_two_options_are_taken_for_each_other() {
        for command in COMMANDS {
            let options: Vec<_> = command.all_options().collect();
            for (i, option) in options.iter().enumerate() {
                for other in &options[..i] {
                    let same_letter = option.letter.is_some() && option.letter == other.letter;
                    assert!(option.name != other.name && !same_letter, "{option:?} {other:?}");
                }
            }
        }
        // Whether an option takes a value is known before the command is.
        let all: Vec<_> = every_option().collect();
        for option in &all {
            for other in &all {
                let same_letter = option.letter.is_some() && option.letter == other.letter;
                if option.name == other.name || same_letter {
                    assert_eq!(option.value.is_some(), other.value.is_some(), "{option:?}");
                }
            }
        }
    }
}
