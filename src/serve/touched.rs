//! How many pages a change touches.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::Shown;
use crate::base::parallel;

/// What each page of a site is made from: a key that stands for it, by the page's path.
#[derive(Default)]
pub(super) struct Keys(HashMap<u64, u128>);

/// The pages of larger sites are not counted: it would take longer than preparing them.
const COUNTED: usize = 50_000;

impl Keys {
    /// The keys of a site's pages, where it has not too many. Nothing is rendered.
    pub fn of(shown: &Shown) -> Option<Self> {
        let plan = &shown.prepared().plan;
        if plan.len() > COUNTED {
            return None;
        }
        let planned: Vec<_> = plan.iter().collect();
        let keys = shown.campaign.with_dependent(|_, renderer| {
            parallel::map(&planned, |(path, recipe)| {
                Some((xxh3_64(path.as_bytes()), renderer.key_of(path, recipe)?))
            })
        });
        Some(Self(keys.into_iter().flatten().collect()))
    }

    /// How many pages are new, gone, or made from something else than in `before`.
    pub fn touched(&self, before: &Self) -> usize {
        let same = self.0.iter().filter(|(path, key)| before.0.get(path) == Some(key)).count();
        let gone = before.0.keys().filter(|path| !self.0.contains_key(path)).count();
        self.0.len() - same + gone
    }
}
