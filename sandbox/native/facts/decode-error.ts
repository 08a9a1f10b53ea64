// Why a picture cannot be read, as a person would say it: libvips and what it reads with speak of buffers and loaders.

/** A clause without a full stop: well-known words of libvips in plain ones, others as they are, without the reader's name. */
export function readingFault(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').map((line) => line.trim())
  const line = lines.map((one) => one.replace(HEADER, '')).find((one) => one !== '' && !SEEK.test(one)) ?? ''
  const known = KNOWN.find(([pattern]) => pattern.test(line))
  if (known) return known[1]
  if (HEADER.test(lines[0] ?? '') && !XML.test(line)) return 'its header is damaged'
  const words = line
    .replace(READER, '')
    .slice(0, MAX)
    .replace(/[.:\s]+$/, '')
  return words === '' ? 'it is not known why' : words
}

const MAX = 300
/** sharp's own words before those of a reader. */
const HEADER = /^Input \w+ has corrupt header:\s*/
/** libvips says so of each place that it tries in the container of a HEIF or AVIF, before the reason. */
const SEEK = /^source: bad seek/
/** Says where in a drawing the fault is. */
const XML = /XML parse error/
/** Names of loaders before the words: `VipsJpeg: `, `pngload_buffer: `. */
const READER = /^(?:\w+: )*/

/** The first that fits counts. The readers of PNG and WebP do not tell a cut file from a damaged one, nor that of TIFF. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [
    /premature end of (?:jpeg|input)|unexpected end|truncated|insufficient (?:input )?data|cannot read full/i,
    'the file ends early',
  ],
  [/libpng read error|unable to parse image/i, 'the file is damaged or ends early'],
  [/unsupported image format/i, 'the file is damaged, ends early, or is of a kind that is not read here'],
  [/corrupt|bogus|invalid source data/i, 'the file is damaged'],
]
