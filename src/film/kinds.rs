//! What becomes of each kind of film and sound: whether browsers play it, and what it may say that
//! cannot be taken out of it. Any of them may be linked.

use super::{Container, FilmHeader};
use crate::base::lang::{Bilingual, bilingual};

/// A kind of files that hold films or sound.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// What people call it, in any language.
    pub name: &'static str,
    /// Is it film, or sound?
    pub shows: Shows,
    /// Do the browsers of these years play it?
    pub played: Played,
    /// What it may say besides what it shows, and goes out with it. Whatever others say is taken out of
    /// them, or nothing is said.
    pub kept: Option<Bilingual>,
}

/// What is in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Pictures, and mostly sound.
    Film,
    /// Sound alone.
    Sound,
    /// The one or the other, as the file says.
    Either,
}

/// Is a kind played?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Played {
    /// By all browsers.
    Yes,
    /// As it is coded inside.
    AsCoded,
    /// By none, or by few.
    No,
}

impl Container {
    /// What becomes of a file that is held in it.
    pub fn kind(self) -> Kind {
        use Played::{AsCoded, No, Yes};
        use Shows::{Either, Film, Sound};
        let (name, shows, played, kept) = match self {
            Self::Mp4 => ("MP4", Either, AsCoded, None),
            Self::QuickTime => ("MOV", Film, AsCoded, None),
            Self::WebM => ("WebM", Film, Yes, None),
            Self::Mp3 => ("MP3", Sound, Yes, None),
            Self::Aac => ("AAC", Sound, Yes, None),
            Self::Flac => ("FLAC", Sound, Yes, None),
            Self::Wav => ("WAV", Sound, Yes, None),
            Self::Ogg => ("Ogg", Either, AsCoded, None),
            Self::Avi => ("AVI", Film, No, None),
            Self::Matroska => ("MKV", Film, No, None),
            Self::Flash => ("FLV", Film, No, None),
            Self::WindowsMedia => ("WMV", Either, No, None),
            Self::Transport => ("MTS", Film, No, Some(OF_CAMERAS)),
            Self::Mpeg => ("MPEG", Film, No, Some(OF_OLD_CAMERAS)),
            Self::Real => ("RMVB", Film, No, Some(TITLES)),
            // It holds nothing but a voice.
            Self::Amr => ("AMR", Sound, No, None),
            Self::Ape => ("APE", Sound, No, None),
            Self::Aiff => ("AIFF", Sound, No, Some(TITLES)),
            Self::Caf => ("CAF", Sound, No, Some(TITLES)),
            Self::Midi => ("MIDI", Sound, No, Some(TITLES)),
        };
        Kind { name, shows, played, kept }
    }
}

/// What AVCHD cameras write between the pictures.
const OF_CAMERAS: Bilingual =
    bilingual("拍摄地点、时间和摄像机型号", "where and when it was taken, and with which camera");
const OF_OLD_CAMERAS: Bilingual =
    bilingual("拍摄时间和摄像机型号", "when it was taken, and with which camera");
const TITLES: Bilingual =
    bilingual("标题、作者和制作软件", "a title, its author, and the program that made it");

/// The codings of pictures in MP4 and QuickTime films that browsers play.
const PLAYED: [&[u8; 4]; 5] = [b"avc1", b"avc3", b"av01", b"vp08", b"vp09"];

/// Those of HEVC, which many cannot.
const HEVC: [&[u8; 4]; 4] = [b"hvc1", b"hev1", b"dvh1", b"dvhe"];

/// The codings of sound that browsers play, in those films and in Ogg.
const HEARD: [&[u8; 4]; 4] = [b"mp4a", b".mp3", b"Opus", b"fLaC"];

/// Is a coding one of pictures?
pub(super) fn is_of_pictures(coding: [u8; 4]) -> bool {
    PLAYED.contains(&&coding) || HEVC.contains(&&coding)
}

impl FilmHeader {
    /// Has it pictures, or sound alone?
    pub fn is_film(&self) -> bool {
        match self.container.kind().shows {
            Shows::Film => true,
            Shows::Sound => false,
            Shows::Either => self.size.is_some() || self.video.is_some(),
        }
    }

    /// Does every browser of these years play it?
    pub fn is_played(&self) -> bool {
        match self.container.kind().played {
            Played::Yes => true,
            Played::No => false,
            Played::AsCoded => self.not_played().is_none(),
        }
    }

    /// How that is coded of which browsers know nothing, its pictures or its sound.
    pub fn not_played(&self) -> Option<[u8; 4]> {
        let video = self.video.filter(|coding| !PLAYED.contains(&coding));
        video.or_else(|| self.sound.filter(|coding| !HEARD.contains(&coding)))
    }

    /// Are its pictures coded as HEVC?
    pub fn is_hevc(&self) -> bool {
        self.video.is_some_and(|video| HEVC.contains(&&video))
    }
}
