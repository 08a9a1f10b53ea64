// What errors look like from inside: keys, JSON, nesting, names
import { readFileSync } from 'node:fs'
import sharp from 'sharp'

try {
  readFileSync('none')
} catch (error) {
  console.log(Object.keys(error), JSON.stringify(error), String(error), error instanceof Error)
}
const error = Object.assign(new Error('boom'), { status: 4 })
error.stack = 'Error: boom\n    at x (y.ts:1:1)'
console.log({ error }, [error], new Map([['k', error]]))
console.error('%s', error, '%o', 'rest')
await sharp('none.png').toBuffer().catch((e) => console.log(Object.keys(e), e.name, e.constructor === Error))
throw Object.assign(new Error(''), { name: 'Odd' })
