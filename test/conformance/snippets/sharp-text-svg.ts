// Text and SVG with the shipped fonts, Chinese included
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'

await sharp({ text: { text: '<span foreground="red">红</span> Grüße 世界', rgba: true, dpi: 150, width: 300 } }).png().toFile('text.png')
await sharp({ text: { text: 'justified text over more than one line', font: 'serif bold', align: 'centre', justify: true, width: 120, height: 80 } }).png().toFile('box.png')
const label = (text: string) => Buffer.from(`<svg width="96" height="24"><rect width="100%" height="100%" fill="#000" fill-opacity="0.6"/><text x="4" y="17" font-family="Arial" font-size="14" fill="#fff">${text}</text></svg>`)
await sharp('photo.png').composite([{ input: label('原图 & co'.replace('&', '&amp;')), top: 0, left: 0 }]).toFile('labelled.png')
await sharp('badge.svg', { density: 144 }).png().toFile('badge.png')
console.log(await sharp(label('x')).metadata())

// Emoji in colour, as bytes, as a layer and as a file
const party = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="150" height="40"><text x="75" y="28" font-family="Georgia" font-size="20" text-anchor="middle">🎉 Party 👍🏽 &#10084;&#65039;</text></svg>')
await sharp(party).png().toFile('party.png')
await sharp('photo.png').composite([{ input: party, top: 0, left: 0 }]).toFile('party-on-photo.png')
await writeFile('party.svg', party)
await sharp('party.svg', { density: 144 }).png().toFile('party-large.png')
await sharp({ text: { text: 'sign 🚀', font: 'Impact 20', rgba: true } }).png().toFile('rocket.png')
