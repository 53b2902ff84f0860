//! Why a package cannot be marked in place; the feedback is then a fresh workbook.

/// What stands in the way.
#[derive(Debug, thiserror::Error)]
pub(in crate::render::feedback) enum PatchError {
    /// A part is no XML that can be followed.
    #[error("a part of the package is not well-formed")]
    Xml,
    /// A part or element that must be there is not.
    #[error("the package has no {0}")]
    Lacking(&'static str),
    /// A part inflates beyond the limit.
    #[error("a part of the package is too large")]
    TooLarge,
    /// The container is damaged.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// A part cannot be inflated or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}
