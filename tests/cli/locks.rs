//! What lies where locks should be.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::tea::{ANSWERS, home};

#[test]
fn what_is_in_the_place_of_locks_is_left_alone_and_named_by_doctor() {
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    let important = sandbox.write("important/store", "KEEP");
    let (folder, other) = (important.parent().unwrap(), sandbox.home().join("state"));
    fs::create_dir_all(&other).unwrap();
    let locks = other.join("locks");
    let link = |to: &Path, at: &Path| {
        symlink(to, at).unwrap();
        at.to_path_buf()
    };
    let make: [&dyn Fn() -> PathBuf; 5] = [
        &|| link(folder, &locks),
        &|| sandbox.write(&locks, "KEEP"),
        &|| {
            fs::create_dir_all(&locks).unwrap();
            link(&important, &locks.join("store"))
        },
        &|| sandbox.write(locks.join("store"), "KEEP"),
        &|| {
            fs::create_dir_all(locks.join("store")).unwrap();
            locks.join("store")
        },
    ];
    for make in make {
        let place = make();
        let name = place.strip_prefix(sandbox.home()).unwrap();
        let backup = sandbox.run(&["backup", "all.tar"]);
        assert_eq!(backup.code, Some(1), "{backup}");
        assert!(backup.stderr.contains(name.to_str().unwrap()), "{backup}");
        assert!(!backup.stderr.contains("os error"), "{backup}");
        let doctor = sandbox.run(&["doctor", "--json"]);
        assert_eq!(doctor.code, Some(6), "{doctor}");
        let said = format!("$SANDBOX/home/{}", name.display());
        assert!(
            doctor.stdout.contains("\"lock\"") && doctor.stdout.contains(&said),
            "{doctor}"
        );
        assert_eq!(fs::read_to_string(&important).unwrap(), "KEEP");
        let moved = sandbox.home().with_file_name("moved");
        fs::rename(&place, &moved).unwrap();
        let found = fs::symlink_metadata(&moved).unwrap();
        match found.is_dir() {
            true => fs::remove_dir(&moved).unwrap(),
            false => fs::remove_file(&moved).unwrap(),
        }
        let _ = fs::remove_dir_all(&locks);
    }
    assert_eq!(sandbox.run(&["backup", "all.tar"]).code, Some(0));
}
