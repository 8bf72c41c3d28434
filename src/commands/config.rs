//! `trust-coach config`: the settings, and where each comes from.

use serde_json::{Map, Value, json};

use crate::error::{Exit, Result};
use crate::home::settings::{Setting, SettingKind, SettingSource};
use crate::home::tell_misnamed;
use crate::home::world::World;
use crate::text::inert;
use crate::text::json;

/// Show your settings, and where each comes from
///
/// Flags win over variables, variables over the settings file, and the file over the built-in
/// values. Without --explain, you can save the output as your settings file; `trust-coach where`
/// shows where it goes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Also show what each is for, and where its value comes from
    #[arg(long)]
    explain: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints them, and then tells what is wrong with the file.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let settings = world.config.settings.all();
    let text = if args.json {
        json::pretty(&object(settings, world))
    } else if args.explain {
        let explained = settings.iter().map(explained).collect::<Vec<_>>();
        format!("{}\n{}", explained.join("\n"), file(world))
    } else {
        settings.iter().map(line).collect()
    };
    world.print(&text)?;
    if let Some(file) = world.config.file.clone() {
        tell_misnamed(&file, world);
    }
    world.config.broken.take().map_or(Ok(Exit::Done), Err)
}

/// As it stands in the file; what is not set is a comment there.
fn line(setting: &Setting) -> String {
    let name = setting.key.name;
    match value(setting) {
        Value::Null => format!("# {name} = \"\"\n"),
        Value::Bool(on) => format!("{name} = {on}\n"),
        value => {
            // Settings that come from variables can hold anything.
            let words = value.as_str().unwrap_or_default();
            format!(
                "{name} = {}\n",
                inert(&toml::Value::from(words).to_string())
            )
        }
    }
}

fn explained(setting: &Setting) -> String {
    let from = match setting.by {
        SettingSource::Flag => format!("from --{}", setting.key.name),
        SettingSource::Variable(name) => format!("from {name}"),
        SettingSource::File(number) => format!("from the settings file, line {number}"),
        SettingSource::Default if setting.value.is_empty() => String::from("not set"),
        SettingSource::Default => String::from("built in"),
    };
    let variables = setting.key.variables.join(", ");
    let variables = match variables.as_str() {
        "" => String::new(),
        names => format!("  variables: {names}\n"),
    };
    format!(
        "{}  {from}\n  {}\n{variables}",
        line(setting),
        setting.key.help
    )
}

fn file(world: &World<'_>) -> String {
    match &world.config.file {
        Some(path) if path.exists() => format!("The settings file: {}\n", shown(path)),
        Some(path) => format!("There’s no settings file yet: {}\n", shown(path)),
        None => String::from("There’s no settings file, since there’s no home folder.\n"),
    }
}

fn shown(path: &std::path::Path) -> String {
    inert(&path.display().to_string()).into_owned()
}

fn value(setting: &Setting) -> Value {
    match setting.key.kind {
        SettingKind::Switch
        | SettingKind::Permission
        | SettingKind::Titles
        | SettingKind::LookBack => json!(setting.value == "true"),
        // An empty pager is a choice.
        SettingKind::Pager => json!(setting.value),
        _ if setting.value.is_empty() => Value::Null,
        _ => json!(setting.value),
    }
}

fn object(settings: &[Setting], world: &World<'_>) -> Value {
    let settings = settings.iter().map(|setting| {
        let (from, name, line) = match setting.by {
            SettingSource::Flag => ("flag", None, None),
            SettingSource::Variable(name) => ("variable", Some(name), None),
            SettingSource::File(number) => ("file", None, Some(number)),
            SettingSource::Default => ("default", None, None),
        };
        let one = json!({
            "value": value(setting), "from": from, "variable": name, "line": line,
        });
        (setting.key.name.to_string(), one)
    });
    json!({
        "format": "1.0",
        "file": world.config.file.as_ref().map(|path| path.to_string_lossy()),
        "settings": settings.collect::<Map<_, _>>(),
    })
}
