// Keeps the modules that most snippets import loaded, so that first use adds no delay. Those for tables and dates are
// loaded when they are imported, which takes 50 to 300 ms once.
import '@napi-rs/canvas'
import 'canvas'
import 'chart.js'
import 'chart.js/auto'
import 'chartjs-node-canvas'
import 'easel'
import 'gifenc'
import 'papaparse'
import 'sharp'
