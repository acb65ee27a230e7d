//! ZIP archives in memory, as far as a workbook needs them: compressed files with names of ASCII, the same bytes for the
//! same files.

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// A workbook is three tenths larger than at the usual level, and made in less than half the time.
const LEVEL: u32 = 1;
/// The version of the format that a reader must know: compressed files.
const VERSION: u16 = 20;
/// How files are compressed: deflate.
const METHOD: u16 = 8;
/// Midnight of 1 January 1980, the first that the format knows: the time of the build would make every build another
/// file.
const MADE: u32 = 0x0021_0000;

/// An archive that is being made.
pub(super) struct Archive {
    bytes: Vec<u8>,
    /// The list of files, which stands at the end.
    directory: Vec<u8>,
    files: u16,
    /// Used again for each file: its tables are larger than most files.
    compress: Compress,
}

impl Archive {
    /// An archive without files.
    pub(super) fn new() -> Self {
        let compress = Compress::new(Compression::new(LEVEL), false);
        Archive { bytes: Vec::new(), directory: Vec::new(), files: 0, compress }
    }

    /// Adds a file. `None` when the archive becomes larger than the format allows.
    pub(super) fn add(&mut self, name: &str, content: &[u8]) -> Option<()> {
        let start = u32::try_from(self.bytes.len()).ok()?;
        let mut sum = Crc::new();
        sum.update(content);
        let packed = self.packed(content)?;
        let mut head = Vec::with_capacity(26);
        put16(&mut head, &[VERSION, 0, METHOD]);
        put32(&mut head, &[MADE, sum.sum(), u32::try_from(packed.len()).ok()?, u32::try_from(content.len()).ok()?]);
        put16(&mut head, &[u16::try_from(name.len()).ok()?, 0]);

        self.bytes.extend_from_slice(b"PK\x03\x04");
        self.bytes.extend_from_slice(&head);
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(&packed);

        self.directory.extend_from_slice(b"PK\x01\x02");
        put16(&mut self.directory, &[VERSION]);
        self.directory.extend_from_slice(&head);
        // No comment, first disk, no attributes.
        put16(&mut self.directory, &[0, 0, 0]);
        put32(&mut self.directory, &[0, start]);
        self.directory.extend_from_slice(name.as_bytes());
        self.files = self.files.checked_add(1)?;
        Some(())
    }

    /// The archive's bytes. `None` when it is larger than the format allows.
    pub(super) fn finish(mut self) -> Option<Vec<u8>> {
        let start = u32::try_from(self.bytes.len()).ok()?;
        let length = u32::try_from(self.directory.len()).ok()?;
        self.bytes.append(&mut self.directory);
        self.bytes.extend_from_slice(b"PK\x05\x06");
        put16(&mut self.bytes, &[0, 0, self.files, self.files]);
        put32(&mut self.bytes, &[length, start]);
        put16(&mut self.bytes, &[0]);
        Some(self.bytes)
    }

    fn packed(&mut self, content: &[u8]) -> Option<Vec<u8>> {
        self.compress.reset();
        let mut packed = Vec::with_capacity(content.len() / 4 + 128);
        loop {
            let read = usize::try_from(self.compress.total_in()).ok()?;
            match self.compress.compress_vec(content.get(read..)?, &mut packed, FlushCompress::Finish).ok()? {
                Status::StreamEnd => return Some(packed),
                Status::Ok | Status::BufError => packed.reserve(packed.capacity()),
            }
        }
    }
}

/// Numbers are written with their lowest byte first.
fn put16(bytes: &mut Vec<u8>, numbers: &[u16]) {
    numbers.iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
}

fn put32(bytes: &mut Vec<u8>, numbers: &[u32]) {
    numbers.iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::{Crc, read::DeflateDecoder};

    use super::Archive;

    /// The files of an archive: found through the list at its end, unpacked, their sums compared.
    fn files(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
        let number = |at: usize, length: usize| {
            let bytes = archive[at..at + length].iter().rev();
            bytes.fold(0, |number, byte| number << 8 | usize::from(*byte))
        };
        let end = archive.len() - 22;
        assert_eq!(&archive[end..end + 4], b"PK\x05\x06");
        let (mut entry, count) = (number(end + 16, 4), number(end + 10, 2));
        let mut files = Vec::new();
        for _ in 0..count {
            assert_eq!(&archive[entry..entry + 4], b"PK\x01\x02");
            let (packed, length, name) = (number(entry + 20, 4), number(entry + 24, 4), number(entry + 28, 2));
            let at = number(entry + 42, 4);
            assert_eq!(&archive[at..at + 4], b"PK\x03\x04");
            // Both places say the same of the file.
            assert_eq!(archive[at + 4..at + 30], archive[entry + 6..entry + 32]);
            assert_eq!(archive[at + 30..at + 30 + name], archive[entry + 46..entry + 46 + name]);
            let mut content = Vec::new();
            let body = at + 30 + name;
            DeflateDecoder::new(&archive[body..body + packed]).read_to_end(&mut content).unwrap();
            let mut sum = Crc::new();
            sum.update(&content);
            assert_eq!((content.len(), sum.sum() as usize), (length, number(entry + 16, 4)));
            files.push((String::from_utf8(archive[at + 30..body].to_vec()).unwrap(), content));
            entry += 46 + name;
        }
        assert_eq!(entry, end);
        files
    }

    #[test]
    fn files_come_back_as_they_were() {
        let noise: Vec<u8> = (0u32..100_000).map(|index| (index.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let given = [
            ("a.xml", "<a>支出</a>".repeat(5000).into_bytes()),
            ("b/empty", Vec::new()),
            ("b/noise", noise),
            ("c", b"x".to_vec()),
        ];
        let mut archive = Archive::new();
        given.iter().for_each(|(name, content)| archive.add(name, content).expect("small files"));
        let archive = archive.finish().expect("a small archive");
        assert_eq!(files(&archive), given.map(|(name, content)| (name.to_owned(), content)));
    }
}
