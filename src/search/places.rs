//! Places: where in the index something may stand, a shard of records with one department's records in it. N-grams are
//! filed under places and not under records, so that lists stay short and that a change of one document leaves most of
//! them as they were.

/// So many places each shard has.
const SLOTS: u32 = 4096;

/// A shard of records and a slot in it, `shard * 4096 + slot`. Slot 0 is the whole shard; each other one holds the
/// records of the departments whose names are hashed to it.
pub(super) type Place = u32;

/// The place of a whole shard.
pub(super) fn whole(shard: usize) -> Place {
    shard as u32 * SLOTS
}

/// The place of a slot in a shard.
pub(super) fn place(shard: usize, slot: u16) -> Place {
    whole(shard) + u32::from(slot)
}

/// The shard of a place.
pub(super) fn shard(place: Place) -> usize {
    (place / SLOTS) as usize
}

/// The slot of a place.
pub(super) fn slot(place: Place) -> u16 {
    (place % SLOTS) as u16
}

/// The slot of a department, by a text that stays the same from build to build.
pub(super) fn slot_of(department: &str) -> u16 {
    1 + (fnv(department) % (SLOTS - 1)) as u16
}

/// FNV-1a (32 bits) over code points.
pub(super) fn fnv(text: &str) -> u32 {
    text.chars().fold(0x811c_9dc5, |hash: u32, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

/// Ascending places as the index's files list them: the first one, then differences. A negative number is so many
/// whole shards behind the last one.
pub(super) fn listed(places: impl IntoIterator<Item = Place>) -> Vec<i32> {
    let mut list: Vec<i32> = Vec::new();
    let mut last: Option<Place> = None;
    for place in places {
        match (last, list.last_mut()) {
            (Some(before), Some(run)) if slot(place) == 0 && shard(place) == shard(before) + 1 => {
                if *run < 0 {
                    *run -= 1
                } else {
                    list.push(-1)
                }
            }
            _ => list.push((place - last.unwrap_or(0)) as i32),
        }
        last = Some(place);
    }
    list
}

/// The places of such a list.
pub(super) fn places(list: &[i32]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(list.len());
    let mut last: Place = 0;
    for step in list {
        if *step < 0 {
            let shards = shard(last) + 1..;
            places.extend(shards.take(step.unsigned_abs().min(SLOTS * 16) as usize).map(whole));
        } else {
            places.push(last.saturating_add(step.unsigned_abs()));
        }
        last = places.last().copied().unwrap_or(0);
    }
    places
}

/// The places of the same shard with which ascending places begin, and the others.
pub(super) fn split(places: &[Place]) -> (&[Place], &[Place]) {
    let first = places.first().map_or(0, |place| shard(*place));
    places.split_at(places.partition_point(|place| shard(*place) <= first))
}

/// The places that may be in both.
pub(super) fn both(mut left: &[Place], mut right: &[Place]) -> Vec<Place> {
    let mut places = Vec::new();
    while let (Some(one), Some(other)) = (left.first(), right.first()) {
        if shard(*one) < shard(*other) {
            left = &left[left.partition_point(|place| shard(*place) < shard(*other))..];
        } else if shard(*one) > shard(*other) {
            right = &right[right.partition_point(|place| shard(*place) < shard(*one))..];
        } else {
            let (mine, left_rest) = split(left);
            let (yours, right_rest) = split(right);
            (left, right) = (left_rest, right_rest);
            match (slot(mine[0]), slot(yours[0])) {
                (0, _) => places.extend(yours),
                (_, 0) => places.extend(mine),
                _ => places.extend(mine.iter().filter(|place| yours.binary_search(place).is_ok())),
            }
        }
    }
    places
}

/// The places that are in one or the other.
pub(super) fn either(lists: impl IntoIterator<Item = Vec<Place>>) -> Vec<Place> {
    let mut lists = lists.into_iter();
    let mut places = lists.next().unwrap_or_default();
    let more = lists.fold(false, |more, list| {
        places.extend_from_slice(&list);
        more || !list.is_empty()
    });
    if more {
        places.sort_unstable();
        let mut last = None;
        // What is in a whole shard needs no place of its own.
        places.retain(|place| {
            let kept =
                last.is_none_or(|before| *place != before && !(slot(before) == 0 && shard(before) == shard(*place)));
            if kept {
                last = Some(*place);
            }
            kept
        });
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{both, either, listed, places, whole};

    const W: u32 = 4096;

    #[test]
    fn lists_come_back_as_they_went_in() {
        for (want, list) in [
            (vec![], vec![]),
            (vec![0, W, 2 * W, 3 * W + 7, 3 * W + 9], vec![0, -2, 4096 + 7, 2]),
            (vec![5, W, 9 * W], vec![5, -1, 8 * 4096]),
            (vec![whole(3), whole(4)], vec![3 * 4096, -1]),
        ] {
            assert_eq!(listed(want.iter().copied()), list);
            assert_eq!(places(&list), want);
        }
    }

    #[test]
    fn a_whole_shard_holds_each_of_its_slots() {
        for (left, right, want_both, want_either) in [
            (vec![1, 2, W + 3], vec![2, W], vec![2, W + 3], vec![1, 2, W]),
            (vec![0, 2 * W], vec![W, 3 * W], vec![], vec![0, W, 2 * W, 3 * W]),
            (vec![0, W], vec![0, W], vec![0, W], vec![0, W]),
            (vec![4, 6], vec![], vec![], vec![4, 6]),
        ] {
            assert_eq!(both(&left, &right), want_both);
            assert_eq!(both(&right, &left), want_both);
            assert_eq!(either([left.clone(), right.clone()]), want_either);
            assert_eq!(either([right, left]), want_either);
        }
    }
}
