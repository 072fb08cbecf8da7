import type { ReadDb, Store, WriteDb } from '../../../electron/engine/store/open-store.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import { fill, type Disk } from './faulty-fs.ts'

/** The real store, with a place to die on either side of every commit, and a disk that can be full. */
export function guardStore(real: Store, disk: Disk, afterWrite: (db: ReadDb) => void): Store {
  const { gate } = disk
  const alive =
    <A extends readonly unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R => {
      if (gate.down) throw new Error('killed')
      return work(...args)
    }
  const read = { all: alive(real.read.all), get: alive(real.read.get) } as unknown as ReadDb
  return {
    read,
    write<T>(work: (db: WriteDb) => T): T {
      gate.pass('write')
      fill(disk)
      if (disk.fault === 'full') throw new TakeboardError('disk-full', 'The library could not be written.')
      const result = real.write(work)
      afterWrite(real.read)
      gate.pass('written')
      return result
    },
    // Backups have tests of their own; here the older copies are made by the run.
    backup: () => Promise.reject(new TakeboardError('disk-full', 'There is no room for a backup.')),
    integrity: () => real.integrity(),
    close() {
      if (!gate.down) real.close()
    },
  }
}
