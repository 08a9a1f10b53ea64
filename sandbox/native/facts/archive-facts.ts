// Facts of a ZIP archive: how much is in it and the first names; read from its directory, nothing is unpacked.
import { readDirectory } from '../../helpers/archive/directory.ts'
import { decodeNames } from '../../helpers/archive/entry-names.ts'
import type { FileInfo } from '../../protocol.ts'

const MAX_NAMES = 10
const MAX_NAME = 300

/** Whether the first bytes are those of a ZIP archive, an empty one included. */
export function isZip(bytes: Uint8Array): boolean {
  const [p, k, third, fourth] = bytes
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
}

/** The facts of a ZIP archive. Throws for one that is damaged. */
export async function archiveFacts(
  bytes: Uint8Array,
): Promise<Pick<FileInfo, 'archive' | 'head' | 'problem' | 'cause'>> {
  const { entries } = readDirectory(bytes)
  // Only names that are shown need their encoding; the first thousand judge it.
  const { names } = await decodeNames(entries.slice(0, 1000))
  const isFolder = (rawName: Uint8Array): boolean => rawName.at(-1) === 0x2f
  const files = entries.filter(({ rawName }) => !isFolder(rawName))
  const encrypted = files.filter((entry) => entry.encrypted).length
  const unpacked = files.reduce((sum, entry) => sum + entry.bytes, 0)
  const shown = names.filter((name) => !/\/$|^__MACOSX\/|(?:^|\/)\.DS_Store$/.test(name)).slice(0, MAX_NAMES)
  return {
    archive: { files: files.length, unpacked: Math.min(unpacked, Number.MAX_SAFE_INTEGER), encrypted },
    head: shown.map((name) => name.slice(0, MAX_NAME)),
    ...(encrypted > 0 && encrypted === files.length && { problem: ENCRYPTED, cause: 'encrypted' }),
  }
}

const ENCRYPTED = 'It is a ZIP whose files are encrypted. Unpack it with its password and attach the files in it.'
