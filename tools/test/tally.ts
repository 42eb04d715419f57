/** Counts what a test run did, and keeps the reason of each test that was skipped. */

import { relative } from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'
import { root } from '../build/target.ts'

export interface SkippedTest {
  /** Below the root, with forward slashes. */
  file: string
  /** Suites and test, as vitest joins them. */
  name: string
  title: string
  reason: string | undefined
}

export class Tally implements Reporter {
  passed = 0
  failed = 0
  /** What went wrong outside a test: a file that does not load, an error that nobody awaited. */
  readonly problems: string[] = []
  readonly skipped: SkippedTest[] = []

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    for (const module of modules) this.#count(module)
    for (const error of errors) this.problems.push(`unhandled error: ${error.message}`)
  }

  #count(module: TestModule): void {
    const file = relative(root, module.moduleId).replaceAll('\\', '/')
    for (const error of module.errors()) this.problems.push(`${file}: ${error.message}`)
    for (const suite of module.children.allSuites()) {
      for (const error of suite.errors()) this.problems.push(`${file} > ${suite.fullName}: ${error.message}`)
    }
    for (const test of module.children.allTests()) this.#countTest(file, test)
  }

  #countTest(file: string, test: TestCase): void {
    const result = test.result()
    if (result.state === 'passed') this.passed += 1
    else if (result.state === 'failed') this.failed += 1
    else {
      const reason = result.state === 'skipped' ? result.note : 'did not run'
      this.skipped.push({ file, name: test.fullName, title: `${file} > ${test.fullName}`, reason })
    }
  }
}
