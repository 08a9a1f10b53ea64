// Detects, by first bytes, workbooks and kinds of files that nothing here reads, so that the user learns on attaching
// one what it is and what to attach instead.
import type { FileCause } from '../../protocol.ts'

export interface Unusable {
  readonly mime: string
  readonly cause: FileCause
  readonly problem: string
}

/** Why a file cannot be used; undefined if it may be. Reads the signature, and the name where kinds share one. */
export function findUnusable(name: string, bytes: Uint8Array): Unusable | undefined {
  const file: InspectedFile = {
    ending: /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '',
    head: Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 600)).toString('latin1'),
    all: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
  }
  const found = KINDS.find(([, , fits]) => fits(file))
  if (!found) return undefined
  const [cause, mime] = found
  return { cause, mime, problem: PROBLEMS[cause] }
}

/** For kinds known by name alone, or not at all. */
export const UNKNOWN_PROBLEM =
  'It is of a kind that is not supported. Pictures (PNG, JPEG, WebP, GIF, AVIF, TIFF, SVG), tables (CSV, TSV, Excel, OpenDocument, Parquet, Arrow), JSON and text files are.'

interface InspectedFile {
  readonly ending: string
  readonly head: string
  readonly all: Buffer
}

type UnusableCause =
  | 'photoshop'
  | 'jxl'
  | 'jp2'
  | 'raw'
  | 'pdf'
  | 'postscript'
  | 'workbook'
  | 'locked'
  | 'document'
  | 'video'
  | 'audio'
  | 'archive'

const PROBLEMS: Readonly<Record<UnusableCause, string>> = {
  photoshop: 'It is a Photoshop file, which is not read here. Export it as PNG or JPEG and attach that.',
  jxl: 'It is a JPEG XL picture, which is not read here. Save it as PNG or JPEG and attach that.',
  jp2: 'It is a JPEG 2000 picture, which is not read here. Save it as PNG or JPEG and attach that.',
  raw: "It is a camera's raw photo, which is not read here. Convert it to JPEG, PNG or TIFF and attach that.",
  pdf: 'It is a PDF, which is not read here. Save its pages as PNG, or its table as CSV, and attach that.',
  postscript: 'It is a PostScript drawing, which is not read here. Export it as SVG or PNG and attach that.',
  workbook: 'It is a spreadsheet that cannot be read. Save the sheet as CSV (UTF-8) and attach that.',
  locked:
    'It is an encrypted spreadsheet or document, which cannot be opened without its password. Open it, save the sheet as CSV (UTF-8) and attach that.',
  document: 'It is a text document or a presentation, which is not read here. Save it as text, or its pages as PNG.',
  video: 'It is a video, which is not read here. Save stills of it as PNG, or the video as GIF, and attach that.',
  audio: 'It is an audio file, which is not read here.',
  archive: 'It is a packed archive of a kind that is not opened here. Pack it as ZIP, or attach the files in it.',
}

const startsWithAny =
  (...starts: readonly string[]) =>
  ({ head }: InspectedFile): boolean =>
    starts.some((start) => head.startsWith(start))
const isZip = startsWithAny('PK\x03\x04', 'PK\x05\x06')
/** The container of older Office files, and of what Office encrypts. */
const isCompound = startsWithAny('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le')
const brandOf = ({ head }: InspectedFile): string => (head.slice(4, 8) === 'ftyp' ? head.slice(8, 12) : '')
const RAW_ENDINGS = /^(?:dng|nef|nrw|arw|srf|sr2|cr2|pef|srw|3fr|iiq|rwl|erf|mef|mos)$/
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const WORKBOOKS = /^(?:xlsx|xlsm|xlsb|xls|ods|numbers|et)$/
/** `ftyp` brands that are pictures; `file-kind.ts` handles them. */
const STILL = /avi[fs]|hei[cmsx]|hev[cx]|mif1|msf1/

/** The first match counts. */
const KINDS: readonly (readonly [UnusableCause, string, (file: InspectedFile) => boolean])[] = [
  ['photoshop', 'image/vnd.adobe.photoshop', startsWithAny('8BPS')],
  ['jxl', 'image/jxl', startsWithAny('\xff\x0a', '\0\0\0\x0cJXL \r\n')],
  ['jp2', 'image/jp2', startsWithAny('\0\0\0\x0cjP  \r\n', '\xff\x4f\xff\x51')],
  ['raw', 'image/x-raw', startsWithAny('FUJIFILMCCD-RAW', 'IIRO', 'IIRS', 'MMOR', 'IIU\0')],
  ['raw', 'image/x-raw', (file) => startsWithAny('II*\0', 'MM\0*')(file) && RAW_ENDINGS.test(file.ending)],
  ['raw', 'image/x-raw', (file) => startsWithAny('II*\0\x10\0\0\0CR')(file) || brandOf(file) === 'crx '],
  ['pdf', 'application/pdf', startsWithAny('%PDF-')],
  ['postscript', 'application/postscript', startsWithAny('%!PS', '\xc5\xd0\xd3\xc6')],
  ['locked', 'application/x-ole-storage', (file) => isCompound(file) && file.all.includes(wide('EncryptedPackage'))],
  ['workbook', XLSX, (file) => isZip(file) && (file.all.includes('xl/workbook.') || WORKBOOKS.test(file.ending))],
  ['workbook', 'application/vnd.ms-excel', (file) => isCompound(file) && isOldWorkbook(file)],
  ['document', 'application/zip', (file) => isZip(file) && isDocument(file)],
  ['document', 'application/x-ole-storage', isCompound],
  ['audio', 'audio/mpeg', startsWithAny('ID3', '\xff\xfb', '\xff\xf3', 'OggS', 'fLaC')],
  ['audio', 'audio/wav', ({ head }) => head.startsWith('RIFF') && head.slice(8, 12) === 'WAVE'],
  ['audio', 'audio/mp4', (file) => brandOf(file).startsWith('M4A')],
  ['video', 'video/mp4', (file) => brandOf(file) !== '' && !STILL.test(brandOf(file))],
  ['video', 'video/webm', startsWithAny('\x1aE\xdf\xa3', '\0\0\x01\xba', 'FLV\x01')],
  ['video', 'video/x-msvideo', ({ head }) => head.startsWith('RIFF') && head.slice(8, 12) === 'AVI '],
  ['archive', 'application/x-archive', startsWithAny('Rar!\x1a', '7z\xbc\xaf', '\x1f\x8b', 'BZh', '\xfd7zXZ')],
  ['archive', 'application/x-tar', ({ head }) => head.slice(257, 262) === 'ustar'],
]

function isOldWorkbook({ ending, all }: InspectedFile): boolean {
  return WORKBOOKS.test(ending) || all.includes(wide('Workbook'))
}

function isDocument({ ending, all }: InspectedFile): boolean {
  return (
    /^(?:docx|pptx|odt|odp|pages|key|epub)$/.test(ending) ||
    ['word/document.', 'ppt/presentation.'].some((part) => all.includes(part))
  )
}
