//! `corpus [--hugo] [--lopsided] [--accounts] [--extremes] STORIES FOLDER`: writes a generated campaign.
#![allow(clippy::disallowed_methods, clippy::print_stderr)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use corpus::{Campaign, File, Flavour, extremes};

const USAGE: &str = "\
usage: corpus [--hugo] [--lopsided] [--accounts] [--extremes] STORIES FOLDER

  --hugo      front matter for Hugo; without it, for xianfeng
  --lopsided  four fifths of the stories name one focal point, and half of them one unit
  --accounts  works, tasks, honours and events, named by stories (xianfeng only)
  --extremes  a story of 5 MB, 5 000 pictures beside stories, folders 60 deep (xianfeng only)
";

fn main() -> ExitCode {
    let Some(wanted) = Wanted::read(env::args().skip(1)) else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    match wanted.write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", wanted.folder.display());
            ExitCode::FAILURE
        }
    }
}

struct Wanted {
    campaign: Campaign,
    extremes: bool,
    folder: PathBuf,
}

impl Wanted {
    fn read(arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut wanted =
            Self { campaign: Campaign::of(0), extremes: false, folder: PathBuf::new() };
        let mut plain = Vec::new();
        for argument in arguments {
            match argument.as_str() {
                "--hugo" => wanted.campaign.flavour = Flavour::Hugo,
                "--lopsided" => wanted.campaign.lopsided = true,
                "--accounts" => wanted.campaign.accounts = true,
                "--extremes" => wanted.extremes = true,
                option if option.starts_with('-') => return None,
                _ => plain.push(argument),
            }
        }
        let [stories, folder]: [String; 2] = plain.try_into().ok()?;
        wanted.campaign.stories = stories.parse().ok()?;
        wanted.folder = folder.into();
        Some(wanted)
    }

    fn write(&self) -> io::Result<()> {
        let extremes = self.extremes.then(extremes).into_iter().flatten();
        self.campaign.files().chain(extremes).try_for_each(|file| write(&self.folder, &file))
    }
}

fn write(folder: &Path, (path, content): &File) -> io::Result<()> {
    let path = folder.join(path);
    // The folder is there already for all but the first story of a year.
    fs::write(&path, content).or_else(|_| {
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(&path, content)
    })
}
