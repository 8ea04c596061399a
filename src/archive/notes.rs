//! The texts of a bag that are for people: 说明文件.TXT and numbering.txt.

use std::fmt::Write as _;

use super::Item;
use crate::base::text::for_windows;
use crate::model::Site;
use crate::value::moment::Moment;

/// 说明文件.TXT: what this is, who made it, with what, how to check it.
pub fn about(site: &Site, items: &[Item<'_>], now: Moment) -> String {
    let settings = &site.settings;
    let mut text = format!("{} 典型事迹归档包\n\n", settings.title);
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{name}：{value}");
        }
    };
    let archive = settings.archive.clone().unwrap_or_default();
    line("移交单位", settings.organisation.as_deref().unwrap_or_default());
    line("全宗", &[archive.fonds, archive.fonds_name].map(Option::unwrap_or_default).join(" "));
    let contact = [archive.contact_name, archive.contact_phone, archive.contact_email];
    line("联系人", contact.into_iter().flatten().collect::<Vec<_>>().join(" ").trim());
    line("打包日期", &now.date());
    line("件数", &format!("{} 件", items.len()));
    line("制作程序", concat!("先锋 xianfeng ", env!("CARGO_PKG_VERSION")));
    text.push_str(
        "\n\
         一、里面有什么\n\
         \n\
         文件目录.XML、文件目录.csv、文件目录.xlsx\n\
         \x20   三个文件内容相同：每一件的档号、责任者、题名、日期、密级和所在文件夹。\n\
         电子档案/年度/类别/档号/\n\
         \x20   每一件一个文件夹：\n\
         \x20   source.md      稿件原文，纯文本\n\
         \x20   metadata.xml   著录信息，以及每个文件的大小和摘要值\n\
         \x20   story.html     稿件成品，图文都在这一个文件里，双击就能看，可以打印\n\
         \x20   稿件用到的图片和附件；文件名里有 % 等符号的换了名，原名在 metadata.xml 的“原文件名”里。\n\
         \x20   图片、视频和附件是作者交来的原件，一个字节也没有改：照片里可能记着拍摄的时间、地点和相机，\n\
         \x20   对外提供以前请先去掉；其他/site/ 里的图片已经去掉了这些。\n\
         其他/site/\n\
         \x20   整个网站。双击其中的 index.html 就能看，不需要网络，也不需要任何程序。\n\
         其他/汇编.epub\n\
         \x20   全部事迹编成的电子书，手机、平板和电脑上的阅读程序都能打开。\n\
         其他/site.warc.gz\n\
         \x20   整个网站的网页存档（WARC，GB/T 33994），供专门的程序保存和重放。\n\
         其他/numbering.txt、metadata.xsd、dc.xsd、文件目录.xsd\n\
         \x20   档号怎样编，以及 metadata.xml 和文件目录.XML 的格式定义。\n\
         \n\
         二、怎样查看\n\
         \n\
         文字文件都是 UTF-8 编码，用记事本、浏览器、WPS 或 Office 都能打开。\n\
         \n\
         三、怎样检查是否完整\n\
         \n\
         这个包符合 BagIt 1.0（RFC 8493）。包里的 manifest-sha256.txt 和 manifest-sha512.txt\n\
         列出了 data 文件夹里每个文件的摘要值。三种检查办法，任选一种：\n\
         1. xianfeng archive verify 包的文件夹\n\
         2. bagit.py --validate 包的文件夹（美国国会图书馆的程序）\n\
         3. 在包的文件夹里运行 sha256sum -c manifest-sha256.txt（各种 Linux 都有）\n\
         检查以前不要改动包里的任何文件，也不要增加文件。\n",
    );
    for_windows(&text)
}

/// numbering.txt: how items are numbered.
pub fn numbering(items: &[Item<'_>]) -> String {
    let example = items.first().map(|item| item.number.to_string()).unwrap_or_default();
    for_windows(&format!(
        "档号的编法\n\
         \n\
         例：{example}\n\
         \n\
         全宗号-档案门类代码·年度-保管期限代码-机构（问题）代码-件号\n\
         \n\
         全宗号、档案门类代码、机构（问题）代码：由档案室规定。WS 是文书档案。\n\
         年度：编号时稿件日期的年份，四位数字。\n\
         保管期限代码：Y 永久，D30 三十年，D10 十年。\n\
         件号：四位数字。全宗、门类、年度、保管期限、机构都相同的，从 0001 起连续编；\n\
         \x20     第一次归档时按日期先后，以后新增的接着往下编。\n\
         \n\
         编过的档号不再改变，稿件撤下以后也不给别的稿件，所以件号之间可能有空缺。\n\
         编号记录在网站的 content/archive-ledger.yaml 里。\n\
         \n\
         页数：稿件里写了页数的照写；没有写的按 800 字一页、一张图片折合 250 字估算，\n\
         在 metadata.xml 里注明“估算”。\n"
    ))
}
