// In place of zrender/lib/animation/requestAnimationFrame.js: nothing is displayed, so there are no frames. Otherwise an
// ECharts instance that is not disposed of would ask for frames for ever, and its cell would not end.
export default function requestAnimationFrame(): number {
  return 0
}
