//! The commands that only show: rules and profiles.

use super::args::{Format, ProfileAction};
use super::{CLEAN, Done, Failure, print};
use qc17::profile::{self, Profile};
use qc17::rules::{catalogue, explain as words};

/// `qc17 rules`.
pub(super) fn rules(format: Format) -> Done {
    print(&match format {
        Format::Human => words::list(),
        Format::Json => words::list_json(),
    })?;
    Ok(CLEAN)
}

/// `qc17 explain`.
pub(super) fn explain(rule: &str) -> Done {
    let rule = catalogue::find(rule).map_err(|error| Failure::UnknownRule(error.to_string()))?;
    print(&words::explain(rule))?;
    Ok(CLEAN)
}

/// `qc17 profile`.
pub(super) fn profile(action: &ProfileAction) -> Done {
    match action {
        ProfileAction::List => {
            for id in profile::IDS {
                let profile = Profile::embedded(id)?;
                print(&format!("{id:<16} {} ({})\n", profile.name, profile.status))?;
            }
        }
        ProfileAction::Show { profile } => print(&shown(&super::job::profile(profile)?))?,
        ProfileAction::Init { profile } => {
            let known = Profile::embedded(profile)?;
            print(profile::source(&known.id).unwrap_or_default())?;
        }
    }
    Ok(CLEAN)
}

fn shown(profile: &Profile) -> String {
    let mut out = format!("{}: {}\n", profile.id, profile.name);
    let until = profile.effective_to.map(|day| format!(" đến {}", day.format("%d/%m/%Y")));
    out.push_str(&format!(
        "Áp dụng từ {}{}. Tình trạng: {}.\n\n",
        profile.effective_from.format("%d/%m/%Y"),
        until.unwrap_or_default(),
        profile.status
    ));
    for line in &profile.parameters {
        let mark = if line.assumed { "giả định" } else { "có căn cứ" };
        out.push_str(&format!(
            "{}: {}\n    {} [{mark}]\n    Căn cứ: {}\n",
            line.label, line.value, line.key, line.basis
        ));
    }
    out
}
