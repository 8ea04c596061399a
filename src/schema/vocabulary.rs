//! The lists of a campaign: focal points, units, people and carriers.

use super::story::SLUG;
use super::{Field, Need, Rule, anything, record, text, text_or_texts, texts};
use crate::schema::messages;
use crate::yaml::Node;
use crate::yaml::fields::ListItem;

/// `#b3261e` or `#b26`.
const COLOUR: Rule = Rule {
    holds: |text| {
        text.strip_prefix('#').is_some_and(|digits| {
            matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit())
        })
    },
    complaint: |place, _, text| messages::colour_wrong(place, text),
    pattern: "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$",
};

// What every entry may have.
const ENTRY_SLUG: Field = text("网址名").rule(SLUG).help(
    "小写英文字母、数字、减号；不写就用名称的拼音",
    "lower-case letters, digits, hyphens; else the name in pinyin",
);
const OLD_SLUGS: Field = texts("旧网址名").rule(SLUG).sample("[old-name]", "[old-name]").help(
    "列表；用过的网址名，旧网址会自动转到新的",
    "a list of slugs that it had; their addresses lead to the new one",
);
const ALIASES: Field =
    texts("别名").help("列表；稿件里也可以这样写", "a list; what stories may call it too");
const EXTRA: Field = anything("附加")
    .sample("{电话: 0000-0000000}", "{phone: 0000-0000000}")
    .help("自己的内容，原样交给模板", "anything of your own, for templates");
const DESCRIPTION: Field =
    text("简介").sample("一句话简介", "One sentence about it").help("一句话", "one sentence");

record! {
    /// An entry of `focal-points.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct FocalPointEntry in FOCAL_POINT, short form name {
        name: String = text("名称")
            .need(Need::Always)
            .sample("紧紧围绕中心", "Close to the centre")
            .help("全称", "the full name"),
        short_name: Option<String> = text("简称")
            .sample("围绕中心", "Centre")
            .help("菜单里显示的名称；不写就用全称", "the name in menus; else the full name"),
        slug: Option<String> = ENTRY_SLUG.sample("center", "center"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[中心]", "[centre]"),
        description: Option<String> = DESCRIPTION,
        colour: Option<String> = text("颜色")
            .rule(COLOUR)
            .sample("\"#b3261e\"", "\"#b3261e\"")
            .help("写成 `\"#b3261e\"`，要带引号", "as `\"#b3261e\"`, in quotes"),
        extra: Option<Node> = EXTRA,
    }
}

record! {
    /// An entry of `units.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct UnitEntry in UNIT, short form name {
        name: String = text("名称")
            .need(Need::Always)
            .sample("水坪台社区党支部", "Shuipingtai branch")
            .help("稿件里就写这个", "what stories call it"),
        slug: Option<String> = ENTRY_SLUG.sample("shuipingtai", "shuipingtai"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[水坪台支部]", "[Shuipingtai]"),
        level: Option<String> = text("层级")
            .sample("党支部", "branch")
            .help("党委、党总支、党支部等", "committee, branch …"),
        sector: Option<String> = text("领域")
            .sample("社区", "community")
            .help("社区、卫生、企业等", "community, health, industry …"),
        parent: Option<String> = text("上级")
            .names("units")
            .sample("青禾街道党工委", "Qinghe committee")
            .help("也要列在这个文件里", "another unit of this file"),
        region: Option<String> = text("地区")
            .sample("水坪台片区", "Shuipingtai")
            .help("在哪里", "where it is"),
        description: Option<String> = DESCRIPTION,
        extra: Option<Node> = EXTRA,
    }
}

record! {
    /// An entry of `people.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct PersonEntry in PERSON, short form name {
        name: String = text("姓名")
            .need(Need::Always)
            .also("名称")
            .sample("林小满", "Lin Xiaoman")
            .help("网站上显示的姓名；也可以写成“名称”", "the name that the site shows"),
        unit: Vec<ListItem<String>> = text_or_texts("单位")
            .names("units")
            .sample("水坪台社区党支部", "Shuipingtai branch")
            .help(
                "是哪个单位的；不写，各单位叫这个名字的都是这个人",
                "where this person is; else whoever has the name, in any unit",
            ),
        // In Chinese they are one key.
        units: Vec<ListItem<String>> = text_or_texts("单位")
            .names("units")
            .sample("[水坪台社区党支部, 北街党支部]", "[Shuipingtai branch, North Street]")
            .help(
                "几个单位写成列表：在这些单位的稿件里都是同一个人",
                "a list: this is one person in the stories of all of them",
            ),
        slug: Option<String> = ENTRY_SLUG.sample("lin-xiao-man", "lin-xiao-man"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[林晓满]", "[Xiaoman]"),
        description: Option<String> = DESCRIPTION,
        sort_key: Option<String> = text("排序")
            .sample("1", "1")
            .help(
                "数字小的在前，写了数字的都在没写的前面；写拼音的按拼音排",
                "numbers come first, the smallest on top; letters sort as a name would",
            ),
        portrait: Option<String> = text("照片")
            .sample("people/lin.jpg", "people/lin.jpg")
            .help("`static` 里的图片", "a picture in `static`"),
        portrait_alt: Option<String> = text("照片说明")
            .need(Need::With("portrait"))
            .sample("林小满在楼道里登记", "Lin Xiaoman at a door")
            .help("照片里是谁、在哪里、做什么", "what the picture shows"),
        extra: Option<Node> = EXTRA,
    }
}

record! {
    /// An entry of `carriers.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct CarrierEntry in CARRIER, short form name {
        name: String = text("名称")
            .need(Need::Always)
            .sample("党员责任区", "Members' areas")
            .help("稿件里就写这个", "what stories call it"),
        slug: Option<String> = ENTRY_SLUG.sample("zerenqu", "areas"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[责任区]", "[areas]"),
        description: Option<String> = DESCRIPTION,
        extra: Option<Node> = EXTRA,
    }
}
