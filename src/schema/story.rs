//! The front matter of stories and pages.

use serde::{Deserialize, Serialize};

use super::{
    Declared, Field, Limit, Need, Rule, Show, Value, anything, flag, map, maps, moment, number,
    record, text, text_or_texts, texts, word,
};
use crate::base::lang::bilingual;
use crate::schema::messages;
use crate::schema::value::word_of;
use crate::value::kind::Kind;
use crate::value::moment::Moment;
use crate::value::{pinyin, quantity, slug};
use crate::yaml::Node;
use crate::yaml::fields::{Fields, ListItem};

/// The only grade of secrecy (密级) that may be published, and the one of what names none.
pub const PUBLIC: &str = "公开";

/// Stories of what was done, and by whom: all but news.
const ACCOUNTS: Need = Need::Kinds(&[Kind::Branch, Kind::Member, Kind::Case]);

/// What an address may be made of.
pub(super) const SLUG: Rule = Rule {
    holds: slug::is_slug,
    complaint: |place, _, slug| messages::slug_wrong(place, slug, &pinyin::slug(slug)),
    pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
};

const SECRECY: Rule = Rule {
    holds: |grade| grade == PUBLIC,
    complaint: messages::secrecy_not_public,
    pattern: "^公开$",
};

record! {
    /// The front matter of one file, types checked, names not yet looked up.
    #[derive(Debug, Default, Serialize, Deserialize)]
    pub struct FrontMatter in STORY {
        title: String = text("标题")
            .need(Need::Always)
            .limit(Limit {
                most: 100,
                code: "title-too-long",
                help: bilingual(
                    "缩短标题，细节放进摘要 summary",
                    "shorten it, and put the details into `summary`",
                ),
            })
            .sample("标题", "The title")
            .help("最多 100 个字", "up to 100 characters")
            .on_pages(),
        date: Option<Moment> = moment("日期")
            .need(Need::Stories)
            .sample("2026-03-18", "2026-03-18")
            .help(
                "`2026-03-18` 或 `2026-03-18 09:30`；只用来排列，要定时发布请用 `publish_at`",
                "`2026-03-18` or `2026-03-18 09:30`; it only orders, `publish_at` publishes later",
            ),
        kind: Option<Kind> = word("类型", Kind::NAMES)
            .need(Need::Stories)
            .sample("news", "news"),
        focal_points: Vec<ListItem<String>> = texts("着力点")
            .need(ACCOUNTS)
            .names(&["focal_points"])
            .limit(Limit {
                most: 3,
                code: "focal-points-too-many",
                help: bilingual(
                    "留下最贴切的 1 到 3 个，最主要的放第一个",
                    "keep the one to three that fit best, the main one first",
                ),
            })
            .sample("[抓好民生]", "[livelihood]")
            .help("1 到 3 个，最主要的放第一个", "one to three, the main one first"),
        unit: Vec<ListItem<String>> = text_or_texts("单位")
            .need(ACCOUNTS)
            .names(&["units"])
            .sample("单位名称", "The unit's name")
            .help(
                "有 `units.yaml` 时，要与里面的名称一致；几个单位写成列表，最主要的放第一个",
                "as `units.yaml` has it, if there is one; several as a list, the main one first",
            ),
        name: Vec<ListItem<String>> = text_or_texts("姓名")
            .need(Need::Kinds(&[Kind::Member]))
            .sample("姓名", "The member's name")
            .help("写到的人；几个人写成列表", "the person; several as a list"),
        post: Option<String> = text("职务")
            .sample("网格员", "Warden")
            .help("职务或岗位", "the person's post"),
        portrait: Option<String> = text("照片")
            .sample("照片.jpg", "portrait.jpg")
            .help("写到的人的照片，放在稿件旁边", "a picture of the person, beside the story"),
        portrait_alt: Option<String> = text("照片说明")
            .need(Need::With("portrait"))
            .sample("林小满在楼道里登记", "Lin Xiaoman at a door")
            .help("照片里是谁、在哪里、做什么", "what the picture shows"),
        region: Option<String> = text("地区")
            .sample("北街", "North Street")
            .help("事情发生在哪里", "where it takes place"),
        carriers: Vec<ListItem<String>> = texts("载体")
            .names(&["carriers"])
            .sample("[党员责任区]", "[Members' areas]")
            .help(
                "列表；有 `carriers.yaml` 时，要与里面的名称一致",
                "a list, as `carriers.yaml` has them, if there is one",
            ),
        central_works: Vec<ListItem<String>> = texts("中心工作")
            .names(&["works"])
            .sample("[老旧小区改造]", "[Renewal of old housing]")
            .help(
                "列表；写这一篇围绕的中心工作，名称与 `works.yaml` 里的一致",
                "a list: the central work that the story serves, as `works.yaml` has it",
            ),
        linked_works: Vec<ListItem<String>> = texts("统筹工作")
            .names(&["works", "carriers"])
            .sample("[大走访]", "[House visits]")
            .help(
                "列表；写一起推进的其他工作，名称与 `works.yaml` 或 `carriers.yaml` 里的一致",
                "a list: other work that it is coordinated with, as `works.yaml` or `carriers.yaml` has it",
            ),
        tasks: Vec<ListItem<String>> = texts("实事")
            .names(&["tasks"])
            .sample("[楼道照明改造]", "[Light on the stairs]")
            .help(
                "列表；写到的实事，名称与 `tasks.yaml` 里的一致",
                "a list: the tasks that it tells of, as `tasks.yaml` has them",
            ),
        series: Option<String> = text("专题")
            .names(&["series"])
            .sample("夏季防汛", "Summer floods")
            .help(
                "属于哪个专题；有 `series.yaml` 时，要与里面的名称一致",
                "the special topic that it belongs to, as `series.yaml` has it, if there is one",
            ),
        honours: Vec<ListItem<Honour>> = maps("荣誉", &HONOUR)
            .sample(
                "[{title: 先进基层党组织, by: 授予单位, year: 2026}]",
                "[{title: Model branch, by: Who conferred it, year: 2026}]",
            )
            .help("只写名称也可以", "or the title alone"),
        results: Vec<ListItem<Measure>> = maps("成效", &RESULT)
            .sample(
                "[{indicator: 平均办理时间, before: 12, after: 3, unit: 天}]",
                "[{indicator: Days to an answer, before: 12, after: 3, unit: days}]",
            ),
        quotes: Vec<ListItem<Quote>> = maps("群众说", &QUOTE)
            .sample(
                "[{text: 现在晚上也敢出门了, who: 居民王阿姨}]",
                "[{text: We go out at night again, who: a neighbour}]",
            )
            .prose()
            .help("群众的原话；只写原话也可以", "what people said; or the words alone"),
        evaluations: Vec<ListItem<Evaluation>> = maps("群众评价", &EVALUATION)
            .sample(
                "[{by: 居民代表, method: 问卷, date: 2026-05-10, sample: 120, satisfied: 113}]",
                "[{by: Residents, method: A survey, date: 2026-05-10, sample: 120, satisfied: 113}]",
            ),
        participation: Option<Participation> = map("参与", &PARTICIPATION)
            .sample("{people: 120, times: 356}", "{people: 120, times: 356}")
            .help("多少人参与，多少人次", "how many people took part, and how often in all"),
        summary: Option<String> = text("摘要")
            .sample("一两句话", "One or two sentences")
            .help(
                "一两句话；不写就取正文开头，最多 120 个字",
                "one or two sentences; else the beginning of the text, up to 120 characters",
            )
            .on_pages(),
        cover: Option<String> = text("封面")
            .sample("封面.jpg", "cover.jpg")
            .help("稿件旁边的图片，或 `static` 里的图片", "a picture beside the story or in `static`")
            .on_pages(),
        cover_alt: Option<String> = text("封面说明")
            .need(Need::With("cover"))
            .sample("图片里是谁、在哪里、做什么", "What the picture shows")
            .help("图片里是谁、在哪里、做什么", "what the picture shows")
            .on_pages(),
        attachments: Option<Attachments> = word("附件", Attachments::NAMES)
            .sample("all", "all")
            .help(
                "写了就把稿件自己文件夹里的文件全部发布；不写，只发布正文和封面用到的",
                "publishes every file of the story's own folder; else only those that it uses",
            )
            .on_pages(),
        keywords: Vec<ListItem<String>> = texts("关键词")
            .show(Show::Fact)
            .sample("[网格员, 邻里]", "[wardens, neighbours]")
            .help("列表", "a list"),
        source: Vec<ListItem<String>> = text_or_texts("来源")
            .show(Show::Byline)
            .dublin_core("source")
            .sample("青禾日报", "The Daily")
            .help("稿件来自哪里；几个就写成列表", "where the text comes from; text or a list"),
        author: Vec<ListItem<String>> = text_or_texts("作者")
            .show(Show::Byline)
            .sample("林小满", "Lin Xiaoman")
            .help("文字或列表", "text or a list"),
        photographer: Vec<ListItem<String>> = text_or_texts("摄影")
            .show(Show::Byline)
            .dublin_core("contributor")
            .sample("林小满", "Lin Xiaoman")
            .help("文字或列表", "text or a list"),
        editor: Vec<ListItem<String>> = text_or_texts("责任编辑")
            .show(Show::Credit)
            .dublin_core("contributor")
            .sample("林小满", "Lin Xiaoman")
            .help("文字或列表", "text or a list"),
        updated: Option<Moment> = moment("更新")
            .sample("2026-03-18", "2026-03-18")
            .help("修改过的日期", "the day of the last change")
            .on_pages(),
        correction: Option<String> = text("更正")
            .sample("把“86 人”改为“87 人”", "“86 people” became “87 people”")
            .help(
                "改正了什么；和 `updated` 的日期一起显示在开头，并列入更正一览",
                "what was wrong; shown at the head with the day of `updated`, and listed with others",
            ),
        slug: Option<String> = text("网址名")
            .rule(SLUG)
            .sample("lin-xiao-man", "lin-xiao-man")
            .help(
                "小写英文字母、数字、减号；不写就用文件名（中文转成拼音）",
                "lower-case letters, digits, hyphens; else the file's name, in pinyin",
            )
            .on_pages(),
        aliases: Vec<ListItem<String>> = texts("旧网址")
            .sample("[/2025/old.html]", "[/2025/old.html]")
            .help(
                "列表，例如 `[/2025/old.html]`；旧网址会自动转到这一篇",
                "a list of old paths such as `[/2025/old.html]`, which lead here from now on",
            )
            .on_pages(),
        draft: bool = flag("草稿")
            .sample("true", "true")
            .help("`true` 就不发布；写好以后删掉这一行", "`true`: not published")
            .on_pages(),
        publish_at: Option<Moment> = moment("发布时间")
            .sample("2026-07-01 08:00", "2026-07-01 08:00")
            .help(
                "日期或时间，例如 `2026-07-01 08:00`；要在那以后再生成一次才生效",
                "a date or a time; a build after it publishes the story",
            )
            .on_pages(),
        expire_at: Option<Moment> = moment("撤下时间")
            .sample("2026-12-31", "2026-12-31")
            .help(
                "日期或时间；要在那以后再生成一次才生效",
                "a date or a time; a build after it takes the story off",
            )
            .on_pages(),
        feature: bool = flag("头条")
            .sample("true", "true")
            .help("`true` 就在首页最上面", "`true`: it leads the home page"),
        pinned: bool = flag("置顶")
            .sample("true", "true")
            .help("`true` 就排在列表最前面", "`true`: first in lists"),
        secrecy: Option<String> = text("密级")
            .rule(SECRECY)
            .initial(PUBLIC)
            .sample(PUBLIC, PUBLIC)
            .help(
                "只能写“公开”，不写就是公开；写别的，网站和归档包都不会生成",
                "`公开` (public) or nothing; anything else fails the build",
            )
            .on_pages(),
        template: Option<String> = text("模板")
            .sample("ditu.html", "map.html")
            .help(
                "这一页用主题里的哪个模板；不写就用 `page.html`",
                "the template of the theme that shows it; else `page.html`",
            )
            .only_on_pages(),
        stories: Option<Collected> = map("收录", &COLLECTED)
            .sample("{keyword: 网格员, limit: 20}", "{keyword: wardens, limit: 20}")
            .help(
                "这一页下面列出哪些稿件；写了几项，就要都符合",
                "the stories that it lists; of several conditions all must hold",
            )
            .only_on_pages(),
        extra: Option<Node> = anything("附加")
            .sample("{页数: 3}", "{pages: 3}")
            .help("自己的内容，原样交给模板", "anything of your own, for templates")
            .on_pages(),
    }
}

impl FrontMatter {
    /// The names of the people whom it is about, as they are written.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        self.name.iter().map(|item| item.value.as_str())
    }

    /// The names of units, as they are written; the main one first.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.unit.iter().map(|item| item.value.as_str())
    }

    /// The people, each with the units of which one may be theirs. As many units as people are
    /// theirs in this order; else any of the units may be.
    pub fn people_of_units(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        let is_paired = self.name.len() == self.unit.len();
        self.people().enumerate().map(move |(i, name)| match is_paired {
            true => (name, vec![self.unit[i].value.as_str()]),
            false => (name, self.units().collect()),
        })
    }

    /// The pictures that keys name, by key.
    pub fn pictures(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let pictures = [("cover", &self.cover), ("portrait", &self.portrait)];
        pictures.into_iter().filter_map(|(key, given)| Some((key, given.as_deref()?)))
    }

    /// The keys that are shown with a story, and their texts, which may be none.
    pub fn shown(&self) -> impl Iterator<Item = (&'static Field, Vec<&str>)> {
        let shown = self.values().into_iter().filter(|(field, _)| field.show.is_some());
        shown.map(|(field, value)| (field, value.texts()))
    }

    /// The keys that must be given and have no value. A page needs only what is needed always.
    pub fn open(&self, is_page: bool) -> impl Iterator<Item = &'static Field> {
        let needed = move |field: &Field| match is_page {
            true => field.need == Need::Always,
            false => field.need.in_story(self.kind),
        };
        let open = self.values().into_iter().filter(|(_, value)| !value.is_given());
        open.map(|(field, _)| field).filter(move |field| needed(field))
    }

    /// The texts that are this element of Dublin Core.
    pub fn dublin_core(&self, element: &str) -> Vec<&str> {
        let values = self.values().into_iter();
        let values = values.filter(|(field, _)| field.dublin_core == Some(element));
        values.flat_map(|(_, value)| value.texts()).collect()
    }
}

/// Which files of a story's own folder are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attachments {
    /// All of them, and not only those that it uses.
    All,
}

impl Attachments {
    const NAMES: &'static [(&'static str, &'static str)] = &[("all", "全部")];

    fn from_word(word: &str) -> Option<Self> {
        Self::NAMES.iter().any(|(en, zh)| *en == word || *zh == word).then_some(Self::All)
    }
}

impl Value for Option<Attachments> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        let words = Attachments::NAMES.iter().map(|&(word, _)| word);
        word_of(fields, field, Attachments::from_word, words, messages::attachments_unknown)
    }
}

record! {
    /// The stories that a page lists.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Collected in COLLECTED {
        keyword: Option<String> = text("关键词")
            .sample("网格员", "wardens")
            .help("有这个关键词的", "those with this keyword"),
        focal_point: Option<String> = text("着力点")
            .names(&["focal_points"])
            .sample("抓好民生", "livelihood")
            .help("属于这个着力点的", "those of this focal point"),
        unit: Option<String> = text("单位")
            .names(&["units"])
            .sample("青禾街道党工委", "The committee")
            .help("写到这个单位的", "those that name this unit"),
        series: Option<String> = text("专题")
            .names(&["series"])
            .sample("夏季防汛", "Summer floods")
            .help("属于这个专题的", "those of this special topic"),
        limit: usize = number("篇数", 1, 1000)
            .default("1000")
            .sample("20", "20")
            .help("最多列出几篇", "how many at most"),
    }
}

record! {
    /// A title conferred by someone in a year.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Honour in HONOUR, short form title {
        title: String = text("名称")
            .need(Need::Always)
            .sample("先进基层党组织", "Model branch")
            .help("荣誉的名称", "the title"),
        by: Option<String> = text("授予单位")
            .sample("中共某某市委", "The city committee")
            .help("谁授予的", "who conferred it"),
        year: Option<String> = text("年份").sample("2026", "2026").help("哪一年", "when"),
        level: Option<String> = text("级别")
            .sample("市级", "city")
            .help("国家级、省级、市级等", "of the state, a province, a city …"),
        document: Option<String> = text("文号")
            .sample("某发〔2026〕3 号", "No. 3 of 2026")
            .help("表彰决定的文号", "the number of the decision"),
    }
}

record! {
    /// An indicator before and after, as written.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Measure in RESULT {
        indicator: String = text("指标")
            .need(Need::Always)
            .sample("平均办理时间", "Days to an answer")
            .help("比的是什么", "what is measured"),
        before: Option<String> = text("之前").sample("12", "12").help("原来的数", "its value before"),
        after: String = text("之后")
            .need(Need::Always)
            .sample("3", "3")
            .help("现在的数", "its value after"),
        unit: Option<String> = text("单位").sample("天", "days").help("数的单位", "of the values"),
        as_of: Option<String> = text("截至")
            .sample("2026年6月", "June 2026")
            .help("截至什么时候", "of what time the value after is"),
        evidence: Option<String> = text("依据")
            .sample("街道办件台账", "The office's register")
            .help("数从哪里来", "where the values are from"),
    }
}

record! {
    /// What somebody of the people said.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Quote in QUOTE, short form text {
        text: String = text("原话")
            .need(Need::Always)
            .sample("现在晚上也敢出门了", "We go out at night again")
            .help("不用加引号", "without quotation marks"),
        who: Option<String> = text("谁").sample("居民王阿姨", "a neighbour").help("谁说的", "whose words"),
    }
}

/// So many people, as written: `120`, `一百二十人`.
const COUNT: Rule = Rule {
    holds: |text| quantity::count(text).is_some(),
    complaint: messages::count_wrong,
    pattern: "^[^%％]*[0-9０-９〇一二两三四五六七八九十百千万]+[^%％]*$",
};

record! {
    /// What the people think of it, and how that was asked.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Evaluation in EVALUATION {
        by: String = text("评价人")
            .need(Need::Always)
            .sample("居民代表", "Residents")
            .help("谁来评", "who was asked"),
        method: Option<String> = text("方式").sample("问卷", "A survey").help("怎样评", "how"),
        date: Option<Moment> = moment("日期").sample("2026-05-10", "2026-05-10").help("哪一天", "when"),
        sample: Option<String> = text("人数").rule(COUNT).sample("120", "120").help("一共问了多少人", "how many were asked"),
        satisfied: Option<String> = text("满意人数")
            .rule(COUNT)
            .sample("113", "113")
            .help("其中多少人满意；写人数，不写百分比", "how many of them are content; no percentage"),
        note: Option<String> = text("说明").sample("另有 7 人希望再快些", "Seven wished for more").help("还有什么要说的", "what else is to be said"),
    }
}

record! {
    /// How many took part.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Participation in PARTICIPATION {
        people: Option<String> = text("人数").rule(COUNT).sample("120", "120").help("多少人", "how many people"),
        times: Option<String> = text("人次").rule(COUNT).sample("356", "356").help("多少人次", "how many times in all"),
    }
}

impl Value for Option<Kind> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        let words = Kind::WORDS.iter().map(|&(word, _)| word);
        word_of(fields, field, Kind::from_word, words, messages::kind_unknown)
    }

    fn is_given(&self) -> bool {
        self.is_some()
    }
}
