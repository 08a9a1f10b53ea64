// Tables in a text: which of their columns are numbers.

const MISSING = /^(?:[-–—]|n\/?a|null|nan)?$/i

/** Whether the cells of a column are numbers, apart from missing ones. */
export function areNumbers(cells: readonly string[]): boolean {
  const texts = cells.map((text) => text.trim())
  return texts.some(isNumeric) && texts.every((text) => isNumeric(text) || MISSING.test(text))
}

function isNumeric(text: string): boolean {
  return /^[-+−(]?\s*[$€£¥]?\s*\d[\d,.\s]*(?:e[-+]?\d+)?\s*[%‰万亿]?\)?$/i.test(text)
}
