// Image tokens by model family: the examples of the vendors' own pages.
import { expect, test } from 'vitest'
import { familyOf } from '../../src/vision/families.ts'
import { boxFor, tokens } from '../../src/vision/tokens.ts'

test('GPT-4o counts tiles: 85 and 170 for each square of 512 after fitting 2048 and a short side of 768', () => {
  expect(tokens(1024, 1024, 'high', 'gpt-4o')).toBe(765)
  expect(tokens(2048, 4096, 'high', 'gpt-4o-2024-08-06')).toBe(1105)
  expect(tokens(4096, 8192, 'low', 'gpt-4o')).toBe(85)
  expect(boxFor('gpt-4o', 'high', 2048, 4096)).toEqual({ width: 768, height: 1536 })
})

test('a small picture is not enlarged', () => {
  expect(boxFor('gpt-4o', 'high', 300, 200)).toEqual({ width: 300, height: 200 })
  expect(tokens(300, 200, 'high', 'gpt-4o')).toBe(255)
})

test.each([
  ['gpt-4.1', 765],
  ['gpt-4.5-preview', 765],
  ['gpt-4o-mini', 2833 + 4 * 5667],
  ['gpt-5', 70 + 4 * 140],
  ['gpt-5-chat-latest', 70 + 4 * 140],
  ['o1', 75 + 4 * 150],
  ['o3-2025-04-16', 75 + 4 * 150],
  ['computer-use-preview', 65 + 4 * 129],
  ['o4-mini', Math.ceil(1024 * 1.72)],
  ['gpt-4.1-mini', Math.ceil(1024 * 1.62)],
  ['gpt-4.1-nano-2025-04-14', Math.ceil(1024 * 2.46)],
  ['gpt-5-mini', Math.ceil(1024 * 1.62)],
  ['gpt-5-nano', Math.ceil(1024 * 2.46)],
  ['gpt-5.4', Math.ceil(1024 * 1.2)],
  ['gpt-6-astra', Math.ceil(1024 * 1.2)],
  ['somebodys-own-model', 765],
  ['', 765],
])('a square of 1024 costs %s %i tokens', (model, expected) => {
  expect(tokens(1024, 1024, 'high', model)).toBe(expected)
})

test("OpenAI's patches: 1800 x 2400 comes to 1056 x 1408, which is 1452 of them", () => {
  expect(boxFor('gpt-5-mini', 'high', 1800, 2400)).toEqual({ width: 1056, height: 1408 })
  expect(tokens(1800, 2400, 'high', 'gpt-5-mini')).toBe(Math.ceil(1452 * 1.62))
  // 15 by 10 squares: 243 tokens and not one more.
  expect(tokens(451, 300, 'high', 'gpt-5-mini')).toBe(243)
})

test('Claude counts squares of 28, at most 1568 of them, since 4.7 at most 4784', () => {
  expect(boxFor('claude-sonnet-4-6', 'high', 1920, 1080)).toEqual({ width: 1456, height: 819 })
  expect(boxFor('anthropic/claude-sonnet-4.6', 'high', 1075, 1520)).toEqual({ width: 924, height: 1307 })
  expect(tokens(1075, 1520, 'high', 'claude-opus-4-7')).toBe(2145)
  expect(tokens(1280, 1600, 'high', 'claude-opus-4-8')).toBe(2668)
  expect(familyOf('claude-opus-4-20250514').name).toBe('Claude to 4.6')
  expect(familyOf('claude-3-5-sonnet-latest').name).toBe('Claude to 4.6')
  expect(familyOf('claude-sonnet-5').name).toBe('Claude')
})

test('Gemini counts 258 for each crop, its third generation a fixed number', () => {
  expect(tokens(300, 384, 'high', 'gemini-2.0-flash')).toBe(258)
  expect(tokens(960, 540, 'high', 'models/gemini-2.5-flash')).toBe(1548)
  expect(tokens(960, 540, 'high', 'google/gemini-3-pro-preview')).toBe(1120)
  expect(tokens(960, 540, 'low', 'gemini-3-flash')).toBe(280)
})

test('Qwen-VL counts squares of 28, its third generation of 32', () => {
  expect(tokens(448, 224, 'high', 'Qwen/Qwen2.5-VL-72B-Instruct')).toBe(128)
  expect(tokens(640, 320, 'high', 'qwen3-vl-plus')).toBe(200)
  expect(tokens(9000, 9000, 'high', 'qwen-vl-max')).toBeLessThanOrEqual(1280)
})

test('at low nothing is larger than 512, whatever the model', () => {
  for (const model of ['gpt-4o', 'gpt-5.4', 'claude-opus-4-7', 'gemini-3-pro', 'qwen3-vl', 'x']) {
    expect(boxFor(model, 'low', 4000, 3000)).toEqual({ width: 512, height: 384 })
  }
})

test('no shape is too odd to fit, and what fits is left alone', () => {
  const models = [
    'gpt-4o',
    'gpt-4.1-mini',
    'gpt-5.4',
    'claude-sonnet-4-6',
    'claude-opus-4-7',
    'gemini-2.5-pro',
    'qwen-vl',
  ]
  for (const model of models) {
    for (const [width, height] of [
      [1, 1],
      [1, 20_000],
      [20_000, 3],
      [12_000, 9000],
    ] as const) {
      const box = boxFor(model, 'high', width, height)
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(1)
      expect(Math.max(box.width, box.height)).toBeLessThanOrEqual(3584)
      expect(boxFor(model, 'high', box.width, box.height)).toEqual(box)
      expect(tokens(width, height, 'high', model)).toBe(tokens(box.width, box.height, 'high', model))
    }
  }
})

test('every family says where its formula stands', () => {
  for (const model of ['gpt-4o', 'gpt-5', 'o3', 'claude-3', 'gemini-2', 'gemini-3', 'qwen2', 'qwen3', 'x']) {
    expect(familyOf(model).source).toMatch(/^https:\/\//)
  }
})
