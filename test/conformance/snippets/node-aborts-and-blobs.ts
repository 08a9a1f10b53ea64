// AbortController, EventTarget, Blob, and timers that can be stopped
import { setImmediate as soon, setInterval as every, setTimeout as sleep } from 'node:timers/promises'

const controller = new AbortController()
controller.signal.addEventListener('abort', (event) => console.log(event.type, controller.signal.reason.name), { once: true })
const slept = sleep(1000, 'never', { signal: controller.signal }).catch((error: Error) => console.log(error.name, error.message))
console.log(controller, controller.signal.aborted)
controller.abort()
controller.abort(new Error('late'))
await slept
console.log(controller.signal.aborted, controller.signal.reason.message, controller.signal.reason.code)
try {
  AbortSignal.abort(new Error('at once')).throwIfAborted()
} catch (error) {
  console.log((error as Error).message)
}
const either = AbortSignal.any([new AbortController().signal, AbortSignal.abort('why')])
console.log(either.aborted, either.reason)
console.log(await sleep(10, 'slept'), await soon('soon'))
let count = 0
for await (const value of every(5, 'tick')) {
  console.log(value)
  if (++count === 3) break
}
const target = new EventTarget()
const listener = (event: Event): void => console.log(event.type, event.defaultPrevented, event.target === target)
target.addEventListener('a', listener)
target.addEventListener('a', listener)
target.addEventListener('a', (event) => event.preventDefault())
console.log(target.dispatchEvent(new Event('a', { cancelable: true })), target.dispatchEvent(new Event('b')))
target.removeEventListener('a', listener)
console.log(target.dispatchEvent(new CustomEvent('a', { detail: 5 })))
const blob = new Blob(['ab', new Uint8Array([99, 100]), new Blob(['ef'])], { type: 'Text/Plain' })
console.log(blob, blob.size, await blob.text(), await blob.slice(1, 3).text(), (await blob.arrayBuffer()).byteLength)
console.log(blob.slice(-2).size, await blob.bytes(), String(blob))
