//! The contract with templates: which template gets which values. What each value is, the views
//! themselves declare.

use super::{
    CalendarView, CalendarYear, ContentView, CorrectedView, CountTable, CoverageTable, EntityView,
    FocalPointPage, FocalPointSection, FrameView, HeadView, HomeView, InitiativeView, KindView,
    ListView, PageView, PictureView, ProfileView, RollView, SiteMap, SiteView, StoryItem,
    StoryView, SubjectsView, TaskView, TasksView, UnitNode, UnitView, WorksView, YearView,
};
use crate::base::lang::Text;
use crate::model::entity::{IndexPages, KindId};
use crate::model::kinds::{BRANCHES, CARRIERS, FOCAL_POINTS, MEMBERS, TASKS, UNITS, WORKS};
use crate::schema::{FILES, story::STORY};
use crate::theme::shape::{
    Added, Contract, Given, Renamed, Shape, Shaped, TemplateContract, Together,
};

/// Names that have changed since an earlier version of the contract, and are given under both.
const RENAMED: &[Renamed] = &[];

/// What is there whenever something else is.
const TOGETHER: &[Together] = &[
    Together { record: "Picture", tested: "width", other: "height" },
    Together { record: "TableHead", tested: "url", other: "name" },
    Together { record: "TableRow", tested: "url", other: "name" },
    // Who can be answered has said how.
    Together { record: "", tested: "story.answer", other: "site.feedback" },
];

/// Pages that there are only if something is there.
const CERTAIN: &[(&str, &[&str])] = &[
    ("calendar.html", &["site.calendar"]),
    ("feedback.html", &["site.feedback"]),
    ("search.html", &["site.search"]),
    ("sitemap.html", &["site.gov"]),
    ("accessibility.html", &["site.gov"]),
];

/// A value by its name.
fn given<T: Shaped>(name: &'static str) -> Given {
    Given { name, shape: T::shape() }
}

fn template(
    name: impl Into<String>,
    zh: impl Into<String>,
    en: impl Into<String>,
    own: Vec<Given>,
) -> TemplateContract {
    let everywhere = [
        given::<SiteView<'_>>("site"),
        Given { name: "t", shape: Shape::Words },
        given::<PageView<'_>>("page"),
        given::<HeadView>("head"),
    ];
    let given = everywhere.into_iter().chain(own).collect();
    TemplateContract {
        name: name.into(),
        about: Text { zh: zh.into(), en: en.into() },
        given,
        certain: &[],
    }
}

/// The contract; `told` is what outputs tell templates of themselves.
pub fn contract(told: impl IntoIterator<Item = Added>) -> Contract {
    let mut templates = vec![
        template("home.html", "首页", "the home page", vec![given::<HomeView<'_>>("home")]),
        template("story.html", "一篇稿件", "a story", vec![given::<StoryView<'_>>("story")]),
        TemplateContract {
            given: vec![
                given::<SiteView<'_>>("site"),
                Given { name: "t", shape: Shape::Words },
                given::<StoryItem<'_>>("story"),
            ],
            ..template("item.html", "列表里的一篇稿件", "a story in a list", vec![])
        },
        template(
            "page.html",
            "content/pages 里的页面",
            "a page of content/pages",
            vec![given::<ContentView<'_>>("content")],
        ),
    ];
    templates.extend(KindId::all().flat_map(of_kind));
    templates.extend([
        template(
            "index.html",
            "没有自己模板的一类，全部",
            "all of a kind that has no template of its own",
            vec![given::<KindView<'_>>("kind"), given::<Vec<EntityView<'_>>>("entities")],
        ),
        template(
            "entity.html",
            "没有自己模板的一类，其中一个",
            "one of a kind that has no template of its own",
            vec![
                given::<KindView<'_>>("kind"),
                given::<EntityView<'_>>("entity"),
                given::<ListView>("list"),
            ],
        ),
        template("news.html", "动态", "the news", vec![given::<ListView>("list")]),
        template("cases.html", "案例", "the cases", vec![given::<ListView>("list")]),
        template(
            "calendar.html",
            "日程",
            "the calendar",
            vec![given::<CalendarView<'_>>("calendar")],
        ),
        template(
            "calendar_year.html",
            "一年的日程",
            "a year of the calendar",
            vec![given::<CalendarYear<'_>>("year")],
        ),
        template(
            "coverage.html",
            "宣传覆盖情况",
            "what has stories and what has none",
            vec![given::<Vec<CoverageTable<'_>>>("tables")],
        ),
        template(
            "honour_roll.html",
            "光荣榜，或者其中一年",
            "the honour roll, or a year of it",
            vec![given::<RollView<'_>>("roll")],
        ),
        template(
            "corrections.html",
            "更正",
            "the corrections",
            vec![given::<Vec<CorrectedView<'_>>>("corrections")],
        ),
        template("feedback.html", "意见反馈", "how to reach those who publish", vec![]),
        template(
            "archive.html",
            "全部稿件，按年",
            "all stories by year",
            vec![given::<Vec<YearView<'_>>>("years")],
        ),
        template(
            "archive_year.html",
            "一年的稿件",
            "the stories of a year",
            vec![given::<YearView<'_>>("year")],
        ),
        template("search.html", "搜索", "search", vec![]),
        template(
            "sitemap.html",
            "网站地图",
            "the map of the site",
            vec![given::<SiteMap<'_>>("site_map")],
        ),
        template("accessibility.html", "无障碍声明", "the statement on accessibility", vec![]),
        template("not_found.html", "404.html", "404.html", vec![]),
        frame("masthead.html", "网页的上端", "the head of a page"),
        frame("footer.html", "网页的下端", "the foot of a page"),
    ]);
    for (name, certain) in CERTAIN {
        let of_name = templates.iter_mut().find(|template| template.name == *name);
        if let Some(template) = of_name {
            template.certain = certain;
        }
    }
    let added = keys_of_entities().chain(keys_of_stories()).chain(told).collect();
    let picture = PictureView::shape();
    Contract { templates, added, picture, renamed: RENAMED, together: TOGETHER }
}

/// masthead.html and footer.html, which know less of the page.
fn frame(name: &str, zh: &str, en: &str) -> TemplateContract {
    TemplateContract {
        given: vec![
            given::<SiteView<'_>>("site"),
            Given { name: "t", shape: Shape::Words },
            given::<FrameView>("page"),
        ],
        ..template(name, zh, en, vec![])
    }
}

/// The templates of a kind of entities: of all, and of one. Those that the theme does not have are
/// not looked at.
fn of_kind(kind: KindId) -> Vec<TemplateContract> {
    let (one, many) = (kind.kind().one, kind.kind().many);
    if kind.kind().index == IndexPages::None {
        return Vec::new();
    }
    let all = match kind {
        FOCAL_POINTS => vec![given::<Vec<FocalPointSection<'_>>>(many)],
        UNITS => vec![given::<Vec<UnitNode<'_>>>(many)],
        BRANCHES | MEMBERS => vec![given::<SubjectsView<'_>>("subjects")],
        WORKS => vec![given::<WorksView<'_>>(many)],
        TASKS => vec![given::<TasksView<'_>>(many)],
        CARRIERS => {
            vec![given::<Vec<EntityView<'_>>>(many), given::<Option<CountTable<'_>>>("table")]
        }
        _ => vec![given::<Vec<EntityView<'_>>>(many)],
    };
    let single = match kind {
        FOCAL_POINTS => given::<FocalPointPage<'_>>(one),
        UNITS => given::<UnitView<'_>>(one),
        BRANCHES | MEMBERS => given::<ProfileView<'_>>(one),
        TASKS => given::<TaskView<'_>>(one),
        WORKS | CARRIERS => given::<InitiativeView<'_>>(one),
        _ => given::<EntityView<'_>>(one),
    };
    let (zh, en) = kind.kind().called;
    let mut found = vec![template(
        format!("{one}.html"),
        format!("一个{zh}"),
        format!("one {en}"),
        vec![single, given::<ListView>("list")],
    )];
    if one != many {
        let whole = (format!("全部{zh}"), format!("all of the kind “{en}”"));
        found.insert(0, template(format!("{many}.html"), whole.0, whole.1, all));
    }
    found
}

/// The keys that only the list of a kind has: templates find each as text.
fn keys_of_entities() -> impl Iterator<Item = Added> {
    let common: Vec<&str> = shape_fields::<EntityView<'_>>();
    let taken = ["old_slugs", "aliases", "slug", "parent", "name"];
    let lists =
        FILES.iter().filter(|file| ["carriers", "works", "tasks", "series"].contains(&file.name));
    let mut known: Vec<&str> = Vec::new();
    let keys = lists.flat_map(|file| file.fields()).filter(move |field| {
        let is_new = !known.contains(&field.name);
        known.push(field.name);
        is_new && !common.contains(&field.name) && !taken.contains(&field.name)
    });
    keys.map(|field| Added {
        record: "Entity",
        name: field.name,
        shape: Shape::Text.or_nothing(),
        about: Text {
            zh: format!("名录里的“{}”", field.chinese),
            en: format!("`{}` of its entry", field.name),
        },
    })
}

/// The keys of front matter that are shown with a story.
fn keys_of_stories() -> impl Iterator<Item = Added> {
    STORY.fields.iter().filter(|field| field.show.is_some()).map(|field| Added {
        record: "StoryItem",
        name: field.name,
        shape: Shape::List(Shape::Text.into()),
        about: Text {
            zh: format!("稿件信息里的“{}”", field.chinese),
            en: format!("`{}` of its front matter", field.name),
        },
    })
}

fn shape_fields<T: Shaped>() -> Vec<&'static str> {
    match T::shape() {
        Shape::Record(record) => (record.fields)().iter().map(|field| field.name).collect(),
        _ => Vec::new(),
    }
}
