/** A person at the terminal of a test: answers each question from a list. */

import type { Question } from '../machine/question.ts'
import type { Terminal } from '../machine/terminal.ts'
import { aborted } from '../machine/waiting.ts'

export interface TestPerson {
  readonly terminal: Terminal
  /** The prompts, in order; a menu is the list of its rows. */
  readonly asked: readonly (string | readonly string[])[]
  /** What was printed on standard output, with the prompts and answers as a person sees them. */
  shown(): string
}

/** Answers prompts with texts, menus with the index of a row, pickers with what is typed to filter. A refused answer is followed by the next one. */
export function createTestPerson(answers: readonly (string | number)[]): TestPerson {
  const left = [...answers]
  const asked: (string | readonly string[])[] = []
  let shown = ''
  const ask = async (question: Question): Promise<string> => {
    for (;;) {
      asked.push(question.prompt)
      const answer = left.shift()
      if (typeof answer !== 'string') throw new Error(`No answer to: ${question.prompt}`)
      const complaint = question.check?.(answer) ?? (await question.verify?.(answer))
      shown += `${question.prompt}${answer}\n${complaint === undefined ? '' : `${complaint}\n`}`
      if (complaint === undefined) return answer
    }
  }
  return {
    asked,
    shown: () => shown,
    terminal: {
      interactive: true,
      styled: false,
      shown: true,
      watched: true,
      size: { columns: 80, rows: 24 },
      write: (text) => {
        shown += text
      },
      writeError: (text) => {
        shown += text
      },
      ask,
      async choose(rows) {
        asked.push(rows)
        const answer = left.shift()
        if (typeof answer !== 'number') throw new Error(`No choice among: ${rows.join(', ')}`)
        return answer
      },
      async pick(picker) {
        asked.push(picker.title)
        const answer = left.shift()
        if (typeof answer !== 'string') throw new Error(`No choice for: ${picker.title}`)
        const [first] = picker.filter(answer)
        if (first === undefined) throw new Error(`Nothing fits: ${answer}`)
        return first
      },
      wait: (_, signal) => aborted(signal),
    },
  }
}
