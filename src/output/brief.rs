//! An issue of a bulletin (简报): its head, a note, stories whole or as their summaries, and to whom it
//! goes. One text, which becomes a page to print, a Word document, and an article for WeChat.

use std::cell::RefCell;

use super::alone::document_head;
use super::article::{self, Chapter, Pictures, Publication};
use super::docx::{self, Manuscript};
use super::encode::base64;
use super::tree;
use super::wechat::{self, Article, Draft};
use crate::base::content::Pour;
use crate::base::escape::xml;
use crate::base::fault::Fault;
use crate::base::slot::{self, slot};
use crate::diagnostic::Outcome;
use crate::model::{Site, StoryId};
use crate::plan::Plan;
use crate::settings::BriefSettings;
use crate::source::SourcePath;
use crate::theme::Theme;
use crate::view::Views;

/// What tells a page of ours from other files.
const MARK: &str = "<meta name=\"xianfeng\" content=\"brief\"/>\n";

/// Is this the beginning of a page that this program wrote?
pub fn is_ours(head: &[u8]) -> bool {
    memchr::memmem::find(head, MARK.as_bytes()).is_some()
}

/// An issue.
pub struct Issue<'i> {
    /// The site, and its words.
    pub views: &'i Views<'i>,
    /// Its addresses.
    pub plan: &'i Plan,
    /// Its number.
    pub number: u32,
    /// A note of its own.
    pub note: Option<&'i str>,
    /// Its stories in their order.
    pub stories: &'i [StoryId],
    /// Are there only summaries of them?
    pub is_short: bool,
}

impl Issue<'_> {
    fn site(&self) -> &Site {
        self.views.site()
    }

    fn settings(&self) -> BriefSettings {
        self.site().settings.brief.clone().unwrap_or_default()
    }

    /// What it is called: `先锋简报　第 12 期`.
    pub fn title(&self) -> String {
        format!("{}　{}", self.name(), self.numbered())
    }

    fn name(&self) -> String {
        let title = &self.site().settings.title;
        let named = self.settings().name;
        named.unwrap_or_else(|| self.views.words("brief_name", &[("title", title)]))
    }

    fn numbered(&self) -> String {
        self.views.words("brief_number", &[("n", &self.number.to_string())])
    }

    fn unit(&self) -> String {
        let settings = &self.site().settings;
        let unit = self.settings().unit.or_else(|| settings.organisation.clone());
        unit.unwrap_or_else(|| settings.title.clone())
    }

    fn note(&self) -> Option<String> {
        let note = self.note.map(str::to_string).or_else(|| self.settings().note)?;
        Some(note).filter(|note| !note.trim().is_empty())
    }

    /// The text; `picture` gives the address of each picture.
    fn html(&self, picture: &dyn Fn(&SourcePath) -> Option<String>) -> Result<String, Fault> {
        let views = self.views;
        let paragraph = |class: &str, text: &str| format!("<p class=\"{class}\">{text}</p>\n");
        let date = views.date(self.site().edition.now.day_alone()).text;
        let mut out = String::from("<section class=\"brief-head\">\n");
        out.push_str(&paragraph("brief-name", &xml(&self.name())));
        out.push_str(&paragraph("brief-number", &xml(&self.numbered())));
        let line = format!(
            "<span>{}</span><span class=\"tab\"> </span><span>{}</span>",
            xml(&self.unit()),
            xml(&date)
        );
        out.push_str(&paragraph("brief-line", &line));
        out.push_str("</section>\n");
        for (i, text) in self.note().iter().flat_map(|note| note.lines()).enumerate() {
            let label = views.words("labelled", &[("label", views.word("brief_note"))]);
            let label = match i {
                0 => format!("<strong>{}</strong>", xml(&label)),
                _ => String::new(),
            };
            out.push_str(&paragraph("brief-note", &(label + &xml(text.trim()))));
        }
        if self.stories.len() > 1 {
            out.push_str(&paragraph("brief-contents", &xml(views.word("brief_contents"))));
            out.push_str("<ol class=\"brief-list\">\n");
            for &id in self.stories {
                out.push_str(&format!("<li>{}</li>\n", article::title(views, id)));
            }
            out.push_str("</ol>\n");
        }
        let ids = |id: StoryId| format!("s{}-", id.index() + 1);
        let chapter = |id: StoryId| {
            let is_whole = self.stories.contains(&id) && !self.is_short;
            is_whole.then(|| Chapter { file: String::new(), ids: ids(id) })
        };
        for &id in self.stories {
            match self.is_short {
                true => out.push_str(&self.short(id)),
                false => {
                    let publication = Publication { chapter: &chapter, picture };
                    out.push_str(&article::html(views, self.plan, &publication, id, None)?);
                }
            }
        }
        out.push_str(&self.foot());
        Ok(out)
    }

    /// A story as its summary.
    fn short(&self, id: StoryId) -> String {
        let (views, site) = (self.views, self.site());
        let story = site.story(id);
        let title = article::title(views, id);
        let units: Vec<String> = story
            .all(crate::model::kinds::UNITS)
            .iter()
            .map(|&unit| xml(&site.entity(unit).name))
            .collect();
        let mut byline = units.join(views.word("comma"));
        if !byline.is_empty() {
            byline.push(' ');
        }
        byline.push_str(&xml(&views.date(story.date).text));
        let whole = views.absolute(&site.story_address(id)).filter(|_| !site.is_preview(story));
        let whole = whole.map_or(String::new(), |url| {
            let label = views.words("labelled", &[("label", views.word("brief_whole"))]);
            let url = xml(&url);
            format!("<p class=\"credits\">{}<a href=\"{url}\">{url}</a></p>\n", xml(&label))
        });
        format!(
            "<article class=\"story\">\n<header class=\"story-head\">\n<h1>{title}</h1>\n\
             <p class=\"byline\"><span>{byline}</span></p>\n</header>\n<p class=\"short\">{}</p>\n{whole}</article>\n",
            xml(story.summary())
        )
    }

    /// To whom it goes.
    fn foot(&self) -> String {
        let (views, settings) = (self.views, self.settings());
        let mut lines = Vec::new();
        for (word, names) in [("brief_to", &settings.to), ("brief_cc", &settings.cc)] {
            let names: Vec<&str> = names.iter().map(|item| &*item.value).collect();
            if !names.is_empty() {
                let label = views.words("labelled", &[("label", views.word(word))]);
                lines.push(format!("{label}{}", names.join(views.word("comma"))));
            }
        }
        if settings.copies > 0 {
            let copies = settings.copies.to_string();
            lines.push(views.words("brief_copies", &[("n", &copies)]));
        }
        if lines.is_empty() {
            return String::new();
        }
        let lines: String = lines
            .iter()
            .map(|line| format!("<p class=\"brief-sent\">{}</p>\n", xml(line)))
            .collect();
        format!("<section class=\"brief-foot\">\n{lines}</section>\n")
    }

    /// The stories whose pictures are in it.
    fn pictured(&self) -> &[StoryId] {
        if self.is_short { &[] } else { self.stories }
    }

    /// Pours it as a page with its pictures inside. The complaints are of those that are left out.
    pub fn pour(&self, out: &mut Pour<'_>) -> Result<Vec<crate::diagnostic::Diagnostic>, Fault> {
        let site = self.site();
        let pictures = Pictures::of(site, self.plan, self.pictured())?;
        let Outcome { value: taken, mut diagnostics } = pictures;
        diagnostics.extend(taken.films_left_out());
        let shown = RefCell::new(Vec::new());
        let picture = |file: &SourcePath| {
            let kind = taken.get(file)?.kind;
            let mut shown = shown.borrow_mut();
            shown.push((file.clone(), kind));
            Some(slot(shown.len() - 1))
        };
        let html = self.html(&picture)?;
        let shown = shown.into_inner();
        let style = [article::STYLE, include_str!("brief.css")].concat();
        let head = format!(
            "{}{MARK}<title>{}</title>\n<style>\n{style}</style>\n</head>\n<body>\n",
            document_head(self.views),
            xml(&self.title())
        );
        out(head.as_bytes())?;
        for (text, index) in slot::split(&html) {
            out(text.as_bytes())?;
            if let Some((file, kind)) = index.and_then(|index| shown.get(index)) {
                out(format!("data:{};base64,", kind.media_type()).as_bytes())?;
                let content = article::content(site, file)?;
                content.pieces(&mut |piece| out(base64(piece).as_bytes()))?;
            }
        }
        out(b"</body>\n</html>\n")?;
        Ok(diagnostics)
    }

    /// The issue as a Word document.
    pub fn manuscript(&self) -> Result<Outcome<Manuscript>, Fault> {
        let site = self.site();
        let Outcome { value: shown, diagnostics } =
            docx::Shown::of(site, self.plan, self.pictured())?;
        let html = self.html(&|file| shown.number(site, file))?;
        let value = Manuscript {
            title: self.title(),
            author: self.unit(),
            subtitle: None,
            date: site.edition.now.day_alone(),
            contents: None,
            is_collection: true,
            notes: self.views.word("notes").to_string(),
            parts: vec![tree::parse(&html)],
            pictures: shown.into_pictures(site),
        };
        Ok(Outcome { value, diagnostics })
    }

    /// The issue as an article for WeChat.
    pub fn article(&self, theme: &Theme) -> Result<Outcome<Article>, Fault> {
        let site = self.site();
        let Outcome { value: shown, diagnostics: mut told } =
            wechat::Shown::of(site, self.plan, self.pictured())?;
        let html = self.html(&|file| shown.number(file))?;
        let charts = self.pictured().iter().flat_map(|&id| wechat::charts(self.views, id));
        let titles: Vec<&str> = self.stories.iter().map(|&id| site.story(id).title()).collect();
        let note = self.note();
        let titles = titles.join(self.views.word("comma"));
        let draft = Draft {
            title: self.title(),
            author: self.unit(),
            summary: note.as_deref().unwrap_or(&titles),
            original: None,
            html: &html,
            is_collection: true,
            charts: charts.collect(),
            shown,
            cover: self
                .stories
                .iter()
                .copied()
                .find(|&id| site.main_picture(crate::model::link::Owner::Story(id)).is_some()),
        };
        let value = wechat::assemble(self.views, theme, draft)?;
        told.extend(wechat::too_long(
            &value.fragment,
            &SourcePath::new(crate::base::layout::BRIEFS),
        ));
        Ok(Outcome { value, diagnostics: told })
    }
}
