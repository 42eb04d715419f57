/** What an agent says. */

import type { AgentAnswer } from '../hot/agent-call.ts'

export const ok = (text: string): AgentAnswer => ({ answer: 'ok', text })
export const no = (reason: string): AgentAnswer => ({ answer: 'no', text: reason })
