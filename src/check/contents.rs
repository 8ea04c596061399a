//! Files that readers cannot open or see: pictures that no browser shows, empty files, and files
//! that are something else than their names say. Looks at the beginning and the end of each file
//! that a document refers to.

use std::collections::BTreeSet;

use super::frame::is_empty;
use super::links::is_called_picture;
use crate::base::content::Carried;
use crate::base::format::{Format, HEAD};
use crate::base::lang::{Bilingual, bilingual};
use crate::base::map::Map;
use crate::base::parallel;
use crate::diagnostic::bounded::Bounded;
use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::film::FilmHeader;
use crate::film::kinds::{Kind, Played};
use crate::model::entity::Portrait;
use crate::model::link::{resolve, resolve_cover};
use crate::model::{Site, is_bundle};
use crate::parse::Document;
use crate::parse::markdown::LinkKind;
use crate::picture::{Header, Survey, Unreadable};
use crate::plan::messages::picture_unreadable;
use crate::plan::{Plan, target_file};
use crate::source::{Place, SourcePath};

pub(super) fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let owners: Vec<_> = site.owners().map(|owner| site.document(owner)).collect();
    let mut named = parallel::map(&owners, |document| named(site, plan, document));
    named.push(portraits(site));
    let files: Vec<&SourcePath> = named
        .iter()
        .flatten()
        .map(|(file, ..)| file)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let traits = parallel::map(&files, |file| Traits::of(site.files.get(*file)?));
    let traits: Map<&SourcePath, Option<Traits>> = files.into_iter().zip(traits).collect();
    let mut diagnostics = Bounded::default();
    for (file, kind, place) in named.iter().flatten() {
        if let Some(film) = site.films.get(file) {
            diagnostics.extend(tell_film(file, *kind, film, place));
            continue;
        }
        // Nothing else that begins so is so short.
        let is_scan = |format| format == Some(Format::Tiff);
        let is_placeholder = || {
            traits
                .get(file)
                .copied()
                .flatten()
                .is_some_and(|t| t.is_placeholder && !is_scan(t.format))
        };
        if let Some(survey) = site.pictures.surveys.get(file)
            && match survey.header.as_ref().err() {
                // A drawing that is linked is a page, and what is in it runs. What an author puts
                // below `static` stays as it is.
                Some(Unreadable::Harmful(_) | Unreadable::Private) => {
                    *kind == LinkKind::Picture || !is_static(file)
                }
                Some(Unreadable::TooManyPixels(..)) => *kind == LinkKind::Picture,
                _ => *kind == LinkKind::Picture && !is_placeholder(),
            }
            && let Some(told) = tell(file, survey, place)
        {
            diagnostics.extend(told);
            continue;
        }
        if let Some(traits) = traits.get(file).copied().flatten() {
            diagnostics.extend(complain(file, *kind, traits, place));
        }
    }
    diagnostics.into()
}

/// The files that a document names, each once as a picture and once as a link; with the place
/// of the first time.
fn named(site: &Site, plan: &Plan, document: &Document) -> Vec<(SourcePath, LinkKind, Place)> {
    let links = document.body.links.iter().filter_map(|link| {
        let target = resolve(site, document, &link.dest, link.kind).ok()?;
        Some((target_file(site, plan, &target)?, link.kind, Ok(&link.range)))
    });
    let pictures = document.front.pictures().filter_map(|(key, given)| {
        let file = resolve_cover(site, document, given).ok()?;
        // Of one that is not even called a picture `links` complains.
        is_called_picture(&file).then_some((file, LinkKind::Picture, Err(key)))
    });
    let mut seen = BTreeSet::new();
    let mut named = Vec::new();
    for (file, kind, at) in pictures.chain(links) {
        if seen.insert((file.clone(), kind == LinkKind::Picture)) {
            let place = match at {
                Ok(range) => document.place_in_body(range),
                Err(key) => document.place_of(key),
            };
            named.push((file, kind, place));
        }
    }
    for file in attached(site, document) {
        let is_named = [true, false].into_iter().any(|kind| seen.contains(&(file.clone(), kind)));
        if !is_named {
            named.push((file.clone(), LinkKind::Link, document.place_of("attachments")));
        }
    }
    named
}

/// The files that a document publishes without naming them: all of its folder.
fn attached<'s>(site: &'s Site, document: &Document) -> Vec<&'s SourcePath> {
    let path = &document.source.path;
    if document.front.attachments.is_none() || !is_bundle(path) {
        return Vec::new();
    }
    let folder = format!("{}/", path.folder());
    let is_its_own = |file: &&SourcePath| {
        site.bundle_of(file).is_some_and(|(owner, _)| site.document(owner).source.path == *path)
    };
    let files = site.files.range(SourcePath::new(folder.clone())..).map(|(file, _)| file);
    files.take_while(|file| file.as_str().starts_with(&folder)).filter(is_its_own).collect()
}

/// Is it published at its own path, as it is?
fn is_static(file: &SourcePath) -> bool {
    file.as_str().starts_with("content/static/")
}

/// The pictures that lists and settings name.
fn portraits(site: &Site) -> Vec<(SourcePath, LinkKind, Place)> {
    let file = |(_, portrait): (_, &Portrait)| {
        let file = site.portrait_file(&portrait.given).filter(|file| is_called_picture(file))?;
        Some((file.clone(), LinkKind::Picture, portrait.place.clone()))
    };
    let of_frame = site.frame_pictures().into_iter().filter_map(|(given, place)| {
        let file = site.portrait_file(given).filter(|file| is_called_picture(file))?;
        // Of an empty one `frame` complains: every page would lack it.
        (!is_empty(site, file)).then(|| (file.clone(), LinkKind::Picture, place))
    });
    site.portraits().filter_map(file).chain(of_frame).collect()
}

/// What the bytes of a file tell.
#[derive(Clone, Copy, Debug)]
struct Traits {
    format: Option<Format>,
    is_empty: bool,
    is_placeholder: bool,
    is_cut: bool,
    /// Does it begin like XML or HTML?
    is_markup: bool,
}

/// So many bytes at the end of a file nearly always tell whether it is whole …
const TAIL: usize = 2 << 10;
/// … and so many at both ends if they do not.
const MORE: usize = 64 << 10;

/// A file of fewer bytes was put there to be replaced, and was not cut off.
const PLACEHOLDER: u64 = 64;

impl Traits {
    /// `None` if the file cannot be read, as whoever copies it will say.
    fn of(file: &Carried) -> Option<Self> {
        let (head, tail, length) = file.ends(HEAD, TAIL).ok()?;
        let format = Format::of(&head);
        let is_placeholder = length < PLACEHOLDER;
        let is_cut = format.is_some_and(|format| {
            !is_placeholder
                && format.is_cut(&head, &tail, length)
                && file
                    .ends(MORE, MORE)
                    .is_ok_and(|(head, tail, length)| format.is_cut(&head, &tail, length))
        });
        let first = head.iter().copied().find(|byte| !byte.is_ascii_whitespace());
        let is_markup = first == Some(b'<') || head.starts_with(b"\xEF\xBB\xBF<");
        Some(Self { format, is_empty: length == 0, is_placeholder, is_cut, is_markup })
    }
}

/// A film of more bytes is a burden for readers on phones.
const LARGE_FILM: u64 = 50 << 20;

/// A picture of more bytes that is published as it is, in one size for all, is slow on a phone.
const LARGE_PICTURE: u64 = 2 << 20;

/// What is to be said of a film or a sound that is shown, or linked: then readers' own programs play it.
fn tell_film(
    file: &SourcePath,
    kind: LinkKind,
    film: &FilmHeader,
    place: &Place,
) -> Option<Diagnostic> {
    let (name, place) = (file.file_name(), place.clone());
    if kind == LinkKind::Link {
        return (!film.whole).then(|| file_damaged(place, name));
    }
    if !film.whole {
        return Some(film_cut(place, name));
    }
    if !film.is_played() {
        return Some(film_not_played(place, name, film));
    }
    (film.bytes > LARGE_FILM).then(|| film_large(place, name, film.bytes))
}

/// What is to be said of a picture that was surveyed; `None` if its first bytes say more.
fn tell(file: &SourcePath, survey: &Survey, place: &Place) -> Option<Option<Diagnostic>> {
    let (name, place) = (file.file_name(), place.clone());
    match &survey.header {
        Ok(header) if header.format == Format::Svg && file.extension() == "svg" => Some(None),
        Ok(header) if header.can_be_coded() => {
            let promised = Format::of_extension(&file.extension());
            let is_other = promised != Some(header.format);
            Some(is_other.then(|| other_kind(place, name, header.format)))
        }
        Ok(header)
            if !matches!(header.format, Format::Svg | Format::Heic)
                && header.end > LARGE_PICTURE =>
        {
            Some(Some(as_it_is(place, name, header)))
        }
        // Raw pictures and large scans, which no browser shows.
        Err(why @ Unreadable::NoPicture(Some(Format::Tiff))) => {
            Some(Some(picture_unreadable(place, name, why)))
        }
        Ok(_) | Err(Unreadable::Empty | Unreadable::NoPicture(_)) => None,
        Err(why) => Some(Some(picture_unreadable(place, name, why))),
    }
}

fn complain(
    file: &SourcePath,
    kind: LinkKind,
    traits: Traits,
    place: &Place,
) -> Option<Diagnostic> {
    let Traits { format, is_empty, is_placeholder, is_cut, is_markup } = traits;
    let (name, place) = (file.file_name(), place.clone());
    let promised = Format::of_extension(&file.extension());
    if is_empty {
        return Some(file_empty(place, name));
    }
    if kind == LinkKind::Picture {
        return match (promised, format) {
            (Some(Format::Media), None | Some(Format::Media)) => {
                Some(film_unknown(place, name, kind, format.is_some()))
            }
            (_, Some(format)) if format.is_pixels() && is_cut => Some(file_damaged(place, name)),
            (Some(promised), Some(format)) if promised == format && format.is_shown() => None,
            (Some(Format::Svg), None) if is_markup => None,
            (Some(Format::Svg), _) | (_, Some(Format::Svg)) => Some(not_shown(place, name, format)),
            (_, Some(format)) if format.is_pixels() => Some(other_kind(place, name, format)),
            _ => Some(not_shown(place, name, format)),
        };
    }
    match (promised?, format) {
        // Old programs open nearly anything, and a telling text has no mark of its own.
        (Format::Ole | Format::PostScript | Format::Html | Format::Svg, _) => None,
        // Of one that is known nothing is to be said.
        (Format::Media, None | Some(Format::Media)) => {
            (!is_placeholder).then(|| film_unknown(place, name, kind, format.is_some()))
        }
        (promised, Some(format)) if promised == format => is_cut.then(|| file_damaged(place, name)),
        (_, Some(Format::Html)) => Some(file_is_page(place, name)),
        // A password makes it so.
        (Format::Zip, Some(Format::Ole)) => None,
        (_, Some(format)) => Some(other_kind(place, name, format)),
        (_, None) if is_placeholder => None,
        (Format::Pdf | Format::Zip | Format::Rar | Format::SevenZip, None) => {
            Some(file_damaged(place, name))
        }
        (promised, None) if promised.is_pixels() => Some(file_damaged(place, name)),
        _ => None,
    }
}

/// What a format is called in both languages, and the extension that goes with it.
fn called(format: Format) -> (&'static str, &'static str, &'static str) {
    match format {
        Format::Jpeg => (" JPEG 图片", "a JPEG", "jpg"),
        Format::Png => (" PNG 图片", "a PNG", "png"),
        Format::Gif => (" GIF 图片", "a GIF", "gif"),
        Format::Webp => (" WebP 图片", "a WebP", "webp"),
        Format::Avif => (" AVIF 图片", "an AVIF", "avif"),
        Format::Bmp => (" BMP 图片", "a BMP", "bmp"),
        Format::Ico => ("图标文件", "an icon", "ico"),
        Format::Svg => (" SVG 图形", "an SVG", "svg"),
        Format::Heic => ("苹果手机的 HEIC 照片", "a HEIC photograph", "heic"),
        Format::Tiff => {
            (" TIFF 图片（扫描件或相机原片）", "a TIFF or a camera's raw picture", "tif")
        }
        Format::Photoshop => (" Photoshop 文件", "a Photoshop file", "psd"),
        Format::Jpeg2000 => (" JPEG 2000 图片", "a JPEG 2000", "jp2"),
        Format::JpegXl => (" JPEG XL 图片", "a JPEG XL", "jxl"),
        Format::Metafile => (" Office 的图元文件（EMF、WMF）", "a metafile (EMF, WMF)", "emf"),
        Format::PostScript => (" PostScript 文件", "a PostScript file", "eps"),
        Format::Pdf => (" PDF 文件", "a PDF", "pdf"),
        Format::Zip => ("压缩包或 Office 文档", "a ZIP or an Office document", "zip"),
        Format::Ole => (" Office 文档", "an Office document", "doc"),
        Format::Rtf => (" RTF 文档", "an RTF document", "rtf"),
        Format::Rar => (" RAR 压缩包", "a RAR archive", "rar"),
        Format::SevenZip => (" 7z 压缩包", "a 7z archive", "7z"),
        Format::Media => ("视频或音频", "a video or sound", "mp4"),
        Format::Html => ("网页", "a web page", "html"),
    }
}

/// What a film or a sound that browsers cannot play is, in both languages.
fn called_film(film: &FilmHeader) -> (String, String) {
    let Kind { name, played, .. } = film.container.kind();
    let (what_zh, what_en) =
        if film.is_film() { ("视频", "a film in") } else { ("音频", "sound in") };
    let coding = film.not_played().filter(|_| played == Played::AsCoded);
    let Some(coding) = coding else {
        return (format!(" {name} {what_zh}"), format!("{what_en} {name}"));
    };
    let coding = match &coding {
        _ if film.is_hevc() => "HEVC（H.265）",
        b"mp4v" | b"xvid" | b"XVID" | b"DIVX" => "MPEG-4 Part 2（Xvid、DivX）",
        b"jpeg" | b"mjpa" | b"mjpb" => "MJPEG",
        b"s263" | b"h263" => "H.263",
        b"samr" | b"sawb" => "AMR",
        b"theo" => "Theora",
        b"spex" => "Speex",
        b"ac-3" | b"ec-3" => "Dolby Digital",
        b"lpcm" | b"sowt" | b"twos" | b"in24" | b"raw " => "PCM",
        [b'a', b'p', b'c' | b'4', _] => "ProRes",
        _ => {
            let coding = String::from_utf8_lossy(&coding).replace(char::is_control, "");
            let zh = format!("用 {coding} 编码的 {name} {what_zh}");
            return (zh, format!("{what_en} {name} coded as {coding}"));
        }
    };
    let en = coding.replace('（', " (").replace('）', ")").replace('、', ", ");
    (
        format!("用 {coding} 编码的 {name} {what_zh}").replace("） ", "）"),
        format!("{what_en} {name} coded as {en}"),
    )
}

/// A film or a sound that browsers cannot play.
fn film_not_played(place: Place, name: &str, film: &FilmHeader) -> Diagnostic {
    let (zh, en) = called_film(film);
    let diagnostic = error(
        "film-not-played",
        place,
        format!("浏览器播放不了“{name}”：它是{zh}"),
        format!("browsers cannot play “{name}”: it is {en}"),
    );
    if film.is_hevc() {
        return diagnostic.help(
            "用剪映、格式工厂等软件转成 mp4（H.264 编码），换上新的文件；iPhone 在“设置—相机—格式”里选“兼容性最佳”，以后拍的就能用",
            "convert it to mp4 (H.264), as with HandBrake, and use that; an iPhone makes such films once Settings, Camera, Formats is “Most Compatible”",
        );
    }
    let converted = converted(film);
    diagnostic.help(converted.zh, converted.en)
}

/// What to do about a film or a sound that is no good as it is.
pub(super) fn converted(film: &FilmHeader) -> Bilingual {
    match film.is_film() {
        true => bilingual(
            "用剪映、格式工厂等软件转成 mp4（H.264 编码），换上新的文件",
            "convert it to mp4 (H.264), as with HandBrake, and use that",
        ),
        false => bilingual(
            "用格式工厂等软件转成 mp3，换上新的文件",
            "convert it to mp3, as with Audacity, and use that",
        ),
    }
}

/// A film or a sound of a kind that browsers do not know, or something that is called so.
fn film_unknown(place: Place, name: &str, kind: LinkKind, is_media: bool) -> Diagnostic {
    let (zh, en) = match is_media {
        true => ("网页不认这种视频或音频", "they do not know its format"),
        false => ("内容不是视频或音频", "its content is neither film nor sound"),
    };
    // What is no film at all may be a copy that is still to come.
    let told = if is_media && kind == LinkKind::Picture { error } else { warning };
    let diagnostic = told(
        "film-not-played",
        place,
        format!("浏览器播放不了“{name}”：{zh}"),
        format!("browsers cannot play “{name}”: {en}"),
    );
    match is_media {
        true => diagnostic.help(
            "用剪映、格式工厂等软件转成 mp4（H.264 编码）或 mp3，换上新的文件",
            "convert it to mp4 (H.264) or mp3, and use that",
        ),
        false => diagnostic.help(
            "打开看看；打不开就从原来的地方重新复制一次",
            "open it; if that fails, copy it again",
        ),
    }
}

/// A film whose end is missing, or what describes it.
fn film_cut(place: Place, name: &str) -> Diagnostic {
    error(
        "film-cut",
        place,
        format!("视频“{name}”不完整，读者播放不了"),
        format!("the film “{name}” is not whole, and cannot be played"),
    )
    .help(
        "多半是复制或下载时断了；从相机、手机或原来的地方重新复制一次",
        "most likely copying or downloading was broken off; copy it again",
    )
}

/// A picture of which no smaller copies are made.
fn as_it_is(place: Place, name: &str, header: &Header) -> Diagnostic {
    let size = format!("{:.1} MB", header.end as f64 / f64::from(1 << 20));
    let (kind_zh, kind_en, _) = called(header.format);
    let told = |zh: &str, en: &str| {
        note(
            "picture-as-is",
            place,
            format!("“{name}”是{zh}，程序不能缩小它，会原样发布（{size}），手机打开慢"),
            format!(
                "“{name}” is {en}: it is published as it is ({size}), which is slow on a phone"
            ),
        )
    };
    match header.frames > 1 {
        true => told("动图", "a moving picture").help(
            "存成视频（mp4）再用，会小得多",
            "save it as a film (mp4), which is much smaller",
        ),
        false => told(kind_zh, kind_en).help(
            "用看图软件打开，另存为 jpg，换上新的文件",
            "open it in a viewer, save it as JPEG, and use that",
        ),
    }
}

/// A film that takes long to load.
fn film_large(place: Place, name: &str, bytes: u64) -> Diagnostic {
    let size = bytes >> 20;
    warning(
        "film-large",
        place,
        format!("“{name}”有 {size} MB，用手机看的读者要等很久，也费流量"),
        format!("“{name}” has {size} MB, which is slow and costly on a phone"),
    )
    .help(
        "用剪映、格式工厂等软件压缩到 50 MB 以内（720p 就够），或者放到视频网站再写链接",
        "compress it below 50 MB (720p is enough), or put it on a site for films and link it",
    )
}

/// A file without a byte in it.
fn file_empty(place: Place, name: &str) -> Diagnostic {
    warning(
        "file-empty",
        place,
        format!("“{name}”是空的（0 字节），读者打不开"),
        format!("“{name}” is empty (0 bytes)"),
    )
    .help("重新复制一次这个文件，或者不用它", "copy the file again, or do not use it")
}

/// A file that is not whole, or nothing that its name says.
fn file_damaged(place: Place, name: &str) -> Diagnostic {
    warning(
        "file-damaged",
        place,
        format!("“{name}”不完整，或者不是这种格式，读者可能打不开"),
        format!(
            "“{name}” is not whole, or not what its name says; readers may be unable to open it"
        ),
    )
    .help(
        "打开看看；打不开就重新复制或下载一次",
        "open it; if that fails, copy or download it again",
    )
}

/// A picture that no browser shows. `what` it is, if that is known.
fn not_shown(place: Place, name: &str, what: Option<Format>) -> Diagnostic {
    let (zh, en) = match what {
        Some(what) => {
            let (zh, en, _) = called(what);
            (format!("内容是{zh}"), format!("its content is {en}"))
        }
        None => ("内容不是图片".to_string(), "its content is no picture".to_string()),
    };
    let diagnostic = warning(
        "picture-not-shown",
        place,
        format!("浏览器显示不了图片“{name}”：{zh}"),
        format!("browsers cannot show the picture “{name}”: {en}"),
    );
    match what {
        Some(what) if what.is_shown() => {
            let (.., extension) = called(what);
            diagnostic.help(
                format!("把扩展名改成 .{extension}，稿件里也一起改"),
                format!("change its ending to .{extension}, in the story as well"),
            )
        }
        Some(Format::Html) => diagnostic.help(
            "存下来的是网页，不是图片；在原来的网页上右键点图片，选“图片另存为”",
            "a page was saved and not the picture; right-click the picture and save it",
        ),
        Some(
            Format::Pdf
            | Format::Zip
            | Format::Ole
            | Format::Rtf
            | Format::Rar
            | Format::SevenZip
            | Format::Media,
        ) => diagnostic.help(
            format!("图片以外的文件写成链接：[文字](<{name}>)，前面不加感叹号"),
            format!("link it without the exclamation mark: [words](<{name}>)"),
        ),
        Some(Format::Heic) => diagnostic.help(
            "在电脑上用“照片”“画图”或格式工厂打开，另存为 jpg，换上新的文件；以后拍照前，iPhone 在“设置—相机—格式”里选“兼容性最佳”，安卓手机在相机设置里关掉“HEIF”或“高效格式”，拍出来就是 jpg",
            "open it in Photos, Paint or Preview, save it as JPEG, and use that; an iPhone takes JPEGs once Settings, Camera, Formats is “Most Compatible”, an Android telephone once HEIF is off in the settings of its camera",
        ),
        Some(_) => diagnostic.help(
            "用看图软件打开，另存为 jpg 或 png，换上新的文件",
            "open it in a viewer, save it as JPEG or PNG, and use that",
        ),
        None => diagnostic.help(
            "打开看看；图片要用 jpg、png、gif、webp、avif 或 svg 格式",
            "open it and see; pictures are jpg, png, gif, webp, avif or svg",
        ),
    }
}

/// A file that is called otherwise than it is.
fn other_kind(place: Place, name: &str, what: Format) -> Diagnostic {
    let (zh, en, extension) = called(what);
    let diagnostic = note(
        "file-other-kind",
        place,
        format!("“{name}”其实是{zh}，和扩展名不一致"),
        format!("“{name}” is {en} in truth, which its ending does not say"),
    );
    match what {
        Format::Zip | Format::Ole | Format::Media => diagnostic.help(
            "打开看看是不是要给读者的那个文件，再把扩展名改对，稿件里也一起改",
            "open it, see whether it is the right file, and correct its ending, in the story as well",
        ),
        _ => diagnostic.help(
            format!("多数程序照样能打开；要稳妥，把扩展名改成 .{extension}，稿件里也一起改"),
            format!("most programs open it all the same; to be sure, change its ending to .{extension}, in the story as well"),
        ),
    }
}

/// A page that was saved in place of a file.
fn file_is_page(place: Place, name: &str) -> Diagnostic {
    warning(
        "file-is-page",
        place,
        format!("“{name}”的内容是一个网页，读者打不开"),
        format!("“{name}” is a web page in truth, and readers cannot open it"),
    )
    .help(
        "多半是下载时没有登录，或者链接已经失效；重新下载这个文件",
        "most likely the download asked for a login or was gone; download the file again",
    )
}
