// The width of a text in characters: East Asian ones are as wide as two (Unicode, UAX 11, wide and fullwidth).

/** Width in columns of one Latin character. */
export function displayWidth(text: string): number {
  let width = 0
  for (const char of text) {
    const code = char.codePointAt(0)!
    width += code < 0x11_00 ? 1 : WIDE.test(char) ? 2 : MARK.test(char) ? 0 : 1
  }
  return width
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const MARK = /\p{M}|\u200b|\u200c|\u200d/u
