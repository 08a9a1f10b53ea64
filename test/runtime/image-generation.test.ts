// A picture from an Images API becomes a file of the session; a failure becomes a sentence for the model.
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { ending, fill, fox, openDrawingScene, told, type DrawingScene } from './image-generation-scene.ts'

const red = await fill('red')
const withOld = openDrawingScene({}, 'file').then(async (scene) => {
  await scene.upload('old.png', red)
  return scene
})

async function filesOf(scene: DrawingScene): Promise<Record<string, string>> {
  const session = scene.session()
  const read = async (hash = ''): Promise<string> => (await readFile(await session.pathOfHash(hash))).toString('base64')
  return Object.fromEntries(
    await Promise.all(session.currentFiles().map(async ({ name, hash }) => [name, await read(hash)] as const)),
  )
}

describe('a drawing', () => {
  it('is told, becomes a file of cell 0 with its card, and its tokens are told', async () => {
    const scene = await openDrawingScene()
    const usage = { type: 'usage', input: 50, output: 4160, model: 'gpt-image-2.6-flare' } as const
    const drawing = fox({ size: '1024x1024', quality: 'low', background: 'transparent' })
    const events = await scene.turn([drawing], { ok: true, bytes: red, usage })
    expect(events.slice(1, 5)).toEqual([
      {
        type: 'drawing',
        callId: 'call-1',
        prompt: 'a fox',
        name: 'fox.png',
        inputs: [],
        size: '1024x1024',
        quality: 'low',
        background: 'transparent',
      },
      {
        type: 'file',
        cell: 0,
        name: 'fox.png',
        mime: 'image/png',
        bytes: red.length,
        width: 40,
        height: 30,
        card: expect.objectContaining({ kind: 'picture', format: 'png', hasAlpha: true }),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      expect.objectContaining(usage),
      { type: 'drawn', status: 'ok', ms: expect.any(Number) },
    ])
    expect(scene.asked[0]).toMatchObject({ prompt: 'a fox', name: 'fox.png', quality: 'low', pictures: [] })
    expect(scene.asked[0]).not.toHaveProperty('callId')
    expect(await filesOf(scene)).toEqual({ 'fox.png': red.toString('base64') })
  })

  it('is used by a snippet of the same turn', async () => {
    const scene = await openDrawingScene()
    const code = `import sharp from 'sharp'
await sharp('/mnt/data/fox.png').negate({ alpha: false }).toFile('/mnt/data/blue.png')
void 0`
    const events = await scene.turn([fox(), { code }], red)
    expect(told(events)).toEqual([
      'ask',
      'drawing fox.png',
      'file 0 fox.png',
      'drawn ok',
      'cell',
      'file 1 blue.png',
      'result ok',
      'message',
      'end ok',
    ])
  })

  it.each([
    ['fox', 'png', 'fox.png', 'fox.png'],
    ['fox.gif', 'png', 'fox.png', 'fox.png'],
    ['/mnt/data/a\\../b.jpg', 'jpeg', 'a/b.jpg', 'a/b.jpg'],
    ['fox.webp', 'png', 'fox.webp', 'fox.png'],
    ['old.webp', 'png', 'old.webp', 'old (2).png'],
    ['old.png', 'png', 'old.png', 'old.png'],
    ['old.jpg', 'png', 'old.jpg', 'old (2).png'],
    ['old', 'png', 'old (2).png', 'old (2).png'],
    ['.png', 'png', 'drawing.png', 'drawing.png'],
    ['狐 '.repeat(3), 'webp', '狐 狐 狐.png', '狐 狐 狐.webp'],
  ] as const)('asked for as %j that comes as %s is %j, then %j', async (name, format, asked, made) => {
    const scene = await withOld
    const events = await scene.turn([fox({ name })], await fill('red', format))
    expect(told(events).slice(1, 4)).toEqual([`drawing ${asked}`, `file 0 ${made}`, 'drawn ok'])
    if (made !== 'old.png') await scene.session().remove(made)
  })
})

describe('a drawing that fails', () => {
  it('says so where the planner has no Images API', async () => {
    const scene = await openDrawingScene()
    expect(await ending(scene, [fox()])).toEqual(['failed', 'images_none', 'There is no Images API here.'])
  })

  it("passes the endpoint's sentence on", async () => {
    const scene = await openDrawingScene()
    const refused = { ok: false, code: 'images_filter', message: 'No foxes.' } as const
    expect(await ending(scene, [fox()], refused)).toEqual(['failed', 'images_filter', 'No foxes.'])
  })

  it('keeps nothing of bytes that cannot be read, and leaves the file of that name as it was', async () => {
    const scene = await openDrawingScene()
    await scene.upload('fox.png', red)
    const broken = Buffer.concat([red.subarray(0, 20), Buffer.alloc(200)])
    const [status, code, message] = (await ending(scene, [fox()], broken)) as string[]
    expect([status, code]).toEqual(['failed', 'images_answer'])
    expect(message).toMatch(/^The endpoint's picture cannot be read: /)
    const size = { code: `(await import('node:fs')).readFileSync('/mnt/data/fox.png').length === ${red.length}` }
    const events = await scene.turn([size])
    expect(events.find((event) => event.type === 'print')).toMatchObject({ text: expect.stringContaining('true') })
  })

  it('is refused before a picture larger than a file may be is kept', async () => {
    const scene = await openDrawingScene({ fileBytes: 100 })
    expect(await ending(scene, [fox()], red)).toEqual([
      'failed',
      'EASEL_LIMIT_FILE_BYTES',
      `The file "fox.png" has ${red.length} bytes; the limit is 100. Make it smaller.`,
    ])
    expect(await filesOf(scene)).toEqual({})
  })

  it('that comes in the end makes the turn a good one, whatever failed before it', async () => {
    const scene = await openDrawingScene()
    const draws = [
      { ok: false, code: 'endpoint_filter', message: 'Refused.' } as const,
      { ok: true, bytes: red } as const,
    ]
    const events = await scene.turn([fox(), fox()], async () => draws.shift()!)
    expect(told(events)).toEqual([
      'ask',
      'drawing fox.png',
      'drawn failed: Refused.',
      'drawing fox.png',
      'file 0 fox.png',
      'drawn ok',
      'message',
      'end ok',
    ])
  })

  it('is refused after four since the last request', async () => {
    const scene = await openDrawingScene()
    const events = await scene.turn([fox(), fox(), fox(), fox(), fox()], red)
    expect(told(events).filter((line) => line.startsWith('drawn'))).toEqual([
      'drawn ok',
      'drawn ok',
      'drawn ok',
      'drawn ok',
      'drawn failed: There were 4 drawings since the last request, which is the limit.',
    ])
    expect(scene.asked).toHaveLength(4)
    expect(scene.session().versions('fox.png')).toHaveLength(4)
    expect(await ending(scene, [fox()], red)).toEqual(['ok', undefined, undefined])
  })

  it('ends with the turn when it is cancelled', async () => {
    const scene = await openDrawingScene()
    const cancel = new AbortController()
    const planner = {
      description: '',
      // oxlint-disable-next-line require-yield
      async *next() {
        return { type: 'run', text: '', actions: [fox()], unreadable: [] } as const
      },
      draw: (_: unknown, signal: AbortSignal) =>
        new Promise<never>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')))
          cancel.abort()
        }),
    }
    const events = []
    for await (const event of scene.session().turn(planner, { text: 'draw', files: [] }, cancel.signal))
      events.push(event)
    expect(told(events)).toEqual([
      'ask',
      'drawing fox.png',
      'drawn cancelled: The drawing was cancelled.',
      'end cancelled',
    ])
  })
})
