//! What was published of the three years 2020 to 2022 comes out, in whichever form it was sent.

use super::land::{Made, land};
use super::maker::published::Meetings;
use super::maker::quarter::Quarter;
use super::maker::register::{Level, Unit};
use super::maker::series::{Doing, Way};
use qc17::pipeline::run;
use qc17::render::Spelling;
use qc17::render::narrative::{Template, narrative};
use serde_json::Value;

const SPAN: &str = "2020-2022";

/// Three years of a scope, its communes reporting in that way.
fn made(scope: &str, way: Way) -> Made {
    let lands = land(&[scope], "2020-Q1", "2022-Q4");
    let meetings = Meetings::draw(&lands, 17);
    let doing = |unit: &Unit, quarter: Quarter, _: &mut super::maker::prng::Prng| {
        let way = if unit.level == Level::Commune { way } else { Way::Own };
        Doing { plans: meetings.of(quarter, unit), way }
    };
    Made::new(&lands, &doing)
}

fn totals(made: &Made, scope: &str) -> Value {
    let words = ["check", "--period", SPAN, "--scope", scope];
    made.run(&words, SPAN, &[])["totals"].take()
}

/// 210 = 10 + 200; 200 = 143 + 57; 1.078 opinions (thành phố Lào Cai).
#[test]
fn three_years_of_the_city_in_three_ways() {
    let ways = [Way::Own, Way::RolledUp, Way::Both].map(|way| (way, made("080", way)));
    let [own, rolled_up, both] = ways.each_ref().map(|(_, made)| totals(made, "080"));
    for total in [&own, &rolled_up, &both] {
        let of = |level: &str, key: &str| total[level][key].as_u64().unwrap();
        let held = |level: &str| of(level, "periodic") + of(level, "ad_hoc");
        assert_eq!((held("districts"), held("communes")), (10, 200));
        assert_eq!(held("districts") + held("communes"), 210);
        assert_eq!((of("communes", "periodic"), of("communes", "ad_hoc")), (143, 57));
        assert_eq!(of("communes", "opinions"), 1078);
        // Of the city's own opinions 90% were answered there; of the communes' 93% were settled.
        assert_eq!(of("districts", "answered") * 100, of("districts", "opinions") * 90);
        let settled = of("communes", "answered") + of("communes", "resolved");
        let within = of("communes", "opinions") - of("communes", "forwarded");
        assert_eq!(settled * 100, within * 93);
        assert_eq!(total["communes"]["incomplete"], Value::Array(Vec::new()));
    }
    // Where a commune and its district both report it, nothing is added twice.
    assert_eq!(own, both);
    // A roll-up tells how many notices there are, not whether they are late or missing.
    for (key, value) in own["communes"].as_object().unwrap() {
        let told = &rolled_up["communes"][key];
        let is_told = !matches!(key.as_str(), "notices_late" | "notices_missing");
        assert_eq!(told, if is_told { value } else { &Value::Null }, "{key}");
    }
    let mut job = ways[0].1.job(SPAN, &[], qc17::model::Geography::Now);
    job.scope = qc17::model::UnitCode::parse("080");
    let summary = run(&job, &|_, _| {}).unwrap();
    let words = narrative(&summary, &Template::default(), Spelling::First).unwrap();
    let words = format!("{words:?}");
    for sentence in [
        "các năm 2020–2022",
        "210 cuộc (153 cuộc định kỳ, 57 cuộc đột xuất)",
        "200 cuộc (143 cuộc định kỳ, 57 cuộc đột xuất)",
        "1.178 ý kiến",
    ] {
        assert!(words.contains(sentence), "{sentence}");
    }
}

/// 5 + 5 + 1 at the province, 137 in nine districts, 1.172 in the communes.
#[test]
fn three_years_of_the_province_by_roll_ups() {
    let made = made("10", Way::RolledUp);
    let total = totals(&made, "10");
    let of = |level: &str, key: &str| total[level][key].as_u64().unwrap();
    let held = |level: &str| of(level, "periodic") + of(level, "ad_hoc");
    assert_eq!(["province", "districts", "communes"].map(held), [11, 137, 1172]);
    let chairs = ["by_secretary", "by_chairman", "by_both"].map(|key| of("province", key));
    assert_eq!(chairs, [5, 5, 1]);
}
