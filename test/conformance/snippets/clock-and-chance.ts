// The clock starts where the journal says and moves by readings and timers; random numbers come from the seed
console.log(Math.random(), Math.random(), [1, 2, 3].map(() => Math.floor(Math.random() * 100)))
console.log(new Date().toISOString(), Date.now(), performance.now(), performance.timeOrigin)
await new Promise((resolve) => setTimeout(resolve, 30))
console.log(new Date().toISOString(), performance.now())
console.log(new Date(2026, 0, 31, 12), new Date('2026-03-01').getTimezoneOffset(), String(new Date(0)), typeof Date(), new Date() instanceof Date, Date.UTC(2020, 1))
console.log(new Date(0).constructor === Date, Date.length, Date.name, new Date(NaN), Object.prototype.toString.call(new Date(1)))
class Stamp extends Date { label() { return `at ${this.getTime()}` } }
console.log(new Stamp(5).label(), new Stamp(7))
while (Date.now() < Date.UTC(2026, 10, 21, 8, 30, 1)) ;
console.log(performance.now())
