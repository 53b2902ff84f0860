//! For which head (người đứng đầu) a meeting counts, and how many the lesser of the two has.

use super::ledger::{Entry, Standing};
use crate::model::{Chair, Head};
use crate::profile::Profile;
use crate::profile::model::{Counted, JointCountsFor, Quota};

/// Says for each meeting that counts for whom it does. One that counts for a single head goes, from
/// the top of the table, to the head who has fewer; the secretary where they have as many.
pub(super) fn credits(entries: &mut [Entry], profile: &Profile) {
    let shared = |entry: &Entry| match entry.chair {
        Some(Chair::Joint) => Some(profile.joint_counts_for.value),
        Some(Chair::BothPosts) => Some(profile.one_person_both_posts.value),
        _ => None,
    };
    let (mut secretary, mut chairman) = (0u32, 0u32);
    let counting = |entry: &&mut Entry| entry.standing == Standing::Counts;
    for entry in entries.iter_mut().filter(counting) {
        if shared(entry) == Some(JointCountsFor::One) {
            continue;
        }
        let Some(chair) = entry.chair else { continue };
        entry.credits = Head::ALL.into_iter().filter(|head| head.chaired(chair)).collect();
        secretary += u32::from(entry.credits.contains(&Head::Secretary));
        chairman += u32::from(entry.credits.contains(&Head::Chairman));
    }
    for entry in entries.iter_mut().filter(counting) {
        if shared(entry) == Some(JointCountsFor::One) {
            let head = if secretary <= chairman { Head::Secretary } else { Head::Chairman };
            let count = if head == Head::Secretary { &mut secretary } else { &mut chairman };
            *count += 1;
            entry.credits = vec![head];
        }
    }
}

/// For whom a meeting counts at best when nobody knows who chaired it.
fn most_favourable(profile: &Profile) -> JointCountsFor {
    most_of([profile.joint_counts_for.value, profile.one_person_both_posts.value])
}

fn most_of(rules: [JointCountsFor; 2]) -> JointCountsFor {
    if rules.contains(&JointCountsFor::Both) { JointCountsFor::Both } else { JointCountsFor::One }
}

/// Meetings by the head for whom they count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Heads {
    secretary: u32,
    chairman: u32,
    /// Counts for both heads.
    joint: u32,
    /// Counts for one of the two, whichever needs it more.
    either: u32,
    all: u32,
}

impl Heads {
    /// Adds the meetings up; with `possible`, as favourably as the unreadable cells allow.
    pub(super) fn of<'a>(
        entries: impl Iterator<Item = &'a Entry>,
        profile: &Profile,
        possible: bool,
    ) -> Self {
        let mut heads = Self::default();
        for entry in entries {
            heads.all += 1;
            let shared = |heads: &mut Self, rule: JointCountsFor| match rule {
                JointCountsFor::Both => heads.joint += 1,
                JointCountsFor::One => heads.either += 1,
            };
            match entry.chair {
                Some(Chair::Secretary) => heads.secretary += 1,
                Some(Chair::Chairman) => heads.chairman += 1,
                Some(Chair::Joint) => shared(&mut heads, profile.joint_counts_for.value),
                Some(Chair::BothPosts) => shared(&mut heads, profile.one_person_both_posts.value),
                // For which head the deputy stood is not in the form.
                Some(Chair::Deputy) => heads.either += u32::from(possible),
                None if possible => shared(&mut heads, most_favourable(profile)),
                // It counts for the unit whoever chaired it, and surely for no head.
                None => {}
            }
        }
        heads
    }

    /// Sums of a roll-up: the least and the most favourable reading of its one column for meetings that
    /// two rules may share out.
    pub(super) fn of_sums(
        (secretary, chairman): (u32, u32),
        shared: u32,
        rules: [JointCountsFor; 2],
    ) -> [Self; 2] {
        let heads = Self { secretary, chairman, ..Self::default() };
        let read_as = |rule| match rule {
            JointCountsFor::Both => Self { joint: shared, ..heads },
            JointCountsFor::One => Self { either: shared, ..heads },
        };
        let least = if rules.contains(&JointCountsFor::One) {
            JointCountsFor::One
        } else {
            JointCountsFor::Both
        };
        [read_as(least), read_as(most_of(rules))]
    }

    /// With so many more of which nobody knows who chaired them, as favourably as the profile allows.
    pub(super) fn with_unknown(self, more: u32, profile: &Profile) -> Self {
        match most_favourable(profile) {
            JointCountsFor::Both => Self { joint: self.joint.saturating_add(more), ..self },
            JointCountsFor::One => self.with_either(more),
        }
    }

    /// With so many more that count for one of the two.
    pub(super) fn with_either(self, more: u32) -> Self {
        Self { either: self.either.saturating_add(more), ..self }
    }

    /// Meetings of a roll-up by who chaired them; `all` of them count for the unit.
    pub(super) const fn listed(all: u32, secretary: u32, chairman: u32, joint: u32) -> Self {
        Self { secretary, chairman, joint, either: 0, all }
    }

    /// Adds the meetings of another quarter.
    pub(super) fn add(&mut self, other: Self) {
        let Self { secretary, chairman, joint, either, all } = other;
        for (sum, more) in [
            (&mut self.secretary, secretary),
            (&mut self.chairman, chairman),
            (&mut self.joint, joint),
            (&mut self.either, either),
            (&mut self.all, all),
        ] {
            *sum = sum.saturating_add(more);
        }
    }

    /// What counts towards the quota: all meetings of the unit, or those of the lesser head.
    pub(super) fn counted(self, quota: Option<&Quota>) -> u32 {
        match quota.map(|quota| quota.counted.value) {
            None | Some(Counted::Unit) => self.all,
            Some(Counted::EachHead) => self.lesser(),
        }
    }

    /// Meetings of the lesser head, when those that count for one of the two go where they are needed.
    pub(super) fn lesser(self) -> u32 {
        let (secretary, chairman) = self.dealt();
        secretary.min(chairman)
    }

    /// Meetings of the secretary and of the chairman, those that count for one of the two dealt out as
    /// [`credits`] does: to the head who has fewer, the secretary where they have as many.
    pub(super) fn dealt(self) -> (u32, u32) {
        let of = |own: u32| own.saturating_add(self.joint);
        let (secretary, chairman) = (of(self.secretary), of(self.chairman));
        let gap = self.either.min(secretary.abs_diff(chairman));
        let rest = self.either - gap;
        let more = if secretary <= chairman { (gap, 0) } else { (0, gap) };
        let sum = |own: u32, more: u32, half: u32| own.saturating_add(more).saturating_add(half);
        (sum(secretary, more.0, rest.div_ceil(2)), sum(chairman, more.1, rest / 2))
    }
}
