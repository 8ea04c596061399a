//! An invented campaign of any size, for benchmarks: the same numbers give the same files.
//!
//! A story depends on its number alone, but for its unit: there is one unit for every twenty
//! stories. All names are placeholders; no person, organisation or event is described.

mod dice;
mod extremes;
mod front;
mod lists;
mod text;

pub use extremes::extremes;

use dice::Dice;
use text::{FOCAL_POINTS, REGIONS, SURNAMES};

/// Who shall read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// Front matter and folders as xianfeng has them.
    Xianfeng,
    /// The same facts as taxonomies of Hugo.
    Hugo,
}

/// A file: its path from the project's folder, and its content.
pub type File = (String, Vec<u8>);

/// How large the campaign is, and of what shape.
#[derive(Clone, Copy, Debug)]
pub struct Campaign {
    /// How many stories there are, over ten years.
    pub stories: usize,
    /// Who shall read it.
    pub flavour: Flavour,
    /// Do four fifths of the stories name one focal point, and half of them one unit?
    pub lopsided: bool,
    /// Does it keep account of works, tasks, honours and events, and do its stories name them?
    pub accounts: bool,
}

impl Campaign {
    /// A campaign of this many stories for xianfeng, evenly spread.
    pub fn of(stories: usize) -> Self {
        Self { stories, flavour: Flavour::Xianfeng, lopsided: false, accounts: false }
    }

    /// Its files, one after the other.
    pub fn files(self) -> impl Iterator<Item = File> {
        let story = move |number| Story::new(number, self);
        let lists = move || {
            let settings =
                "title: 先锋故事\norganisation: 青禾街道党工委\nbase_url: https://example.org/\n";
            [
                ("content/site.yaml", format!("{settings}{}", lists::ARCHIVE)),
                ("content/units.yaml", lists::units(self.stories)),
                ("content/carriers.yaml", lists::carriers()),
                ("content/archive-ledger.yaml", lists::ledger((0..self.stories).map(story))),
            ]
        };
        let lists = (self.flavour == Flavour::Xianfeng).then(lists).into_iter().flatten();
        let accounts = self.accounts.then(|| lists::accounts(self.stories)).into_iter().flatten();
        let lists = lists.chain(accounts);
        let lists = lists.map(|(path, text)| (path.to_string(), text.into_bytes()));
        let folder = match self.flavour {
            Flavour::Xianfeng => "content/static",
            Flavour::Hugo => "static",
        };
        let pictures = (0..text::PICTURES).map(move |number| {
            let path = format!("{folder}/img/scene-{number}.svg");
            (path, text::picture(number).into_bytes())
        });
        let stories = (0..self.stories).map(move |number| {
            let story = story(number);
            let mut matter = front::matter(&story, self.flavour);
            if self.accounts {
                matter += &lists::named(&story, self.stories);
            }
            let text = format!("---\n{matter}---\n\n{}", story.body);
            (format!("content{}.md", story.address()), text.into_bytes())
        });
        lists.chain(pictures).chain(stories)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Branch,
    Member,
    News,
}

impl Kind {
    /// How long its stories are kept, in an item number.
    fn term(self) -> &'static str {
        match self {
            Kind::Branch => "Y",
            Kind::Member => "D30",
            Kind::News => "D10",
        }
    }
}

/// What there is to say of a story, whoever reads it.
struct Story {
    number: usize,
    kind: Kind,
    title: String,
    date: (usize, usize, usize),
    unit: String,
    /// Whom it is about, if it is about one person.
    name: Option<String>,
    region: &'static str,
    focal_points: Vec<&'static str>,
    carriers: Vec<&'static str>,
    honours: Vec<String>,
    keywords: Vec<&'static str>,
    summary: String,
    body: String,
}

/// The year of a story, by its number.
fn year(number: usize) -> usize {
    2016 + number % 10
}

/// Where a story is found, on the site and, with an ending, in the sources.
fn address(number: usize) -> String {
    format!("/stories/{}/story-{number:06}", year(number))
}

impl Story {
    fn new(number: usize, campaign: Campaign) -> Self {
        let mut dice = Dice::new(number as u64);
        let kind = match dice.throw(10) {
            0..4 => Kind::Branch,
            4..9 => Kind::Member,
            _ => Kind::News,
        };
        let mut unit = dice.throw(lists::units_of(campaign.stories));
        let mut focal_points = dice.some(&FOCAL_POINTS, 1, 3);
        if campaign.lopsided && dice.throw(5) > 0 {
            focal_points = vec![FOCAL_POINTS[0]];
        }
        if campaign.lopsided && dice.throw(2) > 0 {
            unit = 0;
        }
        let unit = lists::unit(unit);
        let year = year(number);
        let other = dice.throw(campaign.stories.max(1));
        Self {
            number,
            kind,
            title: format!("{}{}（{number}）", unit, dice.pick(&text::TITLES)),
            date: (year, 1 + dice.throw(12), 1 + dice.throw(28)),
            name: (kind == Kind::Member).then(|| format!("{}某某", dice.pick(&SURNAMES))),
            region: dice.pick(&REGIONS),
            focal_points,
            honours: dice
                .some(&text::HONOURS, 0, 2)
                .iter()
                .map(|h| format!("{year}年{h}"))
                .collect(),
            keywords: dice.some(&text::KEYWORDS, 2, 4),
            summary: text::paragraph(&mut dice, 2).replace("**", ""),
            body: text::body(&mut dice, &unit, &address(other)),
            carriers: dice.some(&text::CARRIERS, 0, 2),
            unit,
        }
    }

    fn address(&self) -> String {
        address(self.number)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Campaign, Flavour};

    #[test]
    fn a_story_does_not_depend_on_how_many_there_are() {
        let body = |stories| {
            let files: Vec<_> = Campaign::of(stories).files().collect();
            let (path, text) = files.into_iter().find(|(path, _)| path.contains("000007")).unwrap();
            let text = String::from_utf8(text).unwrap();
            (path, text.lines().find(|line| line.starts_with("date:")).unwrap().to_string())
        };
        assert_eq!(body(10), body(20));
    }

    #[test]
    fn both_flavours_have_the_same_bodies() {
        let bodies = |flavour| {
            let files = Campaign { flavour, ..Campaign::of(9) }.files();
            let stories = files.filter(|(path, _)| path.ends_with(".md"));
            let text = |bytes| String::from_utf8(bytes).unwrap();
            stories
                .map(|(path, bytes)| {
                    (path, text(bytes).rsplit_once("\n---\n").unwrap().1.to_string())
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(bodies(Flavour::Hugo), bodies(Flavour::Xianfeng));
    }
}
