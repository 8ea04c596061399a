//! What stands for the portrait of somebody of whom there is none.

/// Surnames of two characters; the others have one.
const COMPOUND: &str = "欧阳 上官 司马 司徒 司空 诸葛 尉迟 皇甫 夏侯 慕容 令狐 宇文 长孙 公孙 \
    东方 南宫 西门 端木 轩辕 独孤 申屠 钟离 闻人 呼延 百里 东郭 南门 淳于 单于 澹台 濮阳 赫连 太史 公冶 宗政";

/// The surname of a Chinese name; of any other the first letter. Names of several parts, as in
/// 阿依古丽·买买提, begin with the person's own.
pub fn initial(name: &str) -> &str {
    let letters = letters(name);
    let (first, rest) = letters.split_at(end(letters, 2));
    // Each of the list is two characters between spaces, so two characters are one of it or none.
    let is_compound =
        !rest.is_empty() && !first.contains(char::is_whitespace) && COMPOUND.contains(first);
    match is_compound {
        true => first,
        false => letter(letters),
    }
}

/// The first letter or character of a name.
pub fn letter(name: &str) -> &str {
    let letters = letters(name);
    &letters[..end(letters, 1)]
}

fn letters(name: &str) -> &str {
    name.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// Where so many characters end.
fn end(text: &str, count: usize) -> usize {
    text.char_indices().nth(count).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_or_a_first_letter() {
        for (name, wanted) in [
            ("顾长宁", "顾"),
            ("欧阳一苇", "欧阳"),
            ("欧阳", "欧"),
            ("阳 上官", "阳"),
            ("东方", "东"),
            ("𠮷田", "𠮷"),
            ("㛃", "㛃"),
            ("阿依古丽·买买提", "阿"),
            ("Tenzin", "T"),
            ("“老周”", "老"),
            ("", ""),
            ("——", ""),
        ] {
            assert_eq!(initial(name), wanted, "{name}");
        }
    }
}
