// Writes a zip: files are streamed from disk, never held whole in memory; equal content gives equal bytes.
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/** An entry of the zip: a text, or a file on disk. */
export interface ArchiveEntry {
  readonly path: string
  readonly from: { readonly text: string } | { readonly file: string }
  /** Its bytes are already compressed (pictures). */
  readonly packed?: boolean
}

/** Writes all entries to `to` atomically, with `time` as their modification time. Returns the zip's bytes. */
export async function writeArchive(to: string, entries: readonly ArchiveEntry[], time: Date): Promise<number> {
  const draft = join(dirname(to), `.easel-${randomBytes(8).toString('hex')}.part`)
  try {
    const zip = new ZipFile()
    const failed = new Promise<never>((_, reject) => zip.on('error', reject))
    // Local noon of the UTC day: DOS timestamps have no time zone.
    const mtime = new Date(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate(), 12)
    for (const { path, from, packed = false } of entries) {
      const options = { mtime, mode: 0o100644, compress: !packed, forceDosTimestamp: true }
      if ('text' in from) zip.addBuffer(Buffer.from(from.text), path, options)
      else zip.addFile(from.file, path, options)
    }
    zip.end()
    await Promise.race([pipeline(zip.outputStream, createWriteStream(draft, { flags: 'wx' })), failed])
    const handle = await open(draft)
    const { size } = await handle.stat()
    await handle.sync()
    await handle.close()
    await rename(draft, to)
    return size
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
