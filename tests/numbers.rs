//! What is stated comes out as stated: no number is moved in silence, lost below a digit or beyond
//! what a machine holds.

use crate::cli::{assess, assess_with, at, folder, is_as_its_schema_says};
use crate::infer::read;
use assess::cli::Status;
use assess::resolve::assessment::{Curve, Law, What};
use serde_json::Value;

/// A question with an event, a factor and a prior that take their numbers from here.
fn file(prior: &str, chance: &str, holds: &str, weight: &str) -> String {
    format!(
        "assessment \"Will the dam fail?\" {{ author: \"Desk\", as of: 2025-03-01, resolves: \"The report\" }}
         horizon year: 0 to 12 months
         horizon decade: 12 to 120 months
         outcome holds
         final outcome fails
         prior {{ fails: {prior}\nholds: rest\nsource: \"Register\" }}
         event quake {{ chance: {chance}\nresolves: \"Seismograph\"\nweight for fails: {weight} }}
         factor leak {{ holds: {holds}\nweight for fails: 2:1\nnote: \"A log\" }}
         change collapse {{ when: quake\ncount leak: 200%\nweight against holds: 3:1 }}
         expect fails by decade: at least 0%\n"
    )
}

fn json(run: &crate::cli::Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}: {} {}", run.out, run.err))
}

/// The 5th percentile, the point and the 95th of an event by the last horizon.
fn event(report: &Value) -> [f64; 3] {
    let at = report["assessments"][0]["events"][0]["horizons"]
        .as_array()
        .expect("horizons");
    let at = at.last().expect("a horizon");
    ["low", "chance", "high"].map(|key| at[key].as_f64().expect(key))
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!(
        (found / expected - 1.0).abs() < 0.02,
        "{found} and not {expected}"
    );
}

fn middle(low: f64, high: f64) -> f64 {
    let odds = f64::sqrt(low / (1.0 - low) * high / (1.0 - high));
    odds / (1.0 + odds)
}

#[test]
fn a_rare_chance_comes_out_with_its_range() {
    let run = assess(&[
        "eval",
        "tests/suite/numbers/dam.assess",
        "--format",
        "json",
        "--draws",
        "4000",
    ]);
    assert_eq!(run.status, Status::Done, "{}", run.out);
    let report = json(&run);
    let [low, chance, high] = event(&report);
    near(chance, 0.000_223_6);
    near(low, 0.000_1);
    near(high, 0.000_5);
    assert_eq!(report["assessments"][0]["expectations"][0]["holds"], true);
    let text = assess(&["eval", "tests/suite/numbers/dam.assess"]).out;
    assert!(
        text.contains("0.022%") && text.contains("The one expectation holds."),
        "{text}"
    );
}

#[test]
fn a_range_ends_where_something_is_left() {
    let run = assess(&["check", "tests/suite/numbers/gate.assess"]);
    assert_eq!(run.status, Status::Found);
    insta::assert_snapshot!(run.out);
    let run = assess(&["eval", "tests/suite/numbers/gate.assess"]);
    assert_eq!((run.status, run.out.as_str()), (Status::Found, ""));
    assert!(run.err.contains("range-end"), "{}", run.err);
}

/// The law of the number of a `chance`, `holds`, prior or rate that is written so.
fn law(place: &str, written: &str) -> (f64, f64, f64) {
    let text = match place {
        "chance" => file(
            "5% by decade",
            &format!("{written} by decade"),
            "50%",
            "3:1",
        ),
        "rate" => file("5% by decade", &format!("{written} per year"), "50%", "3:1"),
        "count" => file(
            "5% by decade",
            &format!("{written} by decade"),
            "50%",
            "3:1",
        ),
        "holds" => file("5% by decade", "1% by decade", written, "3:1"),
        _ => file(
            &format!("{written} by decade"),
            "1% by decade",
            "50%",
            "3:1",
        ),
    };
    let a = read::assessment(&text);
    let (mut curve, mut shares) = (None, None);
    for driver in a.drivers.values() {
        match &driver.what {
            What::Event(rows) => curve = Some(&rows[0].clause.values),
            What::Factor(rows) => shares = Some(&rows[0].clause.values[0]),
            _ => {}
        }
    }
    let number = match (place, curve.expect("an event")) {
        ("holds", _) => shares.expect("a factor"),
        ("chance" | "count", Curve::Points(points)) => &points[0].chance,
        ("rate", Curve::PerYear(rate)) => rate,
        _ => match &a.prior().expect("a prior").outcomes[1] {
            assess::resolve::assessment::PriorOf::Curve(clause) => match &clause.values {
                Curve::Points(points) => &points[0].chance,
                _ => panic!("points"),
            },
            other => panic!("{other:?}"),
        },
    };
    let Law::LogitNormal { low, high } = number.law else {
        panic!("{number:?} of {written}");
    };
    (low, number.point, high)
}

#[test]
fn ranges_are_taken_as_they_are() {
    for (written, low, high) in [
        ("0.01% to 0.05%", 0.0001, 0.0005),
        ("0.00001% to 0.2%", 1e-7, 0.002),
        ("99.95% to 99.99%", 0.9995, 0.9999),
        ("0.02% to 99.98%", 0.0002, 0.9998),
    ] {
        for place in ["chance", "rate", "holds", "prior"] {
            let found = law(place, written);
            for (found, stated) in [
                (found.0, low),
                (found.2, high),
                (found.1, middle(low, high)),
            ] {
                let off = (found / stated - 1.0).abs();
                assert!(
                    off < 1e-12,
                    "{place}: {written}: {found:e} and not {stated:e}"
                );
            }
        }
    }
    let (low, point, high) = law("count", "3 of 2000000");
    assert!((point / 1.75e-6 - 1.0).abs() < 1e-6);
    assert!((low / 5.418_376_691_8e-7 - 1.0).abs() < 1e-9, "{low:e}");
    assert!((high / 3.516_781_13e-6 - 1.0).abs() < 1e-7, "{high:e}");
}

#[test]
fn rare_and_nearly_certain_things_keep_their_digits_everywhere() {
    for (written, digits) in [
        ("0.01% to 0.05%", "0.022%"),
        ("99.95% to 99.99%", "99.978%"),
    ] {
        let text = file(
            "1% by year, 5% by decade",
            &format!("{written} by decade"),
            "50%",
            "3:1",
        );
        let text = text.replace("change collapse", "change crash");
        let folder = folder(&[("a.assess", &text)]);
        let path = at(&folder, "a.assess");
        for arguments in [
            vec!["eval", &path],
            vec!["eval", &path, "--format", "markdown"],
            vec!["explain", &path],
            vec!["report", &path],
            vec!["report", &path, "--format", "markdown"],
        ] {
            let run = assess(&arguments);
            assert!(
                run.out.contains(digits),
                "{arguments:?}\n{}{}",
                run.out,
                run.err
            );
            for hidden in ["<0.1%", "&lt;0.1%", ">99.9%", "&gt;99.9%"] {
                assert!(!run.out.contains(hidden), "{arguments:?}\n{}", run.out);
            }
        }
    }
}

/// What is wrong with a file, by rule and message.
fn wrong(text: &str) -> Vec<String> {
    let run = assess_with(&["check", "-", "--format", "json"], text.as_bytes(), false);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let found = report["diagnostics"].as_array().expect("diagnostics");
    let found = found.iter().filter(|d| d["severity"] == "error");
    found
        .map(|d| {
            format!(
                "{}: {}",
                d["rule"].as_str().expect("a rule"),
                d["message"].as_str().expect("a message")
            )
        })
        .collect()
}

#[test]
fn numbers_beyond_all_bounds_are_refused_with_the_bound() {
    let with = |chance: &str, weight: &str| file("5% by decade", chance, "50%", weight);
    let mut all = String::new();
    for (what, text) in [
        ("a weight", with("1% by decade", "1000000000 dB")),
        ("a weight above 300 dB", with("1% by decade", "300.1 dB")),
        ("a ratio", with("1% by decade", "4:1e-320")),
        ("a ratio of extremes", with("1% by decade", "1e300:1e-300")),
        ("a range of weights", with("1% by decade", "1 dB to 400 dB")),
        ("a rate", with("1 times in 1e-320 years", "3:1")),
        (
            "a rate above one a day",
            with("1000 times in 2 years", "3:1"),
        ),
        ("years", with("3 times in 1e300 years", "3:1")),
        ("cases", with("3 of 1e300 by decade", "3:1")),
        ("a chance of nothing", with("1e-320% by decade", "3:1")),
        ("a chance that underflows", with("1e-400% by decade", "3:1")),
        ("a tiny chance", with("1e-30% by decade", "3:1")),
        (
            "a tiny end of a range",
            with("1e-30% to 1% by decade", "3:1"),
        ),
        (
            "a chance near certainty",
            with("99.9999999999999% by decade", "3:1"),
        ),
        ("a chance too large", with("20000% by decade", "3:1")),
        ("up to", with("0% to 30% by decade", "3:1")),
        ("at least", with("70% to 100% by decade", "3:1")),
        ("anything", with("0% to 100% by decade", "3:1")),
        ("never", with("0% to 0% by decade", "3:1")),
        ("a rate up to", with("0% to 3% per year", "3:1")),
        ("a tiny rate up to", with("0 to 0.02% per year", "3:1")),
        (
            "holds",
            file("5% by decade", "1% by decade", "95% to 100%", "3:1"),
        ),
        (
            "prior",
            file("0% to 5% by decade", "1% by decade", "50%", "3:1"),
        ),
        (
            "a count",
            with("1% by decade", "3:1").replace("200%", "20000%"),
        ),
    ] {
        all += &format!("{what}: {}\n", wrong(&text).join("; "));
    }
    insta::assert_snapshot!(all);
    let mut many = with("1% by decade", "3:1");
    for i in 0..4 {
        many += &format!("change c{i} {{ when: quake\ncount leak: 1000% }}\n");
    }
    let found = wrong(&many);
    assert_eq!(
        found,
        ["limit: all counts of `leak` together make too much of it"]
    );
}

/// What a number says beyond its limit is one mistake, and what else stands in its clause another.
#[test]
fn a_number_beyond_its_limit_hides_no_name() {
    let sound = file("1% by decade", "2% by decade", "50%", "3:1");
    for (clause, number) in [
        (
            "factor f { weight for nobody: 400 dB }",
            "`400 dB` is too strong",
        ),
        (
            "factor f { weight for nobody: 1:1 to 1e40:1 }",
            "is too strong",
        ),
        (
            "factor f { holds given nobody: 3 of 20000000000, holds otherwise: 2% }",
            "`3 of 20000000000` counts too many",
        ),
        (
            "event f { chance given nobody: 0.00000000001% by decade, chance otherwise: 2% by decade }",
            "is nearer to 0% than a chance may be",
        ),
        (
            "change f { when: quake, count nobody: 2000% }",
            "`2000%` is too much",
        ),
        ("overlap 200%: leak, nobody", "`200%` is impossible"),
    ] {
        let found = wrong(&format!("{sound}\n{clause}\n"));
        let all = found.join("; ");
        assert!(all.contains(number), "{clause}: {all}");
        assert!(all.contains("`nobody`"), "{clause}: {all}");
    }
}

#[test]
fn the_largest_and_smallest_numbers_are_still_numbers() {
    for (chance, weight) in [
        ("0.0000000001% by decade", "300 dB"),
        ("99.9999999999% by decade", "300 dB"),
        ("0.0000000001% to 99.9999999999% by decade", "1:1 to 1e30:1"),
        ("366 times in 1 years", "300 dB"),
        ("0 times in 1000000000 years", "3:1"),
        ("1000000000 of 1000000000 by decade", "250 dB"),
        ("0 of 1 by decade", "1:1"),
        ("100% by decade", "299 dB to 300 dB"),
        ("0% by decade", "decisive"),
    ] {
        let text = file(
            "0.0000000001% by year, 5% by decade",
            chance,
            "0.000001% to 99.999999%",
            weight,
        )
        .replace("200%", "1000%");
        let folder = folder(&[("a.assess", &text)]);
        let path = at(&folder, "a.assess");
        for arguments in [
            &["eval", "--format", "json"][..],
            &["eval", "--format", "csv"],
            &["eval"],
            &["eval", "--chart"],
            &["eval", "--vague", "40dB"],
            &["explain", "--watch", "--format", "json"],
            &["flip", "--format", "json"],
            &["flip"],
            &["report", "--format", "json"],
            &["report"],
        ] {
            let run = assess(&[arguments, &[path.as_str()]].concat());
            assert!(
                run.status != Status::Failed && !run.out.is_empty(),
                "{text}{}",
                run.err
            );
            for word in ["NaN", "nan%", "inf%", "inf ", "inf:", "−inf", "?%", "-0%"] {
                assert!(
                    !run.out.contains(word),
                    "{word}: {arguments:?}\n{text}\n{}",
                    run.out
                );
            }
            if arguments.contains(&"json") {
                // What is not a number is null there: no probability may be.
                let report: Value = serde_json::from_str(&run.out).expect("JSON");
                numbers(&report, &mut |key, value| {
                    assert!(
                        key != "probability" || value.is_number(),
                        "{arguments:?}\n{text}"
                    );
                });
            }
        }
    }
}

/// Calls `f` with every field of a JSON value.
fn numbers(value: &Value, f: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            f(key, value);
            numbers(value, f);
        }),
        Value::Array(items) => items.iter().for_each(|item| numbers(item, f)),
        _ => {}
    }
}

#[test]
fn a_chosen_table_wins_wherever_it_stands() {
    let tables = [
        "strengths plain { hit: 100:1 }",
        "strengths { hit: 2:1 }",
        "strengths other { hit: 3:1 }",
        "scale mine { low: 0% to 40%\nhigh: 40% to 100% }",
        "scale other { low: 0% to 70%\nhigh: 70% to 100% }",
    ];
    let mut first = None;
    for turn in 0..tables.len() {
        let mut order = tables;
        order.rotate_left(turn);
        if turn % 2 == 1 {
            order.reverse();
        }
        let text = format!(
            "assessment \"Which?\" {{ as of: 2025-03-01\nscale: mine\nstrengths: plain }}
             horizon year: 0 to 12 months\noutcome a\noutcome b
             prior {{ a: high in year\nb: rest }}
             {}\nfactor f {{ weight for b: hit }}\n",
            order.join("\n")
        );
        let found = wrong(&text);
        assert!(found.is_empty(), "{found:?}");
        let run = assess_with(&["eval", "-", "--format", "csv"], text.as_bytes(), false);
        let verdict = first.get_or_insert_with(|| run.out.clone());
        assert_eq!(&run.out, verdict, "{text}");
        let run = assess_with(&["check", "-"], text.as_bytes(), false);
        assert!(
            run.out.contains("no word is read by these strengths"),
            "{}",
            run.out
        );
        assert!(
            run.out.contains("no word is read by `other`"),
            "{}",
            run.out
        );
    }
    assert!(
        first.expect("a verdict").contains(",0.9"),
        "the chosen table's 100:1"
    );
}

#[test]
fn what_the_intervals_cover_is_counted() {
    let table = |text: &str| {
        let run = assess_with(&["eval", "-"], text.as_bytes(), false);
        let at = run.out.find("Confidence").expect("a table");
        let rest: Vec<&str> = run.out[at..]
            .lines()
            .skip(2)
            .take_while(|l| !l.is_empty())
            .collect();
        rest.join(" ")
    };
    let head = "assessment \"Which?\" { as of: 2025-03-01 }
        horizon year: 0 to 12 months\nhorizon later: 12 to 24 months\noutcome a\noutcome b\n";
    let all = [
        (" prior { a: 30%\nb: rest }", "No number is stated with a range, so that there are no intervals."),
        ("prior { a: 30% to 40%\nb: rest }", "The intervals cover the one stated range; every number has one."),
        (
            "prior { a: 30%\nb: 70% }\nfactor f { weight for a: strong }",
            "The intervals cover the one stated range; the prior has none.",
        ),
        (
            "prior { a: 30%\nb: rest }\nfactor f { weight for a: strong }\nevent e { chance: 3 of 32 by year\nweight for b: 2:1 in year, 3:1 in later }",
            "The intervals cover the 2 stated ranges; the prior and one weight have none.",
        ),
        (
            "prior { a: 30% to 40%\nb: rest }\nevent e { chance: 10% by year, 20% by later\nweight for a: weak, strong in later }
             event g { chance: 100% by year\nweight for b: weak }\nfactor h { holds: 50%\nweight for b: 3:1 }",
            "The intervals cover the 3 stated ranges; 2 chances and one weight have none.",
        ),
    ];
    for (text, sentence) in all {
        assert_eq!(table(&format!("{head}{text}\n")), sentence);
    }
}

#[test]
fn plain_numbers_are_lent_ranges_on_demand() {
    let text = file("5% by decade", "10% by decade", "100%", "3:1");
    let folder = folder(&[("a.assess", &text)]);
    let path = at(&folder, "a.assess");
    let run = assess(&[
        "eval", &path, "--vague", "3 dB", "--format", "json", "--draws", "20000",
    ]);
    let report = json(&run);
    is_as_its_schema_says("eval", &report);
    let [low, chance, high] = event(&report);
    near(chance, 0.1);
    let odds = |p: f64| p / (1.0 - p);
    near(odds(high) / odds(0.1), f64::powf(10.0, 0.3));
    near(odds(0.1) / odds(low), f64::powf(10.0, 0.3));
    let ranges = &report["assessments"][0]["ranges"];
    assert_eq!(
        (ranges["stated"].as_u64(), ranges["vague"].as_f64()),
        (Some(0), Some(3.0))
    );
    let run = assess(&["eval", &path, "--vague", "3dB"]);
    let said = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains(
            "The intervals cover what `--vague 3dB` lends: a range of 3 dB to either side of the prior, \
             one chance and 3 weights, which have none."
        ),
        "{}",
        run.out
    );
    for wrong in ["0dB", "-3dB", "50dB", "wide", "NaN", "inf"] {
        let run = assess(&["eval", &path, &format!("--vague={wrong}")]);
        assert_eq!(run.status, Status::Failed, "{wrong}");
    }
}

#[test]
fn what_has_no_chance_has_none_in_json() {
    let text =
        file("5% by decade", "10% by decade", "50%", "3:1").replace("chance: 10% by decade\n", "");
    let folder = folder(&[("a.assess", &text)]);
    let path = at(&folder, "a.assess");
    let chance = |arguments: &[&str]| {
        let run = assess(&[&["eval", &path, "--format", "json"], arguments].concat());
        let report = json(&run);
        is_as_its_schema_says("eval", &report);
        let a = &report["assessments"][0];
        let of = |list: &str| a[list][0]["horizons"][1]["chance"].clone();
        (of("events"), of("changes"))
    };
    assert_eq!(chance(&[]), (Value::Null, Value::Null));
    assert_eq!(chance(&["--set", "quake"]).0, 1.0);
    assert_eq!(chance(&["--set", "not quake"]).0, 0.0);
}
