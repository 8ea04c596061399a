//! Programs of others that may never end.

use std::io;
use std::process::{Child, Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often is looked whether it has ended.
const PAUSE: Duration = Duration::from_millis(50);

/// How the command ended; `None` if it was stopped, as it had run for as long as `limit`. What it
/// has started is stopped with it, where the system knows groups of processes.
///
/// # Errors
/// If it could not be started.
pub fn run_within(command: &mut Command, limit: Duration) -> io::Result<Option<ExitStatus>> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = command.spawn()?;
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if began.elapsed() >= limit {
            stop(&mut child)?;
            return Ok(None);
        }
        sleep(PAUSE);
    }
}

fn stop(child: &mut Child) -> io::Result<()> {
    // Programs of offices are scripts that start the real one.
    #[cfg(target_os = "linux")]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    child.wait().map(drop)
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, clippy::disallowed_methods)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_end_is_stopped_with_what_it_started() {
        let quick = run_within(Command::new("sh").args(["-c", "exit 3"]), Duration::from_secs(60));
        assert_eq!(quick.unwrap().and_then(|status| status.code()), Some(3));
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("written");
        // The shell waits for one that would write a file.
        let script = format!("(sleep 1; : >'{}') & wait", mark.display());
        let slow = run_within(Command::new("sh").args(["-c", &script]), Duration::from_millis(60));
        assert_eq!(slow.unwrap(), None);
        sleep(Duration::from_millis(1500));
        assert!(!mark.exists());
        run_within(&mut Command::new("/no/such/program"), Duration::ZERO).unwrap_err();
    }
}
