//! The review at its door: whole years made up in memory, across a merger and beside the year before.
