import { createHash } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'
import { present } from '../../../shared/assert.ts'
import type { BatchId, StoryboardId } from '../../../shared/ids.ts'
import type { WholeBoard } from '../domain/past-board.ts'
import { findStoryboard, listScenes } from './boards.ts'
import { findCast } from './casts.ts'
import type { ReadDb, WriteDb } from './open-store.ts'

/** Keeps the storyboard as it is now. One that is kept already takes no more room. @returns its name: the hash of what is kept */
export function rememberBoard(db: WriteDb, storyboardId: StoryboardId): string {
  const storyboard = present(findStoryboard(db, storyboardId), 'a batch has a storyboard')
  const cast = present(findCast(db, storyboard.castId), 'a storyboard has a cast')
  const board: WholeBoard = { storyboard, scenes: listScenes(db, storyboardId), cast }
  const text = JSON.stringify(board)
  const sha256 = createHash('sha256').update(text).digest('hex')
  if (db.get('SELECT 1 AS x FROM board_snapshots WHERE sha256 = ?', sha256) === undefined)
    db.run('INSERT INTO board_snapshots (sha256, board) VALUES (?, ?)', sha256, deflateSync(text))
  return sha256
}

/** The board a batch was made from and when; null when there is no such batch, or it was recovered without its board. */
export function findSnapshot(db: ReadDb, batch: BatchId): (WholeBoard & { readonly at: number }) | null {
  const row = db.get<{ at: number; board: Buffer }>(
    'SELECT created_at AS at, board FROM batches JOIN board_snapshots ON sha256 = snapshot WHERE id = ?',
    batch,
  )
  return row ? { ...(JSON.parse(inflateSync(row.board).toString()) as WholeBoard), at: row.at } : null
}
