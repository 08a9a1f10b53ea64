// Sentences about cells and files that replay could not restore.
import type { LostCells } from '../../../sessions/replay/plan.ts'
import type { MissingFile } from './files.ts'

/** Why a cell did not end ok when it was run again. */
export interface Failure {
  readonly status: string
  readonly code?: string | undefined
  readonly message?: string | undefined
}

const MAX_NAMES = 12
const MAX_MESSAGE = 200

/** A cell that failed; `names` are the variables lost with it. */
export function failedCell(cell: number, { status, message }: Failure, names: readonly string[]): string {
  const why = message ? `${status}: ${message.slice(0, MAX_MESSAGE).replace(/\.$/, '')}` : status
  return `Cell ${cell} could not be run again (${why})${gone(names)}.`
}

/** A cell that was not tried because something it uses is lost. */
export function skippedCell(
  cell: number,
  cause: LostCells extends ReadonlyMap<number, infer C> ? C : never,
  names: readonly string[],
): string {
  const why = cause ? `as it uses ${cause.name} of cell ${cause.cell}` : 'as the sandbox was lost while others were'
  return `Cell ${cell} was not run again, ${why}${gone(names)}.`
}

/** The steps that remain when replay gives up; `losses` counts losses of the sandbox. */
export function brokenOff(steps: readonly { readonly cell: number }[], losses: number): string {
  const cells = [...new Set(steps.map(({ cell }) => `${cell}`))]
  const which = cells.length === 1 ? `Cell ${cells[0]} was` : `Cells ${listed(cells)} were`
  const why = losses > 0 ? `as the sandbox was lost ${losses === 1 ? 'once' : `${losses} times`}` : 'though run twice'
  return `${which} not restored this time, ${why}; the next snippet that uses their names tries again.`
}

/** An import that no longer works. */
export function failedImport(cell: number, names: readonly string[], { status, message }: Failure): string {
  return `What cell ${cell} imported could not be imported again (${message ?? status}): ${listed(names)}.`
}

export function differentFile(cell: number, name: string): string {
  return `Cell ${cell} made ${quoted(name)} differently when it was run again.`
}

export function unmadeFile(cell: number, name: string): string {
  return `Cell ${cell} did not make ${quoted(name)} when it was run again.`
}

/** A current file cannot be restored. */
export function missingFile({ name, reason }: MissingFile): string {
  return `The file ${quoted(name)} is gone: ${reason}.`
}

/** The version of a file from before a cell cannot be restored. */
export function missingVersion(cell: number, { name, reason }: MissingFile): string {
  return `Cell ${cell} was run again without ${quoted(name)} as it was then: ${reason}.`
}

function gone(names: readonly string[]): string {
  if (names.length === 0) return ''
  return names.length === 1 ? `: the variable ${names[0]} is gone` : `: the variables ${listed(names)} are gone`
}

function listed(names: readonly string[]): string {
  const more = names.length - MAX_NAMES
  return more > 0 ? `${names.slice(0, MAX_NAMES).join(', ')} and ${more} more` : names.join(', ')
}

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 100))
}
