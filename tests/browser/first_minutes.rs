//! The quick start of both READMEs, command by command, with a look at the page after each.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::harness::{Browser, Page};
use crate::live::server::Live;

/// The command lines of the quick start in a README, comments left out.
fn quick_start(readme: &str, heading: &str) -> Vec<Vec<String>> {
    let after = readme.split(heading).nth(1).unwrap_or_else(|| panic!("no {heading}"));
    let lines = after.lines().skip_while(|line| !line.starts_with("    "));
    let lines = lines.take_while(|line| line.starts_with("    "));
    let words = |line: &str| {
        let line = line.split('#').next().unwrap_or(line);
        line.split_whitespace().map(str::to_string).collect::<Vec<_>>()
    };
    lines.map(words).filter(|words| words[0] == "xianfeng" || words[0] == "cd").collect()
}

struct Clerk {
    temp: TempDir,
    folder: PathBuf,
}

impl Clerk {
    fn new() -> Self {
        let temp = tempfile::Builder::new().prefix("xianfeng").tempdir().unwrap();
        let folder = temp.path().to_path_buf();
        Self { temp, folder }
    }

    fn command(&self, words: &[String]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
        command.current_dir(&self.folder).args(&words[1..]).args(["--lang", "zh"]);
        command
    }

    #[track_caller]
    fn run(&self, words: &[String]) -> Output {
        let output = self.command(words).output().unwrap();
        assert!(output.status.success(), "{words:?}: {output:?}");
        output
    }

    /// Serves what is there now and looks at some pages.
    fn look(&self, words: &[String]) -> Seen {
        // Who follows the quick start has a browser of their own opened.
        let words: Vec<String> = words.iter().filter(|word| *word != "-O").cloned().collect();
        let mut command = self.command(&words);
        command.args(["-p", "0"]);
        Seen { live: Live::start(command) }
    }

    fn newest_story(&self) -> String {
        let stories = self.folder.join("content/stories");
        let year = std::fs::read_dir(stories).unwrap().next().unwrap().unwrap().path();
        let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
        let files = std::fs::read_dir(&year).unwrap().map(|entry| entry.unwrap().path());
        let newest = files
            .filter(|path| path.is_file())
            .max_by_key(|path| path.metadata().unwrap().modified().unwrap());
        format!("/stories/{}/{}/", name(&year), name(&newest.unwrap()))
    }
}

struct Seen {
    live: Live,
}

impl Seen {
    /// A page that is whole: it has its head, its text and its foot, and nothing is over it.
    #[track_caller]
    fn whole(&self, path: &str) -> Page {
        let page = Browser::shared().open(&self.live.url(path));
        assert_eq!(self.live.get(path).status, 200, "{path}");
        let text: String = page.eval("document.querySelector('main')?.innerText.trim() ?? ''");
        assert!(text.chars().count() > 20, "{path} is nearly white: {text}");
        assert!(
            page.eval::<bool>(
                "!!document.querySelector('header') && !!document.querySelector('footer')"
            ),
            "{path}"
        );
        assert!(page.eval::<bool>("!document.querySelector('#xianfeng-overlay')"), "{path}");
        assert_eq!(page.console_errors(), [""; 0], "{path}");
        if let Some(folder) = std::env::var_os("XIANFENG_SHOTS") {
            let name = path.trim_matches('/').replace('/', "-");
            page.screenshot(&Path::new(&folder).join(format!("first-{name}.png")));
        }
        page
    }

    /// The pages of the sample.
    #[track_caller]
    fn sample(&self) {
        for path in ["/members/", "/branches/", "/units/", "/news/", "/focal-points/", "/about/"] {
            self.whole(path);
        }
        let home = self.whole("/");
        for name in ["林小满", "水坪台"] {
            let has = format!("document.body.innerText.includes('{name}')");
            assert!(home.eval::<bool>(&has), "{name}");
        }
    }
}

fn follow(readme: &str, heading: &str) {
    let steps = quick_start(readme, heading);
    assert!(steps.len() >= 5, "{steps:?}");
    let mut clerk = Clerk::new();
    let serve: Vec<String> = ["xianfeng", "serve"].map(String::from).to_vec();
    let mut done = Vec::new();
    for step in &steps {
        match (step[0].as_str(), step.get(1).map(String::as_str)) {
            ("cd", Some(folder)) => clerk.folder = clerk.temp.path().join(folder),
            (_, Some("init")) => {
                clerk.run(step);
                clerk.folder =
                    step.get(2).map_or(clerk.folder.clone(), |dir| clerk.folder.join(dir));
                clerk.look(&serve).sample();
                clerk.folder = clerk.temp.path().to_path_buf();
            }
            (_, Some("new")) => {
                clerk.run(step);
                let seen = clerk.look(&serve);
                draft(&seen, &clerk.newest_story());
            }
            (_, Some("serve")) => {
                let seen = clerk.look(step);
                seen.sample();
                draft(&seen, &clerk.newest_story());
                // What is filled in is there at once, and its gap is not.
                let path = clerk.newest_story();
                let page = seen.whole(&path);
                let file = clerk.folder.join(format!("content{}.md", path.trim_end_matches('/')));
                let text = std::fs::read_to_string(&file).unwrap();
                std::fs::write(&file, text.replace("\nname:\n", "\nname: 林小满\n")).unwrap();
                page.wait_for("!document.body.innerText.includes('姓名待填') && document.body.innerText.includes('单位待填')");
            }
            (_, Some("build" | "check")) => drop(clerk.run(step)),
            other => panic!("a step that nobody looks at: {other:?}"),
        }
        done.push(step.get(1).cloned());
    }
    assert!(clerk.folder.join("public/index.html").is_file());
    for needed in ["init", "new", "serve", "check", "build"] {
        assert!(done.contains(&Some(needed.into())), "{needed}: {done:?}");
    }
}

/// The page of a fresh draft: its gaps in grey, and a list of what is to be filled in.
#[track_caller]
fn draft(seen: &Seen, path: &str) {
    let page = seen.whole(path);
    let gaps: Vec<String> = page
        .eval("[...document.querySelectorAll('main .xianfeng-gap')].map((gap) => gap.textContent)");
    for words in ["姓名待填", "单位待填", "着力点待填"] {
        assert!(gaps.iter().any(|gap| gap == words), "{words}: {gaps:?}");
    }
    assert!(
        page.eval::<bool>(
            "!document.title.includes('span') && !document.title.includes('\\uFDD3')"
        )
    );
    let listed: Vec<String> = page
        .eval("[...document.querySelectorAll('#xianfeng-notice li')].map((li) => li.textContent)");
    assert_eq!(listed.len(), 3, "{listed:?}");
    // Grey on grey, and still to be read: at least 4.5 : 1.
    let contrast: f64 = page.eval(CONTRAST);
    assert!(contrast >= 4.5, "{contrast}");
    // The notice takes no place in the order of the keyboard.
    assert_eq!(page.eval::<usize>("document.querySelectorAll('#xianfeng-notice a, #xianfeng-notice button, #xianfeng-notice [tabindex]').length"), 0);
}

const CONTRAST: &str = "(() => {
    const style = getComputedStyle(document.querySelector('main .xianfeng-gap'));
    const light = (colour) => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
        const [r, g, b] = parts.map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [a, b] = [light(style.color), light(style.backgroundColor)].sort((a, b) => b - a);
    return (a + 0.05) / (b + 0.05);
})()";

#[test]
fn the_quick_start_in_chinese_never_ends_on_a_white_page() {
    follow(include_str!("../../README.zh-CN.md"), "## 五分钟上手");
}

#[test]
fn the_quick_start_in_english_never_ends_on_a_white_page() {
    follow(include_str!("../../README.md"), "## Quick start");
}
