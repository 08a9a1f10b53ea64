// What of the operating system a jailed process needs: the C library's family, and the tools that build the jail.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the tools lie, whatever PATH says. */
const TOOL_FOLDERS = ['/usr/bin', '/usr/sbin', '/bin', '/sbin', '/run/current-system/sw/bin']
/** Beside what Node itself is linked with: for sharp's and Skia's libraries, and for setpriv. */
const MORE_LIBRARIES = ['librt.so.1', 'libresolv.so.2', 'libcap-ng.so.0']

/** The path of a program of util-linux; its bare name where it is not found. */
export function toolFile(name: string): string {
  return TOOL_FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? name
}

/** The dynamic loader, where programs name it. */
const LOADERS = ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1']

let libraries: readonly string[] | undefined

/** The dynamic loader and the shared libraries that Node, the addons and setpriv are linked with. */
export function libraryFiles(): readonly string[] {
  libraries ??= findLibraries()
  return libraries
}

/** The folder of the C library. */
export function libraryFolder(): string {
  return dirname(libraryFiles().find((path) => /\/libc[.-]/.test(path)) ?? '/lib/libc.so.6')
}

function findLibraries(): string[] {
  const own = sharedObjects().flatMap((path) => [path, ...sonames(path)])
  const folders = new Set(own.map((path) => dirname(path)))
  const more = MORE_LIBRARIES.flatMap((name) => [...folders].map((folder) => join(folder, name)))
  return [...LOADERS, ...own, ...more].filter((path) => existsSync(path))
}

/** The names by which programs ask for a library: `libstdc++.so.6` for `libstdc++.so.6.0.30`. */
function sonames(path: string): string[] {
  const [, stem, version = ''] = /^(.*\.so)((?:\.\d+)+)$/.exec(path) ?? []
  const parts = version.split('.').slice(1)
  return parts.slice(1).map((_, i) => `${stem}.${parts.slice(0, i + 1).join('.')}`)
}

/** What is loaded into this process, which is the same Node; addons of whoever loads Easel into a process of theirs are not. */
function sharedObjects(): string[] {
  const mapped = readFileSync('/proc/self/maps', 'utf8').matchAll(/ (\/\S.*)$/gm)
  return [...new Set([...mapped].map(([, path = '']) => path))].filter(
    (path) => /\/(?:ld|lib)[^/]*\.so/.test(path) && !path.includes('/node_modules/'),
  )
}
