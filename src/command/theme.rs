//! `theme`: new themes, copies of built-in files, and what a theme is and gets.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::{DONE, FAILED, Terminal, messages};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::cli::ThemeArguments;
use crate::diagnostic::Diagnostic;
use crate::load::{self, Sources};
use crate::pipeline::{self, Options};
use crate::render::Failed;
use crate::source::SourcePath;
use crate::theme::copies::{self, Line};
use crate::theme::layers::{BUILT_INS, names};
use crate::theme::{self, OptionKind, ThemeOption, guide, starter};
use crate::value::nearest::nearest;

/// How many lines around a difference are shown.
const AROUND: usize = 2;

pub(super) fn run(
    root: &Path,
    arguments: &ThemeArguments,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    match arguments {
        ThemeArguments::New(name) => new(root, name, terminal),
        ThemeArguments::Copy { file, force } => copy(root, file, *force, terminal),
        ThemeArguments::Diff(file) => diff(root, file, terminal),
        ThemeArguments::Check { strict } => check(root, *strict, terminal),
        ThemeArguments::List => list(root, terminal),
        ThemeArguments::Values { page, now, drafts } => {
            let options = Options { drafts: *drafts, ..Options::at(*now) };
            values(root, page, &options, terminal)
        }
        ThemeArguments::Docs => {
            terminal.print(&guide(terminal.lang()));
            Ok(DONE)
        }
    }
}

fn refuse(terminal: &Terminal, diagnostic: Diagnostic) -> Result<u8, Fault> {
    terminal.show(&[diagnostic]);
    Ok(FAILED)
}

fn new(root: &Path, name: &str, terminal: &Terminal) -> Result<u8, Fault> {
    if !root.join("content").is_dir() {
        super::new::complain_of_no_project(root, terminal);
        return Ok(FAILED);
    }
    let is_name = !name.is_empty()
        && !name.starts_with(['.', '_', '~'])
        && !name.contains(['/', '\\', ':', '"', '<', '>', '|', '?', '*'])
        && !["templates", "assets", "strings", "overrides"].contains(&name);
    if !is_name {
        return refuse(terminal, messages::theme_name_wrong(name));
    }
    let folder = root.join("themes").join(name);
    if BUILT_INS.iter().any(|(known, _)| *known == name) || folder.exists() {
        return refuse(terminal, messages::theme_exists(name));
    }
    for (file, text) in starter::FILES {
        let path = folder.join(file);
        write(&path, text.replace("THEME", name).as_bytes(), false)?;
    }
    terminal.summary(&Text {
        zh: format!(
            "新主题：themes/{name}\n在 content/site.yaml 里写 theme: {name} 就用上了；检查用 xianfeng theme check"
        ),
        en: format!(
            "Created themes/{name}\nWrite `theme: {name}` into content/site.yaml to use it; `xianfeng theme check` checks it."
        ),
    });
    Ok(DONE)
}

/// Writes a file; `false` if one is there.
fn write(path: &Path, bytes: &[u8], force: bool) -> Result<bool, Fault> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Fault::write(folder, error))?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    if !force {
        options.create_new(true);
    }
    match options.open(path) {
        Ok(mut file) => {
            file.write_all(bytes).map_err(|error| Fault::write(path, error))?;
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(Fault::write(path, error)),
    }
}

/// The built-in file that is meant; if none is, that is said.
fn meant(file: &str, terminal: &Terminal) -> Option<String> {
    let found = copies::meant(file);
    if found.is_none() {
        let names = copies::built_in_names();
        let short = |name: &str| name.rsplit('/').next().unwrap_or_default().to_string();
        let all: Vec<String> =
            names.iter().cloned().chain(names.iter().map(|n| short(n))).collect();
        let near = nearest(file, all.iter().map(String::as_str));
        terminal.show(&[messages::built_in_unknown(file, near)]);
    }
    found
}

fn copy(root: &Path, file: &str, force: bool, terminal: &Terminal) -> Result<u8, Fault> {
    let Some((theme, _)) = chosen(root, terminal)? else { return Ok(FAILED) };
    let Some(name) = meant(file, terminal) else { return Ok(FAILED) };
    let origin = copies::of_theme(&theme, &name);
    let bytes = copies::built_in(&origin).unwrap_or_default();
    let shown = format!("themes/{theme}/{name}");
    if !write(&root.join(&shown), &copies::stamped(&origin, bytes), force)? {
        return refuse(terminal, messages::copy_exists(&shown, &name));
    }
    terminal.summary(&Text {
        zh: format!(
            "已复制：{shown}\n改了就代替自带的；改之前可以看看能不能用样式、文字或者选项做到"
        ),
        en: format!("Copied to {shown}\nIt takes the place of the built-in file."),
    });
    Ok(DONE)
}

/// The name of the theme in use, and the files of the project; `None` if there is no project.
fn chosen(root: &Path, terminal: &Terminal) -> Result<Option<(String, Sources)>, Fault> {
    if !root.join("content").is_dir() {
        super::new::complain_of_no_project(root, terminal);
        return Ok(None);
    }
    let mut diagnostics = Vec::new();
    let found = load::walk(root)?.collect_into(&mut diagnostics);
    let sources = load::sort(found)?.collect_into(&mut diagnostics);
    let settings = sources.settings.as_ref().map(|source| crate::settings::read(source).0);
    let theme = settings.unwrap_or_default().theme;
    Ok(Some((theme, sources)))
}

fn diff(root: &Path, file: &str, terminal: &Terminal) -> Result<u8, Fault> {
    let Some((theme, sources)) = chosen(root, terminal)? else { return Ok(FAILED) };
    let Some(name) = meant(file, terminal) else { return Ok(FAILED) };
    // The copy that the site shows, if there are several.
    let mut paths: Vec<SourcePath> =
        names(&theme).map(|layer| SourcePath::new(format!("themes/{layer}/{name}"))).collect();
    paths.retain(|path| sources.themes.contains_key(path));
    let Some((path, own)) = paths.pop().and_then(|path| sources.themes.get_key_value(&path)) else {
        return refuse(terminal, messages::copy_missing(&format!("themes/{theme}/{name}"), &name));
    };
    let own = String::from_utf8_lossy(&own.bytes()?).replace("\r\n", "\n");
    let built_in = String::from_utf8_lossy(
        copies::built_in(&copies::of_theme(&theme, &name)).unwrap_or_default(),
    );
    let lines = copies::compare(&built_in, copies::unstamped(&own));
    let differs = |line: &Line<'_>| !matches!(line, Line::Same(_));
    if !lines.iter().any(differs) {
        terminal.summary(&Text {
            zh: format!("{} 和自带的一样", path.as_str()),
            en: format!("{} is the same as the built-in file", path.as_str()),
        });
        return Ok(DONE);
    }
    terminal.print(&format!("--- xianfeng/{name}\n+++ {}", path.as_str()));
    let is_near = |at: usize| {
        lines[at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len())].iter().any(differs)
    };
    // The number of the line in the project's file.
    let mut number = 1 + usize::from(copies::origin(&own).is_some());
    let mut is_open = false;
    for (at, line) in lines.iter().enumerate() {
        let shown = is_near(at);
        if shown && !is_open {
            terminal.print(&format!("@@ {}:{number} @@", path.as_str()));
        }
        is_open = shown;
        match line {
            Line::Same(text) if shown => terminal.print(&format!("  {text}")),
            Line::Same(_) => {}
            Line::Old(text) => terminal.print(&format!("- {text}")),
            Line::New(text) => terminal.print(&format!("+ {text}")),
        }
        number += usize::from(!matches!(line, Line::Old(_)));
    }
    Ok(DONE)
}

fn check(root: &Path, strict: bool, terminal: &Terminal) -> Result<u8, Fault> {
    let looked = pipeline::theme_alone(root)?;
    let mut diagnostics = looked.diagnostics.clone();
    // What the templates write can be looked at once they are right.
    if !diagnostics.iter().any(Diagnostic::is_error) {
        match pipeline::theme_written(root, &Options::at(None))? {
            Some(found) => {
                let new = found.into_iter().filter(|said| !looked.diagnostics.contains(said));
                diagnostics.extend(new);
            }
            None => diagnostics.push(messages::theme_pages_unseen()),
        }
    }
    terminal.show(&diagnostics);
    let code = terminal.exit_code(&diagnostics, strict);
    if code == DONE {
        let (name, templates) = (&looked.value.0, looked.value.1.template_count());
        terminal.summary(&Text {
            zh: format!("主题 {name} 检查完了：{templates} 个模板"),
            en: format!("Checked the theme {name}: {templates} templates"),
        });
    }
    Ok(code)
}

fn list(root: &Path, terminal: &Terminal) -> Result<u8, Fault> {
    let looked = pipeline::theme_alone(root)?;
    let (chosen, theme, files) = &looked.value;
    let of_program: Vec<&str> = BUILT_INS.iter().map(|(name, _)| *name).collect();
    let mut names = of_program.clone();
    for path in files {
        let name = path.as_str().strip_prefix("themes/").and_then(|rest| rest.split_once('/'));
        names.extend(name.map(|(name, _)| name).filter(|name| !names.contains(name)));
    }
    let lang = terminal.lang();
    for name in names {
        let (built_in, used) = (of_program.contains(&name), name == chosen);
        let said = match (built_in, used) {
            (true, true) => {
                Text { zh: "（自带，正在用）".into(), en: " (built in, in use)".into() }
            }
            (true, false) => Text { zh: "（自带）".into(), en: " (built in)".into() },
            (false, true) => Text { zh: "（正在用）".into(), en: " (in use)".into() },
            (false, false) => Text { zh: String::new(), en: String::new() },
        };
        terminal.print(&format!("{name}{}", said.get(lang)));
        if !used {
            continue;
        }
        for option in &theme.options {
            terminal.print(&format!("  {}", described(option).get(lang)));
        }
        let begin = format!("themes/{name}/");
        for path in files {
            let Some(file) = path.as_str().strip_prefix(&begin) else { continue };
            let said = match copies::built_in(file) {
                Some(_) if theme::is_by_entry(file) => Text {
                    zh: "逐条盖在自带的上面，没写的还用自带的".into(),
                    en: "laid over the built-in one entry by entry".into(),
                },
                Some(_) => {
                    Text { zh: "代替自带的".into(), en: "replaces the built-in one".into() }
                }
                None => Text { zh: "新加的".into(), en: "added".into() },
            };
            terminal.print(&format!("  {file}  {}", said.get(lang)));
        }
    }
    let errors: Vec<Diagnostic> =
        looked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect();
    terminal.show(&errors);
    Ok(terminal.exit_code(&errors, false))
}

/// An option in a line.
fn described(option: &ThemeOption) -> Text {
    let (zh, en) = match &option.kind {
        OptionKind::Any => ("任意", "anything"),
        OptionKind::Text => ("文字", "text"),
        OptionKind::Bool => ("true 或 false", "true or false"),
        OptionKind::Number => ("数字", "number"),
        OptionKind::Choice(_) => ("可选的词", "choice"),
        OptionKind::Colour => ("颜色", "colour"),
        OptionKind::Picture => ("图片", "picture"),
        OptionKind::Link => ("链接", "link"),
    };
    let value = option.text().unwrap_or_else(|| "—".into());
    let labelled = |text: &str| if text.is_empty() { String::new() } else { format!(" {text}") };
    Text {
        zh: format!("theme_options.{}{}（{zh}）：{value}", option.name, labelled(&option.label.zh)),
        en: format!("theme_options.{}{} ({en}): {value}", option.name, labelled(&option.label.en)),
    }
}

fn values(root: &Path, page: &str, options: &Options, terminal: &Terminal) -> Result<u8, Fault> {
    let prepared = pipeline::prepare(root, options)?;
    let errors: Vec<Diagnostic> =
        prepared.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect();
    // A template that is wrong is looked at with its values at hand.
    terminal.show(&errors);
    let Some(path) = prepared.path_of(page) else {
        return refuse(terminal, messages::page_unknown(page, prepared.near(page).as_deref()));
    };
    let Some(recipe) = prepared.plan.get(&path) else { return Ok(FAILED) };
    match prepared.renderer().values(&path, recipe) {
        Ok(Some(json)) => {
            terminal.print(&json);
            Ok(DONE)
        }
        Ok(None) => refuse(terminal, messages::no_template(page)),
        Err(Failed::Fault(fault)) => Err(fault),
        // Only the list items of the page can fail, and a build says how.
        Err(_) => refuse(terminal, messages::no_template(page)),
    }
}
