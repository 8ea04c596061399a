//! The options: one table for all commands, and what was given of them.

use std::ffi::OsString;
use std::path::PathBuf;

use super::complaints::{both, unknown_letter, unknown_option};
use crate::diagnostic::Text;

/// An option. Two of different commands may share a letter, if both take a value or
/// neither does.
#[derive(Debug)]
pub(super) struct Spec {
    /// `--output-dir`.
    pub name: &'static str,
    letter: Option<char>,
    takes_value: bool,
    /// Who takes it; every command where this is empty.
    commands: &'static [&'static str],
}

const fn flag(name: &'static str, letter: Option<char>, commands: &'static [&'static str]) -> Spec {
    Spec { name, letter, takes_value: false, commands }
}

const fn value(
    name: &'static str,
    letter: Option<char>,
    commands: &'static [&'static str],
) -> Spec {
    Spec { name, letter, takes_value: true, commands }
}

/// The commands that prepare a whole site.
const BUILDS: &[&str] = &["build", "check"];

/// The commands that write a folder.
const FOLDERS: &[&str] = &["build", "check", "archive"];

/// The commands that make something of the project as it is at a time.
const MAKERS: &[&str] = &["build", "check", "archive", "book"];

/// The commands that take only a part of the stories.
const SELECTS: &[&str] = &["archive", "book"];

const SERVE: &[&str] = &["serve"];
const BOOK: &[&str] = &["book"];
const ARCHIVE: &[&str] = &["archive"];

/// Every option.
pub(super) const OPTIONS: &[Spec] = &[
    value("--root", Some('r'), &[]),
    value("--lang", None, &[]),
    value("--format", None, &[]),
    flag("--quiet", Some('q'), &[]),
    flag("--verbose", Some('v'), &[]),
    flag("--help", Some('h'), &[]),
    flag("--version", Some('V'), &[]),
    value("--output-dir", Some('o'), FOLDERS),
    value("--base-url", Some('u'), BUILDS),
    flag("--drafts", None, BUILDS),
    value("--now", None, MAKERS),
    flag("--strict", None, MAKERS),
    flag("--timings", None, BUILDS),
    flag("--force", None, MAKERS),
    flag("--verify", None, &["build"]),
    flag("--relative", None, BUILDS),
    value("--jobs", Some('j'), FOLDERS),
    value("--year", None, SELECTS),
    value("--kind", None, SELECTS),
    value("--focal-point", None, SELECTS),
    value("--output-file", Some('o'), BOOK),
    value("--title", None, BOOK),
    flag("--dry-run", None, ARCHIVE),
    value("--csv", None, ARCHIVE),
    flag("--campaign", None, &["schema"]),
    value("--port", Some('p'), SERVE),
    value("--interface", Some('i'), SERVE),
    flag("--open", Some('O'), SERVE),
];

/// How an option was written.
#[derive(Clone, Debug)]
pub(super) enum Written {
    Letter(char),
    Name(String),
}

impl Written {
    fn is(&self, spec: &Spec) -> bool {
        match self {
            Written::Letter(letter) => spec.letter == Some(*letter),
            Written::Name(name) => spec.name[2..] == *name,
        }
    }

    /// Does it take a value? The complaint where there is no such option.
    pub fn takes_value(&self) -> Result<bool, Text> {
        let spec = OPTIONS.iter().find(|spec| self.is(spec)).ok_or_else(|| match self {
            Written::Letter(letter) => unknown_letter(*letter),
            Written::Name(name) => unknown_option(name),
        })?;
        Ok(spec.takes_value)
    }

    /// As it was written, for messages.
    pub fn shown(&self) -> String {
        match self {
            Written::Letter(letter) => format!("-{letter}"),
            Written::Name(name) => format!("--{name}"),
        }
    }
}

/// An option that was given.
#[derive(Debug)]
pub(super) struct Used {
    spec: &'static Spec,
    value: OsString,
}

impl Used {
    /// Its name, `--output-dir`.
    pub fn name(&self) -> &'static str {
        self.spec.name
    }

    /// Does every command take it?
    pub fn is_common(&self) -> bool {
        self.spec.commands.is_empty()
    }

    /// Its value as text.
    pub fn text(&self) -> Result<&str, Text> {
        let name = self.name();
        self.value.to_str().ok_or_else(|| {
            both(format!("{name} 后面的内容不是文字"), format!("the value of {name} is no text"))
        })
    }

    /// Its value as a path, which must not be empty.
    pub fn path(&self) -> Result<PathBuf, Text> {
        let name = self.name();
        if self.value.is_empty() {
            return Err(both(format!("{name} 后面是空的"), format!("{name} is empty")));
        }
        Ok(PathBuf::from(&self.value))
    }
}

/// The options that were given for one command, in order.
#[derive(Debug)]
pub(super) struct Given(Vec<Used>);

impl Given {
    /// Finds what was written in the table, for `command`, or for what every command takes.
    pub fn find(
        written: Vec<(Written, OsString)>,
        command: Option<&'static str>,
    ) -> Result<Self, Text> {
        let mut given = Vec::with_capacity(written.len());
        for (written, value) in written {
            let takes = |spec: &&Spec| {
                spec.commands.is_empty()
                    || command.is_some_and(|name| spec.commands.contains(&name))
            };
            let specs = OPTIONS.iter().filter(|spec| written.is(spec));
            match specs.clone().find(takes) {
                Some(spec) => given.push(Used { spec, value }),
                None => {
                    let name = specs
                        .clone()
                        .next()
                        .map_or_else(|| written.shown(), |spec| spec.name.into());
                    let command = command.unwrap_or("xianfeng");
                    return Err(both(
                        format!("{command} 命令不用 {name} 这个选项"),
                        format!("{command} does not take {name}"),
                    ));
                }
            }
        }
        Ok(Self(given))
    }

    /// The options in order; where one is given twice the last counts.
    pub fn options(&self) -> impl Iterator<Item = &Used> {
        self.0.iter()
    }

    /// Was this one given?
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|used| used.name() == name)
    }
}
