//! Heads whose merged cells were lost: a converter of web pages writes 2024年 | 2025年 above six columns and puts the
//! missing cells behind the row. The heads of each row are spread over the columns in every way in which each head has
//! either a column of its own or heads of the next row below it; what fits the cells of the table is decided elsewhere.

use std::cell::Cell;

use compact_str::CompactString;

use super::column_numbers::is_column_numbers;
use crate::model::StatementKind;
use crate::parse::{GridCell, GridRow};
use crate::recognize::statement::sums::nature_contains;
use crate::vocabulary::text::key;
use crate::vocabulary::{HeadRole, TableWords, Vocabulary};

/// So many steps are gone in search of ways: a wide head has more ways than anyone could try.
const MOST_STEPS: usize = 200_000;
/// So many ways are looked for, and of those the most regular ones are tried.
const MOST_FOUND: usize = 4000;
const MOST_TRIED: usize = 64;

/// One way to spread a head.
pub(in crate::recognize::statement) struct Way {
    /// The head with every cell above its columns.
    pub(in crate::recognize::statement) head: Vec<GridRow>,
    /// All families of a level are alike and begin with a sum or a name.
    pub(in crate::recognize::statement) regular: bool,
}

/// The ways to spread a head over `width` columns, the most regular first; none when no cell of it was lost.
pub(in crate::recognize::statement) fn ways(
    vocabulary: &Vocabulary,
    kind: StatementKind,
    head: &[GridRow],
    width: usize,
) -> Vec<Way> {
    let rows: Vec<&GridRow> = head.iter().filter(|row| !is_column_numbers(&vocabulary.tables, row)).collect();
    let Some(levels) = rows.iter().map(|row| level(row)).collect::<Option<Vec<_>>>() else { return Vec::new() };
    let heads: usize = levels.iter().map(Vec::len).sum();
    if levels.len() < 2 || heads <= width || levels.iter().any(|level| level.is_empty() || level.len() > width) {
        return Vec::new();
    }
    let search = Search { vocabulary, kind, levels: &levels, parents: heads - width, steps: Cell::new(MOST_STEPS) };
    let mut found: Vec<(usize, Families)> = Vec::new();
    search.descend(&mut Vec::new(), &mut found);
    found.sort_by_key(|(oddity, _)| *oddity);
    let way = |(oddity, families)| Way { head: spread(&levels, &families, width), regular: oddity == 0 };
    found.into_iter().take(MOST_TRIED).map(way).collect()
}

/// How many heads a head has.
pub(in crate::recognize::statement) fn count(words: &TableWords, head: &[GridRow]) -> usize {
    let rows = head.iter().filter(|row| !is_column_numbers(words, row));
    rows.flat_map(|row| &row.cells).filter(|cell| !cell.text.is_empty()).count()
}

/// The filled cells of a row; `None` when empty cells stand between them: those were not lost.
fn level(row: &GridRow) -> Option<Vec<&GridCell>> {
    let filled = row.cells.iter().take_while(|cell| !cell.text.is_empty()).count();
    row.cells[filled..].iter().all(|cell| cell.text.is_empty()).then(|| row.cells[..filled].iter().collect())
}

/// For each level but the last, how many heads of the next one stand below each of its heads.
type Families = Vec<Vec<usize>>;

struct Search<'head> {
    vocabulary: &'head Vocabulary,
    kind: StatementKind,
    levels: &'head [Vec<&'head GridCell>],
    /// How many heads must stand above others.
    parents: usize,
    /// How many steps are left.
    steps: Cell<usize>,
}

impl Search<'_> {
    /// Settles one level after the other.
    fn descend(&self, families: &mut Families, found: &mut Vec<(usize, Families)>) {
        let at = families.len();
        let used: usize = families.iter().flatten().filter(|children| **children > 0).count();
        if at + 1 == self.levels.len() {
            if used == self.parents {
                found.push((self.oddity(families), families.clone()));
            }
            return;
        }
        let mut family = vec![0; self.levels[at].len()];
        self.distribute(0, self.levels[at + 1].len(), self.parents - used, &mut family, &mut |family| {
            families.push(family.to_vec());
            if found.len() < MOST_FOUND {
                self.descend(families, found);
            }
            families.pop();
        });
    }

    /// Gives `children` heads, in order, to the heads of the level of `family` from `at` on; each gets none or several.
    fn distribute(
        &self,
        at: usize,
        children: usize,
        parents: usize,
        family: &mut [usize],
        each: &mut dyn FnMut(&[usize]),
    ) {
        let Some(left) = self.steps.get().checked_sub(1) else { return };
        self.steps.set(left);
        if at == family.len() || children == 0 {
            family[at..].fill(0);
            if children == 0 {
                each(family);
            }
            return;
        }
        family[at] = 0;
        self.distribute(at + 1, children, parents, family, each);
        let most = if parents > 0 { children } else { 0 };
        for several in 2..=most {
            family[at] = several;
            self.distribute(at + 1, children - several, parents - 1, family, each);
        }
        family[at] = 0;
    }

    /// How irregular families are: those of one level differ in size, or do not begin with a sum or a name.
    fn oddity(&self, families: &Families) -> usize {
        let mut oddity = 0;
        for (at, family) in families.iter().enumerate() {
            let mut child = 0;
            let sizes: Vec<usize> = family.iter().copied().filter(|size| *size > 0).collect();
            oddity += sizes.windows(2).filter(|pair| pair[0] != pair[1]).count() * 2;
            for (head, size) in self.levels[at].iter().zip(family).filter(|(_, size)| **size > 0) {
                let children = &self.levels[at + 1][child..child + size];
                let strange = !self.may_stand_above(head, children)
                    || children.iter().any(|child| !self.may_be_part(head, child));
                oddity += usize::from(!self.leads(children[0])) + 8 * usize::from(strange);
                child += size;
            }
        }
        oddity
    }

    /// True for a head that may stand above others: a name above codes and names, an amount where amounts are among them.
    fn may_stand_above(&self, head: &GridCell, children: &[&GridCell]) -> bool {
        let role = |cell: &GridCell| self.vocabulary.columns.of_head(&key(&cell.text), self.kind).map(|one| one.role);
        let amounts = children.iter().any(|child| role(child) == Some(HeadRole::Amount));
        match role(head) {
            None | Some(HeadRole::Group) => true,
            Some(HeadRole::Label) => !amounts,
            Some(HeadRole::Amount) => amounts || children.iter().any(|child| role(child).is_none()),
            Some(_) => false,
        }
    }

    /// False where both are parts of 三公 and the lower one is none of the upper one.
    fn may_be_part(&self, head: &GridCell, child: &GridCell) -> bool {
        let part = |cell: &GridCell| {
            let meaning = self.vocabulary.columns.of_head(&key(&cell.text), self.kind);
            meaning.map(|meaning| meaning.part.clone()).filter(|part| !part.is_empty())
        };
        part(head).zip(part(child)).is_none_or(|(head, child)| nature_contains(&head, &child))
    }

    /// True for a head with which a family may begin: 小计, 项目, 科目编码.
    fn leads(&self, head: &GridCell) -> bool {
        let key = key(&head.text);
        let meaning = self.vocabulary.columns.of_head(&key, self.kind);
        self.vocabulary.rows.total(&key).is_some()
            || self.vocabulary.tables.subtotals.contains(&key)
            || meaning.is_some_and(|meaning| !matches!(meaning.role, HeadRole::Amount))
    }
}

/// The head with every cell above its columns.
fn spread(levels: &[Vec<&GridCell>], families: &Families, width: usize) -> Vec<GridRow> {
    // How many columns each head covers, from the last level up.
    let mut spans: Vec<Vec<usize>> = levels.iter().map(|level| vec![1; level.len()]).collect();
    for at in (0..families.len()).rev() {
        let mut child = 0;
        for (head, size) in families[at].iter().enumerate().filter(|(_, size)| **size > 0) {
            spans[at][head] = spans[at + 1][child..child + size].iter().sum();
            child += size;
        }
    }
    let mut starts: Vec<Vec<usize>> = vec![Vec::new(); levels.len()];
    let mut next = 0;
    for span in &spans[0] {
        starts[0].push(next);
        next += span;
    }
    for at in 0..families.len() {
        let mut child = 0;
        for (head, size) in families[at].iter().enumerate() {
            let mut next = starts[at][head];
            for span in &spans[at + 1][child..child + size] {
                starts[at + 1].push(next);
                next += span;
            }
            child += size;
        }
    }
    let row = |(level, starts): (&Vec<&GridCell>, &Vec<usize>)| {
        let line = level.first().map_or(0, |cell| cell.line);
        let blank = || GridCell { text: CompactString::default(), line, number: 0 };
        let mut cells: Vec<GridCell> = (0..width).map(|_| blank()).collect();
        for (cell, start) in level.iter().zip(starts).filter(|(_, start)| **start < width) {
            cells[*start] = (*cell).clone();
        }
        GridRow { line, cells }
    };
    levels.iter().zip(&starts).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::ways;
    use crate::model::StatementKind;
    use crate::parse::{GridCell, GridRow};
    use crate::vocabulary::Vocabulary;

    fn row(line: u32, texts: &[&str]) -> GridRow {
        let cell = |(number, text): (u16, &&str)| GridCell { text: (*text).into(), line, number };
        GridRow { line, cells: (1..).zip(texts).map(cell).collect() }
    }

    fn spread(head: &[GridRow], width: usize) -> Vec<Vec<GridRow>> {
        ways(Vocabulary::builtin(), StatementKind::ThreePublic, head, width).into_iter().map(|way| way.head).collect()
    }

    #[test]
    fn heads_of_the_next_row_come_below_a_head_that_lost_its_cells() {
        let found = spread(&[row(1, &["合计", "公务用车购置及运行费", "公务接待费"]), row(2, &["小计", "购置费"])], 4);
        let texts = |row: &GridRow| row.cells.iter().map(|cell| cell.text.to_string()).collect::<Vec<_>>();
        let first: Vec<_> = found[0].iter().map(texts).collect();
        assert_eq!(first, [["合计", "公务用车购置及运行费", "", "公务接待费"], ["", "小计", "购置费", ""]]);
    }

    /// Of such heads there are more ways than anyone could try: the search ends all the same.
    #[test]
    fn the_ways_of_a_wide_head_are_not_all_gone() {
        let wide = ["合计"; 40];
        assert!(spread(&[row(1, &wide), row(2, &wide), row(3, &wide)], 80).len() <= super::MOST_TRIED);
    }
}
