//! Templates against the contract: every name in them, also in branches that no page takes.
//!
//! Each template that the program renders is walked with the shapes of what it gets; parts, blocks and
//! loops with what they get there. What cannot be known is let pass: keys that are made while a page
//! is rendered (`t["kind_" ~ story.kind]`, of which only the beginning is looked at), whatever is in
//! `extra`, and what a filter makes of it. Components are walked once for each way in which they are
//! called, with what they are given there.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::filters::{FILTERS, Takes};
use super::nesting::{self, Bodies, Trees};
use super::shape::{Contract, Found, Record, Shape};
use super::syntax::{
    Arguments, Component, Expr, Handed, Kind, Loop, Node, Parameter, Span, Tree, masked, parse,
};
use super::{Strings, braces, messages, strings};
use crate::base::lang::Text;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::value::nearest::nearest;

/// What templates are looked at with.
pub(super) struct Subject<'a> {
    /// The templates by name.
    pub templates: &'a BTreeMap<String, Source>,
    /// What they are promised.
    pub contract: &'a Contract,
    /// The theme's words.
    pub strings: &'a Strings,
    /// Where words that are missing belong.
    pub words_file: &'a str,
    /// The names of the theme's assets.
    pub assets: &'a BTreeSet<&'a str>,
    /// The templates of list items.
    pub items: &'a [String],
    /// The templates that are the project's.
    pub own: &'a BTreeSet<String>,
    /// The theme's options; `None` if it is not known which there are.
    pub options: Option<&'a [(String, Shape)]>,
}

/// Everything that is wrong with the names in the templates.
pub(super) fn examine(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let trees = subject.templates.iter();
    let trees: BTreeMap<&str, Tree> =
        trees.filter_map(|(name, source)| Some((name.as_str(), parse(source.text())?))).collect();
    let mut known: BTreeSet<String> = trees.values().flat_map(names_set).collect();
    let given = subject.contract.templates.iter().flat_map(|template| &template.given);
    known.extend(given.map(|given| given.name.to_string()));
    let mut walk = Walk {
        subject,
        trees: &trees,
        known,
        fields: HashMap::new(),
        found: Vec::new(),
        said: BTreeSet::new(),
        chain: Vec::new(),
        conditions: 0,
        blocks: BTreeMap::new(),
        components: components(&trees),
        called: BTreeSet::new(),
        includes: Vec::new(),
        printed: None,
        last_address: None,
        open: Vec::new(),
        reached: BTreeSet::new(),
    };
    for template in &subject.contract.templates {
        let vars = template.given.iter();
        let vars = vars.map(|given| (given.name.to_string(), given.shape.clone())).collect();
        let mut scope = Scope::of(vars);
        scope.prove(&template.certain.iter().map(ToString::to_string).collect());
        if template.name == "item.html" {
            subject.items.iter().for_each(|name| walk.template(name, scope.clone()));
        }
        walk.template(&template.name, scope);
    }
    // What is left and is a whole page may be the template that a page of the project names.
    let of_pages = subject.contract.templates.iter().find(|template| template.name == "page.html");
    let left: Vec<&str> = trees
        .iter()
        .filter(|(name, tree)| {
            tree.parent.is_some() && subject.own.contains(**name) && !walk.reached.contains(*name)
        })
        .map(|(name, _)| *name)
        .collect();
    for (name, template) in left.into_iter().zip(of_pages.into_iter().cycle()) {
        let vars = template.given.iter();
        let vars = vars.map(|given| (given.name.to_string(), given.shape.clone())).collect();
        walk.template(name, Scope::of(vars));
    }
    for (name, component) in walk.components.clone().into_values() {
        if !walk.called.contains(component.name.as_str()) {
            let given = component.arguments.iter();
            let given = given.map(|argument| (argument.name.clone(), declared(argument))).collect();
            walk.chain = vec![name];
            walk.component_body(component, given);
        }
    }
    walk.found
}

/// The components of all templates by their names, with the templates that have them.
fn components<'t>(trees: &'t Trees<'t>) -> BTreeMap<&'t str, (&'t str, &'t Component)> {
    let all = trees.iter().flat_map(|(name, tree)| {
        tree.components.iter().map(|component| (component.name.as_str(), (*name, component)))
    });
    all.collect()
}

/// What a component says that an argument is.
fn declared(argument: &Parameter) -> Shape {
    match argument.kind.as_deref() {
        Some("string") => Shape::Text,
        Some("bool") => Shape::Bool,
        Some("integer" | "float" | "number") => Shape::Number,
        Some("array") => Shape::List(Shape::Any.into()),
        _ => Shape::Any,
    }
}

/// The names that a template sets.
fn names_set(tree: &Tree) -> BTreeSet<String> {
    fn walk(nodes: &[Node], names: &mut BTreeSet<String>) {
        for node in nodes {
            match node {
                Node::Set(name, _) | Node::Capture(name, _) => drop(names.insert(name.clone())),
                Node::For(each) => names.extend(each.names.iter().cloned()),
                _ => {}
            }
            node.bodies().into_iter().for_each(|body| walk(body, names));
        }
    }
    let mut names = BTreeSet::new();
    walk(&tree.nodes, &mut names);
    for component in &tree.components {
        names.extend(component.arguments.iter().map(|argument| argument.name.clone()));
        walk(&component.body, &mut names);
    }
    names
}

/// The names that are known at a place. Shared until one of two ways changes something: most
/// conditions do not.
#[derive(Clone)]
struct Scope {
    vars: Rc<BTreeMap<String, Shape>>,
    /// Paths of which a condition says that they are something.
    proven: Rc<BTreeSet<String>>,
    /// Names that were set to a condition, with the paths that are something if it holds.
    conditions: Rc<BTreeMap<String, BTreeSet<String>>>,
}

impl Scope {
    fn of(vars: BTreeMap<String, Shape>) -> Self {
        Self { vars: vars.into(), proven: Rc::default(), conditions: Rc::default() }
    }

    fn set(&mut self, name: &str, shape: Shape) {
        let below = format!("{name}.");
        let is_its = |path: &String| path == name || path.starts_with(&below);
        if self.proven.iter().any(is_its) {
            Rc::make_mut(&mut self.proven).retain(|path| !is_its(path));
        }
        // What was said of what the name stood for before.
        let speaks = |paths: &BTreeSet<String>| paths.iter().any(is_its);
        if self.conditions.iter().any(|(known, paths)| known == name || speaks(paths)) {
            Rc::make_mut(&mut self.conditions)
                .retain(|known, paths| known != name && !speaks(paths));
        }
        Rc::make_mut(&mut self.vars).insert(name.to_string(), shape);
    }

    /// The paths that are something if one is.
    fn with_it(&self, paths: BTreeSet<String>) -> BTreeSet<String> {
        let more = paths.iter().filter_map(|path| self.conditions.get(path)).flatten();
        let more: Vec<String> = more.cloned().collect();
        paths.into_iter().chain(more).collect()
    }

    fn prove(&mut self, paths: &BTreeSet<String>) {
        for path in &self.with_it(paths.clone()) {
            let dots = path.match_indices('.').map(|(at, _)| at);
            for end in dots.chain([path.len()]) {
                if !self.proven.contains(&path[..end]) {
                    Rc::make_mut(&mut self.proven).insert(path[..end].to_string());
                }
            }
        }
    }

    /// What is known after one of two ways.
    fn meet(&mut self, other: Self) {
        if !Rc::ptr_eq(&self.conditions, &other.conditions) {
            let there = |(name, paths): (&String, &mut BTreeSet<String>)| {
                other.conditions.get(name) == Some(&*paths)
            };
            Rc::make_mut(&mut self.conditions).retain(|name, paths| there((name, paths)));
        }
        if !Rc::ptr_eq(&self.proven, &other.proven) {
            Rc::make_mut(&mut self.proven).retain(|path| other.proven.contains(path));
        }
        if Rc::ptr_eq(&self.vars, &other.vars) {
            return;
        }
        let vars = Rc::make_mut(&mut self.vars);
        for (name, shape) in Rc::unwrap_or_clone(other.vars) {
            match vars.remove(&name) {
                Some(own) => vars.insert(name, own.or(shape)),
                None => vars.insert(name, shape.or_nothing()),
            };
        }
    }
}

/// What becomes of a value: whether it matters that there may be none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// It is written or gone through.
    Shown,
    /// It is kept or handed on.
    Kept,
    /// It is only asked whether there is one.
    Tested,
}

struct Walk<'t, 'a> {
    subject: &'t Subject<'a>,
    trees: &'t Trees<'t>,
    known: BTreeSet<String>,
    fields: HashMap<&'static str, Rc<Vec<Found>>>,
    found: Vec<Diagnostic>,
    said: BTreeSet<(String, usize, &'static str)>,
    /// The templates that lead here; the last is the one at hand.
    chain: Vec<&'t str>,
    /// In how many conditions it is.
    conditions: usize,
    /// The blocks of the template at hand.
    blocks: BTreeMap<&'t str, Bodies<'t>>,
    /// What is being looked at, each in the one before.
    open: Vec<&'t [Node]>,
    /// The templates that were looked at.
    reached: BTreeSet<&'t str>,
    components: BTreeMap<&'t str, (&'t str, &'t Component)>,
    /// The components that are called.
    called: BTreeSet<&'t str>,
    /// Where the parts that lead here are included: the template, and the place in it.
    includes: Vec<(&'t str, Span)>,
    /// The last address or HTML that was printed, which is a mark, and how it is written.
    printed: Option<(Shape, &'t str)>,
    /// The template and the end of the address that was printed last.
    last_address: Option<(&'t str, usize)>,
}

impl<'t> Walk<'t, '_> {
    /// A template that the program renders.
    fn template(&mut self, name: &str, mut scope: Scope) {
        self.chain.clear();
        self.extended(name, &mut scope);
    }

    /// A template with those that it extends.
    fn extended(&mut self, name: &str, scope: &mut Scope) {
        let chain = nesting::chain(self.trees, name);
        let Some(&(top, tree)) = chain.last() else { return };
        let outer = std::mem::replace(&mut self.blocks, nesting::blocks(&chain));
        self.reached.extend(chain.iter().map(|(name, _)| *name));
        // What is wrong in a base is said of the page that it is the base of.
        let before = self.chain.len();
        self.chain.extend(chain.iter().map(|(name, _)| *name));
        debug_assert_eq!(self.chain.last(), Some(&top));
        self.body(&tree.nodes, scope);
        self.chain.truncate(before);
        self.blocks = outer;
    }

    /// What is in a template or a block; nothing if it stands inside itself.
    fn body(&mut self, nodes: &'t [Node], scope: &mut Scope) {
        if self.open.iter().any(|open| std::ptr::eq(*open, nodes)) {
            return;
        }
        self.open.push(nodes);
        self.nodes(nodes, scope);
        self.open.pop();
    }

    fn source(&self) -> Option<&'t Source> {
        self.subject.templates.get(*self.chain.last()?)
    }

    fn written(&self, span: &Span) -> &'t str {
        self.source().map_or("", |source| &source.text()[span.clone()])
    }

    /// Says it, once for a place. What is wrong in a built-in part is the fault of who includes it.
    fn say(&mut self, span: &Span, make: impl FnOnce(messages::At) -> Diagnostic) {
        let Some(source) = self.source() else { return };
        let mut name = self.chain.last().copied().unwrap_or_default();
        let mut at =
            messages::At { place: source.place(span.clone()), by: String::new(), part: None };
        let mut start = span.start;
        let own = self.includes.iter().rfind(|(name, _)| self.subject.own.contains(*name));
        match own.filter(|_| !self.subject.own.contains(name)) {
            Some((outer, include)) => {
                let line = at.place.line();
                at.part = Some((name.to_string(), line));
                at.place = self.subject.templates[*outer].place(include.clone());
                (name, start) = (outer, include.start);
            }
            // The first is the template that is rendered, the last the one at hand.
            None => {
                let ways: &[&str] = match self.chain.as_slice() {
                    [_] | [] => &[],
                    [ways @ .., _] => ways,
                };
                at.by = ways.join(" → ");
            }
        }
        let diagnostic = make(at);
        if self.said.insert((name.to_string(), start, diagnostic.code)) {
            self.found.push(diagnostic);
        }
    }

    fn nodes(&mut self, nodes: &'t [Node], scope: &mut Scope) {
        for node in nodes {
            self.node(node, scope);
        }
    }

    fn node(&mut self, node: &'t Node, scope: &mut Scope) {
        match node {
            Node::Text(_) => {}
            Node::Print(expr) => {
                let shape = self.value(expr, scope, Use::Shown);
                self.print(expr, &shape);
                self.unfilled(expr);
                self.mark(expr, &shape);
            }
            Node::Set(name, expr) => {
                let shape = self.value(expr, scope, Use::Kept);
                let proven = expr.path().map(|path| renamed(&scope.proven, &path, name));
                scope.set(name, shape);
                let proven: Vec<String> = proven.into_iter().flatten().collect();
                if !proven.is_empty() {
                    Rc::make_mut(&mut scope.proven).extend(proven);
                }
                let paths = scope.with_it(holds(expr));
                if expr.path().is_none() && !paths.is_empty() && !paths.contains(name) {
                    Rc::make_mut(&mut scope.conditions).insert(name.clone(), paths);
                }
            }
            Node::Capture(name, body) => {
                let (shape, _) = self.captured(body, scope);
                scope.set(name, shape);
            }
            Node::Include(name, span) => self.include(name, span, scope),
            Node::Block(name, ..) => self.block(name, scope),
            Node::Leave => {}
            Node::For(each) => self.each(each, scope),
            Node::If(parts) => {
                let (test, then, otherwise) = &**parts;
                self.value(test, scope, Use::Tested);
                // Who asks what a value is may do with it what one of another kind would not take.
                asked_for(test).into_iter().for_each(|name| scope.set(name, Shape::Any));
                let mut without = scope.clone();
                scope.prove(&holds(test));
                without.prove(&fails(test));
                self.conditions += 1;
                self.nodes(then, scope);
                self.nodes(otherwise, &mut without);
                self.conditions -= 1;
                // What follows is only written after the other way.
                let leaves = |nodes: &[Node]| nodes.iter().any(|node| matches!(node, Node::Leave));
                match (leaves(then), leaves(otherwise)) {
                    (true, false) => *scope = without,
                    (false, true) => {}
                    _ => scope.meet(without),
                }
            }
            Node::Filter(filters, body) => {
                let (mut shape, what) = self.captured(body, scope);
                for filter in filters {
                    if let Kind::Filter(_, name, span, arguments) = &filter.kind {
                        shape = self.filter(shape, None, what, name, span, arguments, scope);
                    }
                }
            }
        }
    }

    /// What stands between two tags, as one text; and what of it is a mark.
    fn captured(&mut self, body: &'t [Node], scope: &mut Scope) -> (Shape, &'t str) {
        let outer = self.printed.take();
        self.nodes(body, scope);
        let inner = std::mem::replace(&mut self.printed, outer);
        inner.unwrap_or((Shape::Text, ""))
    }

    /// Remembers that an address or HTML is printed. An address is whole: nothing of one stands before it.
    fn mark(&mut self, expr: &'t Expr, shape: &Shape) {
        let shape = shape.given();
        let what = self.written(&expr.span);
        match shape {
            Shape::Html => self.printed = Some((shape, what)),
            Shape::Address => {
                if !matches!(self.printed, Some((Shape::Html, _))) {
                    self.printed = Some((shape, what));
                }
                let Some((source, template)) = self.source().zip(self.chain.last().copied()) else {
                    return;
                };
                // Nothing stands between the braces of both but perhaps a slash.
                let joins = |from: usize| {
                    let between = source.text().get(from..expr.span.start).unwrap_or_default();
                    let text = between.trim().trim_matches('-');
                    let text = text.strip_prefix("}}").and_then(|text| text.strip_suffix("{{"));
                    matches!(text, Some("" | "/"))
                };
                let before = source.text()[..expr.span.start].trim_end().trim_end_matches('-');
                let follows_slash =
                    before.strip_suffix("{{").is_some_and(|text| text.ends_with('/'));
                let follows =
                    self.last_address.is_some_and(|(name, at)| name == template && joins(at));
                // Others have the name of the host, and may stand in the address of a service.
                let is_of_site = expr.path().is_some_and(|path| {
                    let last = path.rsplit('.').next().unwrap_or_default();
                    matches!(last, "url" | "src" | "root")
                });
                // In a text it is words.
                let is_given = self.surroundings(expr.span.start) != Surroundings::Text;
                if (follows || follows_slash) && is_of_site && is_given {
                    self.say(&expr.span, |at| messages::address_joined(at, what));
                }
                self.last_address = Some((template, expr.span.end));
            }
            _ => {}
        }
    }

    /// A word with names in braces that is printed as it is. A script may fill what stands in an attribute.
    fn unfilled(&mut self, expr: &Expr) {
        let Some(word) = word_of(expr) else { return };
        let Some(text) = self.subject.strings.find(word) else { return };
        if let Some(slot) = strings::names_in(text).into_iter().next()
            && !self.subject.strings.is_odd(word)
            && self.surroundings(expr.span.start) == Surroundings::Text
        {
            let written = self.written(&expr.span);
            self.say(&expr.span, |at| messages::slot_open(at, word, written, &slot));
        }
    }

    /// Between which parts of HTML a place of the template at hand stands.
    fn surroundings(&self, at: usize) -> Surroundings {
        let Some((html, _)) = self.source().and_then(|source| masked(source.text())) else {
            return Surroundings::Attribute;
        };
        let before = &html[..at];
        let last = |what: &str| before.rfind(what).map_or(0, |at| at + 1);
        match () {
            () if last("<script") > last("</script") => Surroundings::Script,
            () if last("<") > last(">") => Surroundings::Attribute,
            () => Surroundings::Text,
        }
    }

    fn include(&mut self, name: &str, span: &Span, scope: &mut Scope) {
        if self.open.len() > 200 {
            return;
        }
        self.includes.extend(self.chain.last().map(|name| (*name, span.clone())));
        // What a part sets is not seen by the one that includes it.
        self.extended(name, &mut scope.clone());
        self.includes.pop();
    }

    /// A block as the template that is rendered has it.
    fn block(&mut self, name: &str, scope: &mut Scope) {
        let bodies = self.blocks.get(name).cloned().unwrap_or_default();
        let whole = std::mem::take(&mut self.chain);
        for (template, body) in bodies {
            // The templates that lead to it, without those that it extends.
            let first = whole.first().copied().filter(|first| *first != template);
            self.chain = first.into_iter().chain([template]).collect();
            self.body(body, &mut scope.clone());
            if !calls_super(body) {
                break;
            }
        }
        self.chain = whole;
    }

    fn each(&mut self, each: &'t Loop, scope: &mut Scope) {
        let shapes = self.gone_through(&each.of, &each.names, scope);
        let mut inner = scope.clone();
        for (name, shape) in each.names.iter().zip(shapes) {
            inner.set(name, shape);
        }
        inner.set("loop", Shape::Any);
        self.nodes(&each.body, &mut inner);
        self.nodes(&each.otherwise, &mut scope.clone());
    }

    /// What the names of a loop stand for.
    fn gone_through(&mut self, of: &'t Expr, names: &[String], scope: &mut Scope) -> Vec<Shape> {
        let shape = self.value(of, scope, Use::Shown);
        if let Shape::Nullable(_) = shape {
            self.may_be_nothing(of, "{% for … %}");
        }
        let both = |key, value| if names.len() == 2 { vec![key, value] } else { vec![value] };
        match shape.given() {
            Shape::List(item) if names.len() == 1 => vec![(*item).clone()],
            Shape::Map(value) => both(Shape::Text, (*value).clone()),
            Shape::Any | Shape::Undefined => both(Shape::Any, Shape::Any),
            Shape::Words | Shape::Assets => both(Shape::Text, Shape::Text),
            Shape::Options | Shape::Record(_) | Shape::Own(_) if names.len() == 2 => {
                both(Shape::Text, Shape::Any)
            }
            other => {
                let (what, kind) = (self.written(&of.span), self.described(&other));
                let is_list = matches!(other, Shape::List(_));
                self.say(&of.span, |at| messages::not_a_list(at, what, &kind, is_list));
                both(Shape::Any, Shape::Any)
            }
        }
    }

    /// A value that is printed.
    fn print(&mut self, expr: &Expr, shape: &Shape) {
        let what = self.written(&expr.span);
        match shape {
            // That it has several parts says enough.
            Shape::Nullable(inner) => match inner.is_whole() {
                true => self.may_be_nothing(expr, "{{ … }}"),
                false => self.print(expr, inner),
            },
            Shape::Record(record) => {
                let fields = self.fields(record);
                let fields: Vec<&str> = fields.iter().map(|field| field.name).collect();
                self.say(&expr.span, |at| messages::not_printable(at, what, &fields));
            }
            Shape::List(_)
            | Shape::Map(_)
            | Shape::Own(_)
            | Shape::Words
            | Shape::Assets
            | Shape::Options => {
                self.say(&expr.span, |at| messages::not_printable(at, what, &[]));
            }
            _ => {}
        }
    }

    fn may_be_nothing(&mut self, expr: &Expr, how: &'static str) {
        let what = self.written(&expr.span);
        self.say(&expr.span, |at| messages::may_be_nothing(at, what, how));
    }

    fn fields(&mut self, record: &Record) -> Rc<Vec<Found>> {
        let contract = self.subject.contract;
        let fields = self.fields.entry(record.name);
        fields.or_insert_with(|| Rc::new(contract.fields(record))).clone()
    }

    fn values(&mut self, exprs: impl IntoIterator<Item = &'t Expr>, scope: &mut Scope) {
        for expr in exprs {
            self.value(expr, scope, Use::Kept);
        }
    }

    /// What an expression is.
    fn value(&mut self, expr: &'t Expr, scope: &mut Scope, usage: Use) -> Shape {
        match &expr.kind {
            Kind::Text(_) => Shape::Text,
            Kind::Number => Shape::Number,
            Kind::Bool => Shape::Bool,
            Kind::Nothing => Shape::Nullable(Shape::Any.into()),
            Kind::Name(name) => self.name(name, expr, scope, usage),
            Kind::Field(of, name, span, optional) => {
                let shape = self.value(of, scope, usage);
                let shape = self.through(of, shape, *optional, usage);
                let inner = self.field(of, &shape.given(), name, span, usage, scope);
                settled(inner, expr, &shape, scope)
            }
            Kind::Item(of, key, optional) => {
                let shape = self.value(of, scope, usage);
                let shape = self.through(of, shape, *optional, usage);
                let inner = self.item(of, &shape.given(), key, usage, scope);
                settled(inner, expr, &shape, scope)
            }
            Kind::Slice(of, parts) => {
                self.values(parts, scope);
                let shape = self.value(of, scope, usage);
                if matches!(shape.given(), Shape::Address | Shape::Html) {
                    let what = self.written(&of.span);
                    self.say(&expr.span, |at| messages::cut(at, what, "[…]"));
                }
                shape
            }
            Kind::Filter(of, name, span, arguments) => {
                let Some(of) = of else { return Shape::Any };
                let asked = match name.as_str() {
                    "default" => Use::Tested,
                    _ => usage,
                };
                let shape = self.value(of, scope, asked);
                // Hardly a filter takes nothing.
                if matches!(shape, Shape::Nullable(_)) && asked != Use::Tested {
                    self.may_be_nothing(of, "{{ … }}");
                }
                let what = self.written(&of.span);
                if usage != Use::Tested
                    && name == "length"
                    && matches!(shape.given(), Shape::Address)
                {
                    self.say(span, |at| messages::cut(at, what, name));
                }
                self.filter(shape, Some(of), what, name, span, arguments, scope)
            }
            Kind::Test(of, name, span, arguments) => {
                let shape = self.value(of, scope, Use::Tested);
                self.arguments(arguments, scope);
                let wants_start = arguments.iter().any(|(_, value)| begins_at_root(value));
                let is_start = name == "starting_with" || (name == "containing" && wants_start);
                if matches!(shape.given(), Shape::Address | Shape::Html) && is_start {
                    let what = self.written(&of.span);
                    self.say(span, |at| messages::cut(at, what, name));
                }
                Shape::Bool
            }
            Kind::Call(name, _, arguments) => {
                self.arguments(arguments, scope);
                match name.as_str() {
                    "range" => Shape::List(Shape::Number.into()),
                    _ => Shape::Any,
                }
            }
            Kind::Component(name, span, handed, body) => {
                self.nodes(body, &mut scope.clone());
                self.component(name, span, handed, scope);
                Shape::Any
            }
            Kind::Unary(sign, of) => {
                let usage = if *sign == "not" { Use::Tested } else { usage };
                self.value(of, scope, usage);
                if *sign == "not" { Shape::Bool } else { Shape::Number }
            }
            Kind::Binary(sign, left, right) => self.binary(sign, left, right, scope, usage),
            Kind::Ternary(parts) => {
                let (test, then, otherwise) = &**parts;
                self.value(test, scope, Use::Tested);
                let (mut with, mut without) = (scope.clone(), scope.clone());
                with.prove(&holds(test));
                without.prove(&fails(test));
                self.conditions += 1;
                let then = self.value(then, &mut with, usage);
                let otherwise = self.value(otherwise, &mut without, usage);
                self.conditions -= 1;
                then.or(otherwise)
            }
            Kind::List(items) => {
                let shapes: Vec<Shape> =
                    items.iter().map(|item| self.value(item, scope, Use::Kept)).collect();
                let shape = shapes.into_iter().reduce(Shape::or).unwrap_or(Shape::Any);
                Shape::List(shape.into())
            }
            Kind::Map(entries) => {
                let mut keys = BTreeMap::new();
                for (key, value) in entries {
                    let shape = self.value(value, scope, Use::Kept);
                    keys.extend(key.clone().map(|key| (key, shape)));
                }
                match entries.iter().all(|(key, _)| key.is_some()) {
                    true => Shape::Own(keys.into()),
                    false => Shape::Map(Shape::Any.into()),
                }
            }
            Kind::Each(each) => {
                let shapes = self.gone_through(&each.of, &each.names, scope);
                let mut inner = scope.clone();
                for (name, shape) in each.names.iter().zip(shapes) {
                    inner.set(name, shape);
                }
                if let Some(condition) = &each.condition {
                    self.value(condition, &mut inner, Use::Tested);
                    inner.prove(&holds(condition));
                }
                Shape::List(self.value(&each.value, &mut inner, usage).into())
            }
        }
    }

    fn binary(
        &mut self,
        sign: &str,
        left: &'t Expr,
        right: &'t Expr,
        scope: &mut Scope,
        usage: Use,
    ) -> Shape {
        match sign {
            "and" | "or" => {
                let one = self.value(left, scope, Use::Tested);
                let mut after = scope.clone();
                after.prove(&if sign == "and" { holds(left) } else { fails(left) });
                let other = self.value(right, &mut after, Use::Tested);
                // Of `a or b` it is b if a is nothing.
                if sign == "or" { one.given().or(other) } else { one.or(other) }
            }
            "~" => {
                let one = self.value(left, scope, usage);
                let other = self.value(right, scope, usage);
                for (expr, shape) in [(left, &one), (right, &other)] {
                    if usage != Use::Tested {
                        self.print(expr, shape);
                    }
                }
                let (one, other) = (one.given(), other.given());
                if matches!((&one, &other), (Shape::Address, Shape::Address)) {
                    let what = self.written(&right.span);
                    self.say(&right.span, |at| messages::address_joined(at, what));
                }
                one.joined(other)
            }
            "+" | "-" | "*" | "/" | "//" | "%" | "**" => {
                for expr in [left, right] {
                    let shape = self.value(expr, scope, usage);
                    if let Shape::Nullable(_) = shape
                        && usage != Use::Tested
                    {
                        self.may_be_nothing(expr, "{{ … }}");
                    }
                    self.takes(Takes::Number, &shape, expr, &expr.span, sign);
                }
                Shape::Number
            }
            _ => {
                let is_order = matches!(sign, "<" | "<=" | ">" | ">=");
                let asked = if is_order { Use::Kept } else { Use::Tested };
                for (expr, other) in [(left, right), (right, left)] {
                    let shape = self.value(expr, scope, asked);
                    let what = self.written(&expr.span);
                    if is_order && matches!(shape, Shape::Nullable(_)) {
                        self.may_be_nothing(expr, "<");
                    }
                    let is_cut = match shape.given() {
                        Shape::Html => true,
                        // The beginning of an address is a mark until the page is written.
                        Shape::Address => {
                            matches!(sign, "==" | "!=" | "in") && begins_at_root(other)
                        }
                        _ => false,
                    };
                    if is_cut {
                        self.say(&expr.span, |at| messages::cut(at, what, sign));
                    }
                }
                Shape::Bool
            }
        }
    }

    fn name(&mut self, name: &str, expr: &Expr, scope: &Scope, usage: Use) -> Shape {
        if let Some(shape) = scope.vars.get(name) {
            return settled(shape.clone(), expr, shape, scope);
        }
        if name == "super" || name.starts_with("__tera") {
            return Shape::Any;
        }
        if name == "loop" {
            self.say(&expr.span, messages::loop_outside);
            return Shape::Any;
        }
        let is_known = self.known.contains(name);
        if is_known && scope.proven.contains(name) {
            return Shape::Any;
        }
        // A part may ask for what only some of those that include it set.
        if !is_known || (usage != Use::Tested && self.conditions == 0) {
            let names: Vec<&str> = scope.vars.keys().map(String::as_str).collect();
            let near = nearest(name, names.iter().copied());
            self.say(&expr.span, |at| messages::name_unknown(at, name, near, &names));
        }
        Shape::Undefined
    }

    /// What a value is, for people: the names of its parts and not that of its type.
    fn described(&mut self, shape: &Shape) -> Text {
        const NAMED: usize = 8;
        let mut parts = |record: &Record| {
            let fields = self.fields(record);
            let names: Vec<&str> = fields.iter().take(NAMED).map(|field| field.name).collect();
            let more = if fields.len() > NAMED { [" ……", " …"] } else { ["", ""] };
            Text {
                zh: format!("{}{}", names.join("、"), more[0]),
                en: format!("{}{}", names.join(", "), more[1]),
            }
        };
        match shape {
            Shape::Record(record) => {
                let parts = parts(record);
                Text {
                    zh: format!("里有好几项（{}）", parts.zh),
                    en: format!("has several parts ({})", parts.en),
                }
            }
            Shape::List(item) => match item.given() {
                Shape::Record(record) => {
                    let parts = parts(&record);
                    Text {
                        zh: format!("是列表，每一项里有 {}", parts.zh),
                        en: format!("is a list; each item has {}", parts.en),
                    }
                }
                _ => Text { zh: "是列表".into(), en: "is a list".into() },
            },
            Shape::Map(_) | Shape::Own(_) => {
                Text { zh: "是键值表".into(), en: "is a map".into() }
            }
            Shape::Nullable(of) => self.described(of),
            shape => {
                let name = shape.name();
                let plain = [
                    "text",
                    "HTML",
                    "anything",
                    "nothing",
                    "words",
                    "true",
                    "addresses",
                    "options",
                ];
                let en = match plain.iter().any(|begin| name.en.starts_with(begin)) {
                    true => format!("is {}", name.en),
                    false if name.en.starts_with('a') => format!("is an {}", name.en),
                    false => format!("is a {}", name.en),
                };
                Text { zh: format!("是{}", name.zh), en }
            }
        }
    }

    /// What is before a point or bracket: whether it may be nothing.
    fn through(&mut self, of: &Expr, shape: Shape, optional: bool, usage: Use) -> Shape {
        if matches!(shape, Shape::Nullable(_)) && !optional && usage != Use::Tested {
            self.may_be_nothing(of, "…");
            return shape.given();
        }
        shape
    }

    fn field(
        &mut self,
        of: &'t Expr,
        shape: &Shape,
        name: &str,
        span: &Span,
        usage: Use,
        scope: &Scope,
    ) -> Shape {
        let what = self.written(&of.span);
        match shape {
            Shape::Record(record) => {
                let fields = self.fields(record);
                if let Some(found) = fields.iter().find(|found| found.name == name) {
                    self.old_name(record, name, span);
                    return match self.is_there(of, record, name, scope) {
                        true => found.shape.given(),
                        false => found.shape.clone(),
                    };
                }
                let names: Vec<&str> = fields.iter().map(|found| found.name).collect();
                let near = nearest(name, names.iter().copied());
                self.say(span, |at| messages::field_unknown(at, what, name, near, &names));
                Shape::Any
            }
            Shape::Own(keys) => match keys.get(name) {
                Some(shape) => shape.clone(),
                None => {
                    let names: Vec<&str> = keys.keys().map(String::as_str).collect();
                    let near = nearest(name, names.iter().copied());
                    self.say(span, |at| messages::field_unknown(at, what, name, near, &names));
                    Shape::Any
                }
            },
            Shape::Words => self.word(name, span),
            Shape::Assets => self.asset(name, span, usage),
            Shape::Options => {
                let Some(options) = self.subject.options else { return Shape::Any };
                if let Some((_, shape)) = options.iter().find(|(known, _)| known == name) {
                    return shape.clone();
                }
                let names: Vec<&str> = options.iter().map(|(name, _)| name.as_str()).collect();
                let near = nearest(name, names.iter().copied());
                self.say(span, |at| messages::option_not_declared(at, name, near, &names));
                Shape::Any
            }
            Shape::Map(value) => (**value).clone(),
            Shape::Any | Shape::Undefined => Shape::Any,
            other => {
                let kind = self.described(other);
                let is_list = matches!(other, Shape::List(_));
                self.say(span, |at| messages::no_fields(at, what, name, &kind, is_list));
                Shape::Any
            }
        }
    }

    /// Is it there because something else is?
    fn is_there(&self, of: &Expr, record: &Record, name: &str, scope: &Scope) -> bool {
        let Some(base) = of.path() else { return false };
        let whole = format!("{base}.{name}");
        self.subject.contract.together.iter().any(|both| match both.record {
            "" => both.other == whole && scope.proven.contains(both.tested),
            owner => {
                owner == record.name
                    && both.other == name
                    && scope.proven.contains(&format!("{base}.{}", both.tested))
            }
        })
    }

    fn old_name(&mut self, record: &Record, name: &str, span: &Span) {
        let renamed = self.subject.contract.renamed.iter();
        let mut renamed = renamed.filter(|old| old.record == record.name && old.old == name);
        if let Some(renamed) = renamed.next() {
            self.say(span, |at| messages::name_changed(at, renamed.old, renamed.new));
        }
    }

    fn item(
        &mut self,
        of: &'t Expr,
        shape: &Shape,
        key: &'t Expr,
        usage: Use,
        scope: &mut Scope,
    ) -> Shape {
        if let Kind::Text(name) = &key.kind {
            return self.field(of, shape, name, &key.span, usage, scope);
        }
        self.value(key, scope, Use::Kept);
        match shape {
            Shape::List(item) => one_of(item, of, scope),
            Shape::Map(value) => (**value).clone(),
            Shape::Words => {
                if let Some(begin) = beginning(key)
                    && !self.subject.strings.map().keys().any(|word| word.starts_with(begin))
                {
                    let (file, begin) = (self.subject.words_file, format!("{begin}…"));
                    self.say(&key.span, |at| messages::word_unknown(at, &begin, None, file));
                }
                Shape::Text
            }
            Shape::Assets => Shape::Address,
            Shape::Address | Shape::Html => {
                let what = self.written(&of.span);
                self.say(&key.span, |at| messages::cut(at, what, "[…]"));
                Shape::Text
            }
            _ => Shape::Any,
        }
    }

    fn word(&mut self, name: &str, span: &Span) -> Shape {
        if self.subject.strings.find(name).is_none() {
            let near = nearest(name, self.subject.strings.map().keys().map(String::as_str));
            let file = self.subject.words_file;
            self.say(span, |at| messages::word_unknown(at, name, near, file));
        }
        Shape::Text
    }

    fn asset(&mut self, name: &str, span: &Span, usage: Use) -> Shape {
        if self.subject.assets.contains(name) {
            return Shape::Address;
        }
        let near = nearest(name, self.subject.assets.iter().copied());
        if usage != Use::Tested || near.is_some() {
            let names: Vec<&str> = self.subject.assets.iter().copied().collect();
            self.say(span, |at| messages::asset_unknown(at, name, near, &names));
            return Shape::Address;
        }
        Shape::Nullable(Shape::Address.into())
    }

    fn arguments(&mut self, arguments: &'t Arguments, scope: &mut Scope) {
        self.values(arguments.iter().map(|(_, value)| value), scope);
    }

    #[allow(clippy::too_many_arguments)]
    fn filter(
        &mut self,
        shape: Shape,
        of: Option<&'t Expr>,
        what: &str,
        name: &str,
        span: &Span,
        arguments: &'t Arguments,
        scope: &mut Scope,
    ) -> Shape {
        let given = shape.given();
        // Of a filter that is none the engine tells; nothing is known of what comes of it.
        let Some(filter) = FILTERS.iter().find(|filter| filter.name == name) else {
            self.arguments(arguments, scope);
            return Shape::Any;
        };
        let mut is_slip = false;
        for (argument, value) in arguments {
            let shape = self.value(value, scope, Use::Kept);
            let Some(known) = filter.arguments else { continue };
            match known.iter().find(|(name, ..)| name == argument) {
                Some((_, takes, _)) => {
                    self.takes(
                        *takes,
                        &shape,
                        value,
                        &value.span,
                        &format!("{name}({argument}=…)"),
                    );
                }
                None => {
                    is_slip = true;
                    let known: Vec<&str> = known.iter().map(|(name, ..)| *name).collect();
                    self.say(span, |at| messages::argument_unknown(at, name, argument, &known));
                }
            }
        }
        let is_given = |wanted: &str| arguments.iter().any(|(name, _)| name == wanted);
        let needed =
            filter.arguments.unwrap_or_default().iter().filter(|(.., is_needed)| *is_needed);
        let missing = needed.map(|(name, ..)| *name).find(|name| !is_given(name));
        if let Some(missing) = missing.filter(|_| !is_slip) {
            self.say(span, |at| messages::argument_missing(at, name, missing));
        }
        match given {
            Shape::Html if !matches!(name, "safe" | "default") => {
                self.say(span, |at| messages::cut(at, what, name));
            }
            Shape::Address if !KEEPS_ADDRESSES.contains(&name) => {
                self.say(span, |at| messages::cut(at, what, name));
            }
            _ => {}
        }
        if let Some(of) = of {
            self.takes(filter.takes, &shape, of, span, name);
            if let (Shape::List(item), "join") = (&given, name)
                && matches!(item.given(), Shape::List(_) | Shape::Record(_))
            {
                let kind = self.described(&given);
                self.say(span, |at| messages::not_joined(at, what, &kind));
            }
            if name == "json" && self.surroundings(span.start) == Surroundings::Text {
                self.say(span, |at| messages::json_outside(at, what));
            }
        }
        let argument = |wanted: &str| {
            arguments.iter().find(|(name, _)| name == wanted).map(|(_, value)| value)
        };
        if name == "fill" {
            self.fill(of, span, arguments);
        }
        if let (Some(path), Shape::List(item)) = (argument("attribute"), &given)
            && let Kind::Text(names) = &path.kind
        {
            self.attribute(item, what, names, &path.span);
        }
        match name {
            "get" => match argument("key").map(|key| &key.kind) {
                Some(Kind::Text(key)) if !is_given("default") => {
                    let Some(of) = of else { return Shape::Any };
                    let span = argument("key").map_or(span, |key| &key.span);
                    self.field(of, &given, key, span, Use::Shown, scope)
                }
                _ => Shape::Any,
            },
            "default" => match argument("value") {
                Some(value) => given.or(self.value(value, scope, Use::Kept)),
                None => given,
            },
            "safe" | "sort" | "unique" | "reverse" => shape,
            "first" | "last" | "nth" => match (given, of) {
                (Shape::List(item), Some(of)) => one_of(&item, of, scope),
                _ => Shape::Any,
            },
            "length" | "wordcount" | "int" | "float" | "abs" | "round" => Shape::Number,
            "split" | "keys" => Shape::List(Shape::Text.into()),
            "reach" => Shape::List(Shape::Any.into()),
            "group_by" => Shape::Map(given.into()),
            "values" => Shape::List(Shape::Any.into()),
            "pairs" => Shape::List(Rc::new(Shape::List(Shape::Any.into()))),
            "str" if matches!(given, Shape::Address | Shape::Html) => given,
            // Nothing is printed of it that could be made wrong.
            "json" => Shape::Text,
            _ => Shape::Text,
        }
    }

    /// `sort(attribute="date.iso")`.
    fn attribute(&mut self, item: &Shape, what: &str, names: &str, span: &Span) {
        let mut shape = item.clone();
        for name in names.split('.') {
            let Shape::Record(record) = shape.given() else { return };
            let fields = self.fields(&record);
            match fields.iter().find(|found| found.name == name) {
                Some(found) => shape = found.shape.clone(),
                None => {
                    let names: Vec<&str> = fields.iter().map(|found| found.name).collect();
                    let near = nearest(name, names.iter().copied());
                    return self
                        .say(span, |at| messages::field_unknown(at, what, name, near, &names));
                }
            }
        }
    }

    /// Is it what is taken there? `by` names what takes it.
    fn takes(&mut self, takes: Takes, shape: &Shape, expr: &Expr, span: &Span, by: &str) {
        let given = shape.given();
        if matches!(given, Shape::Any | Shape::Undefined) {
            return;
        }
        let is_list = matches!(given, Shape::List(_));
        let is_map = matches!(
            given,
            Shape::Record(_)
                | Shape::Map(_)
                | Shape::Own(_)
                | Shape::Words
                | Shape::Assets
                | Shape::Options
        );
        let is_text = matches!(given, Shape::Text | Shape::Address | Shape::Html);
        let fits = match takes {
            Takes::Any => true,
            Takes::Text => is_text,
            Takes::Number => matches!(given, Shape::Number),
            Takes::List => is_list,
            Takes::Map => is_map,
            Takes::Counted => is_list || is_map || is_text,
            Takes::Printed => given.is_whole(),
        };
        let what = self.written(&expr.span);
        match (fits, takes) {
            (true, _) => {}
            (false, Takes::Printed) => self.print(expr, &given),
            (false, takes) => {
                let kind = self.described(&given);
                self.say(span, |at| messages::not_taken(at, what, &kind, by, takes));
            }
        }
    }

    /// A component, with what it is given.
    fn component(&mut self, name: &str, span: &Span, handed: &'t Handed, scope: &mut Scope) {
        let shapes: Vec<Shape> =
            handed.iter().map(|(_, value)| self.value(value, scope, Use::Kept)).collect();
        // Of one that there is not the engine tells.
        let Some(&(template, component)) = self.components.get(name) else { return };
        self.called.insert(&component.name);
        let known: Vec<&str> = component.arguments.iter().map(|a| a.name.as_str()).collect();
        let mut is_slip = false;
        let takes_all = component.arguments.iter().any(|argument| argument.is_rest);
        for (argument, _) in handed {
            if let Some((argument, at)) = argument
                && !takes_all
                && !known.contains(&argument.as_str())
            {
                is_slip = true;
                let shown = format!("<{name}>");
                self.say(at, |at| messages::argument_unknown(at, &shown, argument, &known));
            }
        }
        let is_spread = handed.iter().any(|(name, _)| name.is_none());
        let mut given = BTreeMap::new();
        for argument in &component.arguments {
            let is_it = |(name, _): &&(Option<(String, Span)>, Expr)| {
                name.as_ref().is_some_and(|(name, _)| *name == argument.name)
            };
            let at = handed.iter().position(|handed| is_it(&handed));
            let shape = match (at, &argument.default) {
                _ if argument.is_rest => Shape::Map(Shape::Any.into()),
                (Some(at), _) => {
                    let takes = match argument.kind.as_deref() {
                        Some("string") => Takes::Text,
                        Some("integer" | "float" | "number") => Takes::Number,
                        Some("array") => Takes::List,
                        Some("map") => Takes::Map,
                        _ => Takes::Any,
                    };
                    let value = &handed[at].1;
                    if let Shape::Nullable(_) = shapes[at]
                        && takes != Takes::Any
                    {
                        self.may_be_nothing(value, "<…>");
                    }
                    let shown = format!("<{name} {}=…>", argument.name);
                    self.takes(takes, &shapes[at], value, &value.span, &shown);
                    shapes[at].clone()
                }
                (None, Some(default)) => match default.kind {
                    Kind::Nothing => Shape::Any,
                    _ => self.value(default, &mut Scope::of(BTreeMap::new()), Use::Kept),
                },
                (None, None) => {
                    if !is_spread && !is_slip {
                        let shown = format!("<{name}>");
                        self.say(span, |at| messages::argument_missing(at, &shown, &argument.name));
                    }
                    Shape::Any
                }
            };
            given.insert(argument.name.clone(), shape);
        }
        self.chain.push(template);
        self.includes.push((self.chain[self.chain.len() - 2], span.clone()));
        self.component_body(component, given);
        self.includes.pop();
        self.chain.pop();
    }

    /// What is in a component: it sees what it is given, and nothing else.
    fn component_body(&mut self, component: &'t Component, mut given: BTreeMap<String, Shape>) {
        given.insert("body".into(), Shape::Any);
        // Unlike a part it may call itself, and be called in itself, with other values.
        let conditions = std::mem::take(&mut self.conditions);
        self.body(&component.body, &mut Scope::of(given));
        self.conditions = conditions;
    }

    /// `t.word | fill(…)`: every name in braces must be filled, and no other.
    fn fill(&mut self, of: Option<&Expr>, span: &Span, arguments: &Arguments) {
        // A text that stands in the template itself.
        if let Some(Expr { kind: Kind::Text(text), span }) = of {
            for slip in braces::slips(text) {
                let written = text[slip.span.clone()].to_string();
                self.say(span, |at| messages::word_braces_odd(at.place, &written, &slip));
            }
        }
        let Some((of, word)) = of.and_then(|of| Some((of, word_of(of)?))) else { return };
        let Some(text) = self.subject.strings.find(word) else { return };
        if self.subject.strings.is_odd(word) {
            return;
        }
        let slots = strings::names_in(text);
        let open = slots.into_iter().find(|slot| !arguments.iter().any(|(name, _)| name == slot));
        let slots = strings::names_in(text);
        let written = self.written(&of.span);
        if let Some(slot) = open {
            return self.say(span, |at| messages::slot_open(at, word, written, &slot));
        }
        if let Some((name, _)) = arguments.iter().find(|(name, _)| !slots.contains(name)) {
            let slots: Vec<&str> = slots.iter().map(String::as_str).collect();
            self.say(span, |at| messages::slot_unknown(at, word, name, &slots));
        }
    }
}

/// Between which parts of HTML something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Surroundings {
    /// In the tag of an element.
    Attribute,
    /// In a script.
    Script,
    /// In text for readers.
    Text,
}

/// The word of the theme that an expression is: `t.word`.
fn word_of(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        Kind::Field(base, word, ..) if base.path().as_deref() == Some("t") => Some(word),
        Kind::Item(base, key, _) if base.path().as_deref() == Some("t") => match &key.kind {
            Kind::Text(word) => Some(word),
            _ => None,
        },
        _ => None,
    }
}

/// Is it a text that is meant to be the beginning of an address?
fn begins_at_root(expr: &Expr) -> bool {
    matches!(&expr.kind, Kind::Text(text) if text.starts_with('/') || text.starts_with("http"))
}

/// One item of a list: there may be none, unless a condition says that there are some.
fn one_of(item: &Shape, list: &Expr, scope: &Scope) -> Shape {
    match list.path() {
        Some(path) if scope.proven.contains(&path) => item.clone(),
        _ => item.clone().or_nothing(),
    }
}

/// Filters after which an address is one.
const KEEPS_ADDRESSES: [&str; 5] = ["safe", "default", "str", "length", "json"];

fn calls_super(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Print(expr) | Node::Set(_, expr) if expr.calls_super() => true,
        node => node.bodies().into_iter().any(calls_super),
    })
}

/// A value that is reached through `base`: it may be nothing if the base may be, and is something
/// if a condition says so.
fn settled(inner: Shape, expr: &Expr, base: &Shape, scope: &Scope) -> Shape {
    let shape = match base {
        Shape::Nullable(_) => inner.or_nothing(),
        _ => inner,
    };
    match expr.path() {
        Some(path) if scope.proven.contains(&path) => shape.given(),
        _ => shape,
    }
}

/// What is proven of `path`, said of another name for it.
fn renamed(proven: &BTreeSet<String>, path: &str, name: &str) -> Vec<String> {
    let rest = |known: &String| {
        let rest = known.strip_prefix(path)?;
        (rest.is_empty() || rest.starts_with('.')).then(|| format!("{name}{rest}"))
    };
    proven.iter().filter_map(rest).collect()
}

/// The text with which a key begins for certain.
fn beginning(key: &Expr) -> Option<&str> {
    match &key.kind {
        Kind::Text(text) => Some(text),
        Kind::Binary("~", left, _) => beginning(left),
        _ => None,
    }
}

/// The names of which a condition asks what they are.
fn asked_for(test: &Expr) -> Vec<&str> {
    const KINDS: [&str; 8] =
        ["array", "bool", "float", "integer", "iterable", "map", "number", "string"];
    match &test.kind {
        Kind::Test(of, kind, ..) if KINDS.contains(&kind.as_str()) => match &of.kind {
            Kind::Name(name) => vec![name],
            _ => Vec::new(),
        },
        Kind::Unary(_, of) => asked_for(of),
        Kind::Binary("and" | "or", left, right) => [asked_for(left), asked_for(right)].concat(),
        _ => Vec::new(),
    }
}

/// The paths that are something if a condition holds.
fn holds(test: &Expr) -> BTreeSet<String> {
    if let Some(path) = test.path() {
        return BTreeSet::from([path]);
    }
    match &test.kind {
        Kind::Binary("and", left, right) => &holds(left) | &holds(right),
        Kind::Binary("or", left, right) => &holds(left) & &holds(right),
        Kind::Binary("!=", left, right) => match (&left.kind, &right.kind) {
            (Kind::Nothing, _) => holds(right),
            (_, Kind::Nothing) => holds(left),
            _ => BTreeSet::new(),
        },
        Kind::Binary("==", left, right) if is_nothing(left) || is_nothing(right) => BTreeSet::new(),
        Kind::Binary(_, left, right) => &holds(left) | &holds(right),
        Kind::Unary("not", of) => fails(of),
        Kind::Filter(Some(of), ..) => holds(of),
        Kind::Test(of, name, ..) if name != "none" && name != "undefined" => holds(of),
        _ => BTreeSet::new(),
    }
}

/// The paths that are something if a condition does not hold.
fn fails(test: &Expr) -> BTreeSet<String> {
    match &test.kind {
        Kind::Unary("not", of) => holds(of),
        Kind::Binary("or", left, right) => &fails(left) | &fails(right),
        Kind::Binary("and", left, right) => &fails(left) & &fails(right),
        Kind::Binary("==", left, right) if is_nothing(right) => holds(left),
        Kind::Binary("==", left, right) if is_nothing(left) => holds(right),
        Kind::Test(of, name, ..) if name == "none" || name == "undefined" => holds(of),
        _ => BTreeSet::new(),
    }
}

fn is_nothing(expr: &Expr) -> bool {
    matches!(expr.kind, Kind::Nothing)
}
