// More attempts to leave the isolate, like those of escape-attempts.ts: by modules added later, newer language
// features, requests that no module would make, and references in pictures.

const TOOLS =
  'const sharp = (await import("sharp")).default, canvas = await import("canvas"); const show = async (s) => { try { log("pixel:" + [...await s.removeAlpha().raw().toBuffer()].slice(0, 3)) } catch (e) { log(e.message) } }; const draw = async (src) => { try { const i = await Promise.race([canvas.loadImage(src), new Promise((_, no) => setTimeout(no, 20, new Error("late")))]), c = canvas.createCanvas(8, 8), x = c.getContext("2d"); x.drawImage(i, 0, 0); log("pixel:" + [...x.getImageData(0, 0, 1, 1).data].slice(0, 3)) } catch (e) { log(e.message) } }; const svg = (inside, root = "") => `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="8" height="8" ${root}>${inside}</svg>`; const both = async (text) => { await show(sharp(Buffer.from(text))); await draw(Buffer.from(text)) };'

const MODULES: readonly (readonly [string, string])[] = [
  [
    'the engine of zlib',
    'const zlib = await import("zlib"); for (const m of Object.keys(zlib)) { try { const r = zlib[m]("x", { info: true, params: { __proto__: { 1: 1 } }, dictionary: "x", chunkSize: 64 }); loot(r); caught(r && r.engine); if (r && r.engine) log("ESCAPED") } catch (e) { loot(e) } }',
  ],
  [
    'algorithms of crypto by other names',
    'const crypto = await import("crypto"); for (const n of ["__proto__", "constructor", "toString", SECRET, "\\0", { toString: () => "sha1" }]) for (const f of [() => crypto.createHash(n), () => crypto.createHmac(n, "k"), () => crypto.createHash("sha1", { outputLength: n })]) { try { const h = f(); loot(h); loot(h.constructor); log(typeof h.digest()) } catch (e) { loot(e); log(e.message.slice(0, 60)) } }',
  ],
  [
    'what a stream is given',
    'const { Transform, pipeline } = await import("stream"), crypto = await import("crypto"), zlib = await import("zlib"); const t = new Transform({ transform(c, e, done) { caught(done); loot(c); done(null, { then: caught }) }, readableObjectMode: true }); t.on("data", loot); t.write("x"); t.end(); for (const s of [crypto.createHash("sha1"), zlib.createGzip()]) { for (let o = s; o; o = getPrototypeOf(o)) for (const k of ownKeys(o)) { try { caught(s[k]); loot(s[k]) } catch {} } } await new Promise((ok) => setTimeout(ok, 5))',
  ],
  [
    'events of the process',
    'for (const n of ["exit", "beforeExit", "uncaughtException", "unhandledRejection", "message", "warning", "SIGTERM", "newListener"]) { process.on(n, (...a) => a.forEach(loot)); process.emit(n, {}) } for (let o = process; o; o = getPrototypeOf(o)) for (const k of ownKeys(o)) { let v; try { v = process[k] } catch {} loot(v); caught(v) } for (const s of [process.stdout, process.stderr]) { loot(s._handle); if (s._handle) log("ESCAPED") }',
  ],
  [
    'call sites of all modules',
    'const sites = []; Error.prepareStackTrace = (e, s) => { for (const x of s) { caught(x.getFunction()); const t = x.getThis(); if (t && t !== globalThis) loot(t); sites.push(x.getFileName(), x.getEvalOrigin(), x.getScriptNameOrSourceURL()) } return s }; const touch = async (f) => { try { await f() } catch (e) { void e.stack } }; for (const m of ["zlib", "crypto", "url", "assert", "stream", "timers/promises", "events"]) { const all = await import(m); for (const k of Object.keys(all)) if (typeof all[k] === "function" && k !== "setInterval") await Promise.race([touch(() => all[k](Symbol())), 0]) } log(sites.some((s) => /node_modules|dist[/]|[/](home|root|tmp)[/]/.test(String(s))) ? "ESCAPED" : "no")',
  ],
  [
    'thenables in asynchronous generators',
    'const { setInterval: every } = await import("timers/promises"); const it = every(1, { then(a, b) { caught(a); caught(b); loot(a); a(1) } }); await it.next(); await it.return({ then(a, b) { caught(a); caught(b); a() } }); for await (const x of (async function* () { yield { then(a) { caught(a); a(1) } } })()) loot(x)',
  ],
  [
    'parts of a Blob',
    'try { new Blob([new Proxy(new Uint8Array(4), {})]) } catch (e) { loot(e) } const b = new Blob({ *[Symbol.iterator]() { yield new Uint8Array(4); yield { toString() { loot(this); return "x" } } } }); for (const k of ["bytes", "arrayBuffer", "text", "stream"]) { try { const r = await b[k](); loot(r); caught(r) } catch (e) { loot(e) } } loot(b.slice(-1e9, 1e9)); log(b.size > 99 ? "ESCAPED" : "no")',
  ],
  [
    'signals and listeners',
    'const c = new AbortController(); c.signal.onabort = function (e) { loot(this); for (const k in e) { loot(e[k]); caught(e[k]) } }; c.signal.addEventListener("abort", { get handleEvent() { loot(this); return (e) => loot(e.composedPath()) } }); const any = AbortSignal.any({ *[Symbol.iterator]() { yield c.signal; yield { aborted: false, addEventListener(...a) { a.forEach(caught) } } } }); c.abort({ get name() { loot(this); return "x" } }); loot(any.reason); const s = (await import("sharp")).default; await s(Buffer.from("x"), { signal: any }).toBuffer().catch(loot)',
  ],
  [
    'classes in the place of typed arrays',
    'for (const n of ["Uint8Array", "Float64Array", "DataView", "Int32Array"]) { const Real = globalThis[n]; globalThis[n] = new Proxy(Real, { construct(t, a, w) { a.forEach(loot); if (a[0] && a[0].byteLength > 1e5) log("ESCAPED a pool of " + a[0].byteLength); return Reflect.construct(t, a, w) }, get(t, k, r) { caught(t[k]); return Reflect.get(t, k, t) } }) } structuredClone(new Float64Array(4)); await everything()',
  ],
  [
    'functions that inspect looks for when it loads',
    'for (const n of ["WebAssembly", "SharedArrayBuffer", "Atomics"]) Object.defineProperty(globalThis, n, { set(v) { caught(v); loot(v) }, get() { return undefined }, configurable: true }); console.log({ a: new Map([[1, new Proxy({}, {})]]) }); log(typeof gc === "function" || typeof WebAssembly !== "undefined" ? "ESCAPED" : "no")',
  ],
  [
    'held values of finalizers',
    'const P = FinalizationRegistry.prototype, r = P.register; P.register = function (t, held, u) { loot(this); caught(held); if (held && typeof held === "object") for (const k of ownKeys(held)) caught(held[k]); return apply(r, this, [t, held, u]) }; const d = WeakRef.prototype.deref; WeakRef.prototype.deref = function () { const v = apply(d, this, []); caught(v); return v }; await everything()',
  ],
  [
    'what regular expressions remember',
    'await everything(); try { (await import("fs")).readFileSync(SECRET) } catch {} log([RegExp.$_, RegExp.$1, RegExp["$&"], RegExp["$`"], RegExp["$\'"], RegExp.lastParen].join().slice(0, 400))',
  ],
  [
    'younger ways to import',
    'for (const text of ["import.source(\'node:fs\')", "import.defer(\'node:fs\')", "import(\'data:text/javascript,export default 1\', { with: { type: \'json\' } })", "import(\'file://" + SECRET + "\', { with: { type: \'text\' } })", "import(\'node:fs\', { get with() { return {} } })", "import.meta"]) for (const run of [(0, eval), (t) => new Function("return " + t)(), (t) => new (async () => {}).constructor("return await " + t)(), (t) => new (async function* () {}).constructor("yield " + t)().next()]) { try { const m = await run(text); loot(m); if (m && (m.readFileSync || m.default)) log("ESCAPED " + text) } catch (e) { loot(e) } }',
  ],
  [
    'disposal, iterators and promises of the youngest kind',
    'for (const text of ["{ using x = { [Symbol.dispose]() { loot(this); caught(arguments.callee) } } }", "new DisposableStack().defer(loot)", "Promise.try(() => { throw { then: caught } })", "Array.fromAsync({ async *[Symbol.asyncIterator]() { yield { then: caught } } })", "Iterator.from({ next: () => ({ get done() { loot(this); return true } }) }).toArray()", "Error.isError(new Proxy({}, {}))", "structuredClone(new (class extends Error { get cause() { loot(this) } })())", "new Function(\'return new.target\')()"]) { try { loot(await (0, eval)(text)) } catch (e) { loot(e) } }',
  ],
  [
    'time zone, locale and memory of the machine',
    'const o = Intl.DateTimeFormat().resolvedOptions(); log(o.timeZone === "UTC" && new Date(0).getTimezoneOffset() === 0 && process.memoryUsage().rss === 90 * 2 ** 20 || o.timeZone === "UTC" && process.pid === 1 ? "no" : "ESCAPED " + o.timeZone)',
  ],
  [
    'papaparse by address',
    'const papa = (await import("papaparse")).default; for (const [what, options] of [[ORIGIN + "a.csv", { download: true }], [SECRET, { download: true }], ["a", { worker: true }]]) { try { loot(papa.parse(what, { ...options, complete: (r) => log(JSON.stringify(r)), error: loot })) } catch (e) { loot(e) } } await new Promise((ok) => setTimeout(ok, 5)); loot(papa.Parser); loot(papa.NODE_STREAM_INPUT)',
  ],
]

const BY_HAND: readonly (readonly [string, string])[] = [
  ...(
    [
      ['a picture by path', '["sharp.run", { input: PICTURE, calls: [], end: "buffer" }, 1]'],
      [
        'a file to write',
        '["sharp.run", { input: { create: { width: 8, height: 8, channels: 3, background: "red" } }, calls: [["png", []]], end: "file", name: MARKER }, 1]',
      ],
      [
        'a method to write',
        '["sharp.run", { input: { create: { width: 8, height: 8, channels: 3, background: "red" } }, calls: [["toFile", [MARKER]], ["constructor", [PICTURE]], ["_read", []]], end: "buffer" }, 1]',
      ],
      [
        'tiles in a file',
        '["sharp.run", { input: { create: { width: 8, height: 8, channels: 3, background: "red" } }, calls: [["tile", [{ basename: MARKER }]], ["toFormat", ["dz"]]], end: "file", name: MARKER + ".dz" }, 1]',
      ],
      [
        'a profile by path',
        '["sharp.run", { input: { create: { width: 8, height: 8, channels: 3, background: "red" } }, calls: [["withIccProfile", [SECRET]], ["png", []]], end: "buffer" }, 1]',
      ],
      [
        'a font by path',
        '["sharp.run", { input: { text: { text: "a", fontfile: SECRET, font: SECRET } }, calls: [["png", []]], end: "buffer" }, 1]',
      ],
      [
        'layers by path',
        '["sharp.run", { input: { create: { width: 8, height: 8, channels: 3, background: "red" } }, calls: [["composite", [[{ input: PICTURE }, { input: { text: { text: "a", fontfile: SECRET } } }]]], ["raw", []]], end: "buffer" }, 1]',
      ],
      [
        'a picture of many by path',
        '["sharp.run", { input: [PICTURE, { $bytes: 0, $kind: "__proto__" }], calls: [["joinChannel", [PICTURE]], ["boolean", [PICTURE, "or"]]], end: "buffer" }, 1]',
      ],
    ] as const
  ).map(
    ([title, request]) =>
      [
        `a request made by hand for ${title}`,
        `const sharp = (await import("sharp")).default; const request = ${request}; let used = 0; Array.prototype.toJSON = function () { if (typeof this[0] === "string" && /^[a-z]+[.][a-z]+$/i.test(this[0]) && this[0] !== "console.print" && this !== request) { used++; return request } return this }; let r; try { r = await sharp(Buffer.from("x")).toBuffer() } catch (e) { loot(e); r = e.message } finally { delete Array.prototype.toJSON } log(used > 0 ? "sent" : "not sent", Buffer.isBuffer(r) ? "pixel:" + [...await sharp(r).removeAlpha().raw().toBuffer().catch(() => r)].slice(0, 3) : String(r).slice(0, 300))`,
      ] as const,
  ),
  [
    'requests made by hand for any operation',
    'const fs = await import("fs"); for (const request of [["fs.read", SECRET, 0], ["fs.read", { path: SECRET }, 0], ["fs.copy", { from: "/mnt/data/../.." + SECRET, to: "taken", exclusive: false }, 0], ["fs.list", "/", 0], ["fs.write", { path: MARKER, flag: "w" }, 0], ["fs.rename", { from: "w.txt", to: MARKER }, 0], ["text.decode", { label: "constructor", fatal: false, ignoreBOM: false }, 0], ["crypto.hash", { algorithm: "sha1", keyed: false, length: -1 }, 0], ["zlib.sync", { method: "constructor", options: {}, hasDictionary: false }, 0], ["gif.finish", { id: 1 }, 0], ["canvas.call", { handle: 1, method: "constructor" }, 0], ["toString", 0, 0], ["__proto__", 0, 0]]) { Array.prototype.toJSON = function () { return this[0] !== "console.print" && this !== request && typeof this[0] === "string" ? request : this }; let r; try { r = fs.readFileSync("none") } catch (e) { loot(e); r = e.message } finally { delete Array.prototype.toJSON } log(String(r).slice(0, 200)) }',
  ],
]

const FILES: readonly (readonly [string, string])[] = [
  [
    'the promises and streams of fs',
    'const fs = await import("fs"), p = fs.promises; fs.writeFileSync("w.txt", "x"); for (const f of [() => p.readFile(SECRET, "utf8"), () => p.copyFile(SECRET, "taken"), () => p.writeFile(MARKER, "x"), () => p.rename("w.txt", MARKER), () => p.readdir("/"), () => p.cp?.(SECRET, "taken"), () => p.open?.(SECRET), () => p.symlink?.(SECRET, "link"), () => p.realpath?.("/"), () => p.mkdtemp?.(MARKER), () => p.appendFile(MARKER, "x"), () => p.truncate?.(MARKER), () => p.link?.(SECRET, "taken"), () => new Promise((ok, no) => fs.createReadStream(SECRET).on("data", ok).on("error", no)), () => new Promise((ok, no) => fs.createWriteStream(MARKER).on("error", no).end("x", ok))]) { try { log(String(await f()).slice(0, 300)) } catch (e) { loot(e); log(e.code) } } try { log(fs.readFileSync("taken", "utf8")) } catch (e) { log(e.code) }',
  ],
  [
    'folders and names that climb',
    'const fs = await import("fs"); fs.mkdirSync("a/b", { recursive: true }); fs.writeFileSync("a/b/c", "x"); for (const to of ["a/b/../../../../.." + MARKER, "a\\u2215..\\u2215..", "..\\u0000" + MARKER, "a/./../../x", "\\uff0e\\uff0e/x", MARKER + "/", "a/b/c/../../../../x", "/mnt/data/../data2/x", "/mnt//data/../../" + MARKER]) for (const f of [() => fs.renameSync("a/b", to), () => fs.copyFileSync("a/b/c", to), () => fs.mkdirSync(to, { recursive: true }), () => fs.writeFileSync(to, "x"), () => fs.cpSync?.("a", to, { recursive: true })]) { try { f() } catch (e) { loot(e); log(e.code) } } log(fs.readdirSync(".").join())',
  ],
]

const REFERENCES: readonly (readonly [string, string])[] = [
  [
    'an SVG in an SVG, with the file in the inner one',
    'const inner = Buffer.from(svg(`<image width="8" height="8" href="file://${PICTURE}"/>`)).toString("base64"); await both(svg(`<image width="8" height="8" href="data:image/svg+xml;base64,${inner}"/>`)); await draw("data:image/svg+xml;base64," + inner); await draw("data:image/svg+xml;utf8," + svg(`<image width="8" height="8" href="${PICTURE}"/>`))',
  ],
  [
    'an SVG whose base is a folder of the machine',
    'const [name, dir] = [PICTURE.split("/").at(-1), PICTURE.slice(0, PICTURE.lastIndexOf("/") + 1)]; await both(svg(`<image width="8" height="8" xlink:href="${name}"/>`, `xml:base="file://${dir}"`)); await both(`<?xml version="1.0"?><?xml-base href="file://${dir}"?>` + svg(`<image width="8" height="8" href="./${name}"/>`))',
  ],
  [
    'an SVG with filters, patterns and uses of a file',
    'await both(svg(`<defs><filter id="f" x="0" y="0" width="1" height="1"><feImage href="file://${PICTURE}" width="8" height="8"/></filter><pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse"><image width="8" height="8" href="file://${PICTURE}"/></pattern></defs><rect width="8" height="8" filter="url(#f)"/><rect width="8" height="8" fill="url(#p)"/><use href="file://${PICTURE}#a"/><rect width="8" height="8" fill="url(file://${PICTURE}#p)"/><rect width="8" height="8" mask="url(${ORIGIN}m.svg#m)"/>`))',
  ],
  [
    'style sheets of an SVG',
    'await both(svg(`<style>@import "file://${SECRET}"; @import url(${ORIGIN}e.css); @font-face { font-family: y; src: url(file://${SECRET}) } rect { fill: url(file://${PICTURE}); cursor: url(${ORIGIN}c.png) }</style><rect width="8" height="8"/><text style="font-family:y">a</text>`)); await both(`<?xml-stylesheet type="text/css" href="file://${SECRET}"?>` + svg(`<rect width="8" height="8"/>`))',
  ],
  [
    'entities of an SVG, from outside and within each other',
    'await both(`<!DOCTYPE svg PUBLIC "x" "${ORIGIN}x.dtd" [<!ENTITY % p SYSTEM "${ORIGIN}p.dtd"> %p; <!ENTITY f SYSTEM "file://${SECRET}"> <!ENTITY g "&f;">]>` + svg(`<text y="8">&g;</text>`)); await both(`<!DOCTYPE svg [<!ATTLIST image href CDATA #FIXED "file://${PICTURE}"> <!ENTITY i "<image width=\'8\' height=\'8\'/>">]>` + svg("&i;"))',
  ],
  [
    'markup of a text',
    'for (const [text, more] of [[`<span font_desc="${SECRET} 12">a</span>`, {}], [`<span face="file://${SECRET}">a</span>`, {}], ["a", { font: SECRET }], ["a", { fontfile: "file://" + SECRET }], [`<!DOCTYPE markup [<!ENTITY e SYSTEM "file://${SECRET}">]><span>&e;</span>`, {}]]) { try { const { info } = await sharp({ text: { text, ...more, rgba: true } }).png().toBuffer({ resolveWithObject: true }); log(info.width) } catch (e) { loot(e); log(e.message) } }',
  ],
  [
    'images by odd sources',
    'const load = async (src) => { const i = new canvas.Image(); await new Promise((ok) => { i.onload = i.onerror = ok; try { i.src = src } catch { ok() } setTimeout(ok, 20) }); await draw(i).catch(loot) }; for (const src of ["file:" + PICTURE, "FILE://" + PICTURE, new URL("file://" + PICTURE), { toString: () => PICTURE }, " " + PICTURE, "\\n" + PICTURE, "data:," + PICTURE, "data:image/png," + PICTURE, PICTURE + "\\0", "blob:" + PICTURE]) { await load(src); await draw(src) }',
  ],
]

export const LATER_ATTEMPTS: readonly (readonly [string, string])[] = [
  ...MODULES,
  ...BY_HAND,
  ...FILES,
  ...REFERENCES.map(([title, code]) => [title, `${TOOLS} ${code}`] as const),
]
