//! Messages about site.yaml, one constructor each.

use crate::diagnostic::{Diagnostic, error, warning};
use crate::source::Place;

/// The site has no title.
pub fn title_missing(place: Place) -> Diagnostic {
    error("field-missing", place, "网站缺少名称“title”（标题）", "the site needs a “title”")
        .help("加一行：title: 网站名称", "add a line: title: The name of the site")
}

/// A target that is to get compressed files and is no object storage.
pub fn deploy_compress_elsewhere(place: Place, name: &str) -> Diagnostic {
    error(
        "deploy-compress-elsewhere",
        place,
        format!("目标“{name}”不是对象存储，不能写 compress（压缩）"),
        format!("“{name}” is no object storage, and `compress` is for that alone"),
    )
    .help(
        "删掉这一行：压缩由网站服务器做（写法见 README 的“给网站管理员”），U 盘和共享文件夹里的网页不压缩才打得开",
        "take it out: a web server compresses what it sends, and pages on a stick must be as they are",
    )
}

/// A base URL that ends in a page.
pub fn base_url_page(place: Place, text: &str, folder: &str) -> Diagnostic {
    warning(
        "base-url-page",
        place,
        format!("网站地址“{text}”像是一个网页，所有网址都会接在它后面"),
        format!("“{text}” looks like a page; every address of the site is going to follow it"),
    )
    .help(
        format!("写网站所在的文件夹：{folder}"),
        format!("write the folder that the site is in: {folder}"),
    )
}

/// A base URL that no reader can open.
pub fn base_url_doubtful(place: Place, text: &str) -> Diagnostic {
    warning(
        "base-url-doubtful",
        place,
        format!("网站地址“{text}”读者打不开"),
        format!("readers cannot open “{text}”"),
    )
    .help(
        "检查域名和端口；写读者在浏览器里看到的地址，例如 https://www.example.cn/",
        "check the host and the port; write the address that readers see, such as https://www.example.cn/",
    )
}
