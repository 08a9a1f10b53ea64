// Pictures of which nothing is seen where they are laid: a slip (`negate` turns alpha too) that the whole does not show.
import { note } from '../notes.ts'
import type { RawPicture } from '../picture.ts'

/** Notes each picture that is see-through all over; `titles` name them. */
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
      `${where}: picture ${i + 1}${name} is see-through all over, so nothing of it is seen; negate({ alpha: false }) and flatten() leave alpha alone, or removeAlpha() first.`,
    )
  }
}
