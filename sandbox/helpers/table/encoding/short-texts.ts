// Short texts that are UTF-8 by accident: the GBK of 值 is also a Hebrew vowel sign. Only texts of few characters can be.
import { rank } from './detect.ts'
import { collectEvidence } from './evidence.ts'
import { costOfText } from './plausibility.ts'

/** Above so many characters beyond ASCII, well formed UTF-8 is no accident. */
const MAX_CHARACTERS = 8
/** Bits by which another encoding must be more plausible. */
const MIN_LEAD = 8

/** Whether well formed UTF-8 is probably another encoding: few characters, all of two bytes, that do not go together. */
export function isLikelyAccident(bytes: Uint8Array): boolean {
  let count = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte < 0xc0) continue
    if (byte >= 0xe0 || ++count > MAX_CHARACTERS) return false
  }
  if (count === 0) return false
  const evidence = collectEvidence(bytes)
  const own = costOfText(new TextDecoder().decode(evidence), 'utf-8')
  return rank(evidence)[0]!.bits < own - MIN_LEAD
}
