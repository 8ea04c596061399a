// Measures the search of a built site on a simulated phone: node benches/phone.mjs PUBLIC [SEED] [QUERIES]
//
// Chromium (CHROMIUM=… names another) with 1.6 Mbit/s, 150 ms and a sixth of the processor's speed.
// "opened" is a link to a search, with nothing in the cache: from the click to ten excerpts.
// "typed" is the page of the search, there and idle, with nothing else in the cache: from the last
// key to ten excerpts. Queries of four characters are drawn from the stories by a seed; those with
// fewer than ten answers are left out.
import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";

const [, , folder, seed = "1", count = "10"] = process.argv;
const base = path.resolve(folder);
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8" };

// Compresses as servers do: what is not compressed already.
const server = http.createServer((request, answer) => {
  const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
  const file = path.join(base, name.endsWith("/") ? `${name}index.html` : name);
  if (!file.startsWith(base) || !fs.existsSync(file)) return answer.writeHead(404).end();
  const type = types[path.extname(file)];
  const bytes = fs.readFileSync(file);
  if (!type) return answer.writeHead(200).end(bytes);
  answer.writeHead(200, { "content-type": type, "content-encoding": "gzip" }).end(zlib.gzipSync(bytes));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

const profile = fs.mkdtempSync(path.join(os.tmpdir(), "xianfeng-phone-"));
const flags = ["--headless", "--no-sandbox", "--remote-debugging-pipe", "--disable-extensions", "--no-first-run", `--user-data-dir=${profile}`, "about:blank"];
const chromium = spawn(process.env.CHROMIUM ?? "chromium", flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const [out, into] = [chromium.stdio[3], chromium.stdio[4]];
const waiting = new Map();
let [number, rest] = [0, ""];
into.setEncoding("utf8");
into.on("data", (more) => {
  const messages = (rest + more).split("\0");
  rest = messages.pop();
  for (const message of messages.map((text) => JSON.parse(text))) waiting.get(message.id)?.(message);
});
const call = (method, params = {}, sessionId) =>
  new Promise((done, failed) => {
    waiting.set(++number, ({ result, error }) => (error ? failed(new Error(`${method}: ${error.message}`)) : done(result)));
    out.write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`);
  });

// A page that nothing is remembered in, on the phone.
const phone = async () => {
  const { browserContextId } = await call("Target.createBrowserContext");
  const { targetId } = await call("Target.createTarget", { url: "about:blank", browserContextId });
  const { sessionId } = await call("Target.attachToTarget", { targetId, flatten: true });
  const own = (method, params) => call(method, params, sessionId);
  await own("Page.enable");
  await own("Network.enable");
  await own("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 100_000 });
  await own("Emulation.setCPUThrottlingRate", { rate: 6 });
  await own("Emulation.setDeviceMetricsOverride", { width: 360, height: 740, deviceScaleFactor: 2, mobile: true });
  const evaluate = async (expression) => (await own("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })).result.value;
  return { own, evaluate, close: () => call("Target.disposeBrowserContext", { browserContextId }) };
};
const ten = `new Promise((done) => {
  const look = () => document.querySelectorAll("[data-search-results] .excerpt").length >= 10 ? done(performance.now()) : setTimeout(look, 5);
  look();
})`;
const until = async (page, test) => {
  while (!(await page.evaluate(test))) await new Promise((done) => setTimeout(done, 20));
};
const opened = async (query) => {
  const page = await phone();
  await page.own("Page.navigate", { url: `${origin}/search/?q=${encodeURIComponent(query)}` });
  await until(page, "location.protocol !== 'about:' && document.readyState !== 'loading'");
  const time = await page.evaluate(ten);
  await page.close();
  return time;
};
const typed = async (query) => {
  const page = await phone();
  await page.own("Page.navigate", { url: `${origin}/search/` });
  await until(page, "location.protocol !== 'about:' && document.readyState === 'complete'");
  await new Promise((done) => setTimeout(done, 1500));
  const time = await page.evaluate(`(() => {
    const began = performance.now();
    const field = document.querySelector("[data-search] input[type=search]");
    field.focus();
    field.value = ${JSON.stringify(query)};
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    return ${ten}.then((at) => at - began);
  })()`);
  await page.close();
  return time;
};

let state = [...seed].reduce((sum, c) => Math.imul(sum ^ c.charCodeAt(), 0x9e3779b1) >>> 0, 2166136261);
const random = (n) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};
const pick = (list) => list[random(list.length)];
const texts = path.join(base, "search/s");
const bodies = fs.readdirSync(texts).flatMap((month) => fs.readdirSync(path.join(texts, month)).map((name) => path.join(texts, month, name)));
const stands = (query) => {
  let found = 0;
  return bodies.some((file) => fs.readFileSync(file, "utf8").includes(query) && ++found >= 10);
};
const queries = [];
while (queries.length < +count) {
  const runs = fs.readFileSync(pick(bodies), "utf8").match(/\p{Script=Han}{4,}/gu) ?? [];
  const run = runs.length ? pick(runs) : "";
  const from = random(Math.max(1, run.length - 3));
  const query = run.slice(from, from + 4);
  if (query.length === 4 && stands(query)) queries.push(query);
}
const times = { opened: [], typed: [] };
for (const query of queries) {
  times.opened.push(await opened(query));
  times.typed.push(await typed(query));
}
for (const [name, of] of Object.entries(times)) {
  of.sort((a, b) => a - b);
  console.log(`${name}: median ${Math.round(of[of.length >> 1])} ms, slowest ${Math.round(of.at(-1))} ms, of ${of.length}`);
}
chromium.kill();
server.close();
chromium.on("exit", () => fs.rmSync(profile, { recursive: true, force: true }));
