//! The words of `new`.

use super::Command;
use super::complaints::both;
use crate::base::text;
use crate::diagnostic::Text;
use crate::value::kind::Kind;

/// What `new` was told.
pub(super) fn new_story(words: &[String]) -> Result<Command, Text> {
    let Some((kind, title)) = words.split_first() else {
        return Err(both(
            "缺少稿件类型和标题，例如：xianfeng new member 林小满的一天",
            "the kind and the title are missing: xianfeng new member TITLE",
        ));
    };
    let Some(kind) = Kind::from_word(kind) else {
        let words: Vec<&str> = Kind::WORDS.iter().map(|&(word, _)| word).collect();
        let near = text::nearest(kind, words);
        return Err(match near {
            Some(near) => both(
                format!("没有“{kind}”这种稿件，是不是“{near}”？"),
                format!("“{kind}” is not a kind of story; did you mean “{near}”?"),
            ),
            None => both(
                format!("没有“{kind}”这种稿件，可选 branch（支部）、member（党员）、news（动态）"),
                format!("“{kind}” is not a kind of story: branch, member or news"),
            ),
        });
    };
    let title = text::fold(&title.join(" "));
    match title.chars().count() {
        0 => Err(both("缺少标题，例如：xianfeng new news 活动启动", "the title is missing")),
        1..=100 => Ok(Command::New { kind, title }),
        n => Err(both(
            format!("标题有 {n} 个字，最多 100 个字"),
            format!("the title has {n} characters; 100 is the most"),
        )),
    }
}
