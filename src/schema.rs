//! Every key that a file of a campaign may have, declared once.
//!
//! A declaration says what a key is called in both languages, what its value is, when it is
//! needed, and what a writer should know. From it follow the reading with its complaints
//! ([`Declared::read`]), what `new` writes, the tables of the READMEs ([`table`]), the JSON
//! Schema for editors ([`json`]), and where a value is shown ([`Show`]).
//!
//! To add a key, add its line to a `record!`; if it is shown, add its words to the strings of
//! the theme. Nothing else.

pub mod frame;
pub mod json;
mod list;
pub mod messages;
pub mod open;
pub mod roster;
pub mod site;
pub mod story;
pub mod table;
mod value;
pub mod vocabulary;

use crate::base::lang::{Bilingual, Lang, Text, bilingual};
use crate::diagnostic::Diagnostic;
use crate::source::Place;
use crate::value::kind::Kind;
use crate::yaml::fields::{Fields, Vocabulary};
use crate::yaml::places::At;

pub use list::{Entry, entries};
pub use value::{Value, Word};

/// A kind of file that a campaign has.
#[derive(Debug)]
pub struct File {
    /// What it is called on the command line.
    pub name: &'static str,
    /// Where such files are.
    pub path: &'static str,
    /// What it is.
    pub about: Bilingual,
    /// Its keys, or those of its entries.
    pub record: &'static Record,
    /// Is it a list of entries?
    pub is_list: bool,
    /// Is it a page, on which only some keys do anything?
    is_page: bool,
}

impl File {
    /// The keys that do something in it.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        let record = self.record;
        let is_page = self.is_page;
        let does_something = move |field: &&Field| match is_page {
            true => field.on_pages,
            false => !field.only_on_pages,
        };
        record.fields.iter().filter(does_something)
    }
}

const fn file(
    name: &'static str,
    path: &'static str,
    about: Bilingual,
    record: &'static Record,
) -> File {
    File { name, path, about, record, is_list: false, is_page: false }
}

const fn list(
    name: &'static str,
    path: &'static str,
    about: Bilingual,
    record: &'static Record,
) -> File {
    File { is_list: true, ..file(name, path, about, record) }
}

/// Every kind of file whose keys are declared.
pub static FILES: [File; 13] = [
    file("story", "content/stories/**/*.md", bilingual("稿件信息", "a story"), &story::STORY),
    File {
        is_page: true,
        ..file("page", "content/pages/**/*.md", bilingual("页面信息", "a page"), &story::STORY)
    },
    file("site", "content/site.yaml", bilingual("网站设置", "the site"), &site::SITE),
    list(
        "focal-points",
        "content/focal-points.yaml",
        bilingual("着力点", "focal points"),
        &vocabulary::FOCAL_POINT,
    ),
    list("units", "content/units.yaml", bilingual("单位", "units"), &vocabulary::UNIT),
    list("people", "content/people.yaml", bilingual("人员", "people"), &vocabulary::PERSON),
    list("carriers", "content/carriers.yaml", bilingual("载体", "carriers"), &vocabulary::CARRIER),
    list("works", "content/works.yaml", bilingual("中心工作", "works"), &vocabulary::WORK),
    list("tasks", "content/tasks.yaml", bilingual("实事", "tasks"), &vocabulary::TASK),
    list("events", "content/events.yaml", bilingual("日程", "events"), &vocabulary::EVENT),
    list("honours", "content/honours.yaml", bilingual("荣誉", "honours"), &vocabulary::HONOUR),
    list("series", "content/series.yaml", bilingual("专题", "special topics"), &vocabulary::SERIES),
    list("words", "content/words.yaml", bilingual("用语", "words"), &vocabulary::WORD),
];

/// The keys of one kind of map.
#[derive(Debug)]
pub struct Record {
    /// The keys in the order in which they are shown to people.
    pub fields: &'static [Field],
    /// The same as spellings.
    pub keys: Vocabulary,
    /// The key that a text alone stands for, where a text may stand for the whole.
    pub short_form: Option<&'static str>,
}

impl Record {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The way to a value of such a map, whatever the language of its keys.
    pub fn spell<'k>(&'static self, at: At<'k>) -> At<'k> {
        let mut record = Some(self);
        at.spelled(|key| {
            let field = record?.field(key)?;
            record = match field.shape {
                // Names are no keys of it, and leave it as it is.
                Shape::Map(below) | Shape::Maps(below) | Shape::Named(below) => Some(below),
                _ => None,
            };
            Some(field.chinese)
        })
    }
}

/// A key: what it is called, what its value is, and what a writer should know of it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its spelling in English.
    pub name: &'static str,
    /// Its spelling in Chinese.
    pub chinese: &'static str,
    /// Another, which is taken too.
    pub also: Option<&'static str>,
    /// What its value is.
    pub shape: Shape,
    /// When it must be given.
    pub need: Need,
    /// How much of it there may be.
    pub limit: Option<Limit>,
    /// What its text must be.
    pub rule: Option<Rule>,
    /// The value where none is given, as YAML.
    pub default: Option<&'static str>,
    /// A value, as YAML.
    pub sample: Bilingual,
    /// One line about it. Backticks mark what is written as it stands.
    pub help: Bilingual,
    /// The kinds of entities whose names its texts are, as each calls several of them: `units`.
    pub names: &'static [&'static str],
    /// Are its items sentences, which may well have commas in them?
    pub is_prose: bool,
    /// Where its texts are shown with a story.
    pub show: Option<Show>,
    /// The element of Dublin Core that its texts are in the archive.
    pub dublin_core: Option<&'static str>,
    /// What `new` writes as its value.
    pub initial: &'static str,
    /// Does it do anything on a page of `content/pages`?
    pub on_pages: bool,
    /// Does it do nothing in a story?
    pub only_on_pages: bool,
}

/// What the value of a key is.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text on one line.
    Text,
    /// A list of texts.
    Texts,
    /// A text, or a list of texts.
    TextOrTexts,
    /// True or false.
    Flag,
    /// A date, or a date with a time.
    Moment,
    /// A whole number, from one up to another.
    Number(i64, i64),
    /// One of these words, in English or Chinese.
    Word(&'static [(&'static str, &'static str)]),
    /// A map of its own.
    Map(&'static Record),
    /// A list of maps.
    Maps(&'static Record),
    /// Maps of a kind by names that the writer gives.
    Named(&'static Record),
    /// A map that nobody looks into.
    Anything,
}

/// When a key must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Never.
    Optional,
    /// Always.
    Always,
    /// In every story.
    Stories,
    /// In stories of these kinds.
    Kinds(&'static [Kind]),
    /// Where this other key is given.
    With(&'static str),
}

/// The most characters of a text, or items of a list.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// So many.
    pub most: usize,
    /// The code of the complaint about more.
    pub code: &'static str,
    /// What a writer may do then.
    pub help: Bilingual,
}

/// What a text must be.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Is this text right?
    pub holds: fn(&str) -> bool,
    /// The complaint about one that is not; of the key as it is spelt there, and the text.
    pub complaint: fn(Place, &str, &str) -> Diagnostic,
    /// About the same as a regular expression, for editors.
    pub pattern: &'static str,
}

/// Where the texts of a key are shown with a story. All of them are found by search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Below the title, after the theme's word `by_NAME`.
    Byline,
    /// Below the text, after the theme's word `by_NAME`.
    Credit,
    /// In the list of facts, beside the theme's word `NAME`.
    Fact,
}

const fn field(chinese: &'static str, shape: Shape, initial: &'static str) -> Field {
    Field {
        // The name of the struct's field, which `record!` puts here.
        name: "",
        chinese,
        also: None,
        shape,
        need: Need::Optional,
        limit: None,
        rule: None,
        default: None,
        sample: bilingual("…", "…"),
        help: bilingual("", ""),
        names: &[],
        is_prose: false,
        show: None,
        dublin_core: None,
        initial,
        on_pages: false,
        only_on_pages: false,
    }
}

const fn text(chinese: &'static str) -> Field {
    field(chinese, Shape::Text, "")
}

const fn texts(chinese: &'static str) -> Field {
    field(chinese, Shape::Texts, "[]")
}

const fn text_or_texts(chinese: &'static str) -> Field {
    field(chinese, Shape::TextOrTexts, "")
}

const fn flag(chinese: &'static str) -> Field {
    field(chinese, Shape::Flag, "false")
}

const fn moment(chinese: &'static str) -> Field {
    field(chinese, Shape::Moment, "")
}

const fn number(chinese: &'static str, least: i64, most: i64) -> Field {
    field(chinese, Shape::Number(least, most), "")
}

const fn word(chinese: &'static str, words: &'static [(&'static str, &'static str)]) -> Field {
    field(chinese, Shape::Word(words), "")
}

const fn map(chinese: &'static str, of: &'static Record) -> Field {
    field(chinese, Shape::Map(of), "")
}

const fn maps(chinese: &'static str, of: &'static Record) -> Field {
    field(chinese, Shape::Maps(of), "[]")
}

const fn named(chinese: &'static str, of: &'static Record) -> Field {
    field(chinese, Shape::Named(of), "{}")
}

const fn anything(chinese: &'static str) -> Field {
    field(chinese, Shape::Anything, "")
}

impl Field {
    const fn need(mut self, need: Need) -> Self {
        self.need = need;
        self
    }

    const fn limit(mut self, limit: Limit) -> Self {
        self.limit = Some(limit);
        self
    }

    const fn rule(mut self, rule: Rule) -> Self {
        self.rule = Some(rule);
        self
    }

    const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }

    const fn sample(mut self, zh: &'static str, en: &'static str) -> Self {
        self.sample = bilingual(zh, en);
        self
    }

    const fn help(mut self, zh: &'static str, en: &'static str) -> Self {
        self.help = bilingual(zh, en);
        self
    }

    const fn names(mut self, names: &'static [&'static str]) -> Self {
        self.names = names;
        self
    }

    const fn prose(mut self) -> Self {
        self.is_prose = true;
        self
    }

    const fn also(mut self, chinese: &'static str) -> Self {
        self.also = Some(chinese);
        self
    }

    /// Its other spelling in Chinese; the same if it has but one.
    const fn other_chinese(&self) -> &'static str {
        match self.also {
            Some(other) => other,
            None => self.chinese,
        }
    }

    const fn show(mut self, show: Show) -> Self {
        self.show = Some(show);
        self
    }

    const fn dublin_core(mut self, element: &'static str) -> Self {
        self.dublin_core = Some(element);
        self
    }

    const fn initial(mut self, value: &'static str) -> Self {
        self.initial = value;
        self
    }

    const fn on_pages(mut self) -> Self {
        self.on_pages = true;
        self
    }

    const fn only_on_pages(mut self) -> Self {
        self.only_on_pages = true;
        self.on_pages()
    }

    /// What a writer should know of it, in one line; backticks mark what is written as it
    /// stands.
    pub fn about(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let help = self.help.get(lang);
        let mut about = match self.shape {
            Shape::Word(words) => {
                let words = words.iter().map(|(en, zh)| format!("`{en}` {zh}"));
                words.collect::<Vec<_>>().join(if zh { "、" } else { ", " })
            }
            Shape::Maps(record) if zh => {
                let keys: Vec<&str> = record.fields.iter().map(|field| field.chinese).collect();
                format!("列表，每项写{}", keys.join("、"))
            }
            Shape::Maps(_) => "a list of maps".to_string(),
            _ => String::new(),
        };
        if !about.is_empty() && !help.is_empty() {
            about += if zh { "；" } else { "; " };
        }
        about += help;
        if let Some(default) = self.default {
            about += &match lang {
                Lang::Zh => format!("（默认 `{default}`）"),
                Lang::En => format!(" (default `{default}`)"),
            };
        }
        about
    }

    /// A line that gives it a value, for messages: the key as it is spelt, and those within likewise.
    pub fn example(&self, key: &str) -> Text {
        let within = match self.shape {
            Shape::Maps(record) | Shape::Map(record) if key == self.chinese => record.keys,
            _ => &[],
        };
        let spelt = |sample: &str| {
            let spell = |line: String, &(en, zh): &(&str, &str)| {
                line.replace(&format!("{{{en}:"), &format!("{{{zh}:"))
                    .replace(&format!(" {en}:"), &format!(" {zh}:"))
            };
            within.iter().fold(sample.to_string(), spell)
        };
        let line = |lang| format!("{key}: {}", spelt(self.sample.get(lang)));
        let Shape::Word(words) = self.shape else {
            return Text { zh: line(Lang::Zh), en: line(Lang::En) };
        };
        let zh: Vec<String> = words.iter().map(|(en, zh)| format!("{en} {zh}")).collect();
        let others = words.iter().filter(|(en, _)| *en != self.sample.en);
        let en: Vec<String> = others.map(|(en, _)| format!("or {en}")).collect();
        let count = "零一二三四五六七八九十".chars().nth(words.len()).unwrap_or('多');
        Text {
            zh: format!("{}（{}，{count}选一）", line(Lang::Zh), zh.join("、")),
            en: format!("{} ({})", line(Lang::En), en.join(", ")),
        }
    }
}

impl Need {
    /// Must the key be given in a story of this kind?
    pub fn in_story(self, kind: Option<Kind>) -> bool {
        match self {
            Need::Always | Need::Stories => true,
            Need::Kinds(kinds) => kind.is_some_and(|kind| kinds.contains(&kind)),
            Need::Optional | Need::With(_) => false,
        }
    }
}

/// A struct whose fields are the keys of a [`Record`]. Made by `record!`.
pub trait Declared: Sized {
    /// Its keys.
    fn record() -> &'static Record;

    /// What a map says; what is wrong is complained of and has no value.
    fn read(fields: &Fields<'_>) -> Self;

    /// What a text alone says, where it may stand for the whole.
    fn from_text(text: String) -> Option<Self>;

    /// Its values, in the order of the keys.
    fn values(&self) -> Vec<(&'static Field, &dyn Value)>;
}

/// Reads an entry of a list; `None` if it lacks what it must have. The first key that is
/// missing is complained of.
fn read_whole<R: Declared>(fields: &Fields<'_>) -> Option<R> {
    let value = R::read(fields);
    let needed = |field: &Field| field.need == Need::Always;
    let missing = |field: &&Field| needed(field) && !fields.is_given(field.name);
    if let Some(field) = R::record().fields.iter().find(missing) {
        let (place, key) = (fields.place(), fields.spelling(field.name));
        fields.complain(crate::yaml::messages::entry_incomplete(place, key, field.chinese));
        return None;
    }
    // What is there and wrong has been complained of, and has no value either.
    let lacks = value.values().iter().any(|&(field, value)| needed(field) && !value.is_given());
    (!lacks).then_some(value)
}

/// Declares a struct and the keys that its fields are read from, in one.
///
/// ```text
/// record! {
///     /// An entry of a list.
///     #[derive(Default)]
///     pub struct Entry in ENTRY, short form name {
///         name: String = text("名称").need(Need::Always),
///         level: Option<String> = text("层级"),
///     }
/// }
/// ```
///
/// The type says how the value is kept, the declaration what it may be. Fields in `.. { }` at
/// the end have no key, and begin with their default value.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident in $record:ident $(, short form $short:ident)? {
            $($field:ident: $type:ty = $declaration:expr,)+
            $(.. { $($more:ident: $more_type:ty,)+ })?
        }
    ) => {
        $(#[$meta])*
        #[allow(missing_docs)] // The declarations have what there is to say, for readers too.
        pub struct $name {
            $(pub $field: $type,)+
            $($(pub $more: $more_type,)+)?
        }

        #[doc = concat!("The keys of [`", stringify!($name), "`].")]
        pub static $record: $crate::schema::Record = $crate::schema::Record {
            fields: &[$($crate::schema::Field { name: stringify!($field), ..$declaration },)+],
            keys: &[
                $((stringify!($field), $declaration.chinese),)+
                $((stringify!($field), $declaration.other_chinese()),)+
            ],
            short_form: record!(@short $($short)?),
        };

        impl $crate::schema::Declared for $name {
            fn record() -> &'static $crate::schema::Record {
                &$record
            }

            fn read(fields: &$crate::yaml::fields::Fields<'_>) -> Self {
                let mut declared = $record.fields.iter();
                // The fields of a struct are evaluated in the order in which they stand.
                let mut next = || declared.next().expect("one declaration for each field");
                Self {
                    $($field: $crate::schema::Value::read(fields, next()),)+
                    $($($more: Default::default(),)+)?
                }
            }

            fn from_text(text: String) -> Option<Self> {
                record!(@from_text text $($short)?)
            }

            fn values(&self) -> Vec<(&'static $crate::schema::Field, &dyn $crate::schema::Value)> {
                let values: Vec<&dyn $crate::schema::Value> = vec![$(&self.$field,)+];
                $record.fields.iter().zip(values).collect()
            }
        }
    };
    (@short) => { None };
    (@short $short:ident) => { Some(stringify!($short)) };
    (@from_text $text:ident) => {{ drop($text); None }};
    (@from_text $text:ident $short:ident) => { Some(Self { $short: $text, ..Self::default() }) };
}
pub(crate) use record;
