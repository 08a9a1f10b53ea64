// Draws the example portrait: flat shapes, soft light, fine hair and wool, so that edges, thresholds and blurs have
// something to show.
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { circle, line, linear, radial, sequence, shape, type Point } from './brush.ts'

const SIDE = 640

/** The portrait as a PNG, 640 x 640; the same bytes each time. */
export function drawPortrait(): Buffer {
  const canvas = createCanvas(SIDE, SIDE)
  const context = canvas.getContext('2d')
  context.scale(SIDE / 512, SIDE / 512)
  context.lineCap = 'round'
  drawSky(context)
  drawHills(context)
  drawHairBehind(context)
  drawBody(context)
  drawFace(context)
  for (const side of [-1, 1] as const) drawEye(context, 256 + side * 44, 232, side)
  drawNoseAndMouth(context)
  drawHairInFront(context)
  drawLeaves(context)
  return canvas.toBuffer('image/png')
}

function drawSky(context: SKRSContext2D): void {
  context.fillStyle = linear(context, [0, 0], [0, 400], ['#2f5d8c', '#e58f7b', '#f9d9a8'])
  context.fillRect(0, 0, 512, 512)
  context.fillStyle = radial(context, [366, 150], 210, ['#fff3cfee', '#ffd98a88', '#ffd98a00'])
  context.fillRect(0, 0, 512, 512)
  context.fillStyle = '#fff1c9'
  circle(context, [366, 150], 58)
  const random = sequence(11)
  for (let i = 0; i < 26; i++) {
    context.fillStyle = `rgba(255, 244, 230, ${0.07 + random() * 0.12})`
    const y = 40 + random() * 210
    context.beginPath()
    context.ellipse(random() * 512, y, 40 + random() * 70, 2 + random() * 6, 0, 0, Math.PI * 2)
    context.fill()
  }
}

function drawHills(context: SKRSContext2D): void {
  const layers: [number, number, string, string][] = [
    [290, 34, '#a9788f', '#8d6a8e'],
    [338, 26, '#6c6f97', '#57648a'],
    [386, 20, '#3f6b7d', '#2c5366'],
    [432, 16, '#2a5a55', '#1a3f40'],
  ]
  for (const [n, [level, swing, light, dark]] of layers.entries()) {
    context.fillStyle = linear(context, [0, level - swing], [0, level + 90], [light, dark])
    context.beginPath()
    context.moveTo(0, 512)
    for (let x = 0; x <= 512; x += 4) {
      context.lineTo(x, level + swing * (Math.sin(x / (58 - n * 9) + n * 2.1) * 0.7 + Math.sin(x / 19 + n * 4) * 0.25))
    }
    context.lineTo(512, 512)
    context.fill()
  }
}

function drawHairBehind(context: SKRSContext2D): void {
  context.fillStyle = linear(context, [120, 90], [400, 420], ['#3a2230', '#20131f'])
  shape(
    context,
    'M256 78 C170 66 112 140 118 240 C122 320 104 372 128 420 C190 452 322 452 384 420 C408 372 390 320 394 240 C400 140 342 66 256 78',
  )
}

function drawBody(context: SKRSContext2D): void {
  context.fillStyle = linear(context, [200, 330], [312, 430], ['#e0a27e', '#b97458'])
  shape(context, 'M214 320 C216 372 206 392 176 404 C220 452 292 452 336 404 C306 392 296 372 298 320')
  context.fillStyle = radial(context, [256, 352], 62, ['#7d3f37aa', '#7d3f3700'])
  shape(context, 'M214 330 C220 392 292 392 298 330 C280 384 232 384 214 330')
  context.save()
  context.fillStyle = linear(context, [80, 400], [430, 512], ['#e2b23c', '#c2711f'])
  const wool = shape(
    context,
    'M178 398 C112 412 84 446 72 512 C200 512 320 512 440 512 C428 446 400 412 334 398 C312 444 200 444 178 398',
  )
  context.clip(wool)
  for (let row = 0; row < 18; row++) {
    for (let column = 0; column < 48; column++) {
      const [x, y] = [66 + column * 8, 396 + row * 7 + Math.abs(column - 24) * 0.25]
      line(context, row % 2 ? '#a85a1855' : '#ffe09a55', 1.6, [x, y], [x + 4, y + 5])
      line(context, row % 2 ? '#ffe09a44' : '#a85a1844', 1.6, [x + 4, y + 5], [x + 8, y])
    }
  }
  context.restore()
  for (const [width, colour] of [
    [13, '#d79a2c'],
    [4, '#f3cf72'],
  ] as const) {
    context.lineWidth = width
    context.strokeStyle = colour
    context.beginPath()
    context.moveTo(180, 400)
    context.bezierCurveTo(202, 448, 310, 448, 332, 400)
    context.stroke()
  }
}

function drawFace(context: SKRSContext2D): void {
  for (const side of [-1, 1]) {
    context.fillStyle = side < 0 ? '#c98a69' : '#e9b18d'
    context.beginPath()
    context.ellipse(256 + side * 92, 244, 14, 24, side * 0.12, 0, Math.PI * 2)
    context.fill()
    context.fillStyle = '#2f8f83'
    circle(context, [256 + side * 97, 279], 7)
    context.fillStyle = '#bff0e4'
    circle(context, [254 + side * 97, 277], 2)
  }
  context.fillStyle = linear(context, [160, 180], [350, 300], ['#d6936f', '#f0bd98', '#f8d2ae'])
  shape(context, 'M166 212 C164 300 206 364 256 368 C306 364 348 300 346 212 C344 92 168 92 166 212')
  for (const [x, colour] of [
    [206, '#d9604f66'],
    [308, '#e8695866'],
  ] as const) {
    context.fillStyle = radial(context, [x, 284], 34, [colour, `${colour.slice(0, 7)}00`])
    circle(context, [x, 284], 34)
  }
  const random = sequence(5)
  for (let i = 0; i < 34; i++) {
    context.fillStyle = '#a8583f77'
    circle(context, [256 + (random() - 0.5) * 130, 272 + (random() - 0.5) * 26], 0.8 + random() * 0.8)
  }
}

function drawEye(context: SKRSContext2D, x: number, y: number, side: -1 | 1): void {
  context.fillStyle = radial(context, [x, y], 34, ['#8a4a3a55', '#8a4a3a00'])
  circle(context, [x, y - 2], 34)
  context.save()
  context.fillStyle = '#fbf6ef'
  const white = shape(
    context,
    `M${x - 24} ${y + 2} C${x - 10} ${y - 17} ${x + 10} ${y - 17} ${x + 24} ${y + 2} C${x + 10} ${y + 14} ${x - 10} ${y + 14} ${x - 24} ${y + 2}`,
  )
  context.clip(white)
  context.fillStyle = radial(context, [x + 1, y], 13, ['#8fd0a0', '#3f8d73', '#1d4a48'])
  circle(context, [x + 1, y], 13)
  context.fillStyle = '#10151c'
  circle(context, [x + 1, y], 6)
  context.fillStyle = '#3a223033'
  context.fillRect(x - 26, y - 18, 52, 10)
  context.restore()
  context.fillStyle = '#ffffff'
  circle(context, [x + 6, y - 5], 3.2)
  context.strokeStyle = '#2a1620'
  context.lineWidth = 3.6
  context.beginPath()
  context.moveTo(x - 25, y + 3)
  context.bezierCurveTo(x - 10, y - 18, x + 10, y - 18, x + 25, y + 1)
  context.stroke()
  for (let i = 0; i < 4; i++)
    line(context, '#2a1620', 2, [x + side * (14 + i * 3.4), y - 9 + i * 3], [x + side * (19 + i * 5), y - 15 + i * 3.4])
  context.lineWidth = 7
  context.strokeStyle = '#3a2230'
  context.beginPath()
  context.moveTo(x - side * 26, y - 30)
  context.quadraticCurveTo(x + side * 4, y - 46, x + side * 32, y - 28)
  context.stroke()
}

function drawNoseAndMouth(context: SKRSContext2D): void {
  context.fillStyle = linear(context, [236, 250], [270, 296], ['#b8694f66', '#b8694f00'])
  shape(context, 'M246 236 C240 262 226 286 238 296 C250 300 258 290 252 236')
  context.strokeStyle = '#a4553f'
  context.lineWidth = 2.6
  context.beginPath()
  context.moveTo(238, 294)
  context.bezierCurveTo(246, 302, 266, 302, 274, 294)
  context.stroke()
  context.fillStyle = '#fff0dd99'
  circle(context, [260, 284], 4)
  context.fillStyle = '#b23a48'
  shape(context, 'M216 319 C236 313 248 312 256 318 C264 312 276 313 296 319 C272 331 240 331 216 319')
  context.fillStyle = linear(context, [0, 322], [0, 346], ['#d65a62', '#c04552'])
  shape(context, 'M216 319 C240 331 272 331 296 319 C280 352 232 352 216 319')
  context.strokeStyle = '#7d2231'
  context.lineWidth = 2
  context.beginPath()
  context.moveTo(213, 317)
  context.bezierCurveTo(240, 332, 272, 332, 299, 317)
  context.stroke()
  context.fillStyle = '#ffd9cf88'
  context.beginPath()
  context.ellipse(264, 337, 13, 2.6, -0.05, 0, Math.PI * 2)
  context.fill()
}

function drawHairInFront(context: SKRSContext2D): void {
  context.fillStyle = linear(context, [140, 80], [380, 260], ['#2a1825', '#4a2b38', '#2a1825'])
  shape(context, 'M286 104 C216 84 140 130 138 250 C150 262 160 262 168 250 C172 196 214 168 286 104')
  shape(context, 'M270 106 C320 160 346 190 346 256 C356 262 366 260 376 248 C378 140 330 88 270 106')
  const random = sequence(3)
  for (let i = 0; i < 90; i++) {
    const left = i % 2 === 0
    const t = random()
    const end: Point = left ? [126 + t * 40, 250 + random() * 150] : [346 + t * 40, 250 + random() * 150]
    context.strokeStyle = random() > 0.6 ? '#a8647355' : '#12080f66'
    context.lineWidth = 0.7 + random() * 1.1
    context.beginPath()
    context.moveTo(276 + (left ? -1 : 1) * t * 14, 98 + t * 10)
    context.bezierCurveTo(
      left ? 200 - t * 30 : 330 + t * 20,
      104 + t * 40,
      left ? 132 + t * 26 : 372 + t * 8,
      160,
      ...end,
    )
    context.stroke()
  }
}

function drawLeaves(context: SKRSContext2D): void {
  const random = sequence(21)
  for (let i = 0; i < 46; i++) {
    const left = i % 2 === 0
    const [x, y] = [left ? random() * 96 : 416 + random() * 96, 372 + random() * 140]
    const angle = (left ? -0.9 : -2.2) + (random() - 0.5) * 1.2
    const length = 30 + random() * 34
    const tip: Point = [x + Math.cos(angle) * length, y + Math.sin(angle) * length]
    const bulge: Point = [-Math.sin(angle) * length * 0.32, Math.cos(angle) * length * 0.32]
    const middle: Point = [(x + tip[0]) / 2, (y + tip[1]) / 2]
    context.fillStyle = ['#1f5d4c', '#2f7d5b', '#5aa469', '#12443f'][i % 4]!
    context.beginPath()
    context.moveTo(x, y)
    context.quadraticCurveTo(middle[0] + bulge[0], middle[1] + bulge[1], ...tip)
    context.quadraticCurveTo(middle[0] - bulge[0], middle[1] - bulge[1], x, y)
    context.fill()
    line(context, '#d6f0c255', 1, [x, y], tip)
  }
}
