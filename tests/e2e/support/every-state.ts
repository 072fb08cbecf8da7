import { usdMicros } from '../../../shared/money.ts'
import { startTakes } from './pages.ts'
import { type SampleStudio, until } from './studio.ts'

/** A paid board with a scene in every state: 1 unconfirmed, 2 failed, 3 ready, 4 generating, 5 waiting, 6 rehearsed. */
export async function bringToEveryState(studio: SampleStudio): Promise<SampleStudio> {
  const fake = studio.fake
  if (!fake) throw new Error('The paid service runs.')
  await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(9_000_000) } })
  await startTakes(studio, ['3'], 'wavespeed')
  await startTakes(studio, ['6', '7'])
  await until(studio, ({ takes }) => takes.length === 3 && takes.every((take) => take.phase === 'ready'))
  await fake.script({ job: { end: 'failed', error: 'The picture could not be made.' } })
  await startTakes(studio, ['2'], 'wavespeed')
  await until(studio, ({ takes }) => takes.some((take) => take.phase === 'failed'))
  await fake.script({ submit: [{ reply: 'reset', recorded: false }] })
  await startTakes(studio, ['1'], 'wavespeed')
  await until(studio, ({ takes }) => takes.some((take) => take.phase === 'unconfirmed'))
  await fake.script({ hold: true })
  await studio.engine.call('settings.update', { patch: { concurrency: 1 } })
  await startTakes(studio, ['4', '5'], 'wavespeed')
  await until(studio, ({ takes }) => takes.some((take) => take.phase === 'running'))
  return studio
}
