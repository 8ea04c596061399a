//! How far a long piece of work is.

/// What is told of a long piece of work while it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many pictures will be made smaller first.
    Pictures(usize),
    /// So many files will be made.
    Total(usize),
    /// Somebody else may be at it, which takes a while to see.
    Waiting,
    /// So many bytes will be sent.
    Bytes(u64),
    /// So many of them are.
    Sent(u64),
    /// One of what was told last is done.
    Done,
}
