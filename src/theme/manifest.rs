//! `theme.yaml`: what a theme says of itself, and the options that a site may choose.

use super::messages;
use super::shape::{Shape, VERSION};
use crate::base::lang::Text;
use crate::diagnostic::Diagnostic;
use crate::settings::Settings;
use crate::source::{Place, Source};
use crate::value::colour::{Colour, READABLE, contrast};
use crate::value::nearest::nearest;
use crate::yaml::fields::{Reader, describe, scalar};
use crate::yaml::places::{At, Part};
use crate::yaml::{Node, Step, Yaml};

/// What the value of an option is.
#[derive(Clone, Debug, PartialEq)]
pub enum OptionKind {
    /// Whatever it is: the theme does not say.
    Any,
    /// A text.
    Text,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// One of these.
    Choice(Vec<String>),
    /// A colour, `#rrggbb`.
    Colour,
    /// A picture in `content/static`.
    Picture,
    /// A page of the site, or an address elsewhere.
    Link,
}

/// An option of a theme, with what the site chose.
#[derive(Clone, Debug)]
pub struct ThemeOption {
    /// Its name.
    pub name: String,
    /// What its value is.
    pub kind: OptionKind,
    /// What it is called; empty if the theme does not say.
    pub label: Text,
    /// What it is for; empty if the theme does not say.
    pub description: Text,
    /// The site's value, else the theme's.
    pub value: Node,
    /// Where that is written.
    pub place: Place,
}

impl ThemeOption {
    /// What templates find; a picture is as the views declare it.
    pub fn shape(&self, picture: &Shape) -> Shape {
        let shape = match self.kind {
            OptionKind::Any => return Shape::Any,
            OptionKind::Text | OptionKind::Choice(_) | OptionKind::Colour => Shape::Text,
            OptionKind::Bool => return Shape::Bool,
            OptionKind::Number => Shape::Number,
            OptionKind::Picture => return picture.clone().or_nothing(),
            OptionKind::Link => return Shape::Address.or_nothing(),
        };
        if self.value == Node::Null { shape.or_nothing() } else { shape }
    }

    /// Its value as text; `None` if there is none.
    pub fn text(&self) -> Option<String> {
        scalar(&self.value)
    }

    /// What a style sheet is told of it: colours and numbers.
    pub fn css(&self) -> Option<String> {
        let text = self.text()?;
        match self.kind {
            OptionKind::Colour => Colour::parse(&text).map(Colour::css),
            OptionKind::Number => Some(text),
            _ => None,
        }
    }
}

/// What `theme.yaml` may say.
pub(super) const KEYS: [&str; 7] =
    ["name", "version", "contract", "options", "contrast", "items", "search"];

/// What a value of `theme.yaml` must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A text or a number.
    Text,
    /// `true` or `false`.
    Bool,
    /// A text, or one for each language.
    Words,
    /// `key: value` lines.
    Map,
    /// A list of texts.
    Texts,
    /// A list, each item of which is a map.
    Maps,
}

impl Form {
    /// Is a value of this form? Nothing is: then nothing is said.
    fn fits(self, node: &Node) -> bool {
        match (self, node) {
            (_, Node::Null) => true,
            (Self::Text, node) => scalar(node).is_some(),
            (Self::Words, Node::Map(words)) => words.iter().all(|(_, word)| scalar(word).is_some()),
            (Self::Words, node) => scalar(node).is_some(),
            (Self::Bool, node) => matches!(node, Node::Bool(_)),
            (Self::Map, node) => matches!(node, Node::Map(_)),
            (Self::Texts, Node::List(items)) => items.iter().all(|item| scalar(item).is_some()),
            (Self::Maps, node) => matches!(node, Node::List(_)),
            (Self::Texts, _) => false,
        }
    }
}

/// The forms of what a theme says of itself, each with a value that is right. Of others it is told
/// where they are read.
const FORMS: [(&str, Form, &str); 5] = [
    ("name", Form::Text, "name: harbour"),
    ("version", Form::Text, "version: 1"),
    ("contrast", Form::Maps, "contrast: [{text: accent, ground: \"#ffffff\"}]"),
    ("items", Form::Map, "items: {related: item_short.html}"),
    ("search", Form::Bool, "search: false"),
];

/// The forms of what is said of an option.
const OPTION_FORMS: [(&str, Form, &str); 3] = [
    ("label", Form::Words, "label: {zh-CN: 主色, en: Main colour}"),
    ("description", Form::Words, "description: {zh-CN: 标题的颜色, en: of titles}"),
    ("choices", Form::Texts, "choices: [left, right]"),
];

/// Complains of a value that has another form than `forms` says.
fn complain_of_form(
    forms: &[(&str, Form, &str)],
    (key, value): (&str, &Node),
    place: impl FnOnce() -> Place,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let wrong = forms.iter().find(|(known, form, _)| *known == key && !form.fits(value));
    diagnostics.extend(
        wrong.map(|(_, form, right)| messages::manifest_wrong(place(), key, *form, value, right)),
    );
}

/// What is said of an option.
const OPTION_KEYS: [&str; 5] = ["type", "default", "label", "description", "choices"];

/// The words for what an option is.
const KINDS: [&str; 7] = ["text", "bool", "number", "choice", "colour", "picture", "link"];

/// The theme's options with the site's choices, and what is wrong with either; `None` if it cannot be
/// told which options there are.
pub(super) fn options(
    manifest: Option<&Source>,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<ThemeOption>> {
    let yaml = match manifest.map(Yaml::read_file) {
        Some(Ok(yaml)) => Some(yaml),
        Some(Err(complaints)) => {
            diagnostics.extend(complaints);
            return None;
        }
        None => None,
    };
    let entries: &[(String, Node)] = match yaml.as_ref().map(|yaml| (yaml, yaml.root())) {
        Some((_, Node::Map(entries))) => entries,
        None | Some((_, Node::Null)) => &[],
        Some((yaml, other)) => {
            let reader = Reader::new(yaml);
            let place = || yaml.place(&[], Part::Value).first_character();
            reader.complain_of_root(|| crate::yaml::messages::type_map(place(), describe(other)));
            diagnostics.extend(reader.finish());
            return None;
        }
    };
    let mut options = Vec::new();
    let mut is_known = true;
    if let Some(yaml) = &yaml {
        diagnostics.extend(super::unused::manifest_keys(yaml, entries));
        // Of a slip it has been told; what it says is known all the same.
        let has_options = entries.iter().any(|(key, _)| key == "options");
        for (i, (key, value)) in entries.iter().enumerate() {
            let steps = [Step::Entry(i)];
            let key = match nearest(key, KEYS) {
                Some("options") if !has_options => "options",
                _ => key.as_str(),
            };
            match (key, value) {
                ("contract", value) => {
                    let given = scalar(value).and_then(|text| text.parse::<u32>().ok());
                    if given.is_none_or(|given| given == 0 || given > VERSION) {
                        let place = yaml.place(&steps, Part::Value);
                        diagnostics.push(messages::contract_wrong(place, given, VERSION));
                    }
                }
                ("options", Node::Map(listed)) => {
                    for (nth, (name, declared)) in listed.iter().enumerate() {
                        let place = yaml.place(&[Step::Entry(i), Step::Entry(nth)], Part::Key);
                        if listed[..nth].iter().any(|(known, _)| known == name) {
                            diagnostics.push(messages::option_twice(place, name));
                            continue;
                        }
                        let path = [Step::Entry(i), Step::Entry(nth)];
                        options.push(declared_option(yaml, &path, name, declared, diagnostics));
                    }
                }
                ("options", Node::Null) => {}
                ("options", other) => {
                    let place = yaml.place(&steps, Part::Value);
                    diagnostics.push(crate::yaml::messages::type_map(place, describe(other)));
                    is_known = false;
                }
                (key, value) => {
                    let place = || yaml.place(&steps, Part::Value);
                    complain_of_form(&FORMS, (key, value), place, diagnostics);
                }
            }
        }
    }
    if !is_known {
        return None;
    }
    // What the theme itself says must be right whatever the site chooses.
    let section = settings.place_of("theme_options");
    diagnostics.extend(options.iter().filter_map(|option| wrong(option, &section)));
    chosen(&mut options, settings, diagnostics);
    let of_site = options.iter().filter(|option| option.place.path == section.path);
    diagnostics.extend(of_site.filter_map(|option| wrong(option, &section)));
    if let Some(yaml) = &yaml {
        contrasts(yaml, entries, &options, diagnostics);
    }
    Some(options)
}

/// An option as the theme declares it: by its default alone, or by a map that says its type.
fn declared_option(
    yaml: &Yaml,
    path: &[Step],
    name: &str,
    declared: &Node,
    diagnostics: &mut Vec<Diagnostic>,
) -> ThemeOption {
    let place = yaml.place(path, Part::Value);
    let plain = |kind, value| ThemeOption {
        name: name.to_string(),
        kind,
        label: Text { zh: String::new(), en: String::new() },
        description: Text { zh: String::new(), en: String::new() },
        value,
        place: place.clone(),
    };
    let keys = match declared {
        // Whoever gives a default by its name declares an option, and only lacks its type.
        Node::Map(keys) if keys.iter().any(|(key, _)| ["type", "default"].contains(&&**key)) => {
            keys
        }
        Node::Bool(_) => return plain(OptionKind::Bool, declared.clone()),
        Node::Number(_) => return plain(OptionKind::Number, declared.clone()),
        Node::Text(_) => return plain(OptionKind::Text, declared.clone()),
        _ => return plain(OptionKind::Any, declared.clone()),
    };
    let get = |wanted: &str| keys.iter().find(|(key, _)| key == wanted).map(|(_, value)| value);
    let mut is_right = true;
    for (i, (key, _)) in keys.iter().enumerate() {
        if !OPTION_KEYS.contains(&key.as_str()) {
            is_right = false;
            let place = yaml.place(&[path, &[Step::Entry(i)]].concat(), Part::Key);
            let near = nearest(key, OPTION_KEYS);
            diagnostics.push(messages::option_key_unknown(place, key, near, &OPTION_KEYS));
        }
    }
    let before = diagnostics.len();
    for (i, (key, value)) in keys.iter().enumerate() {
        // A choice without any says so itself.
        let is_said = key == "choices" && !matches!(value, Node::List(_));
        let place = || yaml.place(&[path, &[Step::Entry(i)]].concat(), Part::Value);
        if !is_said {
            complain_of_form(&OPTION_FORMS, (key, value), place, diagnostics);
        }
    }
    is_right &= diagnostics.len() == before;
    let word = get("type").and_then(scalar).unwrap_or_default();
    let choices = match get("choices") {
        Some(Node::List(items)) => items.iter().filter_map(scalar).collect(),
        _ => Vec::<String>::new(),
    };
    let lacks_choices = word == "choice" && choices.is_empty();
    if lacks_choices && is_right {
        let at = keys.iter().position(|(key, _)| key == "choices");
        let place = match at {
            Some(at) => yaml.place(&[path, &[Step::Entry(at)]].concat(), Part::Value),
            None => yaml.place(path, Part::Key),
        };
        diagnostics.push(messages::option_without_choices(place, name));
    }
    let kind = match word.as_str() {
        "text" => OptionKind::Text,
        "bool" => OptionKind::Bool,
        "number" => OptionKind::Number,
        // What is wrong with the declaration has been told, and no value can be right.
        "choice" if lacks_choices => OptionKind::Any,
        "choice" => OptionKind::Choice(choices),
        "colour" => OptionKind::Colour,
        "picture" => OptionKind::Picture,
        "link" => OptionKind::Link,
        _ if get("type").is_none() => {
            // A key that is nearly this one has been told.
            if is_right {
                let place = yaml.place(path, Part::Key);
                diagnostics.push(messages::option_without_type(place, name, &KINDS));
            }
            OptionKind::Any
        }
        _ => {
            let at = keys.iter().position(|(key, _)| key == "type").unwrap_or_default();
            let place = yaml.place(&[path, &[Step::Entry(at)]].concat(), Part::Value);
            diagnostics.push(messages::option_type_unknown(
                place,
                &word,
                nearest(&word, KINDS),
                &KINDS,
            ));
            OptionKind::Any
        }
    };
    let at = keys.iter().position(|(key, _)| key == "default");
    let place = match at {
        Some(at) => yaml.place(&[path, &[Step::Entry(at)]].concat(), Part::Value),
        None => place.clone(),
    };
    let option = ThemeOption {
        label: get("label").map(both).unwrap_or(Text { zh: String::new(), en: String::new() }),
        description: get("description")
            .map(both)
            .unwrap_or(Text { zh: String::new(), en: String::new() }),
        place,
        ..plain(kind, get("default").cloned().unwrap_or(Node::Null))
    };
    // A colour without quotes is a comment.
    if at.is_some() && option.value == Node::Null && option.kind == OptionKind::Colour {
        let default = ThemeOption { name: "default".into(), ..option.clone() };
        diagnostics.push(messages::option_wrong(&default));
    }
    option
}

/// A text, or one for each language.
fn both(node: &Node) -> Text {
    let Node::Map(languages) = node else {
        let text = scalar(node).unwrap_or_default();
        return Text { zh: text.clone(), en: text };
    };
    let of = |begin: &str| {
        let found = languages.iter().find(|(language, _)| language.starts_with(begin));
        found.and_then(|(_, text)| scalar(text))
    };
    let any = || languages.first().and_then(|(_, text)| scalar(text)).unwrap_or_default();
    Text { zh: of("zh").unwrap_or_else(any), en: of("en").unwrap_or_else(any) }
}

/// Puts the site's choices over the theme's defaults.
fn chosen(options: &mut [ThemeOption], settings: &Settings, diagnostics: &mut Vec<Diagnostic>) {
    for (name, value) in &settings.theme_options {
        let at = || At::key("theme_options").below(name);
        match options.iter_mut().find(|option| option.name == *name) {
            Some(option) => {
                option.value = value.clone();
                option.place = settings.place_of(at());
            }
            None => {
                let names: Vec<&str> = options.iter().map(|option| option.name.as_str()).collect();
                let near = nearest(name, names.iter().copied());
                let place = settings.place_of(at().its_key());
                diagnostics.push(messages::option_unknown(place, name, near, &names));
            }
        }
    }
}

/// What is wrong with the value of an option.
fn wrong(option: &ThemeOption, section: &Place) -> Option<Diagnostic> {
    let is_sites = option.place.path == section.path;
    if option.value == Node::Null && !is_sites {
        return None;
    }
    let right = match &option.kind {
        OptionKind::Any => true,
        OptionKind::Text => scalar(&option.value).is_some(),
        OptionKind::Bool => matches!(option.value, Node::Bool(_)),
        OptionKind::Number => matches!(option.value, Node::Number(_)),
        OptionKind::Choice(choices) => {
            scalar(&option.value).is_some_and(|text| choices.contains(&text))
        }
        OptionKind::Colour => {
            scalar(&option.value).is_some_and(|text| Colour::parse(&text).is_some())
        }
        OptionKind::Picture | OptionKind::Link => {
            scalar(&option.value).is_some_and(|text| !text.trim().is_empty())
        }
    };
    (!right).then(|| messages::option_wrong(option))
}

/// Pairs of colours, as text and its ground, that do not stand out enough.
fn contrasts(
    yaml: &Yaml,
    entries: &[(String, Node)],
    options: &[ThemeOption],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(at) = entries.iter().position(|(key, _)| key == "contrast") else { return };
    let Node::List(pairs) = &entries[at].1 else { return };
    for (i, pair) in pairs.iter().enumerate() {
        let keys: &[(String, Node)] = if let Node::Map(keys) = pair { keys } else { &[] };
        let of = |wanted: &str| {
            let word = scalar(&keys.iter().find(|(key, _)| key == wanted)?.1)?;
            let option = options.iter().find(|option| option.name == word);
            let colour = Colour::parse(&option.map_or(Some(word.clone()), ThemeOption::text)?)?;
            Some((word, colour, option))
        };
        let place = || yaml.place(&[Step::Entry(at), Step::Item(i)], Part::Value);
        let (Some(text), Some(ground)) = (of("text"), of("ground")) else {
            // A value that is no colour has been told.
            let known = |wanted: &str| {
                let word = keys.iter().find(|(key, _)| key == wanted).and_then(|(_, v)| scalar(v));
                word.is_some_and(|word| {
                    Colour::parse(&word).is_some() || options.iter().any(|o| o.name == word)
                })
            };
            if !(known("text") && known("ground")) {
                diagnostics.push(messages::contrast_unclear(place()));
            }
            continue;
        };
        let ratio = contrast(text.1, ground.1);
        if ratio < READABLE {
            // The site's own choice is named, if there is one.
            let chosen = [text.2, ground.2].into_iter().flatten();
            let own = chosen
                .map(|option| &option.place)
                .find(|at| at.path != yaml.place(&[], Part::Value).path);
            let at = own.cloned().unwrap_or_else(place);
            let colours = [(&*text.0, text.1), (&*ground.0, ground.1)];
            diagnostics.push(messages::contrast_low(at, colours, ratio));
        }
    }
}
