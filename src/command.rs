//! Commands: wiring between arguments, the pipeline, and the terminal.
#![allow(
    clippy::disallowed_methods,
    reason = "commands are told by the environment, and look at the disk"
)]

mod archive;
mod book;
mod build;
mod changes;
mod console;
mod deploy;
mod export;
mod fix;
mod guide;
mod import;
mod init;
pub mod messages;
mod new;
mod progress;
mod report;
mod schema;
mod serve;
mod theme;
mod timings;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::base::fault::Fault;
use crate::base::lang::{Lang, Text};
use crate::cli::{self, ArchiveArguments, Arguments, Command, Format};
use crate::diagnostic::report::{self as drawing, Style};
use crate::diagnostic::{Diagnostic, Severity};

/// Done.
pub const DONE: u8 = 0;
/// The content or theme has errors, or a file could not be read or written.
pub const FAILED: u8 = 1;
/// The command line is wrong.
pub const USAGE: u8 = 2;
/// There are warnings, under `--strict`.
pub const WARNED: u8 = 3;

/// So many warnings of one code are shown; all of them with `-v` or as JSON.
const WARNINGS_SHOWN: usize = 20;

/// Runs the program with its arguments, its name left out; the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = match cli::parse(arguments, system_lang()) {
        Ok(arguments) => arguments,
        Err(error) => {
            let help = Text {
                zh: "运行 xianfeng --help 查看用法".into(),
                en: "see `xianfeng --help`".into(),
            };
            complain(error.format, error.lang, None, "usage", &error.message, Some(&help));
            return USAGE;
        }
    };
    let terminal = Terminal::new(&arguments);
    let arguments = Arguments { root: root_of(&arguments), ..arguments };
    let result = match &arguments.command {
        Command::Help(command) => {
            terminal.print(cli::help(*command, arguments.lang).trim_end());
            Ok(DONE)
        }
        Command::Completions(shell) => {
            terminal.print(cli::completions(*shell, arguments.lang).trim_end());
            Ok(DONE)
        }
        Command::Version => {
            terminal.print(concat!("xianfeng ", env!("CARGO_PKG_VERSION")));
            Ok(DONE)
        }
        Command::Nothing => Ok(guide::run(&arguments.root, &terminal)),
        Command::Init { dir, day } => {
            // `./.` would be true, and odd to read.
            let folder: PathBuf = arguments.root.join(dir).components().collect();
            init::run(&folder, *day, &terminal)
        }
        Command::New(new) => new::run(&arguments.root, new, &terminal),
        Command::Import(import) => import::run(&arguments.root, import, &terminal),
        Command::Build(build) => build::build(&arguments.root, build, &terminal),
        Command::Book(book) => book::run(&arguments.root, book, &terminal),
        Command::Theme(what) => theme::run(&arguments.root, what, &terminal),
        Command::Reports => Ok(report::list(&terminal)),
        Command::Report(what) => report::run(&arguments.root, what, &terminal),
        Command::Export(what) => export::run(&arguments.root, &**what, &terminal),
        Command::Deploy(what) => deploy::run(&arguments.root, what, &terminal),
        Command::Check(build) => build::check(&arguments.root, build, &terminal),
        Command::Archive(archive) => archive::run(&arguments.root, archive, &terminal),
        Command::Schema { file, campaign } => {
            schema::run(&arguments.root, *file, *campaign, &terminal)
        }
        Command::Serve(serve) => serve::serve(&arguments.root, serve, terminal.clone()),
    };
    result.unwrap_or_else(|fault| {
        terminal.fault(&fault);
        FAILED
    })
}

/// The project folder. Who works within its `content` means the project; but paths that a command
/// is given are below the folder where it was typed.
fn root_of(arguments: &Arguments) -> PathBuf {
    let root = &arguments.root;
    let takes_paths = match &arguments.command {
        Command::Init { .. } | Command::Import(_) | Command::Export(_) => true,
        Command::Archive(archive) => !matches!(archive, ArchiveArguments::Make(_)),
        _ => false,
    };
    if takes_paths || root.as_os_str() != "." || root.join("content").exists() {
        return root.clone();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let is_content = |folder: &&Path| {
        folder.file_name().is_some_and(|name| name == "content")
            && folder.join("site.yaml").is_file()
    };
    let up = here.ancestors().position(|folder| is_content(&folder));
    up.map_or_else(|| root.clone(), |up| (0..=up).map(|_| "..").collect())
}

/// The language of the system; Chinese if it names none.
fn system_lang() -> Lang {
    sys_locale::get_locale().map_or(Lang::Zh, |locale| lang_of(&locale))
}

/// The language of a locale. That of C programs, which a system without a language has, names
/// none.
fn lang_of(locale: &str) -> Lang {
    let language = locale.split(['-', '_', '.', '@']).next().unwrap_or_default();
    match language.to_lowercase().as_str() {
        "zh" | "" | "c" | "posix" => Lang::Zh,
        _ => Lang::En,
    }
}

/// Where messages go, and how.
#[derive(Clone)]
struct Terminal {
    style: Style,
    format: Format,
    quiet: bool,
    verbose: bool,
}

impl Terminal {
    fn new(arguments: &Arguments) -> Self {
        let is_terminal = io::stderr().is_terminal();
        let colour =
            console::is_coloured(is_terminal, cfg!(windows), &|name| std::env::var_os(name));
        Self {
            style: Style { lang: arguments.lang, colour },
            format: arguments.format,
            quiet: arguments.quiet,
            verbose: arguments.verbose,
        }
    }

    fn lang(&self) -> Lang {
        self.style.lang
    }

    /// A line for stdout.
    fn print(&self, text: &str) {
        let _ = writeln!(io::stdout().lock(), "{text}");
    }

    /// A line of the summary, unless `--quiet` was given.
    fn summary(&self, text: &Text) {
        if !self.quiet {
            self.print(text.get(self.lang()));
        }
    }

    /// The summary as an object, for programs, unless `--quiet` was given.
    fn summary_json(&self, value: &serde_json::Value) {
        if !self.quiet {
            self.print(&value.to_string());
        }
    }

    /// Shows diagnostics on stderr, in order.
    fn show(&self, diagnostics: &[Diagnostic]) {
        let mut out = io::BufWriter::new(io::stderr().lock());
        if self.format == Format::Json {
            for diagnostic in diagnostics {
                let _ = writeln!(out, "{}", drawing::json(diagnostic, self.lang()));
            }
            return;
        }
        // Of each code how many were told, and how many were not.
        let mut shown: Vec<(&str, usize, usize)> = Vec::new();
        for diagnostic in diagnostics {
            if diagnostic.severity == Severity::Note && self.quiet {
                continue;
            }
            if !diagnostic.is_error() && !self.verbose {
                let code = diagnostic.code;
                let i = shown.iter().position(|(known, ..)| *known == code).unwrap_or_else(|| {
                    shown.push((code, 0, 0));
                    shown.len() - 1
                });
                let (_, told, left_out) = &mut shown[i];
                if *told == WARNINGS_SHOWN {
                    *left_out += diagnostic.count;
                    continue;
                }
                *told += 1;
            }
            let _ = writeln!(out, "{}", drawing::human(diagnostic, self.style));
        }
        for (code, _, more) in shown.into_iter().filter(|&(.., more)| more > 0) {
            let text = Text {
                zh: format!("还有 {more} 个 {code}，加 -v 全部显示"),
                en: format!("{more} more {code}; use -v to show all"),
            };
            let _ = writeln!(out, "{}", text.get(self.lang()));
        }
        if let Some(tally) = drawing::tally(diagnostics).filter(|_| !self.quiet) {
            let _ = writeln!(out, "{}", tally.get(self.lang()));
        }
    }

    fn fault(&self, fault: &Fault) {
        let path = fault.path.to_string_lossy();
        complain(self.format, self.lang(), Some(&path), "io", &fault.message(), None);
    }

    /// An error that is not about a place in a source.
    fn complain(&self, code: &str, message: &Text) {
        complain(self.format, self.lang(), None, code, message, None);
    }

    /// The exit code that diagnostics call for.
    fn exit_code(&self, diagnostics: &[Diagnostic], strict: bool) -> u8 {
        if diagnostics.iter().any(Diagnostic::is_error) {
            FAILED
        } else if strict && diagnostics.iter().any(|d| d.severity == Severity::Warning) {
            WARNED
        } else {
            DONE
        }
    }
}

/// Shows an error that is not about a place in a source.
fn complain(
    format: Format,
    lang: Lang,
    path: Option<&str>,
    code: &str,
    message: &Text,
    help: Option<&Text>,
) {
    let (message, help) = (message.get(lang), help.map(|help| help.get(lang)));
    let mut stderr = io::stderr().lock();
    match format {
        Format::Human => {
            let _ = writeln!(stderr, "error[{code}]: {message}");
            if let Some(help) = help {
                let _ = writeln!(stderr, "help: {help}");
            }
        }
        Format::Json => {
            let line = serde_json::json!({
                "path": path, "line": null, "column": null,
                "severity": "error", "code": code, "message": message, "help": help,
            });
            let _ = writeln!(stderr, "{line}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_that_names_no_language_speaks_chinese() {
        for locale in ["zh-CN", "zh_TW.UTF-8", "ZH-Hans-CN", "C", "C.UTF-8", "POSIX", ""] {
            assert_eq!(lang_of(locale), Lang::Zh, "{locale}");
        }
        for locale in ["en-US", "de_DE", "csb-PL", "ca-ES", "tr_TR.UTF-8"] {
            assert_eq!(lang_of(locale), Lang::En, "{locale}");
        }
    }
}
