//! The command line: arguments become data. Nothing is done here.

mod archive;
mod book;
mod build;
mod complaints;
mod help;
mod new;
mod options;
mod schema;
mod selection;
mod serve;

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::Arg::{Long, Short, Value};

use crate::diagnostic::{Lang, Text};
use crate::model::story::Kind;

pub use archive::{ArchiveArguments, MakeArguments};
pub use book::{BookArguments, BookForm};
pub use build::BuildArguments;
use complaints::{both, broken, choice, unknown_command};
pub use help::help;
use options::{Given, Written};
pub use serve::ServeArguments;

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
    /// Make a bag for the archive, or look at one.
    Archive(ArchiveArguments),
    /// Show the site in a browser while it is written.
    Serve(ServeArguments),
    /// Bind stories into a book.
    Book(BookArguments),
    /// Write the JSON Schema of a kind of file, or list the kinds.
    Schema {
        /// Which kind, by its place in [`FILES`](crate::schema::FILES).
        file: Option<usize>,
        /// With the names of the campaign's own units, carriers and focal points?
        campaign: bool,
    },
    /// Explain a command, or the program.
    Help(Option<&'static str>),
    /// Name the version.
    Version,
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
const COMMANDS: [&str; 9] =
    ["init", "new", "build", "check", "serve", "book", "archive", "schema", "help"];

/// Reads the arguments, the program's name left out. `system` is the language that the
/// system speaks.
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    system: Lang,
) -> Result<Arguments, UsageError> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // A complaint about the arguments is made as they ask, wherever they ask it.
    let lang = chosen(&arguments, "--lang").find_map(lang).unwrap_or(system);
    let format = chosen(&arguments, "--format").find_map(format).unwrap_or(Format::Human);
    read(arguments, lang).map_err(|message| UsageError { message, lang, format })
}

/// The values of an option, wherever they stand.
fn chosen<'a>(arguments: &'a [OsString], option: &'a str) -> impl Iterator<Item = &'a str> {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    std::iter::from_fn(move || {
        loop {
            match words.next()?.strip_prefix(option) {
                Some("") => return words.next(),
                Some(rest) if rest.starts_with('=') => return Some(&rest[1..]),
                _ => {}
            }
        }
    })
}

fn lang(word: &str) -> Option<Lang> {
    match word {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

fn format(word: &str) -> Option<Format> {
    match word {
        "human" => Some(Format::Human),
        "json" => Some(Format::Json),
        _ => None,
    }
}

fn read(arguments: Vec<OsString>, lang_chosen: Lang) -> Result<Arguments, Text> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut name: Option<&'static str> = None;
    let mut words: Vec<String> = Vec::new();
    let mut written: Vec<(Written, OsString)> = Vec::new();
    while let Some(argument) = parser.next().map_err(broken)? {
        let option = match argument {
            Value(word) if name.is_none() => {
                let word = word.to_string_lossy();
                let known = COMMANDS.iter().find(|known| **known == word);
                name = Some(known.ok_or_else(|| unknown_command(&word))?);
                continue;
            }
            Value(word) => {
                words.push(word.to_string_lossy().into_owned());
                continue;
            }
            Short(letter) => Written::Letter(letter),
            Long(name) => Written::Name(name.to_string()),
        };
        let value = match option.takes_value()? {
            true => parser.value().map_err(|_| {
                let option = option.shown();
                both(format!("{option} 后面缺少内容"), format!("{option} needs a value"))
            })?,
            false => OsString::new(),
        };
        written.push((option, value));
    }
    let given = Given::find(written, name)?;
    let mut arguments = Arguments {
        root: ".".into(),
        lang: lang_chosen,
        format: Format::Human,
        quiet: given.has("--quiet"),
        verbose: given.has("--verbose"),
        command: Command::Help(name),
    };
    for option in given.options() {
        match option.name() {
            "--root" => arguments.root = option.path()?,
            "--lang" => {
                let word = option.text()?;
                arguments.lang = lang(word).ok_or_else(|| choice("--lang", word, &["zh", "en"]))?;
            }
            "--format" => {
                let word = option.text()?;
                let forms: &[&str] = if name == Some("book") { &["epub", "html"] } else { &[] };
                match format(word) {
                    Some(format) => arguments.format = format,
                    // Of a book it says what it is written as, too.
                    None if forms.contains(&word) => {}
                    None => {
                        let choices = [&["human", "json"], forms].concat();
                        return Err(choice("--format", word, &choices));
                    }
                }
            }
            _ => {}
        }
    }
    if given.has("--version") {
        arguments.command = Command::Version;
    } else if !given.has("--help") {
        arguments.command = command(name, &words, &given)?;
    }
    Ok(arguments)
}

fn command(name: Option<&'static str>, words: &[String], given: &Given) -> Result<Command, Text> {
    let most = match name {
        Some("new" | "archive") => usize::MAX,
        Some("init" | "schema" | "help") => 1,
        _ => 0,
    };
    if let Some(extra) = words.get(most) {
        return Err(both(
            format!("多了一个参数“{extra}”"),
            format!("unexpected argument “{extra}”"),
        ));
    }
    Ok(match name {
        Some("init") => Command::Init { dir: words.first().map_or(".".into(), Into::into) },
        Some("new") => new::new_story(words)?,
        Some("build") => Command::Build(build::read(given)?),
        Some("check") => Command::Check(build::read(given)?),
        Some("archive") => Command::Archive(archive::read(words, given)?),
        Some("serve") => Command::Serve(serve::read(given)?),
        Some("book") => Command::Book(book::read(given)?),
        Some("schema") => schema::read(words.first(), given)?,
        Some(_) => match words.first() {
            Some(word) => {
                let known = COMMANDS.iter().find(|known| *known == word);
                Command::Help(Some(known.ok_or_else(|| unknown_command(word))?))
            }
            None => Command::Help(None),
        },
        None => {
            return Err(both(
                "没有说要做什么，例如：xianfeng build",
                "there is no command; for example: xianfeng build",
            ));
        }
    })
}
