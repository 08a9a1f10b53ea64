// Rules for all code, and what they leave to parts of it. Which part may import which is in oxlint.rules.ts.
import { defineConfig } from 'oxlint'

const ISOLATED_VM = {
  name: 'isolated-vm',
  message: 'Only sandbox/child/isolate.ts, the isolate wall, meets isolated-vm.',
}

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'import', 'oxc', 'promise', 'vitest'],
  jsPlugins: ['./oxlint.rules.ts'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  options: { typeAware: true },
  ignorePatterns: ['dist', 'node_modules', 'sandbox/canvas', 'sandbox/types', 'test/conformance/snippets'],
  rules: {
    'easel/layers': 'error',
    'easel/vocabulary': 'error',
    'max-lines': ['error', { max: 250 }],
    'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'import/no-cycle': 'error',
    'no-restricted-imports': ['error', { paths: [ISOLATED_VM] }],
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/consistent-return': 'off',
    'no-await-in-loop': 'off',
    'no-shadow': 'off',
    'no-underscore-dangle': 'off',
    'vitest/expect-expect': 'off',
    'oxc/no-map-spread': 'off',
    'oxc/no-accumulating-spread': 'off',
    'import/no-unassigned-import': 'off',
    'promise/no-callback-in-promise': 'off',
    'promise/always-return': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/prefer-set-has': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'unicorn/no-new-array': 'off',
    'unicorn/prefer-add-event-listener': 'off',
    'unicorn/require-post-message-target-origin': 'off',
  },
  overrides: [
    {
      files: ['test/**', 'examples/**'],
      rules: {
        'max-lines-per-function': 'off',
        'vitest/no-conditional-expect': 'off',
        'vitest/require-to-throw-message': 'off',
        'typescript/no-misused-spread': 'off',
        'typescript/require-array-sort-compare': 'off',
        'typescript/unbound-method': 'off',
        'unicorn/no-array-fill-with-reference-type': 'off',
      },
    },
    {
      files: ['test/hostile/*-attempts.ts', 'test/hostile/*-attacks.ts'],
      rules: { 'max-lines': ['error', { max: 500 }] },
    },
    {
      files: ['sandbox/guest/**', 'sandbox/helpers/**'],
      rules: {
        'typescript/unbound-method': 'off',
        'typescript/no-unnecessary-type-conversion': 'off',
        'typescript/no-base-to-string': 'off',
        'unicorn/no-instanceof-builtins': 'off',
        'typescript/no-extraneous-class': 'off',
        'unicorn/no-useless-spread': 'off',
        'import/namespace': 'off',
      },
    },
    { files: ['sandbox/child/isolate.ts'], rules: { 'no-restricted-imports': 'off' } },
    {
      files: ['src/web/**'],
      plugins: ['typescript', 'unicorn', 'import', 'oxc', 'promise', 'react', 'jsx-a11y'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              { regex: '^node:', message: 'The page runs in a browser.' },
              {
                regex: '/sessions/event\\.ts$|/http/schemas\\.ts$',
                allowTypeImports: true,
                message: 'The page takes only types of events and answers; the checks stay with the server.',
              },
            ],
          },
        ],
        'react/react-in-jsx-scope': 'off',
        'react/no-array-index-key': 'off',
        'react/exhaustive-effect-dependencies': 'off',
        'react/set-state-in-effect': 'off',
        'jsx-a11y/prefer-tag-over-role': 'off',
        'jsx-a11y/no-noninteractive-tabindex': 'off',
        'jsx-a11y/control-has-associated-label': 'off',
        'jsx-a11y/no-noninteractive-element-interactions': 'off',
        'unicorn/no-useless-spread': 'off',
      },
    },
  ],
})
