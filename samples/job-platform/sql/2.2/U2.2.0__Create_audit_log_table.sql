-- @lock-timeout 500ms
DROP TABLE audit_logs;
