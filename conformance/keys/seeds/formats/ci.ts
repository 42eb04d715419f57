/** What a CI service reads. */

import type { Draft, Draw, Format } from '../draft.ts'
import { yamlText } from './containers.ts'

export const ci: readonly Format[] = [github, gitlab, circle, jenkins, bitbucket, travis]

function github(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `on: [push]\njobs:\n  ${chance.word()}:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v4\n        with:\n          aws-access-key-id: ${yamlText(draw, draw.id(key))}\n          aws-secret-access-key: ${yamlText(draw, key.secretAccessKey)}\n          aws-region: ${chance.region()}\n`
  return { kind: 'GitHub workflow', path: `${chance.project()}/.github/workflows/${chance.word()}.yml`, text }
}

function gitlab(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `variables:\n  AWS_SECRET_ACCESS_KEY: "${key.secretAccessKey}"\n  AWS_ACCESS_KEY_ID:\n    value: ${draw.id(key)}\n    description: ${chance.word()}\n${chance.comment('#')}deploy:\n  script:\n    - aws s3 sync public s3://${chance.name()}\n`
  return { kind: 'GitLab CI', path: `${chance.project()}/.gitlab-ci.yml`, text }
}

function circle(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `version: 2.1\njobs:\n  build:\n    docker:\n      - image: ${chance.pick(['1234', '4567'])}.dkr.ecr.us-east-1.amazonaws.com/${chance.word()}\n        aws_auth:\n          aws_access_key_id: ${draw.id(key)}\n          aws_secret_access_key: ${yamlText(draw, key.secretAccessKey)}\n`
  return { kind: 'CircleCI', path: `${chance.project()}/.circleci/config.yml`, text }
}

function jenkins(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `pipeline {\n  agent any\n  environment {\n    AWS_ACCESS_KEY_ID = '${draw.id(key)}'\n    ${chance.comment('//')}    AWS_SECRET_ACCESS_KEY = "${key.secretAccessKey}"\n  }\n  stages { stage('${chance.word()}') { steps { sh 'make' } } }\n}\n`
  return { kind: 'Jenkinsfile', path: `${chance.project()}/Jenkinsfile`, text }
}

function bitbucket(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `pipelines:\n  default:\n    - step:\n        script:\n          - pipe: atlassian/aws-s3-deploy:1.1.0\n            variables:\n              AWS_ACCESS_KEY_ID: '${draw.id(key)}'\n              AWS_SECRET_ACCESS_KEY: '${key.secretAccessKey}'\n              S3_BUCKET: '${chance.name()}'\n`
  return { kind: 'Bitbucket Pipelines', path: `${chance.project()}/bitbucket-pipelines.yml`, text }
}

function travis(draw: Draw): Draft {
  const { chance } = draw
  const [one, other] = [draw.key(), draw.former()]
  const text = `language: node_js\nenv:\n  global:\n    - AWS_ACCESS_KEY_ID=${draw.id(one)} AWS_SECRET_ACCESS_KEY=${one.secretAccessKey}\ndeploy:\n  provider: s3\n  access_key_id: ${yamlText(draw, draw.id(other))}\n  secret_access_key: ${yamlText(draw, other.secretAccessKey)}\n  bucket: ${chance.name()}\n`
  return { kind: 'Travis CI', path: `${chance.project()}/.travis.yml`, text }
}
