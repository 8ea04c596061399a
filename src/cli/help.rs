//! What `--help` says.

use crate::diagnostic::Lang;

/// The help of a command, or of the program.
pub fn help(topic: Option<&str>, lang: Lang) -> &'static str {
    match (topic, lang) {
        (Some("init"), Lang::Zh) => INIT_ZH,
        (Some("init"), Lang::En) => INIT_EN,
        (Some("new"), Lang::Zh) => NEW_ZH,
        (Some("new"), Lang::En) => NEW_EN,
        (Some("build"), Lang::Zh) => BUILD_ZH,
        (Some("build"), Lang::En) => BUILD_EN,
        (Some("check"), Lang::Zh) => CHECK_ZH,
        (Some("check"), Lang::En) => CHECK_EN,
        (Some("archive"), Lang::Zh) => ARCHIVE_ZH,
        (Some("archive"), Lang::En) => ARCHIVE_EN,
        (Some("serve"), Lang::Zh) => SERVE_ZH,
        (Some("serve"), Lang::En) => SERVE_EN,
        (Some("book"), Lang::Zh) => BOOK_ZH,
        (Some("book"), Lang::En) => BOOK_EN,
        (Some("schema"), Lang::Zh) => SCHEMA_ZH,
        (Some("schema"), Lang::En) => SCHEMA_EN,
        (_, Lang::Zh) => MAIN_ZH,
        (_, Lang::En) => MAIN_EN,
    }
}

const MAIN_ZH: &str = "\
先锋：把 Markdown 稿件生成创先争优专栏网站

用法：xianfeng [-r 文件夹] 命令

命令：
  init [文件夹]     新建一个网站，带三篇示例稿件，马上可以生成
  new 类型 标题     新建一篇稿件：branch 支部、member 党员、news 动态
  build             生成网站，放在 public 文件夹
  check             检查所有稿件，不生成网站
  serve             在浏览器里预览，改了稿件马上看到
  book              把稿件编成电子书（EPUB），或编成一个可以打印的网页
  archive           给典型事迹编档号，做成移交档案室的归档包；也检查、比较归档包
  schema [文件]     各个文件可以写什么，给编辑器用（JSON Schema）
  help [命令]       显示某个命令的说明

各命令通用：
  -r, --root 文件夹      网站所在的文件夹（默认是当前文件夹）
      --lang zh|en       消息用中文或英文（默认跟随系统）
      --format human|json  错误和警告的格式（默认 human）
  -q, --quiet            不显示结果摘要
  -v, --verbose          显示所有提示
  -h, --help             显示说明
  -V, --version          显示版本

退出码：0 完成；1 稿件或主题有错误，或文件读写失败；2 命令写错；3 用了 --strict 且有警告
";

const MAIN_EN: &str = "\
xianfeng: a campaign's stories in Markdown become a site

Usage: xianfeng [-r ROOT] COMMAND

Commands:
  init [DIR]        write a campaign that builds at once
  new KIND TITLE    write a story to fill in: branch, member or news
  build             build the site into public/
  check             complain of everything that is wrong; write nothing
  serve             show the site in a browser while you write
  book              bind stories into an e-book, or into one page to print
  archive           number the typical cases and write a bag for the archive; verify, diff
  schema [FILE]     what each file may say, as JSON Schema for editors
  help [COMMAND]    explain a command

Common options:
  -r, --root ROOT        the project folder (default: this folder)
      --lang zh|en       the language of messages (default: the system's)
      --format human|json  the shape of diagnostics (default: human)
  -q, --quiet            no summary
  -v, --verbose          every note and warning
  -h, --help             this text
  -V, --version          the version

Exit codes: 0 done; 1 the content or theme has errors, or a file could not be read or
written; 2 the command line is wrong; 3 warnings under --strict
";

const SCHEMA_ZH: &str = "\
用法：xianfeng schema [文件] [选项]

显示一种文件可以写什么（JSON Schema），编辑器用它来提示和检查；键可以是中文，也可以是英文。
文件：story 稿件、page 页面、site 网站设置、focal-points 着力点、units 单位、carriers 载体；不写就列出这些。

选项：
      --campaign   加上这个网站自己的单位、载体和着力点的名称

例如：xianfeng schema units > units.schema.json
";

const SCHEMA_EN: &str = "\
Usage: xianfeng schema [FILE] [OPTIONS]

Writes what a kind of file may say, as JSON Schema for editors, with keys in both languages.
FILE is story, page, site, focal-points, units or carriers; without it, they are listed.

Options:
      --campaign   with the names of the campaign's own units, carriers and focal points

For example: xianfeng schema units > units.schema.json
";

const INIT_ZH: &str = "\
用法：xianfeng init [文件夹]

新建一个网站：设置、单位名录、载体、两个页面和三篇示例稿件。
文件夹不写就是当前文件夹；已有 content 文件夹时什么也不做。
";

const INIT_EN: &str = "\
Usage: xianfeng init [DIR]

Writes a new campaign: settings, units, carriers, two pages and three sample stories.
DIR is this folder where it is not given; where it has a content folder, nothing is done.
";

const NEW_ZH: &str = "\
用法：xianfeng new 类型 标题

在 content/stories/年份/ 里新建一篇稿件，各项都写好了说明，照着填就行。
类型：branch 或 支部、member 或 党员、news 或 动态。

例如：xianfeng new member 林小满的一天
";

const NEW_EN: &str = "\
Usage: xianfeng new KIND TITLE

Writes a story to content/stories/YEAR/, with every key it may need, explained in Chinese.
KIND is branch (支部), member (党员) or news (动态).

For example: xianfeng new member 林小满的一天
";

const BUILD_ZH: &str = "\
用法：xianfeng build [选项]

生成网站。稿件有错误时什么也不改，原来的网站还在。

选项：
  -o, --output-dir 文件夹   网站放在哪里（默认网站文件夹里的 public）
  -u, --base-url 地址       网站将来的地址，代替 site.yaml 里的 base_url
      --drafts              草稿和未到发布时间的稿件也生成
      --now 时间            按这个时间判断发布和撤下，例如 2026-03-18
      --strict              有警告时退出码为 3
      --relative            链接都用相对路径：双击 public/index.html 就能看
      --force               使用不是本程序生成的非空文件夹（原有文件不动）
      --verify              逐个核对已生成的文件内容（平时只看大小和时间）
      --timings             显示各阶段、各模板的用时（加 --format json 得一行 JSON）
  -j, --jobs 数字           同时用几个线程（默认每个核一个）
";

const BUILD_EN: &str = "\
Usage: xianfeng build [OPTIONS]

Builds the site. Where the content has errors nothing is changed and the old site stays.

Options:
  -o, --output-dir DIR   where the site goes, from the project folder (default: public)
  -u, --base-url URL     where it will be published, in place of base_url in site.yaml
      --drafts           with drafts and stories that are not published yet
      --now TIME         the time for publish_at and expire_at, as in 2026-03-18
      --strict           exit with 3 where there are warnings
      --relative         relative links: open public/index.html by double-click
      --force            use a folder that is not empty and not ours (its files stay)
      --verify           compare what is there by content, not by size and time
      --timings          show how long each stage and each template took (with
                         --format json: one line of JSON)
  -j, --jobs N           so many threads (default: one for each core)
";

const CHECK_ZH: &str = "\
用法：xianfeng check [选项]

像 build 一样检查全部稿件和主题，再多看几项：长期没有更新的着力点、正文里的手机号码。
什么也不写。选项与 build 相同。
";

const CHECK_EN: &str = "\
Usage: xianfeng check [OPTIONS]

Complains of everything that build would complain of, and of more: focal points without a
story for long, phone numbers in the text. Writes nothing. Takes the options of build.
";

const ARCHIVE_ZH: &str = "\
用法：xianfeng archive [选项]               做一个归档包
      xianfeng archive verify 归档包        检查归档包：少了、改了、多了什么
      xianfeng archive diff 旧包 新包       两个归档包之间，新增、修改、撤下了哪些

给支部和党员事迹编档号，连同原文、图片、著录信息和整个网站，做成 BagIt 归档包。
site.yaml 的 archive 里要写全宗号和机构代码；编过的档号记在 content/archive-ledger.yaml，不会再变。

做归档包的选项：
  -o, --output-dir 文件夹   归档包放在哪里（默认 archive/全宗号-门类-日期）
      --year 2025,2026      只要这些年份的
      --kind 类型           默认 branch,member（支部、党员）；动态是 news
      --focal-point 着力点  只要这些着力点的
      --now 时间            打包日期，例如 2026-12-01（默认是现在）
      --dry-run             只显示会编哪些档号，什么也不写
      --force               代替已有的归档包
      --strict              有警告时退出码为 3
  -j, --jobs 数字           同时用几个线程（默认每个核一个）

verify 也用 --strict 和 --jobs。
diff 的选项：
      --csv 文件            差别另存为 CSV 表格；文件已经有了时要加 --force
";

const ARCHIVE_EN: &str = "\
Usage: xianfeng archive [OPTIONS]           write a bag
       xianfeng archive verify BAG          say what is missing, changed or extra in a bag
       xianfeng archive diff OLD NEW        say what was added, changed, withdrawn between two

Numbers the stories of branches and members, and writes them with their pictures, records and
the whole site as a BagIt bag. `archive` in site.yaml must give the fonds and the department;
numbers that were given are kept in content/archive-ledger.yaml and never change.

Options for writing a bag:
  -o, --output-dir DIR    where the bag goes (default: archive/FONDS-CATEGORY-DATE)
      --year 2025,2026    only stories of these years
      --kind KINDS        default: branch,member; there is also news
      --focal-point SLUG  only stories of these focal points
      --now TIME          the bagging date, as in 2026-12-01 (default: now)
      --dry-run           only show what would be numbered; write nothing
      --force             take the place of a bag that is there
      --strict            exit with 3 where there are warnings
  -j, --jobs N            so many threads (default: one for each core)

verify takes --strict and --jobs too.
Options of diff:
      --csv FILE          the differences as CSV; over a file that is there with --force
";

const SERVE_ZH: &str = "\
用法：xianfeng serve [选项]

在浏览器里预览网站。改了稿件、设置或主题，存盘以后网页自己更新，停在原来的位置。
草稿和没到发布时间的稿件也显示，带“草稿”标记。稿件有错误时，网页保持原样，
错误显示在网页上面，改好就消失。什么文件也不写；要发布请运行 xianfeng build。
按 Ctrl-C 结束。

选项：
  -p, --port 端口        网址里的端口（默认 1111，被占用时自动换下一个）
  -i, --interface 地址   默认 127.0.0.1，只有本机能看；写 0.0.0.0 时，同一网络里的
                         手机和其他电脑也能看（草稿也看得到），并显示二维码
  -O, --open             同时打开浏览器
";

const SERVE_EN: &str = "\
Usage: xianfeng serve [OPTIONS]

Shows the site in a browser while you write. When a story, the settings or the theme are
saved, open pages follow and keep their place. Drafts and stories that are not due yet are
shown with a mark. With mistakes in a source the page stays as it was, and the mistakes are
shown over it until they are mended. Nothing is written; `xianfeng build` is for publishing.
Ctrl-C ends it.

Options:
  -p, --port PORT        the port (default: 1111, or the next one that is free)
  -i, --interface ADDR   where to listen (default: 127.0.0.1, this machine alone); with
                         0.0.0.0 every machine on your network sees the site, drafts too
  -O, --open             open the browser
";

const BOOK_ZH: &str = "\
用法：xianfeng book [选项]

把稿件编成一本书：封面、目录、按着力点分部分的稿件、人名与单位索引。
稿件有错误时不编，原来的书还在。

选项：
  -o, --output-file 文件    书放在哪里（默认网站文件夹里的 book.epub 或 book.html）
      --format epub|html    epub 是电子书（默认）；html 是一个网页，用浏览器打印成纸书或 PDF
                            （human 和 json 仍然是错误和警告的格式，可以和它同时写）
      --year 年份           只收这一年的稿件；几年用逗号隔开
      --kind 类型           只收这些类型：branch 支部、member 党员、news 动态，用逗号隔开
      --focal-point 着力点  只收这个着力点的稿件；几个用逗号隔开
      --title 书名          不写就用网站名称，加上所选的年份、类型、着力点
      --now 时间            编书的时间，也按它判断发布和撤下，例如 2026-12-31
      --strict              有警告时退出码为 3
      --force               覆盖不是本程序编的文件（自己以前编的书直接覆盖）

例如：xianfeng book --year 2026 --kind branch,member -o 2026年典型事迹.epub
";

const BOOK_EN: &str = "\
Usage: xianfeng book [OPTIONS]

Binds stories into a book: cover, contents, the stories by focal point, an index of people
and units. Where the content has errors nothing is written and the old book stays.

Options:
  -o, --output-file FILE   the book, from the project folder (default: book.epub, book.html)
      --format epub|html   an e-book (the default), or one page for a browser to print
                           (human and json still choose the shape of diagnostics)
      --year YEAR          only stories of this year, or of several parted by commas
      --kind KIND          only these kinds: branch, member, news, parted by commas
      --focal-point NAME   only stories of this focal point, or of several
      --title TEXT         default: the site's title, and what was chosen
      --now TIME           the time of the book, and for publish_at and expire_at
      --strict             exit with 3 where there are warnings
      --force              replace a file that is no book of ours (ours is replaced anyway)

For example: xianfeng book --year 2026 --kind branch,member -o cases.epub
";
