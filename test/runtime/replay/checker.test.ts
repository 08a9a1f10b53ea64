// What the checker learns of names that could not be restored.
import { afterAll, expect, it } from 'vitest'
import { createChecker } from '../../../src/check/checker.ts'

const checker = createChecker({ timeoutMs: 20_000 })
afterAll(() => checker.close())

it('refuses names that are gone, knows the others with their types, and takes the names again when they are declared anew', async () => {
  checker.accept('interface Point { x: number }\nconst point: Point = { x: 1 }\nlet gone = 2', ['point', 'gone'])
  checker.accept('const both = [point.x, gone]', ['both'])
  checker.forget(['gone'])
  expect(await checker.check('both[0]?.toFixed(); point.x.toFixed()')).toEqual({ ok: true })
  expect(await checker.check('gone + 1')).toMatchObject({
    ok: false,
    diagnostics: [{ message: "Cannot find name 'gone'. It is neither declared nor a global of the sandbox." }],
  })
  const hints = [{ message: "Argument of type 'string' is not assignable to parameter of type 'number'." }]
  expect(await checker.check("both.push('text')")).toMatchObject({ ok: true, hints })
  checker.accept("const gone = 'text'", ['gone'])
  expect(await checker.check('gone.toUpperCase()')).toEqual({ ok: true })
  checker.forget()
  expect(await checker.check('point')).toMatchObject({ ok: false })
})
