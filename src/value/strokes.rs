//! The order of names by the strokes of the surname (姓氏笔画), as lists of honoured people have it.
//!
//! Fewer strokes come first; with equal counts the shapes of the strokes decide, from the first
//! one on: 横 竖 撇 点 折. The table beside this file has that order for every character of the
//! General Standard Chinese Characters, and its sources.

use std::sync::LazyLock;

use crate::base::map::Map;

static TABLE: &str = include_str!("strokes.txt");

/// Surnames of two characters.
const COMPOUND: [&str; 48] = [
    "欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒",
    "长孙", "宇文", "轩辕", "端木", "独孤", "南宫", "西门", "申屠", "百里", "呼延", "澹台", "公冶",
    "宗政", "濮阳", "淳于", "单于", "太史", "仲孙", "钟离", "闾丘", "万俟", "司空", "鲜于", "赫连",
    "东郭", "南门", "羊舌", "微生", "公羊", "拓跋", "宰父", "谷梁", "左丘", "东门", "西陵", "第五",
];

/// Of a character: its place in the order, and how many strokes it has.
static PLACES: LazyLock<Map<char, (u32, u8)>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter_map(|line| line.split_once('\t'));
    let counted = lines.filter_map(|(count, all)| Some((count.parse::<u8>().ok()?, all)));
    let each = counted.flat_map(|(count, all)| all.chars().map(move |c| (c, count)));
    (0..).zip(each).map(|(place, (c, count))| (c, (place, count))).collect()
});

/// How many strokes a character has, if it is one of the standard.
pub fn count(c: char) -> Option<u8> {
    PLACES.get(&c).map(|&(_, count)| count)
}

/// The key by which names of people sort: by the first character of the surname, surnames of one
/// character before those of two, given names of one character before longer ones, then character by
/// character. Characters outside the standard come last. `name` has no white space.
pub fn name_key(name: &str) -> Vec<u32> {
    let place = |c: char| PLACES.get(&c).map_or(1 << 24 | u32::from(c), |&(place, _)| place);
    let compound = COMPOUND.iter().any(|surname| name.starts_with(surname));
    let surname = if compound { 2 } else { 1 };
    let length = name.chars().count() as u32;
    let mut key: Vec<u32> = Vec::with_capacity(name.len() / 3 + 2);
    let mut chars = name.chars().map(place);
    key.extend(chars.next());
    key.push(surname);
    key.extend(chars.by_ref().take(surname as usize - 1));
    key.push(length);
    key.extend(chars);
    key
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_standard() {
        assert_eq!(PLACES.len(), 8105);
        let (mut last, mut lines) = (0, 0);
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let strokes: u8 = line.split_once('\t').unwrap().0.parse().unwrap();
            assert!(strokes > last, "{line}");
            (last, lines) = (strokes, lines + 1);
        }
        assert_eq!((last, lines), (36, 28));
    }

    #[test]
    fn strokes_are_counted_as_they_are_written() {
        for (strokes, characters) in [
            (1, "一乙"),
            (2, "乃九了力又丁卜"),
            (3, "也马女及凡万与"),
            (4, "邓尹孔王车毛方文长比瓦牙丹"),
            (5, "石鸟巧世凸凹"),
            (6, "舟成考臣巡吕"),
            (7, "我卵"),
            (11, "敢"),
        ] {
            for c in characters.chars() {
                assert_eq!(count(c), Some(strokes), "{c}");
            }
        }
        assert_eq!((count('龘'), count('國'), count('A')), (None, None, None));
    }

    /// Each list is in the order of such lists.
    #[test]
    fn names_stand_in_the_customary_order() {
        for names in [
            // Shapes that are often mistaken, of two, three, four … strokes.
            "丁 卜 九 刁 了 刀 力 乃 又",
            "于 万 也 女 马",
            "王 车 比 瓦 毛 长 文 方 尹 孔 邓",
            "左 石 成 舟 李 我 敢",
            "于敏 马超 王芳 王琳 王一平 王小明 毛宁 方正 孔明 左丘明 石磊",
            // A given name of one character before longer ones, whatever its strokes.
            "王丁 王鑫 王一一 王小丁",
            "欧立 欧大海 欧阳山 欧阳立 欧阳大海",
            "石磊 阿依古丽·买买提 龘龘",
        ] {
            let wanted: Vec<&str> = names.split(' ').collect();
            let mut sorted = wanted.clone();
            sorted.sort_by_key(|name| name_key(name));
            assert_eq!(sorted, wanted);
        }
    }
}
