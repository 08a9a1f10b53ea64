// Why an attached file cannot be used, for the page and the phrasebook: the file reader's own message in English, and a
// Chinese message for each stable cause.
import type { FileInfo } from '../sandbox/protocol.ts'

type UnusableFile = Pick<FileInfo, 'kind' | 'problem' | 'cause' | 'width' | 'height' | 'frames' | 'limit' | 'mime'>
type Cause = NonNullable<FileInfo['cause']>

/** One or two sentences; undefined for a file that can be used. */
export function describeFileProblem(card: UnusableFile, language: 'en' | 'zh'): string | undefined {
  const { problem, cause } = card
  if (problem === undefined) return undefined
  return language === 'zh' && cause !== undefined ? CHINESE_MESSAGES[cause](card) : problem
}

const CHINESE_MESSAGES: Readonly<Record<Cause, (card: UnusableFile) => string>> = {
  empty: () => '文件是空的(0 字节)。请换一份有内容的文件。',
  content: ({ mime }) => `文件名说它是 ${mime}，内容却不是。请重新保存，或换一份文件。`,
  damaged: ({ mime }) => `这个文件无法按 ${mime} 读取：文件已损坏或不完整。请重新保存，或换一份文件。`,
  pixels: (card) =>
    `有 ${formatNumber(pixelsOf(card))} 像素(${card.width ?? 0} x ${card.height ?? 0})，上限是 ${formatNumber(card.limit ?? 0)}。${card.kind === 'picture' ? '它是 JPEG，先要求缩小(例如"缩放到宽 2000 像素")就能读取。' : '请先缩小再上传。'}`,
  frames: (card) =>
    `${card.frames ?? 0} 帧共有 ${formatNumber(pixelsOf(card) * (card.frames ?? 1))} 像素，上限是 ${formatNumber(card.limit ?? 0)}。请减少帧数，或先缩小。`,
  bitmap: () => '这是 BMP 或 ICO 图片，只能在画布上用 loadImage 读取。请另存为 PNG。',
  heic: () => '这是 HEIC 照片，这里读不了这种压缩格式。请另存为 JPEG 或 PNG，或让手机直接发送 JPEG。',
  jxl: () => '这是 JPEG XL 图片，这里读不了。请另存为 PNG 或 JPEG。',
  jp2: () => '这是 JPEG 2000 图片，这里读不了。请另存为 PNG 或 JPEG。',
  raw: () => '这是相机的 RAW 原片，这里读不了。请先导出为 JPEG、PNG 或 TIFF。',
  photoshop: () => '这是 Photoshop 文件，这里读不了。请导出为 PNG 或 JPEG。',
  pdf: () => '这是 PDF，这里读不了。请把页面另存为 PNG，或把表格另存为 CSV。',
  postscript: () => '这是 PostScript 图形，这里读不了。请导出为 SVG 或 PNG。',
  workbook: () => '这个电子表格读不了：太大、已损坏，或是这里不支持的格式。请把需要的工作表另存为 CSV(UTF-8)。',
  locked: () => '这个文件加了密，没有密码打不开。请打开后把工作表另存为 CSV(UTF-8)。',
  document: () => '这是文档或演示文稿，这里读不了。请另存为纯文本，或把页面另存为 PNG。',
  video: () => '这是视频，这里读不了。请截图存成 PNG，或转成 GIF。',
  audio: () => '这是声音文件，这里读不了。',
  archive: () => '这种压缩包这里解不开。请打包成 ZIP，或直接上传里面的文件。',
  encrypted: () => '这个 ZIP 里的文件加了密。请用密码解压后上传里面的文件。',
  unknown: () =>
    '这里读不了这种文件。可以读图片(PNG、JPEG、WebP、GIF、AVIF、TIFF、SVG)、表格(CSV、TSV、Excel、OpenDocument、Parquet、Arrow)、JSON 和文本。',
  busy: () => '机器太忙，没能查看它。请稍后再添加一次。',
  heavy: () => '读取它要花太多计算时间，没有查看。',
  memory: () => '读取它时内存不足。',
  stalled: () => '读取它时程序停住了。',
  crashed: () => '读取它时程序崩溃了。',
}

function pixelsOf({ width = 0, height = 0 }: UnusableFile): number {
  return width * height
}

function formatNumber(value: number): string {
  return value.toLocaleString('en-US')
}
