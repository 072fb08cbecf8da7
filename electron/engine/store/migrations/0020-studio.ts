/**
 * What an authoring studio keeps beside the board: sections, several casts, saved seeds, edits that can be undone, the
 * order of the queue, and the board as it was for every batch. Nothing here touches the ledger.
 */
export const studio = {
  version: 20,
  sql: `
ALTER TABLE projects ADD COLUMN warn_at INTEGER NOT NULL DEFAULT 80 CHECK (warn_at BETWEEN 1 AND 100);
ALTER TABLE projects ADD COLUMN confirm_over INTEGER CHECK (confirm_over >= 0);
ALTER TABLE projects ADD COLUMN stop_after INTEGER DEFAULT 3 CHECK (stop_after > 0);
-- Paid takes that failed one after the other, since one was ready or the queue was last stopped for it.
ALTER TABLE projects ADD COLUMN failures_in_row INTEGER NOT NULL DEFAULT 0;
CREATE TABLE queue_stops (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  project_id TEXT NOT NULL REFERENCES projects (id),
  failures INTEGER NOT NULL,
  held INTEGER NOT NULL
) STRICT;
CREATE INDEX queue_stops_by_project ON queue_stops (project_id, at);

ALTER TABLE storyboards ADD COLUMN numbering TEXT NOT NULL DEFAULT 'keep' CHECK (numbering IN ('keep', 'renumber'));

ALTER TABLE scenes ADD COLUMN section TEXT;
-- A removed scene stays for its takes: here is the label it had, while number holds its id so that the label is free.
ALTER TABLE scenes ADD COLUMN removed_as TEXT;

ALTER TABLE takes ADD COLUMN on_hold INTEGER NOT NULL DEFAULT 0;
-- Order among waiting takes; null: as they were asked for.
ALTER TABLE takes ADD COLUMN place INTEGER;
CREATE INDEX takes_by_batch ON takes (batch_id);
-- The history of a project, newest first.
CREATE INDEX takes_by_time ON takes (project_id, coalesce(finished_at, created_at), id);

CREATE TABLE board_snapshots (
  sha256 TEXT PRIMARY KEY,
  board BLOB NOT NULL
) STRICT, WITHOUT ROWID;
-- The storyboard, scenes and cast a batch was made from.
ALTER TABLE batches ADD COLUMN snapshot TEXT REFERENCES board_snapshots (sha256);
CREATE INDEX batches_by_project ON batches (project_id, created_at, id);

CREATE TABLE cap_changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  project_id TEXT NOT NULL REFERENCES projects (id),
  cap_before INTEGER,
  cap_after INTEGER
) STRICT;
CREATE INDEX cap_changes_by_project ON cap_changes (project_id, at);

CREATE TABLE saved_seeds (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  seed INTEGER NOT NULL,
  name TEXT NOT NULL,
  character TEXT,
  stars INTEGER NOT NULL CHECK (stars BETWEEN 0 AND 5),
  note TEXT NOT NULL,
  take_id TEXT REFERENCES takes (id),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_seeds_by_project ON saved_seeds (project_id, created_at);

-- Edits of an artist, in order; the rows each of them changed, as they were before and after.
CREATE TABLE edits (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id TEXT NOT NULL REFERENCES projects (id),
  at INTEGER NOT NULL,
  label TEXT NOT NULL,
  -- Edits in a row with the same key become one, such as the letters of one prompt.
  merge_key TEXT,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX edits_by_project ON edits (project_id, undone, seq);
CREATE TABLE edit_rows (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  edit INTEGER NOT NULL REFERENCES edits (seq) ON DELETE CASCADE,
  tbl TEXT NOT NULL,
  id TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX edit_rows_by_edit ON edit_rows (edit, seq);
`,
} as const
