//! What comes near to a rule and must not fire it.

/// A factor that rests on these items of evidence.
fn factor(items: &str) -> String {
    format!("factor budget \"The budget is cut\" {{\n  weight for exit: weak\n{items}\n}}\n")
}

/// An event with this chance clause, and whatever else its block holds.
fn event(clauses: &str) -> String {
    format!(
        "event veto \"A veto\" {{\n  resolves: \"The minutes\"\n  weight for weakening: weak\n{clauses}\n}}\n"
    )
}

/// Two events that exclude each other.
fn pair(left: &str, right: &str) -> String {
    let one = |name: &str, chance: &str| {
        format!(
            "event {name} \"The {name} wins\" {{\n  resolves: \"The gazette\"\n  chance: {chance} by long\n  weight for weakening: weak\n}}\n"
        )
    };
    format!(
        "{}{}exclusive: left, right\n",
        one("left", left),
        one("right", right)
    )
}

fn section(text: &str) -> String {
    format!("section \"Summary\": \"\"\"\n  {text}\n\"\"\"\n")
}

/// The same frame on another scale.
fn on_scale(scale: &str, rest: &str) -> String {
    format!(
        "assessment \"Does the alliance hold?\" {{\n  author: \"The example\"\n  as of: 2025-03-01\n  \
         scale: {scale}\n  resolves: \"The depositary's notice\"\n}}\n{rest}"
    )
}

pub(crate) fn near_misses() -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let mut add = |rule: &'static str, fragments: Vec<String>| {
        all.extend(fragments.into_iter().map(|f| (rule, f)));
    };
    add(
        "certainty",
        vec![
            event("  chance: 0.1% by short, 50% by medium, 99.9% by long"),
            event("  chance: 0% by now, 5% by short, 10% by medium, 20% by long"),
            format!(
                "overlap 100%: a, b\n{}{}",
                factor("").replace("budget", "a"),
                factor("").replace("budget", "b")
            ),
            "bet \"Sure\" { on: not exit by short, price: 0% }\nexpect exit by long: 0% to 100%\n"
                .into(),
            event("  chance: 0 of 32 by short, 1% to 99% by medium"),
            pair("60%", "39%"),
            // Whether one comes rests on another event: what is stated is certain in no case alone.
            pair("60%", "40%").replace(
                "chance: 40%",
                "chance given upheaval: 40% by long\n  chance otherwise: 30%",
            ),
        ],
    );
    add(
        "squeezed-rest",
        [
            // What one range leaves is never nothing.
            "weakening: 8 of 9\n  commitment: rest\n  exit: 0.1% by long",
            "weakening: 29 of 30\n  commitment: rest\n  exit: 0.01% by long",
            // Two whose upper ends leave room.
            "weakening: 20% to 60%\n  commitment: rest\n  exit: 5% to 30% by long",
            "weakening: 70%\n  commitment: rest\n  exit: 29% by long",
            "weakening: rest\n  commitment: 5% to 30%\n  exit: 5% to 40% by long",
        ]
        .map(|rows| format!("prior \"Before\" {{\n  source: \"A count\"\n  {rows}\n}}\n"))
        .to_vec(),
    );
    add(
        "unfilled-text",
        vec![
            factor("  evidence \"Who says so is known\" { source: \"The gazette\" }"),
            section("TODO lists are kept by the ministry."),
            section("{exit by long}"),
            "# Who says so? TODO\noutcome weakening \"Things stay as they are\"\noutcome commitment \"Stays\"\nfinal outcome exit \"A break\"\n".into(),
        ],
    );
    add(
        "false-precision",
        vec![
            event("  chance: 0.5% by short, 12% by medium, 99.5% by long"),
            event("  chance: 12.5% by short, 20.5% by medium, 30.5% by long\n  source: \"Votes since 1990\""),
            event("  chance: 1.5% per year"),
            event("  chance: 2 times in 75.5 years"),
            event("  chance: likely by long"),
            "bet \"No exit\" { on: not exit by long, price: 90.5% }\nexpect exit by long: 1.5% to 12.5%\n".into(),
            event("  chance: 12.5% by short, 20% by long\n  evidence \"The record\" { source: \"Votes since 1990\" }"),
        ],
    );
    add(
        "thousands-point",
        vec![
            event(
                "  chance: 12.500% by short, 20.250% by medium, 30.125% by long\n  source: \"Votes since 1990\"",
            ),
            event("  chance: 3 of 1000 by short, 20% by medium, 30% by long"),
            event(
                "  chance: 0.100% by short, 2.5% by medium, 30% by long\n  source: \"Votes since 1990\"",
            ),
            event(
                "  chance: 5% by short, 20% by medium, 30% by long\n  note: \"A ratio of 1.000:1\"",
            ),
        ],
    );
    add(
        "lazy-fifty",
        vec![
            event("  chance: 49% by short, 51% by medium, 60% by long"),
            event("  chance: 10% by short, roughly even chance by medium, 60% by long"),
            event("  chance: 10% by short, 30% to 70% by medium, 80% by long"),
            event(
                "  chance: 10% by short, 50% by medium, 80% by long\n  note: \"Half of them so far\"",
            ),
            event("  chance: 1 of 2 by short, 60% by medium, 70% by long"),
            "expect exit by long: at most 50%\nbet \"No\" { on: not exit by long, price: 50% }\n"
                .into(),
            "outcome a\noutcome b\noutcome c\nprior { a: 35%\n b: 33%\n c: rest }\n".into(),
        ],
    );
    add(
        "hazard-jump",
        vec![
            event("  chance: 20% by short, 25% by medium, 45% by long"),
            event("  chance: 20% by short, 20% by medium, 40% by long"),
            event("  chance: 2% per year"),
            event("  chance: 30% by medium, 40% by long"),
            // Decided on one day.
            event("  chance: 1% by 2025-12-02, 40% by 2025-12-04, 42% by long"),
            event("  chance: 1% by short, 40% by medium, 40% by long"),
            // What holds given something has no hazard of its own.
            event(
                "  chance given upheaval: 20% by short, 21% by medium, 22% by long\n  chance otherwise: 10% by short, 20% by medium, 30% by long",
            ),
            event(
                "  chance given upheaval: 20% by short, 30% by medium, 40% by long\n  chance otherwise: 10% by short, 10.5% by medium, 11% by long",
            ),
        ],
    );
    add(
        "stalled-curve",
        vec![
            event("  chance: 20% by long"),
            event("  chance: 20% by short, 20% by medium, 21% by long"),
            event("  chance: 20% by now"),
            event("  chance: 20% by short, 50% by medium, 100% by long"),
            event("  chance: 20% by short, 50% by 2028-03-01"),
            event("  chance: 1% per year"),
            event("  chance: 45% by short, 45% by long"),
            event("  chance: 10% by short, 20% by medium, 20% by long"),
            event(
                "  chance given upheaval: 20% by short, 30% by medium\n  chance otherwise: 10% by short, 20% by medium, 30% by long",
            ),
            event(
                "  chance given upheaval: 20% by short, 30% by medium, 50% by long\n  chance otherwise: 10% by short",
            ),
        ],
    );
    add(
        "bet-mismatch",
        vec![
            "bet \"No exit\" { on: not exit by long, price: 94% }\n".into(),
            "bet \"Weakening\" { on: weakening in short, price: 30% }\n".into(),
            "bet \"Exit\" { on: exit by long, price: 1% }\n".into(),
        ],
    );
    add(
        "word-number",
        vec![
            section(
                "Exit is likely (55%), commitment likely (80%), weakening very likely (80–95%).",
            ),
            section("Exit is not likely (5%); it will probably not come (5%)."),
            section("The source says \"likely (90%)\"."),
            section("It is unlikely, 5% of members say, that the budget passes."),
            section("It is more likely (90%) than before."),
            section("Weakening is unlikely ({weakening in long})."),
            section("It is likely that 90% of members agree."),
            section("Very unlikely (20%), unlikely (20%) and fairly likely (90%)."),
            section("Almost certain (99.9%), almost no chance (0.2%)."),
        ],
    );
    add(
        "prose-contradicts",
        vec![
            section("Weakening is {weakening in long: unlikely}."),
            section("Weakening is {weakening in long: improbable}."),
            section(
                "An exit in the short term is {exit by short: almost no chance}, {exit by long} in the long.",
            ),
        ],
    );
    add(
        "mixed-lexicon",
        vec![
            section("A minister calls it \"a realistic possibility\" and 'highly likely'."),
            section("A minister calls it “virtually certain”."),
            section("Exit is unlikely, commitment very likely, and a vote almost certainly held."),
            section("There is a remote chance of it."),
            section("Troops in remote areas are more likely than others to leave."),
            section("It is a possibility, and a realistic one."),
            on_scale(
                "phia",
                &section("There is a remote chance of it, highly unlikely as it is."),
            ),
            event("  chance: likely by short, very likely by medium, almost certain by long"),
        ],
    );
    add(
        "confidence-likelihood",
        vec![
            section("Exit is very unlikely. We have high confidence in that."),
            section("Consumer confidence is low, so that cuts are likely."),
            section("High consumer confidence makes cuts unlikely."),
            section("A minister said: \"I have high confidence that it is likely\"."),
            section("We have low confidence in this judgement, since 5% of GDP is at stake."),
            section("The vote of confidence is likely."),
            section("He is confident; it is likely."),
            section("We have moderate confidence that exit is nearer than it was."),
        ],
    );
    add(
        "weasel",
        vec![
            section("It could come, which is unlikely."),
            section("It could come ({exit by long})."),
            section("It could come with 5%."),
            section("It may come."),
            section("The President of the U.S. Congress could act, with a chance of one in ten."),
            section("Military might is possible to measure, as soon as possible."),
            section("He said that it could come. In 2018 it could not."),
            section("It could have come."),
            section("\"It could come\", “it might”, she says, and 'it is possible'."),
            section("Edward Might sees the best possible outcome."),
            "assessment \"Does it hold?\" {\n  as of: 2025-03-01\n  resolves: \"It could be read in the press.\"\n  \
             note: \"It might come.\"\n  context: \"It is possible.\"\n}\n"
                .into(),
        ],
    );
    add(
        "off-scale",
        vec![
            section("There is a slim chance of it, about 5%."),
            section(
                "It met by chance, had a good chance to speak, and plans for low-probability events.",
            ),
            section("Is it a long shot? \"A long shot\", she says."),
        ],
    );
    add(
        "unlinked-number",
        vec![
            section("A vote on full exit is likely, and full exit was unlikely in 2019."),
            section("If the guarantor leaves, full exit is likely."),
            section("Full exit is {exit by long}."),
            section("Full exit is likely to be put off. Markets put full exit at 40%."),
        ],
    );
    add(
        "scale-gap",
        vec![
            event("  chance: 15% by short, 22% by medium, 37% by long"),
            on_scale(
                "phia",
                &event("  chance: 10% by short, 22% by medium, 37% by long"),
            ),
            on_scale(
                "phia",
                &event(
                    "  chance: 5% by short, 15% to 27% by medium, realistic possibility by long",
                ),
            ),
            on_scale(
                "phia",
                "expect exit by long: 5% to 7%\nbet \"No\" { on: not exit by long, price: 92% }\n",
            ),
            on_scale(
                "ipcc",
                &event("  chance: 15% by short, 22% by medium, 37% by long"),
            ),
        ],
    );
    add(
        "missing-evidence",
        vec![
            factor("").replace("weak\n", "1.05:1\n"),
            factor("  evidence \"The bill\" { source: \"The gazette\" }"),
            event("  chance: 20% by short, 40% by medium, 60% by long"),
            "assumption law \"The law holds\" {\n  confidence: high\n  weight for exit if wrong: strong\n}\n".into(),
        ],
    );
    add(
        "unsourced",
        vec![
            factor("  evidence \"The bill\" { source: \"The gazette\" }"),
            factor("  source: \"The gazette\"\n  evidence \"The bill\""),
            factor(""),
        ],
    );
    add(
        "ungraded",
        vec![
            factor(
                "  evidence \"The bill\" { source: \"The gazette\" }\n  evidence \"The vote\" { source: \"The clerk\" }",
            ),
            factor("  evidence \"The bill\" { source: \"The gazette\", rated: F6 }"),
        ],
    );
    add(
        "halo-grade",
        vec![
            factor(&"  evidence \"The bill\" { source: \"The gazette\", rated: B2 }\n".repeat(4)),
            factor(
                &("  evidence \"The bill\" { source: \"The gazette\", rated: B2 }\n".repeat(5)
                    + "  evidence \"The vote\" { source: \"The clerk\", rated: B3 }"),
            ),
        ],
    );
    add(
        "split-rating",
        ["A3", "B4", "C5", "E3", "D2", "F1", "A6", "F6"]
            .map(|r| {
                factor(&format!(
                    "  evidence \"The bill\" {{ source: \"The gazette\", rated: {r} }}"
                ))
            })
            .to_vec(),
    );
    add(
        "false-confirmed",
        vec![
            factor("  evidence \"The bill\" { source: \"The gazette\", rated: A2 }"),
            factor(
                "  evidence \"The bill\" { source: \"The gazette\", rated: A1 }\n  evidence \"It\" { source: \"The clerk\" }",
            ),
            factor("  evidence \"The bill\" { rated: A1 }"),
        ],
    );
    add(
        "stale",
        vec![
            factor("  evidence \"The bill\" { source: \"The gazette\", dated: 2023-03-02 }"),
            factor("  evidence \"The bill\" { source: \"The gazette\" }"),
            // In force.
            factor(
                "  evidence \"The treaty of 1949\" { source: \"The gazette\", dated: 1949-04-04 }",
            ),
            factor(
                "  evidence \"Leaving takes two thirds\" { source: \"Constitution, Article 49\", dated: 1958-10-04 }",
            ),
            factor(
                "  evidence \"A vote is needed\" { source: \"The gazette\", dated: 1991-10-04, note: \"Still in force\" }",
            ),
            // Something newer for the same factor.
            factor(
                "  evidence \"The bill\" { source: \"The gazette\", dated: 2020-02-03 }\n  evidence \"The next\" { source: \"The gazette\", dated: 2025-01-03 }",
            ),
            format!(
                "horizon near \"Near\": 0 to 6 months\nhorizon far \"Far\": 6+ months\n{}",
                factor("  evidence \"The bill\" { source: \"The gazette\", dated: 2024-08-30 }")
            ),
        ],
    );
    add(
        "hindsight",
        vec![
            factor("  evidence \"The bill\" { source: \"The gazette\", dated: 2025-03-01 }"),
            factor("  evidence \"The bill\" { source: \"The gazette\", dated: 2025-03 }"),
        ],
    );
    let pair = |second: &str| {
        format!(
            "{}{second}",
            factor("  evidence \"The bill\" { source: \"The gazette\" }")
        )
    };
    let twin = |weight: &str, source: &str| {
        format!(
            "factor votes \"The votes\" {{\n  weight {weight}\n  evidence \"The count\" {{ source: \"{source}\" }}\n}}\n"
        )
    };
    add(
        "double-count",
        vec![
            pair(&twin("for exit: weak", "The clerk")),
            pair(&twin("for exit: weak", "The clerk, in The gazette")),
            pair(&twin("against exit: weak", "The gazette")),
            pair(&twin("for weakening: weak", "The gazette")),
            pair(&(twin("for exit: weak", "The gazette") + "overlap 30%: budget, votes\n")),
            pair(&twin("for exit: weak", "The gazette").replace("factor", "event")),
        ],
    );
    add(
        "single-source",
        vec![
            // Another leader only where both sources are gone.
            format!(
                "{}{}{}",
                "factor a \"A\" {\n  weight for weakening: moderate\n  evidence \"One\" { source: \"One\" }\n}\n",
                "factor b \"B\" {\n  weight for weakening: moderate\n  evidence \"Two\" { source: \"Two\" }\n}\n",
                "factor c \"C\" {\n  weight for weakening: slight\n  evidence \"Three\" { source: \"Three\" }\n}\n",
            ),
            // One of two items of a factor: it stays, and nothing is rated.
            "factor a \"A\" {\n  weight for weakening: strong\n  evidence \"One\" { source: \"One\" }\n  evidence \"Two\" { source: \"Two\" }\n}\n".into(),
            // `dominant-factor` says it already.
            "factor a \"A\" {\n  weight for weakening: strong\n  evidence \"One\" { source: \"One\" }\n}\nfactor b \"B\" {\n  weight for exit: slight\n  evidence \"Two\" { source: \"Two\" }\n}\nfactor c \"C\" {\n  weight for commitment: slight\n  evidence \"Three\" { source: \"Three\" }\n}\n".into(),
        ],
    );
    add(
        "non-diagnostic",
        vec![
            factor("").replace("weight for exit: weak", "weight for exit, weakening, commitment: weak, slight in long\n  note: \"\"")
                .replace("exit, weakening, commitment: weak, slight in long", "exit, weakening: weak"),
            factor("").replace("weight for exit: weak", "weight for commitment, weakening: weak\n  weight for exit: weak in short"),
            factor("").replace("weight for exit: weak", "likelihood: commitment 40%, weakening 50%, exit 40%"),
            "event summit \"A summit\" {\n  resolves: \"The host\"\n  chance: 5% by short, 10% by medium, 20% by long\n  weight for commitment, weakening, exit: weak\n}\n".into(),
        ],
    );
    add(
        "unopposed-leader",
        vec![
            factor("  evidence \"The bill\" { source: \"The gazette\" }"),
            "factor a \"A\" {\n  weight for commitment: strong\n}\nfactor b \"B\" {\n  weight for exit: 1.01:1\n}\n".into(),
            event("  chance: 20% by short, 40% by medium, 60% by long"),
            // An event, and a change, that may lower it.
            format!("factor a \"A\" {{\n  weight for commitment: strong\n}}\n{}", event("  chance: 20% by short, 40% by medium, 60% by long")),
            "factor a \"A\" {\n  weight for commitment: strong\n}\nevent b \"B\" {\n  resolves: \"Seen\"\n  chance: 20% by short\n}\nchange c \"C\" {\n  when: b\n  weight against commitment: weak\n}\n".into(),
            String::new(),
        ],
    );
    all
}
