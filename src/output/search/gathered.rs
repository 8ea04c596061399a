//! What is gathered from the texts of all stories. It is kept from one build to the next, so
//! that only texts that have changed are read again.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed, xxh3_128};

use super::lists::{self, Lists};
use super::postings::{BATCH, Gatherer};
use super::text::{names, story_text, tags};
use crate::base::digest::digest;
use crate::base::fault::Fault;
use crate::base::parallel;
use crate::cache::{Cache, Unused};
use crate::model::Site;
use crate::model::story::Story;

/// The lists of some stories, and from which texts they are. A story's rank is its place
/// among all stories, the oldest is 0, so that a new story changes no other's rank.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathered {
    /// Of each story, by rank.
    pub texts: Vec<KnownText>,
    /// The lists of all pairs.
    pub lists: Lists,
}

/// The text of a story, as far as it matters where there is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownText {
    /// Stands for all that search knows of the story.
    pub digest: u128,
    /// Do Traditional characters stand in it?
    pub folded: bool,
    /// The digest of what readers are given of it.
    pub content: u64,
}

const STORED: &str = "search";

impl Gathered {
    /// What the last build has stored; else why there is nothing.
    pub fn read(cache: &Cache) -> Result<Self, Unused> {
        cache.read(STORED)
    }

    /// Stores it for the next build.
    pub fn write(&self, cache: &Cache) {
        cache.write(STORED, self);
    }

    /// Removes what a build has stored, as the site has no search any more.
    pub fn remove(cache: &Cache) {
        cache.remove(STORED);
    }
}

/// Gathers from all stories of the site, taking what it can from `before`; `notes` is the
/// heading of footnotes.
pub fn gather(site: &Site, notes: &str, before: Gathered) -> Result<Gathered, Fault> {
    let count = site.stories.len();
    let digests = parallel::map(&site.stories, |story| text_digest(site, story, notes));
    // By rank; the site has the newest first.
    let mut texts: Vec<KnownText> = digests
        .iter()
        .rev()
        .map(|&digest| KnownText { digest, folded: false, content: 0 })
        .collect();
    if texts.iter().map(|text| text.digest).eq(before.texts.iter().map(|text| text.digest)) {
        return Ok(before);
    }
    let ranks = renumber(&before, &mut texts);
    let mut is_new = vec![true; count];
    ranks.iter().flatten().for_each(|&rank| is_new[rank as usize] = false);
    let new: Vec<u32> = (0..count as u32).rev().filter(|&rank| is_new[rank as usize]).collect();
    let batches: Vec<&[u32]> = new.chunks(BATCH).collect();
    let read = parallel::map(&batches, |ranks| {
        let mut gatherer = Gatherer::default();
        let mut known = Vec::with_capacity(ranks.len());
        for (place, &rank) in ranks.iter().enumerate() {
            let story = &site.stories[count - 1 - rank as usize];
            let text = story_text(site, story, notes)?;
            let content = [text.title, &text.names, &text.tags, &text.body]
                .map(|part| xxh3_64(part.as_bytes()));
            let content =
                content.iter().fold(0, |all, part| xxh3_64_with_seed(&part.to_le_bytes(), all));
            known.push((gatherer.add(place, &text), content));
        }
        Ok((gatherer.into_lists(ranks), known))
    });
    let (mut lists, mut known) = (Vec::with_capacity(batches.len()), Vec::new());
    for read in read {
        let (batch, of_batch) = read?;
        lists.push(batch);
        known.extend(of_batch);
    }
    for (&rank, (folded, content)) in new.iter().zip(known) {
        (texts[rank as usize].folded, texts[rank as usize].content) = (folded, content);
    }
    Ok(Gathered { texts, lists: lists::merge(&lists, &before.lists, &ranks) })
}

/// The new ranks of the stories that were there before and are the same, which is noted in
/// `texts`. They are in the same order, so that their lists are.
fn renumber(before: &Gathered, texts: &mut [KnownText]) -> Vec<Option<u32>> {
    let mut ranks = vec![None; before.texts.len()];
    let known: HashMap<u128, usize> =
        before.texts.iter().enumerate().map(|(rank, text)| (text.digest, rank)).collect();
    let mut from = 0;
    for (rank, text) in (0..).zip(texts) {
        if let Some(&old) = known.get(&text.digest).filter(|&&old| old >= from) {
            ranks[old] = Some(rank);
            *text = before.texts[old];
            from = old + 1;
        }
    }
    ranks
}

/// Stands for everything that search knows of a story.
fn text_digest(site: &Site, story: &Story, notes: &str) -> u128 {
    let mut known = story.document.digest.to_le_bytes().to_vec();
    digest(&(names(site, story), tags(site, story), notes), &mut known);
    xxh3_128(&known)
}
