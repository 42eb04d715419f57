/**
 * Fills in the requests of the wire cases: asks the AWS SDK for JavaScript what it sends for each input.
 *
 *     node conformance/wire/cases/record.ts [<service>[/<Operation>]]
 *
 * Answers are never recorded: what is due comes from the source that the case names.
 */

import { writeFileSync } from 'node:fs'
import { type Case, readCases, type Step } from './case.ts'
import { sdkRequest } from './sdk-request.ts'

const only = process.argv[2]

for (const { service, operation, url, cases } of readCases()) {
  if (only !== undefined && only !== service && only !== `${service}/${operation}`) continue
  const recorded: Case[] = []
  for (const { claim, source, as, before, input, answer } of cases) {
    const steps: Step[] = []
    for (const step of before ?? []) {
      const { request: _, ...rest } = step
      if (step.operation.startsWith('@')) steps.push(rest)
      else steps.push({ ...rest, request: await sdkRequest(step.service ?? service, step.operation, step.input) })
    }
    recorded.push({
      claim,
      source,
      ...(as === undefined ? {} : { as }),
      ...(steps.length === 0 ? {} : { before: steps }),
      input,
      request: await sdkRequest(service, operation, input),
      answer,
    })
  }
  writeFileSync(url, `${JSON.stringify(recorded, null, 2)}\n`)
}
