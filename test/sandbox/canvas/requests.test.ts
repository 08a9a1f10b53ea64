// The native half trusts nothing: handles, arguments and command bytes are checked before Skia sees them.
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../../sandbox/guest/canvas/command-table.ts'
import { makeCanvasOperations } from '../../../sandbox/native/canvas/operations.ts'
import type { OperationResult, Operations } from '../../../sandbox/native/operation.ts'
import { makeContext } from './fixture.ts'

describe('hostile requests', () => {
  const context = makeContext({ limits: { picturePixels: 1_000_000 } })
  const batch = { strings: [] as string[], freed: [] as number[] }
  const code = (name: string, signature: string): number =>
    COMMANDS.findIndex(([, at, letters]) => at === name && letters === signature)
  const bytes = (...numbers: number[]): Uint8Array => new Uint8Array(new Float64Array(numbers).buffer)

  function session(): Operations {
    const operations = makeCanvasOperations()
    ask(operations, 'canvas.canvas', { handle: 1 }, [20, 20])
    ask(operations, 'canvas.invoke', { handle: 1, method: 'getContext', result: 2 }, ['2d'])
    return operations
  }
  function ask(
    operations: Operations,
    name: string,
    question: object,
    args: readonly unknown[] = [],
    parts: readonly Uint8Array[] = [bytes()],
    sent = batch,
  ): unknown {
    const answer = operations[name]?.({ ...question, batch: sent, args }, parts, context) as OperationResult | undefined
    return answer?.[0]
  }
  const refused = (message: string) => ({ error: ['Error', message] })

  const commands: Record<string, [Uint8Array, string]> = {
    'a command number out of range': [bytes(9999, 2), 'malformed canvas command'],
    'a negative command number': [bytes(-1, 2), 'malformed canvas command'],
    'a command number that is not whole': [bytes(0.5, 2), 'malformed canvas command'],
    'a command cut short': [bytes(code('fillRect', 'nnnn'), 2, 1, 2), 'malformed canvas command'],
    'a string that was not sent': [bytes(code('fillText', 'snn'), 2, 7, 0, 0), 'malformed canvas command'],
    'a string at a negative place': [bytes(code('fillText', 'snn'), 2, -1, 0, 0), 'malformed canvas command'],
    'an arc around NaN': [
      bytes(code('arc', 'nnnnn'), 2, NaN, 0, 1, 0, 1),
      'arc: x must be a finite number; it is NaN. (In plain Node @napi-rs/canvas ends the process on this.)',
    ],
    'a list that says it is huge': [bytes(code('setLineDash', 'v'), 2, 1e9), 'malformed canvas command'],
    'a context that does not exist': [bytes(code('save', ''), 77), 'no context has the handle 77'],
    'a canvas in the place of a context': [bytes(code('save', ''), 1), 'no context has the handle 1'],
    'a context in the place of a path': [bytes(code('fill', 'p'), 2, 2), 'no path has the handle 2'],
    'a context in the place of a picture': [
      bytes(code('drawImage', 'inn'), 2, 2, 0, 0),
      'no canvas or image has the handle 2',
    ],
    'a gradient under a handle in use': [
      bytes(code('createConicGradient', 'rnnn'), 2, 1, 0, 0, 0),
      'canvas handle 1 is in use',
    ],
    'a gradient under no handle': [
      bytes(code('createConicGradient', 'rnnn'), 2, NaN, 0, 0, 0),
      'malformed canvas command',
    ],
  }
  for (const [name, [part, message]] of Object.entries(commands)) {
    test(`${name} is refused`, () => {
      const { error } = ask(session(), 'canvas.flush', {}, [], [part]) as { error: string[] }
      expect(error[1]).toBe(message)
    })
  }

  const questions: Record<string, [string, object, unknown[], string]> = {
    'a method outside the table': [
      'canvas.invoke',
      { handle: 1, method: 'savePng' },
      ['/tmp/x'],
      'a canvas has no method savePng',
    ],
    'a method of Object': [
      'canvas.invoke',
      { handle: 2, method: 'constructor' },
      [],
      'a context has no method constructor',
    ],
    '__proto__ as a property': [
      'canvas.set',
      { handle: 2, name: '__proto__' },
      [null],
      'a context has no property __proto__',
    ],
    'canvas as a property to read': [
      'canvas.get',
      { handle: 2, name: 'canvas' },
      [],
      'a context has no property canvas',
    ],
    'a slow method that is not one': [
      'canvas.start',
      { handle: 1, method: 'toBuffer', job: 9 },
      [],
      'a canvas has no method toBuffer',
    ],
    'a font method outside the table': [
      'canvas.fonts',
      { method: 'loadFontsFromDir' },
      ['/usr/share/fonts'],
      'GlobalFonts has no method loadFontsFromDir',
    ],
    // The real package takes any of its own classes for a Path2D, and reads foreign memory.
    'a canvas where a path belongs': [
      'canvas.invoke',
      { handle: 2, method: 'fill' },
      [{ $: 'handle', v: 1 }],
      'Value is none of these types `String`, `Path`, ',
    ],
    'a context where a canvas belongs': [
      'canvas.invoke',
      { handle: 2, method: 'drawCanvas' },
      [{ $: 'handle', v: 2 }, 0, 0],
      'Failed to recover `CanvasElement` type from napi value',
    ],
    'an ImageData where a path belongs': [
      'canvas.invoke',
      { handle: 2, method: 'stroke' },
      [{ $: 'picture', w: 1, h: 1, v: 1 }],
      'Failed to recover `Path` type from napi value',
    ],
    'a handle of nothing as argument': [
      'canvas.invoke',
      { handle: 2, method: 'drawImage' },
      [{ $: 'handle', v: 50 }],
      'no canvas or context or gradient or pattern or path or image or fontkey has the handle 50',
    ],
    'bytes that were not sent': [
      'canvas.invoke',
      { handle: 2, method: 'putImageData' },
      [{ $: 'bytes', k: 'x', v: 3 }],
      'malformed canvas argument',
    ],
    'an ImageData with a width of nothing': [
      'canvas.invoke',
      { handle: 2, method: 'putImageData' },
      [{ $: 'picture', w: 0, h: 1, v: 1 }, 0, 0],
      'malformed canvas argument',
    ],
    'an ImageData larger than its bytes': [
      'canvas.invoke',
      { handle: 2, method: 'putImageData' },
      [{ $: 'picture', w: 9, h: 9, v: 1 }, 0, 0],
      'malformed canvas argument',
    ],
    'pixels with a width of nothing': [
      'canvas.pixels',
      { width: 0, height: 0 },
      [{ $: 'bytes', k: 'Float32Array', v: 1 }],
      'malformed canvas argument',
    ],
    'an unknown kind of argument': [
      'canvas.invoke',
      { handle: 2, method: 'fillRect' },
      [{ $: 'eval', v: '1' }],
      'malformed canvas argument',
    ],
    'an argument nested too deep': [
      'canvas.invoke',
      { handle: 2, method: 'fillRect' },
      [JSON.parse('{"$":"array","v":['.repeat(9) + '1' + ']}'.repeat(9))],
      'malformed canvas argument',
    ],
  }
  for (const [name, [operation, question, args, message]] of Object.entries(questions)) {
    test(`${name} is refused`, () => {
      const { error } = ask(session(), operation, question, args, [bytes(), new Uint8Array(4)]) as { error: string[] }
      expect(error.slice(0, 2)).toEqual(['Error', message])
    })
  }

  test('a question of the wrong shape throws before anything runs', () => {
    const operations = session()
    for (const args of [null, 5, {}, { batch: {} }, { batch, args: 'no' }, { batch, args: [], handle: -1 }]) {
      expect(() => operations['canvas.flush']?.(args, [], context)).toThrow(/invalid|expected/i)
    }
  })
  test('another session has other handles', () => {
    session()
    expect(ask(makeCanvasOperations(), 'canvas.get', { handle: 2, name: 'font' })).toEqual(
      refused('no canvas or svg or pdf or context or gradient or pattern or path or image has the handle 2'),
    )
  })
  test('a text of more than a million characters is refused', () => {
    const sent = { strings: ['x'.repeat(1_000_001)], freed: [] }
    expect(ask(session(), 'canvas.flush', {}, [], [bytes(code('fillText', 'snn'), 2, 0, 0, 0)], sent)).toEqual({
      error: ['RangeError', 'A canvas text has 1000001 characters; the limit is 1000000. Draw it in parts.'],
    })
  })
  test('a freed handle is gone, and freeing twice is nothing', () => {
    const operations = session()
    ask(operations, 'canvas.flush', {}, [], [bytes()], { strings: [], freed: [1, 1, 500] })
    expect(ask(operations, 'canvas.get', { handle: 2, name: 'font' })).toMatchObject({
      error: ['Error', expect.stringContaining('has the handle 2')],
    })
  })
})
