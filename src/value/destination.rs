//! Where a site is deployed to: `s3://bucket/prefix`, `file:///media/usb` …

use super::address::decode;

/// A place that a site can be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A folder of this machine: a share, a USB stick.
    Folder(String),
    /// A bucket of an object storage, and what the names in it begin with: empty, or ending in `/`.
    Bucket {
        /// Its name.
        bucket: String,
        /// What the names of our objects begin with.
        prefix: String,
    },
    /// A folder of a WebDAV server: its address as HTTP has it, ending in `/`.
    Dav(String),
    /// A folder that the user's own sftp reaches.
    Sftp(Remote),
    /// A folder that the user's own rsync reaches.
    Rsync(Remote),
}

/// A folder of another machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// `www@example.cn`, or the name alone.
    pub host: String,
    /// The port, where one is named.
    pub port: Option<u16>,
    /// The folder, without `/` at the end; below the user's own where it does not begin with one.
    pub path: String,
}

/// Why a text is no destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It begins with none of the words that are known.
    Scheme,
    /// Something is missing: the bucket, the host, the folder.
    Incomplete,
    /// There is a password in it.
    Secret,
    /// It climbs, or has characters that no address has.
    Odd,
}

/// What a destination may begin with, each with an example.
pub const SCHEMES: &[(&str, &str)] = &[
    ("s3", "s3://bucket/site"),
    ("webdavs", "webdavs://dav.example.cn/site"),
    ("webdav", "webdav://dav.example.cn/site"),
    ("sftp", "sftp://www@example.cn/srv/site"),
    ("rsync", "rsync://www@example.cn/srv/site"),
    ("file", "file:///media/usb/site"),
];

impl Destination {
    /// Reads `SCHEME://…`.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let (scheme, rest) = text.split_once("://").ok_or(Wrong::Scheme)?;
        if !SCHEMES.iter().any(|(known, _)| *known == scheme) {
            return Err(Wrong::Scheme);
        }
        let rest = rest.replace('\\', "/");
        let (host, path) = rest.split_once('/').unwrap_or((&rest, ""));
        let path = decode(path);
        let is_odd = |c: char| c.is_control() || crate::base::text::is_noncharacter(c);
        let climbs = path.split('/').any(|part| part == ".." || part == ".");
        let folders = path.trim_end_matches('/');
        if climbs || text.contains(is_odd) || path.contains(is_odd) || folders.contains("//") {
            return Err(Wrong::Odd);
        }
        if scheme == "file" {
            return folder(host, folders);
        }
        let (user, machine) = match host.rsplit_once('@') {
            Some((user, machine)) => (Some(user), machine),
            None => (None, host),
        };
        if user.is_some_and(|user| user.contains(':')) {
            return Err(Wrong::Secret);
        }
        if machine.is_empty() || user == Some("") {
            return Err(Wrong::Incomplete);
        }
        // What begins with a hyphen would be an option to the programs that it is given to.
        let fits = |c: char| c.is_alphanumeric() || "-._:[]".contains(c);
        if !machine.chars().all(fits) || host.starts_with('-') || machine.starts_with('-') {
            return Err(Wrong::Odd);
        }
        match scheme {
            "s3" if user.is_some() || machine.contains([':', '[', ']']) => Err(Wrong::Odd),
            "s3" => {
                let prefix = if folders.is_empty() { String::new() } else { format!("{folders}/") };
                Ok(Self::Bucket { bucket: machine.into(), prefix })
            }
            "webdav" | "webdavs" if user.is_some() => Err(Wrong::Secret),
            "webdav" | "webdavs" => {
                let http = if scheme == "webdavs" { "https" } else { "http" };
                let slash = if folders.is_empty() { "" } else { "/" };
                Ok(Self::Dav(format!("{http}://{machine}/{folders}{slash}")))
            }
            _ => {
                let remote = remote(user, machine, folders)?;
                Ok(if scheme == "sftp" { Self::Sftp(remote) } else { Self::Rsync(remote) })
            }
        }
    }
}

/// A folder by the address of a file: `/media/usb`, `D:/site`, or `//server/share`.
fn folder(host: &str, folders: &str) -> Result<Destination, Wrong> {
    let is_drive = folders.as_bytes().get(1) == Some(&b':');
    match host {
        "" if folders.is_empty() => Err(Wrong::Incomplete),
        "" if is_drive => Ok(Destination::Folder(folders.into())),
        "" | "localhost" => Ok(Destination::Folder(format!("/{folders}"))),
        // `file://D:/site` is what people write.
        _ if host.len() == 2 && host.ends_with(':') => {
            Ok(Destination::Folder(format!("{host}/{folders}")))
        }
        _ if cfg!(windows) && !folders.is_empty() => {
            Ok(Destination::Folder(format!("//{host}/{folders}")))
        }
        _ => Err(Wrong::Incomplete),
    }
}

fn remote(user: Option<&str>, machine: &str, folders: &str) -> Result<Remote, Wrong> {
    let (name, port) = match machine.rsplit_once(':') {
        Some((name, port)) if !machine.ends_with(']') => {
            (name, Some(port.parse().map_err(|_| Wrong::Odd)?))
        }
        _ => (machine, None),
    };
    // The whole machine, or somebody's home, is no place for a site.
    let below_home = folders.strip_prefix("~/");
    let path = match below_home {
        Some(rest) => rest.to_string(),
        None => format!("/{folders}"),
    };
    if name.is_empty() || path == "/" || path.is_empty() || path == "/~" {
        return Err(Wrong::Incomplete);
    }
    let host = user.map_or_else(|| name.to_string(), |user| format!("{user}@{name}"));
    Ok(Remote { host, port, path })
}

/// Is a path such as files of a site have: below the folder that it is counted from, whatever
/// it is joined to?
pub fn stays_below(path: &str) -> bool {
    let is_odd = |c: char| c.is_control() || c == '\\';
    let fits = |part: &str| !part.is_empty() && part != "." && part != "..";
    !path.contains(is_odd) && path.split('/').all(fits) && path.as_bytes().get(1) != Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations() {
        let bucket = |bucket: &str, prefix: &str| Destination::Bucket {
            bucket: bucket.into(),
            prefix: prefix.into(),
        };
        let folder = |path: &str| Destination::Folder(path.into());
        let remote =
            |host: &str, port, path: &str| Remote { host: host.into(), port, path: path.into() };
        for (text, wanted) in [
            ("s3://mei", Ok(bucket("mei", ""))),
            ("s3://mei/", Ok(bucket("mei", ""))),
            ("s3://mei/a/b/", Ok(bucket("mei", "a/b/"))),
            ("s3://mei/专栏", Ok(bucket("mei", "专栏/"))),
            ("s3://", Err(Wrong::Incomplete)),
            ("s3:///a", Err(Wrong::Incomplete)),
            ("s3://mei/../a", Err(Wrong::Odd)),
            ("s3://mei/%2e%2e/a", Err(Wrong::Odd)),
            ("s3://a:b@mei/x", Err(Wrong::Secret)),
            ("oss://mei/a", Err(Wrong::Scheme)),
            ("/media/usb", Err(Wrong::Scheme)),
            ("file:///media/u%20s/", Ok(folder("/media/u s"))),
            ("file:///D:/网站", Ok(folder("D:/网站"))),
            ("file://D:/网站", Ok(folder("D:/网站"))),
            ("file:///D:\\网站", Ok(folder("D:/网站"))),
            ("file:///", Err(Wrong::Incomplete)),
            ("file:///a/../b", Err(Wrong::Odd)),
            ("webdavs://d.cn:8443/x", Ok(Destination::Dav("https://d.cn:8443/x/".into()))),
            ("webdav://d.cn", Ok(Destination::Dav("http://d.cn/".into()))),
            ("webdav://a@d.cn/", Err(Wrong::Secret)),
            (
                "sftp://w@h.cn:2222/srv/x",
                Ok(Destination::Sftp(remote("w@h.cn", Some(2222), "/srv/x"))),
            ),
            ("rsync://h.cn/~/x/", Ok(Destination::Rsync(remote("h.cn", None, "x")))),
            ("rsync://h.cn/", Err(Wrong::Incomplete)),
            ("sftp://w:geheim@h.cn/x", Err(Wrong::Secret)),
            ("sftp://-oProxyCommand=x/x", Err(Wrong::Odd)),
        ] {
            assert_eq!(Destination::parse(text), wanted, "{text}");
        }
    }

    #[test]
    fn paths_that_leave_the_folder_are_seen() {
        for path in ["index.html", "a/b.html", "a/..b/c", "图 片/1.png"] {
            assert!(stays_below(path), "{path}");
        }
        for path in ["", "/etc/x", "../x", "a/../../x", "a//b", "a\\..\\b", "C:/x", "a\n"] {
            assert!(!stays_below(path), "{path}");
        }
    }
}
