import { expect, test } from 'vitest'
import { connect } from '../../../../sandbox/guest/bridge.ts'
import { encodeGif } from '../../../../sandbox/helpers/gif/encode.ts'
import { openGif } from '../../../../sandbox/guest/gif-proxy.ts'
import { defaultLimits, type Limits } from '../../../../sandbox/limits.ts'
import { createGifOperations } from '../../../../sandbox/native/gif/operations.ts'
import type { OperationContext } from '../../../../sandbox/native/operation.ts'
import { painted, photo } from './drawings.ts'

const options = { width: 40, height: 30, loop: 0, quality: 'good' } as const
const frames = [photo(40, 30, 0), photo(40, 30, 2), painted(40, 30, () => [1, 2, 3])]

/** The native and the guest half, connected directly without the isolate wall. */
function join(limits: Partial<Limits> = {}) {
  const operations = createGifOperations()
  const none = () => {
    throw new Error('GIFs need no files')
  }
  const context: OperationContext = {
    limits: { ...defaultLimits(), ...limits },
    files: { read: none, write: none },
    progress: () => undefined,
    note: () => undefined,
    atEnd: () => undefined,
  }
  const call = async (name: string, args: unknown, bytes: readonly Uint8Array[]) =>
    operations[name]!(JSON.parse(JSON.stringify(args)), bytes, context)
  connect({ call, ask: none })
  return call
}

test('a GIF made over the wall has the bytes of one made here', async () => {
  join()
  const session = openGif(options)
  for (const frame of frames) await session.add(frame, 70)
  const made = Buffer.from(await session.finish())
  expect(made.equals(Buffer.from(encodeGif(frames, { ...options, delay: 70 })))).toBe(true)
})

test('all frames together stay within the limit of a GIF', async () => {
  join({ gifPixels: 3000 })
  const session = openGif(options)
  await session.add(frames[0]!)
  await session.add(frames[1]!)
  await expect(session.add(frames[2]!)).rejects.toMatchObject({
    name: 'LimitError',
    code: 'EASEL_LIMIT_GIF_PIXELS',
    message: 'The GIF has 3600 pixels in 3 frames; the limit is 3000. Make the frames smaller or fewer.',
  })
})

test('one frame stays within the limit of a picture', async () => {
  join({ picturePixels: 1000 })
  await expect(openGif(options).add(frames[0]!)).rejects.toMatchObject({
    name: 'LimitError',
    code: 'EASEL_LIMIT_PIXELS',
    message: 'A GIF frame of 40x30 has 1200 pixels; the limit is 1000. Make it smaller.',
  })
})

test('what the guest sends is checked', async () => {
  const call = join()
  await expect(call('gif.open', { ...options, width: 1e9 }, [])).rejects.toThrow()
  await expect(call('gif.open', { ...options, quality: '__proto__' }, [])).rejects.toThrow()
  await expect(call('gif.add', { id: 77, channels: 3, delay: 100 }, [new Uint8Array(9)])).rejects.toThrow(
    'there is no GIF number 77 under way',
  )
  const [id] = await call('gif.open', options, [])
  await expect(call('gif.add', { id, channels: 3, delay: 100 }, [])).rejects.toThrow(
    'gif.add needs the bytes of a frame',
  )
  const text = 'frame 1 has 9 bytes, but 40x30 pixels of 3 channels are 3600'
  await expect(call('gif.add', { id, channels: 3, delay: 100 }, [new Uint8Array(9)])).rejects.toThrow(text)
})

test('GIFs never finished are bounded', async () => {
  const call = join()
  for (let k = 0; k < 8; k++) await call('gif.open', options, [])
  await expect(call('gif.open', options, [])).rejects.toThrow('8 GIFs are under way already; finish one first')
  await call('gif.cancel', { id: 1 }, [])
  await expect(call('gif.open', options, [])).resolves.toEqual([9, []])
})
