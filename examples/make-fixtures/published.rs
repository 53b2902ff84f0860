//! Three years so drawn that the figures come out that were published of 2020 to 2022 (số liệu đã công bố).

use super::invent::{Plan, recommended};
use super::lands::Land;
use super::model::Chair;
use super::prng::Prng;
use super::quarter::{Quarter, add, workday};
use super::register::{Level, Unit};
use std::collections::BTreeMap;

/// The city of Lào Cai, of which the figures of the communes are published with kinds and opinions.
const CITY: &str = "080";
/// Its communes' meetings: 143 + 57 = 200.
const CITY_PERIODIC: usize = 143;
const CITY_AD_HOC: usize = 57;
/// Its own, beside them: 10 + 200 = 210.
const CITY_OWN: usize = 10;
/// Opinions at the communes' meetings, 1.078 in all, by outcome. Of those that were not passed up 93%
/// are settled, as published; how they part beyond that is not.
const CITY_OUTCOMES: [(u32, usize); 5] = [(1, 560), (2, 370), (3, 45), (4, 25), (5, 78)];
/// Opinions at each of the city's own meetings: 90% answered there, as published.
const CITY_OWN_OUTCOMES: [u32; 10] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 2];

/// Meetings of all districts, and of all communes.
const DISTRICTS: usize = 137;
const COMMUNES: usize = 1172;
/// The province's, by who chaired.
const PROVINCE: [(Chair, usize); 3] =
    [(Chair::Secretary, 5), (Chair::Chairman, 5), (Chair::Joint, 1)];

/// The meetings of each unit in each quarter, by quarter and code.
pub(crate) struct Meetings(BTreeMap<(Quarter, String), Vec<Plan>>);

impl Meetings {
    /// What that unit held in that quarter.
    pub(crate) fn of(&self, quarter: Quarter, unit: &Unit) -> Vec<Plan> {
        self.0.get(&(quarter, unit.code.clone())).cloned().unwrap_or_default()
    }

    /// Shares the published figures out among the units that the lands hold.
    pub(crate) fn draw(lands: &[Land], seed: u64) -> Self {
        let mut rng = Prng::new(seed, "published");
        let mut all = Self(BTreeMap::new());
        let in_city = |unit: &Unit| unit.parent == CITY;
        let communes = |unit: &Unit| unit.level == Level::Commune;
        let districts = |unit: &Unit| unit.level == Level::District;
        all.hold(lands, in_city, (CITY_PERIODIC, true), &mut rng);
        all.hold(lands, in_city, (CITY_AD_HOC, false), &mut rng);
        all.ask(&mut rng);
        all.hold(lands, |unit| unit.code == CITY, (CITY_OWN, true), &mut rng);
        all.own_opinions();
        let rest = COMMUNES - CITY_PERIODIC - CITY_AD_HOC;
        all.hold(lands, |unit| communes(unit) && !in_city(unit), (rest, true), &mut rng);
        let others = |unit: &Unit| districts(unit) && unit.code != CITY;
        let slots = lands.iter().map(|land| land.units.iter().filter(|u| others(u)).count()).sum();
        let periodic = (DISTRICTS - CITY_OWN).min(slots);
        all.hold(lands, others, (periodic, true), &mut rng);
        all.hold(lands, others, (DISTRICTS - CITY_OWN - periodic, false), &mut rng);
        let chairs = PROVINCE.iter().flat_map(|(chair, held)| std::iter::repeat_n(*chair, *held));
        let chairs: Vec<Chair> = chairs.collect();
        let province = |unit: &Unit| unit.level == Level::Province;
        let held = all.hold(lands, province, (chairs.len(), true), &mut rng);
        for (key, chair) in held.into_iter().zip(chairs) {
            let plans = all.0.entry(key).or_default();
            for plan in plans {
                plan.chair = Some(chair);
            }
        }
        all
    }

    /// So many meetings of one kind, at most one in a quarter for each of those units.
    fn hold(
        &mut self,
        lands: &[Land],
        among: impl Fn(&Unit) -> bool,
        (count, periodic): (usize, bool),
        rng: &mut Prng,
    ) -> Vec<(Quarter, String)> {
        let mut slots: Vec<(Quarter, String)> = Vec::new();
        for land in lands {
            let units = land.units.iter().filter(|unit| among(unit));
            slots.extend(units.map(|unit| (land.quarter, unit.code.clone())));
        }
        rng.shuffle(&mut slots);
        slots.truncate(count);
        for (quarter, code) in &slots {
            let plan = if periodic {
                recommended(*quarter, 3, rng)
            } else {
                let day = add(quarter.month(1), i64::from(rng.between(7, 27)));
                Plan::new(workday(day), false, 3)
            };
            let plans = self.0.entry((*quarter, code.clone())).or_default();
            plans.insert(if periodic { plans.len() } else { 0 }, plan);
        }
        slots
    }

    /// Deals the published opinions out among the meetings drawn so far.
    fn ask(&mut self, rng: &mut Prng) {
        let all = CITY_OUTCOMES.iter().flat_map(|(of, count)| std::iter::repeat_n(*of, *count));
        let mut outcomes: Vec<u32> = all.collect();
        rng.shuffle(&mut outcomes);
        let mut meetings: Vec<&mut Plan> = self.0.values_mut().flatten().collect();
        for plan in &mut meetings {
            plan.outcomes.clear();
        }
        let held = meetings.len().max(1);
        for (nth, outcome) in outcomes.into_iter().enumerate() {
            if let Some(plan) = meetings.get_mut(nth % held) {
                plan.outcomes.push(outcome);
            }
        }
        for plan in meetings {
            plan.petitions = u32::try_from(plan.outcomes.len()).unwrap_or_default();
        }
    }

    fn own_opinions(&mut self) {
        let own = self.0.iter_mut().filter(|((_, code), _)| code == CITY);
        for plan in own.flat_map(|(_, plans)| plans) {
            plan.outcomes = CITY_OWN_OUTCOMES.to_vec();
            plan.petitions = u32::try_from(plan.outcomes.len()).unwrap_or_default();
        }
    }
}
