//! Names that Windows cannot give to a file, wherever the site is made: it may be handed over on a
//! stick, in an archive, or to a server that runs Windows.

/// Why Windows cannot give such a name to a file or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is kept for a device: `con`, `com1.txt`.
    Device,
    /// It has this character.
    Sign(char),
    /// It ends in a dot or a space, which would be dropped.
    End,
}

/// Why Windows cannot give a name, one part of a path, to a file; `None` if it can.
pub fn unfit(name: &str) -> Option<Unfit> {
    let is_odd = |c: &char| c.is_ascii_control() || "<>:\"/\\|?*".contains(*c);
    if let Some(sign) = name.chars().find(is_odd) {
        return Some(Unfit::Sign(sign));
    }
    if name.ends_with(['.', ' ']) && name != "." && name != ".." {
        return Some(Unfit::End);
    }
    is_device(name).then_some(Unfit::Device)
}

/// A name near to this one that Windows can give.
pub fn fit(name: &str) -> String {
    let sign = |c: char| match unfit(c.encode_utf8(&mut [0; 4])) {
        Some(Unfit::Sign(_)) => match c {
            ':' => '：',
            '?' => '？',
            '*' => '＊',
            '<' => '〈',
            '>' => '〉',
            _ => '-',
        },
        _ => c,
    };
    let name: String = name.chars().map(sign).collect();
    let name = name.trim_end_matches(['.', ' ']);
    let (stem, rest) = name.split_at(name.find('.').unwrap_or(name.len()));
    let number = if is_device(name) { "-1" } else { "" };
    format!("{}{number}{rest}", stem.trim_end_matches(' '))
}

/// Does Windows keep a name for a device, whatever follows a dot in it?
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end_matches(' ');
    let is = |device: &str| stem.eq_ignore_ascii_case(device);
    if ["con", "prn", "aux", "nul", "conin$", "conout$"].into_iter().any(is) {
        return true;
    }
    // The digits of superscripts count as digits here.
    let numbered = |port: &str| {
        let head = stem.get(..3).filter(|head| head.eq_ignore_ascii_case(port));
        head.is_some()
            && ["1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"].contains(&&stem[3..])
    };
    numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_cannot_give() {
        for (name, why) in [
            ("con", Some(Unfit::Device)),
            ("CON", Some(Unfit::Device)),
            ("Nul.txt", Some(Unfit::Device)),
            ("aux.tar.gz", Some(Unfit::Device)),
            ("prn .md", Some(Unfit::Device)),
            ("com1", Some(Unfit::Device)),
            ("LPT9.pdf", Some(Unfit::Device)),
            ("com²", Some(Unfit::Device)),
            ("conin$", Some(Unfit::Device)),
            ("com0", None),
            ("com10", None),
            ("com", None),
            ("comx", None),
            ("control", None),
            ("con-1", None),
            ("康.txt", None),
            ("附件：会议 3.pdf", None),
            ("a:b.pdf", Some(Unfit::Sign(':'))),
            ("“问”?.docx", Some(Unfit::Sign('?'))),
            ("a\\b", Some(Unfit::Sign('\\'))),
            ("a\u{1}", Some(Unfit::Sign('\u{1}'))),
            ("总结.", Some(Unfit::End)),
            ("总结 ", Some(Unfit::End)),
            ("总结。", None),
            (".well-known", None),
            ("", None),
        ] {
            assert_eq!(unfit(name), why, "{name}");
            assert_eq!(unfit(&fit(name)), None, "{name}");
        }
        assert_eq!(fit("关于“学习”: 通知?.pdf"), "关于“学习”： 通知？.pdf");
        assert_eq!(fit("aux.tar.gz"), "aux-1.tar.gz");
        assert_eq!(fit("总结. "), "总结");
    }
}
