//! What the browser shows over the page: the mistakes, as values for the script that draws
//! them. The script writes text only, so nothing in a message or a source becomes markup.

use serde::Serialize;

use super::page::OWN;
use super::{Effect, Live};
use crate::base::fault::Fault;
use crate::base::lang::{Lang, Text};
use crate::diagnostic::report::{MarkedLine, marked, one_line};
use crate::diagnostic::{Diagnostic, Severity, count};

/// More than so many are not drawn, only counted.
const SHOWN: usize = 200;

/// A file of this server's own by its name: its kind and its text.
pub(super) fn file(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "live.js" => Some(("text/javascript; charset=utf-8", include_str!("live.js"))),
        "page.css" => Some(("text/css; charset=utf-8", include_str!("page.css"))),
        "live.css" => Some(("text/css; charset=utf-8", include_str!("live.css"))),
        _ => None,
    }
}

/// The script, for a page of this version and digest, and of a story whose article for WeChat has
/// this address.
pub(super) fn script_tag(version: &str, digest: &str, wechat: Option<&str>) -> String {
    let wechat = wechat.map_or(String::new(), |at| format!(" data-wechat=\"{at}\""));
    format!(
        "<script src=\"{OWN}live.js\" data-version=\"{version}\" data-page=\"{digest}\"{wechat} defer></script>\n"
    )
}

/// A page without anything of the site, with what kept its page from being rendered.
pub(super) fn empty_page(failures: &[Diagnostic], fault: Option<&Fault>, lang: Lang) -> String {
    let (language, title) = match lang {
        Lang::Zh => ("zh-CN", "先锋"),
        Lang::En => ("en", "xianfeng"),
    };
    let problems = json(&Problems::of(failures, fault, lang));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n</head>\n<body>\n\
         <script type=\"application/json\" id=\"xianfeng-problems\">{problems}</script>\n</body>\n</html>\n"
    )
}

/// What became live, for the script: the data of one event.
pub(super) fn state(live: &Live, lang: Lang) -> String {
    #[derive(Serialize)]
    struct State<'a> {
        version: String,
        /// The version before, whose page needs no more than `effect`.
        after: String,
        effect: &'static str,
        styles: &'a [String],
        /// Does the page stay as it was, because something could not be read?
        kept: bool,
        #[serde(flatten)]
        problems: Problems,
    }
    let (effect, styles) = match &live.effect {
        Effect::Nothing => ("nothing", &[][..]),
        Effect::Styles(styles) => ("styles", &styles[..]),
        Effect::Pages => ("pages", &[][..]),
        Effect::Everything => ("everything", &[][..]),
    };
    let problems = match live.is_whole() {
        true => Problems::of(&[], None, lang),
        false => Problems::of(&live.diagnostics, live.fault.as_ref(), lang),
    };
    let (version, after, kept) = (live.version(), live.version_before(), live.fault.is_some());
    json(&State { version, after, effect, styles, kept, problems })
}

/// JSON that can stand in HTML: nothing in it ends a script.
fn json(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).expect("texts and numbers are always JSON");
    json.replace('<', "\\u003c")
}

#[derive(Serialize)]
struct Problems {
    lang: &'static str,
    problems: Vec<Problem>,
    /// How many of all are errors.
    errors: usize,
    /// How many more there are.
    more: usize,
}

#[derive(Serialize)]
struct Problem {
    severity: &'static str,
    code: &'static str,
    path: String,
    line: Option<usize>,
    column: Option<usize>,
    message: Both,
    help: Option<Both>,
    excerpt: Option<MarkedLine>,
}

/// A text in both languages: the reader may choose in the browser.
#[derive(Serialize)]
struct Both {
    zh: String,
    en: String,
}

impl Both {
    fn of(text: &Text) -> Self {
        Self { zh: one_line(&text.zh), en: one_line(&text.en) }
    }
}

impl Problems {
    fn of(diagnostics: &[Diagnostic], fault: Option<&Fault>, lang: Lang) -> Self {
        let fault = fault.map(|fault| Problem {
            severity: "error",
            code: "io",
            path: one_line(&fault.path.to_string_lossy()),
            line: None,
            column: None,
            message: Both::of(&fault.message()),
            help: None,
            excerpt: None,
        });
        let errors = count(diagnostics, Severity::Error) + usize::from(fault.is_some());
        // Errors first: they are what keeps the page from changing.
        let of_kind = |errors: bool| diagnostics.iter().filter(move |d| d.is_error() == errors);
        let mut sorted = of_kind(true).chain(of_kind(false));
        let room = SHOWN - usize::from(fault.is_some());
        let told = sorted.by_ref().take(room).map(Problem::of);
        let problems: Vec<Problem> = fault.into_iter().chain(told).collect();
        let more = sorted.map(|diagnostic| diagnostic.count).sum();
        let lang = match lang {
            Lang::Zh => "zh",
            Lang::En => "en",
        };
        Self { lang, problems, errors, more }
    }
}

impl Problem {
    fn of(diagnostic: &Diagnostic) -> Self {
        let position = diagnostic.place.position();
        Self {
            severity: diagnostic.severity.word(),
            code: diagnostic.code,
            path: one_line(diagnostic.place.path.as_str()),
            line: position.as_ref().map(|at| at.line),
            column: position.as_ref().map(|at| at.column),
            message: Both::of(&diagnostic.message),
            help: diagnostic.help.as_ref().map(Both::of),
            excerpt: position.as_ref().map(marked),
        }
    }
}
