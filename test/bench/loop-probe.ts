// Loaded before a server that is measured: the processor time between two turns of its event loop, told when it is asked for.
// Time on a clock runs on while other programs have the processor; this does not.
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
