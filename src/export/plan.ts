// What the project does, step by step: which cells it runs, and what it does to files in between so that each cell
// finds them as it did in the session.
import type { History, RanCell, Version } from './history.ts'
import type { ProgramCell, Step } from './program.ts'
import { supersededCells } from './superseded.ts'

export interface ProjectPlan {
  readonly cells: readonly ProgramCell[]
  readonly after: readonly Step[]
  /** The user's files, and those of cells that are left out, which the project includes. */
  readonly inputs: readonly Version[]
  /** Files that the project makes and compares with the session's. */
  readonly outputs: readonly Version[]
  /** Sentences on what differs from the session. */
  readonly notes: readonly string[]
}

export interface PlanDeps {
  /** The path in the project of a version's bytes; undefined if they are no longer kept. */
  readonly pathOf: (version: Version) => string | undefined
  /** Whether the name is valid for a file below a folder. */
  readonly isSafe: (name: string) => boolean
}

/** Plans the project of a history. */
export function planProject(history: History, { pathOf, isSafe }: PlanDeps): ProjectPlan {
  const superseded = supersededCells(history)
  const ran = history.cells.filter(({ status, number }) => status === 'ok' && !superseded.has(number))
  const numbers = new Set(ran.map(({ number }) => number))
  const inputs = new Set<Version>()
  const notes = new Set<string>()
  const state = new Map<string, Version>()
  /** Steps before each cell, and after the last. */
  const steps: Step[][] = [...ran, undefined].map(() => [])

  const made = (version: Version): boolean => version.cell !== undefined && numbers.has(version.cell)
  const putBack = (version: Version, at: number): Step | undefined => {
    const maker = ran.findIndex(({ number }) => number === version.cell)
    const keep = steps[maker + 1]
    // The bytes exist right after their cell; if a cell made the name twice, only the last version.
    if (!keep || ran[maker]?.fileChanges.findLast(({ name }) => name === version.name)?.to !== version) return undefined
    if (!keep.some(({ does, values }) => does === 'keep' && isFor(values, version)))
      keep.unshift({ does: 'keep', values: [version.name, version.number] })
    return steps[at] && { does: 'putBack', values: [version.name, version.number] }
  }
  const bring = (version: Version): Step | undefined => {
    if (version.cell !== undefined && superseded.has(version.cell)) return undefined
    const path = pathOf(version)
    if (path === undefined) {
      notes.add(`${version.name}: its content is no longer stored, so a cell that reads it fails.`)
      return undefined
    }
    inputs.add(version)
    const own = path === `inputs/${version.name}`
    return { does: 'bring', values: own ? [path] : [path, version.name] }
  }
  const settle = (files: ReadonlyMap<string, Version>, at: number): void => {
    for (const name of [...state.keys()].filter((one) => !files.has(one))) {
      steps[at]?.push({ does: 'remove', values: [name] })
      state.delete(name)
    }
    for (const [name, version] of files) {
      if (state.get(name) === version) continue
      if (!isSafe(name)) {
        notes.add(`${name}: this cannot be used as a file name, so the file is left out.`)
        continue
      }
      const step = (made(version) ? putBack(version, at) : undefined) ?? bring(version)
      if (!step) continue
      steps[at]?.push(step)
      state.set(name, version)
    }
  }

  for (const [at, cell] of ran.entries()) {
    settle(cell.files, at)
    for (const { name, to } of cell.fileChanges)
      if (to) state.set(name, to)
      else state.delete(name)
  }
  settle(history.files, ran.length)
  return {
    cells: ran.map((cell, at) => programCell(cell, ran[at - 1], steps[at] ?? [])),
    after: steps[ran.length] ?? [],
    inputs: [...inputs],
    outputs: [...history.files.values()].filter((version) => made(version) && isSafe(version.name)),
    notes: [...notes, ...leftOut(history.cells, superseded)],
  }
}

function isFor([name, number]: Step['values'], version: Version): boolean {
  return name === version.name && number === version.number
}

function programCell(cell: RanCell, before: RanCell | undefined, steps: readonly Step[]): ProgramCell {
  const { number, code, seed, clock, purpose, request } = cell
  return {
    number,
    code,
    seed,
    clock,
    purpose,
    request: request === before?.request ? undefined : request?.text,
    before: steps,
  }
}

function leftOut(cells: readonly RanCell[], superseded: ReadonlySet<number>): string[] {
  const failed = cells.filter(({ status }) => status !== 'ok').map(({ number }) => number)
  const list = (numbers: readonly number[]): string =>
    `${numbers.length === 1 ? 'Cell' : 'Cells'} ${numbers.join(', ')}`
  return [
    ...(failed.length > 0
      ? [`${list(failed)} did not end well and ${failed.length === 1 ? 'is' : 'are'} left out.`]
      : []),
    ...(superseded.size > 0
      ? [`${list([...superseded])} ${superseded.size === 1 ? 'was' : 'were'} replaced or undone later and left out.`]
      : []),
  ]
}
