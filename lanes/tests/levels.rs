//! Every kind of vectors that the machine has gives the same bytes, with numbers of all sizes, zeros, infinities and what
//! is no number.

use assess_lanes::complex::{self, Row};
use assess_lanes::ends;
use assess_lanes::flow::{Sums, flow, gather, least};
use assess_lanes::judge;
use assess_lanes::mixed::Mixed;
use assess_lanes::pairs::{self, Along, Block, Open, Pair, Walk};
use assess_lanes::parts::{Parts, Settle};
use assess_lanes::several::{self, Capped};
use assess_lanes::shares::{self, Axis, Priors, divide, products, settle, times_last};
use assess_lanes::stays::{self, Step};
use assess_lanes::weights::{Pushes, Scratch, exp_all, multiply, spread};
use assess_lanes::{LANES, Lanes, Level, Room};

/// Numbers without a pattern; every eleventh lane is a special one.
fn numbers(count: usize, seed: u64) -> Vec<Lanes> {
    let mut state = seed;
    let mut roll = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let x = (state >> 11) as f64 / 9_007_199_254_740_992.0;
        match state >> 40 & 15 {
            0 => 0.0,
            1 => -0.0,
            2 => 1.0,
            3 => -x,
            4 => x * 1e-300,
            5 if state >> 44 & 7 == 0 => f64::INFINITY,
            6 if state >> 44 & 7 == 0 => f64::NAN,
            _ => x,
        }
    };
    let lanes = |_| Lanes::new(std::array::from_fn::<f64, LANES, _>(|_| roll()));
    (0..count).map(lanes).collect()
}

/// All that the package computes, of the same numbers.
fn everything() -> Vec<Lanes> {
    let mut all = Vec::new();
    let mut out = Room::default();
    for (seed, inner) in [(1, 1), (2, 3), (3, 8)] {
        let ways = [(0, 0), (0, 1), (1, 1), (0, 3), (1, 3), (1, 3)];
        let (before, p) = (numbers(4 * 2 * inner, seed), numbers(6, seed + 10));
        flow(&before, &mut out, (&ways, &p), (2, 4), inner);
        all.extend(&*out);
        least(&before, &mut out, (&ways, &p), (2, 4), inner);
        all.extend(&*out);
    }
    for w in [1, 2, 16] {
        let flat = |seed| -> Vec<f64> {
            let all = numbers(12, seed);
            all.iter().flat_map(|x| x.to_array()).collect()
        };
        let (e, mass) = (flat(31), flat(32));
        let n = e.len() / 3;
        let (mut z, mut stay, mut to) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        ends::weigh(&e[..2 * n], n, &[[0.3; LANES], [0.7; LANES]], &mut z);
        let step = Step {
            left: (0.9, 0.7),
            ended: (0.1, 0.3),
        };
        stays::pass(step, (&z, &e[2 * n..]), &mut stay, &mut to);
        let (mut sums, mut parts) = (vec![0.1; w], vec![0.0; n]);
        stays::add_products(&stay, &mass[..n], &mut sums);
        stays::divide(&mass[..n], (&mass[..w], &stay), &z, &mut parts);
        let each = [z, stay, to, sums, parts].concat();
        all.extend(each.iter().map(|x| Lanes::splat(*x)));
    }
    let row = |seed| {
        let flat = |seed| -> Vec<f64> {
            numbers(5, seed)
                .iter()
                .flat_map(|x| x.to_array())
                .take(37)
                .collect()
        };
        Row {
            re: flat(seed),
            im: flat(seed + 1),
        }
    };
    let (mut own, other, third) = (row(60), row(62), row(64));
    own.add_times((0.3, -0.7), &other, 2, &(0..35));
    own.multiply(&third, &(0..37));
    own.add_product(&other, (0.2, 0.9), (&third, 3), &(1..30));
    let turned = |row, from| complex::Turned {
        still: 0.4,
        number: (0.6, -0.1),
        row,
        from,
    };
    own.multiply_turned(&[turned(&other, 0), turned(&third, 2)], &(3..34));
    all.extend(own.re.iter().chain(&own.im).map(|x| Lanes::splat(*x)));
    let mut mixed = Mixed::default();
    let short = |row: &Row| Row {
        re: row.re[..30].to_vec(),
        im: row.im[..30].to_vec(),
    };
    mixed.fill(&[0.2, 0.9], &short(&other));
    mixed.multiply(&[(turned(&own, 2), 1), (turned(&third, 0), 3)]);
    mixed.multiply_row(1, &third);
    let added = mixed.added(&[[0.3, 1.0], [0.7, -1.0]], &turned(&third, 0), &other);
    all.extend(added.iter().flatten().map(|x| Lanes::splat(*x)));
    mixed.row(1, &mut own);
    all.extend(own.re.iter().chain(&own.im).map(|x| Lanes::splat(*x)));
    let sums = [
        vec![vec![0, 1], vec![2]],
        vec![],
        vec![vec![3, 3, 4], vec![], vec![5]],
    ];
    Sums::new(sums.iter().map(Vec::as_slice)).fill(&numbers(6, 30), &mut out);
    all.extend(&*out);

    let mut e = numbers(40, 31);
    exp_all(&mut e);
    all.extend(&e);
    spread(&e[..6], &numbers(9, 32), 3, &mut out);
    multiply(&mut out, &[0, 2], (&[1, 0, 1, 1, 0, 0], &numbers(4, 33)));
    all.extend(&*out);
    let (stated, counts, shares) = (numbers(6, 34), numbers(4, 35), numbers(1, 36));
    let patterns = [
        vec![Some(vec![0]), None, Some(vec![])],
        vec![Some(vec![]), Some(vec![1, 0]), Some(vec![1])],
    ];
    let overlaps = [(0, vec![0, 1, 2])];
    for overlaps in [&overlaps[..], &[]] {
        let pushes = Pushes {
            stated: &stated,
            counts: &counts,
            at: (2, 1),
            overlaps: (overlaps, &shares),
        };
        let mut sums = Vec::new();
        let most = pushes.add_up(&patterns, &mut Scratch::default(), &mut sums);
        all.push(most);
        all.extend(&sums);
    }

    let flat = |count, seed| -> Vec<f64> {
        let all = numbers(count, seed);
        all.iter().flat_map(|x| x.to_array()).collect()
    };
    let (e, mass, by) = (flat(6, 37), flat(2, 38), flat(2, 39));
    for (count, by) in [(16, &by[..]), (13, &[])] {
        let states = judge::States {
            e: &e,
            stride: 16,
            mass: &mass[..count],
            by,
        };
        let shares: Vec<_> = numbers(3, 54).iter().map(|x| x.to_array()).collect();
        let mut found = judge::Sums {
            whole: [0.0; LANES],
            least: [1.0; LANES],
        };
        let mut sums = vec![[0.0; LANES]; 3];
        judge::judge(states, &shares, &mut sums, &mut found);
        judge::judge(states, &shares[..1], &mut sums[..1], &mut found);
        let ends = [found.whole, found.least];
        all.extend(sums.into_iter().chain(ends).map(Lanes::new));
    }

    let eights = |count, seed| -> Vec<_> {
        let all = numbers(count, seed);
        all.iter().map(|x| x.to_array()).collect()
    };
    for (count, finals) in [(16, 1..3), (13, 2..3)] {
        let (left, priors) = (eights(2, 70), eights(4, 72));
        let ending = |a: usize| ends::Ending {
            prior: [priors[2 * a - 2], priors[2 * a - 1]],
            e: a * 16,
            out: a * 16,
        };
        let finals: Vec<_> = finals.map(ending).collect();
        let passing = ends::Ends {
            left: [left[0], left[1]],
            finals: &finals,
        };
        let mut ways = vec![0.0; 4 * 16];
        passing.pass(&e, &mass[..count], &mut ways);
        let (mut sums, mut whole) = (vec![[0.0; LANES]; 3], [0.0; LANES]);
        let mut weighed = vec![0.0; count];
        ends::weigh(&e, 16, &priors[..2], &mut weighed);
        let mut z = weighed.clone();
        let (ended, masses) = (flat(8, 74), flat(2, 75));
        let states = ends::Ended {
            e: &e,
            stride: 16,
            z: &weighed,
            mass: &masses,
            by: &by,
            before: (&ended, 16),
            ways: (&ways, 16),
        };
        states.settle(&priors[..2], &mut sums, &mut whole);
        states.settle(&priors[..1], &mut sums[..3], &mut whole);
        ends::add_products(&mut z, &ended, &ways);
        ends::multiply(&mut z, &ways);
        let above = |size, in_turn| {
            let parts = ends::Parts {
                size,
                count: 2,
                in_turn,
            };
            ends::any_above(&ended, parts, 0.9, true)
        };
        all.push(Lanes::splat(f64::from(u8::from(
            above(2, false) & above(16, true),
        ))));
        all.extend(sums.into_iter().chain([whole]).map(Lanes::new));
        all.extend(ways.iter().chain(&z).map(|x| Lanes::splat(*x)));
    }

    let (table, open, mass) = (numbers(3 * 7, 40), numbers(2, 41), numbers(7, 42));
    let ends: Vec<(Lanes, Lanes)> = numbers(4, 43).into_iter().zip(numbers(4, 44)).collect();
    for width in 2..6 {
        let (outer, inner) = (numbers(2 * width, 58), numbers(3 * width, 59));
        let (priors, mut found) = (numbers(width, 68), numbers(width, 45));
        let axis = |mass, e| Axis { mass, e };
        let outer = [axis(&mass[..2], &outer[..]), axis(&mass[4..6], &outer)];
        let mut scratch = shares::Scratch::default();
        for outer in [&outer[..], &[]] {
            let inner = axis(&mass[2..5], &inner);
            settle(&priors, outer, inner, &mut scratch, &mut found);
            all.extend(&found);
        }
    }
    for (table, ends) in [(&table[..14], &ends[..0]), (&table, &ends)] {
        Priors { open: &open, ends }.parts(table, &mut out);
        all.extend(&*out);
    }
    let lasting = [0, 1, 2, 0, 1, 2, 2];
    let still = numbers(3, 46);
    let parts = Parts {
        parts: &out,
        stride: 6,
        width: 3,
        ended: Some(2),
        mass: &mass,
        lasting: &lasting,
        open: &still,
    };
    let (mut found, mut whole) = (numbers(3, 47), numbers(2, 48));
    parts.settle(&mut found);
    all.extend(&found);
    let conds = [
        vec![true, false, true, true, false, false, true],
        vec![true; 7],
    ];
    let mut given = numbers(6, 49);
    parts.settle_given(&conds, &mut given, &mut whole);
    all.extend(given.iter().chain(&whole));
    let (mut stays, mut own) = (Room::default(), numbers(3, 55));
    parts.stays(3..6, &still, &mut stays);
    all.extend(&*stays);
    products(&stays, 3, &mut own);
    all.extend(&own);
    times_last(&still, &stays, 3, &mut own);
    all.extend(&own);
    divide(&still, &stays, &mut own);
    all.extend(&own);
    gather(&mass, &lasting, &mut own);
    all.extend(&own);

    let (left, finals) = (numbers(3, 83), numbers(6, 84));
    let priors = several::Priors {
        open: &open,
        left: &left,
        finals: &finals,
    };
    priors.parts(&numbers(4 * 7, 85), &mut out);
    all.extend(&*out);
    let shares = numbers(9, 86);
    let parts = several::Parts {
        parts: &out,
        stride: priors.stride(),
        outcomes: (4, 2),
        mass: &mass,
        lasting: &lasting,
        shares: &shares,
    };
    let (mut found, mut given, mut whole) = (numbers(4, 87), numbers(8, 88), numbers(2, 89));
    parts.settle(&mut found);
    parts.settle_given(&conds, &mut given, &mut whole);
    all.extend(found.iter().chain(&given).chain(&whole));
    let (mut splits, others) = (numbers(9, 90), numbers(18, 91));
    several::go_on(&mut splits, &others, 2, (2, 0..1));
    all.extend(&splits);
    several::go_on(&mut splits, &others, 2, (2, 1..2));
    let mut divided = numbers(9, 92);
    several::divide(&splits, &mass[..3], &mut divided);
    all.extend(splits.iter().chain(&divided));

    let (apart, together) = (pairs(false), pairs(true));
    for inner in [&[&apart, &apart][..], &[&apart, &together]] {
        let axes: Vec<(&[Pair], usize)> = inner.iter().map(|pairs| (&pairs[..], 2)).collect();
        let (first, second, third) = (numbers(3, 50), numbers(3, 51), numbers(3, 56));
        let along = |pairs, ways| Along {
            pairs,
            mass: ways,
            kept: 2,
        };
        let (still, most) = (numbers(8, 53), numbers(8, 57));
        let walk = Walk {
            outer: &[along(&apart, &first)],
            inner: &[along(inner[0], &second), along(inner[1], &third)],
            block: &Block::new(&axes),
            count: still.len(),
        };
        let mut capped = numbers(8, 54);
        let mut open = Open {
            still: &still,
            most: &most,
            open: &mut capped,
            sums: &mut Vec::new(),
        };
        walk.all(&mut pairs::Scratch::default(), &mut open);
        all.extend(&capped);
        let (still, most, mut capped) = (numbers(24, 80), numbers(24, 81), numbers(24, 82));
        let mut splits = Capped {
            finals: 2,
            still: &still,
            most: &most,
            out: &mut capped,
            group: &mut Vec::new(),
            runs: &mut Vec::new(),
        };
        walk.all(&mut pairs::Scratch::default(), &mut splits);
        all.extend(&capped);
    }
    all
}

/// Of something that comes: it stays away, comes, or stays. The first two may be taken together.
fn pairs(together: bool) -> Vec<Pair> {
    let groups = if together { [0, 0, 1] } else { [0, 1, 2] };
    let all = [(0, 0), (0, 1), (1, 1)].into_iter().zip(groups);
    all.map(|((from, to), group)| Pair { from, to, group })
        .collect()
}

#[test]
fn every_kind_gives_the_same_bytes() {
    // What is no number may have any sign and any bits.
    let bits = |x: f64| if x.is_nan() { u64::MAX } else { x.to_bits() };
    let found = || -> Vec<u64> {
        everything()
            .iter()
            .flat_map(|x| x.to_array())
            .map(bits)
            .collect()
    };
    let best = found();
    for level in Level::all() {
        Level::force(Some(level));
        assert_eq!(found(), best, "{}", level.name());
        Level::force(None);
    }
    println!(
        "compared: {}",
        Level::all()
            .iter()
            .map(|l| l.name())
            .collect::<Vec<_>>()
            .join(", ")
    );
    assert!(best.iter().filter(|x| **x != u64::MAX).count() > best.len() / 2);
}
