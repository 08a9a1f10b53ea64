// The journal does not record folders, so those that a cell expects and no file implies are made by a line of our own.
import type { SnippetAnalysis } from '../../snippet/analysis.ts'
import type { OkCell } from './past-cells.ts'

/** Folders that existed when the cell wrote into them, unless it made them itself. */
export function foldersOf(code: string, made: Iterable<string>): string[] {
  if (MAKES.test(code)) return []
  const folders = [...made].map((name) => name.slice(0, Math.max(0, name.lastIndexOf('/'))))
  return [...new Set(folders)].filter((folder) => folder !== '')
}

const MAKES = /mkd/

/** Code that makes the folders and declares no name. */
export function makeFoldersCode(folders: readonly string[]): string {
  return `for (const folder of ${JSON.stringify(folders)}) (await import('node:fs')).mkdirSync(folder, { recursive: true })\nvoid 0`
}

/** Folders that the code writes into and that an earlier cell, which is not live, made. */
export function foldersFor(
  { literals }: SnippetAnalysis,
  cells: readonly OkCell[],
  living: ReadonlySet<number>,
): string[] {
  const paths = literals
    .flat()
    .map(plainPath)
    .filter((path) => path.includes('/'))
  if (paths.length === 0) return []
  const makers = cells.filter(({ cell, code }) => !living.has(cell) && MAKES.test(code))
  const made = makers.flatMap(({ mentions }) => mentions.literals.flat().map(plainPath))
  return [...new Set(made)].filter((folder) => folder !== '' && paths.some((path) => path.startsWith(`${folder}/`)))
}

function plainPath(path: string): string {
  return path.replace(/^\/mnt\/data\/|^\.\//, '').replace(/(?<!\/)\/+$/, '')
}
