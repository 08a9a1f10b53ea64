// How @napi-rs/canvas's own JavaScript is bundled for the guest: its native module is replaced by our recorder.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'rolldown'

const require = createRequire(import.meta.url)
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Imports made by the package's files, and their replacements. */
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

/** The packages themselves, whichever module imports them. */
const PACKAGES: Readonly<Record<string, string>> = {
  '@napi-rs/canvas': require.resolve('@napi-rs/canvas'),
  canvas: require.resolve('@napi-rs/canvas/node-canvas'),
  'readable-stream': require.resolve('readable-stream/lib/ours/browser.js'),
}

/** Source text that a bare V8 isolate cannot run, by file, with its replacement. */
const CHANGES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'index.js': [
    ["const { platform, homedir } = require('os')", ''],
    ['if (!process.env.DISABLE_SYSTEM_FONTS_LOAD) {', 'if (false) {'],
    // Without Blob the package would return null; our Blob throws an error that names the alternative.
    ["if ('Blob' in globalThis) {", 'if (true) {'],
  ],
  'load-image.js': [
    ['source instanceof ArrayBuffer || source instanceof SharedArrayBuffer', 'source instanceof ArrayBuffer'],
    ["process.platform === 'win32'", 'false'],
  ],
}

/** The rolldown plugin for canvas/index.ts; guestSharp resolves readable-stream's own imports. */
export function canvasPlugin(): Plugin {
  return {
    name: 'easel-canvas',
    resolveId(source, importer) {
      return PACKAGES[source] ?? (isPackage(importer) ? STAND_INS[source] : undefined)
    },
    transform(code, id) {
      if (!isPackage(id)) return undefined
      return replaceTexts(code, id, CHANGES[id.slice(id.lastIndexOf('/') + 1)] ?? [])
    },
  }
}

/** Replaces every occurrence of each text; throws if a new version of the package no longer contains it. */
export function replaceTexts(code: string, file: string, changes: readonly (readonly [string, string])[]): string {
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
