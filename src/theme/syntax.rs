//! Templates as trees. The engine keeps its own to itself, so what it has accepted is read once more
//! here: names, loops, conditions and parts, each with its place. A template that does not parse is
//! the engine's to complain of; here it is `None`.

use std::ops::Range;

/// A place in a template's text.
pub type Span = Range<usize>;

/// A template.
#[derive(Debug, Default)]
pub struct Tree {
    /// The template that it extends, and where it says so.
    pub parent: Option<(String, Span)>,
    /// What is in it.
    pub nodes: Vec<Node>,
    /// The components that it defines.
    pub components: Vec<Component>,
}

/// A component that a template defines.
#[derive(Debug)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// Where it is named.
    pub span: Span,
    /// What it can be given.
    pub arguments: Vec<Parameter>,
    /// What is in it.
    pub body: Vec<Node>,
}

/// Something that a component can be given.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The word that says its type.
    pub kind: Option<String>,
    /// What it is if it is not given.
    pub default: Option<Expr>,
    /// Is it all that is given besides the others?
    pub is_rest: bool,
}

/// What a component is given: by name, with its place, or all of a map.
pub type Handed = Vec<(Option<(String, Span)>, Expr)>;

/// A piece of a template.
#[derive(Debug)]
pub enum Node {
    /// Text that is written as it stands.
    Text(Span),
    /// A value that is printed.
    Print(Expr),
    /// `{% set name = value %}`.
    Set(String, Expr),
    /// `{% set name %}…{% endset %}`.
    Capture(String, Vec<Node>),
    /// A part: its name, and where it is named.
    Include(String, Span),
    /// A block, which other templates may replace: its name, where it is named, what is in it.
    Block(String, Span, Vec<Node>),
    /// A loop.
    For(Box<Loop>),
    /// A condition: what is written if it holds, and what if not.
    If(Box<(Expr, Vec<Node>, Vec<Node>)>),
    /// `{% break %}` or `{% continue %}`: nothing after it is written.
    Leave,
    /// `{% filter … %}…{% endfilter %}`; the filters with nothing before them.
    Filter(Vec<Expr>, Vec<Node>),
}

/// A loop.
#[derive(Debug)]
pub struct Loop {
    /// The names of what it goes through: a value, or a key and a value.
    pub names: Vec<String>,
    /// What it goes through.
    pub of: Expr,
    /// What is written for each.
    pub body: Vec<Node>,
    /// What is written if there is none.
    pub otherwise: Vec<Node>,
}

/// An expression, and where it stands.
#[derive(Debug)]
pub struct Expr {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
}

/// Arguments by name.
pub type Arguments = Vec<(String, Expr)>;

/// What an expression is.
#[derive(Debug)]
pub enum Kind {
    /// A text.
    Text(String),
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// `none`.
    Nothing,
    /// A name.
    Name(String),
    /// `of.name`; the place of the name, and whether `of` may be nothing.
    Field(Box<Expr>, String, Span, bool),
    /// `of[key]`, and whether `of` may be nothing.
    Item(Box<Expr>, Box<Expr>, bool),
    /// `of[1:3]`.
    Slice(Box<Expr>, Vec<Expr>),
    /// `of | name(…)`; the place of the name. `None` for a section.
    Filter(Option<Box<Expr>>, String, Span, Arguments),
    /// `of is name(…)`.
    Test(Box<Expr>, String, Span, Arguments),
    /// `name(…)`.
    Call(String, Span, Arguments),
    /// `<name …/>`, with what it is given and what stands in it.
    Component(String, Span, Handed, Vec<Node>),
    /// `not` or `-`.
    Unary(&'static str, Box<Expr>),
    /// Two values and what is between them.
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// The condition, then the value if it holds, then the other.
    Ternary(Box<(Expr, Expr, Expr)>),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `{"a": b}`; without a key what is `...b`, or has a key that is no text.
    Map(Vec<(Option<String>, Expr)>),
    /// `[value for name in of if condition]`.
    Each(Box<Each>),
}

/// A list that is made from another.
#[derive(Debug)]
pub struct Each {
    /// What is made of each.
    pub value: Expr,
    /// The names of what it goes through.
    pub names: Vec<String>,
    /// What it goes through.
    pub of: Expr,
    /// Which ones are taken.
    pub condition: Option<Expr>,
}

/// Reads a template.
pub fn parse(text: &str) -> Option<Tree> {
    let mut parser = Parser { text, tokens: tokens(text)?, at: 0, tree: Tree::default(), depth: 0 };
    parser.tree.nodes = parser.nodes(&[])?;
    Some(parser.tree)
}

/// A tag `{% … %}`, by the word with which it begins. That of a component is `<name`, and `</name`.
#[derive(Debug)]
pub struct Tag<'t> {
    /// Where it stands.
    pub span: Span,
    /// Its first word.
    pub word: &'t str,
    /// What follows the word; `None` if nothing does.
    next: Option<&'t str>,
    /// Does it say all, so that no other tag closes it? `{% set x = 1 %}` does.
    is_whole: bool,
}

impl<'t> Tag<'t> {
    /// What closes it: `endif`; `None` if nothing has to.
    pub fn end(&self) -> Option<String> {
        if self.is_whole {
            return None;
        }
        if let Some(name) = self.word.strip_prefix('<').filter(|name| !name.starts_with('/')) {
            return Some(format!("</{name}>"));
        }
        let pair = PAIRS.iter().find(|(begin, _)| *begin == self.word);
        pair.map(|(_, end)| end.to_string())
    }

    /// Does it close what `end` says?
    fn closes(&self, end: &str) -> bool {
        end.strip_suffix('>').unwrap_or(end) == self.word
    }

    /// What it would close: `if` for `endif`.
    fn closed(&self) -> Option<&'t str> {
        if let Some(name) = self.word.strip_prefix("</") {
            return Some(name);
        }
        PAIRS.iter().find(|(_, end)| *end == self.word).map(|(begin, _)| *begin)
    }

    /// Does it end what another tag has begun?
    pub fn is_end(&self) -> bool {
        self.closed().is_some()
    }
}

/// Tags and what closes them.
const PAIRS: [(&str, &str); 8] = [
    ("if", "endif"),
    ("for", "endfor"),
    ("block", "endblock"),
    ("filter", "endfilter"),
    ("component", "endcomponent"),
    ("set", "endset"),
    ("set_global", "endset"),
    ("raw", "endraw"),
];

/// Tags that stand by themselves.
const SINGLE: [&str; 6] = ["include", "extends", "break", "continue", "else", "elif"];

/// What is wrong with tags: how they are in each other, or what they are.
#[derive(Debug, PartialEq, Eq)]
pub enum Broken<'t> {
    /// A tag that is not closed: where it begins, its word, what closes it, and the tag before which
    /// that had to stand, if the template does not end first.
    Open(Span, &'t str, String, Option<(Span, &'t str)>),
    /// A tag that closes nothing, its word, and what it would close; and what is open there: where it
    /// begins, its word, and what closes that.
    Stray(Span, &'t str, &'t str, Option<(Span, &'t str, String)>),
    /// A second `else`, or an `elif` after one: its word, and where the first is.
    Twice(Span, &'t str, Span),
    /// A tag that there is not: what stands there.
    Unknown(Span, &'t str),
}

/// The first thing that is wrong with the tags of a template.
pub fn broken(text: &str) -> Option<Broken<'_>> {
    let mut open: Vec<(Tag<'_>, String, Option<Span>)> = Vec::new();
    for tag in tags(text)? {
        let shown = tag.span.clone();
        let is_else = matches!(tag.word, "else" | "elif");
        if tag.word == "else" && tag.next == Some("if") {
            return Some(Broken::Unknown(shown, "else if"));
        }
        if is_else || tag.is_end() {
            let belongs = |(begin, end, _): &(Tag<'_>, String, Option<Span>)| match tag.word {
                "else" => matches!(begin.word, "if" | "for"),
                "elif" => begin.word == "if",
                _ => tag.closes(end),
            };
            match open.iter().rposition(belongs) {
                Some(at) if at + 1 == open.len() && is_else => {
                    if let Some(first) = &open[at].2 {
                        return Some(Broken::Twice(shown, tag.word, first.clone()));
                    }
                    open[at].2 = Some(shown).filter(|_| tag.word == "else");
                }
                Some(at) if at + 1 == open.len() => open.truncate(at),
                Some(_) => {
                    let (begin, end, _) = open.pop()?;
                    return Some(Broken::Open(
                        begin.span,
                        begin.word,
                        end,
                        Some((shown, tag.word)),
                    ));
                }
                None => {
                    let around = open.pop().map(|(begin, end, _)| (begin.span, begin.word, end));
                    let closed = tag.closed().unwrap_or("if");
                    return Some(Broken::Stray(shown, tag.word, closed, around));
                }
            }
            continue;
        }
        match tag.end() {
            // What stands in raw text is nothing to look at.
            Some(end) if tag.word == "raw" => {
                return Some(Broken::Open(shown, tag.word, end, None));
            }
            Some(end) => open.push((tag, end, None)),
            None if tag.is_whole || SINGLE.contains(&tag.word) => {}
            None => return Some(Broken::Unknown(shown, tag.word)),
        }
    }
    let (begin, end, _) = open.pop()?;
    Some(Broken::Open(begin.span, begin.word, end, None))
}

/// The tags of a template in their order; `None` if it cannot be read so far as to tell them apart.
pub fn tags(text: &str) -> Option<Vec<Tag<'_>>> {
    let tokens = tokens(text)?;
    let mut found = Vec::new();
    for (at, (_, span)) in tokens.iter().enumerate().filter(|(_, (kind, _))| *kind == Token::Tag) {
        let length = tokens[at..].iter().position(|(kind, _)| *kind == Token::End)?;
        let inner = &tokens[at + 1..at + length];
        // `{% if a }}` goes on to the next tag: that is another mistake.
        let mut braces = 0_i32;
        for (_, span) in inner {
            braces += match &text[span.clone()] {
                "{" => 1,
                "}" => -1,
                _ => 0,
            };
            if braces < 0 {
                return None;
            }
        }
        let word_at = |i: usize| inner.get(i).map(|(_, span)| &text[span.clone()]);
        let Some((_, first)) = inner.first() else { continue };
        // A component's name may have points in it; what it is given is no part of it.
        let mut end = first.end;
        if matches!(word_at(0), Some("<" | "</")) {
            let mut at = 1;
            end = inner.get(at).map_or(end, |(_, name)| name.end);
            while word_at(at + 1) == Some(".") {
                at += 2;
                end = inner.get(at).map_or(end, |(_, name)| name.end);
            }
        }
        let word = &text[first.start..end];
        let is_set = matches!(word, "set" | "set_global");
        found.push(Tag {
            span: span.start..tokens[at + length].1.end,
            word,
            next: word_at(1),
            is_whole: is_set && word_at(2) == Some("="),
        });
    }
    Some(found)
}

/// The names of a template's blocks.
pub fn blocks(text: &str) -> Vec<&str> {
    let tags = tags(text).unwrap_or_default();
    tags.into_iter().filter(|tag| tag.word == "block").filter_map(|tag| tag.next).collect()
}

/// The template with everything that is not written as it stands masked, byte for byte: values by
/// letters, tags and comments by spaces; lines stay. And where what is written as it stands is.
pub fn masked(text: &str) -> Option<(String, Vec<Span>)> {
    let mut out: Vec<u8> =
        text.bytes().map(|byte| if byte == b'\n' { b'\n' } else { b' ' }).collect();
    let mut fixed = Vec::new();
    let mut printed = None;
    for (kind, span) in tokens(text)? {
        match kind {
            Token::Text => {
                out[span.clone()].copy_from_slice(&text.as_bytes()[span.clone()]);
                fixed.push(span);
            }
            Token::Print => printed = Some(span.start),
            Token::End => {
                if let Some(start) = printed.take() {
                    out[start..span.end].fill(b'x');
                }
            }
            _ => {}
        }
    }
    // Who reads it as HTML would count two as one.
    out.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b' ');
    Some((String::from_utf8(out).ok()?, fixed))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// Text between tags.
    Text,
    /// `{{`.
    Print,
    /// `{%`.
    Tag,
    /// `}}` or `%}`.
    End,
    Word,
    String,
    Number,
    Sign,
}

const SIGNS: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

fn tokens(text: &str) -> Option<Vec<(Token, Span)>> {
    let mut tokens = Vec::with_capacity(text.len() / 8);
    let mut at = 0;
    while at < text.len() {
        let begin = text[at..]
            .match_indices('{')
            .map(|(i, _)| at + i)
            .find(|&i| matches!(text.as_bytes().get(i + 1), Some(b'{' | b'%' | b'#')));
        let begin = begin.unwrap_or(text.len());
        if begin > at {
            tokens.push((Token::Text, at..begin));
        }
        if begin == text.len() {
            break;
        }
        let rest = &text[begin..];
        if rest.starts_with("{#") {
            at = begin + rest.find("#}")? + 2;
            continue;
        }
        if let Some((inner, end)) = raw(rest) {
            tokens.push((Token::Text, begin + inner.start..begin + inner.end));
            at = begin + end;
            continue;
        }
        let (token, close) = match rest.starts_with("{{") {
            true => (Token::Print, "}}"),
            false => (Token::Tag, "%}"),
        };
        let dash = usize::from(rest.as_bytes().get(2) == Some(&b'-'));
        tokens.push((token, begin..begin + 2 + dash));
        at = inside(text, begin + 2 + dash, close, &mut tokens)?;
    }
    Some(tokens)
}

/// The tokens of a tag from `at` to its end; where that is.
fn inside(text: &str, mut at: usize, close: &str, out: &mut Vec<(Token, Span)>) -> Option<usize> {
    loop {
        let rest = &text[at..];
        let first = *rest.as_bytes().first()?;
        if first.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        if let Some(end) = [0, 1].into_iter().find(|&dash| {
            (dash == 0 || first == b'-') && rest.get(dash..).is_some_and(|r| r.starts_with(close))
        }) {
            out.push((Token::End, at..at + end + 2));
            return Some(at + end + 2);
        }
        let (token, length) = match first {
            b'"' | b'\'' | b'`' => {
                let mut escaped = false;
                let end = rest.bytes().skip(1).position(|byte| {
                    let ends = byte == first && !escaped;
                    escaped = byte == b'\\' && !escaped;
                    ends
                })?;
                (Token::String, end + 2)
            }
            b'0'..=b'9' => {
                let is_part = |(i, byte): (usize, u8)| {
                    byte.is_ascii_digit() || (byte == b'.' && !rest[..i].contains('.'))
                };
                (Token::Number, rest.bytes().enumerate().take_while(|&part| is_part(part)).count())
            }
            _ if first == b'_' || first.is_ascii_alphabetic() => {
                let is_part = |byte: &u8| *byte == b'_' || byte.is_ascii_alphanumeric();
                (Token::Word, rest.bytes().take_while(|byte| is_part(byte)).count())
            }
            _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => (Token::Sign, sign.len()),
                None if first.is_ascii_punctuation() => (Token::Sign, 1),
                None => return None,
            },
        };
        out.push((token, at..at + length));
        at += length;
    }
}

/// `{% raw %}…{% endraw %}`: what is in it, and where it ends.
fn raw(rest: &str) -> Option<(Span, usize)> {
    let tag = |text: &str, word: &str| {
        let inner = text.strip_prefix("{%")?;
        let inner = inner.strip_prefix('-').unwrap_or(inner).trim_start().strip_prefix(word)?;
        let inner = inner.trim_start();
        let inner = inner.strip_prefix('-').unwrap_or(inner).strip_prefix("%}")?;
        Some(text.len() - inner.len())
    };
    let begin = tag(rest, "raw")?;
    rest[begin..].match_indices("{%").find_map(|(i, _)| {
        let end = tag(&rest[begin + i..], "endraw")?;
        Some((begin..begin + i, begin + i + end))
    })
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<(Token, Span)>,
    at: usize,
    tree: Tree,
    /// How deep expressions and tags are in each other; the engine's own bound is lower.
    depth: usize,
}

/// How strongly a sign holds what is on both sides of it, as in the engine.
fn power(sign: &str) -> Option<(u8, u8, &'static str)> {
    const POWERS: [(&str, u8, u8); 20] = [
        ("or", 1, 2),
        ("and", 3, 4),
        ("in", 5, 6),
        ("is", 5, 6),
        ("==", 7, 8),
        ("!=", 7, 8),
        ("<", 7, 8),
        ("<=", 7, 8),
        (">", 7, 8),
        (">=", 7, 8),
        ("+", 11, 12),
        ("-", 11, 12),
        ("*", 13, 14),
        ("/", 13, 14),
        ("%", 13, 14),
        ("~", 13, 14),
        ("//", 13, 14),
        ("**", 16, 15),
        ("|", 17, 18),
        ("not", 5, 6),
    ];
    POWERS.iter().find(|(known, ..)| *known == sign).map(|&(sign, left, right)| (left, right, sign))
}

impl Parser<'_> {
    fn peek(&self) -> Option<(Token, &str)> {
        let (token, span) = self.tokens.get(self.at)?;
        Some((*token, &self.text[span.clone()]))
    }

    fn is(&self, word: &str) -> bool {
        matches!(self.peek(), Some((Token::Word | Token::Sign, found)) if found == word)
    }

    fn next(&mut self) -> Option<(Token, Span)> {
        self.at += 1;
        self.tokens.get(self.at - 1).cloned()
    }

    fn eat(&mut self, word: &str) -> Option<bool> {
        let is = self.is(word);
        self.at += usize::from(is);
        Some(is)
    }

    fn need(&mut self, word: &str) -> Option<()> {
        self.eat(word)?.then_some(())
    }

    fn end(&mut self) -> Option<()> {
        (self.next()?.0 == Token::End).then_some(())
    }

    fn word(&mut self) -> Option<(String, Span)> {
        let (token, span) = self.next()?;
        (token == Token::Word).then(|| (self.text[span.clone()].to_string(), span))
    }

    fn string(&mut self) -> Option<(String, Span)> {
        let (token, span) = self.next()?;
        (token == Token::String).then(|| (unquoted(&self.text[span.clone()]), span))
    }

    /// Where the last token ended.
    fn behind(&self) -> usize {
        self.tokens[self.at - 1].1.end
    }

    /// The word of the tag that begins here.
    fn tag(&self) -> Option<&str> {
        match (self.tokens.get(self.at)?, self.tokens.get(self.at + 1)?) {
            ((Token::Tag, _), (_, span)) => Some(&self.text[span.clone()]),
            _ => None,
        }
    }

    /// What stands up to a tag of one of these words, which is not read; without words, to the end.
    fn nodes(&mut self, ends: &[&str]) -> Option<Vec<Node>> {
        self.depth += 1;
        let mut nodes = Vec::new();
        while self.at < self.tokens.len() && self.depth < 200 {
            if self.tag().is_some_and(|word| ends.contains(&word)) {
                self.depth -= 1;
                return Some(nodes);
            }
            let (token, span) = self.next()?;
            match token {
                Token::Text => nodes.push(Node::Text(span)),
                Token::Print => {
                    nodes.push(Node::Print(self.expression(0)?));
                    self.end()?;
                }
                Token::Tag => {
                    let node = self.after_tag()?;
                    self.end()?;
                    nodes.extend(node);
                }
                _ => return None,
            }
        }
        self.depth -= 1;
        (ends.is_empty() && self.at >= self.tokens.len()).then_some(nodes)
    }

    fn after_tag(&mut self) -> Option<Option<Node>> {
        if self.is("<") {
            return Some(Some(Node::Print(self.component_with_body()?)));
        }
        let (word, _) = self.word()?;
        Some(Some(match word.as_str() {
            "set" | "set_global" => {
                let (name, _) = self.word()?;
                if self.eat("=")? {
                    Node::Set(name, self.expression(0)?)
                } else {
                    while self.eat("|")? {
                        self.filter(None, self.behind())?;
                    }
                    self.end()?;
                    let body = self.nodes(&["endset", "endset_global"])?;
                    self.at += 2;
                    Node::Capture(name, body)
                }
            }
            "include" => {
                let (name, span) = self.string()?;
                Node::Include(name, span)
            }
            "extends" => {
                self.tree.parent = Some(self.string()?);
                return Some(None);
            }
            "block" => {
                let (name, span) = self.word()?;
                self.end()?;
                let body = self.nodes(&["endblock"])?;
                self.at += 2;
                self.skip_word();
                Node::Block(name, span, body)
            }
            "for" => {
                let names = self.names()?;
                self.need("in")?;
                let of = self.expression(0)?;
                self.end()?;
                let body = self.nodes(&["endfor", "else"])?;
                let otherwise = match self.tag()? {
                    "else" => {
                        self.at += 2;
                        self.end()?;
                        self.nodes(&["endfor"])?
                    }
                    _ => Vec::new(),
                };
                self.at += 2;
                Node::For(Box::new(Loop { names, of, body, otherwise }))
            }
            "if" => {
                let node = self.condition()?;
                self.at += 2;
                node
            }
            "filter" => {
                let mut filters = vec![self.filter(None, self.behind())?];
                while self.eat("|")? {
                    filters.push(self.filter(None, self.behind())?);
                }
                self.end()?;
                let body = self.nodes(&["endfilter"])?;
                self.at += 2;
                Node::Filter(filters, body)
            }
            "component" => {
                self.component()?;
                return Some(None);
            }
            "break" | "continue" => Node::Leave,
            _ => return None,
        }))
    }

    fn skip_word(&mut self) {
        while matches!(self.peek(), Some((Token::Word | Token::Sign, _))) {
            self.at += 1;
        }
    }

    fn names(&mut self) -> Option<Vec<String>> {
        let mut names = vec![self.word()?.0];
        if self.eat(",")? {
            names.push(self.word()?.0);
        }
        Some(names)
    }

    /// After `if` or `elif`, up to the tag `endif`, which is not read.
    fn condition(&mut self) -> Option<Node> {
        let test = self.expression(0)?;
        self.end()?;
        let body = self.nodes(&["endif", "else", "elif"])?;
        let otherwise = match self.tag()? {
            "elif" => {
                self.at += 2;
                vec![self.condition()?]
            }
            "else" => {
                self.at += 2;
                self.end()?;
                self.nodes(&["endif"])?
            }
            _ => Vec::new(),
        };
        Some(Node::If(Box::new((test, body, otherwise))))
    }

    /// After `component`: its head and its body.
    fn component(&mut self) -> Option<()> {
        let (name, span) = self.dotted()?;
        self.need("(")?;
        let mut arguments = Vec::new();
        while !self.eat(")")? {
            if self.eat(",")? || self.eat("@")? {
                continue;
            }
            let is_rest = self.eat("...")?;
            let (name, _) = self.word()?;
            let kind = if self.eat(":")? { Some(self.word()?.0) } else { None };
            let default = if self.eat("=")? { Some(self.expression(0)?) } else { None };
            arguments.push(Parameter { name, kind, default, is_rest });
        }
        // Metadata.
        if self.is("{") {
            self.expression(0)?;
        }
        self.end()?;
        let body = self.nodes(&["endcomponent"])?;
        self.at += 2;
        self.skip_word();
        self.tree.components.push(Component { name, span, arguments, body });
        Some(())
    }

    fn dotted(&mut self) -> Option<(String, Span)> {
        let (mut name, span) = self.word()?;
        while self.eat(".")? {
            name = format!("{name}.{}", self.word()?.0);
        }
        Some((name, span.start..self.behind()))
    }

    /// `<name a="…" b={…} {...c}`, up to what ends it.
    fn component_call(&mut self) -> Option<(String, Span, Handed)> {
        self.need("<")?;
        let (name, span) = self.dotted()?;
        let mut values = Vec::new();
        loop {
            if self.eat("{")? {
                self.need("...")?;
                values.push((None, self.expression(0)?));
                self.need("}")?;
            } else if matches!(self.peek(), Some((Token::Word, _))) {
                let (name, span) = self.word()?;
                let value = if !self.eat("=")? {
                    Expr { kind: Kind::Name(name.clone()), span: span.clone() }
                } else if self.eat("{")? {
                    let value = self.expression(0)?;
                    self.need("}")?;
                    value
                } else {
                    let (text, span) = self.string()?;
                    Expr { kind: Kind::Text(text), span }
                };
                values.push((Some((name, span)), value));
            } else {
                return Some((name, span, values));
            }
        }
    }

    fn component_with_body(&mut self) -> Option<Expr> {
        let (name, span, values) = self.component_call()?;
        self.need(">")?;
        self.end()?;
        let body = self.nodes(&["</"])?;
        self.at += 2;
        self.dotted()?;
        self.need(">")?;
        let whole = span.clone();
        Some(Expr { kind: Kind::Component(name, span, values, body), span: whole })
    }

    fn arguments(&mut self) -> Option<Arguments> {
        let mut arguments = Vec::new();
        self.need("(")?;
        while !self.eat(")")? {
            if self.eat(",")? {
                continue;
            }
            let (name, _) = self.word()?;
            self.need("=")?;
            arguments.push((name, self.expression(0)?));
        }
        Some(arguments)
    }

    /// After `|`: a filter of what begins at `start`.
    fn filter(&mut self, of: Option<Box<Expr>>, start: usize) -> Option<Expr> {
        let (name, span) = self.word()?;
        let arguments = if self.is("(") { self.arguments()? } else { Vec::new() };
        let kind = Kind::Filter(of, name, span, arguments);
        Some(Expr { kind, span: start..self.behind() })
    }

    fn expression(&mut self, least: u8) -> Option<Expr> {
        self.depth += 1;
        let found = if self.depth < 200 { self.operation(least) } else { None };
        self.depth -= 1;
        found
    }

    fn operation(&mut self, least: u8) -> Option<Expr> {
        let start = self.tokens.get(self.at)?.1.start;
        let mut left = self.operand()?;
        loop {
            let Some((Token::Word | Token::Sign, found)) = self.peek() else { return Some(left) };
            if found == "[" {
                left = self.subscript(left)?;
                continue;
            }
            if found == "if" {
                // Weaker than all others; the engine refuses what would not fit.
                if least > 0 {
                    return Some(left);
                }
                self.at += 1;
                let test = self.expression(0)?;
                self.need("else")?;
                let other = self.expression(0)?;
                let kind = Kind::Ternary(Box::new((test, left, other)));
                return Some(Expr { kind, span: start..self.behind() });
            }
            let Some((binds, right, mut sign)) = power(found) else { return Some(left) };
            if binds < least {
                return Some(left);
            }
            self.at += 1;
            let is_not = sign == "not";
            if is_not {
                self.need("in")?;
                sign = "in";
            }
            let kind = match sign {
                "is" => {
                    let is_not = self.eat("not")?;
                    let (name, span) = self.word()?;
                    let arguments = if self.is("(") { self.arguments()? } else { Vec::new() };
                    let test = Kind::Test(Box::new(left), name, span, arguments);
                    match is_not {
                        true => {
                            let test = Expr { kind: test, span: start..self.behind() };
                            Kind::Unary("not", Box::new(test))
                        }
                        false => test,
                    }
                }
                "|" => {
                    left = self.filter(Some(Box::new(left)), start)?;
                    continue;
                }
                sign => {
                    let other = self.expression(right)?;
                    Kind::Binary(sign, Box::new(left), Box::new(other))
                }
            };
            left = Expr { kind, span: start..self.behind() };
        }
    }

    fn operand(&mut self) -> Option<Expr> {
        if self.is("<") {
            let start = self.tokens[self.at].1.start;
            let (name, span, values) = self.component_call()?;
            self.need("/")?;
            self.need(">")?;
            let kind = Kind::Component(name, span, values, Vec::new());
            return Some(Expr { kind, span: start..self.behind() });
        }
        let (token, span) = self.next()?;
        let kind = match (token, &self.text[span.clone()]) {
            (Token::String, text) => Kind::Text(unquoted(text)),
            (Token::Number, _) => Kind::Number,
            (Token::Word, "true" | "True" | "false" | "False") => Kind::Bool,
            (Token::Word, "none" | "None" | "null") => Kind::Nothing,
            (Token::Word, "not") => Kind::Unary("not", Box::new(self.expression(5)?)),
            (Token::Word, name) => {
                let name = name.to_string();
                return self.chain(name, span);
            }
            (Token::Sign, "-") => Kind::Unary("-", Box::new(self.expression(20)?)),
            (Token::Sign, "(") => {
                let inner = self.expression(0)?;
                self.need(")")?;
                return Some(inner);
            }
            (Token::Sign, "[") => self.list()?,
            (Token::Sign, "{") => {
                let mut values = Vec::new();
                while !self.eat("}")? {
                    if self.eat(",")? {
                        continue;
                    }
                    let mut key = None;
                    if !self.eat("...")? {
                        let (token, span) = self.next()?;
                        key = (token == Token::String).then(|| unquoted(&self.text[span]));
                        self.need(":")?;
                    }
                    values.push((key, self.expression(0)?));
                }
                Kind::Map(values)
            }
            _ => return None,
        };
        Some(Expr { kind, span: span.start..self.behind() })
    }

    /// After `[`: a list, or one that is made from another.
    fn list(&mut self) -> Option<Kind> {
        let mut items = Vec::new();
        while !self.eat("]")? {
            if self.eat(",")? || self.eat("...")? {
                continue;
            }
            // An `if` after what it goes through is the condition, not one of two values.
            let item = self.expression(0)?;
            if items.is_empty() && self.eat("for")? {
                let names = self.names()?;
                self.need("in")?;
                let of = self.expression(1)?;
                let condition = if self.eat("if")? { Some(self.expression(1)?) } else { None };
                self.need("]")?;
                return Some(Kind::Each(Box::new(Each { value: item, names, of, condition })));
            }
            items.push(item);
        }
        Some(Kind::List(items))
    }

    /// A name, and what follows it: fields, items, arguments.
    fn chain(&mut self, name: String, span: Span) -> Option<Expr> {
        if self.is("(") {
            let arguments = self.arguments()?;
            let whole = span.start..self.behind();
            return Some(Expr { kind: Kind::Call(name, span, arguments), span: whole });
        }
        let start = span.start;
        let mut left = Expr { kind: Kind::Name(name), span };
        loop {
            if self.is(".") || self.is("?.") {
                let optional = self.is("?.");
                self.at += 1;
                let (name, span) = self.word()?;
                let whole = start..span.end;
                let kind = Kind::Field(Box::new(left), name, span, optional);
                left = Expr { kind, span: whole };
            } else if self.is("[") || self.is("?[") {
                left = self.subscript(left)?;
            } else {
                return Some(left);
            }
        }
    }

    fn subscript(&mut self, of: Expr) -> Option<Expr> {
        let start = of.span.start;
        let optional = self.is("?[");
        self.at += 1;
        let mut parts = Vec::new();
        let mut is_slice = false;
        while !self.eat("]")? {
            if self.eat(":")? {
                is_slice = true;
                continue;
            }
            parts.push(self.expression(0)?);
        }
        let kind = match is_slice {
            true => Kind::Slice(Box::new(of), parts),
            false => Kind::Item(Box::new(of), Box::new(parts.pop()?), optional),
        };
        Some(Expr { kind, span: start..self.behind() })
    }
}

/// A text without its quotes.
fn unquoted(text: &str) -> String {
    let inner = &text[1..text.len() - 1];
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => out.extend(chars.next().map(|c| match c {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                c => c,
            })),
            (c, false) => out.push(c),
        }
    }
    out
}

impl Expr {
    /// Is what stands in the block below a part of it?
    pub fn calls_super(&self) -> bool {
        match &self.kind {
            Kind::Call(name, ..) => name == "super",
            Kind::Filter(Some(of), ..) | Kind::Unary(_, of) => of.calls_super(),
            Kind::Binary(_, left, right) => left.calls_super() || right.calls_super(),
            Kind::Ternary(parts) => parts.1.calls_super() || parts.2.calls_super(),
            _ => false,
        }
    }

    /// Names and fields as they are written, if it is nothing else: `story.unit`.
    pub fn path(&self) -> Option<String> {
        match &self.kind {
            Kind::Name(name) => Some(name.clone()),
            Kind::Field(of, name, ..) => Some(format!("{}.{name}", of.path()?)),
            Kind::Item(of, key, _) => match &key.kind {
                Kind::Text(key) => Some(format!("{}.{key}", of.path()?)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Node {
    /// What stands in it, in the order in which it is written.
    pub fn bodies(&self) -> [&[Node]; 2] {
        match self {
            Self::Block(_, _, body) | Self::Filter(_, body) | Self::Capture(_, body) => [body, &[]],
            Self::For(each) => [&each.body, &each.otherwise],
            Self::If(parts) => [&parts.1, &parts.2],
            Self::Print(Expr { kind: Kind::Component(_, _, _, body), .. }) => [body, &[]],
            _ => [&[], &[]],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_engine_reads_is_read_here() {
        for text in [
            "a {{ b.c[0].d?.e?[\"f\"] | default(value=\"}}\") ~ g[1:2] }} {# }} {% #} b",
            "{% if not a and b.c != 1 or d is not defined %}x{% elif e in [1, 2] %}y{% else %}z{% endif %}",
            "{%- for k, v in m -%}{{ loop.index }}{% else %}n{%- endfor -%}",
            "{% set a = {\"b\": c, ...d} %}{% set e %}x{% endset %}{% set f | upper %}x{% endset %}",
            "{% raw %}{{ x }} {% if %}{% endraw %}{% filter upper | trim %}x{% endfilter %}",
            "{% component ui.badge(text: string, n=1, @t, ...rest) {\"a\": 1} %}{{ text }}{% endcomponent ui.badge %}",
            "{{<ui.badge text=\"x\" n={1 + 2} flag {...more} />}}{% <ui.badge a> %}x{% </ui.badge> %}",
            "{{ [a.b for a in c if a.d] | join(sep=\", \") }}{{ \"x\" if a else \"y\" if b else \"z\" }}",
            "{% block x %}{{ super() }}{% for i in range(end=3) %}{% break %}{% endfor %}{% endblock x %}",
            "{{ -a ** 2 not in b }}{{ 'it\\'s' }}{{ `x` }}{{ (a | first)[0] }}{{ 1.5 }}",
        ] {
            let mut tera = tera::Tera::new();
            let accepted = tera.add_raw_template("a.html", text);
            let refused = accepted.err().map(|error| error.to_string());
            // Parts that are not there are no matter of syntax.
            assert!(refused.is_none_or(|said| said.contains("component")), "{text}");
            assert!(parse(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_is_cut_off_is_no_template() {
        for text in
            ["{% if a %}x", "{{ a", "{% for a in b %}{% endif %}", "{{ \"a }}", "{% nothing %}"]
        {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_tags_is_found() {
        use Broken::{Open, Stray, Twice, Unknown};
        let said = |text: &str| match broken(text)? {
            Open(span, _, end, before) => {
                let before = before.map_or(String::new(), |(_, word)| format!(" before {word}"));
                Some(format!("{} wants {end}{before}", &text[span]))
            }
            Stray(span, _, of, around) => {
                let around = around.map_or(String::new(), |(_, word, _)| format!(" in {word}"));
                Some(format!("{} closes no {of}{around}", &text[span]))
            }
            Twice(span, ..) => Some(format!("{} again", &text[span])),
            Unknown(_, word) => Some(format!("no {word}")),
        };
        for (text, wrong) in [
            (
                "{% block a %}{% if b %}{% set c = 1 %}{% for d in e %}{% endfor %}{% endblock %}",
                "{% if b %} wants endif before endblock",
            ),
            (
                "{% for a in b %}{% if c %}x{% endfor %}{% endif %}",
                "{% if c %} wants endif before endfor",
            ),
            ("{% for a in b %}x", "{% for a in b %} wants endfor"),
            ("{% if a %}x{% endif %}{% endif %}", "{% endif %} closes no if"),
            ("{% block a %}{% endfor %}{% endblock %}", "{% endfor %} closes no for in block"),
            ("{% if a %}{% else %}{% else %}{% endif %}", "{% else %} again"),
            ("{% if a %}x{% else if b %}{% endif %}", "no else if"),
            ("{% unless a %}x", "no unless"),
            ("{% raw %}{% if %}", "{% raw %} wants endraw"),
            ("{% <ui.box a> %}x{% endblock %}", "{% endblock %} closes no block in <ui.box"),
            ("{% block a %}{% <box> %}x{% endblock %}", "{% <box> %} wants </box> before endblock"),
            ("{% set a %}x", "{% set a %} wants endset"),
        ] {
            assert_eq!(said(text).as_deref(), Some(wrong), "{text}");
        }
        for text in [
            "{% if a %}x{% elif b %}y{% else %}z{% endif %}{% raw %}{% if %}{% endraw %}",
            "{% set a = 1 %}{% set_global b %}x{% endset %}{% <ui.box a=\"1\" b> %}x{% </ui.box> %}",
            "{% for a in b %}x{% else %}{% continue %}{% endfor %}{% block x %}{% endblock x %}",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
        let text = "a {{ \"é\" }}{% b %}\n{# c #}d";
        assert_eq!(masked(text).unwrap().0, "a xxxxxxxxxx       \n       d");
    }
}
