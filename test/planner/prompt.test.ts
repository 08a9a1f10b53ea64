import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { encode as encodeNew } from 'gpt-tokenizer/encoding/o200k_base'
import { encode as encodeOld } from 'gpt-tokenizer/encoding/cl100k_base'
import { describe, expect, test } from 'vitest'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { TOPICS } from '../../src/planner/help/topics.ts'
import { systemPrompt } from '../../src/planner/prompt.ts'
import { toolsFor } from '../../src/planner/tools.ts'
import { asking, plan } from '../doubles/model-server/planning.ts'

describe('The prompt', () => {
  test('and the descriptions of the tools take at most 1,500 tokens, and are the same for every request', () => {
    const tools = (sees: boolean, draws: boolean): string =>
      systemPrompt('tools') + JSON.stringify(toolsFor({ sees, draws }))
    for (const encode of [encodeNew, encodeOld]) {
      expect(encode(tools(true, true)).length).toBeLessThanOrEqual(1500)
      // Without an Images API, a tenth is left for tokenizers of other model families.
      expect(encode(tools(true, false)).length).toBeLessThanOrEqual(1350)
      expect(encode(systemPrompt('fenced')).length).toBeLessThanOrEqual(1250)
    }
    expect(tools(true, true)).toBe(tools(true, true))
  })

  test('asks for a tool call or for a block, never for both', () => {
    expect(systemPrompt('tools')).toContain('with the tools')
    expect(systemPrompt('tools')).not.toContain('```')
    expect(systemPrompt('fenced')).toContain('```ts')
    expect(systemPrompt('fenced')).toContain('```edit 3\n<<<<<<< SEARCH\n')
    expect(systemPrompt('fenced')).not.toContain('tool')
  })

  test('names the families of the help, and functions that the easel module has', () => {
    for (const protocol of ['tools', 'fenced'] as const) {
      const text = systemPrompt(protocol)
      const lines = text.split('\n').filter((line) => /^- [a-z ]+: \w+\(/.test(line))
      const families = new Set(TOPICS.map(({ family }) => family))
      families.delete('modules')
      expect(lines.map((line) => /^- ([a-z ]+):/.exec(line)?.[1])).toEqual([...families])
      const named = lines.flatMap((line) => [...line.matchAll(/(?:: |; |, )([a-z]\w+)\(/g)].map((found) => found[1]))
      expect(named.length).toBeGreaterThan(12)
      for (const name of named) expect(TOPICS.some(({ names }) => names.includes(name ?? ''))).toBe(true)
    }
  })
})

describe('The openai package', () => {
  test('is not loaded until a model is asked', () => {
    const file = fileURLToPath(new URL('../../src/planner/openai/planner.ts', import.meta.url))
    const script = `import { registerHooks } from 'node:module'
      const seen = []
      registerHooks({ resolve: (name, context, next) => (/^openai/.test(name) && seen.push(name), next(name, context)) })
      const { createOpenAiPlanner } = await import(${JSON.stringify(file)})
      createOpenAiPlanner({ apiKey: 'x' })
      console.log(JSON.stringify(seen))`
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(run.stdout.trim()).toBe('[]')
  })
})

describe('The scripted planner', () => {
  test('gives its steps one after another, then an answer', async () => {
    const planner = createScriptedPlanner([
      '1 + 1',
      { events: [{ type: 'notice', text: 'n' }], step: { type: 'failed', code: 'c', message: 'm' } },
    ])
    expect((await plan(planner, asking('x'))).step).toEqual({
      type: 'run',
      text: '',
      actions: [{ code: '1 + 1' }],
      unreadable: [],
    })
    const second = await plan(planner, asking('x'))
    expect(second.step).toEqual({ type: 'failed', code: 'c', message: 'm' })
    expect(second.notices).toEqual(['n'])
    expect((await plan(planner, asking('x'))).step).toEqual({ type: 'answer', text: 'Done.' })
  })

  test('may choose by the journal, and stops when cancelled', async () => {
    const planner = createScriptedPlanner((journal, turn) => ({ type: 'answer', text: `${journal.length} ${turn}` }))
    expect((await plan(planner, asking('x'))).step).toEqual({ type: 'answer', text: '1 0' })
    await expect(plan(planner, [], AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
  })
})
