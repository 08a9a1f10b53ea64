// Number formats for charts.

/** A formatter for values of one kind: commas between thousands, decimals depending on the largest value. */
export function figureFormat(largest: number): (value: number) => string {
  const decimals = largest >= 1000 || largest === 0 ? 0 : Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(largest))))
  return (value) => {
    const [whole = '0', rest] = Math.abs(value).toFixed(decimals).split('.')
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
    return `${value < 0 ? '-' : ''}${grouped}${rest ? `.${rest}` : ''}`
  }
}

/** A round step (1, 2 or 5 times a power of ten) that divides 0..largest into at most `parts`. */
export function roundStep(largest: number, parts: number): number {
  const rough = largest / parts
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((n) => n * power >= rough * (1 - 1e-9)) ?? 10
  return factor * power
}
