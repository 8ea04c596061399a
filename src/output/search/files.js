// generator: xianfeng
// Search. `open` reads the directory of the index; what it returns searches. SCRIPTS and HERE
// are declared above (script.rs). The files are described in search.rs, what is compared in
// normalise.rs.

const here = new URL("./", HERE);
const root = new URL("../", here);
const rows = new Map();
let table;
let asked;

// 1 files

const fail = (name) => Object.assign(new Error(`search: ${name}`), { name: "SearchError" });

const handed = {};
if (SCRIPTS) window.xianfeng = (name, content) => handed[name]?.(content);

const read = (name, ending, fresh) => {
  if (SCRIPTS) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      handed[name] = done;
      script.onload = script.onerror = () => {
        script.remove();
        failed(fail(name));
      };
      script.src = new URL(`${name}.js${fresh ? `?${Date.now()}` : ""}`, here);
      document.head.append(script);
    });
  }
  return fetch(new URL(name + ending, here), { cache: fresh ? "reload" : name === "directory" ? "no-cache" : "default" })
    .then((answer) => {
      if (!answer.ok) throw fail(name);
      return ending === ".txt" ? answer.text() : answer.blob();
    });
};

const unzip = async (name, fresh) => {
  let bytes = await read(name, ".bin", fresh);
  if (SCRIPTS) bytes = new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))]);
  return new Response(bytes.stream().pipeThrough(new DecompressionStream("gzip")));
};

// A file is asked for once; one that failed, again.
const once = (name, make) => {
  if (!rows.has(name)) {
    const promise = make();
    rows.set(name, promise);
    promise.catch(() => rows.delete(name));
  }
  return rows.get(name);
};
const text = (name) => once(name, () => unzip(name).then((answer) => answer.text()));
const json = (name) => once(name, () => unzip(name).then((answer) => answer.json()));

// 2 what is compared

const HIDDEN = /[\u00AD\u200B-\u200F\u2060\uFEFF\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u;
const LETTER = /[\p{Alphabetic}\p{N}]/u;

// The normal form of a text, and for each unit of it from where to where it stands there.
export const normalise = (source, folds) => {
  let out = "";
  let between = 0;
  let last = 0;
  const from = [];
  const to = [];
  const put = (c, start, end) => {
    out += c;
    for (let i = 0; i < c.length; i++) {
      from.push(start);
      to.push(end);
    }
  };
  const letter = (plain, index, length) => {
    const c = folds?.get(plain) ?? plain;
    const wide = c >= "\u2e80";
    if (out && between && !(between === 1 && (wide || last))) put(between > 2 ? "\n" : " ", index, index);
    put(c, index, index + length);
    last = wide;
    between = 0;
  };
  for (const { 0: cluster, index } of source.matchAll(/.\p{M}*/gsu)) {
    // Nearly every character is one of these, and they are as they are.
    if (cluster > "\u4dff" && cluster < "\ua000" && !cluster[1]) {
      letter(cluster, index, 1);
      continue;
    }
    for (const plain of cluster.normalize("NFKC")) {
      for (const c of plain.toLowerCase()) {
        if (HIDDEN.test(c)) continue;
        if (LETTER.test(c)) letter(c, index, cluster.length);
        else between = Math.max(between, /[ \t]/.test(c) ? 1 : /[\n\r\u2028\u2029]/.test(c) ? 3 : 2);
      }
    }
  }
  return { text: out, from, to };
};

const key = (a, b, plane = 0) => a.codePointAt() * 0x200000 + plane * 0x10000 + b.codePointAt();

// Characters that tell little: the two around one are a pair as well (postings.rs).
const COMMON = " 的了在是一不有和人";

// The pairs of a normal text: those around a common character stand for the two that it is in.
const pairs = (chars) => {
  const keys = new Set();
  const around = chars.map((c, i) => i && chars[i + 1] < "\uffff" && chars[i - 1] > " " && chars[i + 1] > " " && COMMON.includes(c));
  chars.forEach((c, i) => {
    const next = chars[i + 1];
    if (around[i]) keys.add(key(chars[i - 1], next, 4 + COMMON.indexOf(c)));
    if (c > " " && next > " " && !around[i] && !around[i + 1]) keys.add(key(c, next));
  });
  return [...keys];
};

// What was typed, as terms: words parted by white space, what stands in quotation marks,
// and after - what must not stand.
const parse = (query) => {
  const terms = [];
  // Single characters are a name that was set wider.
  const whole = query.replace(/(?<!\S)(\p{Script=Han})\s+(?=\p{Script=Han}(?!\S))/gu, "$1");
  for (const [, minus, quoted, word] of whole.matchAll(/([-－]?)(?:["“”＂「『]([^"“”＂」』]*)["“”＂」』]|(\S+))/gu)) {
    for (const part of normalise(quoted ?? word, table).text.split("\n")) {
      if (!part || terms.some((term) => term.text === part && term.not === !!minus)) continue;
      const chars = [...part];
      const keys = pairs(chars);
      const exact = keys.length === 1 && (chars.length === 2 || (chars.length === 3 && keys[0] % 0x200000 > 0x3ffff));
      terms.push({ typed: quoted ?? word, text: part, not: !!minus, keys, exact });
    }
  }
  return terms;
};
