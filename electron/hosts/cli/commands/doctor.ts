import type { DoctorCheck } from '../../../engine/api.ts'
import type { Command } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { withLibrary } from '../library.ts'
import { table } from '../table.ts'

/** A take that waits for the artist is attention; anything broken is a problem; a mere warning is neither. */
export function doctorExitCode(checks: readonly DoctorCheck[]): ExitCode {
  if (checks.some(({ name, state }) => name === 'takes' && state !== 'ok')) return EXIT.attention
  return checks.some(({ state }) => state === 'problem') ? EXIT.other : EXIT.ready
}

/** `takeboard doctor`: looks only, unless `--repair` is given; sends nothing either way. */
export const doctor: Command = async (context) => {
  const { console, library, invocation } = context
  const live = invocation.flags.has('live')
  const repair = invocation.flags.has('repair')
  const { repaired, checks } = await withLibrary(context, { paused: true }, async (engine) => ({
    repaired: repair ? await engine.repair() : [],
    checks: await engine.doctor({ live }),
  }))
  if (console.json) console.document({ library, ...(repair && { repaired }), checks })
  else {
    if (!console.quiet)
      for (const line of table(repaired.map(({ name, message }) => ['repair', name, message]))) console.out(line)
    const worth = console.quiet ? checks.filter(({ state }) => state !== 'ok') : checks
    for (const line of table(worth.map(({ state, name, message }) => [state, name, message]))) console.out(line)
  }
  return doctorExitCode(checks)
}
