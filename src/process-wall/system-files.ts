// What a jailed process needs of the operating system: the C library's files, and the tools that build the jail.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The tools' folders, regardless of PATH. */
const TOOL_FOLDERS = ['/usr/bin', '/usr/sbin', '/bin', '/sbin', '/run/current-system/sw/bin']
/** Libraries to which Node, sharp, Skia and setpriv are linked, by soname. */
const LIBRARIES =
  'libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2 libgcc_s.so.1 libstdc++.so.6 libatomic.so.1 libcap-ng.so.0'.split(
    ' ',
  )

/** The path of a program of util-linux; its bare name if it is not found. */
export function toolFile(name: string): string {
  return TOOL_FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? name
}

/** Paths of the dynamic loader, as programs name it. */
const LOADERS = ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1']

let libraries: readonly string[] | undefined

/** The dynamic loader, and the shared libraries that are loaded in this process or needed in the jail. */
export function libraryFiles(): readonly string[] {
  libraries ??= findLibraries()
  return libraries
}

/** The folder of the C library. */
export function libraryFolder(): string {
  return dirname(libraryFiles().find((path) => path.endsWith('/libc.so.6')) ?? '/lib/libc.so.6')
}

function findLibraries(): string[] {
  const own = sharedObjects()
  const folders = new Set(own.map((path) => dirname(path)))
  const named = LIBRARIES.flatMap((name) => [...folders].map((folder) => join(folder, name)))
  return [...LOADERS, ...own, ...named].filter((path) => existsSync(path))
}

/** Shared libraries loaded into this process, which runs the same Node; without an embedder's native addons. */
function sharedObjects(): string[] {
  const mapped = readFileSync('/proc/self/maps', 'utf8').matchAll(/ (\/\S.*)$/gm)
  return [...new Set([...mapped].map(([, path = '']) => path))].filter(
    (path) => /\/(?:ld|lib)[^/]*\.so/.test(path) && !path.includes('/node_modules/'),
  )
}
