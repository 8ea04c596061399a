//! Digests of views: what a page is made from, without making it.
//!
//! A view is written to bytes in which no two different views are alike: each value after
//! a tag for its shape, texts with their length, lists and maps with an end.

use std::fmt;

use serde::ser::{self, Serialize};

/// Writes `value` after what `out` holds already.
pub fn digest<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    let written = value.serialize(ViewWriter(out));
    // Nothing below fails but a view that serialises itself with an error of its own.
    debug_assert!(written.is_ok());
}

#[derive(Debug)]
struct Never;

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a view cannot be written")
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Never
    }
}

struct ViewWriter<'o>(&'o mut Vec<u8>);

const NONE: u8 = 0;
const BOOL: u8 = 1;
const INTEGER: u8 = 2;
const FLOAT: u8 = 3;
const TEXT: u8 = 4;
const LIST: u8 = 5;
const MAP: u8 = 6;
const END: u8 = 7;
const VARIANT: u8 = 8;

impl<'o> ViewWriter<'o> {
    fn bytes(self, tag: u8, bytes: &[u8]) -> Result<(), Never> {
        self.0.push(tag);
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn text(self, text: &[u8]) -> Result<(), Never> {
        self.0.push(TEXT);
        self.0.extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.0.extend_from_slice(text);
        Ok(())
    }

    /// Which variant what follows is of.
    fn variant(self, index: u32) -> Result<Self, Never> {
        ViewWriter(self.0).bytes(VARIANT, &index.to_le_bytes())?;
        Ok(self)
    }

    fn open(self, tag: u8) -> Result<OpenValue<'o>, Never> {
        self.0.push(tag);
        Ok(OpenValue(self.0))
    }
}

macro_rules! integers {
    ($($name:ident: $type:ty),*) => {$(
        fn $name(self, value: $type) -> Result<(), Never> {
            self.bytes(INTEGER, &i128::from(value).to_le_bytes()[..8])
        }
    )*};
}

impl<'o> ser::Serializer for ViewWriter<'o> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = OpenValue<'o>;
    type SerializeTuple = OpenValue<'o>;
    type SerializeTupleStruct = OpenValue<'o>;
    type SerializeTupleVariant = OpenValue<'o>;
    type SerializeMap = OpenValue<'o>;
    type SerializeStruct = OpenValue<'o>;
    type SerializeStructVariant = OpenValue<'o>;

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    }

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.bytes(BOOL, &[u8::from(value)])
    }

    fn serialize_f32(self, value: f32) -> Result<(), Never> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Never> {
        self.bytes(FLOAT, &value.to_le_bytes())
    }

    fn serialize_char(self, value: char) -> Result<(), Never> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        self.text(value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Never> {
        self.text(value)
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.bytes(NONE, &[])
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.bytes(NONE, &[])
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.bytes(NONE, &[])
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Never> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self.variant(index)?)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<OpenValue<'o>, Never> {
        self.open(LIST)
    }

    fn serialize_tuple(self, _: usize) -> Result<OpenValue<'o>, Never> {
        self.open(LIST)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<OpenValue<'o>, Never> {
        self.open(LIST)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<OpenValue<'o>, Never> {
        self.variant(index)?.open(LIST)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<OpenValue<'o>, Never> {
        self.open(MAP)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<OpenValue<'o>, Never> {
        self.open(LIST)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<OpenValue<'o>, Never> {
        self.variant(index)?.open(LIST)
    }
}

/// A list, a map or a struct that has begun.
struct OpenValue<'o>(&'o mut Vec<u8>);

impl OpenValue<'_> {
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(ViewWriter(self.0))
    }

    fn close(self) -> Result<(), Never> {
        self.0.push(END);
        Ok(())
    }
}

macro_rules! lists {
    ($($trait:ident $method:ident($($name:ty)?)),*) => {$(
        impl ser::$trait for OpenValue<'_> {
            type Ok = ();
            type Error = Never;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $(_: $name,)?
                value: &T,
            ) -> Result<(), Never> {
                self.value(value)
            }

            fn end(self) -> Result<(), Never> {
                self.close()
            }
        }
    )*};
}

lists! {
    SerializeSeq serialize_element(), SerializeTuple serialize_element(),
    SerializeTupleStruct serialize_field(), SerializeTupleVariant serialize_field(),
    SerializeStructVariant serialize_field(&'static str)
}

/// With the names of the fields: a struct may have some that another of its type has not (see
/// `theme::shape::Fields`).
impl ser::SerializeStruct for OpenValue<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.value(name)?;
        self.value(value)
    }

    fn end(self) -> Result<(), Never> {
        self.close()
    }
}

impl ser::SerializeMap for OpenValue<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.value(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.value(value)
    }

    fn end(self) -> Result<(), Never> {
        self.close()
    }
}
