/** Looking through the clips of every project, and clips that were moved to the system's bin. */
export const library = {
  version: 40,
  sql: `
-- The artist moved the clip to the bin of the system: the take stays, and nothing is amiss.
ALTER TABLE takes ADD COLUMN clip_gone INTEGER NOT NULL DEFAULT 0;
CREATE INDEX takes_ready_by_time ON takes (coalesce(finished_at, created_at)) WHERE phase = 'ready';
CREATE INDEX takes_by_seed ON takes (json_extract(request, '$.seed'));
CREATE INDEX takes_by_clip ON takes (json_extract(clip, '$.sha256'));
CREATE INDEX takes_rejected ON takes (ord) WHERE rejected = 1;
CREATE INDEX scenes_by_pick ON scenes (pick_take_id) WHERE pick_take_id IS NOT NULL;
`,
} as const
