//! Empty talk (空话): accounts that tell of nothing that can be seen or counted, or that consist
//! of stock phrases. What is concrete must never be named: a single trace of it is enough.

use memchr::memmem;

use crate::base::parallel;
use crate::base::text::is_cjk;
use crate::diagnostic::{Diagnostic, note};
use crate::model::kinds::{MEMBERS, REGIONS, UNITS, WORDS};
use crate::model::story::Story;
use crate::model::{Site, StoryId};
use crate::parse::Document;
use crate::source::Place;
use crate::value::kind::Kind;

/// A text of fewer characters is a sketch, and no talk.
const LEAST: usize = 40;

/// More of a text than this, of a hundred, in stock phrases is too much.
const SHARE: usize = 18;

/// The same of a text that has something concrete beside them.
const SHARE_BESIDE: usize = 45;

/// So many different ones at least.
const PHRASES: usize = 4;

/// Phrases that say nothing of any one place, time or deed.
const STOCK: &str = "\
    高度重视 精心组织 周密部署 统一思想 提高认识 提高站位 政治站位 凝聚共识 \
    凝心聚力 凝聚合力 形成合力 强大合力 狠抓落实 抓好落实 落到实处 落地见效 \
    走深走实 入脑入心 见行见效 真抓实干 埋头苦干 扎实推进 深入推进 全面推进 \
    稳步推进 有序推进 大力推进 积极推进 持续推进 深入开展 扎实开展 广泛开展 \
    积极开展 有序开展 全面加强 不断加强 切实加强 进一步加强 不断提升 全面提升 \
    有效提升 进一步提升 显著提升 不断增强 进一步增强 不断完善 不断深化 持续深化 \
    高质量发展 提供坚强保证 提供有力保障 坚强保障 坚强堡垒 战斗堡垒作用 \
    先锋模范作用 引领作用 带头作用 示范作用 充分发挥 积极发挥 取得明显成效 \
    取得显著成效 取得了明显成效 取得了显著成效 明显成效 显著成效 良好成效 良好效果 \
    显著成绩 可喜成绩 良好氛围 浓厚氛围 一致好评 广泛好评 广泛赞誉 普遍认可 \
    得到了认可 新局面 新台阶 新篇章 新征程 新高度 新突破 新气象 新作为 再创佳绩 \
    再上新 开创 谱写 奋力 砥砺前行 勇毅前行 担当作为 主动作为 积极作为 履职尽责 \
    恪尽职守 无私奉献 任劳任怨 兢兢业业 默默奉献 爱岗敬业 初心使命 牢记使命 \
    不忘初心 践行初心 以人民为中心 为民服务 服务意识 服务水平 责任意识 大局意识 \
    使命感 责任感 获得感 幸福感 安全感 工作作风 优良作风 过硬作风 求真务实 \
    开拓创新 锐意进取 与时俱进 团结协作 齐抓共管 上下联动 统筹推进 统筹兼顾 \
    创新举措 多措并举 多管齐下 紧紧围绕 始终坚持 认真贯彻 贯彻落实 深入贯彻 \
    认真落实 全面落实 严格落实 坚决落实 上级部署 上级要求 各项工作 各项任务 \
    各项部署 工作部署 重要意义 重要抓手 有力抓手 基层党建 党建引领 红色引擎 \
    一面旗帜 表率作用 营造 助推 赋能 打造品牌 亮点纷呈 成效显著 成果丰硕 \
    硕果累累 有目共睹 奠定了坚实基础 坚实基础 注入新动力 注入强劲动力 强劲动力 \
    思想认识 理论武装 干事创业 攻坚克难 迎难而上 勇于担当 敢于担当 善作善成 \
    久久为功 驰而不息";

/// Words without which hardly any empty talk is made; each may well stand in a good text.
const ABSTRACT: &str = "\
    推进 推动 落实 提升 加强 强化 深化 深入 扎实 切实 积极 认真 全面 不断 \
    进一步 统筹 凝聚 引领 作用 成效 氛围 意识 水平 部署 要求 机制 格局 质效 \
    作风 精神 使命 担当 贡献 奉献 模范 榜样 坚持 围绕 努力 踏实 勤恳 责任心 \
    热情 好评 认可 赞扬 肯定";

/// Fewer of these in a text that tells of nothing are no talk.
const ABSTRACTS: usize = 3;

/// Somebody who is called by what he or she is: 王阿姨, 老宫头.
const CALLED: &str = "\
    阿姨 大爷 大妈 大娘 大叔 大伯 大姐 大哥 大嫂 二嫂 嫂子 婶 奶奶 爷爷 \
    师傅 老师 医生 护士 老汉 老太 老伴 老两口 小伙 姑娘 邻居 住户 摊主 店主 \
    老板 孕妇";

/// Things and places that can be pointed at.
const SEEN: &str = "\
    巷口 巷子 小巷 胡同 弄堂 大桥 桥头 水渠 支渠 清渠 闸口 水井 井盖 楼道 \
    楼下 路灯 灯泡 台阶 窗口 门口 田里 田头 田埂 江堤 河堤 水泵 泵房 码头 \
    食堂 菜场 菜市场 农贸市场 诊室 车间 车站 操场 教室 病房 院子 水管 电线 \
    屋顶 墙上 坡道 坡上 河边 江边 樟树 树下 长凳 板凳 凳子 桌子 椅子 铁锹 \
    扳手 打电话 敲门 自行车 三轮 下雨 大雨 暴雨 下雪 大雪 半夜 凌晨 清晨 \
    早晨 傍晚 夜里 中午 下午 上午 星期 周一 周二 周三 周四 周五 周六 周日 \
    昨天 那天 当天";

/// What numbers count.
const MEASURES: &str =
    "户名位人家件条盏米栋岁元里亩处场份遍回趟次天夜周月斤吨箱封扇张本把盆辆台棵间层级公小分时处";

/// Words with 一 that count nothing.
const NO_NUMBERS: &str = "\
    一个个 一个 一次次 一件件 一系列 一定 一些 一切 一直 一起 一致 一样 一线 \
    一面 一方面 一批批 一批 一场场 一场 一条心 一条 一名 一位 一级 一张网 \
    万家 千家 百家 万户 千户 千里 万里 两级 三级 两个维护 三会一课 一人 一时 \
    一天天 每一 十分 万分 百分 十四五 十五五 十九大 二十大 二十届 四位一体 \
    五位一体 一把手 第一";

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let house: Vec<&str> = site
        .all(WORDS)
        .iter()
        .filter(|word| word.text("instead").is_none())
        .map(|word| word.name.as_str())
        .collect();
    let stock = Finder::of(STOCK.split_whitespace().chain(house));
    let ids: Vec<StoryId> = (0..site.stories.len() as u32).map(StoryId).collect();
    let found = parallel::map(&ids, |&id| {
        let story = site.story(id);
        let is_account = matches!(story.kind, Kind::Branch | Kind::Member | Kind::Case);
        let mut found = of_house(site, &story.document);
        found.extend(is_account.then(|| talk(site, story, &stock)).flatten());
        found
    });
    found.into_iter().flatten().collect()
}

/// Phrases, each ready to be looked for.
struct Finder<'p>(Vec<(&'p str, memmem::Finder<'p>)>);

impl<'p> Finder<'p> {
    fn of(phrases: impl Iterator<Item = &'p str>) -> Self {
        Self(phrases.map(|phrase| (phrase, memmem::Finder::new(phrase))).collect())
    }

    /// How many characters of a text they make up, and which of them are in it.
    fn cover(&self, text: &str) -> (usize, Vec<&'p str>) {
        let (mut covered, mut there) = (vec![false; text.len()], Vec::new());
        for (phrase, finder) in &self.0 {
            let mut places = finder.find_iter(text.as_bytes()).peekable();
            if places.peek().is_some() {
                there.push(*phrase);
            }
            places.for_each(|at| covered[at..at + phrase.len()].fill(true));
        }
        let count = text.char_indices().filter(|&(at, c)| is_cjk(c) && covered[at]).count();
        (count, there)
    }
}

/// The complaint about a story that is empty talk.
fn talk(site: &Site, story: &Story, stock: &Finder<'_>) -> Option<Diagnostic> {
    let document = &story.document;
    let source = document.source.read().ok()?;
    let body = document.markdown(&source);
    let length = body.chars().filter(|&c| is_cjk(c)).count();
    if length < LEAST {
        return None;
    }
    let (covered, phrases) = stock.cover(body);
    let share = 100 * covered / length;
    let is_nowhere = is_nowhere(site, story, body);
    let most = if is_nowhere { SHARE } else { SHARE_BESIDE };
    let is_stock = share > most && phrases.len() >= PHRASES;
    if !(is_stock || is_nowhere && is_abstract(body)) {
        return None;
    }
    let sentence = emptiest(body, stock)?;
    let start = document.parts.body.start + (sentence.as_ptr() as usize - body.as_ptr() as usize);
    let place = document.source.place(start..start + sentence.len());
    Some(match is_stock {
        true => stock_phrases(place, share, &phrases, sentence),
        false => empty_talk(place, sentence),
    })
}

/// Is there no number, no name of a person or place, no result and nobody's words?
fn is_nowhere(site: &Site, story: &Story, body: &str) -> bool {
    let front = &story.document.front;
    front.results.is_empty()
        && front.quotes.is_empty()
        && front.evaluations.is_empty()
        && !has_number(body)
        && !is_quoting(body)
        && !has_name(site, story, body)
}

fn is_abstract(body: &str) -> bool {
    let words = ABSTRACT.split_whitespace().chain(STOCK.split_whitespace());
    let words = words.filter(|word| body.contains(word));
    words.take(ABSTRACTS).count() == ABSTRACTS
}

/// Is there a number that counts something? A year alone does not.
fn has_number(body: &str) -> bool {
    let plain =
        NO_NUMBERS.split_whitespace().fold(body.to_string(), |text, word| text.replace(word, "—"));
    let chars: Vec<char> = plain.chars().collect();
    let (mut at, mut counts) = (0, false);
    while at < chars.len() && !counts {
        let is_digit = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c);
        let is_chinese = |c: &char| "一二两三四五六七八九十百千半几".contains(*c);
        let run = |is: &dyn Fn(&char) -> bool| chars[at..].iter().take_while(|c| is(c)).count();
        let (digits, chinese) = (run(&is_digit), run(&is_chinese));
        let after = chars.get(at + digits.max(chinese)).copied().unwrap_or(' ');
        counts = match (digits, chinese) {
            (0, 0) => false,
            (0, n) => {
                let ordinal = at > 0 && chars[at - 1] == '第';
                !ordinal && (n > 2 || MEASURES.contains(after) || after == '个' || after == '多')
            }
            (4, _) => after != '年',
            // `1.` and `2、` count paragraphs.
            (1, _) => !matches!(after, '.' | '、' | '．' | '）' | ')'),
            _ => true,
        };
        at += digits.max(chinese).max(1);
    }
    counts
}

/// Does somebody speak in it?
fn is_quoting(body: &str) -> bool {
    let is_long = |words: &str| {
        words.chars().nth(7).is_some() || words.contains(['，', '。', '？', '！', '…'])
    };
    let after = |open: char, close: char| {
        body.split(open).skip(1).filter_map(move |rest| rest.split(close).next()).any(is_long)
    };
    after('“', '”')
        || after('「', '」')
        || body.lines().any(|line| line.trim_start().starts_with('>'))
}

/// Does it name anybody or any place but its own unit and whom it is about, or show anything?
fn has_name(site: &Site, story: &Story, body: &str) -> bool {
    let own = |id| story.links.contains(&id);
    let others = [UNITS, MEMBERS, REGIONS].into_iter().flat_map(|kind| site.ids(kind));
    let others = others.filter(|&id| !own(id)).flat_map(|id| site.entity(id).words());
    let is_long = |word: &&str| word.chars().nth(1).is_some();
    SEEN.split_whitespace().chain(CALLED.split_whitespace()).any(|word| body.contains(word))
        || others.filter(is_long).any(|word| body.contains(word))
        || has_surname(story, body)
}

/// Surnames that begin hardly any other word.
const SURNAMES: &str = "王李张刘陈杨赵黄吴徐孙胡朱郭何罗宋郑谢韩唐冯董萧曹袁邓许傅沈曾吕苏卢蒋蔡贾魏薛叶阎潘杜戴汪姜崔谭陆姚邹熊孟秦邱尹贺赖龚武邢俞裴覃聂岳耿鲍阮翟欧柏葛詹覃俞岑柯";

/// What people do of whom a text tells by name.
const DOES: &str = "说看把在给跑去来从对和与、，带拿问笑蹲站坐走找记写守扛背送";

/// Is somebody named, other than whom it is about? A surname, one or two characters, and what he does.
fn has_surname(story: &Story, body: &str) -> bool {
    let own = story.document.front.people();
    let text = own.fold(body.to_string(), |text, name| text.replace(name, "他"));
    let chars: Vec<char> = text.chars().collect();
    let is_name = |window: &[char]| match window {
        ['老' | '小' | '阿', surname, ..] if SURNAMES.contains(*surname) => true,
        [surname, _, third, fourth] => {
            SURNAMES.contains(*surname) && (DOES.contains(*third) || DOES.contains(*fourth))
        }
        _ => false,
    };
    chars.windows(4).any(is_name)
}

/// The sentence with the most of stock phrases, or of abstract words.
fn emptiest<'b>(body: &'b str, stock: &Finder<'_>) -> Option<&'b str> {
    let ends = |c| matches!(c, '。' | '！' | '？' | '；' | '\n');
    let heads = |line: &&str| !line.is_empty() && !line.starts_with(['#', '|', '!']);
    let sentences = body.split(ends).map(str::trim).filter(heads);
    let empty = |sentence: &&str| {
        let words = ABSTRACT.split_whitespace().filter(|word| sentence.contains(word)).count();
        (stock.cover(sentence).0 + 2 * words, std::cmp::Reverse(sentence.as_ptr()))
    };
    sentences.max_by_key(empty)
}

/// Where the house's own words to be written otherwise stand, each once.
fn of_house(site: &Site, document: &Document) -> Vec<Diagnostic> {
    let words = site.all(WORDS);
    let Some(source) = (!words.is_empty()).then(|| document.source.read().ok()).flatten() else {
        return Vec::new();
    };
    let body = document.markdown(&source);
    let start = document.parts.body.start;
    let found = words.iter().filter_map(|word| {
        let at = start + body.find(word.name.as_str())?;
        let place = document.source.place(at..at + word.name.len());
        Some(house_word(place, &word.name, word.text("instead")))
    });
    found.collect()
}

/// The beginning of a sentence, so that a message stays short.
fn short(sentence: &str) -> String {
    match sentence.char_indices().nth(50) {
        Some((at, _)) => format!("{}……", &sentence[..at]),
        None => sentence.to_string(),
    }
}

/// A text that tells of nothing.
fn empty_talk(place: Place, sentence: &str) -> Diagnostic {
    let sentence = short(sentence);
    note(
        "empty-talk",
        place,
        format!("通篇没有数字、人名、地名，没有成效，也没有谁说过的话，读起来是空话，例如：{sentence}"),
        format!("there is no number, no name, no result and nobody's words in it; it is empty talk, such as: {sentence}"),
    )
    .help(
        "写清哪一天、在哪里、谁、为谁做了什么、做成了几件；有前后对比的写进 results（成效），群众的话写进 quotes（群众说）",
        "say on which day, where, who did what for whom, and how much came of it; add `results` and `quotes`",
    )
}

/// A text that consists of stock phrases.
fn stock_phrases(place: Place, share: usize, phrases: &[&str], sentence: &str) -> Diagnostic {
    let some = &phrases[..phrases.len().min(4)];
    let (zh, en, sentence) = (some.join("、"), some.join(", "), short(sentence));
    note(
        "stock-phrases",
        place,
        format!("这一篇有 {share}% 是套话（{zh}等），例如：{sentence}"),
        format!("{share} % of this text are stock phrases ({en} …), such as: {sentence}"),
    )
    .help(
        "删掉套话，换成看得见的：哪一天、在哪里、谁做了什么、做成了几件",
        "replace them by what can be seen: on which day, where, who did what, and how much came of it",
    )
}

/// A word that words.yaml has.
fn house_word(place: Place, word: &str, instead: Option<&str>) -> Diagnostic {
    let diagnostic = note(
        "house-word",
        place,
        format!("words.yaml 里写了不用“{word}”"),
        format!("words.yaml says not to write “{word}”"),
    );
    match instead {
        Some(instead) => diagnostic.help(format!("写成“{instead}”"), format!("write “{instead}”")),
        None => diagnostic.help("换一种写法，或者删掉", "say it otherwise, or leave it out"),
    }
}
