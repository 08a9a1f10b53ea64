// Formats tokens and money.

/** 1,234,567 */
export function formatTokens(tokens: number): string {
  return tokens.toLocaleString('en-US')
}

/** $0.50, $12.30; small sums to two significant digits: $0.0042, $0.000013. */
export function formatDollars(dollars: number): string {
  if (dollars === 0) return '$0'
  if (dollars >= 0.1) return `$${dollars.toFixed(2)}`
  const digits = Math.min(12, 1 - Math.floor(Math.log10(dollars)))
  return `$${dollars.toFixed(digits).replace(/(\.\d\d+?)0+$/, '$1')}`
}

/** 1,234 tokens in (1,000 cached), 56 out, $0.0042; without a price the sum of money is omitted. */
export function formatSpent(spent: {
  readonly input: number
  readonly output: number
  readonly cached: number
  readonly cost?: number | undefined
  readonly unpriced?: readonly string[]
}): string {
  const { input, output, cached, cost, unpriced = [] } = spent
  const kept = cached > 0 ? ` (${formatTokens(cached)} cached)` : ''
  const atLeast = unpriced.length > 0 ? 'at least ' : ''
  const money = cost === undefined ? '' : `, ${atLeast}${formatDollars(cost)}`
  return `${formatTokens(input)} tokens in${kept}, ${formatTokens(output)} out${money}`
}
