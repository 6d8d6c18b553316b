-- What waits to be sent is little among all that was. Partial, so that the schema need not describe it.
CREATE INDEX delivery_pending ON delivery (due_at) WHERE status = 'pending';
