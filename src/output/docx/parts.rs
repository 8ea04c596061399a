//! The parts of a document besides its text.

use std::fmt::Write as _;

use super::{Manuscript, Picture};

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespace of text, for the first tag of a part.
pub(super) const W: &str =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

pub(super) const R: &str =
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Kinds of relationships begin so.
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(super) const APPLICATION_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
     <Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">";

pub(super) const RELATIONSHIPS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
     <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
     <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
     <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
     <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>\
     </Relationships>";

/// The fonts that offices have, and what stands in for them elsewhere.
pub(super) const FONTS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
     <w:fonts xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
     <w:font w:name=\"方正小标宋简体\"><w:altName w:val=\"宋体\"/><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/></w:font>\
     <w:font w:name=\"仿宋\"><w:altName w:val=\"仿宋_GB2312\"/><w:charset w:val=\"86\"/><w:family w:val=\"modern\"/></w:font>\
     <w:font w:name=\"楷体\"><w:altName w:val=\"楷体_GB2312\"/><w:charset w:val=\"86\"/><w:family w:val=\"modern\"/></w:font>\
     <w:font w:name=\"黑体\"><w:charset w:val=\"86\"/><w:family w:val=\"modern\"/></w:font>\
     <w:font w:name=\"宋体\"><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/></w:font>\
     </w:fonts>";

/// The name of a picture's part below `word/`.
pub(super) fn picture_name(number: usize, picture: &Picture) -> String {
    format!("media/image{number}.{}", picture.extension)
}

pub(super) fn content_types(manuscript: &Manuscript) -> String {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut out = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    let mut kinds: Vec<&str> =
        manuscript.pictures.iter().map(|picture| picture.extension).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for extension in kinds {
        let kind = crate::output::media::of_path(&format!(".{extension}"));
        let _ = write!(out, "<Default Extension=\"{extension}\" ContentType=\"{kind}\"/>");
    }
    for (name, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("numbering", "numbering"),
        ("footnotes", "footnotes"),
        ("footer1", "footer"),
        ("footer2", "footer"),
    ] {
        let _ = write!(
            out,
            "<Override PartName=\"/word/{name}.xml\" ContentType=\"{WORD}.{kind}+xml\"/>"
        );
    }
    out.push_str(
        "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>",
    );
    out
}

/// Relationships of a part in the making.
#[derive(Default)]
pub(super) struct Relationships {
    /// Kinds, targets, and whether each is outside.
    all: Vec<(&'static str, String, bool)>,
}

impl Relationships {
    /// Those that every document has.
    pub fn of_document() -> Self {
        let mut relationships = Self::default();
        for (kind, target) in [
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("numbering", "numbering.xml"),
            ("footnotes", "footnotes.xml"),
            ("footer", "footer1.xml"),
            ("footer", "footer2.xml"),
        ] {
            relationships.add(kind, target, false);
        }
        relationships
    }

    /// The id of a relationship.
    pub fn add(&mut self, kind: &'static str, target: &str, is_outside: bool) -> String {
        let is_same = |(k, t, _): &(&str, String, bool)| *k == kind && t == target;
        let known = self.all.iter().position(is_same);
        let place = known.unwrap_or_else(|| {
            self.all.push((kind, target.to_string(), is_outside));
            self.all.len() - 1
        });
        format!("rId{}", place + 1)
    }

    pub fn xml(&self) -> String {
        let mut out = format!(
            "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        );
        for (i, (kind, target, is_outside)) in self.all.iter().enumerate() {
            let (id, target) = (i + 1, crate::base::escape::xml(target));
            let mode = if *is_outside { " TargetMode=\"External\"" } else { "" };
            let _ = write!(
                out,
                "<Relationship Id=\"rId{id}\" Type=\"{KIND}/{kind}\" Target=\"{target}\"{mode}/>"
            );
        }
        out.push_str("</Relationships>");
        out
    }
}

/// Footers differ on odd and even pages; a contents is brought up to date when it is opened.
pub(super) fn settings(has_contents: bool) -> String {
    let update = if has_contents { "<w:updateFields w:val=\"true\"/>" } else { "" };
    format!(
        "{HEAD}<w:settings {W}><w:evenAndOddHeaders/>\
         <w:characterSpacingControl w:val=\"compressPunctuation\"/>{update}\
         <w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         </w:settings>"
    )
}

/// `— 3 —`, on the outer side of the page.
pub(super) fn footer(side: &str) -> String {
    let run = |inside: &str| format!("<w:r>{inside}</w:r>");
    let dash = |text: &str| run(&format!("<w:t xml:space=\"preserve\">{text}</w:t>"));
    let indent = match side {
        "left" => "<w:ind w:leftChars=\"100\" w:left=\"280\"/>",
        _ => "<w:ind w:rightChars=\"100\" w:right=\"280\"/>",
    };
    format!(
        "{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/>{indent}<w:jc w:val=\"{side}\"/></w:pPr>\
         {}{}{}{}{}{}</w:p></w:ftr>",
        dash("— "),
        run("<w:fldChar w:fldCharType=\"begin\"/>"),
        run("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>"),
        run("<w:fldChar w:fldCharType=\"separate\"/>"),
        run("<w:t>1</w:t>") + &run("<w:fldChar w:fldCharType=\"end\"/>"),
        dash(" —"),
    )
}
