// The order of timers, immediates, microtasks and promises
const log: string[] = []
setTimeout(() => log.push('timeout 600'), 600)
setTimeout(() => log.push('timeout 5'), 5)
const cancelled = setTimeout(() => log.push('never'), 1)
clearTimeout(cancelled)
queueMicrotask(() => log.push('microtask'))
Promise.resolve().then(() => log.push('then')).then(() => log.push('then then'))
log.push('sync')
await null
log.push('after await')
let ticks = 0
await new Promise<void>((resolve) => {
  const ticker = setInterval((label: string) => {
    log.push(`${label} ${++ticks}`)
    if (ticks === 3) {
      clearInterval(ticker)
      resolve()
    }
  }, 250, 'tick')
})
await new Promise<void>((resolve) => setImmediate(resolve))
console.log(log.join('\n'), typeof setTimeout(() => {}, 1).unref)
const order: string[] = []
await new Promise<void>((resolve) => {
  setTimeout(() => { order.push('a'); queueMicrotask(() => order.push('a micro')) }, 3)
  setTimeout(() => { order.push('b'); setImmediate(() => order.push('b immediate')); setTimeout(() => { order.push('c'); resolve() }, 60) }, 3)
})
console.log(order)
