//! What could happen: the verbs and complements with which "could" and "might" make a claim that may
//! come true or false.
//!
//! In: a word. Out: whether it tells of an event. Verbs of use and ability ("could be used", "could
//! carry") are left out, since they tell what can be done.

use crate::lint::prose::is_one;

/// Verbs of what may befall or be caused, in order.
const EVENTS: &str = "abate accelerate affect aggravate alienate amplify backfire bankrupt become boost break \
    bring buckle burn burst capsize capsise cascade cause cease choke climb close collapse \
    collide come complicate compound constrain contaminate continue contract cool cost crack \
    crash create cripple crumble curb curtail damage dampen decimate decline deepen default \
    delay depreciate depress deprive derail destabilise destabilize destroy deteriorate \
    devastate devalue die diminish disappear disintegrate displace disrupt dissolve double \
    drag drain drift drive drop dry dwindle ease embolden emerge end endanger engulf ensue \
    erode erupt escalate evaporate exacerbate exceed expand explode face fade fail fall falter \
    fizzle flare flood follow force founder fracture fragment freeze fuel generate give gain \
    grind grow halt halve hamper happen harden harm heighten hinder hit hobble hurt ignite \
    impair imperil implode improve increase inflame inflict intensify interrupt invade \
    jeopardise jeopardize jump kill lag lapse last lead leak leave limit linger lose lower \
    materialise materialize miss mount multiply mutate narrow occur outlive outpace overheat \
    overrun overshoot overtake overwhelm paralyse paralyze peak perish persist pick plummet \
    plunge pose precipitate prevail prolong prompt prove provoke pull push quicken raise rain \
    rally ramp rebound recede recur recover reduce release reignite remain reopen resign \
    result resume resurface resurge retaliate return reverse revive ricochet rise rupture sag \
    scupper seize set shatter shift shrink sink slide slip slow snow slump soar soften spark \
    spell spike spill spiral splinter split spread spur squeeze stagnate stall start stay stem \
    stiffen stoke stop strain strand strengthen stretch strike suffer surge survive swamp \
    swell swing threaten tighten tip topple torpedo trigger triple tumble turn undercut \
    undermine undershoot unleash unravel unsettle veto wane warp weaken weigh widen win wipe \
    wither withdraw worsen wreak wreck yield";

/// Verbs of what is done on purpose: of an author of deeds they tell what it may choose, of a thing
/// they tell what may happen.
const DEEDS: &str = "boost break bring burn close come continue cool create curb curtail delay drive drop ease \
    end expand follow force freeze gain give halt improve increase leave limit lower narrow \
    pick pose pull push raise reduce remain reopen resume return reverse revive set shift slow \
    split spur start stay stop strengthen stretch strike swing tighten tip turn win yield veto \
    generate affect cost die kill miss swell last release withdraw";

/// What may befall a thing that "could be" or "might be" is said of: past participles.
const BEFALLEN: &str = "abandoned arrested assassinated attacked banned blocked breached broken cancelled canceled \
    captured closed compromised contaminated crippled curtailed cut damaged defeated delayed \
    deposed derailed destroyed devalued diluted dissolved disrupted downgraded driven dwarfed \
    engulfed eroded evicted expelled exhausted flooded forced frozen halted hit hurt impeached \
    infected injured interrupted jailed killed lost nationalised nationalized ousted outvoted \
    overrun overthrown overturned overwhelmed paralysed paralyzed postponed prolonged ruined \
    severed shaken shattered shelved sidelined stranded struck stopped suspended swamped swept \
    tested threatened toppled torn trapped undermined undone upended upgraded vetoed voided \
    weakened wiped withdrawn wounded wrecked pushed dragged drawn squeezed jeopardised \
    jeopardized scrapped thwarted triggered unleashed worsened reversed sunk";

/// What a thing may come to be.
const STATES: &str = "higher lower larger smaller bigger longer shorter faster slower stronger weaker worse \
    deeper milder costlier deadlier hotter drier wetter severe significant substantial serious \
    catastrophic disastrous devastating costly fatal deadly lethal widespread prolonged \
    protracted volatile sudden rapid permanent irreversible temporary short-lived decisive \
    imminent enormous massive considerable dramatic explosive violent bloody ruinous crippling \
    transformative transitory persistent pivotal gone over dead extinct bankrupt insolvent \
    under without out at off down up back on in";

/// What follows a state that is no more than a place: "could be in the files".
const STATE_OF: &[(&str, &[&str])] = &[
    (
        "under",
        &[
            "threat", "pressure", "attack", "siege", "water", "way", "control",
        ],
    ),
    (
        "without",
        &[
            "power",
            "water",
            "food",
            "fuel",
            "heating",
            "a",
            "electricity",
            "work",
            "cover",
        ],
    ),
    ("out", &["of"]),
    ("at", &["risk", "war", "stake"]),
    ("off", &["the", "track"]),
    ("down", &["by", "for"]),
    ("up", &["by", "for"]),
    ("back", &["in", "at", "on", "to"]),
    ("on", &["the"]),
    (
        "in",
        &[
            "default",
            "recession",
            "ruins",
            "crisis",
            "trouble",
            "jeopardy",
            "danger",
            "doubt",
            "short",
        ],
    ),
    ("over", &["by", "before", "within", "in", "soon", ""]),
];

/// Whether a verb tells what may happen; of one who chooses what it does, whether it tells what
/// befalls him.
pub(super) fn is_event(verb: &str, chooses: bool) -> bool {
    is_one(verb, EVENTS) && !(chooses && is_one(verb, DEEDS))
}

/// Whether "could be" these words says what may befall or become of a thing.
pub(super) fn is_state(word: &str, next: &str) -> bool {
    if let Some((_, nexts)) = STATE_OF.iter().find(|(w, _)| *w == word) {
        return nexts.contains(&next);
    }
    let passive = is_one(word, BEFALLEN) && !matches!(next, "into" | "using");
    passive || is_one(word, STATES)
}

/// A verb whose object would make it one of ability or money: "raise funds", "close the valve".
pub(super) fn is_event_with(verb: &str, next: &str, after: &str) -> bool {
    let is = |word: &str, words: &[&str]| words.contains(&word);
    match verb {
        "raise" => ![next, after].iter().any(|w| {
            is(
                w,
                &[
                    "funds",
                    "money",
                    "capital",
                    "questions",
                    "question",
                    "objections",
                    "eyebrows",
                ],
            )
        }),
        "break" => is(
            next,
            &["down", "out", "up", "apart", "off", "the", "from", ""],
        ),
        "bring" => is(
            next,
            &[
                "down", "about", "a", "an", "the", "more", "new", "further", "back", "chaos",
                "renewed",
            ],
        ),
        "come" => is(
            next,
            &[
                "under", "to", "apart", "undone", "back", "as", "into", "sooner", "earlier",
                "later", "within", "before", "by", "this", "next", "at",
            ],
        ),
        "give" => is(next, &["way", "rise", "out"]),
        "set" => is(next, &["off", "back"]),
        "turn" => is(
            next,
            &[
                "out", "violent", "into", "sour", "negative", "against", "nasty", "ugly", "bloody",
                "hostile", "to", "the",
            ],
        ),
        "pick" => next == "up",
        "run" => is(next, &["out", "dry", "aground", "short", "into"]),
        "spell" => is(next, &["trouble", "the", "disaster", "doom", "an", "ruin"]),
        "pull" => is(next, &["out", "the", "back", "apart", "down"]),
        "leave" => is(
            next,
            &[
                "",
                "the",
                "a",
                "many",
                "millions",
                "thousands",
                "behind",
                "him",
                "it",
                "them",
                "whole",
                "some",
            ],
        ),
        "dry" => next == "up",
        "tip" => is(next, &["the", "over", "into"]),
        "stay" => !is(next, &["in", "with", "at", "overnight"]),
        "start" => !is(next, &["from", "with", "by"]),
        "pose" => !is(next, &["for", "to", ""]),
        _ => true,
    }
}

/// Whether a noun names what happens: "a default is possible", not "a receipt is possible".
pub(super) fn is_happening(noun: &str) -> bool {
    const NOUNS: &str = "attack strike war conflict clash clashe coup default deal truce ceasefire breach crisi \
        crash collapse recession slump slowdown downturn rebound recovery delay shortage outage \
        blackout outbreak wave epidemic pandemic resurgence spread rise fall drop cut hike \
        increase decrease surge spike jump loss losse failure split revolt riot protest unrest \
        uprising purge invasion landing raid sanction embargo blockade withdrawal exit merger \
        takeover bankruptcy downgrade upgrade upset parliament majority runoff victory defeat \
        resignation impeachment shutdown disruption escalation retaliation intervention flood \
        drought storm frost eruption earthquake tsunami fire landslide accident leak spill \
        correction reversal setback overshoot showdown turn it casualty casualtie death revision \
        lawsuit verdict settlement agreement election vote repeal round";
    is_one(noun, NOUNS) || noun.strip_suffix('s').is_some_and(|one| is_one(one, NOUNS))
}
