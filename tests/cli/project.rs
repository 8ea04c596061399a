//! The harness: a project in a temporary folder, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

/// A project folder that goes with the test.
pub struct Project {
    temp: TempDir,
}

impl Project {
    /// An empty folder.
    pub fn nowhere() -> Self {
        Self { temp: tempfile::Builder::new().prefix("xianfeng").tempdir().unwrap() }
    }

    /// A site with a title and two stories.
    pub fn small() -> Self {
        let project = Self::nowhere();
        project.write("content/site.yaml", "title: 测试专栏\n");
        project.story("a", "甲").story("b", "乙");
        project
    }

    pub fn root(&self) -> PathBuf {
        self.temp.path().canonicalize().unwrap().join("p")
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Writes a file at once, as careful editors do: who watches never sees it empty.
    pub fn save(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let (saved, path) = (self.path(".saved"), self.path(path));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&saved, text).unwrap();
        fs::rename(saved, path).unwrap();
        self
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn remove(&self, path: &str) -> &Self {
        let path = self.path(path);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
        self
    }

    pub fn has(&self, path: &str) -> bool {
        self.path(path).symlink_metadata().is_ok()
    }

    /// A news story of this name and title.
    pub fn story(&self, name: &str, title: &str) -> &Self {
        let text =
            format!("---\ntitle: {title}\ndate: 2026-03-18\nkind: news\n---\n{title}的正文。\n");
        self.save(&format!("content/stories/{name}.md"), text)
    }

    /// A story with an error.
    pub fn bad_story(&self, name: &str) -> &Self {
        self.write(
            &format!("content/stories/{name}.md"),
            "---\ntitle: 坏\ndate: 2026-02-30\nkind: news\n---\n",
        )
    }

    /// The program, ready to run in the project's folder.
    pub fn program(&self, arguments: &[&str]) -> Command {
        fs::create_dir_all(self.root()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
        command
            .current_dir(self.root())
            .args(arguments)
            .env("LANG", "en_US.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("NO_COLOR");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.program(arguments).output().unwrap())
    }

    /// Runs `build` with English messages at a fixed time; it must succeed.
    #[track_caller]
    pub fn build(&self, more: &[&str]) -> Ran {
        let ran = self.try_build(more);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran
    }

    pub fn try_build(&self, more: &[&str]) -> Ran {
        self.run(&[&["build", "--lang", "en", "--now", "2026-06-01"], more].concat())
    }

    /// Every file below a folder: path and bytes.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        self.each(folder, |path| fs::read(path).unwrap())
    }

    pub fn times(&self, folder: &str) -> BTreeMap<String, SystemTime> {
        self.each(folder, |path| fs::metadata(path).unwrap().modified().unwrap())
    }

    fn each<T>(&self, folder: &str, of: impl Fn(&Path) -> T) -> BTreeMap<String, T> {
        let top = self.path(folder);
        let mut found = BTreeMap::new();
        let mut folders = vec![top.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for entry in entries {
                let path = entry.unwrap().path();
                if path.symlink_metadata().unwrap().is_dir() {
                    folders.push(path);
                } else {
                    found.insert(
                        path.strip_prefix(&top).unwrap().to_string_lossy().into_owned(),
                        of(&path),
                    );
                }
            }
        }
        found
    }
}

/// What a run of the program did.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// Fails unless the run ended so, and stderr holds this.
    #[track_caller]
    pub fn fails(&self, code: i32, with: &str) -> &Self {
        assert!(
            self.code == code && self.err.contains(with),
            "wanted {code} and {with}: {self:#?}"
        );
        self
    }

    /// How many files were written, unchanged and removed.
    #[track_caller]
    pub fn tally(&self) -> (usize, usize, usize) {
        let words: Vec<&str> = self.out.split_whitespace().collect();
        let before = |word: &str| {
            let at = words.iter().position(|known| known.trim_end_matches([',', ';']) == word);
            words[at.unwrap_or_else(|| panic!("no {word} in {}", self.out)) - 1].parse().unwrap()
        };
        let at = words
            .iter()
            .position(|word| *word == "files")
            .unwrap_or_else(|| panic!("{}", self.out));
        (words[at - 1].parse().unwrap(), before("unchanged"), before("removed"))
    }
}
