// Detects a picture's format by its signature bytes.

/** Formats that Images APIs accept and return. */
export type PictureFormat = 'png' | 'jpeg' | 'webp'

/** Undefined for any other format. */
export function formatOf(bytes: Uint8Array): PictureFormat | undefined {
  const has = (at: number, mark: readonly number[]): boolean => mark.every((value, i) => bytes[at + i] === value)
  if (has(0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (has(0, [0xff, 0xd8, 0xff])) return 'jpeg'
  // RIFF, four bytes of length, WEBP
  return has(0, [0x52, 0x49, 0x46, 0x46]) && has(8, [0x57, 0x45, 0x42, 0x50]) ? 'webp' : undefined
}
