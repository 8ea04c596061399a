//! The sink of a site that goes into one file: artifacts are made on all threads and handed on in
//! rounds, as a ZIP file takes one after the other.

use super::{Pull, Sink};
use crate::bag::digest::{Algorithm, Hasher};
use crate::base::content::{Carried, Content, Edited};
use crate::base::fault::Fault;
use crate::render::{Failed, Wanted};

/// Takes everything, with its digest. Files of the project are only looked at.
pub struct Parcels;

/// An artifact that was taken.
#[derive(Debug)]
pub struct Parcel {
    /// Its SHA-256 digest, in hexadecimal.
    pub digest: String,
    bytes: Held,
}

#[derive(Debug)]
enum Held {
    Made(Vec<u8>),
    File(Carried),
    Edited(Edited),
}

impl Parcel {
    /// Its bytes.
    pub fn content(&self) -> Content<'_> {
        match &self.bytes {
            Held::Made(bytes) => Content::Shared(bytes),
            Held::File(file) => Content::File(file),
            Held::Edited(edited) => Content::Edited(edited.clone()),
        }
    }

    /// Bytes by themselves.
    pub fn of(bytes: Vec<u8>) -> Result<Self, Fault> {
        let digest = sha256(&Content::Shared(&bytes))?;
        Ok(Self { digest, bytes: Held::Made(bytes) })
    }
}

/// The SHA-256 digest of bytes, in hexadecimal.
fn sha256(content: &Content<'_>) -> Result<String, Fault> {
    let mut hasher = Hasher::new([Algorithm::Sha256]);
    content.pieces(&mut |piece| {
        hasher.update(piece);
        Ok(())
    })?;
    Ok(hasher.finish().into_iter().map(|(_, digest)| digest).collect())
}

impl Sink for Parcels {
    type Taken = Parcel;

    fn take(&self, _: &str, pull: &Pull<'_, '_>) -> Result<Parcel, Failed> {
        let content = pull(Wanted::Content)?.content();
        let digest = sha256(&content)?;
        let bytes = match content {
            Content::Bytes(bytes) => Held::Made(bytes),
            Content::Shared(bytes) => Held::Made(bytes.to_vec()),
            Content::File(file) => Held::File(file.clone()),
            Content::Edited(edited) => Held::Edited(edited),
        };
        Ok(Parcel { digest, bytes })
    }
}
