//! Honours and results, as written.

use serde::{Deserialize, Serialize};

/// A title conferred by someone in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Honour {
    /// The title.
    pub title: String,
    /// Who conferred it.
    pub by: Option<String>,
    /// When, as written: a year, mostly.
    pub year: Option<String>,
}

/// An indicator before and after, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// What is measured.
    pub indicator: String,
    /// Its value before.
    pub before: Option<String>,
    /// Its value after.
    pub after: String,
    /// The unit of measurement.
    pub unit: Option<String>,
}
