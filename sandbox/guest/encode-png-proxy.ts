// Encodes a canvas as PNG where its pixels are; replaces helpers/chart/encode-png.ts in the sandbox.
import { handleOf, newHandle } from './canvas/handles.ts'
import { request, wait } from './canvas/wire.ts'

export function encodePng(canvas: object): Promise<Buffer> {
  const job = newHandle()
  request('canvas.png', { handle: handleOf(canvas, 'canvas'), job })
  return wait('canvas.finish', { job }) as Promise<Buffer>
}
