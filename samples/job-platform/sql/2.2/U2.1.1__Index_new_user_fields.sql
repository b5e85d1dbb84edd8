-- @transaction none
DROP INDEX CONCURRENTLY users_last_login;
DROP INDEX CONCURRENTLY users_phone_number;
