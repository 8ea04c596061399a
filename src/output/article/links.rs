//! Where the links of a story lead when it is read away from its site.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{Publication, pictures};
use crate::base::fault::Fault;
use crate::model::link::{Owner, Target, resolve, with_anchor};
use crate::model::{Site, StoryId};
use crate::parse::markdown::{LinkKind, Medium, Resolved, Words, to_html};
use crate::plan::{Found, Plan, Recipe, find, target_address};
use crate::view::Views;

/// The body of a story as HTML that is also XML. A story of the same publication is linked
/// inside it; any other page of the site by its absolute address, where that is known, and
/// else is named without a link.
pub(super) fn body(
    views: &Views<'_>,
    plan: &Plan,
    publication: &Publication<'_>,
    id: StoryId,
) -> Result<String, Fault> {
    let document = &views.site().story(id).document;
    let source = document.source.read()?;
    let ids = (publication.chapter)(id).map_or(String::new(), |chapter| chapter.ids);
    let words = Words { notes: views.word("notes"), back_to_text: views.word("back_to_text") };
    let html = to_html(document.markdown(&source), Medium::Book(&ids), &words, &|dest, kind| {
        let Ok(target) = resolve(views.site(), document, dest, kind) else {
            return Resolved::Nothing;
        };
        let led = match kind {
            LinkKind::Picture => pictures::file(views.site(), plan, &target)
                .and_then(|file| (publication.picture)(&file))
                .map(Resolved::Here),
            LinkKind::Link => follow(views, plan, publication, id, target),
        };
        led.unwrap_or(Resolved::Nothing)
    });
    // Entities in the text may stand for what XML has no way to write.
    Ok(match html.contains(|c| !is_xml(c)) {
        true => html.chars().filter(|&c| is_xml(c)).collect(),
        false => html,
    })
}

fn is_xml(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        c => !c.is_control(),
    }
}

fn follow(
    views: &Views<'_>,
    plan: &Plan,
    publication: &Publication<'_>,
    from: StoryId,
    target: Target,
) -> Option<Resolved> {
    let site = views.site();
    match &target {
        Target::Elsewhere(url) => return outward(url).map(Resolved::Elsewhere),
        Target::Anchor(anchor) => {
            let anchor = Some(anchor.as_str()).filter(|anchor| !anchor.is_empty());
            return inward(site, publication, from, from, anchor);
        }
        _ => {}
    }
    if let Some((story, anchor)) = story(site, plan, &target)
        && let Some(inside) = inward(site, publication, from, story, anchor.as_deref())
    {
        return Some(inside);
    }
    let (address, rest) = target_address(site, plan, Owner::Story(from), &target)?;
    outward(&format!("{}{rest}", views.absolute(&address)?)).map(Resolved::Elsewhere)
}

/// The story that a target is, and the place in it.
fn story(site: &Site, plan: &Plan, target: &Target) -> Option<(StoryId, Option<String>)> {
    let (address, rest) = match target {
        Target::Owner(Owner::Story(id), anchor) => return Some((*id, anchor.clone())),
        Target::Address(address, rest) => (address, rest),
        _ => return None,
    };
    let (Found::Exact(found) | Found::Near(found)) = find(plan, address) else { return None };
    let recipe = match plan.get(&found.file_path())? {
        Recipe::Redirect(moved) => plan.get(&moved.file_path())?,
        recipe => recipe,
    };
    let Recipe::Story(id) = recipe else { return None };
    Some((*id, with_anchor(&site.story(*id).document, rest).ok().flatten()))
}

/// The link from one story to another, or to a place in itself.
fn inward(
    site: &Site,
    publication: &Publication<'_>,
    from: StoryId,
    to: StoryId,
    anchor: Option<&str>,
) -> Option<Resolved> {
    let chapter = (publication.chapter)(to)?;
    let headings = &site.story(to).document.body.headings;
    let place = anchor.and_then(|anchor| headings.iter().position(|head| head.id == anchor));
    let id = match place {
        Some(i) => Medium::Book(&chapter.ids).heading_id(i + 1, ""),
        None => format!("{}top", chapter.ids),
    };
    let file = if from == to { "" } else { &chapter.file };
    Some(Resolved::Here(format!("{file}#{id}")))
}

/// What no part of an address may hold as it is.
const ODD: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address on another site in the form that strict readers demand; none if it is none.
fn outward(url: &str) -> Option<String> {
    let url = match url.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => url.to_string(),
    };
    let (scheme, rest) = url.split_once(':')?;
    let scheme: String = scheme.split_whitespace().collect::<String>().to_lowercase();
    if !scheme.starts_with("http") {
        return (!rest.is_empty()).then(|| format!("{scheme}:{}", encode(rest)));
    }
    let rest = rest.trim_start_matches('/');
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let is_name = name.split('.').all(|label| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    });
    if !is_name || port.len() > 5 || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(format!("{scheme}://{host}{}", encode(path)))
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

#[cfg(test)]
mod tests {
    use super::outward;

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
            ("tel:", None),
        ] {
            assert_eq!(outward(written).as_deref(), clean, "{written}");
        }
    }
}
