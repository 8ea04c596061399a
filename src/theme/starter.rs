//! What `theme new` writes: a small theme that builds, and says what each of its files is for.

/// The files of a new theme, by name below its folder. `THEME` stands for the theme's name.
pub const FILES: [(&str, &str); 5] = [
    ("theme.yaml", include_str!("starter/theme.yaml")),
    ("templates/item.html", include_str!("starter/item.html")),
    ("assets/custom.css", include_str!("starter/custom.css")),
    ("strings/zh-CN.yaml", include_str!("starter/zh-CN.yaml")),
    ("strings/en.yaml", include_str!("starter/en.yaml")),
];
