// The tools a model gets. Their text is part of the prompt's budget (test/planner-prompt.test.ts) and never varies.
import type OpenAI from 'openai'

export const RUN = 'run'
export const EDIT = 'edit'

const purpose = { type: 'string', description: 'in a few words, for the person' }

export const TOOLS: OpenAI.ChatCompletionFunctionTool[] = [
  {
    type: 'function',
    function: {
      name: RUN,
      description:
        'Type-check and run one notebook cell of TypeScript. Returns its number, status, printed text, the last value, files made, errors by line.',
      parameters: {
        type: 'object',
        properties: { code: { type: 'string', description: 'the cell' }, purpose },
        required: ['code'],
      },
    },
  },
  {
    type: 'function',
    function: {
      name: EDIT,
      description: 'Run an earlier cell again with small changes; every other line stays. Returns the same.',
      parameters: {
        type: 'object',
        properties: {
          cell: { type: 'integer', description: 'its number' },
          edits: {
            type: 'array',
            description: 'one for each place; none: run it as it is',
            items: {
              type: 'object',
              properties: {
                find: { type: 'string', description: 'copied, the shortest piece that stands once in the cell' },
                replace: { type: 'string' },
              },
              required: ['find', 'replace'],
            },
          },
          purpose,
        },
        required: ['cell', 'edits'],
      },
    },
  },
]
