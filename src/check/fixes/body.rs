//! Full-width signs of Markdown in a body: where they are told as slips, and what was meant is
//! sure, their ASCII twins take their places.

use std::ops::Range;

use crate::parse::markdown::{Slip, survey};

/// A body is looked at again after so many changes at most: each look tells a bounded number.
const LOOKS: usize = 20;

/// The body with ASCII signs where that is sure. It has fewer slips than before, and no others.
pub(super) fn fixed(body: &str) -> String {
    let mut text = body.to_string();
    for _ in 0..LOOKS {
        // Of one line some slips are told only when others are gone.
        let Some(next) = once(&text).filter(|next| is_no_worse(&text, next)) else { break };
        text = next;
    }
    if slips(&text).len() < slips(body).len() { text } else { body.to_string() }
}

fn once(body: &str) -> Option<String> {
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for (slip, ranges) in &survey(body, false).slips {
        changes.extend(ranges.iter().filter_map(|range| change(body, *slip, range)));
    }
    changes.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(body.len());
    let mut done = 0;
    for (range, by) in changes {
        if range.start < done {
            continue;
        }
        out.push_str(&body[done..range.start]);
        out.push_str(&by);
        done = range.end;
    }
    out.push_str(&body[done..]);
    (out != body).then_some(out)
}

/// The slips of a body, each as often as it is told.
fn slips(body: &str) -> Vec<Slip> {
    let slips = survey(body, false).slips;
    slips.iter().flat_map(|(slip, ranges)| std::iter::repeat_n(*slip, ranges.count())).collect()
}

/// Has it no slip of a kind more often than before?
fn is_no_worse(before: &str, after: &str) -> bool {
    let (before, after) = (slips(before), slips(after));
    let count = |slips: &[Slip], wanted: &Slip| slips.iter().filter(|slip| *slip == wanted).count();
    after.iter().all(|slip| count(&after, slip) <= count(&before, slip))
}

/// What takes the place of what, if it is sure.
fn change(body: &str, slip: Slip, range: &Range<usize>) -> Option<(Range<usize>, String)> {
    let written = body.get(range.clone())?;
    match slip {
        Slip::HeadingWide => {
            // `＃3 楼` is a number; a line of a paragraph is no heading.
            let rest = line_after(body, range.end);
            let words = rest.trim_start_matches([' ', '\u{3000}']);
            let is_sure = !words.starts_with(|c: char| c.is_numeric())
                && begins_paragraph(body, range.start)
                && is_blank(next_line(body, range.end));
            let end = range.end + (rest.len() - words.len());
            is_sure.then(|| (range.start..end, format!("{} ", written.replace('＃', "#"))))
        }
        Slip::WideQuotation => {
            let rest = line_after(body, range.end);
            let words = rest.trim_start_matches([' ', '\u{3000}']);
            // `＞60 分` is more than that.
            let is_sure =
                !words.starts_with(|c: char| c.is_numeric()) && begins_paragraph(body, range.start);
            let end = range.end + (rest.len() - words.len());
            is_sure.then(|| (range.start..end, "> ".to_string()))
        }
        Slip::WideAsterisks => {
            let inside = written.strip_prefix("＊＊")?.strip_suffix("＊＊")?;
            let is_sure = inside.trim() == inside && !inside.contains(['＊', '*']);
            is_sure.then(|| (range.clone(), format!("**{inside}**")))
        }
        Slip::WideMark => {
            let rest = written.strip_prefix('！')?;
            Some((range.clone(), format!("!{rest}")))
        }
        Slip::NoteColon => {
            let rest = line_after(body, range.end);
            let end = range.end + (rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len());
            Some((range.start..end, written.replace('：', ": ")))
        }
        Slip::WideBrackets => brackets(body, range),
        _ => None,
    }
}

/// `【words】(file.md)`, `［words］（file.md）`, `[words]（file.md）` with ASCII brackets.
fn brackets(body: &str, range: &Range<usize>) -> Option<(Range<usize>, String)> {
    let line = line_before(body, range.start);
    let from = range.start - line.len();
    let rest = &body[from..range.end];
    // Where the words end and the address begins.
    let at = ['（', '(']
        .into_iter()
        .filter_map(|open| {
            let closers = ['】', '］', ']'].map(|close| format!("{close}{open}"));
            closers.iter().filter_map(|between| rest.rfind(between.as_str())).max()
        })
        .max()?;
    let (words, address) = rest.split_at(at);
    let mut signs = address.chars();
    let (close, open) = (signs.next()?, signs.next()?);
    let address = &address[close.len_utf8() + open.len_utf8()..];
    let address = address.strip_suffix(['）', ')'])?;
    let opener = match close {
        '】' => '【',
        '］' => '［',
        _ => '[',
    };
    let start = words.rfind(opener)?;
    let words = &words[start + opener.len_utf8()..];
    let is_sure = !words.is_empty()
        && !words.contains(['[', ']', '【', '】', '［', '］'])
        && !address.contains(['(', ')', '（', '）', ' ', '\n']);
    is_sure.then(|| (from + start..range.end, format!("[{words}]({address})")))
}

/// The line that `at` is in, up to there.
fn line_before(body: &str, at: usize) -> &str {
    body[..at].rsplit('\n').next().unwrap_or("")
}

/// Is there nothing before `at` in its line, and in the line before it?
fn begins_paragraph(body: &str, at: usize) -> bool {
    body[..at].rsplit('\n').take(2).all(is_blank)
}

/// The rest of the line from `at` on.
fn line_after(body: &str, at: usize) -> &str {
    body[at..].split('\n').next().unwrap_or("").trim_end_matches('\r')
}

/// The line after the one that `at` is in; nothing if there is none.
fn next_line(body: &str, at: usize) -> &str {
    body[at..].split('\n').nth(1).unwrap_or("")
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}
