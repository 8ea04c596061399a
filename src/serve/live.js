// The page's side of `xianfeng serve`. The server adds it to every page that it answers with,
// and no build has it. What came from a source is only ever written as text.
(() => {
  "use strict";
  const OWN = "/.xianfeng/";
  const PLACE = "xianfeng-place";
  const LANG = "xianfeng-lang";
  const WORDS = {
    zh: {
      title: (n) => `有 ${n} 处要改，其余照常显示`,
      kept: (n) => `有 ${n} 处要改，改好以前网页保持原样`,
      nothing: (n) => `有 ${n} 处要改，改好以后网页会自动出现`,
      error: "错误",
      warning: "警告",
      note: "提示",
      more: (n) => `还有 ${n} 处没有列出`,
      fold: "收起",
      unfold: "展开",
      other: "English",
      wechat: "公众号",
    },
    en: {
      title: (n) => `${n} to fix; everything else is shown`,
      kept: (n) => `${n} to fix; until then the page stays as it was`,
      nothing: (n) => `${n} to fix; then the page appears by itself`,
      error: "error",
      warning: "warning",
      note: "note",
      more: (n) => `${n} more are not listed`,
      fold: "Fold",
      unfold: "Unfold",
      other: "中文",
      wechat: "For WeChat",
    },
  };

  const script = document.currentScript;
  // What this page was made of, and its own digest.
  let version = script.dataset.version;
  let digest = script.dataset.page;
  // A page with nothing of the site says why itself.
  const own = document.getElementById("xianfeng-problems");
  const empty = own !== null;

  // -- What to do about a change.

  function take(state) {
    const old = version;
    version = state.version;
    const good = state.problems.length === 0;
    if (!good) show(state);
    if (state.version === old) {
      if (good && !empty) hide();
    } else if (state.effect === "nothing") {
      return;
    } else if (state.after !== old || state.effect === "everything") {
      reload();
    } else if (state.effect === "styles") {
      if (good) hide();
      swap(state.styles);
    } else {
      compare(state);
    }
  }

  // Asks for this page once more, and reloads only if it is another.
  async function compare(state) {
    const asked = version;
    let answer;
    try {
      answer = await fetch(location.href, { cache: "no-store" });
    } catch {
      return; // The server is gone; when it is back there is an event.
    }
    if (asked !== version) return;
    if (answer.status === 500) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("xianfeng-problems");
      if (found) show(together(JSON.parse(found.textContent), state));
    } else if (answer.headers.get("xianfeng-page") !== digest) {
      reload();
    } else if (state.problems.length === 0) {
      hide();
    }
  }

  // The problems of a page, then those of the campaign that are not among them.
  function together(page, state) {
    const known = new Set(page.problems.map((problem) => JSON.stringify(problem)));
    const more = state.problems.filter((problem) => !known.has(JSON.stringify(problem)));
    const errors = more.filter((problem) => problem.severity === "error").length;
    const problems = [...page.problems, ...more];
    return { ...state, problems, errors: page.errors + errors };
  }

  // New sheets stand beside the old ones until they are loaded, so that nothing flickers.
  async function swap(paths) {
    const links = [...document.querySelectorAll("link[rel~=stylesheet]")];
    const changed = links.filter((link) => paths.includes(new URL(link.href).pathname));
    if (changed.length === 0) {
      reload(); // Imported by another sheet, or by a script.
      return;
    }
    for (const link of changed) {
      const next = link.cloneNode();
      const url = new URL(link.href);
      url.search = `?v=${version}`;
      next.href = url;
      next.onload = next.onerror = () => link.remove();
      link.after(next);
    }
    const asked = version;
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    const page = answer?.headers.get("xianfeng-page");
    if (page && asked === version) digest = page;
  }

  // -- Reloading, and the place on the page.

  function reload() {
    try {
      const place = { url: location.href, x: scrollX, y: scrollY };
      sessionStorage.setItem(PLACE, JSON.stringify(place));
    } catch {
      // No storage: the browser's own memory of the place has to do.
    }
    location.reload();
  }

  function resume() {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(PLACE));
      sessionStorage.removeItem(PLACE);
    } catch {
      return;
    }
    if (place?.url !== location.href) return;
    const back = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    back();
    // Pictures and fonts may move what is below them.
    if (document.readyState !== "complete") addEventListener("load", back, { once: true });
  }

  // -- The mistakes, over the page.

  let host = null;
  let folded = false;
  let shown = null;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function hide() {
    host?.remove();
    host = null;
    shown = null;
  }

  function show(state) {
    shown = state;
    let lang = state.lang;
    try {
      lang = sessionStorage.getItem(LANG) ?? lang;
    } catch {
      // As the terminal speaks.
    }
    const words = WORDS[lang] ?? WORDS.en;
    if (host === null) {
      host = element("div");
      host.id = "xianfeng-overlay";
      host.attachShadow({ mode: "open" });
      document.documentElement.append(host);
      const style = element("link");
      style.rel = "stylesheet";
      style.href = `${OWN}live.css`;
      host.shadowRoot.append(style, element("section"));
    }
    const section = element("section", folded ? "folded" : "");
    section.lang = lang === "zh" ? "zh-CN" : "en";
    section.setAttribute("role", "alert");
    const count = state.errors;
    const head = element("header");
    head.append(
      element("h2", "", (empty ? words.nothing : state.kept ? words.kept : words.title)(count)),
      button(words.other, () => {
        try {
          sessionStorage.setItem(LANG, lang === "zh" ? "en" : "zh");
        } catch {
          return;
        }
        show(shown);
      }),
      button(folded ? words.unfold : words.fold, () => {
        folded = !folded;
        show(shown);
      }),
    );
    const list = element("ol");
    list.append(...state.problems.map((problem) => item(problem, lang, words)));
    section.append(head, list);
    if (state.more > 0) section.append(element("p", "more", words.more(state.more)));
    host.shadowRoot.lastChild.replaceWith(section);
  }

  function button(text, action) {
    const made = element("button", "", text);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  function item(problem, lang, words) {
    const made = element("li", problem.severity);
    const at = problem.line === null ? "" : `:${problem.line}:${problem.column}`;
    const where = element("p", "where");
    where.append(
      element("span", "severity", words[problem.severity]),
      element("code", "path", `${problem.path}${at}`),
      element("code", "code", problem.code),
    );
    made.append(where, element("p", "message", problem.message[lang]));
    if (problem.excerpt) {
      const { before, marked, after } = problem.excerpt;
      const line = element("pre", "excerpt");
      line.append(
        element("span", "number", `${problem.line} `),
        before,
        element("mark", marked === "" ? "end" : "", marked),
        after,
      );
      made.append(line);
    }
    if (problem.help) made.append(element("p", "help", problem.help[lang]));
    return made;
  }

  // -- Listening. A browser has few connections to one server, so only a page that can be
  // seen holds one; when it is seen again the first event tells it what it missed.

  let events = null;

  function listen() {
    if (document.visibilityState === "hidden") {
      events?.close();
      events = null;
    } else if (events === null) {
      events = new EventSource(`${OWN}events`);
      events.onmessage = (event) => take(JSON.parse(event.data));
    }
  }

  // -- The story as an article for WeChat, on a page of its own.

  function offer(address) {
    const place = element("div");
    place.id = "xianfeng-wechat";
    place.attachShadow({ mode: "open" });
    const style = element("link");
    style.rel = "stylesheet";
    style.href = `${OWN}live.css`;
    const zh = document.documentElement.lang.startsWith("zh");
    const link = element("a", "wechat", (zh ? WORDS.zh : WORDS.en).wechat);
    link.href = address;
    link.target = "_blank";
    place.shadowRoot.append(style, link);
    document.documentElement.append(place);
  }

  resume();
  if (script.dataset.wechat) offer(script.dataset.wechat);
  if (empty) {
    const state = JSON.parse(own.textContent);
    if (state.problems.length > 0) show(state);
  }
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => {
    events?.close();
    events = null;
  });
  addEventListener("pageshow", listen);
  listen();
})();
