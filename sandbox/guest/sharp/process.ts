// The two things readable-stream wants of Node's process.
export default {
  env: {},
  nextTick: (task: (...args: unknown[]) => void, ...args: unknown[]): void => queueMicrotask(() => task(...args)),
}
