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
    let head_words = |level: &Vec<&GridCell>| level.iter().map(|cell| HeadWords::of(vocabulary, kind, cell)).collect();
    let words: Vec<Vec<HeadWords>> = levels.iter().map(head_words).collect();
    let search = Search { levels: &words, parents: heads - width, steps: Cell::new(MOST_STEPS) };
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

/// What the words of one head say of its place among others.
struct HeadWords<'vocabulary> {
    role: Option<HeadRole>,
    /// A part of the three public expenses.
    part: Option<&'vocabulary str>,
    /// A family may begin with it: 小计, 项目, 科目编码.
    leads: bool,
}

impl<'vocabulary> HeadWords<'vocabulary> {
    fn of(vocabulary: &'vocabulary Vocabulary, kind: StatementKind, cell: &GridCell) -> Self {
        let key = key(&cell.text);
        let meaning = vocabulary.columns.of_head(&key, kind);
        let role = meaning.map(|meaning| meaning.role);
        let leads = vocabulary.rows.total(&key).is_some()
            || vocabulary.tables.subtotals.contains(&key)
            || role.is_some_and(|role| !matches!(role, HeadRole::Amount));
        let part = meaning.map(|meaning| meaning.part.as_str()).filter(|part| !part.is_empty());
        HeadWords { role, part, leads }
    }

    /// True for a head that may stand above others: a name above codes and names, an amount where amounts are among them.
    fn may_stand_above(&self, children: &[HeadWords<'_>]) -> bool {
        let amounts = children.iter().any(|child| child.role == Some(HeadRole::Amount));
        match self.role {
            None | Some(HeadRole::Group) => true,
            Some(HeadRole::Label) => !amounts,
            Some(HeadRole::Amount) => amounts || children.iter().any(|child| child.role.is_none()),
            Some(_) => false,
        }
    }

    /// False where both are parts of 三公 and the lower one is none of the upper one.
    fn may_be_part(&self, child: &HeadWords<'_>) -> bool {
        self.part.zip(child.part).is_none_or(|(head, child)| nature_contains(head, child))
    }
}

struct Search<'head> {
    levels: &'head [Vec<HeadWords<'head>>],
    /// How many heads must stand above others.
    parents: usize,
    /// How many steps are left.
    steps: Cell<usize>,
}

/// How many heads of a level stand above others.
#[derive(Debug, Clone, Copy)]
struct Parents {
    /// The levels below cannot take more off it.
    least: usize,
    most: usize,
}

impl Parents {
    /// True where no way leads on: for so many parents too few heads or children are left, or the children are too many.
    fn cannot_be(self, heads: usize, children: usize) -> bool {
        let least = self.least.max(usize::from(children > 0));
        least > self.most || least > heads || least * 2 > children
    }

    fn one_less(self) -> Option<Self> {
        Some(Parents { least: self.least.saturating_sub(1), most: self.most.checked_sub(1)? })
    }
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
        let Some(parents) = self.parents_of(at, self.parents - used) else { return };
        self.distribute(0, self.levels[at + 1].len(), parents, &mut family, &mut |family| {
            families.push(family.to_vec());
            if found.len() < MOST_FOUND {
                self.descend(families, found);
            }
            families.pop();
        });
    }

    /// How many heads of a level must stand above others when `left` do so in it and in the levels below it.
    fn parents_of(&self, at: usize, left: usize) -> Option<Parents> {
        let below = self.levels[at + 1..].windows(2);
        // Every level below has one such head at least, and no more than half as many as there are heads below it.
        let most_below: usize = below.clone().map(|pair| pair[0].len().min(pair[1].len() / 2)).sum();
        Some(Parents { least: left.saturating_sub(most_below), most: left.checked_sub(below.len())? })
    }

    /// Gives `children` heads, in order, to the heads of the level of `family` from `at` on; each gets none or several.
    fn distribute(
        &self,
        at: usize,
        children: usize,
        parents: Parents,
        family: &mut [usize],
        each: &mut dyn FnMut(&[usize]),
    ) {
        if parents.cannot_be(family.len() - at, children) {
            return;
        }
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
        if let Some(parents) = parents.one_less() {
            for several in 2..=children {
                family[at] = several;
                self.distribute(at + 1, children - several, parents, family, each);
            }
        }
        family[at] = 0;
    }

    /// How irregular families are: those of one level differ in size, or do not begin with a sum or a name.
    fn oddity(&self, families: &Families) -> usize {
        let mut oddity = 0;
        for (at, family) in families.iter().enumerate() {
            let mut child = 0;
            let sizes = || family.iter().filter(|size| **size > 0);
            oddity += sizes().zip(sizes().skip(1)).filter(|(size, next)| size != next).count() * 2;
            for (head, size) in self.levels[at].iter().zip(family).filter(|(_, size)| **size > 0) {
                let children = &self.levels[at + 1][child..child + size];
                let strange = !head.may_stand_above(children) || children.iter().any(|child| !head.may_be_part(child));
                oddity += usize::from(!children[0].leads) + 8 * usize::from(strange);
                child += size;
            }
        }
        oddity
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
