//! The options of the theme, as templates find them: pictures as pictures, links as addresses.

use serde::{Serialize, Serializer};

use super::{PictureView, Untyped, Views};
use crate::model::menu::{MenuTarget, resolve};
use crate::theme::OptionKind;
use crate::theme::shape::{Shape, Shaped};

/// `site.options`.
#[derive(Clone, Debug)]
pub struct Options<'a>(Vec<(&'a str, OptionView<'a>)>);

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum OptionView<'a> {
    Plain(Untyped<'a>),
    Picture(Option<PictureView<'a>>),
    Link(Option<String>),
}

impl Serialize for Options<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Shaped for Options<'_> {
    fn shape() -> Shape {
        Shape::Options
    }
}

impl<'a> Views<'a> {
    /// The options of the theme.
    pub(super) fn options(&self) -> Options<'a> {
        let views = self.site.options.iter().map(|option| {
            let view = match option.kind {
                OptionKind::Picture => {
                    let alt = &*option.label.zh;
                    OptionView::Picture(
                        option.text().and_then(|given| self.frame_picture(&given, alt)),
                    )
                }
                OptionKind::Link => {
                    OptionView::Link(option.text().and_then(|to| self.link_of(&to)))
                }
                _ => OptionView::Plain(Untyped(&option.value)),
            };
            (option.name.as_str(), view)
        });
        Options(views.collect())
    }

    /// Where a link of a setting leads, which says so as an entry of the menu does.
    fn link_of(&self, to: &str) -> Option<String> {
        let target: MenuTarget = resolve(self.site, to).ok()?;
        self.item_of(&target, true).map(|item| item.url)
    }
}
