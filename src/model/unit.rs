//! Those whom stories are about or belong to: units, branches, people, carriers, regions.

use super::{StoryId, UnitId};
use crate::value::address::Address;

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Unit {
    /// Its full name.
    pub name: String,
    /// The last part of its address.
    pub slug: String,
    /// Other names under which stories may give it.
    pub aliases: Vec<String>,
    /// Its level: 党委, 党总支, 党支部 …
    pub level: Option<String>,
    /// Its sector: 社区, 卫生 …
    pub sector: Option<String>,
    /// Where it is.
    pub region: Option<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// All stories that name it, in listed order.
    pub stories: Vec<StoryId>,
}

impl Unit {
    /// `/units/SLUG/`.
    pub fn address(&self) -> Address {
        Address::page(&["units", &self.slug])
    }
}

/// A model branch: a unit that has a story of kind `branch`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The unit that it is; its slug serves for both addresses.
    pub unit: UnitId,
    /// Stories of kind `branch` and news that name the unit, in listed order.
    pub stories: Vec<StoryId>,
}

/// An exemplary member: a person with a story of kind `member`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The last part of the address.
    pub slug: String,
    /// Where this person belongs; two people of one name in two units are two people.
    pub unit: UnitId,
    /// All stories that name this person, in listed order.
    pub stories: Vec<StoryId>,
}

impl Person {
    /// `/members/SLUG/`.
    pub fn address(&self) -> Address {
        Address::page(&["members", &self.slug])
    }
}

/// A named activity through which the campaign is carried out.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Carrier {
    /// Its name.
    pub name: String,
    /// The last part of its address.
    pub slug: String,
    /// Other names under which stories may give it.
    pub aliases: Vec<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// Its stories, in listed order.
    pub stories: Vec<StoryId>,
}

impl Carrier {
    /// `/carriers/SLUG/`.
    pub fn address(&self) -> Address {
        Address::page(&["carriers", &self.slug])
    }
}

/// A place that stories name.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// The last part of its address.
    pub slug: String,
    /// Its stories, in listed order.
    pub stories: Vec<StoryId>,
}

impl Region {
    /// `/regions/SLUG/`.
    pub fn address(&self) -> Address {
        Address::page(&["regions", &self.slug])
    }
}
