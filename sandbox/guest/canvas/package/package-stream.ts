// node:stream for the package: PNG and JPEG streams are Readables. (The entry for browsers asks nothing of a process.)
export { Readable } from 'readable-stream'
