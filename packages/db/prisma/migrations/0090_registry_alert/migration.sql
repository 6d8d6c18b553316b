-- What is so is told once. Partial, so that the schema need not describe it.
CREATE UNIQUE INDEX registry_alert_open ON registry_alert (organization_id, registry_id, kind)
  WHERE until IS NULL;
