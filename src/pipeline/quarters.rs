//! Shares the files out among the quarters that they are about.

use crate::check::{Content, ReadFile};
use crate::model::submission::FilePath;
use crate::model::{Period, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Where the files of a run came from.
pub(super) struct Files {
    /// Those of the report itself.
    pub(super) own: Vec<ReadFile>,
    /// Those of earlier quarters, given for comparison.
    pub(super) history: Vec<ReadFile>,
}

/// The files of each quarter, oldest first. Every quarter of the span is there, also one without
/// files; an earlier quarter only where the history has it. A file that states no quarter goes with
/// the others of its folder when those agree, and otherwise, like one of a quarter that nobody asked
/// for, to the last, which says so.
pub(super) fn share_out(files: Files, span: Span) -> BTreeMap<Period, Vec<ReadFile>> {
    let mut quarters: BTreeMap<Period, Vec<ReadFile>> =
        span.quarters().into_iter().map(|period| (period, Vec::new())).collect();
    let last = span.last();
    let Files { own, history } = files;
    if history.is_empty() && quarters.len() == 1 {
        quarters.insert(last, own);
        return quarters;
    }
    for (files, is_ours) in [(own, true), (history, false)] {
        let ours = |period: &Period| span.contains(*period) || (!is_ours && *period < last);
        let of_folder = folders(&files, ours);
        let whole: BTreeMap<FilePath, Option<Period>> =
            files.iter().map(|file| (file.path.clone(), file.period())).collect();
        for file in files {
            let stated = match &file.content {
                // A part goes where its whole goes.
                Content::PartOf(_, path) => whole.get(path).copied().flatten(),
                _ => file.period(),
            };
            let agreed = || of_folder.get(top_folder(&file.path)).copied().flatten();
            let of = stated.or_else(agreed).filter(ours).unwrap_or(last);
            quarters.entry(of).or_default().push(file);
        }
    }
    for files in quarters.values_mut() {
        files.sort_by(|a, b| a.path.cmp(&b.path));
    }
    quarters
}

/// The folder under which a file lies at the top: with several inputs, the input itself.
fn top_folder(path: &FilePath) -> &str {
    path.as_str().split_once('/').map_or("", |(folder, _)| folder)
}

/// For each top folder the one quarter that its files state; none where they state several.
fn folders(files: &[ReadFile], ours: impl Fn(&Period) -> bool) -> BTreeMap<String, Option<Period>> {
    let mut stated: BTreeMap<String, BTreeSet<Period>> = BTreeMap::new();
    for file in files {
        if let Some(period) = file.period().filter(&ours) {
            stated.entry(top_folder(&file.path).to_owned()).or_default().insert(period);
        }
    }
    let only =
        |periods: BTreeSet<Period>| (periods.len() == 1).then(|| periods.first().copied())?;
    stated.into_iter().map(|(folder, periods)| (folder, only(periods))).collect()
}
