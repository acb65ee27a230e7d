//! The form in which a build keeps something: values and pieces of bytes beside them, behind a hash of all, so
//! that damage is noticed.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Values and pieces as bytes; `None` when the values cannot be written.
pub(super) fn write(values: &impl Serialize, pieces: &[&[u8]]) -> Option<Vec<u8>> {
    let values = postcard::to_stdvec(values).ok()?;
    let mut bytes = vec![0; blake3::OUT_LEN];
    for piece in std::iter::once(&&*values).chain(pieces) {
        bytes.extend((piece.len() as u64).to_le_bytes());
        bytes.extend_from_slice(piece);
    }
    let check = blake3::hash(&bytes[blake3::OUT_LEN..]);
    bytes[..blake3::OUT_LEN].copy_from_slice(check.as_bytes());
    Some(bytes)
}

/// The values and pieces that were written; `None` when they are damaged or of another form.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<(T, Vec<Vec<u8>>)> {
    let (check, rest) = bytes.split_first_chunk::<{ blake3::OUT_LEN }>()?;
    let mut pieces = if check == blake3::hash(rest).as_bytes() { split(rest)? } else { return None };
    let values = if pieces.is_empty() { return None } else { pieces.remove(0) };
    let (values, rest) = postcard::take_from_bytes(&values).ok()?;
    rest.is_empty().then_some((values, pieces))
}

/// The pieces, each behind its length.
fn split(mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut pieces = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<8>()?;
        let (piece, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        pieces.push(piece.to_vec());
        bytes = rest;
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn what_was_written_is_read_and_damage_is_noticed() {
        let pieces = vec![b"ab".to_vec(), Vec::new(), b"c".to_vec()];
        let bytes = write(&("三公", 7_u8), &pieces.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
        assert_eq!(read::<(String, u8)>(&bytes), Some((("三公".to_owned(), 7), pieces)));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(read::<(String, u8)>(&damaged), None, "byte {at}");
            assert_eq!(read::<(String, u8)>(&bytes[..at]), None, "cut at {at}");
        }
        assert_eq!(read::<u8>(&bytes), None, "another form");
    }
}
