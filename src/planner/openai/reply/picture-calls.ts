// Parses calls of the picture tools: files to look at, pictures to generate.
import type { Problem } from '../../edit-reading.ts'
import type { PlannedDrawing, PlannedLook } from '../../planner.ts'

const MAX_NAMES = 16
const MAX_NAME = 200
const MAX_PROMPT = 32_000

export function readLook(args: Record<string, unknown>): PlannedLook | Problem {
  const look = namesIn(args['names'] ?? args['name'] ?? args['images'])
  if (look.length === 0) return { problem: 'The arguments lack "names", the files to see.' }
  return { look, detail: args['detail'] === 'low' ? 'low' : 'high' }
}

export function readDrawing(args: Record<string, unknown>): PlannedDrawing | Problem {
  const { prompt, name, mask, size, quality, background } = args
  if (typeof prompt !== 'string' || prompt.trim() === '') return { problem: 'The arguments lack "prompt".' }
  if (prompt.length > MAX_PROMPT)
    return { problem: `The prompt has ${prompt.length} characters; at most ${MAX_PROMPT} are sent.` }
  const word = (key: string, value: unknown) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= MAX_NAME ? { [key]: value.trim() } : {}
  const options = {
    ...word('mask', mask),
    ...word('size', size),
    ...word('quality', quality),
    ...word('background', background),
  }
  return {
    drawing: { prompt, name: fileName(name), inputs: namesIn(args['images'] ?? args['image']), ...options },
  }
}

/** As the model gave it; empty: any free name. */
function fileName(given: unknown): string {
  return typeof given === 'string' ? given.trim().slice(0, MAX_NAME) : ''
}

/** Accepts a list or a single string, with or without the folder. */
function namesIn(given: unknown): string[] {
  const list = Array.isArray(given) ? given : [given]
  const names = list.filter((one): one is string => typeof one === 'string' && one !== '' && one.length <= 1000)
  return [...new Set(names.map((name) => name.replace(/^\/mnt\/data\//, '')))].slice(0, MAX_NAMES)
}
