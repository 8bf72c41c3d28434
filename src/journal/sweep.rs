//! Leftovers of runs that were cut off: unfinished saves, and names that were claimed and never used.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};

use super::contents::{was_emptied, whole_text};
use super::encoding::Encoding;
use super::error::StoreError;
use super::lock::{Lock, StoreLock, is_held};
use super::names::{is_id, list, months};
use super::records::Records;
use super::store::{PROMISE_DRAFTS, Store};
use super::temp::{is_temp, saved_by, unfinished};

/// Younger files may belong to a run that is still at it.
const OLD: Duration = Duration::from_secs(60 * 60);

/// Claims are looked for in so many of the newest months: that costs a look at every file there.
const CLAIM_MONTHS: usize = 2;

/// How deep other folders than those of records go.
const DEEP: usize = 3;

impl Store {
    /// Removes leftovers that are older than an hour at `now`, but for those of sessions that are
    /// open. Tells how many it removed; what cannot be removed stays for the next time.
    pub fn sweep(&self, now: SystemTime) -> usize {
        self.sweep_locks(now);
        self.sweep_partner_keys();
        let mut swept = sweep_temps(&self.temps(), now);
        let mut all = None;
        let kinds = self.every_kind();
        let months = kinds.flat_map(|records| months(&records.folder()).enumerate());
        for (nth, month) in months {
            let mut names = list(&month).unwrap_or_default();
            // A save before the claim of its name, without which it would be a session itself.
            names.sort_by_key(|(name, _)| !name.starts_with('.'));
            for (name, _) in names {
                let path = month.join(&name);
                let leftover = unfinished(&name).or_else(|| claim(&name, nth, &path));
                if let Some(id) = leftover.filter(|_| is_old(&path, now)) {
                    if all.is_none() {
                        // Whoever is changing many sessions may still need what lies around.
                        let Ok(lock) = StoreLock::take_now(self) else {
                            return swept;
                        };
                        all = Some(lock);
                    }
                    swept += usize::from(self.sweep_one(id, &path));
                }
            }
        }
        swept
    }

    /// What unfinished saves of everything but records have left: of the key, of contacts, of a pack.
    pub(super) fn temps(&self) -> Vec<PathBuf> {
        let records: Vec<PathBuf> = self.every_kind().map(|records| records.folder()).collect();
        let mut temps = Vec::new();
        for folder in [&self.data, &self.state] {
            temps_below(folder, &records, DEEP, &mut temps);
        }
        temps
    }

    /// The files of plain words that unfinished saves have left, whatever their age.
    pub fn plain_leftovers(&self) -> Vec<PathBuf> {
        let in_month = |month: PathBuf| {
            let names = list(&month).unwrap_or_default().into_iter();
            let paths = names.filter_map(|(name, _)| {
                let path = month.join(&name);
                is_plain_leftover(&name, &path).then_some(path)
            });
            paths.collect::<Vec<_>>()
        };
        let kinds = self.every_kind();
        let months = kinds.flat_map(|records| months(&records.folder()));
        months.flat_map(in_month).collect()
    }

    /// Whether a program that runs may still be at the save of a session that a file is called after.
    pub(super) fn is_being_saved(&self, id: &str, path: &Path, now: SystemTime) -> bool {
        is_held(self, id) || !is_over(path, now)
    }

    /// Removes what unfinished saves have left, whatever its age, but for those of sessions that are
    /// open: what they hold is older than the session itself.
    pub fn sweep_leftovers(&self) {
        for path in self.plain_leftovers() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if let Some(id) = unfinished(&name) {
                self.sweep_one(id, &path);
            }
        }
    }

    /// The texts below the state folder that no program has open, and that wait for nobody.
    pub fn drafts_left(&self) -> Vec<PathBuf> {
        self.drafts_left_at(SystemTime::now())
    }

    pub(super) fn drafts_left_at(&self, now: SystemTime) -> Vec<PathBuf> {
        let mut left = Vec::new();
        for (name, _) in list(&self.drafts("")).unwrap_or_default() {
            // What was typed for a promise waits there for whoever goes on with it.
            let waits = name == PROMISE_DRAFTS && matches!(self.sealing(), Ok(None));
            if waits || is_held(self, &name) {
                continue;
            }
            let of = self.drafts(&name);
            for (draft, kind) in list(&of).unwrap_or_default() {
                let folder = of.join(&draft);
                // Of a session that is open in no program, nobody edits one.
                if kind.is_dir() && (is_id(&name) || !is_in_use(&draft, &folder, now)) {
                    files_below(&folder, DEEP, &mut left);
                }
            }
        }
        left.sort();
        left
    }

    /// The folders outside our own in which drafts were laid out, whatever the variables say now.
    pub fn draft_folders(&self) -> Vec<PathBuf> {
        let text = whole_text(&self.draft_folders_file()).unwrap_or_default();
        let folders = text.lines().map(PathBuf::from);
        folders.filter(|folder| folder.is_absolute()).collect()
    }

    /// Notes a folder outside our own before a draft is laid out in it. Tells whether it is noted.
    pub fn remember_draft_folder(&self, folder: &Path) -> bool {
        let noted = self.draft_folders_file();
        let _all = StoreLock::take(self).ok();
        let mut folders: Vec<PathBuf> = match whole_text(&noted) {
            Ok(text) => text.lines().map(PathBuf::from).collect(),
            Err(error) if super::contents::missing(&error) => Vec::new(),
            // Words may lie where it leads.
            Err(_) => return false,
        };
        if folders.iter().any(|there| there == folder) {
            return true;
        }
        // Nothing is left in what is gone.
        folders.retain(|there| there.is_absolute() && there.is_dir());
        folders.push(folder.to_path_buf());
        let lines = folders.iter().map(|folder| folder.to_str());
        let Some(lines) = lines.collect::<Option<Vec<_>>>() else {
            return false;
        };
        let is_a_line = |line: &&str| !line.contains(['\n', '\r']);
        let text = lines.join("\n") + "\n";
        lines.iter().all(is_a_line)
            && self.make_folders(&self.state).is_ok()
            && self.replace(&noted, text.as_bytes()).is_ok()
    }

    pub(super) fn draft_folders_file(&self) -> PathBuf {
        self.state.join("draft-folders")
    }

    /// Removes what programs that were stopped have left of their locks. Nothing is locked by it.
    fn sweep_locks(&self, now: SystemTime) {
        for (name, _) in list(&self.locks()).unwrap_or_default() {
            if is_id(&name) && is_old(&self.locks().join(&name), now) {
                // Letting go of a lock removes its file.
                drop(Lock::take(self, &name));
            }
        }
    }

    fn sweep_one(&self, id: &str, path: &Path) -> bool {
        let Ok(_lock) = Lock::take(self, id) else {
            return false;
        };
        self.sweep_held(path).unwrap_or(false)
    }

    /// Removes a leftover of a session whose lock is held. False where it is none any more: it may
    /// have been saved to since somebody looked; nobody can now.
    pub(super) fn sweep_held(&self, path: &Path) -> Result<bool, StoreError> {
        let leftover = unfinished_path(path) && !self.is_renamed_session(path) || is_empty(path);
        if leftover {
            self.remove(path)?;
        }
        Ok(leftover)
    }
}

impl<R> Records<'_, R> {
    /// Gives a claimed name up that could not be used. A record that was saved stays.
    pub fn give_up(&self, id: &str) {
        let path = self.path(id);
        if is_empty(&path) && self.store.remove(&path).is_ok() {
            // The lock's file goes with it; harmless if it stays.
            drop(Lock::take(self.store, id));
        }
    }
}

/// Removes what unfinished saves have left for longer than an hour. Tells how many went.
pub(super) fn sweep_temps(temps: &[PathBuf], now: SystemTime) -> usize {
    let old = temps.iter().filter(|path| is_old(path, now));
    old.filter(|path| fs::remove_file(path).is_ok()).count()
}

/// The unfinished saves in a folder and below it, but for these folders.
pub(super) fn temps_below(folder: &Path, but: &[PathBuf], deep: usize, temps: &mut Vec<PathBuf>) {
    for (name, kind) in list(folder).unwrap_or_default() {
        let path = folder.join(&name);
        if kind.is_file() && is_temp(&name) {
            temps.push(path);
        } else if kind.is_dir() && deep > 0 && !but.contains(&path) {
            temps_below(&path, but, deep - 1, temps);
        }
    }
}

/// The files in a folder and below it.
fn files_below(folder: &Path, deep: usize, files: &mut Vec<PathBuf>) {
    for (name, kind) in list(folder).unwrap_or_default() {
        let path = folder.join(name);
        if kind.is_file() {
            files.push(path);
        } else if kind.is_dir() && deep > 0 {
            files_below(&path, deep - 1, files);
        }
    }
}

/// Whether a program that runs has laid a draft out in this folder: its number is in the name, or else
/// it holds the folder's lock.
fn is_in_use(name: &str, folder: &Path, now: SystemTime) -> bool {
    let pid = name.strip_prefix("trust-coach-").unwrap_or_default();
    let pid = pid.split('-').next().and_then(|pid| pid.parse().ok());
    match pid.and_then(Pid::from_raw) {
        // After a restart somebody else may have the number.
        Some(pid) => runs(pid) && !is_old(folder, now),
        None => {
            let open = File::open(folder);
            open.is_ok_and(|open| matches!(open.try_lock(), Err(TryLockError::WouldBlock)))
        }
    }
}

/// Whether the program that a file is the unfinished save of runs no more, or would be long done.
pub(super) fn is_over(path: &Path, now: SystemTime) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !saved_by(&name).is_some_and(runs) || is_old(path, now)
}

fn runs(pid: Pid) -> bool {
    test_kill_process(pid) != Err(Errno::SRCH)
}

/// Whether a file is an unfinished save with words in it that anybody can read.
pub(super) fn is_plain_leftover(name: &str, path: &Path) -> bool {
    let sealed = format!("{}.", Encoding::Sealed.ending());
    unfinished(name).is_some() && !name.contains(&sealed) && !is_empty(path)
}

fn unfinished_path(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| unfinished(name).is_some())
}

/// The session whose claimed and unused name a file is.
fn claim<'a>(name: &'a str, nth_month: usize, path: &Path) -> Option<&'a str> {
    let (id, _) = Encoding::split(name).filter(|(id, _)| is_id(id))?;
    let is_unused = is_empty(path) && !was_emptied(path);
    (nth_month < CLAIM_MONTHS && is_unused).then_some(id)
}

fn is_empty(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() == 0)
}

fn is_old(path: &Path, now: SystemTime) -> bool {
    let changed = fs::symlink_metadata(path).and_then(|found| found.modified());
    changed.is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age > OLD))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::{now, saved, store};

    #[test]
    fn old_leftovers_go_and_everything_else_stays() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let kept = saved(&store, 1);
        let claimed = store.sessions().claim(&now(), || Ok(2)).unwrap();
        let path = store.sessions().path(&kept.id);
        let temp = path.with_file_name(format!(".{}.toml.9-9.tmp", kept.id));
        fs::write(&temp, "half a").unwrap();
        let own = path.with_file_name(".hidden.tmp");
        fs::write(&own, "").unwrap();
        let beside = [".format.9-9.tmp", "identities/.identity.age.9-0.tmp"].map(|name| {
            let path = store.data.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "half a").unwrap();
            path
        });
        let stopped = store.locks().join(&kept.id);
        fs::create_dir_all(store.locks()).unwrap();
        fs::write(&stopped, "4711\n").unwrap();
        assert_eq!(store.sweep(SystemTime::now()), 0);
        assert!(stopped.exists());
        let later = SystemTime::now() + OLD * 2;
        assert_eq!(store.sweep(later), 4);
        assert!(beside.iter().all(|path| !path.exists()));
        assert!(own.exists() && !temp.exists() && !store.sessions().path(&claimed).exists());
        assert!(!stopped.exists());
        assert_eq!(store.sessions().read(&kept.id).unwrap(), kept);
    }

    #[test]
    fn only_a_name_that_was_never_saved_to_is_given_up() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let kept = saved(&store, 1);
        let claimed = store.sessions().claim(&now(), || Ok(2)).unwrap();
        store.sessions().give_up(&claimed);
        store.sessions().give_up(&kept.id);
        assert!(!store.sessions().path(&claimed).exists());
        assert_eq!(store.sessions().read(&kept.id).unwrap(), kept);
    }

    #[test]
    fn what_belongs_to_an_open_session_stays() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let claimed = store.sessions().claim(&now(), || Ok(2)).unwrap();
        let _lock = Lock::take(&store, &claimed).unwrap();
        assert_eq!(store.sweep(SystemTime::now() + OLD * 2), 0);
        assert!(store.sessions().path(&claimed).exists());
    }

    #[test]
    fn nothing_is_swept_while_another_changes_the_store() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let claimed = store.sessions().claim(&now(), || Ok(2)).unwrap();
        let later = SystemTime::now() + OLD * 2;
        let all = StoreLock::take(&store).unwrap();
        assert_eq!(store.sweep(later), 0);
        assert!(store.sessions().path(&claimed).exists());
        drop(all);
        assert_eq!(store.sweep(later), 1);
    }

    #[test]
    fn a_text_is_left_wherever_its_editor_put_it_once_no_program_has_it_open() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let session = saved(&store, 1);
        let put = |path: &str| {
            let path = store.drafts("").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "words").unwrap();
            path
        };
        let us = std::process::id();
        let left = [
            put(&format!("{}/0badcafe/text.md/x", session.id)),
            put("unnamed/trust-coach-2147483646-0badcafe/text.md"),
        ];
        let open = put(&format!("unnamed/trust-coach-{us}-0badcafe/text.md"));
        put("promise/trust-coach-words-0badcafe/words.toml");
        let now = SystemTime::now();
        assert_eq!(store.drafts_left(), left);
        assert!(store.drafts_left_at(now + OLD * 2).contains(&open));
        let held = Lock::take(&store, &session.id).unwrap();
        assert_eq!(store.drafts_left(), left[1..]);
        drop(held);
    }

    #[test]
    fn a_note_of_drafts_that_cannot_be_read_is_not_written_over() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let noted = store.draft_folders_file();
        assert!(store.remember_draft_folder(home.path()));
        assert_eq!(store.draft_folders(), [home.path()]);
        fs::write(&noted, b"/caf\xe9\n").unwrap();
        assert!(!store.remember_draft_folder(&store.state));
        assert_eq!(fs::read(&noted).unwrap(), b"/caf\xe9\n");
    }
}
