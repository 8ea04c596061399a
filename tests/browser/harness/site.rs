//! Sites built by the real program in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A built site, which goes with the test.
pub struct Site {
    temp: TempDir,
    /// What would be published.
    pub folder: PathBuf,
}

impl Site {
    /// An empty folder for a site that is built later, when its address is known.
    pub fn later() -> Self {
        let temp = tempfile::Builder::new().prefix("xianfeng").tempdir().unwrap();
        let folder = temp.path().canonicalize().unwrap().join("public");
        Self { temp, folder }
    }

    /// The sample campaign, built with these options.
    pub fn sample(options: &[&str]) -> Self {
        let site = Self::later();
        site.build_sample(options);
        site
    }

    pub fn build_sample(&self, options: &[&str]) {
        self.build(Path::new(env!("CARGO_MANIFEST_DIR")), options);
    }

    /// A campaign of these files: path and text.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let site = Self::later();
        site.publish(files);
        site
    }

    /// Writes these files of the campaign, and builds the site again.
    pub fn publish(&self, files: &[(&str, &str)]) {
        let root = self.temp.path().join("campaign");
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        self.build(&root, &[]);
    }

    fn build(&self, root: &Path, options: &[&str]) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
        command
            .arg("-r")
            .arg(root)
            .args(["build", "--lang", "en", "--now", "2026-11-01", "-o"])
            .arg(&self.folder);
        let output = command.args(options).output().unwrap();
        assert!(
            output.status.success(),
            "{command:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// Every file that ends so, as a path below the site.
    pub fn files(&self, ending: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.to_string_lossy().ends_with(ending) {
                    found.push(
                        path.strip_prefix(&self.folder).unwrap().to_string_lossy().into_owned(),
                    );
                }
            }
        }
        found.sort();
        found
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }
}
