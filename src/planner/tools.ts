// The one tool a model gets. Its text is part of the prompt's budget (test/planner-prompt.test.ts) and never varies.
import type OpenAI from 'openai'

export const TOOL_NAME = 'run'

export const RUN_TOOL: OpenAI.ChatCompletionFunctionTool = {
  type: 'function',
  function: {
    name: TOOL_NAME,
    description:
      'Type-check and run one notebook cell of TypeScript. Returns status, printed text, the last value, files made, errors by line.',
    parameters: {
      type: 'object',
      properties: {
        code: { type: 'string', description: 'the cell' },
        purpose: { type: 'string', description: 'in a few words, for the person' },
      },
      required: ['code'],
    },
  },
}
