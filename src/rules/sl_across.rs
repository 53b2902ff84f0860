//! stub
use crate::model::{Rule,Severity};
/// s
pub static SL07: Rule = Rule{code:"SL07",slug:"sl07",severity:Severity::Error,title:"t",why:"w",breaks:"b",keeps:"k",mend:"m"};
