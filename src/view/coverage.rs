//! Views of coverage: tables whose numbers lead to the stories.

use super::TableRow;
use super::{CountTable, CoverageTable, TableCell, TableHead, Views};
use crate::model::coverage::{self, Label, Subject};
use crate::model::kinds::CARRIERS;
use crate::plan::year_address;
use crate::value::address::Address;

impl<'a> Views<'a> {
    /// `tables`. Nothing of them changes by time alone: months end with the latest story.
    pub fn coverage(&self) -> Vec<CoverageTable<'a>> {
        let Some(latest) = self.site.stories.first().map(|story| story.date) else {
            return Vec::new();
        };
        let tables = coverage::tables(self.site, None, latest).into_iter();
        let views = tables.map(|table| {
            // The page of carriers has a table of its own, which leads to the same places.
            let own = self.carrier_table().filter(|_| table.subject == Subject::Carriers);
            let table_view = || {
                let rows = table.rows.iter().zip(&table.counts).map(|(row, counts)| {
                    let cells = counts.iter().zip(&table.columns);
                    let cells = cells.map(|(&count, column)| TableCell {
                        count,
                        url: (count > 0).then(|| self.cell_url(row, column)),
                    });
                    TableRow { head: self.table_head(row), cells: cells.collect() }
                });
                let columns = table.columns.iter().map(|column| self.table_head(column));
                CountTable { columns: columns.collect(), rows: rows.collect() }
            };
            CoverageTable {
                subject: match table.subject {
                    Subject::Units => "units",
                    Subject::Months => "months",
                    Subject::Carriers => "carriers",
                    Subject::Works => "works",
                },
                table: own.unwrap_or_else(table_view),
            }
        });
        views.collect()
    }

    fn table_head(&self, label: &Label<'a>) -> TableHead<'a> {
        let (name, url) = match label {
            Label::Entity(id) => {
                let url = self.url(&self.site.entity_address(*id));
                (Some(self.site.entity(*id).short_name().into()), Some(url))
            }
            Label::Sector(sector) => (Some((*sector).into()), None),
            Label::Month(year, month) => {
                let values = [("y", &*year.to_string()), ("n", &*month.to_string())];
                let name = self.words("calendar_month", &values);
                (Some(name.into()), Some(self.month_url(*year, *month)))
            }
            Label::Other => (None, None),
        };
        TableHead { name, url }
    }

    fn month_url(&self, year: i32, month: u8) -> String {
        format!("{}#xf-month-{month}", self.url(&year_address(year)))
    }

    /// Where the stories of a cell are: the search for them, where there is a search.
    fn cell_url(&self, row: &Label<'_>, column: &Label<'_>) -> String {
        let site = self.site;
        match (row, column) {
            (Label::Month(year, month), _) => self.month_url(*year, *month),
            (Label::Entity(row), Label::Entity(column))
                if site.settings.search && row.kind != CARRIERS =>
            {
                let search = self.url(&Address::page(&["search"]));
                let filter = |id: &crate::model::entity::EntityId| {
                    format!("{}={}", id.kind.kind().one, site.entity(*id).slug)
                };
                format!("{search}?{}&{}", filter(row), filter(column))
            }
            (Label::Entity(row), _) => self.url(&site.entity_address(*row)),
            _ => self.url(&Address::home()),
        }
    }
}
