import { expect, it } from 'vitest'
import { startRig } from '../support/engine-rig.ts'
import { createTestClock } from '../support/test-clock.ts'

it('lists the project opened last first, also when the clock was set back', async () => {
  const clock = createTestClock()
  const rig = await startRig({ clock })
  try {
    const { projectId } = await rig.engine.call('project.create', { title: 'Night ferry' })
    const first = async () => (await rig.engine.call('studio.get', {})).projects[0]?.id
    await rig.engine.call('project.get', { projectId: rig.projectId })
    expect(await first()).toBe(rig.projectId)
    clock.setBy(-3_600_000)
    await rig.engine.call('project.get', { projectId })
    expect(await first()).toBe(projectId)
  } finally {
    await rig.close()
  }
})
