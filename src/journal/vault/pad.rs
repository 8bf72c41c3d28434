//! Lengths that tell nothing of what is sealed.

use zeroize::Zeroizing;

/// What is sealed is as long as a multiple of this: its length must not tell what it is.
const STEP: usize = 4096;

/// `content` at a length that tells nothing: behind it comes a comment of blanks, which any reader of
/// the text passes over.
pub(super) fn with_pad(content: &[u8]) -> Zeroizing<Vec<u8>> {
    let length = (content.len() + PAD_FRAME).next_multiple_of(STEP);
    let mut padded = Zeroizing::new(Vec::with_capacity(length));
    padded.extend_from_slice(content);
    padded.extend_from_slice(b"\n#");
    padded.resize(length - 1, b' ');
    padded.push(b'\n');
    padded
}

/// The bytes around the blanks: a line break and a mark before them, a line break behind.
const PAD_FRAME: usize = 3;

/// The content without the comment of blanks behind it, where there is one.
pub(super) fn without_pad(mut content: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    let Some(rest) = content.strip_suffix(b"\n") else {
        return content;
    };
    let blanks = rest.iter().rev().take_while(|byte| **byte == b' ').count();
    if let Some(before) = rest[..rest.len() - blanks].strip_suffix(b"\n#")
        && content.len().is_multiple_of(STEP)
    {
        let length = before.len();
        content.truncate(length);
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_padded_comes_back_as_it_was_and_its_length_tells_nothing() {
        for content in [
            b"a = 1\n".as_slice(),
            b"a = 1",
            &[b'x'; 4093],
            b"\n# \n",
            b"\n#\n",
            b"",
        ] {
            let padded = with_pad(content);
            assert_eq!(padded.len(), STEP);
            assert_eq!(*without_pad(padded), content);
        }
        assert_eq!(with_pad(&[b'x'; 4094]).len(), 2 * STEP);
    }

    #[test]
    fn what_was_sealed_without_a_pad_is_still_read() {
        for old in [b"a = 1\n# a comment \n".as_slice(), b"a = 1\n#  \n", b"a"] {
            assert_eq!(*without_pad(Zeroizing::new(old.to_vec())), old);
        }
    }
}
