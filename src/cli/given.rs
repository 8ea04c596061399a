//! What was given to a command: its words, and the options that the table knows.

use std::ffi::OsString;
use std::path::PathBuf;

use super::complaints::{both, choice, not_taken, unknown_letter, unknown_option};
use super::table::{COMMON, CommandSpec, OptionSpec, Values, bilingual, every_option};
use crate::base::lang::Text;

/// An option as it was typed.
#[derive(Clone, Debug)]
pub(super) enum Typed {
    Letter(char),
    Name(String),
}

impl Typed {
    fn is(&self, option: &OptionSpec) -> bool {
        match self {
            Typed::Letter(letter) => option.letter == Some(*letter),
            Typed::Name(name) => option.name.strip_prefix("--") == Some(name),
        }
    }

    /// Whether it takes a value, for whichever command. An error if there is no such option.
    pub fn takes_value(&self) -> Result<bool, Text> {
        let option = every_option().find(|option| self.is(option)).ok_or_else(|| match self {
            Typed::Letter(letter) => unknown_letter(*letter),
            Typed::Name(name) => unknown_option(name),
        })?;
        Ok(option.value.is_some())
    }

    /// With its hyphens.
    pub fn shown(&self) -> String {
        match self {
            Typed::Letter(letter) => format!("-{letter}"),
            Typed::Name(name) => format!("--{name}"),
        }
    }
}

/// The words that followed a command, and the options, in order.
#[derive(Debug)]
pub(super) struct Given {
    pub words: Vec<OsString>,
    options: Vec<(&'static OptionSpec, OsString)>,
    /// The options that were asked for, for the test that each declared one is.
    #[cfg(test)]
    pub asked: std::cell::RefCell<std::collections::BTreeSet<&'static str>>,
}

impl Given {
    /// Looks up what was typed among the options of `command`, or among the common ones if no
    /// command was named. An error if it does not take one, or not with that value.
    pub fn new(
        command: Option<&'static CommandSpec>,
        words: Vec<OsString>,
        typed: Vec<(Typed, OsString)>,
    ) -> Result<Self, Text> {
        let taken: Vec<&'static OptionSpec> = match command {
            Some(command) => command.all_options().collect(),
            None => COMMON.iter().collect(),
        };
        let mut options = Vec::with_capacity(typed.len());
        for (typed, value) in typed {
            let Some(&option) = taken.iter().find(|option| typed.is(option)) else {
                let name = match every_option().find(|option| typed.is(option)) {
                    Some(option) => option.name.into(),
                    None => typed.shown(),
                };
                return Err(not_taken(command.map_or("xianfeng", |command| command.name), &name));
            };
            if let Some((_, Values::Words(words))) = option.value
                && !words.iter().any(|word| value == *word)
            {
                return Err(choice(
                    bilingual(option.name, option.name),
                    &value.to_string_lossy(),
                    words,
                ));
            }
            options.push((option, value));
        }
        Ok(Self {
            words,
            options,
            #[cfg(test)]
            asked: Default::default(),
        })
    }

    fn each(&self, name: &'static str) -> impl Iterator<Item = &OsString> {
        #[cfg(test)]
        self.asked.borrow_mut().insert(name);
        self.options.iter().filter(move |(option, _)| option.name == name).map(|(_, value)| value)
    }

    /// Was this option given?
    pub fn has(&self, name: &'static str) -> bool {
        self.each(name).next().is_some()
    }

    /// What `read` makes of the values of an option, in the order in which they were given.
    pub fn values<T>(
        &self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, Text>,
    ) -> Result<Vec<T>, Text> {
        let text = |value: &OsString| {
            let text = value.to_str().ok_or_else(|| {
                both(
                    format!("{name} 后面的内容不是文字"),
                    format!("the value of {name} is not text"),
                )
            })?;
            read(text)
        };
        self.each(name).map(text).collect()
    }

    /// What `read` makes of the value of an option. If it was given twice, the last one counts.
    pub fn value<T>(
        &self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, Text>,
    ) -> Result<Option<T>, Text> {
        Ok(self.values(name, read)?.pop())
    }

    /// The path that an option names, the last one if it was given twice; an error if it is empty.
    pub fn path(&self, name: &'static str) -> Result<Option<PathBuf>, Text> {
        let Some(value) = self.each(name).last() else { return Ok(None) };
        if value.is_empty() {
            return Err(both(format!("{name} 后面是空的"), format!("{name} is empty")));
        }
        Ok(Some(value.into()))
    }
}
