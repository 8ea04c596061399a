//! The colours and numbers that a site chose among the options of its theme, as a style sheet of custom
//! properties: an inline style would be refused by a strict Content-Security-Policy.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Artifact, Output, Promise, may_be_address};
use crate::base::lang::bilingual;
use crate::model::Site;
use crate::plan::{Claim, Claims, asset_address};

/// The style sheet. Templates find its address as `site.options_css`.
pub static OPTIONS: Output = Output {
    claims: |site, _| {
        let claim = css(site).map(|_| Claim::file(asset_address(NAME), 0));
        Claims { addresses: claim.into_iter().collect(), ..Claims::default() }
    },
    make: |material, _| Ok(Artifact::Bytes(css(material.site()).unwrap_or_default().into_bytes())),
    told: Some(|views, _| {
        let address = css(views.site())
            .map(|css| json!(views.url_of_bytes(&asset_address(NAME), css.as_bytes())));
        ("options_css", address.unwrap_or(Value::Null))
    }),
    promised: Some(Promise {
        name: "options_css",
        shape: may_be_address,
        about: bilingual(
            "主题选项里的颜色和数字，一个样式表的网址：选项 `accent` 是 `--option-accent`",
            "the address of a style sheet with the colours and numbers among the options: the option `accent` is `--option-accent`",
        ),
    }),
    ..Output::PLAIN
};

const NAME: &str = "options.css";

/// A custom property for each colour and number; `None` if there is none.
fn css(site: &Site) -> Option<String> {
    let mut lines = String::new();
    for option in &site.options {
        // In a name for CSS, letters that it has to escape are none.
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if let Some(value) = option.css().filter(|_| option.name.chars().all(is_name)) {
            let _ = writeln!(lines, "  --option-{}: {value};", option.name);
        }
    }
    (!lines.is_empty()).then(|| format!("/* generator: xianfeng */\n:root {{\n{lines}}}\n"))
}
