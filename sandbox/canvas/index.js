// The `canvas` package of this project: node-canvas's API as @napi-rs/canvas implements it.
module.exports = require('@napi-rs/canvas/node-canvas')
