/** Guessing is slowed down: every attempt is counted before it is checked, so that parallel ones count too. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { type AttemptSubject, mayAttempt, nextAttempt } from '@mayfly/identity-center/sign-in/sign-in-attempt'
import type { Context } from '../context/context.ts'

