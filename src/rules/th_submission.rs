//! stub
use crate::model::{Rule,Severity};
/// s
pub static TH04: Rule = Rule{code:"TH04",slug:"th04",severity:Severity::Error,title:"t",why:"w",breaks:"b",keeps:"k",mend:"m"};
/// s
pub static TH05: Rule = Rule{code:"TH05",slug:"th05",severity:Severity::Error,title:"t",why:"w",breaks:"b",keeps:"k",mend:"m"};
