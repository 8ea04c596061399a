//! An article for WeChat is copied in a browser, and the clipboard read back.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use crate::harness::{Browser, Page, Server};

fn article() -> (TempDir, PathBuf) {
    let folder = tempfile::Builder::new().prefix("xianfeng").tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
    command.arg("-r").arg(env!("CARGO_MANIFEST_DIR"));
    command.args(["export", "wechat", "lin-xiao-man", "-q", "--now", "2026-11-01", "-o"]);
    let output = command.arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let place = folder.path().join("lin-xiao-man");
    (folder, place)
}

/// Lets a page use the clipboard, which a person is asked about.
fn allow(page: &Page, origin: &str, allowed: &[&str]) {
    page.call("Browser.grantPermissions", json!({"origin": origin, "permissions": allowed}));
}

fn written(folder: &Path) -> String {
    let page = std::fs::read_to_string(folder.join("index.html")).unwrap();
    let (_, rest) = page.split_once("<main id=\"article\">").unwrap();
    rest.split_once("</main>").unwrap().0.to_string()
}

#[test]
fn the_button_copies_what_was_written() {
    let (_kept, folder) = article();
    let server = Server::of(&folder);
    let page = Browser::shared().page();
    allow(&page, &server.url("/"), &["clipboardReadWrite", "clipboardSanitizedWrite"]);
    page.goto(&server.url("/index.html")).call("Page.bringToFront", json!({}));
    page.click("#copy").wait_for("document.getElementById('said').textContent !== ''");
    let copied: String = page.eval(
        "navigator.clipboard.read().then(items => items[0].getType('text/html')).then(blob => blob.text())",
    );
    let fragment = written(&folder);
    // A browser cleans what it puts there, and may write colours in its own way.
    let tags = |html: &str| {
        let names = html.split('<').skip(1).filter_map(|part| part.split([' ', '>']).next());
        let kept = |name: &&str| {
            !["html", "/html", "head", "/head", "body", "/body", "meta"].contains(name)
        };
        names
            .filter(kept)
            .filter(|name| !name.starts_with('!'))
            .map(str::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(tags(&copied), tags(&fragment), "{copied}");
    assert!(copied.contains("style=") && !copied.contains("class="), "{copied}");
    let plain: String = page.eval("navigator.clipboard.readText()");
    assert!(plain.contains("217 扇门"), "{plain}");
    assert_eq!(page.console_errors(), Vec::<String>::new());
}

#[test]
fn where_nothing_may_be_copied_all_is_selected() {
    let (_kept, folder) = article();
    let server = Server::of(&folder);
    let page = Browser::shared().open(&server.url("/index.html"));
    page.eval::<bool>(
        "(navigator.clipboard.write = () => Promise.reject(new Error('no'))) !== null",
    );
    page.click("#copy").wait_for("document.getElementById('said').textContent !== ''");
    let selected: String = page.eval("getSelection().toString()");
    let all: String = page.eval("document.getElementById('article').innerText");
    assert_eq!(selected.trim(), all.trim());
    assert_eq!(page.eval::<usize>("document.querySelectorAll('.only-here').length"), 0);
    // The preview is as wide as a telephone's article, and fits a narrow window.
    assert_eq!(
        page.eval::<f64>("document.getElementById('article').getBoundingClientRect().width"),
        677.0
    );
    page.at_width(360);
    assert!(page.eval::<bool>("document.documentElement.scrollWidth <= innerWidth"));
}
