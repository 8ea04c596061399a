// Beside a text: printing, copying its address, and a list of headings that follows the reader.
(() => {
  const tools = document.querySelector("[data-tools]");
  const print = tools?.querySelector("[data-print]");
  const copy = tools?.querySelector("[data-copy]");
  if (tools) {
    print.onclick = () => window.print();
    copy.onclick = async () => {
      const address = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
      try {
        await navigator.clipboard.writeText(address);
      } catch {
        // Without https there is only the old way.
        const field = document.createElement("textarea");
        field.value = address;
        copy.after(field);
        field.select();
        document.execCommand("copy");
        field.remove();
        copy.focus();
      }
      const words = copy.textContent;
      if (words === tools.dataset.copied) return;
      copy.textContent = tools.dataset.copied;
      setTimeout(() => (copy.textContent = words), 2000);
    };
    for (const button of [print, copy]) button.parentNode.hidden = false;
  }

  // What scrolls can be scrolled by key.
  for (const table of document.querySelectorAll(".prose .table")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
  }

  // On paper the addresses of links are notes.
  addEventListener("beforeprint", () => {
    const prose = document.querySelector(".prose");
    if (!prose || prose.matches(".noted")) return;
    const list = document.createElement("ol");
    const places = new Map();
    for (const link of prose.querySelectorAll("a[href]:not([href^='#'], .zoom)")) {
      if (!places.has(link.href)) {
        list.append(Object.assign(document.createElement("li"), { textContent: decodeURI(link.href) }));
        places.set(link.href, places.size + 1);
      }
      link.after(Object.assign(document.createElement("sup"), { className: "print-note", textContent: `[${places.get(link.href)}]` }));
    }
    prose.classList.add("noted");
    if (places.size) {
      list.className = "print-notes";
      prose.append(list);
    }
  });

  const outline = document.querySelector(".outline details");
  if (!outline) return;
  const wide = matchMedia("(min-width: 72em)");
  const fold = () => (outline.open = wide.matches);
  fold();
  wide.addEventListener("change", fold);
  const links = [...outline.querySelectorAll("a")];
  const heads = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const follow = () => {
    const at = heads.findLastIndex?.((head) => head?.getBoundingClientRect().top < innerHeight / 3) ?? -1;
    links.forEach((link, i) => (i === at ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    const box = outline.parentNode;
    if (at >= 0 && wide.matches) box.scrollTop = links[at].offsetTop - box.clientHeight / 2;
  };
  const watch = new IntersectionObserver(follow, { rootMargin: "0px 0px -66% 0px" });
  heads.forEach((head) => head && watch.observe(head));
})();
