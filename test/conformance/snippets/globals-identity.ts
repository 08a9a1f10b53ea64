// Names and tags of the globals
console.log([structuredClone, setTimeout, setInterval, clearTimeout, Buffer, URL, URLSearchParams, TextEncoder, TextDecoder].map(({ name }) => name))
console.log([new URL('http://a'), new URLSearchParams(), new TextEncoder(), new TextDecoder(), console, Math, JSON, globalThis].map((one) => Object.prototype.toString.call(one)))
console.log(new TextDecoder('gbk'), typeof globalThis, 'performance' in globalThis, new Date() instanceof Date, new ArrayBuffer(1) instanceof ArrayBuffer, Buffer.from('a') instanceof Uint8Array)
console.log((() => typeof this)(), [1, 2].toLocaleString(), (1234.5).toLocaleString(), new Date(0).toLocaleDateString(), Number('0x1f'), isNaN(NaN), parseFloat('1.5e3x'))
