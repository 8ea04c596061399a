//! The harness: build a site, serve it, look at it with Chromium.
//!
//! ```ignore
//! let site = Site::sample(&[]);
//! let server = Server::of(&site.folder);
//! let page = Browser::shared().open(&server.url("/"));
//! page.at_width(360);
//! assert_eq!(page.eval::<String>("document.title"), "先锋在身边");
//! page.press("Tab");
//! page.click("main a");
//! page.wait_for("location.pathname.startsWith('/stories/')");
//! assert!(page.console_errors().is_empty());
//! ```

mod browser;
mod page;
mod server;
mod site;
mod tour;
mod wire;

pub use browser::Browser;
pub use page::{Page, Request};
pub use server::Server;
pub use site::Site;
pub use tour::{Look, Tour, Visit, WIDTHS};

/// Fails with a line for each of the first complaints.
#[track_caller]
pub fn assert_none(what: &str, complaints: Vec<String>) {
    assert!(
        complaints.is_empty(),
        "{what}: {}\n  {}",
        complaints.len(),
        complaints[..complaints.len().min(40)].join("\n  ")
    );
}
