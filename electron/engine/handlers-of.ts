import { batchHandlers } from './handlers/batches.ts'
import { boardHandlers } from './handlers/boards.ts'
import { castHandlers } from './handlers/casts.ts'
import { editHandlers } from './handlers/edits.ts'
import { etaHandlers } from './handlers/eta.ts'
import { handOverHandlers } from './handlers/hand-over.ts'
import { historyHandlers } from './handlers/history.ts'
import { projectHandlers } from './handlers/projects.ts'
import { libraryHandlers } from './handlers/library.ts'
import { recoveryHandlers } from './handlers/recovery.ts'
import { queueHandlers } from './handlers/queue.ts'
import { sceneOrderHandlers } from './handlers/scene-order.ts'
import { sceneHandlers } from './handlers/scenes.ts'
import { reviewHandlers } from './handlers/review.ts'
import { sequenceHandlers } from './handlers/sequences.ts'
import { seedHandlers } from './handlers/seeds.ts'
import { settingsHandlers } from './handlers/settings.ts'
import { spendHandlers } from './handlers/spend.ts'
import { takeHandlers } from './handlers/takes.ts'
import type { HandlerContext, LibraryFiles } from './handlers/context.ts'
import type { Recovery } from './recovery/recovery.ts'
import type { Handlers } from './router.ts'

/** Every call of the contract, over one library. */
export const handlersOf = (
  context: HandlerContext,
  files: LibraryFiles,
  recovery: Pick<Recovery, 'news' | 'dismiss'>,
): Handlers => ({
  ...projectHandlers(context),
  ...boardHandlers(context),
  ...sceneHandlers(context),
  ...sceneOrderHandlers(context),
  ...castHandlers(context),
  ...editHandlers(context),
  ...batchHandlers(context),
  ...takeHandlers(context),
  ...seedHandlers(context),
  ...reviewHandlers(context),
  ...settingsHandlers(context),
  ...spendHandlers(context),
  ...etaHandlers(context),
  ...queueHandlers(context),
  ...historyHandlers(context),
  ...recoveryHandlers(recovery),
  ...libraryHandlers(context, files),
  ...sequenceHandlers(context, files),
  ...handOverHandlers(context),
})
