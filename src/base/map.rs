//! Maps and sets for the many small look-ups of a campaign. The home of rustc-hash: the
//! hashes of the standard library withstand attackers, and took a quarter of `model`.

/// A map; its order means nothing, though it is always the same.
pub type Map<K, V> = rustc_hash::FxHashMap<K, V>;

/// A set; its order means nothing, though it is always the same.
pub type Set<T> = rustc_hash::FxHashSet<T>;
