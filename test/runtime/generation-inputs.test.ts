// Input pictures of an image generation: what is sent, and what is reported of those that cannot be.
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { ending, fill, fox, openDrawingScene } from './image-generation-scene.ts'

const red = await fill('red')

describe('a drawing from files', () => {
  it('sends them as they are, by name, with the mask', async () => {
    const scene = await openDrawingScene()
    const photo = await fill('green', 'jpeg')
    await scene.upload('photo.jpg', photo)
    await scene.upload('mask.png', red)
    const drawing = fox({ inputs: ['/mnt/data/photo.jpg', 'mask.png'], mask: 'mask.png' })
    expect(await ending(scene, [drawing], red)).toEqual(['ok', undefined, undefined])
    const [request] = scene.asked
    expect(request?.pictures.map(({ name, mime, bytes }) => [name, mime, Buffer.from(bytes).equals(photo)])).toEqual([
      ['photo.jpg', 'image/jpeg', true],
      ['mask.png', 'image/png', false],
    ])
    expect(Buffer.from(request?.maskBytes ?? []).equals(red)).toBe(true)
  })

  it('makes those of other formats and sizes into pictures that an endpoint takes', async () => {
    const scene = await openDrawingScene()
    const turned = await sharp(await fill('green', 'jpeg'))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    await scene.upload('turned.jpg', turned)
    await scene.upload('wide.png', await fill('red', 'png', 8192))
    await scene.upload('scan.tiff', await sharp(red).tiff().toBuffer())
    await scene.upload('line.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="50" height="20"/>'))
    const inputs = ['turned.jpg', 'wide.png', 'scan.tiff', 'line.svg']
    expect(await ending(scene, [fox({ inputs })], red)).toEqual(['ok', undefined, undefined])
    const sent = scene.asked[0]?.pictures ?? []
    const seen = await Promise.all(
      sent.map(async ({ name, mime, bytes }) => {
        const { width, height, orientation = 1 } = await sharp(bytes).metadata()
        return [name, mime, width, height, orientation]
      }),
    )
    expect(seen).toEqual([
      ['turned.jpg', expect.stringMatching(/jpeg|png/), 30, 40, 1],
      ['wide.png', expect.stringMatching(/jpeg|png/), 4096, 15, 1],
      ['scan.tiff', expect.stringMatching(/jpeg|png/), 40, 30, 1],
      ['line.svg', 'image/png', 50, 20, 1],
    ])
  })

  it('says what cannot be sent before anything is paid for', async () => {
    const scene = await openDrawingScene()
    await scene.upload('a.txt', Buffer.from('words'))
    await scene.upload('a.gif', await fill('red', 'gif'))
    await scene.upload('wide.png', await fill('red', 'png', 4097))
    const frames = [red, await fill('green')]
    await scene.upload(
      'moving.gif',
      await sharp(frames, { join: { animated: true } })
        .gif()
        .toBuffer(),
    )
    await scene.upload('a.png', red)
    await scene.upload('mask.jpg', await fill('red', 'jpeg'))
    const said = async (...more: Parameters<typeof fox>) => ending(scene, [fox(...more)], red)
    const failed = (message: string, code = 'images_input') => ['failed', code, message]
    expect(await said({ inputs: ['b.png'] })).toEqual(
      failed(
        'There is no file "b.png". Pictures of this session: "a.gif", "wide.png", "moving.gif", "a.png", "mask.jpg".',
      ),
    )
    expect(await said({ inputs: ['a.txt'] })).toEqual(failed('"a.txt" is not a picture (text/plain).'))
    expect(await said({ inputs: ['a.gif'] })).toEqual(
      failed('"a.gif" is image/gif; PNG, JPEG and WEBP are accepted. Convert it with sharp first.'),
    )
    expect(await said({ inputs: ['moving.gif'] })).toEqual(
      failed('"moving.gif" has 2 frames. Write the frame that you want as a PNG with sharp first.'),
    )
    expect(await said({ inputs: Array.from({ length: 17 }, () => 'a.png') })).toEqual(
      failed('There are 17 input pictures; the limit is 16. Use fewer, or combine some into one.'),
    )
    expect(await said({ mask: 'a.png' })).toEqual(
      failed('The mask "a.png" needs a picture to apply to: name one in the inputs.'),
    )
    expect(await said({ inputs: ['a.png'], mask: 'mask.jpg' })).toEqual(
      failed('The mask "mask.jpg" must be a PNG with an alpha channel: transparent where the picture is to change.'),
    )
    expect(await said({ inputs: ['a.png'], mask: 'wide.png' })).toEqual(
      failed('The mask "wide.png" has 4097 × 30 pixels, "a.png" has 40 × 30: they must be the same.'),
    )
    expect(await said({ inputs: ['wide.png'], mask: 'wide.png' })).toEqual(
      failed(
        '"wide.png" would be rotated, resized or converted, and the mask would not fit. Write it upright as a PNG of at most 4096 pixels a side first.',
      ),
    )
    expect(await said({ name: 'a.png/fox.png' })).toEqual(
      failed('The file name "a.png/fox.png" cannot be used: there is a file "a.png".', 'EASEL_FILE_NAME'),
    )
    expect(scene.asked).toEqual([])
  })
})
