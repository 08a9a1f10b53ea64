// A rejected promise that is awaited late
const failing = Promise.reject(new TypeError('rejected early'))
failing.catch(() => {})
await new Promise((resolve) => setTimeout(resolve, 2))
await failing
