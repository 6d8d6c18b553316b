-- Words that nobody published are one disclosure, however many consents bring them; a published text is
-- a disclosure of its own, whose words others may share. Partial, so that the schema need not describe it.
CREATE UNIQUE INDEX disclosure_words ON disclosure (organization_id, sha256, language)
  WHERE terms IS NULL;

-- A published text has somebody who published it.
ALTER TABLE "disclosure" ADD CHECK (("terms" IS NULL) = ("actor" IS NULL));

-- A form of a consent is one version of it.
ALTER TABLE "consent_event" ADD CHECK (("form_id" IS NULL) = ("form_version" IS NULL));
