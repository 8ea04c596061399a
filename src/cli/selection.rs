//! The options that choose stories.

use super::given::Given;
use super::table::{OptionSpec, Values, bilingual, option};
use super::values;
use crate::base::lang::Text;
use crate::model::selection::Selection;

/// Each may be given several times, or with several items.
pub(super) const OPTIONS: &[OptionSpec] = &[
    option(
        "--year",
        bilingual(
            "只收这些年份的稿件，用逗号隔开",
            "Only stories of these years, separated by commas",
        ),
    )
    .value(bilingual("年份", "YEARS"), Values::Text),
    option(
        "--kind",
        bilingual(
            "只收这些类型的稿件，用逗号隔开",
            "Only stories of these kinds, separated by commas",
        ),
    )
    .value(bilingual("类型", "KINDS"), Values::Kinds),
    option(
        "--focal-point",
        bilingual(
            "只收这些着力点的稿件，用逗号隔开",
            "Only stories of these focal points, separated by commas",
        ),
    )
    .value(bilingual("着力点", "NAMES"), Values::Text),
];

/// Reads them.
pub(super) fn read(given: &Given) -> Result<Selection, Text> {
    Ok(Selection {
        years: given.values("--year", |text| values::list(text, values::year))?.concat(),
        kinds: given.values("--kind", |text| values::list(text, values::kind))?.concat(),
        focal_points: given
            .values("--focal-point", |text| values::list(text, |name| Ok(name.to_string())))?
            .concat(),
    })
}
