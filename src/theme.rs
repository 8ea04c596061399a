//! Themes: templates, assets and words. The home of tera.
//!
//! The default theme is compiled into the program. A project's `themes/NAME/` is laid
//! over it file by file, so that a theme may be one changed template, and `themes/overrides/`
//! over whatever theme is chosen: [`layers`].

mod braces;
pub mod copies;
pub mod css;
mod engine;
mod examine;
mod filters;
mod foreign;
pub mod items;
pub mod layers;
pub mod manifest;
pub mod markup;
pub mod messages;
mod nesting;
mod parts;
mod reference;
pub mod shape;
pub mod sheets;
pub mod starter;
mod strings;
pub mod styles;
pub mod syntax;
mod unused;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use include_dir::{Dir, include_dir};
use serde::Serialize;
pub use tera::{Context, Value};
use tera::{ErrorKind, Tera};
use xxhash_rust::xxh3::xxh3_64;

use crate::base::content::Carried;
use crate::base::digest::digest;
use crate::base::fault::Fault;
use crate::base::format::{Format, HEAD};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::load::read_text;
use crate::settings::Settings;
use crate::source::{Place, Source, SourcePath};
use crate::value::nearest::nearest;
use crate::yaml::{Node, Yaml};
use items::{ItemPlace, Items};
pub use manifest::{OptionKind, ThemeOption};
use parts::Part;
pub use reference::{guide, reference};
pub use strings::Strings;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/xianfeng");

/// The name of the built-in theme.
pub const DEFAULT: &str = "xianfeng";

/// The engine's name for everything that a template is given, as a map whose order is chance.
const DUMP: &str = "__tera_context";

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    templates: BTreeMap<String, Source>,
    /// The templates that are the project's.
    own: BTreeSet<String>,
    /// Has the project any file of the theme?
    has_own: bool,
    /// The folder of the theme.
    folder: String,
    /// The file into which the project writes words.
    words_file: String,
    /// Those of them that extend others and are parts of others.
    parts: BTreeMap<String, Part>,
    /// Which template a list item has in which place.
    pub items: Items,
    /// Can its pages search? A theme that has no script cannot.
    pub searches: bool,
    /// Templates that no file of the theme names, with what is to be said of them.
    unnamed: Vec<(String, Diagnostic)>,
    /// Assets by name, `style.css`.
    pub assets: BTreeMap<String, Asset>,
    /// The words in the language of the site.
    pub strings: Strings,
    /// The options: the theme's defaults, the site's choices over them.
    pub options: Vec<ThemeOption>,
    /// Is it known which they are? Not if `theme.yaml` cannot be read.
    options_known: bool,
    /// How the parts of an article for WeChat look, by part.
    pub wechat: BTreeMap<String, String>,
}

/// An asset of the theme.
pub struct Asset {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// A digest of them, for the address, so that a browser never keeps an old one.
    pub version: String,
}

/// A template that failed: what is wrong, at which place of which template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// Where.
    pub place: Place,
    /// The engine's words.
    pub message: String,
    /// The templates that led there by including one another: `home.html → list.html`.
    pub by: Box<str>,
}

/// Puts the theme together that `settings` name, from its layers.
pub fn load(
    settings: &Settings,
    themes: &BTreeMap<SourcePath, Carried>,
) -> Result<Outcome<Theme>, Fault> {
    let mut diagnostics = Vec::new();
    let layers = layers::layers(&settings.theme, themes);
    if !layers::has(&layers, &settings.theme) {
        let near = nearest(&settings.theme, unused::themes(themes));
        let place = settings.place_of("theme");
        diagnostics.push(messages::theme_missing(place, &settings.theme, near));
    }
    unused::folders(settings, themes, &mut diagnostics);
    let mut parts = ThemeFiles::default();
    for (name, files) in layers::laid(&layers, is_by_entry) {
        for (path, file) in files {
            parts.sort(&name, path, file, &mut diagnostics)?;
        }
    }
    diagnostics.extend(old_copies(themes, &settings.theme));
    layers::add_named(&layers, &mut parts, &mut diagnostics)?;
    let items = items::read(parts.manifest.as_ref(), &parts.templates, &mut diagnostics);
    let unnamed = unused::files(&parts, &items, &mut diagnostics);
    diagnostics.extend(parts.assets.values().filter_map(not_shown));
    let strings = strings::read(&parts.strings, settings, &parts.templates, &mut diagnostics);
    let options = manifest::options(parts.manifest.as_ref(), settings, &mut diagnostics);
    let options_known = options.is_some();
    let options = options.unwrap_or_default();
    let names: Vec<&str> = options.iter().map(|option| option.name.as_str()).collect();
    diagnostics.extend(css::check(&parts.assets, Some(&names[..]).filter(|_| options_known)));
    let assets = sheets::joined(parts.assets).into_iter().map(|(name, (_, bytes))| {
        let version = format!("{:08x}", xxh3_64(&bytes) as u32);
        (name, Asset { bytes: bytes.into(), version })
    });
    let wechat = styles::read(&parts.wechat, &mut diagnostics);
    let written_out = parts::written_out(&parts.templates);
    let of_project = parts.templates.iter().filter(|(_, source)| themes.contains_key(&source.path));
    let own: BTreeSet<String> = of_project.map(|(name, _)| name.clone()).collect();
    for source in own.iter().filter_map(|name| parts.templates.get(name)) {
        let bare = markup::without_alt(source.text());
        diagnostics.extend(bare.into_iter().map(|at| messages::alt_missing(source.place(at))));
        let slips = markup::odd_braces(source.text()).into_iter();
        diagnostics.extend(slips.map(|(at, path)| messages::value_braces(source.place(at), &path)));
    }
    let words_file = format!("themes/{}/strings/{}.yaml", settings.theme, settings.language);
    // A template that another names with a slip is not unused.
    let slips = slips(&own, &parts.templates);
    let tera =
        compile(&settings.theme, &parts.templates, &own, &written_out, &strings, &mut diagnostics);
    let theme = Theme {
        tera,
        templates: parts.templates,
        own,
        has_own: themes.keys().any(|path| is_of_theme(path, &settings.theme)),
        folder: format!("themes/{}", settings.theme),
        words_file,
        parts: written_out,
        items,
        searches: searches(parts.manifest.as_ref()),
        unnamed: unnamed.into_iter().filter(|(name, _)| !slips.contains(name)).collect(),
        assets: assets.collect(),
        strings,
        options,
        options_known,
        wechat,
    };
    Ok(Outcome { value: theme, diagnostics })
}

/// Is this file of a theme laid over the built-in one entry by entry? Words and styles for WeChat are,
/// anything else takes the place of a whole file.
pub fn is_by_entry(name: &str) -> bool {
    name.starts_with("strings/") || name == styles::WECHAT
}

/// Is this a file of a layer of the theme `chosen`?
fn is_of_theme(path: &SourcePath, chosen: &str) -> bool {
    let mut names = layers::names(chosen);
    names.any(|name| path.as_str().starts_with(&format!("themes/{name}/")))
}

/// Copies of built-in files that have changed since. One that the project has changed says so itself.
fn old_copies(themes: &BTreeMap<SourcePath, Carried>, chosen: &str) -> Vec<Diagnostic> {
    let copies = themes.iter().filter(|(path, _)| is_of_theme(path, chosen));
    let old = copies.filter_map(|(path, file)| {
        let bytes = file.bytes().ok()?;
        let name = copies::outdated(std::str::from_utf8(&bytes).ok()?)?.to_string();
        let is_gone = copies::built_in(&name).is_none();
        Some(messages::copy_old(Place::file(path), &name, is_gone))
    });
    old.collect()
}

/// A complaint of a picture that is not what its name says, so that no browser shows it.
fn not_shown((path, bytes): &(SourcePath, Vec<u8>)) -> Option<Diagnostic> {
    let promised = Format::of_extension(&path.extension()).filter(|format| format.is_shown())?;
    let format = Format::of(&bytes[..bytes.len().min(HEAD)]);
    let shows = match promised {
        Format::Svg => format == Some(Format::Svg) || (format.is_none() && bytes.contains(&b'<')),
        _ => format.is_some_and(Format::is_pixels),
    };
    (!shows).then(|| messages::theme_picture_wrong(Place::file(path), &path.extension()))
}

/// The files of a theme by what they are for.
#[derive(Default)]
struct ThemeFiles {
    manifest: Option<Source>,
    templates: BTreeMap<String, Source>,
    assets: BTreeMap<String, (SourcePath, Vec<u8>)>,
    /// By language: the built-in words, then the project's over them.
    strings: BTreeMap<String, Vec<Source>>,
    /// The styles of articles for WeChat: the built-in ones, then the project's over them.
    wechat: Vec<Source>,
}

impl ThemeFiles {
    fn sort(
        &mut self,
        name: &str,
        path: SourcePath,
        file: Carried,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<(), Fault> {
        if let Some(asset) = name.strip_prefix("assets/") {
            let bytes = file.bytes()?;
            self.assets.insert(asset.to_string(), (path, bytes));
            return Ok(());
        }
        let template = name.strip_prefix("templates/").filter(|name| name.ends_with(".html"));
        let language = name.strip_prefix("strings/").and_then(|name| name.strip_suffix(".yaml"));
        if template.is_none()
            && language.is_none()
            && !["theme.yaml", styles::WECHAT].contains(&name)
        {
            if !unused::is_note(&path) {
                diagnostics.push(messages::theme_file_stray(Place::file(&path)));
            }
            return Ok(());
        }
        let Some(source) = read_text(&path, &file)?.collect_into(diagnostics) else {
            return Ok(());
        };
        match (template, language) {
            (Some(name), _) => drop(self.templates.insert(name.to_string(), source)),
            (_, Some(language)) => {
                self.strings.entry(language.to_string()).or_default().push(source)
            }
            _ if name == styles::WECHAT => self.wechat.push(source),
            _ => self.manifest = Some(source),
        }
        Ok(())
    }
}

/// Does `theme.yaml` not say `search: false`? Who reads its options says what is wrong with it.
fn searches(manifest: Option<&Source>) -> bool {
    let Some(yaml) = manifest.and_then(|source| Yaml::read_file(source).ok()) else { return true };
    let Node::Map(entries) = yaml.root() else { return true };
    !entries.iter().any(|(key, value)| key == "search" && *value == Node::Bool(false))
}

fn compile(
    chosen: &str,
    templates: &BTreeMap<String, Source>,
    own: &BTreeSet<String>,
    parts: &BTreeMap<String, Part>,
    strings: &Strings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Tera {
    let engine = || {
        let mut tera = Tera::new();
        filters::register(&mut tera);
        tera.global_context().insert("t", strings.map());
        tera
    };
    for source in templates.values() {
        let text = source.text();
        diagnostics.extend(
            text.find(DUMP)
                .map(|at| messages::template_dump(source.place(at..at + DUMP.len()), DUMP)),
        );
    }
    // The engine points at the first tag that does not fit, and not at the one that is to blame; in a
    // part that is written out it sees no such mistake.
    let broken = own.iter().filter_map(|name| {
        let source = templates.get(name)?;
        Some(messages::tag_broken(source, &syntax::broken(source.text())?))
    });
    let broken: Vec<Diagnostic> = broken.collect();
    if !broken.is_empty() {
        diagnostics.extend(broken);
        return engine();
    }
    // The engine sees some of these, and tells no place; from others it never comes back.
    let texts = templates.iter().filter(|_| !own.is_empty());
    let trees = texts.filter_map(|(name, source)| Some((&**name, syntax::parse(source.text())?)));
    let trees = trees.collect();
    let mut told = nesting::check(templates, &trees, own);
    told.extend(components_twice(templates, &trees));
    if !told.is_empty() {
        diagnostics.extend(told);
        return engine();
    }
    let mut tera = engine();
    let all = templates.iter().map(|(name, source)| {
        let text = parts.get(name).map_or_else(|| source.text(), |part| &part.text);
        (name.as_str(), text)
    });
    if let Err(error) = tera.add_raw_templates(all) {
        match error.kind() {
            // What is unknown the engine tells all at once.
            ErrorKind::Msg(words) if words.starts_with("error: ") => {
                let mut lacking: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
                for words in words.split("\n\nerror: ") {
                    match lacking_block(templates, own, words) {
                        Some((base, block)) => drop(lacking.entry(base).or_default().insert(block)),
                        None => diagnostics.push(unknown(templates, parts, words)),
                    }
                }
                diagnostics.extend(lacking.into_iter().map(|(base, blocks)| {
                    let place = Place::file(&templates[base].path);
                    let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
                    let has_it = |(name, files): &&(&str, &Dir<'_>)| {
                        *name == chosen && files.get_file(format!("templates/{base}")).is_some()
                    };
                    let theme = layers::BUILT_INS.iter().find(has_it);
                    let theme = theme.map_or(DEFAULT, |(name, _)| name);
                    messages::blocks_missing(place, &blocks, theme, base)
                }));
            }
            _ => diagnostics.push(syntax_error(templates, parts, &error)),
        }
        return engine();
    }
    tera
}

/// The templates that others mean by a name that is not there.
fn slips(own: &BTreeSet<String>, templates: &BTreeMap<String, Source>) -> BTreeSet<String> {
    let texts = own.iter().filter_map(|name| Some(templates.get(name)?.text()));
    let named = texts.flat_map(|text| {
        ["include", "extends"].into_iter().flat_map(|tag| parts::named_by(text, tag))
    });
    let missing = named.filter(|name| !templates.contains_key(name));
    missing.filter_map(|name| near_template(templates, &name)).collect()
}

/// The template that is meant by a name that is not there: people leave out `.html`, or write the folder
/// of a theme before it.
fn near_template(templates: &BTreeMap<String, Source>, name: &str) -> Option<String> {
    let file = format!("{}.html", name.strip_suffix(".html").unwrap_or(name));
    let (folder, last) = file.rsplit_once('/').unwrap_or(("", &file));
    let theme = layers::BUILT_INS.iter().find(|(known, _)| *known == folder);
    if let Some((theme, files)) = theme {
        let files = files.get_dir("templates").map_or(&[][..], |folder| folder.entries());
        let names = files.iter().filter_map(|file| file.path().file_name()?.to_str());
        if let Some(near) = nearest(last, names) {
            return Some(format!("{theme}/{near}"));
        }
    }
    if templates.contains_key(last) {
        return Some(last.to_string());
    }
    let own = templates.keys().map(String::as_str).filter(|name| !name.contains('/'));
    nearest(last, own).map(str::to_string)
}

/// Is it a template that others than pages of `content/pages` are made with, or a part of theirs?
pub fn is_of_others(template: &str) -> bool {
    // These ask for nothing that is not there for every page.
    let for_all = [
        "page.html",
        "not_found.html",
        "search.html",
        "feedback.html",
        "accessibility.html",
        "sitemap.html",
    ];
    is_built_in(template) && !for_all.contains(&template)
}

/// Components that two templates have, at the second one.
fn components_twice(
    templates: &BTreeMap<String, Source>,
    trees: &nesting::Trees<'_>,
) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, Place> = BTreeMap::new();
    let mut found = Vec::new();
    for (name, tree) in trees {
        let Some(source) = templates.get(*name) else { continue };
        for component in &tree.components {
            let place = source.place(component.span.clone());
            match first.get(component.name.as_str()) {
                Some(other) => {
                    found.push(messages::component_twice(place, &component.name, other));
                }
                None => drop(first.insert(&component.name, place)),
            }
        }
    }
    found
}

fn syntax_error(
    templates: &BTreeMap<String, Source>,
    parts: &BTreeMap<String, Part>,
    error: &tera::Error,
) -> Diagnostic {
    if let ErrorKind::MissingParent { current, parent } = error.kind()
        && let Some(source) = templates.get(current)
    {
        let named = syntax::parse(source.text()).and_then(|tree| tree.parent);
        let place = match named.filter(|(name, _)| name == parent) {
            Some((_, span)) => source.place(span),
            None => Place::file(&source.path),
        };
        let near = near_template(templates, parent);
        return messages::template_missing(place, parent, near.as_deref());
    }
    let TemplateError { place, message, .. } = explain(templates, parts, error);
    let source = templates.values().find(|source| source.path == place.path);
    let found = source.zip(place.range()).map(|(source, range)| standing(source, range));
    messages::template_syntax(place, &message, found.unwrap_or_default())
}

/// Is this a template of the built-in theme?
fn is_built_in(template: &str) -> bool {
    BUILT_IN.get_file(format!("templates/{template}")).is_some()
}

/// What stands at a place: as much as the engine says, at least a character.
fn standing(source: &Source, range: std::ops::Range<usize>) -> &str {
    let rest = &source.text()[range.start..];
    let least = rest.chars().next().map_or(0, char::len_utf8);
    rest.get(..range.len().max(least)).unwrap_or_default()
}

/// Something that a template asks for and that there is not. `words` are the engine's.
fn unknown(
    templates: &BTreeMap<String, Source>,
    parts: &BTreeMap<String, Part>,
    words: &str,
) -> Diagnostic {
    let TemplateError { place, message, .. } =
        explain(templates, parts, &tera::Error::message(words));
    let named = |begin: &str| message.strip_prefix(begin)?.split('`').next();
    if let Some(name) = named("Unknown template `") {
        let near = near_template(templates, name);
        return messages::template_missing(place, name, near.as_deref());
    }
    if let Some(name) = named("Block `") {
        let blocks = blocks_below(templates, &place);
        let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
        return messages::block_unknown(
            place,
            name,
            nearest(name, blocks.iter().copied()),
            &blocks,
        );
    }
    let kinds: [(&str, &[&str]); 2] = [("filter", &filters::names()), ("test", &filters::TESTS)];
    for (kind, known) in kinds {
        if let Some(name) = named(&format!("Unknown {kind} `")) {
            let near = nearest(name, known.iter().copied());
            return messages::filter_unknown(place, kind == "test", name, near, known);
        }
    }
    if let Some(name) = named("Unknown function `") {
        let known = ["range", "super", "throw"];
        return messages::call_unknown(place, false, name, nearest(name, known), &known);
    }
    if let Some(name) = named("Unknown component `") {
        let trees = templates.values().filter_map(|source| syntax::parse(source.text()));
        let known = trees.flat_map(|tree| tree.components).map(|component| component.name);
        let known: Vec<String> = known.collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let near = nearest(name, known.iter().copied());
        return messages::call_unknown(place, true, name, near, &known);
    }
    messages::template_syntax(place, &message, "")
}

/// A block of a built-in template that the project's template lacks which it extends, as the engine tells it.
fn lacking_block<'t>(
    templates: &'t BTreeMap<String, Source>,
    own: &BTreeSet<String>,
    words: &str,
) -> Option<(&'t str, String)> {
    let block = words.trim_start_matches("error: ").strip_prefix("Block `")?.split('`').next()?;
    let place = told_place(templates, words);
    let (mut name, _) = templates.iter().find(|(_, source)| source.path == place.path)?;
    if own.contains(name) {
        return None;
    }
    for _ in 0..templates.len() {
        let parent = parts::named_by(templates[name].text(), "extends").into_iter().next()?;
        (name, _) = templates.get_key_value(&parent)?;
        if own.contains(name) {
            return Some((name, block.to_string()));
        }
    }
    None
}

/// The blocks of the templates that the one at a place extends.
fn blocks_below(templates: &BTreeMap<String, Source>, place: &Place) -> BTreeSet<String> {
    let mut blocks = BTreeSet::new();
    let mut next = templates.values().find(|source| source.path == place.path);
    let mut is_own = true;
    for _ in 0..templates.len() {
        let Some(source) = next else { break };
        let text = source.text();
        if !is_own {
            blocks.extend(syntax::blocks(text).into_iter().map(str::to_string));
        }
        is_own = false;
        let parent = parts::named_by(text, "extends").into_iter().next();
        next = parent.and_then(|name| templates.get(&name));
    }
    blocks
}

fn explain(
    templates: &BTreeMap<String, Source>,
    parts: &BTreeMap<String, Part>,
    error: &tera::Error,
) -> TemplateError {
    let whole = |name: &str| match templates.get(name) {
        Some(source) => Place::file(&source.path),
        None => Place::file(&SourcePath::new(format!("themes/{DEFAULT}/templates/{name}"))),
    };
    let (place, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let part = parts.get(report.filename());
            let start = (report.span().start_line, report.span().start_col + 1);
            let of_part = part.and_then(|part| part.place(templates, start));
            let place = match templates.get(report.filename()) {
                _ if of_part.is_some() => of_part.unwrap_or_else(|| whole(report.filename())),
                Some(source) => {
                    let span = report.span();
                    let start = source.offset(span.start_line, span.start_col + 1);
                    let end = source.offset(span.end_line, span.end_col + 1);
                    source.place(start..end.max(start))
                }
                None => whole(report.filename()),
            };
            (place, report.message().to_string())
        }
        ErrorKind::MissingParent { current, .. } => (whole(current), error.to_string()),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            (whole(tpl), error.to_string())
        }
        ErrorKind::TemplateNotFound(name) => (whole(name), error.to_string()),
        // Of names that it does not know the engine only tells in words where they stand.
        _ => (told_place(templates, &error.to_string()), error.to_string()),
    };
    let first = message.lines().next().unwrap_or("").trim_start_matches("error: ");
    // The engine lists what is on this page alone, and not what every page has.
    let told = match first.split_once(". Available ") {
        Some((told, "")) => told,
        Some((told, list)) if list.starts_with("variables") || list.len() > 200 => told,
        _ => first,
    };
    TemplateError { place, message: in_order(told), by: callers(&error.to_string()).into() }
}

/// The templates that included one another up to the one that failed, the outermost first, as the
/// engine's words tell: `note: called from list.html:3:17`.
fn callers(words: &str) -> String {
    let notes =
        words.lines().filter_map(|line| line.trim_start().strip_prefix("note: called from "));
    let names = notes.filter_map(|note| note.split(':').next());
    let mut names: Vec<&str> = names.collect();
    names.reverse();
    names.dedup();
    names.join(" → ")
}

/// The engine's words, with the arguments that a component does not take in their order: it
/// lists them in that of a hash.
fn in_order(message: &str) -> String {
    const BEFORE: &str = "Unknown argument(s) ";
    let Some((list, rest)) =
        message.strip_prefix(BEFORE).and_then(|rest| rest.split_once(" in component call"))
    else {
        return message.to_string();
    };
    let mut names: Vec<&str> = list.split(", ").collect();
    names.sort_unstable();
    format!("{BEFORE}{} in component call{rest}", names.join(", "))
}

/// A view as the engine keeps it, for [`Theme::share`].
pub fn freeze(view: &impl Serialize) -> Value {
    Value::from_serializable(view)
}

/// The place in an error's words: a line ` --> page.html:3:17`.
fn told_place(templates: &BTreeMap<String, Source>, words: &str) -> Place {
    let told = words.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let place = told.and_then(|told| {
        let mut parts = told.trim().rsplitn(3, ':');
        let column = parts.next()?.parse().ok()?;
        let line = parts.next()?.parse().ok()?;
        let source = templates.get(parts.next()?)?;
        let start = source.offset(line, column);
        Some(source.place(start..start + 1))
    });
    let folder = SourcePath::new(format!("themes/{DEFAULT}/templates"));
    place.unwrap_or_else(|| Place::file(&folder))
}

impl Theme {
    /// Writes what stands for all templates and words after what `out` holds.
    pub fn digest(&self, out: &mut Vec<u8>) {
        for (name, source) in &self.templates {
            digest(&(name, source.text()), out);
        }
        digest(self.strings.map(), out);
        digest(self.items.templates(), out);
        for place in [ItemPlace::List, ItemPlace::Home, ItemPlace::Related, ItemPlace::Page] {
            digest(&self.items.number(place), out);
        }
    }

    /// What is wrong with the names in its templates. The built-in theme alone is held by a test.
    pub fn examine(&self, contract: &shape::Contract) -> Vec<Diagnostic> {
        if !self.has_own {
            return Vec::new();
        }
        let assets = self.assets.keys().map(String::as_str).collect();
        let options: Vec<(String, shape::Shape)> = self
            .options
            .iter()
            .map(|option| (option.name.clone(), option.shape(&contract.picture)))
            .collect();
        examine::examine(&examine::Subject {
            templates: &self.templates,
            contract,
            strings: &self.strings,
            words_file: &self.words_file,
            assets: &assets,
            items: self.items.templates(),
            own: &self.own,
            options: self.options_known.then_some(&options),
        })
    }

    /// Gives every template the same value under `name`.
    pub fn share(&mut self, name: &'static str, value: Value) {
        self.tera.global_context().insert_value(name, value);
    }

    /// Has the project any template of its own?
    pub fn has_own_templates(&self) -> bool {
        !self.own.is_empty()
    }

    /// Where a template of the project that has a part in a page of the template `top` writes something;
    /// else the only one that has, else the theme's folder.
    pub fn place_of(&self, top: &str, written: markup::Written<'_>) -> Place {
        let own = self.own_parts(top).into_iter().filter_map(|name| self.templates.get(name));
        let own: Vec<&Source> = own.collect();
        let mut best: Option<(Place, usize)> = None;
        for source in &own {
            let Some((range, fixed)) = markup::find(source.text(), written) else { continue };
            if best.as_ref().is_none_or(|(_, most)| *most < fixed) {
                best = Some((source.place(range), fixed));
            }
        }
        // An attribute that is a value alone may be any; most ids that stand twice are such.
        let is_sure = |fixed: usize| {
            fixed > 0 || matches!(written, markup::Written::Attribute(names, _) if names == ["id"])
        };
        let found = best.filter(|(_, fixed)| is_sure(*fixed));
        match (found, own.as_slice()) {
            (Some((place, _)), _) => place,
            (None, [only]) => Place::file(&only.path),
            _ => Place::file(&SourcePath::new(self.folder.as_str())),
        }
    }

    /// The file of a template, if nothing is in it that could be written.
    pub fn blank(&self, template: &str) -> Option<Place> {
        let source = self.templates.get(template)?;
        let (html, _) = syntax::masked(source.text())?;
        html.trim().is_empty().then(|| Place::file(&source.path))
    }

    /// The elements that do not balance in those of the project's templates that have a part in a
    /// page of the template `top`, if their names are among `names`.
    pub fn unbalanced(&self, top: &str, names: &[&str]) -> Vec<(&Source, markup::Unbalanced)> {
        let own = self.own_parts(top).into_iter();
        let texts: Vec<(&str, &str)> =
            own.map(|name| (name, self.templates[name].text())).collect();
        let found = markup::unbalanced_in(&texts).into_iter();
        let is_meant = |found: &markup::Unbalanced| {
            found.names.iter().any(|name| names.contains(&name.as_str()))
        };
        let found = found.filter(|(_, found)| is_meant(found));
        found.filter_map(|(name, found)| Some((self.templates.get(name)?, found))).collect()
    }

    /// The project's own templates that have a part in a page of the template `top`.
    pub fn own_parts(&self, top: &str) -> BTreeSet<&str> {
        let mut taken = self.taking_part(top);
        taken.retain(|name| self.own.contains(*name));
        taken
    }

    /// The project's own templates that have a part in what the template `top` writes by itself.
    pub fn own_in(&self, top: &str) -> BTreeSet<&str> {
        let mut taken = self.leading_from(vec![top.to_string()]);
        taken.retain(|name| self.own.contains(*name));
        taken
    }

    /// The templates that have a part in a page of the template `top`.
    fn taking_part(&self, top: &str) -> BTreeSet<&str> {
        // Those are rendered by themselves, and put in.
        let mut next: Vec<String> = ["masthead.html", "footer.html", top].map(String::from).into();
        next.extend(self.items.templates().iter().cloned());
        self.leading_from(next)
    }

    /// Templates, and what they include and extend; and those that define components.
    fn leading_from(&self, mut next: Vec<String>) -> BTreeSet<&str> {
        let mut taken = BTreeSet::new();
        let defines = |source: &Source| {
            // Most have no such word, and to look for it is cheaper than to read tags.
            source.text().contains("component")
                && syntax::tags(source.text())
                    .is_some_and(|tags| tags.iter().any(|tag| tag.word == "component"))
        };
        next.extend(
            self.templates.iter().filter(|(_, s)| defines(s)).map(|(name, _)| name.clone()),
        );
        while let Some(name) = next.pop() {
            let Some((name, source)) = self.templates.get_key_value(&name) else { continue };
            if taken.insert(name.as_str()) {
                let named = ["include", "extends"].map(|tag| parts::named_by(source.text(), tag));
                next.extend(named.into_iter().flatten());
            }
        }
        taken
    }

    /// How many templates it has.
    pub fn template_count(&self) -> usize {
        self.templates.len()
    }

    /// Has it a template of this name?
    pub fn has_template(&self, name: &str) -> bool {
        self.templates.contains_key(name)
    }

    /// The template that a page names: `map.html`, or `map`. `Err` with the file and the nearest
    /// name if there is none.
    pub fn template_named(&self, name: &str) -> Result<String, (String, Option<String>)> {
        let file = match name.ends_with(".html") {
            true => name.to_string(),
            false => format!("{name}.html"),
        };
        if self.has_template(&file) {
            return Ok(file);
        }
        let near = near_template(&self.templates, name);
        Err((file, near))
    }

    /// Complaints of the templates that neither the theme nor a page names.
    pub fn unused(&self, is_named: impl Fn(&str) -> bool) -> impl Iterator<Item = Diagnostic> {
        let unused = self.unnamed.iter().filter(move |(name, _)| !is_named(name));
        unused.map(|(_, complaint)| complaint.clone())
    }

    /// Renders a template with the values that are given and those that are shared.
    pub fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, TemplateError> {
        // Bytes: checking that it is UTF-8 once more would cost as much as writing it.
        let mut out = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(template, context, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => Err(explain(&self.templates, &self.parts, &error)),
        }
    }
}

/// The first failure of each template, and how many pages failed in the same way.
#[derive(Default)]
pub struct Failures {
    seen: Mutex<BTreeMap<FailureKey, Failure>>,
}

/// The template, the bytes of it and the message: not the line, as then chance would say which
/// of two places on one line is named.
type FailureKey = (SourcePath, Option<(usize, usize)>, String);

struct Failure {
    error: TemplateError,
    page: String,
    count: usize,
}

impl Failures {
    /// Records that `page` could not be rendered. Which page is named does not depend on
    /// the order in which they come.
    pub fn add(&self, error: TemplateError, page: &str) {
        let range = error.place.range().map(|range| (range.start, range.end));
        let key = (error.place.path.clone(), range, error.message.clone());
        let mut seen = self.seen.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let failure = seen.entry(key).or_insert_with(|| Failure {
            error: error.clone(),
            page: page.to_string(),
            count: 0,
        });
        failure.count += 1;
        if page < failure.page.as_str() {
            failure.page = page.to_string();
            failure.error = error;
        }
    }

    /// The failures as complaints.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let seen = self.seen.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        seen.into_values()
            .map(|Failure { error, page, count }| {
                messages::template_failed(&error, &page, count - 1)
            })
            .collect()
    }
}
