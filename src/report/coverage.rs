//! Coverage: what is told of, and what is not. Gaps are shown; nobody is scored.

use super::{Body, Part, Report};
use crate::base::lang::Lang;
use crate::model::Site;
use crate::model::coverage::{Gaps, Label, QUIET_AFTER, Subject, Table, gaps, tables};
use crate::value::moment::Moment;

/// The report of coverage, of a year or of all years.
pub fn coverage(site: &Site, year: Option<i32>, lang: Lang) -> Report {
    let words = Words { site, lang };
    let today = site.today();
    let counted = site.stories.iter();
    let counted = counted.filter(|story| year.is_none_or(|year| story.date.year() == year)).count();
    let tables = tables(site, year, today);
    let mut parts: Vec<Part> = tables.iter().map(|table| words.table(table)).collect();
    parts.extend(words.gaps(&gaps(site, year)));
    let title = &site.settings.title;
    let of_year = year.map(|year| words.say(&format!("{year} 年"), &format!(" {year}")));
    let of_year = of_year.unwrap_or_default();
    Report {
        title: words
            .say(&format!("{title}：{of_year}覆盖情况"), &format!("{title}: coverage{of_year}")),
        about: words.say(
            &format!("截至 {}，共 {counted} 篇稿件", today.date()),
            &format!("as of {}; stories: {counted}", today.date()),
        ),
        lang,
        parts,
    }
}

struct Words<'s> {
    site: &'s Site,
    lang: Lang,
}

impl Words<'_> {
    fn say(&self, zh: &str, en: &str) -> String {
        if self.lang == Lang::Zh { zh.into() } else { en.into() }
    }

    fn label(&self, label: &Label<'_>) -> String {
        match label {
            Label::Entity(id) => self.site.entity(*id).short_name().to_string(),
            Label::Sector(sector) => sector.to_string(),
            Label::Month(year, month) => format!("{year:04}-{month:02}"),
            Label::Other => self.say("未注明", "none"),
        }
    }

    fn table(&self, table: &Table<'_>) -> Part {
        let (name, corner, note) = match table.subject {
            Subject::Units => {
                (("着力点与单位", "Focal points by unit"), ("单位", "Unit"), ("", ""))
            }
            Subject::Months => {
                (("着力点与月份", "Focal points by month"), ("月份", "Month"), ("", ""))
            }
            Subject::Carriers => (
                ("载体与领域", "Carriers by sector"),
                ("载体", "Carrier"),
                ("列是单位的领域", "columns are the sectors of units"),
            ),
            Subject::Works => (
                ("工作与单位", "Works by unit"),
                ("工作", "Work"),
                (
                    "列是负责或写过稿件的单位",
                    "columns are the units that are responsible or have told of one",
                ),
            ),
        };
        let rows = table.rows.iter().zip(&table.counts);
        Part {
            name: self.say(name.0, name.1),
            note: self.say(note.0, note.1),
            body: Body::Counts {
                corner: self.say(corner.0, corner.1),
                columns: table.columns.iter().map(|label| self.label(label)).collect(),
                rows: rows.map(|(label, counts)| (self.label(label), counts.clone())).collect(),
            },
        }
    }

    fn gaps(&self, gaps: &Gaps<'_>) -> [Part; 3] {
        let site = self.site;
        let day = |at: Option<Moment>| at.map_or_else(|| self.say("还没有", "never"), Moment::date);
        let list = |columns: [(&str, &str); 2], rows, none: (&str, &str)| Body::List {
            columns: columns.map(|(zh, en)| self.say(zh, en)).into(),
            rows,
            none: self.say(none.0, none.1),
        };
        let quiet = gaps.quiet.iter();
        let quiet = quiet.map(|(id, at)| vec![site.entity(*id).name.clone(), day(*at)]);
        let points = |points: &[_]| {
            let names: Vec<&str> = points.iter().map(|&id| site.entity(id).short_name()).collect();
            names.join(&self.say("、", ", "))
        };
        let untouched = gaps
            .untouched
            .iter()
            .map(|(sector, missing)| vec![sector.unwrap_or_default().to_string(), points(missing)]);
        let adrift = gaps.adrift.iter().map(|&id| {
            let story = site.story(id);
            vec![story.title().to_string(), story.document.source.path.to_string()]
        });
        [
            Part {
                name: self.say("该写的单位", "Units to be asked"),
                note: self.say(
                    &format!("自己和下级都超过 {QUIET_AFTER} 天没有稿件"),
                    &format!("no story for {QUIET_AFTER} days, nor any of a unit below"),
                ),
                body: list(
                    [("单位", "Unit"), ("最近一篇", "Latest story")],
                    quiet.collect(),
                    ("没有这样的单位", "there is none"),
                ),
            },
            Part {
                name: self.say("领域的空白", "Gaps of sectors"),
                note: self.say(
                    "这个领域的单位还没有写过的着力点",
                    "focal points of which no unit of the sector has a story",
                ),
                body: list(
                    [("领域", "Sector"), ("着力点", "Focal points")],
                    untouched.collect(),
                    ("每个领域都写到了全部着力点", "there is none"),
                ),
            },
            Part {
                name: self.say("两张皮", "Neither work nor result"),
                note: self.say(
                    "这些稿件既没有写工作，也没有写成效",
                    "stories that name neither a work nor a result",
                ),
                body: list(
                    [("标题", "Title"), ("文件", "File")],
                    adrift.collect(),
                    ("没有这样的稿件", "there is none"),
                ),
            },
        ]
    }
}
