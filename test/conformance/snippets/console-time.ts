// console.time, timeLog and timeEnd by the cell's clock
console.time()
console.time('job')
for (let i = 0; i < 5; i++) Date.now()
console.timeLog('job', 'at', { half: 1 })
await new Promise((resolve) => setTimeout(resolve, 40))
console.timeEnd('job')
while (performance.now() < 1500) ;
console.timeEnd()
console.timeEnd('unknown')
console.time('twice')
console.time('twice')
