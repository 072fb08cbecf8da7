/**
 * The first schema. Money is guarded here, below any code: a reservation that would pass the project's cap, a second
 * reservation or settlement of one take, and any change to a written ledger row all abort the transaction.
 */
export const first = {
  version: 10,
  sql: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE projects (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  cap INTEGER CHECK (cap >= 0),
  batch_limit INTEGER CHECK (batch_limit >= 0),
  provider TEXT NOT NULL CHECK (provider IN ('rehearsal', 'wavespeed')),
  created_at INTEGER NOT NULL,
  opened_at INTEGER NOT NULL
) STRICT;

CREATE TABLE casts (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  title TEXT NOT NULL
) STRICT;
CREATE INDEX casts_by_project ON casts (project_id);

CREATE TABLE images (
  sha256 TEXT PRIMARY KEY,
  mime TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;

CREATE TABLE cast_references (
  id TEXT PRIMARY KEY,
  cast_id TEXT NOT NULL REFERENCES casts (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES images (sha256)
) STRICT;
CREATE INDEX references_by_cast ON cast_references (cast_id, position);

CREATE TABLE storyboards (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  cast_id TEXT NOT NULL REFERENCES casts (id),
  title TEXT NOT NULL,
  style TEXT NOT NULL,
  defaults TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX storyboards_by_project ON storyboards (project_id, position);

CREATE TABLE scenes (
  id TEXT PRIMARY KEY,
  storyboard_id TEXT NOT NULL REFERENCES storyboards (id),
  position INTEGER NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  prompt TEXT NOT NULL,
  notes TEXT NOT NULL,
  dialogue TEXT NOT NULL,
  resolution TEXT NOT NULL,
  aspect_ratio TEXT NOT NULL,
  duration INTEGER NOT NULL,
  seed TEXT NOT NULL,
  reference_ids TEXT,
  pick_take_id TEXT,
  UNIQUE (storyboard_id, number)
) STRICT;
CREATE INDEX scenes_by_storyboard ON scenes (storyboard_id, position);

CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  storyboard_id TEXT NOT NULL REFERENCES storyboards (id),
  provider TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  takes INTEGER NOT NULL
) STRICT;

CREATE TABLE takes (
  ord INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  scene_id TEXT NOT NULL REFERENCES scenes (id),
  storyboard_id TEXT NOT NULL REFERENCES storyboards (id),
  project_id TEXT NOT NULL REFERENCES projects (id),
  batch_id TEXT NOT NULL REFERENCES batches (id),
  number INTEGER NOT NULL,
  provider TEXT NOT NULL CHECK (provider IN ('rehearsal', 'wavespeed')),
  request TEXT NOT NULL,
  price INTEGER NOT NULL CHECK (price >= 0),
  live_price INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  phase TEXT NOT NULL,
  charge TEXT NOT NULL,
  billed INTEGER,
  attempt INTEGER NOT NULL,
  prediction_id TEXT,
  recovered INTEGER NOT NULL,
  submitted_at INTEGER,
  accepted_at INTEGER,
  wait_until INTEGER,
  failures INTEGER NOT NULL,
  polls INTEGER NOT NULL,
  lookups INTEGER NOT NULL,
  outputs TEXT NOT NULL,
  inference_ms INTEGER,
  clip TEXT,
  error TEXT,
  refund_due_at INTEGER,
  finished_at INTEGER,
  expected_from INTEGER,
  expected_to INTEGER,
  stale TEXT NOT NULL,
  rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 5),
  rejected INTEGER NOT NULL,
  UNIQUE (scene_id, number),
  CHECK (provider <> 'rehearsal' OR price = 0)
) STRICT;
CREATE INDEX takes_by_project ON takes (project_id);
CREATE INDEX takes_by_scene ON takes (scene_id);
CREATE UNIQUE INDEX takes_by_prediction ON takes (provider, prediction_id) WHERE prediction_id IS NOT NULL;
CREATE INDEX takes_unbilled ON takes (submitted_at) WHERE charge = 'charged' AND billed IS NULL;
CREATE INDEX takes_open ON takes (ord)
  WHERE phase NOT IN ('ready', 'failed', 'cancelled') OR refund_due_at IS NOT NULL;

CREATE TRIGGER prediction_is_immutable BEFORE UPDATE OF prediction_id ON takes
WHEN OLD.prediction_id IS NOT NULL AND NEW.prediction_id IS NOT OLD.prediction_id
BEGIN SELECT RAISE(ABORT, 'prediction-is-immutable'); END;

CREATE TRIGGER request_is_frozen BEFORE UPDATE OF request, price ON takes
BEGIN SELECT RAISE(ABORT, 'request-is-frozen'); END;

CREATE TABLE take_history (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  take_id TEXT NOT NULL REFERENCES takes (id),
  at INTEGER NOT NULL,
  event TEXT NOT NULL
) STRICT;
CREATE INDEX history_by_take ON take_history (take_id, seq);

CREATE TABLE budgets (
  project_id TEXT PRIMARY KEY REFERENCES projects (id),
  held INTEGER NOT NULL CHECK (held >= 0),
  spent INTEGER NOT NULL CHECK (spent >= 0)
) STRICT;

CREATE TRIGGER project_has_budget AFTER INSERT ON projects
BEGIN INSERT INTO budgets (project_id, held, spent) VALUES (NEW.id, 0, 0); END;

CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  project_id TEXT NOT NULL REFERENCES projects (id),
  take_id TEXT NOT NULL REFERENCES takes (id),
  kind TEXT NOT NULL CHECK (kind IN ('reserve', 'settle', 'release', 'overage', 'refund')),
  held INTEGER NOT NULL,
  spent INTEGER NOT NULL,
  note TEXT NOT NULL,
  CHECK (
    (kind = 'reserve' AND held > 0 AND spent = 0) OR
    (kind = 'settle' AND held < 0 AND spent = -held) OR
    (kind = 'release' AND held < 0 AND spent = 0) OR
    (kind = 'overage' AND held = 0 AND spent > 0) OR
    (kind = 'refund' AND held = 0 AND spent < 0)
  )
) STRICT;
CREATE INDEX ledger_by_project ON ledger (project_id, seq);
CREATE UNIQUE INDEX ledger_one_reserve ON ledger (take_id) WHERE kind = 'reserve';
CREATE UNIQUE INDEX ledger_one_end ON ledger (take_id) WHERE kind IN ('settle', 'release');
CREATE UNIQUE INDEX ledger_one_correction ON ledger (take_id) WHERE kind IN ('overage', 'refund');

CREATE TRIGGER ledger_keeps_cap BEFORE INSERT ON ledger WHEN NEW.kind = 'reserve'
BEGIN
  SELECT RAISE(ABORT, 'cap-missing') WHERE (SELECT cap FROM projects WHERE id = NEW.project_id) IS NULL;
  SELECT RAISE(ABORT, 'cap-reached')
  WHERE (SELECT held + spent FROM budgets WHERE project_id = NEW.project_id) + NEW.held
    > (SELECT cap FROM projects WHERE id = NEW.project_id);
  SELECT RAISE(ABORT, 'library-cap')
  WHERE (SELECT sum(held + spent) FROM budgets) + NEW.held
    > (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'library-cap');
END;

CREATE TRIGGER ledger_ends_what_it_reserved BEFORE INSERT ON ledger WHEN NEW.kind IN ('settle', 'release')
BEGIN
  SELECT RAISE(ABORT, 'nothing-reserved')
  WHERE NOT EXISTS (
    SELECT 1 FROM ledger
    WHERE take_id = NEW.take_id AND project_id = NEW.project_id AND kind = 'reserve' AND held = -NEW.held
  );
END;

CREATE TRIGGER ledger_corrects_what_it_charged BEFORE INSERT ON ledger WHEN NEW.kind IN ('overage', 'refund')
BEGIN
  SELECT RAISE(ABORT, 'nothing-charged')
  WHERE NOT EXISTS (
    SELECT 1 FROM ledger
    WHERE take_id = NEW.take_id AND project_id = NEW.project_id AND kind = 'settle' AND spent + NEW.spent >= 0
  );
END;

CREATE TRIGGER ledger_counts AFTER INSERT ON ledger
BEGIN UPDATE budgets SET held = held + NEW.held, spent = spent + NEW.spent WHERE project_id = NEW.project_id; END;

CREATE TRIGGER ledger_is_append_only BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'ledger-is-append-only'); END;
CREATE TRIGGER ledger_is_kept BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'ledger-is-append-only'); END;

CREATE TABLE uploads (
  provider TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  url TEXT NOT NULL,
  uploaded_at INTEGER NOT NULL,
  PRIMARY KEY (provider, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE inference_times (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  provider TEXT NOT NULL,
  resolution TEXT NOT NULL,
  duration INTEGER NOT NULL,
  ms INTEGER NOT NULL
) STRICT;
CREATE INDEX inference_by_kind ON inference_times (provider, resolution, duration, seq);

CREATE TABLE paid_requests (
  request_id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  payload TEXT NOT NULL
) STRICT;
`,
} as const
