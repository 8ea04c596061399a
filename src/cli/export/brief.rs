//! `export brief`.

use std::sync::Arc;

use super::{DRAFTS, NOW};
use crate::base::lang::Text;
use crate::cli::complaints::both;
use crate::cli::given::Given;
use crate::cli::table::{CommandSpec, Values, bilingual, option, optional};
use crate::cli::{Command, selection, values};
use crate::export::brief::{Brief, Form};

pub(in crate::cli) const BRIEF: CommandSpec = CommandSpec {
    name: "export brief",
    positionals: &[optional(bilingual("稿件", "STORY"), Values::File).many()],
    options: &[
        &[
            option(
                "--number",
                bilingual(
                    "第几期（默认接着这一年的上一期）",
                    "Number of the issue (default: the one after the last of the year)",
                ),
            )
            .value(bilingual("期号", "N"), Values::Text),
            option(
                "--output-file",
                bilingual(
                    "放在哪里：.html 是可以打印的网页（默认），.docx 是 Word，没有扩展名的文件夹是公众号稿",
                    "Where to: .html is a page to print (the default), .docx is Word, a folder is for WeChat",
                ),
            )
            .letter('o')
            .value(bilingual("文件", "FILE"), Values::File),
            option(
                "--summaries",
                bilingual("只收摘要，不收全文", "Only summaries of the stories"),
            ),
            option(
                "--note",
                bilingual(
                    "这一期的按语，代替 site.yaml 里的；写空的就不要按语",
                    "Note of this issue, in place of that in site.yaml; an empty one for none",
                ),
            )
            .value(bilingual("按语", "TEXT"), Values::Text),
        ],
        selection::OPTIONS,
        &[
            DRAFTS,
            option(
                "--force",
                bilingual(
                    "重做已经出过的一期，换成这次的稿件",
                    "Make an issue anew, with these stories in place of its own",
                ),
            ),
            NOW,
        ],
    ],
    summary: bilingual(
        "编一期简报：版头、按语、稿件、报送单位",
        "Make an issue of a bulletin: head, note, stories, and to whom it goes",
    ),
    description: bilingual(
        "编一期简报，可以打印、存成 Word，或者发公众号。名称、编印单位、按语、报送和发送单位写在 site.yaml 的 brief（简报）里。\n\
         期号每年从 1 开始，记在 content/brief-ledger.yaml 里；送审时加 --drafts，就不记。",
        "Makes an issue of a bulletin, to print, for Word or for WeChat. Its head and foot are below `brief` in site.yaml. \
         Numbers begin with 1 each year and are remembered in content/brief-ledger.yaml, but not with --drafts.",
    ),
    examples: &[
        bilingual(
            "xianfeng export brief lin-xiao-man qi-dong --number 12 -o 简报12.docx",
            "xianfeng export brief lin-xiao-man qi-dong --number 12 -o brief-12.docx",
        ),
        bilingual(
            "xianfeng export brief --year 2026 --focal-point 抓好民生 --summaries",
            "xianfeng export brief --year 2026 --focal-point livelihood --summaries",
        ),
    ],
    read: |given| Ok(Command::Export(Arc::new(read(given)?))),
};

fn read(given: &Given) -> Result<Brief, Text> {
    let output = given.path("--output-file")?;
    let form = output.as_deref().map_or(Some(Form::Html), Form::of);
    let Some(form) = form else {
        let file = output.unwrap_or_default();
        values::ending_known(&file, &["html", "docx"])?;
        return Err(both("-o 后面不是文件名", "-o takes the name of a file"));
    };
    let stories: Vec<String> =
        given.words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let selection = selection::read(given)?;
    let note = given.value("--note", |text| Ok(text.to_string()))?;
    let number = given.value("--number", number)?;
    let (is_short, drafts) = (given.has("--summaries"), given.has("--drafts"));
    let (force, now) = (given.has("--force"), given.value("--now", values::moment)?);
    match (stories.is_empty(), selection != Default::default()) {
        (true, false) => Err(both(
            "没有说收哪些稿件：写出稿件的文件，或者用 --year、--kind、--focal-point 选",
            "no story is named: name their files, or choose by --year, --kind or --focal-point",
        )),
        (false, true) => Err(both(
            "写了稿件，就不用 --year、--kind、--focal-point 选",
            "either name stories, or choose by --year, --kind or --focal-point",
        )),
        _ => Ok(Brief {
            number,
            stories,
            selection,
            note,
            is_short,
            output,
            form,
            drafts,
            force,
            now,
        }),
    }
}

fn number(text: &str) -> Result<u32, Text> {
    let plain = text.trim().trim_start_matches('第').trim_end_matches('期');
    plain.parse().ok().filter(|n| (1..=9999).contains(n)).ok_or_else(|| {
        both(
            format!("--number 后面应当是期号，例如 12，不是“{text}”"),
            format!("--number takes a number such as 12, not “{text}”"),
        )
    })
}
