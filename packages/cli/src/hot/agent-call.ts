/** One question to the agent and its answer, over its socket or pipe. */

import { connect } from 'node:net'
import { type AgentDoor, PROTOCOL } from './agent-door.ts'

/** What an agent says. `no` is a reason in one word: whoever asked then does the work itself. */
export type AgentAnswer =
  | { readonly answer: 'ok'; readonly text: string }
  | { readonly answer: 'no'; readonly text: string }

/** Milliseconds until the first word; an agent that has to ask the network says so and is given the second. */
const FIRST_WORD = 3_000
const WHOLE_ANSWER = 60_000
const LONGEST_ANSWER = 1 << 20

/** The agent's answer; nothing when there is none, or when what answers cannot prove that it is the agent. */
export function callAgent(door: AgentDoor, words: readonly string[]): Promise<AgentAnswer | undefined> {
  if (words.some((word) => /[\t\n]/.test(word))) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const socket = connect(door.address)
    let received = Buffer.alloc(0)
    const finish = (answer: AgentAnswer | undefined): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    let timer = setTimeout(finish, FIRST_WORD, undefined)
    socket.on('error', () => finish(undefined))
    socket.on('close', () => finish(undefined))
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      const read = readAnswer(received, door.answerProof)
      if (read === 'foreign' || received.length > LONGEST_ANSWER) return finish(undefined)
      if (read === 'wait') {
        clearTimeout(timer)
        timer = setTimeout(finish, WHOLE_ANSWER, undefined)
      } else if (read !== 'more') finish(read)
    })
    socket.write(`${[PROTOCOL, door.askProof, ...words].join('\t')}\n`)
  })
}

/** An answer out of the bytes so far: its head is `proof TAB ok|no|wait TAB length`, and so many bytes follow. */
export function readAnswer(bytes: Buffer, answerProof: string): AgentAnswer | 'more' | 'wait' | 'foreign' {
  let start = 0
  let waits = false
  for (;;) {
    const end = bytes.indexOf(10, start)
    if (end < 0) return waits ? 'wait' : 'more'
    const [proof, answer, size] = bytes.subarray(start, end).toString('utf8').split('\t')
    if (proof !== answerProof) return 'foreign'
    start = end + 1
    if (answer === 'wait') waits = true
    else if (answer !== 'ok' && answer !== 'no') return 'foreign'
    else {
      if (bytes.length - start < Number(size)) return waits ? 'wait' : 'more'
      return { answer, text: bytes.subarray(start, start + Number(size)).toString('utf8') }
    }
  }
}
