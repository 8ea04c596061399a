//! Addresses of other sites, as people write them.

use percent_encoding::utf8_percent_encode;

use super::address::{ODD, decode};

/// Why an address can lead nowhere, wherever it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// `http:/x`; the address as it was meant.
    Slashes(String),
    /// `https://`
    NoHost,
    /// `https://https://x`; the address as it was meant.
    Twice(String),
    /// There is a space in it; the address without.
    Space(String),
    /// This cannot be the name of a host.
    Host(String),
    /// Nor this, outside of an office's own network.
    NoDot(String),
    /// This is every reader's own computer.
    Own(String),
    /// No port has this number.
    Port(String),
    /// No address for mail.
    Mail,
    /// No telephone number.
    Telephone,
}

/// The parts of an address of the web.
struct Web<'u> {
    host: &'u str,
    /// Digits, most likely; empty if there is none.
    port: &'u str,
    /// From the path on.
    path: &'u str,
}

/// Splits what follows `https://`.
fn split(rest: &str) -> Web<'_> {
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let after_bracket = host.rfind(']').map_or(0, |at| at + 1);
    let (host, port) = match host[after_bracket..].find(':') {
        Some(at) => (&host[..after_bracket + at], &host[after_bracket + at + 1..]),
        None => (host, ""),
    };
    Web { host, port, path }
}

/// The scheme in lower case, without the white space that browsers drop, and what follows it. An
/// address that begins with `//` has that of the page.
fn scheme(url: &str) -> Option<(String, &str)> {
    if url.starts_with("//") {
        return Some(("https".into(), url));
    }
    let (scheme, rest) = url.split_once(':')?;
    Some((scheme.split_whitespace().collect::<String>().to_lowercase(), rest))
}

/// Why the address can lead nowhere; `None` if it may.
pub fn doubt(url: &str) -> Option<Doubt> {
    let (scheme, rest) = scheme(url)?;
    match scheme.as_str() {
        "mailto" => {
            let (people, _) = rest.split_once('?').unwrap_or((rest, ""));
            (!decode(people).split(',').all(is_mail)).then_some(Doubt::Mail)
        }
        "tel" => {
            let number = decode(rest.split(';').next().unwrap_or_default());
            let digits = number.chars().filter(char::is_ascii_digit).count();
            let odd = |c: char| !c.is_ascii_digit() && !" +-().*#".contains(c);
            (digits < 3 || number.contains(odd)).then_some(Doubt::Telephone)
        }
        "http" | "https" => of_web(&scheme, rest),
        _ => None,
    }
}

fn of_web(scheme: &str, rest: &str) -> Option<Doubt> {
    let Some(after) = rest.strip_prefix("//").filter(|after| !after.starts_with('/')) else {
        let meant = rest.trim_start_matches('/');
        return Some(match meant.is_empty() {
            true => Doubt::NoHost,
            false => Doubt::Slashes(format!("{scheme}://{meant}")),
        });
    };
    let Web { host, port, path } = split(after);
    if matches!(host.to_lowercase().as_str(), "http" | "https") && path.starts_with("//") {
        return Some(Doubt::Twice(format!("{}:{path}", host.to_lowercase())));
    }
    if host.trim().is_empty() {
        return Some(Doubt::NoHost);
    }
    if after.contains(char::is_whitespace) {
        let meant: String = after.split_whitespace().collect();
        return Some(Doubt::Space(format!("{scheme}://{meant}")));
    }
    if matches!(host, "localhost" | "0.0.0.0" | "[::1]") || host.starts_with("127.") {
        return Some(Doubt::Own(host.into()));
    }
    if !host.starts_with('[') {
        let name = host.strip_suffix('.').unwrap_or(host);
        if !is_host(name) {
            return Some(Doubt::Host(host.into()));
        }
        if !name.contains('.') {
            return Some(Doubt::NoDot(host.into()));
        }
        let last = name.rsplit('.').next().unwrap_or_default();
        let is_number = |part: &str| part.parse::<u8>().is_ok();
        let is_address = || name.split('.').count() == 4 && name.split('.').all(is_number);
        let is_digits = last.bytes().all(|byte| byte.is_ascii_digit());
        if last.len() < 2 && !is_digits || is_digits && !is_address() {
            return Some(Doubt::Host(host.into()));
        }
    }
    (!is_port(port)).then(|| Doubt::Port(port.into()))
}

fn is_mail(address: &str) -> bool {
    let Some((name, host)) = address.trim().split_once('@') else { return false };
    let odd = |c: char| c.is_whitespace() || "<>\"，。；、（）：@".contains(c);
    !name.is_empty() && !name.contains(odd) && is_host(host) && host.contains('.')
}

/// Is this one or several labels of letters, digits and hyphens?
fn is_host(host: &str) -> bool {
    host.split('.').all(|label| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    })
}

/// Is this the number of a port, or none at all?
fn is_port(port: &str) -> bool {
    port.is_empty() || port.parse::<u16>().is_ok_and(|port| port > 0)
}

/// An address on another site in the form that strict readers demand; `None` if it is none.
pub fn strict(url: &str) -> Option<String> {
    let (scheme, rest) = scheme(url)?;
    if !scheme.starts_with("http") {
        return (!rest.is_empty()).then(|| format!("{scheme}:{}", encode(rest)));
    }
    let rest = rest.trim_start_matches('/');
    // Where somebody logs in, strict readers do not follow.
    let (authority, _) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let Web { host, port, path } = split(rest);
    if authority.contains('@') || host.contains('_') || !is_host(host) || !is_port(port) {
        return None;
    }
    Some(format!("{scheme}://{authority}{}", encode(path)))
}

/// Percent-encodes what is odd, and every `%` that encodes nothing; of several `#` the first
/// begins the fragment.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('%');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let encodes =
            part.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        out.push_str(if encodes { "%" } else { "%25" });
        out.push_str(part);
    }
    let encoded = utf8_percent_encode(&out, ODD).to_string();
    match encoded.split_once('#') {
        Some((path, fragment)) => format!("{path}#{}", fragment.replace('#', "%23")),
        None => encoded,
    }
}

/// The address of a site in ASCII: the host's labels in Punycode, the path percent-encoded.
/// `rest` is what follows `https://`.
pub fn in_ascii(rest: &str) -> String {
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
    let labels: Vec<String> = host.split('.').map(label_in_ascii).collect();
    format!("{}{port}{}", labels.join("."), encode(path))
}

fn label_in_ascii(label: &str) -> String {
    if label.is_ascii() { label.to_string() } else { format!("xn--{}", punycode(label)) }
}

/// RFC 3492.
fn punycode(label: &str) -> String {
    const DIGITS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let codes: Vec<u32> = label.to_lowercase().chars().map(u32::from).collect();
    let mut out: String =
        codes.iter().filter_map(|&c| char::from_u32(c)).filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut done) = (128, 0, 72, basic);
    while let Some(next) = codes.iter().copied().filter(|&c| c >= n).min() {
        delta += (next - n) * (done + 1);
        n = next;
        for &code in &codes {
            if code < n {
                delta += 1;
            }
            if code != n {
                continue;
            }
            let (mut q, mut k) = (delta, 36);
            loop {
                let t = if k <= bias { 1 } else { (k - bias).min(26) };
                if q < t {
                    break;
                }
                out.push(char::from(DIGITS[(t + (q - t) % (36 - t)) as usize]));
                q = (q - t) / (36 - t);
                k += 36;
            }
            out.push(char::from(DIGITS[q as usize]));
            let first = if done == basic { 700 } else { 2 };
            delta = delta / first + delta / first / (done + 1);
            bias = 0;
            while delta > 455 {
                delta /= 35;
                bias += 36;
            }
            bias += 36 * delta / (delta + 38);
            delta = 0;
            done += 1;
        }
        delta += 1;
        n += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Doubt, doubt, in_ascii, strict};

    #[test]
    fn addresses_elsewhere() {
        for (written, clean) in [
            (
                "https://例子.中国/路径?甲=1#乙",
                Some("https://例子.中国/%E8%B7%AF%E5%BE%84?%E7%94%B2=1#%E4%B9%99"),
            ),
            ("HTTP://a.cn", Some("http://a.cn")),
            ("//a.cn:8080/b", Some("https://a.cn:8080/b")),
            ("http://a.cn/100%/%E4%B8", Some("http://a.cn/100%25/%E4%B8")),
            ("http://a.cn/a b#c#d", Some("http://a.cn/a%20b#c%23d")),
            ("mailto:a@b.cn?subject=你 好", Some("mailto:a@b.cn?subject=%E4%BD%A0%20%E5%A5%BD")),
            ("http://", None),
            ("http://a b/", None),
            ("http://a..b/", None),
            ("http://u@a.cn/", None),
            ("http://[::1]/", None),
            ("http://a.cn:99x/", None),
            ("http://a.cn:70000/", None),
            ("tel:", None),
        ] {
            assert_eq!(strict(written).as_deref(), clean, "{written}");
        }
    }

    #[test]
    fn addresses_that_lead_nowhere() {
        let text = str::to_string;
        for (written, why) in [
            ("http:/a.cn/b", Some(Doubt::Slashes(text("http://a.cn/b")))),
            ("https:a.cn", Some(Doubt::Slashes(text("https://a.cn")))),
            ("https:///a.cn", Some(Doubt::Slashes(text("https://a.cn")))),
            ("https://", Some(Doubt::NoHost)),
            ("https://?a", Some(Doubt::NoHost)),
            ("https://https://a.cn/", Some(Doubt::Twice(text("https://a.cn/")))),
            ("https://http//a.cn/", Some(Doubt::Twice(text("http://a.cn/")))),
            ("https://a.cn/b c", Some(Doubt::Space(text("https://a.cn/bc")))),
            ("https:// a.cn/", Some(Doubt::Space(text("https://a.cn/")))),
            ("https://oa/x", Some(Doubt::NoDot(text("oa")))),
            ("//files/x", Some(Doubt::NoDot(text("files")))),
            ("http://localhost:8080/", Some(Doubt::Own(text("localhost")))),
            ("http://127.0.0.1/", Some(Doubt::Own(text("127.0.0.1")))),
            ("https://www.a，cn/", Some(Doubt::Host(text("www.a，cn")))),
            ("https://www..cn/", Some(Doubt::Host(text("www..cn")))),
            ("https://www.a.c/", Some(Doubt::Host(text("www.a.c")))),
            ("https://10.0.0.300/", Some(Doubt::Host(text("10.0.0.300")))),
            ("https://a.cn:99999/", Some(Doubt::Port(text("99999")))),
            ("mailto:", Some(Doubt::Mail)),
            ("mailto:a＠b.cn", Some(Doubt::Mail)),
            ("mailto:a@b", Some(Doubt::Mail)),
            ("tel:", Some(Doubt::Telephone)),
            ("tel:值班室", Some(Doubt::Telephone)),
        ] {
            assert_eq!(doubt(written), why, "{written}");
        }
        for right in [
            "https://a.cn",
            "HTTPS://A.CN/",
            "//a.cn/x",
            "https://党建.中国/路径?甲=1#乙",
            "http://10.1.2.3:8080/x",
            "http://[2001:db8::1]/",
            "https://u:p@a.cn/",
            "https://a_b.a.cn/",
            "https://a.cn./",
            "https://a.cn/b?u=https://c.cn/",
            "mailto:a@b.cn?subject=x%20y",
            "mailto:a@b.cn,c@d.cn",
            "mailto:%E7%94%B2@b.cn",
            "tel:+86-571-8888-6666",
            "tel:12345",
            "ftp:x",
        ] {
            assert_eq!(doubt(right), None, "{right}");
        }
    }

    #[test]
    fn addresses_in_ascii() {
        for (written, ascii) in [
            ("www.a.cn/专栏/", "www.a.cn/%E4%B8%93%E6%A0%8F/"),
            ("www.a.cn/%E4%B8%93/", "www.a.cn/%E4%B8%93/"),
            ("例子.中国/", "xn--fsqu00a.xn--fiqs8s/"),
            ("bücher.example:8080", "xn--bcher-kva.example:8080"),
            ("先锋.政务", "xn--44qx56n.xn--zfr164b"),
        ] {
            assert_eq!(in_ascii(written), ascii, "{written}");
        }
    }
}
