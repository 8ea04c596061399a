//! The command line: arguments become data. Nothing is done here.

mod archive;
mod book;
mod build;
mod complaints;
mod completions;
mod deploy;
mod export;
mod given;
mod help;
mod import;
mod init;
mod new;
mod report;
mod schema;
mod selection;
mod serve;
mod table;
mod theme;
mod values;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use lexopt::Arg::{Long, Short, Value};

use crate::base::lang::{Lang, Text};
use crate::export::Export;
use crate::value::moment::Moment;

pub use archive::{ArchiveArguments, MakeArguments};
pub use book::{BookArguments, BookForm};
pub use build::BuildArguments;
use complaints::{broken, choice, missing, no_value, unexpected, unknown_command};
pub use completions::{Shell, completions};
pub use deploy::DeployArguments;
use given::{Given, Typed};
pub use help::help;
pub use import::ImportArguments;
pub use new::NewArguments;
pub use report::{ReportArguments, ReportForm};
pub use serve::ServeArguments;
pub use table::{Bilingual, COMMANDS, COMMON, CommandSpec, OptionSpec, Positional, Values};
pub use theme::ThemeArguments;

/// What the program was told.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
pub enum Command {
    /// Write a new campaign.
    Init {
        /// Where.
        dir: PathBuf,
        /// The day of the newest sample story; `None` for today.
        day: Option<Moment>,
    },
    /// Write a new story.
    New(NewArguments),
    /// Turn what people wrote elsewhere into stories.
    Import(ImportArguments),
    /// Build the site.
    Build(BuildArguments),
    /// Report everything that is wrong.
    Check(BuildArguments),
    /// Make a bag for the archive, or look at one.
    Archive(ArchiveArguments),
    /// Show the site in a browser while it is written.
    Serve(ServeArguments),
    /// Bind stories into a book.
    Book(BookArguments),
    /// Write stories, or the site, in another form.
    Export(Arc<dyn Export>),
    /// Send the site to where it is published.
    Deploy(DeployArguments),
    /// List the reports that there are.
    Reports,
    /// Make a theme, change one, or look at it.
    Theme(ThemeArguments),
    /// Report on something.
    Report(ReportArguments),
    /// Print a script that completes command lines in a shell.
    Completions(Shell),
    /// Write the JSON Schema of a kind of file, or list the kinds.
    Schema {
        /// Which kind, by its place in [`FILES`](crate::schema::FILES).
        file: Option<usize>,
        /// With the names of the campaign's own units, carriers and focal points?
        campaign: bool,
    },
    /// Explain a command, or the program.
    Help(Option<&'static CommandSpec>),
    /// Name the version.
    Version,
    /// No command was given: say what can be done here.
    Nothing,
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
    arguments.iter().filter_map(|word| word.to_str()).try_for_each(complaints::as_typed)?;
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut words: Vec<OsString> = Vec::new();
    let mut typed: Vec<(Typed, OsString)> = Vec::new();
    while let Some(argument) = parser.next().map_err(broken)? {
        let option = match argument {
            Value(word) => {
                if words.is_empty() && find(std::slice::from_ref(&word)).is_none() {
                    return Err(unknown_command(&word.to_string_lossy()));
                }
                words.push(word);
                continue;
            }
            Short(letter) => Typed::Letter(letter),
            Long(name) => Typed::Name(name.to_string()),
        };
        let value = match option.takes_value()? {
            true => parser.value().map_err(|_| no_value(&option.shown()))?,
            false => OsString::new(),
        };
        typed.push((option, value));
    }
    let (command, named_by) = find(&words).unzip();
    let given = Given::new(command, words.split_off(named_by.unwrap_or(0)), typed)?;
    let command = if given.has("--version") {
        Command::Version
    } else if given.has("--help") {
        Command::Help(command)
    } else {
        match command {
            None => Command::Nothing,
            Some(command) => {
                check_words(command, &given.words)?;
                (command.read)(&given)?
            }
        }
    };
    Ok(Arguments {
        root: given.path("--root")?.unwrap_or(".".into()),
        lang: given.value("--lang", |word| Ok(lang(word)))?.flatten().unwrap_or(lang_chosen),
        // Of a book it also says what the book is written as.
        format: given
            .values("--format", |word| Ok(format(word)))?
            .into_iter()
            .flatten()
            .last()
            .unwrap_or(Format::Human),
        quiet: given.has("--quiet"),
        verbose: given.has("--verbose"),
        command,
    })
}

/// The command that `words` begin with, and how many of them are its name.
fn find(words: &[OsString]) -> Option<(&'static CommandSpec, usize)> {
    table::find(words.iter().map_while(|word| word.to_str()))
}

/// Are the words such as the command takes, and as many?
fn check_words(command: &CommandSpec, words: &[OsString]) -> Result<(), Text> {
    let required = command.positionals.iter().filter(|word| word.is_required).count();
    let is_open = command.positionals.iter().any(|word| word.is_many);
    match words.get(command.positionals.len()) {
        Some(extra) if !is_open => Err(unexpected(command, &extra.to_string_lossy())),
        _ if words.len() < required => Err(missing(command, words.len())),
        _ => Ok(()),
    }?;
    for (word, positional) in words.iter().zip(command.positionals) {
        if !matches!(positional.values, Values::Words(_) | Values::Subcommands(_)) {
            continue;
        }
        let choices: Vec<&str> =
            positional.values.choices().into_iter().map(|(word, _)| word).collect();
        if !choices.iter().any(|choice| word == choice) {
            return Err(choice(positional.name, &word.to_string_lossy(), &choices));
        }
    }
    Ok(())
}
