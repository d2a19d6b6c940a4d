//! One slot that differs, in words.
//!
//! In: what stands in the slot on both sides. Out: text.

use super::super::phrases::{names, period, prop};
use super::super::slots::{Entry, Piece, Slot};
use super::values::{count, likelihood, prior, rows, table};
use super::{Both, Tables, come_or_gone, numbers, pieces};
use crate::admiralty;
use crate::resolve::figures::percent;
use crate::scales;
use crate::strengths;
use crate::syntax::ast::{Decides, DriverKind, Evidence, Rating};
use crate::text::round;
use std::collections::BTreeSet;

/// What was done to a slot other than a weight's.
pub(super) fn text(entry: &Entry, paths: &[&str], tables: Tables<'_>) -> String {
    let both = pieces(entry);
    match &entry.slot {
        Slot::AsOf => match both {
            (Some(Piece::AsOf(old)), Some(Piece::AsOf(new))) => {
                let word = if new.node > old.node {
                    "time passed"
                } else {
                    "time turned back"
                };
                format!(
                    "{word}: `as of` from {} to {}",
                    old.node.shown(),
                    new.node.shown()
                )
            }
            _ => come_or_gone("`as of`", entry, String::new),
        },
        Slot::ScaleName => table_name("words of likelihood", scales::DEFAULT, both),
        Slot::StrengthsName => table_name("words of strength", strengths::DEFAULT, both),
        Slot::Scale(name) => come_or_gone(&format!("scale `{name}`"), entry, || {
            table(&format!("scale `{name}`"), both)
        }),
        Slot::Strengths(name) => {
            let what = match name {
                Some(name) => format!("strengths `{name}`"),
                None => "strengths".to_owned(),
            };
            come_or_gone(&what, entry, || table(&what, both))
        }
        Slot::Horizon(name) => come_or_gone(&format!("horizon `{name}`"), entry, || match both {
            (Some(Piece::Horizon(old)), Some(Piece::Horizon(new))) => format!(
                "horizon `{name}` from {} to {}",
                quoted(&period(&old.period.node)),
                quoted(&period(&new.period.node))
            ),
            _ => String::new(),
        }),
        Slot::Outcome(name) | Slot::Answer(_, name) => {
            come_or_gone(&format!("outcome `{name}`"), entry, || outcome(name, both))
        }
        Slot::Question(name) => come_or_gone(&format!("question `{name}`"), entry, String::new),
        Slot::PriorRow(question, guard) => {
            let whose = match question.as_str() {
                "" => String::new(),
                name => format!(" of `{name}`"),
            };
            let what = match guard.as_str() {
                "otherwise" => format!("prior{whose}"),
                guard => format!("prior {guard}{whose}"),
            };
            come_or_gone(&what, entry, || match both {
                (Some(Piece::Prior(old)), Some(Piece::Prior(new))) => {
                    format!("{what}: {}", prior(old, new, tables))
                }
                _ => String::new(),
            })
        }
        Slot::Condition(name) => {
            let stands = |piece: Option<&Piece>| match piece {
                Some(Piece::Condition(c)) => quoted(&prop(&c.prop)),
                _ => "nothing".to_owned(),
            };
            come_or_gone(&format!("condition `{name}`"), entry, || {
                format!(
                    "condition `{name}` from {} to {}",
                    stands(both.0),
                    stands(both.1)
                )
            })
        }
        Slot::Quantity(name) => {
            let what = format!("quantity `{name}`");
            come_or_gone(&what, entry, || {
                format!("{what} {}", numbers::quantity(both))
            })
        }
        Slot::Moves(name) => {
            let what = format!("`{name}`: what it moves");
            come_or_gone(&what, entry, || {
                format!("`{name}`: moves {}", numbers::moves(both))
            })
        }
        Slot::Implies(members) => {
            let members = names(members.iter().map(String::as_str));
            come_or_gone(&format!("implies {members}"), entry, String::new)
        }
        Slot::Once(name) => {
            let what = format!("`{name}`: chance after a trigger");
            come_or_gone(&what, entry, || {
                format!("`{name}`: chance {}", numbers::once(both))
            })
        }
        Slot::Prior => come_or_gone("prior", entry, || match both {
            (Some(Piece::Prior(old)), Some(Piece::Prior(new))) => prior(old, new, tables),
            _ => String::new(),
        }),
        Slot::Use(name) => {
            let path = |piece: Option<&Piece>| match piece {
                Some(Piece::Use(_, _, from)) => paths.get(*from).copied().unwrap_or_default(),
                _ => "",
            };
            match (&entry.old, &entry.new) {
                (None, _) => format!("`{name}` taken from `{}`", path(both.1)),
                (_, None) => format!("`{name}` taken from `{}` no more", path(both.0)),
                _ => format!(
                    "`{name}` taken from `{}`, not `{}`",
                    path(both.1),
                    path(both.0)
                ),
            }
        }
        Slot::Driver(name) => {
            let kind = |piece: Option<&Piece>| match piece {
                Some(Piece::Driver(d)) => d.kind,
                _ => DriverKind::Factor,
            };
            let one = kind(both.1.or(both.0)).as_str();
            come_or_gone(&format!("{one} `{name}`"), entry, || {
                let (old, new) = (kind(both.0).as_str(), kind(both.1).as_str());
                format!("`{name}` from {old} to {new}")
            })
        }
        Slot::Rows(name) => format!("`{name}`: {}", rows(both, "chance", tables)),
        Slot::When(name) => {
            let when = |piece: Option<&Piece>| match piece {
                Some(Piece::When(p)) => quoted(&prop(p)),
                _ => "nothing".to_owned(),
            };
            format!("`{name}`: when from {} to {}", when(both.0), when(both.1))
        }
        Slot::Weight(..) => String::new(),
        Slot::Likelihood(name) => {
            let what = format!("`{name}`: likelihood");
            come_or_gone(&what, entry, || match both {
                (Some(Piece::Likelihood(old)), Some(Piece::Likelihood(new))) => {
                    format!("{what} {}", likelihood(old, new, tables))
                }
                _ => String::new(),
            })
        }
        Slot::Count(name, of) => {
            let shares = |piece: Option<&Piece>| match piece {
                Some(Piece::Count(c)) => count(c),
                _ => "100%".to_owned(),
            };
            format!(
                "`{name}`: counts `{of}` {} instead of {}",
                shares(both.1),
                shares(both.0)
            )
        }
        Slot::Evidence(name) => format!("`{name}`: {}", evidence(both)),
        Slot::Exclusive(_) => {
            let members = |piece: Option<&Piece>| match piece {
                Some(Piece::Exclusive(e)) => names(e.members.iter().map(|m| m.node.as_str())),
                _ => String::new(),
            };
            let (old, new) = (members(both.0), members(both.1));
            let one = if new.is_empty() { &old } else { &new };
            come_or_gone(&format!("exclusive {one}"), entry, || {
                format!("exclusive from {old} to {new}")
            })
        }
        Slot::Overlap(_) => overlap(entry, both),
        Slot::Order => "items in another order".to_owned(),
    }
}

/// What of an outcome changed: whether it is final, what decides it.
fn outcome(name: &str, both: Both<'_>) -> String {
    let when = |piece: Option<&Piece>| match piece {
        Some(Piece::Outcome(o)) => match &o.when {
            None => "judged".to_owned(),
            Some(Decides::Otherwise(_)) => "decided by `otherwise`".to_owned(),
            Some(Decides::When(when)) => format!("decided by {}", quoted(&prop(when))),
        },
        _ => String::new(),
    };
    let is_final = |piece: Option<&Piece>| match piece {
        Some(Piece::Outcome(o)) => o.is_final.is_some(),
        _ => false,
    };
    let (old, new) = (when(both.0), when(both.1));
    let mut said = Vec::new();
    match (is_final(both.0), is_final(both.1)) {
        (false, true) => said.push("is final now".to_owned()),
        (true, false) => said.push("is final no more".to_owned()),
        _ => {}
    }
    if old != new {
        said.push(format!("is {new}, no more {old}"));
    }
    said.extend(numbers::value(both));
    format!("outcome `{name}` {}", said.join(" and "))
}

fn quoted(text: &str) -> String {
    format!("`{text}`")
}

fn table_name(what: &str, default: &str, both: Both<'_>) -> String {
    let name = |piece: Option<&Piece>| match piece {
        Some(Piece::Name(name)) => name.node.clone(),
        _ => default.to_owned(),
    };
    format!("{what} read on `{}`, not `{}`", name(both.1), name(both.0))
}

fn evidence(both: Both<'_>) -> String {
    let best = |piece: Option<&Piece>| -> Option<Rating> {
        let Some(Piece::Evidence(all)) = piece else {
            return None;
        };
        let rated = all
            .iter()
            .filter_map(|e: &Evidence| Some(e.rated.as_ref()?.node));
        rated.reduce(
            |a, b| match admiralty::discount(b) > admiralty::discount(a) {
                true => b,
                false => a,
            },
        )
    };
    let said = |rating: Option<Rating>| match rating {
        Some(r) => format!("{}{}", r.source, r.information),
        None => "unrated".to_owned(),
    };
    let factor = |rating: Option<Rating>| round::factor(rating.map_or(1.0, admiralty::discount));
    let (old, new) = (best(both.0), best(both.1));
    format!(
        "best evidence from {} to {}, so that its weights count {} instead of {}",
        said(old),
        said(new),
        factor(new),
        factor(old)
    )
}

/// Share, members, and the members as a list.
fn shared(piece: Option<&Piece>) -> Option<(String, BTreeSet<&str>, String)> {
    let Some(Piece::Overlap(o)) = piece else {
        return None;
    };
    let members: BTreeSet<&str> = o.members.iter().map(|m| m.node.as_str()).collect();
    let list = names(members.iter().copied());
    Some((percent(o.share.node), members, list))
}

fn overlap(entry: &Entry, both: Both<'_>) -> String {
    match (shared(both.0), shared(both.1)) {
        (Some(old), Some(new)) if old.1 == new.1 => {
            format!("overlap of {} from {} to {}", new.2, old.0, new.0)
        }
        (Some(old), Some(new)) if old.0 == new.0 => {
            format!("overlap of {} instead of {}", new.2, old.2)
        }
        (Some(old), Some(new)) => {
            format!(
                "overlap {} of {} instead of {} of {}",
                new.0, new.2, old.0, old.2
            )
        }
        (old, new) => match new.or(old) {
            Some((share, _, members)) => {
                come_or_gone(&format!("overlap {share} of {members}"), entry, String::new)
            }
            None => String::new(),
        },
    }
}
