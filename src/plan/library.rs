//! Where plans come from: those compiled in, the person's own, and those of packs.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Plan, parse};
use crate::error::{Error, Exit};
use crate::exercise::library::{ExerciseOrigin, packs, quoted, read};
use crate::exercise::{Pack, id_in};
use crate::format::report::all_in_brief;
use crate::format::{did_you_mean, is_id, meant_as_toml};

macro_rules! texts {
    ($($id:literal)*) => {
        &[$(($id, include_str!(concat!("../../plans/", $id, ".toml"))),)*]
    };
}

/// The plans that are compiled in: id and text, in the order of lists.
#[rustfmt::skip]
pub const BUILT_IN: &[(&str, &str)] = texts![
    "after-you-broke-trust"
    "after-a-betrayal"
    "after-you-were-hurt"
    "reliable-again"
    "enough-to-decide"
    "talk-again"
];

/// The plans there are.
#[derive(Clone, Debug)]
pub struct PlanLibrary {
    own: Vec<OwnPlan>,
    misnamed: Vec<PathBuf>,
}

/// A plan file that is not built in.
#[derive(Clone, Debug)]
struct OwnPlan {
    id: String,
    path: PathBuf,
    pack: Option<Pack>,
}

impl PlanLibrary {
    /// Returns the built-in plans, those in a folder of the person's own, and those of the packs in
    /// another folder, where there are such folders. Reads names only.
    pub fn open(own: Option<&Path>, packs_folder: Option<&Path>) -> Self {
        let mut misnamed = Vec::new();
        let own = own.map(|folder| plans_in(folder, None, &mut misnamed));
        let mut all = own.unwrap_or_default();
        let packs = packs_folder.into_iter().flat_map(packs);
        for (pack, _) in packs {
            let folder = packs_folder.map(|folder| folder.join(&pack.name).join(PLANS));
            let plans = folder.map(|folder| plans_in(&folder, Some(&pack), &mut misnamed));
            all.extend(plans.unwrap_or_default());
        }
        Self { own: all, misnamed }
    }

    /// Returns the files that are meant as plans, and aren't read because of their names.
    pub fn misnamed(&self) -> &[PathBuf] {
        &self.misnamed
    }

    /// Returns the ids of all plans, built-in ones first.
    pub fn ids(&self) -> Vec<&str> {
        let built_in = BUILT_IN.iter().map(|(id, _)| *id);
        let own = self.own.iter().map(|own| own.id.as_str());
        let own = own.filter(|id| !is_built_in(id));
        built_in.chain(own).collect()
    }

    /// Returns the plan with this id; the person's own goes before a built-in one.
    ///
    /// # Errors
    ///
    /// There is none, or its file cannot be read or is wrong.
    pub fn load(&self, id: &str) -> Result<Plan, Error> {
        let own = self.own.iter().find(|own| own.id == id);
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == id);
        let text = match (own, built_in) {
            (Some(own), _) => read(&own.path).map_err(|reason| {
                let what = format!("could not read {}", own.path.display());
                Error::failed(what).detail(reason)
            })?,
            (None, Some((_, text))) => (*text).to_string(),
            (None, None) => {
                let error = Error::usage(format!("there’s no plan called {id}"));
                let error = did_you_mean(id, self.ids())
                    .into_iter()
                    .fold(error, Error::hint);
                return Err(error.hint("`trust-coach plan list` shows all of them"));
            }
        };
        match parse::plan(id, &text) {
            Ok(plan) => Ok(Plan {
                pack: own.and_then(|own| own.pack.clone()),
                ..plan
            }),
            Err(problems) => {
                let file = own.map_or_else(|| format!("{id}.toml"), |own| quoted(&own.path));
                let error = Error::new(Exit::BadExercise, format!("plan {id} isn’t right"));
                let lines = all_in_brief(&text, problems).into_iter();
                let error = lines.fold(error, Error::detail);
                Err(error.hint(format!("`trust-coach check {file}` shows where")))
            }
        }
    }

    /// Returns where the plan that [`Self::load`] would load comes from.
    pub fn origin(&self, id: &str) -> ExerciseOrigin {
        match self.own.iter().find(|own| own.id == id) {
            Some(own) if own.pack.is_some() => ExerciseOrigin::Pack(own.path.clone()),
            Some(own) if is_built_in(id) => ExerciseOrigin::OwnReplacing(own.path.clone()),
            Some(own) => ExerciseOrigin::Own(own.path.clone()),
            None => ExerciseOrigin::BuiltIn,
        }
    }
}

/// The folder of plans in a pack.
pub const PLANS: &str = "plans";

/// Returns whether a plan with this id is compiled in.
pub fn is_built_in(id: &str) -> bool {
    BUILT_IN.iter().any(|(known, _)| *known == id)
}

fn plans_in(folder: &Path, pack: Option<&Pack>, misnamed: &mut Vec<PathBuf>) -> Vec<OwnPlan> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut plans = Vec::new();
    for path in files.map(|file| file.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.strip_suffix(".toml");
        match stem.filter(|stem| !stem.starts_with('.')) {
            Some(id) if is_id(id) => {
                let id = pack.map_or_else(|| id.to_string(), |pack| id_in(&pack.name, id));
                let pack = pack.cloned();
                plans.push(OwnPlan { id, path, pack });
            }
            None if meant_as_toml(&name).is_none() => {}
            _ => misnamed.push(path),
        }
    }
    misnamed.sort();
    plans.sort_by(|one, other| one.id.cmp(&other.id));
    plans
}
