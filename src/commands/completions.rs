//! `trust-coach completions`: what a shell needs to complete a command line.

use clap::{Arg, Command};
use clap_complete::Shell;

use crate::error::{Exit, Result};
use crate::home::world::World;

/// Print completions for your shell
///
/// In ~/.bashrc:
///   source <(trust-coach completions bash)
///
/// For zsh, in a folder of $fpath:
///   trust-coach completions zsh > ~/.zfunc/_trust-coach
///
/// In ~/.config/fish/config.fish:
///   trust-coach completions fish | source
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    world.print(&script(args.shell))?;
    Ok(Exit::Done)
}

/// The script for a shell. In bash, zsh and fish the names of exercises and sessions come from the
/// program when they are needed.
fn script(shell: Shell) -> String {
    let mut command = super::Cli::command();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, PROGRAM, &mut script);
    let script = String::from_utf8_lossy(&script);
    // The generator spells a hyphen in the program's name in two ways (clap #6421), and then nothing
    // completes behind a subcommand.
    let script = script.replace("trust__subcmd__coach", "trust__coach");
    match shell {
        Shell::Bash => format!("{script}\n{}", bash(&command, &script)),
        Shell::Zsh => zsh(&script),
        Shell::Fish => format!("{script}\n{}", fish(&command)),
        _ => script,
    }
}

const PROGRAM: &str = "trust-coach";

/// What the program can name, and how a shell asks for it.
const NAMED: [(&str, &str, &str); 3] = [
    ("EXERCISE", "exercises", "list --ids"),
    ("PLAN", "plans", "plan list --ids"),
    ("SESSION", "sessions", "history --ids --limit 50"),
];

/// A place on the command line where something is named.
struct CompletionPoint {
    /// The words of the command.
    path: Vec<String>,
    /// The option before it; none for the first word behind the command.
    option: Option<String>,
    /// Whether the same is named again behind it.
    again: bool,
    /// How to ask for the names.
    ask: &'static str,
}

/// Every such place.
fn places(command: &Command, path: &[String]) -> Vec<CompletionPoint> {
    let mut all = Vec::new();
    for arg in command.get_arguments() {
        if let Some((_, _, ask)) = NAMED.iter().find(|(name, _, _)| is_named(arg, name)) {
            all.push(CompletionPoint {
                path: path.to_vec(),
                option: arg.get_long().map(String::from),
                again: arg.is_positional()
                    && arg.get_num_args().is_some_and(|n| n.max_values() > 1),
                ask,
            });
        }
    }
    for below in command.get_subcommands() {
        let mut path = path.to_vec();
        path.push(below.get_name().to_string());
        all.extend(places(below, &path));
    }
    all
}

/// Whether the value of an argument has this name.
fn is_named(arg: &Arg, name: &str) -> bool {
    match arg.get_value_names() {
        Some([only]) => only.as_str() == name,
        None => arg.is_positional() && arg.get_id().as_str().eq_ignore_ascii_case(name),
        _ => false,
    }
}

/// The long options that take a value, of all commands.
fn with_values(command: &Command) -> Vec<String> {
    let own = command
        .get_arguments()
        .filter(|arg| arg.get_action().takes_values());
    let own = own.filter_map(|arg| arg.get_long().map(|long| format!("--{long}")));
    let mut all: Vec<String> = own.collect();
    all.extend(command.get_subcommands().flat_map(with_values));
    all.sort();
    all.dedup();
    all
}

fn bash(command: &Command, script: &str) -> String {
    let function = script.split("complete -F ").nth(1);
    let function = function.and_then(|rest| rest.split_whitespace().next());
    let cases = places(command, &[]).into_iter().map(|place| {
        let words = place.path.join(" ");
        match place.option {
            Some(option) => format!("        \"{words}:--{option}\") ask=\"{}\" ;;\n", place.ask),
            None if place.again => {
                format!(
                    "        \"{words}:\" | \"{words} \"*:) ask=\"{}\" ;;\n",
                    place.ask
                )
            }
            None => format!("        \"{words}:\") ask=\"{}\" ;;\n", place.ask),
        }
    });
    BASH.replace("@FUNCTION@", function.unwrap_or(":"))
        .replace("@OPTIONS@", &with_values(command).join("|"))
        .replace("@CASES@", cases.collect::<String>().trim_end())
}

fn zsh(script: &str) -> String {
    let mut script = script.to_string();
    let mut functions = String::new();
    for (name, what, ask) in NAMED {
        let function = format!("_trust-coach-{what}");
        // Options carry the name of their value, words behind a command that of the argument.
        script = script.replace(&format!(":{name}:_default"), &format!(":{name}:{function}"));
        let word = format!(":{} -- ", name.to_lowercase());
        let lines = script.split('\n').map(|line| {
            if line.contains(&word) {
                line.replace(":_default'", &format!(":{function}'"))
            } else {
                line.to_string()
            }
        });
        script = lines.collect::<Vec<_>>().join("\n");
        functions.push_str(
            &ZSH.replace("@FUNCTION@", &function)
                .replace("@WHAT@", what)
                .replace("@ASK@", ask),
        );
    }
    // What is autoloaded begins with this line, and runs from the top.
    let first = format!("#compdef {PROGRAM}\n");
    script.replacen(&first, &format!("{first}\n{functions}"), 1)
}

fn fish(command: &Command) -> String {
    let lines = places(command, &[]).into_iter().map(|place| {
        let mut words = place.path.iter();
        let first = words.next().map_or("", String::as_str);
        let rest = words.map(|word| format!("; and __fish_seen_subcommand_from {word}"));
        let here = format!(
            "__fish_trust_coach_using_subcommand {first}{}",
            rest.collect::<String>()
        );
        let option = place.option.map(|option| format!(" -l {option} -r"));
        format!(
            "complete -c {PROGRAM} -n \"{here}\"{} -f -a \"(command {PROGRAM} {} 2>/dev/null)\"\n",
            option.unwrap_or_default(),
            place.ask
        )
    });
    lines.collect()
}

/// Adds names to what the generated function found.
const BASH: &str = r#"_trust-coach-named() {
    local words="" option="" place="" ask="" word at
    for ((at = 1; at < COMP_CWORD; at++)); do
        word="${COMP_WORDS[at]}"
        if [[ -n "$option" ]]; then
            option=""
            continue
        fi
        case "$word" in
            @OPTIONS@) option="$word" ;;
            -*) ;;
            *) words="${words:+$words }$word" ;;
        esac
    done
    @FUNCTION@ "$@"
    local cur="${COMP_WORDS[COMP_CWORD]}"
    [[ "$cur" == -* ]] && return 0
    place="$words:$option"
    case "$place" in
@CASES@
    esac
    if [[ -n "$ask" ]]; then
        COMPREPLY=($(compgen -W "$(command trust-coach $ask 2>/dev/null)" -- "$cur"))
    fi
    return 0
}

complete -F _trust-coach-named -o bashdefault -o default trust-coach
"#;

const ZSH: &str = r#"@FUNCTION@() {
    local -a names
    names=(${(f)"$(command trust-coach @ASK@ 2>/dev/null)"})
    compadd -X "@WHAT@" -a names
}

"#;
