//! Lines of CSV files (RFC 4180), written straight into the text of the file.

use super::guard;

/// Appends a line. No cell is a formula for a spreadsheet ([`guard`]); one that holds what separates cells and lines is
/// quoted, and so is the only cell of a line that would be empty otherwise.
pub fn push_line<T: AsRef<str>>(csv: &mut String, cells: impl IntoIterator<Item = T>) {
    let start = csv.len();
    for (number, cell) in cells.into_iter().enumerate() {
        if number > 0 {
            csv.push(',');
        }
        push_cell(csv, cell.as_ref());
    }
    if csv.len() == start {
        csv.push_str("\"\"");
    }
    csv.push('\n');
}

fn push_cell(csv: &mut String, cell: &str) {
    let cell = guard(cell.into());
    if !cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        return csv.push_str(&cell);
    }
    csv.push('"');
    for (number, part) in cell.split('"').enumerate() {
        csv.push_str(if number > 0 { "\"\"" } else { "" });
        csv.push_str(part);
    }
    csv.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::push_line;

    #[test]
    fn cells_are_guarded_and_quoted_where_they_must_be() {
        for (cells, expected) in [
            (&["a", "", "b c"][..], "a,,b c\n"),
            (&["1,5", "say \"so\"", "a\nb", "c\r"], "\"1,5\",\"say \"\"so\"\"\",\"a\nb\",\"c\r\"\n"),
            (&["=1+1", "-1.50", "＝1,2"], "'=1+1,-1.50,\"'＝1,2\"\n"),
            (&[""], "\"\"\n"),
            (&["", ""], ",\n"),
        ] {
            let mut csv = String::new();
            push_line(&mut csv, cells);
            assert_eq!(csv, expected);
        }
    }

    proptest! {
        #[test]
        fn programs_read_what_was_written(cells in proptest::collection::vec("[a,\"\n\r 支]{0,5}", 1..4)) {
            let mut csv = "head\n".to_owned();
            push_line(&mut csv, &cells);
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv.as_bytes());
            let record = reader.records().next().expect("a line").expect("a line that can be read");
            let told: Vec<String> = cells.iter().map(|cell| super::guard(cell.as_str().into()).into_owned()).collect();
            prop_assert_eq!(record.iter().collect::<Vec<_>>(), told);
        }
    }
}
