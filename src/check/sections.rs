//! Sections that end where they begin: a heading, and then the next one.

use crate::base::parallel;
use crate::diagnostic::{Diagnostic, note};
use crate::model::Site;
use crate::parse::Document;
use crate::source::Place;

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let owners: Vec<_> = site.owners().collect();
    let found = parallel::map(&owners, |&owner| of(site.document(owner)));
    found.into_iter().flatten().collect()
}

fn of(document: &Document) -> Vec<Diagnostic> {
    // What has one heading at most may well begin with it and have no text below.
    let Some(source) =
        (document.body.headings.len() > 1).then(|| document.source.read().ok()).flatten()
    else {
        return Vec::new();
    };
    let body = document.markdown(&source);
    let complaint = |heading: &str| {
        let start =
            document.parts.body.start + (heading.as_ptr() as usize - body.as_ptr() as usize);
        section_empty(document.source.place(start..start + heading.len()), name(heading))
    };
    empty(body).into_iter().map(complaint).collect()
}

/// The lines of headings with no text, and no heading of a lower level, before the next one.
fn empty(body: &str) -> Vec<&str> {
    let (mut empty, mut open) = (Vec::new(), None::<(usize, &str)>);
    let (mut fence, mut in_comment) = (None::<&str>, false);
    for line in body.lines() {
        let words = line.trim();
        if in_comment || words.starts_with("<!--") {
            in_comment = !words.contains("-->");
            continue;
        }
        let is_fence = ["```", "~~~"].into_iter().find(|fence| words.starts_with(fence));
        match (fence, is_fence) {
            (None, Some(_)) => fence = is_fence,
            (Some(_), Some(_)) if fence == is_fence => fence = None,
            _ => {}
        }
        match level(line).filter(|_| fence.is_none()) {
            Some(level) => {
                empty.extend(open.filter(|&(above, _)| level <= above).map(|(_, line)| line));
                open = Some((level, words));
            }
            None if words.is_empty() => {}
            None => open = None,
        }
    }
    empty.extend(open.map(|(_, line)| line));
    empty
}

/// The level of the heading that a line is.
fn level(line: &str) -> Option<usize> {
    let words = line.trim_start_matches(['#', '＃']);
    let signs = line[..line.len() - words.len()].chars().count();
    // Without the space it may be `#1`, a number; as a heading it would only not be told of.
    let is_heading = (1..=6).contains(&signs) && words.starts_with(char::is_whitespace);
    (is_heading && !name(words).is_empty()).then_some(signs)
}

fn name(heading: &str) -> &str {
    heading.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '＃'))
}

/// A heading without a text.
fn section_empty(place: Place, name: &str) -> Diagnostic {
    note(
        "section-empty",
        place,
        format!("小标题“{name}”下面没有内容"),
        format!("there is nothing under the heading “{name}”"),
    )
    .help("补上这一部分，或者删掉这个小标题", "write this part, or delete the heading")
}

#[cfg(test)]
mod tests {
    use super::empty;

    #[test]
    fn empty_sections_are_found() {
        let table: &[(&str, &[&str])] = &[
            ("## 做法\n\n字\n\n## 启示\n", &["## 启示"]),
            ("## 做法\n\n## 启示\n\n字\n", &["## 做法"]),
            ("## 做法\n### 第一步\n\n字\n", &[]),
            ("## 做法\n### 第一步\n\n## 启示\n字", &["### 第一步"]),
            ("## 做法\n<!-- 待补\n再补 -->\n\n## 启示\n字", &["## 做法"]),
            ("## 做法\n```\n# 注\n## 再注\n```\n## 启示\n![图](a.png)", &[]),
            ("## 做法\n#1 楼先动\n## 启示\n字", &[]),
        ];
        for (body, expected) in table {
            assert_eq!(&empty(body), expected, "{body}");
        }
    }
}
