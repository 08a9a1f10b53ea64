// Runs a validated pipeline, always into memory. A file's format follows from its name, as in sharp.
import type { Sharp } from 'sharp'
import { settingsOf } from './settings.ts'

/** The result of a pipeline. */
export interface PipelineResult {
  readonly info: Readonly<Record<string, unknown>>
  readonly data: Uint8Array
}

/** Extensions that sharp knows, only if all lower case or all upper case. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    jpg: 'jpeg',
    jpeg: 'jpeg',
    png: 'png',
    webp: 'webp',
    gif: 'gif',
    tif: 'tiff',
    tiff: 'tiff',
    avif: 'heif',
    heif: 'heif',
    heic: 'heif',
    jp2: 'jp2',
    jpx: 'jp2',
    j2k: 'jp2',
    j2c: 'jp2',
  }),
)
const REFUSED = ['dzi', 'zip', 'szi', 'v', 'vips']
/** A format that sharp does not know, so that it rejects this where it would have rejected the file name. */
const UNKNOWN = 'easel-unknown'

/** The result of a pipeline, in memory. */
export async function renderBytes(image: Sharp): Promise<PipelineResult> {
  const { data, info } = await image.toUint8Array()
  return { info: { ...info }, data: ownBuffer(data) }
}

/** The bytes of the file `name`, and sharp's info on it. */
export async function renderFile(image: Sharp, name: string): Promise<PipelineResult> {
  const settings = settingsOf(image)
  const explicit = settings.formatOut !== 'input'
  const extension = extensionOf(name)
  if (!explicit && REFUSED.includes(extension)) {
    throw new Error(
      `Files of type .${extension} cannot be written in the sandbox: use .png, .jpg, .webp, .gif, .avif or .tiff`,
    )
  }
  const known = explicit ? undefined : EXTENSIONS.get(extension)
  if (known) settings.formatOut = known
  // Raw pixels have no format that a file could adopt; an encoded input has.
  else if (settings.formatOut === 'raw' || (!explicit && isPixels(settings.input) && !settings.join)) {
    settings.formatOut = !explicit && extension === 'jxl' ? 'jxl' : UNKNOWN
  }
  try {
    const made = await renderBytes(image)
    // sharp reports at most three channels for a JPEG file, four for JPEG bytes (CMYK).
    const { channels } = made.info
    const counted = made.info.format === 'jpeg' && channels === 4 ? { ...made.info, channels: 3 } : made.info
    return { ...made, info: counted }
  } catch (error) {
    if (error instanceof Error) error.message = rewordSaveError(error.message, name)
    throw error
  }
}

/** sharp's error for a file that cannot be written. */
export function unwritable(name: string, reason: string): Error {
  return new Error(
    `${name}: unable to open for write\nsystem error: ${reason}\n${name}: write error\nsystem error: ${reason}`,
  )
}

function rewordSaveError(message: string, name: string): string {
  return message
    .replace(/^Unsupported output format .*$/s, `Unsupported output format ${name}`)
    .replace(/\b(\w+save)_buffer\b/g, '$1')
}

function extensionOf(name: string): string {
  const written = /\.(\w+)$/.exec(name)?.[1] ?? ''
  const small = written.toLowerCase()
  return written === small || written === written.toUpperCase() ? small : ''
}

function isPixels(input: { rawChannels?: number; createChannels?: number; textValue?: string }): boolean {
  return input.rawChannels !== undefined || input.createChannels !== undefined || input.textValue !== undefined
}

/** Bytes that own their whole buffer, so that they can be transferred without a copy. */
function ownBuffer(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, byteLength } = bytes
  const whole = byteOffset === 0 && byteLength === buffer.byteLength
  return whole ? new Uint8Array(buffer) : new Uint8Array(bytes)
}
