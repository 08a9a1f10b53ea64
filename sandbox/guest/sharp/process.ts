// The two properties of Node's process that readable-stream uses.
export default {
  env: {},
  nextTick: (task: (...args: unknown[]) => void, ...args: unknown[]): void => queueMicrotask(() => task(...args)),
}
