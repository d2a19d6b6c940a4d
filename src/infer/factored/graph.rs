//! Tables over variables, and the order in which variables are summed out of their product.
//!
//! In: the sizes of some variables, and tables over a few of them each. Out: the sum of the product over all, and of
//! every variable how much of it each of its values has, in two passes over a tree of buckets (Dechter 1999; Lauritzen
//! and Spiegelhalter 1988).

use std::collections::BTreeSet;

/// Numbers for every assignment of some variables, of which the first counts fastest.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Rising.
    pub(super) vars: Vec<usize>,
    pub(super) values: Vec<f64>,
}

/// The order of elimination, as a tree of buckets.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// In the order in which they are emptied.
    pub(super) buckets: Vec<Bucket>,
    /// The bucket that each table goes to; none for one over no variable.
    pub(super) home: Vec<Option<usize>>,
    /// How many numbers all buckets have.
    pub(super) cost: u64,
}

/// What is multiplied before one variable is summed out.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    pub(super) var: usize,
    /// All variables in it, rising.
    pub(super) scope: Vec<usize>,
    /// How many assignments they have.
    pub(super) size: usize,
    /// Where the sum goes; none where nothing is left to rest on.
    pub(super) parent: Option<usize>,
    /// For each assignment its place in the sum.
    pub(super) out: Vec<u32>,
    /// How many numbers the sum has.
    pub(super) outs: usize,
}

impl Tree {
    /// An order for tables over these variables, the cheapest variable first; none where more than `most` numbers would
    /// have to be kept.
    pub(super) fn new(sizes: &[usize], scopes: &[&[usize]], most: u64) -> Option<Tree> {
        let mut near: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); sizes.len()];
        for scope in scopes {
            for &v in *scope {
                near[v].extend(scope.iter().copied().filter(|w| *w != v));
            }
        }
        let size = |near: &BTreeSet<usize>, v: usize| {
            let others = near.iter().map(|w| sizes[*w] as u64);
            others.fold(sizes[v] as u64, u64::saturating_mul)
        };
        let mut sized: Vec<Option<u64>> = near
            .iter()
            .enumerate()
            .map(|(v, n)| Some(size(n, v)))
            .collect();
        let mut emptied: Vec<Option<usize>> = vec![None; sizes.len()];
        let (mut buckets, mut cost) = (Vec::new(), 0u64);
        for place in 0..sizes.len() {
            let left = sized.iter().enumerate();
            let (own, var) = left.filter_map(|(v, size)| Some(((*size)?, v))).min()?;
            cost = cost.saturating_add(own);
            if cost > most {
                return None;
            }
            let others = std::mem::take(&mut near[var]);
            for &v in &others {
                near[v].remove(&var);
                near[v].extend(others.iter().copied().filter(|w| *w != v));
            }
            for &v in &others {
                sized[v] = Some(size(&near[v], v));
            }
            (sized[var], emptied[var]) = (None, Some(place));
            let mut scope: Vec<usize> = others.iter().copied().chain([var]).collect();
            scope.sort_unstable();
            let kept: Vec<usize> = others.into_iter().collect();
            buckets.push(Bucket {
                var,
                size: own as usize,
                parent: None,
                out: places(sizes, &scope, &kept),
                outs: kept.iter().map(|v| sizes[*v]).product(),
                scope,
            });
        }
        let first = |vars: &[usize]| vars.iter().filter_map(|v| emptied[*v]).min();
        for bucket in &mut buckets {
            let left = bucket.scope.iter().filter(|v| **v != bucket.var);
            bucket.parent = first(&left.copied().collect::<Vec<usize>>());
        }
        Some(Tree {
            home: scopes.iter().map(|scope| first(scope)).collect(),
            buckets,
            cost,
        })
    }

    /// The variables of the sum that a bucket hands on.
    pub(super) fn kept(&self, bucket: usize) -> Vec<usize> {
        let Bucket { scope, var, .. } = &self.buckets[bucket];
        scope.iter().copied().filter(|v| v != var).collect()
    }
}

/// For each assignment of some variables the place of the same one of those among them that are `kept`.
pub(super) fn places(sizes: &[usize], scope: &[usize], kept: &[usize]) -> Vec<u32> {
    let mut strides = vec![0u32; scope.len()];
    let mut stride = 1;
    for v in kept {
        if let Ok(at) = scope.binary_search(v) {
            strides[at] = stride;
        }
        stride *= sizes[*v] as u32;
    }
    let mut all = vec![0u32];
    for (v, stride) in scope.iter().zip(strides) {
        let before = all.len();
        for value in 1..sizes[*v] as u32 {
            for at in 0..before {
                all.push(all[at] + value * stride);
            }
        }
    }
    all
}

/// The products of a pass, and what is left of them at the end.
pub(super) struct Summed {
    /// The sum of the product of all tables.
    pub(super) mass: f64,
    products: Vec<Vec<f64>>,
    sums: Vec<Vec<f64>>,
}

/// By bucket the product of the tables that go to it, and the product of those over no variable. The tables are the first of
/// those that the tree was made for.
pub(super) fn products(sizes: &[usize], tables: &[Table], tree: &Tree) -> (Vec<Vec<f64>>, f64) {
    let mut products: Vec<Vec<f64>> = tree.buckets.iter().map(|b| vec![1.0; b.size]).collect();
    let mut known = 1.0;
    for (table, home) in tables.iter().zip(&tree.home) {
        match home {
            Some(home) => {
                let at = places(sizes, &tree.buckets[*home].scope, &table.vars);
                multiply(&mut products[*home], &at, &table.values);
            }
            None => known *= table.values[0],
        }
    }
    (products, known)
}

impl Summed {
    /// Sums over all variables.
    pub(super) fn new(sizes: &[usize], tables: &[Table], tree: &Tree) -> Summed {
        Summed::over(sizes, products(sizes, tables, tree), tree)
    }

    /// The same of [`products`].
    pub(super) fn over(
        sizes: &[usize],
        (mut products, mut mass): (Vec<Vec<f64>>, f64),
        tree: &Tree,
    ) -> Summed {
        let mut sums = Vec::with_capacity(tree.buckets.len());
        for (b, bucket) in tree.buckets.iter().enumerate() {
            let mut sum = vec![0.0; bucket.outs];
            for (x, at) in products[b].iter().zip(&bucket.out) {
                sum[*at as usize] += x;
            }
            match bucket.parent {
                Some(parent) => {
                    let at = places(sizes, &tree.buckets[parent].scope, &tree.kept(b));
                    multiply(&mut products[parent], &at, &sum);
                }
                None => mass *= sum[0],
            }
            sums.push(sum);
        }
        Summed {
            mass,
            products,
            sums,
        }
    }

    /// Of every variable the share of each value; NaN where the sum is 0.
    pub(super) fn shares(mut self, sizes: &[usize], tree: &Tree) -> Vec<Vec<f64>> {
        let mut shares = vec![Vec::new(); sizes.len()];
        for b in (0..tree.buckets.len()).rev() {
            let bucket = &tree.buckets[b];
            if let Some(parent) = bucket.parent {
                // What the others make of each value, without what came from here.
                let at = places(sizes, &tree.buckets[parent].scope, &tree.kept(b));
                let mut from = vec![0.0; bucket.outs];
                for (x, at) in self.products[parent].iter().zip(&at) {
                    from[*at as usize] += x;
                }
                for (x, own) in from.iter_mut().zip(&self.sums[b]) {
                    *x = if *own == 0.0 { 0.0 } else { *x / own };
                }
                multiply(&mut self.products[b], &bucket.out, &from);
            }
            let own = places(sizes, &bucket.scope, &[bucket.var]);
            let mut share = vec![0.0; sizes[bucket.var]];
            for (x, at) in self.products[b].iter().zip(&own) {
                share[*at as usize] += x;
            }
            let whole: f64 = share.iter().sum();
            share.iter_mut().for_each(|x| *x /= whole);
            shares[bucket.var] = share;
        }
        shares
    }
}

fn multiply(list: &mut [f64], at: &[u32], by: &[f64]) {
    for (x, at) in list.iter_mut().zip(at) {
        *x *= by[*at as usize];
    }
}

#[cfg(test)]
mod tests {
    use super::{Summed, Table, Tree};

    /// A ring of four, which no order makes a tree.
    #[test]
    fn shares_are_those_of_all_assignments() {
        let sizes = [2usize, 3, 2, 3];
        let pairs = [[0usize, 1], [1, 2], [2, 3], [0, 3]];
        let table = |(i, pair): (usize, &[usize; 2])| {
            let count = sizes[pair[0]] * sizes[pair[1]];
            let value = |k: usize| ((3 * i + 7 * k) % 5) as f64 + 0.25;
            Table {
                vars: pair.to_vec(),
                values: (0..count).map(value).collect(),
            }
        };
        let tables: Vec<Table> = pairs.iter().enumerate().map(table).collect();
        let scopes: Vec<&[usize]> = tables.iter().map(|t| &t.vars[..]).collect();
        let tree = Tree::new(&sizes, &scopes, 1 << 10).expect("it is small");
        let (mut mass, mut own) = (0.0, [0.0; 3]);
        for all in 0..36 {
            let at = [all % 2, all / 2 % 3, all / 6 % 2, all / 12];
            let product: f64 = tables
                .iter()
                .map(|t| t.values[at[t.vars[0]] + sizes[t.vars[0]] * at[t.vars[1]]])
                .product();
            mass += product;
            own[at[3]] += product;
        }
        let summed = Summed::new(&sizes, &tables, &tree);
        assert!((summed.mass / mass - 1.0).abs() < 1e-12);
        let shares = summed.shares(&sizes, &tree);
        for (found, own) in shares[3].iter().zip(own) {
            assert!((found - own / mass).abs() < 1e-12);
        }
        assert!(Tree::new(&sizes, &scopes, 10).is_none());
    }
}
