-- Only the trigger of the audit trail fires this function, which writes as the owner. Without this, the service could
-- attach it to a table of its own and write entries of any organization into the queue. PostgreSQL asks for the right
-- when a trigger is created, so the present one goes on.
REVOKE EXECUTE ON FUNCTION queue_for_syslog() FROM PUBLIC;
