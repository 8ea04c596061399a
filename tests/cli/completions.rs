//! `completions`: the scripts, asked in the shells themselves where those are installed.

use std::process::{Command, Stdio};

use crate::project::Project;

/// What a line may be completed to, and what not.
const CASES: &[(&str, &[&str], &[&str])] = &[
    ("", &["build", "archive", "completions"], &["verify", "--drafts"]),
    ("bu", &["build"], &["check"]),
    ("-", &["--root", "--lang"], &["--drafts"]),
    ("build --re", &["--relative"], &["--root"]),
    ("build -", &["--drafts", "--verify", "--root"], &["--title", "--csv"]),
    ("check --ver", &["--verbose", "--version"], &["--verify"]),
    ("-q --lang zh check --str", &["--strict"], &[]),
    ("build --lang ", &["zh", "en"], &["human", "build"]),
    ("build --format ", &["human", "json"], &["epub"]),
    ("book --format ", &["epub", "html"], &["zh"]),
    ("-r build ser", &["serve"], &["--drafts"]),
    ("new ", &["branch", "member", "news"], &["build"]),
    ("archive ", &["verify", "diff"], &["build"]),
    ("archive --dr", &["--dry-run"], &[]),
    ("archive diff a b --", &["--csv", "--force"], &["--dry-run"]),
    ("archive verify bag -", &["--strict", "--jobs"], &["--csv"]),
    ("help arch", &["archive"], &["--root"]),
    ("completions ", &["bash", "zsh", "fish", "powershell"], &[]),
];

/// Fails unless a shell completes each line as it should.
fn completes(shell: &str, complete: impl Fn(&Project, &str) -> Vec<String>) {
    for lang in ["zh", "en"] {
        let project = Project::nowhere();
        let script = project.run(&["completions", shell, "--lang", lang]);
        assert_eq!((script.code, script.err.as_str()), (0, ""));
        project.write("script", script.out);
        for (line, wanted, unwanted) in CASES {
            let found = complete(&project, line);
            let has = |word: &&&str| found.iter().any(|found| found == **word);
            let missing: Vec<_> = wanted.iter().filter(|word| !has(word)).collect();
            let extra: Vec<_> = unwanted.iter().filter(has).collect();
            assert!(missing.is_empty() && extra.is_empty(), "{shell}: {line}: {found:?}");
        }
    }
}

/// What a shell prints when it runs `script` with these arguments.
fn output(project: &Project, shell: &[&str], script: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).arg(script).args(arguments).current_dir(project.root());
    let output = command.stdin(Stdio::null()).env("TERM", "dumb").output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && err.is_empty(), "{shell:?} {arguments:?}: {err}");
    String::from_utf8(output.stdout).unwrap()
}

/// Is the shell installed? If not, the test says that it tested nothing.
fn is_there(shell: &str) -> bool {
    let version = Command::new(shell).arg("--version").stdin(Stdio::null()).output();
    let is_there = version.is_ok_and(|output| output.status.success());
    if !is_there {
        eprintln!("no {shell} here: its completions were not tested");
    }
    is_there
}

#[test]
fn bash() {
    if !is_there("bash") {
        return;
    }
    // What bash does with a line, but for reading the keys.
    let script = r#"
        compopt() { printf 'compopt %s\n' "$*"; }
        source ./script
        COMP_WORDS=(xianfeng "${@:1}") COMP_CWORD=$#
        _xianfeng && printf '%s\n' "${COMPREPLY[@]}""#;
    let shell = ["bash", "--norc", "--noprofile", "-c"];
    let complete = |project: &Project, line: &str| -> Vec<String> {
        let words: Vec<&str> = ["bash"].into_iter().chain(line.split(' ')).collect();
        let out = output(project, &shell, script, &words);
        out.lines().filter(|line| !line.is_empty()).map(String::from).collect()
    };
    completes("bash", complete);
    let project = Project::nowhere();
    project.write("script", project.run(&["completions", "bash"]).out);
    assert_eq!(complete(&project, "build -o "), ["compopt -o dirnames"]);
    assert_eq!(complete(&project, "book --output-file "), ["compopt -o default"]);
    assert_eq!(complete(&project, "archive verify "), ["compopt -o dirnames"]);
    // Bash takes the sign for a word of its own.
    assert_eq!(complete(&project, "build --format ="), ["human", "json"]);
    assert_eq!(complete(&project, "book --format = ep"), ["epub"]);
    assert_eq!(complete(&project, "--lang = en ser"), ["serve"]);
}

#[test]
fn fish() {
    if !is_there("fish") {
        return;
    }
    let script = "source ./script; complete -C \"xianfeng $argv[1]\"";
    completes("fish", |project, line| {
        let out = output(project, &["fish", "--no-config", "-c"], script, &["--", line]);
        out.lines().map(|line| line.split('\t').next().unwrap().to_string()).collect()
    });
}

#[test]
fn zsh() {
    if !is_there("zsh") {
        return;
    }
    // A zsh with a terminal of its own, in which the Tab key is pressed.
    let script = r#"
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "autoload -Uz compinit; compinit -D -u; source ./script; PS1=rea; PS1+=dy"
        wait_for() {
            local screen= chunk
            repeat 600; do
                zpty -r -t shell chunk && screen+=$chunk
                [[ $screen == *$1* ]] && return 0
                sleep 0.05
            done
            print -r -- "no $1 in: $screen" >&2
            exit 1
        }
        wait_for ready
        for line completed in "$@"; do
            zpty -w -n shell "$line"$'\t'
            wait_for $completed
            zpty -w -n shell $'\C-u'
        done
        zpty -d shell"#;
    let cases = [
        ("xianfeng ser", "serve"),
        ("xianfeng --roo", "--root"),
        ("xianfeng -r build compl", "completions"),
        ("xianfeng build --rel", "--relative"),
        ("xianfeng build --lang z", "zh"),
        ("xianfeng book --format ep", "epub"),
        ("xianfeng book --format=ht", "html"),
        ("xianfeng new mem", "member"),
        ("xianfeng archive --dr", "--dry-run"),
        ("xianfeng archive ver", "verify"),
        ("xianfeng archive diff a b --c", "--csv"),
        ("xianfeng completions po", "powershell"),
    ];
    for lang in ["zh", "en"] {
        let project = Project::nowhere();
        project.write("script", project.run(&["completions", "zsh", "--lang", lang]).out);
        let arguments = cases.iter().flat_map(|(line, completed)| [*line, *completed]);
        let arguments: Vec<&str> = ["zsh"].into_iter().chain(arguments).collect();
        output(&project, &["zsh", "-f", "-c"], script, &arguments);
    }
}

#[test]
fn powershell() {
    if !is_there("pwsh") {
        return;
    }
    let script = r#"
        . ./script.ps1
        $line = "xianfeng $($args[0])"
        (TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object CompletionText"#;
    completes("powershell", |project, line| {
        let function = format!("& {{ {script} }} '{line}'");
        std::fs::copy(project.path("script"), project.path("script.ps1")).unwrap();
        let shell = ["pwsh", "-NoProfile", "-NonInteractive", "-Command"];
        output(project, &shell, &function, &[]).lines().map(String::from).collect()
    });
}

#[test]
fn a_script_for_powershell_is_ascii() {
    // Older PowerShells read scripts in the encoding of the system.
    let project = Project::nowhere();
    let script = project.run(&["completions", "powershell", "--lang", "zh"]).out;
    assert!(script.is_ascii() && script.contains(r"\u7f51\u7ad9"), "{script}");
}

#[test]
fn an_unknown_shell_is_refused() {
    let project = Project::nowhere();
    for (arguments, message) in [
        (&["completions", "csh"][..], "bash, zsh, fish or powershell"),
        (&["completions"], "SHELL is missing"),
    ] {
        project.run(&[&["--lang", "en"], arguments].concat()).fails(2, message);
    }
}
