// The part of '@napi-rs/canvas' that charts use, in a browser: the build of interactive pages puts it in its place.
interface BrowserCanvas {
  width: number
  height: number
  getContext(type: '2d'): never
}

declare const document: { createElement(name: 'canvas'): BrowserCanvas }

export function createBrowserCanvas(width: number, height: number): BrowserCanvas {
  return Object.assign(document.createElement('canvas'), { width, height })
}

export { createBrowserCanvas as createCanvas }
