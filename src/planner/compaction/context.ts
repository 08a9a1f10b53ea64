// Context sizes of known models, by published name. For other models, only a refusal by the endpoint shows the limit.

interface Row {
  readonly models: RegExp
  /** Input tokens. */
  readonly context: number
  readonly source: string
}

const TABLE: readonly Row[] = [
  {
    models: /^gpt-(?:6|5\.[456])/,
    context: 922_000,
    source: 'https://developers.openai.com/api/docs/models/gpt-6.1-terra (1,050,000 with 128,000 of output)',
  },
  {
    models: /^gpt-5(?:\.[123])?(?:-|$)/,
    context: 272_000,
    source: 'https://developers.openai.com/api/docs/models/gpt-5.2 (400,000 with 128,000 of output)',
  },
  { models: /^gpt-4\.1/, context: 1_014_000, source: 'https://platform.openai.com/docs/models/gpt-4.1' },
  { models: /^(?:gpt-4o|chatgpt-4o)/, context: 128_000, source: 'https://platform.openai.com/docs/models/gpt-4o-mini' },
  { models: /^o(?:3|4-mini)/, context: 200_000, source: 'https://platform.openai.com/docs/models/o3' },
  {
    models: /^gemini-(?:2\.5|3)/,
    context: 1_000_000,
    source: 'https://ai.google.dev/gemini-api/docs/models',
  },
  {
    models: /^deepseek-(?:flash|v4)/,
    context: 1_000_000,
    source: 'https://api-docs.deepseek.com/quick_start/pricing',
  },
  { models: /^mistral-large-4/, context: 1_048_576, source: 'https://docs.mistral.ai/models/mistral-large-4-0' },
]

/** Input tokens that the provider's model takes; a self-hosted server may be configured for less. */
export function contextOf(model: string): number | undefined {
  const name = model.replace(/^.*\//, '')
  return TABLE.find(({ models }) => models.test(name))?.context
}
