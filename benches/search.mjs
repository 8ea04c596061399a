// Measures the search of a built site: node benches/search.mjs PUBLIC [SEED] [QUERIES]
//
// Queries are drawn from the text of the built pages (what carries data-search-body, and
// the titles) by a seed. Right is a story whose page has the query, in the normal form.
// Bytes are what a server that compresses would send: JSON and scripts with gzip, the
// files of the index as they are.
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { pathToFileURL } from "node:url";

const [, , folder, seed = "1", each = "40"] = process.argv;
const base = path.resolve(folder);
const files = [];
globalThis.fetch = async (url) => {
  const file = decodeURIComponent(url.pathname);
  if (!fs.existsSync(file)) return new Response("", { status: 404 });
  const bytes = fs.readFileSync(file);
  files.push([file.slice(base.length), file.endsWith(".bin") ? bytes.length : zlib.gzipSync(bytes).length]);
  return new Response(bytes);
};
const script = path.join(base, "search/search.js");
const fresh = async (n) => (await import(`${pathToFileURL(script)}?${n}`)).open();
const { normalise } = await import(pathToFileURL(script));
const sent = (since = 0) => files.slice(since).reduce((sum, [, size]) => sum + size, 0);
const engineSize = ["search.js", "page.js"].reduce((sum, name) => sum + zlib.gzipSync(fs.readFileSync(path.join(base, "search", name))).length, 0);

let state = [...seed].reduce((sum, c) => Math.imul(sum ^ c.charCodeAt(), 0x9e3779b1) >>> 0, 2166136261);
const random = (n) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};
const plain = (html) => html
  .replace(/<sup class="note">.*?<\/sup>/gs, "")
  .replace(/<\/?(?:a|em|strong|del|code|sup|span|small|input)\b[^>]*>/g, "")
  .replace(/<[^>]*>/g, "\n")
  .replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name]);

const stories = [];
const walk = (at) => {
  for (const entry of fs.readdirSync(at, { withFileTypes: true })) {
    if (entry.isDirectory()) walk(path.join(at, entry.name));
    else if (entry.name === "index.html") {
      const html = fs.readFileSync(path.join(at, entry.name), "utf8");
      const body = html.match(/data-search-body[^>]*>([\s\S]*?)<footer class="story-foot"/)?.[1] ?? "";
      // All that the page says of the story. Its kind and focal points are facets and not text.
      const article = html.match(/<article class="story[^]*?<\/article>/)?.[0] ?? "";
      const whole = article.replace(/<(ul class="tags"|p class="kicker"|nav)[^]*?<\/(ul|p|nav)>/g, "");
      const title = plain(html.match(/<h1>(.*?)<\/h1>/)?.[1] ?? "");
      stories.push({ url: `${at.slice(base.length)}/`, title, body: plain(body), text: `${normalise(plain(body)).text}\n${normalise(title).text}`, whole: normalise(plain(whole)).text });
    }
  }
};
walk(path.join(base, "stories"));

const substring = (length, test) => {
  for (;;) {
    const { body } = stories[random(stories.length)];
    const chars = [...body];
    const from = random(Math.max(1, chars.length - length));
    const part = chars.slice(from, from + length).join("");
    if (!/[\s]/.test(part) && test(part)) return part;
  }
};
const han = (part) => /^\p{Script=Han}+$/u.test(part);
const words = new Intl.Segmenter("zh", { granularity: "word" });
const crossing = () => {
  for (;;) {
    const part = substring(14, (part) => /^[\p{Script=Han}，。、]+$/u.test(part));
    const cuts = [...words.segment(part)];
    for (let i = 1; i < cuts.length; i++) {
      const [a, b] = [cuts[i - 1].segment, cuts[i].segment];
      if (han(a) && han(b) && a.length > 1 && b.length > 1) return a.slice(-1) + b.slice(0, 1 + random(2));
    }
  }
};
const engine0 = await fresh("names");
const letters = "abcdefghijklmnopqrstuvwxyz";
const people = [];
for (const letter of letters) for (const more of letters) people.push(...(await engine0.names(letter + more)).filter(({ kind }) => kind === "person"));
const table = new Map();
{
  const z = fs.readdirSync(path.join(base, "search")).find((name) => /^z-/.test(name));
  const chars = [...zlib.gunzipSync(fs.readFileSync(path.join(base, "search", z))).toString()];
  for (let i = 0; i < chars.length; i += 2) table.set(chars[i + 1], chars[i]);
}
const traditional = (part) => [...part].map((c) => table.get(c) ?? c).join("");
const classes = {
  "2 characters": () => substring(2, han),
  "3 characters": () => substring(3, han),
  "4 characters": () => substring(4, han),
  "7 characters": () => substring(7, han),
  "7, any characters": () => substring(7, (part) => normalise(part).text.length > 2),
  "across words": crossing,
  "people": () => people[random(people.length)]?.name ?? substring(3, han),
  "titles": () => stories[random(stories.length)].title,
  "Latin and Han": () => substring(5, (part) => /[a-z0-9]/i.test(part) && /\p{Script=Han}/u.test(part) && /^[\p{Script=Han}a-z0-9]+$/iu.test(part)),
  "two terms": () => {
    const chars = stories[random(stories.length)].body.split("\n").join("，");
    const runs = chars.match(/\p{Script=Han}{2,}/gu) ?? ["党员", "群众"];
    const pick = () => { const run = runs[random(runs.length)]; const from = random(run.length - 1); return run.slice(from, from + 2); };
    return `${pick()} ${pick()}`;
  },
  "Traditional": () => { for (;;) { const part = substring(4, han); const other = traditional(part); if (other !== part) return other; } },
};
const fold = new Map([...table].map(([to, from]) => [from, to]));
const missesShown = [];
console.log(`${stories.length} stories, seed ${seed}, ${each} queries a class`);
console.log("class | recall % | right in the top ten % | kB first | kB next | exact totals %");
let run = 0;
let moved = [0, 0, 0, 0];
for (const [name, draw] of Object.entries(classes)) {
  let [wanted, found, top, right, exact, totals] = [0, 0, 0, 0, 0, 0];
  let [first, next, firsts, nexts] = [0, 0, 0, 0];
  let engine;
  for (let i = 0; i < +each; i++) {
    const query = draw();
    const terms = query.split(/\s+/).map((term) => normalise(term, fold).text).filter(Boolean);
    const has = (story) => terms.every((term) => story.whole.includes(term) || story.text.includes(term));
    const answers = new Set(stories.filter(has).map(({ url }) => url));
    const cold = i % 5 === 0;
    if (cold) engine = null;
    const since = files.length;
    engine ??= await fresh(++run);
    const answer = await engine.search(query);
    const bytes = sent(since) + (cold ? engineSize : 0);
    if (cold) { first += bytes; firsts++; } else { next += bytes; nexts++; }
    const url = (result) => result.url.slice(base.length);
    top += answer.results.length;
    right += answer.results.filter((result) => answers.has(url(result))).length;
    for (const result of answer.results) if (!answers.has(url(result))) missesShown.push([name, query, "shown wrongly", url(result)]);
    const all = answers.size <= 300 ? new Set((await engine.search(query, { limit: 400 })).results.map(url)) : null;
    if (all) {
      wanted += answers.size;
      for (const one of answers) if (all.has(one)) found++; else missesShown.push([name, query, "not found", one]);
    } else {
      wanted++;
      found += answer.total >= answers.size;
    }
    totals++;
    exact += answer.exact;
  }
  const percent = (a, b) => (b ? ((100 * a) / b).toFixed(1) : "–");
  moved = [moved[0] + first, moved[1] + firsts, moved[2] + next, moved[3] + nexts];
  console.log(`${name} | ${percent(found, wanted)} | ${percent(right, top)} | ${(first / firsts / 1000).toFixed(1)} | ${(next / nexts / 1000).toFixed(1)} | ${percent(exact, totals)}`);
}
console.log(`all | | | ${(moved[0] / moved[1] / 1000).toFixed(1)} | ${(moved[2] / moved[3] / 1000).toFixed(1)}`);
let nowhere = 0;
const engine = await fresh("nowhere");
for (let i = 0; i < 50; i++) {
  const query = traditional(substring(2, han)).split("").reverse().join("") + substring(2, han);
  const normal = normalise(query, fold).text;
  if (stories.some((story) => story.whole.includes(normal))) continue;
  nowhere += (await engine.search(query)).total;
}
console.log(`answers to 50 queries that stand nowhere: ${nowhere}`);
const size = (at) => fs.readdirSync(at, { withFileTypes: true }).reduce((sum, entry) => sum + (entry.isDirectory() ? size(path.join(at, entry.name)) : fs.statSync(path.join(at, entry.name)).size), 0);
const index = ["k", "t", "d", "n", "f"].map((name) => [name, fs.existsSync(path.join(base, "search", name)) ? size(path.join(base, "search", name)) : 0]);
console.log(`index: ${index.map(([name, bytes]) => `${name} ${bytes}`).join(", ")}: ${(index.reduce((sum, [, bytes]) => sum + bytes, 0) / stories.length).toFixed(0)} bytes a story; texts ${(size(path.join(base, "search/s")) / stories.length).toFixed(0)}`);
console.log(`scripts ${engineSize} bytes, directory ${fs.statSync(path.join(base, "search/directory.bin")).size}`);
missesShown.slice(0, 8).forEach((miss) => console.log(...miss));
