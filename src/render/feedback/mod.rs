//! The answer to each unit (phản hồi): its own workbook marked, a text to send, and the list of receipts.

mod draw;
mod fresh;
mod letter;
mod message;
mod notice;
mod original;
mod patch;
mod receipts;

pub use draw::{FOLDER, feedback};
pub use notice::is_feedback;
