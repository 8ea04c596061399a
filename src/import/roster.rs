//! Rosters: spreadsheets as offices keep them become lists of the campaign. What is not clear is an
//! error and never a guess.

pub mod grid;
pub mod rows;
pub mod update;

pub use grid::Grid;
pub use rows::{Found, Member, find};
pub use update::{Change, Problem, Updated, update};
