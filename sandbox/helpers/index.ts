// The `easel` module: functions for pictures and tables that sharp, the canvas and chart.js lack. It uses only public
// modules, so that the same source yields the same bytes in the sandbox and in plain Node.
// Functions that take a `Picture` accept a file name, encoded bytes, a sharp pipeline, raw pixels or a canvas. EXIF
// orientation is applied to names and bytes, animations yield their first frame, CMYK and 16 bit become 8-bit sRGB.
// Resulting pictures are sharp pipelines over raw pixels, so that they can be chained: `await (await
// sobel('a.png')).resize(200).toFile('b.png')`. Invalid arguments throw a TypeError that names the function, the
// argument, what was expected and what was received.

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

export { readTable, type Column, type Table, type TableOptions } from './table/read-table.ts'
export { writeTable, type TableData, type WriteTableOptions } from './table/write-table.ts'
export { toNumber } from './table/numbers.ts'
export type { ColumnType, Row, Value } from './table/columns.ts'
export type { DateOrder } from './table/dates.ts'
export { summarize, type ColumnSummary } from './table/summarize.ts'
export { sql, type SqlParameters, type SqlRow } from './sql/sql.ts'
export { melt, type MeltOptions } from './table/melt.ts'
export { markdownTable, type MarkdownTableOptions } from './table/markdown.ts'

export { describe, type DescribeOptions, type Description } from './statistics/describe.ts'
export { quantile, type QuantileMethod, type QuantileOptions } from './statistics/quantile.ts'
export { pearson, spearman, type Correlation } from './statistics/correlation.ts'
export { linearFit } from './statistics/linear-fit.ts'
export type { Interval, LinearFit, LinearFitOptions, LinearPrediction } from './statistics/linear-fit.ts'
export { tTest, type Alternative, type Sample, type TTest, type TTestOptions } from './statistics/t-test.ts'
export { chiSquare } from './statistics/chi-square.ts'
export type { ChiSquareOptions, Counts, GoodnessOfFit, Independence } from './statistics/chi-square.ts'
export { anova, type Anova } from './statistics/anova.ts'
export { shapiro, type ShapiroTest } from './statistics/shapiro.ts'
export { kurtosis, skewness, type ShapeOptions } from './statistics/shape.ts'
export { histogramBins, type HistogramBins, type HistogramBinsOptions } from './statistics/histogram-bins.ts'
export type { NumberColumn, NumberLike, Numbers } from './statistics/numbers.ts'
export { listZip, unzip, type UnzipOptions, type ZipEntry } from './archive/zip.ts'

export { chart, type ChartOptions } from './chart.ts'
export { boxPlot, type BoxPlotOptions } from './box-plot.ts'
export { histogramChart, type HistogramChartOptions } from './histogram-chart.ts'
export { PALETTE, paletteColour } from './palette.ts'
export { barRace, type BarRaceOptions } from './race/bar-race.ts'
