//! Messages about bags, one constructor each.

use crate::bag::manifest::Unsafe;
use crate::diagnostic::{Diagnostic, error, warning};
use crate::source::Place;

/// So much of a name that somebody wrote into a bag is shown.
pub(crate) fn shown(name: &str) -> String {
    let mut text: String = name.chars().take(120).collect();
    if text.len() < name.len() {
        text.push('…');
    }
    text
}

/// The folder is no bag.
pub fn bag_none(place: Place) -> Diagnostic {
    error(
        "bag-none",
        place,
        "这个文件夹不是归档包：里面没有 bagit.txt",
        "this folder is not a bag: it has no bagit.txt",
    )
    .help("指明直接放着 bagit.txt 的那个文件夹", "name the folder that contains bagit.txt")
}

/// bagit.txt is damaged, or of a version or encoding that is not known.
pub fn bag_declaration(place: Place) -> Diagnostic {
    error(
        "bag-declaration",
        place,
        "bagit.txt 不对：它应当写明版本（到 1.0 为止）和 UTF-8 编码，其余的没有检查",
        "bagit.txt does not declare a version up to 1.0 and UTF-8; the rest was not checked",
    )
    .help(
        "用完好的副本代替这个归档包",
        "take an undamaged copy of the bag, or a tool that knows its version",
    )
}

/// Files are to be fetched from elsewhere.
pub fn bag_fetch(place: Place) -> Diagnostic {
    error(
        "bag-fetch",
        place,
        "这个归档包不完整：有些文件要另外从网上下载，本程序不下载",
        "the bag is not complete: some of its files must be fetched, which this program does not do",
    )
    .help(
        "请移交单位补齐文件，做一个不带 fetch.txt 的归档包",
        "ask for a bag that holds all its files and has no fetch.txt",
    )
}

/// There is no `data` folder.
pub fn bag_no_payload(place: Place) -> Diagnostic {
    error("bag-no-payload", place, "归档包里没有 data 文件夹", "the bag has no folder `data`")
}

/// No file is listed anywhere.
pub fn bag_no_manifest(place: Place) -> Diagnostic {
    error(
        "bag-no-manifest",
        place,
        "归档包里没有文件清单（manifest-….txt），无法检查",
        "the bag has no manifest and cannot be checked",
    )
}

/// A manifest by an algorithm that is not known.
pub fn bag_algorithm(place: Place) -> Diagnostic {
    warning(
        "bag-algorithm",
        place,
        "不认识这个清单用的摘要算法，没有按它检查",
        "this manifest uses an unknown algorithm and was not used",
    )
}

/// A line of a manifest that cannot be read.
pub fn bag_manifest_line(place: Place, line: usize) -> Diagnostic {
    error(
        "bag-manifest-line",
        place,
        format!("清单第 {line} 行看不懂：应当是摘要值、空格、文件的位置"),
        format!("line {line} of the manifest is not a digest and a path"),
    )
}

/// A path in a manifest that leads out of the bag.
pub fn bag_path_unsafe(place: Place, line: usize, path: &str, why: Unsafe) -> Diagnostic {
    let path = shown(path);
    let (zh, en) = match why {
        Unsafe::Climbs => ("含有“..”，会指到归档包外面", "climbs out of the bag by “..”"),
        Unsafe::Absolute => {
            ("从磁盘根目录、盘符或用户目录写起", "begins at a root, a drive or a home")
        }
        Unsafe::Odd => ("不是正常的文件位置", "is not the path of a file"),
    };
    error(
        "bag-path-unsafe",
        place,
        format!("清单第 {line} 行的“{path}”{zh}，没有去碰它"),
        format!("line {line} of the manifest: “{path}” {en}; it was not touched"),
    )
    .help("这个归档包可能被人动过手脚，请不要使用", "somebody may have tampered with this bag")
}

/// A path in the wrong kind of manifest.
pub fn bag_path_side(place: Place, line: usize, path: &str) -> Diagnostic {
    let path = shown(path);
    error(
        "bag-path-side",
        place,
        format!("清单第 {line} 行的“{path}”不该列在这个清单里"),
        format!("line {line}: “{path}” does not belong in this manifest"),
    )
}

/// A file that is listed twice.
pub fn bag_path_twice(place: Place, line: usize, path: &str) -> Diagnostic {
    let path = shown(path);
    error(
        "bag-path-twice",
        place,
        format!("清单第 {line} 行又列了一次“{path}”"),
        format!("line {line} lists “{path}” again"),
    )
}

/// A file that is listed and not there.
pub fn bag_file_missing(place: Place) -> Diagnostic {
    error(
        "bag-file-missing",
        place,
        "少了这个文件：清单里有，文件夹里没有",
        "missing: the manifest lists this file, but it does not exist",
    )
}

/// A file that is not as it was.
pub fn bag_file_changed(place: Place) -> Diagnostic {
    error(
        "bag-file-changed",
        place,
        "这个文件被改动过，或者损坏了：内容和清单里的摘要值对不上",
        "changed: its content does not have the digest that the manifest lists",
    )
}

/// A file of the payload that no manifest lists.
pub fn bag_file_extra(place: Place) -> Diagnostic {
    error(
        "bag-file-extra",
        place,
        "多了这个文件：清单里没有它",
        "extra: no manifest lists this file",
    )
    .help(
        "打包以后不要往包里放文件；不需要就删掉",
        "nothing may be put into a bag later; delete it",
    )
}

/// A file of the payload that only some manifests list.
pub fn bag_file_half_listed(place: Place) -> Diagnostic {
    error(
        "bag-file-half-listed",
        place,
        "有的清单里没有这个文件：BagIt 1.0 要求每个清单都列出它",
        "a manifest does not list this file; in BagIt 1.0 each must",
    )
}

/// A file beside the payload that no manifest lists.
pub fn bag_tag_file_extra(place: Place) -> Diagnostic {
    warning(
        "bag-tag-file-extra",
        place,
        "归档包里多了这个文件，没有清单列出它，无法检查",
        "no manifest lists this file beside the payload; it cannot be checked",
    )
    .help("不是包里原有的，就删掉", "delete it if it was not there from the start")
}

/// A link or a device in a bag.
pub fn bag_link(place: Place) -> Diagnostic {
    error(
        "bag-link",
        place,
        "这不是普通文件，是链接或设备，没有读取",
        "this is a link or a device, not an ordinary file; it was not followed",
    )
    .help("归档包里只能有普通文件", "a bag may only hold ordinary files")
}

/// A file name that is no text.
pub fn bag_name_odd(place: Place) -> Diagnostic {
    error(
        "bag-name-odd",
        place,
        "文件名含有无法识别的字符，没有检查这个文件",
        "the file's name is not valid Unicode; the file was not checked",
    )
}

/// bag-info.txt cannot be read.
pub fn bag_info_broken(place: Place) -> Diagnostic {
    error("bag-info-broken", place, "读不出 bag-info.txt 的内容", "bag-info.txt is not a text file")
}

/// The payload has another size than bag-info.txt says.
pub fn bag_oxum(place: Place, said: &str, there: &str) -> Diagnostic {
    let said = shown(said);
    error(
        "bag-oxum",
        place,
        format!("总字节数和文件数对不上：包里写的是 {said}，实际是 {there}"),
        format!("the payload's bytes and files are {there}, and bag-info.txt says {said}"),
    )
}

/// More of one kind than are shown.
pub fn bag_more(place: Place, code: &str, more: usize) -> Diagnostic {
    error(
        "bag-more",
        place,
        format!("同样的问题（{code}）还有 {more} 处"),
        format!("there are {more} more of {code}"),
    )
}
