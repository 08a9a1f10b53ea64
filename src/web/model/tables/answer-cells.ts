// Cells of a table in a text, as files.

/** A plain number, perhaps with thousands separators or a percent sign; undefined for anything else. */
export function numberOf(text: string): { readonly value: number; readonly isPercent: boolean } | undefined {
  const [, sign = '', digits = '', percent = ''] =
    /^([-+−]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(%?)$/.exec(text.trim()) ?? []
  // Leading zeros, and more digits than a number keeps, are those of names.
  if (digits === '' || /^0\d/.test(digits) || digits.replaceAll(/\D/g, '').length > 15) return undefined
  const value = Number(digits.replaceAll(',', '')) * (sign === '-' || sign === '−' ? -1 : 1)
  return { value: percent === '' ? value : value / 100, isPercent: percent !== '' }
}

/** CSV as RFC 4180 says, with a mark by which Excel knows UTF-8. Numbers have no thousands separators. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const plain = numberOf(text)?.isPercent === false ? text.trim().replaceAll(',', '').replace('−', '-') : text
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
  }
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
