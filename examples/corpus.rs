//! Writes made-up disclosures to measure with: `cargo run --release --example corpus -- 1000 FOLDER`.

use std::error::Error;
use std::path::PathBuf;

#[path = "../benches/corpus/mod.rs"]
mod corpus;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(count), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: corpus COUNT FOLDER".into());
    };
    corpus::write(count.parse()?, &PathBuf::from(folder))?;
    Ok(())
}
