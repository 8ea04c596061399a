//! The bar that shows how far a command is. The home of indicatif.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Terminal;
use crate::base::lang::Text;
use crate::base::progress::Progress;
use crate::cli::Format;

/// Runs `work`, which tells of its progress, under a bar with these words before it: on a
/// terminal, not in a pipe. Short work ends before the bar would be drawn.
pub(super) fn with_bar<R>(
    terminal: &Terminal,
    (zh, en): (&str, &str),
    work: impl FnOnce(&(dyn Fn(Progress) + Sync)) -> R,
) -> R {
    let hidden = terminal.quiet || terminal.format == Format::Json || !io::stderr().is_terminal();
    if hidden {
        return work(&|_| ());
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    let template = "{prefix} {bar:30} {pos}/{len} {eta}";
    bar.set_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    // Each part of the work is counted by itself.
    let begin = |zh: &str, en: &str, total: usize| {
        let words = Text { zh: zh.into(), en: en.into() };
        bar.set_prefix(words.get(terminal.lang()).to_string());
        bar.set_length(total as u64);
        bar.reset();
    };
    let done = work(&|step| match step {
        Progress::Pictures(total) => begin("处理图片", "pictures", total),
        Progress::Total(total) => begin(zh, en, total),
        Progress::Waiting => {
            begin(
                "看上一次部署是不是还在进行（约 20 秒）",
                "is another deploy at work? (20 s)",
                20,
            );
            bar.tick();
        }
        Progress::Bytes(total) => {
            begin(zh, en, 0);
            bar.set_length(total);
            let template = "{prefix} {bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
        }
        Progress::Sent(bytes) => bar.inc(bytes),
        Progress::Done => bar.inc(1),
    });
    bar.finish_and_clear();
    done
}
