// generator: xianfeng
// The page of the search: a form, and what it finds. Every word is the theme's.

const page = (section) => {
  const say = section.dataset;
  const $ = (name) => section.querySelector(name);
  const form = $("form");
  const field = $("input[type=search]");
  const list = $("[data-search-results]");
  const status = $("[data-search-status]");
  const more = $("[data-search-more]");
  const sides = $("[data-search-facets]");
  const empty = $("[data-search-empty]");
  const fill = (words, values) => words.replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
  const make = (name, content, attributes) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...[content ?? []].flat());
    return element;
  };
  const marked = (pieces) => pieces.map(([plain, mark]) => (mark ? make("mark", plain) : plain));
  let [filters, typing, timer, retry, shown, control] = [{}, false, 0, 0, 0, null];

  const address = () => {
    const params = new URLSearchParams();
    if (field.value.trim()) params.set("q", field.value);
    for (const [name, values] of Object.entries(filters)) values.forEach((value) => params.append(name, value));
    return `${location.pathname}${params.size || [...params].length ? `?${params}` : ""}`;
  };
  const recall = () => {
    const params = new URLSearchParams(location.search);
    field.value = params.get("q") ?? "";
    filters = {};
    for (const [name, value] of params) if (name !== "q") (filters[name] ??= []).push(value);
    typing = false;
  };
  const remember = (push) => {
    if (address() !== location.pathname + location.search) history[push ? "pushState" : "replaceState"](null, "", address());
  };

  const item = (result) => {
    const kind = say[`kind_${result.kind}`] ?? result.kind;
    const entry = make("li", [
      make("p", [make("span", kind, { className: `kind kind-${result.kind}` }), make("time", result.date, { dateTime: result.date })], { className: "kicker" }),
      make("h2", make("a", marked(result.parts.title), { href: result.url })),
      make("p", marked(result.parts.excerpt), { className: "excerpt" }),
    ]);
    return entry;
  };

  const link = ({ name, url, more }) => make("li", [make("a", name, { href: url }), more ? ` ${more}` : ""]);
  const links = (names) => make("ul", names.slice(0, 8).map(link));
  // Pages of the very person, unit … that was typed, above what was found.
  const offers = make("div", [], { className: "search-offers", hidden: true });
  list.before(offers);

  // What else may be meant: as typed or as it sounds; else what begins so, which is a guess.
  const near = async (engine, query) => {
    const chars = [...query.replace(/\s/g, "")];
    let names = await engine.names(query);
    if (!names.length) names = await engine.sounds(query);
    const sure = names.length > 0;
    for (let length = chars.length - 1; length > 0 && !names.length; length--) names = await engine.names(chars.slice(0, length).join(""));
    return { names, sure };
  };
  const hints = ({ names, sure }, missing) => [
    ...(names.length ? [sure ? "" : make("p", say.near), links(names)] : []),
    ...(sure ? [] : [make("p", missing.length ? fill(say.missing, { words: missing.join(say.comma) }) : say.none)]),
  ];

  const drawFacets = async (engine, query) => {
    const counts = await engine.facets(query, { filters });
    const groups = [];
    // The theme says which facets there are, in which order and by which words.
    for (const key of Object.keys(say).filter((key) => key.startsWith("facet_"))) {
      const name = key.slice("facet_".length);
      const sums = counts[name];
      if (!sums) continue;
      const labels = new Map(await engine.values(name));
      const chosen = filters[name] ?? [];
      const values = Object.keys(sums).sort((x, y) => sums[y] - sums[x] || (x < y ? -1 : 1)).slice(0, 12);
      for (const value of chosen) if (!values.includes(value)) values.push(value);
      if (!values.length) continue;
      groups.push(make("fieldset", [
        make("legend", say[key]),
        ...values.map((value) => make("label", [
          make("input", [], { type: "checkbox", name, value, checked: chosen.includes(value) }),
          make("span", say[`${name}_${value}`] || labels.get(value) || value),
          make("span", String(sums[value] ?? 0), { className: "count" }),
        ])),
      ]));
    }
    return groups;
  };

  const run = async (offset = 0) => {
    control?.abort();
    control = new AbortController();
    const { signal } = control;
    clearTimeout(retry);
    const query = field.value;
    const chosen = Object.values(filters).some((values) => values.length);
    try {
      if (!query.trim() && !chosen) {
        list.replaceChildren();
        empty.replaceChildren();
        status.textContent = "";
        more.hidden = true;
        empty.hidden = sides.hidden = offers.hidden = true;
        return;
      }
      status.textContent ||= say.searching;
      const engine = await open();
      const answer = await engine.search(query, { filters, limit: 10, offset, signal });
      const meant = answer.total ? null : await near(engine, query);
      const hint = meant ? hints(meant, answer.missing) : [];
      const pages = offset || meant ? [] : (await engine.names(query)).filter(({ whole }) => whole);
      if (signal.aborted) return;
      const items = answer.results.map(item);
      offset ? list.append(...items) : list.replaceChildren(...items);
      if (offset) items[0]?.querySelector("a").focus();
      shown = offset + items.length;
      if (!offset) offers.replaceChildren(...(pages.length ? [links(pages)] : []));
      offers.hidden = !offers.firstChild;
      empty.replaceChildren(...hint);
      empty.hidden = !hint.length;
      more.hidden = !items.length || shown >= answer.total;
      status.textContent = meant ? (meant.sure ? say.near : say.none) : fill(answer.exact ? say.found : say.about, { n: answer.total });
      sides.hidden = !answer.total && !chosen;
      if (sides.open && !offset) {
        const groups = await drawFacets(engine, query);
        if (signal.aborted) return;
        const { name, value } = document.activeElement ?? {};
        const focused = sides.contains(document.activeElement);
        sides.querySelector("div").replaceChildren(...groups);
        if (focused) [...sides.querySelectorAll("input")].find((input) => input.name === name && input.value === value)?.focus();
      }
    } catch (error) {
      if (signal.aborted) return;
      status.textContent = say.failed;
      retry = setTimeout(() => run(offset), 3000);
    }
  };

  const typed = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      remember(!typing);
      typing = true;
      run();
    }, pause);
  };
  field.addEventListener("input", (event) => event.isComposing || typed(150));
  // Who has chosen characters in an input method has typed a word.
  field.addEventListener("compositionend", () => typed(0));
  field.addEventListener("focus", () => open().catch(() => {}), { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    remember(!typing);
    typing = false;
    run();
  });
  sides.addEventListener("change", ({ target }) => {
    const others = (filters[target.name] ?? []).filter((value) => value !== target.value);
    filters[target.name] = target.checked ? [...others, target.value] : others;
    remember(true);
    typing = false;
    run();
  });
  sides.addEventListener("toggle", () => sides.open && run());
  more.addEventListener("click", () => run(shown));
  section.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (!step || at < 0 || event.isComposing || !stops[at + step]) return;
    event.preventDefault();
    stops[at + step].focus();
  });
  addEventListener("popstate", () => {
    recall();
    run();
  });
  addEventListener("online", () => run());
  recall();
  sides.open = Object.keys(filters).length > 0;
  form.hidden = false;
  if (location.search) run();
};

const section = globalThis.document?.querySelector("[data-search]");
if (section) page(section);
