//! What a console can show.
//!
//! Characters are no matter of the code page: on Windows a console is handed Unicode, whatever
//! `chcp` says, and what goes to a file or to another program is UTF-8 everywhere. But an old
//! console has an old font, so our own words keep to what GBK has; a test reads them all.

use std::ffi::OsString;

/// Are messages coloured? Nobody who says otherwise, and no file, gets colours; nor does the old
/// console of Windows, which shows the codes for them as signs. What shows colours there says so.
pub(super) fn is_coloured(
    is_terminal: bool,
    is_windows: bool,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> bool {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let knows_colours = || {
        ["WT_SESSION", "ANSICON", "TERM", "TERM_PROGRAM"].into_iter().any(is_set)
            || variable("ConEmuANSI").is_some_and(|value| value == "ON")
    };
    is_terminal && !is_set("NO_COLOR") && (!is_windows || knows_colours())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gets_colours() {
        let colours = |is_terminal, is_windows, set: &[(&str, &str)]| {
            is_coloured(is_terminal, is_windows, &|name| {
                set.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
            })
        };
        assert!(colours(true, false, &[]));
        assert!(colours(true, false, &[("NO_COLOR", "")]));
        assert!(!colours(true, false, &[("NO_COLOR", "1")]));
        assert!(!colours(false, false, &[]) && !colours(false, true, &[("WT_SESSION", "a")]));
        assert!(!colours(true, true, &[]), "the console of Windows 7 and 10");
        assert!(colours(true, true, &[("WT_SESSION", "a")]));
        assert!(colours(true, true, &[("TERM_PROGRAM", "vscode")]));
        assert!(colours(true, true, &[("ConEmuANSI", "ON")]));
        assert!(!colours(true, true, &[("ConEmuANSI", "OFF")]));
        assert!(!colours(true, true, &[("WT_SESSION", "a"), ("NO_COLOR", "1")]));
    }
}
