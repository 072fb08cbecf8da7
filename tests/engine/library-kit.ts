import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import { createTrash, type TrashPlace } from '../../electron/hosts/trash.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

/** A library with a bin of its own, and a folder beside it for what tests put there. */
export function libraryKit() {
  let rig: Rig
  let desk: string
  const place = (platform: NodeJS.Platform = 'linux'): TrashPlace => ({
    platform,
    home: join(desk, 'home'),
    dataHome: join(desk, 'data'),
    uid: process.getuid?.() ?? 0,
  })
  beforeEach(async () => {
    desk = mkdtempSync(join(tmpdir(), 'takeboard-library-'))
    rig = await startRig()
    await rig.reopen({ trash: createTrash(place()) })
    await rig.setCap(usdMicros(30_000_000))
  })
  afterEach(async () => {
    await rig.close()
    rmSync(desk, { recursive: true, force: true })
  })
  return {
    rig: () => rig,
    desk: (...way: readonly string[]) => join(desk, ...way),
    place,
    clipFile({ clip }: Take): string {
      const { sha256 } = present(clip, 'it is ready')
      return join(rig.library, 'clips', sha256.slice(0, 2), `${sha256}.mp4`)
    },
    /** Ready takes of scenes 1, 2 and 3, one each. */
    async readyTakes(): Promise<readonly [Take, Take, Take]> {
      const { scenes } = await rig.engine.call('project.get', { projectId: rig.projectId })
      const { takeIds } = await rig.start({ sceneIds: scenes.slice(0, 3).map(({ id }) => id) })
      const takes = await rig.until(takeIds, ({ phase }) => phase === 'ready')
      const [one, two, three] = takeIds.map((id) =>
        present(
          takes.find((take) => take.id === id),
          'it is ready',
        ),
      )
      return [present(one, 'made'), present(two, 'made'), present(three, 'made')]
    },
  }
}
