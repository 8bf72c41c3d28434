use super::*;

const GOOD: &str = include_str!("../../../tests/fixtures/exercises/good/small.toml");

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn ids(entries: &[LibraryEntry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.id.as_str()).collect()
}

#[test]
fn every_file_in_exercises_is_built_in_and_has_no_problem() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .filter(|path| !path.ends_with("sources.toml"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let translated = TRANSLATED
        .iter()
        .map(|(id, lang, _)| format!("{id}.{lang}"));
    let originals = BUILT_IN.iter().map(|(id, _)| id.to_string());
    let mut built_in: Vec<_> = originals.chain(translated).collect();
    built_in.sort();
    assert_eq!(files, built_in);
    for (id, text) in BUILT_IN {
        let exercise = parse::exercise(id, text).unwrap();
        assert_eq!(parse::check(id, text), [], "{id}");
        assert_eq!(parse::head(id, text).unwrap(), exercise.head, "{id}");
    }
}

#[test]
fn own_files_add_to_the_built_in_ones_and_replace_them() {
    let folder = folder(&[
        ("zz-mine.toml", GOOD),
        ("check-in.toml", GOOD),
        ("notes.txt", "x"),
    ]);
    let library = Library::open(Some(folder.path()));
    let entries = library.heads();
    assert_eq!(entries.len(), BUILT_IN.len() + 1);
    let origin = |id| {
        entries
            .iter()
            .find(|entry| entry.id == id)
            .unwrap()
            .origin
            .clone()
    };
    let path = |name| folder.path().join(name);
    assert_eq!(origin("zz-mine"), ExerciseOrigin::Own(path("zz-mine.toml")));
    assert_eq!(
        origin("check-in"),
        ExerciseOrigin::OwnReplacing(path("check-in.toml"))
    );
    assert_eq!(library.load("check-in").unwrap().head.title, "A small one");
}

#[test]
fn a_broken_file_hides_no_good_one() {
    let folder = folder(&[
        ("bad.toml", "format = 1\n"),
        ("check-in.toml", "title = oops\n"),
        ("Not An Id.toml", GOOD),
        ("zz-mine.toml", GOOD),
    ]);
    let entries = Library::open(Some(folder.path())).heads();
    let good: Vec<_> = entries
        .iter()
        .filter(|entry| entry.head.is_ok())
        .cloned()
        .collect();
    assert_eq!(good.len(), BUILT_IN.len() + 1);
    assert!(ids(&good).contains(&"check-in") && ids(&good).contains(&"zz-mine"));
    let broken = entries.iter().filter(|entry| entry.head.is_err());
    assert_eq!(broken.count(), 3);
}

#[test]
fn a_broken_file_of_ones_own_is_told_of_when_it_is_asked_for() {
    let folder = folder(&[("check-in.toml", "title = oops\n")]);
    let error = Library::open(Some(folder.path()))
        .load("check-in")
        .unwrap_err();
    assert!(matches!(error, LoadError::Broken { path: Some(_), .. }));
}

#[test]
fn a_translation_is_listed_with_its_exercise() {
    let folder = folder(&[("zz-mine.toml", GOOD), ("zz-mine.de.toml", GOOD)]);
    let entries = Library::open(Some(folder.path())).heads();
    let mine = entries.iter().find(|entry| entry.id == "zz-mine").unwrap();
    assert_eq!(mine.translations, ["de"]);
    assert_eq!(entries.len(), BUILT_IN.len() + 1);
}

#[test]
fn an_unknown_id_comes_with_the_nearest() {
    let error = Library::open(None).load("chek-in").unwrap_err();
    let nearest = Some(String::from("check-in"));
    let id = String::from("chek-in");
    assert_eq!(
        error,
        LoadError::Unknown {
            id,
            nearest,
            unseen: None
        }
    );
}

#[test]
fn what_is_no_text_file_is_refused_with_a_reason() {
    let folder = folder(&[("big.toml", &"#".repeat(MOST_BYTES as usize + 1))]);
    fs::write(folder.path().join("binary.toml"), b"a = 1\n\xff\xfe").unwrap();
    let reason = |name: &str| read(&folder.path().join(name)).unwrap_err();
    assert!(reason("big.toml").contains("1 MB"));
    assert_eq!(reason("binary.toml"), "it isn’t UTF-8 text (line 2)");
    assert_eq!(reason(""), "it isn’t a file");
    assert!(read(&folder.path().join("none.toml")).is_err());
}

#[test]
fn a_path_with_blanks_and_quotes_can_be_pasted() {
    assert_eq!(quoted(Path::new("/a/b-c.toml")), "/a/b-c.toml");
    assert_eq!(quoted(Path::new("/a b/it's.toml")), r"'/a b/it'\''s.toml'");
}

#[test]
fn the_index_of_built_in_exercises_is_what_the_parser_reads() {
    for (id, text) in BUILT_IN {
        assert_eq!(built_in::head(id), parse::head(id, text).ok(), "{id}");
    }
}
