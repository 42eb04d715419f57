/**
 * Adds to the files of cases what follows from the models alone: for each operation with a success case, one call with a
 * broken constraint, and one of somebody who has no right to it. Adds nothing that is there.
 *
 *     node conformance/wire/cases/derive.ts && node conformance/wire/cases/record.ts
 */

import { writeFileSync } from 'node:fs'
import { loadModel } from '../../../packages/wire/src/model/models.ts'
import { getOperation, getShape, type ServiceModel } from '../../../packages/wire/src/model/service-model.ts'
import { type Case, type CaseFile, readCases } from './case.ts'
import { modelledExceptions, VALIDATION } from './exceptions.ts'

/** Texts that most patterns refuse. */
const FOREIGN = ['§ §', '§', '\u2028']

for (const file of readCases()) {
  // The portal's one rule is its token.
  if (file.service === 'sso') continue
  const model = await loadModel(file.service)
  const success = file.cases.find(({ answer }) => answer.status === 200)
  if (!success) continue
  const derived = [brokenConstraint(file, model, success), denied(file, model, success)].filter(
    (each): each is Case => each !== undefined && !file.cases.some(({ answer }) => answer.error === each.answer.error),
  )
  if (derived.length > 0) writeFileSync(file.url, `${JSON.stringify([...file.cases, ...derived], null, 2)}\n`)
}

interface Break {
  readonly member: string
  readonly value?: unknown
  readonly message: string
  readonly shape: string
}

function brokenConstraint({ service, operation }: CaseFile, model: ServiceModel, success: Case): Case | undefined {
  const broken = findBreak(model, operation, service === 'sts' || service === 'iam' || service === 'organizations')
  if (broken === undefined) return undefined
  const { [broken.member]: _, ...rest } = success.input
  return {
    claim: broken.value === undefined ? `wants ${broken.member}` : `${broken.member} has a form`,
    source: `model: ${broken.shape}`,
    ...(success.before === undefined ? {} : { before: success.before }),
    input: broken.value === undefined ? rest : { ...rest, [broken.member]: broken.value },
    answer: { status: 400, error: VALIDATION[service], message: broken.message },
  }
}

/** The first member whose absence or form breaks a rule. */
function findBreak(model: ServiceModel, operation: string, lowerFirst: boolean): Break | undefined {
  const input = getOperation(model, operation).input
  if (input === undefined) return undefined
  const { required = [], members = {} } = getShape(model, input.shape)
  const named = (member: string): string => (lowerFirst ? member.charAt(0).toLowerCase() + member.slice(1) : member)
  for (const [member, { shape: name }] of Object.entries(members)) {
    const shape = getShape(model, name)
    if (shape.type !== 'string' || shape.sensitive) continue
    const { pattern } = shape
    const value =
      pattern === undefined ? undefined : FOREIGN.find((text) => !new RegExp(`^(?:${pattern})$`, 'u').test(text))
    if (value !== undefined)
      return {
        member,
        value,
        shape: name,
        message: '/[1-9] validation errors? detected: [^]*failed to satisfy constraint[^]*/u',
      }
    if (shape.enum !== undefined) {
      return { member, value: 'NONE_SUCH', shape: name, message: '/[^]*Member must satisfy enum value set[^]*/u' }
    }
  }
  const first = required[0]
  return first === undefined
    ? undefined
    : {
        member: first,
        shape: input.shape,
        message: `/[1-9] validation errors? detected: [^]*'${named(first)}'[^]*/u`,
      }
}

/** Somebody of another account: refused before anything is looked up. */
function denied({ service, operation }: CaseFile, model: ServiceModel, success: Case): Case | undefined {
  const name = service === 'sts' || service === 'iam' ? 'AccessDenied' : 'AccessDeniedException'
  if (service !== 'iam' && !modelledExceptions(model, operation).includes(name)) return undefined
  return {
    claim: 'is not for a developer of another account',
    source: 'spec §1.2; issue: administration from the management account or a delegated administrator only',
    as: service === 'iam' ? 'deployer' : 'developer',
    // Nothing of it need be there: whoever may not ask is told before anything is looked up.
    input: success.input,
    answer: {
      status: service === 'iam' ? 403 : 400,
      error: name,
      message: '/User: arn:aws:sts::.* is not authorized to perform: .*/u',
    },
  }
}
