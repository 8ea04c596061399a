#!/usr/bin/env python3
"""Builds of a site of photographs: xianfeng, beside Hugo (its own Resize to the same widths, as JPEG
and WebP) and, as the limit, libvips. CPU time, peak memory, bytes. Needs `hugo` and `vips` on the path or
in HUGO and VIPS; what is missing is left out.

    cargo build --release --example photographs && cargo build --release
    benches/pictures.py [COUNT]        # so many of 12 and of 24 megapixels each; 10
"""

import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
TARGET = TOP / "target/release"
WIDTHS = (480, 960, 1600)


def run(arguments, folder, before=None):
    """Wall and CPU seconds, and the peak of memory in MB, of a program and what it starts."""
    if before:
        before()
    child = subprocess.Popen(
        [str(a) for a in arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    start = time.time()
    err = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{arguments}: {err.decode(errors='replace')}")
    return time.time() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def total(folder, ends):
    return sum(p.stat().st_size for p in folder.rglob("*") if p.suffix in ends) / 1e6


def row(name, measured, megabytes=None):
    wall, cpu, peak = measured
    size = f"{megabytes:.1f}" if megabytes is not None else ""
    print(f"| {name} | {wall:.1f} | {cpu:.1f} | {peak:.0f} | {size} |", flush=True)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    work = pathlib.Path(tempfile.mkdtemp(prefix="pictures", dir=os.environ.get("BENCH_DIR", "/dev/shm")))
    photos = []
    for megapixels in (12, 24):
        folder = work / f"p{megapixels}"
        subprocess.run([TARGET / "examples/photographs", folder, str(count), str(megapixels)], check=True)
        photos += [(f"{megapixels}-{p.stem}", p) for p in sorted(folder.iterdir())]
    print(f"{len(photos)} photographs, {sum(p.stat().st_size for _, p in photos) / 1e6:.0f} MB\n")
    print("| | wall s | CPU s | peak MB | MB written |\n|---|---|---|---|---|")

    ours, plain = work / "ours", work / "plain"
    for site in (ours, plain):
        (site / "content/stories").mkdir(parents=True)
        (site / "content/site.yaml").write_text("title: 照片\n")
        for name, photo in photos:
            story = site / f"content/stories/s{name}"
            story.mkdir()
            body = "![照片](a.jpg)\n" if site == ours else "照片\n"
            text = f"---\ntitle: 照片 {name}\ndate: 2026-03-02\nkind: news\n---\n{body}"
            (story / "index.md").write_text(text)
            if site == ours:
                shutil.copy(photo, story / "a.jpg")
                old = time.time() - 3600
                os.utime(story / "a.jpg", (old, old))
    program = TARGET / "xianfeng"
    build = [program, "build", "--now", "2026-06-01"]
    for jobs in ("1", None):
        for site in (ours / "public", ours / ".xianfeng"):
            shutil.rmtree(site, ignore_errors=True)
        more = ["--jobs", jobs] if jobs else []
        name = "xianfeng, cold" + (", one thread" if jobs else "")
        row(name, run(build + more, ours), total(ours / "public/stories", {".jpg", ".webp"}))
    row("xianfeng, nothing changed", run(build, ours))
    story = next((ours / "content/stories").iterdir()) / "index.md"
    story.write_text(story.read_text() + "\n又一句。\n")
    row("xianfeng, one text changed", run(build, ours))
    run(build, plain)
    row("the same without pictures, nothing changed", run(build, plain))
    story = next((plain / "content/stories").iterdir()) / "index.md"
    story.write_text(story.read_text() + "\n又一句。\n")
    row("the same without pictures, one text changed", run(build, plain))
    shutil.rmtree(ours / "public")
    row("xianfeng, from its store", run(build, ours))

    if hugo := shutil.which(os.environ.get("HUGO", "hugo")):
        site = work / "hugo"
        (site / "layouts/_default").mkdir(parents=True)
        (site / "hugo.toml").write_text(
            'baseURL = "/"\ndisableKinds = ["taxonomy", "RSS", "sitemap"]\n[imaging]\nquality = 80\n'
        )
        resize = "".join(
            f'{{{{ with $p.Resize "{w}x jpg" }}}}<img src="{{{{ .RelPermalink }}}}">{{{{ end }}}}'
            f'{{{{ with $p.Resize "{w}x webp" }}}}<img src="{{{{ .RelPermalink }}}}">{{{{ end }}}}'
            for w in WIDTHS
        )
        single = '{{ $p := (.Resources.GetMatch "a.jpg") }}' + resize
        (site / "layouts/_default/single.html").write_text(single)
        (site / "layouts/_default/list.html").write_text("{{ range .Pages }}{{ .Title }}{{ end }}")
        for name, photo in photos:
            page = site / f"content/s{name}"
            page.mkdir(parents=True)
            (page / "index.md").write_text(f"---\ntitle: {name}\n---\n")
            shutil.copy(photo, page / "a.jpg")
        command = [hugo, "--quiet"]
        measured = run(command, site)
        made = site / "resources"
        row("Hugo, cold", measured, total(made, {".jpg", ".webp"}))
        row("Hugo, nothing changed", run(command, site))

    if vips := shutil.which(os.environ.get("VIPS", "vipsthumbnail")):
        out = work / "vips"
        out.mkdir()
        wall = cpu = peak = 0
        for name, photo in photos:
            for width in WIDTHS:
                for suffix in (".jpg[Q=80,optimize-coding,strip]", ".webp[Q=80,strip]"):
                    to = out / f"{name}-{width}{suffix}"
                    used = run([vips, photo, "-s", f"{width}x99999", "-o", to], work)
                    wall, cpu, peak = wall + used[0], cpu + used[1], max(peak, used[2])
        row("vipsthumbnail, a run for each copy", (wall, cpu, peak), total(out, {".jpg", ".webp"}))
    if not os.environ.get("BENCH_DIR"):
        shutil.rmtree(work)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
