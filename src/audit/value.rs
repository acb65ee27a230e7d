//! What an expression comes to: a number, the figures it was made of, and how far rounding can have moved it.

use rust_decimal::Decimal;
use smallvec::{SmallVec, smallvec};

use super::index::Cell;
use super::printing::EmptyCell;
use crate::model::{Amount, Place};

/// Whether an expression could be evaluated, from least to most in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// A part that the template may leave out, and does.
    Nothing,
    /// The document leaves the place empty.
    Blank,
    /// The document prints it.
    Printed,
    /// It is printed and could not be read.
    Unreadable,
    /// The document has no such place.
    Absent,
}

/// A figure that took part, printed or left empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    /// Its fact; `None` for an empty cell.
    pub(super) fact: Option<u32>,
    /// Its empty cell; `None` for a printed figure, and where there is no table to look it up.
    pub(super) empty: Option<EmptyCell>,
    /// Where it stands; `None` for an empty cell whose place is not known.
    pub(super) place: Option<Place>,
    pub(super) value: Decimal,
    /// Half a step of its last printed place.
    pub(super) half_step: Decimal,
    /// How it enters the value.
    pub(super) factor: Decimal,
}

impl Figure {
    /// The cell that it stands in; `None` for numbers that are no amounts of a statement.
    pub(super) fn cell(&self) -> Option<Cell> {
        self.fact.map(Cell::Fact).or(self.empty.map(Cell::Empty))
    }
}

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) state: State,
    /// The value as printed.
    pub(super) point: Decimal,
    /// The least and the greatest value that rounding allows.
    pub(super) range: (Decimal, Decimal),
    /// Most values are one figure.
    pub(super) figures: SmallVec<[Figure; 1]>,
    /// True when the value is a sum of its figures times their factors.
    pub(super) linear: bool,
    /// True when a number near its figures could not be placed.
    pub(super) doubtful: bool,
    /// The printings in which its figures were looked up.
    pub(super) consulted: SmallVec<[usize; 2]>,
    /// What rows print that stand beside the summed ones and may belong to them.
    pub(super) strays: Vec<Decimal>,
    /// True when a denominator is zero or may be, or a number is beyond all measure.
    pub(super) undefined: bool,
}

impl Value {
    /// A value without figures.
    pub(super) fn constant(point: Decimal, state: State) -> Self {
        let (figures, consulted, strays) = (SmallVec::new(), SmallVec::new(), Vec::new());
        Value {
            state,
            point,
            range: (point, point),
            figures,
            linear: true,
            doubtful: false,
            consulted,
            strays,
            undefined: false,
        }
    }

    /// A value that the document does not print.
    pub(super) fn missing(state: State) -> Self {
        Self::constant(Decimal::ZERO, state)
    }

    /// A printed amount. `half_step` is in yuan.
    pub(super) fn printed(fact: u32, amount: &Amount, half_step: Decimal) -> Self {
        let mut value = Self::missing(State::Nothing);
        value.add_printed(fact, amount, half_step);
        value
    }

    /// Adds a printed amount. `half_step` is in yuan.
    pub(super) fn add_printed(&mut self, fact: u32, amount: &Amount, half_step: Decimal) {
        // A printed zero stands for "none", not for a rounded amount.
        let half_step = if amount.yuan.is_zero() { Decimal::ZERO } else { half_step };
        let (place, value) = (Some(amount.place), amount.yuan);
        self.figures.push(Figure { fact: Some(fact), empty: None, place, value, half_step, factor: Decimal::ONE });
        self.state = self.state.max(State::Printed);
        self.point = self.point.saturating_add(value);
        let (least, most) = (value.saturating_sub(half_step), value.saturating_add(half_step));
        self.range = (self.range.0.saturating_add(least), self.range.1.saturating_add(most));
    }

    /// Adds an empty cell.
    pub(super) fn add_blank(&mut self, cell: Option<(EmptyCell, Place)>) {
        let (empty, place) = cell.unzip();
        let (value, half_step) = (Decimal::ZERO, Decimal::ZERO);
        self.figures.push(Figure { fact: None, empty, place, value, half_step, factor: Decimal::ONE });
        self.state = self.state.max(State::Blank);
    }

    /// An amount of the narrative that is no fact of its own: a change.
    pub(super) fn stated(amount: &Amount) -> Self {
        let mut value = Value::printed(0, amount, amount.quantum / Decimal::TWO);
        value.figures.iter_mut().for_each(|figure| figure.fact = None);
        value
    }

    /// A number of the narrative that is no amount, known to half a step of its last place.
    pub(super) fn rate(rate: Decimal, place: Place) -> Self {
        let half_step = Decimal::new(5, rate.scale() + 1);
        let (place, factor) = (Some(place), Decimal::ONE);
        let figure = Figure { fact: None, empty: None, place, value: rate, half_step, factor };
        let range = (rate - half_step, rate + half_step);
        Value { range, figures: smallvec![figure], ..Self::constant(rate, State::Printed) }
    }

    pub(super) fn plus(mut self, other: Value) -> Self {
        self.point = self.point.saturating_add(other.point);
        self.range = (self.range.0.saturating_add(other.range.0), self.range.1.saturating_add(other.range.1));
        self.join(other)
    }

    pub(super) fn minus(self, other: Value) -> Self {
        self.plus(other.scaled(Decimal::NEGATIVE_ONE))
    }

    pub(super) fn times(self, other: Value) -> Self {
        if self.figures.is_empty() {
            let factor = self.point;
            return other.scaled(factor);
        }
        if other.figures.is_empty() {
            return self.scaled(other.point);
        }
        let corners = self.corners(&other, |left, right| left.checked_mul(right));
        let point = self.point.checked_mul(other.point);
        self.curved(other, point, corners)
    }

    pub(super) fn over(self, other: Value) -> Self {
        if other.figures.is_empty() && !other.point.is_zero() {
            return self.scaled(Decimal::ONE / other.point);
        }
        let spans_zero = other.range.0 <= Decimal::ZERO && other.range.1 >= Decimal::ZERO;
        let point = self.point.checked_div(other.point);
        let corners = if spans_zero { None } else { self.corners(&other, |left, right| left.checked_div(right)) };
        self.curved(other, point, corners)
    }

    /// The value with the figures of another one that do not add to it.
    pub(super) fn join(mut self, other: Value) -> Self {
        self.state = self.state.max(other.state);
        self.figures.extend(other.figures);
        self.linear &= other.linear;
        self.doubtful |= other.doubtful;
        self.strays.extend(other.strays);
        self.consulted.extend(other.consulted);
        self.undefined |= other.undefined;
        self
    }

    fn scaled(mut self, factor: Decimal) -> Self {
        self.point = self.point.saturating_mul(factor);
        let ends = (self.range.0.saturating_mul(factor), self.range.1.saturating_mul(factor));
        self.range = (ends.0.min(ends.1), ends.0.max(ends.1));
        self.figures.iter_mut().for_each(|figure| figure.factor = figure.factor.saturating_mul(factor));
        self
    }

    /// The least and greatest result over the ends of both ranges.
    fn corners(
        &self,
        other: &Value,
        apply: impl Fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Option<(Decimal, Decimal)> {
        let ends = [
            apply(self.range.0, other.range.0)?,
            apply(self.range.0, other.range.1)?,
            apply(self.range.1, other.range.0)?,
            apply(self.range.1, other.range.1)?,
        ];
        Some((ends.into_iter().min()?, ends.into_iter().max()?))
    }

    fn curved(self, other: Value, point: Option<Decimal>, range: Option<(Decimal, Decimal)>) -> Self {
        let mut joined = self.join(other);
        joined.linear = false;
        joined.undefined |= point.is_none() || range.is_none();
        joined.point = point.unwrap_or_default();
        joined.range = range.unwrap_or((joined.point, joined.point));
        joined
    }
}

#[cfg(test)]
mod tests {
    use compact_str::CompactString;
    use rust_decimal::Decimal;

    use super::{State, Value};
    use crate::model::{Amount, Origin, Place, Unit};

    fn amount(yuan: i64) -> Value {
        let amount = Amount {
            yuan: Decimal::from(yuan),
            printed: CompactString::default(),
            unit: Unit::Yuan,
            quantum: Decimal::ONE,
            origin: Origin::Printed,
            place: Place::default(),
        };
        Value::printed(0, &amount, Decimal::new(5, 1))
    }

    #[test]
    fn rounding_adds_up_over_sums_and_leaves_zeros_out() {
        let sum = amount(3).plus(amount(4)).minus(amount(0));
        assert_eq!((sum.point, sum.range), (Decimal::from(7), (Decimal::from(6), Decimal::from(8))));
        assert!(sum.linear);
        assert_eq!(sum.figures[2].factor, Decimal::NEGATIVE_ONE);
    }

    #[test]
    fn quotients_know_their_range_and_undefined_ones_say_so() {
        let rate = Value::constant(Decimal::from(100), State::Printed).times(amount(1).over(amount(4)));
        assert_eq!(rate.point, Decimal::from(25));
        assert!(rate.range.0 < Decimal::from(12) && rate.range.1 > Decimal::from(42) && !rate.linear);
        assert!(amount(1).over(amount(0)).undefined);
        assert!(!amount(1).over(amount(1).minus(amount(9))).undefined);
    }

    #[test]
    fn what_is_in_the_way_wins() {
        let mut blank = Value::missing(State::Nothing);
        blank.add_blank(None);
        assert_eq!(amount(1).plus(blank.clone()).state, State::Printed);
        assert_eq!(amount(1).plus(Value::missing(State::Absent)).state, State::Absent);
        assert_eq!(Value::missing(State::Nothing).plus(blank).state, State::Blank);
    }
}
