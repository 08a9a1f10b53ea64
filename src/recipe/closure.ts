// Finds the cells of a journal that made a file: its maker, the cells whose names that uses and whose files it reads,
// and so on back to the uploads. Which files a cell reads cannot be told from those it writes, so there are several
// drafts, the smallest first; `trial.ts` finds the one that makes the file.
import type { Event, EventOf } from '../../sessions/event.ts'
import { createFileHistory, type FileVersion } from '../../sessions/journal/file-history.ts'
import { planReplay } from '../../sessions/replay/plan.ts'
import { createPastCells, type OkCell } from '../runtime/replay/past-cells.ts'
import { createNameMatcher } from './file-names.ts'
import type { RecipeCell } from './recipe.ts'

/** Cells that may make the file. */
export interface Draft {
  /** Files that the user uploaded or a model drew, in order of arrival. */
  readonly inputs: readonly FileVersion[]
  readonly cells: readonly (RecipeCell & { readonly clock: number })[]
}

/** Which files a draft assumes that a cell reads. */
interface ReadAssumption {
  /** Also files that the cell itself remade. */
  readonly ownFiles: boolean
  /** Also files that were uploaded with the request or drawn for it, named or not. */
  readonly askedFiles: boolean
}

const READ_ASSUMPTIONS: readonly ReadAssumption[] = [
  { ownFiles: false, askedFiles: false },
  { ownFiles: true, askedFiles: false },
  { ownFiles: true, askedFiles: true },
]

/** Drafts for the cell that made a file, without duplicates; none if it, or a cell that it needs, did not end well. */
export function draftsFor(events: readonly Event[], maker: number): Draft[] {
  const cells = new Map(
    createPastCells(events)
      .read()
      .map((cell) => [cell.cell, cell]),
  )
  const drafts = READ_ASSUMPTIONS.flatMap((reading) => buildDraft(events, cells, maker, reading) ?? [])
  const seen = new Set<string>()
  return drafts.filter(({ inputs, cells }) => {
    const key = JSON.stringify([inputs.map(({ name, version }) => [name, version]), cells])
    return !seen.has(key) && seen.add(key)
  })
}

/** Cells to run whole, or only for some of their imports. */
type Needed = Map<number, 'whole' | Map<string, string>>

function buildDraft(
  events: readonly Event[],
  cells: ReadonlyMap<number, OkCell>,
  maker: number,
  reading: ReadAssumption,
): Draft | undefined {
  const needed: Needed = new Map([[maker, 'whole']])
  const inputs = new Map<string, FileVersion>()
  const waiting = [maker]
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    const cell = cells.get(number)
    if (!cell) return undefined
    const makers = filesRead(events, cell, reading).flatMap((version) => {
      if (version.cell !== undefined) return version.cell
      inputs.set(version.name, version)
      return []
    })
    for (const one of makers) if (!cells.has(one)) return undefined
    const whole = [...makers, ...namesUsed(cells, cell, needed)].filter((one) => needed.get(one) !== 'whole')
    for (const one of new Set(whole)) {
      needed.set(one, 'whole')
      waiting.push(one)
    }
  }
  return { inputs: inOrder(events, inputs), cells: toRecipeCells(cells, needed) }
}

/** Cells whose variables the cell uses; imports of others are recorded in `needed`. */
function namesUsed(cells: ReadonlyMap<number, OkCell>, cell: OkCell, needed: Needed): number[] {
  const before = [...cells.values()].filter((one) => one.cell < cell.cell)
  const nothing = { cells: new Set<number>(), bound: new Map<string, number>() }
  const { steps } = planReplay(before, cell.mentions, nothing)
  return steps.flatMap(({ cell: number, imports }) => {
    if (!imports) return number
    const known = needed.get(number) ?? new Map<string, string>()
    if (known === 'whole') return []
    for (const { name, text } of imports) known.set(name, text)
    needed.set(number, known)
    return []
  })
}

/** Versions of files that the cell may have read. */
function filesRead(events: readonly Event[], cell: OkCell, { ownFiles, askedFiles }: ReadAssumption): FileVersion[] {
  const there = filesAt(events, cell.at)
  const known = createNameMatcher(there.keys())
  const named = new Set(cell.mentions.literals.flatMap((parts) => known.in(parts)))
  if (askedFiles) for (const name of inputsOfRequest(events, cell.at)) named.add(name)
  return [...named].flatMap((name) => {
    const version = there.get(name)
    if (!version) return []
    const isOwn = version.cell !== undefined && cell.made.has(name)
    return isOwn && !ownFiles ? [] : version
  })
}

function filesAt(events: readonly Event[], at: number): Map<string, FileVersion> {
  const history = createFileHistory()
  for (const event of events.slice(0, at)) history.take(event)
  return new Map(history.currentFiles().map((version) => [version.name, version]))
}

/** The files uploaded with the request or drawn for it; without a request, all uploads. */
function inputsOfRequest(events: readonly Event[], at: number): readonly string[] {
  const before = events.slice(0, at)
  const asked = before.findLastIndex(({ type }) => type === 'ask')
  const ask = before[asked]
  return ask?.type === 'ask'
    ? [
        ...ask.files,
        ...before
          .slice(asked)
          .filter(isDrawn)
          .map(({ name }) => name),
      ]
    : uploadedNames(before)
}

function inOrder(events: readonly Event[], inputs: ReadonlyMap<string, FileVersion>): FileVersion[] {
  return [...new Set(uploadedNames(events))].flatMap((name) => inputs.get(name) ?? [])
}

/** Files that no cell made. */
function uploadedNames(events: readonly Event[]): string[] {
  return events.flatMap((event) => (event.type === 'upload' || isDrawn(event) ? event.name : []))
}

function isDrawn(event: Event): event is EventOf<'file'> {
  return event.type === 'file' && event.cell === 0
}

function toRecipeCells(cells: ReadonlyMap<number, OkCell>, needed: Needed): Draft['cells'] {
  return [...needed]
    .sort(([a], [b]) => a - b)
    .flatMap(([number, what]) => {
      const cell = cells.get(number)
      if (!cell) return []
      const { code, seed, clock, made } = cell
      if (what !== 'whole') return { code: [...what.values()].join('\n'), seed, clock, made: [] }
      return { code, seed, clock, made: [...made.keys()] }
    })
}
