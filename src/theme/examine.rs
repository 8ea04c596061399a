//! Templates against the contract: every name in them, also in branches that no page takes.
//!
//! Each template that the program renders is walked with the shapes of what it gets; parts, blocks and
//! loops with what they get there. What cannot be known is let pass: keys that are made while a page
//! is rendered (`t["kind_" ~ story.kind]`, of which only the beginning is looked at), whatever is in
//! `extra`, and what a filter makes of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::filters::FILTERS;
use super::shape::{Contract, Found, Record, Shape};
use super::syntax::{Arguments, Expr, Kind, Loop, Node, Span, Tree, parse};
use super::{Strings, messages, strings};
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
        blocks: Vec::new(),
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
    for (name, tree) in &trees {
        for component in &tree.components {
            let shape = |kind: &Option<String>| match kind.as_deref() {
                Some("string") => Shape::Text,
                Some("bool") => Shape::Bool,
                Some("integer" | "float" | "number") => Shape::Number,
                _ => Shape::Any,
            };
            let mut vars: BTreeMap<String, Shape> = component
                .arguments
                .iter()
                .map(|(name, kind)| (name.clone(), shape(kind)))
                .collect();
            vars.insert("body".into(), Shape::Any);
            for shared in ["site", "t", "page", "head"] {
                vars.entry(shared.into()).or_insert(Shape::Any);
            }
            walk.chain = vec![name];
            walk.nodes(&component.body, &mut Scope::of(vars));
        }
    }
    walk.found
}

/// The names that a template sets.
fn names_set(tree: &Tree) -> BTreeSet<String> {
    fn walk(nodes: &[Node], names: &mut BTreeSet<String>) {
        for node in nodes {
            match node {
                Node::Set(name, _) => drop(names.insert(name.clone())),
                Node::Capture(name, body) => {
                    names.insert(name.clone());
                    walk(body, names);
                }
                Node::Block(_, body) | Node::Filter(_, body) => walk(body, names),
                Node::For(each) => {
                    names.extend(each.names.iter().cloned());
                    walk(&each.body, names);
                    walk(&each.otherwise, names);
                }
                Node::If(parts) => {
                    walk(&parts.1, names);
                    walk(&parts.2, names);
                }
                _ => {}
            }
        }
    }
    let mut names = BTreeSet::new();
    walk(&tree.nodes, &mut names);
    for component in &tree.components {
        names.extend(component.arguments.iter().map(|(name, _)| name.clone()));
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
}

impl Scope {
    fn of(vars: BTreeMap<String, Shape>) -> Self {
        Self { vars: vars.into(), proven: Rc::default() }
    }

    fn set(&mut self, name: &str, shape: Shape) {
        let below = format!("{name}.");
        let is_its = |path: &String| path == name || path.starts_with(&below);
        if self.proven.iter().any(is_its) {
            Rc::make_mut(&mut self.proven).retain(|path| !is_its(path));
        }
        Rc::make_mut(&mut self.vars).insert(name.to_string(), shape);
    }

    fn prove(&mut self, paths: &BTreeSet<String>) {
        for path in paths {
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

/// A block that a template replaces: the names of the templates, and the body of each, the last
/// one first.
type Replaced<'t> = (String, Vec<(&'t str, &'t [Node])>);

struct Walk<'t, 'a> {
    subject: &'t Subject<'a>,
    trees: &'t BTreeMap<&'t str, Tree>,
    known: BTreeSet<String>,
    fields: HashMap<&'static str, Rc<Vec<Found>>>,
    found: Vec<Diagnostic>,
    said: BTreeSet<(String, usize, &'static str)>,
    /// The templates that lead here; the last is the one at hand.
    chain: Vec<&'t str>,
    /// In how many conditions it is.
    conditions: usize,
    blocks: Vec<Replaced<'t>>,
    /// The templates that were looked at.
    reached: BTreeSet<&'t str>,
}

impl<'t> Walk<'t, '_> {
    /// A template that the program renders.
    fn template(&mut self, name: &str, mut scope: Scope) {
        self.chain.clear();
        self.extended(name, &mut scope);
    }

    /// A template with those that it extends.
    fn extended(&mut self, name: &str, scope: &mut Scope) {
        let mut chain: Vec<(&'t str, &'t Tree)> = Vec::new();
        let mut next = Some(name);
        while let Some((name, tree)) = next.and_then(|name| self.trees.get_key_value(name)) {
            if chain.iter().any(|(known, _)| known == name) {
                break;
            }
            chain.push((name, tree));
            next = tree.parent.as_ref().map(|(parent, _)| parent.as_str());
        }
        let Some(&(top, tree)) = chain.last() else { return };
        let outer = std::mem::take(&mut self.blocks);
        for &(name, tree) in &chain {
            self.collect_blocks(name, &tree.nodes);
            self.reached.insert(name);
        }
        // What is wrong in a base is said of the page that it is the base of.
        let before = self.chain.len();
        self.chain.extend(chain.iter().map(|(name, _)| *name));
        debug_assert_eq!(self.chain.last(), Some(&top));
        self.nodes(&tree.nodes, scope);
        self.chain.truncate(before);
        self.blocks = outer;
    }

    fn collect_blocks(&mut self, template: &'t str, nodes: &'t [Node]) {
        for node in nodes {
            match node {
                Node::Block(name, body) => {
                    match self.blocks.iter_mut().find(|(known, _)| known == name) {
                        Some((_, bodies)) => bodies.push((template, body)),
                        None => self.blocks.push((name.clone(), vec![(template, body)])),
                    }
                    self.collect_blocks(template, body);
                }
                Node::If(parts) => {
                    self.collect_blocks(template, &parts.1);
                    self.collect_blocks(template, &parts.2);
                }
                Node::Capture(_, body) | Node::Filter(_, body) => {
                    self.collect_blocks(template, body)
                }
                _ => {}
            }
        }
    }

    fn source(&self) -> Option<&'t Source> {
        self.subject.templates.get(*self.chain.last()?)
    }

    fn written(&self, span: &Span) -> &'t str {
        self.source().map_or("", |source| &source.text()[span.clone()])
    }

    /// Says it, once for a place.
    fn say(&mut self, span: &Span, make: impl FnOnce(messages::At) -> Diagnostic) {
        let Some(source) = self.source() else { return };
        let place = source.place(span.clone());
        // The first is the template that is rendered, the last the one at hand.
        let ways: Vec<&str> = match self.chain.as_slice() {
            [_] | [] => Vec::new(),
            [ways @ .., _] => ways.to_vec(),
        };
        let diagnostic = make(messages::At { place, by: ways.join(" → ") });
        let name = self.chain.last().copied().unwrap_or_default().to_string();
        if self.said.insert((name, span.start, diagnostic.code)) {
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
            }
            Node::Set(name, expr) => {
                let shape = self.value(expr, scope, Use::Kept);
                let proven = expr.path().map(|path| renamed(&scope.proven, &path, name));
                scope.set(name, shape);
                let proven: Vec<String> = proven.into_iter().flatten().collect();
                if !proven.is_empty() {
                    Rc::make_mut(&mut scope.proven).extend(proven);
                }
            }
            Node::Capture(name, body) => {
                self.nodes(body, scope);
                scope.set(name, Shape::Text);
            }
            Node::Include(name, _) => self.include(name, scope),
            Node::Block(name, body) => self.block(name, body, scope),
            Node::For(each) => self.each(each, scope),
            Node::If(parts) => {
                let (test, then, otherwise) = &**parts;
                self.value(test, scope, Use::Tested);
                let mut without = scope.clone();
                scope.prove(&holds(test));
                without.prove(&fails(test));
                self.conditions += 1;
                self.nodes(then, scope);
                self.nodes(otherwise, &mut without);
                self.conditions -= 1;
                scope.meet(without);
            }
            Node::Filter(filters, body) => {
                self.nodes(body, scope);
                for filter in filters {
                    if let Kind::Filter(_, name, span, arguments) = &filter.kind {
                        self.filter(Shape::Text, None, name, span, arguments, scope);
                    }
                }
            }
        }
    }

    fn include(&mut self, name: &str, scope: &mut Scope) {
        let Some((&name, tree)) = self.trees.get_key_value(name) else { return };
        if self.chain.len() > 24 || self.chain.contains(&name) {
            return;
        }
        // What a part sets is not seen by the one that includes it.
        if tree.parent.is_some() {
            return self.extended(name, &mut scope.clone());
        }
        self.reached.insert(name);
        self.chain.push(name);
        self.nodes(&tree.nodes, &mut scope.clone());
        self.chain.pop();
    }

    /// A block as the template that is rendered has it.
    fn block(&mut self, name: &str, body: &'t [Node], scope: &mut Scope) {
        let bodies = self.blocks.iter().find(|(known, _)| known == name);
        let bodies = bodies.map(|(_, bodies)| bodies.clone()).unwrap_or_default();
        let whole = std::mem::take(&mut self.chain);
        let calls_super = |body: &[Node]| body.iter().any(prints_super);
        if bodies.is_empty() {
            self.chain = whole;
            return self.nodes(body, scope);
        }
        for (template, body) in &bodies {
            // The templates that lead to it, without those that it extends.
            let first = whole.first().copied().filter(|first| first != template);
            self.chain = first.into_iter().chain([*template]).collect();
            self.nodes(body, &mut scope.clone());
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
            Shape::List(item) => both(Shape::Number, (*item).clone()),
            Shape::Map(value) => both(Shape::Text, (*value).clone()),
            Shape::Any | Shape::Undefined => both(Shape::Any, Shape::Any),
            Shape::Words | Shape::Assets => both(Shape::Text, Shape::Text),
            Shape::Options | Shape::Record(_) if names.len() == 2 => both(Shape::Text, Shape::Any),
            other => {
                let (what, kind) = (self.written(&of.span), self.described(&other));
                self.say(&of.span, |at| messages::not_a_list(at, what, &kind));
                both(Shape::Any, Shape::Any)
            }
        }
    }

    /// A value that is printed.
    fn print(&mut self, expr: &Expr, shape: &Shape) {
        let what = self.written(&expr.span);
        match shape {
            Shape::Nullable(inner) => {
                self.may_be_nothing(expr, "{{ … }}");
                self.print(expr, inner);
            }
            Shape::Record(record) => {
                let fields = self.fields(record);
                let fields: Vec<&str> = fields.iter().map(|field| field.name).collect();
                self.say(&expr.span, |at| messages::not_printable(at, what, &fields));
            }
            Shape::List(_) | Shape::Map(_) | Shape::Words | Shape::Assets | Shape::Options => {
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
                self.filter(shape, Some(of), name, span, arguments, scope)
            }
            Kind::Test(of, name, span, arguments) => {
                let shape = self.value(of, scope, Use::Tested);
                self.arguments(arguments, scope);
                let is_start = name == "starting_with";
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
            Kind::Component(_, _, values, body) => {
                self.values(values, scope);
                self.nodes(body, &mut scope.clone());
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
            Kind::Map(values) => {
                self.values(values, scope);
                Shape::Map(Shape::Any.into())
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
                match one.given() {
                    Shape::Address => Shape::Address,
                    Shape::Html => Shape::Html,
                    _ => Shape::Text,
                }
            }
            "+" | "-" | "*" | "/" | "//" | "%" | "**" => {
                for expr in [left, right] {
                    if let Shape::Nullable(_) = self.value(expr, scope, usage)
                        && usage != Use::Tested
                    {
                        self.may_be_nothing(expr, "{{ … }}");
                    }
                }
                Shape::Number
            }
            _ => {
                for expr in [left, right] {
                    let shape = self.value(expr, scope, Use::Tested);
                    if matches!(shape.given(), Shape::Html) {
                        let what = self.written(&expr.span);
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
        if matches!(name, "loop" | "super") || name.starts_with("__tera") {
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
            Shape::Map(_) => Text { zh: "是键值表".into(), en: "is a map".into() },
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
            Shape::List(item) => (**item).clone(),
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

    fn filter(
        &mut self,
        shape: Shape,
        of: Option<&'t Expr>,
        name: &str,
        span: &Span,
        arguments: &'t Arguments,
        scope: &mut Scope,
    ) -> Shape {
        self.arguments(arguments, scope);
        // Of a filter that is none the engine tells; nothing is known of what comes of it.
        if !FILTERS.contains(&name) {
            return Shape::Any;
        }
        let given = shape.given();
        let what = of.map_or("", |of| self.written(&of.span));
        match given {
            Shape::Html if !matches!(name, "safe" | "default") => {
                self.say(span, |at| messages::cut(at, what, name));
            }
            Shape::Address if !KEEPS_ADDRESSES.contains(&name) => {
                self.say(span, |at| messages::cut(at, what, name));
            }
            _ => {}
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
            "default" => match argument("value") {
                Some(value) => given.or(self.value(value, scope, Use::Kept)),
                None => given,
            },
            "safe" | "sort" | "unique" | "reverse" => shape,
            "first" | "last" | "nth" => match given {
                Shape::List(item) => (*item).clone(),
                _ => Shape::Any,
            },
            "length" | "wordcount" | "int" | "float" | "abs" | "round" => Shape::Number,
            "split" | "keys" => Shape::List(Shape::Text.into()),
            "reach" => Shape::List(Shape::Any.into()),
            "group_by" => Shape::Map(given.into()),
            "get" | "values" | "pairs" => Shape::Any,
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

    /// `t.word | fill(…)`: every name in braces must be filled.
    fn fill(&mut self, of: Option<&Expr>, span: &Span, arguments: &Arguments) {
        let word = of.and_then(|of| match &of.kind {
            Kind::Field(base, word, ..) if base.path().as_deref() == Some("t") => Some(word),
            _ => None,
        });
        let Some(word) = word else { return };
        let Some(text) = self.subject.strings.find(word) else { return };
        if self.subject.strings.is_odd(word) {
            return;
        }
        let slots = strings::names_in(text);
        let open = slots.into_iter().find(|slot| !arguments.iter().any(|(name, _)| name == slot));
        if let Some(slot) = open {
            self.say(span, |at| messages::slot_open(at, word, &slot));
        }
    }
}

/// Filters after which an address is one.
const KEEPS_ADDRESSES: [&str; 5] = ["safe", "default", "str", "length", "json"];

fn prints_super(node: &Node) -> bool {
    match node {
        Node::Print(Expr { kind: Kind::Call(name, ..), .. }) => name == "super",
        Node::If(parts) => parts.1.iter().chain(&parts.2).any(prints_super),
        Node::Filter(_, body) | Node::Capture(_, body) | Node::Block(_, body) => {
            body.iter().any(prints_super)
        }
        Node::For(each) => each.body.iter().chain(&each.otherwise).any(prints_super),
        _ => false,
    }
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
