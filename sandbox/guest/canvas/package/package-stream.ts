// node:stream for the package: PNG and JPEG streams are Readables. (The browser entry does not need `process`.)
export { Readable } from 'readable-stream'
