CREATE TABLE audit_logs (
  id bigserial PRIMARY KEY,
  user_id bigint NOT NULL,
  action text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE audit_logs_2026_11 (CHECK (created_at >= '2026-11-01' AND created_at < '2026-12-01')) INHERITS (audit_logs);

CREATE FUNCTION audit_logs_route() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.created_at >= '2026-11-01' AND NEW.created_at < '2026-12-01' THEN
    INSERT INTO audit_logs_2026_11 VALUES (NEW.*);
  ELSE
    INSERT INTO audit_logs VALUES (NEW.*);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_logs_route BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION audit_logs_route();
-- The first row of the log.
INSERT INTO audit_logs (user_id, action, created_at) VALUES (0, 'created', '2026-10-31');
