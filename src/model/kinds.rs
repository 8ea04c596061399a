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
    /// Carriers (载体): named activities through which the campaign is carried out.
    carrier as CARRIERS;
    /// Places that stories name.
    region as REGIONS;
}

impl KindId {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = KindId> {
        (0..KINDS.len() as u8).map(KindId)
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
