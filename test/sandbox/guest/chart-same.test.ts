// Chart.js in the guest: its pictures are byte for byte those of plain Node.
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { CHARTS } from './chart-kinds.ts'
import { makeGuest, plain, runOutside } from '../canvas/fixture.ts'
import type { Guest } from '../canvas/fixture.ts'

let guest: Guest
beforeAll(async () => {
  guest = await makeGuest()
}, 60_000)

const hash = (value: unknown): string => createHash('sha256').update(String(value)).digest('hex')

async function same(body: string): Promise<string> {
  const inside = await guest.run(body)
  expect(hash(inside)).toBe(hash(await runOutside(body)))
  return String(inside)
}

describe('chartjs-node-canvas', () => {
  for (const [name, config] of Object.entries(CHARTS)) {
    test(`${name}: renderToBuffer gives the same PNG`, async () => {
      const png = await same(
        `const {ChartJSNodeCanvas}=m('chartjs-node-canvas');const s=new ChartJSNodeCanvas({width:600,height:400,backgroundColour:'white'});return (await s.renderToBuffer(${config})).toString('base64')`,
      )
      expect(png.length).toBeGreaterThan(8000)
    })
  }

  const service = (options: string): string =>
    `const {ChartJSNodeCanvas}=m('chartjs-node-canvas');const s=new ChartJSNodeCanvas(${options});`
  const small = service(`{width:300,height:200}`)
  const bar = CHARTS['bar'] as string

  for (const call of [
    `s.renderToBufferSync(${bar}).toString('base64')`,
    `s.renderToBufferSync(${bar},'image/jpeg').toString('base64')`,
    `(await s.renderToBuffer(${bar},'image/jpeg')).toString('base64')`,
    `s.renderToDataURLSync(${bar})`,
    `await s.renderToDataURL(${bar},'image/jpeg')`,
    `await new Promise((done)=>{const p=[];s.renderToStream(${bar}).on('data',(d)=>p.push(d)).on('end',()=>done(Buffer.concat(p).toString('base64')))})`,
  ]) {
    test(`${call.replace(bar, '…')} gives the same`, async () => {
      expect((await same(`${small}return ${call}`)).length).toBeGreaterThan(4000)
    })
  }

  test('the background of one service does not leak into the next', async () => {
    const bare = await guest.run(`${small}return s.renderToBufferSync(${bar}).toString('base64')`)
    await guest.run(`${service(`{width:300,height:200,backgroundColour:'red'}`)}s.renderToBufferSync(${bar})`)
    expect(await guest.run(`${small}return s.renderToBufferSync(${bar}).toString('base64')`)).toBe(bare)
  })

  test('chartCallback and modern plugins reach their own chart.js only', async () => {
    const marked = `{width:300,height:200,chartCallback:(C)=>{C.defaults.font.size=22},plugins:{modern:[{id:'box',afterDraw(c){c.ctx.fillRect(0,0,30,30)}}]}}`
    expect(await same(`${service(marked)}return s.renderToBufferSync(${bar}).toString('base64')`)).toBeTruthy()
    expect(await same(`${small}return s.renderToBufferSync(${bar}).toString('base64')`)).toBeTruthy()
  })

  test('wrong options and unknown plugins are refused', async () => {
    const said = `const {ChartJSNodeCanvas:S}=m('chartjs-node-canvas');const said=[];for(const o of [undefined,{},{width:5}])try{new S(o)}catch(e){said.push(e.message)};return said`
    expect(plain(await guest.run(said))).toEqual(plain(await runOutside(said)))
    const plugin = await guest.run(
      `try{new (m('chartjs-node-canvas').ChartJSNodeCanvas)({width:5,height:5,plugins:{modern:['chartjs-plugin-datalabels']}})}catch(e){return e.message}`,
    )
    expect(plugin).toBe(
      "The sandbox has no chart plugin 'chartjs-plugin-datalabels'. Write it in the snippet and pass the object in plugins.modern.",
    )
  })
})

describe('chart.js', () => {
  test('without auto nothing is registered, as outside', async () => {
    const own = await makeGuest()
    const said = await own.run(
      `const {Chart}=m('chart.js');const c=m('@napi-rs/canvas').createCanvas(50,50);try{new Chart(c,{type:'bar',data:{labels:['a'],datasets:[{data:[1]}]}});return 'drawn'}catch(e){return e.message}`,
    )
    expect(said).toBe('"bar" is not a registered controller.')
    expect(
      await own.run(
        `const auto=m('chart.js/auto');return auto.default===m('chart.js').Chart&&m('chart.js').Chart===auto.Chart`,
      ),
    ).toBe(true)
  })

  for (const [name, config] of Object.entries(CHARTS)) {
    test(`${name}: drawn on a canvas by chart.js/auto gives the same pixels`, async () => {
      expect(
        await same(
          `const {Chart}=m('chart.js/auto');const c=m('@napi-rs/canvas').createCanvas(500,300);const chart=new Chart(c.getContext('2d'),${config});const p=c.toBuffer('image/png').toString('base64');chart.destroy();return p`,
        ),
      ).toBeTruthy()
    })
  }

  test('the canvas itself may be given, and an update draws again', async () => {
    expect(
      await same(
        `const {Chart}=m('chart.js/auto');const c=m('@napi-rs/canvas').createCanvas(300,200);const chart=new Chart(c,${CHARTS['line']});chart.data.datasets[0].data=[1,2,3,4,5];chart.update('none');const p=c.toBuffer('image/png').toString('base64');chart.destroy();return p`,
      ),
    ).toBeTruthy()
  })
})
