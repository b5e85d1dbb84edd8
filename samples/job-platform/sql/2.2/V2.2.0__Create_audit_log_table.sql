-- The audit log, a partition a month: the server routes rows by itself, and what no month holds goes to the default one.
--
-- @lock-timeout 500ms
CREATE TABLE audit_logs (
  id bigint GENERATED ALWAYS AS IDENTITY,
  user_id bigint NOT NULL,
  action text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);
CREATE TABLE audit_logs_2026_11 PARTITION OF audit_logs FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
CREATE TABLE audit_logs_2026_12 PARTITION OF audit_logs FOR VALUES FROM ('2026-12-01') TO ('2027-01-01');
CREATE TABLE audit_logs_default PARTITION OF audit_logs DEFAULT;
CREATE INDEX audit_logs_user_id ON audit_logs (user_id, created_at);
