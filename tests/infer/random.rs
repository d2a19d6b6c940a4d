//! Random assessments as text: every feature that moves a number.

/// A small generator of numbers (SplitMix64), so that a seed is a file.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// True once in `n`.
    pub(crate) fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// What the files contain.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    /// Numbers with ranges.
    pub(crate) ranges: bool,
    /// Final outcomes.
    pub(crate) finals: bool,
    /// Weights other than 1:1.
    pub(crate) weights: bool,
}

/// A random file.
pub(crate) struct Random {
    /// Its items; any order means the same.
    pub(crate) items: Vec<String>,
    /// What has to stand first, and in order.
    pub(crate) head: String,
    /// Names that propositions may use.
    pub(crate) names: Vec<String>,
    pub(crate) horizons: usize,
}

impl Random {
    pub(crate) fn text(&self) -> String {
        format!("{}\n{}\n", self.head, self.items.join("\n\n"))
    }

    pub(crate) fn new(seed: u64, kind: Kind) -> Random {
        let writer = Writer {
            dice: Dice::new(seed),
            kind,
            horizons: 0,
            outcomes: Vec::new(),
            names: Vec::new(),
            pushers: Vec::new(),
            items: Vec::new(),
        };
        writer.file()
    }
}

struct Writer {
    dice: Dice,
    kind: Kind,
    horizons: usize,
    outcomes: Vec<(String, bool)>,
    names: Vec<String>,
    pushers: Vec<String>,
    items: Vec<String>,
}

impl Writer {
    fn file(mut self) -> Random {
        self.horizons = 1 + self.dice.below(3);
        let mut head = "assessment \"Random\" {\n  as of: 2025-03-01\n}\n\n".to_owned();
        let ends = [0, 6, 18, 30];
        for h in 0..self.horizons {
            head += &format!("horizon h{h}: {} to {} months\n", ends[h], ends[h + 1]);
        }
        let open = 1 + self.dice.below(3);
        let finals = match self.kind.finals {
            true => 1 + self.dice.below(2),
            false => usize::from(open == 1),
        };
        for o in 0..open + finals {
            let is_final = o >= open && self.kind.finals;
            let name = format!("o{}", (o * 7 + 3) % 10);
            let word = if is_final { "final outcome" } else { "outcome" };
            self.items.push(format!("{word} {name} \"Outcome\""));
            self.outcomes.push((name, is_final));
        }
        self.prior();
        for i in 0..self.dice.below(3) {
            let body = self.weights(" if wrong", 0);
            self.items.push(format!("assumption a{i} {{{body}\n}}"));
            self.names.push(format!("a{i}"));
        }
        let mut events = Vec::new();
        for i in 0..1 + self.dice.below(3) {
            let name = format!("{}{i}", self.dice.pick(&["f", "z", "b"]));
            let rows = match self.dice.below(4) {
                0 => String::new(),
                1 => format!("\n  holds: {}", self.shares()),
                _ => self.rows("holds", &mut |w| w.shares()),
            };
            let body = self.weights("", 1);
            if rows.is_empty() && body.is_empty() {
                continue;
            }
            if !body.is_empty() {
                self.pushers.push(name.clone());
            }
            self.items.push(format!("factor {name} {{{rows}{body}\n}}"));
            if !rows.is_empty() {
                self.names.push(name);
            }
        }
        for i in 0..1 + self.dice.below(3) {
            self.event(&mut events, i, 95);
        }
        if self.dice.once_in(2) {
            let first = events.len();
            let known = self.names.clone();
            let mut members = Vec::new();
            for i in 0..2 + self.dice.below(2) {
                // Members are drawn together: none may look at another.
                self.names.clone_from(&known);
                self.event(&mut members, first + i, 33);
            }
            self.names = known;
            self.names.extend(members.iter().cloned());
            self.items
                .push(format!("exclusive: {}", members.join(", ")));
            events.extend(members);
        }
        for i in 0..1 + self.dice.below(2) {
            let when = self.prop();
            let mut body = self.weights("", 0);
            if !self.pushers.is_empty() && (body.is_empty() || self.dice.once_in(2)) {
                let counted = self.pushers[self.dice.below(self.pushers.len())].clone();
                body += &format!("\n  count {counted}: {}%", self.dice.below(30) * 10);
            }
            if body.is_empty() {
                continue;
            }
            self.items
                .push(format!("change c{i} {{\n  when: {when}{body}\n}}"));
            if body.contains("weight") {
                self.pushers.push(format!("c{i}"));
            }
            if self.dice.once_in(2) {
                self.names.push(format!("c{i}"));
            }
        }
        for _ in 0..self.dice.below(3) {
            let mut members = self.pushers.clone();
            while members.len() > 2 && self.dice.once_in(2) {
                members.remove(self.dice.below(members.len()));
            }
            if members.len() > 1 {
                let share = self.dice.below(11) * 10;
                self.items
                    .push(format!("overlap {share}%: {}", members.join(", ")));
            }
        }
        Random {
            head,
            items: self.items,
            names: self.names,
            horizons: self.horizons,
        }
    }

    fn prior(&mut self) {
        let rest = self.dice.below(self.outcomes.len());
        let each = 90 / self.outcomes.len();
        let mut body = String::new();
        for (o, (name, is_final)) in self.outcomes.clone().into_iter().enumerate() {
            let rest_is_final = self.outcomes[rest].1;
            let value = if o == rest && !rest_is_final {
                "rest".to_owned()
            } else if rest_is_final && o == 0 {
                // A final outcome is never the rest here, since it must not fall.
                "rest".to_owned()
            } else if is_final {
                self.curve(each, false)
            } else {
                let low = 1 + self.dice.below(each);
                match self.kind.ranges && self.dice.once_in(3) {
                    true => format!("{low}% to {}%", low + 3),
                    false => format!("{low}%"),
                }
            };
            body += &format!("\n  {name}: {value}");
        }
        self.items.push(format!("prior {{{body}\n}}"));
    }

    fn event(&mut self, events: &mut Vec<String>, i: usize, most: usize) {
        let name = format!("{}{i}", self.dice.pick(&["e", "y", "d"]));
        let rows = match self.dice.below(5) {
            0 => String::new(),
            1 | 2 => format!("\n  chance: {}", self.curve(most, true)),
            _ => self.rows("chance", &mut |w| w.curve(most, true)),
        };
        let body = self.weights("", 0);
        self.items.push(format!("event {name} {{{rows}{body}\n}}"));
        if !body.is_empty() {
            self.pushers.push(name.clone());
        }
        self.names.push(name.clone());
        events.push(name);
    }

    fn rows(&mut self, key: &str, value: &mut dyn FnMut(&mut Writer) -> String) -> String {
        let mut out = String::new();
        if !self.names.is_empty() {
            for _ in 0..1 + self.dice.below(2) {
                let given = self.prop();
                let value = value(self);
                if out.contains(&format!(" given {given}:")) {
                    continue;
                }
                out += &format!("\n  {key} given {given}: {value}");
            }
        }
        let value = value(self);
        let otherwise = if out.is_empty() { "" } else { " otherwise" };
        out + &format!("\n  {key}{otherwise}: {value}")
    }

    /// A cumulative curve in whole per cents, up to `most`.
    fn curve(&mut self, most: usize, now: bool) -> String {
        let mut at = 0;
        let mut parts = Vec::new();
        if now && self.dice.once_in(4) {
            at = self.dice.below(most / 3);
            parts.push(format!("{at}% by now"));
        }
        for h in 0..self.horizons {
            if h + 1 < self.horizons && self.dice.once_in(4) {
                continue;
            }
            at += match self.dice.below(6) {
                0 => 0,
                1 => most - at,
                _ => self.dice.below(most - at + 1),
            };
            let low = at.max(2) - 1;
            match self.kind.ranges && at > 0 && self.dice.once_in(3) {
                true => parts.push(format!("{low}% to {}% by h{h}", at + 2)),
                false => parts.push(format!("{at}% by h{h}")),
            }
        }
        parts.join(", ")
    }

    fn shares(&mut self) -> String {
        let list: Vec<String> = (0..self.horizons)
            .map(|h| format!("{}% in h{h}", self.dice.below(101)))
            .collect();
        list.join(", ")
    }

    fn weights(&mut self, ending: &str, least: usize) -> String {
        let mut out = String::new();
        for (o, (name, _)) in self.outcomes.clone().into_iter().enumerate() {
            if o >= least && self.dice.once_in(2) {
                continue;
            }
            let sign = self.dice.pick(&["for", "against"]);
            let ratio = match self.kind.weights && self.kind.ranges && self.dice.once_in(3) {
                true => format!("{}:1 to 7:1", 1 + self.dice.below(4)),
                false if self.kind.weights => format!("{}:1", 1 + self.dice.below(8)),
                false => "1:1".to_owned(),
            };
            out += &format!("\n  weight {sign} {name}{ending}: {ratio}");
            if self.kind.weights && self.horizons > 1 && self.dice.once_in(3) {
                out += ", 2.5:1 in h1";
            }
        }
        if !out.is_empty() && self.dice.once_in(3) {
            let grade = self.dice.pick(&["A1", "B2", "C3", "E4"]);
            out += &format!("\n  evidence \"Seen\" {{ rated: {grade} }}");
        }
        out
    }

    /// A proposition over the names so far.
    pub(crate) fn prop(&mut self) -> String {
        if self.names.is_empty() {
            self.names.push("y9".to_owned());
            self.items.push("event y9".to_owned());
        }
        let name = |w: &mut Writer| w.names[w.dice.below(w.names.len())].clone();
        let (a, b, c) = (name(self), name(self), name(self));
        match self.dice.below(9) {
            0 | 1 => a,
            2 => format!("not {a}"),
            3 | 4 => format!("{a} and {b}"),
            5 => format!("{a} and not {b}"),
            6 => format!("{a} or {b}"),
            7 => format!("not {a} or {b} and {c}"),
            _ => format!("at least 2 of ({a}, {b}, {c})"),
        }
    }
}

/// Another proposition over a file's names.
pub(crate) fn prop(random: &Random, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let name = |d: &mut Dice| random.names[d.below(random.names.len())].clone();
    let (a, b) = (name(&mut dice), name(&mut dice));
    match dice.below(5) {
        0 => a,
        1 => format!("not {a}"),
        2 => format!("{a} and {b}"),
        3 => format!("{a} or {b}"),
        _ => format!("{a} and not {b}"),
    }
}
