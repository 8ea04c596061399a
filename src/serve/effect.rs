//! What a change asks of the pages that are open.

use crate::source::SourcePath;
use crate::theme::{layers, sheets};
use crate::value::address::Address;

/// What an open page has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing; the mistakes over it may be others.
    Nothing,
    /// Swap these style sheets, by their addresses from the root of the site.
    Styles(Vec<String>),
    /// Reload if its own bytes changed.
    Pages,
    /// Reload: what changed may be a picture, which a page only names.
    Everything,
}

impl Effect {
    /// The effect of a change of these files, in a project with this theme.
    pub fn of(files: &[SourcePath], theme: &str) -> Self {
        let folders: Vec<String> =
            layers::names(theme).map(|name| format!("themes/{name}/assets/")).collect();
        let style = |file: &SourcePath| {
            let is_style = file.extension() == "css";
            let asset = folders.iter().find_map(|folder| {
                let name = file.as_str().strip_prefix(folder.as_str())?;
                Some(format!("assets/{}", sheets::published_as(name)))
            });
            let carried = || file.as_str().strip_prefix("content/static/").map(String::from);
            asset.or_else(carried).filter(|_| is_style).map(|path| path_of(&path))
        };
        let styles: Option<Vec<String>> = files.iter().map(style).collect();
        match styles {
            Some(styles) if !styles.is_empty() => Effect::Styles(styles),
            _ if files.iter().all(is_text) => Effect::Pages,
            _ => Effect::Everything,
        }
    }
}

fn path_of(path: &str) -> String {
    format!("/{}", Address::file(path).encoded())
}

/// Is the file read and rendered, so that a change of it is one of the pages' own bytes?
fn is_text(file: &SourcePath) -> bool {
    let path = file.as_str();
    let theme = path.starts_with("themes/");
    let carried = path.starts_with("content/static/") || (theme && path.contains("/assets/"));
    !carried && matches!(file.extension().as_str(), "md" | "markdown" | "yaml" | "html")
}
