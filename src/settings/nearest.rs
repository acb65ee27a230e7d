//! The known word that a mistyped one probably means.

/// The nearest of `known`, when it is near enough to suggest.
pub(super) fn nearest<'k>(typed: &str, known: &[&'k str]) -> Option<&'k str> {
    let most = (typed.chars().count() / 3).clamp(1, 3);
    let distance = |word: &&&str| edits(typed, word);
    known.iter().min_by_key(distance).copied().filter(|word| edits(typed, word) <= most)
}

/// How many characters must be inserted, removed, replaced or swapped with their neighbour.
fn edits(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for row in 1..=left.len() {
        let mut here = vec![row];
        for column in 1..=right.len() {
            let replaced = above[column - 1] + usize::from(left[row - 1] != right[column - 1]);
            let mut best = replaced.min(above[column] + 1).min(here[column - 1] + 1);
            if row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1] {
                best = best.min(before[column - 2] + 1);
            }
            here.push(best);
        }
        before = std::mem::replace(&mut above, here);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typing_mistake_finds_its_word_and_a_strange_word_none() {
        let known = ["organization", "year", "kind", "region"];
        for (typed, found) in [
            ("yaer", Some("year")),
            ("organisation", Some("organization")),
            ("regions", Some("region")),
            ("author", None),
            ("标题", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, &known), found, "{typed}");
        }
    }
}
