//! Lists that are written item by item: all items at once would take ten times the room of their text.

use serde::{Serialize, Serializer};

/// The items of that iterator, each made when its turn comes.
pub(super) struct Each<F>(pub(super) F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator,
    I::Item: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}
