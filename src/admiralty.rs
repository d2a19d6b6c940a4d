//! The Admiralty code: what a rating takes from a weight.
//!
//! In: a rating, a source's letter and an information's digit. Out: its discount, 0 to 1. A report
//! that is informative with chance r and noise otherwise has a log ratio of about r times the full
//! one, so the discount multiplies the logarithm of a likelihood ratio.

use crate::syntax::ast::Rating;

/// By letter A to F, then by digit 1 to 6: the root of letter times digit, rounded to 0.05.
///
/// A root, since in practice 87% of ratings lie on the diagonal (Baker, McKendry and Mace 1968), so
/// that a product would punish one doubt twice. F and 6 mean "cannot be judged", not "bad".
const DISCOUNTS: [[f64; 6]; 6] = [
    [1.00, 0.90, 0.75, 0.55, 0.30, 0.65],
    [0.90, 0.80, 0.70, 0.50, 0.30, 0.60],
    [0.75, 0.70, 0.60, 0.40, 0.25, 0.50],
    [0.55, 0.50, 0.40, 0.30, 0.15, 0.35],
    [0.30, 0.30, 0.25, 0.15, 0.10, 0.20],
    [0.65, 0.60, 0.50, 0.35, 0.20, 0.45],
];

/// The discount of a rating, 0 to 1; the lowest where letter or digit is none of the code's.
pub fn discount(rating: Rating) -> f64 {
    let letter = (rating.source.to_ascii_uppercase() as usize).wrapping_sub('A' as usize);
    let digit = usize::from(rating.information).wrapping_sub(1);
    DISCOUNTS
        .get(letter)
        .and_then(|row| row.get(digit))
        .copied()
        .unwrap_or(DISCOUNTS[4][4])
}

/// The discount of a driver: that of its best rated evidence, so that adding a poor source never
/// weakens a good one; 1 where nothing is rated.
pub fn best(ratings: impl IntoIterator<Item = Rating>) -> f64 {
    ratings
        .into_iter()
        .map(discount)
        .reduce(f64::max)
        .unwrap_or(1.0)
}

/// What a rating's letter says of the source, and what its digit says of the information.
pub fn words(rating: Rating) -> (&'static str, &'static str) {
    let source = match rating.source.to_ascii_uppercase() {
        'A' => "completely reliable",
        'B' => "usually reliable",
        'C' => "fairly reliable",
        'D' => "not usually reliable",
        'E' => "unreliable",
        _ => "reliability cannot be judged",
    };
    let information = match rating.information {
        1 => "confirmed by other sources",
        2 => "probably true",
        3 => "possibly true",
        4 => "doubtful",
        5 => "improbable",
        _ => "truth cannot be judged",
    };
    (source, information)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_follows_its_formula() {
        let ladder = [1.0, 0.8, 0.6, 0.3, 0.1, 0.45];
        for (i, a) in ladder.iter().enumerate() {
            for (j, b) in ladder.iter().enumerate() {
                let rounded = f64::round(f64::sqrt(a * b) / 0.05) * 0.05;
                assert!((DISCOUNTS[i][j] - rounded).abs() < 1e-12, "{i} {j}");
            }
        }
    }

    #[test]
    fn the_best_rating_decides() {
        let rating = |source, information| Rating {
            source,
            information,
        };
        assert_eq!(best([rating('D', 4), rating('B', 3)]), 0.7);
        assert_eq!(best([]), 1.0);
        assert_eq!(best([rating('b', 2)]), 0.8);
    }
}
