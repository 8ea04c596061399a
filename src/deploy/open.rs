//! Opening a target: what site.yaml says of it becomes a [`Store`].

use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::messages;
use super::programs::{Program, Reached};
use super::secrets::Secrets;
use super::store::{Store, Trouble};
use crate::cache::{self, Cache};
use crate::diagnostic::Diagnostic;
use crate::settings::DeploySettings;
use crate::sink::place::{absolute, is_in_project};
use crate::source::Place;
use crate::value::destination::Destination;

/// Opens a target of the project in `root`, whose site is in `output`; nothing is sent yet.
/// `environment` gives the variables of the environment.
pub fn open(
    (root, output): (&Path, &Path),
    settings: &DeploySettings,
    (place, name): (&Place, &str),
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Box<dyn Store>, Box<Diagnostic>> {
    let told = |trouble| messages::trouble(place, name, trouble);
    let output = absolute(&root.join(output)).map_err(|fault| told(fault.into()))?;
    let secrets = Secrets::read(root, &output, settings.secrets.as_deref(), environment);
    let secrets = secrets.map_err(told)?;
    match Destination::parse(&settings.to) {
        Ok(Destination::Folder(folder)) => {
            let folder = of_machine(root, &output, &folder).map_err(told)?;
            folder
                .map(|folder| Box::new(Folder::at(folder)) as Box<dyn Store>)
                .ok_or_else(|| messages::in_project(place, name).into())
        }
        Ok(Destination::Rsync(remote)) => {
            let store = Reached::open(&remote, Program::Rsync, scratch(root));
            Ok(Box::new(store))
        }
        Ok(Destination::Sftp(remote)) => {
            let store = Reached::open(&remote, Program::Sftp, scratch(root));
            Ok(Box::new(store))
        }
        Ok(destination) => {
            remote(&destination, settings, &secrets).map_err(|trouble| told(trouble).into())
        }
        // It has been complained of.
        Err(_) => Err(told(Trouble::Missing(String::new())).into()),
    }
}

/// Where programs leave what they fetch, in the cache folder: each run has its own.
fn scratch(root: &Path) -> PathBuf {
    Cache::of(root).path(&format!("deploy-{}", std::process::id()))
}

/// A folder of this machine; `None` if the site would be sent into its own project.
fn of_machine(root: &Path, output: &Path, folder: &str) -> Result<Option<PathBuf>, Trouble> {
    let place = absolute(Path::new(folder))?;
    let is_own = place.starts_with(output) || output.starts_with(&place);
    let cache = absolute(&root.join(cache::FOLDER))?;
    if is_own || is_in_project(root, &place)? || place.starts_with(cache) {
        return Ok(None);
    }
    // A stick that is not plugged in leaves no folder: nothing is made far from anything.
    let is_near = place.is_dir() || place.parent().is_some_and(Path::is_dir);
    match is_near {
        true => Ok(Some(place)),
        false => Err(Trouble::Missing(folder.to_string())),
    }
}

#[cfg(not(feature = "deploy"))]
fn remote(_: &Destination, _: &DeploySettings, _: &Secrets<'_>) -> Result<Box<dyn Store>, Trouble> {
    Err(Trouble::NotBuilt)
}

#[cfg(feature = "deploy")]
fn remote(
    destination: &Destination,
    settings: &DeploySettings,
    secrets: &Secrets<'_>,
) -> Result<Box<dyn Store>, Trouble> {
    match destination {
        Destination::Bucket { bucket, prefix } => {
            Ok(Box::new(super::s3::Bucket::open((bucket, prefix), settings, secrets)?))
        }
        Destination::Dav(url) => Ok(Box::new(super::dav::Dav::open(url, secrets))),
        // These are opened without the feature.
        Destination::Folder(_) | Destination::Sftp(_) | Destination::Rsync(_) => {
            Err(Trouble::NotBuilt)
        }
    }
}
