//! A theme that loops over everything that its templates are given: every view, every map in
//! it, and maps that a template makes itself. tests/cli and tests/site build with it.

/// The templates of pages, and the values of their own that each one gets (see
/// themes/README.md).
const OWN: &[(&str, &[&str])] = &[
    ("accessibility.html", &[]),
    ("archive.html", &["years"]),
    ("archive_year.html", &["year"]),
    ("branch.html", &["branch", "list"]),
    ("branches.html", &["subjects"]),
    ("calendar.html", &["calendar"]),
    ("calendar_year.html", &["year"]),
    ("carrier.html", &["carrier", "list"]),
    ("carriers.html", &["carriers", "table"]),
    ("coverage.html", &["tables"]),
    ("cases.html", &["list"]),
    ("corrections.html", &["corrections"]),
    ("entity.html", &["entity", "kind", "list"]),
    ("feedback.html", &[]),
    ("focal_point.html", &["focal_point", "list"]),
    ("focal_points.html", &["focal_points"]),
    ("home.html", &["home"]),
    ("honour_roll.html", &["roll"]),
    ("index.html", &["entities", "kind"]),
    ("member.html", &["member", "list"]),
    ("members.html", &["subjects"]),
    ("news.html", &["list"]),
    ("not_found.html", &[]),
    ("page.html", &["content"]),
    ("search.html", &[]),
    ("series.html", &["series"]),
    ("sitemap.html", &[]),
    ("story.html", &["story"]),
    ("task.html", &["task", "list"]),
    ("tasks.html", &["tasks"]),
    ("topic.html", &["topic", "list"]),
    ("unit.html", &["unit", "list"]),
    ("units.html", &["units"]),
    ("work.html", &["work", "list"]),
    ("works.html", &["works"]),
];

/// Prints a value of any depth; a map by a loop over it, not by the engine's way of printing
/// one.
const COMPONENT: &str = "\
{% component loops(value) -%}
{% if value is map %}{
{%- for key, below in value %}{{ key }}: {{<loops value={below} />}}, {% endfor %}}
{%- elif value is array %}[{% for below in value %}{{<loops value={below} />}}, {% endfor %}]
{%- else %}{{ value }}{% endif -%}
{% endcomponent loops %}
";

/// What else a template can do with maps: those that it makes, and filters that read or make one.
const OTHERS: &str = r#"
{% for key, value in {"癸": 1, "子": 2, "d": 3, "壬": 4, "a": 5, "丑": 6, "c": 7, "辛": 8} %}{{ key }}{{ value }} {% endfor %}
{{ t | keys | join(sep=" ") }} {{ t | values | join(sep=" ") }} {% for pair in t | pairs %}{{ pair[0] }}{{ pair[1] }} {% endfor %}
{% set kinds = [{"k": "癸"}, {"k": "子"}, {"k": "d"}, {"k": "壬"}, {"k": 7}, {"k": true}, {"k": "丑"}, {"k": "癸"}] %}
{% for key, group in kinds | group_by(attribute="k") %}{{ key }} {{ group | length }} {% endfor %}
"#;

/// The files of the theme, below `templates/`.
pub fn looping_templates() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/xianfeng/templates");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_page = std::fs::read_to_string(&path).unwrap().contains("extends \"base.html\"");
        assert_eq!(is_page, OWN.iter().any(|(known, _)| *known == name), "{name}: list its values");
    }
    let looping = |names: &[&str]| {
        let each = names.iter().map(|name| format!("{name}: {{{{<loops value={{{name}}} />}}}}\n"));
        each.collect::<String>()
    };
    let mut files: Vec<(String, String)> = OWN
        .iter()
        .map(|(template, own)| {
            let names = [&["page", "site", "t", "head"], *own].concat();
            (template.to_string(), looping(&names) + OTHERS)
        })
        .collect();
    files.push(("item.html".into(), looping(&["story"])));
    files.push(("masthead.html".into(), looping(&["page", "site"])));
    files.push(("footer.html".into(), looping(&["page", "t"])));
    files.push(("loops.html".into(), COMPONENT.into()));
    files
}
