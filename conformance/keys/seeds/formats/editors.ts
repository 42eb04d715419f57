/** Settings of editors: Visual Studio Code (JSON with comments) and JetBrains (XML). */

import type { Draft, Draw, Format } from '../draft.ts'

export const editors: readonly Format[] = [settings, launch, tasks, workspace, dataSources]

/** A comment after some members and a comma after the last one, as the editor allows. */
function withComments({ chance }: Draw, json: string): string {
  return json
    .replaceAll(/,\n/g, () => (chance.isLikely(20) ? `, // ${chance.word()}\n` : ',\n'))
    .replace(/^\{\n/, `{\n  /* ${chance.word()} */\n`)
}

function settings(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const json = chance.json({
    'editor.fontSize': 13,
    [`terminal.integrated.env.${chance.pick(['linux', 'osx', 'windows'])}`]: {
      AWS_ACCESS_KEY_ID: draw.id(key),
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    },
  })
  return { kind: 'VS Code settings', path: '.config/Code/User/settings.json', text: withComments(draw, json) }
}

function launch(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const env = { AWS_ACCESS_KEY_ID: draw.id(key), AWS_SECRET_ACCESS_KEY: key.secretAccessKey, DEBUG: '*' }
  const json = chance.json({
    version: '0.2.0',
    configurations: [{ type: 'node', request: 'launch', name: chance.word(), env }],
  })
  return { kind: 'VS Code launch', path: `${chance.project()}/.vscode/launch.json`, text: withComments(draw, json) }
}

function tasks(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const command = `AWS_ACCESS_KEY_ID=${draw.id(key)} AWS_SECRET_ACCESS_KEY=\\"${key.secretAccessKey}\\" make deploy`
  const text = `{\n\t"version": "2.0.0",\n\t"tasks": [\n\t\t{ "label": "${chance.word()}", "type": "shell", "command": "${command}" },\n\t]\n}\n`
  return { kind: 'VS Code tasks', path: `${chance.project()}/.vscode/tasks.json`, text }
}

function workspace(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const env = (name: string, value: string): string => `        <env name="${name}" value="${value}" />\n`
  const envs = chance.shuffled([
    env('AWS_ACCESS_KEY_ID', draw.id(key)),
    env('AWS_SECRET_ACCESS_KEY', chance.xml(key.secretAccessKey)),
    env('PYTHONUNBUFFERED', '1'),
  ])
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<project version="4">\n  <component name="RunManager">\n    <configuration name="${chance.name()}" type="PythonConfigurationType">\n      <envs>\n${envs.join('')}      </envs>\n    </configuration>\n  </component>\n</project>\n`
  return { kind: 'JetBrains workspace', path: `${chance.project()}/.idea/workspace.xml`, text }
}

/** A JDBC address of Athena. */
function dataSources(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const url = `jdbc:awsathena://AwsRegion=${chance.region()};UID=${draw.id(key)};PWD=${chance.xml(key.secretAccessKey)};S3OutputLocation=s3://${chance.name()}/`
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<project version="4">\n  <component name="DataSourceManagerImpl">\n    <data-source source="LOCAL" name="${chance.word()}" uuid="${chance.uuid()}">\n      <jdbc-url>${url}</jdbc-url>\n    </data-source>\n  </component>\n</project>\n`
  return { kind: 'JetBrains data source', path: `${chance.project()}/.idea/dataSources.xml`, text }
}
