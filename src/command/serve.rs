//! `serve`: what the terminal says of the live server. The home of qrcode and open.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::Path;

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::{DONE, FAILED, Terminal};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::cli::ServeArguments;
use crate::diagnostic::{Diagnostic, Severity, count};
use crate::serve::{self, Change, Live, Refused, Told, Wishes, own_addresses};

pub(super) fn serve(
    root: &Path,
    arguments: &ServeArguments,
    terminal: Terminal,
) -> Result<u8, Fault> {
    let ServeArguments { port, interface, open } = *arguments;
    let wishes = Wishes { interface, port, lang: terminal.lang(), counts: !terminal.quiet };
    let screen = terminal.clone();
    let served = serve::serve(root, wishes, move |told| match told {
        Told::Started(live) => problems(&screen, live, None),
        Told::Listening(at, taken) => listening(&screen, at, taken, open),
        Told::Changed(change) => {
            screen.summary(&line(change));
            problems(&screen, change.live, Some(change.before));
        }
        Told::Unrendered(diagnostics) => screen.show(diagnostics),
        Told::Polling => screen.summary(&Text {
            zh: "系统不能通知文件的改动，改为每秒查看一次".into(),
            en: "The system does not report changes; files are checked every second.".into(),
        }),
    });
    let Err(refused) = served else {
        terminal.summary(&Text { zh: "预览已结束".into(), en: "Preview ended.".into() });
        return Ok(DONE);
    };
    match refused {
        Refused::NoProject(diagnostics) => terminal.show(&diagnostics),
        Refused::PortTaken(port) => terminal.complain(
            "port-taken",
            &Text {
                zh: format!(
                    "端口 {port} 已被别的程序占用；换一个（例如 -p 3000），或者不写 -p，由程序自己找"
                ),
                en: format!("port {port} is taken; choose another, such as -p 3000, or omit -p"),
            },
        ),
        Refused::Address(at, error) => terminal.complain(
            "address-refused",
            &Text {
                zh: format!("用不了 {at} 这个地址：{error}；-i 后面要写本机的 IP 地址"),
                en: format!("cannot listen at {at}: {error}; -i takes an address of this machine"),
            },
        ),
        Refused::System(error) => terminal.complain(
            "io",
            &Text { zh: format!("系统出错：{error}"), en: format!("system error: {error}") },
        ),
    }
    Ok(FAILED)
}

/// Up to so many errors are shown again at every change.
const ERRORS: usize = 20;

/// Shows what is wrong, as `build` would; after a change, only what was not wrong before.
fn problems(terminal: &Terminal, live: &Live, before: Option<&Live>) {
    if let Some(fault) = &live.fault {
        terminal.fault(fault);
    }
    let Some(before) = before else { return terminal.show(&live.diagnostics) };
    let again = live.diagnostics.iter().filter(|d| d.is_error()).count() <= ERRORS;
    let known: HashSet<_> = before.diagnostics.iter().map(mistake).collect();
    let new = |d: &&Diagnostic| (again && d.is_error()) || !known.contains(&mistake(d));
    let shown: Vec<Diagnostic> = live.diagnostics.iter().filter(new).cloned().collect();
    terminal.show(&shown);
}

/// What makes a mistake the same one, also where its line has moved.
fn mistake(diagnostic: &Diagnostic) -> (&str, &str, &str) {
    (diagnostic.code, diagnostic.place.path.as_str(), &diagnostic.message.en)
}

/// Where the site is: always said, as the port may be another than the one expected.
fn listening(terminal: &Terminal, at: SocketAddr, taken: Option<u16>, open: bool) {
    let url = |ip| format!("http://{}/", SocketAddr::new(ip, at.port()));
    let any = at.ip().is_unspecified();
    let here = match at {
        _ if !any => url(at.ip()),
        SocketAddr::V4(_) => url(std::net::Ipv4Addr::LOCALHOST.into()),
        SocketAddr::V6(_) => url(std::net::Ipv6Addr::LOCALHOST.into()),
    };
    let say = |text: Text| terminal.print(text.get(terminal.lang()));
    if let Some(taken) = taken {
        say(Text {
            zh: format!("端口 {taken} 已被占用，改用 {}", at.port()),
            en: format!("Port {taken} is taken; using {} instead", at.port()),
        });
    }
    if any {
        let there: Vec<String> = own_addresses()
            .into_iter()
            .filter(|ip| ip.is_ipv4() || at.is_ipv6())
            .map(url)
            .collect();
        for url in &there {
            say(Text {
                zh: format!("同一网络里的手机、电脑打开：{url}"),
                en: format!("On your network: {url}"),
            });
        }
        if let Some(code) = there.first().and_then(|url| QrCode::new(url).ok()) {
            terminal.print(&drawn(&code));
        }
    }
    say(Text {
        zh: format!("网站预览：{here}  改了稿件网页会自动更新，按 Ctrl-C 结束"),
        en: format!("The site is at {here}  Pages follow your changes. Press Ctrl-C to stop."),
    });
    if open && open::that_detached(&here).is_err() {
        terminal.complain(
            "browser",
            &Text {
                zh: "打不开浏览器，请自己打开上面的网址".into(),
                en: "the browser could not be opened; open the address above yourself".into(),
            },
        );
    }
}

/// The code, light on the dark of a terminal; on a light one phones read it all the same.
fn drawn(code: &QrCode) -> String {
    code.render::<Dense1x2>()
        .dark_color(Dense1x2::Light)
        .light_color(Dense1x2::Dark)
        .quiet_zone(true)
        .build()
}

/// One line for a change.
fn line(change: &Change<'_>) -> Text {
    let what = match change.files {
        [file] => Text { zh: file.to_string(), en: file.to_string() },
        [file, rest @ ..] => Text {
            zh: format!("{file} 等 {} 个文件", rest.len() + 1),
            en: format!("{file} and {} more", rest.len()),
        },
        [] => Text { zh: "没有文件".into(), en: "no file".into() },
    };
    let errors =
        count(&change.live.diagnostics, Severity::Error) + usize::from(change.live.fault.is_some());
    let kept = change.live.fault.is_some();
    let result = match (errors, change.live.is_style()) {
        (0, true) => Text { zh: "换上了新样式".into(), en: "style sheet updated".into() },
        (0, false) => match change.pages {
            None => Text { zh: "网页已更新".into(), en: "pages updated".into() },
            Some(0) => Text { zh: "网页文字没有变化".into(), en: "no page changed".into() },
            Some(n) => Text { zh: format!("涉及 {n} 个网页"), en: counted(n, "page") },
        },
        (n, _) => Text {
            zh: format!("有 {n} 个错误，{}", if kept { "网页保持原样" } else { "其余照常显示" }),
            en: format!(
                "{}; {}",
                counted(n, "error"),
                if kept { "pages not changed" } else { "everything else is shown" }
            ),
        },
    };
    let fixed = match !change.before.is_whole() && errors == 0 {
        true => Text { zh: "错误已改正，".into(), en: "errors fixed, ".into() },
        false => Text { zh: String::new(), en: String::new() },
    };
    let time = change.time.as_secs_f64() * 1000.0;
    Text {
        zh: format!("{}：{}{}，{time:.0} 毫秒", what.zh, fixed.zh, result.zh),
        en: format!("{}: {}{}, {time:.0} ms", what.en, fixed.en, result.en),
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
