// The pictures that a drawing starts from: what is sent, and what is said of those that cannot be.
import { describe, expect, it } from 'vitest'
import { ending, fill, fox, openDrawingScene } from './drawing-scene.ts'

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

  it('says what cannot be sent before anything is paid for', async () => {
    const scene = await openDrawingScene()
    await scene.upload('a.txt', Buffer.from('words'))
    await scene.upload('a.gif', await fill('red', 'gif'))
    await scene.upload('wide.png', await fill('red', 'png', 4097))
    await scene.upload('a.png', red)
    await scene.upload('mask.jpg', await fill('red', 'jpeg'))
    const said = async (...more: Parameters<typeof fox>) => ending(scene, [fox(...more)], red)
    const failed = (message: string, code = 'images_input') => ['failed', code, message]
    expect(await said({ inputs: ['b.png'] })).toEqual(
      failed('There is no file "b.png". Pictures of this session: "a.gif", "wide.png", "a.png", "mask.jpg".'),
    )
    expect(await said({ inputs: ['a.txt'] })).toEqual(failed('"a.txt" is no picture (text/plain).'))
    expect(await said({ inputs: ['a.gif'] })).toEqual(
      failed('"a.gif" is image/gif; PNG, JPEG and WEBP are taken. Convert it with sharp first.'),
    )
    expect(await said({ inputs: ['wide.png'] })).toEqual(
      failed('"wide.png" has 4097 × 30 pixels; the limit is 4096 a side. Make it smaller with sharp first.'),
    )
    expect(await said({ inputs: Array.from({ length: 17 }, () => 'a.png') })).toEqual(
      failed('There are 17 input pictures; the limit is 16. Take fewer, or join some into one.'),
    )
    expect(await said({ mask: 'a.png' })).toEqual(
      failed('The mask "a.png" needs a picture to lie on: name one in the inputs.'),
    )
    expect(await said({ inputs: ['a.png'], mask: 'mask.jpg' })).toEqual(
      failed('The mask "mask.jpg" must be a PNG with an alpha channel: see-through where the picture is to change.'),
    )
    expect(await said({ inputs: ['a.png'], mask: 'wide.png' })).toEqual(
      failed('The mask "wide.png" has 4097 × 30 pixels, "a.png" has 40 × 30: they must be the same.'),
    )
    expect(await said({ name: 'a.png/fox.png' })).toEqual(
      failed('The file name "a.png/fox.png" cannot be used: there is a file "a.png".', 'EASEL_FILE_NAME'),
    )
    expect(scene.asked).toEqual([])
  })
})
