// The pictures of a journal's looks as data URLs: the same bytes in every request, so that a prompt cache holds.
import type { Event } from '../../../sessions/event.ts'
import type { PictureSource } from '../planner.ts'

/** By hash. A picture whose bytes are no longer kept is left out. */
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
