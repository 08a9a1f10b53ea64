// Notes about fully transparent pictures, an easy mistake (`negate` also inverts alpha) that a composition hides.
import { note } from '../notes.ts'
import type { RawPicture } from '../picture.ts'

/** Adds a note for each fully transparent picture; `titles` name them. */
export function noteUnseen(where: string, pictures: readonly RawPicture[], titles: readonly string[]): void {
  if (pictures.length < 2) return
  for (const [i, { data, info }] of pictures.entries()) {
    const { channels } = info
    if (channels % 2 === 1) continue
    let at = channels - 1
    while (at < data.length && data[at] === 0) at += channels
    if (at < data.length) continue
    const name = titles[i]?.trim() ? ` ${JSON.stringify(titles[i].trim().slice(0, 60))}` : ''
    note(
      `${where}: picture ${i + 1}${name} is fully transparent, so nothing of it is visible; use negate({ alpha: false }), or call removeAlpha() or flatten() first.`,
    )
  }
}
