// promisify(setTimeout), timers' arguments, wrong callbacks, nested ticks, timers beside native work
import { promisify } from 'node:util'
import sharp from 'sharp'

const sleep = promisify(setTimeout)
console.log(await sleep(5, 'value'), await sleep(3))
setTimeout((...args: unknown[]) => console.log('args', args), 2, 1, 'two', [3])
await sleep(6)
for (const wrong of [undefined, 'code', 5] as never[]) {
  try {
    setTimeout(wrong, 5)
  } catch (error) {
    console.log(error.name, error.code, error.message)
  }
}
let fired = 0
const timer = setInterval(() => void (fired += 1), 4)
await sharp('photo.png').resize(500).blur(5).toBuffer()
await sleep(1)
clearInterval(timer)
clearTimeout(undefined)
clearInterval(null)
console.log(fired >= 0, timer.hasRef?.(), typeof timer[Symbol.toPrimitive]())
