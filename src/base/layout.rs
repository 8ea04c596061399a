//! Names of files and folders of a project that more than one stage knows.

/// Where the numbers that the archive gave are remembered.
pub const LEDGER: &str = "content/archive-ledger.yaml";

/// Where the issues of the bulletin are remembered.
pub const BRIEFS: &str = "content/brief-ledger.yaml";

/// The settings of the site.
pub const SETTINGS: &str = "content/site.yaml";

/// The folder for what a build leaves for the next one.
pub const CACHE: &str = ".xianfeng";
