import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import { openStore } from '../store.ts'
import { forEachEngine, type TestEngine } from '../testing/engines.ts'
import { createReleased, releasedOf, runScript } from '../testing/released.ts'
import { NEWEST_SCHEMA } from './migrations.ts'

/** What tables and columns a database has. */
async function describeSchema(engine: TestEngine, url: string): Promise<string[]> {
  const statement =
    engine.name === 'sqlite'
      ? `select m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" as line
           from sqlite_schema m join pragma_table_info(m.name) c where m.type in ('table', 'index') order by 1`
      : `select table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(collation_name, '-') || ' ' ||
           is_nullable as line from information_schema.columns where table_schema = 'public'
         union all select indexdef from pg_indexes where schemaname = 'public' order by 1`
  return (await runScript<{ line: string }>(engine, url, statement)).map(({ line }) => line)
}

const clock = new TestClock()

await forEachEngine((engine) => {
  test('a database that was opened before is opened again and has changed nothing', async () => {
    const url = await engine.createDatabase()
    await (await openStore({ url, clock })).close()
    const schema = await describeSchema(engine, url)
    await (await openStore({ url, clock })).close()
    expect(await describeSchema(engine, url)).toEqual(schema)
    expect(schema.length).toBeGreaterThan(150)
  })

  if (engine.name === 'postgres')
    test('every text on PostgreSQL sorts by its bytes, as on SQLite', async () => {
      const url = await engine.createDatabase()
      await (await openStore({ url, clock })).close()
      const texts = (await describeSchema(engine, url)).filter(
        (line) => / text /.test(line) && !/^migrations\./.test(line),
      )
      expect(texts.length).toBeGreaterThan(100)
      expect(texts.filter((line) => !line.includes(' C '))).toEqual([])
    })

  test('a database of a newer version is refused, and left alone', async () => {
    const url = await engine.createDatabase()
    await (await openStore({ url, clock })).close()
    await runScript(engine, url, `insert into migrations values (${NEWEST_SCHEMA + 1}, 'of-tomorrow', '2030-01-01')`)
    await expect(openStore({ url, clock })).rejects.toThrow('The database belongs to a newer version of this server.')
  })

  for (const name of releasedOf(engine)) {
    test(`a database of ${name} becomes what a new one is, and its instance is still there`, async () => {
      const [url, fresh] = [await createReleased(engine, name), await engine.createDatabase()]
      await (await openStore({ url: fresh, clock })).close()
      const store = await engine.open({ url })
      expect(await store.instances.find()).toMatchObject({ arn: expect.stringContaining('ssoins-') })
      expect(await describeSchema(engine, url)).toEqual(await describeSchema(engine, fresh))
    })
  }
})
