//! JSON Schema (draft 2020-12) of the files of a campaign, for editors: what they may say,
//! with the keys in both languages.

use serde_json::{Map, Value, json};

use super::{Field, File, Need, Record, Shape};
use crate::base::lang::Lang;
use crate::yaml::{self, Untyped};

/// The schema of a file. `names` gives the names of a list of the campaign, if a text must be
/// one of them.
pub fn schema(file: &File, names: &dyn Fn(&str) -> Option<Vec<String>>) -> Value {
    let writer = SchemaWriter { names };
    let fields: Vec<&Field> = file.fields().collect();
    let object = writer.object(&fields, file.is_list);
    let mut schema = match file.is_list {
        true => json!({ "type": ["array", "null"], "items": writer.entry(file.record, object) }),
        false => object,
    };
    let about = file.about.get(Lang::Zh);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(format!("{about}（{}）", file.path));
    schema
}

/// How dates are written, as a regular expression.
const MOMENT: &str = r"^\d{4}((-(0?[1-9]|1[0-2])-|/(0?[1-9]|1[0-2])/|\.(0?[1-9]|1[0-2])\.)(0?[1-9]|[12]\d|3[01])|年(0?[1-9]|1[0-2])月(0?[1-9]|[12]\d|3[01])[日号])([ Tt]*(上午|下午|中午|晚上|早上)?\s*([01]?\d|2[0-3])([:：][0-5]\d(:[0-5]\d(\.\d+)?)?\s*(Z|z|[+-]\d{2}:\d{2})?|[点时](半|整|[0-5]?\d分?)?))?$";

/// A text that is plainly one thing, as a regular expression.
const ONE: &str = "^(?!-)[^,，、;；\\[\\]【】［］「」{}\\n]*$";

/// What a truth value may be written as.
const TRUE: [&str; 3] = ["是", "yes", "Yes"];
const FALSE: [&str; 3] = ["否", "no", "No"];

struct SchemaWriter<'n> {
    names: &'n dyn Fn(&str) -> Option<Vec<String>>,
}

impl SchemaWriter<'_> {
    /// A map with these keys. What every entry of a list must have, it must have; of the keys
    /// of stories that depends on the story.
    fn object(&self, fields: &[&Field], is_entry: bool) -> Value {
        let mut properties = Map::new();
        for field in fields {
            let value = self.value(field);
            properties.insert(field.name.into(), value.clone());
            properties.extend(field.also.map(|also| (also.to_string(), value.clone())));
            properties.insert(field.chinese.into(), value);
        }
        let twice = fields.iter().map(|field| json!({ "required": [field.name, field.chinese] }));
        let mut rules: Vec<Value> = twice.map(|twice| json!({ "not": twice })).collect();
        let with = |field: &&&Field| matches!(field.need, Need::With(_));
        for field in fields.iter().filter(with) {
            let other = fields.iter().find(|other| field.need == Need::With(other.name));
            rules.extend(other.map(|other| json!({ "if": given(other), "then": given(field) })));
        }
        let needed: Vec<Value> = fields.iter().filter_map(|field| rule(field, fields)).collect();
        match fields.iter().find(|field| field.name == "draft") {
            Some(draft) if !is_entry => {
                let drafts = [json!(true)].into_iter().chain(TRUE.map(|word| json!(word)));
                let drafts = one_of(draft, &drafts.collect::<Vec<_>>());
                rules.push(json!({ "if": drafts, "else": { "allOf": needed } }));
            }
            _ => rules.extend(needed),
        }
        json!({
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
            "allOf": rules,
        })
    }

    /// An entry of a list: a map, or a text alone where that may stand for it.
    fn entry(&self, record: &Record, object: Value) -> Value {
        match record.short_form.and_then(|name| record.field(name)) {
            Some(field) => {
                let text = json!({ "type": TEXT, "description": field.about(Lang::Zh) });
                json!({ "anyOf": [object, text] })
            }
            None => object,
        }
    }

    /// The value of a key, which may be empty.
    fn value(&self, field: &Field) -> Value {
        let mut value = match field.shape {
            Shape::Text => or_null(self.text(field)),
            // A text alone that is plainly one thing is a list of one.
            Shape::Texts => {
                let one = json!({ "type": "string", "pattern": ONE });
                json!({ "anyOf": [{ "allOf": [self.text(field), one] }, self.texts(field)] })
            }
            Shape::TextOrTexts => json!({ "anyOf": [self.text(field), self.texts(field)] }),
            Shape::Flag => {
                let words = TRUE.into_iter().chain(FALSE).map(Value::from);
                let values = [json!(true), json!(false), Value::Null].into_iter().chain(words);
                json!({ "enum": values.collect::<Vec<_>>() })
            }
            Shape::Moment => json!({ "type": ["string", "null"], "pattern": MOMENT }),
            Shape::Number(least, most) => {
                json!({ "type": ["integer", "null"], "minimum": least, "maximum": most })
            }
            Shape::Word(words) => {
                let words = words.iter().flat_map(|&(en, zh)| [json!(en), json!(zh)]);
                json!({ "enum": words.chain([Value::Null]).collect::<Vec<_>>() })
            }
            Shape::Map(record) => or_null(self.entry(record, self.record(record))),
            Shape::Maps(record) => {
                let entry = self.entry(record, self.record(record));
                json!({ "type": ["array", "null"], "items": entry })
            }
            Shape::Named(record) => {
                let entry = self.entry(record, self.record(record));
                json!({ "type": ["object", "null"], "additionalProperties": entry })
            }
            Shape::Anything => json!({ "type": ["object", "null"] }),
        };
        value["title"] = json!(format!("{}（{}）", field.chinese, field.name));
        value["description"] = json!(field.about(Lang::Zh).replace('`', ""));
        if let Some(default) = field.default.and_then(read) {
            value["default"] = default;
        }
        if let Some(sample) = read(field.sample.zh).filter(|sample| *sample != json!("…")) {
            value["examples"] = json!([sample]);
        }
        value
    }

    fn record(&self, record: &Record) -> Value {
        self.object(&record.fields.iter().collect::<Vec<_>>(), true)
    }

    fn text(&self, field: &Field) -> Value {
        // Only if all lists are known can one say that a name is in none of them.
        let lists = field.names.iter().map(|list| (self.names)(list));
        if let Some(lists) = lists.collect::<Option<Vec<_>>>().filter(|lists| !lists.is_empty()) {
            return json!({ "enum": lists.concat() });
        }
        let mut text = json!({ "type": TEXT });
        if let Some(rule) = &field.rule {
            text["pattern"] = json!(rule.pattern);
        }
        if let (Some(limit), Shape::Text) = (&field.limit, field.shape) {
            text["maxLength"] = json!(limit.most);
        }
        text
    }

    fn texts(&self, field: &Field) -> Value {
        let mut texts = json!({ "type": ["array", "null"], "items": self.text(field) });
        if let Some(limit) = &field.limit {
            texts["maxItems"] = json!(limit.most);
        }
        texts
    }
}

/// Numbers and truth values are texts too, spelled as they are.
const TEXT: [&str; 3] = ["string", "number", "boolean"];

fn or_null(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// Has the key a value that is more than an empty text or list?
fn given(field: &Field) -> Value {
    let key = |key: &str| {
        let value = json!({ "not": { "enum": [null, "", []] } });
        json!({ "required": [key], "properties": { key: value } })
    };
    let spellings = [field.name, field.chinese].into_iter().chain(field.also);
    json!({ "anyOf": spellings.map(key).collect::<Vec<_>>() })
}

/// Is the value of the key one of these?
fn one_of(field: &Field, values: &[Value]) -> Value {
    let key = |key: &str| json!({ "required": [key], "properties": { key: { "enum": values } } });
    json!({ "anyOf": [key(field.name), key(field.chinese)] })
}

/// That a key is given where it must be.
fn rule(field: &Field, fields: &[&Field]) -> Option<Value> {
    match field.need {
        Need::Always | Need::Stories => Some(given(field)),
        Need::Kinds(kinds) => {
            let kind = fields.iter().find(|field| field.name == "kind")?;
            let words = kinds.iter().flat_map(|kind| [kind.name(Lang::En), kind.name(Lang::Zh)]);
            let words: Vec<Value> = words.map(Value::from).collect();
            Some(json!({ "if": one_of(kind, &words), "then": given(field) }))
        }
        Need::Optional | Need::With(_) => None,
    }
}

/// YAML of a declaration as JSON.
fn read(yaml: &str) -> Option<Value> {
    serde_json::to_value(Untyped(&yaml::parse(yaml).ok()?)).ok()
}
