//! The live server: what it answers, and what it makes of changes. Nothing here depends on
//! how fast: what must come is waited for.

#[path = "../shared/live.rs"]
pub mod live;

mod changes;
mod requests;
mod terminal;

use crate::project::Project;
use live::{Answer, Live};

/// The server of a project, at a port that is free, with English messages.
#[track_caller]
fn serve(project: &Project) -> Live {
    Live::start(project.program(&["serve", "--lang", "en", "-p", "0"]))
}
