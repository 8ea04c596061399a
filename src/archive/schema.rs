//! What our XML documents look like, said once: the same table gives the XSD that lies in
//! the bag, and the check of `archive verify`.

use std::fmt::Write as _;

use super::xml::Element;

/// The namespace of records.
pub const RECORD_NAMESPACE: &str = "urn:x-xianfeng:record:1";

/// The namespace of the catalogue.
pub const CATALOGUE_NAMESPACE: &str = "urn:x-xianfeng:catalogue:1";

/// The namespace of Dublin Core.
pub const DC_NAMESPACE: &str = "http://purl.org/dc/elements/1.1/";

/// An element of a document.
#[derive(Debug)]
pub struct Spec {
    name: &'static str,
    /// How often it may stand there, at least and at most.
    times: (usize, usize),
    content: ContentModel,
    /// An attribute, and what it may be.
    attribute: Option<(&'static str, &'static [&'static str])>,
}

#[derive(Debug)]
enum ContentModel {
    Text,
    Date,
    /// A whole number from this one on.
    Number(u64),
    OneOf(&'static [&'static str]),
    /// These elements, in this order.
    Elements(&'static [Spec]),
}

const ANY: usize = usize::MAX;

const fn spec(name: &'static str, times: (usize, usize), content: ContentModel) -> Spec {
    Spec { name, times, content, attribute: None }
}

const fn one(name: &'static str) -> Spec {
    spec(name, (1, 1), ContentModel::Text)
}

const fn maybe(name: &'static str) -> Spec {
    spec(name, (0, 1), ContentModel::Text)
}

const fn several(name: &'static str) -> Spec {
    spec(name, (0, ANY), ContentModel::Text)
}

const fn group(name: &'static str, elements: &'static [Spec]) -> Spec {
    spec(name, (1, 1), ContentModel::Elements(elements))
}

const RETENTION: &[&str] = &["永久", "30年", "10年"];

/// metadata.xml.
pub const RECORD: Spec = group(
    "记录",
    &[
        group(
            "都柏林核心",
            &[
                one("dc:title"),
                several("dc:creator"),
                several("dc:subject"),
                maybe("dc:description"),
                maybe("dc:publisher"),
                several("dc:contributor"),
                spec("dc:date", (1, 1), ContentModel::Date),
                one("dc:type"),
                several("dc:format"),
                one("dc:identifier"),
                several("dc:source"),
                one("dc:language"),
                several("dc:coverage"),
                one("dc:rights"),
            ],
        ),
        group(
            "电子文件元数据",
            &[
                one("聚合层次"),
                group("来源", &[maybe("全宗名称"), maybe("立档单位名称")]),
                one("档号"),
                group(
                    "档号构成",
                    &[
                        one("全宗号"),
                        one("档案门类代码"),
                        spec("年度", (1, 1), ContentModel::Number(1)),
                        spec("保管期限", (1, 1), ContentModel::OneOf(RETENTION)),
                        one("机构或问题代码"),
                        spec("件号", (1, 1), ContentModel::Number(1)),
                    ],
                ),
                group(
                    "内容描述",
                    &[
                        one("题名"),
                        several("主题词"),
                        several("关键词"),
                        several("人名"),
                        several("中心工作"),
                        several("统筹工作"),
                        several("载体"),
                        several("实事"),
                        several("荣誉"),
                        maybe("摘要"),
                        several("责任者"),
                        spec("日期", (1, 1), ContentModel::Date),
                        one("文种"),
                        spec("密级", (1, 1), ContentModel::OneOf(&["公开"])),
                    ],
                ),
                group(
                    "形式特征",
                    &[
                        one("文件组合类型"),
                        spec("件数", (1, 1), ContentModel::Number(1)),
                        Spec {
                            name: "页数",
                            times: (1, 1),
                            content: ContentModel::Number(1),
                            attribute: Some(("依据", &["稿件", "估算"])),
                        },
                        one("语种"),
                        one("稿本"),
                    ],
                ),
                spec(
                    "电子属性",
                    (1, ANY),
                    ContentModel::Elements(&[
                        one("计算机文件名"),
                        maybe("原文件名"),
                        one("格式信息"),
                        spec("计算机文件大小", (1, 1), ContentModel::Number(0)),
                        Spec {
                            name: "数字摘要",
                            times: (1, 1),
                            content: ContentModel::Text,
                            attribute: Some(("算法", &["SHA-256"])),
                        },
                    ]),
                ),
                maybe("附注"),
            ],
        ),
    ],
);

/// 文件目录.XML.
pub const CATALOGUE: Spec = group(
    "文件目录",
    &[spec(
        "文件",
        (0, ANY),
        ContentModel::Elements(&[
            spec("顺序号", (1, 1), ContentModel::Number(1)),
            one("档号"),
            maybe("责任者"),
            one("题名"),
            spec("日期", (1, 1), ContentModel::Date),
            spec("密级", (1, 1), ContentModel::OneOf(&["公开"])),
            one("电子档案名称"),
            maybe("备注"),
        ]),
    )],
);

/// What is wrong with an element: the names that lead to it, from the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// `记录/来源/全宗名称`.
    pub path: String,
    /// Which of its rules it breaks.
    pub rule: SchemaRule,
}

/// A rule that a document may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaRule {
    /// An element is missing.
    Missing,
    /// An element is where none of this name may be.
    Unexpected,
    /// Its text cannot be what it should be.
    Value,
    /// It is in another namespace.
    Namespace,
}

/// The first thing in which a document is not what `spec` says.
pub fn check(root: &Element, spec: &Spec, namespace: &str) -> Option<Mismatch> {
    let at = |rule| Some(Mismatch { path: root.name.clone(), rule });
    if root.name != spec.name {
        return at(SchemaRule::Unexpected);
    }
    let declares = |name: &str, value: &str| {
        root.attributes.iter().any(|(known, given)| known == name && given == value)
    };
    let dc = namespace == RECORD_NAMESPACE && !declares("xmlns:dc", DC_NAMESPACE);
    if !declares("xmlns", namespace) || dc {
        return at(SchemaRule::Namespace);
    }
    check_content(root, spec, spec.name.to_string())
}

fn check_content(element: &Element, spec: &Spec, path: String) -> Option<Mismatch> {
    let wrong = |rule| Some(Mismatch { path: path.clone(), rule });
    if let Some((name, values)) = spec.attribute {
        let given = element.attributes.iter().find(|(known, _)| known == name);
        if !given.is_some_and(|(_, value)| values.contains(&value.as_str())) {
            return wrong(SchemaRule::Value);
        }
    }
    let text = element.text.as_str();
    let ContentModel::Elements(specs) = &spec.content else {
        let fits = match &spec.content {
            ContentModel::Date => is_date(text),
            ContentModel::Number(least) => text.parse::<u64>().is_ok_and(|number| number >= *least),
            ContentModel::OneOf(words) => words.contains(&text),
            _ => !text.is_empty(),
        };
        return if fits && element.children.is_empty() { None } else { wrong(SchemaRule::Value) };
    };
    if !text.is_empty() {
        return wrong(SchemaRule::Value);
    }
    let mut children = element.children.iter().peekable();
    for spec in *specs {
        let path = format!("{path}/{}", spec.name);
        let mut count = 0;
        while let Some(child) = children.next_if(|child| child.name == spec.name) {
            count += 1;
            if count > spec.times.1 {
                return Some(Mismatch { path, rule: SchemaRule::Unexpected });
            }
            if let Some(mismatch) = check_content(child, spec, path.clone()) {
                return Some(mismatch);
            }
        }
        if count < spec.times.0 {
            return Some(Mismatch { path, rule: SchemaRule::Missing });
        }
    }
    let extra = children.next()?;
    Some(Mismatch { path: format!("{path}/{}", extra.name), rule: SchemaRule::Unexpected })
}

fn is_date(text: &str) -> bool {
    let zone = crate::value::moment::default_zone();
    let is_digit_or_hyphen = |b: u8| b.is_ascii_digit() || b == b'-';
    text.len() == 10
        && text.bytes().all(is_digit_or_hyphen)
        && crate::value::moment::Moment::parse(text, zone).is_ok()
}

/// The XSD of a document.
pub fn xsd(spec: &Spec, namespace: &str) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:dc=\"{DC_NAMESPACE}\"\n\
         \x20          targetNamespace=\"{namespace}\" elementFormDefault=\"qualified\">\n"
    );
    if namespace == RECORD_NAMESPACE {
        let _ = writeln!(
            out,
            "  <xs:import namespace=\"{DC_NAMESPACE}\" schemaLocation=\"{DC_SCHEMA}\"/>"
        );
    }
    declare(&mut out, spec, "  ", true);
    out.push_str("</xs:schema>\n");
    out
}

/// The name of the file with [`dc_xsd`].
pub const DC_SCHEMA: &str = "dc.xsd";

/// The XSD of the fifteen elements of Dublin Core, as far as records use them.
pub fn dc_xsd() -> String {
    const NAMES: [&str; 15] = [
        "title",
        "creator",
        "subject",
        "description",
        "publisher",
        "contributor",
        "date",
        "type",
        "format",
        "identifier",
        "source",
        "language",
        "relation",
        "coverage",
        "rights",
    ];
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"\n\
         \x20          targetNamespace=\"{DC_NAMESPACE}\" elementFormDefault=\"qualified\">\n"
    );
    for name in NAMES {
        let _ = writeln!(out, "  <xs:element name=\"{name}\" type=\"xs:string\"/>");
    }
    out.push_str("</xs:schema>\n");
    out
}

fn declare(out: &mut String, spec: &Spec, indent: &str, root: bool) {
    let occurs = match (root, spec.times) {
        (true, _) | (_, (1, 1)) => String::new(),
        (_, (least, ANY)) => format!(" minOccurs=\"{least}\" maxOccurs=\"unbounded\""),
        (_, (least, most)) => format!(" minOccurs=\"{least}\" maxOccurs=\"{most}\""),
    };
    let name = spec.name;
    if name.starts_with("dc:") {
        let _ = writeln!(out, "{indent}<xs:element ref=\"{name}\"{occurs}/>");
        return;
    }
    if let (ContentModel::Text, None) = (&spec.content, spec.attribute) {
        let _ = writeln!(out, "{indent}<xs:element name=\"{name}\"{occurs}>");
        let _ = writeln!(
            out,
            "{indent}  <xs:simpleType><xs:restriction base=\"xs:string\"><xs:minLength value=\"1\"/></xs:restriction></xs:simpleType>"
        );
        let _ = writeln!(out, "{indent}</xs:element>");
        return;
    }
    let _ = writeln!(out, "{indent}<xs:element name=\"{name}\"{occurs}>");
    match &spec.content {
        ContentModel::Elements(specs) => {
            let _ = writeln!(out, "{indent}  <xs:complexType><xs:sequence>");
            specs.iter().for_each(|spec| declare(out, spec, &format!("{indent}    "), false));
            let _ = writeln!(out, "{indent}  </xs:sequence></xs:complexType>");
        }
        ContentModel::OneOf(words) => {
            let _ = writeln!(out, "{indent}  {}", one_of(words));
        }
        content => {
            let (base, facet) = match content {
                ContentModel::Date => ("xs:date", String::new()),
                ContentModel::Number(least) => {
                    ("xs:integer", format!("<xs:minInclusive value=\"{least}\"/>"))
                }
                _ => ("xs:string", String::new()),
            };
            match spec.attribute {
                None => {
                    let _ = writeln!(
                        out,
                        "{indent}  <xs:simpleType><xs:restriction base=\"{base}\">{facet}</xs:restriction></xs:simpleType>"
                    );
                }
                Some((attribute, values)) => {
                    let _ = writeln!(
                        out,
                        "{indent}  <xs:complexType><xs:simpleContent><xs:extension base=\"{base}\">"
                    );
                    let _ = writeln!(
                        out,
                        "{indent}    <xs:attribute name=\"{attribute}\" use=\"required\">{}</xs:attribute>",
                        one_of(values)
                    );
                    let _ = writeln!(
                        out,
                        "{indent}  </xs:extension></xs:simpleContent></xs:complexType>"
                    );
                }
            }
        }
    }
    let _ = writeln!(out, "{indent}</xs:element>");
}

fn one_of(words: &[&str]) -> String {
    let words: String =
        words.iter().map(|word| format!("<xs:enumeration value=\"{word}\"/>")).collect();
    format!(
        "<xs:simpleType><xs:restriction base=\"xs:string\">{words}</xs:restriction></xs:simpleType>"
    )
}
