// Finds cells that a project can omit: those replaced by an edited rerun or undone by the user. A cell stays if
// anything else may need it: an export must be exact first and short second.
import { analyzeSnippet, type SnippetAnalysis } from '../snippet/analysis.ts'
import type { History, RanCell } from './history.ts'

/** Numbers of the cells that ended well and are no longer needed. */
export function supersededCells({ cells, fileChanges, files }: History): ReadonlySet<number> {
  const ran = cells.filter(({ status }) => status === 'ok')
  const family = familiesOf(cells)
  const dropped = new Set<number>()
  const analyze = createAnalyses()
  const current = new Set([...files.values()].map(({ cell }) => cell))

  for (const [at, cell] of ran.entries()) {
    const made = cell.fileChanges.flatMap(({ to }) => (to ? [to] : []))
    const leavesNothing = made.length > 0 && made.length === cell.fileChanges.length && !current.has(cell.number)
    if (!leavesNothing || !isIndependent(cell, ran.slice(0, at), analyze)) continue
    const later = ran.slice(at + 1)
    const heir = later.find((one) => family(one) === family(cell))
    const isNew = made.every(({ name }) => {
      const before = cell.files.get(name)
      return !before || (before.cell !== undefined && dropped.has(before.cell))
    })
    const isReplaced =
      heir !== undefined &&
      isNew &&
      cell.names.every((name) => heir.names.includes(name)) &&
      !editsMention(
        heir,
        made.map(({ name }) => name),
      ) &&
      !isMentioned(cell, later.slice(0, later.indexOf(heir)))
    const undone = made.every((version) =>
      fileChanges.some(
        (change, i) =>
          change.cell === undefined && change.to !== version && versionBefore(fileChanges, change.name, i) === version,
      ),
    )
    if (isReplaced || (undone && !isMentioned(cell, later))) dropped.add(cell.number)
  }
  return dropped
}

/** Groups cells that derive from the same first cell by edits. */
function familiesOf(cells: readonly RanCell[]): (cell: RanCell) => number {
  const roots = new Map<number, number>()
  for (const { number, from } of cells) roots.set(number, from ? (roots.get(from.cell) ?? from.cell) : number)
  return ({ number }) => roots.get(number) ?? number
}

/** Whether it uses nothing of earlier cells but their imports, and so cannot have changed their values. */
function isIndependent(cell: RanCell, before: readonly RanCell[], analyze: Analyze): boolean {
  const { uses, members, changes } = analyze(cell)
  if (changes.includes('globals')) return false
  const used = new Set([...uses, ...members])
  const own = new Set(cell.names)
  const imported = new Set(before.flatMap((one) => analyze(one).imports.map(({ name }) => name)))
  return before.every(({ names }) => names.every((name) => !used.has(name) || own.has(name) || imported.has(name)))
}

type Analyze = (cell: RanCell) => SnippetAnalysis

/** Analyzes each cell once. */
function createAnalyses(): Analyze {
  const known = new Map<RanCell, SnippetAnalysis>()
  return (cell) => {
    const analysis = known.get(cell) ?? analyzeSnippet(cell.code)
    known.set(cell, analysis)
    return analysis
  }
}

/** Whether a cell among `others` may use a name or a file of this one. */
function isMentioned({ names, fileChanges }: RanCell, others: readonly RanCell[]): boolean {
  const words = [...names, ...fileChanges.map(({ name }) => name)]
  return others.some(({ code }) => words.some((word) => code.includes(word)))
}

/** Whether the edits introduce one of these file names. */
function editsMention({ from }: RanCell, names: readonly string[]): boolean {
  const edits = from?.edits ?? []
  return edits.some(({ find, replace }) => names.some((name) => replace.includes(name) && !find.includes(name)))
}

/** The version that the name had before change number `at`. */
function versionBefore(
  fileChanges: History['fileChanges'],
  name: string,
  at: number,
): History['fileChanges'][number]['to'] {
  return fileChanges.slice(0, at).findLast((change) => change.name === name)?.to
}
