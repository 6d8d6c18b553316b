-- What a key opens never changes, for processes hold it: it ends, and another is made.
CREATE TRIGGER kept BEFORE DELETE OR UPDATE OF organization_id, id, secret_hash, scopes, seller_ids
  ON api_key FOR EACH ROW EXECUTE FUNCTION refuse_change();
