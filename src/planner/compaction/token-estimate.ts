// Estimates tokens without the model's own tokenizer, to within about 10%; callers correct it with reported usage.

/** 1/4 token for an ASCII character, 1 for a Chinese, Japanese or Korean one, 1/2 for others. */
export function estimateTokens(text: string): number {
  let quarters = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    quarters += code < 0x80 ? 1 : isWide(code) ? 4 : 2
  }
  return Math.ceil(quarters / 4)
}

/** The text, or as much of its beginning as fits into `tokens`, with a mark at the cut. */
export function withinTokens(text: string, tokens: number): string {
  if (estimateTokens(text) <= tokens) return text
  let [fits, over] = [0, text.length]
  while (over - fits > 1) {
    const middle = (fits + over) >> 1
    if (estimateTokens(text.slice(0, middle)) <= tokens - CUT_TOKENS) fits = middle
    else over = middle
  }
  return `${text.slice(0, fits).replace(/[\uD800-\uDBFF]$/, '')}\n[… cut …]`
}

const CUT_TOKENS = 5

/** From U+2E80 up: scripts with about one token a character, and surrogates of emoji. */
function isWide(code: number): boolean {
  return code >= 0x2e80
}
