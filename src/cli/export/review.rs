//! `export review`.

use std::sync::Arc;

use crate::base::lang::Text;
use crate::cli::given::Given;
use crate::cli::table::{CommandSpec, Values, bilingual, option, required};
use crate::cli::{Command, values};
use crate::export::review::Review;

pub(in crate::cli) const REVIEW: CommandSpec = CommandSpec {
    name: "export review",
    positionals: &[required(bilingual("稿件", "STORY"), Values::File)],
    options: &[&[
        option(
            "--output-file",
            bilingual(
                "送审稿放在哪里（默认网站文件夹里的 送审-稿件名.html）",
                "File to write (default: review-NAME.html in the project folder)",
            ),
        )
        .letter('o')
        .value(bilingual("文件", "FILE"), Values::File),
        option(
            "--now",
            bilingual(
                "送审的时间，例如 2026-03-18（默认是现在）",
                "Time of the review, such as 2026-03-18 (default: now)",
            ),
        )
        .value(bilingual("时间", "TIME"), Values::Text),
    ]],
    summary: bilingual(
        "把一篇稿件（草稿也行）做成一个文件，送领导审阅、签字",
        "Write one story, drafts too, as one file to be looked at and signed",
    ),
    description: bilingual(
        "把一篇稿件做成一个网页文件：图片都在里面，发微信、发邮件、拷 U 盘都能打开，也可以打印。\n\
         页面上有“送审稿”字样、版本号和签字栏；稿件改了，版本号就变。",
        "Writes one story as one page with its pictures inside, which opens anywhere and prints well. \
         It is marked as a draft for review, with a version that changes with the text, and lines for opinions and signatures.",
    ),
    examples: &[bilingual(
        "xianfeng export review content/stories/2026/lin-xiao-man.md",
        "xianfeng export review content/stories/2026/lin-xiao-man.md",
    )],
    read: |given| Ok(Command::Export(Arc::new(read(given)?))),
};

fn read(given: &Given) -> Result<Review, Text> {
    let output = given.path("--output-file")?;
    if let Some(file) = &output {
        values::ending_known(file, &["html", "htm"])?;
    }
    Ok(Review {
        story: given.words[0].to_string_lossy().into_owned(),
        output,
        now: given.value("--now", values::moment)?,
    })
}
