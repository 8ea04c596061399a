//! Templates that stand inside themselves: a block in a block of its name, a part in itself, a page
//! in a page. The engine would write them inside each other without an end, or until its stack is full.

use std::collections::{BTreeMap, BTreeSet};

use super::messages;
use super::syntax::{Node, Span, Tree};
use crate::diagnostic::Diagnostic;
use crate::source::{Place, Source};

/// The templates that can be read, as trees, by name.
pub(super) type Trees<'t> = BTreeMap<&'t str, Tree>;

/// A block as those that have it write it, the uppermost first: the template, and what is in it.
pub(super) type Bodies<'t> = Vec<(&'t str, &'t [Node])>;

/// A template with what it extends, the lowest last. Where that leads back it ends.
pub(super) fn chain<'t>(trees: &'t Trees<'t>, name: &str) -> Vec<(&'t str, &'t Tree)> {
    let mut chain: Vec<(&str, &Tree)> = Vec::new();
    let mut next = Some(name);
    while let Some((name, tree)) = next.and_then(|name| trees.get_key_value(name)) {
        if chain.iter().any(|(known, _)| known == name) {
            break;
        }
        chain.push((name, tree));
        next = tree.parent.as_ref().map(|(parent, _)| parent.as_str());
    }
    chain
}

/// The blocks of a template with what it extends.
pub(super) fn blocks<'t>(chain: &[(&'t str, &'t Tree)]) -> BTreeMap<&'t str, Bodies<'t>> {
    fn collect<'t>(
        template: &'t str,
        nodes: &'t [Node],
        blocks: &mut BTreeMap<&'t str, Bodies<'t>>,
    ) {
        for node in nodes {
            if let Node::Block(name, _, body) = node {
                blocks.entry(name).or_default().push((template, body));
            }
            node.bodies().into_iter().for_each(|body| collect(template, body, blocks));
        }
    }
    let mut found = BTreeMap::new();
    chain.iter().for_each(|(name, tree)| collect(name, &tree.nodes, &mut found));
    found
}

/// What stands inside itself in the templates, each once. `own` are the project's: of two templates
/// that have a part in it, it is said of the project's.
pub(super) fn check(
    templates: &BTreeMap<String, Source>,
    trees: &Trees<'_>,
    own: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let mut search = Search {
        templates,
        trees,
        own,
        around: Vec::new(),
        around_blocks: Vec::new(),
        done: BTreeSet::new(),
        found: BTreeMap::new(),
    };
    for name in trees.keys() {
        search.done.clear();
        search.extends(name);
        search.template(name);
    }
    search.found.into_values().collect()
}

struct Search<'t> {
    templates: &'t BTreeMap<String, Source>,
    trees: &'t Trees<'t>,
    own: &'t BTreeSet<String>,
    /// The templates around the place at hand, with what they extend.
    around: Vec<&'t str>,
    /// The blocks around it.
    around_blocks: Vec<&'t str>,
    /// Parts that have been looked at.
    done: BTreeSet<&'t str>,
    found: BTreeMap<(String, usize), Diagnostic>,
}

impl<'t> Search<'t> {
    fn say(&mut self, template: &str, span: &Span, make: impl FnOnce(Place) -> Diagnostic) {
        let Some(source) = self.templates.get(template) else { return };
        let key = (template.to_string(), span.start);
        self.found.entry(key).or_insert_with(|| make(source.place(span.clone())));
    }

    /// Does what a template extends lead back to it?
    fn extends(&mut self, name: &'t str) {
        let chain = chain(self.trees, name);
        let Some((lowest, tree)) = chain.last() else { return };
        if let Some((_, span)) = tree.parent.as_ref().filter(|(parent, _)| parent == name) {
            self.say(lowest, span, |place| messages::extends_itself(place, name));
        }
    }

    fn template(&mut self, name: &'t str) {
        let chain = chain(self.trees, name);
        let Some((lowest, tree)) = chain.last() else { return };
        let before = self.around.len();
        self.around.extend(chain.iter().map(|(name, _)| *name));
        let blocks = blocks(&chain);
        self.nodes(lowest, &tree.nodes, &blocks, None);
        self.around.truncate(before);
    }

    /// `block` is the one at hand, with its number among those of its name.
    fn nodes(
        &mut self,
        template: &'t str,
        nodes: &'t [Node],
        blocks: &BTreeMap<&'t str, Bodies<'t>>,
        block: Option<(&'t str, usize)>,
    ) {
        for node in nodes {
            match node {
                Node::Include(name, span) => self.include(template, name, span),
                Node::Block(name, span, _) if self.around_blocks.contains(&name.as_str()) => {
                    self.say(template, span, |place| messages::block_in_itself(place, name));
                }
                Node::Block(name, ..) => {
                    self.around_blocks.push(name);
                    self.block(name, 0, blocks);
                    self.around_blocks.pop();
                }
                Node::Print(expr) | Node::Set(_, expr) if expr.calls_super() => {
                    if let Some((name, number)) = block {
                        self.block(name, number + 1, blocks);
                    }
                }
                node => {
                    let bodies = node.bodies().into_iter();
                    bodies.for_each(|body| self.nodes(template, body, blocks, block));
                }
            }
        }
    }

    fn block(&mut self, name: &'t str, number: usize, blocks: &BTreeMap<&'t str, Bodies<'t>>) {
        let bodies = blocks.get(name).and_then(|bodies| bodies.get(number));
        if let Some(&(template, body)) = bodies {
            self.nodes(template, body, blocks, Some((name, number)));
        }
    }

    fn include(&mut self, template: &'t str, name: &'t str, span: &Span) {
        let chain = chain(self.trees, name);
        let Some(again) = chain.iter().position(|(name, _)| self.around.contains(name)) else {
            if let Some((name, _)) = chain.first().filter(|(name, _)| self.done.insert(name)) {
                self.template(name);
            }
            return;
        };
        let (inner, _) = chain[again];
        // The part is in a page, and says that it is one.
        let extends = again.checked_sub(1).map(|at| (chain[at].0, chain[at].1.parent.as_ref()));
        match extends {
            Some((part, Some((_, span)))) if self.own.contains(part) => {
                self.say(part, span, |place| messages::part_extends_page(place, template, inner));
            }
            _ => self.say(template, span, |place| messages::part_in_itself(place, inner)),
        }
    }
}
