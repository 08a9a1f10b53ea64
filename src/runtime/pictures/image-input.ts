// Shows pictures of a session to a model: prepared in the sandbox's child, stored with the session, recorded as `look`.
import { readFile } from 'node:fs/promises'
import { StoreError } from '../../../sessions/errors.ts'
import type { EventOf, ShownPicture } from '../../../sessions/event.ts'
import type { FileVersion } from '../../../sessions/journal/file-history.ts'
import type { StoredSession } from '../../../sessions/store.ts'
import type { Sandbox } from '../../runner/sandbox.ts'
import type { ImageInput, Sight } from '../../turn.ts'
import { MAX_PICTURES_PER_LOOK, planShots, single, type Shot } from '../../vision/plan.ts'
import { tokens } from '../../vision/tokens.ts'
import { countRequestedPictures, seenBefore } from './shown-before.ts'
import { putFile } from '../recorder.ts'

interface ImageInputDeps {
  readonly sandbox: Pick<Sandbox, 'show'>
  readonly variables: { files(): Promise<void> }
}

/** Type of a file whose reader was stopped before it could identify it. */
const UNREAD = 'application/octet-stream'
/** Pictures that a model may ask to see in one turn. */
const MAX_PICTURES_PER_TURN = 8

/** Shows current files of `stored`; must not run at the same time as a cell. */
export function createImageInput(stored: StoredSession, processes: () => Promise<ImageInputDeps>): ImageInput {
  return {
    async *look(asked, sight, signal, callId) {
      const { files, problems } = selectFiles(stored, asked, sight, callId !== undefined)
      const used = callId === undefined ? 0 : countRequestedPictures(stored.events)
      const most = callId === undefined ? MAX_PICTURES_PER_LOOK : Math.max(0, MAX_PICTURES_PER_TURN - used)
      const { shots, left } = planShots(files, sight.detail, sight.model, most)
      const pictures = shots.length > 0 ? await show(shots) : []
      if (left.length > 0) problems.push(noSpaceFor(left, callId === undefined ? undefined : used))
      if (callId === undefined && pictures.length === 0 && problems.length === 0) return
      const call = callId === undefined ? {} : { callId, asked: { names: [...asked], detail: sight.detail } }
      yield { type: 'look', ...call, pictures, problems } satisfies EventOf<'look'>

      async function show(planned: readonly Shot[]): Promise<ShownPicture[]> {
        const { sandbox, variables } = await processes()
        await variables.files()
        const made: ShownPicture[] = []
        const waiting = [...planned]
        for (let shot = waiting.shift(); shot && !signal.aborted; shot = waiting.shift()) {
          const picture = await prepare(stored, (job) => sandbox.show(job, signal), shot, sight)
          if (typeof picture !== 'string') made.push(picture)
          else if (shot.names.length === 1) problems.push(picture)
          else {
            // One picture made the contact sheet fail: show each by itself.
            const { names } = shot
            const alone = files
              .filter(({ name }) => names.includes(name))
              .map((one) => single(one, sight.detail, sight.model))
            const space = most - made.length - waiting.length
            waiting.unshift(...alone.slice(0, space))
            const rest = alone.slice(Math.max(0, space)).flatMap((one) => one.names)
            if (rest.length > 0) problems.push(noSpaceFor(rest, callId === undefined ? undefined : used))
          }
        }
        return made
      }
    },
    read: async (hash) => readFile(await stored.pathOf(hash)),
  }
}

interface SelectedFiles {
  readonly files: readonly FileVersion[]
  readonly problems: string[]
}

/**
 * Selects each file once. Of the files of a request, only pictures, without those that the model has already seen or
 * read to be broken.
 */
function selectFiles(
  stored: StoredSession,
  asked: readonly string[],
  { detail }: Sight,
  isCall: boolean,
): SelectedFiles {
  const current = new Map(stored.currentFiles().map((file) => [file.name, file]))
  const hasSeen = isCall ? () => false : seenBefore(stored.events, detail)
  const files: FileVersion[] = []
  const problems: string[] = []
  for (const name of new Set(asked.map(plainName))) {
    const file = current.get(name)
    const shown = JSON.stringify(name)
    if (!file) problems.push(`There is no file ${shown}.`)
    else if (file.card.mime.startsWith('image/') && file.card.kind !== 'other') {
      const isTold = !isCall && file.card.kind === 'broken' && !file.card.width
      if (!isTold && !hasSeen(file)) files.push(file)
    } else if (file.card.problem && (isCall || file.card.mime === UNREAD)) {
      problems.push(`${shown} cannot be shown. ${file.card.problem}`)
    } else if (isCall)
      problems.push(`${shown} cannot be shown. It is ${file.card.mime}, not a picture: read it with code.`)
  }
  return { files, problems }
}

/** The file name in a name that the model may have written as a path. */
function plainName(name: string): string {
  return name.normalize('NFC').replace(/^(\/mnt\/data\/|\.\/)/, '')
}

async function prepare(
  stored: StoredSession,
  showPicture: ImageInputDeps['sandbox']['show'],
  shot: Shot,
  { detail, model }: Sight,
): Promise<ShownPicture | string> {
  const { tokens: _, ...job } = shot
  const prepared = await showPicture(job)
  if ('problem' in prepared) return prepared.problem
  const { content, mime, width, height } = prepared
  try {
    const { hash, bytes } = await putFile(stored, job.names[0]!, content)
    const frames = job.sheet?.frames?.length
    const size = { bytes, width, height, hash, tokens: tokens(width, height, detail, model) }
    return { names: job.names, detail, mime, ...size, ...(frames === undefined ? {} : { frames }) }
  } catch (error) {
    if (!(error instanceof StoreError) || !error.code.startsWith('EASEL_LIMIT')) throw error
    return `${list(job.names)} cannot be shown. ${error.message}`
  }
}

/** `used`: pictures that the model has already seen by its own calls in this turn. */
function noSpaceFor(names: readonly string[], used?: number): string {
  if (used === undefined)
    return `${list(names)} cannot be shown: at most ${MAX_PICTURES_PER_LOOK} pictures are shown at once.`
  const already = used > 0 ? `, and ${used} were shown` : ''
  return `Too many pictures for ${list(names)} to be shown: a turn may look at ${MAX_PICTURES_PER_TURN} pictures${already}. Measure with code instead.`
}

function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ')
}
