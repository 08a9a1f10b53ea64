// Pictures in chat messages: always parts of a user message, never of a tool result. A model without vision gets a text
// that says what it does not see.
import type OpenAI from 'openai'
import type { EventOf, ShownPicture, Event } from '../../../sessions/event.ts'
import { clip, formatCount } from './text.ts'
import type { PictureSource } from '../planner.ts'

export type Part = OpenAI.ChatCompletionContentPart

/** Data URLs of looked-at pictures, by hash; undefined for a model without vision. */
export type PictureUrls = ReadonlyMap<string, string> | undefined

/** The message parts of looks: a line that announces the pictures, then those. `some`: pictures were attached. */
export function partsOf(
  looks: readonly EventOf<'look'>[],
  urls: PictureUrls,
  some = false,
): { text: string; parts: Part[] } {
  const pictures = looks.flatMap((look) => look.pictures)
  const there = urls ? pictures.filter(({ hash }) => urls.has(hash)) : []
  const lines = [
    there.length > 0 && `Shown below, in this order: ${there.map(describePicture).join('; ')}.`,
    !urls && (some || pictures.length > 0) && `You cannot see pictures: ${NOT_SEEN}`,
    urls &&
      there.length < pictures.length &&
      'Pictures that are no longer kept, or more than the model takes, are not shown.',
    ...looks.flatMap((look) => look.problems).map((problem) => `Not shown: ${clip(problem, 300)}`),
  ]
  const parts = there.map((picture): Part => {
    const url = urls?.get(picture.hash) ?? ''
    return { type: 'image_url', image_url: { url, detail: picture.detail } }
  })
  return { text: lines.filter(Boolean).join('\n'), parts }
}

/** Whether a model with vision could be shown it. */
export function isPicture({ card }: EventOf<'upload'>): boolean {
  return card.mime.startsWith('image/') && card.width !== undefined
}

const NOT_SEEN = 'measure them with code, or say what you cannot know.'

function describePicture({ names, width, height, frames }: ShownPicture): string {
  const files = names.map((name) => JSON.stringify(clip(name, 80))).join(', ')
  const size = `${width}x${height} as shown`
  if (frames !== undefined) return `${frames} frames of ${files} on a numbered sheet, ${size}`
  return names.length > 1 ? `a labelled sheet of ${files}, ${size}` : `${files}, ${size}`
}

/** The tool result of a look that the model called; the pictures follow in the next message. */
export function lookResult({ pictures, problems }: EventOf<'look'>, seen: boolean): string {
  const ready = seen ? 'They are in the next message.' : `But you cannot see pictures: ${NOT_SEEN}`
  const head =
    pictures.length > 0 ? [`status: ok, ${formatCount(pictures.length)} to see. ${ready}`] : ['status: nothing to see']
  return [...head, ...problems.map((problem) => `Not shown: ${clip(problem, 300)}`)].join('\n')
}

/** The file names of a look. */
export function namesOf({ pictures }: EventOf<'look'>): string[] {
  return [...new Set(pictures.flatMap(({ names }) => names))]
}

/** Data URLs by hash. Pictures whose bytes were deleted are left out. */
export async function readUrls(journal: readonly Event[], read: PictureSource): Promise<Map<string, string>> {
  const pictures = journal.flatMap((event) => (event.type === 'look' ? event.pictures : []))
  const mimes = new Map(pictures.map(({ hash, mime }) => [hash, mime]))
  const urls = await Promise.all(
    [...mimes].map(async ([hash, mime]) => {
      const bytes = await read(hash).catch(() => undefined)
      return bytes ? [[hash, `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`] as const] : []
    }),
  )
  return new Map(urls.flat())
}
