/** What a review leaves behind: colour labels, notes with drawings on frames, and playlists put together by hand. */
export const review = {
  version: 30,
  sql: `
ALTER TABLE takes ADD COLUMN label TEXT NOT NULL DEFAULT 'none';

CREATE TABLE notes (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  take_id TEXT NOT NULL REFERENCES takes (id),
  from_frame INTEGER NOT NULL CHECK (from_frame >= 0),
  to_frame INTEGER NOT NULL CHECK (to_frame >= from_frame),
  text TEXT NOT NULL,
  strokes TEXT NOT NULL,
  resolved INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notes_by_project ON notes (project_id, created_at);
CREATE INDEX notes_by_take ON notes (take_id, from_frame);

CREATE TABLE playlists (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  title TEXT NOT NULL,
  take_ids TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX playlists_by_project ON playlists (project_id, created_at);
`,
} as const
