// node:util for sharp: there is no NODE_DEBUG here, and warnings are only emitted as `warning` events.
export default { debuglog: () => (): void => {} }
