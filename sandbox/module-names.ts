// The one list of modules that a snippet may import: the import check and the sandbox's module table both read it.

/** Every specifier that works, Node's own with and without `node:`. */
export const MODULE_NAMES = [
  'sharp',
  'chart.js',
  'chart.js/auto',
  'chartjs-node-canvas',
  'gifenc',
  '@napi-rs/canvas',
  'canvas',
  'papaparse',
  'easel',
  'node:fs',
  'node:fs/promises',
  'node:path',
  'node:buffer',
  'node:util',
  'fs',
  'fs/promises',
  'path',
  'buffer',
  'util',
] as const
