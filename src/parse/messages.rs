//! Messages about front matter and Markdown, one constructor each.

use crate::base::lang::Text;
use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::parse::markdown::Slip;
use crate::parse::markdown::pasted::Told;
use crate::source::Place;
use crate::value::kind::Kind;
use crate::yaml::messages::called;

/// The file does not begin with `---`.
pub fn front_matter_missing(place: Place, nearly: bool) -> Diagnostic {
    let page = place.path.as_str().starts_with("content/pages/");
    let diagnostic = error(
        "front-matter-missing",
        place,
        "文件开头没有稿件信息：第一行应当是三个英文减号“---”",
        "the file has no front matter: its first line must be “---”",
    );
    if nearly {
        diagnostic.help(
            "这一行看着像，但不是三个英文减号；删掉重新输入 ---",
            "this line looks like it, but is not three ASCII hyphens; retype it",
        )
    } else if page {
        diagnostic.help(
            "在最上面加三行：第一行 ---，第二行 title: 标题，第三行 ---",
            "begin with three lines: ---, then title: The title, then --- again",
        )
    } else {
        diagnostic.help(
            "在最上面加一行 ---，写上标题、日期、类型等，再加一行 ---；xianfeng new 会写好样子",
            "begin with a line ---, then title, date, kind …, then another line ---; `xianfeng new` writes it for you",
        )
    }
}

/// The closing fence is missing.
pub fn front_matter_unclosed(place: Place) -> Diagnostic {
    error(
        "front-matter-unclosed",
        place,
        "稿件信息从这里开始，但没有结束：缺少第二行“---”",
        "the front matter begins here and never ends: the second “---” is missing",
    )
    .help("在稿件信息和正文之间加一行 ---", "put a line --- between the front matter and the text")
}

/// The closing fence is there, but not in ASCII hyphens.
pub fn front_matter_fence(place: Place) -> Diagnostic {
    error(
        "front-matter-unclosed",
        place,
        "这一行应当是三个英文减号“---”，稿件信息才算结束",
        "this line should be three ASCII hyphens, so that the front matter ends",
    )
    .help("删掉这一行，重新输入 ---", "delete the line and type ---")
}

/// Keys below the front matter, which end with another `---`. Where they go on `straight` after the
/// front matter, a line `---` stands between its keys.
pub fn front_matter_second(place: Place, straight: bool) -> Diagnostic {
    let diagnostic = error(
        "front-matter-second",
        place,
        "稿件信息已经结束，这里又写了一段，会当成正文显示出来",
        "the front matter has ended, and here is more of it, which is shown as text",
    );
    match straight {
        true => diagnostic.help(
            "删掉这一行上面的 ---，把各项写在一起；重复的一段就整段删掉",
            "delete the line --- above, so that all keys stand together; delete what is there twice",
        ),
        false => diagnostic.help(
            "一个文件只写一篇稿件：把这一段和后面的正文移到另一个文件；不要就删掉",
            "a file is one story: move this and the text after it to another file, or delete it",
        ),
    }
}

/// A name that is more than one name.
fn names_in_one(place: Place, name: &str) -> Diagnostic {
    warning(
        "names-in-one",
        place,
        format!("“{name}”会当成一个人的姓名"),
        format!("“{name}” is taken for the name of one person"),
    )
}

/// A name with a unit beside it. `keys` are those of a name and a unit, as they are spelt there.
pub fn person_with_unit(
    place: Place,
    name: &str,
    (person, unit): (&str, &str),
    (of_name, of_unit): (&str, &str),
) -> Diagnostic {
    names_in_one(place, name).help(
        format!("单位要另写：{of_name}: {person}，{of_unit}: {unit}；确实是姓名的，给它加上英文双引号"),
        format!("give the unit a key of its own: {of_name}: {person}, {of_unit}: {unit}; put one name in double quotes"),
    )
}

/// The front matter is not `key: value` lines.
pub fn front_matter_no_map(place: Place) -> Diagnostic {
    error(
        "front-matter-format",
        place,
        "稿件信息应当一行一项，写成“键: 值”",
        "the front matter must be lines of “key: value”",
    )
    .help("例如：title: 标题文字", "for example: title: The title")
}

/// A required key that a story or page does not have. `kind` is that of the story, if not
/// every kind must have the key; `example` is a line that would do.
pub fn field_missing(
    place: Place,
    key: &str,
    zh: &str,
    kind: Option<Kind>,
    example: &Text,
) -> Diagnostic {
    let (of_zh, of_en) = match kind {
        Some(Kind::Branch) => ("支部稿件", "a branch story"),
        Some(Kind::Member) => ("党员稿件", "a member story"),
        Some(Kind::Case) => ("案例稿件", "a case"),
        _ => ("这个文件", "this file"),
    };
    error(
        "field-missing",
        place,
        format!("{of_zh}缺少{}", called(key, zh)),
        format!("{of_en} needs “{key}”"),
    )
    .help(format!("加一行：{}", example.zh), format!("add a line: {}", example.en))
}

/// A required key without a value. `example` is a line that has one.
pub fn field_empty(place: Place, key: &str, zh: &str, example: &Text) -> Diagnostic {
    error(
        "field-empty",
        place,
        format!("{}是空的，这一项必须填写", called(key, zh)),
        format!("“{key}” is empty, and it is required"),
    )
    .help(format!("例如：{}", example.zh), format!("for example: {}", example.en))
}

/// A story that expires before it is published.
pub fn expires_before_publishing(place: Place, (publish, expire): (&str, &str)) -> Diagnostic {
    error(
        "expires-before-publishing",
        place,
        "撤下时间早于发布时间，这篇稿件永远不会出现",
        "it expires before it is published, and would never be seen",
    )
    .help(format!("检查 {publish} 和 {expire}"), format!("check {publish} and {expire}"))
}

/// A name that seems to be those of several people.
pub fn people_in_one(place: Place, name: &str, parts: &[&str]) -> Diagnostic {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    let list = format!("[{}]", parts.join(", "));
    names_in_one(place, name).help(
        format!("几个人写成列表，用英文逗号加空格：{list}；确实是一个姓名的，给它加上英文双引号"),
        format!("write several people as a list: {list}; put one name in double quotes"),
    )
}

/// A description of a portrait, and no portrait.
pub fn portrait_missing(place: Place, key: &str) -> Diagnostic {
    note(
        "portrait-missing",
        place,
        "写了照片说明，没有写照片，这一项没有用上",
        "there is a description of the portrait, and no portrait",
    )
    .help(
        format!("加一行：{key}: 照片.jpg；不要照片就删掉这一项"),
        format!("add a line: {key}: portrait.jpg; or delete this one"),
    )
}

/// A portrait without a description.
pub fn portrait_alt_missing(place: Place, key: &str, is_there: bool) -> Diagnostic {
    let diagnostic = error(
        "portrait-alt-missing",
        place,
        "照片缺少文字说明，看不见图片的读者不知道它是什么",
        "the portrait has no description for readers who cannot see it",
    );
    describe(diagnostic, key, "照片里是谁、在哪里、做什么", is_there)
}

/// With what is to be written as a description: into the line of the key, if it is there and empty.
fn describe(diagnostic: Diagnostic, key: &str, zh: &str, is_there: bool) -> Diagnostic {
    match is_there {
        true => diagnostic.help(
            format!("在“{key}:”后面空一格，填上{zh}"),
            format!("write after “{key}:” and a space what the picture shows"),
        ),
        false => diagnostic.help(
            format!("加一行：{key}: {zh}"),
            format!("add a line: {key}: what the picture shows"),
        ),
    }
}

/// A correction without a day.
pub fn correction_undated(place: Place, key: &str, day: &str) -> Diagnostic {
    warning(
        "correction-undated",
        place,
        "写了更正，没有写是哪一天改的，读者看不到更正的日期",
        "there is a correction, and not the day on which it was made",
    )
    .help(format!("加一行：{key}: {day}（写改正的那一天）"), format!("add a line: {key}: {day}"))
}

/// Keys that do nothing on a page.
pub fn keys_unused(place: Place, keys: &[(&str, &str)]) -> Diagnostic {
    let zh: Vec<String> = keys.iter().map(|(name, zh)| format!("{name}（{zh}）")).collect();
    let en: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
    note(
        "key-unused",
        place,
        format!("单独的页面用不到这些项，写了也不会显示：{}", zh.join("、")),
        format!("these keys do nothing on a page: {}", en.join(", ")),
    )
    .help(
        "删掉它们；要用的话，把文件作为稿件放进 content/stories",
        "delete them; or make the file a story in content/stories",
    )
}

/// A key in a story that only a page has.
pub fn key_of_pages(place: Place, (name, chinese): (&str, &str)) -> Diagnostic {
    note(
        "key-unused",
        place,
        format!("{name}（{chinese}）只在单独的页面里有用，稿件里写了不起作用"),
        format!("`{name}` does nothing in a story, only on a page"),
    )
    .help(
        "删掉这一行；要用的话，把它写进 content/pages 里的文件",
        "delete it; or write it in a file of content/pages",
    )
}

/// A description of a cover that is not there.
pub fn cover_missing(place: Place, key: &str) -> Diagnostic {
    note(
        "cover-missing",
        place,
        "写了封面说明，没有写封面，这一项没有用上",
        "there is a description of the cover, and no cover",
    )
    .help(
        format!("加一行：{key}: 封面.jpg；不要封面就删掉这一项"),
        format!("add a line: {key}: cover.jpg; or delete this one"),
    )
}

/// A cover without a description.
pub fn cover_alt_missing(place: Place, key: &str, is_there: bool) -> Diagnostic {
    let diagnostic = error(
        "cover-alt-missing",
        place,
        "封面缺少文字说明，看不见图片的读者不知道它是什么",
        "the cover has no description for readers who cannot see it",
    );
    describe(diagnostic, key, "图片里是谁、在哪里、做什么", is_there)
}

/// Tags that are left out, while their text stays.
pub fn html_tags(place: Place, told: &Told) -> Diagnostic {
    let listed = |more: &str, times: fn(usize) -> String, separator: &str| {
        let one = |(name, _, count): &(String, _, usize)| match count {
            1 => format!("<{name}>"),
            _ => format!("<{name}>{}", times(*count)),
        };
        let names: Vec<String> = told.others.iter().map(one).collect();
        let more = if told.more > 0 { more } else { "" };
        format!("{}{more}", names.join(separator))
    };
    let zh = listed(" 等", |count| format!("（{count} 处）"), "、");
    let en = listed(", and others", |count| format!(" ({count} times)"), ", ");
    note(
        "html-tags",
        place,
        format!("网站不用这些 HTML 标签，已经去掉，里面的文字照常显示：{zh}"),
        format!("these HTML tags are not used here; they are left out and their text stays: {en}"),
    )
    .help(
        "字体、字号、颜色由网站统一；要强调就写 **文字**。不想再看到这条提示，把这些标签删掉",
        "the theme decides on fonts, sizes and colours; for emphasis write **words**. Delete the tags and this note goes",
    )
}

/// A tag that is left out with all that is in it; `closed` says whether it has its end tag.
pub fn html_content(place: Place, name: &str, closed: bool) -> Diagnostic {
    let diagnostic = match (closed, name) {
        (true, "base" | "embed" | "input" | "link" | "meta" | "source") => warning(
            "html-content",
            place,
            format!("<{name}> 在网站上不能用，已经去掉"),
            format!("<{name}> cannot be used here and is left out"),
        ),
        (true, _) => warning(
            "html-content",
            place,
            format!("<{name}> 在网站上不能用，连同它里面的内容都不会显示"),
            format!("<{name}> cannot be used here; it and what is in it are left out"),
        ),
        (false, _) => warning(
            "html-content",
            place,
            format!(
                "<{name}> 在网站上不能用，已经去掉；它没有结束标签 </{name}>，后面的内容会照常显示"
            ),
            format!(
                "<{name}> cannot be used here and is left out; it has no </{name}>, so what follows is shown"
            ),
        ),
    };
    match name {
        "iframe" | "embed" | "object" => diagnostic.help(
            "视频、地图、文件请写成链接：[观看视频](https://…)",
            "link to the video, map or file: [watch the video](https://…)",
        ),
        "video" | "audio" | "source" => diagnostic.help(
            "把文件放在稿件旁边，写成 ![说明](文件名.mp4)；别的网站上的，写成链接：[观看视频](https://…)",
            "put the file beside the story and write ![description](name.mp4); for one of another site, link to it: [watch the video](https://…)",
        ),
        "form" | "input" => diagnostic.help(
            "删掉它，要紧的文字另外写；要收集信息，写成链接：[填写问卷](https://…)",
            "delete it and write what matters elsewhere; to collect answers, link to a form: [take part](https://…)",
        ),
        "svg" | "math" => diagnostic.help(
            "把它存成图片文件，再写 ![说明](文件名.svg)",
            "save it as a picture and write ![description](name.svg)",
        ),
        _ => diagnostic.help("删掉它", "delete it"),
    }
}

/// Text that was not meant to be seen where it comes from.
pub fn html_hidden(place: Place, words: &str) -> Diagnostic {
    warning(
        "html-hidden",
        place,
        format!("这里带着隐藏的文字或批注，没有发布：“{words}”"),
        format!("hidden text or a comment came along and is not published: “{words}”"),
    )
    .help(
        "不要的，连同标签删掉；要发布的，把文字留下，标签删掉",
        "delete it with its tags; or keep the words and delete the tags, to publish it",
    )
}

/// A tag without the end tag that it needs.
pub fn html_unclosed(place: Place, name: &str) -> Diagnostic {
    warning(
        "html-unclosed",
        place,
        format!("<{name}> 没有对应的结束标签 </{name}>，不起作用"),
        format!("<{name}> has no end tag </{name}> and does nothing"),
    )
    .help(
        format!(
            "在它该结束的地方加上 </{name}>，和它在同一段、同一个列表项或同一个格子里；或者删掉它"
        ),
        format!(
            "add </{name}> where it is to end, in the same paragraph, item or cell; or delete it"
        ),
    )
}

/// Something that looks like a tag or comment of HTML, and is none.
pub fn raw_html(place: Place) -> Diagnostic {
    warning(
        "raw-html",
        place,
        "这里像是 HTML 标签或注释，但没有写完整，会原样显示成文字",
        "this looks like a tag or comment of HTML, but is not complete, and is shown as text",
    )
    .help(
        "补上结尾的 >（注释是 -->）或者删掉；想显示这段代码时，用反引号 ` 包起来",
        "end it with > (a comment with -->), or delete it; to show the code itself, put it between backticks",
    )
}

/// A story without a text.
pub fn body_empty(place: Place, draft: &str) -> Diagnostic {
    note("body-empty", place, "这篇稿件还没有正文", "this story has no text").help(
        format!("在第二行 --- 下面写正文；还没写好就加一行 {draft}: true"),
        format!("write it below the second ---, or add `{draft}: true` until it is ready"),
    )
}

/// What was meant as Markdown and is shown as it was typed.
/// `written` is what it marks.
pub fn markdown_slip(place: Place, slip: Slip, written: &str) -> Diagnostic {
    match slip {
        Slip::SpaceInAddress => link_space(place, written),
        Slip::SpaceBeforeAddress => warning(
            "link-apart",
            place,
            "方括号和圆括号之间有空格，这不是链接，会原样显示出来",
            "a space parts the words from the address, so this is not a link and is shown as typed",
        )
        .help("去掉空格：[文字](地址)", "take the space out: [words](address)"),
        Slip::WideBrackets => warning(
            "link-wide-brackets",
            place,
            "这里用了中文括号，不是链接，会原样显示出来",
            "these brackets are full-width, so this is not a link and is shown as typed",
        )
        .help("改用英文括号：[文字](文件名.md)", "use ASCII brackets: [words](file.md)"),
        Slip::HeadingSpace => warning(
            "heading-space",
            place,
            "井号后面少了一个空格，这不是小标题，会原样显示出来",
            "there is no space after the hashes, so this is not a heading",
        )
        .help("写成“## 小标题”", "write “## Heading”"),
        Slip::ReversedBrackets => warning(
            "link-reversed",
            place,
            "方括号和圆括号写反了，这不是链接，会原样显示出来",
            "the brackets are in the wrong order, so this is not a link and is shown as typed",
        )
        .help("写成 [文字](地址)", "write [words](address)"),
        Slip::OpenAddress => warning(
            "link-open",
            place,
            "地址后面少了一个括号，这不是链接，会原样显示出来",
            "the bracket after the address is missing, so this is not a link and is shown as typed",
        )
        .help("在地址后面加上 )", "put a ) after the address"),
        Slip::ItemSpace => warning(
            "list-space",
            place,
            "减号或加号后面少了一个空格，这不是列表，会原样显示出来",
            "there is no space after the sign, so this is not a list and is shown as typed",
        )
        .help("在每一行的符号后面加一个空格，例如“- 文字”", "put a space after the sign of each line, as in “- words”"),
        Slip::WideQuotation => warning(
            "quote-wide",
            place,
            "这里用了全角的大于号，不是引用，会原样显示出来",
            "this sign is full-width, so this is not a quotation and is shown as typed",
        )
        .help("改用英文的 >，后面空一格", "use an ASCII > and a space"),
        Slip::WideMark => warning(
            "picture-wide-mark",
            place,
            "这里用了中文叹号，图片会变成一个链接",
            "the exclamation mark is full-width, so the picture becomes a link",
        )
        .help("改用英文叹号：![说明](文件名)", "use the ASCII mark: ![description](file)"),
        Slip::HeadingWide => warning(
            "heading-space",
            place,
            "这里用了全角井号，不是小标题，会原样显示出来",
            "these hashes are full-width, so this is not a heading",
        )
        .help("改用英文井号，后面空一格：“## 小标题”", "use ASCII hashes and a space: “## Heading”"),
        Slip::HeadingEmpty => warning(
            "heading-empty",
            place,
            "井号后面没有文字，页面上会有一个空的小标题",
            "nothing follows the hashes: the page gets an empty heading",
        )
        .help("写上小标题，或者删掉这一行", "write the heading, or delete the line"),
        Slip::HeadingUnderlined => note(
            "heading-underlined",
            place,
            "下面紧接着一行减号或等号，这一段因此成了小标题",
            "a line of hyphens or equals signs follows, and makes this paragraph a heading",
        )
        .help(
            "想画一条线，就在线的上面空一行；想写小标题，用“## 小标题”",
            "for a line, put an empty line above it; for a heading, write “## Heading”",
        ),
        Slip::WideAsterisks => warning(
            "emphasis-wide",
            place,
            "这里用了全角星号，不会加粗，会原样显示出来",
            "these asterisks are full-width: they emphasise nothing and are shown as typed",
        )
        .help("改用英文星号：**文字**", "use ASCII asterisks: **words**"),
        Slip::TableCells => warning(
            "table-cells",
            place,
            "这一行的格子比表头多，多出来的一列没有表头",
            "this row has more cells than the header, so a column has no heading",
        )
        .help(
            "给表头补上这一列；格子里的竖线要写成 \\|",
            "add the column to the header; write a bar within a cell as \\|",
        ),
        Slip::NearlyTable => warning(
            "table-nearly",
            place,
            "这像是表格，但会原样显示",
            "this looks like a table, but is shown as typed",
        )
        .help(
            "每一行写成 | 甲 | 乙 |，表头下面加一行 |---|---|，中间不空行",
            "write each row as | a | b |, with a row |---|---| below the header and no empty lines between",
        ),
        Slip::TabbedRows => warning(
            "table-tabs",
            place,
            "这像是从 Excel 或 Word 粘贴的表格，格子之间只有空白，排不齐",
            "this looks like a table from a spreadsheet: its cells are parted by white space only",
        )
        .help(
            "每一行写成 | 甲 | 乙 |，表头下面加一行 |---|---|",
            "write each row as | a | b |, with a row |---|---| below the header",
        ),
        Slip::DefinitionUnused => warning(
            "definition-unused",
            place,
            "这一行是链接地址的定义，正文里没有用到它，读者看不到这一行",
            "this line defines an address that nothing refers to: readers do not see it",
        )
        .help(
            "想显示这一行，写成 [文字](地址)；想用它，在正文里写 [文字]",
            "to show it write [words](address); to use it write [words] in the text",
        ),
        Slip::DefinitionTwice => warning(
            "definition-twice",
            place,
            "这个链接地址前面已经定义过，这一行不起作用，读者看不到它",
            "this address was defined before: the line has no effect, and readers do not see it",
        )
        .help("删掉这一行，或者换一个名字", "delete the line, or use another name"),
        Slip::NoteUndefined => warning(
            "note-undefined",
            place,
            "没有这个脚注，会原样显示出来",
            "there is no such footnote, so this is shown as typed",
        )
        .help(
            format!("另起一段写脚注的内容，冒号用英文的，后面空一格：{written}: 内容"),
            format!("write the note as a paragraph of its own: {written}: text"),
        ),
        Slip::NoteTwice => warning(
            "note-twice",
            place,
            "这个脚注前面已经写过，两处内容会连在一起",
            "this footnote was written before: the two are shown as one",
        )
        .help("换一个编号", "give it another number"),
        Slip::NoteColon => warning(
            "note-colon",
            place,
            "脚注后面用了中文冒号，这不是脚注，会原样显示出来",
            "the colon is full-width, so this is not a footnote and is shown as typed",
        )
        .help(
            format!("改用英文冒号，后面空一格：{}: 内容", written.trim_end_matches('：')),
            format!("use an ASCII colon and a space: {}: text", written.trim_end_matches('：')),
        ),
        Slip::CodeUnclosed => warning(
            "code-unclosed",
            place,
            "从这里开始的代码块没有结束，后面的内容都成了代码",
            "the code block that begins here never ends: all that follows is code",
        )
        .help(
            "在代码后面加一行，写和这一行开头同样的符号；不是代码就删掉这一行",
            "close it with a line of the same signs; delete this line if it begins no code",
        ),
        Slip::CodeWords => warning(
            "code-words",
            place,
            "代码块开头的 ``` 后面只能写语言的名称，这里的文字读者看不到",
            "only the name of a language may follow the fence: readers do not see these words",
        )
        .help("把文字移到另一行", "move the words to another line"),
        Slip::ListNumbers => warning(
            "list-numbers",
            place,
            "列表的编号不连续，这一项在页面上会是另外的数",
            "the numbers of this list do not follow each other: the page shows another one here",
        )
        .help(
            "把编号改成连续的；要照写的数显示，在点前面加反斜杠：2\\. 文字",
            "number it in order; to keep a number as it is, write a backslash before the dot: 2\\. words",
        ),
        Slip::CalloutUnknown => warning(
            "callout-unknown",
            place,
            "没有这种提示框，方括号里的字会原样显示出来",
            "there is no such call-out, so the words in brackets are shown as typed",
        )
        .help(
            "可以写 [!NOTE] 说明、[!TIP] 提示、[!IMPORTANT] 重要、[!WARNING] 注意、[!CAUTION] 警告",
            "there are [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] and [!CAUTION]",
        ),
        Slip::Foreign => warning(
            "markdown-foreign",
            place,
            "这是别的软件的写法，这里不起作用，会原样显示出来",
            "this is the notation of another program: it has no effect and is shown as typed",
        )
        .help(
            "删掉它；提示框可以写成一行“> [!NOTE]”，下一行“> 内容”",
            "delete it; a call-out is a line “> [!NOTE]” and a line “> words”",
        ),
        Slip::Invisible => note(
            "invisible-character",
            place,
            "这里有一个看不见的字符，搜索和复制时会出错",
            "there is an invisible character here, which spoils searching and copying",
        )
        .help("删掉前后两个字，重新输入", "delete the characters on both sides and type them again"),
        Slip::Unshown => warning(
            "character-unshown",
            place,
            "这里有一个显示不出来的字符，读者看到的是空框：可能是乱码，也可能是没有带过来的图片、项目符号",
            "readers see an empty box for this character: it was garbled, or stood for a picture or bullet that did not come along",
        )
        .help(
            "对照原文补上；是项目符号的，改成“- ”",
            "put in what stands in the original; for a bullet, write “- ”",
        ),
        Slip::LooseAsterisks => warning(
            "emphasis-loose",
            place,
            "这里的 ** 没有配成一对，会原样显示出来",
            "these asterisks do not form a pair and are shown as typed",
        )
        .help(
            "加粗写成 **文字**，星号紧挨着文字，里面不留空格；要显示星号本身，写成 \\*\\*",
            "write **words**, without spaces inside; for the asterisks themselves write \\*\\*",
        ),
    }
}

/// `(a file.png)`, an address with a space that takes the meaning from the whole.
fn link_space(place: Place, written: &str) -> Diagnostic {
    let diagnostic = error(
        "link-space",
        place,
        "地址里有空格，这不是链接，会原样显示出来",
        "the address has a space, so this is not a link and is shown as typed",
    );
    let inside = written.trim_start_matches('(').trim_end_matches(')').trim();
    let (address, rest) = parted(inside);
    let in_angles = |address: &str| match address.contains(' ') {
        true => format!("<{address}>"),
        false => address.to_string(),
    };
    if let Some(title) = rest.strip_prefix(is_wide_quote).filter(|_| !address.is_empty()) {
        let title = title.trim_end_matches(is_wide_quote).replace('"', "\u{201D}");
        let right = format!("({} \"{title}\")", in_angles(address));
        return diagnostic.help(
            format!("地址后面的标题要用英文双引号：{right}；不需要标题就删掉"),
            format!("a title after the address has ASCII quotes: {right}; or delete it"),
        );
    }
    if rest.starts_with('=') && !address.is_empty() {
        let right = format!("({})", in_angles(address));
        return diagnostic.help(
            format!("这里不能写图片的大小，版面会自动安排：写成 {right}"),
            format!(
                "the size of a picture cannot be given here, the layout sees to it: write {right}"
            ),
        );
    }
    if inside.contains(['<', '>']) {
        return diagnostic
            .help("去掉地址里的空格和尖括号", "write the address without spaces, < and >");
    }
    diagnostic.help(
        format!("给地址加上尖括号：(<{inside}>)；或者把文件名里的空格去掉"),
        format!("put the address between < and >: (<{inside}>)"),
    )
}

/// An address, and what stands after it that was meant as a title or a size; it begins after a
/// space.
fn parted(inside: &str) -> (&str, &str) {
    let begins = |rest: &str| {
        let is_size = |size: &str| {
            let size =
                size.trim_end_matches(|c: char| c.is_ascii_alphabetic() && c != 'x' || c == '%');
            size.contains(|c: char| c.is_ascii_digit())
                && size
                    .chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X' | '*' | '×' | '%'))
        };
        rest.starts_with(is_wide_quote) || rest.strip_prefix('=').is_some_and(is_size)
    };
    let at =
        inside.match_indices(' ').map(|(at, _)| at).find(|&at| begins(inside[at..].trim_start()));
    at.map_or((inside, ""), |at| (inside[..at].trim_end(), inside[at..].trim()))
}

fn is_wide_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '＂' | '＇' | '《' | '》')
}
