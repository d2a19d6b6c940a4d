//! Complex numbers in rows: their real parts, and beside them their imaginary parts.
//!
//! Rows are as long as each other; what is left over at the end of one is left alone.

/// A row of complex numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// The real parts.
    pub re: Vec<f64>,
    /// The imaginary parts.
    pub im: Vec<f64>,
}

impl Row {
    /// So many times one number.
    pub fn fill(&mut self, length: usize, (re, im): (f64, f64)) {
        self.re.clear();
        self.re.resize(length, re);
        self.im.clear();
        self.im.resize(length, im);
    }

    /// Adds one number everywhere.
    pub fn add(&mut self, (re, im): (f64, f64)) {
        self.re.iter_mut().for_each(|x| *x += re);
        self.im.iter_mut().for_each(|x| *x += im);
    }

    /// Adds one number times a part of a row, from a place on.
    pub fn add_times(&mut self, (c, s): (f64, f64), row: &Row, from: usize) {
        let own = self.re.iter_mut().zip(&mut self.im);
        let other = row.re[from..].iter().zip(&row.im[from..]);
        for ((re, im), (x, y)) in own.zip(other) {
            *re += c * x - s * y;
            *im += c * y + s * x;
        }
    }

    /// Adds a real number times the product of two rows, of the second a part from a place on, which is multiplied by a
    /// number first.
    pub fn add_product(&mut self, row: &Row, (c, s): (f64, f64), by: &Row, from: usize) {
        let own = self.re.iter_mut().zip(&mut self.im);
        let first = row.re.iter().zip(&row.im);
        let second = by.re[from..].iter().zip(&by.im[from..]);
        for (((re, im), (a, b)), (x, y)) in own.zip(first).zip(second) {
            let (x, y) = (c * x - s * y, c * y + s * x);
            *re += a * x - b * y;
            *im += a * y + b * x;
        }
    }

    /// Multiplies by a row.
    pub fn multiply(&mut self, row: &Row) {
        let own = self.re.iter_mut().zip(&mut self.im);
        for ((re, im), (x, y)) in own.zip(row.re.iter().zip(&row.im)) {
            (*re, *im) = (*re * x - *im * y, *re * y + *im * x);
        }
    }

    /// The sum of the real parts of the products with a row.
    #[must_use]
    pub fn real_of_product(&self, row: &Row) -> f64 {
        let own = self.re.iter().zip(&self.im);
        let other = row.re.iter().zip(&row.im);
        let parts = own.zip(other).map(|((a, b), (x, y))| a * x - b * y);
        // In a fixed order, four sums beside each other.
        let mut sums = [0.0; 4];
        for (i, part) in parts.enumerate() {
            sums[i % 4] += part;
        }
        (sums[0] + sums[1]) + (sums[2] + sums[3])
    }
}
