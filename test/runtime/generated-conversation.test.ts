// "Draw a fox, then make it spin as a GIF": one turn from the request to the last HTTP call.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { callChunks, textAnswer } from '../doubles/model-server/chunks.ts'
import { fill, openDrawingScene, told } from './image-generation-scene.ts'
import { answerPicture, formOf } from '../doubles/model-server/images.ts'
import { plannerOn } from '../doubles/model-server/planning.ts'
import * as wire from '../doubles/model-server/server.ts'

let server: wire.WireServer
beforeEach(async () => {
  server = await wire.startWireServer()
})
afterEach(() => server.close())

const call = (id: string, name: string, args: object): wire.WireAnswer =>
  wire.answerStream(callChunks([{ id, name, arguments: JSON.stringify(args) }]))
const done = wire.answerStream(textAnswer('It spins.'))

const SPIN = `import sharp from 'sharp'
const turned = await Promise.all([0, 90, 180, 270].map((angle) =>
  sharp('/mnt/data/fox.png').rotate(angle).resize(30, 30, { fit: 'fill' }).png().toBuffer()))
await sharp(turned, { join: { animated: true } }).gif({ delay: 80 }).toFile('/mnt/data/spin.gif')
void 0`

const toolsOf = ({ body }: wire.WireRequest): unknown[] =>
  (body.tools ?? []).map((tool) => ('function' in tool ? tool.function.name : tool.type))

it('draws with the Images API and goes on with the file in a snippet', async () => {
  const scene = await openDrawingScene()
  const red = await fill('red')
  const drawing = { prompt: 'a fox', name: 'fox.png', background: 'transparent' }
  server.reply(call('c1', 'generate_image', drawing), answerPicture(red), call('c2', 'run', { code: SPIN }), done)
  const events = await scene.converse(plannerOn(server, { images: 'on' }), 'draw a fox, then make it spin as a GIF')
  expect(told(events).filter((line) => !line.startsWith('delta'))).toEqual([
    'ask',
    'drawing fox.png',
    'file 0 fox.png',
    'usage',
    'drawn ok',
    'cell',
    'file 1 spin.gif',
    'result ok',
    'message',
    'end ok',
  ])
  const [first, picture, second] = server.requests
  expect(server.requests.map(({ path }) => path)).toEqual([
    '/v1/chat/completions',
    '/v1/images/generations',
    '/v1/chat/completions',
    '/v1/chat/completions',
  ])
  expect(toolsOf(first!)).toEqual(expect.arrayContaining(['generate_image', 'edit_image']))
  expect(picture?.body).toEqual({ model: 'gpt-image-2.6-sunburst', prompt: 'a fox', background: 'transparent' })
  expect(second?.body.messages.slice(0, first!.body.messages.length)).toEqual(first?.body.messages)
  expect(second?.body.messages.at(-2)).toMatchObject({
    role: 'assistant',
    tool_calls: [{ id: 'c1', function: { name: 'generate_image' } }],
  })
  expect(second?.body.messages.at(-1)).toMatchObject({
    role: 'tool',
    tool_call_id: 'c1',
    content: expect.stringMatching(/^status: ok\n.*fox\.png.*40/s),
  })
  expect(JSON.stringify(second?.body)).not.toContain(red.toString('base64'))
})

it('goes on with canvas once the endpoint has no Images API, and offers the tool no more', async () => {
  const scene = await openDrawingScene()
  const draw = { code: "import { createCanvas } from '@napi-rs/canvas'\ncreateCanvas(9, 9).width" }
  server.reply(
    call('c1', 'generate_image', { prompt: 'a fox', name: 'fox.png' }),
    wire.answerError(404, { detail: 'Not Found' }),
    call('c2', 'run', draw),
    done,
  )
  const events = await scene.converse(plannerOn(server, { images: 'on' }), 'draw a fox')
  expect(events.at(-1)).toEqual({ type: 'end', status: 'ok' })
  const [first, , second, third] = server.requests
  expect(toolsOf(first!)).toContain('generate_image')
  expect(toolsOf(second!)).not.toContain('generate_image')
  expect(toolsOf(third!)).toEqual(toolsOf(second!))
  expect(second?.body.messages.at(-1)).toMatchObject({
    role: 'tool',
    content: expect.stringContaining('There is no Images API at'),
  })
})

it('ends well where the model answers instead: nothing that was run failed', async () => {
  const scene = await openDrawingScene()
  const refusal = wire.answerError(404, { detail: 'Not Found' })
  server.reply(call('c1', 'generate_image', { prompt: 'a fox', name: 'fox.png' }), refusal, done)
  const events = await scene.converse(plannerOn(server, { images: 'on' }), 'draw a fox')
  expect(events.at(-1)).toEqual({ type: 'end', status: 'ok' })
})

it('changes a picture that a person brought', async () => {
  const scene = await openDrawingScene()
  const photo = await fill('green', 'jpeg')
  await scene.upload('photo.jpg', photo)
  const rework = { prompt: 'at night', name: 'night.png', images: ['photo.jpg'] }
  server.reply(call('c1', 'edit_image', rework), answerPicture(await fill('black')), done)
  const events = await scene.converse(plannerOn(server, { images: 'on' }), 'make photo.jpg a night')
  expect(told(events)).toContain('file 0 night.png')
  expect(await formOf(server.requests[1]!)).toEqual([
    ['model', 'gpt-image-2.6-sunburst'],
    ['prompt', 'at night'],
    ['image', `photo.jpg image/jpeg ${photo.toString('base64')}`],
  ])
})

it('is not offered where nobody says that there is an Images API', async () => {
  const scene = await openDrawingScene()
  server.reply(done)
  await scene.converse(plannerOn(server), 'draw a fox')
  expect(toolsOf(server.requests[0]!)).not.toContain('generate_image')
})
