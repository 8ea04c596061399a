//! What designers know from other template languages, and how it is written here.

use crate::base::lang::Text;

/// Names that mean the same, and what to write in Chinese and in English.
type Entry = (&'static [&'static str], &'static str, &'static str);

/// Filters of Jinja2, Django, Liquid, Nunjucks, Twig and Go.
const FILTERS: [Entry; 30] = [
    (&["count", "size", "len"], "写成 | length", "write | length"),
    (&["upcase", "uppercase"], "写成 | upper", "write | upper"),
    (&["downcase", "lowercase"], "写成 | lower", "write | lower"),
    (
        &[
            "date",
            "time",
            "strftime",
            "date_format",
            "dateformat",
            "format_date",
            "time_tag",
            "date_to_string",
        ],
        "日期已经写好了：{{ story.date.text }} 给人看，{{ story.date.datetime }} 写进 <time>；year、month、day、mm、dd、weekday 是它的各部分",
        "dates are ready: {{ story.date.text }} for people, {{ story.date.datetime }} for <time>; year, month, day, mm, dd and weekday are its parts",
    ),
    (
        &["strip_html", "striptags", "plainify", "strip_tags"],
        "除了 body、items 这些网页内容，文字里没有标签，直接显示就行；摘要用 {{ story.summary }}",
        "but for HTML such as `body`, texts have no tags, so print them as they are; {{ story.summary }} is an excerpt",
    ),
    (
        &["raw", "safehtml", "html_safe", "unescape", "htmlunescape", "autoescape"],
        "正文和列表直接显示就行，例如 {{ story.body }}",
        "bodies and lists are printed as they are, as in {{ story.body }}",
    ),
    (
        &["h", "e", "force_escape", "htmlescape"],
        "文字显示时自动转义，不用再写",
        "what is printed is escaped by itself: leave it out",
    ),
    (
        &["slice", "limit", "take", "offset"],
        "写成方括号，例如 {{ a[0:3] }}、{% for x in a[0:3] %}",
        "write brackets, as in {% for x in a[0:3] %}",
    ),
    (&["map", "pluck", "collect"], "写成 [x.name for x in a]", "write [x.name for x in a]"),
    (
        &["where", "filter", "select", "selectattr", "find", "reject", "rejectattr", "where_exp"],
        "写成 [x for x in a if x.kind == \"news\"]，或者在 for 里面用 {% if … %}",
        "write [x for x in a if x.kind == \"news\"], or {% if … %} inside the loop",
    ),
    (
        &[
            "tojson",
            "to_json",
            "json_encode",
            "jsonify",
            "dump",
            "escapejs",
            "addslashes",
            "json_script",
        ],
        "写成 | json",
        "write | json",
    ),
    (
        &[
            "urlencode",
            "url_encode",
            "urlize",
            "cgi_escape",
            "uri_escape",
            "slugify",
            "urlquery",
            "url_escape",
        ],
        "网址不用再处理：用各项自己的 url，例如 {{ story.url }}",
        "addresses need nothing more: each item has its url, as in {{ story.url }}",
    ),
    (
        &["nl2br", "newline_to_br", "linebreaks", "linebreaksbr"],
        "写成 | newlines_to_br",
        "write | newlines_to_br",
    ),
    (
        &["append", "prepend", "concat"],
        "用 ~ 连接，例如 {{ a ~ \"…\" }}",
        "join with ~, as in {{ a ~ \"…\" }}",
    ),
    (&["strip", "chomp"], "写成 | trim", "write | trim"),
    (&["lstrip", "trim_left"], "写成 | trim_start", "write | trim_start"),
    (&["rstrip", "trim_right"], "写成 | trim_end", "write | trim_end"),
    (
        &[
            "plus",
            "add",
            "minus",
            "sub",
            "times",
            "mul",
            "divided_by",
            "div",
            "divisibleby",
            "modulo",
            "mod",
        ],
        "直接算：{{ a + 1 }}、{{ a - 1 }}、{{ a * 2 }}、{{ a / 2 }}、{{ a % 2 }}",
        "calculate: {{ a + 1 }}, {{ a - 1 }}, {{ a * 2 }}, {{ a / 2 }}, {{ a % 2 }}",
    ),
    (
        &[
            "truncatewords",
            "truncatechars",
            "truncate_html",
            "truncate_words",
            "ellipsis",
            "excerpt",
        ],
        "写成 | truncate(length=40)",
        "write | truncate(length=40)",
    ),
    (
        &[
            "absolute_url",
            "relative_url",
            "abs_url",
            "asset_url",
            "static",
            "asset",
            "fingerprint",
            "relurl",
            "absurl",
        ],
        "网站里的地址写成 {{ site.root }}news/ 这样，资源写成 {{ site.assets[\"名称\"] }}",
        "write addresses of the site as {{ site.root }}news/, and assets as {{ site.assets[\"NAME\"] }}",
    ),
    (
        &["sort_by", "sort_natural", "dictsort", "sortby"],
        "写成 | sort(attribute=\"…\")",
        "write | sort(attribute=\"…\")",
    ),
    (&["uniq", "distinct"], "写成 | unique", "write | unique"),
    (
        &["groupby", "regroup"],
        "写成 | group_by(attribute=\"…\")",
        "write | group_by(attribute=\"…\")",
    ),
    (&["capfirst", "ucfirst"], "写成 | capitalize", "write | capitalize"),
    (&["titlecase", "title_case", "titleize"], "写成 | title", "write | title"),
    (
        &["floor", "ceil", "floatformat", "number_format", "intcomma"],
        "写成 | round、| round(method=\"floor\") 或者 | round(precision=1)",
        "write | round, | round(method=\"floor\") or | round(precision=1)",
    ),
    (
        &["default_if_none", "fallback", "d", "coalesce"],
        "写成 | default(value=\"…\")",
        "write | default(value=\"…\")",
    ),
    (
        &["t", "trans", "translate", "i18n", "gettext", "_"],
        "主题的文字写成 {{ t.home }} 这样，写在 strings 里",
        "words of the theme are written {{ t.home }}, and stand in strings/",
    ),
    (
        &["markdown", "markdownify", "md"],
        "正文已经是网页内容：{{ story.body }}",
        "bodies are HTML already: {{ story.body }}",
    ),
    (
        &["random", "shuffle", "sample"],
        "网页每次生成都一样，没有随机；取第一项用 | first",
        "every build gives the same pages, so there is no chance; | first takes the first",
    ),
];

/// Tests.
const TESTS: [Entry; 7] = [
    (&["empty", "blank", "falsy"], "写成 {% if not a %}", "write {% if not a %}"),
    (&["present", "truthy", "true"], "写成 {% if a %}", "write {% if a %}"),
    (&["null", "nil", "undef"], "写成 is none", "write is none"),
    (
        &["eq", "equalto", "equal", "sameas", "ne", "lt", "gt", "le", "ge", "same"],
        "直接比较：{% if a == b %}、{% if a != b %}、{% if a < b %}",
        "compare: {% if a == b %}, {% if a != b %}, {% if a < b %}",
    ),
    (&["in", "contains", "includes"], "写成 {% if a in b %}", "write {% if a in b %}"),
    (
        &["startswith", "starting"],
        "写成 is starting_with(pat=\"…\")",
        "write is starting_with(pat=\"…\")",
    ),
    (&["endswith", "ending"], "写成 is ending_with(pat=\"…\")", "write is ending_with(pat=\"…\")"),
];

/// Functions.
const FUNCTIONS: [Entry; 6] = [
    (
        &["url_for", "get_url", "url", "asset", "static", "asset_url", "path", "relurl", "absurl"],
        "网站里的地址写成 {{ site.root }}news/ 这样，资源写成 {{ site.assets[\"名称\"] }}",
        "write addresses of the site as {{ site.root }}news/, and assets as {{ site.assets[\"NAME\"] }}",
    ),
    (
        &["now", "date", "today"],
        "网页只由内容决定，没有“现在”；有日期的内容见 xianfeng theme docs",
        "pages depend on the content alone, and know no “now”; `xianfeng theme docs` says what has a date",
    ),
    (
        &["include", "partial", "render", "template"],
        "写成 {% include \"item.html\" %}",
        "write {% include \"item.html\" %}",
    ),
    (
        &["trans", "gettext", "t", "_", "translate", "i18n"],
        "主题的文字写成 {{ t.home }} 这样，写在 strings 里",
        "words of the theme are written {{ t.home }}, and stand in strings/",
    ),
    (&["len", "length", "count"], "写成 a | length", "write a | length"),
    (&["dict", "list", "namespace"], "写成 {\"a\": 1} 或者 [1, 2]", "write {\"a\": 1} or [1, 2]"),
];

/// Tags.
const TAGS: [Entry; 16] = [
    (&["else if", "elseif", "elsif", "elsif:", "elif:"], "写成 {% elif … %}", "write {% elif … %}"),
    (&["unless"], "写成 {% if not … %} 和 {% endif %}", "write {% if not … %} and {% endif %}"),
    (&["endunless", "fi"], "写成 {% endif %}", "write {% endif %}"),
    (&["assign", "let", "var", "do"], "写成 {% set a = … %}", "write {% set a = … %}"),
    (&["capture"], "写成 {% set a %} 和 {% endset %}", "write {% set a %} and {% endset %}"),
    (&["endcapture"], "写成 {% endset %}", "write {% endset %}"),
    (
        &["end"],
        "写清楚结束的是什么：{% endif %}、{% endfor %}、{% endblock %}",
        "say what ends: {% endif %}, {% endfor %}, {% endblock %}",
    ),
    (
        &["foreach", "range", "each"],
        "写成 {% for x in a %} 和 {% endfor %}",
        "write {% for x in a %} and {% endfor %}",
    ),
    (&["endforeach", "done"], "写成 {% endfor %}", "write {% endfor %}"),
    (
        &["empty"],
        "写成 {% else %}：for 里没有内容时显示它",
        "write {% else %}: it is shown if there is nothing to go through",
    ),
    (
        &["case", "switch", "when", "default", "endcase", "endswitch"],
        "写成 {% if a == 1 %}、{% elif a == 2 %}、{% else %}、{% endif %}",
        "write {% if a == 1 %}, {% elif a == 2 %}, {% else %} and {% endif %}",
    ),
    (&["comment", "endcomment", "#"], "注释写成 {# … #}", "comments are written {# … #}"),
    (
        &["macro", "endmacro", "import", "from", "call", "define"],
        "反复用的一段写成 {% component name(a) %} 和 {% endcomponent %}，用的时候写 {{ <name a=\"…\" /> }}",
        "what is used again is {% component name(a) %} with {% endcomponent %}, and is called {{ <name a=\"…\" /> }}",
    ),
    (
        &["with", "endwith"],
        "在前面写 {% set a = … %}；include 的模板看得见它",
        "write {% set a = … %} before; a template that is included sees it",
    ),
    (
        &["render", "partial", "template", "embed", "include_cached", "include_relative"],
        "写成 {% include \"item.html\" %}",
        "write {% include \"item.html\" %}",
    ),
    (
        &["layout", "extend", "inherit"],
        "写成 {% extends \"base.html\" %}",
        "write {% extends \"base.html\" %}",
    ),
];

fn find(entries: &[Entry], name: &str) -> Option<Text> {
    let name = name.to_lowercase();
    let entry = entries.iter().find(|(names, ..)| names.contains(&name.as_str()))?;
    Some(Text { zh: entry.1.into(), en: entry.2.into() })
}

/// What to write in place of a filter of another language.
pub(super) fn filter(name: &str) -> Option<Text> {
    find(&FILTERS, name)
}

/// What to write in place of a test of another language.
pub(super) fn test(name: &str) -> Option<Text> {
    find(&TESTS, name)
}

/// What to write in place of a function of another language.
pub(super) fn function(name: &str) -> Option<Text> {
    find(&FUNCTIONS, name)
}

/// What to write in place of a tag of another language.
pub(super) fn tag(name: &str) -> Option<Text> {
    find(&TAGS, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::filters;

    #[test]
    fn what_is_here_is_not_foreign() {
        let here = |names: &[&str], entries: &[Entry]| {
            names.iter().filter(|name| find(entries, name).is_some()).count()
        };
        assert_eq!(here(&filters::names(), &FILTERS), 0);
        assert_eq!(here(&filters::TESTS, &TESTS), 0);
    }
}
