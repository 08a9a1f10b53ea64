// How @napi-rs/canvas's own JavaScript is bundled for the guest: its native module becomes our recorder.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'rolldown'

const require = createRequire(import.meta.url)
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** What the package's files import, and what stands for it. */
const STAND_INS: Readonly<Record<string, string>> = {
  './js-binding': here('./binding.ts'),
  fs: here('./package-files.ts'),
  stream: here('./package-stream.ts'),
  'node:stream': here('./package-stream.ts'),
  path: require.resolve('path-browserify'),
  util: here('../../core/util-package.ts'),
  url: here('./package-url.ts'),
  http: here('./no-network.ts'),
  https: here('./no-network.ts'),
}

/** The packages themselves, whoever imports them. */
const PACKAGES: Readonly<Record<string, string>> = {
  '@napi-rs/canvas': require.resolve('@napi-rs/canvas'),
  canvas: require.resolve('@napi-rs/canvas/node-canvas'),
  'readable-stream': require.resolve('readable-stream/lib/ours/browser.js'),
}

/** Texts of the package that a bare V8 isolate cannot run, by file, and what they become. */
const CHANGES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'index.js': [
    ["const { platform, homedir } = require('os')", ''],
    ['if (!process.env.DISABLE_SYSTEM_FONTS_LOAD) {', 'if (false) {'],
    // Without Blob the package would hand out null; ours says what to use instead.
    ["if ('Blob' in globalThis) {", 'if (true) {'],
  ],
  'load-image.js': [
    ['source instanceof ArrayBuffer || source instanceof SharedArrayBuffer', 'source instanceof ArrayBuffer'],
    ["process.platform === 'win32'", 'false'],
  ],
}

/** A rolldown plugin for the bundle that holds canvas/index.ts; readable-stream's own imports are guestSharp's. */
export function canvasPlugin(): Plugin {
  return {
    name: 'easel-canvas',
    resolveId(source, importer) {
      return PACKAGES[source] ?? (isPackage(importer) ? STAND_INS[source] : undefined)
    },
    transform(code, id) {
      if (!isPackage(id)) return undefined
      return changed(code, id, CHANGES[id.slice(id.lastIndexOf('/') + 1)] ?? [])
    },
  }
}

/** Replaces each text once; throws when a new version of the package no longer has it. */
export function changed(code: string, file: string, changes: readonly (readonly [string, string])[]): string {
  let text = code
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${file} no longer contains: ${from}`)
    text = text.replaceAll(from, () => to)
  }
  return text
}

function isPackage(file: string | undefined): boolean {
  return file?.includes('/node_modules/@napi-rs/canvas/') ?? false
}
