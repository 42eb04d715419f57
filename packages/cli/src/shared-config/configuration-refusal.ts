/** What is wrong lies in the configuration: exit code 253. */

import { Refusal, type RefusalDetails } from '@mayfly/identity-center/refusal'

/** The AWS CLI's word for the kind of problem, as its messages show it: `An error occurred (NoRegion): …`. */
export type ConfigurationProblem = 'Configuration' | 'NoRegion' | 'NoCredentials'

export class ConfigurationRefusal extends Refusal {
  readonly problem: ConfigurationProblem

  constructor(message: string, details: RefusalDetails & { readonly problem?: ConfigurationProblem } = {}) {
    super('invalid', message, details)
    this.name = 'ConfigurationRefusal'
    this.problem = details.problem ?? 'Configuration'
  }
}
