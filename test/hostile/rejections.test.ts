// An unhandled rejection ends a cell while its operations still run: their completion must not block the session.
import { afterAll, expect, test } from 'vitest'
import { openTarget } from './session.ts'

const target = openTarget()
afterAll(() => target.sandbox.close())

test('a rejection that nobody handles ends the cell though two operations are under way', async () => {
  const end = await target.run(
    `const sharp = (await import('sharp')).default
    const red = (size) => sharp({ create: { width: size, height: size, channels: 3, background: 'red' } }).png().toBuffer()
    red(200)
    red(2000)
    Promise.reject(new Error('nobody'))
    await red(100)`,
    10_000,
  )
  expect(end).toMatchObject({ status: 'threw', message: 'Unhandled rejection: nobody', lost: false })
  expect(await target.run('6 * 7')).toMatchObject({ status: 'ok', text: '42\n' })
}, 120_000)
