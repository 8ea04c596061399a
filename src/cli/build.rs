//! The options of `build` and `check`.

use std::path::PathBuf;

use super::complaints::both;
use super::options::Given;
use crate::base::slot::Links;
use crate::diagnostic::Text;
use crate::settings::BaseUrl;
use crate::value::moment::{Moment, default_zone, has_offset};

/// How to build or check.
#[derive(Clone, Debug, PartialEq)]
pub struct BuildArguments {
    /// The output folder, relative to the project where it is not absolute.
    pub output: PathBuf,
    /// In place of `base_url` of site.yaml.
    pub base_url: Option<BaseUrl>,
    /// With drafts.
    pub drafts: bool,
    /// The time that it is, and whether it was given without an offset.
    pub now: Option<(Moment, bool)>,
    /// Warnings end with exit code 3.
    pub strict: bool,
    /// Show how long each stage and each template took.
    pub timings: bool,
    /// Use an output folder that is not empty and not ours.
    pub force: bool,
    /// Compare what is there by content, not by size and time.
    pub verify: bool,
    /// How links are written.
    pub links: Links,
    /// So many threads.
    pub jobs: Option<usize>,
}

impl Default for BuildArguments {
    fn default() -> Self {
        Self {
            output: "public".into(),
            base_url: None,
            drafts: false,
            now: None,
            strict: false,
            timings: false,
            force: false,
            verify: false,
            links: Links::FromRoot,
            jobs: None,
        }
    }
}

/// Reads the options.
pub(super) fn read(given: &Given) -> Result<BuildArguments, Text> {
    let mut build = BuildArguments::default();
    for option in given.options() {
        match option.name() {
            "--output-dir" => build.output = option.path()?,
            "--base-url" => {
                let url = option.text()?;
                build.base_url = Some(BaseUrl::parse(url).ok_or_else(|| {
                    both(
                        format!("“{url}”不是完整的网站地址，写成 https://www.example.cn/"),
                        format!(
                            "“{url}” is not a complete address such as https://www.example.cn/"
                        ),
                    )
                })?);
            }
            "--now" => build.now = Some(now(option.text()?)?),
            "--jobs" => build.jobs = Some(jobs(option.text()?)?),
            "--drafts" => build.drafts = true,
            "--strict" => build.strict = true,
            "--timings" => build.timings = true,
            "--force" => build.force = true,
            "--verify" => build.verify = true,
            "--relative" => build.links = Links::Relative,
            _ => {}
        }
    }
    Ok(build)
}

/// The value of `--now`, and whether it was given without an offset.
pub(super) fn now(time: &str) -> Result<(Moment, bool), Text> {
    let moment = Moment::parse(time, default_zone()).map_err(|_| {
        both(
            format!("“{time}”不是时间，写成 2026-03-18 或 \"2026-03-18 09:30\""),
            format!("“{time}” is not a time such as 2026-03-18 or \"2026-03-18 09:30\""),
        )
    })?;
    Ok((moment, !has_offset(time)))
}

/// The value of `--jobs`.
pub(super) fn jobs(count: &str) -> Result<usize, Text> {
    let jobs = count.parse().ok().filter(|jobs| (1..=1024).contains(jobs));
    jobs.ok_or_else(|| {
        both(
            format!("--jobs 后面应当是 1 到 1024 的整数，不是“{count}”"),
            format!("--jobs takes a number from 1 to 1024, not “{count}”"),
        )
    })
}
