//! The nearest of many words, without a look at each of them.

use super::nearest::{nearest, nearest_name};

/// So many neighbours are looked at in each direction; of fewer words than that together, all.
const NEIGHBOURS: usize = 32;

/// Words among which one looks for what a misspelt one was meant to be. However many there are,
/// a search takes the same time: a slip leaves the beginning or the end of a word as it was, so
/// that it stands near the right one in one of two orders.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Sorted by their letters in lower case, which stand before them.
    forward: Vec<(String, String)>,
    /// The same read from the end, and the place in `forward`.
    backward: Vec<(String, usize)>,
}

impl Lexicon {
    /// Of these words.
    pub fn of(words: impl IntoIterator<Item = String>) -> Self {
        let mut forward: Vec<_> =
            words.into_iter().map(|word| (word.to_lowercase(), word)).collect();
        forward.sort();
        forward.dedup();
        let reversed = |(at, (lower, _)): (usize, &(String, String))| (backwards(lower), at);
        let mut backward: Vec<_> = forward.iter().enumerate().map(reversed).collect();
        backward.sort();
        Self { forward, backward }
    }

    /// The word that is a slip away from `word`, of those that `fit`.
    pub fn nearest(&self, word: &str, fits: impl Fn(&str) -> bool) -> Option<&str> {
        nearest(word, self.candidates(word).filter(|word| fits(word)))
    }

    /// The name that is a slip away from `name`, or a longer or shorter form of it.
    pub fn nearest_name(&self, name: &str) -> Option<&str> {
        nearest_name(name, self.candidates(name))
    }

    /// The words that stand near `word` in either order.
    fn candidates(&self, word: &str) -> impl Iterator<Item = &str> {
        let lower = word.to_lowercase();
        let around =
            |at: usize| at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS).min(self.forward.len());
        let all = self.forward.len() <= 4 * NEIGHBOURS;
        let ahead = match all {
            true => 0..self.forward.len(),
            false => around(self.forward.partition_point(|(known, _)| *known < lower)),
        };
        let reversed = backwards(&lower);
        let behind = match all {
            true => 0..0,
            false => around(self.backward.partition_point(|(known, _)| *known < reversed)),
        };
        let behind = self.backward[behind].iter().map(|&(_, at)| &self.forward[at]);
        self.forward[ahead].iter().chain(behind).map(|(_, word)| word.as_str())
    }
}

fn backwards(word: &str) -> String {
    word.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn finds_a_slip_among_many() {
        let names = (0..9000).map(|i| format!("第{i:04}次座谈会合影"));
        let lexicon = Lexicon::of(names.chain(["老槐树下的读书会".into(), "渡口夜巡队".into()]));
        for (slip, right) in [
            ("老槐树下的读书汇", "老槐树下的读书会"),
            ("老怀树下的读书会", "老槐树下的读书会"),
            ("槐树下的读书会", "老槐树下的读书会"),
            ("渡口夜寻队", "渡口夜巡队"),
        ] {
            assert_eq!(lexicon.nearest(slip, |_| true), Some(right), "{slip}");
        }
        assert_eq!(lexicon.nearest("完全不同", |_| true), None);
    }
}
