// 3 the index

const entries = (packed) => {
  const chars = [...packed];
  const list = [];
  for (let i = 0; i < chars.length; i += 18) {
    const name = `${chars[i].codePointAt().toString(16)}.${chars[i + 1].codePointAt().toString(16)}`;
    list.push({ key: key(chars[i], chars[i + 1]), name, digest: chars.slice(i + 2, i + 18).join("") });
  }
  return list;
};
// The last entry that is not after the key.
const before = (list, wanted) => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].key <= wanted) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
};

const reader = (bytes) => {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let step = 1; ; step *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * step;
      if (!(byte > 127)) return value;
    }
  };
  const take = (count) => bytes.subarray(at, (at += count));
  return { number, take, more: () => at < bytes.length };
};

const bytes = async (name) => new Uint8Array(await (await unzip(name)).arrayBuffer());

const openShard = ({ name, digest }) =>
  once(`k/${name}-${digest}`, async () => {
    const shard = new Map();
    const { number, take, more } = reader(await bytes(`k/${name}-${digest}`));
    let [a, b] = [0, 0];
    while (more()) {
      const step = number();
      a += step;
      b = number() + (step ? 0 : b);
      const count = number();
      const size = number();
      const tail = count > 4096 && `t/${a.toString(16)}.${b.toString(16)}-${String.fromCharCode(...take(16))}`;
      shard.set(a * 0x200000 + b, { count, tail, bytes: take(size) });
    }
    return shard;
  });

const decode = (list, parts) => {
  const ids = [];
  const impacts = [];
  let last = 0;
  for (const part of parts) {
    const { number, more } = reader(part);
    while (more()) {
      const value = number();
      last = ids.length ? last - Math.floor(value / 4) : Math.floor(value / 4);
      ids.push(last);
      impacts.push(value & 3);
    }
  }
  return { ids, impacts, count: list.count, floor: ids.length < list.count ? last : 0 };
};

class Engine {
  constructor(directory) {
    this.use(directory);
  }

  use(directory) {
    this.directory = directory;
    this.shards = entries(directory.shards);
  }

  // The keys of a term, those first that tell most: what spans many keys holds rare ones.
  order({ keys }) {
    const span = (wanted) => {
      const at = before(this.shards, wanted);
      return (this.shards[at + 1]?.key ?? 1 / 0) - (this.shards[at]?.key ?? 0) + (wanted % 0x200000 > 0x3ffff ? 1e12 : 0);
    };
    return keys.sort((x, y) => span(y) - span(x));
  }

  // The part of the directory that a key is in: from its first shard to the next part.
  async part(wanted) {
    if (!this.directory.parts) return this.shards;
    const { digest } = this.shards[before(this.shards, wanted)];
    return once(`e${digest}`, async () => entries(await text(`d/${digest}`)));
  }

  async list(wanted, whole) {
    const part = await this.part(wanted);
    const found = part.length && (await openShard(part[before(part, wanted)])).get(wanted);
    if (!found) return { ids: [], impacts: [], count: 0, floor: 0 };
    const parts = [found.bytes];
    if (whole && found.tail) parts.push(await once(found.tail, () => bytes(found.tail)));
    return decode(found, parts);
  }

  // The stories that have a character before another: the pairs that begin with it.
  async single(character, whole) {
    const first = key(character, "\0");
    const end = first + 0x200000;
    const part = await this.part(first);
    const shards = part.slice(before(part, first)).filter((entry, i) => !i || entry.key < end).slice(0, 12);
    const best = new Map();
    let floor = 0;
    for (const shard of await Promise.all(shards.map(openShard))) {
      for (const [k, found] of shard) {
        if (k < first || k >= end) continue;
        const list = await this.list(k, whole);
        floor = Math.max(floor, list.floor);
        list.ids.forEach((id, i) => best.set(id, Math.max(best.get(id) ?? 0, list.impacts[i])));
      }
    }
    const ids = [...best.keys()].filter((id) => id >= floor).sort((x, y) => y - x);
    return { ids, impacts: ids.map((id) => best.get(id)), count: best.size, floor };
  }

  // The stories that can have all terms, best first.
  async candidates(terms, filters, whole, loaded) {
    const wanted = terms.filter((term) => !term.not);
    const total = this.directory.stories;
    const lists = [];
    const paired = wanted.some((term) => term.keys.length);
    await Promise.all(wanted.map(async (term) => {
      // Of a longer term the first keys; the others when those do not tell enough.
      const own = await Promise.all(this.order(term).slice(0, loaded).map((k) => this.list(k, whole)));
      if (!own.length && !paired) own.push(await this.single([...term.text][0], whole));
      term.missing = own.some((list) => !list.count);
      const count = Math.min(total, ...own.map((list) => list.count));
      own.forEach((list) => lists.push(Object.assign(list, { term, at: 0, idf: Math.log(1 + total / (count || 1)) })));
    }));
    if (wanted.some((term) => term.missing)) return { found: [], count: 0 };
    lists.sort((x, y) => !!x.floor - !!y.floor || (x.floor ? y.floor - x.floor : x.ids.length - y.ids.length));
    const base = lists[0]?.ids ?? Array.from({ length: total }, (_, i) => total - 1 - i);
    const out = new Set();
    for (const term of terms) {
      if (term.not && term.exact) (await this.list(term.keys[0], true)).ids.forEach((id) => out.add(id));
    }
    const passes = await this.filter(filters);
    let found = [];
    let sure = true;
    next: for (const id of base) {
      if (out.has(id) || !passes(id)) continue;
      const impact = new Map();
      for (const list of lists) {
        while (list.at < list.ids.length && list.ids[list.at] > id) list.at++;
        let own = 0;
        if (list.ids[list.at] === id) own = list.impacts[list.at];
        else if (id >= list.floor) continue next;
        else sure = false;
        impact.set(list.term, Math.min(own, impact.get(list.term) ?? 3));
      }
      let score = 0;
      let all = impact.size > 0;
      for (const [term, own] of impact) {
        score += lists.find((list) => list.term === term).idf * [1, 1.6, 3, 6][own];
        all &&= own === 3;
      }
      found.push({ id, score: all ? score + 1e6 : score });
    }
    found.sort((x, y) => y.score - x.score || y.id - x.id);
    const floor = lists[0]?.floor;
    const count = floor ? Math.min(...lists.map((list) => list.count)) - out.size : found.length;
    const exact = sure && terms.every((term) => term.exact) && (!floor || (lists.length === 1 && !out.size));
    return { found, count: Math.max(count, found.length), exact, partial: !!floor };
  }

  facet(name) {
    const file = Object.hasOwn(this.directory.facets, name) && this.directory.facets[name];
    return file ? json(file) : { values: [], of: [] };
  }

  async filter(filters = {}, except) {
    const tests = [];
    for (const [name, chosen] of Object.entries(filters)) {
      const wanted = [chosen ?? []].flat().map(String);
      if (!wanted.length || name === except) continue;
      const { values, of } = await this.facet(name);
      const places = new Set(values.flatMap(([slug, label], i) => (wanted.includes(slug) || wanted.includes(label) ? [i] : [])));
      tests.push((id) => [of[id]].flat().some((place) => places.has(place)));
    }
    return (id) => tests.every((test) => test(id));
  }

  story(id) {
    return once(`s${id}`, async () => {
      let rest = id;
      const [month, , digests] = this.directory.months.find(([, count]) => (rest -= count) < 0 && (rest += count) >= 0);
      // Ten characters for each 16 texts of the month (TEXTS in search.rs).
      const at = 10 * Math.floor(rest / 16);
      const text = await read(`s/${month}-${digests.slice(at, at + 10)}/${rest}`, ".txt");
      const end = text.indexOf("\n");
      const story = { ...JSON.parse(text.slice(0, end)), body: text.slice(end + 1) };
      if (story.folded && !table) await this.fold();
      return story;
    });
  }

  table() {
    return table;
  }

  async fold() {
    if (table) return;
    const chars = [...(await text(this.directory.table))];
    table = new Map();
    for (let i = 0; i < chars.length; i += 2) table.set(chars[i], chars[i + 1]);
  }

  // Runs `task`; where a file is missing or broken, once more with a new directory.
  async safely(task) {
    try {
      return await task();
    } catch (error) {
      if (error.name === "AbortError") throw error;
      rows.clear();
      this.use(await load(true));
      return task();
    }
  }

  search(query, { filters = {}, limit = 10, offset = 0, signal } = {}) {
    return this.safely(async () => {
      let answer = await this.find(String(query ?? ""), filters, limit, offset, signal);
      if (!answer.results.length && !table && /[^\0-\u2E7F]/.test(query)) {
        const before = answer.terms;
        await this.fold();
        if (parse(query).some((term, i) => term.text !== before[i]?.text)) {
          answer = await this.find(query, filters, limit, offset, signal);
        }
      }
      const { terms, ...rest } = answer;
      return rest;
    });
  }

  async find(query, filters, limit, offset, signal) {
    const stop = () => signal?.throwIfAborted();
    const terms = parse(query);
    const nothing = (more) => ({ total: 0, exact: true, results: [], terms, missing: [], ...more });
    const filtered = Object.values(filters).some((chosen) => [chosen ?? []].flat().length);
    if (!terms.some((term) => !term.not) && !filtered) return nothing();
    let loaded = 3;
    let whole = filtered;
    let state = await this.candidates(terms, filters, whole, loaded);
    stop();
    if (state.partial && state.found.length <= offset + limit) {
      whole = true;
      state = await this.candidates(terms, filters, whole, loaded);
    }
    const seen = new Map();
    let good = [];
    for (let at = 0; good.length < offset + limit; ) {
      // A few first, where more pairs could tell more than the stories themselves.
      const unread = terms.some((term) => !term.not && term.keys.length > loaded);
      const batch = state.found.slice(at, at + Math.min(offset + limit - good.length, unread && !at ? 3 : 1 / 0));
      if (!batch.length) {
        if (!state.partial) break;
        whole = true;
        at = 0;
        good = [];
        state = await this.candidates(terms, filters, whole, loaded);
        continue;
      }
      stop();
      const skipped = state.exact && good.length + batch.length <= offset;
      await Promise.all(batch.map(async ({ id }) => seen.has(id) || seen.set(id, skipped || this.shown(await this.story(id), terms))));
      batch.forEach(({ id }) => seen.get(id) && good.push(seen.get(id)));
      at += batch.length;
      if (unread && at < state.found.length && batch.some(({ id }) => !seen.get(id))) {
        loaded += 2;
        at = 0;
        good = [];
        state = await this.candidates(terms, filters, whole, loaded);
      }
    }
    stop();
    const wrong = state.found.filter(({ id }) => seen.get(id) === null).length;
    const total = state.count - wrong;
    const exact = state.exact || (!state.partial && state.found.every(({ id }) => seen.has(id)));
    return nothing({
      total,
      exact,
      results: good.slice(offset, offset + limit),
      missing: terms.filter((term) => term.missing).map((term) => term.typed),
    });
  }

  // A story as a result, or null where a term does not stand in it.
  shown(story, terms) {
    const parts = ["title", "names", "body", "tags"].map((name) => ({ source: story[name], ...normalise(story[name], story.folded ? table : null) }));
    for (const { text, not } of terms) {
      if (parts.some((part) => part.text.includes(text)) === not) return null;
    }
    const wanted = terms.filter((term) => !term.not).sort((x, y) => y.text.length - x.text.length);
    const marks = ({ text, from, to }) => {
      const found = [];
      for (const term of wanted) {
        for (let at = text.indexOf(term.text); at >= 0 && found.length < 200; at = text.indexOf(term.text, at + 1)) {
          found.push([from[at], to[at + term.text.length - 1], term]);
        }
      }
      return found.sort((x, y) => x[0] - y[0]);
    };
    const [title, names, body, tags] = parts.map(marks);
    // The passage that has the most terms.
    const inside = body.length || title.length || !(names.length || tags.length);
    const [part, own] = inside ? [parts[2], body] : names.length ? [parts[1], names] : [parts[3], tags];
    let start = 0;
    let most = 0;
    for (const [from] of own) {
      const near = own.filter((mark) => mark[0] >= from && mark[1] <= from + 80);
      const weight = new Set(near.map((mark) => mark[2])).size;
      if (weight > most) [start, most] = [from, weight];
    }
    const begin = part.source.lastIndexOf("\n", start - 1) + 1;
    const [from, to] = passage(part.source, Math.max(begin, start - 24), 110, own);
    const excerpt = plainly(cut(part.source, own, from, to), inside ? " " : " · ");
    if (from > begin) excerpt.unshift(["…"]);
    if (to < part.source.length) excerpt.push(["…"]);
    const url = new URL(story.url + (SCRIPTS ? "index.html" : ""), root);
    return {
      url: SCRIPTS ? url.href : url.pathname,
      title: story.title,
      excerpt: html(excerpt),
      kind: story.kind,
      date: story.date,
      focal_points: story.focal_points,
      parts: { title: cut(story.title, title, 0, story.title.length), excerpt },
    };
  }

  names(typed) {
    return this.safely(async () => {
      const wanted = normalise(String(typed ?? ""), table).text.replace(/\s/g, "");
      const files = this.directory.names;
      const found = new Map();
      if (!wanted) return [];
      let at = Math.max(files.findLastIndex(([first]) => first < wanted), 0);
      for (; at < files.length && found.size < 20; at++) {
        if (files[at][0] > wanted && !files[at][0].startsWith(wanted)) break;
        for (const line of (await text(`n/${files[at][1]}`)).split("\n")) {
          const [typing, kind, name, url, more, count] = line.split("\t");
          if (found.size < 20 && typing.startsWith(wanted) && !found.has(url)) {
            const address = new URL(url + (SCRIPTS ? "index.html" : ""), root);
            found.set(url, { name, kind, url: SCRIPTS ? address.href : address.pathname, more, count: +count, whole: typing === wanted });
          }
        }
      }
      return [...found.values()];
    });
  }

  // The names that sound like what was typed.
  sounds(typed) {
    return this.safely(async () => {
      const syllables = new Map();
      for (const line of (await text(this.directory.sounds)).split("\n")) {
        const [syllable, characters = ""] = line.split("\t");
        for (const c of characters) syllables.set(c, syllable);
      }
      const chars = [...normalise(String(typed ?? ""), table).text.replace(/\s/g, "")].map((c) => syllables.get(c));
      return chars.length > 1 && chars.every((syllable) => syllable) ? this.names(chars.join("")) : [];
    });
  }

  facets(query, { filters = {} } = {}) {
    return this.safely(async () => {
      const { found } = parse(String(query ?? "")).length ? await this.candidates(parse(query), {}, true, 9) : await this.candidates([], {}, true, 9);
      const counts = {};
      for (const name of Object.keys(this.directory.facets)) {
        const { values, of } = await this.facet(name);
        const passes = await this.filter(filters, name);
        const sums = values.map(() => 0);
        for (const { id } of found) if (passes(id)) for (const place of [of[id]].flat()) if (place >= 0) sums[place]++;
        counts[name] = Object.fromEntries(values.map(([slug], i) => [slug, sums[i]]).filter(([, sum]) => sum));
      }
      return counts;
    });
  }

  // The values of a facet: pairs of slug and name.
  async values(name) {
    return (await this.facet(name)).values;
  }
}

// From where to where a passage of about `length` goes that cuts no mark.
const passage = (source, from, length, marks) => {
  const end = source.indexOf("\n", from + 60);
  let to = Math.min(from + length, end < 0 ? source.length : end);
  for (const [start, stop] of marks) {
    if (start < from && stop > from) from = start;
    if (start < to && stop > to) to = stop;
  }
  if (/[\uDC00-\uDFFF]/.test(source[from] ?? "")) from--;
  if (/[\uDC00-\uDFFF]/.test(source[to] ?? "")) to++;
  return [from, to];
};

// The pieces of a passage: text, and whether it is marked.
const cut = (source, marks, from, to) => {
  const pieces = [];
  let at = from;
  for (const [start, stop] of marks) {
    if (stop <= at || stop > to || start < from) continue;
    if (start > at) pieces.push([source.slice(at, start)]);
    const last = pieces.at(-1);
    if (start <= at && last?.[1]) last[0] += source.slice(at, stop);
    else pieces.push([source.slice(Math.max(start, at), stop), true]);
    at = stop;
  }
  if (at < to) pieces.push([source.slice(at, to)]);
  return pieces;
};
const escape = (plain) => plain.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt()};`);
const plainly = (pieces, between) => pieces.map(([plain, marked]) => [plain.replace(/\n/g, between), marked]);
const html = (pieces) => pieces.map(([plain, marked]) => (marked ? `<mark>${escape(plain)}</mark>` : escape(plain))).join("");

const load = async (fresh) => {
  const directory = await (await unzip("directory", fresh)).json();
  if (directory.version !== 3) throw fail("version");
  return directory;
};

export const open = () => {
  asked ??= load().then((directory) => new Engine(directory), () => load(true).then((directory) => new Engine(directory)));
  asked.catch(() => (asked = null));
  return asked;
};
