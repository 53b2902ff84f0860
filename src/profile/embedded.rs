//! The profiles that come with the program.

use super::error::ProfileError;
use super::load::Known;
use super::model::Profile;
use crate::model::nearest;

/// The profiles that come with the program, the default first.
pub const IDS: [&str; 3] = ["quy-che-17", "nua-nam", "luat-toi-thieu"];

/// The text of a profile that comes with the program, for an office to copy and change.
pub fn source(id: &str) -> Option<&'static str> {
    match id {
        "quy-che-17" => Some(include_str!("../../templates/profiles/quy-che-17.toml")),
        "nua-nam" => Some(include_str!("../../templates/profiles/nua-nam.toml")),
        "luat-toi-thieu" => Some(include_str!("../../templates/profiles/luat-toi-thieu.toml")),
        _ => None,
    }
}

impl Profile {
    /// The profile of that short name.
    pub fn embedded(id: &str) -> Result<Self, ProfileError> {
        let text = source(id).ok_or_else(|| ProfileError::UnknownId {
            id: id.to_owned(),
            nearest: nearest(id, IDS),
        })?;
        // No embedded profile names a rule or a column, so none needs to be known.
        Self::parse(text, &format!("{id}.toml"), &Known::default())
    }
}
