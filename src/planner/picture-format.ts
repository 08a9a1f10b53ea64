// The formats that Images APIs give and take.
import { detectExtension } from '../../sandbox/file-signature.ts'

export type PictureFormat = 'png' | 'jpeg' | 'webp'

const FORMATS: Readonly<Record<string, PictureFormat>> = { png: 'png', jpg: 'jpeg', webp: 'webp' }

/** The format that the first bytes indicate; undefined for all others. */
export function formatOf(bytes: Uint8Array): PictureFormat | undefined {
  return FORMATS[detectExtension(bytes) ?? '']
}
