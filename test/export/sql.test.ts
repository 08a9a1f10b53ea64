// A session with SQL, exported: DuckDB runs in the project's own process, from its package, and gives the same files.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openScene, start, unpacked } from './scene.ts'

test('queries over files and tables run outside, also in a cell after native code is forbidden', async () => {
  const { scene, close } = await openScene()
  try {
    await scene.upload('销售 表.csv', 'region,x\nnorth,1\nsouth,2.5\nnorth,3\n')
    expect(
      await scene.run("import { writeFile } from 'node:fs/promises'\nawait writeFile('one.txt', 'one')"),
    ).toMatchObject({
      status: 'ok',
    })
    const query = `import { sql } from 'easel'
      const rows = await sql("select region, sum(x) as total, random() as r, now() as n from '/mnt/data/销售 表.csv' join t using (region) group by all order by all", { t: [{ region: 'north' }] })
      await writeFile('rows.json', JSON.stringify(rows))`
    expect(await scene.run(query)).toMatchObject({ status: 'ok' })
    const { zip, files } = await scene.export()
    const project = unpacked(zip)
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { dependencies: object }
    expect(manifest.dependencies).toHaveProperty(['@duckdb/node-api'])
    const { code, stdout } = await start(project)
    expect(stdout).toMatch(`${files} of ${files} files are the same as in the session.`)
    expect([code, files]).toEqual([0, 2])
  } finally {
    await close()
  }
})
