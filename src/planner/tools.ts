// The tool definitions for models. Their text counts toward the prompt's budget (test/planner/prompt.test.ts) and
// varies only with the capabilities of the model and its endpoint.
import type OpenAI from 'openai'

export const RUN_TOOL = 'run'
export const EDIT_TOOL = 'edit'
export const HELP_TOOL = 'help'
export const VIEW_IMAGES_TOOL = 'view_images'
export const GENERATE_IMAGE_TOOL = 'generate_image'
export const EDIT_IMAGE_TOOL = 'edit_image'

const purpose = { type: 'string', description: 'in a few words, for the person' }

/** Cells and help always, looks if the model sees pictures, drawings if its endpoint makes them. */
export function toolsFor(can: { readonly sees: boolean; readonly draws: boolean }): Tool[] {
  return [...CELLS, LOOK_UP, ...(can.sees ? [LOOK] : []), ...(can.draws ? DRAWINGS : [])]
}

type Tool = OpenAI.ChatCompletionFunctionTool

const CELLS: Tool[] = [
  {
    type: 'function',
    function: {
      name: RUN_TOOL,
      description:
        'Type-check and run one notebook cell of TypeScript. Returns its number, status, output, value, files, errors by line.',
      parameters: {
        type: 'object',
        properties: { code: { type: 'string' }, purpose },
        required: ['code'],
      },
    },
  },
  {
    type: 'function',
    function: {
      name: EDIT_TOOL,
      description: 'Run an earlier cell again with small changes; every other line stays.',
      parameters: {
        type: 'object',
        properties: {
          cell: { type: 'integer' },
          edits: {
            type: 'array',
            description: 'one for each place; none: run it as it is',
            items: {
              type: 'object',
              properties: {
                find: { type: 'string', description: 'copied, stands once in the cell' },
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

const text = { type: 'string' }
const texts = { type: 'array', items: text }

const LOOK_UP: Tool = {
  type: 'function',
  function: {
    name: HELP_TOOL,
    description: 'Signatures, options and examples: of a function, a family of easel or a module',
    parameters: { type: 'object', properties: { topic: text }, required: ['topic'] },
  },
}

const LOOK: Tool = {
  type: 'function',
  function: {
    name: VIEW_IMAGES_TOOL,
    description: 'See picture files, in the next message. Costly: not for what facts or code tell',
    parameters: {
      type: 'object',
      properties: { names: texts, detail: { enum: ['low', 'high'] } },
      required: ['names'],
    },
  },
}

const DRAWINGS: Tool[] = [
  {
    type: 'function',
    function: {
      name: GENERATE_IMAGE_TOOL,
      description: 'An image model draws a file, 1024x1024 by default',
      parameters: {
        type: 'object',
        properties: {
          prompt: text,
          name: text,
          size: text,
          quality: text,
          background: { enum: ['transparent'] },
        },
        required: ['prompt', 'name'],
      },
    },
  },
  {
    type: 'function',
    function: {
      name: EDIT_IMAGE_TOOL,
      description: `From pictures; ${GENERATE_IMAGE_TOOL}'s options too. mask: PNG, transparent where to draw`,
      parameters: {
        type: 'object',
        properties: { prompt: text, name: text, images: texts, mask: text },
        required: ['prompt', 'name', 'images'],
      },
    },
  },
]
