// Which legacy encoding a text has: how plausible it is in each, and jschardet where that leaves a doubt.
import { collectEvidence } from './evidence.ts'
import { CANDIDATES, costOfText } from './plausibility.ts'
import { transcode } from './transcode.ts'

/** Bits by which the best must lead for no further question, and that share of its own cost. */
const MIN_LEAD = 24
const MIN_LEAD_SHARE = 0.06

/** The most plausible encoding of bytes that are neither UTF-8 nor UTF-16, as a WHATWG name. */
export async function detectLegacy(bytes: Uint8Array, isSure = false): Promise<string> {
  const evidence = collectEvidence(bytes)
  const ranked = rank(evidence)
  const [best] = ranked
  const limit = best!.bits + Math.max(MIN_LEAD, best!.bits * MIN_LEAD_SHARE)
  const close = ranked.filter(
    ({ bits, text }, i) => bits <= limit && ranked.findIndex((one) => one.text === text) === i,
  )
  if (close.length === 1 || isSure) return best!.encoding
  return (await askJschardet(evidence, close)) ?? best!.encoding
}

export interface Ranked {
  readonly encoding: string
  readonly bits: number
  readonly text: string
}

/** The candidates, most plausible first. */
export function rank(evidence: Uint8Array): Ranked[] {
  const utf8 = new TextDecoder()
  return CANDIDATES.map((encoding, i) => {
    const text = utf8.decode(transcode(evidence, encoding).bytes)
    return { encoding, text, bits: costOfText(text, encoding) + i / 10 + (PRIOR[encoding] ?? 0) }
  }).toSorted((a, b) => a.bits - b.bits)
}

/** Its models of languages tell alphabets apart that share their letters; it loads 1.1 MB, so only in doubt. */
async function askJschardet(evidence: Uint8Array, close: readonly Ranked[]): Promise<string | undefined> {
  const { detectAll } = await import('jschardet')
  const names = close.map(({ encoding }) => NAMES[encoding] ?? encoding)
  // Without windows-1252 among them it writes a warning to the console.
  const found = detectAll(evidence, { detectEncodings: [...names, 'windows-1252'], minimumThreshold: 0 })
  let answer: { readonly encoding: string; readonly bits: number } | undefined
  close.forEach(({ encoding, bits }, i) => {
    const name = names[i]!.toLowerCase()
    const confidence = found.find((one) => one.encoding?.toLowerCase() === name)?.confidence ?? 0
    const sum = bits - WEIGHT * Math.log2(confidence + 0.001)
    if (!answer || sum < answer.bits) answer = { encoding, bits: sum }
  })
  return answer?.encoding
}

const WEIGHT = 6
/** Bits of how much rarer than Western ones the files of an encoding are, among those that people bring. */
const PRIOR: Readonly<Record<string, number>> = {
  gb18030: -2,
  'windows-1250': 2,
  'windows-1254': 2,
  'windows-1257': 2,
  'windows-1256': 2,
  'windows-874': 4,
  'iso-8859-2': 3,
  'euc-kr': 1,
  'euc-jp': 2,
}
/** Encodings that jschardet calls otherwise. */
const NAMES: Readonly<Record<string, string>> = { 'windows-874': 'cp874', ibm866: 'cp866' }
