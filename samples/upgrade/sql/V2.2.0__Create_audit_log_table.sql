-- The audit log. SQLite has no partitions: the month is a column, and an index keeps each month together.
CREATE TABLE audit_logs (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL,
  action TEXT NOT NULL,
  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  month TEXT NOT NULL GENERATED ALWAYS AS (substr(created_at, 1, 7)) STORED
);
CREATE INDEX audit_logs_month ON audit_logs (month, user_id);
