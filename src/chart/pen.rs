//! Path data, written as short as SVG allows.
//!
//! In: points in units of a CSS pixel. Out: the `d` of a path, rounded to a tenth. Each place is said
//! from the sheet's corner or from the point before, whichever takes fewer characters; places are
//! counted in tenths, so that nothing adds up along a path.

/// A pen, and what it has drawn.
#[derive(Default)]
pub(super) struct Pen {
    /// The data so far.
    pub(super) data: String,
    /// Where it stands, in tenths.
    at: (i64, i64),
    /// Where the figure began.
    start: (i64, i64),
    /// The command that numbers without one would follow.
    command: char,
}

impl Pen {
    /// Begins a figure.
    pub(super) fn move_to(&mut self, to: (f64, f64)) {
        let to = (tenths(to.0), tenths(to.1));
        self.data.push('M');
        // Further numbers are lines.
        self.command = 'L';
        push(&mut self.data, &[to.0, to.1]);
        (self.at, self.start) = (to, to);
    }

    /// Draws to a point.
    pub(super) fn line_to(&mut self, to: (f64, f64)) {
        let to = (tenths(to.0), tenths(to.1));
        let by = (to.0 - self.at.0, to.1 - self.at.1);
        let ways: [(char, &[i64]); 2] = match by {
            (_, 0) => [('H', &[to.0]), ('h', &[by.0])],
            (0, _) => [('V', &[to.1]), ('v', &[by.1])],
            _ => [('L', &[to.0, to.1]), ('l', &[by.0, by.1])],
        };
        let start = self.data.len();
        let [one, other] = ways.map(|(command, numbers)| {
            let begin = self.data.len();
            let is_said = command == self.command;
            if !is_said {
                self.data.push(command);
            } else if numbers[0] >= 0 {
                self.data.push(' ');
            }
            push(&mut self.data, numbers);
            (command, self.data.len() - begin)
        });
        if other.1 < one.1 {
            self.data.drain(start..start + one.1);
            self.command = other.0;
        } else {
            self.data.truncate(start + one.1);
            self.command = one.0;
        }
        self.at = to;
    }

    /// Goes back to where the figure began.
    pub(super) fn close(&mut self) {
        self.data.push('Z');
        self.at = self.start;
        self.command = 'Z';
    }
}

/// A number of units in tenths.
fn tenths(x: f64) -> i64 {
    (x * 10.0).round() as i64
}

/// Adds numbers, with a blank between two only where they would run together.
fn push(out: &mut String, numbers: &[i64]) {
    for (i, tenths) in numbers.iter().enumerate() {
        if *tenths < 0 {
            out.push('-');
        } else if i > 0 {
            out.push(' ');
        }
        let (whole, part) = (tenths.abs() / 10, tenths.abs() % 10);
        if whole > 0 || part == 0 {
            push_whole(out, whole.unsigned_abs());
        }
        if part > 0 {
            out.push('.');
            push_whole(out, part.unsigned_abs());
        }
    }
}

/// Adds a whole number. A page has thousands of them.
pub(super) fn push_whole(out: &mut String, number: u64) {
    let mut digits = [0; 20];
    let mut first = digits.len();
    let mut left = number;
    loop {
        first -= 1;
        digits[first] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.extend(digits[first..].iter().map(|digit| char::from(*digit)));
}

#[cfg(test)]
mod tests {
    use super::Pen;

    fn path(points: &[(f64, f64)]) -> String {
        let mut pen = Pen::default();
        pen.move_to(points[0]);
        points[1..].iter().for_each(|p| pen.line_to(*p));
        pen.data
    }

    #[test]
    fn places_are_said_in_the_shorter_way() {
        assert_eq!(
            path(&[(92.7, 109.6), (256.0, 200.9)]),
            "M92.7 109.6 256 200.9"
        );
        assert_eq!(path(&[(5.0, 5.0), (5.0, 5.5), (4.8, 5.5)]), "M5 5v.5H4.8");
        assert_eq!(
            path(&[
                (92.0, 84.0),
                (173.7, 84.0),
                (178.7, 92.0),
                (173.7, 100.0),
                (92.0, 100.0)
            ]),
            "M92 84h81.7l5 8-5 8H92"
        );
        assert_eq!(
            path(&[
                (100.7, 187.7),
                (108.7, 187.7),
                (108.7, 195.7),
                (100.7, 195.7)
            ]),
            "M100.7 187.7h8v8h-8"
        );
    }

    /// Rounded steps would drift; rounded places do not.
    #[test]
    fn nothing_adds_up_along_a_path() {
        let steps: Vec<(f64, f64)> = (0..100).map(|i| (1.04 * f64::from(i), 7.26)).collect();
        let data = path(&steps);
        let (mut at, mut command) = (0.0, "");
        for word in data.replace('h', " h").replace('H', " H").split(' ') {
            let (letter, number) = word.split_at(usize::from(!word.starts_with(char::is_numeric)));
            command = if letter.is_empty() { command } else { letter };
            match command {
                "h" => at += number.parse::<f64>().expect("a number"),
                "H" => at = number.parse::<f64>().expect("a number"),
                _ => {}
            }
        }
        assert!((at - 103.0).abs() < 1e-6, "{at} {data}");
    }

    #[test]
    fn a_closed_figure_begins_another() {
        let mut pen = Pen::default();
        pen.move_to((10.0, 10.0));
        pen.line_to((20.0, 10.0));
        pen.close();
        pen.move_to((-0.04, -3.5));
        assert_eq!(pen.data, "M10 10H20ZM0-3.5");
    }
}
