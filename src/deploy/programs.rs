//! What the user's own rsync and OpenSSH reach: their keys, their known hosts, their settings.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use xxhash_rust::xxh3::xxh3_64;

use super::headers::Headers;
use super::store::{Listed, Sending, Store, Trouble, Version, Watch};
use super::{lease, manifest};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::value::destination::Remote;

/// So many files go in one run of a program: the next run tells others again that somebody is at it.
const BATCH: usize = 500;

/// A folder that a program reaches.
pub struct Reached {
    remote: Remote,
    by: Program,
    /// A folder here for what is fetched.
    scratch: PathBuf,
    /// Counts the runs, each of which has files of its own there.
    runs: AtomicU32,
}

/// The program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// `rsync`
    Rsync,
    /// `sftp`
    Sftp,
}

/// What a run of a program said.
struct Said {
    succeeded: bool,
    code: Option<i32>,
    out: String,
    err: String,
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Self::Rsync => "rsync",
            Self::Sftp => "sftp",
        }
    }
}

impl Reached {
    /// A folder of another machine; what is fetched passes through `scratch`.
    pub fn open(remote: &Remote, by: Program, scratch: PathBuf) -> Self {
        Self { remote: remote.clone(), by, scratch, runs: AtomicU32::new(0) }
    }

    fn scratch(&self) -> Result<&Path, Fault> {
        fs::create_dir_all(&self.scratch).map_err(|error| Fault::write(&self.scratch, error))?;
        Ok(&self.scratch)
    }

    /// Runs the program with this on its standard input.
    fn run(&self, arguments: &[&str], input: &[u8]) -> Result<Said, Trouble> {
        let name = self.by.name();
        let failed = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => Trouble::NoProgram(name),
            _ => Trouble::Program(name, error.to_string()),
        };
        // What they say is read here, so in one language. Input and output lie in files, so that
        // neither side waits for the other.
        let scratch = self.scratch()?;
        // Several may run at once: one that sends, and one that says so.
        let number = self.runs.fetch_add(1, Ordering::Relaxed);
        let place = |what: &str| scratch.join(format!("{number}-{what}"));
        let (input_file, out, err) = (place("in"), place("out"), place("err"));
        fs::write(&input_file, input).map_err(|error| Fault::write(&input_file, error))?;
        let open = |path: &PathBuf| fs::File::open(path).map_err(|error| Fault::read(path, error));
        let create =
            |path: &PathBuf| fs::File::create(path).map_err(|error| Fault::write(path, error));
        let mut child = Command::new(name)
            .args(arguments)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::from(open(&input_file)?))
            .stdout(Stdio::from(create(&out)?))
            .stderr(Stdio::from(create(&err)?))
            .spawn()
            .map_err(failed)?;
        let status = child.wait().map_err(failed)?;
        let text = |path: &PathBuf| {
            let mut bytes = Vec::new();
            open(path)?.read_to_end(&mut bytes).map_err(|error| Fault::read(path, error))?;
            Ok::<_, Fault>(String::from_utf8_lossy(&bytes).into_owned())
        };
        let (said_out, said_err) = (text(&out)?, text(&err)?);
        for path in [&input_file, &out, &err] {
            let _ = fs::remove_file(path);
        }
        let succeeded = status.success();
        Ok(Said { succeeded, code: status.code(), out: said_out, err: said_err })
    }

    /// Runs rsync between a folder here and the one there, about these files.
    fn rsync(&self, options: &[&str], paths: &[&str], from: &Path) -> Result<Said, Trouble> {
        let shell = self.ssh();
        let mut from = from.to_string_lossy().into_owned();
        from.push('/');
        let there = format!("{}:{}/", self.remote.host, self.remote.path);
        let mut arguments = vec!["-s", "--timeout=120", "-e", &shell];
        arguments.extend(["--from0", "--files-from=-", "--chmod=D755,F644"]);
        arguments.extend(options);
        arguments.extend(["--", &from, &there]);
        let list: Vec<u8> =
            paths.iter().flat_map(|path| [path.as_bytes(), b"\0"].concat()).collect();
        self.run(&arguments, &list)
    }

    fn ssh(&self) -> String {
        let port = self.remote.port.map_or(String::new(), |port| format!(" -p {port}"));
        format!("ssh -o BatchMode=yes -o ConnectTimeout=20{port}")
    }

    /// Runs lines of sftp's own language.
    fn sftp(&self, lines: &[String]) -> Result<Said, Trouble> {
        let port = self.remote.port.map(|port| port.to_string());
        // Not -q, which would keep to itself why a host cannot be reached.
        let mut arguments = vec!["-b", "-", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20"];
        arguments.extend(["-o", "LogLevel=ERROR"]);
        if let Some(port) = &port {
            arguments.extend(["-P", port]);
        }
        arguments.extend(["--", &self.remote.host]);
        self.run(&arguments, (lines.join("\n") + "\n").as_bytes())
    }

    /// The path there of a file of the site, as sftp reads it.
    fn quoted(&self, path: &str) -> String {
        let path = match path {
            "" => self.remote.path.clone(),
            path => format!("{}/{path}", self.remote.path),
        };
        quote(&path)
    }

    fn failure(&self, said: &Said) -> Trouble {
        failure(self.by, &said.err)
    }

    /// Fetches a file; `None` if there is none.
    fn fetch(&self, path: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let number = self.runs.fetch_add(1, Ordering::Relaxed);
        let here = self.scratch()?.join(format!("{number}-fetched"));
        let said = match self.by {
            Program::Rsync => {
                let shell = self.ssh();
                let there = format!("{}:{}/{path}", self.remote.host, self.remote.path);
                let to = here.to_string_lossy();
                let arguments = ["-s", "--timeout=120", "-I", "-e", &shell, "--", &there, &to];
                self.run(&arguments, b"")?
            }
            Program::Sftp => {
                let to = quote(&here.to_string_lossy());
                self.sftp(&[format!("get {} {to}", self.quoted(path))])?
            }
        };
        if said.succeeded {
            let bytes = fs::read(&here).map_err(|error| Fault::read(&here, error))?;
            let _ = fs::remove_file(&here);
            return Ok(Some(bytes));
        }
        let is_absent =
            ["No such file", "not found", "does not exist"].iter().any(|w| said.err.contains(w));
        // 255 is ssh's own.
        match is_absent && said.code != Some(255) {
            true => Ok(None),
            false => Err(self.failure(&said)),
        }
    }

    /// Sends files of a folder here.
    fn put(&self, from: &Path, paths: &[&str]) -> Result<(), Trouble> {
        let said = match self.by {
            // Never by size and time: a page may change within a second and keep its length.
            Program::Rsync => self.rsync(&["--ignore-times"], paths, from)?,
            Program::Sftp => {
                let mut lines = vec![format!("-mkdir {}", self.quoted(""))];
                let mut folders: Vec<&str> = paths
                    .iter()
                    .flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at]))
                    .collect();
                folders.sort_unstable();
                folders.dedup();
                lines.extend(folders.iter().map(|f| format!("-mkdir {}", self.quoted(f))));
                for path in paths {
                    let here = quote(&from.join(path).to_string_lossy());
                    let unfinished = self.quoted(&format!("{path}.xianfeng-new"));
                    lines.push(format!("put {here} {unfinished}"));
                    lines.push(format!("rename {unfinished} {}", self.quoted(path)));
                }
                self.sftp(&lines)?
            }
        };
        match said.succeeded {
            true => Ok(()),
            false => Err(self.failure(&said)),
        }
    }

    /// What sftp lists of these folders, by folder.
    fn look(&self, folders: &[String]) -> Result<Vec<(String, Vec<Listed>)>, Trouble> {
        let lines: Vec<String> =
            folders.iter().map(|folder| format!("-ls -lan {}", self.quoted(folder))).collect();
        let said = self.sftp(&lines)?;
        if !said.succeeded {
            return Err(self.failure(&said));
        }
        // Each command is repeated before what it says.
        let parts = said.out.split("sftp> ").skip(1);
        Ok(folders.iter().cloned().zip(parts.map(lines_of_ls)).collect())
    }
}

/// What a program means by what it has said. The line that says why is shown: what follows it
/// is often no more than that something has ended.
fn failure(by: Program, said: &str) -> Trouble {
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let shown = |line: &str| line.chars().take(300).collect::<String>();
    let with = |words: &[&str]| {
        lines().find(|line| words.iter().any(|words| line.contains(words))).map(shown)
    };
    if let Some(line) = with(&["No space left", "quota exceeded", "Quota exceeded"]) {
        return Trouble::Full(line);
    }
    if let Some(line) = with(&["File too large"]) {
        return Trouble::TooLarge(line);
    }
    const UNREACHABLE: [(&str, &str, &str); 5] = [
        ("Could not resolve hostname", "找不到这台主机", "the host is not known"),
        ("Connection refused", "那台主机拒绝连接", "the host refuses to connect"),
        ("Connection timed out", "等了很久，没有回音", "no answer for a long time"),
        ("No route to host", "没有到那台主机的网络", "no network leads to the host"),
        ("Network is unreachable", "没有到那台主机的网络", "no network leads to the host"),
    ];
    if let Some((_, zh, en)) = UNREACHABLE.iter().find(|(words, ..)| said.contains(words)) {
        return Trouble::Unreachable(Text { zh: (*zh).into(), en: (*en).into() });
    }
    // ssh names the ways in that it has tried; rsync puts the number of an error there.
    const LOGIN: [&str; 6] = [
        "Permission denied (publickey",
        "Permission denied (password",
        "Permission denied (keyboard-interactive",
        "Permission denied (gssapi",
        "Permission denied (hostbased",
        "Too many authentication failures",
    ];
    if let Some(line) = with(&LOGIN) {
        return Trouble::Login(line);
    }
    if let Some(line) = with(&["Permission denied"]) {
        return Trouble::Refused(line);
    }
    let last = lines().rfind(|line| !line.starts_with("rsync error"));
    let last = last.map(shown).unwrap_or_default();
    // The protocol of sftp has one word for all that goes wrong on a disk.
    match by == Program::Sftp && last.ends_with("Failure") {
        true => Trouble::Unsaid(by.name(), last),
        false => Trouble::Program(by.name(), last),
    }
}

/// A path as sftp reads it: in quotes, in which nothing is a pattern.
fn quote(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What `ls -lan` of sftp tells: names, folders with `/` at the end.
fn lines_of_ls(text: &str) -> Vec<Listed> {
    let line = |line: &str| {
        let is_folder = line.starts_with('d');
        if !is_folder && !line.starts_with(['-', 'l']) {
            return None;
        }
        // Mode, links, owner, group, size, month, day, time or year; the rest is the name.
        let mut rest = line;
        let mut size = 0;
        for column in 0..8 {
            let (word, after) = rest.trim_start().split_once(' ')?;
            if column == 4 {
                size = word.parse().ok()?;
            }
            rest = after;
        }
        let name = rest.trim_start().trim_end_matches('\r').trim_end_matches('/');
        let name = name.rsplit('/').next()?;
        let end = if is_folder { "/" } else { "" };
        let name = without_escapes(name);
        let is_own = name == "." || name == "..";
        (!is_own).then(|| Listed { path: format!("{name}{end}"), size, md5: None })
    };
    text.lines().skip(1).filter_map(line).collect()
}

/// A name in which bytes stand as octal numbers, as sftp writes them where it knows no UTF-8.
fn without_escapes(name: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..3).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(byte) if first == b'\\' => {
                bytes.push(byte);
                rest = &after[3..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What `rsync --list-only` tells of files.
fn lines_of_rsync(text: &str) -> Vec<Listed> {
    let line = |line: &str| {
        if line.starts_with('d') {
            return None;
        }
        let mut rest = line;
        let mut size = 0;
        for column in 0..4 {
            let (word, after) = rest.trim_start().split_once(' ')?;
            if column == 1 {
                size = word.replace(',', "").parse().ok()?;
            }
            rest = after;
        }
        Some(Listed { path: rest.to_string(), size, md5: None })
    };
    text.lines().filter_map(line).collect()
}

impl Store for Reached {
    fn read(&self, path: &str) -> Result<Option<Version>, Trouble> {
        let there = self.fetch(path)?;
        Ok(there.map(|bytes| Version { tag: format!("{:016x}", xxh3_64(&bytes)), bytes }))
    }

    /// Compares and then writes: these programs know no way to do both at once.
    fn swap(
        &self,
        path: &str,
        bytes: &[u8],
        seen: Option<&str>,
    ) -> Result<Option<String>, Trouble> {
        if self.read(path)?.map(|there| there.tag).as_deref() != seen {
            return Ok(None);
        }
        let folder = self.scratch()?.join("note");
        fs::create_dir_all(&folder).map_err(|error| Fault::write(&folder, error))?;
        let place = folder.join(path);
        fs::File::create(&place)
            .and_then(|mut file| file.write_all(bytes))
            .map_err(|error| Fault::write(&place, error))?;
        self.put(&folder, &[path])?;
        Ok(Some(format!("{:016x}", xxh3_64(bytes))))
    }

    fn send(&self, files: &[Sending<'_>], watch: &Watch<'_>) -> Result<(), Trouble> {
        for batch in files.chunks(BATCH) {
            (watch.tick)()?;
            // All of a site lie in one folder.
            let Some(first) = batch.first() else { continue };
            let depth = first.path.split('/').count();
            let from = first.file.ancestors().nth(depth).unwrap_or(first.file);
            let paths: Vec<&str> = batch.iter().map(|sending| sending.path).collect();
            self.put(from, &paths)?;
            batch.iter().for_each(|sending| (watch.done)(sending.path, sending.size));
        }
        Ok(())
    }

    fn remove(&self, paths: &[&str], watch: &Watch<'_>) -> Result<(), Trouble> {
        for batch in paths.chunks(BATCH) {
            (watch.tick)()?;
            let said = match self.by {
                Program::Rsync => {
                    // What is missing below folders that are there is removed; where a folder is
                    // missing too, rsync says that files vanished.
                    let empty = self.scratch()?.join("empty");
                    for path in batch {
                        let folder = empty.join(Path::new(path).parent().unwrap_or(Path::new("")));
                        fs::create_dir_all(&folder)
                            .map_err(|error| Fault::write(&folder, error))?;
                    }
                    let said = self.rsync(&["--delete-missing-args"], batch, &empty)?;
                    fs::remove_dir_all(&empty).map_err(|error| Fault::write(&empty, error))?;
                    said
                }
                Program::Sftp => {
                    let lines: Vec<String> =
                        batch.iter().map(|path| format!("-rm {}", self.quoted(path))).collect();
                    self.sftp(&lines)?
                }
            };
            if !said.succeeded {
                return Err(self.failure(&said));
            }
            if self.by == Program::Sftp
                && let Some(left) = self.present(batch)?.first()
            {
                return Err(Trouble::Refused(left.path.clone()));
            }
            batch.iter().for_each(|path| (watch.done)(path, 0));
        }
        Ok(())
    }

    fn present(&self, paths: &[&str]) -> Result<Vec<Listed>, Trouble> {
        let all = match self.by {
            Program::Rsync => self.list()?.unwrap_or_default(),
            Program::Sftp => {
                let mut folders: Vec<String> = paths
                    .iter()
                    .map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_string())
                    .collect();
                folders.sort();
                folders.dedup();
                let looked = self.look(&folders)?.into_iter();
                looked
                    .flat_map(|(folder, entries)| {
                        entries.into_iter().map(move |entry| match folder.is_empty() {
                            true => entry,
                            false => Listed { path: format!("{folder}/{}", entry.path), ..entry },
                        })
                    })
                    .collect()
            }
        };
        let by_path: BTreeMap<&str, &Listed> = all.iter().map(|one| (&*one.path, one)).collect();
        Ok(paths.iter().filter_map(|path| by_path.get(path).map(|one| (*one).clone())).collect())
    }

    fn list(&self) -> Result<Option<Vec<Listed>>, Trouble> {
        let mut found = Vec::new();
        match self.by {
            Program::Rsync => {
                let shell = self.ssh();
                let there = format!("{}:{}/", self.remote.host, self.remote.path);
                let arguments = [
                    "-s",
                    "--timeout=120",
                    "-e",
                    &shell,
                    "-r",
                    "--list-only",
                    "--8-bit-output",
                    "--no-human-readable",
                    "--",
                    &there,
                ];
                let said = self.run(&arguments, b"")?;
                match said.succeeded {
                    true => found = lines_of_rsync(&said.out),
                    false if said.err.contains("No such file") && said.code != Some(255) => {}
                    false => return Err(self.failure(&said)),
                }
            }
            Program::Sftp => {
                let mut folders = vec![String::new()];
                while !folders.is_empty() {
                    let mut below = Vec::new();
                    for (folder, entries) in self.look(&folders)? {
                        for entry in entries {
                            let path = match folder.is_empty() {
                                true => entry.path.clone(),
                                false => format!("{folder}/{}", entry.path),
                            };
                            match path.strip_suffix('/') {
                                Some(folder) => below.push(folder.to_string()),
                                None => found.push(Listed { path, ..entry }),
                            }
                        }
                    }
                    folders = below;
                }
            }
        }
        found.retain(|there| ![manifest::NAME, lease::NAME].contains(&&*there.path));
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Some(found))
    }

    fn is_same(&self, listed: &Listed, file: &Path, _: Headers) -> Result<bool, Trouble> {
        let bytes = fs::read(file).map_err(|error| Fault::read(file, error))?;
        Ok(bytes.len() as u64 == listed.size
            && self.fetch(&listed.path)?.is_some_and(|there| there == bytes))
    }

    fn threads(&self) -> usize {
        // Servers refuse who connects too often at once.
        3
    }
}

impl Drop for Reached {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_the_programs() {
        let sftp = "ls -lan \"/srv\"\ndrwxr-xr-x    ? 0 0  4096 Nov 26 05:00 /srv/.\n\
                    drwxr-xr-x    ? 0 0  4096 Nov 26 05:00 /srv/news\n\
                    -rw-r--r--    ? 0 0    12 Nov 26  2025 /srv/\\345\\233\\276 1.png\n";
        let found: Vec<_> = lines_of_ls(sftp).into_iter().map(|one| (one.path, one.size)).collect();
        assert_eq!(found, [("news/".to_string(), 4096), ("图 1.png".to_string(), 12)]);
        let rsync = "drwxr-xr-x          4,096 2026/11/26 05:00:00 .\n\
                     -rw-r--r--          1,234 2026/11/26 05:00:00 a/图 1.png\n";
        let found: Vec<_> =
            lines_of_rsync(rsync).into_iter().map(|one| (one.path, one.size)).collect();
        assert_eq!(found, [("a/图 1.png".to_string(), 1234)]);
    }

    #[test]
    fn what_programs_mean() {
        let of = |by, said: &str| match failure(by, said) {
            Trouble::Full(line) => ("full", line),
            Trouble::TooLarge(line) => ("large", line),
            Trouble::Unreachable(why) => ("unreachable", why.en),
            Trouble::Login(line) => ("login", line),
            Trouble::Refused(line) => ("refused", line),
            Trouble::Unsaid(_, line) => ("unsaid", line),
            Trouble::Program(_, line) => ("program", line),
            other => panic!("{other:?}"),
        };
        let full = "rsync: [receiver] write failed on \"/srv/a\": No space left on device (28)";
        let rsync = format!(
            "{full}\nrsync error: error in file IO (code 11) at receiver.c(378)\nrsync: [sender] write error: Broken pipe (32)\n"
        );
        assert_eq!(of(Program::Rsync, &rsync), ("full", full.to_string()));
        for (by, said, wanted) in [
            (Program::Rsync, "rsync: mkstemp \"/a\" failed: Disk quota exceeded (122)", "full"),
            (Program::Rsync, "rsync: write failed on \"/a\": File too large (27)", "large"),
            (Program::Rsync, "rsync: mkdir \"/a\" failed: Permission denied (13)", "refused"),
            (
                Program::Sftp,
                "w@h: Permission denied (publickey,password).\nConnection closed",
                "login",
            ),
            (Program::Sftp, "ssh: connect to host h port 22: Connection refused", "unreachable"),
            (
                Program::Sftp,
                "ssh: Could not resolve hostname h: Name or service not known",
                "unreachable",
            ),
            (Program::Sftp, "dest open \"/srv/a\": Permission denied", "refused"),
            (Program::Sftp, "write remote \"/srv/a\": Failure", "unsaid"),
            (Program::Sftp, "Couldn't write to remote file \"/srv/a\": Failure", "unsaid"),
            (Program::Sftp, "Host key verification failed.", "program"),
            (Program::Rsync, "", "program"),
        ] {
            assert_eq!(of(by, said).0, wanted, "{said}");
        }
    }

    #[test]
    fn paths_in_quotes() {
        assert_eq!(quote("/srv/a \"b\"\\c*"), "\"/srv/a \\\"b\\\"\\\\c*\"");
    }
}
