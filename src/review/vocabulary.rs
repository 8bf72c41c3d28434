//! The words that rules know, and the lists they are on.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::file::SourceText;

/// The number of a word; the same word has the same number.
pub(super) type WordId = u32;

/// A word that no rule knows.
pub(super) const UNKNOWN: WordId = u32::MAX;

/// Most that can be told at a glance: so many lists.
const BITS: usize = 64;

/// Every word that a rule names.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    ids: HashMap<SourceText, WordId, BuildHasherDefault<WordHasher>>,
    lists: Vec<WordList>,
    names: HashMap<SourceText, u16, BuildHasherDefault<WordHasher>>,
    /// For each word, the lists it is on by itself, then the lists of which an entry begins with it.
    on: Vec<u64>,
    begins: Vec<u64>,
    blocks: usize,
}

/// One list.
#[derive(Clone, Debug, Default)]
struct WordList {
    words: Vec<WordId>,
    not: Vec<WordId>,
    /// Entries of several words, by their first.
    phrases: HashMap<WordId, Vec<Vec<WordId>>, BuildHasherDefault<WordHasher>>,
    endings: Vec<SourceText>,
    beginnings: Vec<SourceText>,
}

/// An entry of a list.
pub(super) enum ListEntry {
    /// These words in a row.
    Words(Vec<WordId>),
    /// This word is not on the list, whatever its ending.
    Not(WordId),
    /// Every word that ends so.
    Ending(SourceText),
    /// Every word that begins so.
    Beginning(SourceText),
    /// All that is on another list.
    List(u16),
}

impl Vocabulary {
    /// The number of a word, which is known from now on.
    pub fn add(&mut self, word: SourceText) -> WordId {
        let next = WordId::try_from(self.ids.len()).unwrap_or(UNKNOWN);
        *self.ids.entry(word).or_insert(next)
    }

    /// The number of a word.
    pub fn id(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// How many words there are.
    pub fn words(&self) -> usize {
        self.ids.len()
    }

    /// The number of a list.
    pub fn list(&self, name: &str) -> Option<u16> {
        self.names.get(name).copied()
    }

    /// The names of all lists.
    pub fn list_names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(|name| &**name)
    }

    /// Adds a list, or more entries to one that is there.
    pub fn add_list(&mut self, name: &SourceText, entries: Vec<ListEntry>) {
        let index = if let Some(index) = self.list(name) {
            index
        } else {
            let index = u16::try_from(self.lists.len()).unwrap_or(u16::MAX);
            self.lists.push(WordList::default());
            self.names.insert(name.clone(), index);
            index
        };
        for entry in entries {
            if let ListEntry::List(other) = entry {
                let other = self.lists[usize::from(other)].clone();
                self.lists[usize::from(index)].include(other);
            } else {
                self.lists[usize::from(index)].push(entry);
            }
        }
    }

    /// Works out which words are on which lists; to be called once all are added.
    pub fn finish(&mut self) {
        self.blocks = self.lists.len().div_ceil(BITS);
        self.on = vec![0; self.ids.len() * self.blocks];
        for (index, list) in self.lists.iter().enumerate() {
            if list.endings.is_empty() && list.beginnings.is_empty() {
                continue;
            }
            for (word, id) in &self.ids {
                if list.takes(word) {
                    set(&mut self.on, self.blocks, *id, index);
                }
            }
        }
        // A word that is named is on the list, whatever is said of endings.
        for (index, list) in self.lists.iter().enumerate() {
            for id in &list.not {
                clear(&mut self.on, self.blocks, *id, index);
            }
            for id in &list.words {
                set(&mut self.on, self.blocks, *id, index);
            }
        }
        self.begins = self.on.clone();
        for (index, list) in self.lists.iter().enumerate() {
            for id in list.phrases.keys() {
                set(&mut self.begins, self.blocks, *id, index);
            }
        }
    }

    /// How many numbers the lists of one word take.
    pub fn blocks(&self) -> usize {
        self.blocks
    }

    /// Adds, for one word of a text, the lists it is on and the lists of which an entry begins
    /// with it.
    pub fn look_up(&self, id: WordId, word: &str, on: &mut Vec<u64>, begins: &mut Vec<u64>) {
        if id != UNKNOWN {
            let at = id as usize * self.blocks;
            on.extend_from_slice(&self.on[at..at + self.blocks]);
            begins.extend_from_slice(&self.begins[at..at + self.blocks]);
            return;
        }
        let at = on.len();
        on.resize(at + self.blocks, 0);
        for (index, list) in self.lists.iter().enumerate() {
            if list.takes(word) {
                set(&mut on[at..], self.blocks, 0, index);
            }
        }
        begins.extend_from_slice(&on[at..]);
    }

    /// The entries of several words on a list that begin with this word.
    pub fn phrases(&self, list: u16, first: WordId) -> &[Vec<WordId>] {
        self.lists[usize::from(list)]
            .phrases
            .get(&first)
            .map_or(&[], Vec::as_slice)
    }
}

fn set(bits: &mut [u64], blocks: usize, id: WordId, list: usize) {
    bits[id as usize * blocks + list / BITS] |= 1 << (list % BITS);
}

fn clear(bits: &mut [u64], blocks: usize, id: WordId, list: usize) {
    bits[id as usize * blocks + list / BITS] &= !(1 << (list % BITS));
}

/// Whether a word with these lists is on this one.
pub(super) fn has(bits: &[u64], list: u16) -> bool {
    let list = usize::from(list);
    bits[list / BITS] & (1 << (list % BITS)) != 0
}

/// The shortest stem before an ending, so that "-ed" does not take "need".
const SHORTEST_STEM: usize = 3;

impl WordList {
    fn push(&mut self, entry: ListEntry) {
        match entry {
            ListEntry::Words(ids) => match ids.as_slice() {
                [] => {}
                [id] => self.words.push(*id),
                [first, ..] => self.phrases.entry(*first).or_default().push(ids),
            },
            ListEntry::Not(id) => self.not.push(id),
            ListEntry::Ending(ending) => self.endings.push(ending),
            ListEntry::Beginning(beginning) => self.beginnings.push(beginning),
            ListEntry::List(_) => {}
        }
    }

    fn include(&mut self, other: Self) {
        self.words.extend(other.words);
        self.not.extend(other.not);
        self.endings.extend(other.endings);
        self.beginnings.extend(other.beginnings);
        for (first, mut phrases) in other.phrases {
            self.phrases.entry(first).or_default().append(&mut phrases);
        }
    }

    /// Whether a word is on the list by how it begins or ends.
    fn takes(&self, word: &str) -> bool {
        let ends = |ending: &SourceText| {
            word.len() >= ending.len() + SHORTEST_STEM && word.ends_with(&**ending)
        };
        self.endings.iter().any(ends)
            || self
                .beginnings
                .iter()
                .any(|begin| word.starts_with(&**begin))
    }
}

/// A hash of short words that costs next to nothing. Who can choose the words of a text slows down
/// nobody but themselves: what is stored is the words of the rules alone.
#[derive(Clone, Default)]
pub(super) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn finish(&self) -> u64 {
        // The table takes the low bits, and the high ones are the well mixed ones.
        self.0.rotate_left(26)
    }
}
