// node:util for sharp: its warnings go to the `warning` event only, there is no NODE_DEBUG here.
export default { debuglog: () => (): void => {} }
