// The guest module `sharp`: sharp's own JavaScript, whose methods also record their calls.
import Sharp from 'sharp:dist'
import is from 'sharp:is'
import { begin, copy, record } from './recording.ts'

interface Instance {
  readonly options: object
}
type Method = (this: Instance, ...args: unknown[]) => unknown

const methods = Sharp.prototype as Record<string, Method>
const TERMINAL = ['clone', 'toFile', 'toBuffer', 'toUint8Array', 'metadata', 'stats']

for (const [name, method] of Object.entries(methods)) {
  if (typeof method !== 'function' || name.startsWith('_') || TERMINAL.includes(name)) continue
  replace(name, function (...args) {
    return record(this.options, name, args, () => method.apply(this, args))
  })
}

const { clone, _createInputDescriptor: describe } = methods
replace('clone', function () {
  const twin = clone!.call(this) as Instance
  copy(this.options, twin.options)
  return twin
})
// Only the constructor allows a stream, so an object's recording begins here.
replace('_createInputDescriptor', function (input, options, container) {
  const descriptor = describe!.call(this, input, options, container) as { buffer?: unknown }
  if ((container as { allowStream?: boolean } | undefined)?.allowStream) {
    begin(this.options, input, options, Array.isArray(descriptor.buffer))
  }
  return descriptor
})

// sharp's wrapper keeps only the native error's message; name and code tell which limit was reached.
is.nativeError = (native: Error & { code?: string }, context: Error & { code?: string }) => {
  context.message = native.message
  if (native.code !== undefined) context.code = native.code
  if (native.name !== 'Error') context.name = native.name
  return context
}

export default Sharp

function replace(name: string, method: Method): void {
  const original = methods[name]!
  Object.defineProperty(method, 'name', { value: original.name })
  Object.defineProperty(method, 'length', { value: original.length })
  methods[name] = method
}
