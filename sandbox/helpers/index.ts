// The `easel` module: what pictures and tables need and sharp, the canvas and chart.js lack. Written only on those
// public modules, so the same source runs in the sandbox and in plain Node and makes the same bytes.
//
// Every function that takes a `Picture` takes a file name, encoded bytes, a sharp pipeline, raw pixels or a canvas.
// EXIF orientation is applied to names and bytes, animations give their first frame, CMYK and 16 bit become 8-bit
// sRGB. Pictures come back as sharp pipelines over raw pixels, so that they chain: `await (await
// sobel('a.png')).resize(200).toFile('b.png')`. Wrong arguments throw a TypeError that names the function, the
// argument, what was expected and what came.

export type { CanvasLike, Picture, RawPicture } from './picture.ts'
export type { ColourLike } from './colour.ts'
export { pixels } from './pixels.ts'

export { label, type LabelOptions, type LabelPosition } from './layout/label.ts'
export { stack, type StackOptions } from './layout/stack.ts'
export { grid, type GridOptions } from './layout/grid.ts'

export { sobel } from './sobel.ts'
export { contrastStretch, histogram, otsu, otsuThreshold, type Histogram, type StretchOptions } from './gray-levels.ts'
export { turn, type TurnOptions } from './turn.ts'
export { cycleChannels } from './channels.ts'
export { compressTo, type CompressOptions } from './compress.ts'

export { animate, type AnimateOptions, type Frames, type GifQuality } from './animate.ts'
export { frames, shrinkGif, type Animation, type ShrinkOptions } from './frames.ts'

export { readTable, toNumber, type Column, type Row, type Table, type TableOptions } from './table/read-table.ts'
export type { ColumnType, Value } from './table/values.ts'
export { summarize, type ColumnSummary } from './table/summarize.ts'
export { melt, type MeltOptions } from './table/melt.ts'

export { chart, type ChartOptions } from './chart.ts'
export { histogramChart, type HistogramChartOptions } from './histogram-chart.ts'
export { PALETTE, paletteColour } from './palette.ts'
export { barRace, type BarRaceOptions } from './race/bar-race.ts'
