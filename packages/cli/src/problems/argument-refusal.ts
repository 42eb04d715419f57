/** What was typed is wrong: exit code 252. */

import { Refusal } from '@mayfly/identity-center/refusal'

export class ArgumentRefusal extends Refusal {
  constructor(message: string, hint: string) {
    super('invalid', message, { hint })
    this.name = 'ArgumentRefusal'
  }
}
