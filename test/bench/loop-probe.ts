// Loaded before a measured server: reports on request the processor time between two turns of its event loop, which,
// unlike wall-clock time, does not grow while other programs run.
const stalls: number[] = []
let last = process.threadCpuUsage()

function turn(): void {
  const { user, system } = process.threadCpuUsage(last)
  stalls.push((user + system) / 1000)
  last = process.threadCpuUsage()
}

setInterval(turn, 5).unref()
process.on('message', (asked) => {
  if (asked !== 'stalls') return
  turn()
  const sorted = stalls.splice(0).toSorted((a, b) => a - b)
  process.send?.({ p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0, worst: sorted.at(-1) ?? 0 })
})
process.channel?.unref()
