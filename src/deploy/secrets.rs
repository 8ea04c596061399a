//! Keys: from the environment, or from a file that nobody else can read. Never from site.yaml, and
//! never in a message.

use std::fs;
use std::path::{Path, PathBuf};

use super::store::Trouble;
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::sink::place::{absolute, is_in_project};

/// Where keys come from.
pub struct Secrets<'a> {
    environment: &'a dyn Fn(&str) -> Option<String>,
    /// What the file says.
    file: Vec<(String, String)>,
}

impl<'a> Secrets<'a> {
    /// Keys from the environment, and from a file of the project in `root`, where one is named.
    pub fn read(
        root: &Path,
        output: &Path,
        file: Option<&str>,
        environment: &'a dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Trouble> {
        let file = match file {
            Some(file) => read(root, output, file, environment)?,
            None => Vec::new(),
        };
        Ok(Self { environment, file })
    }

    /// A key; the environment has the last word.
    #[cfg_attr(not(feature = "deploy"), expect(dead_code, reason = "what needs them is left out"))]
    pub fn get(&self, name: &str) -> Option<String> {
        let of_file = || self.file.iter().find(|(known, _)| known == name).map(|(_, v)| v.clone());
        (self.environment)(name).or_else(of_file).filter(|value| !value.is_empty())
    }
}

fn read(
    root: &Path,
    output: &Path,
    shown: &str,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<(String, String)>, Trouble> {
    let refused = |zh: &str, en: &str| {
        Trouble::SecretFile(shown.to_string(), Text { zh: zh.into(), en: en.into() })
    };
    let home = || environment("HOME").or_else(|| environment("USERPROFILE"));
    let path = match shown.strip_prefix("~/").or_else(|| shown.strip_prefix("~\\")) {
        Some(below) => PathBuf::from(home().unwrap_or_default()).join(below),
        None => root.join(shown),
    };
    let place = absolute(&path)?;
    if is_in_project(root, &place)? || place.starts_with(output) {
        return Err(refused(
            "它在网站的文件里，会和网站一起发布；移到网站文件夹外面",
            "it lies among the files of the site and would be published; move it out of the project",
        ));
    }
    let text = match fs::read(&place) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(refused("没有这个文件", "there is no such file"));
        }
        Err(error) => return Err(Fault::read(&path, error).into()),
    };
    if others_read(&place) {
        return Err(refused(
            "别的用户也读得到它；运行 chmod 600 文件名，再试一次",
            "others can read it; run `chmod 600` on it and try again",
        ));
    }
    Ok(parse(&text))
}

/// Can other users of this machine read a file? Where files have no such rights, nobody knows.
#[cfg(unix)]
fn others_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_read(_: &Path) -> bool {
    false
}

/// Lines of `NAME=value`, as shells have them.
fn parse(text: &str) -> Vec<(String, String)> {
    let line = |line: &str| {
        let line = line.trim().trim_start_matches('\u{FEFF}');
        let (name, value) = line.strip_prefix("export ").unwrap_or(line).split_once(['=', '：'])?;
        let value = value.trim();
        let unquoted = ['"', '\''].iter().find_map(|quote| {
            value.strip_prefix(*quote).and_then(|value| value.strip_suffix(*quote))
        });
        let is_comment = name.trim_start().starts_with('#');
        (!is_comment).then(|| (name.trim().to_string(), unquoted.unwrap_or(value).to_string()))
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_file_with_keys() {
        let text = "\u{FEFF}# a=b\r\nA=1\r\n export B = \"x=y\" \n\nC='z'\nnothing\n";
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(parse(text), [pair("A", "1"), pair("B", "x=y"), pair("C", "z")]);
    }
}
