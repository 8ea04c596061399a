//! `theme`; what it does is in a command each.

use super::Command;
use super::table::{CommandSpec, OptionSpec, Values, bilingual, find, option, required};
use super::values;
use crate::value::moment::Moment;

/// What to do about a theme.
#[derive(Clone, Debug, PartialEq)]
pub enum ThemeArguments {
    /// Write a small theme.
    New(String),
    /// Copy a file of the built-in theme into the project.
    Copy {
        /// Its name.
        file: String,
        /// May it take the place of a file that is there?
        force: bool,
    },
    /// Show what differs between a file of the project and the built-in one.
    Diff(String),
    /// Look at the theme.
    Check {
        /// Warnings end with exit code 3.
        strict: bool,
    },
    /// Show the themes that there are, and what the chosen one replaces.
    List,
    /// Print the values that the template of a page gets.
    Values {
        /// The address of the page, or the file of a story.
        page: String,
        /// The time that it is, and whether it was given without an offset.
        now: Option<(Moment, bool)>,
        /// Also pages of drafts?
        drafts: bool,
    },
    /// Print the reference.
    Docs,
}

pub(super) const THEME: CommandSpec = CommandSpec {
    name: "theme",
    positionals: &[required(bilingual("什么", "WHAT"), Values::Subcommands("theme"))],
    options: &[],
    summary: bilingual("做主题、改主题", "Make a theme, or change one"),
    description: bilingual(
        "做主题、改主题。各做什么，见 xianfeng theme 什么 --help。",
        "Makes themes and changes them; see `xianfeng theme WHAT --help`.",
    ),
    examples: &[bilingual("xianfeng theme --help", "xianfeng theme --help")],
    // Each of the words is a command of its own.
    read: |_| Ok(Command::Help(find(["theme"].into_iter()).map(|(command, _)| command))),
};

pub(super) const NEW: CommandSpec = CommandSpec {
    name: "theme new",
    positionals: &[required(bilingual("名称", "NAME"), Values::Text)],
    options: &[],
    summary: bilingual(
        "新建一个小主题，每个文件都有说明",
        "Write a small theme that says what its files are for",
    ),
    description: bilingual(
        "在 themes 里新建一个能用的小主题：一个选项、一个模板、一个样式表、一条文字，都有说明。没有写的都用自带的主题。",
        "Writes a small theme that builds into themes/: an option, a template, a style sheet and a word, each \
         with a comment. Whatever it does not have is the built-in theme's.",
    ),
    examples: &[bilingual("xianfeng theme new jieban", "xianfeng theme new office")],
    read: |given| Ok(Command::Theme(ThemeArguments::New(given.words[0].to_string_lossy().into()))),
};

pub(super) const COPY: CommandSpec = CommandSpec {
    name: "theme copy",
    positionals: &[required(bilingual("文件", "FILE"), Values::Text)],
    options: &[&[option(
        "--force",
        bilingual("文件已经存在也覆盖", "Replace a file that is there"),
    )]],
    summary: bilingual(
        "把自带主题的一个文件复制出来改",
        "Copy a file of the built-in theme, to change it",
    ),
    description: bilingual(
        "把自带主题的一个文件复制到正在用的主题里，改了就代替自带的。复制来的文件第一行记着来历，自带的文件以后有改动，\
         check 会提醒，theme diff 可以对照。",
        "Copies a file of the built-in theme into the theme in use, where it takes the place of the built-in one. Its \
         first line says what it is a copy of, so that `check` tells when the built-in one has changed, and \
         `theme diff` shows how.",
    ),
    examples: &[bilingual("xianfeng theme copy item.html", "xianfeng theme copy item.html")],
    read: |given| {
        Ok(Command::Theme(ThemeArguments::Copy {
            file: given.words[0].to_string_lossy().into(),
            force: given.has("--force"),
        }))
    },
};

pub(super) const DIFF: CommandSpec = CommandSpec {
    name: "theme diff",
    positionals: &[required(bilingual("文件", "FILE"), Values::Text)],
    options: &[],
    summary: bilingual(
        "自己的文件和自带的有什么不同",
        "Show how a file differs from the built-in one",
    ),
    description: bilingual(
        "逐行对照主题里的一个文件和自带的文件：- 是自带的，+ 是自己的。",
        "Compares a file of the theme with the built-in one, line by line: - is the built-in one, + the theme's.",
    ),
    examples: &[bilingual("xianfeng theme diff item.html", "xianfeng theme diff item.html")],
    read: |given| Ok(Command::Theme(ThemeArguments::Diff(given.words[0].to_string_lossy().into()))),
};

pub(super) const CHECK: CommandSpec = CommandSpec {
    name: "theme check",
    positionals: &[],
    options: &[&[super::table::STRICT]],
    summary: bilingual(
        "只检查主题：模板、文字、选项",
        "Check the theme alone: templates, words, options",
    ),
    description: bilingual(
        "检查正在用的主题：模板里的每个名称（没有网页走到的分支也检查）、文字、选项和文件。check 也查这些，这里不看稿件，所以快。",
        "Checks the theme in use: every name in its templates, also in branches that no page takes, words, \
         options and files. `check` does it, too; this does not look at stories, and is quick.",
    ),
    examples: &[bilingual("xianfeng theme check", "xianfeng theme check")],
    read: |given| Ok(Command::Theme(ThemeArguments::Check { strict: given.has("--strict") })),
};

pub(super) const LIST: CommandSpec = CommandSpec {
    name: "theme list",
    positionals: &[],
    options: &[],
    summary: bilingual(
        "有哪些主题，正在用的改了哪些文件",
        "List the themes, and what the one in use replaces",
    ),
    description: bilingual(
        "列出有哪些主题；正在用的主题有哪些选项，代替了自带主题的哪些文件，加了哪些。",
        "Lists the themes; of the one in use its options, and which files it replaces and adds.",
    ),
    examples: &[bilingual("xianfeng theme list", "xianfeng theme list")],
    read: |_| Ok(Command::Theme(ThemeArguments::List)),
};

pub(super) const VALUES: CommandSpec = CommandSpec {
    name: "theme values",
    positionals: &[required(bilingual("网页", "PAGE"), Values::Text)],
    options: &[&[NOW, DRAFTS]],
    summary: bilingual(
        "一个网页的模板得到哪些值（JSON）",
        "Print the values that a page's template gets, as JSON",
    ),
    description: bilingual(
        "显示一个网页的模板得到的全部值（JSON）。网页写地址，或者稿件的文件。",
        "Prints all the values that the template of a page gets, as JSON. PAGE is its address, or the file of a story.",
    ),
    examples: &[
        bilingual("xianfeng theme values /news/", "xianfeng theme values /news/"),
        bilingual(
            "xianfeng theme values content/stories/2026/x.md",
            "xianfeng theme values content/stories/2026/x.md",
        ),
    ],
    read: |given| {
        Ok(Command::Theme(ThemeArguments::Values {
            page: given.words[0].to_string_lossy().into(),
            now: given.value("--now", values::moment)?,
            drafts: given.has("--drafts"),
        }))
    },
};

pub(super) const DOCS: CommandSpec = CommandSpec {
    name: "theme docs",
    positionals: &[],
    options: &[],
    summary: bilingual(
        "主题怎么做的全部说明（Markdown）",
        "Print how themes are made, as Markdown",
    ),
    description: bilingual(
        "显示主题的全部说明：照抄就行的改法、选项、层、模板怎么写，每个模板得到哪些值（Markdown）。",
        "Prints how themes are made: options, layers, the language of templates, and which values each template gets, as Markdown.",
    ),
    examples: &[bilingual("xianfeng theme docs > 主题.md", "xianfeng theme docs > themes.md")],
    read: |_| Ok(Command::Theme(ThemeArguments::Docs)),
};

const NOW: OptionSpec = option(
    "--now",
    bilingual(
        "按这个时间算，例如 2026-03-18（默认是现在）",
        "Time to count by, such as 2026-03-18 (default: now)",
    ),
)
.value(bilingual("时间", "TIME"), Values::Text);

const DRAFTS: OptionSpec = option("--drafts", bilingual("草稿也算", "With drafts"));
