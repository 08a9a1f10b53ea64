// Explains in plain words why a picture cannot be read; libvips and its loaders report buffers and loader names.

/** A clause without a full stop: known libvips errors in plain words, others verbatim without the loader's name. */
export function describeDecodeError(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').map((line) => line.trim())
  const line = lines.map((one) => one.replace(HEADER, '')).find((one) => one !== '' && !SEEK.test(one)) ?? ''
  const known = KNOWN.find(([pattern]) => pattern.test(line))
  if (known) return known[1]
  if (HEADER.test(lines[0] ?? '') && !XML.test(line)) return 'its header is damaged'
  const words = line
    .replace(READER, '')
    .slice(0, MAX)
    .replace(/[.:\s]+$/, '')
  return words === '' ? 'the reason is unknown' : words
}

const MAX = 300
/** sharp's prefix before a loader's message. */
const HEADER = /^Input \w+ has corrupt header:\s*/
/** libvips reports this for each position it tries in a HEIF or AVIF container, before the actual reason. */
const SEEK = /^source: bad seek/
/** Such a message says where in an SVG the error is. */
const XML = /XML parse error/
/** Loader names before the message: `VipsJpeg: `, `pngload_buffer: `. */
const READER = /^(?:\w+: )*/

/** The first match counts. The loaders of PNG, WebP and TIFF do not tell a truncated file from a damaged one. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [
    /premature end of (?:jpeg|input)|unexpected end|truncated|insufficient (?:input )?data|cannot read full/i,
    'the file ends early',
  ],
  [/libpng read error|unable to parse image/i, 'the file is damaged or ends early'],
  [/unsupported image format/i, 'the file is damaged, ends early, or is of an unsupported kind'],
  [/corrupt|bogus|invalid source data/i, 'the file is damaged'],
]
