//! The kinds of entities, each declared in a file of its own. A kind may be made from those
//! above it; menus and facets show them in this order.

use super::entity::{EntityKind, KindId};

macro_rules! kinds {
    ($($(#[$doc:meta])* $file:ident as $name:ident;)*) => {
        $(pub mod $file;)*

        /// Every kind, in the order of menus.
        pub static KINDS: &[&EntityKind] = &[$(&$file::KIND),*];

        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { $($name),* }

        $($(#[$doc])* pub const $name: KindId = KindId(Number::$name as u8);)*
    };
}

kinds! {
    /// Focal points (着力点): what stories are grouped by.
    focal_point as FOCAL_POINTS;
    /// Organisations.
    unit as UNITS;
    /// Model branches: units with a story of that kind.
    branch as BRANCHES;
    /// Exemplary members: people with a story of that kind.
    member as MEMBERS;
    /// Works (工作): what an organisation has to do at a time.
    work as WORKS;
    /// Carriers (载体): named activities through which the campaign is carried out.
    carrier as CARRIERS;
    /// Tasks (实事): concrete things done for people.
    task as TASKS;
    /// Special topics (专题): what stories are collected under for a time.
    series as SERIES;
    /// Places that stories name.
    region as REGIONS;
    /// Events (日程): what takes place on a day.
    event as EVENTS;
    /// Honours (荣誉) as they were conferred.
    honour as HONOURS;
    /// The house's own words (用语).
    word as WORDS;
}

impl KindId {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = KindId> {
        (0..KINDS.len() as u8).map(KindId)
    }

    /// The kind whose name for several of them this is.
    pub fn called(many: &str) -> Option<KindId> {
        Self::all().find(|id| id.kind().many == many)
    }

    /// Its declaration.
    pub fn kind(self) -> &'static EntityKind {
        KINDS[self.index()]
    }

    /// Its place in the order of kinds.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}
