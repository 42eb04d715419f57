/** Preloaded into a client: its clock is wrong by MAYFLY_TEST_CLOCK_SHIFT seconds. */

'use strict'

const shift = Number(process.env.MAYFLY_TEST_CLOCK_SHIFT) * 1000
const RealDate = Date

globalThis.Date = class extends RealDate {
  constructor(...values) {
    if (values.length === 0) super(RealDate.now() + shift)
    else super(...values)
  }
  static now() {
    return RealDate.now() + shift
  }
}
