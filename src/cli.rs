//! The command line: arguments become data. Nothing is done here.

mod complaints;
mod help;

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::Arg::{Long, Short, Value};
use lexopt::ValueExt;

use crate::diagnostic::{Lang, Text};
use crate::model::moment::{Moment, default_zone, has_offset};
use crate::model::story::Kind;
use crate::render::Links;
use crate::settings::BaseUrl;
use crate::text;

use complaints::{both, broken, choice, unknown_command, unknown_letter, unknown_option};
pub use help::help;

/// What the program was told.
#[derive(Clone, Debug, PartialEq)]
pub struct Arguments {
    /// The project folder.
    pub root: PathBuf,
    /// The language of messages.
    pub lang: Lang,
    /// The shape of diagnostics.
    pub format: Format,
    /// Only diagnostics, no summary.
    pub quiet: bool,
    /// Notes too, and every warning.
    pub verbose: bool,
    /// What to do.
    pub command: Command,
}

/// The shape of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Write a new campaign.
    Init {
        /// Where.
        dir: PathBuf,
    },
    /// Write a new story.
    New {
        /// Of this kind.
        kind: Kind,
        /// With this title.
        title: String,
    },
    /// Build the site.
    Build(BuildArguments),
    /// Complain of everything that is wrong.
    Check(BuildArguments),
    /// Explain a command, or the program.
    Help(Option<&'static str>),
    /// Name the version.
    Version,
}

/// How to build or check.
#[derive(Clone, Debug, PartialEq)]
pub struct BuildArguments {
    /// The output folder, relative to the project where it is not absolute.
    pub output: PathBuf,
    /// In place of `base_url` of site.yaml.
    pub base_url: Option<BaseUrl>,
    /// With drafts.
    pub drafts: bool,
    /// The time that it is, and whether it was given without an offset.
    pub now: Option<(Moment, bool)>,
    /// Warnings end with exit code 3.
    pub strict: bool,
    /// Show how long each stage took.
    pub timings: bool,
    /// Use an output folder that is not empty and not ours.
    pub force: bool,
    /// How links are written.
    pub links: Links,
    /// So many threads.
    pub jobs: Option<usize>,
}

impl Default for BuildArguments {
    fn default() -> Self {
        Self {
            output: "public".into(),
            base_url: None,
            drafts: false,
            now: None,
            strict: false,
            timings: false,
            force: false,
            links: Links::FromRoot,
            jobs: None,
        }
    }
}

/// A command line that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageError {
    /// What is wrong with it.
    pub message: Text,
    /// The language to say it in.
    pub lang: Lang,
    /// The shape to say it in.
    pub format: Format,
}

/// The names of the commands.
const COMMANDS: [&str; 5] = ["init", "new", "build", "check", "help"];

/// The options of every command.
const COMMON_OPTIONS: [&str; 7] =
    ["--root", "--lang", "--format", "--quiet", "--verbose", "--help", "--version"];

/// Reads the arguments, the program's name left out. `system` is the language that the
/// system speaks.
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    system: Lang,
) -> Result<Arguments, UsageError> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // A complaint about the arguments is made as they ask, wherever they ask it.
    let lang = chosen(&arguments, "--lang").and_then(lang).unwrap_or(system);
    let format = match chosen(&arguments, "--format") {
        Some("json") => Format::Json,
        _ => Format::Human,
    };
    read(arguments, lang).map_err(|message| UsageError { message, lang, format })
}

/// The value of an option, wherever it stands.
fn chosen<'a>(arguments: &'a [OsString], option: &str) -> Option<&'a str> {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        match word.strip_prefix(option) {
            Some("") => return words.next(),
            Some(rest) if rest.starts_with('=') => return Some(&rest[1..]),
            _ => {}
        }
    }
    None
}

fn lang(word: &str) -> Option<Lang> {
    match word {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

fn read(arguments: Vec<OsString>, lang_chosen: Lang) -> Result<Arguments, Text> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut common = Arguments {
        root: ".".into(),
        lang: lang_chosen,
        format: Format::Human,
        quiet: false,
        verbose: false,
        command: Command::Help(None),
    };
    let mut name: Option<&'static str> = None;
    let mut words: Vec<String> = Vec::new();
    let mut build = BuildArguments::default();
    let mut build_options: Vec<&'static str> = Vec::new();
    let mut help = false;
    while let Some(argument) = parser.next().map_err(broken)? {
        match argument {
            Short('r') | Long("root") => common.root = value(&mut parser, "--root")?.into(),
            Long("lang") => {
                let word = string(&mut parser, "--lang")?;
                common.lang = lang(&word).ok_or_else(|| choice("--lang", &word, &["zh", "en"]))?;
            }
            Long("format") => {
                let word = string(&mut parser, "--format")?;
                common.format = match word.as_str() {
                    "human" => Format::Human,
                    "json" => Format::Json,
                    _ => return Err(choice("--format", &word, &["human", "json"])),
                };
            }
            Short('q') | Long("quiet") => common.quiet = true,
            Short('v') | Long("verbose") => common.verbose = true,
            Short('h') | Long("help") => help = true,
            Short('V') | Long("version") => name = Some("version"),
            Value(word) if name.is_none() => {
                let word = word.to_string_lossy();
                let known = COMMANDS.iter().find(|known| **known == word);
                name = Some(known.ok_or_else(|| unknown_command(&word))?);
            }
            Value(word) => words.push(word.to_string_lossy().into_owned()),
            Short(letter) => build_options.push(match build_option_letter(letter) {
                Some(option) => build_option(option, &mut parser, &mut build)?,
                None => return Err(unknown_letter(letter)),
            }),
            Long(name) => {
                let known = BUILD_OPTIONS.iter().find(|option| option[2..] == *name);
                let option = known.ok_or_else(|| unknown_option(name))?;
                build_options.push(build_option(option, &mut parser, &mut build)?);
            }
        }
    }
    if name.is_none() && !help {
        return Err(both(
            "没有说要做什么，例如：xianfeng build",
            "there is no command; for example: xianfeng build",
        ));
    }
    if help {
        let topic = name.filter(|name| *name != "version");
        return Ok(Arguments { command: Command::Help(topic), ..common });
    }
    let takes_build = matches!(name, Some("build" | "check"));
    if let Some(option) = build_options.first().filter(|_| !takes_build) {
        let name = name.unwrap_or("xianfeng");
        return Err(both(
            format!("{name} 命令不用 {option} 这个选项"),
            format!("{name} does not take {option}"),
        ));
    }
    common.command = command(name, words, build)?;
    Ok(common)
}

fn command(
    name: Option<&'static str>,
    words: Vec<String>,
    build: BuildArguments,
) -> Result<Command, Text> {
    let most = match name {
        Some("new") => usize::MAX,
        Some("init" | "help") => 1,
        _ => 0,
    };
    if let Some(extra) = words.get(most) {
        return Err(both(
            format!("多了一个参数“{extra}”"),
            format!("unexpected argument “{extra}”"),
        ));
    }
    Ok(match name {
        Some("version") => Command::Version,
        Some("init") => Command::Init { dir: words.first().map_or(".".into(), Into::into) },
        Some("new") => new_story(&words)?,
        Some("build") => Command::Build(build),
        Some("check") => Command::Check(build),
        Some("help") => match words.first() {
            Some(word) => {
                let known = COMMANDS.iter().find(|known| *known == word);
                Command::Help(Some(known.ok_or_else(|| unknown_command(word))?))
            }
            None => Command::Help(None),
        },
        _ => Command::Help(None),
    })
}

fn new_story(words: &[String]) -> Result<Command, Text> {
    let Some((kind, title)) = words.split_first() else {
        return Err(both(
            "缺少稿件类型和标题，例如：xianfeng new member 林小满的一天",
            "the kind and the title are missing: xianfeng new member TITLE",
        ));
    };
    let Some(kind) = Kind::from_word(kind) else {
        let words: Vec<&str> = Kind::WORDS.iter().map(|&(word, _)| word).collect();
        let near = text::nearest(kind, words);
        return Err(match near {
            Some(near) => both(
                format!("没有“{kind}”这种稿件，是不是“{near}”？"),
                format!("“{kind}” is not a kind of story; did you mean “{near}”?"),
            ),
            None => both(
                format!("没有“{kind}”这种稿件，可选 branch（支部）、member（党员）、news（动态）"),
                format!("“{kind}” is not a kind of story: branch, member or news"),
            ),
        });
    };
    let title = text::fold(&title.join(" "));
    match title.chars().count() {
        0 => Err(both("缺少标题，例如：xianfeng new news 活动启动", "the title is missing")),
        1..=100 => Ok(Command::New { kind, title }),
        n => Err(both(
            format!("标题有 {n} 个字，最多 100 个字"),
            format!("the title has {n} characters; 100 is the most"),
        )),
    }
}

/// The options of `build` and `check`.
const BUILD_OPTIONS: [&str; 9] = [
    "--output-dir",
    "--base-url",
    "--drafts",
    "--now",
    "--strict",
    "--timings",
    "--force",
    "--relative",
    "--jobs",
];

fn build_option_letter(letter: char) -> Option<&'static str> {
    match letter {
        'o' => Some("--output-dir"),
        'u' => Some("--base-url"),
        'j' => Some("--jobs"),
        _ => None,
    }
}

/// Reads one of [`BUILD_OPTIONS`] with its value; its name.
fn build_option(
    used: &'static str,
    parser: &mut lexopt::Parser,
    build: &mut BuildArguments,
) -> Result<&'static str, Text> {
    match used {
        "--output-dir" => {
            build.output = value(parser, used)?.into();
            if build.output.as_os_str().is_empty() {
                return Err(both("--output-dir 后面是空的", "--output-dir is empty"));
            }
        }
        "--base-url" => {
            let url = string(parser, used)?;
            build.base_url = Some(BaseUrl::parse(&url).ok_or_else(|| {
                both(
                    format!("“{url}”不是完整的网站地址，写成 https://www.example.cn/"),
                    format!("“{url}” is not a complete address such as https://www.example.cn/"),
                )
            })?);
        }
        "--now" => {
            let time = string(parser, used)?;
            let moment = Moment::parse(&time, default_zone()).map_err(|_| {
                both(
                    format!("“{time}”不是时间，写成 2026-03-18 或 \"2026-03-18 09:30\""),
                    format!("“{time}” is not a time such as 2026-03-18 or \"2026-03-18 09:30\""),
                )
            })?;
            build.now = Some((moment, !has_offset(&time)));
        }
        "--jobs" => {
            let count = string(parser, used)?;
            let jobs = count.parse().ok().filter(|jobs| (1..=1024).contains(jobs));
            build.jobs = Some(jobs.ok_or_else(|| {
                both(
                    format!("--jobs 后面应当是 1 到 1024 的整数，不是“{count}”"),
                    format!("--jobs takes a number from 1 to 1024, not “{count}”"),
                )
            })?);
        }
        "--drafts" => build.drafts = true,
        "--strict" => build.strict = true,
        "--timings" => build.timings = true,
        "--force" => build.force = true,
        _ => build.links = Links::Relative,
    }
    Ok(used)
}

fn value(parser: &mut lexopt::Parser, option: &str) -> Result<OsString, Text> {
    parser
        .value()
        .map_err(|_| both(format!("{option} 后面缺少内容"), format!("{option} needs a value")))
}

fn string(parser: &mut lexopt::Parser, option: &str) -> Result<String, Text> {
    value(parser, option)?.string().map_err(|_| {
        both(format!("{option} 后面的内容不是文字"), format!("the value of {option} is no text"))
    })
}
