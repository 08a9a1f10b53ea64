// Imports in every form, import(), import.meta, top-level await
import * as path from 'node:path'
import { default as sharp, type Sharp } from 'sharp'
import fs, { promises as fsp } from 'fs'

const { readFile } = await import('node:fs/promises')
const namespace = await import('sharp')
console.log(path.join === path.posix.join, namespace.default === sharp, fsp.readFile === readFile, typeof fs.readFileSync, typeof import.meta.url)
const later: Promise<Sharp> = (async () => (await import('sharp')).default('photo.png'))()
console.log((await (await later).metadata()).format)
for await (const value of (async function* () { yield 1; yield await Promise.resolve(2) })()) console.log(value)
const gate = Promise.withResolvers<string>()
setTimeout(() => gate.resolve('opened'), 5)
console.log(await gate.promise, await Promise.all([1, Promise.resolve(2)]), await Promise.allSettled([Promise.reject(new Error('no')), 1]).then((all) => all.map(({ status }) => status)), await Promise.any([Promise.reject(1), 3]))
export const exported = 1
