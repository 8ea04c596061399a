//! A story with its pictures in it, as `data:` addresses: one file that needs no other.

use std::cell::RefCell;

use super::pictures::content;
use super::{Chapter, Pictures, Publication, html};
use crate::base::content::Pour;
use crate::base::fault::Fault;
use crate::base::slot::{self, slot};
use crate::model::StoryId;
use crate::output::encode::base64;
use crate::plan::Plan;
use crate::source::SourcePath;
use crate::view::Views;

/// Pours the story `id`, as [`html`] writes it. Its pictures are read piece by piece, so no
/// picture is ever held whole.
pub fn pour(
    views: &Views<'_>,
    plan: &Plan,
    pictures: &Pictures,
    chapter: &dyn Fn(StoryId) -> Option<Chapter>,
    (id, number): (StoryId, Option<usize>),
    out: &mut Pour<'_>,
) -> Result<(), Fault> {
    let shown = RefCell::new(Vec::new());
    let picture = |file: &SourcePath| {
        let kind = pictures.get(file)?.kind;
        let mut shown = shown.borrow_mut();
        shown.push((file.clone(), kind));
        Some(slot(shown.len() - 1))
    };
    let html = html(views, plan, &Publication { chapter, picture: &picture }, id, number)?;
    let shown = shown.into_inner();
    for (text, index) in slot::split(&html) {
        out(text.as_bytes())?;
        if let Some((file, kind)) = index.and_then(|index| shown.get(index)) {
            out(format!("data:{};base64,", kind.media_type()).as_bytes())?;
            let content = content(views.site(), file)?;
            content.pieces(&mut |piece| out(base64(piece).as_bytes()))?;
        }
    }
    Ok(())
}
