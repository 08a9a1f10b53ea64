// Small files that a user uploads, and where the page shows them before they are sent.
import sharp from 'sharp'
import type { Page } from 'playwright-core'
import type { UploadOutcome } from './user.ts'

/** A file with this name whose type the browser does not know. */
export const file = (name: string, content: string | Buffer): UploadOutcome => {
  return { name, mimeType: '', buffer: Buffer.from(content) }
}
/** A PNG of 40 x 30 pixels. */
export const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()
/** Unusable files, each for another reason. */
export const unusable = async (): Promise<UploadOutcome[]> => [
  file('cut.png', (await picture()).subarray(0, 60)),
  file('empty.png', ''),
  file('d.psd', '8BPS'),
  file('e.pdf', '%PDF-1.7 '),
]
/** The list of files for the next message. */
export const waiting = (page: Page) => page.getByRole('list', { name: 'Files for this message' })
