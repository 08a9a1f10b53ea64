// Pictures in requests to a model: parts of the user's message, never of a tool result; as text if it takes no images.
import { describe, expect, test } from 'vitest'
import type { Event, EventOf, ShownPicture } from '../../sessions/event.ts'
import { buildMessages } from '../../src/planner/messages/messages.ts'
import { readUrls } from '../../src/planner/messages/picture.ts'

const picture = { kind: 'picture', mime: 'image/png', bytes: 100, width: 800, height: 600, format: 'png' } as const
const hashOf = (letter: string): string => letter.repeat(64)
const shown = (name: string, letter: string, more: Partial<ShownPicture> = {}): ShownPicture => {
  const size = { bytes: 3, width: 400, height: 300, tokens: 85 }
  return { names: [name], detail: 'auto', mime: 'image/jpeg', hash: hashOf(letter), ...size, ...more }
}
const upload = (name: string): Event => ({ type: 'upload', name, card: picture })
const ask = (text: string, ...files: string[]): Event => ({ type: 'ask', text, files })
const look = (pictures: ShownPicture[], more: Partial<EventOf<'look'>> = {}): Event => {
  return { type: 'look', pictures, problems: [], ...more }
}
const bytes: Record<string, string> = { [hashOf('a')]: 'AAA', [hashOf('b')]: 'BBB' }
const read = (hash: string): Promise<Uint8Array> =>
  hash in bytes ? Promise.resolve(Buffer.from(bytes[hash]!)) : Promise.reject(new Error('not kept'))
const built = async (journal: readonly Event[]) =>
  buildMessages(journal, 'tools', await readUrls(journal, read)).slice(1)
const urlOf = (text: string): string => `data:image/jpeg;base64,${Buffer.from(text).toString('base64')}`

describe('A picture that a person attached', () => {
  const asked = [upload('a.png'), ask('What is this?', 'a.png'), look([shown('a.png', 'a')])]

  test('goes with the words in one message, with its detail', async () => {
    expect(await built(asked)).toEqual([
      {
        role: 'user',
        content: [
          {
            type: 'text',
            text: 'What is this?\n\nFiles, now in /mnt/data:\n- "a.png": PNG picture, 800x600, 100 bytes\n\nShown below, in this order: "a.png", 400x300 as shown.',
          },
          { type: 'image_url', image_url: { url: urlOf('AAA'), detail: 'auto' } },
        ],
      },
    ])
  })

  test('stays where it was in every later request, so that the former request is its beginning', async () => {
    const later = [...asked, { type: 'message', text: 'A cat.' }, { type: 'end', status: 'ok' }, ask('And its colour?')]
    const first = JSON.stringify(await built(asked)).slice(0, -1)
    expect(JSON.stringify(await built(later as Event[])).startsWith(first)).toBe(true)
    expect((await built(later as Event[])).at(-1)).toEqual({ role: 'user', content: 'And its colour?' })
  })

  test('comes as two parts when there are two, in the order in which they are named', async () => {
    const [message] = await built([
      upload('a.png'),
      upload('b.png'),
      ask('What changed?', 'a.png', 'b.png'),
      look([shown('a.png', 'a', { detail: 'low' }), shown('b.png', 'b', { detail: 'low' })]),
    ])
    const parts = message?.content as { type: string; text?: string; image_url?: object }[]
    expect(parts.map(({ type }) => type)).toEqual(['text', 'image_url', 'image_url'])
    expect(parts[0]?.text).toContain('in this order: "a.png", 400x300 as shown; "b.png", 400x300 as shown.')
    expect(parts[1]?.image_url).toEqual({ url: urlOf('AAA'), detail: 'low' })
    expect(parts[2]?.image_url).toEqual({ url: urlOf('BBB'), detail: 'low' })
  })

  test('is told about in words where the model takes none, also why it cannot be shown', () => {
    const [message] = buildMessages([...asked, look([], { problems: ['"x.heic" is HEIC.'] })], 'tools').slice(1)
    expect(message?.content).toMatch(
      /You cannot see pictures: measure them with code, or say what you cannot know\.\nNot shown: "x\.heic" is HEIC\.$/,
    )
  })

  test('that is no longer kept is said to be missing', async () => {
    const [message] = await built([upload('c.png'), ask('What is it?', 'c.png'), look([shown('c.png', 'c')])])
    expect(message?.content).toMatch(/Pictures that are no longer kept, or more than the model takes, are not shown\.$/)
  })

  test('is said to be a sheet where several files or frames are on it', async () => {
    const sheet = shown('a.gif', 'a', { frames: 12 })
    const files = shown('x.png', 'b', { names: ['x.png', 'y.png'] })
    const [message] = await built([ask('?', 'a.gif'), look([sheet, files])])
    const [first] = (message?.content ?? []) as unknown as { text: string }[]
    expect(first?.text).toContain(
      'in this order: 12 frames of "a.gif" on a numbered sheet, 400x300 as shown; a labelled sheet of "x.png", "y.png", 400x300 as shown.',
    )
  })
})

describe('Files that the model asks to see', () => {
  const journal = [
    ask('Draw a cat'),
    look([shown('cat.png', 'a')], { callId: 'v1', problems: ['"dog.png" is not there.'] }),
  ]

  test('come in the next message, and never as base64 in the result of the tool', async () => {
    const messages = await built(journal)
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'user'])
    expect(messages[1]).toMatchObject({
      tool_calls: [{ id: 'v1', function: { name: 'view_images', arguments: '{"names":["cat.png"]}' } }],
    })
    expect(messages[2]).toEqual({
      role: 'tool',
      tool_call_id: 'v1',
      content: 'status: ok, 1 to see. They are in the next message.\nNot shown: "dog.png" is not there.',
    })
    expect(messages[3]?.content).toEqual([
      { type: 'text', text: 'Shown below, in this order: "cat.png", 400x300 as shown.' },
      { type: 'image_url', image_url: { url: urlOf('AAA'), detail: 'auto' } },
    ])
  })

  test('are asked for in the words of the model, also where some are not shown', async () => {
    const asked = { names: ['/mnt/data/cat.png', 'dog.png'], detail: 'low' as const }
    const [, call] = await built([ask('Draw'), look([shown('cat.png', 'a')], { callId: 'v1', asked, problems: [] })])
    const words = '{"names":["/mnt/data/cat.png","dog.png"],"detail":"low"}'
    expect(call).toMatchObject({ tool_calls: [{ function: { name: 'view_images', arguments: words } }] })
  })

  test('are followed by a word of the model before the person speaks again', async () => {
    const messages = await built([...journal, { type: 'end', status: 'cancelled' }, ask('go on')])
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'user', 'assistant', 'user'])
  })
})

describe('A drawing', () => {
  const drawing: EventOf<'drawing'> = {
    type: 'drawing',
    callId: 'd1',
    prompt: 'a fox',
    name: 'fox.png',
    inputs: [],
    size: '1024x1024',
  }
  const file: Event = {
    type: 'file',
    cell: 0,
    name: 'fox.png',
    mime: 'image/png',
    bytes: 9,
    width: 8,
    height: 8,
    card: picture,
  }

  test('is a call and its result, with the file that it made', async () => {
    const messages = await built([ask('Draw a fox'), drawing, file, { type: 'drawn', status: 'ok', ms: 5 }])
    expect(messages[1]).toMatchObject({
      tool_calls: [
        {
          id: 'd1',
          function: { name: 'generate_image', arguments: '{"prompt":"a fox","name":"fox.png","size":"1024x1024"}' },
        },
      ],
    })
    expect(messages[2]).toMatchObject({
      tool_call_id: 'd1',
      content: 'status: ok\nfiles made:\n- "fox.png": image/png, 8x8, 9 bytes',
    })
  })

  test('from pictures is a call of the other tool, and a failed one says why', async () => {
    const failed: Event = { type: 'drawn', status: 'failed', code: 'images_filter', message: 'Refused.', ms: 5 }
    const messages = await built([ask('?'), { ...drawing, inputs: ['a.png'], mask: 'm.png' }, failed])
    expect(messages[1]).toMatchObject({
      tool_calls: [
        {
          function: {
            name: 'edit_image',
            arguments: '{"prompt":"a fox","name":"fox.png","images":["a.png"],"mask":"m.png","size":"1024x1024"}',
          },
        },
      ],
    })
    expect(messages[2]).toMatchObject({ content: 'status: failed\nRefused.' })
    const none: Event = { type: 'drawn', status: 'failed', code: 'images_none', message: 'There is none.', ms: 5 }
    expect((await built([ask('?'), drawing, none]))[2]).toMatchObject({
      content: 'status: failed\nThere is none. Draw with canvas instead.',
    })
  })
})
