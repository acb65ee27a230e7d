//! Where labels of a line may stand: not on each other, not on marks, if possible not on the line.

/// An area of the picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Area {
    /// The area of a mark or label around a point.
    pub(super) fn around(x: f64, y: f64, width: f64, height: f64) -> Self {
        Area { left: x - width / 2.0, right: x + width / 2.0, top: y - height / 2.0, bottom: y + height / 2.0 }
    }

    /// Moved sideways until it lies within `left..right`.
    pub(super) fn within(mut self, left: f64, right: f64) -> Self {
        let shift = (left - self.left).max(0.0) - (self.right - right).max(0.0);
        self.left += shift;
        self.right += shift;
        self
    }

    fn overlaps(&self, other: &Area) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn contains(&self, other: &Area) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }

    /// Whether the straight line between two points (the first one left of the second) runs through.
    fn crosses(&self, (x0, y0): (f64, f64), (x1, y1): (f64, f64)) -> bool {
        let (from, to) = (self.left.max(x0), self.right.min(x1));
        if from >= to || x0 >= x1 {
            return false;
        }
        let height = |x: f64| y0 + (y1 - y0) * (x - x0) / (x1 - x0);
        height(from).min(height(to)) < self.bottom && height(from).max(height(to)) > self.top
    }
}

/// The plot as far as labels care for it.
pub(super) struct Obstacles {
    /// Labels stay in here.
    pub(super) bounds: Area,
    /// Marks, and the labels so far.
    pub(super) taken: Vec<Area>,
    /// The stretches of the line.
    pub(super) line: Vec<((f64, f64), (f64, f64))>,
}

impl Obstacles {
    /// The first of `places` that is free; the line is crossed only by a label that `matters`. What is found is taken.
    pub(super) fn settle(&mut self, places: &[Area], matters: bool) -> Option<Area> {
        let free = |place: &&Area| self.bounds.contains(place) && !self.taken.iter().any(|area| area.overlaps(place));
        let clear = |place: &&Area| !self.line.iter().any(|(from, to)| place.crosses(*from, *to));
        let found = places.iter().filter(free).find(clear).or_else(|| places.iter().filter(free).find(|_| matters));
        let found = found.copied();
        self.taken.extend(found);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn obstacles() -> Obstacles {
        let bounds = Area { left: 0.0, right: 100.0, top: 0.0, bottom: 100.0 };
        let taken = vec![Area::around(50.0, 50.0, 10.0, 10.0)];
        Obstacles { bounds, taken, line: vec![((0.0, 0.0), (100.0, 100.0))] }
    }

    #[test]
    fn labels_avoid_marks_edges_and_the_line() {
        for (x, y, free, clear) in [
            (50.0, 54.0, false, false),
            (95.0, 20.0, false, false),
            (50.0, 20.0, true, true),
            (20.0, 20.0, true, false),
        ] {
            let place = [Area::around(x, y, 20.0, 10.0)];
            assert_eq!(obstacles().settle(&place, true).is_some(), free, "free at {x},{y}");
            assert_eq!(obstacles().settle(&place, false).is_some(), clear, "clear at {x},{y}");
        }
    }

    #[test]
    fn a_settled_label_is_taken() {
        let (mut obstacles, place) = (obstacles(), [Area::around(50.0, 20.0, 20.0, 10.0)]);
        assert!(obstacles.settle(&place, true).is_some());
        assert!(obstacles.settle(&place, true).is_none());
    }
}
