//! stub
use super::case::Case;use crate::model::Finding;
/// s
pub type Check = fn(&Case<'_>, &mut Vec<Finding>);
/// s
pub static CHECKS: &[Check] = &[];
