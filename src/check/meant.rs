//! What an address that leads nowhere was meant as: full-width signs, a scheme that is misspelt or
//! missing. What is suggested can be followed as it stands.

/// A better spelling of an address, and what is wrong with this one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// It has full-width signs.
    Wide(String),
    /// Its scheme is misspelt.
    Scheme(String),
    /// It is that of another site, without its scheme.
    Site(String),
    /// It is a mailbox.
    Mail(String),
    /// It is a telephone number.
    Phone(String),
}

/// The schemes that are often misspelt, with what follows each.
const SCHEMES: [(&str, &str); 4] = [("https", "//"), ("http", "//"), ("mailto", ""), ("tel", "")];

/// What ends the name of a site. No file that an office publishes has such an extension.
const ENDINGS: [&str; 32] = [
    "cn", "com", "org", "net", "gov", "edu", "mil", "int", "info", "biz", "top", "vip", "xyz",
    "site", "online", "tech", "cc", "tv", "co", "io", "me", "club", "wang", "ltd", "group", "hk",
    "mo", "tw", "asia", "中国", "公司", "政务",
];

/// What `dest` was meant as, if that is clear.
pub(super) fn meant(dest: &str) -> Option<Meant> {
    let narrow = narrow(dest);
    let better = spelled(&narrow);
    if narrow == dest {
        return better;
    }
    // With ASCII signs it may be right, or need more.
    match better {
        Some(Meant::Wide(address) | Meant::Scheme(address) | Meant::Site(address))
        | Some(Meant::Mail(address) | Meant::Phone(address)) => Some(Meant::Wide(address)),
        None if is_whole(&narrow) => Some(Meant::Wide(narrow)),
        None => None,
    }
}

/// `dest` with ASCII characters in place of their full-width twins.
fn narrow(dest: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '。' | '｡' | '·' => '.',
        '、' => '/',
        '\\' if dest.contains(':') || dest.contains('：') => '/',
        c => c,
    };
    dest.chars().map(narrow).collect()
}

/// Is it an address with a scheme that can be followed?
fn is_whole(dest: &str) -> bool {
    SCHEMES.iter().any(|(scheme, behind)| {
        let rest = dest.strip_prefix(scheme).and_then(|rest| rest.strip_prefix(':'));
        rest.and_then(|rest| rest.strip_prefix(behind)).is_some_and(|rest| !rest.is_empty())
    })
}

fn spelled(dest: &str) -> Option<Meant> {
    if let Some(phone) = phone(dest) {
        return Some(Meant::Phone(format!("tel:{phone}")));
    }
    let name_end = dest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(dest.len());
    let (name, rest) = dest.split_at(name_end);
    let after = rest.trim_start_matches([':', ';', '/', '.', '\\', '\'', '"']);
    let signs = &rest[..rest.len() - after.len()];
    // `https//x`, `http:/x`, `htps://x`, `mail:x@y`, but not `tel.docx`.
    let is_parted = signs.contains([':', ';', '/', '\\']);
    if let Some((scheme, behind)) = scheme(name).filter(|_| is_parted && !after.is_empty()) {
        let fits = match scheme {
            "mailto" => is_mailbox(after),
            "tel" => phone(after).is_some(),
            _ => is_site(after),
        };
        let right = format!("{scheme}:{behind}{after}");
        return (fits && right != dest).then_some(Meant::Scheme(right));
    }
    if is_mailbox(dest) {
        Some(Meant::Mail(format!("mailto:{dest}")))
    } else if is_site(dest) {
        Some(Meant::Site(format!("https://{dest}")))
    } else {
        None
    }
}

/// The scheme that a word is, or nearly is.
fn scheme(word: &str) -> Option<(&'static str, &'static str)> {
    let word = word.to_lowercase();
    let word = match word.as_str() {
        "mail" | "email" => "mailto",
        "phone" | "telephone" | "telto" => "tel",
        word => word,
    };
    let known = |&&(scheme, _): &&(&'static str, &'static str)| scheme == word;
    let near = |(scheme, _): &&(&str, &str)| {
        scheme.len() > 3 && word.len() > 2 && strsim::damerau_levenshtein(scheme, word) == 1
    };
    let found = SCHEMES.iter().find(known).or_else(|| SCHEMES.iter().find(near));
    found.copied()
}

/// Does it begin with the name of a site?
fn is_site(dest: &str) -> bool {
    let end = dest.find(['/', '?', '#', ':']).unwrap_or(dest.len());
    let (host, rest) = dest.split_at(end);
    let labels: Vec<&str> = host.split('.').collect();
    let fits =
        |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    if labels.len() < 2 || !labels.iter().all(fits) || !is_port(rest) {
        return false;
    }
    let last = labels[labels.len() - 1].to_lowercase();
    let is_number = |label: &&str| label.parse::<u8>().is_ok();
    labels[0].eq_ignore_ascii_case("www")
        || ENDINGS.contains(&last.as_str())
        || (labels.len() == 4 && labels.iter().all(is_number))
}

/// Is what follows the name of a site no port, or a port that is a number?
fn is_port(rest: &str) -> bool {
    let Some(port) = rest.strip_prefix(':') else { return true };
    let digits = port.bytes().take_while(u8::is_ascii_digit).count();
    (1..=5).contains(&digits)
        && (digits == port.len() || port[digits..].starts_with(['/', '?', '#']))
}

fn is_mailbox(dest: &str) -> bool {
    let Some((user, host)) = dest.split_once('@') else { return false };
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let host = host.split('?').next().unwrap_or(host);
    !user.is_empty() && user.chars().all(fits) && host.contains('.') && host.chars().all(fits)
}

/// A telephone number, without its blanks.
fn phone(dest: &str) -> Option<String> {
    let number: String = dest.chars().filter(|c| !matches!(c, ' ' | '(' | ')')).collect();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let fits = |c: char| c.is_ascii_digit() || c == '-';
    let is_number = (7..=15).contains(&digits) && number.trim_start_matches('+').chars().all(fits);
    // A date is none.
    let is_date = number.len() == 10 && number.split('-').map(str::len).eq([4, 2, 2]);
    (is_number && !is_date).then_some(number)
}

#[allow(clippy::unwrap_used)]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_meant_as_what_can_be_followed() {
        for (dest, right) in [
            ("https：//news.example.cn/1", "https://news.example.cn/1"),
            ("ｈｔｔｐｓ://example.cn", "https://example.cn"),
            ("https://", ""),
            ("http//a.example.com/x?y=1", "http://a.example.com/x?y=1"),
            ("http:/a.example.com", "http://a.example.com"),
            ("htpps://a.example.com", "https://a.example.com"),
            ("http:\\\\a.example.com\\x", "http://a.example.com/x"),
            ("http;//a.example.com", "http://a.example.com"),
            ("http.//a.example.com", "http://a.example.com"),
            ("example。cn", "https://example.cn"),
            ("news.example.gov.cn/a/b.html#c", "https://news.example.gov.cn/a/b.html#c"),
            ("www.example.zhuanlan/x", "https://www.example.zhuanlan/x"),
            ("192.168.3.4:8080/x", "https://192.168.3.4:8080/x"),
            ("先锋.中国", "https://先锋.中国"),
            ("li.hua@mail.example.cn", "mailto:li.hua@mail.example.cn"),
            ("li.hua＠mail.example.cn", "mailto:li.hua@mail.example.cn"),
            ("mail:li@example.cn", "mailto:li@example.cn"),
            ("mailto：li@example.cn", "mailto:li@example.cn"),
            ("0571-88886666", "tel:0571-88886666"),
            ("tel：0571-88886666", "tel:0571-88886666"),
            ("telephone:12345678", "tel:12345678"),
            ("通知.docx", ""),
            ("附件/名单.xlsx", ""),
            ("2026-03-18", ""),
            ("图片.jpg", ""),
            ("tel.docx", ""),
            ("a.b/c.md", ""),
            ("../x.md", ""),
            ("报道：一.md", ""),
        ] {
            let found = meant(dest).map(|meant| match meant {
                Meant::Wide(to) | Meant::Scheme(to) | Meant::Site(to) => to,
                Meant::Mail(to) | Meant::Phone(to) => to,
            });
            assert_eq!(found.unwrap_or_default(), right, "{dest}");
        }
    }
}
