// The pictures of the journal's looks as data URLs, with the same bytes in every request, so that prompt caches hold.
import type { Event } from '../../../sessions/event.ts'
import type { PictureSource } from '../planner.ts'

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
