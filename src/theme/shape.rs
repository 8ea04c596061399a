//! Shapes: what a value is that a template gets, as far as the program's declarations say it.
//!
//! A view is declared once, with `views!`: the struct that is serialised, and beside it its shape,
//! whose fields, types and comments are those of the struct. So the check of templates and the
//! reference for authors of themes cannot say anything else than what templates get.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::base::lang::Text;
use crate::yaml::Untyped;

/// What a value is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Plain text, which the engine escapes.
    Text,
    /// An address, ready for `href` and `src`. It begins with a mark until the page is written.
    Address,
    /// HTML that is put in when the page is written; until then it is a mark.
    Html,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A list.
    List(Rc<Shape>),
    /// A map with keys that are not known beforehand.
    Map(Rc<Shape>),
    /// Keys that the template itself has written.
    Own(Rc<BTreeMap<String, Shape>>),
    /// Fields that are declared.
    Record(Record),
    /// The same, or nothing.
    Nullable(Rc<Shape>),
    /// The theme's words by key.
    Words,
    /// The addresses of the theme's assets by name.
    Assets,
    /// The options of the theme.
    Options,
    /// Whatever an author wrote: `extra`. Nothing can be known of it.
    Any,
    /// A name for which no value was given here.
    Undefined,
}

/// Fields that are declared, under a name.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// The name, as the reference has it.
    pub name: &'static str,
    /// What it is: the lines of its comment.
    pub docs: &'static [&'static str],
    /// Its fields, in their order; those of flattened ones not yet among them.
    pub fields: fn() -> Vec<Field>,
}

/// A declared field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it is for: the lines of its comment.
    pub docs: &'static [&'static str],
    /// Do its own fields stand in its place?
    pub is_flat: bool,
    /// What its value is.
    pub shape: fn() -> Shape,
}

/// Named values that a struct is serialised from, its own and those that stand in place of a field.
pub trait Fields {
    /// How many there are.
    fn count(&self) -> usize;

    /// Writes them.
    fn write<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error>;
}

impl<T: Serialize> Fields for BTreeMap<&'static str, T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn write<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        self.iter().try_for_each(|(name, value)| out.serialize_field(name, value))
    }
}

impl<T: Fields> Fields for &T {
    fn count(&self) -> usize {
        T::count(self)
    }

    fn write<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        T::write(self, out)
    }
}

/// A type whose shape is known.
pub trait Shaped {
    /// Its shape.
    fn shape() -> Shape;
}

macro_rules! shaped {
    ($($shape:ident: $($type:ty),*;)*) => { $($(
        impl Shaped for $type {
            fn shape() -> Shape {
                Shape::$shape
            }
        }
    )*)* };
}

shaped! {
    Text: String, &str, Cow<'_, str>;
    Bool: bool;
    Number: u8, u32, i32, usize;
    Any: Untyped<'_>, serde_json::Value;
}

/// The addresses of the theme's assets by name.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Assets(pub BTreeMap<String, String>);

impl Shaped for Assets {
    fn shape() -> Shape {
        Shape::Assets
    }
}

impl<T: Shaped> Shaped for Option<T> {
    fn shape() -> Shape {
        Shape::Nullable(T::shape().into())
    }
}

impl<T: Shaped> Shaped for Vec<T> {
    fn shape() -> Shape {
        Shape::List(T::shape().into())
    }
}

impl<T: Shaped> Shaped for (T, T) {
    fn shape() -> Shape {
        Shape::List(T::shape().into())
    }
}

impl<K, T: Shaped> Shaped for BTreeMap<K, T> {
    fn shape() -> Shape {
        Shape::Map(T::shape().into())
    }
}

impl<T: Shaped> Shaped for &T {
    fn shape() -> Shape {
        T::shape()
    }
}

/// Names of text that is an address, wherever it stands: the contract's rule, by which `url` and
/// `src` are ready for `href`.
const ADDRESSES: [&str; 32] = [
    "url",
    "src",
    "root",
    "feed",
    "canonical",
    "image",
    "image_square",
    "previous",
    "next",
    "first",
    "last",
    "mailto",
    "form",
    "statistics",
    "corrections",
    "coverage",
    "honours",
    "sitemap",
    "accessibility",
    "json_feed",
    "colours",
    "custom_css",
    "print_css",
    "theme_css",
    "theme_print_css",
    "options_css",
    "apple",
    "manifest",
    "file",
    "script",
    "engine",
    "field",
];

/// Names of text that is HTML.
const HTML: [&str; 6] = ["items", "body", "related", "masthead", "footer", "json_ld"];

impl Field {
    /// What its value is; of a text, whether it is an address or HTML says its name.
    pub fn shape(&self) -> Shape {
        let of_text = if HTML.contains(&self.name) {
            Shape::Html
        } else if ADDRESSES.contains(&self.name) {
            Shape::Address
        } else {
            Shape::Text
        };
        match (self.shape)() {
            Shape::Text => of_text,
            Shape::Nullable(inner) if matches!(*inner, Shape::Text) => {
                Shape::Nullable(of_text.into())
            }
            shape => shape,
        }
    }
}

impl Shape {
    /// The same without that it may be nothing.
    pub fn given(&self) -> Self {
        match self {
            Self::Nullable(inner) => inner.given(),
            shape => shape.clone(),
        }
    }

    /// The same, or nothing.
    pub fn or_nothing(self) -> Self {
        match self {
            Self::Nullable(_) | Self::Any | Self::Undefined => self,
            shape => Self::Nullable(shape.into()),
        }
    }

    /// What a value is that is one or the other.
    pub fn or(self, other: Self) -> Self {
        use Shape::{Address, Bool, Html, List, Nullable, Number, Text};
        match (self, other) {
            (Nullable(one), other) | (other, Nullable(one)) => {
                one.given().or(other.given()).or_nothing()
            }
            (Text, Text) => Text,
            (Html, Text | Html) | (Text, Html) => Html,
            (Address, Text | Address) | (Text, Address) => Address,
            (Bool, Bool) => Bool,
            (Number, Number) => Number,
            (List(one), List(other)) => List((*one).clone().or((*other).clone()).into()),
            (Self::Record(one), Self::Record(other)) if one.name == other.name => Self::Record(one),
            (Self::Words, Self::Words) => Self::Words,
            _ => Self::Any,
        }
    }

    /// Can it be printed, as far as is known?
    pub fn is_whole(&self) -> bool {
        match self {
            Self::Nullable(of) => of.is_whole(),
            Self::List(_) | Self::Map(_) | Self::Own(_) | Self::Record(_) => false,
            Self::Words | Self::Assets | Self::Options => false,
            _ => true,
        }
    }

    /// What a text is that is made of both.
    pub fn joined(self, other: Self) -> Self {
        match (self, other) {
            (Self::Html, _) | (_, Self::Html) => Self::Html,
            (Self::Address, _) | (_, Self::Address) => Self::Address,
            _ => Self::Text,
        }
    }

    /// What it is called in the reference.
    pub fn name(&self) -> Text {
        let both = |zh: &str, en: &str| Text { zh: zh.into(), en: en.into() };
        match self {
            Self::Text => both("文字", "text"),
            Self::Address => both("网址", "address"),
            Self::Html => both("HTML", "HTML"),
            Self::Bool => both("true 或 false", "true or false"),
            Self::Number => both("数字", "number"),
            Self::List(of) => {
                let of = of.name();
                Text { zh: format!("{}的列表", of.zh), en: format!("list of {}", of.en) }
            }
            Self::Map(of) => {
                let of = of.name();
                Text { zh: format!("键值表，值是{}", of.zh), en: format!("map of {}", of.en) }
            }
            Self::Own(_) => both("键值表", "map"),
            Self::Record(record) => both(record.name, record.name),
            Self::Nullable(of) => of.name(),
            Self::Words => both("主题的文字", "words of the theme"),
            Self::Assets => both("资源的网址", "addresses of assets"),
            Self::Options => both("主题的选项", "options of the theme"),
            Self::Any => both("任意内容", "anything"),
            Self::Undefined => both("没有内容", "nothing"),
        }
    }
}

/// A value by the name that templates have for it.
#[derive(Clone, Debug)]
pub struct Given {
    /// The name.
    pub name: &'static str,
    /// What it is.
    pub shape: Shape,
}

/// A field that is declared elsewhere than in a view: by an output, or as a key of a file.
#[derive(Clone, Debug)]
pub struct Added {
    /// The record to which it belongs.
    pub record: &'static str,
    /// The field.
    pub name: &'static str,
    /// What its value is.
    pub shape: Shape,
    /// What it is for.
    pub about: Text,
}

/// A name that is another one now. It is still given for one version of the contract.
#[derive(Clone, Copy, Debug)]
pub struct Renamed {
    /// The record to which it belongs.
    pub record: &'static str,
    /// The old name.
    pub old: &'static str,
    /// The new name.
    pub new: &'static str,
}

/// Fields that are there or missing together: who tests one need not test the other.
#[derive(Clone, Copy, Debug)]
pub struct Together {
    /// The record to which both belong.
    pub record: &'static str,
    /// The one that is tested.
    pub tested: &'static str,
    /// The one that is there then.
    pub other: &'static str,
}

/// A template that the program renders, and what it gets.
#[derive(Clone, Debug)]
pub struct TemplateContract {
    /// Its file.
    pub name: String,
    /// What it is for.
    pub about: Text,
    /// Its values.
    pub given: Vec<Given>,
    /// What may be nothing elsewhere, but is there on its pages.
    pub certain: &'static [&'static str],
}

/// Everything that templates are promised.
#[derive(Debug)]
pub struct Contract {
    /// What each template gets.
    pub templates: Vec<TemplateContract>,
    /// Fields that are declared elsewhere than in a view.
    pub added: Vec<Added>,
    /// What a picture is.
    pub picture: Shape,
    /// Names that have changed.
    pub renamed: &'static [Renamed],
    /// What is there together.
    pub together: &'static [Together],
}

/// The version of the contract, for `contract:` in theme.yaml. It rises when a name is taken away.
pub const VERSION: u32 = 1;

/// A field as templates find it.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub shape: Shape,
    /// What it is for.
    pub about: Text,
}

impl Contract {
    /// The fields of a record, with those of flattened ones in their place.
    pub fn fields(&self, record: &Record) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for field in (record.fields)() {
            match (field.is_flat, field.shape()) {
                (true, Shape::Record(inner)) => found.extend(self.fields(&inner)),
                (true, _) => {}
                (false, shape) => {
                    found.push(Found { name: field.name, shape, about: text(field.docs) })
                }
            }
        }
        let added = self.added.iter().filter(|added| added.record == record.name);
        found.extend(added.map(|added| Found {
            name: added.name,
            shape: added.shape.clone(),
            about: added.about.clone(),
        }));
        found
    }
}

/// A comment in both languages: its lines, then those that begin in Chinese.
pub fn text(docs: &[&str]) -> Text {
    let lines: Vec<&str> = docs.iter().map(|line| line.trim()).filter(|l| !l.is_empty()).collect();
    let is_chinese =
        |line: &&str| line.starts_with(|c: char| ('\u{3000}'..'\u{a000}').contains(&c));
    let (zh, en): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(is_chinese);
    let plain = |text: String| text.replace("[`", "`").replace("`]", "`");
    Text { zh: plain(zh.concat()), en: plain(en.join(" ")) }
}

/// The name of a struct as the reference has it.
pub const fn shown(name: &'static str) -> &'static str {
    // `strip_suffix` is no const function.
    let bytes = name.as_bytes();
    match bytes {
        [.., b'V', b'i', b'e', b'w'] => name.split_at(bytes.len() - 4).0,
        _ => name,
    }
}

/// Declares views: structs, how they are serialised, and their shapes with the same fields and
/// comments. The first lines of a comment are English, those after them Chinese; the reference for
/// authors of themes has both. The fields of a field that ends in `as flat` stand in its place:
/// serde's own `flatten` makes a map of the whole struct, with a copy of each key.
macro_rules! views {
    ($(
        $(#[$($about:tt)*])*
        pub struct $name:ident $(<$life:lifetime>)? {
            $( $(#[$($attribute:tt)*])* pub $field:ident: $type:ty $(as $flat:ident)?, )*
        }
    )*) => { $(
        $(#[$($about)*])*
        pub struct $name $(<$life>)? {
            $( $(#[$($attribute)*])* pub $field: $type, )*
        }

        impl $(<$life>)? $crate::theme::shape::Fields for $name $(<$life>)? {
            fn count(&self) -> usize {
                0 $( + $crate::theme::shape::declared!(@count self.$field $(, $flat)?) )*
            }

            fn write<S: serde::ser::SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
                $( $crate::theme::shape::declared!(@write out, self.$field, $field $(, $flat)?)?; )*
                Ok(())
            }
        }

        impl $(<$life>)? serde::Serialize for $name $(<$life>)? {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                use $crate::theme::shape::Fields;
                let mut out = to.serialize_struct(stringify!($name), self.count())?;
                self.write(&mut out)?;
                serde::ser::SerializeStruct::end(out)
            }
        }

        impl $(<$life>)? $crate::theme::shape::Shaped for $name $(<$life>)? {
            fn shape() -> $crate::theme::shape::Shape {
                use $crate::theme::shape::{Field, Record, Shape, Shaped, declared};
                #[allow(clippy::extra_unused_lifetimes, reason = "it stands in the types of the fields")]
                fn fields $(<$life>)? () -> Vec<Field> {
                    vec![ $( Field {
                        name: stringify!($field),
                        docs: &[ $( declared!(@doc $($attribute)*) ),* ],
                        is_flat: declared!(@is_flat $($flat)?),
                        shape: <$type as Shaped>::shape,
                    } ),* ]
                }
                Shape::Record(Record {
                    name: const { $crate::theme::shape::shown(stringify!($name)) },
                    docs: &[ $( declared!(@doc $($about)*) ),* ],
                    fields,
                })
            }
        }
    )* };
}

/// What [`views!`] makes of a part of a declaration.
macro_rules! declared {
    (@doc doc = $text:literal) => {
        $text
    };
    (@doc $($other:tt)*) => {
        ""
    };
    (@is_flat flat) => {
        true
    };
    (@is_flat) => {
        false
    };
    (@count $value:expr, flat) => {
        $crate::theme::shape::Fields::count(&$value)
    };
    (@count $value:expr) => {
        1
    };
    (@write $out:ident, $value:expr, $name:ident, flat) => {
        $crate::theme::shape::Fields::write(&$value, $out)
    };
    (@write $out:ident, $value:expr, $name:ident) => {
        serde::ser::SerializeStruct::serialize_field($out, stringify!($name), &$value)
    };
}

pub(crate) use {declared, views};
