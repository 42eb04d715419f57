/** Which job and step of a pipeline has a key. */

import type { KeyUse } from '../../key/found-key.ts'
import { itemValue, lastAbove, linesAround, type YamlStep, yamlAbove } from './text-around.ts'

const TOOLS: readonly (readonly [RegExp, string])[] = [
  [/[\\/]\.github[\\/]/, 'GitHub Actions'],
  [/[\\/]\.?gitea[\\/]|[\\/]\.forgejo[\\/]/, 'Gitea Actions'],
  [/\.gitlab-ci[^\\/]*\.ya?ml$/, 'GitLab CI'],
  [/[\\/]\.circleci[\\/]/, 'CircleCI'],
  [/bitbucket-pipelines/, 'Bitbucket Pipelines'],
  [/azure-pipelines/, 'Azure Pipelines'],
  [/\.travis\.ya?ml$/, 'Travis CI'],
  [/\.drone\.ya?ml$/, 'Drone'],
  [/\.?buildkite/, 'Buildkite'],
  [/appveyor/, 'AppVeyor'],
  [/Jenkinsfile/, 'Jenkins'],
  [/buildspec/, 'AWS CodeBuild'],
  [/\.woodpecker/, 'Woodpecker'],
]

/** Words at the top of a GitLab file that are no jobs. */
const NO_JOBS = /^(?:variables|default|include|stages|image|before_script|after_script|workflow|cache|services)$/

export function usesInPipeline(path: string, text: string, offset: number): readonly KeyUse[] {
  const tool = TOOLS.find(([pattern]) => pattern.test(path))?.[1] ?? 'CI'
  const name = tool === 'Jenkins' ? findStage(text, offset) : findJob(tool, text, offset)
  return [{ tool, ...(name !== undefined && { name }) }]
}

const findStage = (text: string, offset: number): string | undefined =>
  lastAbove(text, offset, /\bstage\s*\(\s*(?:name\s*:\s*)?["']([^"'\n]{1,200})["']/g)?.[1]

function findJob(tool: string, text: string, offset: number): string | undefined {
  const { lines, at } = linesAround(text, offset)
  const steps = yamlAbove(lines, at)
  const jobs = steps.findIndex(({ key }) => key === 'jobs' || key === 'steps' || key === 'pipelines')
  if (tool === 'GitLab CI') {
    const top = steps[0]?.key
    return top === undefined || NO_JOBS.test(top) ? undefined : top
  }
  const job = steps[jobs]?.key === 'jobs' ? jobName(lines, steps[jobs + 1]) : undefined
  const item = steps.findLast(({ isItem }) => isItem)
  const step =
    item && (itemValue(lines, item, 'name') ?? itemValue(lines, item, 'displayName') ?? itemValue(lines, item, 'id'))
  const words = [job, step === undefined || step === job ? undefined : `step "${step}"`].filter(
    (word) => word !== undefined,
  )
  return words.length === 0 ? undefined : words.join(', ')
}

/** A job is a key, or with Azure an item `- job: name`. */
const jobName = (lines: readonly string[], step: YamlStep | undefined): string | undefined =>
  step?.isItem ? (itemValue(lines, step, 'job') ?? step.key) : step?.key
